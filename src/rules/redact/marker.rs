//! The marks that redaction leaves, and how they are known again.
//!
//! ```text
//! [redacted]  [redacted 220 chars]  [redacted 12 bytes]  [redacted 3 items]  [redacted:email]  …[truncated 900 chars]
//! ```
//!
//! Must not know policies. Keeps I7 (a mark is left alone) and I1: a number in a mark has at most eight digits, for a
//! value is never longer than a batch, so no card number passes as a length.

use alloc::vec::Vec;

use super::pseudonym;
use crate::detect::Detectors;

/// What a length counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Bytes,
    Chars,
    Items,
}

const MAX_DIGITS: usize = 8;
const REDACTED: &[u8] = b"[redacted ";
const TRUNCATED: &[u8] = b"[truncated ";

impl Unit {
    fn word(self) -> &'static [u8] {
        match self {
            Self::Bytes => b" bytes]",
            Self::Chars => b" chars]",
            Self::Items => b" items]",
        }
    }
}

/// Appends `[redacted N UNIT]`.
pub(super) fn put_length(out: &mut Vec<u8>, count: usize, unit: Unit) {
    out.extend_from_slice(REDACTED);
    put_decimal(out, count as u64);
    out.extend_from_slice(unit.word());
}

/// Appends `[truncated N chars]`.
pub(super) fn put_truncated(out: &mut Vec<u8>, chars: usize) {
    out.extend_from_slice(TRUNCATED);
    put_decimal(out, chars as u64);
    out.extend_from_slice(Unit::Chars.word());
}

/// Whether `text` is one mark that stands for a whole value.
#[inline]
pub(crate) fn is_whole(detectors: &Detectors, text: &[u8]) -> bool {
    // Nearly no text begins like one.
    matches!(text, [b'[', .., b']']) && is_whole_mark(text, |id| detectors.knows(id))
}

/// Whether `text` looks like what redaction leaves in place of a whole value: a mark, or a pseudonym of whatever key.
/// Nothing is let out for that, as anybody can write one; it says nothing about what stood there.
#[inline]
pub(crate) fn is_left(text: &[u8]) -> bool {
    // Any name will do: whose policy's own it was is not asked.
    matches!(text, [b'[', .., b']']) && is_whole_mark(text, is_kebab)
        || text.starts_with(b"hmac_") && pseudonym::is_formed(text)
}

fn is_whole_mark(text: &[u8], is_detector: impl Fn(&str) -> bool) -> bool {
    let is_length = |text: &[u8]| {
        [Unit::Bytes, Unit::Chars, Unit::Items]
            .iter()
            .any(|unit| counted(text, REDACTED, unit.word()) == Some(text.len()))
    };
    text == b"[redacted]" || is_length(text) || finder(text).is_some_and(is_detector)
}

/// Whose mark a text is, if it is one of a detector.
fn finder(text: &[u8]) -> Option<&str> {
    let id = text.strip_prefix(b"[redacted:").and_then(|rest| rest.strip_suffix(b"]"));
    id.and_then(|id| core::str::from_utf8(id).ok())
}

fn is_kebab(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The text before the mark of a truncation, if `text` ends in one.
pub(super) fn before_truncated(text: &[u8]) -> Option<&[u8]> {
    let start = memchr::memrchr(b'[', text)?;
    let (before, mark) = text.split_at_checked(start)?;
    (counted(mark, TRUNCATED, Unit::Chars.word()) == Some(mark.len())).then_some(before)
}

/// The text before and after the first length in `text`.
pub(super) fn around_length(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let start = memchr::memmem::find(text, REDACTED)?;
    let (before, mark) = text.split_at_checked(start)?;
    let length = counted(mark, REDACTED, Unit::Chars.word())?;
    Some((before, mark.get(length..)?))
}

/// The end of the mark that begins at `start`, if one does.
pub(super) fn end_of_mark(detectors: &Detectors, text: &[u8], start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    if !rest.starts_with(b"[") {
        return None;
    }
    let end = memchr::memchr(b']', rest)? + 1;
    let mark = rest.get(..end)?;
    let is_mark = is_whole(detectors, mark) || counted(mark, TRUNCATED, Unit::Chars.word()) == Some(end);
    is_mark.then_some(start + end)
}

/// The length of `PREFIX digits SUFFIX` at the start of `text`.
fn counted(text: &[u8], prefix: &[u8], suffix: &[u8]) -> Option<usize> {
    let rest = text.strip_prefix(prefix)?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let padded = digits > 1 && rest.first() == Some(&b'0');
    let fits = (1..=MAX_DIGITS).contains(&digits) && !padded && rest.get(digits..)?.starts_with(suffix);
    fits.then_some(prefix.len() + digits + suffix.len())
}

/// Appends a decimal number.
pub(crate) fn put_decimal(out: &mut Vec<u8>, number: u64) {
    let mut divisor = 1u64;
    while number / divisor >= 10 {
        divisor *= 10;
    }
    while divisor > 0 {
        out.push(b'0' + (number / divisor % 10) as u8);
        divisor /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_known_again() {
        for count in [0, 9, 10, 12_345_678] {
            for unit in [Unit::Bytes, Unit::Chars, Unit::Items] {
                let mut out = Vec::new();
                put_length(&mut out, count, unit);
                assert!(is_whole(&Detectors::all(), &out));
            }
        }
        assert!(is_whole(&Detectors::all(), b"[redacted]") && is_whole(&Detectors::all(), b"[redacted:email]"));
        assert_eq!(before_truncated(b"ab[truncated 900 chars]"), Some(&b"ab"[..]));
        assert_eq!(around_length(b"ab[redacted 9 chars]yz"), Some((&b"ab"[..], &b"yz"[..])));
        assert_eq!(end_of_mark(&Detectors::all(), b"x[redacted:email]y", 1), Some(17));
    }

    /// Scenario: text that resembles a mark and carries something.
    /// Guarantees: it is no mark, so it is treated like any text (I1).
    #[test]
    fn nothing_hides_in_a_mark() {
        for text in [
            "[redacted 4111111111111111 chars]",
            "[redacted 007 chars]",
            "[redacted  chars]",
            "[redacted:sk-ant-fake]",
            "[redacted 12 chars] and more",
            "[redacted 12 lines]",
            "[truncated 900 chars]",
        ] {
            assert!(!is_whole(&Detectors::all(), text.as_bytes()), "{text}");
        }
        assert_eq!(before_truncated(b"ab[truncated 4111111111111111 chars]"), None);
    }
}
