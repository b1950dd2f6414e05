//! Sixty-four bytes at a time, sorted into classes: a bit a byte.
//!
//! Must not know what the classes are for. Keeps I4: each class is an equation over bytes that every machine solves alike,
//! and a test holds the vectors against the words of [`Classes::of_bytes`].

use fearless_simd::prelude::*;
use fearless_simd::u8x64;

/// Bytes of one block.
pub(super) const BLOCK: usize = 64;

/// Bit `n` tells whether byte `n` of a block is in the class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Classes {
    /// Letters and digits.
    pub(super) word: u64,
    pub(super) digit: u64,
    /// `_` and `-`, which join words.
    pub(super) joint: u64,
    /// What tokens are made of at the beginning: words, joints, `.` and a few signs that are rare elsewhere.
    pub(super) part: u64,
    pub(super) slash: u64,
    pub(super) dash: u64,
    pub(super) dot: u64,
    pub(super) blank: u64,
    pub(super) colon: u64,
    /// `=`, `:` and `>`.
    pub(super) equal: u64,
    /// `,` and `(`.
    pub(super) listed: u64,
    /// `"` and `'`.
    pub(super) quote: u64,
    /// `@`, `~` and `%`.
    pub(super) rare: u64,
    /// `s` and `y` in either case: what `is`, `as` and `by` end in.
    pub(super) verb: u64,
    /// `d` in either case: what `password` ends in.
    pub(super) d: u64,
}

impl Classes {
    /// Sorts a block with the vectors of `simd`.
    #[inline(always)]
    pub(super) fn of<S: Simd>(simd: S, block: &[u8; BLOCK]) -> Self {
        let bytes = u8x64::simd_from(simd, *block);
        let is = |byte: u8| bytes.simd_eq(u8x64::splat(simd, byte));
        let folded = bytes | 0x20;
        let letter = (folded - b'a').simd_le(u8x64::splat(simd, 25));
        let ends = |byte: u8| folded.simd_eq(u8x64::splat(simd, byte));
        let digit = (bytes - b'0').simd_le(u8x64::splat(simd, 9));
        let dash = is(b'-');
        let colon = is(b':');
        let joint = dash | is(b'_');
        let word = letter | digit;
        let dot = is(b'.');
        let signs = is(b'+') | is(b'%') | is(b'~') | is(b'!') | is(b'|') | is(b'$');
        Classes {
            word: word.to_bitmask(),
            digit: digit.to_bitmask(),
            joint: joint.to_bitmask(),
            part: (word | joint | dot | signs).to_bitmask(),
            slash: is(b'/').to_bitmask(),
            dash: dash.to_bitmask(),
            dot: dot.to_bitmask(),
            blank: is(b' ').to_bitmask(),
            colon: colon.to_bitmask(),
            equal: (colon | is(b'=') | is(b'>')).to_bitmask(),
            listed: (is(b',') | is(b'(')).to_bitmask(),
            quote: (is(b'"') | is(b'\'')).to_bitmask(),
            rare: (is(b'@') | is(b'~') | is(b'%')).to_bitmask(),
            verb: (ends(b's') | ends(b'y')).to_bitmask(),
            d: ends(b'd').to_bitmask(),
        }
    }

    /// The same, byte by byte.
    #[cfg(test)]
    pub(super) fn of_bytes(block: &[u8; BLOCK]) -> Self {
        let bits = |has: fn(u8) -> bool| {
            block.iter().enumerate().fold(0, |bits, (at, &byte)| bits | (u64::from(has(byte)) << at))
        };
        Classes {
            word: bits(|byte| byte.is_ascii_alphanumeric()),
            digit: bits(|byte| byte.is_ascii_digit()),
            joint: bits(|byte| byte == b'_' || byte == b'-'),
            part: bits(|byte| byte.is_ascii_alphanumeric() || b"_-.+%~!|$".contains(&byte)),
            slash: bits(|byte| byte == b'/'),
            dash: bits(|byte| byte == b'-'),
            dot: bits(|byte| byte == b'.'),
            blank: bits(|byte| byte == b' '),
            colon: bits(|byte| byte == b':'),
            equal: bits(|byte| b"=:>".contains(&byte)),
            listed: bits(|byte| b",(".contains(&byte)),
            quote: bits(|byte| b"\"'".contains(&byte)),
            rare: bits(|byte| b"@~%".contains(&byte)),
            verb: bits(|byte| b"sySY".contains(&byte)),
            d: bits(|byte| b"dD".contains(&byte)),
        }
    }
}

#[cfg(test)]
mod tests {
    use fearless_simd::{Level, dispatch};

    use super::*;

    /// Scenario: every byte at every place of a block.
    /// Guarantees: I4, the vectors of this machine sort as the words say.
    #[test]
    fn vectors_sort_as_the_words_say() {
        for byte in 0..=u8::MAX {
            for shift in 0..BLOCK {
                let mut block = [b'a'; BLOCK];
                for (at, slot) in block.iter_mut().enumerate().skip(shift) {
                    *slot = byte.wrapping_add((at - shift) as u8);
                }
                let level = Level::new();
                let classes = dispatch!(level, simd => Classes::of(simd, &block));
                assert_eq!(classes, Classes::of_bytes(&block));
            }
        }
    }
}
