//! Values whose name says that they are secret: `password=…`, `"apiKey": "…"`, `--token …`, `Authorization: …`.
//!
//! A name is told by how it ends (`table`), its value by what joins the two (`pair`), and whether the value is a secret by
//! its looks (`value`, `placeholder`): names are given to many things that are none. `header` knows what stands in an
//! `Authorization`.
//!
//! Must not know where a name may end: the sweep says so. Keeps I5: the pass remembers where bare values end.

pub(super) mod header;
mod pair;
mod placeholder;
mod table;
mod value;

use alloc::vec::Vec;

use self::pair::{Join, Quote, Value};
use self::placeholder::is_expression;
use self::table::{Kind, Trust};
use self::value::{Form, is_secret};
use super::engine::Pass;
use super::marker::{is_cut, marker_at};
use super::personal;
use super::registry::{self, Detector, DetectorId, Example, Group, Rule};
use super::text::{byte, exact_at, is_blank, part, skip, skip_back};

pub(super) use self::header::{may_be_scheme, scheme};
pub(super) use self::placeholder::is_placeholder;
pub(super) use self::table::may_end;

/// Values of secret names.
pub(super) const SECRET_ASSIGNMENT: Detector = Detector {
    id: "secret-assignment",
    group: Group::Secret,
    about: "values whose name says that they are secret, in code, configuration, JSON, headers and command lines",
    source: "names as documented by AWS, GitHub, PostgreSQL, MySQL, Docker and OAuth 2.0 (RFC 6749) for their settings",
    examples: &[
        Example("password=«FAKEpass0000» user=x"),
        Example("export GITHUB_TOKEN=\"«FAKE0000»\""),
        Example("{\"password\": \"«FAKE\\\"0000»\", \"n\": 1}"),
        Example("{\\\"dbPassword\\\": \\\"«FAKE, 0000»\\\"}"),
        Example("api-key: «FAKE0000abcd»\n"),
        Example("my API key: «FAKE0000abcd», thanks"),
        Example("aws_secret_access_key = «FAKE0000+abcd/EXAMPLE0000»"),
        Example("mysql --password «FAKE0000» --token=«0000FAKE»"),
        Example("[\"psql\", \"--password\", \"«FAKE0000»\"]"),
        Example("?client_secret=«FAKE0000»&x=1"),
        Example("Server=db;Password=«FAKE;0000»;Database=x"),
        Example("os.environ[\"DB_PASS\"] = '«FAKE0000»'"),
        Example(":passphrase => \"«FAKE 0000»\""),
        Example("<Password>«FAKE0000»</Password>"),
        Example("let token: String = \"«FAKE0000»\";"),
        Example("PGPASSWORD=«FAKE0000»\\n"),
        Example("token=«FAKE»\n[... telemetry preview truncated ...]"),
        Example("{input_token_count: 12, max_tokens=100, token_type: \"bearer\", tokens: 5, token: 7}"),
        Example("password= user=x"),
        Example("password=${PASSWORD} token=$TOKEN secret=<secret> api_key=YOUR_API_KEY pwd=xxxx"),
        Example("{\"password\": null, \"secret\": \"****\", \"token\": true}"),
        Example("password=[redacted:secret-assignment], token: [redacted 12 chars]"),
        Example("password: string; token: Option<String>, secret = load_secret(x)"),
        Example("login(password=password, token=self.token, refresh_token: refresh_token)"),
        Example("primary_key=0000abcd public_key: 0000abcd"),
        Example("unexpected token: identifier"),
        Example("the password is wrong; author: jane; keyboard=us"),
        Example("std::token::Kind, pass: 12 passed, PASS: tests/Fake0000.sh"),
    ],
    rule: Rule::Names,
};

const ID: DetectorId = registry::id("secret-assignment");

/// Looks at the name that ends at `end`.
#[inline(never)]
pub(super) fn look(pass: &mut Pass<'_>, end: usize) {
    let Some((name, start)) = table::find(pass.text, end) else { return };
    match name.kind {
        Kind::Authorization => header::header(pass, start, end),
        Kind::Type => typed(pass, start, end),
        Kind::Value => valued(pass, start, end),
        Kind::Personal => personal::at_word(pass, end),
        Kind::Secret(trust) => {
            if let Some(value) = pair::value_after(pass.text, start, end) {
                evaluate(pass, trust, end, value);
            }
        }
    }
}

