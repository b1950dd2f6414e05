//! The check characters of ISO/IEC 7064: the pure systems mod 11-2 and 97-10, and the hybrid system
//! mod 11,10.
//!
//! Must not know what is checked.

use super::weighted::value;

/// Mod 97-10: letters count as two digits; the last two digits make the remainder 1. With `turn`, the first `turn` bytes
/// are read last, as in an IBAN (ISO 13616).
pub(in crate::detect) fn is_mod_97_10(bytes: &[u8], turn: usize) -> bool {
    let (head, tail) = bytes.split_at_checked(turn).unwrap_or((&[], bytes));
    let remainder = tail.iter().chain(head).fold(0, |rest, &byte| match value(byte) {
        value @ 0..10 => (rest * 10 + value) % 97,
        value => (rest * 100 + value) % 97,
    });
    remainder == 1
}

/// Mod 11-2: digits, the last may be `X` for ten.
pub(in crate::detect) fn is_mod_11_2(bytes: &[u8]) -> bool {
    let value = |byte| if byte == b'X' { 10 } else { value(byte) };
    let Some((&check, body)) = bytes.split_last() else { return false };
    let rest = body.iter().fold(0, |rest, &byte| (rest + value(byte)) * 2 % 11);
    (rest + value(check)) % 11 == 1
}

/// Mod 11,10: digits.
pub(in crate::detect) fn is_mod_11_10(bytes: &[u8]) -> bool {
    let Some((&check, body)) = bytes.split_last() else { return false };
    let rest = body.iter().fold(10, |rest, &byte| {
        let sum = (rest + value(byte)) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (rest + value(check)) % 10 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_standard_hold() {
        // ISO/IEC 7064, clauses 7 to 9, and the example of ISO 13616.
        assert!(is_mod_11_2(b"079X") && is_mod_11_2(b"07940"));
        assert!(is_mod_11_10(b"07945"));
        assert!(is_mod_97_10(b"79444", 0));
        assert!(is_mod_97_10(b"GB82WEST12345698765432", 4));
    }

    #[test]
    fn one_changed_character_is_noticed() {
        assert!(!is_mod_11_2(b"0791") && !is_mod_11_2(b"07941") && !is_mod_11_2(b""));
        assert!(!is_mod_11_10(b"07946") && !is_mod_11_10(b""));
        assert!(!is_mod_97_10(b"GB82WEST12345698765433", 4));
    }
}
