//! The names whose values are secret, by how they end, and the table that lets all others go.
//!
//! Must not know values. Only names that *end* in one of these words count: a `max_tokens` or a `token_type` is no secret.

use super::super::text::{after_escape, before, byte, folded_at, folded_before, part, skip_back};
use super::pair;

/// A word that a name ends in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    pub(super) word: &'static str,
    before: Before,
    pub(super) kind: Kind,
}

/// What follows from a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Its value is secret, if it looks so.
    Secret(Trust),
    /// Its value is what RFC 9110 calls credentials.
    Authorization,
    /// A type stands where a name would: the name is the word before.
    Type,
    /// Its value belongs to a name that was given before.
    Value,
    /// It is personal data.
    Personal,
    /// It is a secret member of a JSON Web Key.
    Jwk,
    /// It is the name of a quote, as HTML escapes it: what it closes is the name.
    Entity,
}

/// What has to stand before the word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    /// Anything: `PGPASSWORD`, `authtoken`.
    Anything,
    /// More of the name, or a quote: `DB_PASS`, `'pass'`, for a test that passes is no secret.
    Name,
    /// A word of [`KEYS`].
    Key,
    /// No letter, and after it a colon with the value at once: `pass:0000`.
    Tight,
    /// No letter of the same word: `basic_auth`, not `oauth`.
    Word,
}

/// How much the name alone proves; more of it is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// The name of anything at all: its value has to look like nothing but a key, and no identifier either.
    Hint,
    /// The name of a vendor: its value has to look like nothing but a key.
    Least,
    /// The name of a setting as often: it has to look random as well.
    Little,
    /// Made by machines, and talked about in prose and code: no blanks, no words.
    Some,
    /// Anything may be a password: words, sentences, PINs.
    Full,
}

const fn name(word: &'static str, before: Before, trust: Trust) -> Name {
    Name { word, before, kind: Kind::Secret(trust) }
}

const fn other(word: &'static str, kind: Kind) -> Name {
    Name { word, before: Before::Word, kind }
}

const fn jwk(word: &'static str) -> Name {
    Name { word, before: Before::Anything, kind: Kind::Jwk }
}