/// Whether `is` ends at `end` after a secret name: `the token is 0000…`.
fn is_named(text: &[u8], end: usize) -> bool {
    let name = end.checked_sub(3).filter(|&blank| byte(text, blank).is_some_and(is_blank));
    name.and_then(|name| table::find(text, name)).is_some_and(|(name, _)| matches!(name.kind, Kind::Secret(_)))
}

/// Looks at the option of a command that starts at `start`: its value may stand apart.
pub(super) fn option(pass: &mut Pass<'_>, start: usize) {
    let end = skip(pass.text, start, |byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if !byte(pass.text, end).is_some_and(|byte| is_blank(byte) || byte == b'=') {
        return;
    }
    if USER_OPTIONS.iter().any(|name| part(pass.text, start..end) == *name) {
        user(pass, end + 1);
    } else if may_end(pass.text, end) {
        look(pass, end);
    }
}

/// Options of commands that speak HTTP whose value is a user and a password.
const USER_OPTIONS: [&[u8]; 5] = [b"u", b"user", b"proxy-user", b"U", b"http-user"];

/// `curl -u user:password`: what stands before a blank or the closing quote, if it has a colon inside.
fn user(pass: &mut Pass<'_>, start: usize) {
    let text = pass.text;
    let line = part(text, start.saturating_sub(FARTHEST_COMMAND)..start);
    if !COMMANDS.iter().any(|command| memchr::memmem::find(line, command).is_some()) {
        return;
    }
    let (start, end) = match pair::opening(text, start) {
        Some(quote) => (quote.inside, pair::string_end(text, quote)),
        None => (start, skip(text, start, |byte| !byte.is_ascii_whitespace() && !b"\"'`\\<".contains(&byte))),
    };
    // `"user":"password"` is two quoted strings and one word of a shell.
    let joined = [&b"\":\""[..], b"':'"].iter().any(|joint| exact_at(text, end, joint));
    let end = match pair::opening(text, end + 2).filter(|_| joined) {
        Some(quote) => pair::string_end(text, quote),
        None => end,
    };
    let value = part(text, start..end);
    let Some(colon) = memchr::memchr(b':', value) else { return };
    let password = value.get(colon + 1..).unwrap_or_default();
    let password = [b"\"", b"'"].iter().fold(password, |rest, quote| rest.strip_prefix(*quote).unwrap_or(rest));
    let form = Form { quoted: true, join: Join::Option, code: false };
    let user = value.get(..colon).unwrap_or_default();
    let sample = user == password
        || SAMPLES.contains(&password)
        || [&b"{{"[..], b"${", b"["].iter().any(|open| password.starts_with(open));
    if !sample && is_secret(password, Trust::Full, form) {
        pass.report(ID, start, end);
    }
}

/// Passwords of examples in manuals.
const SAMPLES: [&[u8]; 5] = [b"pass", b"passwd", b"pwd", b"test", b"yyy"];

/// How far before an option the command may stand.
const FARTHEST_COMMAND: usize = 256;

const COMMANDS: [&[u8]; 3] = [b"curl", b"wget", b"http"];

/// The name before a type: `var password string = "…"`.
fn typed(pass: &mut Pass<'_>, start: usize, end: usize) {
    let text = pass.text;
    let name_end = skip_back(text, start, 4, |byte| is_blank(byte) || byte == b':' || byte == b'*' || byte == b'&');
    if name_end == start {
        return;
    }
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
fn valued(pass: &mut Pass<'_>, start: usize, end: usize) {
    let text = pass.text;
    let Some(value) = pair::value_after(text, start, end) else { return };
    // The name ends a few quotes, blanks and line feeds before.
    let between = |byte: u8| byte.is_ascii_whitespace() || b"\"'\\,;".contains(&byte);
    let name_end = skip_back(text, start, FARTHEST_NAME, between);
    if name_end == start {
        return;
    }
    let Some((name, name_start)) = table::find(text, name_end) else { return };
    let named = skip_back(text, name_start, LONGEST_NAME, |byte| !byte.is_ascii_whitespace() && byte != b'<');
    let called = part(text, named.saturating_sub(12)..name_start);
    let is_called = CALLED.iter().any(|word| memchr::memmem::find(called, word).is_some());
    if let Kind::Secret(trust) = name.kind
        && is_called
    {
        evaluate(pass, trust, name_end, value);
    }
}

/// How far before the word `value` the name that it belongs to may end.
const FARTHEST_NAME: usize = 32;

/// What says that a name follows.
const CALLED: [&[u8]; 4] = [b"name", b"Name", b"key", b"Key"];

/// Reports `value` unless it is none. A type between a name and its value (`token: String = "…"`) is stepped over.
fn evaluate(pass: &mut Pass<'_>, trust: Trust, name_end: usize, value: Value) {
    let text = pass.text;
    let Value { start, join } = value;
    if byte(text, start) == Some(b'[') && marker_at(text, start).is_none() {
        return listed(pass, trust, start + 1);
    }
    if let Some(quote) = pair::opening(text, start) {
        quoted(pass, trust, quote, join);
        return;
    }
    // A marker may hold blanks; whatever follows it directly belongs to the value.
    let marker = marker_at(text, start);
    let brackets = matches!(byte(text, start), Some(b'{' | b'(' | b'<' | b',' | b';' | b')' | b']' | b'}' | b'='));
    if marker.is_none() && brackets {
        return;
    }
    let from = marker.unwrap_or(start);
    let end = pass.bare_end(from, |text| pair::bare_end(text, from));
    if join == Join::Colon && exact_at(text, end, b" = ") {
        if let Some(quote) = pair::opening(text, end + 3) {
            quoted(pass, trust, quote, Join::Assigned);
        }
        return;
    }
    let value = part(text, start..end);
    let variable = is_itself(text, name_end, value)
        || join == Join::Compared
        || join == Join::Tag && !exact_at(text, skip(text, end, |byte| byte.is_ascii_whitespace()), b"</");
    let code = start > name_end + 1 && matches!(byte(text, end), Some(b',' | b';' | b')'));
    let form = Form { quoted: false, join, code };
    let cut = is_cut(text, end) && !is_placeholder(value);
    if marker != Some(end) && !variable && !is_expression(text, start, end) && (cut || is_secret(value, trust, form)) {
        pass.report(ID, start, end);
    }
}

fn quoted(pass: &mut Pass<'_>, trust: Trust, quote: Quote, join: Join) -> usize {
    let end = pair::string_end(pass.text, quote);
    let form = Form { quoted: true, join, code: false };
    if is_secret(part(pass.text, quote.inside..end), trust, form) {
        pass.report(ID, quote.inside, end);
    }
    end
}

/// The values of a list: `tokens: ["…", "…"]`. Names in the plural have several, others sometimes.
fn listed(pass: &mut Pass<'_>, trust: Trust, start: usize) {
    let between = |byte: u8| byte.is_ascii_whitespace() || byte == b',' || byte == b'\\';
    let mut at = start;
    loop {
        at += part(pass.text, at..at + LONGEST_NAME).iter().take_while(|&&byte| between(byte)).count();
        // A backslash before a quote belongs to it.
        at = skip_back(pass.text, at, at - start, |byte| byte == b'\\');
        let Some(quote) = pair::opening(pass.text, at) else { return };
        at = quoted(pass, trust.min(Trust::Little), quote, Join::Listed) + 1;
        let closed = part(pass.text, at - 1..at + 8).iter().take_while(|&&byte| byte == b'\\').count();
        at += closed;
    }
}

/// Whether a value is the name that it is given to: `password=password`, `refresh_token: refreshToken` hand a variable on.
fn is_itself(text: &[u8], name_end: usize, value: &[u8]) -> bool {
    let letters = |bytes: &[u8]| {
        let folded: Vec<u8> =
            bytes.iter().filter(|byte| byte.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase).collect();
        folded
    };
    if value.len() >= LONGEST_NAME
        || !value.iter().all(|&byte| byte.is_ascii_alphanumeric() || b"_-.$@".contains(&byte))
    {
        return false;
    }
    let value = letters(value);
    let name = letters(part(text, name_end.saturating_sub(LONGEST_NAME)..name_end));
    value.len() >= LEAST_ITSELF && name.ends_with(&value)
}

/// The longest name that is recognised as its own value.
const LONGEST_NAME: usize = 64;

/// The shortest end of a name that is recognised as its value.
const LEAST_ITSELF: usize = 3;
