//! Values that a name is said to have: `the password is …`, `login fake password …`, `requirepass …`, `IDENTIFIED BY …`,
//! `IDENTIFIED WITH a_password_plugin AS '…'`.
//!
//! Must not know where these words may stand: the sweep says so. A sentence goes on after such a word far more often than
//! a value follows, so what stands there has to look like no word. Keeps I5: the pass remembers where bare values end.

use super::super::engine::Pass;
use super::super::text::{
    Alphabet, before, byte, ends_sentence, exact_at, folded_at, folded_before, has_digits_and_letters, is_blank, part,
    skip, skip_back,
};
use super::cells::cells;
use super::pair::{self, Join};
use super::placeholder::{describes, is_placeholder};
use super::quote;
use super::table::{self, Trust};
use super::value::{Form, is_compound, is_gibberish, is_path, is_secret, is_uuid, looks_dense};

/// A word that a value may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::detect) enum Word {
    /// `is`, `as`, `by` or the Spanish `es`, and where the name before it ends.
    Verb(usize),
    /// What ends as `password` does, or `IDENTIFIED BY`.
    Name,
}

/// The word that ends at `blank`.
#[inline(always)]
pub(in crate::detect) fn word_at(text: &[u8], blank: usize) -> Option<Word> {
    let word = text.get(blank.checked_sub(3)?..blank)?.first_chunk().copied();
    match word.map(|[before, a, b]| (is_blank(before), [a | 0x20, b | 0x20]))? {
        (true, [b'b', b'y']) if is_statement(text, blank) => Some(Word::Name),
        (true, [b'i' | b'a' | b'e', b's'] | [b'b', b'y']) => Some(Word::Verb(named(text, blank - 3))),
        (_, [b'r', b'd']) => folded_at(text, blank.saturating_sub(4), b"word").then_some(Word::Name),
        _ => None,
    }
}

/// Looks at the word that ends at `blank`.
#[inline(never)]
pub(in crate::detect) fn said(pass: &mut Pass<'_>, blank: usize) {
    let text = pass.text;
    let start = skip(text, blank, is_blank);
    if folded_at(text, blank.saturating_sub(4), b"word") {
        return password(pass, blank, start);
    }
    if is_statement(text, blank)
        && let Some((_, name)) = table::find(text, blank)
    {
        let statement = exact_at(text, name, b"IDENTIFIED");
        return bare(pass, if statement { Said::Statement } else { Said::Word(Trust::Full) }, start);
    }
    let Some(end) = blank.checked_sub(3) else { return };
    let Some(trust) = table::trust_at(text, named(text, end)) else { return };
    match quote::opening(text, start) {
        Some(quote) => {
            super::quoted(pass, trust, quote, Join::Spaced);
        }
        None => bare(pass, Said::Word(trust), start),
    }
}

/// `requirepass 0000…`: nothing but a blank at `end` parts a name from its value. Names are said of other things, too.
pub(in crate::detect) fn told(pass: &mut Pass<'_>, end: usize) {
    let text = pass.text;
    let trust = table::trust_at(text, end);
    if let Some(value) = typed(text, end + 1) {
        // Of a key only what is told by its form: two digits, and pairs of others.
        if trust == Some(Trust::Full) || folded_before(text, end, b"key").is_some() && is_obfuscated(text, value) {
            encrypted(pass, value);
        }
        return;
    }
    if let Some(key) = numbered(text, end) {
        return numbered_key(pass, key);
    }
    // `USER fake`, `PASS …`: clients of FTP and POP say so.
    if exact_at(text, end.saturating_sub(5), b"\nPASS") && has_user(text, end) {
        return bare(pass, Said::Word(Trust::Full), end + 1);
    }
    let trust = match trust {
        Some(Trust::Full) => Trust::Full,
        // Tokens are talked about more often, but not by the name of a setting. Numbers of machines are no tokens.
        Some(Trust::Some) if is_joined(text, end) && !exact_at(text, end + 1, b"0x") => Trust::Some,
        _ => return,
    };
    pass.pay(super::JUDGE);
    let start = end + 1;
    let run = part(text, start..start + LONGEST_TOLD);
    let length = run.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"!@#$%^&*+=~_-".contains(byte)).count();
    let value = part(run, 0..length);
    let after = byte(text, start + length);
    let ends = after.is_none_or(|byte| !byte.is_ascii_alphanumeric() && !b"./:?[({".contains(&byte));
    if (LEAST_TOLD..LONGEST_TOLD).contains(&length)
        && (ends || ends_sentence(text, start + length))
        && looks_dense(value)
        && !value.iter().all(u8::is_ascii_digit)
        && is_told(value, trust)
    {
        pass.report(super::ID, start, start + length);
    }
}

