//! Private keys in PEM, however their line feeds are written, and wherever they were cut off.
//!
//! Must not know what the key is for. Keeps I5: the next footer is looked for once and remembered.

use super::engine::Pass;
use super::marker;
use super::registry::{self, Detector, DetectorId, Event, Example, Group, Rule};
use super::text::{Alphabet, before, byte, count, exact_at, part, rest, skip_back};

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

/// Lines of private keys that came apart from their header.
pub(super) const PRIVATE_KEY_FRAGMENT: Detector = Detector {
    id: "private-key-fragment",
    group: Group::Secret,
    about: "lines of a private key without its header: by their form, or because a footer follows",
    source: "RFC 7468 section 2 (lines of 64 letters), OpenSSH PROTOCOL.key (of 70)",
    examples: &[
        Example("#6 0.2 «FAKE+abcdEXAMPLE/0000fakeABCDexample1111FAKE+abcd2222GHIJKLMNOPQ»"),
        Example(
            "tail: «FAKE/0000abcd+EXAMPLEfakeABCDexample1111FAKE+abcd2222GHIJKLMNOPQRSTuvw\n-----END RSA PRIVATE KEY-----»",
        ),
        Example("12:36:01 «FAKEabcdEXAMPLE00000fakeABCDexample1111FAKExabcd2222GHIJKLMNOPQR»"),
        Example("+ \"«FAKE/abcdEXAM/PLE0000fa/keABCDexample1111FAKE+abcd2222GHIJKLMNOP»\\n\""),
        Example("FAKE+abcdEXAMPLE/0000fakeABCDexample1111FAKE+abcd2222GHIJKLMNOPQRST"),
        Example("at TheFactoryOfTheVeryLongNamesThatPeopleGiveToClassesInSomeTongues"),
        Example("digest-FAKEabcdEXAMPLE00000fakeABCDexample1111FAKExabcd2222GHIJKLMNOPQR.x"),
        Example("sha384-FAKE+abcdEXAMPLE/0000fakeABCDexample1111FAKE+abcd2222GHIJKLMNOPQ"),
        Example("-----END CERTIFICATE-----"),
        Example("-----BEGIN PRIVATE KEY-----\nanything\n-----END PRIVATE KEY-----"),
    ],
    rule: Rule::At { events: &[Event::Dashes, Event::Long, Event::Slash], look: look_fragment },
};

/// Private keys in base64 without armour.
pub(super) const PRIVATE_KEY_BASE64: Detector = Detector {
    id: "private-key-base64",
    group: Group::Secret,
    about: "the beginning of a private key in base64, without its armour",
    source: "RFC 8017 and RFC 5958 (RSA), RFC 5915 (elliptic curves), RFC 8410 (Ed25519), OpenSSH PROTOCOL.key",
    examples: &[
        Example("data: «MIIEvQIBADANBgkqFAKE+0000»"),
        Example("\"«b3BlbnNzaC1rZXktdjEAFAKE0000»\""),
        Example("MIIDdzCCAl+gAwIBAgIEFAKE0000"),
    ],
    rule: Rule::Heads {
        heads: &["MIIE", "MIIC", "MIIB", "MIIJ", "MIGH", "MIGE", "MHcC", "MC4C", "MIHu", "MIHc", "b3BlbnNzaC1rZXktdjE"],
        look: look_head,
    },
};

/// How the Base64 of private keys begins: PKCS #1, PKCS #8 with its algorithms, SEC 1, OpenSSH. Certificates and public
/// keys begin like none of these.
const BEGINNINGS: &[&[u8]] = &[
    b"MIIEpAIBAAKCAQEA",
    b"MIIEpQIBAAKCAQEA",
    b"MIIEowIBAAKCAQEA",
    b"MIIEogIBAAKCAQEA",
    b"MIIJKAIBAAKCAgEA",
    b"MIIJKQIBAAKCAgEA",
    b"MIIJKgIBAAKCAgEA",
    b"MIIJJwIBAAKCAgEA",
    b"MIICXQIBAAKBgQ",
    b"MIICXAIBAAKBgQ",
    b"MIICXgIBAAKBgQ",
    b"MIICWwIBAAKBgQ",
    b"MIIBOgIBAAJBA",
    b"MIIBOwIBAAJBA",
    b"MIIBPAIBAAJBA",
    b"MIIEvQIBADANBgkq",
    b"MIIEvAIBADANBgkq",
    b"MIIEvgIBADANBgkq",
    b"MIIEwAIBADANBgkq",
    b"MIICdgIBADANBgkq",
    b"MIICdwIBADANBgkq",
    b"MIICeAIBADANBgkq",
    b"MIIJQgIBADANBgkq",
    b"MIIJQQIBADANBgkq",
    b"MIIJQwIBADANBgkq",
    b"MIGHAgEAMBMGByqG",
    b"MIGEAgEAMBAGByqG",
    b"MHcCAQEEI",
    b"MC4CAQAwBQYDK2V",
    b"MIHuAgEAMBAGByqG",
    b"MIHcAgEBBEI",
    b"b3BlbnNzaC1rZXktdjE",
];

fn look_head(pass: &mut Pass<'_>, detector: DetectorId, start: usize) {
    if BEGINNINGS.iter().any(|beginning| exact_at(pass.text, start, beginning)) {
        let close = pass.run_end(Alphabet::Base64, start);
        let close = close + part(pass.text, close..close + 2).iter().take_while(|&&byte| byte == b'=').count();
        pass.report(detector, start, close);
    }
}

