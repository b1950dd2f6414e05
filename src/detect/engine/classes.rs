//! Sixty-four bytes at a time, sorted into classes: a bit a byte.
//!
//! A byte is looked up by its halves: in a table of the lower ones and in a table of the upper ones, of which each answers
//! with eight bits, a class each; a byte belongs to the classes that both name. So a class is a set of lower halves times
//! a set of upper ones, and what is not is made of several (Langdale and Lemire, Parsing Gigabytes of JSON per Second, 2019).
//!
//! Must not know what the classes are for. Keeps I4: each class is an equation over bytes that every machine solves alike,
//! and a test holds the vectors against the words of [`Classes::of_bytes`].

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, u8x64};

/// Bytes of one block.
pub(super) const BLOCK: usize = 64;

/// Bit `n` tells whether byte `n` of a block is in the class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Classes {
    /// Letters and digits.
    pub(super) word: u64,
    pub(super) digit: u64,
    /// What tokens are made of at the beginning: words, joints, `.` and a few signs that are rare elsewhere.
    pub(super) part: u64,
    pub(super) dash: u64,
    pub(super) blank: u64,
    pub(super) colon: u64,
    pub(super) dot: u64,
    /// `=`, `:` and `>`.
    pub(super) equal: u64,
    /// A blank, `,` and `(`.
    pub(super) gap: u64,
    /// `"` and `'`.
    pub(super) quote: u64,
    /// `@`, `~` and `%`.
    pub(super) rare: u64,
    pub(super) slash: u64,
    /// `s` and `y` in either case: what `is`, `as` and `by` end in.
    pub(super) verb: u64,
    /// `d` in either case: what `password` ends in.
    pub(super) d: u64,
}

/// Where words may begin, by the same bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::detect) struct Letters {
    /// Letters in lower case.
    pub(in crate::detect) lower: u64,
    /// Letters in upper case.
    pub(in crate::detect) upper: u64,
    /// What a letter beyond ASCII begins with.
    pub(in crate::detect) beyond: u64,
    /// What escapes begin with: `%`, `[` and a backslash.
    pub(in crate::detect) escape: u64,
}

