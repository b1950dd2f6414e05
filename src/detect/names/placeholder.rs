//! Values that stand where a secret would, and are none.
//!
//! Must not know the name that the value goes with. A value that is wrongly called a placeholder leaves the house, so
//! each form here is one that no generator of secrets makes.

use super::super::marker::is_marker;
use super::super::text::{Signs, byte, exact_at, folded_at, judged, looks_made, part, repeats, skip, skip_back};

/// Words that say that there is no value, or what type it has.
const WORDS: &[&[u8]] = &[
    b"!0",
    b"!1",
    b"any",
    b"await",
    b"bool",
    b"boolean",
    b"bytes",
    b"char",
    b"const",
    b"convertto-securestring",
    b"cwd",
    b"false",
    b"int",
    b"integer",
    b"masked",
    b"new",
    b"nil",
    b"no",
    b"none",
    b"null",
    b"number",
    b"object",
    b"optional",
    b"private",
    b"protected",
    b"public",
    b"raise",
    b"redacted",
    b"required",
    b"return",
    b"str",
    b"string",
    b"text",
    b"true",
    b"undefined",
    b"unknown",
    b"void",
    b"yes",
];

/// The longest of them.
const LONGEST_WORD: usize = longest(WORDS);

const fn longest(words: &[&[u8]]) -> usize {
    let (mut longest, mut words) = (0, words);
    while let [word, others @ ..] = words {
        if word.len() > longest {
            longest = word.len();
        }
        words = others;
    }
    longest
}

/// Whether `value` holds no secret: nothing, a marker, a variable, a metavariable, a filler or a word of [`WORDS`].
pub(in crate::detect) fn is_placeholder(value: &[u8]) -> bool {
    is_stand_in(value) || is_monotonous(judged(value))
}

/// The same where any other value is a secret, one of few letters too: the place says so.
pub(in crate::detect) fn is_stand_in(value: &[u8]) -> bool {
    let filler = |byte: &u8| b"xX*.#_-?".contains(byte);
    // A person cut it, or put something in place of it.
    let short = value.len() < LONGEST_SHORTENED;
    let cut_out = short && value.contains(&b'[') && SUBSTITUTES.iter().any(|word| ends_in(value, word));
    if cut_out || is_filled(judged(value)) || short && (value.ends_with(b"...") || value.ends_with("…".as_bytes())) {
        return true;
    }
    match value {
        [] => true,
        [b'<', .., b'>'] | [b'$', b'(' | b'[', ..] | [b'$', b'{', b'{', ..] | [b'{', b'{', ..] => true,
        // Strings that are joined, a variable between quotes, a field that is filled in.
        [b'"' | b'\'', b' ', b'+' | b'.' | b'&', ..] | [b'\'' | b'"', b'$', b'{', ..] => true,
        [b'#', path @ .., b'#']
            if path.contains(&b'.') && path.iter().all(|b| b.is_ascii_alphabetic() || *b == b'.') =>
        {
            true
        }
        [b'{', name @ .., b'}'] if is_name(name) && !looks_made(name) => true,
        [b'{', inside @ .., b'}'] => judged(inside).iter().all(|&b| b.is_ascii_alphabetic() || b"_. {}()".contains(&b)),
        [b'$', b'{', inside @ ..] => is_variable(inside) || are_variables(judged(value)),
        [b'[', .., b']'] if is_marker(value) => true,
        [b'$', name @ ..] | [b'%', name @ .., b'%'] if is_name(name) => true,
        [b'%', b's' | b'd' | b'v' | b'q'] | [b'$', b'0'..=b'9'] => true,
        [b'!', tag @ ..] if TAGS.contains(&tag) => true,
        _ if judged(value).iter().all(filler) => true,
        [b'[' | b'<', ..] if SUBSTITUTES.iter().any(|word| value.eq_ignore_ascii_case(word)) => true,
        _ if folded_at(value, 0, b"your") => {
            matches!(byte(value, 4), Some(b'_' | b'-' | b' ')) || describes(part(value, 4..value.len()))
        }
        [b'r' | b's' | b'n', ..] if RULES.iter().any(|rule| value.starts_with(rule)) => true,
        _ if is_pattern(judged(value)) => true,
        _ => value.len() <= LONGEST_WORD && WORDS.iter().any(|word| value.eq_ignore_ascii_case(word)),
    }
}