/// After dashes a footer may stand, anywhere else a line.
fn look_fragment(pass: &mut Pass<'_>, _: DetectorId, at: usize) {
    if before(pass.text, at) == Some(b'-') {
        look_footer(pass, at);
    } else {
        look_line(pass, at);
    }
}

/// A line of a key: exactly as long as armour makes it, of all the signs of base64, and more different ones than text has.
fn look_line(pass: &mut Pass<'_>, start: usize) {
    let text = pass.text;
    // Whoever begins later in the line would look at the same one, or at one that is too long.
    if start < pass.line_end {
        return;
    }
    let base64 = |byte: u8| Alphabet::Base64.has(byte);
    let first = skip_back(text, start, LONGEST_LINE, base64);
    let first = if before(text, first) == Some(b'\\') { first + 1 } else { first };
    let line = part(text, first..first + LONGEST_LINE + 1);
    let length = line.iter().take_while(|&&byte| base64(byte)).count();
    pass.line_end = first + length;
    if !LINES.contains(&length) || matches!(before(text, first), Some(b'-' | b'_' | b'.')) {
        return;
    }
    let line = part(text, first..first + length);
    let after = byte(text, first + length);
    let ends = after.is_none_or(|byte| byte.is_ascii_whitespace() || b"\"'`\\,;)<".contains(&byte));
    let apart = before(text, first).is_none_or(|byte| byte.is_ascii_whitespace() || b"\"'`n>".contains(&byte));
    let dense = is_dense(line, DIFFERENT) || ends && apart && is_dense(line, DIFFERENT_APART);
    // Digests are as long as a line, and common: no footer is looked for on their account.
    if dense && !matches!(after, Some(b'=' | b'-' | b'_' | b'.')) && !is_public(pass, first + length) {
        pass.report(FRAGMENT, first, first + length);
    }
}

/// Whether a line that ends at `end` belongs to armour that anybody may see: a certificate, a signature, a public key.
fn is_public(pass: &mut Pass<'_>, end: usize) -> bool {
    let Some(footer) = next_footer(pass, end).filter(|footer| footer - end < LONGEST_ARMOUR) else { return false };
    let label = part(pass.text, footer + FOOTER.len()..footer + FOOTER.len() + LONGEST_LABEL);
    let length = label.iter().take_while(|&&byte| in_label(byte)).count();
    length > 0 && label.get(..length).is_some_and(|label| memchr::memmem::find(label, b"PRIVATE").is_none())
}

/// A footer that is farther away belongs to something else.
const LONGEST_ARMOUR: usize = 16 << 10;

/// How many letters a line of armour has.
const LINES: [usize; 2] = [64, 70];

const LONGEST_LINE: usize = 70;

const FRAGMENT: DetectorId = registry::id("private-key-fragment");

/// Whether it has at least so many different bytes as no text of its length has: sixty-four random ones have forty. One
/// line in eight has no sign, and stands out by standing alone; without a digit it needs letters as no name has them.
fn is_dense(line: &[u8], [with_sign, without]: [u32; 2]) -> bool {
    // Signs and digits, and letters: of each half a bit a byte.
    let (mut signs, mut letters) = (0_u64, 0_u64);
    for byte in line {
        let bit = 1 << (byte & 0x3f);
        signs |= if byte & 0x40 == 0 { bit } else { 0 };
        letters |= if byte & 0x40 == 0 { 0 } else { bit };
    }
    let seen = signs.count_ones() + letters.count_ones();
    // Digits in base 16 are as long, and are told at once.
    if seen < with_sign {
        return false;
    }
    let count = |kind: fn(&u8) -> bool| count(line.iter().map(kind));
    let (upper, lower) = (count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase));
    let least = if count(u8::is_ascii_digit) > 0 { 1 } else { MANY };
    let signed = count(|byte| matches!(byte, b'+' | b'/')) > 0;
    seen >= if signed { with_sign } else { without } && upper.min(lower) >= least
}

/// So many letters of each case are in no name.
const MANY: usize = 20;

/// How many different bytes a line has that stands amid others, with a sign among them and without.
const DIFFERENT: [u32; 2] = [30, u32::MAX];

/// The same of one that stands alone.
const DIFFERENT_APART: [u32; 2] = [28, 28];

/// What stands before a footer that no header came before: the end of a key that was cut at its beginning.
fn look_footer(pass: &mut Pass<'_>, end: usize) {
    let text = pass.text;
    let label = part(text, end..end + LONGEST_LABEL);
    let length = label.iter().take_while(|&&byte| in_label(byte)).count();
    let secret = label.get(..length).is_some_and(|label| label.starts_with(b"END ") && label.ends_with(b"PRIVATE KEY"));
    if secret && let Some(dashes) = end.checked_sub(5) {
        let armour = |byte: u8| Alphabet::Base64.has(byte) || b"=\r\n\\\"".contains(&byte);
        let from = skip_back(text, dashes, dashes, armour);
        let close = end + length;
        // A header had its look.
        if exact_at(text, from.saturating_sub(KEY_DASHES.len()), KEY_DASHES)
            && !holds_key(part(text, from..dashes), LEAST_RUN)
        {
            return;
        }
        let count = part(text, close..close + 5).iter().take_while(|&&byte| byte == b'-').count();
        pass.report(FRAGMENT, from, close + count);
    }
}

const FOOTER: &[u8] = b"-----END ";

/// How the header of a private key ends.
const KEY_DASHES: &[u8] = b"PRIVATE KEY-----";

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
