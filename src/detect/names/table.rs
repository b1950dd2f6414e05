//! The names whose values are secret, by how they end, and the table that lets all others go.
//!
//! Must not know values. Only names that *end* in one of these words count: a `max_tokens` or a `token_type` is no secret.

use super::super::endings::Endings;
use super::super::text::{after_escape, before, byte, exact_at, folded_at, folded_before, part, skip_back};
use super::owners::{KEY_ENDINGS, KEYS, OWNERS};
use super::pair::Join;
use super::quote;
use super::vendors;

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
    /// It is a secret member of a JSON Web Key.
    Jwk,
    /// It is an RSA key in XML, and what follows are its numbers.
    Rsa,
    /// It is the name of a quote, as HTML escapes it: what it closes is the name.
    Entity,
    /// It begins the hash of a password, and the value is part of that.
    Hash,
    /// A function that may take a secret: `calls` knows which of its arguments that is.
    Call,
    /// A function that makes base64 of what it is given.
    Encoder,
    /// What functions are given before a key.
    Payload,
    /// Bytes made of a string.
    Bytes,
    /// A method that gives a value to what a name was given to, or compares the two.
    Method(Join),
    /// What stands between the columns of a table and their values.
    Columns,
    /// The header of a part of a form: the name is in it, and the value behind it.
    Form,
    /// How a property is got and set: the name is what stands before.
    Accessor,
    /// Which of several secrets it is: the name is what stands before.
    Suffix,
    /// A command that writes its argument for the next one to read.
    Echo,
}

/// What has to stand before the word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    /// Anything: `PGPASSWORD`, `authtoken`.
    Anything,
    /// More of the name, or a quote: `DB_PASS`, `'pass'`, for a test that passes is no secret.
    Name,
    /// A word of [`KEYS`], or the name of a vendor.
    Key,
    /// A word of [`OWNERS`].
    Owner,
    /// `password`, and what joins the two.
    Password,
    /// `send`, and what joins the two.
    Send,
    /// No letter, and after it a colon with the value at once: `pass:0000`.
    Tight,
    /// No letter, and after it what a value is assigned by, or a colon and a quote, or a word with digits that ends the
    /// line: `pass = …`, `pass: "…"`, `pass: fake0000`.
    Assigned,
    /// No letter, and after it a string is assigned: `PASS = "…"`, `char pass[] = "…"`.
    String,
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

/// A word behind a name, with what joins it to that.
const fn suffix(word: &'static str) -> Name {
    Name { word, before: Before::Anything, kind: Kind::Suffix }
}

/// The end of the name of a function.
const fn call(word: &'static str) -> Name {
    Name { word, before: Before::Anything, kind: Kind::Call }
}

/// The end of the name of a function that encodes what it is given.
const fn encoder(word: &'static str) -> Name {
    Name { word, before: Before::Anything, kind: Kind::Encoder }
}

const fn method(word: &'static str, join: Join) -> Name {
    other(word, Kind::Method(join))
}

const fn jwk(word: &'static str) -> Name {
    Name { word, before: Before::Anything, kind: Kind::Jwk }
}

