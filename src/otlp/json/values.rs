//! Attributes and values: `KeyValue`, `AnyValue`, and the lists in them, at any depth.
//!
//! Must not know whose they are. Keeps I2: two kinds in one value, and a kind that no schema names, are refused. Keeps
//! I5: what is open stands on a stack of its own, which the reader of the text has bounded.

use alloc::vec::Vec;

use super::Door;
use super::place::Kind;
use super::read::{NEARLY, Reading, TWICE, WRONG_TYPE, out_of_range, plain};
use super::scalar::put_base64;
use super::schema::{any_member, list_member, member, pair_member};
use crate::bytes::append;
use crate::error::BatchError;
use crate::json::{Token, TokenKind, double};
use crate::otlp::fields::{any_value, key_value, list};
use crate::otlp::{NewValue, put_any_value, put_key_value};
use crate::wire::{length_delimited_len, put_length};

/// An object that is open.
#[derive(Clone, Copy, Debug)]
pub(super) enum Frame {
    Any(Any),
    List(List),
    Pair(Pair),
}

/// A `KeyValue`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    place: usize,
    /// The field of the image in which it stands.
    number: u32,
    /// Its message in the image, once that has begun: a value that is not a list is written when everything is known.
    header: Option<usize>,
    key: Option<Token>,
    value: Held,
    seen: u16,
    unknown: usize,
}

/// An `AnyValue`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Any {
    place: usize,
    number: u32,
    start: usize,
    /// Its message in the image, if it holds a list.
    header: Option<usize>,
    value: Held,
    seen: u16,
    /// The name of its first member, and where that member ends.
    name: usize,
    value_start: usize,
    value_end: usize,
}

/// An `ArrayValue` or a `KeyValueList`.
#[derive(Clone, Copy, Debug)]
pub(super) struct List {
    is_map: bool,
    header: usize,
    /// Between the brackets of `values`.
    is_inside: bool,
    seen: u16,
    unknown: usize,
}

/// What an `AnyValue` holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Held {
    Bool(bool),
    /// Base64.
    Bytes(Token),
    Double(f64),
    Int(i64),
    /// It stands in the image.
    List,
    Nothing,
    String(Token),
}

impl Reading<'_, '_> {
    /// The attributes of a message, whose bracket was read, into field `number`. Where they end.
    pub(super) fn attributes(&mut self, number: u32) -> Result<usize, BatchError> {
        loop {
            self.attributes_like_before(number)?;
            let token = self.token()?;
            match token.kind {
                TokenKind::ObjectStart => {
                    let pair = self.pair(Kind::Attribute, number, token.start)?;
                    self.read_all(pair)?;
                }
                TokenKind::ArrayEnd => return Ok(token.end),
                _ => return Err(self.wrong_element(token)),
            }
        }
    }

    /// The value of the member that begins at `start`, whose bracket was read.
    pub(super) fn body(&mut self, number: u32, start: usize, value: usize) -> Result<(), BatchError> {
        let place = self.place(Kind::Any, start)?;
        self.read_all(Frame::Any(Any::new(place, number, value)))
    }

    fn pair(&mut self, kind: Kind, number: u32, start: usize) -> Result<Frame, BatchError> {
        let (place, unknown) = (self.place(kind, start)?, self.door.unknown.len());
        let (header, key, value, seen) = (None, None, Held::Nothing, 0);
        Ok(Frame::Pair(Pair { place, number, header, key, value, seen, unknown }))
    }

