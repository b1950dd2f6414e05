//! What a batch in JSON repeats: the way in which attributes are written, and members and attributes from one record to the
//! next. None of it is read as JSON a second time.
//!
//! Must not decide what is refused: what differs in one byte from what was read before is read the long way. Keeps I2: what
//! is taken over is taken over whole, and a member that stands twice is met by the same check.

use super::Door;
use super::pattern::{Pattern, Patterns};
use super::place::{Kind, Place};
use super::read::Reading;
use super::schema::Field;
use super::values::Held;
use crate::bytes::equal;
use crate::error::BatchError;
use crate::json::{Token, integer, plain_text};
use crate::otlp::{NewValue, put_key_value};
use crate::wire::{Span, wire_type};

/// A member of a record, read before, that holds nothing but itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    /// In the body.
    text: Span,
    /// What stands for it in the image.
    image: Span,
    /// Its place, if it has one.
    place: Option<Place>,
    /// Its bit among the fields of the record.
    bit: u32,
}

impl Reading<'_, '_> {
    /// Attributes that are written like others before them, as long as there are any.
    #[inline(always)]
    pub(super) fn attributes_like_before(&mut self, number: u32) -> Result<(), BatchError> {
        let body = self.body;
        let Patterns { text: Some(text), integer, switch } = self.door.patterns else { return Ok(()) };
        let quoted = |at| plain_text(body, at);
        let literal = |at| if body.get(at) == Some(&b't') { 4 } else { 5 };
        while let Some(at) = self.reader.next_element() {
            if self.repeats(number, at)? {
                continue;
            }
            let Some(key) = text.key(body, at) else { break };
            let (found, quote, value) = if let Some(found) = text.rest(body, key, quoted) {
                (found, 1, NewValue::String(slice(body, found.value)))
            } else if let Some(found) = integer.and_then(|integer| integer.rest(body, key, quoted)) {
                let Some(number) = whole(slice(body, found.value)) else { break };
                (found, 1, NewValue::Int(number))
            } else if let Some(found) = switch.and_then(|switch| switch.rest(body, key, literal)) {
                match slice(body, found.value) {
                    b"true" => (found, 0, NewValue::Bool(true)),
                    b"false" => (found, 0, NewValue::Bool(false)),
                    _ => break,
                }
            } else {
                break;
            };
            let (value_start, value_end) = (found.value.start - quote, found.value.end + quote);
            let (image, end) = (self.door.image.len() as u32, found.end as u32);
            let (start, name, kind) = (at as u32, found.name, Kind::Attribute);
            self.door.push(Place { image, start, end, name, value: value_start, value_end, kind })?;
            put_key_value(&mut self.door.image, number, slice(body, found.key), value);
            self.reader.passed(found.end);
        }
        Ok(())
    }

    /// Takes the attribute at `at` over from the record before, if it had the very same at this place among its own. Four
    /// of five are: who, where, which version.
    #[inline(always)]
    fn repeats(&mut self, number: u32, at: usize) -> Result<bool, BatchError> {
        let (body, Door { image, places, repeated, .. }) = (self.body, &mut *self.door);
        let Some(known) = repeated.next().and_then(|known| places.get(known)) else { return Ok(false) };
        let text = slice(body, Span { start: known.start, end: known.end });
        let end = at + text.len();
        // The last bytes of two values that differ differ nearly always, and what is around them nearly never.
        let value_end = at + known.value_end.saturating_sub(known.start) as usize;
        let is_like = last_bytes(body, value_end) == last_bytes(body, known.value_end as usize);
        if !is_like || known.kind != Kind::Attribute || !body.get(at..end).is_some_and(|here| equal(here, text)) {
            return Ok(false);
        }
        let from = known.image as usize;
        // Those of a resource stand in another field. Longer ones are rare, and those that hold more places have a length
        // that is padded.
        let Some(&[tag, length @ 0..0x80]) = image.get(from..from + 2).and_then(|head| head.first_chunk()) else {
            return Ok(false);
        };
        let image_end = from + 2 + usize::from(length);
        if u32::from(tag) != (number << 3 | wire_type::DELIMITED) || image_end > image.len() {
            return Ok(false);
        }
        let moved = known.moved_to(image.len(), at);
        image.extend_from_within(from..image_end);
        self.door.push(moved)?;
        self.reader.passed(end);
        Ok(true)
    }

