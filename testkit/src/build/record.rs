//! A log record, field by field.
//!
//! Must not know events. Fields are written by number, as prost writes them; raw ones come last.

use super::{Value, key_value, number, text};
use crate::wire::{self, Writer};

/// A log record under construction.
#[derive(Clone, Debug, Default)]
pub struct Record {
    time: u64,
    observed: u64,
    severity: i32,
    severity_text: String,
    body: Option<Value>,
    attributes: Vec<Vec<u8>>,
    dropped: u32,
    flags: u32,
    trace_id: Vec<u8>,
    span_id: Vec<u8>,
    event_name: String,
    extra: Vec<u8>,
}

impl Record {
    /// Adds the attribute `event.name`, as Codex names its events.
    #[must_use]
    pub fn event(self, name: &str) -> Self {
        self.attribute("event.name", name)
    }

    /// Adds an attribute.
    #[must_use]
    pub fn attribute(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.attributes.push(key_value(key, Some(&value.into())));
        self
    }

    /// Adds an attribute of these bytes.
    #[must_use]
    pub fn raw_attribute(mut self, key_value: Vec<u8>) -> Self {
        self.attributes.push(key_value);
        self
    }

    /// Sets `time_unix_nano`.
    #[must_use]
    pub fn time(mut self, nanoseconds: u64) -> Self {
        self.time = nanoseconds;
        self
    }

    /// Sets `observed_time_unix_nano`.
    #[must_use]
    pub fn observed(mut self, nanoseconds: u64) -> Self {
        self.observed = nanoseconds;
        self
    }

    /// Sets the severity's number and text.
    #[must_use]
    pub fn severity(mut self, number: i32, text: &str) -> Self {
        self.severity = number;
        self.severity_text = text.to_owned();
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, value: impl Into<Value>) -> Self {
        self.body = Some(value.into());
        self
    }

    /// Sets `dropped_attributes_count`.
    #[must_use]
    pub fn dropped(mut self, count: u32) -> Self {
        self.dropped = count;
        self
    }

    /// Sets `flags`.
    #[must_use]
    pub fn flags(mut self, flags: u32) -> Self {
        self.flags = flags;
        self
    }

    /// Sets `trace_id`, of any length.
    #[must_use]
    pub fn trace_id(mut self, id: &[u8]) -> Self {
        self.trace_id = id.to_vec();
        self
    }

    /// Sets `span_id`, of any length.
    #[must_use]
    pub fn span_id(mut self, id: &[u8]) -> Self {
        self.span_id = id.to_vec();
        self
    }

    /// Sets the field `event_name`.
    #[must_use]
    pub fn event_name(mut self, name: &str) -> Self {
        self.event_name = name.to_owned();
        self
    }

    /// Raw fields at the end.
    #[must_use]
    pub fn raw(mut self, write: impl FnOnce(&mut Writer) -> &mut Writer) -> Self {
        self.extra.extend(wire::bytes(write));
        self
    }

    /// The bytes of the LogRecord.
    pub fn bytes(&self) -> Vec<u8> {
        wire::bytes(|w| {
            if self.time != 0 {
                w.fixed64(1, self.time);
            }
            number(w, 2, self.severity as i64 as u64);
            text(w, 3, &self.severity_text);
            if let Some(body) = &self.body {
                w.message(5, |w| body.write(w));
            }
            for attribute in &self.attributes {
                w.bytes(6, attribute);
            }
            number(w, 7, self.dropped.into());
            if self.flags != 0 {
                w.fixed32(8, self.flags);
            }
            if !self.trace_id.is_empty() {
                w.bytes(9, &self.trace_id);
            }
            if !self.span_id.is_empty() {
                w.bytes(10, &self.span_id);
            }
            if self.observed != 0 {
                w.fixed64(11, self.observed);
            }
            text(w, 12, &self.event_name);
            w.raw(&self.extra)
        })
    }
}
