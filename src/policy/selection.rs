//! The rules for whole records, compiled: conditions are lists of numbers of names.
//!
//! Must not know batches. Keeps I7 by what it refuses: a condition on what this very policy takes out of a record, or
//! changes, would say another thing on a second pass.
//!
//! An attribute and its conventional name are one condition, for normalisation gives a record the other one.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::ops::Range;

use super::actions::{Base, FindingAction};
use super::compile::folds_alike;
use super::document::Policy;
use super::plan::{NameId, Plan, Rule};
use super::records::{RecordAction, RecordRule};
use crate::codex::{CANONICAL_NAMES, Conversion, USAGE, is_word};
use crate::error::PolicyError;
use crate::otlp::Group;

/// A rule for whole records.
#[derive(Debug)]
pub(crate) struct Selection {
    /// The row of the event; nothing for any.
    pub(crate) row: Option<usize>,
    /// Of each list, one has to be there.
    pub(crate) with: Vec<Vec<NameId>>,
    /// None of these may be there.
    pub(crate) without: Vec<NameId>,
    pub(crate) equals: Vec<Equals>,
    pub(crate) action: RecordAction,
    /// What a report calls it.
    pub(crate) label: String,
}

/// The first of the names that is there has one of the texts.
#[derive(Debug)]
pub(crate) struct Equals {
    pub(crate) names: Vec<NameId>,
    pub(crate) texts: Vec<Box<[u8]>>,
}

/// Compiles the rules for whole records of a policy that has this plan.
pub(crate) fn selections(policy: &Policy, plan: &Plan) -> Result<Vec<Selection>, PolicyError> {
    policy.records.iter().enumerate().map(|(at, rule)| selection(policy, plan, at, rule)).collect()
}

/// The numbers of a conversation's id, the one that a record is sent with first.
pub(crate) fn conversation_ids(plan: &Plan) -> Vec<NameId> {
    numbers(plan, "conversation.id")
}

fn selection(policy: &Policy, plan: &Plan, at: usize, rule: &RecordRule) -> Result<Selection, PolicyError> {
    let row = rule.event.as_ref().and_then(|event| plan.event(event.as_bytes()));
    let rows = row.map_or(0..plan.bodies.len(), |row| row..row + 1);
    let usage: &[&str] = if rule.takes_usage { &[] } else { USAGE };
    let mut without = Vec::new();
    for (name, place) in
        rule.without.iter().map(String::as_str).zip(0..).chain(usage.iter().map(|name| (*name, usize::MAX)))
    {
        let ids = numbers(plan, name);
        if ids.iter().any(|&id| rows.clone().any(|row| plan.record_rule(row, id).treatment.base == Base::Drop)) {
            return Err(match place {
                usize::MAX => PolicyError::new(
                    format!("records[{at}]"),
                    format!(
                        "the policy drops {name}, so that a second pass no longer sees usage; keep it, or say usage: drop"
                    ),
                ),
                place => PolicyError::new(
                    format!("records[{at}].without[{place}]"),
                    "the policy drops this attribute, so that a second pass finds every record without it; keep it",
                ),
            });
        }
        without.extend(ids);
    }
    let mut equals = Vec::new();
    for (name, texts) in &rule.equals {
        check_equals(policy, at, name, texts)?;
        let texts = texts.iter().map(|text| text.as_bytes().into()).collect();
        equals.push(Equals { names: numbers(plan, name), texts });
    }
    if let RecordAction::Sample { .. } = rule.action {
        let stays = |id: NameId| {
            rows.clone().all(|row| {
                let treatment = &plan.rule(Group::Record, row, id, b"").treatment;
                let keeps = matches!(treatment.base, Base::Keep | Base::KeepUnscanned | Base::Scan | Base::Word);
                keeps && treatment.cut.is_none()
            })
        };
        if !conversation_ids(plan).into_iter().all(stays) {
            let message = "a sample goes by the conversation's id, which this policy does not leave as it is";
            return Err(PolicyError::new(format!("records[{at}].action.sample"), message));
        }
    }
    check_kept(policy, plan, at, rule, &rows)?;
    let with = rule.with.iter().map(|name| numbers(plan, name)).collect();
    Ok(Selection { row, with, without, equals, action: rule.action, label: rule.to_string() })
}