/// Longer words first where one ends in another.
const NAMES: &[Name] = &[
    name("passphrase", Before::Anything, Trust::Full),
    name("password", Before::Anything, Trust::Full),
    name("password_confirmation", Before::Anything, Trust::Full),
    name("passwordconfirmation", Before::Anything, Trust::Full),
    name("passwd", Before::Anything, Trust::Full),
    name("passcode", Before::Anything, Trust::Full),
    name("passwort", Before::Anything, Trust::Full),
    name("kennwort", Before::Anything, Trust::Full),
    name("pswd", Before::Anything, Trust::Full),
    name("senha", Before::Anything, Trust::Full),
    name("identified by", Before::Word, Trust::Full),
    // As it is mistyped.
    name("pasword", Before::Word, Trust::Full),
    name("passwrd", Before::Word, Trust::Full),
    name("psswrd", Before::Word, Trust::Full),
    name("paswd", Before::Word, Trust::Full),
    name("psswd", Before::Word, Trust::Full),
    name("convertto-securestring", Before::Word, Trust::Full),
    name("pass", Before::Name, Trust::Full),
    name("passin pass", Before::Word, Trust::Full),
    name("passout pass", Before::Word, Trust::Full),
    name("pwd", Before::Anything, Trust::Full),
    name("psw", Before::Word, Trust::Full),
    name("psk", Before::Word, Trust::Full),
    // Two letters are a name only after what ends another word.
    name(" pw", Before::Anything, Trust::Full),
    name("(pw", Before::Anything, Trust::Full),
    name("/pw", Before::Anything, Trust::Full),
    name(",pw", Before::Anything, Trust::Full),
    name("_pw", Before::Anything, Trust::Full),
    name("-pw", Before::Anything, Trust::Full),
    name("\"pw", Before::Anything, Trust::Full),
    name("'pw", Before::Anything, Trust::Full),
    name("\npw", Before::Anything, Trust::Full),
    name("pass", Before::Tight, Trust::Little),
    name("secret", Before::Anything, Trust::Full),
    name("credentials", Before::Anything, Trust::Some),
    name("credential", Before::Anything, Trust::Some),
    name("creds", Before::Word, Trust::Some),
    name("token", Before::Anything, Trust::Some),
    name("secrets", Before::Anything, Trust::Some),
    name("tokens", Before::Anything, Trust::Some),
    name("passwords", Before::Anything, Trust::Some),
    name("jwt", Before::Word, Trust::Some),
    name("salt", Before::Word, Trust::Some),
    name("otp", Before::Word, Trust::Some),
    name("totp", Before::Word, Trust::Some),
    name("key", Before::Key, Trust::Some),
    name("keys", Before::Key, Trust::Some),
    // Of anything: only what is long and dense is a key of the other kind.
    name("key", Before::Anything, Trust::Hint),
    name("connectionstring", Before::Anything, Trust::Some),
    name("connection_string", Before::Anything, Trust::Some),
    name("auth", Before::Word, Trust::Little),
    name("bearer", Before::Word, Trust::Little),
    name("cookie", Before::Word, Trust::Little),
    name("oauth_signature", Before::Word, Trust::Little),
    name("nonce", Before::Word, Trust::Little),
    name("session", Before::Word, Trust::Little),
    name("sessionid", Before::Word, Trust::Little),
    name("session_id", Before::Word, Trust::Little),
    name("sid", Before::Word, Trust::Little),
    // Of an address: elsewhere a signature opens nothing.
    name("&sig", Before::Anything, Trust::Little),
    name("?sig", Before::Anything, Trust::Little),
    name("setcookie", Before::Word, Trust::Little),
    name("access_id", Before::Word, Trust::Little),
    name("accessid", Before::Word, Trust::Little),
    name("accesskeyid", Before::Word, Trust::Little),
    name("access_key_id", Before::Word, Trust::Little),
    other("seed", Kind::Personal),
    jwk(" \"d"),
    jwk(",\"d"),
    jwk("{\"d"),
    jwk("\\\"d"),
    jwk(" \"k"),
    jwk(",\"k"),
    jwk("{\"k"),
    jwk("\\\"k"),
    jwk("\"dp"),
    jwk("\"dq"),
    jwk("\"qi"),
    jwk(",\"p"),
    jwk(" \"p"),
    jwk("\\\"p"),
    jwk(",\"q"),
    jwk(" \"q"),
    jwk("\\\"q"),
    other("quot", Kind::Entity),
    other("apos", Kind::Entity),
    name("pin", Before::Word, Trust::Little),
    name("pat", Before::Word, Trust::Little),
    name("dsn", Before::Word, Trust::Little),
    other("authorization", Kind::Authorization),
    other("string", Kind::Type),
    other("value", Kind::Value),
    other("passport", Kind::Personal),
    other("reisepass", Kind::Personal),
    other("pasaporte", Kind::Personal),
    other("passeport", Kind::Personal),
    other("passaporto", Kind::Personal),
    other("paspoort", Kind::Personal),
    other("driving_licence", Kind::Personal),
    other("driving licence", Kind::Personal),
    other("driver_license", Kind::Personal),
    other("driver license", Kind::Personal),
    other("drivers license", Kind::Personal),
    other("driver's license", Kind::Personal),
    other("rijbewijs", Kind::Personal),
    other("ausweis", Kind::Personal),
    other("kennzeichen", Kind::Personal),
    other("kenteken", Kind::Personal),
    other("postcode", Kind::Personal),
    other("plate", Kind::Personal),
    other("plates", Kind::Personal),
    other("nino", Kind::Personal),
    other("bic", Kind::Personal),
    other("swift", Kind::Personal),
    other("mnemonic", Kind::Personal),
    other("phrase", Kind::Personal),
    name("contribsys__com", Before::Word, Trust::Little),
    name("astracs", Before::Word, Trust::Little),
    name("adafruit", Before::Word, Trust::Least),
    name("airtable", Before::Word, Trust::Least),
    name("algolia", Before::Word, Trust::Least),
    name("asana", Before::Word, Trust::Least),
    name("atlassian", Before::Word, Trust::Least),
    name("azure", Before::Word, Trust::Least),
    name("bitbucket", Before::Word, Trust::Least),
    name("bittrex", Before::Word, Trust::Least),
    name("cloudflare", Before::Word, Trust::Least),
    name("codecov", Before::Word, Trust::Least),
    name("coinbase", Before::Word, Trust::Least),
    name("confluent", Before::Word, Trust::Least),
    name("contentful", Before::Word, Trust::Least),
    name("databricks", Before::Word, Trust::Least),
    name("datadog", Before::Word, Trust::Least),
    name("discord", Before::Word, Trust::Least),
    name("dropbox", Before::Word, Trust::Least),
    name("droneci", Before::Word, Trust::Least),
    name("etsy", Before::Word, Trust::Least),
    name("facebook", Before::Word, Trust::Least),
    name("fastly", Before::Word, Trust::Least),
    name("finnhub", Before::Word, Trust::Least),
    name("flickr", Before::Word, Trust::Least),
    name("freshbooks", Before::Word, Trust::Least),
    name("github", Before::Word, Trust::Least),
    name("gitlab", Before::Word, Trust::Least),
    name("gitter", Before::Word, Trust::Least),
    name("heroku", Before::Word, Trust::Least),
    name("hubspot", Before::Word, Trust::Least),
    name("intercom", Before::Word, Trust::Least),
    name("jira", Before::Word, Trust::Least),
    name("kraken", Before::Word, Trust::Least),
    name("kucoin", Before::Word, Trust::Least),
    name("launchdarkly", Before::Word, Trust::Least),
    name("linear", Before::Word, Trust::Least),
    name("linkedin", Before::Word, Trust::Least),
    name("looker", Before::Word, Trust::Least),
    name("mailchimp", Before::Word, Trust::Least),
    name("mailgun", Before::Word, Trust::Least),
    name("mapbox", Before::Word, Trust::Least),
    name("mattermost", Before::Word, Trust::Least),
    name("meraki", Before::Word, Trust::Least),
    name("messagebird", Before::Word, Trust::Least),
    name("netlify", Before::Word, Trust::Least),
    name("newrelic", Before::Word, Trust::Least),
    name("nytimes", Before::Word, Trust::Least),
    name("okta", Before::Word, Trust::Least),
    name("openai", Before::Word, Trust::Least),
    name("plaid", Before::Word, Trust::Least),
    name("postman", Before::Word, Trust::Least),
    name("rapidapi", Before::Word, Trust::Least),
    name("sendgrid", Before::Word, Trust::Least),
    name("sentry", Before::Word, Trust::Least),
    name("shopify", Before::Word, Trust::Least),
    name("sidekiq", Before::Word, Trust::Least),
    name("slack", Before::Word, Trust::Least),
    name("snyk", Before::Word, Trust::Least),
    name("squarespace", Before::Word, Trust::Least),
    name("stripe", Before::Word, Trust::Least),
    name("sumologic", Before::Word, Trust::Least),
    name("telegram", Before::Word, Trust::Least),
    name("travis", Before::Word, Trust::Least),
    name("trello", Before::Word, Trust::Least),
    name("twilio", Before::Word, Trust::Least),
    name("twitch", Before::Word, Trust::Least),
    name("twitter", Before::Word, Trust::Least),
    name("typeform", Before::Word, Trust::Least),
    name("yandex", Before::Word, Trust::Least),
    name("zendesk", Before::Word, Trust::Least),
];

