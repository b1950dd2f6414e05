//! OTLP logs: field numbers, the places where a value can stand, the walk over a batch that yields them, and how a new
//! value is written.
//!
//! Knows the shape of an `ExportLogsServiceRequest`; must not know policies or Codex. The walk yields places, spans and
//! borrowed values and changes nothing. Keeps I2: whatever is not read here is refused or reported as unknown.
//!
//! Source: opentelemetry-proto 1.7, `logs.proto`, `common.proto`, `resource.proto`, `logs_service.proto`.

mod attribute;
mod bounds;
mod fields;
mod json;
mod lists;
mod record;
mod slot;
mod tree;
mod value;
mod walk;
mod write;

pub(crate) use attribute::Attribute;
pub(crate) use fields::{list, log_record, resource, scope};
pub(crate) use json::Door;
pub(crate) use lists::Lists;
pub(crate) use record::SERIES;
pub(crate) use slot::{Content, Envelope, Group, NamePlace, Slot};
pub(crate) use tree::{Child, next_child};
pub(crate) use value::{Nested, Value};
pub(crate) use walk::{Visitor, walk};
pub(crate) use write::{
    NewValue, put_any_value, put_fixed64, put_key_value, put_resource, put_resource_logs, put_text,
};
