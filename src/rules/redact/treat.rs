//! One value under one rule.
//!
//! Must not know the wire. Keeps I1: what is not text is kept only where it cannot hold text, and a number long enough
//! to be a card is looked at like one.

use alloc::string::ToString;

use super::marker::{self, Unit, put_decimal};
use super::path::Path;
use super::{Context, pseudonym, text};
use crate::bytes::equal;
use crate::codex::{self, Shape};
use crate::limits::{MAX_NAME_BYTES, MAX_VALUE_BYTES};
use crate::otlp::{Child, Nested, Value, next_child};
use crate::policy::{Base, Cut, NameId, Rule};

/// What stands in place of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Treated {
    /// The rule's mask.
    Fixed,
    /// The value, with edits inside it.
    Inside,
    /// Nothing: the attribute goes.
    Remove,
    /// The value.
    Same,
    /// The scratch memory's text.
    Text,
}

/// Digits from which a number is looked at as text: the shortest payment card has 12.
const LONG_NUMBER: usize = 12;

/// The same as [`treat`] for the attribute `key`, whose name has the number `id`.
#[inline]
pub(crate) fn treat_numbered(
    context: &mut Context<'_, '_>,
    rule: &Rule,
    id: NameId,
    key: &[u8],
    value: &Value<'_>,
) -> Treated {
    if !context.plan.is_built_in(id) {
        // Nobody vouches that a name of the policy's own does not call its values secret.
        return treat(context, rule, key, value);
    }
    let Value::String(text) = value else { return treat(context, rule, b"", value) };
    if context.scratch.memo.stays(id, rule, text) {
        return Treated::Same;
    }
    let treated = treat(context, rule, b"", value);
    if treated == Treated::Same {
        context.scratch.memo.note(id, rule, text);
    }
    treated
}

/// Decides what stands in place of `value` under `name`; counts it if that is not the value.
#[inline]
pub(crate) fn treat(context: &mut Context<'_, '_>, rule: &Rule, name: &[u8], value: &Value<'_>) -> Treated {
    treat_at(context, rule, &mut Path::default(), rule, name, value)
}

/// The same at `path` inside a value of which `root` is the rule.
#[inline]
pub(super) fn treat_at(
    context: &mut Context<'_, '_>,
    root: &Rule,
    path: &mut Path,
    rule: &Rule,
    name: &[u8],
    value: &Value<'_>,
) -> Treated {
    let treated = match value {
        Value::String(text) => string(context, root, path, rule, name, text),
        Value::Int(number) => int(context, rule, *number),
        Value::Bool(_) => scalar(rule),
        _ => other(context, rule, value),
    };
    if !matches!(treated, Treated::Same | Treated::Inside) {
        context.report.redacted(rule.counter);
    }
    treated
}

#[inline]
fn string(
    context: &mut Context<'_, '_>,
    root: &Rule,
    path: &mut Path,
    rule: &Rule,
    name: &[u8],
    value: &[u8],
) -> Treated {
    match &rule.treatment.base {
        Base::KeepUnscanned => Treated::Same,
        Base::Drop => Treated::Remove,
        Base::Mask(_) if equal(value, &rule.mask) => Treated::Same,
        Base::Mask(_) if rule.shape_is_exempt && rule.shape.holds(value) => Treated::Same,
        Base::Mask(_) => Treated::Fixed,
        Base::Length => length(context, value),
        Base::Hmac(_) => pseudonym::treat(context, rule, value),
        Base::Word => word(context, root, path, rule, name, value),
        Base::Keep | Base::Scan => {
            // What has its closed shape holds nothing that a detector looks for.
            if rule.treatment.cut.is_none() && rule.shape.is_closed_and_holds(value) {
                return Treated::Same;
            }
            let most = if rule.is_capped { MAX_NAME_BYTES } else { MAX_VALUE_BYTES };
            if value.len() > most {
                return length(context, value);
            }
            match text::treat_text(context, root, path, rule, name, value) {
                // Marks may be longer than what they stand for, and a second pass would find the value too long.
                Treated::Text if context.scratch.text.len() > most => length(context, value),
                treated => treated,
            }
        }
    }
}

fn word(
    context: &mut Context<'_, '_>,
    root: &Rule,
    path: &mut Path,
    rule: &Rule,
    name: &[u8],
    value: &[u8],
) -> Treated {
    if rule.shape.is_closed_and_holds(value) {
        return Treated::Same;
    }
    let is_clean_word = codex::is_word(value) && context.plan.detectors.is_clean_named(name, value);
    match (is_clean_word, rule.treatment.cut) {
        (true, None) => Treated::Same,
        (true, Some(_)) => text::treat_text(context, root, path, rule, name, value),
        // Nothing, as the built-in tools' `mcp_server`, is a word too.
        (false, _) if value.is_empty() => Treated::Same,
        // A cut may have left this.
        (false, Some(cut)) if is_cut_word(context, cut, name, value) => Treated::Same,
        (false, _) => length(context, value),
    }
}

