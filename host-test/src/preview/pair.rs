//! One part before and after: which of its places differ, and which stage made the difference.
//!
//! Must not know the rules. Keeps I1, and is where a preview keeps it: see [`Pairs::before`].

use std::collections::{BTreeSet, HashMap};

use opentelemetry_proto::tonic::common::v1::AnyValue;

use super::names::Names;
use super::places::{self, Around, Part, Place};
use super::stages::{Report, Stages};
use super::why::Reasons;
use crate::engine::{HostError, Stage};
use crate::view::{self, Size, visible};

/// What happened to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// It was not there before.
    Added,
    /// It is not there any more.
    Dropped,
    /// It has another type, spelling or name.
    Normalised,
    /// All of it or a part of it was masked.
    Redacted,
}

/// One difference.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) name: String,
    pub(super) is_field: bool,
    pub(super) what: What,
    pub(super) before: Option<Before>,
    pub(super) after: Option<AnyValue>,
    pub(super) why: String,
}

/// A value as it came.
#[derive(Clone, Debug)]
pub(super) enum Before {
    /// Of one that may not leave.
    Hidden(Size),
    /// One that redaction leaves alone.
    Shown(AnyValue),
}

/// A part, laid side by side.
pub(super) struct Paired {
    /// The event's name as it may be shown, or what the part is.
    pub(super) title: String,
    pub(super) is_of_record: bool,
    /// The record would not leave; why.
    pub(super) dropped: Option<String>,
    pub(super) changes: Vec<Change>,
    /// Names of the places that stay as they are.
    pub(super) stays: Vec<String>,
    pub(super) unknown_event: Option<String>,
    pub(super) unknown_attributes: Vec<String>,
}

/// Lays parts side by side.
pub(super) struct Pairs<'e> {
    stages: Stages<'e>,
    names: Names,
    reasons: Reasons,
}

/// A part's values by place, at one point of its way.
type Values = HashMap<Place, AnyValue>;

impl<'e> Pairs<'e> {
    pub(super) fn new(stages: Stages<'e>, names: Names) -> Self {
        Self { stages, names, reasons: Reasons::default() }
    }

    pub(super) fn pair(&mut self, part: &Part, around: &Around) -> Result<Paired, HostError> {
        let batch = around.batch(part);
        let [normalised, masked, processed] =
            [Stage::Normalise, Stage::Redact, Stage::Process].map(|stage| self.stages.run(stage, &batch));
        let (normalised, masked, processed) = (normalised?, masked?, processed?);
        let values = |batch: Option<&view::Batch>| batch.map_or_else(Vec::new, |batch| places::of(part, batch));
        let came = values(Some(&batch));
        let one_dialect = values(normalised.batch.as_ref());
        let leaves = values(processed.batch.as_ref());
        let masked: Values = values(masked.batch.as_ref()).into_iter().collect();
        let between: Values = one_dialect.iter().cloned().collect();
        let after: Values = leaves.iter().cloned().collect();

        let mut paired = Paired {
            title: self.title(part, processed.batch.as_ref()),
            is_of_record: matches!(part, Part::Record(_)),
            dropped: None,
            changes: Vec::new(),
            stays: Vec::new(),
            unknown_event: None,
            unknown_attributes: Vec::new(),
        };
        if processed.report.unknown.attributes > 0 {
            for pair in around.attributes(part) {
                if self.reasons.is_unknown(&self.stages, pair)? {
                    let leaves = after.keys().any(|place| !place.is_field && place.name == pair.key);
                    paired.unknown_attributes.push(self.names.shown(&pair.key, leaves));
                }
            }
        }
        if paired.is_of_record {
            paired.unknown_event = (processed.report.unknown.events > 0).then(|| paired.title.clone());
            if processed.batch.is_none() {
                paired.dropped = Some(dropped_because(&processed.report));
                return Ok(paired);
            }
        }
        let redacted = normalised.batch.map(|batch| {
            let report = self.stages.run(Stage::Redact, &batch)?.report;
            Ok::<_, HostError>((batch, report))
        });
        let redacted = redacted.transpose()?;
        for (place, value) in &came {
            let after = after.get(place);
            if after == Some(value) {
                paired.stays.push(self.names.shown(&place.name, true));
                continue;
            }
            let is_redacted = between.get(place) != after;
            let before = Some(Self::before(place, value, &masked, is_redacted));
            let what = match after {
                None => What::Dropped,
                Some(_) if is_redacted => What::Redacted,
                Some(_) => What::Normalised,
            };
            let why = match &redacted {
                Some((batch, report)) if is_redacted && between.contains_key(place) => {
                    self.reasons.of(&self.stages, part, place, batch, report)?
                }
                _ => String::new(),
            };
            paired.changes.push(self.change(place, what, before, after, why));
        }
        let before: BTreeSet<&Place> = came.iter().map(|(place, _)| place).collect();
        for (place, value) in leaves.iter().filter(|(place, _)| !before.contains(place)) {
            paired.changes.push(self.change(place, What::Added, None, Some(value), String::new()));
        }
        Ok(paired)
    }

    /// A value as it came is shown if redaction alone leaves it as it is where it came, and if redaction changes nothing
    /// of what normalisation made of it. Either alone would not do: normalisation moves texts to where another rule
    /// holds for them.
    fn before(place: &Place, value: &AnyValue, masked: &Values, is_redacted: bool) -> Before {
        if !is_redacted && masked.get(place) == Some(value) {
            Before::Shown(value.clone())
        } else {
            Before::Hidden(Size::of(value))
        }
    }

    fn change(
        &self,
        place: &Place,
        what: What,
        before: Option<Before>,
        after: Option<&AnyValue>,
        why: String,
    ) -> Change {
        let name = self.names.shown(&place.name, after.is_some());
        Change { name, is_field: place.is_field, what, before, after: after.cloned(), why }
    }

    fn title(&self, part: &Part, after: Option<&view::Batch>) -> String {
        match part {
            Part::Record(record) if view::event(record).is_empty() => "(no event name)".into(),
            Part::Record(record) => {
                let event = view::event(record);
                let leaves =
                    after.and_then(|after| view::records(after).next()).is_some_and(|left| view::event(left) == event);
                self.names.shown(event, leaves)
            }
            Part::Resource => "resource".into(),
            Part::Scope => "scope".into(),
        }
    }
}

/// The rule for whole records that took it, if one did; these are the policy's own words.
fn dropped_because(report: &Report) -> String {
    let mut rules = report.records_dropped.keys().chain(report.records_sampled.keys());
    match rules.next() {
        Some(rule) => visible(rule).into_owned(),
        None if report.unknown.events > 0 => "the event is unknown".into(),
        None => "by the policy".into(),
    }
}
