//! Bare values that are none: expressions of programs, types of arguments, and what a sentence goes on with.
//!
//! What stands between quotes is a value, and what follows a sign at once may be; behind a blank stands what a program or a
//! person writes. Must not know which names matter. Keeps I5: so much is read of what follows.

use super::super::text::{Signs, before, byte, count, folded_at, is_blank, judged, part, skip};
use super::LONGEST_NAME;
use super::pair::Join;
use super::placeholder::is_placeholder;
use super::table;
use super::value::is_gibberish;

/// Whether the bare value at `start..end` is an expression: a call, an index, a generic type, a reference, a variable.
pub(super) fn is_expression(text: &[u8], start: usize, end: usize) -> bool {
    let value = judged(part(text, start..end));
    let value = value.strip_prefix(b"$").unwrap_or(value);
    let start = end.min(start + usize::from(byte(text, start) == Some(b'$')));
    let path = skip(value, 0, |byte| PATH.have(byte));
    // The name of a function in a module may have digits: `hashlib.sha256(`.
    let digits = value.iter().skip(path).take_while(|byte| byte.is_ascii_digit()).count();
    let path = path + if part(value, 0..path).contains(&b'.') { digits } else { 0 };
    // A closing tag is no generic type; `quote!(x)` is a macro of Rust.
    let opened = path > 0
        && match part(text, start + path..start + path + 2) {
            [b'<', b'/'] => false,
            [b'!', sign] => b"([{".contains(sign),
            [sign, ..] => b"([{<".contains(sign),
            [] => false,
        };
    // A path with digits is one before an index: `data.auth0.token["key"]`.
    let indexed = skip(value, path, |byte| PATH.have(byte) || byte.is_ascii_digit());
    let is_indexed = part(value, 0..path).contains(&b'.')
        && matches!(part(text, start + indexed..start + indexed + 2), [b'[', b'"' | b'\'' | b'0'..=b'9']);
    let pointer = before(text, start).is_some_and(is_blank) && matches!(byte(text, end), Some(b',' | b')'));
    let root = skip(value, 0, |byte| byte.is_ascii_alphabetic());
    let rooted = byte(value, root) == Some(b'.') && ROOTS.contains(&part(value, 0..root));
    let reference = matches!(value, [b'&', path @ ..] if is_path(path)) || is_reference(value);
    let pointed = pointer && matches!(value, [b'*', path @ ..] if is_pointed(path));
    opened || is_indexed || reference || pointed || rooted && is_path(value)
}

/// Whether what follows a blank at `start..end` is what a program or a sentence has there: a call, a type, what is named
/// after the name that ends at `name_end`.
pub(super) fn is_written(text: &[u8], name_end: usize, start: usize, end: usize, join: Join) -> bool {
    if !before(text, start).is_some_and(is_blank) {
        return false;
    }
    let value = judged(part(text, start..end));
    let in_code = matches!(byte(text, end), Some(b',' | b';' | b')'));
    is_call(text, start)
        || matches!(value, [b'*', path @ ..] if is_pointed(path))
        || is_number(value)
        || (in_code || join == Join::Assigned) && is_arrow(value)
        || join == Join::Colon && in_code && is_type(value)
        || is_named_after(text, name_end, value, in_code)
        || matches!(join, Join::Colon | Join::Option) && is_prose(text, start)
}

/// Where the type or the default at `start..end` ends, in a list of arguments that a body follows: `(token: String):`.
pub(super) fn argument_end(text: &[u8], start: usize, end: usize) -> Option<usize> {
    let value = part(text, start..end).strip_suffix(b"):")?;
    (is_type(value) || is_placeholder(value)).then_some(start + value.len())
}

