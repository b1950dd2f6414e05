//! The OTLP logs messages as a table: which field has which number, type and cardinality.
//!
//! Written from the published .proto files (opentelemetry-proto 1.10) and held against the generated types by the
//! tests; deliberately not the core's own table.

use crate::wire;

/// A message type of an OTLP logs batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `AnyValue`: a oneof.
    AnyValue,
    /// `ArrayValue`.
    ArrayValue,
    /// `EntityRef`.
    EntityRef,
    /// `ExportLogsServiceRequest`.
    Export,
    /// `KeyValue`.
    KeyValue,
    /// `KeyValueList`.
    KeyValueList,
    /// `LogRecord`.
    LogRecord,
    /// `Resource`.
    Resource,
    /// `ResourceLogs`.
    ResourceLogs,
    /// `InstrumentationScope`.
    Scope,
    /// `ScopeLogs`.
    ScopeLogs,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Bytes of any kind.
    Bytes,
    /// Four bytes.
    Fixed32,
    /// Eight bytes.
    Fixed64,
    /// A message.
    Message(Kind),
    /// UTF-8 text.
    String,
    /// A varint.
    Varint,
}

impl Type {
    /// The wire type it is written with.
    pub fn wire_type(self) -> u8 {
        match self {
            Self::Bytes | Self::Message(_) | Self::String => wire::LEN,
            Self::Fixed32 => wire::FIXED32,
            Self::Fixed64 => wire::FIXED64,
            Self::Varint => wire::VARINT,
        }
    }
}

/// One field of a message type.
#[derive(Clone, Copy, Debug)]
pub struct FieldType {
    /// Its number.
    pub number: u64,
    /// What it holds.
    pub holds: Type,
    /// Whether it may come more than once.
    pub repeated: bool,
}

impl Kind {
    /// The fields of the message that OTLP has for logs. The two `strindex` fields of profiles are not among them.
    pub fn fields(self) -> &'static [FieldType] {
        use Type::{Bytes, Fixed32, Fixed64, Message, String, Varint};
        match self {
            Self::AnyValue => {
                const {
                    &[
                        one(1, String),
                        one(2, Varint),
                        one(3, Varint),
                        one(4, Fixed64),
                        one(5, Message(Kind::ArrayValue)),
                        one(6, Message(Kind::KeyValueList)),
                        one(7, Bytes),
                    ]
                }
            }
            Self::ArrayValue => const { &[many(1, Message(Kind::AnyValue))] },
            Self::EntityRef => const { &[one(1, String), one(2, String), many(3, String), many(4, String)] },
            Self::Export => const { &[many(1, Message(Kind::ResourceLogs))] },
            Self::KeyValue => const { &[one(1, String), one(2, Message(Kind::AnyValue))] },
            Self::KeyValueList => const { &[many(1, Message(Kind::KeyValue))] },
            Self::LogRecord => {
                const {
                    &[
                        one(1, Fixed64),
                        one(2, Varint),
                        one(3, String),
                        one(5, Message(Kind::AnyValue)),
                        many(6, Message(Kind::KeyValue)),
                        one(7, Varint),
                        one(8, Fixed32),
                        one(9, Bytes),
                        one(10, Bytes),
                        one(11, Fixed64),
                        one(12, String),
                    ]
                }
            }
            Self::Resource => {
                const { &[many(1, Message(Kind::KeyValue)), one(2, Varint), many(3, Message(Kind::EntityRef))] }
            }
            Self::ResourceLogs => {
                const { &[one(1, Message(Kind::Resource)), many(2, Message(Kind::ScopeLogs)), one(3, String)] }
            }
            Self::Scope => {
                const { &[one(1, String), one(2, String), many(3, Message(Kind::KeyValue)), one(4, Varint)] }
            }
            Self::ScopeLogs => {
                const { &[one(1, Message(Kind::Scope)), many(2, Message(Kind::LogRecord)), one(3, String)] }
            }
        }
    }

    /// The field with that number, if OTLP has one.
    pub fn field(self, number: u64) -> Option<&'static FieldType> {
        self.fields().iter().find(|field| field.number == number)
    }
}

const fn one(number: u64, holds: Type) -> FieldType {
    FieldType { number, holds, repeated: false }
}

const fn many(number: u64, holds: Type) -> FieldType {
    FieldType { number, holds, repeated: true }
}
