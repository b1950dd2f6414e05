//! The pass: one walk over the text, and a closer look wherever the table of `windows` has a hit.
//!
//! ```text
//! for each byte:  state = (state << 16) | table[byte]      eight bytes between two branches
//!                 state has a hit?  ->  each detector of those buckets looks around this place and reports spans
//! afterwards:     spans are put in order, overlapping ones become one
//! ```
//!
//! Must not know any format. Keeps I5: the walk never goes back, and a look either reads bytes that no other look of
//! its rule reads, or asks [`Pass::run_end`], which remembers. Nothing is allocated but room for findings.

use alloc::vec::Vec;

use super::Finding;
use super::custom::Customs;
use super::marker::inside_marker;
use super::registry::{DETECTORS, DetectorId, Rule};
use super::text::{Alphabet, skip};
use super::tokens;
use super::windows::{BUCKETS, NO_HIT, OWNERS, START, TABLE};

/// How many bytes are stepped over between two branches.
const BLOCK: usize = 8;

/// Words of the set of detectors.
const WORDS: usize = 4;

/// An enabled set of detectors.
#[derive(Clone, Debug)]
pub struct Detectors {
    enabled: [u64; WORDS],
    /// A policy's own; they cannot be disabled.
    pub(super) customs: Customs,
}

impl Detectors {
    /// Every detector.
    pub fn all() -> Self {
        const { assert!(super::registry::LIST.len() <= 64 * WORDS) }
        Detectors { enabled: [u64::MAX; WORDS], customs: Customs::default() }
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
        let mut pass = Pass::new(self, text, findings, false);
        pass.run();
        self.customs.scan(text, false, findings);
        if findings.len() > first + 1 {
            merge(findings, first);
        }
    }

    /// Whether there is nothing to find: cheaper than [`Detectors::scan`], for it stops at the first finding.
    pub fn is_clean(&self, text: &[u8]) -> bool {
        let mut findings = Vec::new();
        Pass::new(self, text, &mut findings, true).run();
        if findings.is_empty() {
            self.customs.scan(text, true, &mut findings);
        }
        findings.is_empty()
    }
}

/// What a detector sees when it looks: the text, and what the pass remembers.
pub(super) struct Pass<'a> {
    /// The whole text.
    pub(super) text: &'a [u8],
    /// The `@` of the last URL that carries a user and a password: no e-mail address ends its user there.
    pub(super) url_at: Option<usize>,
    /// From where the next PEM footer was looked for, and where it is.
    pub(super) pem_footer: Option<(usize, Option<usize>)>,
    /// From where the next cut was looked for, and where it, or the end of the text, is.
    pub(super) next_cut: Option<(usize, usize)>,
    /// Where the last token header ended, and where its token did.
    pub(super) jwt_tail: Option<(usize, Option<usize>)>,
    enabled: &'a Detectors,
    findings: &'a mut Vec<Finding>,
    /// How many findings there were before: they are of other texts.
    first: usize,
    stop_at_first: bool,
    runs: [Run; Run::COUNT],
}

/// A stretch of text whose end is known.
#[derive(Clone, Copy)]
struct Run {
    from: usize,
    end: usize,
}

impl Run {
    /// One for each alphabet, one for bare values.
    const COUNT: usize = Alphabet::COUNT + 1;
}

impl<'a> Pass<'a> {
    fn new(enabled: &'a Detectors, text: &'a [u8], findings: &'a mut Vec<Finding>, stop_at_first: bool) -> Self {
        let runs = [Run { from: 1, end: 0 }; Run::COUNT];
        let first = findings.len();
        Pass {
            text,
            url_at: None,
            pem_footer: None,
            next_cut: None,
            jwt_tail: None,
            enabled,
            findings,
            first,
            stop_at_first,
            runs,
        }
    }

    /// Where the run of `alphabet` that `start` lies in ends. Asked again from inside the same run it remembers, so
    /// that a text of nothing but prefixes costs what it would cost with one.
    pub(super) fn run_end(&mut self, alphabet: Alphabet, start: usize) -> usize {
        self.remembered(alphabet as usize, start, |text| skip(text, start, |byte| alphabet.has(byte)))
    }

    /// The same for bare values, whose end `find` tells from any place inside.
    pub(super) fn bare_end(&mut self, start: usize, find: impl Fn(&[u8]) -> usize) -> usize {
        self.remembered(Alphabet::COUNT, start, find)
    }

    /// Notes a finding, unless it lies inside one of our own markers.
    pub(super) fn report(&mut self, detector: DetectorId, start: usize, end: usize) {
        if start >= end || inside_marker(self.text, start, end, &self.enabled.customs) {
            return;
        }
        // A text of nothing but prefixes finds the same bytes over and over: a span inside the last one adds nothing.
        let inside = |last: &&mut Finding| last.start <= start && end <= last.end;
        if let Some(last) = self.findings.get_mut(self.first..).and_then(<[_]>::last_mut).filter(inside) {
            if (last.start, last.end) == (start, end) {
                last.detector = last.detector.min(detector);
            }
            return;
        }
        self.findings.push(Finding { start, end, detector });
    }

