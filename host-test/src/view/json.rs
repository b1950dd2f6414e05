//! OTLP JSON, read for display into the same messages that protobuf gives.
//!
//! Must not be strict: the core has accepted the batch, and with it refused whatever could be read in two ways. What is
//! odd all the same is shown as nothing.

use opentelemetry_proto::tonic::common::v1::any_value::Value as Kind;
use opentelemetry_proto::tonic::common::v1::{AnyValue, ArrayValue, InstrumentationScope, KeyValue, KeyValueList};
use opentelemetry_proto::tonic::logs::v1::{LogRecord, ResourceLogs, ScopeLogs, SeverityNumber};
use opentelemetry_proto::tonic::resource::v1::Resource;
use serde_json::Value;

use super::Batch;

pub(super) fn read(batch: &[u8]) -> Option<Batch> {
    let document: Value = serde_json::from_slice(batch).ok()?;
    document.as_object()?;
    Some(Batch { resource_logs: list(&document, "resourceLogs", resource_logs) })
}

fn resource_logs(value: &Value) -> ResourceLogs {
    let resource = member(value, "resource").map(|resource| Resource {
        attributes: list(resource, "attributes", pair),
        dropped_attributes_count: number(resource, "droppedAttributesCount"),
        ..Default::default()
    });
    ResourceLogs { resource, scope_logs: list(value, "scopeLogs", scope_logs), schema_url: text(value, "schemaUrl") }
}

fn scope_logs(value: &Value) -> ScopeLogs {
    let scope = member(value, "scope").map(|scope| InstrumentationScope {
        name: text(scope, "name"),
        version: text(scope, "version"),
        attributes: list(scope, "attributes", pair),
        dropped_attributes_count: number(scope, "droppedAttributesCount"),
    });
    ScopeLogs { scope, log_records: list(value, "logRecords", record), schema_url: text(value, "schemaUrl") }
}

fn record(value: &Value) -> LogRecord {
    LogRecord {
        time_unix_nano: number(value, "timeUnixNano"),
        observed_time_unix_nano: number(value, "observedTimeUnixNano"),
        severity_number: member(value, "severityNumber").map_or(0, severity),
        severity_text: text(value, "severityText"),
        body: member(value, "body").map(any_value),
        attributes: list(value, "attributes", pair),
        dropped_attributes_count: number(value, "droppedAttributesCount"),
        flags: number(value, "flags"),
        trace_id: hex(&text(value, "traceId")),
        span_id: hex(&text(value, "spanId")),
        event_name: text(value, "eventName"),
    }
}

/// An enum's value is a number or its name.
fn severity(value: &Value) -> i32 {
    let named = value.as_str().and_then(SeverityNumber::from_str_name).map(|severity| severity as i32);
    named.unwrap_or_else(|| integer(value).unwrap_or_default())
}

fn pair(value: &Value) -> KeyValue {
    KeyValue { key: text(value, "key"), value: member(value, "value").map(any_value), ..Default::default() }
}

/// Recursion is as deep as the document, which the JSON reader bounds.
fn any_value(value: &Value) -> AnyValue {
    let kind = |name: &str| member(value, name);
    let found = None
        .or_else(|| kind("stringValue").map(|value| Kind::StringValue(value.as_str().unwrap_or_default().into())))
        .or_else(|| kind("boolValue").map(|value| Kind::BoolValue(value.as_bool().unwrap_or_default())))
        .or_else(|| kind("intValue").map(|value| Kind::IntValue(integer(value).unwrap_or_default())))
        .or_else(|| kind("doubleValue").map(|value| Kind::DoubleValue(double(value))))
        .or_else(|| kind("bytesValue").map(|value| Kind::BytesValue(base64(value.as_str().unwrap_or_default()))))
        .or_else(|| kind("arrayValue").map(list_of))
        .or_else(|| {
            kind("kvlistValue").map(|map| Kind::KvlistValue(KeyValueList { values: list(map, "values", pair) }))
        });
    AnyValue { value: found }
}

