//! Names and values in the notations people and programs write them: `x=1`, `x: 1`, `"x": "1"`, `\"x\": \"1\"`,
//! `x => 1`, `x := 1`, `&quot;x&quot;: &quot;1&quot;`, `env["x"] = 1`, `--x 1`, `["--x", "1"]`, `<x>1</x>`.
//!
//! Must not know which names matter. Keeps I5: what follows a name up to its value belongs to that name alone, and the
//! end of a value is told byte by byte from the byte's own neighbourhood, so that the pass may remember it.

use super::super::text::{
    Signs, before, byte, exact_at, folded_at, has_digits_and_letters, is_blank, part, skip, skip_back,
};
use super::LONGEST_NAME;
use super::quote::{LONGEST_STRING, after_string, closing_quote, entity_at, is_quote, opening};
use super::setting::{is_alone, is_name, is_setter, is_setting};

/// Where a value starts, and how its name was joined to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) start: usize,
    pub(super) join: Join,
}

/// What stands between a name and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// `=`, `=>` or `:=`.
    Assigned,
    /// `:`, which a type may follow instead of a value.
    Colon,
    /// `==`, which a variable follows more often than a value.
    Compared,
    /// A comma or a bracket, after which the value is quoted: an argument as often.
    Listed,
    /// A blank, after which the value is quoted, as SQL does it.
    Spaced,
    /// A blank after an option of a command line.
    Option,
    /// `>` after an opening tag.
    Tag,
}

/// Whether a brace at `at` closes the name of a member that is assigned to.
fn is_member(text: &[u8], at: usize) -> bool {
    exact_at(text, at, b"} = ") || exact_at(text, at, b"}=")
}

/// What joins a name and its value at `at`, and how long it is.
fn operator_at(text: &[u8], at: usize) -> Option<(usize, Join)> {
    Some(match part(text, at..at + 6) {
        [b'\\', b'u', b'0', b'0', b'3', b'd' | b'D'] => (6, Join::Assigned),
        [b'\\', b'u', b'0', b'0', b'3', b'a' | b'A'] => (6, Join::Colon),
        [b':', b':', b':', b'=', ..] => (4, Join::Assigned),
        [b':', b':', b'=', ..] | [b'|', b'|', b'=', ..] | [b'?', b'?', b'=', ..] | [b'%', b'3', b'D' | b'd', ..] => {
            (3, Join::Assigned)
        }
        [b'%', b'3', b'A' | b'a', ..] => (3, Join::Colon),
        [b'=' | b'!', b'=', b'=', ..] => (3, Join::Compared),
        [b'=' | b'!', b'=', ..] => (2, Join::Compared),
        [b':' | b'?' | b'.' | b'+', b'=', ..] | [b'=', b'>', ..] => (2, Join::Assigned),
        [b'=', ..] => (1, Join::Assigned),
        [b':', ..] => (1, Join::Colon),
        _ => return None,
    })
}

