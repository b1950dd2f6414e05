//! Reads a request in JSON and writes its image: the same telemetry in protobuf, with a list of where each field lies.
//!
//! Must not know what is done with it. Keeps I2: a member given twice, in whatever spelling, a value of another type than
//! its field and a number that does not fit are refused, and what no schema names stands in the image as an unknown
//! field. Keeps I5: one pass; the functions here nest as the schema does, and values have a stack of their own.

use alloc::vec::Vec;

use super::place::{Kind, Place};
use super::scalar::put_hex;
use super::schema::{Field, Shape, Type, fold, severity};
use super::{Door, UNKNOWN_FIELD};
use crate::bytes::{append, equal};
use crate::error::BatchError;
use crate::json::{Integer, NotJson, Reader, TOO_DEEP, Token, TokenKind, integer, unescape};
use crate::limits::MAX_UNKNOWN_MEMBERS;
use crate::otlp::fields::{log_record, resource_logs};
use crate::wire::{Span, put_length, put_tag, put_varint, wire_type};

/// One batch that is being read.
pub(super) struct Reading<'d, 'b> {
    pub(super) body: &'b [u8],
    pub(super) reader: Reader<'b>,
    pub(super) door: &'d mut Door,
}

pub(super) const WRONG_TYPE: &str = "a value of another type than its field's; is this a batch of logs?";
pub(super) const TWICE: &str = "an object has a member twice";
pub(super) const NEARLY: &str = "a member is spelt nearly as a field is; some reader takes it for that";

impl Reading<'_, '_> {
    /// Reads the whole request.
    pub(super) fn request(&mut self) -> Result<(), BatchError> {
        let token = self.token()?;
        if token.kind != TokenKind::ObjectStart {
            return Err(BatchError::malformed(token.start, "a batch is a JSON object"));
        }
        self.members(Shape::Request, None)?;
        match self.reader.next() {
            Ok(_) => Ok(()),
            Err(error) => Err(not_json(error)),
        }
    }

    #[inline(always)]
    pub(super) fn token(&mut self) -> Result<Token, BatchError> {
        match self.reader.next() {
            Ok(Some(token)) => Ok(token),
            Ok(None) => Err(BatchError::malformed(self.body.len(), "text ends in the middle")),
            Err(error) => Err(not_json(error)),
        }
    }

    /// A message whose bracket was read, in the member or element that begins at `start`.
    fn message(&mut self, shape: Shape, number: u32, start: usize) -> Result<(), BatchError> {
        let place = self.place(Kind::Message(shape), start)?;
        let header = self.door.begin(number);
        let end = self.members(shape, Some(place))?;
        self.door.end(header);
        if let Some(place) = self.door.places.get_mut(place) {
            place.end = end as u32;
        }
        Ok(())
    }

    /// The members of an object whose bracket was read; its end.
    fn members(&mut self, shape: Shape, place: Option<usize>) -> Result<usize, BatchError> {
        let (mut seen, mut guess) = (0u32, 0);
        let unknown = self.door.unknown.len();
        let is_record = shape == Shape::LogRecord;
        loop {
            if is_record && self.repeats_member(&mut seen, &mut guess)? {
                continue;
            }
            let token = self.token()?;
            let TokenKind::Key(escaped) = token.kind else {
                self.door.forget_unknown(unknown);
                if is_record {
                    self.door.next_record();
                }
                return Ok(token.end);
            };
            let field = self.field(shape.fields(), &mut guess, token, escaped, &mut seen, unknown)?;
            let (image, places) = (self.door.image.len(), self.door.places.len());
            let value = self.token()?;
            match field {
                Some(field) => self.value(shape, field, place, token, value)?,
                None => self.unknown(token, value)?,
            }
            if is_record {
                let is_alone = !matches!(value.kind, TokenKind::ObjectStart | TokenKind::ArrayStart);
                self.note_member(field.filter(|_| is_alone), Span::new(token.start, value.end), image, places);
            }
        }
    }

