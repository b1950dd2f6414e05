//! Secrets that functions are called with: logins, and calls around a literal.
//!
//! Must not know what a secret looks like. Keeps I5: so much is looked through for an argument, and strings that are joined
//! are read one after the other.

use super::super::engine::Pass;
use super::super::text::{byte, is_blank, part, skip};
use super::pair::{self, Join, Quote};
use super::table::Trust;
use super::{LONGEST_NAME, quoted};

/// `server.login("user", "…")`: the string in this place is the password.
pub(super) fn login(pass: &mut Pass<'_>, end: usize, place: usize) {
    if byte(pass.text, end) != Some(b'(') {
        return;
    }
    let mut at = end + 1;
    for _ in 2..place {
        // Whatever stands before the user: a string, or a variable.
        let first = part(pass.text, at..at + LONGEST_ARGUMENT);
        let Some(comma) = memchr::memchr(b',', first) else { return };
        at = skip(part(pass.text, 0..at + comma + LONGEST_NAME), at + comma + 1, is_blank);
    }
    if let Some(quote) = pair::opening(pass.text, at) {
        let close = pair::string_end(pass.text, quote);
        second(pass, Trust::Some, close);
    }
}

/// How long the arguments before a user may be.
const LONGEST_ARGUMENT: usize = 128;

/// The string after the one that ends at `end`, with a comma between them.
pub(super) fn second(pass: &mut Pass<'_>, trust: Trust, end: usize) {
    let text = pass.text;
    if let Some(after) = pair::closing_quote(text, end)
        && byte(text, after) == Some(b',')
        && let Some(quote) = pair::opening(text, skip(part(text, 0..after + LONGEST_NAME), after + 1, is_blank))
    {
        quoted(pass, trust, quote, Join::Assigned);
    }
}

/// The string in the brackets of a call that hands it on: `Some("…")`, `bytes.fromhex("…")`.
pub(super) fn wrapping(text: &[u8], start: usize) -> Option<Quote> {
    let call = part(text, start..start + LONGEST_CALL);
    let bracket = memchr::memchr(b'(', call)?;
    let path = call.get(..bracket)?;
    let name = path.iter().rev().take_while(|&&byte| byte.is_ascii_alphanumeric() || byte == b'_').count();
    let (path, name) = path.split_at(bracket - name);
    let plain = path.iter().all(|&byte| byte.is_ascii_alphanumeric() || b"_.:[]".contains(&byte));
    let wraps = plain && WRAPPERS.iter().any(|known| name.eq_ignore_ascii_case(known));
    pair::opening(text, start + bracket + 1).filter(|_| wraps)
}

/// The longest path of a function that is looked at.
const LONGEST_CALL: usize = 48;

/// Functions that make a value of a text, and read none from elsewhere.
const WRAPPERS: [&[u8]; 24] = [
    b"_t",
    b"b64decode",
    b"byte",
    b"bytes",
    b"cstr",
    b"decode",
    b"decodestring",
    b"fernet",
    b"from",
    b"from_hex",
    b"from_str",
    b"fromhex",
    b"just",
    b"md5",
    b"of",
    b"pointer",
    b"qstringliteral",
    b"secretstr",
    b"some",
    b"std_string",
    b"str",
    b"string",
    b"text",
    b"unhexlify",
];

/// The strings that are joined to the one that ends at `end`: `"…" + "…"`, `"…" . "…"`, one line after the other.
pub(super) fn joined(pass: &mut Pass<'_>, trust: Trust, end: usize) {
    let mut end = end;
    while let Some(after) = pair::closing_quote(pass.text, end) {
        let reach = part(pass.text, 0..after + LONGEST_NAME);
        let sign = skip(reach, after, |byte| byte.is_ascii_whitespace());
        if !matches!(byte(reach, sign), Some(b'+' | b'.' | b'&' | b'\\')) {
            return;
        }
        let next = skip(reach, sign + 1, |byte| byte.is_ascii_whitespace());
        let Some(quote) =
            pair::opening(pass.text, next).filter(|_| next > sign + 1 || byte(reach, sign) != Some(b'\\'))
        else {
            return;
        };
        (end, _) = quoted(pass, trust, quote, Join::Assigned);
    }
}