/// The value of the name at `start..end`, if something joins the two.
pub(super) fn value_after(text: &[u8], start: usize, end: usize) -> Option<Value> {
    let closed = closing_quote(text, end);
    let after = match closed {
        // `env["NAME"] = ...`, `$ENV{'NAME'} = ...`
        Some(after) if byte(text, after) == Some(b']') || is_member(text, after) => after + 1,
        Some(after) => after,
        // `(ID and password): ...`
        None if byte(text, end) == Some(b')') && matches!(byte(text, end + 1), Some(b':' | b'=')) => end + 1,
        // `**Password**: ...`
        None if matches!(part(text, end..end + 3), b"**:" | b"__:") => end + 2,
        None if is_member(text, end) => end + 1,
        None => end,
    };
    // An array of letters is a string.
    let after = after + if exact_at(text, after, b"[]") { 2 } else { 0 };
    let at = skip(text, after, is_blank);
    let quoted = |value: usize, join: Join| opening(text, value).map(|_| Value { start: value, join });
    if let Some((length, join)) = operator_at(text, at) {
        let value = at + length;
        if join == Join::Colon && byte(text, value) == Some(b':') {
            return None;
        }
        if join == Join::Colon
            && let Some(start) = after_emphasis(text, value)
        {
            return Some(Value { start, join: Join::Spaced });
        }
        // `"PWD=" + pwd`: the quote closes what the name stands in.
        let blank = skip(text, value, is_blank);
        if closed.is_none() && is_closed(text, start, blank) {
            return None;
        }
        let start = blank;
        // Behind a colon alone the body of something may stand.
        let start = if closed.is_some() || join == Join::Assigned {
            on_next_line(text, start)
        } else {
            on_indented_line(text, end, start)
        };
        // `A= B=1` gives A nothing.
        let empty = at == end && start > value && join == Join::Assigned && pair_starts(text, start);
        return (!empty).then_some(Value { start, join });
    }
    match byte(text, at)? {
        b'>' if at == end && tagged(text, start) => {
            let value = inside_tag(text, at + 1);
            // `"<x>"`: the quote closes what the tag stands in.
            (!byte(text, value).is_some_and(is_quote) || is_content(text, value))
                .then_some(Value { start: value, join: Join::Tag })
        }
        b'>' if closed.is_some_and(|after| at == after) && is_attribute(text, start) => {
            Some(Value { start: inside_tag(text, at + 1), join: Join::Tag })
        }
        b',' if closed.is_some() || byte(text, at + 1) == Some(b' ') && at == end => {
            let value = skip(text, at + 1, is_blank);
            let join = match () {
                () if is_option(text, start) => Join::Option,
                // The directory that a shell is in has the name of a password.
                () if is_setting(text, start) && byte(text, value + 1) != Some(b'/') => Join::Assigned,
                () => Join::Listed,
            };
            // `{password, <<"...">>}`
            let is_bytes = exact_at(text, value, b"<<\"") || exact_at(text, value, b"<<\\\"");
            let value = value + if is_bytes { 2 } else { 0 };
            quoted(value, join).or_else(|| closed.and_then(|_| named_default(text, value)))
        }
        // `getenv("x") ?: "..."`
        b')' if closed.is_some_and(|after| at == after) => {
            quoted(default_at(text, skip(text, at + 1, is_blank))?, Join::Assigned)
        }
        b'|' | b'?' if let Some(value) = default_at(text, at) => quoted(value, Join::Spaced),
        // `password <- "..."` assigns, the others map.
        b'<' if exact_at(text, at, b"<- ") => quoted(skip(text, at + 2, is_blank), Join::Assigned),
        b'-' | b'~' if exact_at(text, at + 1, b"> ") => quoted(skip(text, at + 2, is_blank), Join::Listed),
        b't' if closed.is_some() && exact_at(text, at, b"to ") => quoted(skip(text, at + 2, is_blank), Join::Listed),
        // `"input[name=password]", "..."`
        b']' if at == end && byte(text, closing_quote(text, end + 1)?) == Some(b',') => {
            quoted(skip(text, closing_quote(text, end + 1)? + 1, is_blank), Join::Listed)
        }
        b'(' if at == end => {
            quoted(at + 1, if is_setter(text, start) && is_alone(text, at + 1) { Join::Spaced } else { Join::Listed })
        }
        // `variable "password" { default = "…" }`
        b'{' if closed.is_some_and(|after| at > after) => Some(Value { start: at, join: Join::Colon }),
        _ if closed.is_some_and(|after| at > after) && is_attribute(text, start) => {
            let start = inside_tag(text, tag_end(text, at)?);
            Some(Value { start, join: Join::Tag })
        }
        _ if closed.is_none() && at == end + 1 && byte(text, at) != Some(b'-') && is_option(text, start) => {
            Some(Value { start: at, join: Join::Option })
        }
        _ if closed.is_none() && at > end && is_defined(text, start) => quoted(at, Join::Assigned),
        _ if closed.is_none() && at == end + 1 => quoted(at, Join::Spaced),
        _ => None,
    }
}

