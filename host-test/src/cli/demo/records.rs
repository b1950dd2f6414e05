//! The session's resource and records, as names and values to compare.
//!
//! Must not know what changed. For display alone.

use airlock::Encoding;
use opentelemetry_proto::tonic::common::v1::KeyValue;
use opentelemetry_proto::tonic::logs::v1::LogRecord;

use crate::cli::failure::Failure;
use crate::view::{self, one_line};

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
    let request = view::decode(batch, Encoding::Protobuf)
        .ok_or_else(|| Failure::Refused("the session cannot be shown: it is no batch".into()))?;
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
    if let Some(body) = &record.body {
        values.insert(0, ("(body)".into(), one_line(body)));
    }
    values.insert(0, ("(event name)".into(), format!("{:?}", record.event_name)));
    values.insert(0, ("(time, ns)".into(), record.time_unix_nano.to_string()));
    Part { name: view::event(record).into(), values }
}

fn attribute(pair: &KeyValue) -> (String, String) {
    (pair.key.clone(), pair.value.as_ref().map_or_else(|| "(nothing)".into(), one_line))
}
