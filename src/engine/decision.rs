//! What was decided about a slot, so that the same slot of the next record need not be decided again.
//!
//! Must not know how it was decided. Keeps I6: a decision points into the text of the batch's own edits, and is taken up
//! only for a slot that repeats within the batch.

use super::pass::Pass;
use crate::otlp::Slot;
use crate::wire::Span;

/// What was done about a slot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decision {
    hold: Hold,
    /// What stands in place of the slot: a range of the text of all edits.
    edit: Option<Span>,
    /// The copy under a conventional name, likewise.
    added: Option<Span>,
    /// What the edit counted as.
    counted: Counted,
}

/// What an edit counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    EventName,
    Nothing,
    /// As redacted, by the counter of its rule.
    Redacted(u16),
    Type,
}

/// How far a decision holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hold {
    /// For this record only.
    Open,
    /// For the same bytes in the same event among the same names: the slot stays as it is.
    Stays,
    /// Likewise: something has to be written.
    Writes,
}

impl Decision {
    /// Nothing was decided that holds for another slot.
    pub(super) const OPEN: Self = Self { hold: Hold::Open, edit: None, added: None, counted: Counted::Nothing };
    /// The slot stays as it is.
    pub(super) const STAYS: Self = Self { hold: Hold::Stays, ..Self::OPEN };

    /// The slot is replaced by `edit` or stays, and `added` is added.
    #[inline(always)]
    pub(super) fn writes(edit: Option<(Span, Counted)>, added: Option<Span>) -> Self {
        let (edit, counted) = edit.map_or((None, Counted::Nothing), |(text, counted)| (Some(text), counted));
        let hold = if edit.is_none() && added.is_none() { Hold::Stays } else { Hold::Writes };
        Self { hold, edit, added, counted }
    }

    /// Whether the slot stays as it is.
    #[inline(always)]
    pub(super) fn stays(&self) -> bool {
        self.hold == Hold::Stays
    }
}

/// The state of the pass before something was done.
#[derive(PartialEq, Eq)]
pub(super) struct Before {
    edits: usize,
    redactions: u32,
    findings: u32,
    types: u32,
    event_names: u32,
}

impl Pass<'_> {
    /// Does once more what was decided; `false` if it has to be decided anew.
    #[inline(always)]
    pub(super) fn repeat(&mut self, slot: &Slot<'_>, decision: &Decision) -> bool {
        if let Some(text) = decision.edit {
            self.edits.replace(slot.span(), text);
            let counts = &mut self.report.counts;
            match decision.counted {
                Counted::EventName => counts.event_names += 1,
                Counted::Nothing => {}
                Counted::Redacted(counter) => self.report.redacted(counter),
                Counted::Type => counts.types += 1,
            }
        }
        if let Some(text) = decision.added {
            self.report.counts.semconv += 1;
            self.memory.tail.push(text);
        }
        decision.hold == Hold::Writes
    }

    pub(super) fn before(&self) -> Before {
        let counts = &self.report.counts;
        Before {
            edits: self.edits.count(),
            redactions: self.report.tally.redactions,
            findings: self.report.tally.findings,
            types: counts.types,
            event_names: counts.event_names,
        }
    }

    /// What was done about a slot that depends on nothing but itself, its event and the names around it.
    pub(super) fn decision_since(&self, before: &Before, slot: &Slot<'_>) -> Decision {
        let (now, tally) = (self.before(), self.report.tally);
        if now.edits == before.edits {
            // What was counted, although what is to stand there stands there already, has to be counted again.
            return if now == *before { Decision::STAYS } else { Decision::OPEN };
        }
        let done = [
            now.edits - before.edits,
            (now.redactions - before.redactions) as usize,
            (now.findings - before.findings) as usize,
            (now.types - before.types) as usize,
            (now.event_names - before.event_names) as usize,
        ];
        // What the edit counted for must be known, for it counts again.
        let counted = match done {
            [1, 0, 0, 0, 1] => Counted::EventName,
            [1, 1, 0, 0, 0] => Counted::Redacted(tally.counter),
            [1, 0, 0, 1, 0] => Counted::Type,
            _ => return Decision::OPEN,
        };
        match self.edits.last() {
            Some((span, text)) if span == slot.span() => Decision::writes(Some((text, counted)), None),
            _ => Decision::OPEN,
        }
    }
}
