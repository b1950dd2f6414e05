//! One `KeyValue`, borrowed from the batch.
//!
//! Must not know what a key means. Keeps I2: the value may stand before its key, as the Collector's encoder writes it;
//! a key or value given twice is refused.

use super::fields::key_value as field;
use super::value::{Value, any_value, shallow, utf8, wrong_wire_type};
use crate::error::BatchError;
use crate::wire::{Message, Payload, Reader, Span};

/// An attribute, or an entry of a map.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attribute<'a> {
    /// The `KeyValue` message.
    pub(crate) message: Message,
    /// Valid UTF-8; empty when absent.
    pub(crate) key: &'a [u8],
    pub(crate) value: Value<'a>,
    /// Fields that no schema names stand in the `KeyValue`.
    pub(crate) unknown_fields: u32,
    body: &'a [u8],
}

impl<'a> Attribute<'a> {
    /// The spans of the fields that no schema names, in order.
    pub(crate) fn unknown_spans(&self) -> impl Iterator<Item = Span> + use<'a> {
        let mut reader = Reader::again(self.body, self.message);
        // These bytes were read before, so an error cannot come; if it did, the fields after it would be taken for known.
        let fields = core::iter::from_fn(move || {
            let read = reader.next().ok().flatten()?;
            Some((read.number, Span::new(read.start, reader.offset())))
        });
        fields.filter(|(number, _)| !matches!(*number, field::KEY | field::VALUE)).map(|(_, span)| span)
    }

    /// Where the `AnyValue` message lies, if there is one.
    pub(crate) fn value_message(&self) -> Option<Message> {
        let mut reader = Reader::again(self.body, self.message);
        loop {
            let read = reader.next().ok().flatten()?;
            if let (field::VALUE, Payload::Delimited(inside, at)) = (read.number, read.payload) {
                return Some(inside.message(at));
            }
        }
    }
}

/// Reads a `KeyValue` whose length prefix stands at `length_at`, and checks everything inside its value.
#[inline(always)]
pub(crate) fn key_value<'a>(reader: Reader<'a>, length_at: usize) -> Result<Attribute<'a>, BatchError> {
    read(reader, length_at, any_value)
}

/// The same, without looking into an array or a map.
pub(super) fn shallow_key_value<'a>(reader: Reader<'a>, length_at: usize) -> Result<Attribute<'a>, BatchError> {
    read(reader, length_at, shallow)
}

#[inline(always)]
fn read<'a>(
    mut reader: Reader<'a>,
    length_at: usize,
    value_of: impl Fn(Reader<'a>, bool) -> Result<Value<'a>, BatchError>,
) -> Result<Attribute<'a>, BatchError> {
    let message = reader.message(length_at);
    let body = reader.bytes();
    // One look at the whole message spares one at its key and one at its value: tags and short lengths are ASCII too.
    let ascii = body.is_ascii();
    let (mut key, mut value, mut unknown_fields) = (None, None, 0);
    while let Some(read) = reader.next()? {
        let twice = match (read.number, read.payload) {
            (field::KEY, Payload::Delimited(text, _)) => key.replace(utf8(text, ascii)?).is_some(),
            (field::VALUE, Payload::Delimited(inside, _)) => value.replace(value_of(inside, ascii)?).is_some(),
            (field::KEY_STRINDEX, _) => {
                return Err(BatchError::unsupported(read.start, "key_strindex is not read: its table is elsewhere"));
            }
            (field::KEY | field::VALUE, _) => return Err(wrong_wire_type(read.start)),
            _ => {
                unknown_fields += 1;
                false
            }
        };
        if twice {
            return Err(BatchError::ambiguous(read.start, "a KeyValue has a field twice"));
        }
    }
    let (key, value) = (key.unwrap_or_default(), value.unwrap_or(Value::Empty));
    Ok(Attribute { message, key, value, unknown_fields, body })
}