/// Where the text of an element begins whose opening tag ends at `at`: it may stand on a line of its own, and in elements
/// that say that it is a value.
fn inside_tag(text: &[u8], at: usize) -> usize {
    let mut at = at;
    for inner in [&b"<value>"[..], b"<string>", CDATA] {
        let start = skip_space(text, at);
        at = if exact_at(text, start, inner) { start + inner.len() } else { at };
    }
    skip_space(text, at)
}

/// Steps over white space, and over what stands for it in a string.
pub(super) fn skip_space(text: &[u8], at: usize) -> usize {
    let mut end = at;
    while end < at + LONGEST_BREAK {
        end += match part(text, end..end + 2) {
            [b'\\', b'n' | b'r' | b't'] => 2,
            [byte, ..] if byte.is_ascii_whitespace() => 1,
            _ => return end,
        };
    }
    end
}

/// Steps back over the same, and over `others`.
pub(super) fn skip_space_back(text: &[u8], at: usize, limit: usize, others: &[u8]) -> usize {
    let mut start = at;
    while at - start < limit {
        start -= match part(text, start.saturating_sub(2)..start) {
            [b'\\', b'n' | b'r' | b't'] => 2,
            [.., byte] if byte.is_ascii_whitespace() || others.contains(byte) => 1,
            _ => return start,
        };
    }
    start
}

/// Where the opening tag ends in which an attribute begins at `at`.
fn tag_end(text: &[u8], at: usize) -> Option<usize> {
    let tag = part(text, at..at + LONGEST_STRING);
    let close = memchr::memchr2(b'>', b'<', tag)?;
    (tag.get(close) == Some(&b'>') && !tag.get(..close)?.ends_with(b"/")).then_some(at + close + 1)
}

/// Where the value begins behind what ends an emphasis at `at`: `**Password:** ...`, `<b>Password:</b> ...`,
/// `<td>Password:</td><td>...`.
fn after_emphasis(text: &[u8], at: usize) -> Option<usize> {
    if !exact_at(text, at, b"</") && !exact_at(text, at, b"** ") {
        return None;
    }
    let mut at = if exact_at(text, at, b"** ") { skip(text, at + 2, is_blank) } else { at };
    for _ in 0..MOST_TAGS {
        let tag = part(text, at..at + LONGEST_TAG);
        let end = memchr::memchr(b'>', tag).filter(|_| tag.starts_with(b"<"));
        at = end.map_or(at, |end| skip(text, at + end + 1, is_blank));
    }
    // What is said of it follows as often.
    let word = part(text, at..at + LONGEST_NAME).split(|&byte| byte == b'<' || byte.is_ascii_whitespace());
    word.take(1).any(|word| word.len() >= LEAST_SAID && has_digits_and_letters(word)).then_some(at)
}

/// The fewest bytes of a value behind an emphasis: `8+`, `2FA` are said of passwords.
const LEAST_SAID: usize = 4;

/// Tags between a name and its value, and how long they may be.
const MOST_TAGS: usize = 3;
const LONGEST_TAG: usize = 16;

/// Where the value starts behind a sign at `at` that stands before what is taken if there is none.
fn default_at(text: &[u8], at: usize) -> Option<usize> {
    [&b"?: "[..], b"|| ", b"?? ", b"or "].iter().find(|word| exact_at(text, at, word)).map(|word| at + word.len())
}

/// The value of the argument that says what a setting is, in the arguments at `start` behind its name:
/// `("--password", default="...")`, `"Password", with: "..."`.
pub(super) fn named_default(text: &[u8], start: usize) -> Option<Value> {
    let reach = part(text, start..start + LONGEST_STRING);
    let reach = memchr::memchr(b')', reach).and_then(|end| reach.get(..end)).unwrap_or(reach);
    let begins =
        |at: &usize| before(text, start + at).is_some_and(|byte| byte.is_ascii_whitespace() || b",(".contains(&byte));
    ARGUMENTS.iter().find_map(|word| {
        let value = start + memchr::memmem::find(reach, word).filter(begins)? + word.len();
        opening(text, value).map(|_| Value { start: value, join: Join::Assigned })
    })
}

/// Arguments that say what something is.
const ARGUMENTS: [&[u8]; 4] = [b"default=", b"default: ", b"value=", b"with: "];