/// Longer words first where one ends in another.
const NAMES: &[Name] = &[
    // Before the names that they end in.
    name("sonar.login", Before::Word, Trust::Little),
    name("sonar_login", Before::Word, Trust::Little),
    name("cc_test_reporter_id", Before::Word, Trust::Little),
    other("login", Kind::Call),
    call("basicauth"),
    call("plainauth"),
    call("passwordauthentication"),
    call("passwordcredentials"),
    call("networkcredential"),
    call("connect"),
    other("mysqli", Kind::Call),
    call("getconnection"),
    other("pdo", Kind::Call),
    call("hmac"),
    call("cipheriv"),
    call("crypt"),
    call("wifi.begin"),
    call("sequelize"),
    call("credentials.basic"),
    call("authenticationtoken"),
    call("oauthhandler"),
    call("cookieparser"),
    encoder("b64encode"),
    encoder("b64encode(b"),
    encoder("getbytes"),
    encoder("btoa"),
    encoder("buffer.from"),
    encoder("base64_encode"),
    encoder("strict_encode"),
    encoder("encodetostring"),
    call("keyspec"),
    call("keyfor"),
    call("new(b"),
    call("fernet"),
    call("fernet(b"),
    call("serializer"),
    call("encode"),
    other("payload", Kind::Payload),
    Name { word: "]byte", before: Before::Anything, kind: Kind::Bytes },
    method("tobe", Join::Listed),
    method("equal", Join::Listed),
    method("equals", Join::Listed),
    method("isequalto", Join::Listed),
    method("fill", Join::Spaced),
    method(").type", Join::Spaced),
    Name { word: "keys", before: Before::Send, kind: Kind::Method(Join::Spaced) },
    method("unwrap_or", Join::Spaced),
    other("values", Kind::Columns),
    other("disposition", Kind::Form),
    name("passphrase", Before::Anything, Trust::Full),
    name("password", Before::Anything, Trust::Full),
    // As it is waited for, however it begins.
    name("assword", Before::Word, Trust::Full),
    name("confirmation", Before::Password, Trust::Full),
    name("passwd", Before::Anything, Trust::Full),
    name("passcode", Before::Anything, Trust::Full),
    name("pass_phrase", Before::Anything, Trust::Full),
    name("authtok", Before::Anything, Trust::Full),
    name("passwort", Before::Anything, Trust::Full),
    name("kennwort", Before::Anything, Trust::Full),
    name("pswd", Before::Anything, Trust::Full),
    name("senha", Before::Anything, Trust::Full),
    name("identified by", Before::Word, Trust::Full),
    // As it is mistyped.
    name("pasword", Before::Word, Trust::Full),
    name("passwrd", Before::Word, Trust::Full),
    name("paswd", Before::Word, Trust::Full),
    name("psswd", Before::Word, Trust::Full),
    name("convertto-securestring", Before::Word, Trust::Full),
    name("masterauth", Before::Word, Trust::Full),
    name("pass", Before::Name, Trust::Full),
    name("pass", Before::Owner, Trust::Full),
    name("snmp-server community", Before::Word, Trust::Full),
    name("pre-shared-key ascii-text", Before::Word, Trust::Full),
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
    name("pass", Before::String, Trust::Some),
    name("pass", Before::Assigned, Trust::Little),
    name("pass", Before::Tight, Trust::Little),
    name("dbpw", Before::Word, Trust::Full),
    name("rootpw", Before::Word, Trust::Full),
    name("userpw", Before::Word, Trust::Full),
    name("adminpw", Before::Word, Trust::Full),
    name("bindpw", Before::Word, Trust::Full),
    // In other tongues.
    name("contraseña", Before::Anything, Trust::Some),
    name("CONTRASEÑA", Before::Anything, Trust::Some),
    name("contrasena", Before::Anything, Trust::Some),
    name("motdepasse", Before::Anything, Trust::Some),
    name("mot de passe", Before::Anything, Trust::Some),
    name("mot_de_passe", Before::Anything, Trust::Some),
    name("mdp", Before::Word, Trust::Some),
    name("wachtwoord", Before::Anything, Trust::Some),
    name("lösenord", Before::Anything, Trust::Some),
    name("losenord", Before::Anything, Trust::Some),
    name("hasło", Before::Anything, Trust::Some),
    name("haslo", Before::Word, Trust::Some),
    name("heslo", Before::Word, Trust::Some),
    name("şifre", Before::Anything, Trust::Some),
    name("parola", Before::Word, Trust::Some),
    name("парола", Before::Anything, Trust::Some),
    name("пароль", Before::Anything, Trust::Some),
    name("Пароль", Before::Anything, Trust::Some),
    name("ПАРОЛЬ", Before::Anything, Trust::Some),
    name("密码", Before::Anything, Trust::Some),
    name("密碼", Before::Anything, Trust::Some),
    name("パスワード", Before::Anything, Trust::Some),
    name("비밀번호", Before::Anything, Trust::Some),
    name("패스워드", Before::Anything, Trust::Some),
    name("비번", Before::Anything, Trust::Some),
    name("암호", Before::Anything, Trust::Some),
    // The name of what holds a secret.
    name("existingsecret", Before::Anything, Trust::Little),
    name("existing_secret", Before::Anything, Trust::Little),
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
    name("pepper", Before::Word, Trust::Some),
    name("mnemonic", Before::Word, Trust::Some),
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
    name("&appid", Before::Anything, Trust::Little),
    name("?appid", Before::Anything, Trust::Little),
    name("setcookie", Before::Word, Trust::Little),
    name("access_id", Before::Word, Trust::Little),
    name("accessid", Before::Word, Trust::Little),
    name("accesskeyid", Before::Word, Trust::Little),
    name("access_key_id", Before::Word, Trust::Little),
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
    other("rsakeyvalue", Kind::Rsa),
    other("quot", Kind::Entity),
    other("apos", Kind::Entity),
    name("pin", Before::Word, Trust::Little),
    name("pat", Before::Word, Trust::Little),
    name("dsn", Before::Word, Trust::Little),
    other("argon2d$v", Kind::Hash),
    other("argon2i$v", Kind::Hash),
    other("argon2id$v", Kind::Hash),
    other("scrypt$ln", Kind::Hash),
    other("5$rounds", Kind::Hash),
    other("6$rounds", Kind::Hash),
    other("get; set", Kind::Accessor),
    other("get; init", Kind::Accessor),
    suffix("_dev"),
    suffix("_prod"),
    suffix("_production"),
    suffix("_test"),
    suffix("_stage"),
    suffix("_staging"),
    suffix("_local"),
    suffix("_old"),
    suffix("_new"),
    suffix("_admin"),
    suffix("_root"),
    suffix("_default"),
    suffix("_plain"),
    suffix("_str"),
    suffix("_md"),
    suffix("_base"),
    suffix("_hex"),
    suffix("_live"),
    call("new"),
    other("echo", Kind::Echo),
    other("echo -n", Kind::Echo),
    other("authorization", Kind::Authorization),
    other("string", Kind::Type),
    other("value", Kind::Value),
    other("content", Kind::Value),
    name("contribsys__com", Before::Word, Trust::Little),
    name("astracs", Before::Word, Trust::Little),
];

