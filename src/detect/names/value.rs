//! Whether the value of a secret name is a secret.
//!
//! Names are given to many things that are none: variables, descriptions, types, paths. What is let go here leaves, so
//! each rule says of a form that no generator of secrets makes, and that nobody would take for a password.
//!
//! Must not know notations. Keeps I5: only the beginning of a value is judged.

use super::super::encoded;
use super::super::text::{Alphabet, decode_base64, exact_at, is_filler, judged, looks_made, looks_random, part};
use super::expression::is_demand;
use super::pair::Join;
use super::placeholder::{describes, is_placeholder, is_worded};
use super::table::Trust;

/// How a value is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// Between quotes.
    pub(super) quoted: bool,
    pub(super) join: Join,
    /// As programs write variables: amid blanks, and a comma, bracket or semicolon follows.
    pub(super) code: bool,
}

impl Form {
    /// Between quotes, or as good as that: the place says where the value ends.
    pub(super) const fn quoted(join: Join) -> Self {
        Form { quoted: true, join, code: false }
    }
}

/// Whether `value` is one that a name of this `trust` may not let out.
pub(super) fn is_secret(value: &[u8], trust: Trust, form: Form) -> bool {
    // Most values do not look like a secret: that costs less to tell than what else they are.
    may_be_secret(value, trust, form) && !is_nothing(value, trust)
}

/// Whether it is the name of something that a secret is in, or stands for one.
fn is_nothing(value: &[u8], trust: Trust) -> bool {
    let judged = judged(value);
    is_placeholder(value)
        || describes(judged)
        || is_demand(judged)
        || is_path(value)
        || trust < Trust::Full && (is_file(judged) || is_version(judged) || is_filler(judged, 7))
        || trust < Trust::Little && is_worded(judged)
}

/// Whether it is digits with dots between them, as versions and object identifiers are.
fn is_version(value: &[u8]) -> bool {
    value.contains(&b'.') && value.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.')
}

fn may_be_secret(value: &[u8], trust: Trust, form: Form) -> bool {
    if value.len() < trust.least() {
        return false;
    }
    let judged = judged(value);
    let kinds = Kinds::of(judged);
    // Most that a weak name is given is a word.
    if trust < Trust::Little && !kinds.have(Kinds::DIGIT | Kinds::UPPER) {
        return false;
    }
    // Small numbers are counts, ports and flags.
    let number = kinds.are(Kinds::DIGIT) && value.iter().all(u8::is_ascii_digit);
    // An argument may be anything: what a prompt says, a list of names.
    let trust = match form.join {
        Join::Listed => trust.min(Trust::Little),
        Join::Spaced if trust < Trust::Full && !(number && value.len() >= LONG_NUMBER) => trust.min(Trust::Little),
        _ => trust,
    };
    let blank = kinds.have(Kinds::WHITE);
    let variable =
        !form.quoted && kinds.are(Kinds::NAME) && !judged.first().is_some_and(|b| b.is_ascii_digit() || *b == b'.');
    let is_mixed = kinds.have(Kinds::BEYOND) && !blank && value.len() >= LEAST_MIXED && looks_dense(judged);
    let looks = match trust {
        Trust::Full if form.join == Join::Spaced && blank => false,
        Trust::Full if number => value.len() >= 4,
        Trust::Full if variable => !form.code && !is_compound(judged) || looks_made(judged) || is_gibberish(judged),
        Trust::Full => value.len() >= 3 || !form.quoted,
        Trust::Some if number => value.len() >= 8,
        // No machine makes such a letter; what stands before it may be a token, and no blank stands between the two.
        Trust::Some if Kinds::of(part(judged, 0..1)).have(Kinds::BEYOND) => is_mixed,
        Trust::Some if kinds.have(Kinds::BEYOND) => {
            let head = judged.iter().position(|byte| !byte.is_ascii()).map_or(judged, |end| part(judged, 0..end));
            is_mixed || !Kinds::of(head).are(Kinds::WORDS) && looks_dense(head)
        }
        Trust::Some if blank => looks_made(judged) && kinds.have(Kinds::DIGIT),
        Trust::Some if kinds.are(Kinds::WORDS) => is_gibberish(judged) && judged.len() >= 6 || are_gibberish(judged),
        Trust::Some => looks_random(judged) && !(form.code && variable && !looks_made(judged)),
        Trust::Little | Trust::Least | Trust::Hint if number || blank => false,
        Trust::Little => {
            value.len() >= trust.least() && (looks_dense(judged) || judged.contains(&b':') && looks_random(judged))
        }
        Trust::Hint if is_uuid(value) => false,
        // The name of a package as well, whose digest or image follows.
        Trust::Least if judged.contains(&b':') || form.join == Join::Colon && !form.quoted && is_digest(value) => false,
        Trust::Least | Trust::Hint => looks_dense(judged) && (value.len() >= LONG_ENOUGH || has_all_kinds(judged)),
    };
    // `"auth": "…"`: what a client sends in place of a user and a password, however short.
    looks || trust >= Trust::Little && is_encoded_pair(judged)
}