/// Where the key starts that is one of several, of which the name ends at `end`: `Unseal Key 1: …`.
fn numbered(text: &[u8], end: usize) -> Option<usize> {
    [&b"unseal key"[..], b"recovery key"].iter().find(|name| folded_before(text, end, name).is_some())?;
    let digits = skip(part(text, 0..end + LEAST), end + 1, |byte| byte.is_ascii_digit());
    exact_at(text, digits, b": ").then_some(digits + 2)
}

fn numbered_key(pass: &mut Pass<'_>, start: usize) {
    let run = part(pass.text, start..start + LONGEST_ENCRYPTED);
    let length = run.iter().take_while(|&&byte| Alphabet::Token68.has(byte)).count();
    if looks_dense(part(run, 0..length)) && length >= LEAST_OF_MACHINES {
        pass.report(super::ID, start, start + length);
    }
}

/// Whether a user is told on the line before.
fn has_user(text: &[u8], end: usize) -> bool {
    memchr::memmem::find(part(text, end.saturating_sub(LONGEST_TOLD)..end), b"USER ").is_some()
}

/// Whether the name that ends at `end` is of words that a sign joins: `api_key`, `GITHUB_TOKEN`, or is `API key`.
fn is_joined(text: &[u8], end: usize) -> bool {
    let name = skip_back(text, end, LONGEST_TOLD, |byte| Alphabet::Word.has(byte));
    part(text, name..end).contains(&b'_') || folded_before(text, end, b"api key").is_some()
}

/// `secret 5 …`, `password ENC …`: where the value starts if what stands at `start` says how switches, routers and
/// firewalls have encrypted it.
fn typed(text: &[u8], start: usize) -> Option<usize> {
    let length = match part(text, start..start + 4) {
        [b'0'..=b'9', b' ', ..] => 2,
        b"ENC " => 4,
        _ => return None,
    };
    byte(text, start + length).filter(|next| next.is_ascii_graphic()).map(|_| start + length)
}

/// Whether `7 0605…` is at `start`: letters that are mixed with a known text, from a place in it that two digits tell.
fn is_obfuscated(text: &[u8], start: usize) -> bool {
    let value = part(text, start..start + LONGEST_ENCRYPTED);
    let length = value.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    let seed = matches!(value, [b'0', b'0'..=b'9', ..] | [b'1', b'0'..=b'5', ..]);
    let upper = !part(value, 0..length).iter().any(u8::is_ascii_lowercase);
    seed && upper && length >= LEAST_TOLD && length % 2 == 0 && before(text, start - 1) == Some(b'7')
}

/// What stands at `start` after its type.
pub(super) fn encrypted(pass: &mut Pass<'_>, start: usize) {
    pass.pay(super::JUDGE);
    let text = pass.text;
    let reach = part(text, start..start + LONGEST_ENCRYPTED);
    let length = reach.iter().take_while(|&&byte| Alphabet::Token68.has(byte) || byte == b'$').count();
    let value = part(reach, 0..length);
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    let ends = byte(text, start + length).is_none_or(|byte| byte.is_ascii_whitespace() || b"\"'\\;".contains(&byte));
    if (LEAST..LONGEST_ENCRYPTED).contains(&length) && ends && digits >= 2 && !is_placeholder(value) {
        pass.report(super::ID, start, start + length);
    }
}

/// The longest secret that is encrypted in a configuration, and one.
const LONGEST_ENCRYPTED: usize = 256;

/// The fewest and the most bytes of a value that stands behind its name.
const LEAST_TOLD: usize = 8;
const LONGEST_TOLD: usize = 64;

/// Where the name ends, at `end` or before a quote there.
fn named(text: &[u8], end: usize) -> usize {
    end - usize::from(matches!(before(text, end), Some(b'\'' | b'"' | b'`')))
}

