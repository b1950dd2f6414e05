//! Names that something parts from their value: a type, a word for what a value is, tags, objects.
//!
//! Must not know what a secret looks like. Keeps I5: so much is looked back at, and a name is looked up once.

use super::super::engine::Pass;
use super::super::text::{before, exact_at, folded_at, folded_before, is_blank, part, skip, skip_back};
use super::pair::{self, Join, Value};
use super::quote::{self, Quote};
use super::table::{self, Kind, Name, Trust};
use super::value::LEAST_OF_HINTS;
use super::{LONGEST_NAME, evaluate, quoted};

const STRING: &[u8] = b"<string>";

/// Whether the name at `start..end` is the last part of one that a tag closes: `</password>`, `</db:password>`.
pub(super) fn is_closing(text: &[u8], start: usize, end: usize) -> bool {
    exact_at(text, end, b">") && tag_start(text, start).is_some()
}

/// Where the closing tag starts whose name goes on at `at`.
fn tag_start(text: &[u8], at: usize) -> Option<usize> {
    let name = skip_back(text, at, LONGEST_NAME, |byte| byte.is_ascii_alphanumeric() || b"_-.:".contains(&byte));
    name.checked_sub(2).filter(|&start| exact_at(text, start, b"</"))
}

/// `<key>Password</key><string>…</string>`, as property lists have it, and `<password type="plain">…</password>`: the tag
/// whose name ends at `end` closes the name, or the value.
pub(super) fn told_by_tags(pass: &mut Pass<'_>, name: &Name, start: usize, end: usize) {
    let text = pass.text;
    let Some(tag) = tag_start(text, start) else { return };
    if let Some(trust) = table::trust_at(text, tag) {
        let value = pair::skip_space(text, end + 1);
        if exact_at(text, value, STRING) {
            evaluate(pass, trust, end, Value { start: value + STRING.len(), join: Join::Tag });
        }
    } else if let Kind::Secret(trust) = name.kind
        && let Some(start) = content(text, tag, part(text, tag + 2..end))
    {
        evaluate(pass, trust, end, Value { start, join: Join::Tag });
    }
}

/// Where the content of the element `name` starts that is closed at `end`, if its opening tag has attributes.
fn content(text: &[u8], end: usize, name: &[u8]) -> Option<usize> {
    let reach = end.saturating_sub(LONGEST_ELEMENT);
    let before = part(text, reach..end);
    let open = memchr::memrchr(b'<', before)?;
    let tag = part(before, open + 1..before.len());
    let close = memchr::memchr(b'>', tag)?;
    let has_attributes = tag.strip_prefix(name).is_some_and(|after| after.first().is_some_and(u8::is_ascii_whitespace));
    let inside = reach + open + 1 + close + 1;
    has_attributes.then(|| skip(text, inside, |byte| byte.is_ascii_whitespace()).min(end))
}

/// The longest opening tag and value.
const LONGEST_ELEMENT: usize = 256;

/// The name before a type: `var password string = "…"`. A type of PowerShell has a command that makes it of a password.
pub(super) fn typed(pass: &mut Pass<'_>, start: usize, end: usize) {
    let text = pass.text;
    if let Some(value) = pair::value_after(text, start, end)
        && matches!(value.join, Join::Option)
    {
        // As many places are asked as a name may have letters.
        pass.pay(super::JUDGE);
        if (start.saturating_sub(LONGEST_NAME)..start).any(|at| folded_at(text, at, b"ConvertTo-SecureString")) {
            return evaluate(pass, Trust::Full, end, value);
        }
    }
    let name_end = skip_back(text, start, 4, |byte| is_blank(byte) || byte == b':' || byte == b'*' || byte == b'&');
    if name_end == start {
        return;
    }
    // `Dim password As String = "…"`
    let name_end = folded_before(text, name_end, b" as").unwrap_or(name_end);
    let Some((name, name_start)) = table::find(text, name_end) else { return };
    if let Kind::Secret(trust) = name.kind
        && let Some(value) = pair::value_after(text, start, end)
        && matches!(value.join, Join::Assigned)
        && name_start < name_end
    {
        evaluate(pass, trust, name_end, value);
    }
}