/// How a text begins that XML does not look into.
const CDATA: &[u8] = b"<![CDATA[";

/// Whether the name that goes on at `at` is the value of an attribute that names something: `name="password"`.
fn is_attribute(text: &[u8], at: usize) -> bool {
    let name = skip_back(text, at, LONGEST_NAME, |byte| is_name(byte) || byte == b'.');
    let quote = skip_back(text, name.saturating_sub(1), MOST_ESCAPES, |byte| byte == b'\\');
    [&b" name="[..], b" key=", b" id="].iter().any(|word| part(text, 0..quote).ends_with(word))
}

/// Backslashes before a quote that a string holds.
const MOST_ESCAPES: usize = 7;

/// Where a string opens on the next line, if the line ends at `at` or behind a bracket there; else `at`. One that a colon
/// follows is the name of something else.
fn on_next_line(text: &[u8], at: usize) -> usize {
    match byte(text, at) {
        // Behind a setting that has no value the next one begins, and is not indented.
        Some(b'\n' | b'\r') => {
            Some(after_break(text, at, at)).filter(|&start| before(text, start).is_some_and(is_blank)).unwrap_or(at)
        }
        Some(b'(' | b'\\') if matches!(byte(text, at + 1), Some(b'\n' | b'\r')) => after_break(text, at, at + 1),
        _ => at,
    }
}

/// Where the word starts that YAML has for a value on the next line, if that is indented deeper than the name, which ends
/// at `end`, and holds nothing else; else `at`, where the line of the name ends.
fn on_indented_line(text: &[u8], end: usize, at: usize) -> usize {
    if byte(text, at) != Some(b'\n') {
        return at;
    }
    let name = skip_back(text, end, LONGEST_NAME, is_name);
    let indent = name - skip_back(text, name, LONGEST_NAME, |byte| byte == b' ');
    let start = skip(part(text, 0..at + LONGEST_BREAK), at + 1, |byte| byte == b' ');
    let word = part(text, start..start + LONGEST_NAME);
    let length = word.iter().take_while(|byte| byte.is_ascii_graphic() && !b"\"'`:;,<>(){}[]".contains(byte)).count();
    let begins = before(text, name - indent).is_none_or(|byte| byte == b'\n');
    let word = part(word, 0..length);
    let ends = byte(text, start + length).is_none_or(|byte| byte == b'\n');
    let made = length >= LEAST_ALONE && has_digits_and_letters(word);
    // A setting, a path, a tag and the name of a node are none.
    let other = word.iter().any(|byte| b"=/*&!~".contains(byte));
    if begins && ends && made && !other && start > at + 1 + indent { start } else { at }
}

/// The fewest bytes of a value that stands on a line of its own.
const LEAST_ALONE: usize = 8;

#[inline(never)]
fn after_break(text: &[u8], at: usize, line: usize) -> usize {
    let reach = part(text, 0..line + LONGEST_BREAK);
    let start = skip(reach, line, |byte| byte.is_ascii_whitespace());
    let breaks = part(text, line..start).iter().filter(|&&byte| byte == b'\n').count();
    if breaks != 1 || opening(text, start).is_none() {
        return at;
    }
    match after_string(text, start).and_then(|after| byte(text, skip(text, after, is_blank))) {
        Some(b':') => at,
        _ => start,
    }
}

/// White space between a tag and the value inside.
const LONGEST_BREAK: usize = 64;

/// Where the bare value that `start` lies in ends.
pub(super) fn bare_end(text: &[u8], start: usize) -> usize {
    let mut at = start;
    loop {
        at = skip(text, at, |byte| !MAY_END_BARE.have(byte));
        if ends_bare(text, at) {
            return at.min(text.len());
        }
        at += 1;
    }
}

/// What a bare value may be unable to hold: the bytes around decide.
const MAY_END_BARE: Signs = Signs::of(b" \t\n\x0c\r\"'`\\%&,;|)]}><");

