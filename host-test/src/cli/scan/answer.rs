//! What a scan came to, file by file, for whoever writes it down.
//!
//! Must not know how it is written.

use std::path::{Path, PathBuf};

use super::look::{Found, Looked};

/// All that was looked into, in the order of the files' names.
#[derive(Debug, Default)]
pub(super) struct Answer<'a> {
    /// Files in which something was found.
    pub(super) found: Vec<(PathBuf, Vec<Found<'a>>)>,
    /// How many files were looked into.
    pub(super) files: usize,
    /// How many came by in a walk and were no text.
    pub(super) binary: usize,
    /// What came by in a walk and was too large.
    pub(super) too_large: Vec<PathBuf>,
    /// What could not be read as it was asked for, and why.
    pub(super) unread: Vec<(PathBuf, String)>,
}

impl<'a> Answer<'a> {
    /// Adds one file.
    pub(super) fn take(&mut self, path: &Path, is_named: bool, looked: Looked<'a>) {
        match looked {
            Looked::Binary => self.binary += 1,
            // Whoever names a file wants it looked into.
            Looked::TooLarge if is_named => self.unread.push((path.into(), "too large, see --max-size".into())),
            Looked::TooLarge => self.too_large.push(path.into()),
            Looked::Unread(error) => self.unread.push((path.into(), error.to_string())),
            Looked::Found(found) => {
                self.files += 1;
                if !found.is_empty() {
                    self.found.push((path.into(), found));
                }
            }
        }
    }

    /// How much was found.
    pub(super) fn findings(&self) -> usize {
        self.found.iter().map(|(_, found)| found.len()).sum()
    }
}
