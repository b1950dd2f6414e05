//! Carries a treatment out on an attribute or a value where it lies, and goes down into maps and arrays.
//!
//! Knows the edit list and the shape of a `KeyValue`; must not know records. Keeps I3 (what is not named by a rule stays
//! as it lies, at any depth) and I5 (a stack of its own for the depth, which the walk has bounded).

use alloc::vec::Vec;

use super::path::Path;
use super::treat::{Treated, treat_at};
use super::{Context, is_plain_key};
use crate::error::BatchError;
use crate::otlp::{Attribute, Child, Nested, NewValue, Value, list, next_child, put_any_value, put_key_value};
use crate::policy::{Base, Rule};
use crate::wire::{Edits, Message, Reader, Span};

/// An array or map that is open.
struct Frame<'a, 'r> {
    reader: Reader<'a>,
    is_map: bool,
    /// The rule in force for what no other rule names.
    rule: &'r Rule,
    /// The next element's index.
    index: usize,
    entered: Entered<'a>,
}

/// What has to be left when a frame ends.
enum Entered<'a> {
    Attribute(Attribute<'a>),
    Element,
}

/// Carries out what `treated` says of an attribute that stands in field `number` at `span`.
pub(crate) fn edit_attribute(
    context: &mut Context<'_, '_>,
    edits: &mut Edits,
    span: Span,
    number: u32,
    attribute: &Attribute<'_>,
    rule: &Rule,
    treated: Treated,
) -> Result<(), BatchError> {
    match treated {
        Treated::Same => strip(attribute, edits),
        Treated::Remove => edits.remove(span),
        Treated::Fixed => put_attribute(edits, span, number, attribute.key, &rule.mask),
        Treated::Text => put_attribute(edits, span, number, attribute.key, &context.scratch.text),
        Treated::Inside => {
            if let Some((nested, is_map)) = nested(&attribute.value) {
                enter_attribute(attribute, nested, edits);
                descend(context, edits, nested, is_map, rule, Entered::Attribute(*attribute))?;
            }
        }
    }
    Ok(())
}

/// Carries out what `treated` says of a bare value that stands in field `number` at `span`.
pub(crate) fn edit_value(
    context: &mut Context<'_, '_>,
    edits: &mut Edits,
    span: Span,
    number: u32,
    (message, value): (Message, &Value<'_>),
    rule: &Rule,
    treated: Treated,
) -> Result<(), BatchError> {
    match treated {
        Treated::Same => {}
        Treated::Remove => edits.remove(span),
        Treated::Fixed => put_value(edits, span, number, &rule.mask),
        Treated::Text => put_value(edits, span, number, &context.scratch.text),
        Treated::Inside => {
            if let Some((nested, is_map)) = nested(value) {
                edits.enter(message);
                edits.enter(nested.message);
                descend(context, edits, nested, is_map, rule, Entered::Element)?;
            }
        }
    }
    Ok(())
}

/// Goes through everything inside a value whose messages were entered, and leaves them.
fn descend<'a>(
    context: &mut Context<'_, '_>,
    edits: &mut Edits,
    nested_value: Nested<'a>,
    is_map: bool,
    root: &Rule,
    entered: Entered<'a>,
) -> Result<(), BatchError> {
    let plan = context.plan;
    let mut path = Path::default();
    let mut stack = Vec::from([Frame { reader: nested_value.reader(), is_map, rule: root, index: 0, entered }]);
    while let Some(frame) = stack.last_mut() {
        let Some((span, child)) = next_child(&mut frame.reader, frame.is_map)? else {
            leave(&frame.entered, edits);
            stack.pop();
            path.pop();
            continue;
        };
        let inherited = frame.rule;
        if let Child::Entry(entry) = &child {
            count_unknown_fields(context, entry, span)?;
        }
        match child {
            Child::Unknown => unknown_field(context, edits, span)?,
            Child::Entry(entry) if !is_unscanned(inherited) && !is_plain_key(plan, entry.key) => {
                context.report.redacted(inherited.counter);
                edits.remove(span);
            }
            Child::Entry(entry) => {
                path.push(entry.key);
                let own = plan.nested_rule(context.group, context.row, entry.key);
                let own = path.rule(root).or(own).filter(|_| !is_unscanned(inherited));
                let rule = own.unwrap_or(inherited);
                let treated = treat_at(context, root, &mut path, rule, entry.key, &entry.value);
                if let (Treated::Inside, Some((inside, is_map))) = (treated, nested(&entry.value)) {
                    enter_attribute(&entry, inside, edits);
                    let entered = Entered::Attribute(entry);
                    stack.push(Frame { reader: inside.reader(), is_map, rule, index: 0, entered });
                    continue;
                }
                edit_attribute(context, edits, span, list::VALUES, &entry, rule, treated)?;
                path.pop();
            }
            Child::Element(message, value) => {
                path.push_index(frame.index);
                frame.index += 1;
                let rule = path.rule(root).unwrap_or(inherited);
                let treated = treat_at(context, root, &mut path, rule, b"", &value);
                if let (Treated::Inside, Some((inside, is_map))) = (treated, nested(&value)) {
                    edits.enter(message);
                    edits.enter(inside.message);
                    stack.push(Frame { reader: inside.reader(), is_map, rule, index: 0, entered: Entered::Element });
                    continue;
                }
                edit_value(context, edits, span, list::VALUES, (message, &value), rule, treated)?;
                path.pop();
            }
        }
    }
    Ok(())
}

