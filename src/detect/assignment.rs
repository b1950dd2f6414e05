//! Values whose name says that they are secret: `password=…`, `"apiKey": "…"`, `--token …`.
//!
//! Must not know notations (`pair` does) nor what a placeholder looks like. Only names that *end* in one of these words
//! count: a `max_tokens` or a `token_type` is no secret. Keeps I5: the pass remembers where bare values end.

use super::engine::Pass;
use super::marker::{is_cut, marker_at};
use super::pair::{self, Join, Value};
use super::placeholder::{is_expression, is_placeholder};
use super::registry::{Detector, DetectorId, Example, Group, Rule};
use super::text::{before, byte, exact_at, folded_at, folded_before, judged, looks_random, part};
use super::windows::Window;

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
    rule: Rule::Custom {
        // Grouped so that the product of the letters of a group spells no common word.
        wake: &[
            &[Window::Folded(b"auth"), Window::Folded(b"word")],
            &[Window::Folded(b"oken"), Window::Folded(b"pass")],
            &[Window::Folded(b"cred"), Window::Folded(b"cret")],
            &[Window::Folded(b"phra"), Window::Folded(b"sswd"), Window::Folded(b"pwd")],
            &[Window::Folded(b"key")],
        ],
        look,
    },
};

/// A word that a secret's name ends in.
struct Name {
    word: &'static [u8],
    /// Where in the word the window ends that wakes it.
    anchor: usize,
    before: Before,
    trust: Trust,
}

/// What has to stand before the word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Anything: `PGPASSWORD`, `authtoken`.
    Anything,
    /// More of the name: `DB_PASS`, for a test that passes is no secret.
    Name,
    /// A word of [`KEYS`].
    Key,
    /// No letter of the same word: `basic_auth`, not `oauth`.
    Word,
}

/// How much the name alone proves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// Anything may be a password: words, sentences, PINs.
    Full,
    /// Made by machines, and talked about in prose and code: no blanks, no plain words without quotes.
    Some,
    /// The name of a setting as often: it has to look random as well.
    Little,
}

const NAMES: &[Name] = &[
    Name { word: b"auth", anchor: 4, before: Before::Word, trust: Trust::Little },
    Name { word: b"credential", anchor: 4, before: Before::Anything, trust: Trust::Some },
    Name { word: b"credentials", anchor: 4, before: Before::Anything, trust: Trust::Some },
    Name { word: b"key", anchor: 3, before: Before::Key, trust: Trust::Some },
    Name { word: b"pass", anchor: 4, before: Before::Name, trust: Trust::Full },
    Name { word: b"passphrase", anchor: 8, before: Before::Anything, trust: Trust::Full },
    Name { word: b"passwd", anchor: 6, before: Before::Anything, trust: Trust::Full },
    Name { word: b"password", anchor: 8, before: Before::Anything, trust: Trust::Full },
    Name { word: b"pwd", anchor: 3, before: Before::Word, trust: Trust::Full },
    Name { word: b"secret", anchor: 6, before: Before::Anything, trust: Trust::Full },
    Name { word: b"token", anchor: 5, before: Before::Anything, trust: Trust::Some },
];

/// What makes a key a secret one; with `_`, `-`, a blank or nothing before `key`.
const KEYS: &[&[u8]] = &[
    b"access",
    b"account",
    b"admin",
    b"aes",
    b"api",
    b"app",
    b"auth",
    b"client",
    b"consumer",
    b"encryption",
    b"hmac",
    b"master",
    b"private",
    b"secret",
    b"service",
    b"session",
    b"shared",
    b"signing",
    b"storage",
    b"subscription",
];

fn look(pass: &mut Pass<'_>, detector: DetectorId, end: usize) {
    let text = pass.text;
    for name in NAMES {
        let Some(start) = end.checked_sub(name.anchor) else { continue };
        let after = start + name.word.len();
        // A name that goes on is another name.
        let goes_on = byte(text, after).is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if goes_on || !folded_at(text, start, name.word) || !name.stands_at(text, start) {
            continue;
        }
        if let Some(value) = pair::value_after(text, start, after) {
            evaluate(pass, detector, name, after, value);
        }
    }
}

impl Name {
    fn stands_at(&self, text: &[u8], start: usize) -> bool {
        let letter_before = before(text, start).is_some_and(|byte| byte.is_ascii_alphabetic());
        let hump = byte(text, start).is_some_and(|byte| byte.is_ascii_uppercase())
            && before(text, start).is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        match self.before {
            Before::Anything => true,
            Before::Name => hump || matches!(before(text, start), Some(b'_' | b'-')),
            Before::Key => {
                let joined = matches!(before(text, start), Some(b'_' | b'-' | b' '));
                let end = start - usize::from(joined);
                KEYS.iter().any(|word| folded_before(text, end, word).is_some())
            }
            Before::Word => hump || !letter_before || super::text::after_escape(text, start),
        }
    }
}

/// Reports `value` unless it is none. A type between a name and its value (`token: String = "…"`) is stepped over.
fn evaluate(pass: &mut Pass<'_>, detector: DetectorId, name: &Name, name_end: usize, value: Value) {
    let text = pass.text;
    let Value { start, join } = value;
    if let Some(quote) = pair::opening(text, start) {
        let end = pair::string_end(text, quote);
        if is_secret(part(text, quote.inside..end), name, true) {
            pass.report(detector, quote.inside, end);
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
        return evaluate_typed(pass, detector, name, end + 3);
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
        && (is_secret(part(text, start..end), name, false) || cut && !is_placeholder(part(text, start..end)))
    {
        pass.report(detector, start, end);
    }
}

/// The value after a type: only a quoted one is a value and no expression.
fn evaluate_typed(pass: &mut Pass<'_>, detector: DetectorId, name: &Name, start: usize) {
    if let Some(quote) = pair::opening(pass.text, start) {
        let end = pair::string_end(pass.text, quote);
        if is_secret(part(pass.text, quote.inside..end), name, true) {
            pass.report(detector, quote.inside, end);
        }
    }
}

fn is_secret(value: &[u8], name: &Name, quoted: bool) -> bool {
    // Small numbers are counts, ports and flags.
    let number = value.iter().all(u8::is_ascii_digit);
    if is_placeholder(value) {
        return false;
    }
    let judged = judged(value);
    match name.trust {
        Trust::Full => !number || value.len() >= 4,
        Trust::Some if number => value.len() >= 8,
        Trust::Some => {
            let plain = !quoted && value.len() <= LONGEST_WORD && value.iter().all(u8::is_ascii_lowercase);
            let prose = judged.iter().any(u8::is_ascii_whitespace) && !judged.iter().any(u8::is_ascii_digit);
            !plain && !prose
        }
        Trust::Little => {
            let credential = looks_random(judged) || judged.contains(&b':');
            !number && credential && value.len() >= 8 && !judged.iter().any(u8::is_ascii_whitespace)
        }
    }
}

/// The longest name that is recognised as its own value.
const LONGEST_NAME: usize = 64;

/// The longest word that prose and code put after a colon.
const LONGEST_WORD: usize = 16;