    /// Reads what has begun, and everything in it, to its end.
    fn read_all(&mut self, first: Frame) -> Result<(), BatchError> {
        let mut frames = core::mem::take(&mut self.door.frames);
        frames.clear();
        frames.push(first);
        while let Some((frame, outer)) = frames.split_last_mut() {
            let token = self.token()?;
            let inner = match (frame, token.kind) {
                (Frame::Pair(pair), TokenKind::Key(escaped)) => self.pair_member(pair, token, escaped)?,
                (Frame::Any(any), TokenKind::Key(escaped)) => self.any_member(any, outer.last_mut(), token, escaped)?,
                (Frame::List(list), TokenKind::Key(escaped)) => {
                    self.list_member(list, token, escaped)?;
                    None
                }
                (Frame::List(List { is_inside: true, is_map: true, .. }), TokenKind::ObjectStart) => {
                    Some(self.pair(Kind::Entry, list::VALUES, token.start)?)
                }
                (Frame::List(List { is_inside: true, .. }), TokenKind::ObjectStart) => {
                    let place = self.place(Kind::Any, token.start)?;
                    Some(Frame::Any(Any::new(place, list::VALUES, token.start)))
                }
                (Frame::List(list), TokenKind::ArrayEnd) => {
                    list.is_inside = false;
                    None
                }
                (frame, TokenKind::ObjectEnd) => {
                    match (*frame, outer.last_mut()) {
                        (Frame::Pair(pair), _) => self.end_pair(pair, token.end),
                        (Frame::Any(any), outer) => self.end_any(any, outer, token.end),
                        (Frame::List(list), outer) => self.end_list(list, outer, token.end),
                    }
                    frames.pop();
                    None
                }
                _ => return Err(self.wrong_element(token)),
            };
            frames.extend(inner);
        }
        self.door.frames = frames;
        Ok(())
    }

    fn pair_member(&mut self, pair: &mut Pair, name: Token, escaped: bool) -> Result<Option<Frame>, BatchError> {
        let known = self.known(name, escaped, pair_member)?;
        if known == member::UNKNOWN {
            self.unknown_name(name, pair.unknown, pair_member)?;
            let value = self.token()?;
            self.begin_pair(pair);
            self.unknown(name, value)?;
            return Ok(None);
        }
        once(name, &mut pair.seen, known)?;
        let value = self.token()?;
        match (known, value.kind) {
            (_, TokenKind::Literal) if self.is_null(value) => {
                if known == member::VALUE
                    && let Some(place) = self.door.places.get_mut(pair.place)
                {
                    (place.value, place.value_end) = (value.start as u32, value.end as u32);
                }
                Ok(None)
            }
            (member::KEY, TokenKind::String(_)) => {
                pair.key = Some(value);
                Ok(None)
            }
            (member::VALUE, TokenKind::ObjectStart) => {
                Ok(Some(Frame::Any(Any::new(pair.place, key_value::VALUE, value.start))))
            }
            (member::KEY_STRINDEX, _) => {
                Err(BatchError::unsupported(name.start, "key_strindex is not read: its table is elsewhere"))
            }
            (member::VALUE, _) => Err(BatchError::malformed(value.start, "a value is not an AnyValue object")),
            _ => Err(BatchError::malformed(value.start, WRONG_TYPE)),
        }
    }

