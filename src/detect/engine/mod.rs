//! The engine: a sweep over the text that finds places worth a closer look, and the looks.
//!
//! ```text
//! classes   64 bytes ─▶ a bit a byte for each class        the only file with vectors
//! events    bits ─▶ places: a word starts, a name ends …   shifts and masks
//! sweep     block after block; each event to its look
//! looks     what is asked before an event is let go        one or two table look-ups
//! pass      what a detector sees, and what is remembered
//! merge     spans in order, overlapping ones as one
//! ```
//!
//! Must not know any format. Keeps I4 (vectors only sort bytes into classes, which is the same everywhere), I5 and I8.

mod classes;
mod events;
mod looks;
mod merge;
mod pass;
mod sweep;

use alloc::vec::Vec;

use fearless_simd::Level;

pub(in crate::detect) use self::merge::merge;
use self::sweep::sweep;
use super::Finding;
use super::custom::Customs;
use super::registry::DetectorId;

pub(in crate::detect) use self::pass::Pass;

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
    pub fn scan(&self, text: &[u8], findings: &mut Vec<Finding>) {
        let first = findings.len();
        sweep(self.level, &mut Pass::new(self, text, findings, false));
        self.customs.scan(text, false, findings);
        if findings.len() > first + 1 {
            merge(findings, first);
        }
    }

    /// Whether there is nothing to find: cheaper than [`Detectors::scan`], for it stops soon after the first finding.
    pub fn is_clean(&self, text: &[u8]) -> bool {
        let mut findings = Vec::new();
        sweep(self.level, &mut Pass::new(self, text, &mut findings, true));
        if findings.is_empty() {
            self.customs.scan(text, true, &mut findings);
        }
        findings.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::super::DETECTORS;
    use super::classes::{BLOCK, Classes};
    use super::events::{DIGITS, GAP, LONG, RUN};
    use super::*;

    /// The reference: every place of a text is asked, in plain words, whether it is an event, and every look looks.
    fn scan_everywhere(text: &[u8]) -> Vec<Finding> {
        let (all, mut findings) = (Detectors::all(), Vec::new());
        let mut pass = Pass::new(&all, text, &mut findings, false);
        let at = |at: Option<usize>| at.and_then(|at| text.get(at)).copied().unwrap_or(b'\n');
        let is = |place: usize, offset: isize, has: &dyn Fn(u8) -> bool| has(at(place.checked_add_signed(offset)));
        let word = |byte: u8| byte.is_ascii_alphanumeric();
        let part = |byte: u8| word(byte) || b"-_.+%~!|$".contains(&byte);
        let inside = |byte: u8| word(byte) || b"-_".contains(&byte);
        let quote = |byte: u8| b"\"'".contains(&byte);
        pass.begin();
        for place in 0..text.len() {
            let starts = is(place, 0, &word) && !is(place, -1, &word);
            let row = |count: usize| (0..count).all(|offset| is(place, offset as isize, &part));
            if starts && row(RUN) {
                pass.run(place);
            }
            if starts && row(LONG) {
                pass.long(place);
            }
            let joins = is(place, 0, &|byte| b"=:>".contains(&byte))
                || is(place, 0, &quote) && is(place, -1, &|byte| b",(".contains(&byte))
                || is(place, 0, &quote)
                    && is(place, -1, &|byte| byte == b' ')
                    && is(place, -2, &|byte| b",(".contains(&byte))
                || is(place, -1, &quote) && is(place, 0, &|byte| b",(".contains(&byte))
                || is(place, 0, &quote) && is(place, -1, &|byte| byte == b' ') && is(place, -2, &word);
            let gap = (0..=GAP as usize).find(|&gap| place > gap && is(place, -1 - gap as isize, &word));
            if joins && let Some(gap) = gap {
                pass.name(place - gap);
            }
            if is(place, 0, &|byte| b"@~%".contains(&byte)) {
                pass.rare(place);
            }
            let digit = |offset: isize| is(place, offset, &|byte| byte.is_ascii_digit());
            let separates = |offset: isize| {
                is(place, offset, &|byte| b" -.".contains(&byte)) && digit(offset - 1) && digit(offset + 1)
            };
            let in_row = |offset: isize| digit(offset) || separates(offset);
            if !in_row(-1) && (0..DIGITS as isize).all(in_row) {
                pass.digits(place);
            }
            let dash = |offset: isize| is(place, offset, &|byte| byte == b'-');
            if !dash(0) && (-5..0).all(dash) {
                pass.dashes(place);
            }
            let short = dash(-1) && (!is(place, -2, &inside) || dash(-2) && !is(place, -3, &inside));
            if is(place, 0, &|byte| byte.is_ascii_alphabetic()) && short {
                pass.option(place);
            }
            let host = is(place, -3, &|byte| byte == b':' || byte.is_ascii_digit());
            if host && (-2..0).all(|offset| is(place, offset, &|byte| byte == b'/')) {
                pass.host(place);
            }
            if (-2..=0).all(|offset| is(place, offset, &|byte| byte == b'.')) {
                pass.dots(place);
            }
        }
        merge(&mut findings, 0);
        findings
    }

    /// Scenario: every example with others after it, at every offset into a block, scanned by the sweep and place by
    /// place.
    /// Guarantees: vectors, shifts and tables never hide a place from a detector that would find something there.
    #[test]
    fn the_sweep_hides_nothing() {
        let examples = || DETECTORS.iter().flat_map(|detector| detector.examples).map(|example| example.0);
        for (index, first) in examples().enumerate() {
            for second in examples().skip(index % 97).step_by(97) {
                let text = [&" .".repeat(index % BLOCK), first, " ", second].concat().replace(['«', '»'], "");
                let mut findings = Vec::new();
                Detectors::all().scan(text.as_bytes(), &mut findings);
                assert_eq!(findings, scan_everywhere(text.as_bytes()), "{text}");
            }
        }
    }

    #[test]
    fn a_block_has_no_class_before_a_text() {
        assert_eq!(Classes::default(), Classes::of_bytes(&[b'\n'; BLOCK]));
    }
}
