//! Records as people write them in a suite, as a batch.
//!
//! Must not know what is expected of them.

use opentelemetry_proto::tonic::common::v1::any_value::Value as Kind;
use opentelemetry_proto::tonic::common::v1::{AnyValue, ArrayValue, KeyValue, KeyValueList};
use opentelemetry_proto::tonic::logs::v1::{LogRecord, ResourceLogs, ScopeLogs};
use opentelemetry_proto::tonic::resource::v1::Resource;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::view::Batch;

/// A record as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Record {
    /// The attribute `event.name`.
    event: Option<String>,
    attributes: Map<String, Value>,
    body: Option<Value>,
}

/// A batch of one resource with these records.
pub(super) fn batch(resource: &Map<String, Value>, records: &[Record]) -> Batch {
    let resource = Some(Resource { attributes: pairs(resource), ..Default::default() });
    let log_records = records.iter().map(record).collect();
    let scope_logs = vec![ScopeLogs { log_records, ..Default::default() }];
    Batch { resource_logs: vec![ResourceLogs { resource, scope_logs, ..Default::default() }] }
}

fn record(record: &Record) -> LogRecord {
    let name = record.event.iter().map(|event| pair("event.name", &Value::String(event.clone())));
    let attributes = name.chain(pairs(&record.attributes)).collect();
    LogRecord { attributes, body: record.body.as_ref().map(value), ..Default::default() }
}

fn pairs(members: &Map<String, Value>) -> Vec<KeyValue> {
    members.iter().map(|(name, value)| pair(name, value)).collect()
}

fn pair(name: &str, member: &Value) -> KeyValue {
    KeyValue { key: name.into(), value: Some(value(member)), ..Default::default() }
}

/// A value as OTLP has it: a number without a fraction is an int, `null` is a value of no kind.
pub(super) fn value(value: &Value) -> AnyValue {
    AnyValue { value: kind(value) }
}

/// Recursion is as deep as the document, which its reader bounds.
fn kind(member: &Value) -> Option<Kind> {
    Some(match member {
        Value::Array(items) => Kind::ArrayValue(ArrayValue { values: items.iter().map(value).collect() }),
        Value::Bool(flag) => Kind::BoolValue(*flag),
        Value::Null => return None,
        Value::Number(number) => match number.as_i64() {
            Some(int) => Kind::IntValue(int),
            None => Kind::DoubleValue(number.as_f64().unwrap_or(f64::NAN)),
        },
        Value::Object(members) => Kind::KvlistValue(KeyValueList { values: pairs(members) }),
        Value::String(text) => Kind::StringValue(text.clone()),
    })
}
