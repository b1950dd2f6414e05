//! Values whose name says that they are secret: `password=…`, `"apiKey": "…"`, `--token …`, `Authorization: …`.
//!
//! A name is told by how it ends (`table`), its value by what joins the two (`pair`, `quote`, `setting`), and whether the
//! value is a secret by its looks (`value`, `placeholder`, `expression`): names are given to many things that are none.
//! `indirect` finds names that something parts from their value, `header` knows what stands in an `Authorization`, `option`
//! and `piped` what commands are given, `calls` what functions are, `said` what follows in a sentence or a statement,
//! `cells` what stands in a table, and `bytes` how a secret is written as numbers.
//!
//! Must not know where a name may end: the sweep says so. Keeps I5: the pass remembers where bare values end.

mod bytes;
mod calls;
mod cells;
mod examples;
mod expression;
pub(super) mod header;
mod indirect;
mod option;
mod owners;
mod pair;
mod piped;
mod placeholder;
mod quote;
mod said;
mod setting;
mod table;
mod value;
mod vendors;

use self::expression::{argument_end, is_expression, is_written};
use self::pair::{Join, Value};
use self::placeholder::is_placeholder;
use self::quote::Quote;
use self::table::{Kind, Trust};
use self::value::{Form, is_secret};
use super::engine::Pass;
use super::marker::{is_cut, marker_at};
use super::registry::{self, Detector, DetectorId, Group, Rule};
use super::text::{Alphabet, before, byte, exact_at, folded_before, is_blank, part, skip, skip_back};

pub(super) use self::cells::beside;
pub(super) use self::header::{may_be_scheme, scheme};
pub(super) use self::indirect::is_wrapping;
pub(super) use self::option::{connect, option};
pub(super) use self::placeholder::{is_stand_in, is_worded};
pub(super) use self::said::{Word, said, told, word_at};
pub(super) use self::table::{ENDINGS, may_end};
pub(super) use self::vendors::VENDOR_ENDINGS;

/// Values of secret names.
pub(super) const SECRET_ASSIGNMENT: Detector = Detector {
    id: "secret-assignment",
    group: Group::Secret,
    about: "values whose name says that they are secret, in code, configuration, JSON, headers and command lines",
    source: "names as documented by AWS, GitHub, PostgreSQL, MySQL, Docker and OAuth 2.0 (RFC 6749) for their settings",
    examples: examples::EXAMPLES,
    rule: Rule::Names,
};

const ID: DetectorId = registry::id("secret-assignment");

/// Looks at the name that ends at `end`.
#[inline(never)]
pub(super) fn look(pass: &mut Pass<'_>, end: usize) {
    let end = quote::before_entity(pass.text, end).unwrap_or(end);
    let Some((name, start)) = table::find(pass.text, end) else {
        return if table::is_port(pass.text, end) {
            cells::line(pass, end)
        };
    };
    match name.kind {
        Kind::Entity => {}
        Kind::Hash => hash(pass, start, end),
        Kind::Call => calls::call(pass, end),
        Kind::Encoder => calls::encoded(pass, end),
        Kind::Payload => calls::handed(pass, start, end),
        Kind::Bytes => calls::bytes(pass, start, end),
        Kind::Method(join) => calls::method(pass, end, join),
        Kind::Columns => calls::columns(pass, start, end),
        Kind::Form => indirect::form(pass, end),
        Kind::Suffix => suffixed(pass, start, end),
        Kind::Accessor => accessed(pass, start, end),
        Kind::Echo => piped::echoed(pass, end),
        Kind::Jwk => member(pass, end),
        Kind::Rsa => bytes::numbers(pass, end),
        _ if indirect::is_closing(pass.text, start, end) => indirect::told_by_tags(pass, name, start, end),
        Kind::Authorization => {
            pass.pay(JUDGE);
            header::header(pass, start, end);
        }
        Kind::Type => indirect::typed(pass, start, end),
        Kind::Value => indirect::valued(pass, start, end),
        Kind::Secret(trust)
            if trust < Trust::Little && quote::is_given_less::<{ value::LEAST_OF_HINTS }>(pass.text, end) => {}
        Kind::Secret(trust) => {
            if let Some(value) = indirect::wrapped(pass.text, end).or_else(|| indirect::prompted(pass.text, end)) {
                evaluate(pass, trust, end, value);
            } else if let Some(value) = pair::value_after(pass.text, start, end)
                && !(trust < Trust::Little && is_short(pass.text, value.start))
            {
                evaluate(pass, trust, end, value);
            }
        }
    }
}

