//! The walk over one `ExportLogsServiceRequest`.
//!
//! Yields slots and groups to a visitor, in the order of the batch, and changes nothing. Must not know policies. Keeps
//! I2: a singular field given twice, a known field with another wire type and text that is not UTF-8 are refused,
//! because receivers read them differently; a field that no schema names is yielded as unknown.

use alloc::vec::Vec;

use super::attribute::{Attribute, key_value, short_text};
use super::fields::{entity_ref, log_record, request, resource, resource_logs, scope, scope_logs};
use super::slot::{Content, Envelope, Group, NamePlace, Slot};
use super::value::{Value, any_value, utf8, wrong_wire_type};
use crate::bytes::ascii_prefix;
use crate::error::BatchError;
use crate::limits::{MAX_ADDED_ATTRIBUTES, MAX_ATTRIBUTES, MAX_BATCH_BYTES, MAX_PLACES, MAX_RECORDS};
use crate::wire::{Field, Message, Payload, Reader, Span, wire_type};

/// What is done with the places of a batch.
pub(crate) trait Visitor<'a> {
    /// A message begins, in which slots and groups follow.
    fn enter(&mut self, message: Message);

    /// The message entered last ends.
    fn leave(&mut self);

    /// A place that belongs to no group.
    fn slot(&mut self, slot: &Slot<'a>) -> Result<(), BatchError>;

    /// A resource, a scope or a record with all its places.
    fn group(&mut self, group: Group, envelope: &Envelope, slots: &[Slot<'a>]) -> Result<(), BatchError>;
}

/// Walks a whole batch.
pub(crate) fn walk<'a>(batch: &'a [u8], visitor: &mut impl Visitor<'a>) -> Result<(), BatchError> {
    if batch.len() > MAX_BATCH_BYTES {
        return Err(BatchError::limit(MAX_BATCH_BYTES, "batch is larger than 16 MiB"));
    }
    // Codex has up to 27 attributes on a record; the list is made once and reused.
    let slots = || Vec::with_capacity(40);
    let mut walk = Walk { slots: slots(), previous: slots(), records: 0, visitor };
    let mut reader = Reader::new(batch);
    while let Some(field) = reader.next()? {
        match (field.number, field.payload) {
            (request::RESOURCE_LOGS, Payload::Delimited(inside, at)) => walk.resource_logs(inside, at)?,
            (request::RESOURCE_LOGS, _) => return Err(wrong_wire_type(field.start)),
            _ => walk.unknown(&field, &reader)?,
        }
    }
    Ok(())
}

struct Walk<'a, 'v, V> {
    slots: Vec<Slot<'a>>,
    /// The slots of the record before; none after another group.
    previous: Vec<Slot<'a>>,
    records: usize,
    visitor: &'v mut V,
}

impl<'a, V: Visitor<'a>> Walk<'a, '_, V> {
    fn resource_logs(&mut self, mut reader: Reader<'a>, length_at: usize) -> Result<(), BatchError> {
        self.visitor.enter(reader.message(length_at));
        let mut seen = Seen(0);
        while let Some(field) = reader.next()? {
            match (field.number, field.payload) {
                (resource_logs::RESOURCE, Payload::Delimited(inside, at)) => {
                    seen.once(&field)?;
                    self.resource(inside, at, Span::new(field.start, reader.offset()))?;
                }
                (resource_logs::SCOPE_LOGS, Payload::Delimited(inside, at)) => self.scope_logs(inside, at)?,
                (resource_logs::SCHEMA_URL, Payload::Delimited(text, _)) => {
                    seen.once(&field)?;
                    self.schema_url(field.number, text, Span::new(field.start, reader.offset()))?;
                }
                (resource_logs::RESOURCE..=resource_logs::SCHEMA_URL, _) => return Err(wrong_wire_type(field.start)),
                _ => self.unknown(&field, &reader)?,
            }
        }
        self.visitor.leave();
        Ok(())
    }

    fn scope_logs(&mut self, mut reader: Reader<'a>, length_at: usize) -> Result<(), BatchError> {
        self.visitor.enter(reader.message(length_at));
        let mut seen = Seen(0);
        while let Some(field) = reader.next()? {
            match (field.number, field.payload) {
                (scope_logs::LOG_RECORDS, Payload::Delimited(inside, at)) => {
                    self.log_record(inside, at, Span::new(field.start, reader.offset()))?;
                }
                (scope_logs::SCOPE, Payload::Delimited(inside, at)) => {
                    seen.once(&field)?;
                    self.scope(inside, at, Span::new(field.start, reader.offset()))?;
                }
                (scope_logs::SCHEMA_URL, Payload::Delimited(text, _)) => {
                    seen.once(&field)?;
                    self.schema_url(field.number, text, Span::new(field.start, reader.offset()))?;
                }
                (scope_logs::SCOPE..=scope_logs::SCHEMA_URL, _) => return Err(wrong_wire_type(field.start)),
                _ => self.unknown(&field, &reader)?,
            }
        }
        self.visitor.leave();
        Ok(())
    }

    fn resource(&mut self, mut reader: Reader<'a>, length_at: usize, span: Span) -> Result<(), BatchError> {
        self.slots.clear();
        self.previous.clear();
        let message = reader.message(length_at);
        let (mut seen, mut attributes) = (Seen(0), 0);
        while let Some(field) = reader.next()? {
            let content = match (field.number, field.payload) {
                (resource::ATTRIBUTES, Payload::Delimited(inside, at)) => {
                    count(&mut attributes, field.start)?;
                    Content::Attribute(key_value(inside, at)?)
                }
                (resource::DROPPED_ATTRIBUTES_COUNT, Payload::Varint(number)) => {
                    seen.once(&field)?;
                    fits_u32(number, field.start)?;
                    continue;
                }
                (resource::ENTITY_REFS, Payload::Delimited(inside, at)) => {
                    self.entity_ref(inside, at, Span::new(field.start, reader.offset()))?;
                    continue;
                }
                (resource::ATTRIBUTES..=resource::ENTITY_REFS, _) => return Err(wrong_wire_type(field.start)),
                _ => Content::Unknown,
            };
            self.push(Slot { span: Span::new(field.start, reader.offset()), content })?;
        }
        self.visitor.group(Group::Resource, &Envelope::new(span, message), &self.slots)
    }

    fn entity_ref(&mut self, mut reader: Reader<'a>, length_at: usize, span: Span) -> Result<(), BatchError> {
        self.push(Slot { span, content: Content::Enter(reader.message(length_at)) })?;
        let mut seen = Seen(0);
        while let Some(field) = reader.next()? {
            let content = match (field.number, field.payload) {
                (entity_ref::SCHEMA_URL | entity_ref::TYPE, Payload::Delimited(text, _)) => {
                    seen.once(&field)?;
                    Content::Name(NamePlace::EntityRef, field.number, utf8(text, false)?)
                }
                (entity_ref::ID_KEYS | entity_ref::DESCRIPTION_KEYS, Payload::Delimited(text, _)) => {
                    Content::Name(NamePlace::EntityRef, field.number, utf8(text, false)?)
                }
                (entity_ref::SCHEMA_URL..=entity_ref::DESCRIPTION_KEYS, _) => {
                    return Err(wrong_wire_type(field.start));
                }
                _ => Content::Unknown,
            };
            self.push(Slot { span: Span::new(field.start, reader.offset()), content })?;
        }
        self.push(Slot { span, content: Content::Leave })?;
        Ok(())
    }

    fn scope(&mut self, mut reader: Reader<'a>, length_at: usize, span: Span) -> Result<(), BatchError> {
        self.slots.clear();
        self.previous.clear();
        let message = reader.message(length_at);
        let (mut seen, mut attributes) = (Seen(0), 0);
        while let Some(field) = reader.next()? {
            let content = match (field.number, field.payload) {
                (scope::NAME, Payload::Delimited(text, _)) => {
                    seen.once(&field)?;
                    Content::Name(NamePlace::ScopeName, field.number, utf8(text, false)?)
                }
                (scope::VERSION, Payload::Delimited(text, _)) => {
                    seen.once(&field)?;
                    Content::Name(NamePlace::ScopeVersion, field.number, utf8(text, false)?)
                }
                (scope::ATTRIBUTES, Payload::Delimited(inside, at)) => {
                    count(&mut attributes, field.start)?;
                    Content::Attribute(key_value(inside, at)?)
                }
                (scope::DROPPED_ATTRIBUTES_COUNT, Payload::Varint(number)) => {
                    seen.once(&field)?;
                    fits_u32(number, field.start)?;
                    continue;
                }
                (scope::NAME..=scope::DROPPED_ATTRIBUTES_COUNT, _) => return Err(wrong_wire_type(field.start)),
                _ => Content::Unknown,
            };
            self.push(Slot { span: Span::new(field.start, reader.offset()), content })?;
        }
        self.visitor.group(Group::Scope, &Envelope::new(span, message), &self.slots)
    }

    fn log_record(&mut self, mut reader: Reader<'a>, length_at: usize, span: Span) -> Result<(), BatchError> {
        self.records += 1;
        if self.records > MAX_RECORDS {
            return Err(BatchError::limit(span.start as usize, "more than 65536 records in a batch"));
        }
        self.slots.clear();
        let mut envelope = Envelope::new(span, reader.message(length_at));
        let (mut seen, mut attributes, mut ascii_end) = (Seen(0), 0, 0);
        loop {
            let rest = reader;
            if let Some((inside, at)) = reader.next_short(ATTRIBUTE_TAG) {
                count(&mut attributes, at - 1)?;
                let end = reader.offset();
                if end > ascii_end {
                    // The first attribute, or one after a byte that is not ASCII: text, or a number beyond seven bits.
                    ascii_end = rest.offset() + ascii_prefix(rest.bytes());
                }
                let (span, body) = (Span::new(at - 1, end), inside.bytes());
                if let Some(known) = self.previous.get(self.slots.len()).and_then(|slot| slot.repeated(body)) {
                    // It was read and checked in the record before.
                    let (message, Attribute { key, value, unknown_fields, .. }) = (inside.message(at), *known);
                    let content =
                        Content::Attribute(Attribute { message, key, value, unknown_fields, is_repeated: true, body });
                    self.push(Slot { span, content })?;
                } else if let Some((key, text)) = short_text(body).filter(|_| end <= ascii_end) {
                    // Written in place: a value this size that is handed on is copied, and copying waits for the writes.
                    let (message, value) = (inside.message(at), Value::String(text));
                    let content = Content::Attribute(Attribute {
                        message,
                        key,
                        value,
                        unknown_fields: 0,
                        is_repeated: false,
                        body,
                    });
                    self.push(Slot { span, content })?;
                } else {
                    let content = Content::Attribute(key_value(inside, at)?);
                    self.push(Slot { span, content })?;
                }
                continue;
            }
            let Some(field) = reader.next()? else { break };
            if let (log_record::ATTRIBUTES, Payload::Delimited(inside, at)) = (field.number, field.payload) {
                count(&mut attributes, field.start)?;
                let content = Content::Attribute(key_value(inside, at)?);
                self.push(Slot { span: Span::new(field.start, reader.offset()), content })?;
                continue;
            }
            if log_record::is_known(field.number) {
                seen.once(&field)?;
            }
            let content = match (field.number, field.payload) {
                (log_record::TIME_UNIX_NANO, Payload::Fixed64(time)) => {
                    (envelope.time_unix_nano, envelope.has_time) = (time, true);
                    Content::Time
                }
                (log_record::OBSERVED_TIME_UNIX_NANO, Payload::Fixed64(time)) => {
                    envelope.observed_time_unix_nano = time;
                    continue;
                }
                (log_record::SEVERITY_NUMBER, Payload::Varint(number)) => {
                    // An enum is an int32: a negative one is sign-extended to 64 bits.
                    i32::try_from(number as i64).map_err(|_| too_wide(field.start))?;
                    continue;
                }
                (log_record::DROPPED_ATTRIBUTES_COUNT, Payload::Varint(number)) => {
                    fits_u32(number, field.start)?;
                    continue;
                }
                (log_record::FLAGS, Payload::Fixed32) => continue,
                (log_record::SEVERITY_TEXT, Payload::Delimited(text, _)) => {
                    Content::Name(NamePlace::SeverityText, field.number, utf8(text, false)?)
                }
                (log_record::EVENT_NAME, Payload::Delimited(text, _)) => {
                    envelope.has_event_name = true;
                    Content::Name(NamePlace::EventName, field.number, utf8(text, false)?)
                }
                (log_record::BODY, Payload::Delimited(inside, at)) => {
                    Content::Body(inside.message(at), any_value(inside, false)?)
                }
                (log_record::TRACE_ID, Payload::Delimited(id, _)) => match id.bytes().len() {
                    0 | 16 => continue,
                    _ => Content::TraceId,
                },
                (log_record::SPAN_ID, Payload::Delimited(id, _)) => match id.bytes().len() {
                    0 | 8 => continue,
                    _ => Content::SpanId,
                },
                (number, _) if log_record::is_known(number) => return Err(wrong_wire_type(field.start)),
                _ => Content::Unknown,
            };
            self.push(Slot { span: Span::new(field.start, reader.offset()), content })?;
        }
        self.visitor.group(Group::Record, &envelope, &self.slots)?;
        core::mem::swap(&mut self.slots, &mut self.previous);
        Ok(())
    }

    #[inline(always)]
    fn push(&mut self, slot: Slot<'a>) -> Result<(), BatchError> {
        if self.slots.len() >= MAX_PLACES {
            return Err(BatchError::limit(slot.span.start as usize, "more than 4096 fields in one place"));
        }
        self.slots.push(slot);
        Ok(())
    }

    fn schema_url(&mut self, number: u32, text: Reader<'a>, span: Span) -> Result<(), BatchError> {
        let content = Content::Name(NamePlace::SchemaUrl, number, utf8(text, false)?);
        self.visitor.slot(&Slot { span, content })
    }

    fn unknown(&mut self, field: &Field<'a>, reader: &Reader<'a>) -> Result<(), BatchError> {
        let span = Span::new(field.start, reader.offset());
        self.visitor.slot(&Slot { span, content: Content::Unknown })
    }
}

/// The tag of a record's attribute.
const ATTRIBUTE_TAG: u8 = (log_record::ATTRIBUTES << 3 | wire_type::DELIMITED) as u8;

/// Which singular fields of a message were met, a bit for each number.
struct Seen(u32);

impl Seen {
    #[inline(always)]
    fn once(&mut self, field: &Field<'_>) -> Result<(), BatchError> {
        let bit = 1u32.checked_shl(field.number).unwrap_or_default();
        if self.0 & bit != 0 {
            return Err(BatchError::ambiguous(field.start, "a field that may stand once stands twice"));
        }
        self.0 |= bit;
        Ok(())
    }
}

fn count(attributes: &mut usize, start: usize) -> Result<(), BatchError> {
    *attributes += 1;
    if *attributes > MAX_ATTRIBUTES + MAX_ADDED_ATTRIBUTES {
        return Err(BatchError::limit(start, "more than 1024 attributes in one place"));
    }
    Ok(())
}

/// Some receivers cut a wide varint to 32 bits and some refuse it.
fn fits_u32(number: u64, start: usize) -> Result<(), BatchError> {
    u32::try_from(number).map(drop).map_err(|_| too_wide(start))
}

#[cold]
fn too_wide(start: usize) -> BatchError {
    BatchError::ambiguous(start, "number does not fit the 32 bits of its field")
}
