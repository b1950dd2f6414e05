//! Why a value was masked: redaction runs once more without it, and what the report then lacks names the rule and the
//! detectors.
//!
//! Must not know the rules: asking the engine is the only way that cannot be wrong about them.

use std::collections::{BTreeMap, HashMap};

use opentelemetry_proto::tonic::common::v1::{InstrumentationScope, KeyValue};
use opentelemetry_proto::tonic::logs::v1::{ResourceLogs, ScopeLogs};

use super::places::{self, EVENT_NAME, Part, Place};
use super::stages::{Report, Stages};
use crate::engine::{HostError, Stage};
use crate::view::Batch;

/// What was asked before.
#[derive(Default)]
pub(super) struct Reasons {
    /// By attribute.
    unknown: HashMap<String, bool>,
}

impl Reasons {
    /// The rules and the detectors that had a hand in it, as `mask` or `scan; found: email`. `batch` is the part as it is
    /// redacted, and `report` says what was done to it.
    pub(super) fn of(
        &self,
        stages: &Stages<'_>,
        part: &Part,
        place: &Place,
        batch: &Batch,
        report: &Report,
    ) -> Result<String, HostError> {
        let mut without = batch.clone();
        places::remove(part, &mut without, place);
        let ran = stages.run(Stage::Redact, &without)?;
        let is_left = ran.batch.is_some() || !matches!(part, Part::Record(_));
        // Without its event's name a record is another, and without its other attributes a rule for whole records may take
        // it: then what is asked is what becomes of the value alone.
        if is_left && place.name != EVENT_NAME {
            return Ok(words(place, report, &ran.report));
        }
        let mut alone = batch.clone();
        places::keep_only(&mut alone, place);
        Ok(words(place, &stages.run(Stage::Redact, &alone)?.report, &Report::default()))
    }

    /// Whether neither the catalogue nor the policy knows an attribute. It is asked of a scope: there, no rule for whole
    /// records stands in the way.
    pub(super) fn is_unknown(&mut self, stages: &Stages<'_>, pair: &KeyValue) -> Result<bool, HostError> {
        if let Some(is_unknown) = self.unknown.get(&pair.key) {
            return Ok(*is_unknown);
        }
        let scope = Some(InstrumentationScope { attributes: vec![pair.clone()], ..Default::default() });
        let scope_logs = vec![ScopeLogs { scope, ..Default::default() }];
        let batch = Batch { resource_logs: vec![ResourceLogs { scope_logs, ..Default::default() }] };
        let is_unknown = stages.run(Stage::Redact, &batch)?.report.unknown.attributes > 0;
        self.unknown.insert(pair.key.clone(), is_unknown);
        Ok(is_unknown)
    }
}

fn words(place: &Place, with: &Report, without: &Report) -> String {
    let mut rules: Vec<&str> = more(&with.redacted, &without.redacted).collect();
    // A label is a name and an action; the name stands in its own column already.
    for rule in &mut rules {
        let own = rule.split_once(": ").filter(|(name, _)| *name == place.name || *name == "other");
        *rule = own.map_or(*rule, |(_, action)| action);
    }
    let detectors: Vec<&str> = more(&with.detected, &without.detected).collect();
    match (rules.join(", "), detectors.join(", ")) {
        (rules, detectors) if detectors.is_empty() => rules,
        (rules, detectors) if rules.is_empty() => format!("found: {detectors}"),
        (rules, detectors) => format!("{rules}; found: {detectors}"),
    }
}

/// The names that are counted more often in one than in the other.
fn more<'r>(with: &'r BTreeMap<String, u64>, without: &'r BTreeMap<String, u64>) -> impl Iterator<Item = &'r str> {
    let more = with.iter().filter(|(name, count)| without.get(*name).is_none_or(|other| other < *count));
    more.map(|(name, _)| name.as_str())
}
