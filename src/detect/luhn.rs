//! The Luhn check digit (ISO/IEC 7812-1, annex B).
//!
//! Must not know what the digits stand for.

/// Whether the digits, the last of which is the check digit, add up.
pub(super) fn is_valid(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, &digit)| match (place % 2, u32::from(digit)) {
            (0, digit) => digit,
            (_, digit) if digit > 4 => 2 * digit - 9,
            (_, digit) => 2 * digit,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_decides() {
        // The worked example of the standard's annex: 7992739871 takes 3.
        assert!(is_valid(&[7, 9, 9, 2, 7, 3, 9, 8, 7, 1, 3]));
        for wrong in [0, 1, 2, 4, 5, 6, 7, 8, 9] {
            assert!(!is_valid(&[7, 9, 9, 2, 7, 3, 9, 8, 7, 1, wrong]));
        }
    }
}
