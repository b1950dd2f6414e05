//! A strict reader of JSON tokens, without a tree and without recursion.
//!
//! Must not know what the tokens mean. Keeps I5 (one pass, a fixed stack of bits for the nesting) and I8.

use super::number::number_len;
use super::scan::{plain_text, white_space};

/// One token, by its bytes in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// What a token is. A key comes before each value of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    ArrayEnd,
    ArrayStart,
    /// With its quotes; `true` if it has escapes.
    Key(bool),
    /// `true`, `false` or `null`.
    Literal,
    Number,
    ObjectEnd,
    ObjectStart,
    /// With its quotes; `true` if it has escapes.
    String(bool),
}

/// Why a text is not JSON, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotJson {
    pub(crate) at: usize,
    pub(crate) reason: &'static str,
}

/// The reason where a text nests deeper than the reader was told to go.
pub(crate) const TOO_DEEP: &str = "JSON nests too deep";

/// Objects and arrays inside each other, in JSON held in a string.
const MAX_HELD_DEPTH: usize = 64;

/// Objects and arrays inside each other, a bit each. A request with values that nest as deep as they may needs 138.
const MAX_DEPTH: usize = 256;

/// Reads one JSON text.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    text: &'a [u8],
    at: usize,
    /// A bit for each open container: 1 for an object.
    objects: [u64; MAX_DEPTH / 64],
    depth: usize,
    max_depth: usize,
    /// The innermost open container is an object.
    in_object: bool,
    expect: Expect,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expect {
    /// After a key.
    Colon,
    /// After a value: a comma or the container's end.
    CommaOrEnd,
    Done,
    /// Just inside an object: a key or its end.
    KeyOrEnd,
    Key,
    Value,
    /// Just inside an array: a value or its end.
    ValueOrEnd,
}

impl<'a> Reader<'a> {
    /// Reads JSON held in a string.
    pub(crate) fn new(text: &'a [u8]) -> Self {
        let objects = [0; MAX_DEPTH / 64];
        Self { text, at: 0, objects, depth: 0, max_depth: MAX_HELD_DEPTH, in_object: false, expect: Expect::Value }
    }

    /// Reads a whole request.
    pub(crate) fn of_request(text: &'a [u8]) -> Self {
        Self { max_depth: MAX_DEPTH, ..Self::new(text) }
    }

    /// Reads a value of a request again, from where it begins to the end of `text`.
    pub(crate) fn of_value(text: &'a [u8], start: usize) -> Self {
        Self { at: start, ..Self::of_request(text) }
    }

    /// The next token; nothing after the top value, behind which only white space may stand.
    #[inline]
    pub(crate) fn next(&mut self) -> Result<Option<Token>, NotJson> {
        self.skip_white_space();
        let separated = match (self.expect, self.peek()) {
            (Expect::CommaOrEnd, Some(b',')) if self.in_object => Some(Expect::Key),
            (Expect::CommaOrEnd, Some(b',')) | (Expect::Colon, Some(b':')) => Some(Expect::Value),
            _ => None,
        };
        if let Some(expect) = separated {
            self.at += 1;
            self.expect = expect;
            self.skip_white_space();
        }
        let start = self.at;
        let Some(byte) = self.peek() else {
            return if self.expect == Expect::Done { Ok(None) } else { Err(self.not("text ends in the middle")) };
        };
        let kind = match (self.expect, byte) {
            (Expect::KeyOrEnd | Expect::CommaOrEnd, b'}') if self.in_object => self.close(TokenKind::ObjectEnd),
            (Expect::ValueOrEnd | Expect::CommaOrEnd, b']') if !self.in_object => self.close(TokenKind::ArrayEnd),
            (Expect::Key | Expect::KeyOrEnd, b'"') => self.key()?,
            (Expect::Value | Expect::ValueOrEnd, _) => self.value(byte)?,
            (expect, _) => return Err(self.not(expect.reason())),
        };
        Ok(Some(Token { kind, start, end: self.at }))
    }

    /// Skips what is left of the container that was opened last; the end of it.
    pub(crate) fn skip_container(&mut self) -> Result<usize, NotJson> {
        let outside = self.depth.saturating_sub(1);
        loop {
            match self.next()? {
                Some(token) if self.depth == outside => return Ok(token.end),
                Some(_) => {}
                None => return Err(self.not("text ends in the middle")),
            }
        }
    }

