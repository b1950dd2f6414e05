//! Takes names that a client may not set out of a value: maps inside maps and arrays, and JSON held in strings.
//!
//! Names are compared alone and with the names above them, for there are stores that write `{tenant: {id: …}}` as
//! `tenant.id`. Must not know what of a value may leave. Keeps I3 (what is not named stays as it lies, at any depth) and
//! I5 (a stack of its own for the depth, which the walk has bounded).

use alloc::vec::Vec;

use super::json;
use crate::error::BatchError;
use crate::otlp::{Attribute, Child, Nested, NewValue, Value, list, next_child, put_any_value, put_key_value};
use crate::policy::Reserved;
use crate::wire::{Edits, Message, Reader, Span};

/// Where inside a value a walk is: the names above, joined like a flat name.
#[derive(Debug, Default)]
pub(super) struct Above {
    joined: Vec<u8>,
    /// Where each name's predecessor ends.
    ends: Vec<usize>,
    /// Where the names of each JSON text begin that the walk is in: whoever parses it sees no others.
    roots: Vec<usize>,
}

impl Above {
    /// Goes down to a member.
    pub(super) fn push(&mut self, name: &[u8]) {
        self.ends.push(self.joined.len());
        if self.ends.len() > 1 {
            self.joined.push(b'.');
        }
        self.joined.extend_from_slice(name);
    }

    /// Goes up again.
    pub(super) fn pop(&mut self) {
        self.joined.truncate(self.ends.pop().unwrap_or_default());
    }

    /// Whether the member that was gone down to last may not be set, by its own name or by those above it joined.
    pub(super) fn is_reserved(&self, reserved: &Reserved, name: &[u8]) -> bool {
        let in_text = |&root: &usize| self.joined.get(root..).is_some_and(|names| reserved.has(names));
        reserved.has(name) || reserved.has(&self.joined) || self.roots.iter().any(in_text)
    }

    /// Begins a JSON text that stands here; the result ends it.
    pub(super) fn begin_text(&mut self) -> usize {
        self.roots.push(self.joined.len() + usize::from(!self.ends.is_empty()));
        self.ends.len()
    }

    /// Goes up to where the text stood.
    pub(super) fn end_text(&mut self, depth: usize) {
        while self.ends.len() > depth {
            self.pop();
        }
        self.roots.pop();
    }
}

/// An array or a map that is open.
struct Frame<'a> {
    reader: Reader<'a>,
    is_map: bool,
    /// Messages to leave when it ends.
    entered: usize,
    /// Whether a name was gone down to for it.
    is_named: bool,
}

/// Takes reserved names out of an attribute that stands in field `number` at `span`; how many there were.
pub(crate) fn strip_attribute(
    reserved: &Reserved,
    edits: &mut Edits,
    span: Span,
    number: u32,
    attribute: &Attribute<'_>,
) -> Result<u32, BatchError> {
    if !may_hold_names(&attribute.value) {
        return Ok(0);
    }
    let mut above = Above::default();
    above.push(attribute.key);
    match attribute.value {
        Value::String(text) => Ok(strip_text(reserved, &mut above, text, |text| {
            put(edits, span, |out| put_key_value(out, number, attribute.key, NewValue::String(text)));
        })),
        Value::Array(nested) => descend(reserved, edits, &mut above, nested, false, around(attribute)),
        Value::Map(nested) => descend(reserved, edits, &mut above, nested, true, around(attribute)),
        _ => Ok(0),
    }
}

/// Takes reserved names out of a body that stands in field `number` at `span`; how many there were.
pub(crate) fn strip_body(
    reserved: &Reserved,
    edits: &mut Edits,
    span: Span,
    number: u32,
    (message, value): (Message, &Value<'_>),
) -> Result<u32, BatchError> {
    if !may_hold_names(value) {
        return Ok(0);
    }
    let mut above = Above::default();
    match *value {
        Value::String(text) => Ok(strip_text(reserved, &mut above, text, |text| {
            put(edits, span, |out| put_any_value(out, number, NewValue::String(text)));
        })),
        Value::Array(nested) => descend(reserved, edits, &mut above, nested, false, [Some(message), None]),
        Value::Map(nested) => descend(reserved, edits, &mut above, nested, true, [Some(message), None]),
        _ => Ok(0),
    }
}

/// Whether there are names inside a value: nearly always there are none.
fn may_hold_names(value: &Value<'_>) -> bool {
    match value {
        Value::Array(_) | Value::Map(_) => true,
        Value::String(text) => crate::json::may_hold_names(text),
        Value::Bool(_) | Value::Bytes(_) | Value::Double(_) | Value::Empty | Value::Int(_) => false,
    }
}

fn strip_text(reserved: &Reserved, above: &mut Above, text: &[u8], write: impl FnOnce(&[u8])) -> u32 {
    let mut stripped = Vec::new();
    let count = json::strip(reserved, above, text, &mut stripped);
    if count > 0 {
        write(&stripped);
    }
    count
}

fn put(edits: &mut Edits, span: Span, write: impl FnOnce(&mut Vec<u8>)) {
    let from = edits.text.len();
    write(&mut edits.text);
    edits.replace_from(span, from);
}

/// The messages between an attribute and what is inside its value.
fn around(attribute: &Attribute<'_>) -> [Option<Message>; 2] {
    [Some(attribute.message), attribute.value_message()]
}

/// Goes through everything inside a value, whose messages are entered and left here.
fn descend(
    reserved: &Reserved,
    edits: &mut Edits,
    above: &mut Above,
    nested: Nested<'_>,
    is_map: bool,
    around: [Option<Message>; 2],
) -> Result<u32, BatchError> {
    let open = |edits: &mut Edits, nested: Nested<'_>, around: [Option<Message>; 2]| {
        let messages = around.into_iter().flatten().chain([nested.message]);
        messages.map(|message| edits.enter(message)).count()
    };
    let entered = open(edits, nested, around);
    let mut stack = Vec::from([Frame { reader: nested.reader(), is_map, entered, is_named: false }]);
    let mut count = 0;
    while let Some(frame) = stack.last_mut() {
        let Some((span, child)) = next_child(&mut frame.reader, frame.is_map)? else {
            (0..frame.entered).for_each(|_| edits.leave());
            if frame.is_named {
                above.pop();
            }
            stack.pop();
            continue;
        };
        let (value, around) = match &child {
            Child::Unknown => continue,
            Child::Entry(entry) => {
                above.push(entry.key);
                if above.is_reserved(reserved, entry.key) {
                    above.pop();
                    edits.remove(span);
                    count += 1;
                    continue;
                }
                (entry.value, self::around(entry))
            }
            Child::Element(message, value) => (*value, [Some(*message), None]),
        };
        let is_named = matches!(child, Child::Entry(_));
        let inside = match value {
            Value::Array(inside) => Some((inside, false)),
            Value::Map(inside) => Some((inside, true)),
            _ => None,
        };
        if let Some((inside, is_map)) = inside {
            let entered = open(edits, inside, around);
            stack.push(Frame { reader: inside.reader(), is_map, entered, is_named });
            continue;
        }
        if let Value::String(text) = value {
            count += strip_text(reserved, above, text, |text| {
                put(edits, span, |out| match &child {
                    Child::Entry(entry) => put_key_value(out, list::VALUES, entry.key, NewValue::String(text)),
                    _ => put_any_value(out, list::VALUES, NewValue::String(text)),
                });
            });
        }
        if is_named {
            above.pop();
        }
    }
    Ok(count)
}
