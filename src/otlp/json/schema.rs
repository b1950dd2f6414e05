//! The messages of a request as OTLP/JSON spells them: the names of their fields, the numbers behind the names, and what
//! may stand there.
//!
//! Must not know how they are read. Keeps I2: a name is known in lowerCamelCase and in snake_case and in no other
//! spelling, and [`fold`] says which others somebody could take for it.
//!
//! Source: the proto3 JSON mapping, and the OTLP specification's changes to it (ids in hex).

use alloc::vec::Vec;

use crate::otlp::fields::{entity_ref, log_record, request, resource, resource_logs, scope, scope_logs};

/// A message that is an object with fields of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    EntityRef,
    LogRecord,
    Request,
    Resource,
    ResourceLogs,
    Scope,
    ScopeLogs,
}

/// What may stand in a field. `null` may everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    AnyValue,
    Attributes,
    /// An `int32` or one of the names of `SeverityNumber`.
    Enum,
    Fixed32,
    /// Bytes in hexadecimal.
    Id,
    Message(Shape),
    Messages(Shape),
    Text,
    Texts,
    Time,
    Uint32,
}

/// A field of a message.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) camel: &'static str,
    pub(super) snake: &'static str,
    pub(super) number: u32,
    pub(super) of: Type,
}

impl Shape {
    /// The fields of the message, in the order in which Codex writes them.
    pub(super) fn fields(self) -> &'static [Field] {
        match self {
            Self::EntityRef => ENTITY_REF,
            Self::LogRecord => LOG_RECORD,
            Self::Request => REQUEST,
            Self::Resource => RESOURCE,
            Self::ResourceLogs => RESOURCE_LOGS,
            Self::Scope => SCOPE,
            Self::ScopeLogs => SCOPE_LOGS,
        }
    }
}

const fn field(camel: &'static str, snake: &'static str, number: u32, of: Type) -> Field {
    Field { camel, snake, number, of }
}

const REQUEST: &[Field] =
    &[field("resourceLogs", "resource_logs", request::RESOURCE_LOGS, Type::Messages(Shape::ResourceLogs))];

const RESOURCE_LOGS: &[Field] = &[
    field("resource", "resource", resource_logs::RESOURCE, Type::Message(Shape::Resource)),
    field("scopeLogs", "scope_logs", resource_logs::SCOPE_LOGS, Type::Messages(Shape::ScopeLogs)),
    field("schemaUrl", "schema_url", resource_logs::SCHEMA_URL, Type::Text),
];

const RESOURCE: &[Field] = &[
    field("attributes", "attributes", resource::ATTRIBUTES, Type::Attributes),
    field("droppedAttributesCount", "dropped_attributes_count", resource::DROPPED_ATTRIBUTES_COUNT, Type::Uint32),
    field("entityRefs", "entity_refs", resource::ENTITY_REFS, Type::Messages(Shape::EntityRef)),
];

const ENTITY_REF: &[Field] = &[
    field("schemaUrl", "schema_url", entity_ref::SCHEMA_URL, Type::Text),
    field("type", "type", entity_ref::TYPE, Type::Text),
    field("idKeys", "id_keys", entity_ref::ID_KEYS, Type::Texts),
    field("descriptionKeys", "description_keys", entity_ref::DESCRIPTION_KEYS, Type::Texts),
];

const SCOPE_LOGS: &[Field] = &[
    field("scope", "scope", scope_logs::SCOPE, Type::Message(Shape::Scope)),
    field("logRecords", "log_records", scope_logs::LOG_RECORDS, Type::Messages(Shape::LogRecord)),
    field("schemaUrl", "schema_url", scope_logs::SCHEMA_URL, Type::Text),
];

const SCOPE: &[Field] = &[
    field("name", "name", scope::NAME, Type::Text),
    field("version", "version", scope::VERSION, Type::Text),
    field("attributes", "attributes", scope::ATTRIBUTES, Type::Attributes),
    field("droppedAttributesCount", "dropped_attributes_count", scope::DROPPED_ATTRIBUTES_COUNT, Type::Uint32),
];

const LOG_RECORD: &[Field] = &[
    field("timeUnixNano", "time_unix_nano", log_record::TIME_UNIX_NANO, Type::Time),
    field("observedTimeUnixNano", "observed_time_unix_nano", log_record::OBSERVED_TIME_UNIX_NANO, Type::Time),
    field("severityNumber", "severity_number", log_record::SEVERITY_NUMBER, Type::Enum),
    field("severityText", "severity_text", log_record::SEVERITY_TEXT, Type::Text),
    field("body", "body", log_record::BODY, Type::AnyValue),
    field("attributes", "attributes", log_record::ATTRIBUTES, Type::Attributes),
    field("droppedAttributesCount", "dropped_attributes_count", log_record::DROPPED_ATTRIBUTES_COUNT, Type::Uint32),
    field("flags", "flags", log_record::FLAGS, Type::Fixed32),
    field("traceId", "trace_id", log_record::TRACE_ID, Type::Id),
    field("spanId", "span_id", log_record::SPAN_ID, Type::Id),
    field("eventName", "event_name", log_record::EVENT_NAME, Type::Text),
];