    /// Where the next element of the array begins that is being read, or something that is none.
    #[inline(always)]
    pub(crate) fn next_element(&self) -> Option<usize> {
        let at = white_space(self.text, self.at);
        match self.expect {
            Expect::ValueOrEnd => Some(at),
            Expect::CommaOrEnd if self.text.get(at) == Some(&b',') => Some(white_space(self.text, at + 1)),
            _ => None,
        }
    }

    /// Where the next member of the object begins that is being read, or something that is none.
    #[inline(always)]
    pub(crate) fn next_member(&self) -> Option<usize> {
        let at = white_space(self.text, self.at);
        match self.expect {
            Expect::KeyOrEnd => Some(at),
            Expect::CommaOrEnd if self.text.get(at) == Some(&b',') => Some(white_space(self.text, at + 1)),
            _ => None,
        }
    }

    /// Goes on behind an element or a member that somebody else has read to its `end`.
    #[inline(always)]
    pub(crate) fn passed(&mut self, end: usize) {
        (self.at, self.expect) = (end, Expect::CommaOrEnd);
    }

    fn value(&mut self, byte: u8) -> Result<TokenKind, NotJson> {
        match byte {
            b'{' => self.open(true, TokenKind::ObjectStart, Expect::KeyOrEnd),
            b'[' => self.open(false, TokenKind::ArrayStart, Expect::ValueOrEnd),
            b'"' => {
                let escaped = self.string()?;
                self.after_value();
                Ok(TokenKind::String(escaped))
            }
            b't' => self.literal(b"true"),
            b'f' => self.literal(b"false"),
            b'n' => self.literal(b"null"),
            _ => {
                self.number()?;
                self.after_value();
                Ok(TokenKind::Number)
            }
        }
    }

    fn key(&mut self) -> Result<TokenKind, NotJson> {
        let escaped = self.string()?;
        self.expect = Expect::Colon;
        Ok(TokenKind::Key(escaped))
    }

    fn open(&mut self, is_object: bool, kind: TokenKind, expect: Expect) -> Result<TokenKind, NotJson> {
        if self.depth == self.max_depth {
            return Err(self.not(TOO_DEEP));
        }
        let bit = 1 << (self.depth % 64);
        if let Some(word) = self.objects.get_mut(self.depth / 64) {
            *word = if is_object { *word | bit } else { *word & !bit };
        }
        self.at += 1;
        self.depth += 1;
        self.in_object = is_object;
        self.expect = expect;
        Ok(kind)
    }

    fn close(&mut self, kind: TokenKind) -> TokenKind {
        self.at += 1;
        self.depth -= 1;
        let outside = self.depth.wrapping_sub(1);
        self.in_object = self.objects.get(outside / 64).is_some_and(|word| word >> (outside % 64) & 1 == 1);
        self.after_value();
        kind
    }

    #[inline(always)]
    fn after_value(&mut self) {
        self.expect = if self.depth == 0 { Expect::Done } else { Expect::CommaOrEnd };
    }

    fn literal(&mut self, word: &[u8]) -> Result<TokenKind, NotJson> {
        if !self.rest().starts_with(word) {
            return Err(self.not(NO_VALUE));
        }
        self.at += word.len();
        self.after_value();
        Ok(TokenKind::Literal)
    }

    /// Whether the string at the cursor has escapes. Control characters, bad escapes, lone surrogates and bytes that are
    /// not UTF-8 are not JSON.
    #[inline(always)]
    fn string(&mut self) -> Result<bool, NotJson> {
        self.at += 1;
        self.at += plain_text(self.text, self.at);
        if self.peek() == Some(b'"') {
            self.at += 1;
            return Ok(false);
        }
        self.rare_string()
    }

    /// The rest of a string that is not all plain text.
    #[inline(never)]
    fn rare_string(&mut self) -> Result<bool, NotJson> {
        let (start, mut escaped, mut ascii) = (self.at, false, true);
        loop {
            match self.take() {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    match self.take() {
                        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {}
                        Some(b'u') => self.unicode_escape()?,
                        _ => return Err(self.not("an escape that JSON does not have")),
                    }
                }
                Some(0..0x20) => return Err(self.not("a control character in a string")),
                Some(byte) => ascii &= byte.is_ascii(),
                None => return Err(self.not("text ends in the middle")),
            }
            self.at += plain_text(self.text, self.at);
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        match core::str::from_utf8(text) {
            Err(error) if !ascii => Err(NotJson { at: start + error.valid_up_to(), reason: "string is not UTF-8" }),
            _ => Ok(escaped),
        }
    }

