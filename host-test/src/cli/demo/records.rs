//! A batch as a person reads it: decoded with the OpenTelemetry messages, for display alone.
//!
//! Must not be used on the data path, where the core reads the bytes themselves.

use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::logs::v1::LogRecord;
use prost::Message;

use crate::cli::failure::Failure;

/// A decoded batch.
pub(super) struct Batch {
    /// How many records it holds.
    pub(super) records: usize,
    /// The resource, then every record.
    pub(super) parts: Vec<Part>,
}

/// A resource or a record.
pub(super) struct Part {
    /// The event's name; `resource` for a resource.
    pub(super) name: String,
    /// Fields and attributes with their values, texts in quotes.
    pub(super) values: Vec<(String, String)>,
}

pub(super) fn decode(batch: &[u8]) -> Result<Batch, Failure> {
    let request = ExportLogsServiceRequest::decode(batch)
        .map_err(|error| Failure::Refused(format!("the session cannot be shown: {error}")))?;
    let mut decoded = Batch { records: 0, parts: Vec::new() };
    for logs in request.resource_logs {
        let attributes = logs.resource.unwrap_or_default().attributes;
        decoded.parts.push(Part { name: "resource".into(), values: attributes.iter().map(attribute).collect() });
        for record in logs.scope_logs.into_iter().flat_map(|scope| scope.log_records) {
            decoded.records += 1;
            decoded.parts.push(part(&record));
        }
    }
    Ok(decoded)
}

fn part(record: &LogRecord) -> Part {
    let mut values: Vec<_> = record.attributes.iter().map(attribute).collect();
    let named = values.iter().find(|(name, _)| name == "event.name").map(|(_, value)| value.trim_matches('"').into());
    let name = named.unwrap_or_else(|| record.event_name.clone());
    if let Some(body) = &record.body {
        values.insert(0, ("(body)".into(), show(body)));
    }
    values.insert(0, ("(event name)".into(), format!("{:?}", record.event_name)));
    values.insert(0, ("(time, ns)".into(), record.time_unix_nano.to_string()));
    Part { name, values }
}

fn attribute(pair: &KeyValue) -> (String, String) {
    (pair.key.clone(), pair.value.as_ref().map_or_else(|| "(nothing)".into(), show))
}

/// Quotes tell a text from a number: types are normalised too.
fn show(value: &AnyValue) -> String {
    match &value.value {
        None => "(nothing)".into(),
        Some(Value::BoolValue(value)) => value.to_string(),
        Some(Value::DoubleValue(value)) => format!("{value:?}"),
        Some(Value::IntValue(value)) => value.to_string(),
        Some(Value::StringValue(value)) => format!("\"{value}\""),
        Some(other) => format!("{other:?}"),
    }
}