/// A member of a `KeyValue`, an `AnyValue`, an `ArrayValue` or a `KeyValueList`. Each is a bit in the set of those met.
pub(super) mod member {
    pub(in super::super) const UNKNOWN: u16 = 0;
    pub(in super::super) const KEY: u16 = 1;
    pub(in super::super) const VALUE: u16 = 1 << 1;
    pub(in super::super) const KEY_STRINDEX: u16 = 1 << 2;
    pub(in super::super) const VALUES: u16 = 1 << 3;
    pub(in super::super) const STRING: u16 = 1 << 4;
    pub(in super::super) const BOOL: u16 = 1 << 5;
    pub(in super::super) const INT: u16 = 1 << 6;
    pub(in super::super) const DOUBLE: u16 = 1 << 7;
    pub(in super::super) const ARRAY: u16 = 1 << 8;
    pub(in super::super) const KEY_VALUE_LIST: u16 = 1 << 9;
    pub(in super::super) const BYTES: u16 = 1 << 10;
    pub(in super::super) const STRING_STRINDEX: u16 = 1 << 11;
}

/// The member of a `KeyValue` with this name.
#[inline(always)]
pub(super) fn pair_member(name: &[u8]) -> u16 {
    match name {
        b"key" => member::KEY,
        b"value" => member::VALUE,
        b"keyStrindex" | b"key_strindex" => member::KEY_STRINDEX,
        _ => member::UNKNOWN,
    }
}

/// The member of an `AnyValue` with this name.
#[inline(always)]
pub(super) fn any_member(name: &[u8]) -> u16 {
    match name {
        b"stringValue" | b"string_value" => member::STRING,
        b"boolValue" | b"bool_value" => member::BOOL,
        b"intValue" | b"int_value" => member::INT,
        b"doubleValue" | b"double_value" => member::DOUBLE,
        b"arrayValue" | b"array_value" => member::ARRAY,
        b"kvlistValue" | b"kvlist_value" => member::KEY_VALUE_LIST,
        b"bytesValue" | b"bytes_value" => member::BYTES,
        b"stringValueStrindex" | b"string_value_strindex" => member::STRING_STRINDEX,
        _ => member::UNKNOWN,
    }
}

/// The member of an `ArrayValue` or a `KeyValueList` with this name.
pub(super) fn list_member(name: &[u8]) -> u16 {
    if name == b"values" { member::VALUES } else { member::UNKNOWN }
}

/// The number behind a name of `SeverityNumber`.
pub(super) fn severity(name: &[u8]) -> Option<u8> {
    let name = name.strip_prefix(b"SEVERITY_NUMBER_")?;
    let levels: [&[u8]; 6] = [b"TRACE", b"DEBUG", b"INFO", b"WARN", b"ERROR", b"FATAL"];
    let (level, step) = match name {
        b"UNSPECIFIED" => return Some(0),
        [level @ .., step @ b'2'..=b'4'] => (level, step - b'1'),
        level => (level, 0),
    };
    let level = levels.iter().zip(0u8..).find(|(known, _)| **known == level)?.1;
    Some(level * 4 + step + 1)
}

/// Appends a name as the proto3 JSON mapping makes it of a field's name: `_` goes and the letter behind it is large. Two
/// names of which this makes the same are the same name to some reader.
pub(super) fn fold(name: &[u8], out: &mut Vec<u8>) {
    let mut is_large = false;
    for &byte in name {
        if byte == b'_' {
            is_large = true;
        } else {
            out.push(if is_large { byte.to_ascii_uppercase() } else { byte });
            is_large = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPES: [Shape; 7] = [
        Shape::EntityRef,
        Shape::LogRecord,
        Shape::Request,
        Shape::Resource,
        Shape::ResourceLogs,
        Shape::Scope,
        Shape::ScopeLogs,
    ];

    fn folded(name: &str) -> Vec<u8> {
        let mut out = Vec::new();
        fold(name.as_bytes(), &mut out);
        out
    }

    #[test]
    fn both_spellings_of_a_field_are_one_name() {
        for field in SHAPES.iter().flat_map(|shape| shape.fields()) {
            assert_eq!(folded(field.snake), field.camel.as_bytes());
            assert_eq!(folded(field.camel), field.camel.as_bytes());
            assert!(field.number < 16, "{} needs a tag of two bytes", field.camel);
        }
        assert_eq!(folded("key_"), b"key");
        assert_eq!(folded("time__unix_nano"), b"timeUnixNano");
    }

    #[test]
    fn severities_have_names() {
        let named = |name: &str| severity(name.as_bytes());
        assert_eq!(named("SEVERITY_NUMBER_UNSPECIFIED"), Some(0));
        assert_eq!(named("SEVERITY_NUMBER_TRACE"), Some(1));
        assert_eq!(named("SEVERITY_NUMBER_INFO"), Some(9));
        assert_eq!(named("SEVERITY_NUMBER_WARN3"), Some(15));
        assert_eq!(named("SEVERITY_NUMBER_FATAL4"), Some(24));
        for name in
            ["INFO", "SEVERITY_NUMBER_INFO1", "SEVERITY_NUMBER_INFO5", "SEVERITY_NUMBER_", "severity_number_info"]
        {
            assert_eq!(named(name), None, "{name}");
        }
    }
}
