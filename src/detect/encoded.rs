//! Credentials inside base64: what a long run decodes to is looked at as text of its own.
//!
//! Must not know what else a detector finds in there. Keeps I5: a run is decoded once, and only so much of it; what does
//! not decode to text is let go after a few bytes, and what is decoded is not decoded again.

use super::engine::Pass;
use super::registry::{Detector, DetectorId, Event, Example, Group, Rule};
use super::text::{Alphabet, before, decode_base64, looks_made, part, skip, skip_back};

/// Credentials in base64.
pub(super) const ENCODED: Detector = Detector {
    id: "base64-credentials",
    group: Group::Secret,
    about: "base64 that decodes to text with a credential in it: a user and password, a file of settings, a key in PEM",
    source: "RFC 4648; RFC 7617 section 2; Kubernetes documentation, Secrets; Docker documentation, config.json",
    examples: &[
        // {"auths":{"r.example":{"username":"fake","password":"FAKE0000"}}}
        Example(
            ".dockerconfigjson: «eyJhdXRocyI6eyJyLmV4YW1wbGUiOnsidXNlcm5hbWUiOiJmYWtlIiwicGFzc3dvcmQiOiJGQUtFMDAwMCJ9fX0=»",
        ),
        // DB_HOST=db.example\nDB_PASSWORD=FAKE0000\n
        Example("echo «REJfSE9TVD1kYi5leGFtcGxlCkRCX1BBU1NXT1JEPUZBS0UwMDAwCg==» | base64 -d"),
        // service-account:FAKE0000abcd
        Example("sent «c2VydmljZS1hY2NvdW50OkZBS0UwMDAwYWJjZA==» as credentials"),
        // postgres://fake:FAKE0000@db.example/x
        Example("\\n«cG9zdGdyZXM6Ly9mYWtlOkZBS0UwMDAwQGRiLmV4YW1wbGUveA==»\\n"),
        // cut off: DB_HOST=db.example\nDB_PASSWORD=FAKE0000
        Example("«REJfSE9TVD1kYi5leGFtcGxlCkRCX1BBU1NXT1JEPUZBS0UwMDAw»\n[... telemetry preview truncated ...]"),
        // The quick brown fox jumps over the lazy dog
        Example("VGhlIHF1aWNrIGJyb3duIGZveCBqdW1wcyBvdmVyIHRoZSBsYXp5IGRvZw=="),
        // DB_HOST=db.example\nDB_PASSWORD=${PASSWORD}
        Example("REJfSE9TVD1kYi5leGFtcGxlCkRCX1BBU1NXT1JEPSR7UEFTU1dPUkR9"),
        // 011:PullRequest123456789, Order:0000fa4e-0000-abcd-1234-00000000fa4e
        Example("MDExOlB1bGxSZXF1ZXN0MTIzNDU2Nzg5 T3JkZXI6MDAwMGZhNGUtMDAwMC1hYmNkLTEyMzQtMDAwMDAwMDBmYTRl"),
        Example("the_name_of_something_that_is_long_enough/for/base64/of/some/length"),
    ],
    rule: Rule::At { events: &[Event::Long], look },
};

/// How much of a run is decoded, and what that makes.
const DECODED: usize = 2048;
const ROOM: usize = DECODED / 4 * 3;

/// What has to be text, or the rest is not decoded.
const PROBED: usize = 32;

/// How far before the event its run may begin: a slash may have kept it from an event of its own.
const FARTHEST_START: usize = 64;

fn look(pass: &mut Pass<'_>, detector: DetectorId, at: usize) {
    let text = pass.text;
    if pass.is_nested() || at < pass.encoded_end {
        return;
    }
    let start = skip_back(text, at, FARTHEST_START, in_run);
    // The letter of `\n` is none of it.
    let start = start + usize::from(before(text, start) == Some(b'\\') && start < at);
    let mut probe = [0; PROBED / 4 * 3];
    let mut begins_with_text =
        |bytes: usize| decode_base64(part(text, start..start + bytes), &mut probe).iter().all(|&byte| is_text(byte));
    // Nearly all that is none is told by its first few bytes.
    if !begins_with_text(PROBED / 4) || !begins_with_text(PROBED) {
        return;
    }
    let end = skip(text, at, in_run);
    pass.pay((end - start).min(DECODED));
    pass.encoded_end = end;
    let mut decoded = [0; ROOM];
    let decoded = decode_base64(part(text, start..end.min(start + DECODED)), &mut decoded);
    let length = decoded.iter().take_while(|&&byte| is_text(byte) || byte >= 0x80).count();
    let decoded = part(decoded, 0..length);
    if is_pair(decoded) || pass.holds_secret(decoded) {
        let padding = part(text, end..end + 2).iter().take_while(|&&byte| byte == b'=').count();
        pass.report(detector, start, end + padding);
    }
}

/// Whether it is a user and a password and nothing else. What has digits alone on one side is the id of something.
pub(super) fn is_pair(decoded: &[u8]) -> bool {
    let Some(colon) = memchr::memchr(b':', decoded) else { return false };
    let (user, password) = (part(decoded, 0..colon), part(decoded, colon + 1..decoded.len()));
    let named = user.first().is_some_and(u8::is_ascii_alphabetic)
        && user.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_-.@+\\".contains(byte));
    let plain = password.iter().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b':' | b'/'));
    let sign = |byte: &u8| !byte.is_ascii_alphanumeric() && *byte != b'-' && *byte != b'_';
    let made = looks_made(password) || password.iter().any(sign);
    let identifier = password.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'-');
    named && plain && made && !identifier && (6..=64).contains(&password.len())
}

pub(super) fn in_run(byte: u8) -> bool {
    Alphabet::Base64.has(byte) || Alphabet::WordDash.has(byte)
}

fn is_text(byte: u8) -> bool {
    byte == b' ' || byte.is_ascii_graphic() || byte.is_ascii_whitespace()
}
