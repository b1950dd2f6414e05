//! Numbers of JSON: how far one reaches, integers without a detour over floating point, and how numbers are written.
//!
//! Must not know what is counted. Keeps I2: an integer that is not written plainly is none, and one that does not fit is
//! not cut down. Keeps I4: one way to write each number.

use alloc::vec::Vec;
use core::fmt::Write;

use crate::bytes::append;

/// How many bytes the JSON number at the start of `text` takes; nothing if none stands there.
#[inline]
pub(crate) fn number_len(text: &[u8]) -> Option<usize> {
    let digits = |at: usize| {
        let rest = text.get(at..).unwrap_or_default();
        at + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let whole = usize::from(text.first() == Some(&b'-'));
    let mut end = digits(whole);
    let has_leading_zero = end > whole + 1 && text.get(whole) == Some(&b'0');
    if end == whole || has_leading_zero {
        return None;
    }
    if text.get(end) == Some(&b'.') {
        let fraction = end + 1;
        end = digits(fraction);
        if end == fraction {
            return None;
        }
    }
    if let Some(b'e' | b'E') = text.get(end) {
        let sign = usize::from(matches!(text.get(end + 1), Some(b'+' | b'-')));
        let exponent = end + 1 + sign;
        end = digits(exponent);
        if end == exponent {
            return None;
        }
    }
    Some(end)
}

/// A whole number, by its sign and size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Integer {
    is_negative: bool,
    size: u64,
}

impl Integer {
    /// The number, if it fits.
    pub(crate) fn signed(self) -> Option<i64> {
        if self.is_negative { 0i64.checked_sub_unsigned(self.size) } else { self.size.try_into().ok() }
    }

    /// The number, if it is written without a sign.
    pub(crate) fn unsigned(self) -> Option<u64> {
        (!self.is_negative).then_some(self.size)
    }
}

/// A whole number of at most 64 bits as JSON writes one: no sign but a minus, no leading zero, no fraction, no exponent.
/// `1e3` is none: some readers take it, some refuse it, some read 1. `Some(None)` if it has more than 64 bits.
pub(crate) fn integer(text: &[u8]) -> Option<Option<Integer>> {
    let (is_negative, digits) = match text.split_first() {
        Some((b'-', digits)) => (true, digits),
        _ => (false, text),
    };
    let is_plain = match digits {
        [] => false,
        [b'0', rest @ ..] => rest.is_empty(),
        _ => digits.iter().all(u8::is_ascii_digit),
    };
    if !is_plain {
        return None;
    }
    // 19 digits always fit; beyond them each is looked at.
    let (head, tail) = digits.split_at_checked(19).unwrap_or((digits, &[]));
    let value = |digit: &u8| u64::from(digit.wrapping_sub(b'0'));
    let head = head.iter().fold(0, |size: u64, digit| size.wrapping_mul(10).wrapping_add(value(digit)));
    let size = tail.iter().try_fold(head, |size, digit| size.checked_mul(10)?.checked_add(value(digit)));
    Some(size.map(|size| Integer { is_negative, size }))
}

/// A JSON number as a double, if it has one and says no more than that.
pub(crate) fn double(text: &[u8]) -> Option<f64> {
    if number_len(text) != Some(text.len()) || !is_held_by_double(text) {
        return None;
    }
    let value: f64 = core::str::from_utf8(text).ok()?.parse().ok()?;
    value.is_finite().then_some(value)
}

/// Whether a double can hold every digit of a number: 17 of them name any double, and no exponent has more than three.
/// What is rounded away would stay in the text, where nobody has looked at it.
fn is_held_by_double(number: &[u8]) -> bool {
    let exponent_at = number.iter().position(|byte| matches!(byte, b'e' | b'E')).unwrap_or(number.len());
    let (mantissa, exponent) = number.split_at_checked(exponent_at).unwrap_or_default();
    let digits = mantissa.iter().filter(|byte| byte.is_ascii_digit()).skip_while(|&&digit| digit == b'0');
    let significant = digits.zip(1..).filter(|(digit, _)| **digit != b'0').last().map_or(0, |(_, count)| count);
    significant <= 17 && exponent.iter().filter(|byte| byte.is_ascii_digit()).count() <= 3
}