/// Eight sets of bytes, of which the first has the highest bit.
type Sets = [&'static [u8]; 8];

// The sets that make a class are never the first so many: compilers make a comparison of numbers of those, which costs
// WebAssembly twice as much.

const WORDS: Sets =
    [b"0123456789", b"_", b"abcdefghijklmnoABCDEFGHIJKLMNO", b"pqrstuvwxyzPQRSTUVWXYZ", b"!$+.", b"|~", b"%", b"-"];

const SIGNS: Sets = [b"@", b"%", b":=>", b"\"'", b" ,(", b"sSyY", b"dD", b"~"];

const LETTERS: Sets = [
    b"%",
    b"abcdefghijklmno",
    b"pqrstuvwxyz",
    b"ABCDEFGHIJKLMNO",
    b"PQRSTUVWXYZ",
    b"[\\",
    // Every lower half, and the upper ones of all that is not ASCII and begins a character.
    b"\xc0\xd1\xe2\xf3\xc4\xd5\xe6\xf7\xc8\xd9\xea\xfb\xcc\xdd\xee\xff",
    b"",
];

/// What the lower and the upper halves of bytes answer.
struct Table {
    lower: [u8; BLOCK],
    upper: [u8; BLOCK],
}

const WORD_TABLE: Table = Table::of(WORDS);
const SIGN_TABLE: Table = Table::of(SIGNS);
const LETTER_TABLE: Table = Table::of(LETTERS);

impl Table {
    #[expect(clippy::indexing_slicing, reason = "runs in the compiler, and stops it")]
    const fn of(sets: Sets) -> Self {
        let mut table = Table { lower: [0; BLOCK], upper: [0; BLOCK] };
        let mut set = 0;
        while set < sets.len() {
            let mut at = 0;
            while at < sets[set].len() {
                let byte = sets[set][at];
                // Vectors of all widths look up sixteen at a time.
                let mut lane = 0;
                while lane < BLOCK {
                    table.lower[lane + (byte & 0xf) as usize] |= 0x80 >> set;
                    table.upper[lane + (byte >> 4) as usize] |= 0x80 >> set;
                    lane += 16;
                }
                at += 1;
            }
            set += 1;
        }
        table
    }

    #[inline(always)]
    fn look_up<S: Simd>(&self, simd: S, lower: u8x64<S>, upper: u8x64<S>) -> u8x64<S> {
        u8x64::simd_from(simd, self.lower).swizzle_dyn_within_blocks(lower)
            & u8x64::simd_from(simd, self.upper).swizzle_dyn_within_blocks(upper)
    }
}

/// Which of the answers are one of `sets`: that one is none can be told by one comparison on every machine.
#[inline(always)]
fn any<S: Simd>(simd: S, answer: u8x64<S>, sets: u8) -> u64 {
    !(answer & sets).simd_eq(u8x64::splat(simd, 0)).to_bitmask()
}

impl Letters {
    /// Sorts a block.
    pub(in crate::detect) fn of(level: Level, block: &[u8; BLOCK]) -> Self {
        dispatch!(level, simd => Self::by(simd, block))
    }

    #[inline(always)]
    fn by<S: Simd>(simd: S, block: &[u8; BLOCK]) -> Self {
        let bytes = u8x64::simd_from(simd, *block);
        let answer = LETTER_TABLE.look_up(simd, bytes & 0xf, bytes >> 4);
        let any = |sets| any(simd, answer, sets);
        Letters { lower: any(0x60), upper: any(0x18), beyond: any(0x02), escape: any(0x84) }
    }

    /// The same, byte by byte.
    #[cfg(test)]
    fn of_bytes(block: &[u8; BLOCK]) -> Self {
        Letters {
            lower: bits(block, |byte| byte.is_ascii_lowercase()),
            upper: bits(block, |byte| byte.is_ascii_uppercase()),
            beyond: bits(block, |byte| byte >= 0xc0),
            escape: bits(block, |byte| b"%[\\".contains(&byte)),
        }
    }
}

#[cfg(test)]
fn bits(block: &[u8; BLOCK], has: fn(u8) -> bool) -> u64 {
    block.iter().enumerate().fold(0, |bits, (at, &byte)| bits | (u64::from(has(byte)) << at))
}

impl Classes {
    /// Sorts a block with the vectors of `simd`.
    #[inline(always)]
    pub(super) fn of<S: Simd>(simd: S, block: &[u8; BLOCK]) -> Self {
        let bytes = u8x64::simd_from(simd, *block);
        let (lower, upper) = (bytes & 0xf, bytes >> 4);
        let any = |answer, sets| any(simd, answer, sets);
        let words = WORD_TABLE.look_up(simd, lower, upper);
        let signs = SIGN_TABLE.look_up(simd, lower, upper);
        let is = |byte: u8| bytes.simd_eq(u8x64::splat(simd, byte)).to_bitmask();
        Classes {
            word: any(words, 0xb0),
            digit: any(words, 0x80),
            part: any(words, 0xff),
            dot: is(b'.'),
            dash: is(b'-'),
            slash: is(b'/'),
            blank: is(b' '),
            colon: is(b':'),
            equal: any(signs, 0x20),
            quote: any(signs, 0x10),
            gap: any(signs, 0x08),
            verb: any(signs, 0x04),
            rare: any(signs, 0xc1),
            d: any(signs, 0x02),
        }
    }

    /// The same, byte by byte.
    #[cfg(test)]
    pub(super) fn of_bytes(block: &[u8; BLOCK]) -> Self {
        let bits = |has| bits(block, has);
        Classes {
            word: bits(|byte| byte.is_ascii_alphanumeric()),
            digit: bits(|byte| byte.is_ascii_digit()),
            part: bits(|byte| byte.is_ascii_alphanumeric() || b"_-.+%~!|$".contains(&byte)),
            dash: bits(|byte| byte == b'-'),
            blank: bits(|byte| byte == b' '),
            colon: bits(|byte| byte == b':'),
            dot: bits(|byte| byte == b'.'),
            slash: bits(|byte| byte == b'/'),
            equal: bits(|byte| b"=:>".contains(&byte)),
            gap: bits(|byte| b" ,(".contains(&byte)),
            quote: bits(|byte| b"\"'".contains(&byte)),
            rare: bits(|byte| b"@~%".contains(&byte)),
            verb: bits(|byte| b"sySY".contains(&byte)),
            d: bits(|byte| b"dD".contains(&byte)),
        }
    }
}

#[cfg(test)]
mod tests {
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
                assert_eq!(Letters::of(Level::new(), &block), Letters::of_bytes(&block));
                let level = Level::new();
                assert_eq!(dispatch!(level, simd => Classes::of(simd, &block)), Classes::of_bytes(&block));
            }
        }
    }
}
