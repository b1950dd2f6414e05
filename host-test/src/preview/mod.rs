//! What a policy would change in a batch, told so that a person can read it and nothing is shown that it masks.
//!
//! ```text
//!            normalise          redact
//! as it came ────────▶ one dialect ────▶ as it leaves      places: one list of places and values for each
//!      └───────────────redact──────────▶ masked only       pair:   what differs, and by which stage
//!                                                          why:    which rule, which detector
//!                                                          fold:   what is alike, once, with a count
//! ```
//!
//! Every record goes through the engine by itself, so that its fields before and after can be laid side by side whatever
//! became of the others.
//!
//! Must not know the rules: an engine is asked for everything. Keeps I1: a value as it came is told only where redaction
//! leaves it alone, both as it was sent and after normalisation; of any other its kind and its size.

mod common;
mod fold;
mod names;
mod pair;
mod places;
mod stages;
mod why;

use std::collections::BTreeMap;

use airlock::{Admission, Encoding, Verdict};

pub use fold::{Group, Line};
pub use pair::What;

use crate::engine::{Engine, HostError};
use crate::view::{self, Batch};
use names::Names;
use pair::Pairs;
use places::Part;
use stages::Stages;

/// What a policy would change in a batch.
#[derive(Debug)]
pub struct Preview {
    /// What would become of the batch.
    pub verdict: Verdict,
    /// How large it is, and how large what leaves would be.
    pub bytes: (usize, usize),
    /// Records that came, and those that would leave.
    pub records: (usize, usize),
    /// The changes: resources, scopes, then each event, or each record where that was asked for.
    pub groups: Vec<Group>,
    /// Events that neither the policy nor the catalogue names, with the number of their records.
    pub unknown_events: BTreeMap<String, usize>,
    /// Attributes that neither names, with the event that they came in and their number.
    pub unknown_attributes: BTreeMap<(String, String), usize>,
}

/// How changes are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Alike changes of one event are told once.
    ByEvent,
    /// Each record for itself.
    ByRecord,
}

impl Preview {
    /// Lays the batch before and after side by side; refused where the batch is.
    pub fn of(
        engine: &dyn Engine,
        batch: &[u8],
        encoding: Encoding,
        admission: &Admission,
        grouping: Grouping,
    ) -> Result<Self, HostError> {
        let outcome = engine.process(batch, encoding, admission)?;
        let unreadable =
            || HostError::Component("the batch was accepted and cannot be shown; use --engine native".into());
        let decoded = view::decode(batch, encoding).ok_or_else(unreadable)?;
        let after = view::decode(outcome.bytes(batch), encoding);
        let left = after.iter().flat_map(view::records).count();
        let mut preview = Self {
            verdict: outcome.verdict,
            bytes: (batch.len(), outcome.bytes(batch).len()),
            records: (view::records(&decoded).count(), left),
            groups: Vec::new(),
            unknown_events: BTreeMap::new(),
            unknown_attributes: BTreeMap::new(),
        };
        let mut pairs = Pairs::new(Stages::new(engine, admission), Names::new()?);
        preview.lay_out(&mut pairs, &decoded, grouping)?;
        Ok(preview)
    }

    fn lay_out(&mut self, pairs: &mut Pairs<'_>, batch: &Batch, grouping: Grouping) -> Result<(), HostError> {
        let mut groups = fold::Groups::default();
        let mut number = 0;
        for (part, around) in places::parts(batch) {
            let paired = pairs.pair(&part, &around)?;
            let title = match (&part, grouping) {
                (Part::Record(_), Grouping::ByRecord) => {
                    number += 1;
                    format!("record {number}: {}", paired.title)
                }
                _ => paired.title.clone(),
            };
            if let Some(event) = &paired.unknown_event {
                *self.unknown_events.entry(event.clone()).or_default() += 1;
            }
            for name in &paired.unknown_attributes {
                *self.unknown_attributes.entry((paired.title.clone(), name.clone())).or_default() += 1;
            }
            groups.add(&title, &paired);
        }
        self.groups = groups.finish(grouping);
        Ok(())
    }
}
