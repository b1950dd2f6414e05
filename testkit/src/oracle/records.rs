//! Which records stay out as a whole: the rules asked of the record as it reads once it is normalised.
//!
//! Must not know numbers of names: attributes are found by comparing their names.

use sha2::{Digest, Sha256};

use super::select::alike;
use super::shared::codex::{CANONICAL_NAMES, Shape, USAGE};
use super::shared::policy::{RecordAction, RecordRule};
use crate::message::{Kind, LogRecord};

/// Whether the first rule that means a record of this event leaves it out.
pub(super) fn is_left_out(rules: &[RecordRule], event: Option<&str>, record: &LogRecord) -> bool {
    let is_meant = |rule: &&RecordRule| {
        rule.event.as_deref().is_none_or(|named| event == Some(named))
            && rule.with.iter().all(|name| has(record, name))
            && !rule.without.iter().any(|name| has(record, name))
            && (rule.takes_usage || !USAGE.iter().any(|name| has(record, name)))
            && rule.equals.iter().all(|(name, texts)| text(record, name).is_some_and(|text| texts.contains(&text)))
    };
    match rules.iter().find(is_meant).map(|rule| rule.action) {
        None | Some(RecordAction::Keep) => false,
        Some(RecordAction::Drop) => true,
        Some(RecordAction::Sample { keep, of }) => {
            let id = text(record, "conversation.id").filter(|id| Shape::Uuid.holds(id.as_bytes()));
            id.is_some_and(|id| {
                let digest = Sha256::digest(id);
                let place = digest[..8].iter().fold(0_u64, |place, byte| place << 8 | u64::from(*byte));
                place % u64::from(of) >= u64::from(keep)
            })
        }
    }
}

/// A name, and what it is called before or after normalisation.
fn names_of(name: &str) -> Vec<&str> {
    let pair = CANONICAL_NAMES.iter().find(|pair| alike(pair.source, name) || alike(pair.name, name));
    pair.map_or(vec![name], |pair| vec![pair.source, pair.name])
}

fn has(record: &LogRecord, name: &str) -> bool {
    let names = names_of(name);
    record.attributes.iter().any(|attribute| names.iter().any(|name| alike(name, &attribute.key)))
}

/// The value under a name: as Codex spells it, else as it is called by convention, else in any spelling.
fn text(record: &LogRecord, name: &str) -> Option<String> {
    let names = names_of(name);
    let attributes = || record.attributes.iter();
    let exact = names.iter().find_map(|name| attributes().find(|attribute| attribute.key == *name));
    // Among other spellings the first that anybody wrote counts; a test has one at most.
    let found = exact.or(attributes().find(|attribute| names.iter().any(|name| alike(name, &attribute.key))))?;
    match found.value.as_ref()?.value.as_ref()? {
        Kind::BoolValue(value) => Some(value.to_string()),
        Kind::DoubleValue(value) => Some(value.to_string()),
        Kind::IntValue(value) => Some(value.to_string()),
        Kind::StringValue(text) => Some(text.clone()),
        _ => None,
    }
}