/// A record that a rule keeps has to meet the rule's condition on a second pass too, where a later rule might leave it out.
fn check_kept(
    policy: &Policy,
    plan: &Plan,
    at: usize,
    rule: &RecordRule,
    rows: &Range<usize>,
) -> Result<(), PolicyError> {
    let is_hit_by = |later: &RecordRule| {
        let same_event = rule.event.is_none() || later.event.is_none() || rule.event == later.event;
        same_event && later.action != RecordAction::Keep
    };
    if rule.action == RecordAction::Drop || !policy.records.iter().skip(at + 1).any(is_hit_by) {
        return Ok(());
    }
    let all = |name: &str, holds: &dyn Fn(&Rule) -> bool| {
        numbers(plan, name).iter().all(|&id| rows.clone().all(|row| holds(plan.record_rule(row, id))))
    };
    for (place, name) in rule.with.iter().enumerate() {
        if !all(name, &|rule| rule.treatment.base != Base::Drop) {
            let message = "the policy drops this attribute, so that a second pass asks a later rule; keep it, or make this rule the last";
            return Err(PolicyError::new(format!("records[{at}].with[{place}]"), message));
        }
    }
    for (name, texts) in &rule.equals {
        if !texts.iter().all(|text| all(name, &|rule| stays(plan, rule, name, text))) {
            let message = "the policy does not leave such a value as it is, so that a second pass asks a later rule; keep it, or make this rule the last";
            return Err(PolicyError::new(format!("records[{at}].equals[\"{name}\"]"), message));
        }
    }
    Ok(())
}

/// Whether a value that reads like `text` stays under a rule.
fn stays(plan: &Plan, rule: &Rule, name: &str, text: &str) -> bool {
    let is_clean = || plan.detectors.is_clean_named(name.as_bytes(), text.as_bytes());
    match &rule.treatment.base {
        Base::KeepUnscanned => true,
        Base::Mask(_) => rule.shape_is_exempt && rule.shape.holds(text.as_bytes()),
        Base::Keep | Base::Scan => rule.treatment.cut.is_none() && is_clean(),
        Base::Word => rule.treatment.cut.is_none() && is_word(text.as_bytes()) && is_clean(),
        Base::Drop | Base::Hmac(_) | Base::Length => false,
    }
}

fn check_equals(policy: &Policy, at: usize, name: &str, texts: &[String]) -> Result<(), PolicyError> {
    let refuse = |message: &str| Err(PolicyError::new(format!("records[{at}].equals[\"{name}\"]"), message));
    let changes = |pair: &&crate::codex::Canonical| {
        pair.conversion != Conversion::None && (folds_alike(pair.source, name) || folds_alike(pair.name, name))
    };
    if CANONICAL_NAMES.iter().any(|pair| changes(&pair)) {
        return refuse("normalisation changes the unit of this number, so it cannot be compared; use with or without");
    }
    let masks = masks(policy);
    if texts.iter().any(|text| masks.iter().any(|mask| text.contains(*mask))) {
        return refuse("a mask of this policy reads like this text, so that a masked value would be taken for it");
    }
    Ok(())
}

/// Every text of its own that the policy puts in place of something.
fn masks(policy: &Policy) -> Vec<&str> {
    let redact = &policy.redact;
    let rules = [&redact.resource, &redact.scope, &redact.attributes, &redact.body_nested].into_iter();
    let rules = rules.chain(redact.events.iter().map(|(_, rules)| rules)).flatten();
    let of_values = rules.map(|(_, treatment)| treatment).filter_map(|treatment| match &treatment.base {
        Base::Mask(Some(text)) => Some(text.as_str()),
        _ => None,
    });
    let of_findings = policy.detect.all_actions().filter_map(|(_, action)| match action {
        FindingAction::Mask(Some(text)) => Some(text.as_str()),
        _ => None,
    });
    of_values.chain(of_findings).collect()
}

/// Every number of a name and of what it is called before or after normalisation, in any spelling: what a record is sent
/// with first, then what it is given, as they are spelt; then the rest.
fn numbers(plan: &Plan, name: &str) -> Vec<NameId> {
    let pair = CANONICAL_NAMES.iter().find(|pair| folds_alike(pair.source, name) || folds_alike(pair.name, name));
    let names: Vec<&str> = pair.map_or(Vec::from([name]), |pair| Vec::from([pair.source, pair.name]));
    let exact = names.iter().filter_map(|name| plan.exact_name(name.as_bytes()));
    let alike = |spelling: &[u8]| {
        core::str::from_utf8(spelling).is_ok_and(|spelling| names.iter().any(|name| folds_alike(name, spelling)))
    };
    let all = plan.spelling.iter().zip(0..).filter(|(spelling, _)| alike(spelling)).map(|(_, id)| id);
    let mut ids: Vec<NameId> = Vec::new();
    for id in exact.chain(all) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}
