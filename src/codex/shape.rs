//! What a harmless value looks like, so that a value in a closed shape need not be searched for secrets.
//!
//! A closed shape has no room for a word that somebody chose. `Word` and `Text` have, and are searched.
//!
//! Must not know which attribute has which shape. Keeps I1 (a shape holds only what its grammar names, whole) and I8.

use super::time;
use crate::bytes::equal;

/// What a value looks like, as it is sent and as it is once normalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `true` or `false`, as a boolean or as text.
    Bool,
    /// A decimal fraction, as a double or as text.
    Double,
    /// `http` and a status code: the only part of an error's text that may stay.
    HttpStatus,
    /// A whole number of 64 bits, as an integer or as its canonical decimal text.
    Int,
    /// One of these words: every spelling that is sent, and the normalised ones.
    OneOf(&'static [&'static str]),
    /// Anything.
    Text,
    /// An RFC 3339 time in UTC.
    Time,
    /// A UUID in its 36-character form.
    Uuid,
    /// One short word, or nothing at all: some built-in tools send an empty name.
    Word,
}

impl Shape {
    /// Whether `text` is wholly of this shape. `Text` holds nothing: it promises nothing.
    pub fn holds(&self, text: &[u8]) -> bool {
        match self {
            Self::Bool => matches!(text, b"true" | b"false"),
            Self::Double => is_decimal(text),
            Self::HttpStatus => is_http_status(text),
            Self::Int => integer(text).is_some(),
            Self::OneOf(words) => words.iter().any(|word| equal(word.as_bytes(), text)),
            Self::Text => false,
            Self::Time => time::parse_rfc3339_utc(text).is_some(),
            Self::Uuid => is_uuid(text),
            Self::Word => text.is_empty() || is_word(text),
        }
    }

    /// Whether `text` is wholly of this shape, and there is no room in it for a word that somebody chose.
    pub fn is_closed_and_holds(&self, text: &[u8]) -> bool {
        self.is_closed() && self.holds(text)
    }

    /// Whether a value of this shape need not be searched for secrets.
    pub fn is_closed(&self) -> bool {
        !matches!(self, Self::Text | Self::Word)
    }
}

/// Whether `text` is one short word: 1 to 64 bytes of letters, digits and `._:+-`.
pub fn is_word(text: &[u8]) -> bool {
    !text.is_empty()
        && text.len() <= MAX_WORD_BYTES
        && text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"._:+-".contains(byte))
}

/// The number that `text` writes as canonical decimal: no sign but `-`, no leading zero, within 64 bits.
pub fn integer(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix(b"-") {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    // Nineteen digits are the longest that fit, in a sign or without, and all of them do in 64 bits without one.
    if digits.len() > 19 || !is_canonical_digits(digits) || (negative && digits == b"0") {
        return None;
    }
    let value = |digit: &u8| u64::from(digit.wrapping_sub(b'0'));
    let magnitude = digits.iter().fold(0u64, |sum, digit| sum.wrapping_mul(10).wrapping_add(value(digit)));
    if negative { 0i64.checked_sub_unsigned(magnitude) } else { i64::try_from(magnitude).ok() }
}

/// Longer than the longest harmless value that was ever recorded (41 bytes), shorter than most keys.
const MAX_WORD_BYTES: usize = 64;

/// An amount of money has at most nine digits before its point here: a card number or a phone number has more.
const MAX_WHOLE_DIGITS: usize = 9;

/// Codex prints costs in full, with ten digits after the point in the captures; twice that is room enough.
const MAX_FRACTION_DIGITS: usize = 20;

fn is_canonical_digits(digits: &[u8]) -> bool {
    let led_by_zero = digits.len() > 1 && digits.first() == Some(&b'0');
    !digits.is_empty() && !led_by_zero && digits.iter().all(u8::is_ascii_digit)
}

fn is_decimal(text: &[u8]) -> bool {
    let magnitude = text.strip_prefix(b"-").unwrap_or(text);
    let mut parts = magnitude.splitn(2, |byte| *byte == b'.');
    let whole = parts.next().unwrap_or_default();
    let fraction = parts.next();
    is_canonical_digits(whole)
        && whole.len() <= MAX_WHOLE_DIGITS
        && fraction.is_none_or(|digits| {
            (1..=MAX_FRACTION_DIGITS).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit)
        })
}