/// Whether a bare value cannot hold the byte at `at`. Only that byte and a few after it decide.
fn ends_bare(text: &[u8], at: usize) -> bool {
    match byte(text, at) {
        Some(b'\\') => escapes_break(text, at),
        // In a query the signs that end a value are `%26`, `%22`, `%20`.
        Some(b'%') => exact_at(text, at, b"%26") || exact_at(text, at, b"%22") || exact_at(text, at, b"%20"),
        Some(b'&') if entity_at(text, at).is_some() || exact_at(text, at, b"&lt;") || exact_at(text, at, b"&gt;") => {
            true
        }
        Some(b',' | b';' | b'&' | b'|' | b')' | b']' | b'}' | b'>') => match byte(text, at + 1) {
            None | Some(b',' | b';' | b')' | b']' | b'}' | b'<' | b'\\' | b'[' | b'{') => true,
            Some(next) => next.is_ascii_whitespace() || is_quote(next) || pair_starts(text, at + 1),
        },
        Some(byte) => byte.is_ascii_whitespace() || is_quote(byte) || byte == b'<',
        None => true,
    }
}

/// Whether the backslash at `at` begins an escaped line feed, tab, quote or control character.
fn escapes_break(text: &[u8], at: usize) -> bool {
    let after = at + part(text, at..at + 8).iter().take_while(|&&byte| byte == b'\\').count();
    byte(text, after).is_some_and(|byte| b"nrt".contains(&byte) || is_quote(byte)) || folded_at(text, after, b"u00")
}

/// Whether another name with a value starts at `at`: then what stood before ended. A `=` that
/// nothing follows is padding.
fn pair_starts(text: &[u8], at: usize) -> bool {
    let end = at + part(text, at..at + LONGEST_NAME / 2).iter().take_while(|&&byte| is_name(byte)).count();
    match (byte(text, end), byte(text, end + 1)) {
        (Some(b':'), _) => end > at,
        (Some(b'='), Some(next)) => end > at && next != b'=' && !next.is_ascii_whitespace(),
        _ => false,
    }
}

/// Whether the name that goes on at `at` is an option of a command line.
fn is_option(text: &[u8], at: usize) -> bool {
    let start = skip_back(text, at, LONGEST_NAME, is_name);
    byte(text, start) == Some(b'-')
        && before(text, start).is_none_or(|byte| byte.is_ascii_whitespace() || is_quote(byte))
}

/// Whether the quote at `at` closes what the name that goes on at `start` stands in: it opened right before the name, or on
/// the same line, and code goes on behind it.
fn is_closed(text: &[u8], start: usize, at: usize) -> bool {
    // Most values begin otherwise.
    if !byte(text, at).is_some_and(is_quote) {
        return false;
    }
    let name = skip_back(text, start, LONGEST_NAME, is_name);
    let is_open = || {
        let line = part(text, name.saturating_sub(LONGEST_STRING)..name);
        let line = line.rsplit(|&byte| byte == b'\n').next().unwrap_or_default();
        line.iter().filter(|&&byte| byte == b'"').count() % 2 == 1
    };
    let goes_on = matches!(part(text, at..at + 2), [b'"', b' ' | b'+' | b'.' | b',' | b')']);
    before(text, name) == byte(text, at) || goes_on && is_open()
}

/// Whether the string at `at` is all of an element's content.
fn is_content(text: &[u8], at: usize) -> bool {
    after_string(text, at)
        .is_some_and(|after| part(text, skip_space(text, after)..text.len()).first().is_none_or(|&byte| byte == b'<'))
}

/// Whether the name that goes on at `at` is one that C defines: blanks align what it stands for.
fn is_defined(text: &[u8], at: usize) -> bool {
    let name = skip_back(text, at, LONGEST_NAME, is_name);
    part(text, 0..skip_back(text, name, LONGEST_NAME, is_blank)).ends_with(b"#define")
}

/// Whether the name that goes on at `at` is in an opening tag.
fn tagged(text: &[u8], at: usize) -> bool {
    before(text, skip_back(text, at, LONGEST_NAME, |byte| is_name(byte) || byte == b':' || byte == b'.')) == Some(b'<')
}

#[cfg(test)]
mod tests {
    use super::super::quote::string_end;
    use super::*;

