//! The engine: a sweep over the text that finds places worth a closer look, and the looks.
//!
//! ```text
//! classes   64 bytes ─▶ a bit a byte for each class        vectors of bytes
//! masks     those bits, of one block or of four            vectors of whole numbers
//! events    bits ─▶ places: a word starts, a name ends …   shifts and masks
//! sweep     block after block; each event to its look
//! looks     what is asked before an event is let go        one or two table look-ups
//! pass      what a detector sees, and what is remembered
//! merge     spans in order, overlapping ones as one
//! ```
//!
//! Must not know any format. Keeps I4 (vectors sort bytes and shift whole numbers, which is the same everywhere), I5 and I8.

mod classes;
mod events;
mod looks;
mod masks;
mod merge;
mod pass;
mod sweep;

#[cfg(test)]
mod differential_tests;

use alloc::vec::Vec;

use fearless_simd::Level;

pub(in crate::detect) use self::merge::merge;
use self::sweep::sweep;
use super::Finding;
use super::custom::Customs;
use super::registry::DetectorId;

pub(in crate::detect) use self::classes::Letters;
pub(in crate::detect) use self::pass::{Pass, Work};

/// Words of the set of detectors.
const WORDS: usize = 12;

/// An enabled set of detectors.
#[derive(Clone, Debug)]
pub struct Detectors {
    enabled: [u64; WORDS],
    /// A policy's own; they cannot be disabled.
    pub(super) customs: Customs,
    /// What this machine can do: asked once, and without influence on what is found.
    level: Level,
}

impl Detectors {
    /// Every detector.
    pub fn all() -> Self {
        const { assert!(super::registry::LIST.len() <= 64 * WORDS) }
        Detectors { enabled: [u64::MAX; WORDS], customs: Customs::default(), level: Level::new() }
    }

    /// The same set without one.
    #[must_use]
    pub fn without(mut self, id: DetectorId) -> Self {
        if let Some(word) = self.enabled.get_mut(id.index() / 64) {
            *word &= !(1 << (id.index() % 64));
        }
        self
    }

    /// Whether `id`, of a built-in detector, is in the set.
    pub fn contains(&self, id: DetectorId) -> bool {
        self.enabled.get(id.index() / 64).is_some_and(|word| word >> (id.index() % 64) & 1 == 1)
    }

    /// Appends the findings of `text` (valid UTF-8) to `findings`: ascending, not overlapping. Findings that overlap
    /// become one over all their bytes, named after the widest of them and, among equals, the earlier in the list.
    ///
    /// A text that takes more work than its length allows is found as a whole, by the name of
    /// [`UNSEARCHED`](super::UNSEARCHED): nothing leaves because it was too much work.
    pub fn scan(&self, text: &[u8], findings: &mut Vec<Finding>) {
        let first = findings.len();
        if !self.search(text, findings, Work::for_length(text.len())) {
            findings.truncate(first);
            findings.push(self.customs.whole(text));
        }
    }

    /// The same, to the end of the text whatever that takes.
    pub fn scan_to_end(&self, text: &[u8], findings: &mut Vec<Finding>) {
        self.search(text, findings, Work::UNLIMITED);
    }

    /// Whether there is nothing to find: cheaper than [`Detectors::scan`], for it stops soon after the first finding.
    pub fn is_clean(&self, text: &[u8]) -> bool {
        let mut findings = Vec::new();
        let is_enough = self.sweep(text, &mut findings, true, Work::for_length(text.len()));
        if is_enough && findings.is_empty() {
            self.customs.scan(text, true, &mut findings);
        }
        is_enough && findings.is_empty()
    }

    /// Whether `work` was enough.
    pub(in crate::detect) fn search(&self, text: &[u8], findings: &mut Vec<Finding>, work: Work) -> bool {
        let first = findings.len();
        if !self.sweep(text, findings, false, work) {
            return false;
        }
        self.customs.scan(text, false, findings);
        if findings.len() > first + 1 {
            merge(findings, first);
        }
        true
    }

    /// The same, by the built-in detectors alone and in no order, of the text as it lies and, if it is typeset, in plain signs.
    fn sweep(&self, text: &[u8], findings: &mut Vec<Finding>, stop_at_first: bool, work: Work) -> bool {
        let mut pass = Pass::new(self, text, findings, stop_at_first, work);
        sweep(self.level, &mut pass);
        let Some(plain) = pass.plain() else { return !pass.is_too_much() };
        let mut found = Vec::new();
        let mut pass = Pass::new(self, plain.text(), &mut found, false, work);
        sweep(self.level, &mut pass);
        let is_enough = !pass.is_too_much();
        findings.extend(found.iter().filter_map(|finding| plain.place(finding)));
        is_enough
    }
}
