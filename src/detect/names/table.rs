//! The names whose values are secret, by how they end, and the table that lets all others go.
//!
//! Must not know values. Only names that *end* in one of these words count: a `max_tokens` or a `token_type` is no secret.

use super::super::text::{after_escape, before, byte, folded_before, skip_back};

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
}

/// What has to stand before the word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// Anything may be a password: words, sentences, PINs.
    Full,
    /// Made by machines, and talked about in prose and code: no blanks, no plain words without quotes.
    Some,
    /// The name of a setting as often: it has to look random as well.
    Little,
}

const fn name(word: &'static str, before: Before, trust: Trust) -> Name {
    Name { word, before, kind: Kind::Secret(trust) }
}

const fn other(word: &'static str, kind: Kind) -> Name {
    Name { word, before: Before::Word, kind }
}

/// Longer words first where one ends in another.
const NAMES: &[Name] = &[
    name("passphrase", Before::Anything, Trust::Full),
    name("password", Before::Anything, Trust::Full),
    name("passwd", Before::Anything, Trust::Full),
    name("passcode", Before::Anything, Trust::Full),
    name("pass", Before::Name, Trust::Full),
    name("pwd", Before::Word, Trust::Full),
    name("credentials", Before::Anything, Trust::Some),
    name("credential", Before::Anything, Trust::Some),
    name("secret", Before::Anything, Trust::Full),
    name("token", Before::Anything, Trust::Some),
    name("auth", Before::Word, Trust::Little),
    name("key", Before::Key, Trust::Some),
    other("authorization", Kind::Authorization),
    other("string", Kind::Type),
    other("value", Kind::Value),
];

/// What makes a key a secret one; with `_`, `-`, a blank or nothing before `key`.
const KEYS: &[&str] = &[
    "access",
    "account",
    "admin",
    "aes",
    "api",
    "app",
    "auth",
    "client",
    "consumer",
    "encryption",
    "hmac",
    "master",
    "private",
    "secret",
    "service",
    "session",
    "shared",
    "signing",
    "storage",
    "subscription",
];

/// Digits that may follow the word: `password2`.
const MOST_DIGITS: usize = 3;

/// Whether a name may end at `end`. Most words are let go here.
#[inline(always)]
pub(in crate::detect) fn may_end(text: &[u8], end: usize) -> bool {
    let Some(&last) = text.get(..end).and_then(<[u8]>::last_chunk::<WIDTH>) else { return end > 0 };
    let [_, b, c, d] = last.map(|byte| byte | 0x20);
    // A digit at the end belongs to the name as often as not.
    d.is_ascii_digit() && b.is_ascii_alphanumeric() || ENDS.has_four(last) || ENDS.has_three([b, c, d])
}

/// The row whose word ends the name that ends at `end`, and where the word starts.
pub(super) fn find(text: &[u8], end: usize) -> Option<(&'static Name, usize)> {
    let digits = skip_back(text, end, MOST_DIGITS, |byte| byte.is_ascii_digit());
    let end = match before(text, digits) {
        Some(b'_' | b'-') if digits < end => digits - 1,
        _ => digits,
    };
    let last = before(text, end)? | 0x20;
    NAMES.iter().filter(|name| name.word.as_bytes().last() == Some(&last)).find_map(|name| {
        let start = folded_before(text, end, name.word.as_bytes())?;
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
            Before::Name => hump || matches!(before(text, start), Some(b'_' | b'-')),
            Before::Key => {
                let joined = matches!(before(text, start), Some(b'_' | b'-' | b' '));
                let end = start - usize::from(joined);
                KEYS.iter().any(|word| folded_before(text, end, word.as_bytes()).is_some())
            }
            Before::Word => hump || !letter_before || after_escape(text, start),
        }
    }
}

/// How many bytes of the end of a word are looked up.
const WIDTH: usize = 4;

/// The ends of all words: of four bytes, and of the words that have only three.
struct Ends([u64; 1 << (BITS - 6)]);

/// Bits of a hash.
const BITS: u32 = 12;

static ENDS: Ends = ends();

impl Ends {
    #[inline(always)]
    fn has_four(&self, last: [u8; WIDTH]) -> bool {
        self.has(u32::from_le_bytes(last) | 0x2020_2020)
    }

    #[inline(always)]
    fn has_three(&self, [a, b, c]: [u8; 3]) -> bool {
        self.has(u32::from_le_bytes([0, a, b, c]))
    }

    #[inline(always)]
    fn has(&self, word: u32) -> bool {
        let hash = hash(word);
        // The table has a place for every hash, so the fallback is never taken and the check is compiled away.
        self.0.get(hash >> 6).copied().unwrap_or_default() >> (hash & 63) & 1 == 1
    }
}

const fn hash(word: u32) -> usize {
    (word.wrapping_mul(0x9e37_79b1) >> (32 - BITS)) as usize
}

const fn ends() -> Ends {
    let mut bits = [0; 1 << (BITS - 6)];
    let mut names = NAMES;
    while let [name, others @ ..] = names {
        let hash = hash(match name.word.as_bytes() {
            [.., a, b, c, d] => u32::from_le_bytes([*a, *b, *c, *d]),
            [a, b, c] => u32::from_le_bytes([0, *a, *b, *c]),
            _ => panic!("a name has three letters and more"),
        });
        let (_, tail) = bits.split_at_mut(hash >> 6);
        if let [word, ..] = tail {
            *word |= 1 << (hash & 63);
        }
        names = others;
    }
    Ends(bits)
}