/// What makes a key a secret one; with `_`, `-`, a blank or nothing before `key`.
const KEYS: &[&str] = &[
    "access",
    "account",
    "activation",
    "admin",
    "aes",
    "api",
    "app",
    "auth",
    "cipher",
    "client",
    "consumer",
    "cookie",
    "credential",
    "crypto",
    "decryption",
    "deploy",
    "deployment",
    "developer",
    "encrypt",
    "encryption",
    "gpg",
    "hmac",
    "host",
    "ingest",
    "integration",
    "jwt",
    "license",
    "live",
    "management",
    "master",
    "personal",
    "pgp",
    "private",
    "prod",
    "project",
    "publishable",
    "root",
    "rsa",
    "sandbox",
    "sdk",
    "secret",
    "secure",
    "security",
    "server",
    "service",
    "session",
    "shared",
    "sign",
    "signing",
    "ssh",
    "ssl",
    "storage",
    "subscription",
    "symmetric",
    "team",
    "tls",
    "token",
    "user",
    "wallet",
    "webhook",
    "write",
];

/// Digits that may follow the word: `password2`.
const MOST_DIGITS: usize = 3;

/// Whether a name may end at `end`. Most words are let go here.
#[inline(always)]
pub(in crate::detect) fn may_end(text: &[u8], end: usize) -> bool {
    let Some(last) = last_of(text, end) else { return end > 0 };
    let [.., byte] = last;
    if byte.is_ascii_digit() { in_digits(text, end) } else { first_four(last) | first_three(last) != 0 }
}

