//! E-mail addresses.
//!
//! Must not know whose they are. Keeps I5: neither part of an address holds an `@`, so looks from two of them never
//! read the same byte, however far they go; the whole local part is covered, never a bounded tail of it.

use super::super::engine::Pass;
use super::super::registry::{Detector, DetectorId, Event, Example, Group, Rule};
use super::super::text::{after_escape, byte, part, skip};

/// E-mail addresses.
pub(in crate::detect) const EMAIL: Detector = Detector {
    id: "email",
    group: Group::Personal,
    about: "e-mail addresses",
    source: "RFC 5322 section 3.4.1 (the dot-atom form), RFC 6531 (letters beyond ASCII), RFC 1035 section 2.3.1",
    examples: &[
        Example("mail «jane.doe+fake@example.com», please"),
        Example("<«j_d@mail.example.co.uk»>"),
        Example("Author: J\\n«jane@example.org»\\n"),
        Example("\\u003c«jane@example.org»\\u003e"),
        Example("«müller@example.de», «jane@bücher.example», «jane@пример.рф»"),
        Example("«o'brien@example.org», «d'arcy.o'neil%40example.org»"),
        Example("'«a@example.org»', b'«b@example.org»' and x='«c@example.org»','«d@example.org»'"),
        Example("联系«jane@example.cn»。, «jane@example.org»×2 и «jane@example.org»и2"),
        Example("?user=«jane%40example.com»&x=1"),
        Example("git@github.com:owner/repo.git"),
        Example("lodash@4.17.21 and icon@2x.png"),
        Example("getty@tty1.service"),
        Example("@decorator.call and a @ b.com"),
        Example("user@localhost"),
    ],
    rule: Rule::At { events: &[Event::At], look },
};

/// Last labels that are file or unit names and no top-level domains.
const NO_DOMAINS: [&[u8]; 14] = [
    b"css", b"gif", b"html", b"jpeg", b"jpg", b"js", b"json", b"png", b"service", b"socket", b"svg", b"tgz", b"ts",
    b"webp",
];

pub(in crate::detect) fn look(pass: &mut Pass<'_>, detector: DetectorId, at: usize) {
    let text = pass.text;
    // In a query the sign is `%40`.
    let end = at + if byte(text, at) == Some(b'%') { 3 } else { 1 };
    if pass.url_at == Some(at) {
        return;
    }
    if !byte(text, end).is_some_and(|byte| byte.is_ascii_alphanumeric() || is_letter(byte)) {
        return;
    }
    let domain = domain_end(text, end);
    // In quotes the address begins behind the first one, whatever stands before that.
    let quoted = domain.is_some_and(|close| byte(text, close) == Some(b'\''));
    let start = local_start(text, at, quoted);
    // `git@host` is how Git spells an SSH address; nobody's mailbox.
    if let Some(close) = domain
        && start < at
        && part(text, start..at) != b"git"
    {
        pass.report(detector, start, close);
    }
}

/// Where the local part that ends at `at` starts.
fn local_start(text: &[u8], at: usize, quoted: bool) -> usize {
    let mut start = at;
    // Between two `%40` no byte is read twice, and none between two `@`.
    let escaped = byte(text, at) == Some(b'%');
    loop {
        match text.get(..start).unwrap_or_default() {
            [.., b'%', b'4', b'0'] if escaped => break,
            [.., last] if is_local(*last) => start -= 1,
            // `o'brien`: a name goes on behind an apostrophe.
            [.., letter, b'\''] if !quoted && start < at && letter.is_ascii_alphabetic() => start -= 1,
            // Two-byte letters: Latin, Greek, Cyrillic, Armenian. Scripts that need no blanks between words are no
            // part of it, or a whole Chinese sentence would be.
            [.., 0xc3..=0xd4, 0x80..=0xbf] => start -= 2,
            _ => break,
        }
    }
    // The tail of an escape that stands before it: `\n`, `\u003c`, `%20`.
    let escape = [1, 2, 3, 5].into_iter().find(|&length| start + length <= at && escape_of(text, start, length));
    let start = start + escape.unwrap_or(0);
    skip(text, start, |byte| byte == b'.' || byte == b'-').min(at)
}

/// Whether the `length` bytes from `start` on are what is left of an escape.
fn escape_of(text: &[u8], start: usize, length: usize) -> bool {
    let marked = match length {
        3 => byte(text, start) == Some(b'%'),
        _ => start > 0 && byte(text, start - 1) == Some(b'\\'),
    };
    marked && after_escape(text, start + length)
}

/// Whether it is a byte of a letter of Latin, Greek, Cyrillic or Armenian beyond ASCII, or of a sign of other scripts behind
/// its first byte.
fn is_letter(byte: u8) -> bool {
    matches!(byte, 0x80..=0xbf | 0xc3..=0xd4)
}

fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte)
}

/// Where the domain that starts at `start` ends: at least two labels, the last of letters.
fn domain_end(text: &[u8], start: usize) -> Option<usize> {
    // Letters of two bytes belong to it, as they do to the local part, or else are a word that goes on behind it.
    labels_end(text, start, is_letter).or_else(|| labels_end(text, start, |_| false))
}

fn labels_end(text: &[u8], start: usize, is_letter: fn(u8) -> bool) -> Option<usize> {
    let run = skip(text, start, |byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte) || is_letter(byte));
    let mut domain = part(text, start..run);
    while let [head @ .., b'.' | b'-'] = domain {
        domain = head;
    }
    let dot = memchr::memrchr(b'.', domain)?;
    let last = domain.get(dot + 1..)?;
    let is_all_letters = last.iter().all(|&byte| byte.is_ascii_alphabetic() || is_letter(byte));
    let letters = last.len() >= 2 && is_all_letters || last.starts_with(b"xn--");
    let file = NO_DOMAINS.iter().any(|name| last.eq_ignore_ascii_case(name));
    (letters && !file).then_some(start + domain.len())
}