fn list_of(value: &Value) -> Kind {
    Kind::ArrayValue(ArrayValue { values: list(value, "values", any_value) })
}

/// A member by its camel-case name, in either spelling; `null` is none.
fn member<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    let found = value.as_object()?.iter().find(|(key, _)| *key == name || camel(key) == name);
    found.map(|(_, value)| value).filter(|value| !value.is_null())
}

fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |camel, part| {
        let mut letters = part.chars();
        camel + &letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    })
}

fn list<T>(value: &Value, name: &str, read: impl Fn(&Value) -> T) -> Vec<T> {
    member(value, name).and_then(Value::as_array).map_or_else(Vec::new, |items| items.iter().map(read).collect())
}

fn text(value: &Value, name: &str) -> String {
    member(value, name).and_then(Value::as_str).unwrap_or_default().into()
}

fn number<N: TryFrom<i128> + Default>(value: &Value, name: &str) -> N {
    member(value, name).and_then(integer).unwrap_or_default()
}

/// A whole number is a number or a string of digits.
fn integer<N: TryFrom<i128>>(value: &Value) -> Option<N> {
    let number = match value {
        Value::Number(number) => number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))?,
        Value::String(digits) => digits.parse().ok()?,
        _ => return None,
    };
    N::try_from(number).ok()
}

/// JSON has no number for what is none, so it comes as a string.
fn double(value: &Value) -> f64 {
    match value.as_str() {
        Some("NaN") | None => value.as_f64().unwrap_or(f64::NAN),
        Some("Infinity") => f64::INFINITY,
        Some("-Infinity") => f64::NEG_INFINITY,
        Some(text) => text.parse().unwrap_or(f64::NAN),
    }
}

fn hex(digits: &str) -> Vec<u8> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).unwrap_or_default() as u8;
    digits.as_bytes().chunks(2).map(|pair| pair.iter().fold(0, |byte, half| byte << 4 | digit(half))).collect()
}

/// Either alphabet, with or without padding.
fn base64(digits: &str) -> Vec<u8> {
    let (mut bytes, mut group, mut bits) = (Vec::new(), 0_u32, 0);
    for digit in digits.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => break,
        };
        (group, bits) = (group << 6 | u32::from(value), bits + 6);
        if bits >= 8 {
            bits -= 8;
            bytes.push((group >> bits) as u8);
            group &= (1 << bits) - 1;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::one_line;

    #[test]
    fn either_spelling_and_every_kind_is_read() {
        let batch = br#"{"resource_logs":[{"resource":{"attributes":[{"key":"a","value":{"stringValue":"b"}}]},
            "scopeLogs":[{"scope":null,"log_records":[{"timeUnixNano":"1795329776802000000","severityNumber":"SEVERITY_NUMBER_INFO",
            "traceId":"000102030405060708090A0b0c0d0e0f","body":{"kvlist_value":{"values":[{"key":"k","value":{"arrayValue":{"values":[
            {"intValue":"-3"},{"doubleValue":"Infinity"},{"bytesValue":"AP8="},{"boolValue":true},{}]}}}]}}}]}]}]}"#;
        let batch = read(batch).unwrap();
        let record = super::super::records(&batch).next().unwrap();
        assert_eq!((record.time_unix_nano, record.severity_number), (1_795_329_776_802_000_000, 9));
        assert_eq!(record.trace_id, (0..16).collect::<Vec<u8>>());
        assert_eq!(one_line(record.body.as_ref().unwrap()), "{k: [-3, inf, (2 bytes), true, (nothing)]}");
        assert_eq!(base64("AP8="), [0, 255]);
    }

    #[test]
    fn what_is_no_batch_is_none() {
        assert!(read(b"[]").is_none() && read(b"{").is_none());
        assert_eq!(read(b"{}").unwrap(), Batch::default());
    }
}