    fn unicode_escape(&mut self) -> Result<(), NotJson> {
        match self.hex4()? {
            0xd800..0xdc00 if self.take() == Some(b'\\') && self.take() == Some(b'u') => match self.hex4()? {
                0xdc00..0xe000 => Ok(()),
                _ => Err(self.not(LONE_SURROGATE)),
            },
            0xd800..0xe000 => Err(self.not(LONE_SURROGATE)),
            _ => Ok(()),
        }
    }

    fn hex4(&mut self) -> Result<u32, NotJson> {
        let mut value = 0;
        for _ in 0..4 {
            let digit = self.take().and_then(|byte| char::from(byte).to_digit(16));
            value = value << 4 | digit.ok_or_else(|| self.not("an escape that JSON does not have"))?;
        }
        Ok(value)
    }

    fn number(&mut self) -> Result<(), NotJson> {
        let start = self.at;
        match number_len(self.rest()) {
            Some(length) => self.at += length,
            None => return Err(NotJson { at: start, reason: NO_VALUE }),
        }
        Ok(())
    }

    #[inline(always)]
    fn skip_white_space(&mut self) {
        self.at = white_space(self.text, self.at);
    }

    fn rest(&self) -> &'a [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    #[inline(always)]
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn take(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    #[cold]
    fn not(&self, reason: &'static str) -> NotJson {
        NotJson { at: self.at, reason }
    }
}

const NO_VALUE: &str = "no JSON value begins here";
const LONE_SURROGATE: &str = "a surrogate without its other half";

impl Expect {
    /// What is wrong where something else stands.
    fn reason(self) -> &'static str {
        match self {
            Self::Colon => "a colon is missing",
            Self::CommaOrEnd => "a comma or a closing bracket is missing",
            Self::Done => "something stands behind the end",
            Self::Key | Self::KeyOrEnd => "a member's name is missing",
            Self::Value | Self::ValueOrEnd => NO_VALUE,
        }
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may fail loudly")]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    fn tokens(text: &str) -> Result<Vec<(TokenKind, &str)>, NotJson> {
        let mut reader = Reader::new(text.as_bytes());
        let mut tokens = Vec::new();
        while let Some(token) = reader.next()? {
            tokens.push((token.kind, &text[token.start..token.end]));
        }
        Ok(tokens)
    }

    #[test]
    fn yields_each_token_where_it_lies() {
        use TokenKind::*;
        let expected = [
            (ObjectStart, "{"),
            (Key(false), "\"a\""),
            (ArrayStart, "["),
            (Number, "-1.5e+3"),
            (Literal, "null"),
            (ArrayEnd, "]"),
            (Key(true), "\"b\\n\""),
            (String(true), "\"\\ud83d\\ude00\""),
            (ObjectEnd, "}"),
        ];
        assert_eq!(tokens("{ \"a\" :[-1.5e+3, null],\"b\\n\":\"\\ud83d\\ude00\"} ").unwrap(), expected);
    }

    /// Scenario: text that lenient readers accept.
    /// Guarantees: it is not JSON here, so it is treated as plain text rather than half understood (I2).
    #[test]
    fn what_strict_json_forbids_is_not_json() {
        for text in [
            "",
            "{",
            "{]",
            "[}",
            "[1,]",
            "{,}",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{a:1}",
            "{'a':1}",
            "[01]",
            "[1.]",
            "[.5]",
            "[+1]",
            "[1e]",
            "[nul]",
            "[\"\\x\"]",
            "[\"\\ud800\"]",
            "[\"\\udc00\"]",
            "[\"\\ud800\\u0041\"]",
            "[\"\t\"]",
            "[\"a]",
            "[] []",
            "[]x",
            "[1 2]",
            "{\"a\" \"b\"}",
            "[NaN]",
            "{\"a\",1}",
            "[1:2]",
        ] {
            assert!(tokens(text).is_err(), "{text}");
        }
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
        assert!(tokens(&nested(64)).is_ok());
        assert_eq!(tokens(&nested(65)), Err(NotJson { at: 64, reason: TOO_DEEP }));
    }

    #[test]
    fn a_container_can_be_skipped() {
        let text = b"[{\"a\":[1,{}]},2]";
        let mut reader = Reader::new(text);
        reader.next().unwrap();
        reader.next().unwrap();
        assert_eq!(reader.skip_container(), Ok(13));
        assert_eq!(reader.next().unwrap().map(|token| token.kind), Some(TokenKind::Number));
    }
}