/// What it takes to judge a value, in steps of work.
const JUDGE: usize = 128;

/// Whether the string that opens at `start` is too short for a name that proves nothing: most of them are.
fn is_short(text: &[u8], start: usize) -> bool {
    quote::opening(text, start).is_some_and(|quote| quote::is_shorter::<{ value::LEAST_OF_HINTS }>(text, quote))
}

/// `argon2id$v=19$m=…$salt$hash`, of which the name before the first sign goes up to `end`. The `$` before it belongs to it.
fn hash(pass: &mut Pass<'_>, start: usize, end: usize) {
    pass.pay(JUDGE);
    let reach = part(pass.text, end..end + LONGEST_HASH);
    let length = |from: usize, signs: &[u8]| {
        let rest = reach.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|&&byte| Alphabet::Base64.has(byte) || signs.contains(&byte)).count()
    };
    // Commas part parameters; behind the hash, which comes last, they part it from something else.
    let last = memchr::memrchr(b'$', part(reach, 0..length(0, b"$=,.-_"))).unwrap_or_default();
    let length = length(last + 1, b"=.-_");
    if length >= LEAST_OF_HASH {
        let start = start - usize::from(before(pass.text, start) == Some(b'$'));
        pass.report(PASSWORD_HASH, start, end + length);
    }
}

const PASSWORD_HASH: DetectorId = registry::id("password-hash");

/// Parameters, a salt and a hash: less is what a manual says of them.
const LEAST_OF_HASH: usize = 48;
const LONGEST_HASH: usize = 256;

/// Where the value in braces ends that starts at `start`, as connection strings have it: `PWD={…};`. In a tag it is
/// encrypted, or a variable.
fn braced(text: &[u8], start: usize, join: Join) -> Option<usize> {
    let sign = match join {
        Join::Assigned => b';',
        Join::Tag => b'<',
        _ => return None,
    };
    let value = part(text, start..start + LONGEST_NAME);
    let close = memchr::memchr(b'}', value).filter(|_| value.starts_with(b"{"))?;
    let inside = value.get(1..close)?;
    let plain = inside.iter().all(|byte| byte.is_ascii_graphic() && !b"{\"':,;".contains(byte));
    let is_name = inside.iter().all(|byte| byte.is_ascii_lowercase() || *byte == b'_') && !value::is_gibberish(inside);
    (plain && !is_name && value.get(close + 1) == Some(&sign)).then_some(start + close)
}

/// The word in brackets that starts at `start`, as some programs log a value: `password=[…], x=[…]`. A class of letters in a
/// pattern is none.
fn bracketed(text: &[u8], start: usize) -> Option<&[u8]> {
    let value = part(text, start + 1..start + LONGEST_NAME);
    let close = memchr::memchr(b']', value)?;
    let ends = value.get(close + 1).is_none_or(|byte| byte.is_ascii_whitespace() || b",;)}".contains(byte));
    let value = value.get(..close)?;
    let plain = value.iter().all(|byte| byte.is_ascii_graphic() && !b"[](){}<>,;:|\"'`\\^".contains(byte));
    let is_class = [&b"a-"[..], b"A-", b"0-"].iter().any(|range| memchr::memmem::find(value, range).is_some());
    (ends && plain && !is_class).then_some(value)
}

/// `Password { get; set; } = "…"`, of which `get; set` stands at `start..end`.
fn accessed(pass: &mut Pass<'_>, start: usize, end: usize) {
    let name_end = skip_back(pass.text, start, LEAST_ITSELF, |byte| byte == b' ' || byte == b'{');
    if let Some(trust) = table::trust_at(pass.text, name_end)
        && exact_at(pass.text, end, b"; } = ")
        && let Some(quote) = quote::opening(pass.text, end + 6)
    {
        quoted(pass, trust, quote, Join::Assigned);
    }
}