    /// The field that a member's name means. The members of an object come in the order of the schema more often than
    /// not, so the field after the last is the first guess.
    #[inline]
    fn field(
        &mut self,
        fields: &'static [Field],
        guess: &mut usize,
        token: Token,
        escaped: bool,
        seen: &mut u32,
        unknown: usize,
    ) -> Result<Option<&'static Field>, BatchError> {
        if let Some(field) = fields.get(*guess)
            && equal(self.inside(token), field.camel.as_bytes())
        {
            self.once(token, seen, 1 << field.number)?;
            self.note_spelling(field, false);
            *guess += 1;
            return Ok(Some(field));
        }
        self.name(token, escaped)?;
        let name = self.door.name.as_slice();
        let is_named = |field: &Field| field.camel.as_bytes() == name || field.snake.as_bytes() == name;
        if let Some((field, next)) = fields.iter().zip(1..).find(|(field, _)| is_named(field)) {
            let is_snake = field.snake.as_bytes() == name;
            self.note_spelling(field, is_snake);
            self.once(token, seen, 1 << field.number)?;
            *guess = next;
            return Ok(Some(field));
        }
        let folded = self.fold(token, unknown)?;
        // Somebody may take it for the field that it is not quite.
        match fields.iter().any(|field| field.camel.as_bytes() == folded) {
            true => Err(BatchError::ambiguous(token.start, NEARLY)),
            false => Ok(None),
        }
    }

    /// The first name that is not the same in both spellings says how names are spelled here.
    fn note_spelling(&mut self, field: &Field, is_snake: bool) {
        if self.door.is_snake.is_none() && field.camel != field.snake {
            self.door.is_snake = Some(is_snake);
        }
    }

    fn once(&self, token: Token, seen: &mut u32, bit: u32) -> Result<(), BatchError> {
        if *seen & bit != 0 {
            return Err(BatchError::ambiguous(token.start, TWICE));
        }
        *seen |= bit;
        Ok(())
    }

    /// Puts a member's name into `door.name`, without its escapes.
    pub(super) fn name(&mut self, token: Token, escaped: bool) -> Result<(), BatchError> {
        let inside = inside(self.body, token);
        self.door.name.clear();
        match escaped {
            true => unescape(inside, &mut self.door.name),
            false => self.door.name.extend_from_slice(inside),
        }
        if self.door.name.is_empty() {
            return Err(BatchError::malformed(token.start, "a member's name is empty"));
        }
        Ok(())
    }

    /// Notes the name in `door.name`, which no schema has, among those of its object: they begin at `unknown`. Gives the
    /// name as some reader may take it.
    #[inline(never)]
    pub(super) fn fold(&mut self, token: Token, unknown: usize) -> Result<&[u8], BatchError> {
        let Door { name, unknown: names, unknown_text, .. } = &mut *self.door;
        let from = unknown_text.len();
        fold(name, unknown_text);
        let (before, folded) = unknown_text.split_at_checked(from).unwrap_or_default();
        let others = names.get(unknown..).unwrap_or_default();
        if others.len() >= MAX_UNKNOWN_MEMBERS {
            return Err(BatchError::limit(token.start, "more than 64 members that no schema names in one object"));
        }
        if others.iter().any(|&(start, end)| before.get(start..end) == Some(folded)) {
            return Err(BatchError::ambiguous(token.start, TWICE));
        }
        names.push((from, unknown_text.len()));
        Ok(self.door.unknown_text.get(from..).unwrap_or_default())
    }

    /// A member that no schema names, whatever it holds.
    #[inline(never)]
    pub(super) fn unknown(&mut self, name: Token, value: Token) -> Result<(), BatchError> {
        let place = self.place(Kind::Other, name.start)?;
        let end = match value.kind {
            TokenKind::ObjectStart | TokenKind::ArrayStart => self.reader.skip_container().map_err(not_json)?,
            _ => value.end,
        };
        put_tag(&mut self.door.image, UNKNOWN_FIELD, wire_type::VARINT);
        self.door.image.push(0);
        self.close(place, value.start, end, end);
        Ok(())
    }

    /// The value of a field.
    fn value(
        &mut self,
        shape: Shape,
        field: &'static Field,
        place: Option<usize>,
        name: Token,
        value: Token,
    ) -> Result<(), BatchError> {
        let number = field.number;
        match (field.of, value.kind) {
            (_, TokenKind::Literal) if self.is_null(value) => return self.null(shape, field, place, name, value),
            (Type::Text, TokenKind::String(_)) => self.text(number, name.start, value)?,
            (Type::Time, TokenKind::Number | TokenKind::String(_)) => {
                let time = self.unsigned(value)?;
                self.time(number, name, value, time)?;
            }
            (Type::Uint32, TokenKind::Number | TokenKind::String(_)) => {
                let count = u32::try_from(self.unsigned(value)?).map_err(|_| out_of_range(value))?;
                put_tag(&mut self.door.image, number, wire_type::VARINT);
                put_varint(&mut self.door.image, u64::from(count));
            }
            (Type::Fixed32, TokenKind::Number | TokenKind::String(_)) => {
                let flags = u32::try_from(self.unsigned(value)?).map_err(|_| out_of_range(value))?;
                put_tag(&mut self.door.image, number, wire_type::FIXED32);
                self.door.image.extend_from_slice(&flags.to_le_bytes());
            }
            (Type::Enum, TokenKind::Number) => {
                let severity = i32::try_from(self.signed(value)?).map_err(|_| out_of_range(value))?;
                put_tag(&mut self.door.image, number, wire_type::VARINT);
                // A negative enum is sign-extended to 64 bits.
                put_varint(&mut self.door.image, i64::from(severity) as u64);
            }
            (Type::Enum, TokenKind::String(_)) => {
                let named = severity(plain(self.body, value, &mut self.door.text));
                let unknown = || BatchError::malformed(value.start, "a severity that the schema does not name");
                let severity = named.ok_or_else(unknown)?;
                self.door.image.extend_from_slice(&[(number << 3) as u8, severity]);
            }
            (Type::Id, TokenKind::String(_)) => self.id(number, name, value)?,
            (Type::Message(inside), TokenKind::ObjectStart) => {
                self.message(inside, number, name.start)?;
            }
            (Type::Messages(inside), TokenKind::ArrayStart) => loop {
                let token = self.token()?;
                match token.kind {
                    TokenKind::ObjectStart => self.message(inside, number, token.start)?,
                    TokenKind::ArrayEnd => break,
                    _ => return Err(self.wrong_element(token)),
                }
            },
            (Type::Texts, TokenKind::ArrayStart) => loop {
                let token = self.token()?;
                match token.kind {
                    TokenKind::String(_) => self.text(number, token.start, token)?,
                    TokenKind::ArrayEnd => break,
                    _ => return Err(self.wrong_element(token)),
                }
            },
            (Type::Attributes, TokenKind::ArrayStart) => {
                let first = self.door.places.len();
                let end = self.attributes(number)?;
                self.door.repeated = first..self.door.places.len();
                self.note_list(place, value.start, end);
            }
            (Type::AnyValue, TokenKind::ObjectStart) => self.body(number, name.start, value.start)?,
            _ => return Err(BatchError::malformed(value.start, WRONG_TYPE)),
        }
        Ok(())
    }

    /// A field that is absent. Where a rule may want to fill it, the image has it with its default, which means the same,
    /// so that the `null` can give way.
    fn null(
        &mut self,
        shape: Shape,
        field: &Field,
        place: Option<usize>,
        name: Token,
        value: Token,
    ) -> Result<(), BatchError> {
        match (shape, field.number, field.of) {
            (Shape::LogRecord, number @ log_record::TIME_UNIX_NANO, _) => self.time(number, name, value, 0),
            (Shape::LogRecord, number @ log_record::EVENT_NAME, _) => {
                let place = self.place(Kind::Text, name.start)?;
                put_length(&mut self.door.image, number, 0);
                self.close(place, value.start, value.end, value.end);
                Ok(())
            }
            (_, _, Type::Attributes) | (Shape::ResourceLogs, resource_logs::RESOURCE, _) => {
                self.note_list(place, value.start, value.end);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn note_list(&mut self, place: Option<usize>, start: usize, end: usize) {
        if let Some(place) = place.and_then(|place| self.door.places.get_mut(place)) {
            (place.value, place.value_end) = (start as u32, end as u32);
        }
    }

    fn time(&mut self, number: u32, name: Token, value: Token, time: u64) -> Result<(), BatchError> {
        let place = self.place(Kind::Time, name.start)?;
        put_tag(&mut self.door.image, number, wire_type::FIXED64);
        self.door.image.extend_from_slice(&time.to_le_bytes());
        self.close(place, value.start, value.end, value.end);
        Ok(())
    }

    fn text(&mut self, number: u32, start: usize, value: Token) -> Result<(), BatchError> {
        let place = self.place(Kind::Text, start)?;
        self.put_string(number, value);
        self.close(place, value.start, value.end, value.end);
        Ok(())
    }

    /// Appends field `number` with the text of a string token.
    pub(super) fn put_string(&mut self, number: u32, token: Token) {
        let Door { image, text, .. } = &mut *self.door;
        let text = plain(self.body, token, text);
        put_length(image, number, text.len());
        append(image, text);
    }

    fn id(&mut self, number: u32, name: Token, value: Token) -> Result<(), BatchError> {
        let place = self.place(Kind::Other, name.start)?;
        let Door { image, text, bytes, .. } = &mut *self.door;
        bytes.clear();
        put_hex(bytes, plain(self.body, value, text))
            .ok_or_else(|| BatchError::malformed(value.start, "an id is not hexadecimal"))?;
        put_length(image, number, bytes.len());
        append(image, bytes);
        self.close(place, value.start, value.end, value.end);
        Ok(())
    }

    /// The whole number that a token gives, as a number or in a string.
    fn integer(&mut self, token: Token) -> Result<Integer, BatchError> {
        let text = plain(self.body, token, &mut self.door.text);
        let odd = || BatchError::malformed(token.start, "a whole number is not written as one");
        integer(text).ok_or_else(odd)?.ok_or_else(|| out_of_range(token))
    }

    pub(super) fn signed(&mut self, token: Token) -> Result<i64, BatchError> {
        self.integer(token)?.signed().ok_or_else(|| out_of_range(token))
    }

    fn unsigned(&mut self, token: Token) -> Result<u64, BatchError> {
        self.integer(token)?.unsigned().ok_or_else(|| out_of_range(token))
    }

    /// The inside of a string, with its escapes.
    #[inline(always)]
    pub(super) fn inside(&self, token: Token) -> &[u8] {
        inside(self.body, token)
    }

    pub(super) fn is_null(&self, token: Token) -> bool {
        self.body.get(token.start) == Some(&b'n')
    }

    /// Begins a place: the next field of the image, and the member or element at `start`.
    #[inline]
    pub(super) fn place(&mut self, kind: Kind, start: usize) -> Result<usize, BatchError> {
        self.door.push(Place::new(kind, self.door.image.len(), start))
    }

    /// Ends a place that holds no others.
    #[inline]
    pub(super) fn close(&mut self, place: usize, value: usize, value_end: usize, end: usize) {
        if let Some(place) = self.door.places.get_mut(place) {
            (place.value, place.value_end, place.end) = (value as u32, value_end as u32, end as u32);
        }
    }

    #[cold]
    pub(super) fn wrong_element(&self, token: Token) -> BatchError {
        let reason = match token.kind {
            // A reader of the proto3 mapping refuses it, the Collector takes it for an empty element.
            TokenKind::Literal if self.is_null(token) => "null stands in an array",
            _ => WRONG_TYPE,
        };
        BatchError::malformed(token.start, reason)
    }
}

/// The inside of a string token, with its escapes.
#[inline(always)]
fn inside(body: &[u8], token: Token) -> &[u8] {
    body.get(token.start + 1..token.end.wrapping_sub(1)).unwrap_or_default()
}

/// What a number or a string says, without quotes and escapes; `scratch` is for the latter.
#[inline]
pub(super) fn plain<'t>(body: &'t [u8], token: Token, scratch: &'t mut Vec<u8>) -> &'t [u8] {
    match token.kind {
        TokenKind::String(false) | TokenKind::Key(false) => inside(body, token),
        TokenKind::String(true) | TokenKind::Key(true) => {
            scratch.clear();
            unescape(inside(body, token), scratch);
            scratch
        }
        _ => body.get(token.start..token.end).unwrap_or_default(),
    }
}

#[cold]
fn not_json(error: NotJson) -> BatchError {
    match error.reason {
        TOO_DEEP => BatchError::limit(error.at, TOO_DEEP),
        reason => BatchError::malformed(error.at, reason),
    }
}

#[cold]
pub(super) fn out_of_range(token: Token) -> BatchError {
    BatchError::malformed(token.start, "a number does not fit its field")
}