/// `identified by` is a name of its own.
fn is_statement(text: &[u8], blank: usize) -> bool {
    folded_before(text, blank, b"fied by").is_some()
}

/// `login fake password …`, as `.netrc` has it: nothing joins the two. Words may: `password for fake: …`.
fn password(pass: &mut Pass<'_>, end: usize, start: usize) {
    let text = pass.text;
    let secret = table::trust_at(text, end) == Some(Trust::Full);
    if let Some(value) = typed(text, start).filter(|_| secret) {
        encrypted(pass, value);
    } else if secret && let Some(value) = linked(text, end, start) {
        match quote::opening(text, value) {
            Some(quote) => {
                super::quoted(pass, Trust::Full, quote, Join::Spaced);
            }
            None if is_label(text, value) => {}
            None => bare(pass, Said::Word(Trust::Full), value),
        }
    } else if secret && byte(text, start).is_some_and(|byte| b"|\r\n\\".contains(&byte)) {
        cells(pass, end, start);
    } else if secret && byte(text, start).is_some_and(|byte| byte.is_ascii_alphanumeric() || b"!@#$%^*".contains(&byte))
    {
        bare(pass, Said::Word(Trust::Full), start);
    }
}

/// Where the value starts behind words that link it to the password before `start`: `was changed to …`, `for fake is …`,
/// `is generated for fake@localhost: …`, `→ …`, and what `change_password` of a client of RabbitMQ takes.
fn linked(text: &[u8], end: usize, start: usize) -> Option<usize> {
    let reach = part(text, 0..start + LONGEST_LINK);
    let after = |at: usize| skip(reach, at, |byte| !byte.is_ascii_whitespace());
    let next = |at: usize| skip(reach, after(at), is_blank);
    if [&b"->"[..], "→".as_bytes(), "–".as_bytes(), "—".as_bytes()].contains(&part(reach, start..after(start))) {
        let value = next(start);
        return Some(value).filter(|_| quote::opening(text, value).is_some() || after(value) - value >= LEAST_TOLD);
    }
    if folded_before(text, end, b"ctl change_password").is_some() {
        return Some(next(start));
    }
    // As Jenkins writes it, where it stands alone behind an empty line.
    const PROCEED: &[u8] = b"to proceed to installation:";
    if exact_at(text, start, PROCEED) {
        return Some(pair::skip_space(text, start + PROCEED.len()));
    }
    let mut at = start;
    for _ in 0..MOST_LINKS {
        let word = part(reach, at..after(at));
        let (word, ends) = word.strip_suffix(b":").map_or((word, false), |word| (word, true));
        let is = |words: &[&[u8]]| words.iter().any(|known| word.eq_ignore_ascii_case(known));
        if ends && (at > start || is(LINKS)) || is(&[b"to", b"="]) && at > start {
            return Some(next(at));
        } else if is(&[b"for", b"of"]) {
            at = next(at);
            while [&b"the "[..], b"user ", b"account "].iter().any(|word| folded_at(reach, at, word)) {
                at = next(at);
            }
            // Whose password it is may be any word.
            if part(reach, at..after(at)).ends_with(b":") {
                return Some(next(at));
            }
        } else if is(&[b"is"]) && at > start && !LINKS.iter().any(|word| folded_at(reach, next(at), word)) {
            let value = next(at);
            return Some(if exact_at(reach, value, b": ") { value + 2 } else { value });
        } else if !is(LINKS) {
            return None;
        }
        at = next(at);
    }
    None
}

/// Whether what stands at `start` is what a ticket, a setting or a moment is called, or an address.
fn is_label(text: &[u8], start: usize) -> bool {
    let word = part(text, start..start + LONGEST_TOLD).split(u8::is_ascii_whitespace).next().unwrap_or_default();
    let marks = word.iter().rev().take_while(|byte| b".,;!?)".contains(byte)).count();
    let word = part(word, 0..word.len() - marks);
    let capitals = word.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"_-".contains(byte));
    let joined = word.iter().any(|byte| b"_-".contains(byte));
    let is_date = word.len() >= 8 && word.iter().all(|byte| byte.is_ascii_digit() || b"-:.TZ".contains(byte));
    capitals && joined || is_date || memchr::memmem::find(word, b"://").is_some()
}

