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

use self::pair::{Join, Value};
use self::placeholder::is_expression;
use self::table::{Kind, Name};
use self::value::{Form, is_secret};
use super::engine::Pass;
use super::marker::{is_cut, marker_at};
use super::registry::{self, Detector, DetectorId, Example, Group, Rule};
use super::text::{byte, exact_at, folded_before, is_blank, part, skip, skip_back};

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
        Kind::Secret(_) => {
            if let Some(value) = pair::value_after(pass.text, start, end) {
                evaluate(pass, name, end, value);
            }
        }
    }
}

/// Looks at the option of a command that starts at `start`: its value may stand apart.
pub(super) fn option(pass: &mut Pass<'_>, start: usize) {
    let end = skip(pass.text, start, |byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if byte(pass.text, end).is_some_and(is_blank) && may_end(pass.text, end) {
        look(pass, end);
    }
}

/// The name before a type: `var password string = "…"`.
fn typed(pass: &mut Pass<'_>, start: usize, end: usize) {
    let text = pass.text;
    let name_end = skip_back(text, start, 4, |byte| is_blank(byte) || byte == b':' || byte == b'*' || byte == b'&');
    if name_end == start {
        return;
    }
    let Some((name, name_start)) = table::find(text, name_end) else { return };
    if let Kind::Secret(_) = name.kind
        && let Some(value) = pair::value_after(text, start, end)
        && matches!(value.join, Join::Assigned)
        && name_start < name_end
    {
        evaluate(pass, name, name_end, value);
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
    if matches!(name.kind, Kind::Secret(_)) && is_called {
        evaluate(pass, name, name_end, value);
    }
}

/// How far before the word `value` the name that it belongs to may end.
const FARTHEST_NAME: usize = 32;

/// What says that a name follows.
const CALLED: [&[u8]; 4] = [b"name", b"Name", b"key", b"Key"];

/// Reports `value` unless it is none. A type between a name and its value (`token: String = "…"`) is stepped over.
fn evaluate(pass: &mut Pass<'_>, name: &Name, name_end: usize, value: Value) {
    let text = pass.text;
    let Value { start, join } = value;
    if let Some(quote) = pair::opening(text, start) {
        let end = pair::string_end(text, quote);
        if is_secret(part(text, quote.inside..end), name, Form::Quoted) {
            pass.report(ID, quote.inside, end);
        }
        return;
    }
    // A marker may hold blanks; whatever follows it directly belongs to the value.
    let marker = marker_at(text, start);
    let brackets =
        matches!(byte(text, start), Some(b'{' | b'[' | b'(' | b'<' | b',' | b';' | b')' | b']' | b'}' | b'='));
    if marker.is_none() && brackets {
        return;
    }
    let from = marker.unwrap_or(start);
    let end = pass.bare_end(from, |text| pair::bare_end(text, from));
    if join == Join::Colon && exact_at(text, end, b" = ") {
        return evaluate_typed(pass, name, end + 3);
    }
    // `password=password` and `refresh_token: refresh_token` hand a variable on.
    let value = part(text, start..end);
    let itself =
        (name.word.len()..LONGEST_NAME).contains(&value.len()) && folded_before(text, name_end, value).is_some();
    let variable = itself || join == Join::Compared || join == Join::Tag && !exact_at(text, end, b"</");
    let cut = is_cut(text, end);
    if marker != Some(end)
        && !variable
        && !is_expression(text, start, end)
        && (is_secret(part(text, start..end), name, Form::Bare) || cut && !is_placeholder(part(text, start..end)))
    {
        pass.report(ID, start, end);
    }
}

/// The value after a type: only a quoted one is a value and no expression.
fn evaluate_typed(pass: &mut Pass<'_>, name: &Name, start: usize) {
    if let Some(quote) = pair::opening(pass.text, start) {
        let end = pair::string_end(pass.text, quote);
        if is_secret(part(pass.text, quote.inside..end), name, Form::Quoted) {
            pass.report(ID, quote.inside, end);
        }
    }
}

/// The longest name that is recognised as its own value.
const LONGEST_NAME: usize = 64;