/// Whether a cut may have left this of one short, clean word. A mark alone proves nothing: anybody can write one.
pub(super) fn is_cut_word(context: &Context<'_, '_>, cut: Cut, name: &[u8], value: &[u8]) -> bool {
    let is_part =
        |part: &[u8]| part.is_empty() || (codex::is_word(part) && context.plan.detectors.is_clean_named(name, part));
    text::around_cut(cut, value).is_some_and(|(before, after)| is_part(before) && is_part(after))
}

pub(super) fn length(context: &mut Context<'_, '_>, value: &[u8]) -> Treated {
    if marker::is_whole(&context.plan.detectors, value) {
        return Treated::Same;
    }
    context.scratch.text.clear();
    marker::put_length(&mut context.scratch.text, text::chars(value), Unit::Chars);
    Treated::Text
}

fn int(context: &mut Context<'_, '_>, rule: &Rule, number: i64) -> Treated {
    if let Base::Hmac(_) = rule.treatment.base {
        return pseudonym::treat(context, rule, number.to_string().as_bytes());
    }
    let treated = scalar(rule);
    if treated != Treated::Same || rule.treatment.base == Base::KeepUnscanned || rule.shape == Shape::Int {
        return treated;
    }
    long_number(context, number)
}

/// A number of many digits: what a detector would find in its decimal text.
fn long_number(context: &mut Context<'_, '_>, number: i64) -> Treated {
    if number.unsigned_abs() < 10u64.pow(LONG_NUMBER as u32 - 1) {
        return Treated::Same;
    }
    // A mark must not be put into the text of the value that is being looked at, so the digits have a place of their own.
    let mut digits = alloc::vec::Vec::with_capacity(20);
    put_decimal(&mut digits, number.unsigned_abs());
    super::scan::scan_text(context, b"", &digits)
}

/// A value in which there is no text: masked by a rule that masks, and by one that leaves a part of a text.
fn scalar(rule: &Rule) -> Treated {
    match rule.treatment.base {
        Base::Drop => Treated::Remove,
        Base::Hmac(_) | Base::Length | Base::Mask(_) => Treated::Fixed,
        Base::Keep | Base::Scan | Base::Word if rule.treatment.cut.is_some() => Treated::Fixed,
        Base::Keep | Base::KeepUnscanned | Base::Scan | Base::Word => Treated::Same,
    }
}

#[inline(never)]
fn other(context: &mut Context<'_, '_>, rule: &Rule, value: &Value<'_>) -> Treated {
    let base = &rule.treatment.base;
    match value {
        _ if *base == Base::Drop => Treated::Remove,
        Value::Empty => Treated::Same,
        // Down there nothing is looked at but the fields that no schema names.
        Value::Array(_) | Value::Map(_) if *base == Base::KeepUnscanned => Treated::Inside,
        _ if *base == Base::KeepUnscanned => Treated::Same,
        Value::Double(number) if matches!(base, Base::Hmac(_)) => {
            pseudonym::treat(context, rule, &pseudonym::decimal_of(*number))
        }
        Value::Double(number) => match scalar(rule) {
            // Above 2⁵³ a double no longer holds every digit, but a card number has fewer.
            Treated::Same if number.abs() < 1e19 && rule.shape != Shape::Double => long_number(context, *number as i64),
            treated => treated,
        },
        _ if matches!(base, Base::Hmac(_) | Base::Mask(_)) => Treated::Fixed,
        Value::Bytes(_) if *base == Base::Keep && rule.is_explicit && rule.nested.is_empty() => Treated::Same,
        Value::Bytes(bytes) => count(context, bytes.len(), Unit::Bytes),
        Value::Array(_) | Value::Map(_) if is_descent(rule) => Treated::Inside,
        Value::Array(nested) => count(context, children(nested, false), Unit::Items),
        Value::Map(nested) => count(context, children(nested, true), Unit::Items),
        Value::Bool(_) | Value::Int(_) | Value::String(_) => Treated::Same,
    }
}

fn is_descent(rule: &Rule) -> bool {
    matches!(rule.treatment.base, Base::Keep | Base::Scan) && rule.treatment.cut.is_none()
}

fn count(context: &mut Context<'_, '_>, count: usize, unit: Unit) -> Treated {
    context.scratch.text.clear();
    marker::put_length(&mut context.scratch.text, count, unit);
    Treated::Text
}

fn children(nested: &Nested<'_>, is_map: bool) -> usize {
    let mut reader = nested.reader();
    let mut count = 0;
    while let Ok(Some((_, child))) = next_child(&mut reader, is_map) {
        count += usize::from(!matches!(child, Child::Unknown));
    }
    count
}

/// Whether the text of a JSON number has as many digits as a card.
pub(super) fn holds_long_number(number: &[u8]) -> bool {
    number.iter().filter(|byte| byte.is_ascii_digit()).count() >= LONG_NUMBER
}