/// A name may end in digits; most that does is a number.
#[inline(never)]
fn in_digits(text: &[u8], end: usize) -> bool {
    if pair::before_entity(text, end).is_some() {
        return true;
    }
    let word = word_end(text, end);
    word < end && before(text, word).is_some_and(|byte| byte.is_ascii_alphabetic()) && may_end(text, word)
}

/// Where the word of a name ends that ends at `end`: before its digits, and what joins them to it.
fn word_end(text: &[u8], end: usize) -> usize {
    let digits = skip_back(text, end, MOST_DIGITS, |byte| byte.is_ascii_digit());
    match before(text, digits) {
        Some(b'_' | b'-') if digits < end => digits - 1,
        _ => digits,
    }
}

/// The row whose word ends the name that ends at `end`, and where the word starts.
pub(super) fn find(text: &[u8], end: usize) -> Option<(&'static Name, usize)> {
    let end = word_end(text, end);
    let tail = tail_of(text, end);
    let [.., a, b, c, d] = tail.to_le_bytes();
    rows(first_four([a, b, c, d])).chain(rows(first_three([a, b, c, d]))).find_map(|row| {
        if tail & row.mask != row.tail {
            return None;
        }
        let name = row.name;
        // What starts a text is as good as what follows a blank.
        let start = match name.word.as_bytes() {
            [b' ', word @ ..] if end == word.len() && folded_at(text, 0, word) => 0,
            word => folded_before(text, end, word)?,
        };
        name.stands_at(text, start).then_some((name, start))
    })
}

impl Name {
    fn stands_at(&self, text: &[u8], start: usize) -> bool {
        let letter_before = before(text, start).is_some_and(|byte| byte.is_ascii_alphabetic());
        let hump = byte(text, start).is_some_and(|byte| byte.is_ascii_uppercase())
            && before(text, start).is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        match self.before {
            Before::Anything => true,
            Before::Name => hump || matches!(before(text, start), Some(b'_' | b'-' | b'"' | b'\'')),
            Before::Key => {
                let joined = matches!(before(text, start), Some(b'_' | b'-' | b' '));
                if !joined && !letter_before {
                    return false;
                }
                let end = start - usize::from(joined);
                KEYS.iter().any(|word| folded_before(text, end, word.as_bytes()).is_some())
            }
            Before::Tight => {
                let after = part(text, start + self.word.len()..start + self.word.len() + 2);
                !letter_before && matches!(after, [b':', value] if !value.is_ascii_whitespace())
            }
            Before::Word => hump || !letter_before || after_escape(text, start),
        }
    }
}

