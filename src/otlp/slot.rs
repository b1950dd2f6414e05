//! What a rule can look at: the places of a batch, each with its span and its borrowed value.
//!
//! Must not know policies. A slot is all that a rule sees of the batch; it never sees the buffer.

use super::attribute::Attribute;
use super::fields::log_record;
use super::value::Value;
use crate::wire::{Message, Reader, Span};

/// One place of a message, in the order in which the batch has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot<'a> {
    /// The whole field with its tag, of a slot that may repeat.
    bytes: &'a [u8],
    /// Where the field came first.
    span: Span,
    /// How much further on in the batch it came again.
    shift: u32,
    /// The number of the field, if the same bytes make the same slot wherever they come; else 0.
    number: u8,
    /// The group before in the same series has the very same bytes in this slot.
    pub(crate) is_repeated: bool,
    pub(crate) content: Content<'a>,
}

impl<'a> Slot<'a> {
    #[inline(always)]
    pub(super) fn new(span: Span, content: Content<'a>) -> Self {
        Self { bytes: &[], span, shift: 0, number: 0, is_repeated: false, content }
    }

    /// A slot that may repeat: the field is `bytes`.
    #[inline(always)]
    pub(super) fn repeatable(bytes: &'a [u8], start: usize, content: Content<'a>) -> Self {
        // An array or a map knows many places inside, and what belongs to the envelope is read each time.
        let number = match &content {
            Content::Attribute(attribute) if !attribute.value.is_nested() => log_record::ATTRIBUTES,
            Content::Body(_, value) if !value.is_nested() => log_record::BODY,
            Content::Name(_, number, _) => *number,
            _ => 0,
        };
        let span = Span::new(start, start + bytes.len());
        Self { bytes, span, shift: 0, number: number as u8, is_repeated: false, content }
    }

    /// The whole field with its tag.
    #[inline(always)]
    pub(crate) fn span(&self) -> Span {
        self.span.shifted(self.shift)
    }

    /// The slot with all that knows where it lies at the place where its bytes came last; nothing if that is where they
    /// came first.
    #[inline(always)]
    pub(crate) fn moved(&self) -> Option<Self> {
        if self.shift == 0 {
            return None;
        }
        let mut slot = Self { span: self.span(), shift: 0, ..*self };
        if let Content::Attribute(Attribute { message, .. }) | Content::Body(message, _) = &mut slot.content {
            *message = message.shifted(self.shift);
        }
        Some(slot)
    }

    /// Skips the slot's bytes if they come next; the number of their field.
    #[inline(always)]
    pub(super) fn repeat(&mut self, reader: &mut Reader<'a>) -> Option<u32> {
        let start = reader.offset() as u32;
        if self.number == 0 || !reader.skip(self.bytes) {
            return None;
        }
        (self.shift, self.is_repeated) = (start.wrapping_sub(self.span.start), true);
        Some(u32::from(self.number))
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