/// The name of which this is said to be the value: `name: DB_PASSWORD` and then `value: …`, `key="password" value="…"`.
pub(super) fn valued(pass: &mut Pass<'_>, start: usize, end: usize) {
    let text = pass.text;
    if let Some(name_end) = named_by_tag(text, start) {
        if let Some(trust) = table::trust_at(text, name_end)
            && let Some(value) = pair::value_after(text, start, end)
        {
            evaluate(pass, trust, name_end, value);
        }
        return;
    }
    // `querySelector("#password").value = "…"`
    if before(text, start) == Some(b'.') {
        let name_end = skip_back(text, start - 1, FARTHEST_NAME, |byte| b")]\"'\\".contains(&byte));
        if let Some(trust) = table::trust_at(text, name_end).filter(|_| name_end < start - 1)
            && let Some(value) = pair::value_after(text, start, end)
            && let Some(quote) = quote::opening(text, value.start)
        {
            quoted(pass, trust, quote, value.join);
        }
        return;
    }
    // `<meta name="api-key" content="…">`: elsewhere it is what anybody said.
    if folded_at(text, start, b"content") && !exact_at(text, end, b"=\"") {
        return;
    }
    if is_first(text, start)
        && let Some(value) = pair::value_after(text, start, end)
        && let Some(trust) = trust_of_next(text, value)
    {
        return evaluate(pass, trust, end, value);
    }
    // An object follows as often as a string, which may begin with the same sign.
    let after = part(text, end..end + 4);
    let after = after.strip_prefix(b"\"").unwrap_or(after);
    if after.iter().find(|byte| !byte.is_ascii_whitespace() && **byte != b':') == Some(&b'{') {
        return;
    }
    // The name ends a few quotes, blanks and line feeds before.
    let Some(outer) = outer_value(text, start) else { return };
    let name_end = pair::skip_space_back(text, before_indent(text, outer), FARTHEST_NAME, b"\"'\\,;");
    if name_end == outer || !table::may_end(text, name_end) {
        return;
    }
    let Some((name, name_start)) = table::find(text, name_end) else { return };
    let named = skip_back(text, name_start, LONGEST_NAME, |byte| !byte.is_ascii_whitespace() && byte != b'<');
    let called = part(text, named.saturating_sub(12)..name_start);
    let is_called = CALLED.iter().any(|word| memchr::memmem::find(called, word).is_some());
    if let Kind::Secret(trust) = name.kind
        && is_called
        && let Some(value) = pair::value_after(text, start, end)
    {
        evaluate(pass, trust, name_end, value);
    }
}

/// Whether `value` at `start` is the first member of an object, or the first attribute of a tag.
fn is_first(text: &[u8], start: usize) -> bool {
    let outside = start.saturating_sub(1);
    let quoted = before(text, start) == Some(b'"');
    let tag = skip_back(text, outside, LONGEST_TAG, |byte| byte.is_ascii_alphabetic());
    quoted && before(text, outside) == Some(b'{')
        || before(text, start) == Some(b' ') && before(text, tag) == Some(b'<')
}

/// The longest name of a tag that gives a name a value.
const LONGEST_TAG: usize = 16;

/// How much the name proves that is given behind `value`: `{"value":"…","name":"API_KEY"}`, `<add value="…" key="ApiKey"/>`.
fn trust_of_next(text: &[u8], value: Value) -> Option<Trust> {
    let string = |at: usize| {
        let quote = quote::opening(text, at)?;
        let close = quote::string_end(part(text, 0..quote.inside + LONGEST_ELEMENT), quote);
        Some((close, quote::closing_quote(text, close)?))
    };
    let (_, after) = string(value.start)?;
    let called = skip(text, after, |byte| b", \"".contains(&byte));
    let word = CALLED.iter().find(|word| exact_at(text, called, word))?;
    let (name_end, _) = string(pair::value_after(text, called, called + word.len())?.start)?;
    table::trust_at(text, name_end)
}

/// Where the name ends that stands in the element before the one whose name goes on at `start`: `<name>…</name><value>`.
fn named_by_tag(text: &[u8], start: usize) -> Option<usize> {
    before(text, start).filter(|byte| matches!(byte, b'<' | b'-'))?;
    let tag = skip_back(text, start, LONGEST_NAME, |byte| byte.is_ascii_alphabetic() || byte == b'-');
    let tag = tag.checked_sub(1).filter(|&at| exact_at(text, at, b"<"))?;
    let close = pair::skip_space_back(text, tag, LONGEST_NAME, b"").checked_sub(1)?;
    let is_closing = exact_at(text, close, b">") && CALLED.iter().any(|word| part(text, 0..close).ends_with(word));
    tag_start(text, close).filter(|_| is_closing)
}

/// Where the word `value` starts that belongs to a name: of `value:` and `stringValue:`, as YAML has them, the first. In
/// JSON the name knows its value.
fn outer_value(text: &[u8], start: usize) -> Option<usize> {
    // `android:value`
    let start = folded_before(text, start, b"android:").unwrap_or(start);
    let Some(kind) = [&b"string"[..], b"string_"].into_iter().find_map(|kind| folded_before(text, start, kind)) else {
        return Some(start);
    };
    if before(text, kind) == Some(b'"') {
        return None;
    }
    let between = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b':' | b'{');
    folded_before(text, skip_back(text, before_indent(text, kind), FARTHEST_NAME, between), b"value")
}

/// The value of the name that ends at `end`, in `"key":"…","value":{"stringValue":"…"}`, as OTLP has it.
pub(super) fn wrapped(text: &[u8], end: usize) -> Option<Value> {
    let parts = |byte: &&u8| byte.is_ascii_whitespace() || b",;\"'\\:{".contains(byte);
    let word = |from: usize| from + part(text, from..from + LONGEST_INDENT).iter().take_while(parts).count();
    let value = word(end);
    if value == end || !folded_at(text, value, b"value") {
        return None;
    }
    let kind = word(value + 5);
    let length = STRINGS.iter().find(|word| folded_at(text, kind, word))?.len();
    pair::value_after(text, kind, kind + length)
}