/// What begins the rules that a field has to keep, as Laravel writes them.
const RULES: [&[u8]; 4] = [b"required|", b"nullable|", b"sometimes|", b"string|"];

/// Whether it is a pattern of texts.
fn is_pattern(value: &[u8]) -> bool {
    let mut signs = memchr::memchr2_iter(b'[', b'(', value);
    signs.any(|at| PATTERNS.iter().any(|pattern| exact_at(value, at, pattern)))
}

/// How patterns spell classes and groups.
const PATTERNS: [&[u8]; 4] = [b"(?:", b"[a-z", b"[A-Z", b"[0-9"];

/// Tags of YAML that say how the value behind them is read.
const TAGS: &[&[u8]] =
    &[b"vault", b"Ref", b"Sub", b"GetAtt", b"ImportValue", b"Join", b"reference", b"env", b"secret", b"!binary"];

/// Values longer than this may have been cut by a program, and what it left is too much to show.
const LONGEST_SHORTENED: usize = 64;

/// What people leave where a value was.
const SUBSTITUTES: &[&[u8]] = &[b"[redacted", b"[masked]", b"[hidden]", b"[filtered]", b"[removed]"];

/// Whether `word`, in brackets, stands for the rest of `value` after two dots: `abcd..[Redacted]`.
fn ends_in(value: &[u8], word: &[u8]) -> bool {
    let end = value.len() - usize::from(value.ends_with(b"]"));
    let word = word.strip_suffix(b"]").unwrap_or(word);
    end.checked_sub(word.len() + 2)
        .is_some_and(|dots| folded_at(value, dots + 2, word) && value.get(dots..dots + 2) == Some(b".."))
}

/// Whether a filler goes on for longer than in any generated value: `abc-xxxxxxxx`, `12-########`.
fn is_filled(value: &[u8]) -> bool {
    // So many in a row have one at each such step.
    (FILLED - 1..value.len()).step_by(FILLED).any(|at| {
        let Some(filler) = byte(value, at).filter(|byte| b"xX*#".contains(byte)) else { return false };
        let same = |byte: u8| byte == filler;
        skip(value, at, same) - skip_back(value, at, FILLED, same) >= FILLED
    })
}

/// So many fillers in a row are no chance.
const FILLED: usize = 6;

/// Whether `value` says what should stand in its place: `client_secret_here`, `my-token`, `password`. It has letters
/// only, and one of its words is about secrets or about examples.
pub(super) fn describes(value: &[u8]) -> bool {
    let letter = |byte: &u8| byte.is_ascii_alphabetic();
    const SIGNS: Signs = Signs::LETTERS.with(b"_-. :/<>{}()?");
    if !value.iter().all(|&byte| SIGNS.have(byte)) {
        return false;
    }
    let mut words = value.split(|byte| !letter(byte)).filter(|word| !word.is_empty());
    words.any(|word| {
        let humped = word.iter().any(u8::is_ascii_lowercase) && word.iter().skip(1).any(u8::is_ascii_uppercase);
        DESCRIPTIONS.iter().any(|known| word.eq_ignore_ascii_case(known) || humped && is_hump(word, known))
    })
}

/// Whether `known` is a part of `word` that begins or ends at a hump: `userToken`, `TokenOfUser`.
fn is_hump(word: &[u8], known: &[u8]) -> bool {
    let begins = |at: usize| word.get(at).is_some_and(u8::is_ascii_uppercase);
    let Some(start) = word.len().checked_sub(known.len()) else { return false };
    begins(start) && folded_at(word, start, known) || begins(known.len()) && folded_at(word, 0, known)
}