/// Digits that may follow the word: `password2`.
const MOST_DIGITS: usize = 3;

/// Whether a name may end at `end`. Most words are let go here.
#[inline(always)]
pub(in crate::detect) fn may_end(text: &[u8], end: usize) -> bool {
    match before(text, end) {
        Some(b'0'..=b'9') => in_digits(text, end),
        _ => is_ending(text, end),
    }
}

/// Whether a word of the table or the name of a vendor may end at `end`.
#[inline(always)]
fn is_ending(text: &[u8], end: usize) -> bool {
    ENDINGS.before(text, end).next().is_some() || vendors::VENDOR_ENDINGS.before(text, end).next().is_some()
}

/// A name may end in digits, and an escaped quote; most that does is a number.
#[inline(always)]
fn in_digits(text: &[u8], end: usize) -> bool {
    let word = word_end(text, end);
    match before(text, word) {
        Some(b'#' | b'x' | b'0'..=b'9') if quote::before_entity(text, end).is_some() => true,
        Some(byte) if byte.is_ascii_alphabetic() => is_ending(text, word),
        _ => is_port(text, end),
    }
}

/// Whether the port of PostgreSQL ends at `end`, and something that a colon joins is around it.
pub(super) fn is_port(text: &[u8], end: usize) -> bool {
    before(text, end) == Some(b'2') && exact_at(text, end.saturating_sub(5), b":5432:")
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
    let mut names = ENDINGS.before(text, end).filter_map(|(at, is_sure)| Some((NAMES.get(at)?, is_sure)));
    let name = names.find_map(|(name, is_sure)| {
        // What starts a text is as good as what follows a blank.
        let start = match name.word.as_bytes() {
            word if is_sure => end - word.len(),
            [b' ', word @ ..] if end == word.len() && folded_at(text, 0, word) => 0,
            word => folded_before(text, end, word)?,
        };
        name.stands_at(text, start).then_some((name, start))
    });
    name.or_else(|| Some((&VENDOR, vendors::start_of(text, end).filter(|&start| begins_word(text, start))?)))
}

/// The name of a vendor.
static VENDOR: Name = name("", Before::Word, Trust::Least);

/// How much the name that ends at `end` proves, if it is one whose value is secret.
pub(super) fn trust_at(text: &[u8], end: usize) -> Option<Trust> {
    match find(text, end)?.0.kind {
        Kind::Secret(trust) => Some(trust),
        _ => None,
    }
}

