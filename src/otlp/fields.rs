//! Field numbers of the OTLP messages that are read, grouped by message.
//!
//! Must not hold anything but numbers. Source: opentelemetry-proto 1.7; a test compares them with the generated types.

/// `ExportLogsServiceRequest` of `logs_service.proto`.
pub(crate) mod request {
    pub(crate) const RESOURCE_LOGS: u32 = 1;
}

/// `ResourceLogs` of `logs.proto`.
pub(crate) mod resource_logs {
    pub(crate) const RESOURCE: u32 = 1;
    pub(crate) const SCOPE_LOGS: u32 = 2;
    pub(crate) const SCHEMA_URL: u32 = 3;
}

/// `Resource` of `resource.proto`.
pub(crate) mod resource {
    pub(crate) const ATTRIBUTES: u32 = 1;
    pub(crate) const DROPPED_ATTRIBUTES_COUNT: u32 = 2;
    pub(crate) const ENTITY_REFS: u32 = 3;
}

/// `EntityRef` of `common.proto`.
pub(crate) mod entity_ref {
    pub(crate) const SCHEMA_URL: u32 = 1;
    pub(crate) const TYPE: u32 = 2;
    pub(crate) const ID_KEYS: u32 = 3;
    pub(crate) const DESCRIPTION_KEYS: u32 = 4;
}

/// `ScopeLogs` of `logs.proto`.
pub(crate) mod scope_logs {
    pub(crate) const SCOPE: u32 = 1;
    pub(crate) const LOG_RECORDS: u32 = 2;
    pub(crate) const SCHEMA_URL: u32 = 3;
}

/// `InstrumentationScope` of `common.proto`.
pub(crate) mod scope {
    pub(crate) const NAME: u32 = 1;
    pub(crate) const VERSION: u32 = 2;
    pub(crate) const ATTRIBUTES: u32 = 3;
    pub(crate) const DROPPED_ATTRIBUTES_COUNT: u32 = 4;
}

/// `LogRecord` of `logs.proto`. Number 4 was `name` until 0.16 and is reserved.
pub(crate) mod log_record {
    pub(crate) const TIME_UNIX_NANO: u32 = 1;
    pub(crate) const SEVERITY_NUMBER: u32 = 2;
    pub(crate) const SEVERITY_TEXT: u32 = 3;
    pub(crate) const BODY: u32 = 5;
    pub(crate) const ATTRIBUTES: u32 = 6;
    pub(crate) const DROPPED_ATTRIBUTES_COUNT: u32 = 7;
    pub(crate) const FLAGS: u32 = 8;
    pub(crate) const TRACE_ID: u32 = 9;
    pub(crate) const SPAN_ID: u32 = 10;
    pub(crate) const OBSERVED_TIME_UNIX_NANO: u32 = 11;
    pub(crate) const EVENT_NAME: u32 = 12;

    /// Whether the schema names this number.
    #[inline(always)]
    pub(crate) fn is_known(number: u32) -> bool {
        matches!(number, TIME_UNIX_NANO..=SEVERITY_TEXT | BODY..=EVENT_NAME)
    }
}

/// `KeyValue` of `common.proto`.
pub(crate) mod key_value {
    pub(crate) const KEY: u32 = 1;
    pub(crate) const VALUE: u32 = 2;
    pub(crate) const KEY_STRINDEX: u32 = 3;
}

/// `AnyValue` of `common.proto`.
pub(crate) mod any_value {
    pub(crate) const STRING: u32 = 1;
    pub(crate) const BOOL: u32 = 2;
    pub(crate) const INT: u32 = 3;
    pub(crate) const DOUBLE: u32 = 4;
    pub(crate) const ARRAY: u32 = 5;
    pub(crate) const KEY_VALUE_LIST: u32 = 6;
    pub(crate) const BYTES: u32 = 7;
    pub(crate) const STRING_STRINDEX: u32 = 8;
}

/// `ArrayValue` and `KeyValueList` of `common.proto`: both hold their elements in field 1.
pub(crate) mod list {
    pub(crate) const VALUES: u32 = 1;
}