/// `PASSWORD_DEV=…`: the name ends at `start`, and a word that says which one it is at `end`.
fn suffixed(pass: &mut Pass<'_>, start: usize, end: usize) {
    if let Some(trust) = table::trust_at(pass.text, start).filter(|&trust| trust >= Trust::Some)
        && let Some(value) = pair::value_after(pass.text, start, end)
    {
        evaluate(pass, trust, end, value);
    }
}

/// The member of a JSON Web Key whose name ends at `end`, if one is around: RFC 7518, section 6, names the secret ones.
fn member(pass: &mut Pass<'_>, end: usize) {
    pass.pay(JUDGE);
    let text = pass.text;
    let around = part(text, end.saturating_sub(JWK)..end + JWK);
    if memchr::memmem::find(around, b"\"kty").is_none() {
        return;
    }
    let Some(quote) = pair::value_after(text, end, end).and_then(|value| quote::opening(text, value.start)) else {
        return;
    };
    let close = pass.run_end(Alphabet::WordDash, quote.inside);
    if close - quote.inside >= LEAST_OF_JWK {
        pass.report(ID, quote.inside, close);
    }
}

/// How far from the type of a key its secret members are looked for: a long public one may stand between.
const JWK: usize = 1024;

/// The fewest letters of a secret number or of a shared secret.
const LEAST_OF_JWK: usize = 16;

/// Whether `is` ends at `end` after a secret name: `the token is 0000…`.
fn is_named(text: &[u8], end: usize) -> bool {
    let name = end.checked_sub(3).filter(|&blank| byte(text, blank).is_some_and(is_blank));
    name.and_then(|name| table::trust_at(text, name)).is_some()
}

/// Whether a secret name ends at `end`.
fn is_secret_name(text: &[u8], end: usize) -> bool {
    table::trust_at(text, end).is_some_and(|trust| trust > Trust::Little)
}

/// Reports `value` unless it is none. A type between a name and its value (`token: String = "…"`) is stepped over.
fn evaluate(pass: &mut Pass<'_>, trust: Trust, name_end: usize, value: Value) {
    pass.pay(JUDGE);
    let text = pass.text;
    let Value { start, join } = value;
    if marker_at(text, start).is_none()
        && let Some((from, to)) = bytes::array_at(text, start, trust)
    {
        return pass.report(ID, from, to);
    }
    if trust >= Trust::Some
        && let Some(quote) = calls::wrapping(text, start)
    {
        quoted(pass, Trust::Some, quote, join);
        return;
    }
    if byte(text, start) == Some(b'{')
        && let Some(quote) = indirect::member(text, start)
    {
        quoted(pass, trust.min(Trust::Some), quote, Join::Assigned);
        return;
    }
    if byte(text, start) == Some(b'[') && marker_at(text, start).is_none() {
        return match bracketed(text, start) {
            Some(value) if is_secret(value, trust.min(Trust::Some), Form::quoted(join)) => {
                pass.report(ID, start + 1, start + 1 + value.len());
            }
            _ => listed(pass, trust, start + 1),
        };
    }
    let in_braces = if join == Join::Tag { trust.min(Trust::Little) } else { trust };
    if let Some(close) = braced(text, start, join)
        && is_secret(part(text, start + 1..close), in_braces, Form::quoted(join))
    {
        return pass.report(ID, start + 1, close);
    }
    // A string in brackets is the string.
    let bracket = byte(text, start) == Some(b'(');
    if let Some(quote) = quote::opening(text, start + usize::from(bracket)) {
        if join != Join::Listed && is_own_name(text, name_end, quote) {
            return;
        }
        if join == Join::Assigned
            && !bracket
            && calls::is_tupled(text, name_end)
            && let Some(second) = calls::next_string(text, quote::string_end(text, quote))
        {
            quoted(pass, trust, second, join);
            return;
        }
        let (close, is_secret) = quoted(pass, trust, quote, join);
        if is_secret {
            calls::joined(pass, trust, close);
        }
        // `UserPassword("user", "…")`, `StringP("password", "p", "…")`
        let is_first = before(text, start) == Some(b'(') || close <= quote.inside + 1;
        if !is_secret && is_first && join == Join::Listed && trust == Trust::Full && !calls::reads(text, name_end) {
            calls::second(pass, Trust::Little, close);
        }
        // `auth=("user", "…")`, `HTTPBasicAuth("user", "…")`
        if (bracket || before(text, start) == Some(b'(')) && folded_before(text, name_end, b"auth").is_some() {
            calls::second(pass, Trust::Full, close);
        }
        return;
    }
    let start = block_start(text, start);
    // A marker may hold blanks; whatever follows it directly belongs to the value.
    let marker = marker_at(text, start);
    let brackets = matches!(byte(text, start), Some(b'{' | b'(' | b'<' | b',' | b';' | b')' | b']' | b'}' | b'='));
    if marker.is_none() && brackets {
        return;
    }
    let from = marker.unwrap_or(start);
    let end = pass.bare_end(from, |text| pair::bare_end(text, from));
    if join == Join::Colon {
        if let Some(quote) = after_type(text, start) {
            quoted(pass, trust, quote, Join::Assigned);
            return;
        }
        if exact_at(text, end, b" = ") {
            return;
        }
    }
    let argument = argument_end(text, start, end);
    let close = argument.unwrap_or(end);
    let value = part(text, start..close);
    let is_variable = || {
        is_itself(text, name_end, value)
            || join == Join::Compared
            || join == Join::Tag && (!closes_tag(text, end) || is_label(text, name_end, value))
            || is_expression(text, start, end)
            || is_written(text, name_end, start, close, join)
    };
    let code = argument.is_some() || start > name_end + 1 && matches!(byte(text, end), Some(b',' | b';' | b')'));
    let form = Form { quoted: false, join, code };
    let cut = is_cut(text, end) && !is_placeholder(value);
    if marker != Some(end) && (cut || is_secret(value, trust, form)) && !is_variable() {
        pass.report(ID, start, end);
    } else if marker.is_none() {
        for quote in otherwise(text, start) {
            quoted(pass, trust, quote, Join::Spaced);
        }
    }
}

