//! One `AnyValue`, borrowed from the batch.
//!
//! Must not know what a value means. Keeps I2: a second kind in one value, a kind that is not known, and text that is
//! not UTF-8 are refused; every nested value was checked to its depth before a rule sees it.

use super::fields::any_value as field;
use super::tree;
use crate::error::BatchError;
use crate::wire::{Message, Payload, Reader};

/// A value as it lies in the batch.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'a> {
    Array(Nested<'a>),
    Bool(bool),
    Bytes(&'a [u8]),
    Double(f64),
    Empty,
    Int(i64),
    Map(Nested<'a>),
    /// Valid UTF-8.
    String(&'a [u8]),
}

impl Value<'_> {
    /// Whether this is an array or a map, which knows where in the batch it lies.
    pub(super) fn is_nested(&self) -> bool {
        matches!(self, Self::Array(_) | Self::Map(_))
    }
}

/// The elements of an array or a map, still encoded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nested<'a> {
    body: &'a [u8],
    pub(crate) message: Message,
}

impl<'a> Nested<'a> {
    pub(crate) fn new(inside: Reader<'a>, length_at: usize) -> Self {
        Self { body: inside.bytes(), message: inside.message(length_at) }
    }

    /// Reads the elements.
    pub(crate) fn reader(&self) -> Reader<'a> {
        Reader::again(self.body, self.message)
    }
}

/// Reads an `AnyValue` and checks everything inside it.
///
/// `ascii` says that the caller has seen only ASCII in the whole message, which spares the check of its text.
#[inline(always)]
pub(crate) fn any_value<'a>(reader: Reader<'a>, ascii: bool) -> Result<Value<'a>, BatchError> {
    let value = shallow(reader, ascii)?;
    if let Value::Array(nested) | Value::Map(nested) = value {
        tree::check(nested, matches!(value, Value::Map(_)))?;
    }
    Ok(value)
}

/// Reads an `AnyValue` without looking into an array or a map.
#[inline(always)]
pub(super) fn shallow<'a>(mut reader: Reader<'a>, ascii: bool) -> Result<Value<'a>, BatchError> {
    let mut value = None;
    while let Some(read) = reader.next()? {
        let kind = match (read.number, read.payload) {
            (field::STRING, Payload::Delimited(text, _)) => Value::String(utf8(text, ascii)?),
            (field::INT, Payload::Varint(number)) => Value::Int(number as i64),
            (field::BOOL, Payload::Varint(number)) => Value::Bool(number != 0),
            (field::DOUBLE, Payload::Fixed64(bits)) => Value::Double(f64::from_bits(bits)),
            (field::ARRAY, Payload::Delimited(inside, at)) => Value::Array(Nested::new(inside, at)),
            (field::KEY_VALUE_LIST, Payload::Delimited(inside, at)) => Value::Map(Nested::new(inside, at)),
            (field::BYTES, Payload::Delimited(bytes, _)) => Value::Bytes(bytes.bytes()),
            (field::STRING_STRINDEX, _) => {
                return Err(BatchError::unsupported(
                    read.start,
                    "string_value_strindex is not read: its table is elsewhere",
                ));
            }
            (field::STRING..=field::BYTES, _) => return Err(wrong_wire_type(read.start)),
            _ => return Err(BatchError::unsupported(read.start, "this kind of AnyValue is not known")),
        };
        if value.replace(kind).is_some() {
            return Err(BatchError::ambiguous(read.start, "an AnyValue holds two values"));
        }
    }
    Ok(value.unwrap_or(Value::Empty))
}

/// The text of a string field.
#[inline(always)]
pub(super) fn utf8<'a>(text: Reader<'a>, ascii: bool) -> Result<&'a [u8], BatchError> {
    let bytes = text.bytes();
    if ascii || bytes.is_ascii() || core::str::from_utf8(bytes).is_ok() {
        return Ok(bytes);
    }
    Err(BatchError::malformed(text.offset(), "string is not UTF-8"))
}

/// A known field with another wire type than the schema's, as in a batch of traces or metrics sent to the logs path.
#[cold]
pub(super) fn wrong_wire_type(start: usize) -> BatchError {
    BatchError::malformed(start, "wire type does not fit the field; is this a batch of logs?")
}