    /// Notes how an attribute is written: the next will be written like it.
    pub(super) fn learn(&mut self, place: usize, key: Option<Token>, value: Held) {
        let Door { places, patterns, .. } = &mut *self.door;
        let (Some(place), Some(key)) = (places.get(place), key) else { return };
        let quote = u32::from(self.body.get(place.value as usize) == Some(&b'"'));
        let pattern = match value {
            Held::Bool(_) => &mut patterns.switch,
            Held::Int(_) if quote == 1 => &mut patterns.integer,
            Held::String(_) => &mut patterns.text,
            _ => return,
        };
        if place.kind == Kind::Attribute && place.name != 0 {
            let value = Span { start: place.value + quote, end: place.value_end - quote };
            let element = Span { start: place.start, end: place.end };
            *pattern = Pattern::around(element, Span::new(key.start + 1, key.end - 1), place.name, value);
        }
    }

    /// Takes the next member over from the record before, if that had the very same at this place among its own. Nearly
    /// all are: no flags, no ids, no severity but one.
    #[inline(always)]
    pub(super) fn repeats_member(&mut self, seen: &mut u32, guess: &mut usize) -> Result<bool, BatchError> {
        let (body, Door { image, before, members, .. }) = (self.body, &mut *self.door);
        let Some(&Some(known)) = before.get(members.len()) else { return Ok(false) };
        let Some(at) = self.reader.next_member() else { return Ok(false) };
        let text = body.get(known.text.start as usize..known.text.end as usize).unwrap_or_default();
        let end = at + text.len();
        // A number may go on where the known one ends.
        let is_whole = matches!(body.get(end), Some(b',' | b'}' | b' ' | b'\n' | b'\r' | b'\t'));
        if known.image.end as usize > image.len() || *seen & known.bit != 0 {
            return Ok(false);
        }
        if !is_whole || !body.get(at..end).is_some_and(|here| equal(here, text)) {
            return Ok(false);
        }
        *seen |= known.bit;
        *guess += 1;
        let image_at = image.len();
        image.extend_from_within(known.image.start as usize..known.image.end as usize);
        members.push(Some(known));
        if let Some(place) = known.place {
            self.door.push(place.moved_to(image_at, at))?;
        }
        self.reader.passed(end);
        Ok(true)
    }

    /// Notes a member of a record for the record after it, if `field` says that it may be taken over. Its fields in the
    /// image begin at `image`, its places at `places`.
    pub(super) fn note_member(&mut self, field: Option<&Field>, text: Span, image: usize, places: usize) {
        let Door { image: written, places: all, members, .. } = &mut *self.door;
        members.push(field.map(|field| Member {
            text,
            image: Span::new(image, written.len()),
            place: all.get(places).copied(),
            bit: 1 << field.number,
        }));
    }
}

impl Door {
    /// A record has ended.
    pub(super) fn next_record(&mut self) {
        core::mem::swap(&mut self.before, &mut self.members);
        self.members.clear();
    }
}

fn slice(body: &[u8], span: Span) -> &[u8] {
    body.get(span.start as usize..span.end as usize).unwrap_or_default()
}

/// The eight bytes before `at`.
fn last_bytes(body: &[u8], at: usize) -> Option<&[u8; 8]> {
    body.get(..at)?.last_chunk()
}

fn whole(text: &[u8]) -> Option<i64> {
    integer(text)??.signed()
}
