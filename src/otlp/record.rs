//! Reads the log records of a batch.
//!
//! The records of one event are alike: most of their attributes are the same, in the same order. So each record is read
//! beside the one before of its series, and a field that has the same bytes is not read again. Must not know what an
//! event is: a series is told by the bytes of the first attribute, which Codex makes the event's name.
//!
//! Keeps I2 as the walk does, and I4: whether a field was read or repeated shows nowhere.

use alloc::vec::Vec;

use super::attribute::{Attribute, key_value, short_text};
use super::bounds::{Seen, at_most, count, fits_u32, push, too_wide};
use super::fields::log_record;
use super::lists::Lists;
use super::slot::{Content, Envelope, NamePlace, Slot};
use super::value::{Value, any_value, utf8, wrong_wire_type};
use crate::error::BatchError;
use crate::limits::MAX_RECORDS;
use crate::wire::{Field, Payload, Reader, Span, wire_type};

/// How many series of records are told apart. Codex has 30 events, and a session sends a third of them.
pub(crate) const SERIES: usize = 32;

/// No record of the series has come.
const NONE: u8 = u8::MAX;

/// The records of a batch.
pub(super) struct Records<'a> {
    /// How many were read.
    count: usize,
    /// Where the list of each series lies among the lists.
    series: [u8; SERIES],
    /// The slots of the last record of each series.
    lists: Vec<Vec<Slot<'a>>>,
}

impl<'a> Records<'a> {
    pub(super) fn new() -> Self {
        Self { count: 0, series: [NONE; SERIES], lists: Vec::new() }
    }