    /// The value of `x` in `text`, and how it is joined.
    #[expect(clippy::string_slice, reason = "a test may fail loudly")]
    fn value(text: &str) -> Option<(&str, Join)> {
        let name = text.find('x').expect("an x");
        let value = value_after(text.as_bytes(), name, name + 1)?;
        let (start, end) = match opening(text.as_bytes(), value.start) {
            Some(quote) => (quote.inside, string_end(text.as_bytes(), quote)),
            None => (value.start, bare_end(text.as_bytes(), value.start)),
        };
        Some((&text[start..end], value.join))
    }

    #[test]
    fn values_are_found_in_every_notation() {
        for (text, expected, join) in [
            ("x=1;", "1", Join::Assigned),
            ("x = 1, y", "1", Join::Assigned),
            ("x := 1", "1", Join::Assigned),
            ("'x' => '1'", "1", Join::Assigned),
            ("x: 1\ny", "1", Join::Colon),
            ("{\"x\": \"1\\\"2\"}", "1\\\"2", Join::Colon),
            ("{\"x\": \"1\\\\\", \"y\"", "1\\\\", Join::Colon),
            ("{\\\"x\\\": \\\"1\\\", \\\"y\\\"", "1", Join::Colon),
            ("\\\\\\\"x\\\\\\\":\\\\\\\"1\\\\\\\"", "1", Join::Colon),
            ("env[\"x\"] = b'1'", "1", Join::Assigned),
            ("cmd --x 1 --y", "1", Join::Option),
            ("[\"--x\", \"1\"]", "1", Join::Option),
            ("<x>1</x>", "1", Join::Tag),
            ("x == \"1\"", "1", Join::Compared),
            ("x != 1", "1", Join::Compared),
            ("x ::= '1'", "1", Join::Assigned),
            ("$x .= '1'", "1", Join::Assigned),
            ("set(\"x\", \"1\")", "1", Join::Listed),
            ("askx(\"1\")", "1", Join::Listed),
            ("setx(\"1\")", "1", Join::Spaced),
            ("x <- \"1\"", "1", Join::Assigned),
            ("\"x\" -> \"1\"", "1", Join::Listed),
            ("getenv(\"x\", \"1\")", "1", Join::Assigned),
            ("get(\"x\") ?: \"1\"", "1", Join::Assigned),
            ("(\"--x\", default=\"1\")", "1", Join::Assigned),
            ("**x**: 1", "1", Join::Colon),
            ("**x:** f4ke", "f4ke", Join::Spaced),
            ("x:\n  fake0000\n", "fake0000", Join::Colon),
            ("<y name=\"x\" z=\"y\">1</y>", "1", Join::Tag),
            ("by x '1'", "1", Join::Spaced),
            ("<x>\n  1\n</x>", "1", Join::Tag),
            ("?a%3D1%26x%3D2%26", "2", Join::Assigned),
            ("?x=1&y=2", "1", Join::Assigned),
            ("x=1\\nz", "1", Join::Assigned),
            ("x=1,2", "1,2", Join::Assigned),
            ("x=1,y=2", "1", Join::Assigned),
            ("(x=1)", "1", Join::Assigned),
            ("x='1", "1", Join::Assigned),
            ("x[] = L\"1\";", "1", Join::Assigned),
            ("x = \"\"\"1\"\"\"", "1", Join::Assigned),
            ("x = r#\"1\"#", "1", Join::Assigned),
            ("x =\n    \"1\"", "1", Join::Assigned),
            ("x = (\n    '1'\n)", "1", Join::Assigned),
            ("\"x\":\n  \"1\",", "1", Join::Colon),
            ("<p:x><![CDATA[1]]></p:x>", "1", Join::Tag),
            ("<entry key=\"x\">1</entry>", "1", Join::Tag),
        ] {
            assert_eq!(value(text), Some((expected, join)), "{text}");
        }
        for text in ["x", "x 1", "x::y", "x,1", "--x  1", "--x --y", "x>1", "x,\"1\"", "<a for=\"x\">1</a>"] {
            assert_eq!(value(text), None, "{text}");
        }
    }
}
