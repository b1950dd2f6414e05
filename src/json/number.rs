//! Numbers of JSON: how far one reaches, integers without a detour over floating point, and how numbers are written.
//!
//! Must not know what is counted. Keeps I2: an integer that is not written plainly is none, and one that does not fit is
//! not cut down. Keeps I4: one way to write each number.

use alloc::vec::Vec;
use core::fmt::Write;

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

/// A whole number that fits `i128` easily and is written as JSON writes one: no sign but a minus, no leading zero, no
/// fraction, no exponent. `1e3` is none: some readers take it, some refuse it, some read 1.
pub(crate) fn integer(text: &[u8]) -> Option<i128> {
    let (is_negative, digits) = match text.split_first() {
        Some((b'-', digits)) => (true, digits),
        _ => (false, text),
    };
    // 20 digits hold 64 bits.
    let is_plain = match digits {
        [b'0'] => true,
        [b'0', ..] => false,
        _ => (1..=20).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit),
    };
    if !is_plain {
        return None;
    }
    let value = digits.iter().fold(0i128, |value, digit| value * 10 + i128::from(digit.wrapping_sub(b'0')));
    Some(if is_negative { -value } else { value })
}

/// A JSON number as a double, if it has one.
pub(crate) fn double(text: &[u8]) -> Option<f64> {
    if number_len(text) != Some(text.len()) {
        return None;
    }
    let value: f64 = core::str::from_utf8(text).ok()?.parse().ok()?;
    value.is_finite().then_some(value)
}

/// Appends a whole number.
pub(crate) fn put_integer(out: &mut Vec<u8>, value: i128) {
    put(out, format_args!("{value}"));
}

/// Appends the shortest text that reads back as this finite double.
pub(crate) fn put_double(out: &mut Vec<u8>, value: f64) {
    put(out, format_args!("{value:?}"));
}

fn put(out: &mut Vec<u8>, text: core::fmt::Arguments<'_>) {
    struct Bytes<'o>(&'o mut Vec<u8>);
    impl Write for Bytes<'_> {
        fn write_str(&mut self, text: &str) -> core::fmt::Result {
            self.0.extend_from_slice(text.as_bytes());
            Ok(())
        }
    }
    // Appending to a vector cannot fail.
    let _ = Bytes(out).write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_written_one_way() {
        for text in ["0", "-0", "7", "-12", "18446744073709551615", "-9223372036854775808"] {
            assert_eq!(integer(text.as_bytes()), text.parse().ok(), "{text}");
        }
        for text in [
            "",
            "-",
            "+1",
            "01",
            "-01",
            "1.0",
            "1e3",
            " 1",
            "1 ",
            "0x1",
            "1_0",
            "123456789012345678901",
            "--1",
            &"9".repeat(99),
        ] {
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

    #[test]
    fn what_is_no_number_is_no_double() {
        for text in ["", "NaN", "inf", ".5", "1.", "+1", "01", "1e", "1e999", "-1e999", "1 ", "0x1p3"] {
            assert_eq!(double(text.as_bytes()), None, "{text}");
        }
    }
}
