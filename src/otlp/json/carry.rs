//! Carries the edits of the image out on the body.
//!
//! An edit of the image replaces a field, adds fields at a message's end, or is a length prefix, of which JSON has none:
//!
//! | edit of the image | edit of the body |
//! |---|---|
//! | a field goes | its member or element goes, with the comma that is one too many then |
//! | a field gets another value | its value changes: the token only, where the value keeps its kind |
//! | attributes at a message's end | elements at the end of `attributes`, or the member itself |
//! | other fields at a message's end | members at the object's end |
//!
//! **Whose end.** A message and the one around it may end at the same byte. But each edit says how many messages were
//! open when it was made, and a message that changes has an edit of its own before those inside it. So these edits are a
//! stack of the messages that are open.
//!
//! **Commas.** What goes takes the comma before it along, and what goes at the head of a list, where nothing before it is
//! left, the one behind it. So only the last thing that went has to be remembered, and whether something before it stayed.
//!
//! Must not know the rules. Keeps I3 and I5: each gap between two members is looked at no more than twice.

use alloc::vec::Vec;

use super::place::{Kind, Place};
use super::schema::Shape;
use super::write::{key_and_value, kind, put_any, put_key_value, put_name, put_resource, put_string, put_value};
use crate::json::{self, TokenKind, put_unsigned};
use crate::otlp::NewValue;
use crate::otlp::fields::{log_record, resource, resource_logs, scope};
use crate::otlp::value::{Value, shallow};
use crate::wire::{Edits, Field, Payload, Reader, Span};

/// The last member or element that went, by its end.
#[derive(Clone, Copy, Default)]
struct Gone {
    end: usize,
    /// Nothing before it in its object or array stayed.
    is_head: bool,
}

struct Carry<'b, 'o> {
    body: &'b [u8],
    image: &'b [u8],
    is_snake: bool,
    gone: Gone,
    /// The same for the attributes of a record, a resource or a scope, which are added to after what stands behind them
    /// was edited.
    gone_attribute: Gone,
    out: &'o mut Edits,
}

/// Puts into `out` what `edits` of the image are in the body. `None` if they do not fit the image.
pub(super) fn carry(
    body: &[u8],
    image: &[u8],
    places: &[Place],
    is_snake: bool,
    edits: &Edits,
    out: &mut Edits,
) -> Option<()> {
    out.clear();
    let mut carry = Carry { body, image, is_snake, gone: Gone::default(), gone_attribute: Gone::default(), out };
    // The places of the messages that are open, those without one of their own too.
    let mut open: Vec<Option<Place>> = Vec::with_capacity(8);
    // The fields that one message gets at its end.
    let mut added = Vec::new();
    // The place that begins last before the edit, and those after it.
    let mut rest = places;
    let mut edits = edits.iter().peekable();
    while let Some((span, depth, text)) = edits.next() {
        while let [_, next, ..] = rest
            && next.image <= span.start
        {
            rest = rest.get(1..)?;
        }
        open.truncate(depth);
        let is_empty = span.start == span.end;
        match rest {
            [place, inside @ ..] if place.image == span.start && !is_empty => carry.replace(place, inside, text)?,
            _ if is_empty && !text.is_empty() => {
                added.extend_from_slice(text);
                if !edits.peek().is_some_and(|next| (next.0, next.1) == (span, depth) && !next.2.is_empty()) {
                    carry.insert(open.last()?.as_ref()?, &added)?;
                    added.clear();
                }
            }
            // Nothing that is not understood is passed over: the edit of a length is followed by those inside the message.
            _ if edits.peek().is_none_or(|next| next.1 != depth + 1) => return None,
            _ => {
                // A length prefix, behind a tag of one byte.
                let is_own = |place: &&Place| place.image + 1 == span.start && matches!(place.kind, Kind::Message(_));
                open.push(rest.first().filter(is_own).copied());
            }
        }
    }
    Some(())
}

