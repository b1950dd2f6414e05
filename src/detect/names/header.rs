//! Credentials of HTTP's `Authorization`: with the header's name before them, or a scheme alone.
//!
//! Must not know what the credentials open. Keeps I5: a run of credentials follows a blank, so that no other look reads
//! it, or is read through the pass.

use super::super::engine::Pass;
use super::super::marker::is_cut;
use super::super::registry::{self, Detector, DetectorId, Example, Group, Rule};
use super::super::text::{
    Alphabet, before, byte, decode_base64, folded_at, folded_before, is_blank, looks_random, part, skip, skip_back,
    starts_word,
};
use super::pair;
use super::placeholder::is_placeholder;

/// Credentials of HTTP authentication.
pub(in crate::detect) const BEARER_TOKEN: Detector = Detector {
    id: "bearer-token",
    group: Group::Secret,
    about: "bearer tokens, basic credentials, and whatever else stands in an Authorization header",
    source: "RFC 9110 section 11.6.2 (Authorization), RFC 6750 section 2.1 (Bearer), RFC 7617 section 2 (Basic)",
    examples: &[
        Example("Authorization: Bearer «FAKE-0000.abcd/EXAMPLE=»"),
        Example("-H 'authorization: bearer «0000fake»'"),
        Example("{\"Authorization\": \"Basic «dXNlcjpGQUtF»\"}"),
        Example("\\\"Proxy-Authorization\\\": \\\"Bearer «0000abcd0000abcd»\\\""),
        Example("Authorization: «FAKE0000abcdEXAMPLE»"),
        Example("Authorization: token «FAKE0000abcdEXAMPLE»"),
        Example("got Bearer «0000abcdFAKE0000abcd» back"),
        Example("Bearer «0000ab»\n[... telemetry preview truncated ...]"),
        Example("Basic authentication is off"),
        Example("Authorization: Bearer ${TOKEN}"),
        Example("Authorization: Bearer [redacted:bearer-token]"),
        Example("Authorization: Bearer <token>"),
        Example("authorization: required"),
        Example("the bearer authentication-something-else"),
    ],
    rule: Rule::Names,
};

const ID: DetectorId = registry::id("bearer-token");

/// A scheme without its header needs this many bytes to be believed.
const LEAST: usize = 16;

/// What counts as a scheme before credentials; others are taken for the credentials themselves.
const SCHEMES: [&[u8]; 7] = [b"apikey", b"api-key", b"basic", b"bearer", b"negotiate", b"splunk", b"token"];

/// Whether a scheme may stand before `start`, which follows a blank.
#[inline(always)]
pub(in crate::detect) fn may_be_scheme(text: &[u8], start: usize) -> bool {
    matches!(before(text, start - 1).map(|byte| byte | 0x20), Some(b'r' | b'c'))
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
    }
}

/// Blanks between a scheme and its credentials; the grammar has one.
const MOST_BLANKS: usize = 4;

/// `Authorization: [scheme] credentials`, in any notation of name and value.
pub(super) fn header(pass: &mut Pass<'_>, name: usize, name_end: usize) {
    let text = pass.text;
    let Some(value) = pair::value_after(text, name, name_end) else { return };
    let mut start = pair::opening(text, value.start).map_or(value.start, |quote| quote.inside);
    let mut schemed = false;
    if let Some(scheme) = SCHEMES.iter().find(|scheme| folded_at(text, start, scheme)) {
        let after = start + scheme.len();
        let credentials = skip(text, after, is_blank);
        if credentials > after {
            (start, schemed) = (credentials, true);
        }
    }
    let close = pass.run_end(Alphabet::Token68, start);
    let credentials = part(text, start..close);
    // After a scheme anything of some length counts; alone it has to look like a credential.
    let counts = if schemed { credentials.len() >= 8 } else { credentials.len() >= LEAST && looks_random(credentials) };
    let counts = counts || !credentials.is_empty() && schemed && is_cut(text, close);
    if counts && !is_placeholder(credentials) && byte(text, close) != Some(b'(') {
        pass.report(ID, start, close);
    }
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

/// `Basic` is a common word: what follows must decode to `user:password` in plain characters.
fn basic(pass: &mut Pass<'_>, start: usize) {
    let text = pass.text;
    let close = skip(text, start, |byte| Alphabet::Token68.has(byte));
    let mut decoded = [0; 96];
    let decoded = decode_base64(part(text, start..close), &mut decoded);
    let pair = decoded.contains(&b':') && decoded.iter().all(|&byte| (b' '..0x7f).contains(&byte));
    if pair && decoded.len() >= 4 {
        pass.report(ID, start, close);
    }
}