/// Whether a word stands in an element that an attribute names: what a form or an application shows there.
fn is_label(text: &[u8], name_end: usize, value: &[u8]) -> bool {
    quote::closing_quote(text, name_end).is_some() && value.iter().all(u8::is_ascii_alphabetic)
}

/// Whether nothing but white space stands between `end` and a closing tag.
fn closes_tag(text: &[u8], end: usize) -> bool {
    let end = end + if exact_at(text, end, b"]]>") { 3 } else { 0 };
    exact_at(text, skip(text, end, |byte| byte.is_ascii_whitespace()), b"</")
}

/// The string that is assigned behind the type that starts at `start`: `secret: str | None = "…"`. Words of a sentence and
/// values are no type: it has no digits, and no blanks but around the signs of types.
fn after_type(text: &[u8], start: usize) -> Option<Quote> {
    let line = part(text, start..start + LONGEST_TYPE);
    let assigned = memchr::memchr_iter(b'=', line)
        .find_map(|sign| sign.checked_sub(1).filter(|&at| exact_at(line, at, b" = ")))?;
    let kind = line.get(..assigned)?;
    let kind = kind.strip_prefix(b"&'static ").unwrap_or(kind);
    let (mut depth, mut last) = (0_usize, b' ');
    for (at, &byte) in kind.iter().enumerate() {
        let next = kind.get(at + 1).copied().unwrap_or_default();
        let fits = match byte {
            b'[' | b'<' => {
                depth += 1;
                true
            }
            b']' | b'>' => {
                depth = depth.checked_sub(1)?;
                true
            }
            b',' => depth > 0,
            b' ' => depth > 0 || last == b'|' || next == b'|',
            b'8' => last == b'u',
            _ => byte.is_ascii_alphabetic() || b"_.:|?*&".contains(&byte),
        };
        if !fits {
            return None;
        }
        last = byte;
    }
    quote::opening(text, start + assigned + 3).or_else(|| calls::wrapping(text, start + assigned + 3))
}

/// A longer text is no type.
const LONGEST_TYPE: usize = 48;

/// Where a value starts that YAML has on a line of its own, after `|` or `>-`.
fn block_start(text: &[u8], start: usize) -> usize {
    if !matches!(byte(text, start), Some(b'|' | b'>')) {
        return start;
    }
    let sign = start + 1 + usize::from(matches!(byte(text, start + 1), Some(b'-' | b'+')));
    let line = [&b"\n"[..], b"\r\n", b"\\n"].into_iter().find(|line| exact_at(text, sign, line));
    line.map_or(start, |line| {
        let indented = part(text, sign + line.len()..sign + line.len() + LONGEST_NAME);
        sign + line.len() + indented.iter().take_while(|&&byte| byte == b' ').count()
    })
}