/// Appends a whole number.
pub(crate) fn put_unsigned(out: &mut Vec<u8>, mut value: u64) {
    // 2⁶⁴ has 20 digits.
    let mut digits = [b'0'; 20];
    let mut count = 0;
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (value % 10) as u8;
        value /= 10;
        count += 1;
        if value == 0 {
            break;
        }
    }
    append(out, digits.get(20 - count..).unwrap_or_default());
}

/// Appends a whole number.
pub(crate) fn put_signed(out: &mut Vec<u8>, value: i64) {
    if value < 0 {
        out.push(b'-');
    }
    put_unsigned(out, value.unsigned_abs());
}

/// Appends the shortest text that reads back as this finite double.
pub(crate) fn put_double(out: &mut Vec<u8>, value: f64) {
    struct Bytes<'o>(&'o mut Vec<u8>);
    impl Write for Bytes<'_> {
        fn write_str(&mut self, text: &str) -> core::fmt::Result {
            self.0.extend_from_slice(text.as_bytes());
            Ok(())
        }
    }
    // Appending to a vector cannot fail.
    let _ = write!(Bytes(out), "{value:?}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_read_as_they_are_written() {
        for value in [0, 7, -12, 1 << 53, i64::MAX, i64::MIN] {
            let mut text = Vec::new();
            put_signed(&mut text, value);
            assert_eq!(text, alloc::format!("{value}").as_bytes());
            assert_eq!(integer(&text).unwrap().unwrap().signed(), Some(value));
        }
        for value in [0, 9, 10, 1_795_330_650_793_107_128, u64::MAX] {
            let mut text = Vec::new();
            put_unsigned(&mut text, value);
            assert_eq!(text, alloc::format!("{value}").as_bytes());
            assert_eq!(integer(&text).unwrap().unwrap().unsigned(), Some(value));
        }
        let of = |text: &str| integer(text.as_bytes()).unwrap();
        assert_eq!(of("-0").and_then(Integer::signed), Some(0));
        assert_eq!(of("-0").and_then(Integer::unsigned), None);
        assert_eq!(of("9223372036854775808").and_then(Integer::signed), None);
        assert_eq!(of("-9223372036854775809").and_then(Integer::signed), None);
        assert_eq!(of("18446744073709551616"), None);
        assert_eq!(of(&"9".repeat(99)), None);
    }

    #[test]
    fn integers_are_written_one_way() {
        for text in ["", "-", "+1", "01", "-01", "00", "1.0", "1e3", " 1", "1 ", "0x1", "1_0", "--1", "٣"] {
            assert_eq!(integer(text.as_bytes()), None, "{text}");
        }
    }

    /// Scenario: doubles at the edges of the format.
    /// Guarantees: what is written is a JSON number and reads back bit for bit.
    #[test]
    fn doubles_come_back_bit_for_bit() {
        for value in [0.0, -0.0, 0.1, 1.0, 1e15, 1e16, 1e300, f64::MAX, f64::MIN_POSITIVE, 5e-324, -1.5e-7, 0.123] {
            let mut text = Vec::new();
            put_double(&mut text, value);
            assert_eq!(double(&text).map(f64::to_bits), Some(value.to_bits()), "{value}");
        }
    }

    /// Scenario: numbers with more digits than a double keeps, in every part of the text.
    /// Guarantees: they are not read, so that no digit stays unseen behind the double (I1); what encoders write is.
    #[test]
    fn what_no_double_holds_is_not_read() {
        for text in [
            "1.00000000000000000004111111111111111",
            "100000000000000000004111111111111111",
            "0.123456789012345678",
            "0e4111111111111111",
            "1e-4111111111111111",
            "1e0001",
        ] {
            assert_eq!(double(text.as_bytes()), None, "{text}");
        }
        for text in [
            "123456789012345680000",
            "0.00000000000000000000001",
            "1.2345678901234567e-300",
            "1E+005",
            "0.50000000000000000000",
        ] {
            assert_eq!(double(text.as_bytes()), text.parse().ok(), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_no_double() {
        for text in ["", "NaN", "inf", ".5", "1.", "+1", "01", "1e", "1e999", "-1e999", "1 ", "0x1p3"] {
            assert_eq!(double(text.as_bytes()), None, "{text}");
        }
    }
}