/// Words between a password and what it became.
const LINKS: &[&[u8]] = &[
    b"built-in",
    b"superuser",
    b"is",
    b"was",
    b"has",
    b"been",
    b"set",
    b"reset",
    b"changed",
    b"updated",
    b"generated",
    b"created",
    b"now",
];

/// How many words may link a password to its value, and how long they may be.
const MOST_LINKS: usize = 5;
const LONGEST_LINK: usize = 96;

/// How a value was announced.
#[derive(Clone, Copy)]
enum Said {
    /// In a statement of SQL, where nothing but a value may follow.
    Statement,
    /// In a sentence, after a name of this trust.
    Word(Trust),
}

fn bare(pass: &mut Pass<'_>, said: Said, start: usize) {
    pass.pay(super::JUDGE);
    let text = pass.text;
    if byte(text, start).is_none_or(|byte| b"{}()<>[]=,;\"'`".contains(&byte)) {
        return;
    }
    let end = pass.bare_end(start, |text| pair::bare_end(text, start));
    let marks = part(text, start..end).iter().rev().take_while(|&&byte| b".,;:!?)".contains(&byte)).count();
    let (value, end) = (part(text, start..end - marks), end - marks);
    let form = Form { quoted: false, join: Join::Option, code: false };
    let secret = match said {
        Said::Statement => is_secret(value, Trust::Full, form) && !is_keyword(value),
        Said::Word(trust) => is_told(value, trust) && !super::is_expression(text, start, end),
    };
    if secret {
        pass.report(super::ID, start, end);
    }
}

/// What follows `IDENTIFIED BY` in place of a value.
fn is_keyword(value: &[u8]) -> bool {
    [&b"password"[..], b"values", b"random"].iter().any(|word| value.eq_ignore_ascii_case(word))
}

/// Whether `value` is no word of a sentence.
fn is_told(value: &[u8], trust: Trust) -> bool {
    let judged = super::super::text::judged(value);
    if is_placeholder(value) || describes(judged) || is_path(value) || is_encoding(judged) {
        return false;
    }
    let has = |kind: fn(&u8) -> bool| judged.iter().any(kind);
    let signs = judged.iter().any(|byte| b"!@#$%^&*+=~".contains(byte)) && has(u8::is_ascii_alphabetic);
    match trust {
        Trust::Full => value.len() >= LEAST && (has_digits_and_letters(judged) || signs || is_strange(judged)),
        Trust::Some => value.len() >= LEAST_OF_MACHINES && looks_dense(judged) && !is_identifier(value),
        Trust::Little | Trust::Least | Trust::Hint => false,
    }
}

/// Whether it is the id of something: a UUID, a commit, or a name with humps and few digits.
fn is_identifier(value: &[u8]) -> bool {
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    let is_short_hash = value.len() < LEAST_OF_DIGESTS && value.iter().all(u8::is_ascii_hexdigit);
    is_uuid(value) || is_short_hash || digits < LEAST_DIGITS && is_compound(value) && !is_gibberish(value)
}

/// Fewer hexadecimal digits are the beginning of a digest, and a name has fewer digits.
const LEAST_OF_DIGESTS: usize = 32;
const LEAST_DIGITS: usize = 4;

/// The fewest bytes of a password in a sentence, and of a token.
const LEAST: usize = 6;
const LEAST_OF_MACHINES: usize = 12;

/// Letters of both cases that are no word: `NsIdksKJdj`, but not `GitHub`.
fn is_strange(value: &[u8]) -> bool {
    let humps = value.array_windows().filter(|[a, b]| a.is_ascii_lowercase() && b.is_ascii_uppercase()).count();
    value.len() >= 8 && value.iter().all(u8::is_ascii_alphabetic) && humps > 0 && is_gibberish(value)
}

/// Words with digits that are said of secrets: `the password is base64-encoded`.
pub(super) fn is_encoding(value: &[u8]) -> bool {
    const WORDS: [&[u8]; 15] = [
        b"aes-", b"argon2", b"ascii", b"base", b"bcrypt", b"hs", b"http", b"md5", b"oauth", b"pbkdf2", b"pkcs", b"rs",
        b"scrypt", b"sha", b"utf",
    ];
    WORDS.iter().any(|word| folded_at(value, 0, word))
}
