//! The generated OTLP types under short names, and small helpers to make and compare them.
//!
//! Must not know the core. What these types decode to is what a batch means.

use prost::Message;

pub use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest as Batch;
pub use opentelemetry_proto::tonic::common::v1::any_value::Value as Kind;
pub use opentelemetry_proto::tonic::common::v1::{
    AnyValue, ArrayValue, EntityRef, InstrumentationScope, KeyValue, KeyValueList,
};
pub use opentelemetry_proto::tonic::logs::v1::{LogRecord, ResourceLogs, ScopeLogs};
pub use opentelemetry_proto::tonic::resource::v1::Resource;

/// Decodes a batch as a receiver would.
pub fn decode(bytes: &[u8]) -> Result<Batch, String> {
    Batch::decode(bytes).map_err(|error| error.to_string())
}

/// Encodes a batch as Codex does: fields by number, defaults left out.
pub fn encode(batch: &Batch) -> Vec<u8> {
    batch.encode_to_vec()
}

/// Whether two batches mean the same, bit by bit: two equal NaNs are equal, 0.0 and -0.0 are not.
pub fn same(left: &Batch, right: &Batch) -> bool {
    encode(left) == encode(right)
}

/// A string value.
pub fn text(value: impl Into<String>) -> AnyValue {
    AnyValue { value: Some(Kind::StringValue(value.into())) }
}

/// An attribute.
pub fn attribute(key: impl Into<String>, value: AnyValue) -> KeyValue {
    KeyValue { key: key.into(), value: Some(value), key_strindex: 0 }
}

/// Every record of a batch, in order.
pub fn records(batch: &Batch) -> impl Iterator<Item = &LogRecord> {
    batch.resource_logs.iter().flat_map(|resource| &resource.scope_logs).flat_map(|scope| &scope.log_records)
}

/// The keys of the records' attributes, in order.
///
/// # Panics
///
/// Where the bytes are no batch.
pub fn keys(bytes: &[u8]) -> Vec<String> {
    let batch = decode(bytes).expect("the bytes are a batch");
    records(&batch).flat_map(|record| &record.attributes).map(|attribute| attribute.key.clone()).collect()
}

/// The record's attribute with that key, where it is there once.
pub fn find<'a>(record: &'a LogRecord, key: &str) -> Option<&'a Kind> {
    let mut found = record.attributes.iter().filter(|attribute| attribute.key == key);
    let attribute = found.next()?;
    if found.next().is_some() {
        return None;
    }
    attribute.value.as_ref()?.value.as_ref()
}

/// The record's string attribute with that key, where it is there once.
pub fn find_text<'a>(record: &'a LogRecord, key: &str) -> Option<&'a str> {
    match find(record, key)? {
        Kind::StringValue(text) => Some(text),
        _ => None,
    }
}
