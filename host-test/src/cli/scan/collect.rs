//! Which files are looked into: those that are named, and those that a walk through the named folders comes by.
//!
//! Must not know what is in a file. Keeps I2: what cannot be walked is told and not passed over. The answer does not
//! depend on the machine: files come in the order of their names, and no list of a user's own decides what is ignored.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::is_stream;

/// What of a folder is walked.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Walk {
    /// Names that begin with a dot, too.
    pub(super) hidden: bool,
    /// What .gitignore and .ignore list, too.
    pub(super) ignored: bool,
}

/// What there is to look into.
#[derive(Debug, Default)]
pub(super) struct Collected {
    /// Each file once, in the order of their names, and whether it was named.
    pub(super) files: Vec<(PathBuf, bool)>,
    /// What could not be walked, and why.
    pub(super) unread: Vec<(PathBuf, String)>,
}

/// Goes through all that was named.
pub(super) fn collect(paths: &[PathBuf], walk: Walk) -> Collected {
    let (mut files, mut unread) = (BTreeMap::new(), Vec::new());
    for path in paths {
        if is_stream(path) || !path.is_dir() {
            // What is not there is found out when it is read.
            files.insert(plain(path), true);
            continue;
        }
        for entry in walker(path, walk) {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                    files.entry(plain(entry.path())).or_insert(false);
                }
                Ok(_) => {}
                Err(error) => unread.push(told(path, &error)),
            }
        }
    }
    Collected { files: files.into_iter().collect(), unread }
}

fn walker(folder: &Path, walk: Walk) -> ignore::Walk {
    let mut builder = WalkBuilder::new(folder);
    // Not the user's own list, which another machine does not have.
    builder.standard_filters(!walk.ignored).git_global(false).hidden(!walk.hidden).follow_links(false);
    // What git keeps of its own is compressed, and no part of what is kept there.
    builder.filter_entry(|entry| entry.depth() == 0 || entry.file_name() != ".git").build()
}

/// Without the `./` that a walk of `.` puts before all names.
fn plain(path: &Path) -> PathBuf {
    path.strip_prefix(".").ok().filter(|rest| !rest.as_os_str().is_empty()).unwrap_or(path).into()
}

/// Where a walk could not go on, as far as it is known, and why.
fn told(folder: &Path, error: &ignore::Error) -> (PathBuf, String) {
    let (mut path, mut cause) = (folder, error);
    loop {
        cause = match cause {
            ignore::Error::WithPath { path: at, err } => {
                path = at;
                err
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => err,
            _ => break,
        }
    }
    let why = match cause.io_error() {
        Some(error) => error.to_string(),
        // Other texts quote the line of a file that says what is ignored.
        None => "cannot be walked".into(),
    };
    (plain(path), why)
}