    fn any_member(
        &mut self,
        any: &mut Any,
        outer: Option<&mut Frame>,
        name: Token,
        escaped: bool,
    ) -> Result<Option<Frame>, BatchError> {
        let known = self.known(name, escaped, any_member)?;
        if known == member::UNKNOWN {
            return Err(BatchError::unsupported(name.start, "this kind of AnyValue is not known"));
        }
        let is_first = any.seen == 0;
        once(name, &mut any.seen, known)?;
        let value = self.token()?;
        any.name = if is_first { name.start } else { 0 };
        (any.value_start, any.value_end) = (value.start, value.end);
        let held = match (known, value.kind) {
            (_, TokenKind::Literal) if self.is_null(value) => return Ok(None),
            (member::STRING, TokenKind::String(_)) => Held::String(value),
            (member::BOOL, TokenKind::Literal) => Held::Bool(self.body.get(value.start) == Some(&b't')),
            (member::INT, TokenKind::Number | TokenKind::String(_)) => Held::Int(self.signed(value)?),
            (member::DOUBLE, TokenKind::Number | TokenKind::String(_)) => Held::Double(self.double(value)?),
            (member::BYTES, TokenKind::String(_)) => {
                self.check_base64(value)?;
                Held::Bytes(value)
            }
            (member::ARRAY | member::KEY_VALUE_LIST, TokenKind::ObjectStart) => Held::List,
            (member::STRING_STRINDEX, _) => {
                let reason = "string_value_strindex is not read: its table is elsewhere";
                return Err(BatchError::unsupported(name.start, reason));
            }
            _ => return Err(BatchError::malformed(value.start, WRONG_TYPE)),
        };
        if any.value != Held::Nothing {
            return Err(BatchError::ambiguous(name.start, "an AnyValue holds two values"));
        }
        any.value = held;
        if held != Held::List {
            return Ok(None);
        }
        if let Some(Frame::Pair(pair)) = outer {
            self.begin_pair(pair);
        }
        any.header = Some(self.door.begin(any.number));
        let is_map = known == member::KEY_VALUE_LIST;
        let header = self.door.begin(if is_map { any_value::KEY_VALUE_LIST } else { any_value::ARRAY });
        let unknown = self.door.unknown.len();
        Ok(Some(Frame::List(List { is_map, header, is_inside: false, seen: 0, unknown })))
    }

    fn list_member(&mut self, list: &mut List, name: Token, escaped: bool) -> Result<(), BatchError> {
        let known = self.known(name, escaped, list_member)?;
        if known == member::UNKNOWN {
            self.unknown_name(name, list.unknown, list_member)?;
            let value = self.token()?;
            return self.unknown(name, value);
        }
        once(name, &mut list.seen, known)?;
        let value = self.token()?;
        match value.kind {
            TokenKind::ArrayStart => list.is_inside = true,
            TokenKind::Literal if self.is_null(value) => {}
            _ => return Err(BatchError::malformed(value.start, WRONG_TYPE)),
        }
        Ok(())
    }

    /// Which of the known members a name is.
    #[inline(always)]
    fn known(&mut self, name: Token, escaped: bool, known: fn(&[u8]) -> u16) -> Result<u16, BatchError> {
        if !escaped {
            let found = known(self.inside(name));
            if found != member::UNKNOWN {
                return Ok(found);
            }
        }
        self.name(name, escaped)?;
        Ok(known(&self.door.name))
    }

    /// Notes the name in `door.name`, which no schema has. Somebody may take it for the member that it is not quite.
    fn unknown_name(&mut self, name: Token, unknown: usize, known: fn(&[u8]) -> u16) -> Result<(), BatchError> {
        match known(self.fold(name, unknown)?) {
            member::UNKNOWN => Ok(()),
            _ => Err(BatchError::ambiguous(name.start, NEARLY)),
        }
    }

    /// Begins the message of a `KeyValue`.
    fn begin_pair(&mut self, pair: &mut Pair) {
        if pair.header.is_none() {
            pair.header = Some(self.door.begin(pair.number));
        }
    }

    fn end_pair(&mut self, mut pair: Pair, end: usize) {
        self.door.forget_unknown(pair.unknown);
        if let Some(place) = self.door.places.get_mut(pair.place) {
            place.end = end as u32;
        }
        let Door { image, name, text, .. } = &mut *self.door;
        let key = pair.key.map(|key| plain(self.body, key, name)).unwrap_or_default();
        if let (None, Some(value)) = (pair.header, pair.value.written(self.body, text)) {
            put_key_value(image, pair.number, key, value);
            self.learn(pair.place, pair.key, pair.value);
            return;
        }
        self.begin_pair(&mut pair);
        if let Some(key) = pair.key {
            // Behind a value that is a list: a reader takes them in either order.
            self.put_string(key_value::KEY, key);
        }
        if !matches!(pair.value, Held::List | Held::Nothing) {
            self.put_any(key_value::VALUE, pair.value);
        }
        pair.header.into_iter().for_each(|header| self.door.end(header));
    }

