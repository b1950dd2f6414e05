//! Strict JSON (RFC 8259) as a tree that remembers where everything stands.
//!
//! Must not know OTLP, nor be used on hostile depth without a limit: it recurses. Keeps what most readers lose: members
//! that come twice, the order of all of them, and how each token is written.

/// A value with its place in the text.
#[derive(Debug)]
pub struct Node {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
}

/// What a value is.
#[derive(Debug)]
pub enum Kind {
    /// An array.
    Array(Vec<Node>),
    /// `true` or `false`.
    Bool(bool),
    /// `null`.
    Null,
    /// A number; its digits stand in the text.
    Number,
    /// An object, with every member that it has.
    Object(Vec<Member>),
    /// What a string says.
    String(String),
}

/// A member of an object.
#[derive(Debug)]
pub struct Member {
    /// Where the name begins, with its quote.
    pub start: usize,
    /// The byte after the name's closing quote.
    pub end: usize,
    /// What the name says.
    pub key: String,
    /// Its value.
    pub value: Node,
}

impl Node {
    /// How it is written.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }
}

/// Parses a whole text; nothing where it is not JSON, or nests deeper.
pub fn parse(text: &str, max_depth: usize) -> Option<Node> {
    let mut parser = Parser { text, at: 0, max_depth };
    let node = parser.value(0)?;
    parser.space();
    (parser.at == text.len()).then_some(node)
}

/// A text in quotes, with no more escapes than JSON asks for.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            plain => out.push(plain),
        }
    }
    out + "\""
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    max_depth: usize,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn eat(&mut self, token: &str) -> Option<()> {
        self.space();
        self.rest().starts_with(token).then(|| self.at += token.len())
    }

    fn value(&mut self, depth: usize) -> Option<Node> {
        self.space();
        let start = self.at;
        let kind = match self.rest().chars().next()? {
            '{' | '[' if depth == self.max_depth => return None,
            '{' => {
                let mut members = Vec::new();
                self.eat("{")?;
                if self.eat("}").is_none() {
                    loop {
                        self.space();
                        let start = self.at;
                        let key = self.string()?;
                        let end = self.at;
                        self.eat(":")?;
                        members.push(Member { start, end, key, value: self.value(depth + 1)? });
                        if self.eat(",").is_none() {
                            self.eat("}")?;
                            break;
                        }
                    }
                }
                Kind::Object(members)
            }
            '[' => {
                let mut elements = Vec::new();
                self.eat("[")?;
                if self.eat("]").is_none() {
                    loop {
                        elements.push(self.value(depth + 1)?);
                        if self.eat(",").is_none() {
                            self.eat("]")?;
                            break;
                        }
                    }
                }
                Kind::Array(elements)
            }
            '"' => Kind::String(self.string()?),
            't' => self.eat("true").map(|()| Kind::Bool(true))?,
            'f' => self.eat("false").map(|()| Kind::Bool(false))?,
            'n' => self.eat("null").map(|()| Kind::Null)?,
            _ => self.number().map(|()| Kind::Number)?,
        };
        Some(Node { start, end: self.at, kind })
    }

    fn number(&mut self) -> Option<()> {
        let digits = |parser: &mut Self| {
            let count = parser.rest().bytes().take_while(u8::is_ascii_digit).count();
            parser.at += count;
            count
        };
        if self.rest().starts_with('-') {
            self.at += 1;
        }
        let zero = self.rest().starts_with('0');
        let count = digits(self);
        if count == 0 || zero && count > 1 {
            return None;
        }
        if self.rest().starts_with('.') {
            self.at += 1;
            (digits(self) > 0).then_some(())?;
        }
        if self.rest().starts_with(['e', 'E']) {
            self.at += 1;
            if self.rest().starts_with(['+', '-']) {
                self.at += 1;
            }
            (digits(self) > 0).then_some(())?;
        }
        Some(())
    }

    fn string(&mut self) -> Option<String> {
        let mut out = String::new();
        let mut characters = self.rest().strip_prefix('"')?.char_indices();
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => {
                    self.at += 1 + at + 1;
                    return Some(out);
                }
                '\\' => match characters.next()?.1 {
                    'b' => out.push('\u{8}'),
                    'f' => out.push('\u{c}'),
                    'n' => out.push('\n'),
                    'r' => out.push('\r'),
                    't' => out.push('\t'),
                    plain @ ('"' | '\\' | '/') => out.push(plain),
                    'u' => {
                        let mut hex = || -> Option<u32> {
                            (0..4).try_fold(0, |code, _| Some(code << 4 | characters.next()?.1.to_digit(16)?))
                        };
                        let mut code = hex()?;
                        if (0xd800..0xdc00).contains(&code) {
                            (characters.next()?.1 == '\\' && characters.next()?.1 == 'u').then_some(())?;
                            let low =
                                (0..4).try_fold(0, |code, _| Some(code << 4 | characters.next()?.1.to_digit(16)?))?;
                            (0xdc00..0xe000).contains(&low).then_some(())?;
                            code = 0x10000 + ((code - 0xd800) << 10 | (low - 0xdc00));
                        }
                        out.push(char::from_u32(code)?);
                    }
                    _ => return None,
                },
                control if control < ' ' => return None,
                plain => out.push(plain),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_strict_json_is_json() {
        for text in ["{}", "[]", " [1, -0.5e+3, \"\\ud83d\\ude00\", {\"a\": null}] ", "true", "\"x\""] {
            assert!(parse(text, 4).is_some(), "{text}");
        }
        for text in [
            "",
            "{",
            "[1,]",
            "{\"a\" 1}",
            "[01]",
            "[1.]",
            "\"\\ud83d\"",
            "\"\\x\"",
            "[1] x",
            "nul",
            "\"\n\"",
            "[[[[[]]]]]",
        ] {
            assert!(parse(text, 4).is_none(), "{text}");
        }
    }

    #[test]
    fn members_keep_their_order_and_their_places() {
        let text = r#" { "a" : 1, "\u0061": [true] } "#;
        let Some(Node { kind: Kind::Object(members), .. }) = parse(text, 4) else { panic!("{text}") };
        let found: Vec<_> =
            members.iter().map(|it| (it.key.as_str(), &text[it.start..it.end], it.value.of(text))).collect();
        assert_eq!(found, [("a", r#""a""#, "1"), ("a", r#""\u0061""#, "[true]")]);
    }

    #[test]
    fn what_is_written_is_quoted() {
        assert_eq!(quoted("a\"\\\n\u{1}"), r#""a\"\\\n\u0001""#);
    }
}
