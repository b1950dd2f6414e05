//! Credentials of HTTP's `Authorization`: with the header's name before them, or a scheme alone.
//!
//! Must not know what the credentials open. Keeps I5: a run of credentials follows a blank, so that no other look reads
//! it, or is read through the pass.

use super::super::engine::Pass;
use super::super::marker::is_cut;
use super::super::registry::{self, Detector, DetectorId, Example, Group, Rule};
use super::super::text::{
    Alphabet, before, byte, decode_base64, folded_before, is_blank, judged, looks_made, looks_random, part, skip,
    skip_back, starts_word,
};
use super::expression::is_expression;
use super::pair;
use super::placeholder::{describes, is_placeholder};
use super::quote;
use super::table::Trust;

/// Credentials of HTTP authentication.
pub(in crate::detect) const BEARER_TOKEN: Detector = Detector {
    id: "bearer-token",
    group: Group::Secret,
    about: "bearer tokens, basic credentials, and whatever else stands in an Authorization header",
    source: "RFC 9110 section 11.6.2 (Authorization), RFC 6750 section 2.1 (Bearer), RFC 7617 section 2 (Basic)",
    examples: &[
        Example("Authorization: Bearer «5629|FAKE0000abcdEXAMPLEfake0000abcdEXAMPLEfa»"),
        Example("Authorization: Bearer «FAKE-0000.abcd/EXAMPLE=»"),
        Example("-H 'authorization: bearer «0000fake»'"),
        Example("{\"Authorization\": \"Basic «dXNlcjpGQUtF»\"}"),
        Example("\\\"Proxy-Authorization\\\": \\\"Bearer «0000abcd0000abcd»\\\""),
        Example("Authorization: «FAKE0000abcdEXAMPLE»"),
        Example("Authorization: token «FAKE0000abcdEXAMPLE»"),
        Example("got Bearer «0000abcdFAKE0000abcd» back"),
        Example("Bearer «0000ab»\n[... telemetry preview truncated ...]"),
        Example("Basic authentication is off"),
        Example(
            "AUTH PLAIN «AGZha2UARkFLRTAwMDA=»\r\n a AUTHENTICATE PLAIN «AGZha2UARkFLRTAwMDA=» the auth plain dGhlIHBsYWluIHRleHQ=",
        ),
        Example("Authorization: Bearer ${TOKEN}"),
        Example("Authorization: Bearer [redacted:bearer-token]"),
        Example("Authorization: Bearer <token>"),
        Example("authorization: required"),
        Example("{\"Authorization\" : self.__authorizationHeader }"),
        Example("the bearer authentication-something-else"),
    ],
    rule: Rule::Names,
};

const ID: DetectorId = registry::id("bearer-token");

/// A scheme without its header needs this many bytes to be believed.
const LEAST: usize = 16;

/// Schemes that credentials follow which may be short.
const SCHEMES: [&[u8]; 10] =
    [b"api-key", b"api-token", b"apikey", b"apitoken", b"bearer", b"jwt", b"key", b"negotiate", b"splunk", b"token"];

/// Whether a scheme may stand before `start`, which follows a blank.
#[inline(always)]
pub(in crate::detect) fn may_be_scheme(text: &[u8], start: usize) -> bool {
    matches!(before(text, start - 1).map(|byte| byte | 0x20), Some(b'r' | b'c' | b'n' | b's' | b'y' | b'h'))
}

/// Looks at what starts at `start`: it may be the credentials of a scheme that stands before it.
pub(in crate::detect) fn scheme(pass: &mut Pass<'_>, start: usize) {
    let text = pass.text;
    let end = skip_back(text, start, MOST_BLANKS, is_blank);
    let word = |word: &[u8]| folded_before(text, end, word).is_some_and(|start| starts_word(text, start));
    if end == start {
    } else if word(b"bearer") {
        bearer(pass, start);
    } else if word(b"basic") {
        basic(pass, start);
    } else if word(b"auth plain") || word(b"authenticate plain") {
        plain(pass, start);
    } else if word(b"token") || word(b"is") && super::is_named(text, end) {
        told(pass, start);
    } else if ARGUMENTS.iter().any(|command| word(command)) {
        argument(pass, start);
    } else if word(b"enc")
        && end.checked_sub(4).and_then(|name| super::table::trust_at(text, name)) == Some(Trust::Full)
    {
        super::said::encrypted(pass, start);
    } else if word(b"key") && super::is_secret_name(text, end) {
        keyed(pass, start);
    }
}

/// Commands that take nothing but a token.
const ARGUMENTS: [&[u8]; 4] = [b"vault login", b"snyk auth", b"ngrok authtoken", b"config add-authtoken"];

/// `snyk auth …`
fn argument(pass: &mut Pass<'_>, start: usize) {
    let close = pass.run_end(Alphabet::Dotted, start);
    let token = part(pass.text, start..close);
    if token.len() >= LEAST_TOLD && super::value::looks_dense(judged(token)) {
        pass.report(super::ID, start, close);
    }
}

