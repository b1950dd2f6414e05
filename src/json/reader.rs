//! A strict reader of JSON tokens, without a tree and without recursion.
//!
//! Must not know what the tokens mean. Keeps I5 (one pass, a fixed stack of bits for the nesting) and I8.

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

/// Why a text is not JSON. Where does not matter: the text is then treated as plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotJson;

/// Objects and arrays inside each other; a bit each.
const MAX_DEPTH: u32 = 64;

/// Reads one JSON text.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    text: &'a [u8],
    at: usize,
    /// A bit for each open container, the innermost lowest: 1 for an object.
    objects: u64,
    depth: u32,
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
    pub(crate) fn new(text: &'a [u8]) -> Self {
        Self { text, at: 0, objects: 0, depth: 0, expect: Expect::Value }
    }

    /// The next token; nothing after the top value, behind which only white space may stand.
    pub(crate) fn next(&mut self) -> Result<Option<Token>, NotJson> {
        self.skip_white_space();
        let separated = match (self.expect, self.peek()) {
            (Expect::CommaOrEnd, Some(b',')) if self.in_object() => Some(Expect::Key),
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
            return if self.expect == Expect::Done { Ok(None) } else { Err(NotJson) };
        };
        let kind = match (self.expect, byte) {
            (Expect::KeyOrEnd | Expect::CommaOrEnd, b'}') if self.in_object() => self.close(TokenKind::ObjectEnd),
            (Expect::ValueOrEnd | Expect::CommaOrEnd, b']') if !self.in_object() => self.close(TokenKind::ArrayEnd),
            (Expect::Key | Expect::KeyOrEnd, b'"') => self.key()?,
            (Expect::Value | Expect::ValueOrEnd, _) => self.value(byte)?,
            _ => return Err(NotJson),
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
                None => return Err(NotJson),
            }
        }
    }

    fn value(&mut self, byte: u8) -> Result<TokenKind, NotJson> {
        match byte {
            b'{' => self.open(1, TokenKind::ObjectStart, Expect::KeyOrEnd),
            b'[' => self.open(0, TokenKind::ArrayStart, Expect::ValueOrEnd),
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

    fn open(&mut self, object: u64, kind: TokenKind, expect: Expect) -> Result<TokenKind, NotJson> {
        if self.depth == MAX_DEPTH {
            return Err(NotJson);
        }
        self.at += 1;
        self.objects = self.objects << 1 | object;
        self.depth += 1;
        self.expect = expect;
        Ok(kind)
    }

    fn close(&mut self, kind: TokenKind) -> TokenKind {
        self.at += 1;
        self.objects >>= 1;
        self.depth -= 1;
        self.after_value();
        kind
    }

    fn after_value(&mut self) {
        self.expect = if self.depth == 0 { Expect::Done } else { Expect::CommaOrEnd };
    }

    fn in_object(&self) -> bool {
        self.depth > 0 && self.objects & 1 == 1
    }

    fn literal(&mut self, word: &[u8]) -> Result<TokenKind, NotJson> {
        if !self.rest().starts_with(word) {
            return Err(NotJson);
        }
        self.at += word.len();
        self.after_value();
        Ok(TokenKind::Literal)
    }

    /// Whether the string at the cursor has escapes. Control characters, bad escapes and lone surrogates are not JSON.
    fn string(&mut self) -> Result<bool, NotJson> {
        self.at += 1;
        let mut escaped = false;
        loop {
            let plain = self.rest().iter().position(|&byte| byte == b'"' || byte == b'\\' || byte < 0x20);
            self.at += plain.ok_or(NotJson)?;
            match self.take() {
                Some(b'"') => return Ok(escaped),
                Some(b'\\') => {
                    escaped = true;
                    match self.take() {
                        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {}
                        Some(b'u') => self.unicode_escape()?,
                        _ => return Err(NotJson),
                    }
                }
                _ => return Err(NotJson),
            }
        }
    }

    fn unicode_escape(&mut self) -> Result<(), NotJson> {
        match self.hex4()? {
            0xd800..0xdc00 if self.take() == Some(b'\\') && self.take() == Some(b'u') => match self.hex4()? {
                0xdc00..0xe000 => Ok(()),
                _ => Err(NotJson),
            },
            0xd800..0xe000 => Err(NotJson),
            _ => Ok(()),
        }
    }

    fn hex4(&mut self) -> Result<u32, NotJson> {
        let mut value = 0;
        for _ in 0..4 {
            let digit = self.take().and_then(|byte| char::from(byte).to_digit(16)).ok_or(NotJson)?;
            value = value << 4 | digit;
        }
        Ok(value)
    }

    fn number(&mut self) -> Result<(), NotJson> {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let whole = self.digits();
        let first = self.text.get(self.at.wrapping_sub(whole)).copied();
        if whole == 0 || (whole > 1 && first == Some(b'0')) {
            return Err(NotJson);
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            if self.digits() == 0 {
                return Err(NotJson);
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if self.digits() == 0 {
                return Err(NotJson);
            }
        }
        Ok(())
    }

    fn digits(&mut self) -> usize {
        let count = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        count
    }

    fn skip_white_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn rest(&self) -> &'a [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn take(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
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
            assert_eq!(tokens(text), Err(NotJson), "{text}");
        }
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
        assert!(tokens(&nested(64)).is_ok());
        assert_eq!(tokens(&nested(65)), Err(NotJson));
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