/// Whether it joins the words of a name.
fn is_joint(byte: Option<u8>) -> bool {
    matches!(byte, Some(b'_' | b'-' | b' '))
}

/// Where the word ends that a sign may join to the one at `start`.
fn joint(text: &[u8], start: usize) -> usize {
    start - usize::from(before(text, start) == Some(b'_'))
}

impl Name {
    fn stands_at(&self, text: &[u8], start: usize) -> bool {
        let letter_before = before(text, start).is_some_and(|byte| byte.is_ascii_alphabetic());
        let hump = is_hump(text, start);
        match self.before {
            Before::Anything => true,
            Before::Name => hump || matches!(before(text, start), Some(b'_' | b'-' | b'"' | b'\'')),
            Before::Key => {
                let joined = is_joint(before(text, start));
                if !joined && !letter_before {
                    return false;
                }
                let end = start - usize::from(joined);
                let mut ending = KEY_ENDINGS.before(text, end);
                ending.any(|(at, is_sure)| {
                    is_sure || KEYS.get(at).is_some_and(|word| folded_before(text, end, word).is_some())
                }) || vendors::start_of(text, end).is_some()
            }
            Before::Owner => OWNERS.iter().any(|word| folded_before(text, start, word).is_some()),
            Before::Password => folded_before(text, joint(text, start), b"password").is_some(),
            Before::Send => folded_before(text, joint(text, start), b"send").is_some(),
            Before::String => {
                let after = part(text, start + self.word.len()..start + self.word.len() + 12);
                let after = after.strip_prefix(b"[]").unwrap_or(after).trim_ascii_start();
                let value = after.strip_prefix(b"=").unwrap_or_default().trim_ascii_start();
                !letter_before && matches!(value, [b'"' | b'\'', ..])
            }
            Before::Assigned => {
                let after = part(text, start + self.word.len()..start + self.word.len() + 12).trim_ascii_start();
                let assigned = matches!(after, [b'=', next, ..] if *next != b'=') || after.starts_with(b":=");
                let quoted =
                    matches!(after, [b':', rest @ ..] if matches!(rest.trim_ascii_start(), [b'"' | b'\'', ..]));
                let begins = !letter_before || after_escape(text, start);
                let alone = || exact_at(text, start, b"pass: ") && is_alone(text, start + b"pass: ".len());
                begins && before(text, start) != Some(b'-') && (assigned || quoted || alone())
            }
            Before::Tight => {
                let after = part(text, start + self.word.len()..start + self.word.len() + 2);
                !letter_before && matches!(after, [b':', value] if !value.is_ascii_whitespace())
            }
            Before::Word => begins_word(text, start),
        }
    }
}

/// Whether a word of a name starts at `start`: behind no letter, or by a hump.
fn begins_word(text: &[u8], start: usize) -> bool {
    is_hump(text, start)
        || !before(text, start).is_some_and(|byte| byte.is_ascii_alphabetic())
        || after_escape(text, start)
}

fn is_hump(text: &[u8], start: usize) -> bool {
    byte(text, start).is_some_and(|byte| byte.is_ascii_uppercase())
        && before(text, start).is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// Whether what starts at `start` is a word with digits, up to the end of the line.
fn is_alone(text: &[u8], start: usize) -> bool {
    let line = part(text, start..start + LONGEST_ALONE);
    let word = line.split(|&byte| byte == b'\n' || byte == b'\\').next().unwrap_or_default().trim_ascii_end();
    let digits = word.iter().filter(|byte| byte.is_ascii_digit()).count();
    word.len() < LONGEST_ALONE
        && digits >= 2
        && digits < word.len()
        && word.iter().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&*+=?@~".contains(byte))
}

/// A longer word is no password that a person chose.
const LONGEST_ALONE: usize = 48;

/// What names end in, in their order.
pub(in crate::detect) static ENDINGS: Endings<{ NAMES.len() }> = {
    let (mut words, mut names): ([&[u8]; NAMES.len()], _) = ([b""; NAMES.len()], NAMES);
    let mut free: &mut [&[u8]] = &mut words;
    while let ([place, places @ ..], [name, others @ ..]) = (free, names) {
        assert!(name.word.len() > 2, "a name has three letters and more");
        *place = name.word.as_bytes();
        (free, names) = (places, others);
    }
    Endings::of(&words)
};
