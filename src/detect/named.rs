//! Values whose name stands apart from them: an attribute, a member of a map or of a JSON object.
//!
//! In plain text a name and its value stand side by side, and the detectors see both. Here they are put side by side, so
//! that `db.password` = `hunter2` is found whichever way it came. Must not know where the two came from. Keeps I5: one
//! more pass, over the value and its name.

use alloc::vec::Vec;

use super::engine::{Work, merge};
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
        } else if self.customs.look_near() {
            let before = findings.len();
            self.near_name(name, text, findings);
            if findings.len() > before {
                merge(findings, first);
            }
        }
    }

    /// Whether there is nothing to find in `text`, which stands under `name`.
    pub fn is_clean_named(&self, name: &[u8], text: &[u8]) -> bool {
        let is_clean = || {
            let mut findings = Vec::new();
            self.near_name(name, text, &mut findings);
            findings.is_empty()
        };
        self.is_clean(text) && self.named(name, text).is_none() && (!self.customs.look_near() || is_clean())
    }

    /// What the policy's own detectors find because of a word in the name.
    fn near_name(&self, name: &[u8], text: &[u8], findings: &mut Vec<Finding>) {
        let Some((pair, value)) = pair(name, text) else { return };
        let mut found = Vec::new();
        self.customs.scan_near(&pair, &mut found);
        for finding in found {
            let is_whole = finding.start == 0 && finding.end == pair.len();
            let is_inside = finding.start >= value && finding.end <= value + text.len();
            if is_whole || is_inside {
                let (start, end) = (finding.start.saturating_sub(value), finding.end.min(value + text.len()) - value);
                findings.push(Finding { start, end, ..finding });
            }
        }
    }

    /// The detector that takes `text` for a secret because it stands under `name`.
    fn named(&self, name: &[u8], text: &[u8]) -> Option<super::DetectorId> {
        let (pair, value) = pair(name, text)?;
        let mut findings = Vec::new();
        // A find of the policy's own that reaches over both would hide the value's beginning.
        if !self.clone().with(Vec::new()).search(&pair, &mut findings, Work::for_length(pair.len())) {
            return Some(self.customs.whole(text).detector);
        }
        // What begins later is found without the name, or belongs to a pair inside the text.
        let by_name = super::by_id("secret-assignment");
        findings
            .iter()
            .find(|found| found.start == value && Some(found.detector) == by_name)
            .map(|found| found.detector)
    }
}

/// A name and its value as text has them, and where the value begins.
fn pair(name: &[u8], text: &[u8]) -> Option<(Vec<u8>, usize)> {
    let name = name.last_chunk::<LONGEST_NAME>().map_or(name, |tail| tail);
    // Not from the middle of a character on.
    let cut = name.iter().take_while(|&&byte| byte & 0xc0 == 0x80).count();
    let name = name.get(cut..).unwrap_or_default();
    if name.is_empty() || text.is_empty() {
        return None;
    }
    let mut pair = Vec::with_capacity(name.len() + text.len() + 4);
    pair.extend_from_slice(name);
    pair.extend_from_slice(b": \"");
    let value = pair.len();
    pair.extend_from_slice(text);
    pair.push(b'"');
    Some((pair, value))
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

    /// Scenario: a secret that its name gives away, and behind it more and more work, up to more than there may be.
    /// Guarantees: it is covered on both sides of the edge (I1, I2).
    #[test]
    fn a_named_value_is_covered_at_the_edge_of_its_budget() {
        let whole: Vec<bool> = (0..600)
            .map(|count| {
                let text = alloc::format!("FAKEs3cr3t0000\n{}", "tel 11 22 33 44 ".repeat(count));
                let found = findings("password", &text);
                assert_eq!(found, [(0, text.len())], "{count}");
                assert!(!Detectors::all().is_clean_named(b"password", text.as_bytes()), "{count}");
                let mut alone = Vec::new();
                Detectors::all().scan(text.as_bytes(), &mut alone);
                !alone.is_empty()
            })
            .collect();
        assert!(whole.first() == Some(&false) && whole.last() == Some(&true), "the edge lies between");
    }
}
