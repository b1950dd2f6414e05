//! Writes values that rules made, encoded in protobuf, as OTLP/JSON.
//!
//! Must not know where they go. Keeps I4: one spelling of each value.

use alloc::vec::Vec;

use crate::json::{escape, put_double, put_signed};
use crate::otlp::fields::{any_value, key_value, resource};
use crate::otlp::value::{Value, shallow};
use crate::wire::{Payload, Reader, wire_type};

/// Appends a member's name as names are spelled here.
pub(super) fn put_name(out: &mut Vec<u8>, is_snake: bool, camel: &str, snake: &str) {
    out.push(b'"');
    out.extend_from_slice(if is_snake { snake } else { camel }.as_bytes());
    out.push(b'"');
}

/// Appends a JSON string.
pub(super) fn put_string(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'"');
    escape(text, out);
    out.push(b'"');
}

/// The name of a value's kind, in both spellings. `None` for the kinds that rules do not make.
pub(super) fn kind(value: &Value<'_>) -> Option<(&'static str, &'static str)> {
    Some(match value {
        Value::Bool(_) => ("boolValue", "bool_value"),
        Value::Double(_) => ("doubleValue", "double_value"),
        Value::Int(_) => ("intValue", "int_value"),
        Value::String(_) => ("stringValue", "string_value"),
        Value::Array(_) | Value::Bytes(_) | Value::Empty | Value::Map(_) => return None,
    })
}

/// Appends what stands under that name.
pub(super) fn put_value(out: &mut Vec<u8>, value: &Value<'_>) -> Option<()> {
    match value {
        Value::Bool(switch) => out.extend_from_slice(if *switch { b"true" } else { b"false" }),
        Value::Double(number) if number.is_nan() => out.extend_from_slice(b"\"NaN\""),
        Value::Double(f64::INFINITY) => out.extend_from_slice(b"\"Infinity\""),
        Value::Double(f64::NEG_INFINITY) => out.extend_from_slice(b"\"-Infinity\""),
        Value::Double(number) => put_double(out, *number),
        Value::Int(number) => {
            out.push(b'"');
            put_signed(out, *number);
            out.push(b'"');
        }
        Value::String(text) => put_string(out, text),
        Value::Array(_) | Value::Bytes(_) | Value::Empty | Value::Map(_) => return None,
    }
    Some(())
}

/// Appends an `AnyValue` object.
pub(super) fn put_any(out: &mut Vec<u8>, value: &Value<'_>, is_snake: bool) -> Option<()> {
    let (camel, snake) = kind(value)?;
    out.push(b'{');
    put_name(out, is_snake, camel, snake);
    out.push(b':');
    put_value(out, value)?;
    out.push(b'}');
    Some(())
}

/// The key and the value of an encoded `KeyValue`.
#[inline]
pub(super) fn key_and_value<'a>(mut reader: Reader<'a>) -> Option<(&'a [u8], Value<'a>)> {
    if let Some(found) = short_text(reader) {
        return Some(found);
    }
    let (mut key, mut value) = (&[][..], Value::Empty);
    while let Some(field) = reader.next().ok()? {
        match (field.number, field.payload) {
            (key_value::KEY, Payload::Delimited(text, _)) => key = text.bytes(),
            (key_value::VALUE, Payload::Delimited(inside, _)) => value = shallow(inside, false).ok()?,
            _ => {}
        }
    }
    Some((key, value))
}

/// The same for a short text under a short key, as nearly all are that rules make.
#[inline(always)]
fn short_text(mut pair: Reader<'_>) -> Option<(&[u8], Value<'_>)> {
    let tag = |number: u32| (number << 3 | wire_type::DELIMITED) as u8;
    let (key, _) = pair.next_short(tag(key_value::KEY))?;
    let (mut value, _) = pair.next_short(tag(key_value::VALUE))?;
    let (text, _) = value.next_short(tag(any_value::STRING))?;
    let is_all = pair.bytes().is_empty() && value.bytes().is_empty();
    is_all.then_some((key.bytes(), Value::String(text.bytes())))
}

/// Appends an encoded `KeyValue` as an object.
pub(super) fn put_key_value(out: &mut Vec<u8>, reader: Reader<'_>, is_snake: bool) -> Option<()> {
    let (key, value) = key_and_value(reader)?;
    out.extend_from_slice(b"{\"key\":");
    put_string(out, key);
    out.extend_from_slice(b",\"value\":");
    put_any(out, &value, is_snake)?;
    out.push(b'}');
    Some(())
}

/// Appends an encoded `Resource` that has only attributes as an object.
pub(super) fn put_resource(out: &mut Vec<u8>, mut reader: Reader<'_>, is_snake: bool) -> Option<()> {
    out.extend_from_slice(b"{\"attributes\":[");
    let mut separator: &[u8] = b"";
    while let Some(field) = reader.next().ok()? {
        let (resource::ATTRIBUTES, Payload::Delimited(inside, _)) = (field.number, field.payload) else { return None };
        out.extend_from_slice(separator);
        put_key_value(out, inside, is_snake)?;
        separator = b",";
    }
    out.extend_from_slice(b"]}");
    Some(())
}