    /// Reads a record: its envelope, its slots, and the number of its series.
    pub(super) fn record(
        &mut self,
        mut reader: Reader<'a>,
        length_at: usize,
        span: Span,
        lists: &mut Lists,
    ) -> Result<(Envelope, &[Slot<'a>], usize), BatchError> {
        self.count += 1;
        if self.count > MAX_RECORDS {
            return Err(BatchError::limit(span.start as usize, "more than 65536 records in a batch"));
        }
        let mut envelope = Envelope::new(span, reader.message(length_at));
        let series = series_of(reader);
        let list = self.series.get_mut(series).map(|list| {
            if *list == NONE {
                *list = self.lists.len() as u8;
                self.lists.push(lists.take());
            }
            usize::from(*list)
        });
        let Some(slots) = list.and_then(|list| self.lists.get_mut(list)) else {
            // Cannot come; what cannot be read is refused.
            return Err(BatchError::unsupported(span.start as usize, "this record could not be compared with others"));
        };
        let (mut seen, mut attributes, mut at) = (Seen::default(), 0, 0);
        loop {
            // What was read and checked when it came first.
            while let Some(slot) = slots.get_mut(at)
                && let Some(number) = slot.repeat(&mut reader)
            {
                if number == log_record::ATTRIBUTES {
                    attributes += 1;
                } else {
                    envelope.has_event_name |= number == log_record::EVENT_NAME;
                    seen.once(number, slot.span().start as usize)?;
                }
                at += 1;
            }
            at_most(attributes, reader.offset())?;
            let (start, before) = (reader.offset(), reader);
            let content = if let Some((inside, length_at)) = reader.next_short(ATTRIBUTE_TAG) {
                count(&mut attributes, start)?;
                match short_text(inside.bytes()) {
                    Some((key, text)) => {
                        let (message, body, value) = (inside.message(length_at), inside.bytes(), Value::String(text));
                        // Each way puts its own slot: a value this size that is handed on is copied first.
                        let content = Content::Attribute(Attribute { message, key, value, unknown_fields: 0, body });
                        put(slots, &mut at, Slot::repeatable(reader.since(&before), start, content))?;
                        continue;
                    }
                    None => Content::Attribute(key_value(inside, length_at)?),
                }
            } else {
                let Some(field) = reader.next()? else { break };
                match other_field(&field, &mut envelope, &mut seen, &mut attributes)? {
                    Some(content) => content,
                    None => continue,
                }
            };
            put(slots, &mut at, Slot::repeatable(reader.since(&before), start, content))?;
        }
        slots.truncate(at);
        Ok((envelope, slots, series))
    }

    /// Puts away what the next batch can use.
    pub(super) fn put_away(self, lists: &mut Lists) {
        self.lists.into_iter().for_each(|slots| lists.put_away(slots));
    }
}

/// A field of a record that is not one short attribute; nothing for one that has no slot.
#[inline(never)]
fn other_field<'a>(
    field: &Field<'a>,
    envelope: &mut Envelope,
    seen: &mut Seen,
    attributes: &mut usize,
) -> Result<Option<Content<'a>>, BatchError> {
    if field.number == log_record::ATTRIBUTES {
        let Payload::Delimited(inside, at) = field.payload else { return Err(wrong_wire_type(field.start)) };
        count(attributes, field.start)?;
        return Ok(Some(Content::Attribute(key_value(inside, at)?)));
    }
    if log_record::is_known(field.number) {
        seen.once(field.number, field.start)?;
    }
    Ok(Some(match (field.number, field.payload) {
        (log_record::TIME_UNIX_NANO, Payload::Fixed64(time)) => {
            (envelope.time_unix_nano, envelope.has_time) = (time, true);
            Content::Time
        }
        (log_record::OBSERVED_TIME_UNIX_NANO, Payload::Fixed64(time)) => {
            envelope.observed_time_unix_nano = time;
            return Ok(None);
        }
        (log_record::SEVERITY_NUMBER, Payload::Varint(number)) => {
            // An enum is an int32: a negative one is sign-extended to 64 bits.
            i32::try_from(number as i64).map_err(|_| too_wide(field.start))?;
            return Ok(None);
        }
        (log_record::DROPPED_ATTRIBUTES_COUNT, Payload::Varint(number)) => {
            fits_u32(number, field.start)?;
            return Ok(None);
        }
        (log_record::FLAGS, Payload::Fixed32) => return Ok(None),
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
            0 | 16 => return Ok(None),
            _ => Content::TraceId,
        },
        (log_record::SPAN_ID, Payload::Delimited(id, _)) => match id.bytes().len() {
            0 | 8 => return Ok(None),
            _ => Content::SpanId,
        },
        (number, _) if log_record::is_known(number) => return Err(wrong_wire_type(field.start)),
        _ => Content::Unknown,
    }))
}

/// Puts a slot after those of this record that stand already.
#[inline(always)]
fn put<'a>(slots: &mut Vec<Slot<'a>>, at: &mut usize, slot: Slot<'a>) -> Result<(), BatchError> {
    match slots.get_mut(*at) {
        Some(place) => *place = slot,
        None => push(slots, slot)?,
    }
    *at += 1;
    Ok(())
}

/// The number of a record's series, by its first attribute. Another number would change nothing but the time it takes.
#[inline(always)]
fn series_of(mut reader: Reader<'_>) -> usize {
    for _ in 0..FIELDS_BEFORE_ATTRIBUTES {
        if let Some((inside, _)) = reader.next_short(ATTRIBUTE_TAG) {
            let bytes = inside.bytes();
            let tail = bytes.last_chunk::<8>().map_or(0, |tail| u64::from_le_bytes(*tail));
            let mixed = (tail ^ bytes.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            return (mixed >> (64 - SERIES.ilog2())) as usize;
        }
        if !matches!(reader.next(), Ok(Some(_))) {
            break;
        }
    }
    0
}

/// Time, observed time, severity as number and text, body, event name: an encoder may write them first.
const FIELDS_BEFORE_ATTRIBUTES: usize = 6;

/// The tag of a record's attribute.
const ATTRIBUTE_TAG: u8 = (log_record::ATTRIBUTES << 3 | wire_type::DELIMITED) as u8;