/// The strings that stand for a setting that is missing: `env.DB_PASS || "…"`, `get("DB_PASS") or "…"`.
fn otherwise(text: &[u8], start: usize) -> impl Iterator<Item = Quote> {
    let line = part(text, start..start + LONGEST_SETTING);
    let line = memchr::memchr2(b'\n', b';', line).and_then(|end| line.get(..end)).unwrap_or(line);
    let signed = memchr::memchr_iter(b' ', line).filter_map(move |blank| match part(line, blank..blank + 4) {
        b" || " | b" ?? " | b" or " | b" ?: " => quote::opening(text, start + blank + 4),
        _ => None,
    });
    let named = memchr::memchr2_iter(b'=', b'(', line).filter_map(move |sign| {
        let is_default = DEFAULTS.iter().any(|word| part(line, 0..sign + 1).ends_with(word));
        is_default.then(|| quote::opening(text, start + sign + 1)).flatten()
    });
    signed.chain(named)
}

/// How a default is given to what makes a setting: `CharField(default="…")`, `string().default("…")`.
const DEFAULTS: [&[u8]; 2] = [b"default=", b".default("];

/// The longest setting after which another value is looked for.
const LONGEST_SETTING: usize = 64;

/// Reports the string unless it is none; where it ends, and whether it is.
fn quoted(pass: &mut Pass<'_>, trust: Trust, quote: Quote, join: Join) -> (usize, bool) {
    pass.pay(JUDGE);
    let end = quote::string_end(pass.text, quote);
    let form = Form::quoted(join);
    let is_secret = is_secret(part(pass.text, quote.inside..end), trust, form);
    if is_secret {
        pass.report(ID, quote.inside, end);
    }
    (end, is_secret)
}

/// The values of a list: `tokens: ["…", "…"]`. Names in the plural have several, others sometimes.
fn listed(pass: &mut Pass<'_>, trust: Trust, start: usize) {
    let between = |byte: u8| byte.is_ascii_whitespace() || byte == b',' || byte == b'\\';
    let mut at = start;
    loop {
        at += part(pass.text, at..at + LONGEST_NAME).iter().take_while(|&&byte| between(byte)).count();
        // A backslash before a quote belongs to it.
        at = skip_back(pass.text, at, at - start, |byte| byte == b'\\');
        let Some(quote) = quote::opening(pass.text, at) else { return };
        at = quoted(pass, trust.min(Trust::Little), quote, Join::Listed).0 + 1;
        let closed = part(pass.text, at - 1..at + 8).iter().take_while(|&&byte| byte == b'\\').count();
        at += closed;
    }
}

/// Whether a value is the name that it is given to: `password=password`, `refresh_token: refreshToken` hand a variable on.
fn is_itself(text: &[u8], name_end: usize, value: &[u8]) -> bool {
    let name = part(text, name_end.saturating_sub(LONGEST_NAME)..name_end);
    let mut name = letters_from_end(name);
    // Most differ in the last letter already.
    value.len() < LONGEST_NAME
        && letters_from_end(value).all(|letter| name.next() == Some(letter))
        && letters_from_end(value).count() >= LEAST_ITSELF
        && value.iter().all(|&byte| byte.is_ascii_alphanumeric() || b"_-.$@".contains(&byte))
}

/// `#define API_PASS "PASS"`: whether the string is what the name ends in.
fn is_own_name(text: &[u8], name_end: usize, quote: Quote) -> bool {
    let close = quote::string_end(part(text, 0..quote.inside + LONGEST_NAME), quote);
    is_itself(text, name_end, part(text, quote.inside..close))
}

/// Letters and digits, folded, from the last one on.
fn letters_from_end(bytes: &[u8]) -> impl Iterator<Item = u8> {
    bytes.iter().rev().filter(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii()).map(u8::to_ascii_lowercase)
}

/// No name is longer, nor what is read beside one.
const LONGEST_NAME: usize = 64;

/// The shortest end of a name that is recognised as its value.
const LEAST_ITSELF: usize = 3;
