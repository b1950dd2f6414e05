//! A batch as a person reads it: decoded whatever its encoding, its values as lines of text.
//!
//! Must not be used on the data path, where the core reads the bytes themselves. It reads what the core has accepted, so
//! it need not be strict; and whatever it gives for a screen has its control characters spelt out.

mod json;
mod size;
mod text;

use airlock::Encoding;
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value as Kind;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::logs::v1::LogRecord;
use prost::Message;

pub use size::Size;
pub use text::{clipped, one_line, time, visible};

/// A decoded batch.
pub type Batch = ExportLogsServiceRequest;

/// Decodes a batch that the core has accepted. `None`: it is none.
pub fn decode(batch: &[u8], encoding: Encoding) -> Option<Batch> {
    match encoding {
        Encoding::Json => json::read(batch),
        Encoding::Protobuf => Batch::decode(batch).ok(),
    }
}

/// Encodes a batch as protobuf.
pub fn encode(batch: &Batch) -> Vec<u8> {
    batch.encode_to_vec()
}

/// The records of a batch, in order.
pub fn records(batch: &Batch) -> impl Iterator<Item = &LogRecord> {
    batch.resource_logs.iter().flat_map(|resource| &resource.scope_logs).flat_map(|scope| &scope.log_records)
}

/// What the record says it is: its attribute `event.name`, else its field of that name; empty if it does not say.
pub fn event(record: &LogRecord) -> &str {
    let named = find(&record.attributes, "event.name").and_then(|value| match &value.value {
        Some(Kind::StringValue(name)) => Some(name.as_str()),
        _ => None,
    });
    named.unwrap_or(&record.event_name)
}

/// The value of the first attribute with that name.
pub fn find<'a>(attributes: &'a [KeyValue], name: &str) -> Option<&'a AnyValue> {
    attributes.iter().find(|pair| pair.key == name).and_then(|pair| pair.value.as_ref())
}

/// How a batch is encoded, as its first byte tells; nothing where it tells neither.
///
/// 0x0A is a line feed to JSON, but to protobuf it is the one field that an `ExportLogsServiceRequest` has; an empty
/// batch is a valid, empty request in protobuf and nothing in JSON.
pub fn encoding(batch: &[u8]) -> Option<Encoding> {
    match batch.first() {
        Some(b'{' | b' ' | b'\t' | b'\r') => Some(Encoding::Json),
        Some(0x0a) | None => Some(Encoding::Protobuf),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_decides() {
        for batch in [&b"{}"[..], b" {}", b"\t{", b"\r\n{"] {
            assert_eq!(encoding(batch), Some(Encoding::Json));
        }
        for batch in [&b""[..], b"\x0a\x00"] {
            assert_eq!(encoding(batch), Some(Encoding::Protobuf));
        }
        for batch in [&b"["[..], b"\x1f\x8b", b"\xef\xbb\xbf{", b"\x00", b"\x12"] {
            assert_eq!(encoding(batch), None);
        }
    }
}
