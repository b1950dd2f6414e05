//! What is wrong with a policy that only the detectors, the names and the keys can tell.
//!
//! Must not know what becomes of a policy that is right. Keeps I7: a mask that a detector would find again, a place inside
//! a value that is cut, an event whose name is masked would each make a second pass differ from the first. Keeps I2: a
//! pseudonym without its key is an error and not a mask.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::actions::{Base, FindingAction, Hmac, Treatment};
use super::audit::AUDIT_NAMES;
use super::compile::folds_alike;
use super::document::Policy;
use super::keyring::Keyring;
use super::target::Target;
use crate::detect::Detectors;
use crate::error::PolicyError;

/// What can be told to be wrong only once detectors and names are known.
pub(super) fn check(policy: &Policy, detectors: &Detectors, keyring: &Keyring) -> Result<(), PolicyError> {
    let redact = &policy.redact;
    let body = redact.body.iter().map(|treatment| ("redact.body".to_string(), treatment));
    let maps = [
        ("redact.resource".to_string(), &redact.resource),
        ("redact.scope".to_string(), &redact.scope),
        ("redact.attributes".to_string(), &redact.attributes),
        ("redact".to_string(), &redact.body_nested),
    ];
    let events = redact.events.iter().map(|(event, rules)| (format!("redact.events[\"{event}\"]"), rules));
    let named = maps.iter().map(|(path, rules)| (path.clone(), *rules)).chain(events);
    let targets: Vec<(String, &Target, &Treatment)> = named
        .flat_map(|(path, rules)| rules.iter().map(move |(target, treatment)| (path.clone(), target, treatment)))
        .collect();
    let named = targets.iter().map(|(path, target, treatment)| (format!("{path}[\"{target}\"]"), *treatment));
    for (path, treatment) in body.chain(named) {
        match &treatment.base {
            Base::Mask(Some(text)) => check_mask(text, detectors, format!("{path}.mask"))?,
            Base::Hmac(hmac) => check_key(hmac, keyring, format!("{path}.hmac"))?,
            _ => {}
        }
    }
    for (path, action) in policy.detect.all_actions() {
        match action {
            FindingAction::Mask(Some(text)) => check_mask(text, detectors, format!("{path}.mask"))?,
            FindingAction::Hmac(hmac) => check_key(hmac, keyring, format!("{path}.hmac"))?,
            _ => {}
        }
    }
    for (path, _, treatment) in targets.iter().filter(|(_, target, _)| folds_alike(&target.name, "event.name")) {
        // A masked name would be read as another event's, or none's, by whoever reads the output.
        if treatment.cut.is_some()
            || !matches!(treatment.base, Base::Keep | Base::KeepUnscanned | Base::Scan | Base::Word)
        {
            let message =
                "the event's name decides what its record means; expected one of keep, keep-unscanned, scan, word";
            return Err(PolicyError::new(format!("{path}[\"event.name\"]"), message));
        }
    }
    if policy.audit_record {
        check_counts(policy, &targets)?;
    }
    for (path, target, _) in targets.iter().filter(|(_, target, _)| !target.pointer.is_empty()) {
        let above = targets.iter().filter(|(_, other, _)| {
            folds_alike(&other.name, &target.name)
                && other.pointer.len() < target.pointer.len()
                && target.pointer.starts_with(&other.pointer)
        });
        let whole_body = redact.body.iter().filter(|_| folds_alike(&target.name, "body"));
        if above.map(|(_, _, treatment)| *treatment).chain(whole_body).any(has_no_places) {
            let path = format!("{path}[\"{}#/{}\"]", target.name, target.pointer.join("/"));
            let message =
                "a value that is cut or kept unscanned as a whole has no places inside; use keep or scan for the whole";
            return Err(PolicyError::new(path, message));
        }
    }
    Ok(())
}

/// The counts on a record are there from the first pass on: a condition on them, or a rule for them, would say another thing
/// on a second.
fn check_counts(policy: &Policy, targets: &[(String, &Target, &Treatment)]) -> Result<(), PolicyError> {
    let is_count = |name: &str| AUDIT_NAMES.iter().any(|known| folds_alike(known, name));
    let refuse = |path: String| {
        let message = "audit writes the counts of a record under this name, which nothing else may; leave it out";
        Err(PolicyError::new(path, message))
    };
    if let Some((path, target, _)) = targets.iter().find(|(_, target, _)| is_count(&target.name)) {
        return refuse(format!("{path}[\"{target}\"]"));
    }
    for (at, rule) in policy.records.iter().enumerate() {
        let mut names = rule.with.iter().chain(&rule.without).chain(rule.equals.iter().map(|(name, _)| name));
        if names.any(|name| is_count(name)) {
            return refuse(format!("records[{at}]"));
        }
    }
    match &policy.tenant {
        Some(tenancy) if AUDIT_NAMES.iter().any(|name| tenancy.reserved.has(name.as_bytes())) => {
            refuse("tenant.reserved".to_string())
        }
        _ => Ok(()),
    }
}

/// A pseudonym without its key would be a mask that nobody asked for.
fn check_key(hmac: &Hmac, keyring: &Keyring, path: String) -> Result<(), PolicyError> {
    let message = match &hmac.key {
        Some(id) if keyring.find(id).is_none() => {
            return Err(PolicyError::new(
                format!("{path}.key"),
                "the host gave no key of this id; give it beside the policy",
            ));
        }
        None if keyring.len() == 0 => "a pseudonym needs a key; give one beside the policy",
        None if keyring.default_key().is_none() => {
            "of several keys none is called default; name one here as {\"hmac\": {\"key\": id}}"
        }
        _ => return Ok(()),
    };
    Err(PolicyError::new(path, message))
}

/// Whether a treatment leaves a value that places inside cannot be told in.
fn has_no_places(treatment: &Treatment) -> bool {
    treatment.cut.is_some() || treatment.base == Base::KeepUnscanned
}

fn check_mask(text: &str, detectors: &Detectors, path: String) -> Result<(), PolicyError> {
    if detectors.is_clean(text.as_bytes()) {
        return Ok(());
    }
    Err(PolicyError::new(path, "a detector takes this text for a secret, and would mask the mask; choose another"))
}