    /// The walk.
    fn run(&mut self) {
        let mut state = START;
        let (blocks, tail) = self.text.as_chunks::<BLOCK>();
        let mut at = 0;
        for block in blocks {
            let before = state;
            let mut all = u64::MAX;
            for &byte in block {
                state = step(state, byte);
                all &= state;
            }
            if all < NO_HIT && self.careful(before, block, at) {
                return;
            }
            at += BLOCK;
        }
        self.careful(state, tail, at);
    }

    /// Walks `bytes`, which stand at `at`, and looks at each hit. Whether to stop.
    #[inline(never)]
    fn careful(&mut self, mut state: u64, bytes: &[u8], at: usize) -> bool {
        for (offset, &byte) in bytes.iter().enumerate() {
            state = step(state, byte);
            if state < NO_HIT {
                self.wake(!(state >> 48) as u16, at + offset + 1);
                if self.stop_at_first && !self.findings.is_empty() {
                    return true;
                }
            }
        }
        false
    }

    /// Lets every detector of the buckets in `hits` look at the place `end`, where its window ends.
    fn wake(&mut self, mut hits: u16, end: usize) {
        while hits != 0 {
            let bucket = hits.trailing_zeros() as usize;
            hits &= hits - 1;
            for &detector in OWNERS.iter().skip(bucket).step_by(BUCKETS) {
                self.look(detector, end);
            }
        }
    }

    /// Lets one detector look at one place.
    fn look(&mut self, detector: DetectorId, end: usize) {
        if self.enabled.contains(detector) {
            match DETECTORS.get(detector.index()).map(|detector| &detector.rule) {
                Some(Rule::Custom { look, .. }) => look(self, detector, end),
                Some(Rule::Tokens(rows)) => tokens::look(self, detector, rows, end),
                None => {}
            }
        }
    }

    fn remembered(&mut self, slot: usize, start: usize, find: impl Fn(&[u8]) -> usize) -> usize {
        match self.runs.get_mut(slot) {
            Some(run) if run.from <= start && start <= run.end => run.end,
            Some(run) => {
                *run = Run { from: start, end: find(self.text) };
                run.end
            }
            None => find(self.text),
        }
    }
}

#[inline(always)]
fn step(state: u64, byte: u8) -> u64 {
    // The table has a place for every byte, so the fallback is never taken and the check is compiled away.
    (state << 16) | TABLE.get(usize::from(byte)).copied().unwrap_or_default()
}

/// Puts the findings from `first` on in order and makes one of those that overlap.
pub(super) fn merge(findings: &mut Vec<Finding>, first: usize) {
    let Some(found) = findings.get_mut(first..) else { return };
    if !found.is_sorted_by_key(|finding| finding.start) {
        found.sort_by_key(|finding| finding.start);
    }
    let mut widest = 0;
    let mut kept = first;
    for index in first..findings.len() {
        let Some(&next) = findings.get(index) else { break };
        let width = next.end - next.start;
        let last = if kept > first { findings.get_mut(kept - 1) } else { None };
        match last {
            Some(last) if next.start < last.end => {
                last.end = last.end.max(next.end);
                if width > widest || (width == widest && next.detector < last.detector) {
                    (widest, last.detector) = (width, next.detector);
                }
            }
            _ => {
                if let Some(slot) = findings.get_mut(kept) {
                    *slot = next;
                }
                widest = width;
                kept += 1;
            }
        }
    }
    findings.truncate(kept);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The reference: every detector looks at every place.
    fn scan_everywhere(text: &[u8]) -> Vec<Finding> {
        let (all, mut findings) = (Detectors::all(), Vec::new());
        let mut pass = Pass::new(&all, text, &mut findings, false);
        for end in 0..=text.len() {
            for index in 0..DETECTORS.len() {
                pass.look(DetectorId::at(index), end);
            }
        }
        merge(&mut findings, 0);
        findings
    }

    /// Scenario: every example with others after it, scanned by the pass and by looking everywhere.
    /// Guarantees: the table never hides a place from a detector that would find something there.
    #[test]
    fn the_table_hides_nothing() {
        let examples = || DETECTORS.iter().flat_map(|detector| detector.examples).map(|example| example.0);
        for first in examples() {
            for second in examples().step_by(7) {
                let text = [first, " ", second].concat().replace(['«', '»'], "");
                let mut findings = Vec::new();
                Detectors::all().scan(text.as_bytes(), &mut findings);
                assert_eq!(findings, scan_everywhere(text.as_bytes()), "{text}");
            }
        }
    }

    #[test]
    fn overlaps_are_merged_from_whatever_order() {
        let finding = |start, end, detector| Finding { start, end, detector: DetectorId::at(detector) };
        let mut findings = alloc::vec![
            finding(0, 9, 5),
            finding(8, 10, 3),
            finding(2, 4, 4),
            finding(5, 8, 2),
            finding(3, 6, 1),
            finding(10, 12, 0)
        ];
        merge(&mut findings, 1);
        // 2..8 is one: three bytes wide are both 5..8 and 3..6, and detector 1 comes first.
        // Touching is not overlapping.
        assert_eq!(findings, [finding(0, 9, 5), finding(2, 8, 1), finding(8, 10, 3), finding(10, 12, 0)]);
    }
}