/// Whether a function or something of a type is called at `start`: steps of letters, digits and signs, joined by dots or
/// colons, and a bracket that the line closes or ends in. Of one step alone the argument has to be a text, or nothing.
fn is_call(text: &[u8], start: usize) -> bool {
    let line = part(text, start..start + LONGEST_CALL);
    let line = memchr::memchr(b'\n', line).and_then(|end| line.get(..=end)).unwrap_or(line);
    let lead = line.iter().take_while(|byte| b"&*".contains(byte)).count();
    let path = skip(line, lead, |byte| byte.is_ascii_alphanumeric() || b"_.:".contains(&byte));
    let close = match byte(line, path) {
        Some(b'(') => b')',
        Some(b'{') => b'}',
        _ => return false,
    };
    let steps = part(line, lead..path);
    let begins = |step: &[u8]| step.first().is_none_or(|byte| byte.is_ascii_alphabetic() || *byte == b'_');
    let is_joined = steps.contains(&b'.') || memchr::memmem::find(steps, b"::").is_some();
    let arguments = part(line, path + 1..line.len());
    let is_text = matches!(arguments, [b'"' | b'\'' | b')' | b'}', ..]);
    steps.len() > 1
        && steps.split(|byte| b".:".contains(byte)).all(begins)
        && (is_joined || is_text)
        && (arguments.contains(&close) || matches!(arguments, [b'\n', ..]))
}

/// The longest call that is read to its bracket.
const LONGEST_CALL: usize = 96;

/// Whether it is a number as programs write it, and none that a person would choose: `0x000C`, `10_000`.
fn is_number(value: &[u8]) -> bool {
    let digits = |group: &[u8]| group.iter().all(u8::is_ascii_digit);
    match value {
        [b'0', b'x', hex @ ..] => matches!(hex.len(), 2 | 4 | 8) && hex.iter().all(u8::is_ascii_hexdigit),
        _ => {
            let mut groups = value.split(|&byte| byte == b'_');
            let first = groups.next().is_some_and(|group| matches!(group.len(), 1..=3) && digits(group));
            first && value.contains(&b'_') && groups.all(|group| group.len() == 3 && digits(group))
        }
    }
}

/// Whether a pointer of C, Go or Rust goes to what is called so: `*uint16`, `*mut c_char`, `*(*T)(x)`.
fn is_pointed(path: &[u8]) -> bool {
    let digits = path.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let (name, bits) = path.split_at(path.len() - digits);
    let is_number = [&b"int"[..], b"uint", b"float", b"i", b"u", b"f"].contains(&name);
    path.starts_with(b"(") || is_path(name) && !name.iter().any(u8::is_ascii_digit) && (bits.is_empty() || is_number)
}

/// `$ftp->pwd`
fn is_arrow(value: &[u8]) -> bool {
    let value = value.strip_prefix(b"$").unwrap_or_default();
    memchr::memmem::find(value, b"->").is_some_and(|arrow| is_path(part(value, 0..arrow)))
}

/// Whether it is the name of a type: words of letters, each with one capital, its first.
fn is_type(value: &[u8]) -> bool {
    let humps = value.array_windows().filter(|[a, b]| a.is_ascii_lowercase() && b.is_ascii_uppercase()).count();
    let rows = value.array_windows().any(|[a, b]| a.is_ascii_uppercase() && b.is_ascii_uppercase());
    humps > 0
        && !rows
        && value.iter().all(u8::is_ascii_alphabetic)
        && value.first().is_some_and(u8::is_ascii_uppercase)
        && value.last().is_some_and(u8::is_ascii_lowercase)
        && TYPES.iter().any(|end| value.ends_with(end))
}

/// What the names of types end in.
const TYPES: &[&[u8]] = &[
    b"Array",
    b"Block",
    b"Buf",
    b"Bytes",
    b"Config",
    b"Data",
    b"Handler",
    b"Key",
    b"List",
    b"Manager",
    b"Map",
    b"Options",
    b"Provider",
    b"Ref",
    b"Result",
    b"Results",
    b"Secret",
    b"Service",
    b"Set",
    b"Str",
    b"String",
    b"Token",
    b"Type",
    b"Vec",
];

