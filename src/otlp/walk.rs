//! The walk over one `ExportLogsServiceRequest`.
//!
//! Yields slots and groups to a visitor, in the order of the batch, and changes nothing. Must not know policies. Keeps
//! I2: a singular field given twice, a known field with another wire type and text that is not UTF-8 are refused,
//! because receivers read them differently; a field that no schema names is yielded as unknown.

use alloc::vec::Vec;

use super::attribute::short_or_long;
use super::bounds::{Seen, count, fits_u32, push};
use super::fields::{entity_ref, request, resource, resource_logs, scope, scope_logs};
use super::lists::Lists;
use super::record::{Records, SERIES};
use super::slot::{Content, Envelope, Group, NamePlace, Slot};
use super::value::{utf8, wrong_wire_type};
use crate::error::BatchError;
use crate::limits::MAX_BATCH_BYTES;
use crate::wire::{Field, Message, Payload, Reader, Span};

/// What is done with the places of a batch.
pub(crate) trait Visitor<'a> {
    /// A message begins, in which slots and groups follow.
    fn enter(&mut self, message: Message);

    /// The message entered last ends.
    fn leave(&mut self);

    /// A place that belongs to no group.
    fn slot(&mut self, slot: &Slot<'a>) -> Result<(), BatchError>;

    /// A resource, a scope or a record with all its places. A record belongs to one of [`SERIES`] series, whose records
    /// are alike: a slot that repeats is the one that the visitor saw at the same place last in this series. What is no
    /// record has the number after the last series.
    fn group(&mut self, group: Group, series: usize, envelope: &Envelope, slots: &[Slot<'a>])
    -> Result<(), BatchError>;
}

/// Walks a whole batch.
pub(crate) fn walk<'a>(batch: &'a [u8], lists: &mut Lists, visitor: &mut impl Visitor<'a>) -> Result<(), BatchError> {
    if batch.len() > MAX_BATCH_BYTES {
        return Err(BatchError::limit(MAX_BATCH_BYTES, "batch is larger than 16 MiB"));
    }
    let mut walk = Walk { slots: lists.take(), records: Records::new(), lists, visitor };
    let mut reader = Reader::new(batch);
    while let Some(field) = reader.next()? {
        match (field.number, field.payload) {
            (request::RESOURCE_LOGS, Payload::Delimited(inside, at)) => walk.resource_logs(inside, at)?,
            (request::RESOURCE_LOGS, _) => return Err(wrong_wire_type(field.start)),
            _ => walk.unknown(&field, &reader)?,
        }
    }
    let Walk { slots, records, lists, .. } = walk;
    lists.put_away(slots);
    records.put_away(lists);
    Ok(())
}

struct Walk<'a, 'v, V> {
    /// Of a resource or a scope.
    slots: Vec<Slot<'a>>,
    records: Records<'a>,
    lists: &'v mut Lists,
    visitor: &'v mut V,
}

impl<'a, V: Visitor<'a>> Walk<'a, '_, V> {
    fn resource_logs(&mut self, mut reader: Reader<'a>, length_at: usize) -> Result<(), BatchError> {
        self.visitor.enter(reader.message(length_at));
        let mut seen = Seen::default();
        while let Some(field) = reader.next()? {
            match (field.number, field.payload) {
                (resource_logs::RESOURCE, Payload::Delimited(inside, at)) => {
                    seen.once(field.number, field.start)?;
                    self.described(Group::Resource, inside, at, Span::new(field.start, reader.offset()))?;
                }
                (resource_logs::SCOPE_LOGS, Payload::Delimited(inside, at)) => self.scope_logs(inside, at)?,
                (resource_logs::SCHEMA_URL, Payload::Delimited(text, _)) => {
                    seen.once(field.number, field.start)?;
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
        let mut seen = Seen::default();
        while let Some(field) = reader.next()? {
            match (field.number, field.payload) {
                (scope_logs::LOG_RECORDS, Payload::Delimited(inside, at)) => {
                    let span = Span::new(field.start, reader.offset());
                    let (envelope, slots, series) = self.records.record(inside, at, span, self.lists)?;
                    self.visitor.group(Group::Record, series, &envelope, slots)?;
                }
                (scope_logs::SCOPE, Payload::Delimited(inside, at)) => {
                    seen.once(field.number, field.start)?;
                    self.described(Group::Scope, inside, at, Span::new(field.start, reader.offset()))?;
                }
                (scope_logs::SCHEMA_URL, Payload::Delimited(text, _)) => {
                    seen.once(field.number, field.start)?;
                    self.schema_url(field.number, text, Span::new(field.start, reader.offset()))?;
                }
                (scope_logs::SCOPE..=scope_logs::SCHEMA_URL, _) => return Err(wrong_wire_type(field.start)),
                _ => self.unknown(&field, &reader)?,
            }
        }
        self.visitor.leave();
        Ok(())
    }

    /// A resource or a scope.
    fn described(
        &mut self,
        group: Group,
        mut reader: Reader<'a>,
        length_at: usize,
        span: Span,
    ) -> Result<(), BatchError> {
        self.slots.clear();
        let message = reader.message(length_at);
        let (mut seen, mut attributes) = (Seen::default(), 0);
        while let Some(field) = reader.next()? {
            let content = match (group, field.number, field.payload) {
                (Group::Resource, resource::ATTRIBUTES, Payload::Delimited(inside, at))
                | (Group::Scope, scope::ATTRIBUTES, Payload::Delimited(inside, at)) => {
                    count(&mut attributes, field.start)?;
                    Content::Attribute(short_or_long(inside, at)?)
                }
                (Group::Resource, resource::DROPPED_ATTRIBUTES_COUNT, Payload::Varint(number))
                | (Group::Scope, scope::DROPPED_ATTRIBUTES_COUNT, Payload::Varint(number)) => {
                    seen.once(field.number, field.start)?;
                    fits_u32(number, field.start)?;
                    continue;
                }
                (Group::Resource, resource::ENTITY_REFS, Payload::Delimited(inside, at)) => {
                    self.entity_ref(inside, at, Span::new(field.start, reader.offset()))?;
                    continue;
                }
                (Group::Scope, scope::NAME, Payload::Delimited(text, _)) => {
                    seen.once(field.number, field.start)?;
                    Content::Name(NamePlace::ScopeName, field.number, utf8(text, false)?)
                }
                (Group::Scope, scope::VERSION, Payload::Delimited(text, _)) => {
                    seen.once(field.number, field.start)?;
                    Content::Name(NamePlace::ScopeVersion, field.number, utf8(text, false)?)
                }
                (Group::Resource, resource::ATTRIBUTES..=resource::ENTITY_REFS, _)
                | (Group::Scope, scope::NAME..=scope::DROPPED_ATTRIBUTES_COUNT, _) => {
                    return Err(wrong_wire_type(field.start));
                }
                _ => Content::Unknown,
            };
            push(&mut self.slots, Slot::new(Span::new(field.start, reader.offset()), content))?;
        }
        self.visitor.group(group, SERIES, &Envelope::new(span, message), &self.slots)
    }

    fn entity_ref(&mut self, mut reader: Reader<'a>, length_at: usize, span: Span) -> Result<(), BatchError> {
        push(&mut self.slots, Slot::new(span, Content::Enter(reader.message(length_at))))?;
        let mut seen = Seen::default();
        while let Some(field) = reader.next()? {
            let content = match (field.number, field.payload) {
                (entity_ref::SCHEMA_URL | entity_ref::TYPE, Payload::Delimited(text, _)) => {
                    seen.once(field.number, field.start)?;
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
            push(&mut self.slots, Slot::new(Span::new(field.start, reader.offset()), content))?;
        }
        push(&mut self.slots, Slot::new(span, Content::Leave))?;
        Ok(())
    }

    fn schema_url(&mut self, number: u32, text: Reader<'a>, span: Span) -> Result<(), BatchError> {
        let content = Content::Name(NamePlace::SchemaUrl, number, utf8(text, false)?);
        self.visitor.slot(&Slot::new(span, content))
    }

    fn unknown(&mut self, field: &Field<'a>, reader: &Reader<'a>) -> Result<(), BatchError> {
        let span = Span::new(field.start, reader.offset());
        self.visitor.slot(&Slot::new(span, Content::Unknown))
    }
}
