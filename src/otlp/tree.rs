//! The elements of arrays and maps inside a value.
//!
//! Must not know what they mean. Keeps I2 and I5: the check goes through every level with a stack of its own, of fixed
//! size, so neither depth nor width of hostile input reaches the machine's stack.

use super::attribute::{Attribute, shallow_key_value};
use super::fields::list;
use super::value::{Nested, Value, shallow, wrong_wire_type};
use crate::error::BatchError;
use crate::limits::{MAX_ATTRIBUTES, MAX_DEPTH};
use crate::wire::{Message, Payload, Reader, Span};

/// What stands directly inside an array or a map.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Child<'a> {
    /// An element of an array: its `AnyValue` message and its value.
    Element(Message, Value<'a>),
    /// An entry of a map.
    Entry(Attribute<'a>),
    /// A field that no schema names.
    Unknown,
}

impl<'a> Child<'a> {
    /// The value, if this is one.
    fn value(&self) -> Option<Value<'a>> {
        match self {
            Self::Element(_, value) => Some(*value),
            Self::Entry(entry) => Some(entry.value),
            Self::Unknown => None,
        }
    }
}

/// The next child and the span of its field.
pub(crate) fn next_child<'a>(reader: &mut Reader<'a>, is_map: bool) -> Result<Option<(Span, Child<'a>)>, BatchError> {
    let Some(read) = reader.next()? else { return Ok(None) };
    let child = match (read.number, read.payload) {
        (list::VALUES, Payload::Delimited(inside, at)) if is_map => Child::Entry(shallow_key_value(inside, at)?),
        (list::VALUES, Payload::Delimited(inside, at)) => Child::Element(inside.message(at), shallow(inside, false)?),
        (list::VALUES, _) => return Err(wrong_wire_type(read.start)),
        _ => Child::Unknown,
    };
    Ok(Some((Span::new(read.start, reader.offset()), child)))
}

/// Checks every level of a value.
pub(super) fn check(nested: Nested<'_>, is_map: bool) -> Result<(), BatchError> {
    // One frame for each array or map that is open: its reader, whether it is a map, and how many children it had.
    let mut stack = [const { None }; MAX_DEPTH];
    let mut depth = 0usize;
    let mut top = (nested.reader(), is_map, 0usize);
    loop {
        let (reader, is_map, count) = &mut top;
        let Some((span, child)) = next_child(reader, *is_map)? else {
            let Some(below) = depth.checked_sub(1).and_then(|below| Some((below, stack.get_mut(below)?.take()?)))
            else {
                return Ok(());
            };
            (depth, top) = below;
            continue;
        };
        *count += 1;
        if *is_map && *count > MAX_ATTRIBUTES {
            return Err(BatchError::limit(span.start as usize, "more than 1024 entries in a map"));
        }
        let (inside, inside_is_map) = match child.value() {
            Some(Value::Array(inside)) => (inside, false),
            Some(Value::Map(inside)) => (inside, true),
            _ => continue,
        };
        // The value that the check began with is the first level.
        let Some(frame) = stack.get_mut(depth).filter(|_| depth + 1 < MAX_DEPTH) else {
            return Err(BatchError::limit(span.start as usize, "values nest deeper than 32 levels"));
        };
        *frame = Some(core::mem::replace(&mut top, (inside.reader(), inside_is_map, 0)));
        depth += 1;
    }
}
