//! How the words of all rows start, as one table: a window without such a start names nothing.
//!
//! Must not know what the words say. Keeps I5: a window is read once, with three look-ups a word.

use super::super::registry::{LIST, Rule};
use super::context::GENERAL;

/// The longest start that is looked up.
const LONGEST: usize = 4;

/// Bits of a hash.
const BITS: u32 = 13;

static STARTS: [u64; 1 << (BITS - 6)] = starts();

/// Whether a word of any row may start in `window`.
pub(super) fn any_in(window: &[u8]) -> bool {
    let mut last = b' ';
    for (at, &byte) in window.iter().enumerate() {
        let hump = last.is_ascii_lowercase() && byte.is_ascii_uppercase();
        let begins = byte.is_ascii_alphabetic() && (!last.is_ascii_alphabetic() || hump || escapes(window, at));
        if (begins || byte >= 0xc0) && known(window.get(at..).unwrap_or_default()) {
            return true;
        }
        last = byte;
    }
    false
}

/// Whether the letter before `at` belongs to an escape: `\n`.
fn escapes(window: &[u8], at: usize) -> bool {
    at.checked_sub(2).and_then(|at| window.get(at)) == Some(&b'\\')
}

/// Whether a word starts like `text`.
fn known(text: &[u8]) -> bool {
    let mut key = 0;
    for (place, byte) in text.iter().take(LONGEST).enumerate() {
        key |= u32::from(byte.to_ascii_lowercase()) << (8 * place);
        let hash = hash(key);
        // A start of one letter is that of no word.
        if place > 0 && STARTS.get(hash >> 6).copied().unwrap_or_default() >> (hash & 63) & 1 == 1 {
            return true;
        }
    }
    false
}

const fn hash(key: u32) -> usize {
    (key.wrapping_mul(0x9e37_79b1) >> (32 - BITS)) as usize
}

const fn starts() -> [u64; 1 << (BITS - 6)] {
    let mut bits = [0; 1 << (BITS - 6)];
    add(&mut bits, GENERAL);
    let mut list: &[_] = &LIST;
    while let [detector, others @ ..] = list {
        if let Rule::Identifiers(rows) = detector.rule {
            let mut rows = rows;
            while let [row, rest @ ..] = rows {
                add(&mut bits, row.words);
                rows = rest;
            }
        }
        list = others;
    }
    bits
}

const fn add(bits: &mut [u64], words: &[&str]) {
    let mut words = words;
    while let [word, others @ ..] = words {
        let (mut key, mut place, mut bytes) = (0, 0, word.as_bytes());
        // A blank in a word stands for nothing as well.
        while place < LONGEST
            && let [byte, rest @ ..] = bytes
            && *byte != b' '
        {
            key |= (byte.to_ascii_lowercase() as u32) << (8 * place);
            place += 1;
            bytes = rest;
        }
        let hash = hash(key);
        let (_, tail) = bits.split_at_mut(hash >> 6);
        if let [slot, ..] = tail {
            *slot |= 1 << (hash & 63);
        }
        words = others;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_of_words_are_known_in_every_spelling() {
        for text in ["my passport", "PASSPORT:", "userPassport", "x\\npassport", "{\"passport_no\":"] {
            assert!(any_in(text.as_bytes()), "{text}");
        }
        assert!(!any_in(b"2026-11-28 13:44:10.123 "));
    }
}