/// How many bytes of the end of a word are looked up.
const WIDTH: usize = 4;

/// Bits of a hash.
const BITS: u32 = 12;

/// The first row, and one, of each hash of the end of a word; and the rows.
struct Rows {
    first: [u8; 1 << BITS],
    rows: [Row; NAMES.len()],
}

/// A name, the end of its word as [`tail`] has it, and the next row, and one, of the same hash.
#[derive(Clone, Copy)]
struct Row {
    name: &'static Name,
    tail: u64,
    mask: u64,
    next: u8,
}

static ROWS: Rows = all_rows();

/// The last bytes before `end`, if there are so many.
#[inline(always)]
fn last_of(text: &[u8], end: usize) -> Option<[u8; WIDTH]> {
    text.get(..end)?.last_chunk().copied()
}

/// The first row with a word that ends so, and one.
#[inline(always)]
fn first_four(last: [u8; WIDTH]) -> u8 {
    first(u32::from_le_bytes(last))
}

/// The same of the words that have three letters.
#[inline(always)]
fn first_three([_, b, c, d]: [u8; WIDTH]) -> u8 {
    first(u32::from_le_bytes([0, b, c, d]))
}

#[inline(always)]
fn first(word: u32) -> u8 {
    // The table has a place for every hash, so the fallback is never taken and the check is compiled away.
    ROWS.first.get(hash(word)).copied().unwrap_or_default()
}

fn rows(first: u8) -> impl Iterator<Item = &'static Row> {
    let row = |number: u8| usize::from(number).checked_sub(1).and_then(|at| ROWS.rows.get(at));
    core::iter::successors(row(first), move |last| row(last.next))
}

const fn hash(word: u32) -> usize {
    ((word | 0x2020_2020).wrapping_mul(0x9e37_79b1) >> (32 - BITS)) as usize
}

/// The last bytes of a word as a number, the last one highest, each with the bit that lower case has. What is missing are
/// blanks.
const fn tail(word: &[u8]) -> u64 {
    let (mut tail, mut word, mut shift) = (0x2020_2020_2020_2020, word, u64::BITS);
    while let [others @ .., byte] = word
        && shift > 0
    {
        shift -= u8::BITS;
        tail |= (*byte as u64) << shift;
        word = others;
    }
    tail
}

/// The same of what ends at `end`.
#[inline(always)]
fn tail_of(text: &[u8], end: usize) -> u64 {
    let word = text.get(..end).unwrap_or_default();
    word.last_chunk().map_or_else(|| tail(word), |last| u64::from_le_bytes(*last) | 0x2020_2020_2020_2020)
}

#[expect(clippy::panic, reason = "runs in the compiler, and stops it")]
const fn all_rows() -> Rows {
    let [any, ..] = NAMES else { panic!("there are names") };
    let (mut first, mut rows) = ([0; 1 << BITS], [Row { name: any, tail: 0, mask: 0, next: 0 }; NAMES.len()]);
    assert!(NAMES.len() < 255);
    // From the last on, so that the first one comes first.
    let mut names = NAMES;
    while let [others @ .., name] = names {
        let word = name.word.as_bytes();
        let hash = hash(match word {
            [.., a, b, c, d] => u32::from_le_bytes([*a, *b, *c, *d]),
            [a, b, c] => u32::from_le_bytes([0, *a, *b, *c]),
            _ => panic!("a name has three letters and more"),
        });
        let bytes = if word.len() < 8 { word.len() as u32 } else { 8 };
        let mask = !0 << (u64::BITS - bytes * u8::BITS);
        let (_, heads) = first.split_at_mut(hash);
        let (_, free) = rows.split_at_mut(others.len());
        if let ([head, ..], [row, ..]) = (heads, free) {
            *row = Row { name, tail: tail(word) & mask, mask, next: *head };
            *head = names.len() as u8;
        }
        names = others;
    }
    Rows { first, rows }
}
