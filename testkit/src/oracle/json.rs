//! JSON held in a text: parsed into a tree by recursion, rewritten where a rule says so, left as it lies elsewhere.
//!
//! Must not be used on hostile depth: it recurses. Strict RFC 8259 by its own reading.

use super::select::Rule;
use super::shared::codex;
use super::shared::policy::Base;
use super::text::{Looker, chars, cut_text, is_cut_word, is_whole_mark, length_mark};

/// Containers inside each other that are still read.
const MAX_DEPTH: usize = 64;

/// A value with its place in the text.
#[derive(Debug)]
pub(super) struct Node {
    start: usize,
    end: usize,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Array(Vec<Node>),
    /// `true`, `false`, `null`.
    Literal,
    Number,
    /// Each key with its place and what it says.
    Object(Vec<(usize, usize, String, Node)>),
    /// What it says.
    String(String),
}

/// Parses a whole text; nothing where it is not JSON.
pub(super) fn parse(text: &str) -> Option<Node> {
    let mut parser = Parser { text, at: 0 };
    let node = parser.value(0)?;
    parser.space();
    (parser.at == text.len()).then_some(node)
}

/// What the inside of a string says, if it is one.
pub(super) fn unescaped(inside: &str) -> Option<String> {
    match parse(&format!("\"{inside}\""))?.kind {
        Kind::String(text) => Some(text),
        _ => None,
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
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
            '{' | '[' if depth == MAX_DEPTH => return None,
            '{' => {
                let mut members = Vec::new();
                self.eat("{")?;
                if self.eat("}").is_none() {
                    loop {
                        self.space();
                        let key_at = self.at;
                        let key = self.string()?;
                        let key_end = self.at;
                        self.eat(":")?;
                        members.push((key_at, key_end, key, self.value(depth + 1)?));
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
            't' => self.eat("true").map(|()| Kind::Literal)?,
            'f' => self.eat("false").map(|()| Kind::Literal)?,
            'n' => self.eat("null").map(|()| Kind::Literal)?,
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

/// The text that is rewritten, piece by piece.
pub(super) struct Rewriter<'t> {
    source: &'t str,
    out: String,
    copied: usize,
    changed: bool,
}

impl<'t> Rewriter<'t> {
    pub(super) fn new(source: &'t str) -> Self {
        Self { source, out: String::new(), copied: 0, changed: false }
    }

    /// The new text, if anything changed.
    pub(super) fn finish(self) -> Option<String> {
        self.changed.then(|| self.out + &self.source[self.copied..])
    }

    fn replace(&mut self, start: usize, end: usize, with: &str) {
        self.out += &self.source[self.copied..start];
        self.out += with;
        self.copied = end;
        self.changed = true;
    }

    /// Goes through the top value, an object or an array.
    pub(super) fn walk(
        &mut self,
        looker: &Looker<'_>,
        root: &Rule,
        rule: &Rule,
        node: &Node,
        path: &mut Vec<String>,
        layer: usize,
    ) {
        let pointed = |path: &[String]| root.nested.iter().find(|(pointer, _)| pointer == path).map(|(_, rule)| rule);
        match &node.kind {
            Kind::Object(members) => {
                for (start, end, key, value) in members {
                    if !looker.detectors.is_clean(key.as_bytes()) {
                        self.replace(*start, *end, "\"[redacted]\"");
                    }
                    path.push(key.clone());
                    let own = looker.rules.nested_rule(looker.place, key);
                    let in_force = pointed(path).cloned().or(own).unwrap_or_else(|| rule.clone());
                    self.decide(looker, root, &in_force, key, value, path, layer);
                    path.pop();
                }
            }
            Kind::Array(elements) => {
                for (index, value) in elements.iter().enumerate() {
                    path.push(index.to_string());
                    let in_force = pointed(path).unwrap_or(rule).clone();
                    self.decide(looker, root, &in_force, "", value, path, layer);
                    path.pop();
                }
            }
            _ => (),
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one place in a tree, and all that is known of it")]
    fn decide(
        &mut self,
        looker: &Looker<'_>,
        root: &Rule,
        rule: &Rule,
        key: &str,
        node: &Node,
        path: &mut Vec<String>,
        layer: usize,
    ) {
        let base = &rule.treatment.base;
        let cut = rule.treatment.cut;
        let source = &self.source[node.start..node.end];
        let is_container = matches!(node.kind, Kind::Array(_) | Kind::Object(_));
        let replacement = match (base, &node.kind) {
            (Base::KeepUnscanned, _) => None,
            _ if source == "null" => None,
            (Base::Drop, _) => Some("null".to_owned()),
            (Base::Keep | Base::Scan, _) if is_container && cut.is_none() => {
                return self.walk(looker, root, rule, node, path, layer);
            }
            _ if is_container => Some(quoted(mask_of(rule))),
            (_, Kind::String(text)) => string(looker, root, rule, key, text, path, layer).map(|text| quoted(&text)),
            (Base::Mask(_) | Base::Length, _) => Some(quoted(mask_of(rule))),
            _ if cut.is_some() => Some(quoted(mask_of(rule))),
            (_, Kind::Number) if source.bytes().filter(u8::is_ascii_digit).count() >= 12 => {
                looker.scan_once("", source).map(|marked| quoted(&marked))
            }
            _ => None,
        };
        if let Some(replacement) = replacement {
            self.replace(node.start, node.end, &replacement);
        }
    }
}

/// What stands in place of a string, if that is not the string.
fn string(
    looker: &Looker<'_>,
    root: &Rule,
    rule: &Rule,
    key: &str,
    text: &str,
    path: &mut Vec<String>,
    layer: usize,
) -> Option<String> {
    let cut = |text: &str| rule.treatment.cut.and_then(|cut| cut_text(cut, text));
    match &rule.treatment.base {
        Base::Mask(_) => Some(mask_of(rule).to_owned()).filter(|mask| mask != text),
        Base::Length | Base::Word if text.is_empty() || is_whole_mark(text) => None,
        Base::Word
            if codex::is_word(text.as_bytes()) && looker.detectors.is_clean_named(key.as_bytes(), text.as_bytes()) =>
        {
            cut(text)
        }
        Base::Word if rule.treatment.cut.is_some_and(|cut| is_cut_word(looker.detectors, cut, key, text)) => None,
        Base::Length | Base::Word => Some(length_mark(chars(text), "chars")),
        _ => {
            let masked = looker.look(root, rule, key, text, path, layer + 1);
            cut(masked.as_deref().unwrap_or(text)).or(masked)
        }
    }
}

/// What stands in place of a masked value.
pub(super) fn mask_of(rule: &Rule) -> &str {
    match &rule.treatment.base {
        Base::Mask(Some(text)) => text,
        _ => "[redacted]",
    }
}

fn quoted(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_strict_json_is_json() {
        for text in ["{}", "[]", " [1, -0.5e+3, \"\\ud83d\\ude00\", {\"a\": null}] ", "true", "\"x\""] {
            assert!(parse(text).is_some(), "{text}");
        }
        for text in ["", "{", "[1,]", "{\"a\" 1}", "[01]", "[1.]", "\"\\ud83d\"", "\"\\x\"", "[1] x", "nul", "\"\n\""] {
            assert!(parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn what_is_written_is_quoted() {
        assert_eq!(quoted("a\"\\\n\u{1}"), r#""a\"\\\n\u0001""#);
    }
}