impl<'b> Carry<'b, '_> {
    /// A field is replaced by `text`, which is encoded; it goes if that is nothing.
    fn replace(&mut self, place: &Place, inside: &[Place], text: &[u8]) -> Option<()> {
        if text.is_empty() {
            self.remove(place);
            return Some(());
        }
        let mut reader = Reader::new(text);
        let field = reader.next().ok()??;
        let from = self.out.text.len();
        match (place.kind, field.payload) {
            (Kind::Attribute | Kind::Entry, Payload::Delimited(pair, _)) => {
                return self.replace_pair(place, inside, pair);
            }
            (Kind::Any, Payload::Delimited(any, _)) => {
                return self.replace_any(place, &shallow(any, false).ok()?);
            }
            (Kind::Text, Payload::Delimited(text, _)) => put_string(&mut self.out.text, text.bytes()),
            (Kind::Time, Payload::Fixed64(time)) => put_time(&mut self.out.text, time),
            _ => return None,
        }
        self.out.replace_from(Span { start: place.value, end: place.value_end }, from);
        Some(())
    }

    /// A `KeyValue` becomes another: its value, its key, or both; what no schema names in it goes. `inside` begins with
    /// the places in it.
    fn replace_pair(&mut self, place: &Place, inside: &[Place], pair: Reader<'_>) -> Option<()> {
        let (key, value) = key_and_value(pair)?;
        let sent = self.sent(place)?;
        let has_value = place.value_end > 0;
        let inside = inside.iter().take_while(|inside| inside.start < place.end);
        let pivot = if has_value { place.value } else { place.end };
        // Those in the value go with it.
        let before = inside.clone().take_while(|inside| inside.end <= pivot);
        before.for_each(|unknown| self.remove(unknown));
        if has_value {
            if !NewValue::of(value)?.is(&sent.1) {
                self.replace_any(place, &value)?;
            }
            let behind = inside.filter(|inside| inside.start >= place.value_end);
            behind.for_each(|unknown| self.remove(unknown));
        } else {
            self.add_value(place, &value)?;
        }
        if key != sent.0 {
            let span = self.key_span(place)?;
            let from = self.out.text.len();
            put_string(&mut self.out.text, key);
            self.out.replace_from(span, from);
            // It may stand before the value.
            self.out.settle();
        }
        Some(())
    }

    /// A `KeyValue` that had none gets a value.
    fn add_value(&mut self, place: &Place, value: &Value<'_>) -> Option<()> {
        let (at, from) = (self.end_before(place.end as usize - 1), self.out.text.len());
        self.put_comma(&mut self.has_before(at, self.gone).clone());
        put_name(&mut self.out.text, false, "value", "value");
        self.out.text.push(b':');
        put_any(&mut self.out.text, value, self.is_snake)?;
        self.out.replace_from(Span::new(at, at), from);
        Some(())
    }

    /// Key and value of the `KeyValue` that the image has at `place`.
    fn sent(&self, place: &Place) -> Option<(&'b [u8], Value<'b>)> {
        let field = Reader::new(self.image.get(place.image as usize..)?).next().ok()??;
        let Payload::Delimited(inside, _) = field.payload else { return None };
        key_and_value(inside)
    }

    /// Where the key of the `KeyValue` at `place` stands in the body, if it has one.
    fn key_span(&self, place: &Place) -> Option<Span> {
        let body = self.body.get(..place.end as usize)?;
        let mut reader = json::Reader::of_value(body, place.start as usize);
        let mut name = Vec::new();
        reader.next().ok()??;
        loop {
            let (key, value) = (reader.next().ok()??, reader.next().ok()??);
            name.clear();
            json::unescape(body.get(key.start + 1..key.end.checked_sub(1)?)?, &mut name);
            match value.kind {
                TokenKind::String(_) if name == b"key" => return Some(Span::new(value.start, value.end)),
                TokenKind::ArrayStart | TokenKind::ObjectStart => drop(reader.skip_container().ok()?),
                _ => {}
            }
        }
    }

    /// A value changes: its token, and the name before it where it changes its kind. What stands between them stays.
    fn replace_any(&mut self, place: &Place, value: &Value<'_>) -> Option<()> {
        let (span, mut from) = (Span { start: place.value, end: place.value_end }, self.out.text.len());
        if place.name == 0 {
            put_any(&mut self.out.text, value, self.is_snake)?;
            self.out.replace_from(span, from);
            return Some(());
        }
        let (camel, snake) = kind(value)?;
        let name = self.body.get(place.name as usize + 1..place.value as usize)?;
        let is_kept = |known: &str| name.strip_prefix(known.as_bytes()).is_some_and(|rest| rest.first() == Some(&b'"'));
        if !is_kept(camel) && !is_kept(snake) {
            // No name of a kind has a quote in it, however it is written. One with escapes is written anew even for the
            // same kind: done in two stages, by way of another kind, it would be.
            let name = name.get(..memchr::memchr(b'"', name)?)?;
            put_name(&mut self.out.text, name.contains(&b'_'), camel, snake);
            let end = place.name + name.len() as u32 + 2;
            self.out.replace_from(Span { start: place.name, end }, from);
            from = self.out.text.len();
        }
        put_value(&mut self.out.text, value)?;
        self.out.replace_from(span, from);
        Some(())
    }

    /// Takes a member or an element out, and the comma that would be one too many.
    fn remove(&mut self, place: &Place) {
        let (start, end) = (place.start as usize, place.end as usize);
        let before = self.end_before(start);
        let before = match self.byte_before(before) {
            Some(b',') => Some(self.end_before(before - 1)),
            _ => None,
        };
        let stays = before.filter(|&before| !(self.gone.is_head && self.gone.end == before));
        let span = match stays {
            Some(before) => Span::new(before, end),
            None => {
                let behind = self.start_behind(end);
                let is_last = self.body.get(behind) != Some(&b',');
                Span::new(start, if is_last { end } else { self.start_behind(behind + 1) })
            }
        };
        self.gone = Gone { end, is_head: stays.is_none() };
        if place.kind == Kind::Attribute {
            self.gone_attribute = self.gone;
        }
        self.out.remove(span);
    }

    /// Fields are added at the end of the message at `place`.
    fn insert(&mut self, place: &Place, text: &[u8]) -> Option<()> {
        let Kind::Message(shape) = place.kind else { return None };
        let list = match shape {
            Shape::LogRecord => log_record::ATTRIBUTES,
            Shape::Resource => resource::ATTRIBUTES,
            Shape::ResourceLogs => resource_logs::RESOURCE,
            Shape::Scope => scope::ATTRIBUTES,
            _ => return None,
        };
        let mut has_list = false;
        let mut reader = Reader::new(text);
        while let Some(field) = reader.next().ok()? {
            has_list |= field.number == list;
        }
        if has_list && place.value_end > 0 {
            let (start, end, from) = (place.value as usize, place.value_end as usize, self.out.text.len());
            let span = if self.body.get(start) == Some(&b'[') {
                let at = self.end_before(end - 1);
                self.put_elements(list, text, self.has_before(at, self.gone_attribute))?;
                Span::new(at, at)
            } else {
                self.put_list(shape, list, text)?;
                Span::new(start, end)
            };
            self.out.replace_from(span, from);
            self.out.settle();
            has_list = false;
        }
        let (at, from) = (self.end_before(place.end as usize - 1), self.out.text.len());
        let mut has_before = self.has_before(at, self.gone);
        if has_list {
            self.put_comma(&mut has_before);
            let name = if shape == Shape::ResourceLogs { "resource" } else { "attributes" };
            put_name(&mut self.out.text, self.is_snake, name, name);
            self.out.text.push(b':');
            self.put_list(shape, list, text)?;
        }
        let mut reader = Reader::new(text);
        while let Some(field) = reader.next().ok()? {
            if field.number != list {
                self.put_comma(&mut has_before);
                self.put_field(shape, &field)?;
            }
        }
        if self.out.text.len() > from {
            self.out.replace_from(Span::new(at, at), from);
        }
        Some(())
    }

    /// Appends a member that a record has not had.
    fn put_field(&mut self, shape: Shape, field: &Field<'_>) -> Option<()> {
        let text = &mut self.out.text;
        match (shape, field.number, field.payload) {
            (Shape::LogRecord, log_record::TIME_UNIX_NANO, Payload::Fixed64(time)) => {
                put_name(text, self.is_snake, "timeUnixNano", "time_unix_nano");
                text.push(b':');
                put_time(text, time);
            }
            (Shape::LogRecord, log_record::EVENT_NAME, Payload::Delimited(name, _)) => {
                put_name(text, self.is_snake, "eventName", "event_name");
                text.push(b':');
                put_string(text, name.bytes());
            }
            _ => return None,
        }
        Some(())
    }

    /// Appends a whole `attributes`, or a whole `resource`.
    fn put_list(&mut self, shape: Shape, list: u32, text: &[u8]) -> Option<()> {
        if shape == Shape::ResourceLogs {
            let Payload::Delimited(resource, _) = Reader::new(text).next().ok()??.payload else { return None };
            return put_resource(&mut self.out.text, resource, self.is_snake);
        }
        self.out.text.push(b'[');
        self.put_elements(list, text, false)?;
        self.out.text.push(b']');
        Some(())
    }

    /// Appends the attributes among the fields of `text` as elements.
    fn put_elements(&mut self, list: u32, text: &[u8], mut has_before: bool) -> Option<()> {
        let mut reader = Reader::new(text);
        while let Some(field) = reader.next().ok()? {
            if field.number == list {
                let Payload::Delimited(pair, _) = field.payload else { return None };
                self.put_comma(&mut has_before);
                put_key_value(&mut self.out.text, pair, self.is_snake)?;
            }
        }
        Some(())
    }

    fn put_comma(&mut self, has_before: &mut bool) {
        if core::mem::replace(has_before, true) {
            self.out.text.push(b',');
        }
    }

    /// Whether something is left in the object or array of which the last member or element ends at `at`.
    fn has_before(&self, at: usize, gone: Gone) -> bool {
        let is_empty = matches!(self.byte_before(at), Some(b'{' | b'['));
        !(is_empty || gone.is_head && gone.end == at)
    }

    fn byte_before(&self, at: usize) -> Option<u8> {
        self.body.get(at.checked_sub(1)?).copied()
    }

    /// Where that ends which stands before `at` and the white space there.
    fn end_before(&self, at: usize) -> usize {
        let before = self.body.get(..at).unwrap_or_default();
        at - before.iter().rev().take_while(|byte| is_white_space(byte)).count()
    }

    /// Where that begins which stands behind the white space at `at`.
    fn start_behind(&self, at: usize) -> usize {
        at + self.body.get(at..).unwrap_or_default().iter().take_while(|byte| is_white_space(byte)).count()
    }
}

fn is_white_space(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

fn put_time(out: &mut Vec<u8>, time: u64) {
    out.push(b'"');
    put_unsigned(out, time);
    out.push(b'"');
}
