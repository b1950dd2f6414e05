//! The Verhoeff check digit (J. Verhoeff, Error detecting decimal codes, 1969): sums in the dihedral group of order ten.
//!
//! Must not know what the digits stand for.

use super::weighted::value;

/// Whether the digits, the last of which is the check digit, add up.
pub(in crate::detect) fn is_valid(digits: &[u8]) -> bool {
    let mut sum = 0;
    for (place, &byte) in digits.iter().rev().enumerate() {
        let mut digit = value(byte) as usize;
        for _ in 0..place % 8 {
            digit = TURN.get(digit).map_or(0, |&turned| usize::from(turned));
        }
        sum = add(sum, digit as u32);
    }
    sum == 0
}

/// The permutation that is applied once more with each place.
const TURN: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/// The product in the group: 0 to 4 are turns, 5 to 9 are turns of the flipped pentagon.
fn add(a: u32, b: u32) -> u32 {
    match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => 5 + (a + b) % 5,
        (false, true) => 5 + (a + 5 - b) % 5,
        (false, false) => (a + 5 - b) % 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_decides() {
        // The common worked example: 236 takes 3.
        assert!(is_valid(b"2363"));
        assert!(b"012456789".iter().all(|&wrong| !is_valid(&[b'2', b'3', b'6', wrong])));
        assert!(!is_valid(b"3263"), "swapped neighbours");
    }
}