/// Whether what stands under a rule is not looked at, names in it included.
fn is_unscanned(rule: &Rule) -> bool {
    rule.treatment.base == Base::KeepUnscanned
}

fn nested<'a>(value: &Value<'a>) -> Option<(Nested<'a>, bool)> {
    match value {
        Value::Array(nested) => Some((*nested, false)),
        Value::Map(nested) => Some((*nested, true)),
        _ => None,
    }
}

/// Takes out a field that no schema names, or refuses the batch for it, as the policy says.
pub(crate) fn unknown_field(context: &mut Context<'_, '_>, edits: &mut Edits, span: Span) -> Result<(), BatchError> {
    super::refuse_unknown_field(context.plan, span)?;
    context.report.counts.unknown_fields += 1;
    edits.remove(span);
    Ok(())
}

/// Counts the unknown fields of a `KeyValue`, or refuses the batch for them; whoever writes or leaves it takes them out.
pub(crate) fn count_unknown_fields(
    context: &mut Context<'_, '_>,
    attribute: &Attribute<'_>,
    span: Span,
) -> Result<(), BatchError> {
    if attribute.unknown_fields > 0 {
        super::refuse_unknown_field(context.plan, span)?;
        context.report.counts.unknown_fields += attribute.unknown_fields;
    }
    Ok(())
}

/// Takes the unknown fields out of an attribute that stays.
fn strip(attribute: &Attribute<'_>, edits: &mut Edits) {
    if attribute.unknown_fields > 0 {
        edits.enter(attribute.message);
        attribute.unknown_spans().for_each(|span| edits.remove(span));
        edits.leave();
    }
}

fn enter_attribute(attribute: &Attribute<'_>, nested: Nested<'_>, edits: &mut Edits) {
    edits.enter(attribute.message);
    let value_start = nested.message.length_at;
    attribute.unknown_spans().filter(|span| span.start < value_start).for_each(|span| edits.remove(span));
    if let Some(message) = attribute.value_message() {
        edits.enter(message);
    }
    edits.enter(nested.message);
}

fn leave(entered: &Entered<'_>, edits: &mut Edits) {
    edits.leave();
    edits.leave();
    if let Entered::Attribute(attribute) = entered {
        if let Some((nested, _)) = nested(&attribute.value) {
            let value_start = nested.message.length_at;
            attribute.unknown_spans().filter(|span| span.start > value_start).for_each(|span| edits.remove(span));
        }
        edits.leave();
    }
}

fn put_attribute(edits: &mut Edits, span: Span, number: u32, key: &[u8], text: &[u8]) {
    let from = edits.text.len();
    put_key_value(&mut edits.text, number, key, NewValue::String(text));
    edits.replace_from(span, from);
}

fn put_value(edits: &mut Edits, span: Span, number: u32, text: &[u8]) {
    let from = edits.text.len();
    put_any_value(&mut edits.text, number, NewValue::String(text));
    edits.replace_from(span, from);
}