/// A number of so many digits counts nothing.
const LONG_NUMBER: usize = 15;

/// The shortest value with letters of other tongues that is no word of them.
const LEAST_MIXED: usize = 8;

/// The shortest value that a name is believed for which proves nothing.
pub(super) const LEAST_OF_HINTS: usize = 16;

/// What is shorter has to be of all kinds of letters, where the name proves nothing.
const LONG_ENOUGH: usize = 20;

/// Whether there are letters of both cases and digits.
fn has_all_kinds(value: &[u8]) -> bool {
    let kinds = Kinds::of(value);
    [Kinds::UPPER, Kinds::LOWER, Kinds::DIGIT].iter().all(|kind| kinds.have(*kind))
}

impl Trust {
    /// The shortest value that is worth a look.
    const fn least(self) -> usize {
        match self {
            Trust::Least | Trust::Hint => LEAST_OF_HINTS,
            Trust::Little => 8,
            Trust::Some => 4,
            Trust::Full => 1,
        }
    }
}

/// Whether `value` looks like what a generator makes: letters and digits mixed, no words.
pub(super) fn looks_dense(value: &[u8]) -> bool {
    // Most have two soon.
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).take(2).count();
    looks_made(value) && (digits == 2 || is_gibberish(value))
}

/// Whether `value` looks like a key: dense, and of all kinds of letters.
pub(super) fn is_key(value: &[u8]) -> bool {
    looks_dense(value) && has_all_kinds(value)
}

/// Which kinds of bytes there are in a value, a bit each: told at once, for many questions are about them.
#[derive(Clone, Copy)]
struct Kinds(u16);

impl Kinds {
    const DIGIT: u16 = 1;
    const UPPER: u16 = 1 << 1;
    const LOWER: u16 = 1 << 2;
    /// White space that is no blank.
    const BREAK: u16 = 1 << 3;
    const BLANK: u16 = 1 << 4;
    const UNDERSCORE_DOT: u16 = 1 << 5;
    const DASH_SLASH: u16 = 1 << 6;
    const DOLLAR: u16 = 1 << 7;
    /// What a letter begins with that is not ASCII.
    const BEYOND: u16 = 1 << 8;
    const OTHER: u16 = 1 << 9;

    const LETTER: u16 = Self::UPPER | Self::LOWER;
    const WHITE: u16 = Self::BLANK | Self::BREAK;
    /// Letters and what joins words.
    const WORDS: u16 = Self::LETTER | Self::UNDERSCORE_DOT | Self::DASH_SLASH | Self::BLANK;
    /// What names of variables are made of.
    const NAME: u16 = Self::LETTER | Self::DIGIT | Self::UNDERSCORE_DOT | Self::DOLLAR;

    fn of(value: &[u8]) -> Self {
        let kind = |byte: &u8| KINDS.get(usize::from(*byte)).copied().unwrap_or_default();
        Kinds(value.iter().fold(0, |kinds, byte| kinds | kind(byte)))
    }

    /// Whether there is one of `kinds`.
    fn have(self, kinds: u16) -> bool {
        self.0 & kinds != 0
    }

    /// Whether there is nothing but `kinds`.
    fn are(self, kinds: u16) -> bool {
        self.0 & !kinds == 0
    }

    const fn of_byte(byte: u8) -> u16 {
        match byte {
            b'0'..=b'9' => Self::DIGIT,
            b'A'..=b'Z' => Self::UPPER,
            b'a'..=b'z' => Self::LOWER,
            b' ' => Self::BLANK,
            b'_' | b'.' => Self::UNDERSCORE_DOT,
            b'-' | b'/' => Self::DASH_SLASH,
            b'$' => Self::DOLLAR,
            _ if byte.is_ascii_whitespace() => Self::BREAK,
            // Letters of Latin, Greek, Cyrillic or of the East begin so; quotes and dashes begin otherwise.
            0xc3..=0xdf | 0xe3..=0xf4 => Self::BEYOND,
            _ => Self::OTHER,
        }
    }
}

static KINDS: [u16; 256] = {
    let mut kinds = [0; 256];
    let mut slots: &mut [u16] = &mut kinds;
    while let [others @ .., slot] = slots {
        *slot = Kinds::of_byte(others.len() as u8);
        slots = others;
    }
    kinds
};

/// Whether a name is made of several words: `user_password`, `self.token`, `userPassword`.
pub(super) fn is_compound(value: &[u8]) -> bool {
    let humps = value.array_windows().filter(|[a, b]| a.is_ascii_lowercase() && b.is_ascii_uppercase()).count();
    value.iter().any(|byte| b"_.".contains(byte)) || humps > 0
}

