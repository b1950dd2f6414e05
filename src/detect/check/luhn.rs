//! The Luhn check digit (ISO/IEC 7812-1, annex B).
//!
//! Must not know what the digits stand for.

use super::weighted::value;

/// Whether the digits, the last of which is the check digit, add up. Letters count as in ISO 6166: two digits each.
pub(in crate::detect) fn is_valid(digits: &[u8]) -> bool {
    sum(digits).is_multiple_of(10)
}

/// The sum in which every second digit from the last but one on is doubled.
pub(in crate::detect) fn sum(digits: &[u8]) -> u32 {
    let (mut sum, mut doubled) = (0, false);
    let mut add = |digit: u32| {
        sum += match (doubled, digit) {
            (false, digit) => digit,
            (true, digit) if digit > 4 => 2 * digit - 9,
            (true, digit) => 2 * digit,
        };
        doubled = !doubled;
    };
    for value in digits.iter().rev().map(|&byte| value(byte)) {
        add(value % 10);
        if value > 9 {
            add(value / 10);
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_decides() {
        // The worked example of the standard's annex: 7992739871 takes 3.
        assert!(is_valid(b"79927398713"));
        for wrong in b"012456789" {
            assert!(!is_valid(&[b"7992739871", &[*wrong][..]].concat()));
        }
        // The worked example of ISO 6166, with letters.
        assert!(is_valid(b"US0378331005"));
        assert!(!is_valid(b"US0378331006"));
    }
}
