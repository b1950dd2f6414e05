//! Writes the values that rules put in place of others.
//!
//! Must not know why. Keeps I4: one encoding of each value, the one that prost writes too.

use alloc::vec::Vec;

use super::fields::{any_value, key_value, request, resource, resource_logs};
use super::value::Value;
use crate::bytes::{append, equal};
use crate::wire::{length_delimited_len, put_length, put_tag, put_varint, varint_len, wire_type};

/// A value that can be written: the kinds that rules make.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum NewValue<'v> {
    Bool(bool),
    Double(f64),
    Int(i64),
    String(&'v [u8]),
}

impl<'v> NewValue<'v> {
    /// The same value, if it is of a kind that rules make.
    pub(crate) fn of(value: Value<'v>) -> Option<Self> {
        Some(match value {
            Value::Bool(value) => Self::Bool(value),
            Value::Double(value) => Self::Double(value),
            Value::Int(value) => Self::Int(value),
            Value::String(text) => Self::String(text),
            Value::Array(_) | Value::Bytes(_) | Value::Empty | Value::Map(_) => return None,
        })
    }

    /// Whether `value` is this one, bit for bit.
    pub(crate) fn is(&self, value: &Value<'_>) -> bool {
        match (self, value) {
            (Self::Bool(one), Value::Bool(other)) => one == other,
            (Self::Double(one), Value::Double(other)) => one.to_bits() == other.to_bits(),
            (Self::Int(one), Value::Int(other)) => one == other,
            (Self::String(one), Value::String(other)) => equal(one, other),
            _ => false,
        }
    }

    /// Bytes of the `AnyValue` message.
    #[inline(always)]
    fn len(&self) -> usize {
        match self {
            Self::Bool(_) => 2,
            Self::Double(_) => 9,
            Self::Int(value) => 1 + varint_len(*value as u64),
            Self::String(text) => length_delimited_len(text.len()),
        }
    }

    #[inline(always)]
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Self::Bool(value) => {
                put_tag(out, any_value::BOOL, wire_type::VARINT);
                out.push(u8::from(*value));
            }
            Self::Double(value) => {
                put_tag(out, any_value::DOUBLE, wire_type::FIXED64);
                out.extend_from_slice(&value.to_le_bytes());
            }
            Self::Int(value) => {
                put_tag(out, any_value::INT, wire_type::VARINT);
                put_varint(out, *value as u64);
            }
            Self::String(text) => put_text(out, any_value::STRING, text),
        }
    }
}

/// Appends field `number` holding an `AnyValue`.
pub(crate) fn put_any_value(out: &mut Vec<u8>, number: u32, value: NewValue<'_>) {
    put_length(out, number, value.len());
    value.put(out);
}

/// Appends field `number`, of one digit's tag, holding a `KeyValue`.
#[inline]
pub(crate) fn put_key_value(out: &mut Vec<u8>, number: u32, key: &[u8], value: NewValue<'_>) {
    let value_len = value.len();
    let len = length_delimited_len(key.len()) + length_delimited_len(value_len);
    if len < 0x80 {
        // Every length is one byte: four appends in place of ten.
        out.extend_from_slice(&[tag(number), len as u8, tag(key_value::KEY), key.len() as u8]);
        append(out, key);
        if let NewValue::String(text) = value {
            let (value_tag, text_tag) = (tag(key_value::VALUE), tag(any_value::STRING));
            out.extend_from_slice(&[value_tag, value_len as u8, text_tag, text.len() as u8]);
            append(out, text);
            return;
        }
    } else {
        put_length(out, number, len);
        put_text(out, key_value::KEY, key);
    }
    put_length(out, key_value::VALUE, value_len);
    value.put(out);
}

/// The tag of a length-delimited field with a number below 16.
const fn tag(number: u32) -> u8 {
    (number << 3 | wire_type::DELIMITED) as u8
}

/// Appends field `number` holding text.
pub(crate) fn put_text(out: &mut Vec<u8>, number: u32, text: &[u8]) {
    put_length(out, number, text.len());
    append(out, text);
}

/// Appends a `ResourceLogs` with this body to a request.
pub(crate) fn put_resource_logs(out: &mut Vec<u8>, body: &[u8]) {
    put_text(out, request::RESOURCE_LOGS, body);
}

/// Appends a `Resource` with one attribute to a `ResourceLogs`.
pub(crate) fn put_resource(out: &mut Vec<u8>, key: &[u8], value: NewValue<'_>) {
    let mut attribute = Vec::new();
    put_key_value(&mut attribute, resource::ATTRIBUTES, key, value);
    put_text(out, resource_logs::RESOURCE, &attribute);
}

/// Appends field `number` holding a fixed64.
pub(crate) fn put_fixed64(out: &mut Vec<u8>, number: u32, value: u64) {
    put_tag(out, number, wire_type::FIXED64);
    out.extend_from_slice(&value.to_le_bytes());
}