/// Whether one of the words of `value` is the one that ends the name: `PrivateKey: testPrivateKey`. Where no code goes on
/// behind it, that says nothing of a password: people put it in those.
fn is_named_after(text: &[u8], name_end: usize, value: &[u8], in_code: bool) -> bool {
    let Some((_, start)) = table::find(text, name_end) else { return false };
    let word = part(text, start..name_end);
    let is_weak = in_code || table::trust_at(text, name_end) < Some(table::Trust::Full);
    let is_hump = |at: usize| byte(value, at).is_some_and(|byte| byte.is_ascii_uppercase() || byte == b'_');
    let is_part = |start: usize| {
        let end = start + word.len();
        let begins = start == 0 || is_hump(start) || is_hump(start - 1);
        folded_at(value, start, word) && begins && (end == value.len() || is_hump(end))
    };
    word.len() > 2
        && (word.len() + 1..LONGEST_NAME).contains(&value.len())
        && is_weak
        && is_path(value)
        && (0..value.len()).any(is_part)
}

/// Whether a sentence goes on at `start`: `password: The one of the user`, `--password can't be …`.
fn is_prose(text: &[u8], start: usize) -> bool {
    let mut words = part(text, start..start + LONGEST_OPENING).split(|&byte| byte == b' ');
    let (Some(first), Some(second), Some(_)) = (words.next(), words.next(), words.next()) else { return false };
    let plain = |word: &[u8]| {
        word.iter().all(|byte| byte.is_ascii_alphabetic() || b"'.,".contains(byte)) && !is_gibberish(word)
    };
    let is = |word: &[u8], known: &[&[u8]]| {
        let word = word.strip_suffix(b".").unwrap_or(word);
        known.iter().any(|known| word.eq_ignore_ascii_case(known))
    };
    let goes_on = first.last().is_some_and(u8::is_ascii_alphabetic);
    plain(first) && (is(first, OPENERS) || goes_on && is(second, FUNCTIONS)) && second.iter().any(u8::is_ascii_graphic)
}

/// Two words and a little more.
const LONGEST_OPENING: usize = 40;

/// Words that sentences begin with and that nobody takes for a password with another word behind it.
const OPENERS: &[&[u8]] = &[
    b"a",
    b"an",
    b"any",
    b"bad",
    b"because",
    b"can",
    b"can't",
    b"cannot",
    b"could",
    b"does",
    b"each",
    b"either",
    b"expected",
    b"for",
    b"got",
    b"if",
    b"in",
    b"invalid",
    b"is",
    b"it",
    b"its",
    b"may",
    b"must",
    b"my",
    b"no",
    b"not",
    b"of",
    b"on",
    b"one",
    b"only",
    b"optional",
    b"or",
    b"our",
    b"required",
    b"see",
    b"should",
    b"that",
    b"the",
    b"their",
    b"this",
    b"to",
    b"used",
    b"use",
    b"was",
    b"when",
    b"which",
    b"will",
    b"wrong",
    b"you",
    b"your",
];

/// Whether a text of several words says what a value has to be: `must be at least eight characters long`.
pub(super) fn is_demand(value: &[u8]) -> bool {
    let is = |words: &[&[u8]]| {
        let is_known = |word: &&[u8]| words.iter().any(|known| word.eq_ignore_ascii_case(known));
        value.split(|&byte| byte == b' ').filter(is_known).count()
    };
    value.contains(&b' ') && is(DEMANDS) > 0 && is(DEMANDS) + is(DEMANDED) > 1
}

/// Words that demand something, and words that stand beside them.
const DEMANDS: &[&[u8]] = &[
    b"cannot",
    b"can't",
    b"characters",
    b"incorrect",
    b"invalid",
    b"minimum",
    b"must",
    b"please",
    b"required",
    b"should",
];
const DEMANDED: &[&[u8]] = &[b"at", b"be", b"enter", b"is", b"least", b"long", b"match", b"never", b"not"];

