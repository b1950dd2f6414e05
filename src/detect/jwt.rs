//! JSON Web Tokens: parts in base64url, the first of which is a JSON header.
//!
//! Must not know keys or claims. Keeps I5: the pass remembers where runs end, and of a header only so much is decoded.

use super::engine::Pass;
use super::marker::is_cut;
use super::registry::{Detector, DetectorId, Example, Group, Rule};
use super::text::{Alphabet, byte, decode_base64, exact_at, part, skip, starts_word};

/// JSON Web Tokens.
pub(super) const JWT: Detector = Detector {
    id: "jwt",
    group: Group::Secret,
    about: "JSON Web Tokens, signed, unsigned and encrypted",
    source: "RFC 7515 section 3 (JWS compact serialisation), RFC 7516 section 3 (JWE), RFC 7519",
    examples: &[
        Example("t=«eyJhbGciOiJub25lIiwidHlwIjoiRkFLRSJ9.eyJzdWIiOiJGQUtFIn0.RkFLRQ»;"),
        Example("out\\n«eyJ0eXAiOiJGQUtFIn0.eyJzdWIiOiJGQUtFIn0.»\\n"),
        Example("«eyJhbGciOiJGQUtFIn0.eyJzdWI»\n[... telemetry preview truncated ...]"),
        Example("«eyJhbGci»\n[... telemetry preview truncated ...]"),
        Example("eyJuYW1lIjoiRkFLRSJ9.eyJzdWIiOiJGQUtFIn0.RkFLRQ"),
        Example("eyJhbGciOiJub25lIn0 alone is a header"),
        Example("HeyJude.and.others"),
    ],
    rule: Rule::Heads { heads: &["eyJ"], look },
};

/// How much of a header is decoded. Its algorithm or type stands early; what comes late is certificates.
const DECODED: usize = 128;

fn look(pass: &mut Pass<'_>, detector: DetectorId, start: usize) {
    let text = pass.text;
    // `-` before it would make this the middle of a run; `_` may end a prefix that a vendor put before a token.
    if !exact_at(text, start, b"eyJ") || !starts_word(text, start) || (start > 0 && byte(text, start - 1) == Some(b'-'))
    {
        return;
    }
    let header = pass.run_end(Alphabet::WordDash, start);
    if header == start + 3 {
        return;
    }
    if byte(text, header) != Some(b'.') {
        if is_cut(text, header) {
            pass.report(detector, start, header);
        }
        return;
    }
    let Some(close) = token_end(pass, header) else { return };
    let mut decoded = [0; DECODED];
    if is_header(decode_base64(part(text, start..header.min(start + DECODED)), &mut decoded)) {
        pass.report(detector, start, close);
    }
}

/// Where the token ends whose header ends at `header`: two more parts, or four, or fewer where the text was cut.
/// Prefixes joined by `_` share one header's end, so the answer is remembered.
fn token_end(pass: &mut Pass<'_>, header: usize) -> Option<usize> {
    if let Some((known, tail)) = pass.jwt_tail
        && known == header
    {
        return tail;
    }
    let text = pass.text;
    let mut end = header;
    let mut parts = 1;
    while parts < 5 && byte(text, end) == Some(b'.') {
        end = skip(text, end + 1, |byte| Alphabet::WordDash.has(byte));
        parts += 1;
    }
    let tail = (parts >= 3 || is_cut(text, end)).then_some(end);
    pass.jwt_tail = Some((header, tail));
    tail
}

fn is_header(json: &[u8]) -> bool {
    let names: [&[u8]; 4] = [b"\"alg\"", b"\"typ\"", b"\"enc\"", b"\"kid\""];
    json.starts_with(b"{\"") && names.iter().any(|name| memchr::memmem::find(json, name).is_some())
}