/// Blanks between a scheme and its credentials; the grammar has one.
const MOST_BLANKS: usize = 4;

/// `Authorization: [scheme] credentials`, in any notation of name and value.
pub(super) fn header(pass: &mut Pass<'_>, name: usize, name_end: usize) {
    let text = pass.text;
    let Some(value) = pair::value_after(text, name, name_end) else { return };
    let opened = quote::opening(text, value.start).map_or(value.start, |quote| quote.inside);
    let after =
        opened + part(text, opened..opened + LONGEST_SCHEME).iter().take_while(|&&byte| in_scheme(byte)).count();
    let blanks = part(text, after..after + MOST_BLANKS).iter().take_while(|&&byte| is_blank(byte)).count();
    let schemed = after > opened && blanks > 0;
    let start = if schemed { after + blanks } else { opened };
    if schemed && part(text, opened..after).eq_ignore_ascii_case(b"basic") {
        return basic(pass, start);
    }
    // The number of a token stands before it: `Bearer 5629|…`.
    let number = skip(part(text, 0..start + LONGEST_SCHEME), start, |byte| byte.is_ascii_digit());
    let from = if byte(text, number) == Some(b'|') { number + 1 } else { start };
    let close = pass.run_end(Alphabet::Token68, from);
    let credentials = part(text, from..close);
    let known = schemed && SCHEMES.iter().any(|scheme| part(text, opened..after).eq_ignore_ascii_case(scheme));
    // After a scheme that is known less is enough; alone it has to look like a credential.
    let least = if known { LEAST_AFTER_SCHEME } else { LEAST_ALONE };
    let whole = credentials.len() >= least && (looks_made(credentials) || known && looks_random(credentials));
    let cut = !credentials.is_empty() && schemed && is_cut(text, close);
    if (whole || cut)
        && !is_placeholder(credentials)
        && !describes(judged(credentials))
        && byte(text, close) != Some(b'(')
        && !(opened == value.start && is_expression(text, start, close))
    {
        pass.report(ID, start, close);
    }
}

/// The longest scheme there is.
const LONGEST_SCHEME: usize = 24;

/// The fewest bytes of credentials, after a scheme that is known and otherwise.
const LEAST_AFTER_SCHEME: usize = 6;
const LEAST_ALONE: usize = 12;

fn in_scheme(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

fn bearer(pass: &mut Pass<'_>, start: usize) {
    let text = pass.text;
    let close = skip(text, start, |byte| Alphabet::Token68.has(byte));
    let token = part(text, start..close);
    let whole = token.len() >= LEAST && looks_random(token);
    if !is_placeholder(token) && (whole || (!token.is_empty() && is_cut(text, close))) {
        pass.report(ID, start, close);
    }
}

/// `the token 0000…`: what stands behind the word has to look like nothing else.
fn told(pass: &mut Pass<'_>, start: usize) {
    let close = pass.run_end(Alphabet::WordDash, start);
    if close - start >= LEAST_TOLD && super::value::looks_dense(part(pass.text, start..close)) {
        pass.report(ID, start, close);
    }
}

/// `configure set secret_access_key …`: as long as keys are, and of all that base64 is made of.
fn keyed(pass: &mut Pass<'_>, start: usize) {
    let close = pass.run_end(Alphabet::Base64, start);
    let key = part(pass.text, start..close);
    let steps = key.iter().filter(|&&byte| byte == b'/').count();
    if key.len() >= LEAST_KEY && 8 * steps < key.len() && super::value::is_key(judged(key)) {
        pass.report(super::ID, start, close);
    }
}

/// The fewest bytes of a key that is told by its name and no sign.
const LEAST_KEY: usize = 32;

/// The fewest bytes of a token that nothing but a word before it gives away.
const LEAST_TOLD: usize = 24;

/// What the credentials at `start` decode to, as far as there is room, and where they end.
fn decode_at<'r>(text: &[u8], start: usize, room: &'r mut [u8; DECODED]) -> (&'r [u8], usize) {
    let close = skip(text, start, |byte| Alphabet::Token68.has(byte));
    (decode_base64(part(text, start..close), room), close)
}

/// How much of a user and a password is decoded.
const DECODED: usize = 96;

/// `AUTH PLAIN …` of SMTP and IMAP: what decodes to a user and a password has a zero before each (RFC 4616).
fn plain(pass: &mut Pass<'_>, start: usize) {
    let mut room = [0; DECODED];
    let (decoded, close) = decode_at(pass.text, start, &mut room);
    if memchr::memchr_iter(0, decoded).count() >= 2 {
        pass.report(ID, start, close);
    }
}

/// `Basic` is a common word: what follows must decode to `user:password` in plain characters.
fn basic(pass: &mut Pass<'_>, start: usize) {
    let mut room = [0; DECODED];
    let (decoded, close) = decode_at(pass.text, start, &mut room);
    let pair = decoded.contains(&b':') && decoded.iter().all(|&byte| (b' '..0x7f).contains(&byte));
    if pair && decoded.len() >= 4 {
        pass.report(ID, start, close);
    }
}