/// Words that stand second only in a sentence.
const FUNCTIONS: &[&[u8]] = &[b"a", b"an", b"can't", b"cannot", b"the", b"their", b"this", b"your"];

/// What paths of names are made of.
const PATH: Signs = Signs::LETTERS.with(b"_.:");

/// Whether it is a name, or several with dots between them.
fn is_path(value: &[u8]) -> bool {
    value.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_')
        && value.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_.".contains(byte))
}

/// Whether it names something inside of something inside of something: `module.Class.Missing`. Two dots and no digit.
fn is_reference(value: &[u8]) -> bool {
    let value = part(value, 0..value.iter().rposition(u8::is_ascii_alphanumeric).map_or(0, |last| last + 1));
    let dots = count(value.iter().map(|&byte| byte == b'.'));
    let steps = value.split(|&byte| byte == b'.');
    dots >= 2
        && steps.into_iter().all(|step| !step.is_empty() && step.iter().all(|&b| b.is_ascii_alphabetic() || b == b'_'))
        && !is_gibberish(value)
}

/// What programs call the things that settings are read from.
const ROOTS: &[&[u8]] = &[
    b"args",
    b"cfg",
    b"config",
    b"context",
    b"ctx",
    b"data",
    b"env",
    b"event",
    b"input",
    b"inputs",
    b"opts",
    b"options",
    b"os",
    b"params",
    b"process",
    b"props",
    b"req",
    b"request",
    b"res",
    b"response",
    b"result",
    b"secrets",
    b"self",
    b"settings",
    b"state",
    b"string",
    b"this",
    b"var",
    b"vars",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_told_from_words() {
        for value in [
            "lib.Thing.Missing",
            "lib.Thing.Missing):",
            "get_password()",
            "os.environ[",
            "Option<",
            "env.TOKEN",
            "self.x_1",
            "std::env::var(",
            "Token{",
            "&secret",
            "&self.secret_0",
            "quote!(",
            "string.Empty",
        ] {
            assert!(is_expression(value.as_bytes(), 0, value.len()), "{value}");
        }
        for value in
            ["fake", "fake.0000", "f4ke(0000", "my.secret", "env", "env.FAKE-0000", "fake.my.pass0", "a..b", "fake</x>"]
        {
            assert!(!is_expression(value.as_bytes(), 0, value.len()), "{value}");
        }
    }

    /// Scenario: what follows the name `password` and a blank, in code, in prose, and as a value.
    /// Guarantees: I1, nothing but code and prose is taken for it.
    #[test]
    fn code_and_prose_are_told_from_values() {
        let is_written = |value: &str, join: Join| {
            let text = alloc::format!("password {value}").into_bytes();
            let end = text.iter().rposition(|byte| !b",;)".contains(byte)).map_or(0, |last| last + 1);
            let end = text.get(9..end).and_then(|value| memchr::memchr(b' ', value)).map_or(end, |blank| 9 + blank);
            super::is_written(&text, 8, 9, end, join)
        };
        for value in [
            "&corev1.Secret{}",
            "Ed25519Key.generate()",
            "keccak256(\"x\")",
            "a2::New::new(\n",
            "$ftp->pwd;",
            "*uint16",
            "userPassword,",
        ] {
            assert!(is_written(value, Join::Assigned), "{value}");
        }
        for value in
            ["OkmBlock,", "The user's password", "Required. The one", "got %q, want", "Set a strong one", "0x000C,"]
        {
            assert!(is_written(value, Join::Colon), "{value}");
        }
        for value in [
            "f4ke(0000",
            "Fa.k3(0000",
            "*fake!0000",
            "*Fake0000,",
            "dragon must be changed",
            "Sunshine. The one",
            "FAkeFake,",
            "the",
            "fake for the admin",
            "correct horse battery",
            "Fake0000 is the one",
            "my_password",
            "zqxvkw your own",
        ] {
            assert!(!is_written(value, Join::Colon), "{value}");
        }
    }
}
