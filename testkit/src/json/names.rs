//! What OTLP/JSON calls the fields of each message, and how it writes them.
//!
//! Must not read or write. From the published .proto files and the OTLP specification's "JSON Protobuf Encoding".

use crate::schema::Kind;

/// A field of a message, as JSON has it.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its number in protobuf.
    pub number: u64,
    /// Its name in the .proto file.
    pub snake: &'static str,
    /// How a value of it is written.
    pub form: Form,
    /// Whether it is an array of such values.
    pub repeated: bool,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Bytes as base64 in a string.
    Base64,
    /// `true` or `false`.
    Bool,
    /// A number, or a string that says one.
    Double,
    /// Bytes as hexadecimal digits in a string.
    Hex,
    /// A number of 64 bits with a sign, or a string that says one.
    Int64,
    /// An object.
    Message(Kind),
    /// The number of a severity, or its name.
    Severity,
    /// A string.
    Text,
    /// A number of 32 bits without a sign.
    Uint32,
    /// A number of 64 bits without a sign, or a string that says one.
    Uint64,
}

impl Field {
    /// Its name in lowerCamelCase.
    pub fn camel(&self) -> String {
        camel(self.snake)
    }
}

/// A name in snake_case, in lowerCamelCase.
pub fn camel(snake: &str) -> String {
    let mut parts = snake.split('_');
    let mut name = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (first, rest) = part.split_at(part.len().min(1));
        name.push_str(&first.to_ascii_uppercase());
        name.push_str(rest);
    }
    name
}

/// A name in lowerCamelCase, in snake_case.
pub fn snake(camel: &str) -> String {
    let mut name = String::new();
    for character in camel.chars() {
        if character.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(character.to_ascii_lowercase());
    }
    name
}

/// The severities by number.
pub fn severity(number: usize) -> Option<String> {
    const LEVELS: [&str; 6] = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
    match number {
        0 => Some("SEVERITY_NUMBER_UNSPECIFIED".into()),
        1..=24 => {
            let (level, step) = (LEVELS[(number - 1) / 4], (number - 1) % 4 + 1);
            Some(if step == 1 { format!("SEVERITY_NUMBER_{level}") } else { format!("SEVERITY_NUMBER_{level}{step}") })
        }
        _ => None,
    }
}

/// The fields of a message.
pub fn fields(kind: Kind) -> &'static [Field] {
    use Form::{Base64, Bool, Double, Hex, Int64, Message, Severity, Text, Uint32, Uint64};
    match kind {
        Kind::AnyValue => {
            const {
                &[
                    one(1, "string_value", Text),
                    one(2, "bool_value", Bool),
                    one(3, "int_value", Int64),
                    one(4, "double_value", Double),
                    one(5, "array_value", Message(Kind::ArrayValue)),
                    one(6, "kvlist_value", Message(Kind::KeyValueList)),
                    one(7, "bytes_value", Base64),
                ]
            }
        }
        Kind::ArrayValue => const { &[many(1, "values", Message(Kind::AnyValue))] },
        Kind::EntityRef => {
            const {
                &[
                    one(1, "schema_url", Text),
                    one(2, "type", Text),
                    many(3, "id_keys", Text),
                    many(4, "description_keys", Text),
                ]
            }
        }
        Kind::Export => const { &[many(1, "resource_logs", Message(Kind::ResourceLogs))] },
        Kind::KeyValue => const { &[one(1, "key", Text), one(2, "value", Message(Kind::AnyValue))] },
        Kind::KeyValueList => const { &[many(1, "values", Message(Kind::KeyValue))] },
        // In the order in which Codex writes them.
        Kind::LogRecord => {
            const {
                &[
                    one(1, "time_unix_nano", Uint64),
                    one(11, "observed_time_unix_nano", Uint64),
                    one(2, "severity_number", Severity),
                    one(3, "severity_text", Text),
                    one(5, "body", Message(Kind::AnyValue)),
                    many(6, "attributes", Message(Kind::KeyValue)),
                    one(7, "dropped_attributes_count", Uint32),
                    one(8, "flags", Uint32),
                    one(9, "trace_id", Hex),
                    one(10, "span_id", Hex),
                    one(12, "event_name", Text),
                ]
            }
        }
        Kind::Resource => {
            const {
                &[
                    many(1, "attributes", Message(Kind::KeyValue)),
                    one(2, "dropped_attributes_count", Uint32),
                    many(3, "entity_refs", Message(Kind::EntityRef)),
                ]
            }
        }
        Kind::ResourceLogs => {
            const {
                &[
                    one(1, "resource", Message(Kind::Resource)),
                    many(2, "scope_logs", Message(Kind::ScopeLogs)),
                    one(3, "schema_url", Text),
                ]
            }
        }
        Kind::Scope => {
            const {
                &[
                    one(1, "name", Text),
                    one(2, "version", Text),
                    many(3, "attributes", Message(Kind::KeyValue)),
                    one(4, "dropped_attributes_count", Uint32),
                ]
            }
        }
        Kind::ScopeLogs => {
            const {
                &[
                    one(1, "scope", Message(Kind::Scope)),
                    many(2, "log_records", Message(Kind::LogRecord)),
                    one(3, "schema_url", Text),
                ]
            }
        }
    }
}

const fn one(number: u64, snake: &'static str, form: Form) -> Field {
    Field { number, snake, form, repeated: false }
}

const fn many(number: u64, snake: &'static str, form: Form) -> Field {
    Field { number, snake, form, repeated: true }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Type;

    const KINDS: [Kind; 11] = [
        Kind::AnyValue,
        Kind::ArrayValue,
        Kind::EntityRef,
        Kind::Export,
        Kind::KeyValue,
        Kind::KeyValueList,
        Kind::LogRecord,
        Kind::Resource,
        Kind::ResourceLogs,
        Kind::Scope,
        Kind::ScopeLogs,
    ];

    /// Scenario: the table of names beside the table of numbers.
    /// Guarantees: each field has a name, and a form that fits its type.
    #[test]
    fn every_field_has_a_name() {
        for kind in KINDS {
            assert_eq!(fields(kind).len(), kind.fields().len(), "{kind:?}");
            for field in fields(kind) {
                let known = kind.field(field.number).expect("the number is known");
                let fits = match field.form {
                    Form::Base64 | Form::Hex => known.holds == Type::Bytes,
                    Form::Bool | Form::Int64 | Form::Severity => known.holds == Type::Varint,
                    Form::Double | Form::Uint64 => known.holds == Type::Fixed64,
                    Form::Message(child) => known.holds == Type::Message(child),
                    Form::Text => known.holds == Type::String,
                    Form::Uint32 => matches!(known.holds, Type::Varint | Type::Fixed32),
                };
                assert!(fits && known.repeated == field.repeated, "{kind:?} {field:?}");
                assert_eq!(snake(&field.camel()), field.snake);
            }
        }
    }

    #[test]
    fn severities_have_names() {
        assert_eq!(severity(9).as_deref(), Some("SEVERITY_NUMBER_INFO"));
        assert_eq!(severity(24).as_deref(), Some("SEVERITY_NUMBER_FATAL4"));
        assert_eq!(severity(25), None);
    }
}
