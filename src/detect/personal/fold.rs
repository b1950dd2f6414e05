//! Words in lower case: ASCII, and the letters of two bytes of the scripts that the vocabulary has capitals of.
//!
//! Must not know any word. A folded letter has as many bytes as before, so that places in a word are places in the text.
//! Keeps I5: a byte is folded by itself and one neighbour.

use super::super::text::{before, byte};

/// The byte at `at` as it is in lower case.
#[inline(always)]
pub(super) fn folded(text: &[u8], at: usize) -> Option<u8> {
    let own = byte(text, at)?;
    if own.is_ascii() { Some(own.to_ascii_lowercase()) } else { Some(folded_letter(text, at, own)) }
}

/// The same of a byte beyond ASCII. Whether it is the first or the second one of its letter, it says itself.
#[inline]
fn folded_letter(text: &[u8], at: usize, own: u8) -> u8 {
    if own >= FIRST {
        let [first, _] = letter(own, byte(text, at + 1).unwrap_or_default());
        first
    } else {
        let [_, second] = letter(before(text, at).unwrap_or_default(), own);
        second
    }
}

/// The letter `first`, `second` in lower case, if it is one of two bytes.
#[inline]
pub(super) fn letter(first: u8, second: u8) -> [u8; 2] {
    let place = usize::from(first.wrapping_sub(FIRST)) << 6 | usize::from(second & 0x3f);
    match LETTERS.get(place) {
        Some(letter) if second & 0xc0 == 0x80 => *letter,
        _ => [first, second],
    }
}

/// What letters with a lower case begin with: Latin, Greek and Cyrillic.
const FIRST: u8 = 0xc3;
const LAST: u8 = 0xd2;

/// All letters that begin so, in lower case.
static LETTERS: [[u8; 2]; (LAST - FIRST + 1) as usize * 64] = {
    let mut letters = [[0; 2]; (LAST - FIRST + 1) as usize * 64];
    let (mut first, mut second, mut free): (u8, u8, &mut [[u8; 2]]) = (FIRST, 0x80, &mut letters);
    while let [slot, rest @ ..] = free {
        *slot = lower(first, second);
        free = rest;
        second += 1;
        if second == 0xc0 {
            (first, second) = (first + 1, 0x80);
        }
    }
    letters
};

/// The letter `first`, `second` in lower case (Unicode, `CaseFolding.txt`; not of `İ`, which becomes an ASCII letter).
const fn lower(first: u8, second: u8) -> [u8; 2] {
    let letter = (first as u32 & 0x1f) << 6 | second as u32 & 0x3f;
    let folded = match letter {
        0xc0..=0xd6 | 0xd8..=0xde | 0x391..=0x3a1 | 0x3a3..=0x3ab | 0x410..=0x42f => letter + 0x20,
        // Capitals with even numbers, and with odd ones.
        0x100..=0x12f | 0x132..=0x137 | 0x14a..=0x177 | 0x48a..=0x4bf => letter | 1,
        0x139..=0x148 | 0x179..=0x17e => letter + (letter & 1),
        0x178 => 0xff,
        // Greek letters with an accent.
        0x386 => 0x3ac,
        0x388..=0x38a => letter + 0x25,
        0x38c => 0x3cc,
        0x38e..=0x38f => letter + 0x3f,
        0x400..=0x40f => letter + 0x50,
        _ => letter,
    };
    [0xc0 | (folded >> 6) as u8, 0x80 | (folded & 0x3f) as u8]
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;

    /// Scenario: every letter of two bytes, between others.
    /// Guarantees: a letter is folded as Unicode has it or stays as it is, and no other letter becomes another.
    #[test]
    fn letters_are_folded_as_unicode_has_them() {
        for letter in ('\u{80}'..='\u{7ff}').filter(|letter| *letter != '\u{ad}') {
            let text = String::from_iter(['é', letter, 'Я', 'é']);
            let folded: alloc::vec::Vec<u8> = (0..text.len()).filter_map(|at| folded(text.as_bytes(), at)).collect();
            let known = matches!(letter, '\u{c0}'..='\u{17e}' | '\u{386}'..='\u{3ab}' | '\u{400}'..='\u{42f}');
            let expected =
                if known && letter != 'İ' { String::from_iter(letter.to_lowercase()) } else { letter.into() };
            let short = matches!(letter, '\u{48a}'..='\u{4bf}').then(|| String::from_iter(letter.to_lowercase()));
            assert_eq!(String::from_utf8(folded).unwrap(), alloc::format!("é{}яé", short.unwrap_or(expected)));
        }
    }

    #[test]
    fn what_is_no_letter_of_two_bytes_stays() {
        for text in ["x1-", "护照", "여권", "😀", "İı"] {
            assert!((0..text.len()).all(|at| folded(text.as_bytes(), at) == byte(text.as_bytes(), at)), "{text}");
        }
        assert_eq!(folded(b"\xc3", 0), Some(0xc3));
        assert_eq!(folded(b"\x89", 0), Some(0x89));
        assert_eq!(folded(b"A", 0), Some(b'a'));
    }
}