/// Whether the name that ends at `end` is one of those that OTLP wraps a value in, which [`wrapped`] finds by its key, or that
/// of the key itself, which is too short for a secret: most names in telemetry are.
#[inline(always)]
pub(in crate::detect) fn is_wrapping(text: &[u8], end: usize) -> bool {
    let before = part(text, 0..end);
    before.ends_with(b"\"stringValue")
        || before.ends_with(b"\"value") && (exact_at(text, end, b"\": {") || exact_at(text, end, b"\":{"))
        || before.ends_with(b"\"key") && quote::is_given_less::<LEAST_OF_HINTS>(text, end)
}

/// What a value stands under that is a string.
const STRINGS: [&[u8]; 2] = [b"stringValue", b"string_value"];

/// The value that is sent when the prompt ends at `end`: `expect "Password:" { send "…\r" }`.
pub(super) fn prompted(text: &[u8], end: usize) -> Option<Value> {
    // Most names end otherwise, and are let go at once.
    if !exact_at(text, end, b":") {
        return None;
    }
    let after = quote::closing_quote(text, end + if exact_at(text, end, b": ") { 2 } else { 1 })?;
    let parts = |byte: &&u8| byte.is_ascii_whitespace() || b"{;\\".contains(byte);
    let send = after + part(text, after..after + LONGEST_INDENT).iter().take_while(parts).count();
    let send = send + usize::from(exact_at(text, send, b"nsend"));
    let start = send + if exact_at(text, send, b"send -- ") { 8 } else { 5 };
    quote::opening(text, start).filter(|_| exact_at(text, send, b"send ")).map(|_| Value { start, join: Join::Spaced })
}

/// `Content-Disposition: form-data; name="password"`, a line without anything, and the value.
pub(super) fn form(pass: &mut Pass<'_>, end: usize) {
    let text = pass.text;
    let line = part(text, end..end + LONGEST_INDENT);
    let Some(name) = memchr::memmem::find(line, b"; name=").map(|at| end + at + 7) else { return };
    let Some(quote) = quote::opening(text, name) else { return };
    let name_end = quote::string_end(part(text, 0..quote.inside + LONGEST_NAME), quote);
    let Some(after) = quote::closing_quote(text, name_end) else { return };
    let next = |at: usize| BREAKS.iter().find(|line| exact_at(text, at, line)).map(|line| at + line.len());
    if let Some(start) = next(after).and_then(next)
        && let Some(trust) = table::trust_at(text, name_end)
    {
        evaluate(pass, trust, name_end, Value { start, join: Join::Assigned });
    }
}

/// How a line ends, in strings too.
const BREAKS: [&[u8]; 4] = [b"\r\n", b"\n", b"\\r\\n", b"\\n"];

/// The value in the object that opens at `start`: `{"value": "…"}`, `{ default = "…" }`.
pub(super) fn member(text: &[u8], start: usize) -> Option<Quote> {
    let object = part(text, start..start + LONGEST_OBJECT);
    let object = memchr::memchr(b'}', object).and_then(|end| object.get(..end)).unwrap_or(object);
    let named = |at: usize, end: usize| {
        let begins = before(text, at).is_some_and(|byte| byte.is_ascii_whitespace() || b"\"'\\{,".contains(&byte));
        let value = pair::value_after(text, at, end).filter(|_| begins)?;
        quote::opening(text, value.start).filter(|_| matches!(value.join, Join::Assigned | Join::Colon))
    };
    MEMBERS.iter().find_map(|word| {
        memchr::memmem::find_iter(object, word).find_map(|at| named(start + at, start + at + word.len()))
    })
}

/// What a value is called in the object that describes it.
const MEMBERS: [&[u8]; 6] = [b"value", b"defaultValue", b"default", b"Default", b"stringValue", b"\"S\""];

/// How much of an object is looked through.
const LONGEST_OBJECT: usize = 160;

/// How much may stand between the words of an object that people are to read.
const LONGEST_INDENT: usize = 96;

/// Steps back from a quoted word over what indents its line, eight blanks at a time: as many stand before every line of
/// JSON that people are to read.
fn before_indent(text: &[u8], word: usize) -> usize {
    let quote = word - usize::from(before(text, word) == Some(b'"'));
    let blanks = |count: &usize| quote.checked_sub(8 * count).is_some_and(|at| part(text, at..at + 8) == [b' '; 8]);
    let count = (1..=MOST_INDENT).take_while(blanks).count();
    if count == 0 { word } else { quote - 8 * count }
}

/// So many times eight blanks are stepped over.
const MOST_INDENT: usize = 6;

/// How far before the word `value`, without what indents its line, the name that it belongs to may end.
const FARTHEST_NAME: usize = 32;

/// What says that a name follows.
const CALLED: [&[u8]; 4] = [b"name", b"Name", b"key", b"Key"];