fn is_http_status(text: &[u8]) -> bool {
    match text.strip_prefix(b"http ") {
        Some([hundreds, tens, ones]) => {
            (b'1'..=b'5').contains(hundreds) && tens.is_ascii_digit() && ones.is_ascii_digit()
        }
        _ => false,
    }
}

fn is_uuid(text: &[u8]) -> bool {
    text.len() == 36
        && text.iter().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(shape: Shape, yes: &[&str], no: &[&str]) {
        for text in yes {
            assert!(shape.holds(text.as_bytes()), "{shape:?} does not hold {text:?}");
        }
        for text in no {
            assert!(!shape.holds(text.as_bytes()), "{shape:?} holds {text:?}");
        }
    }

    #[test]
    fn integers_are_canonical_and_fit() {
        let edges = ["9223372036854775807", "-9223372036854775808"];
        check(
            Shape::Int,
            &["0", "7", "-1", "4408", edges[0], edges[1]],
            &["", "-", "-0", "007", "+1", "1.0", " 1", "1 "],
        );
        check(Shape::Int, &[], &["9223372036854775808", "-9223372036854775809", "10000000000000000000", "1e3", "٣"]);
        assert_eq!(integer(edges[0].as_bytes()), Some(i64::MAX));
        assert_eq!(integer(edges[1].as_bytes()), Some(i64::MIN));
        assert_eq!(integer(b"-128"), Some(-128));
    }

    #[test]
    fn decimals_have_no_room_for_other_numbers() {
        check(
            Shape::Double,
            &["0", "0.0123456789", "-1.5", "999999999.99"],
            &["", ".5", "1.", "01.5", "1e5", "NaN", "inf"],
        );
        check(Shape::Double, &[], &["4000000000000000", "1.5.2", "1,5", "0.000000000000000000001"]);
    }

    #[test]
    fn a_status_is_the_whole_text() {
        check(
            Shape::HttpStatus,
            &["http 200", "http 429", "http 599"],
            &["http 42", "http 600", "http 429 ", "HTTP 429"],
        );
        check(Shape::HttpStatus, &[], &["http 429: key sk-FAKE", "429", "http 4x9", "http 4290", ""]);
    }

    #[test]
    fn the_other_closed_shapes() {
        check(Shape::Bool, &["true", "false"], &["True", "1", "", "true "]);
        check(Shape::Uuid, &["01a20205-40b7-7391-829c-a3b698030548"], &["00000000-fake-4000-8000-000000000001"]);
        check(Shape::Uuid, &[], &["01a2020540b77391829ca3b698030548", "01a20205-40b7-7391-829c-a3b69803054", ""]);
        check(Shape::Time, &["2026-11-22T06:54:55.186Z"], &["2026-11-22 06:54:55", "yesterday", ""]);
        check(Shape::OneOf(&["User", "user"]), &["User", "user"], &["USER", "", "users"]);
        check(Shape::Text, &[], &["", "a"]);
    }

    #[test]
    fn a_word_is_short_and_plain() {
        let longest = "a".repeat(64);
        let longer = "a".repeat(65);
        check(Shape::Word, &["exec-0000abcd-1", "xterm-256color", "mcp__fake__lookup", "", &longest], &[]);
        check(Shape::Word, &["0.169.0", "gpt-5.5", "a:b+c"], &["two words", "a/b", "naïve", "a\n", &longer]);
        assert!(!is_word(b""));
    }
}
