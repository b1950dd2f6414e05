//! Values whose name stands apart from them: an attribute, a member of a map or of a JSON object.
//!
//! In plain text a name and its value stand side by side, and the detectors see both. Here they are put side by side, so
//! that `db.password` = `hunter2` is found whichever way it came. Must not know where the two came from. Keeps I5: one
//! more pass, over the value and its name.

use alloc::vec::Vec;

use super::{Detectors, Finding};

/// The longest name that is put before its value: as long as a name in text may be.
const LONGEST_NAME: usize = 64;

impl Detectors {
    /// Appends the findings of `text`, which stands under `name`; an empty name says nothing.
    ///
    /// A value that is found because of its name is found whole, quotes and blanks in it or not.
    pub fn scan_named(&self, name: &[u8], text: &[u8], findings: &mut Vec<Finding>) {
        let first = findings.len();
        self.scan(text, findings);
        if let Some(detector) = self.named(name, text) {
            findings.truncate(first);
            findings.push(Finding { start: 0, end: text.len(), detector });
        }
    }

    /// Whether there is nothing to find in `text`, which stands under `name`.
    pub fn is_clean_named(&self, name: &[u8], text: &[u8]) -> bool {
        self.is_clean(text) && self.named(name, text).is_none()
    }

    /// The detector that takes `text` for a secret because it stands under `name`.
    fn named(&self, name: &[u8], text: &[u8]) -> Option<super::DetectorId> {
        let name = name.last_chunk::<LONGEST_NAME>().map_or(name, |tail| tail);
        if name.is_empty() || text.is_empty() {
            return None;
        }
        let mut pair = Vec::with_capacity(name.len() + text.len() + 4);
        pair.extend_from_slice(name);
        pair.extend_from_slice(b": \"");
        let value = pair.len();
        pair.extend_from_slice(text);
        pair.push(b'"');
        let mut findings = Vec::new();
        self.scan(&pair, &mut findings);
        // What begins later is found without the name, or belongs to a pair inside the text.
        let by_name = super::by_id("secret-assignment");
        findings
            .iter()
            .find(|found| found.start == value && Some(found.detector) == by_name)
            .map(|found| found.detector)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(name: &str, text: &str) -> Vec<(usize, usize)> {
        let mut findings = Vec::new();
        Detectors::all().scan_named(name.as_bytes(), text.as_bytes(), &mut findings);
        findings.iter().map(|found| (found.start, found.end)).collect()
    }

    /// Scenario: a secret that only its name gives away.
    /// Guarantees: all of it is covered, what follows a quote in it too (I1).
    #[test]
    fn a_name_gives_its_value_away() {
        assert_eq!(findings("db.password", "FAKE\" 0000"), [(0, 10)]);
        assert_eq!(findings("DB_PASSWORD", "FAKE0000"), [(0, 8)]);
        assert_eq!(findings("", "FAKE0000"), []);
        assert_eq!(findings("colour", "FAKE0000"), []);
        assert_eq!(findings("password", "[redacted]"), []);
        assert_eq!(findings("note", "mail to fake@example.com now"), [(8, 24)]);
    }
}
