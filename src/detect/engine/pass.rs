//! What a detector sees when it looks: the text, and what the pass remembers of it.
//!
//! Must not know any format. Keeps I5: a look either reads bytes that no other look of its rule reads, or asks
//! [`Pass::run_end`] and its like, which remember. What is linear may still be slow, so the dearer looks are paid for
//! from a budget. Nothing is allocated but room for findings.

use alloc::vec::Vec;

use super::Detectors;
use super::classes::Letters;
use super::sweep::sweep;
use crate::detect::Finding;
use crate::detect::marker::inside_marker;
use crate::detect::personal::Words;
use crate::detect::registry::{DetectorId, Group};
use crate::detect::text::{Alphabet, rest, skip};
use crate::detect::typeset::Plain;

/// What a detector sees when it looks.
pub(in crate::detect) struct Pass<'a> {
    /// The whole text.
    pub(in crate::detect) text: &'a [u8],
    /// The `@` of the last URL that carries a user and a password: no e-mail address ends its user there.
    pub(in crate::detect) url_at: Option<usize>,
    /// The last stretch of bytes that was looked at as the authority of a URL.
    pub(in crate::detect) authority: Option<(usize, usize)>,
    /// From where the next PEM footer was looked for, and where it is.
    pub(in crate::detect) pem_footer: Option<(usize, Option<usize>)>,
    /// From where the next cut was looked for, and where it, or the end of the text, is.
    pub(in crate::detect) next_cut: Option<(usize, usize)>,
    /// Where the last token header ended, and where its token did.
    pub(in crate::detect) jwt_tail: Option<(usize, Option<usize>)>,
    /// Where the last row of groups ended that was looked at for an address.
    pub(in crate::detect) groups_end: usize,
    /// Where the last line ended that was looked at as one of a private key.
    pub(in crate::detect) line_end: usize,
    /// Where the last run of base64 ended that decodes to text.
    pub(in crate::detect) encoded_end: usize,
    /// Whether this is the text that was decoded from a run of another: only secrets count, and nothing is decoded again.
    nested: bool,
    /// The words that name values, as far as they were read.
    pub(in crate::detect) words: Words,
    /// Whether there is a byte that is not ASCII, as far as was swept.
    pub(super) has_others: bool,
    /// Where the last name ended that was looked at: an escape may tell it too, and so may the next block.
    pub(super) last_name: Option<usize>,
    work: Work,
    enabled: &'a Detectors,
    findings: &'a mut Vec<Finding>,
    /// How many findings there were before: they are of other texts.
    first: usize,
    stop_at_first: bool,
    runs: [Run; Run::COUNT],
}

/// Work that may still be done, in steps of a few nanoseconds at most. It is counted and not timed: what is found must be
/// the same on every machine (I4).
#[derive(Clone, Copy, Debug)]
pub(in crate::detect) struct Work(usize);

impl Work {
    pub(in crate::detect) const UNLIMITED: Self = Work(usize::MAX);

    /// What a text of `length` bytes may take: source code takes less than half a step a byte, JSON one or two, tables of
    /// nothing but numbers and people ten to thirty.
    pub(in crate::detect) fn for_length(length: usize) -> Self {
        Work(FREE_STEPS + STEPS_PER_BYTE * length)
    }
}

/// What any text may take, however short.
const FREE_STEPS: usize = 128 << 10;

/// What it may take for each of its bytes.
const STEPS_PER_BYTE: usize = 4;

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
    pub(super) fn new(
        enabled: &'a Detectors,
        text: &'a [u8],
        findings: &'a mut Vec<Finding>,
        stop_at_first: bool,
        work: Work,
    ) -> Self {
        let runs = [Run { from: 1, end: 0 }; Run::COUNT];
        let first = findings.len();
        Pass {
            text,
            url_at: None,
            authority: None,
            pem_footer: None,
            next_cut: None,
            jwt_tail: None,
            groups_end: 0,
            line_end: 0,
            encoded_end: 0,
            nested: false,
            words: Words::default(),
            has_others: false,
            last_name: None,
            work,
            enabled,
            findings,
            first,
            stop_at_first,
            runs,
        }
    }

    /// Whether `detector` is asked for. In what was decoded all are: whoever asked for that means any secret.
    pub(in crate::detect) fn wants(&self, detector: DetectorId) -> bool {
        self.nested || self.enabled.contains(detector)
    }

    /// Whether this text was decoded from a part of another.
    pub(in crate::detect) fn is_nested(&self) -> bool {
        self.nested
    }

    /// Whether there is a secret in `text`, which was decoded from a part of this one.
    pub(in crate::detect) fn holds_secret(&mut self, text: &[u8]) -> bool {
        let mut findings = Vec::new();
        let mut inner = Pass { nested: true, ..Pass::new(self.enabled, text, &mut findings, true, self.work) };
        sweep(self.enabled.level, &mut inner);
        self.work = inner.work;
        !findings.is_empty()
    }

    /// The text in plain signs, after the sweep, if it is typeset and that is worth another.
    pub(super) fn plain(&self) -> Option<Plain> {
        if self.has_others && !self.is_done() { Plain::of(self.text) } else { None }
    }

    /// Pays for `steps` of work.
    #[inline(always)]
    pub(in crate::detect) fn pay(&mut self, steps: usize) {
        self.work.0 = self.work.0.saturating_sub(steps);
    }

    /// Whether there is more to do than may be done.
    pub(in crate::detect) fn is_too_much(&self) -> bool {
        self.work.0 == 0
    }

    /// The letters of the sixty-four bytes from `at` on.
    pub(in crate::detect) fn letters(&self, at: usize) -> Letters {
        let rest = rest(self.text, at);
        let mut edge = [b' '; 64];
        let block = rest.first_chunk().unwrap_or_else(|| {
            edge.iter_mut().zip(rest).for_each(|(slot, byte)| *slot = *byte);
            &edge
        });
        Letters::of(self.enabled.level, block)
    }

    /// Whether enough is known.
    pub(super) fn is_done(&self) -> bool {
        self.stop_at_first && self.findings.len() > self.first || self.is_too_much()
    }

    /// Where the run of `alphabet` that `start` lies in ends. Asked again from inside the same run it remembers, so
    /// that a text of nothing but prefixes costs what it would cost with one.
    pub(in crate::detect) fn run_end(&mut self, alphabet: Alphabet, start: usize) -> usize {
        self.remembered(alphabet as usize, start, |text| skip(text, start, |byte| alphabet.has(byte)))
    }

    /// The same for bare values, whose end `find` tells from any place inside.
    pub(in crate::detect) fn bare_end(&mut self, start: usize, find: impl Fn(&[u8]) -> usize) -> usize {
        self.remembered(Alphabet::COUNT, start, find)
    }

    /// Notes a finding of a detector that is asked for, unless it lies inside one of our own markers.
    pub(in crate::detect) fn report(&mut self, detector: DetectorId, start: usize, end: usize) {
        if start >= end
            || !self.wants(detector)
            || self.nested && detector.get().group != Group::Secret
            || inside_marker(self.text, start, end, &self.enabled.customs)
        {
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
