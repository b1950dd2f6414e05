//! What a rule can look at: the places of a batch, each with its span and its borrowed value.
//!
//! Must not know policies. A slot is all that a rule sees of the batch; it never sees the buffer.

use super::attribute::Attribute;
use super::value::Value;
use crate::bytes::equal;
use crate::wire::{Message, Span};

/// One place of a message, in the order in which the batch has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot<'a> {
    /// The whole field with its tag.
    pub(crate) span: Span,
    pub(crate) content: Content<'a>,
}

impl<'a> Slot<'a> {
    /// The attribute in this slot, if `body` is its very bytes and it holds no place of its own inside.
    #[inline(always)]
    pub(super) fn repeated(&self, body: &[u8]) -> Option<&Attribute<'a>> {
        match &self.content {
            Content::Attribute(attribute) if !attribute.value.is_nested() && equal(attribute.body, body) => {
                Some(attribute)
            }
            _ => None,
        }
    }
}

/// What stands in a slot.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Content<'a> {
    Attribute(Attribute<'a>),
    /// A record's body with its `AnyValue` message.
    Body(Message, Value<'a>),
    /// A message inside the group begins: slots up to `Leave` lie in it.
    Enter(Message),
    /// The message entered last ends.
    Leave,
    /// A string of the envelope: its place, its field number, its text.
    Name(NamePlace, u32, &'a [u8]),
    /// A span id that is not 8 bytes.
    SpanId,
    /// `time_unix_nano`, which may be 0.
    Time,
    /// A trace id that is not 16 bytes.
    TraceId,
    /// A field that no schema names.
    Unknown,
}

/// Strings that are no attributes, by the field that holds them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NamePlace {
    EntityRef,
    EventName,
    SchemaUrl,
    ScopeName,
    ScopeVersion,
    SeverityText,
}

/// A message whose slots are decided together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    Record,
    Resource,
    Scope,
}

/// Where a group lies, and the numbers of a record that rules need.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Envelope {
    /// The whole field with its tag.
    pub(crate) span: Span,
    pub(crate) message: Message,
    /// Nanoseconds since 1970; 0 when absent.
    pub(crate) time_unix_nano: u64,
    /// Nanoseconds since 1970; 0 when absent.
    pub(crate) observed_time_unix_nano: u64,
    /// A slot holds the field `time_unix_nano`.
    pub(crate) has_time: bool,
    /// A slot holds the field `event_name`.
    pub(crate) has_event_name: bool,
}

impl Envelope {
    pub(crate) fn new(span: Span, message: Message) -> Self {
        let (time_unix_nano, observed_time_unix_nano) = (0, 0);
        Self { span, message, time_unix_nano, observed_time_unix_nano, has_time: false, has_event_name: false }
    }
}
