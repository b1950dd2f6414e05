//! One `KeyValue`, borrowed from the batch.
//!
//! Must not know what a key means. Keeps I2: the value may stand before its key, as the Collector's encoder writes it;
//! a key or value given twice is refused.

use super::fields::{any_value as any_value_field, key_value as field};
use super::value::{Value, any_value, shallow, utf8, wrong_wire_type};
use crate::bytes::is_ascii;
use crate::error::BatchError;
use crate::wire::{Message, Payload, Reader, Span, wire_type};

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
    pub(super) body: &'a [u8],
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
pub(crate) fn key_value<'a>(reader: Reader<'a>, length_at: usize) -> Result<Attribute<'a>, BatchError> {
    read(reader, length_at, any_value)
}

/// The same, by a shorter way where there is one.
pub(super) fn short_or_long<'a>(reader: Reader<'a>, length_at: usize) -> Result<Attribute<'a>, BatchError> {
    let body = reader.bytes();
    match short_text(body) {
        Some((key, text)) => {
            let (message, value) = (reader.message(length_at), Value::String(text));
            Ok(Attribute { message, key, value, unknown_fields: 0, body })
        }
        None => key_value(reader, length_at),
    }
}

/// Key and text of the plainest `KeyValue`: a key, then a string, nothing else, all lengths of one byte, all of it ASCII.
/// Four of five attributes that Codex sends are like that.
///
/// Tags and short lengths are ASCII like the text between them, so one look at the message does for all its parts.
#[inline(always)]
pub(super) fn short_text(body: &[u8]) -> Option<(&[u8], &[u8])> {
    let [KEY_TAG, key_length @ 0..0x80, rest @ ..] = body else { return None };
    let (key, rest) = rest.split_at_checked(usize::from(*key_length))?;
    let [VALUE_TAG, value_length, STRING_TAG, text_length, text @ ..] = rest else { return None };
    let fits = usize::from(*text_length) == text.len() && usize::from(*value_length) == text.len() + 2;
    // A value of 126 bytes and more has a length of two bytes, and its first one would be taken for the whole.
    (fits && *value_length < 0x80 && is_ascii(body)).then_some((key, text))
}

/// Field 1, length-delimited, of a `KeyValue`.
const KEY_TAG: u8 = (field::KEY << 3 | wire_type::DELIMITED) as u8;
/// Field 2, length-delimited, of a `KeyValue`.
const VALUE_TAG: u8 = (field::VALUE << 3 | wire_type::DELIMITED) as u8;
/// Field 1, length-delimited, of an `AnyValue`.
const STRING_TAG: u8 = (any_value_field::STRING << 3 | wire_type::DELIMITED) as u8;

/// The same, without looking into an array or a map.
pub(super) fn shallow_key_value<'a>(reader: Reader<'a>, length_at: usize) -> Result<Attribute<'a>, BatchError> {
    read(reader, length_at, shallow)
}

#[inline(never)]
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