/// What a description of a secret is made of.
const DESCRIPTIONS: &[&[u8]] = &[
    b"apikey",
    b"auth",
    b"change",
    b"changeit",
    b"changeme",
    b"contrasena",
    b"credential",
    b"credentials",
    b"dummy",
    b"enter",
    b"example",
    b"here",
    b"insert",
    b"kennwort",
    b"key",
    b"login",
    b"passphrase",
    b"passwd",
    b"password",
    b"passwort",
    b"placeholder",
    b"pwd",
    b"redacted",
    b"removed",
    b"replace",
    b"sample",
    b"secret",
    b"secrets",
    b"senha",
    b"token",
    b"tokens",
    b"wachtwoord",
    b"your",
];

/// Whether `value` is words in lower case that are joined, as names of things are: three and more, and short numbers
/// with them or behind them. No generator makes that.
pub(in crate::detect) fn is_worded(value: &[u8]) -> bool {
    let mut words = 0;
    let plain = value.split(|byte| b"_-./".contains(byte)).all(|word| {
        let (name, number) = word.split_at(skip(word, 0, |byte| byte.is_ascii_lowercase()));
        words += usize::from(name.len() >= 2);
        number.iter().all(u8::is_ascii_digit) && number.len() <= if name.is_empty() { 4 } else { 2 }
    });
    plain && words >= 3 && !super::value::is_gibberish(value)
}

/// Whether nearly every byte repeats the one before it: `pplx-xxxxxxxxxxxxxxxx`.
fn is_monotonous(value: &[u8]) -> bool {
    value.len() >= 12 && 4 * repeats(value) >= 3 * value.len()
}

/// Whether a shell takes what follows `${` from a variable: a default in it would be a value. The brace may be missing,
/// for it ends a value that has no quotes.
fn is_variable(inside: &[u8]) -> bool {
    let name = inside.iter().take_while(|&&byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.').count();
    matches!(inside.get(name..), Some([] | [b'}'] | [b':', b'-'] | [b':', b'-', b'}'] | [b':', b'?', ..] | [b'?', ..]))
}

/// Whether it is `${…}` over and over, and signs between them: what is put together of variables. One with a default may
/// have a value in it.
fn are_variables(value: &[u8]) -> bool {
    let mut rest = value;
    while let Some(open) = memchr::memmem::find(rest, b"${") {
        let inside = part(rest, open + 2..rest.len());
        let Some(close) = memchr::memchr(b'}', inside) else { return false };
        let (name, after) = inside.split_at(close);
        let plain = name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_.()$[]".contains(byte));
        if !plain || part(rest, 0..open).iter().any(u8::is_ascii_alphanumeric) {
            return false;
        }
        rest = part(after, 1..after.len());
    }
    !rest.iter().any(u8::is_ascii_alphanumeric)
}

fn is_name(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_')
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_hold_nothing() {
        for value in [
            "",
            "${VAR}",
            "${VAR:-}",
            "${VAR:?unset}",
            "${VAR",
            "${{",
            "${{ secrets.X }}",
            "$VAR",
            "$(pass show x)",
            "%VAR%",
            "%s",
            "{{ x }}",
            "<token>",
            "xxxx",
            "XXXX-XXXX",
            "****",
            "...",
            "YOUR_TOKEN",
            "your-key-here",
            "null",
            "None",
            "TRUE",
            "string",
            "[redacted]",
            "[redacted:email]",
            "[redacted 12 chars]",
            "fake0000..[Redacted]",
        ] {
            assert!(is_placeholder(value.as_bytes()), "{value}");
        }
        for value in [
            "hunter0000",
            "${VAR:-FAKE}",
            "0",
            "$FAKE-0000",
            "yours",
            "a[redacted]",
            "%0000",
            "xxxxy",
            "<a>b",
            "truely",
        ] {
            assert!(!is_placeholder(value.as_bytes()), "{value}");
        }
    }
}
