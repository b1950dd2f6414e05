//! Private keys in PEM, however their line feeds are written, and wherever they were cut off.
//!
//! Must not know what the key is for. Keeps I5: the next footer is looked for once and remembered.

use super::engine::Pass;
use super::marker;
use super::registry::{Detector, DetectorId, Event, Example, Group, Rule};
use super::text::{exact_at, part, rest};

/// Private keys in PEM.
pub(super) const PRIVATE_KEY_PEM: Detector = Detector {
    id: "private-key-pem",
    group: Group::Secret,
    about: "private keys in PEM, from the header to the footer, or to where the text was cut",
    source: "RFC 7468, Textual Encodings of PKIX, PKCS, and CMS Structures; OpenSSH PROTOCOL.key; RFC 9580 section 6.2",
    examples: &[
        Example("a «-----BEGIN PRIVATE KEY-----\nRkFLRUZBS0VGQUtFRkFLRUZBS0U=\n-----END PRIVATE KEY-----» b"),
        Example("«-----BEGIN RSA PRIVATE KEY-----\\nRkFLRUZBS0VGQUtFRkFLRUZBS0U=\\n-----END RSA PRIVATE KEY-----»\\n"),
        Example(
            "\"«-----BEGIN OPENSSH PRIVATE KEY-----\\\\nRkFLRUZBS0VGQUtFRkFLRUZBS0U\\\\n-----END OPENSSH PRIVATE KEY-----»\"",
        ),
        Example("«-----BEGIN PRIVATE KEY-----\nRkFLRUZBS0VGQUtF»"),
        Example("«-----BEGIN EC PRIVATE KEY-----\nRkFLRUZB\n»[... telemetry preview truncated ...] ok"),
        Example(
            "«-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nRkFLRUZBS0VGQUtFRkFLRUZBS0U\n-----END PGP PRIVATE KEY BLOCK-----»",
        ),
        Example("-----BEGIN CERTIFICATE-----\nRkFLRUZBS0VGQUtFRkFLRUZBS0U=\n-----END CERTIFICATE-----"),
        Example("-----BEGIN PUBLIC KEY-----\nRkFLRUZBS0VGQUtFRkFLRUZBS0U=\n-----END PUBLIC KEY-----"),
        Example(
            "if text.contains(\"-----BEGIN PRIVATE KEY-----\") { reject the file and say which line it was on, so that \
             the author can take the key out of the history as well, and never show it; nothing follows }",
        ),
    ],
    rule: Rule::At { events: &[Event::Dashes], look },
};

const FOOTER: &[u8] = b"-----END ";

/// The longest label: `ENCRYPTED PRIVATE KEY` and the like, with room for new algorithms.
const LONGEST_LABEL: usize = 48;

/// How far from a header that has no footer something must look like a key, lest a mere mention hide all that follows.
const NEARBY: usize = 128;

/// A run of base64 this long is no word.
const KEY_RUN: usize = 24;

/// Between a header and a footer less is enough: only those who write about keys leave nothing there.
const LEAST_RUN: usize = 16;

/// How far after a header the key begins, behind what says how it is encrypted.
const HEADERS: usize = 512;

fn look(pass: &mut Pass<'_>, detector: DetectorId, end: usize) {
    let text = pass.text;
    let Some(start) = end.checked_sub(5) else { return };
    if !exact_at(text, start, b"-----BEGIN ") {
        return;
    }
    let label = part(text, start + 11..start + 11 + LONGEST_LABEL);
    let length = label.iter().take_while(|&&byte| in_label(byte)).count();
    let body = start + 11 + length;
    let secret = label
        .get(..length)
        .is_some_and(|label| label.ends_with(b"PRIVATE KEY") || label.ends_with(b"PRIVATE KEY BLOCK"));
    if !secret || !exact_at(text, body, b"-----") {
        return;
    }
    let body = body + 5;
    if let Some(footer) = next_footer(pass, body) {
        // The footer's own label and dashes; one that was cut off ends with the text.
        let label = part(text, footer + FOOTER.len()..footer + FOOTER.len() + LONGEST_LABEL);
        let dashes = footer + FOOTER.len() + label.iter().take_while(|&&byte| in_label(byte)).count();
        let count = part(text, dashes..dashes + 5).iter().take_while(|&&byte| byte == b'-').count();
        if holds_key(part(text, body..footer.min(body + HEADERS)), LEAST_RUN) {
            pass.report(detector, start, dashes + count);
        }
        return;
    }
    let close = next_cut(pass, body);
    if close - body <= NEARBY || holds_key(part(text, body..body + NEARBY), KEY_RUN) {
        pass.report(detector, start, close);
    }
}

/// The next footer from `from` on. Until there, every later search has the same answer.
fn next_footer(pass: &mut Pass<'_>, from: usize) -> Option<usize> {
    if let Some((searched, found)) = pass.pem_footer
        && searched <= from
        && found.is_none_or(|footer| from <= footer)
    {
        return found;
    }
    let found = memchr::memmem::find(rest(pass.text, from), FOOTER).map(|offset| from + offset);
    pass.pem_footer = Some((from, found));
    found
}

/// The next cut, remembered in the same way.
fn next_cut(pass: &mut Pass<'_>, from: usize) -> usize {
    if let Some((searched, cut)) = pass.next_cut
        && (searched..=cut).contains(&from)
    {
        return cut;
    }
    let cut = marker::next_cut(pass.text, from);
    pass.next_cut = Some((from, cut));
    cut
}

fn in_label(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b' '
}

fn holds_key(bytes: &[u8], least: usize) -> bool {
    let base64 = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'+' || *byte == b'/';
    bytes.split(|byte| !base64(byte)).any(|run| run.len() >= least)
}