    fn end_list(&mut self, list: List, outer: Option<&mut Frame>, end: usize) {
        self.door.end(list.header);
        self.door.forget_unknown(list.unknown);
        if let Some(Frame::Any(any)) = outer {
            any.value_end = end;
        }
    }

    fn end_any(&mut self, any: Any, outer: Option<&mut Frame>, end: usize) {
        let is_alone = any.name != 0;
        if let Some(place) = self.door.places.get_mut(any.place) {
            (place.name, place.end) = (any.name as u32, end as u32);
            let value = if is_alone { (any.value_start, any.value_end) } else { (any.start, end) };
            (place.value, place.value_end) = (value.0 as u32, value.1 as u32);
        }
        match (any.header, outer) {
            (Some(header), outer) => {
                self.door.end(header);
                if let Some(Frame::Pair(pair)) = outer {
                    pair.value = Held::List;
                }
            }
            (None, Some(Frame::Pair(pair))) => pair.value = any.value,
            (None, _) => self.put_any(any.number, any.value),
        }
    }

    /// Appends field `number` with an `AnyValue` that holds no list.
    fn put_any(&mut self, number: u32, value: Held) {
        let Door { image, text, bytes, .. } = &mut *self.door;
        if let Some(value) = value.written(self.body, text) {
            put_any_value(image, number, value);
        } else if let Held::Bytes(token) = value {
            bytes.clear();
            // It was read before, so that it can be read.
            let _ = put_base64(bytes, plain(self.body, token, text));
            put_length(image, number, length_delimited_len(bytes.len()));
            put_length(image, any_value::BYTES, bytes.len());
            append(image, bytes);
        } else {
            put_length(image, number, 0);
        }
    }

    fn check_base64(&mut self, token: Token) -> Result<(), BatchError> {
        let Door { text, bytes, .. } = &mut *self.door;
        bytes.clear();
        put_base64(bytes, plain(self.body, token, text))
            .ok_or_else(|| BatchError::malformed(token.start, "bytes are not in the canonical base64"))
    }

    /// A number, or one of the texts that stand for what JSON has no numbers for.
    fn double(&mut self, token: Token) -> Result<f64, BatchError> {
        let text = plain(self.body, token, &mut self.door.text);
        match (token.kind, text) {
            (TokenKind::String(_), b"NaN") => Ok(f64::NAN),
            (TokenKind::String(_), b"Infinity") => Ok(f64::INFINITY),
            (TokenKind::String(_), b"-Infinity") => Ok(f64::NEG_INFINITY),
            _ => double(text).ok_or_else(|| out_of_range(token)),
        }
    }
}

impl Any {
    fn new(place: usize, number: u32, start: usize) -> Self {
        let (header, value, seen) = (None, Held::Nothing, 0);
        Self { place, number, start, header, value, seen, name: 0, value_start: 0, value_end: 0 }
    }
}

impl Held {
    /// What can be written at once; `scratch` is for a text that has escapes.
    fn written<'t>(self, body: &'t [u8], scratch: &'t mut Vec<u8>) -> Option<NewValue<'t>> {
        Some(match self {
            Self::Bool(switch) => NewValue::Bool(switch),
            Self::Double(number) => NewValue::Double(number),
            Self::Int(number) => NewValue::Int(number),
            Self::String(token) => NewValue::String(plain(body, token, scratch)),
            Self::Bytes(_) | Self::List | Self::Nothing => return None,
        })
    }
}

fn once(name: Token, seen: &mut u16, bit: u16) -> Result<(), BatchError> {
    if *seen & bit != 0 {
        return Err(BatchError::ambiguous(name.start, TWICE));
    }
    *seen |= bit;
    Ok(())
}