/// Whether it is a path or an address, and no value.
pub(super) fn is_path(value: &[u8]) -> bool {
    let rooted = matches!(
        value,
        [b'/', ..]
            | [b'.', b'/', ..]
            | [b'.', b'.', b'/', ..]
            | [b'~', b'/', ..]
            | [b'C', b':', b'\\', ..]
            | [b'$', b'a'..=b'z', ..]
            | [b'f', b'i', b'l', b'e', b':', ..]
    );
    let linked = exact_at(value, 0, b"http://") || exact_at(value, 0, b"https://");
    if !rooted && !linked {
        return false;
    }
    let judged = judged(value);
    let steps = judged.iter().filter(|byte| **byte == b'/' || **byte == b'\\').count();
    let plain = judged.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_-./~:\\ {}$".contains(byte));
    linked && !judged.contains(&b'@') && !judged.contains(&b'?') || rooted && steps > 1 && plain && !looks_dense(judged)
}

/// Whether it is the name of a file, by how it ends: a setting names the file that a key is in.
fn is_file(value: &[u8]) -> bool {
    const ENDS: [&[u8]; 14] = [
        b".pem",
        b".key",
        b".crt",
        b".cer",
        b".p12",
        b".pfx",
        b".jks",
        b".json",
        b".xml",
        b".yaml",
        b".yml",
        b".txt",
        b".properties",
        b".conf",
    ];
    let dot = memchr::memrchr(b'.', value);
    dot.and_then(|dot| value.get(dot..)).is_some_and(|end| ENDS.contains(&end))
}

/// Whether it decodes to a user and a password.
fn is_encoded_pair(value: &[u8]) -> bool {
    let mut decoded = [0; 48];
    let padded = value.strip_suffix(b"=").map(|value| value.strip_suffix(b"=").unwrap_or(value)).unwrap_or(value);
    padded.iter().all(|&byte| Alphabet::Base64.has(byte)) && encoded::is_pair(decode_base64(padded, &mut decoded))
}

/// Whether it is a digest: of SHA-1 or SHA-256, in hexadecimal digits.
fn is_digest(value: &[u8]) -> bool {
    matches!(value.len(), 40 | 64) && value.iter().all(|&byte| Alphabet::LowerHex.has(byte))
}

/// Whether it is a UUID, which names things more often than it opens them.
pub(super) fn is_uuid(value: &[u8]) -> bool {
    let sign = |(at, byte): (usize, &u8)| match at {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    value.len() == 36 && value.iter().enumerate().all(sign)
}

/// Whether letters follow each other as in no language: seven of twenty pairs are rare ones.
pub(super) fn is_gibberish(value: &[u8]) -> bool {
    let (rare, all) = rare_pairs(value);
    all >= 3 && 20 * rare >= 7 * all
}

/// How many pairs of letters are rare, and how many there are.
fn rare_pairs(value: &[u8]) -> (usize, usize) {
    let letters = |pair: &&[u8; 2]| pair.iter().all(u8::is_ascii_alphabetic);
    let (mut rare, mut all) = (0, 0);
    for [a, b] in value.array_windows().filter(letters) {
        let row = PAIRS.get(usize::from((a | 0x20) - b'a')).copied().unwrap_or_default();
        rare += usize::from(row >> ((b | 0x20) - b'a') & 1 == 0);
        all += 1;
    }
    (rare, all)
}

/// The same of several words: of so many letters less is no chance.
fn are_gibberish(value: &[u8]) -> bool {
    let joined = value.iter().any(|byte| b"_-".contains(byte));
    let (rare, all) = rare_pairs(value);
    joined && all >= 8 && 25 * rare >= 7 * all
}

/// Which letter follows which in English and in programs: bit `n` of the row of `a` tells of the `n`th letter after `a`.
/// Counted over documentation and source text; the rarest pairs, one in thirty of all, are left out.
const PAIRS: [u32; 26] = [
    0x1bebd6e, 0x1164915, 0x11e4d91, 0x0164919, 0x1efb97f, 0x01a4931, 0x0163991, 0x0184111, 0x2aef87f, 0x0000010,
    0x0042110, 0x11c4939, 0x014d913, 0x13c6d7d, 0x07efd4f, 0x11ec991, 0x0100000, 0x13e7d5d, 0x11ccd95, 0x11ed9bd,
    0x00eb97f, 0x0000111, 0x0026191, 0x0088010, 0x04ca840, 0x0000010,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_what_machines_make() {
        for word in ["password", "administrator", "kubernetes", "confluence", "identifier", "bearer"] {
            assert!(!is_gibberish(word.as_bytes()), "{word}");
        }
        for word in ["gzhqvhz", "xjcbfcwmeco", "qlhyyafy", "rnomegjjlbprmhyv"] {
            assert!(is_gibberish(word.as_bytes()), "{word}");
        }
    }
}
