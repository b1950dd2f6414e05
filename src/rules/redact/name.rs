//! Strings that are no attributes: event name, severity text, scope name and version, schema URL, entity references,
//! and the keys of attributes that nobody knows.
//!
//! These are identifiers. A place where text fits is a place where content leaves, so by default they have to look like
//! identifiers; `unknown.attributes: scan` or `keep` lets any short text stand that the detectors find clean. Keeps I1.

use super::marker::{self, Unit};
use super::treat::Treated;
use super::{Context, scan};
use crate::limits::MAX_NAME_BYTES;
use crate::otlp::NamePlace;
use crate::policy::{Plan, UnknownAction};

/// What stands in place of an envelope's string.
pub(crate) fn treat_name(context: &mut Context<'_, '_>, place: NamePlace, text: &[u8]) -> Treated {
    if text.is_empty() || marker::is_whole(&context.plan.detectors, text) {
        return Treated::Same;
    }
    let is_identifier = match place {
        NamePlace::EventName => is_identifier(text) || is_call_site(text),
        _ => is_identifier(text),
    };
    let may_stay = text.len() <= MAX_NAME_BYTES && (is_identifier || allows_text(context.plan));
    if may_stay && context.plan.detectors.is_clean(text) {
        return Treated::Same;
    }
    context.scratch.text.clear();
    if may_stay && allows_text(context.plan) {
        match scan::scan_text(context, b"", text) {
            // Marks may be longer than what they stand for.
            Treated::Text if context.scratch.text.len() > MAX_NAME_BYTES => context.scratch.text.clear(),
            treated => return treated,
        }
    }
    marker::put_length(&mut context.scratch.text, super::text::chars(text), Unit::Chars);
    Treated::Text
}

/// Whether a key that nobody knows may stay: it looks like a name, and no detector finds anything in it.
pub(crate) fn is_plain_key(plan: &Plan, key: &[u8]) -> bool {
    key.len() <= MAX_NAME_BYTES && (is_identifier(key) || allows_text(plan)) && plan.detectors.is_clean(key)
}

fn allows_text(plan: &Plan) -> bool {
    matches!(plan.unknown.attributes, UnknownAction::Keep | UnknownAction::Scan)
}

/// Letters, digits and what joins the parts of names, paths and URLs of schemas.
fn is_identifier(text: &[u8]) -> bool {
    text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"._:+-/".contains(byte))
}

/// `event otel/src/events/session_telemetry.rs:703`: what Codex's tracing library puts into `event_name`.
fn is_call_site(text: &[u8]) -> bool {
    let place = text.strip_prefix(b"event ").unwrap_or_default();
    let mut parts = place.rsplitn(2, |byte| *byte == b':');
    match (parts.next(), parts.next()) {
        (Some(line), Some(file)) => {
            !line.is_empty() && line.iter().all(u8::is_ascii_digit) && file.ends_with(b".rs") && is_identifier(file)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn call_sites_are_told_from_text() {
        assert!(is_call_site(b"event otel/src/events/session_telemetry.rs:703"));
        for text in ["event a b.rs:1", "event x.rs:", "event x.rs:1a", "events x.rs:1", "event x.py:1", "event "] {
            assert!(!is_call_site(text.as_bytes()), "{text}");
        }
    }
}
