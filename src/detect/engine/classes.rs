//! Sixty-four bytes at a time, sorted into classes: a bit a byte.
//!
//! A byte is looked up by its halves: in a table of the lower ones and in a table of the upper ones, of which each answers
//! with eight bits, a set each; a byte belongs to the sets that both name. So a set is lower halves times upper ones, and
//! what is not is made of several (Langdale and Lemire, Parsing Gigabytes of JSON per Second, 2019).
//!
//! What costs most is to make bits of bytes. So a byte is not asked for every class: all classes together tell sixteen
//! kinds of bytes apart, which take four bits, and the classes are made of those, of several blocks at once.
//!
//! Must not know what the classes are for. Keeps I4: each class is an equation over bytes that every machine solves alike,
//! and a test holds the vectors against the words of [`Classes::of_bytes`].

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, u8x64};

use super::masks::Masks;

/// Bytes of one block.
pub(super) const BLOCK: usize = 64;

/// Bits of the number that tells what kind of byte each is: bit `n` of the first speaks of byte `n` of a block, and so on.
pub(super) type Kinds<M = u64> = [M; 4];

/// Bit `n` tells whether byte `n` of a block is in the class: of one block, or of several side by side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Classes<M = u64> {
    /// Letters and digits.
    pub(super) word: M,
    pub(super) digit: M,
    /// What tokens are made of at the beginning: words, joints, `.` and a few signs that are rare elsewhere.
    pub(super) part: M,
    pub(super) dash: M,
    pub(super) blank: M,
    pub(super) colon: M,
    pub(super) dot: M,
    /// `=`, `:` and `>`.
    pub(super) equal: M,
    /// A blank, `,` and `(`.
    pub(super) gap: M,
    /// `"` and `'`.
    pub(super) quote: M,
    /// `@`, `~` and `%`.
    pub(super) rare: M,
    pub(super) slash: M,
    /// `s` and `y` in either case: what `is`, `as` and `by` end in.
    pub(super) verb: M,
    /// `d` in either case: what `password` ends in.
    pub(super) d: M,
}

/// Letters, digits and what escapes begin with, by the same bits.
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
    pub(in crate::detect) digit: u64,
}

/// Eight sets of bytes, of which the first has the highest bit.
type Sets = [&'static [u8]; 8];

// The sets that make a class, or a bit of a kind, are never the first so many: compilers make a comparison of numbers of
// those, which costs WebAssembly twice as much.

// The sixteen kinds, by the bits that are set:
//
//     none           others               first, fourth           `,` and `(`
//     first          a letter             … and second            a blank
//     … and second   `d`                  … and third             `=` and `>`
//     … and third    `s` and `y`          all                     `:`
//     … and both     a digit              second, fourth          `-`
//     second         `@`                  third, fourth           `.`
//     third          `~` and `%`          second, third           quotes
//     fourth         `_|!$+`              second, third, fourth   `/`

/// Kinds in the rows of letters. Capitals share the sets of small letters; a sign, which one row alone has, has a set of its
/// own.
const WORDS: Sets =
    [b"abcdefghijklmnoABCDEFGHIJKLMNO", b"dD", b"sySY", b"_", b"pqrstuvwxyzPQRSTUVWXYZ", b"@", b"~", b"|"];

/// Kinds in the row of signs, and in that of digits.
const SIGNS: Sets =
    [b" ,(", b" \"'/-", b"\"'%/.", b" ,(!$+.-/", b"0123456789:=>", b"0123456789:", b"0123456789:=>", b":=>"];

/// The sets of both tables that make the bits of a kind.
const KINDS: [u8; 4] = [0x88, 0x44, 0x22, 0x11];

const LETTERS: Sets = [
    b"%",
    b"abcdefghijklmno",
    b"pqrstuvwxyz",
    b"ABCDEFGHIJKLMNO",
    b"PQRSTUVWXYZ",
    b"[\\",
    // Every lower half, and the upper ones of all that is not ASCII and begins a character.
    b"\xc0\xd1\xe2\xf3\xc4\xd5\xe6\xf7\xc8\xd9\xea\xfb\xcc\xdd\xee\xff",
    b"0123456789",
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
        Letters { lower: any(0x60), upper: any(0x18), beyond: any(0x02), escape: any(0x84), digit: any(0x01) }
    }

    /// The same, byte by byte.
    #[cfg(test)]
    fn of_bytes(block: &[u8; BLOCK]) -> Self {
        Letters {
            lower: bits(block, |byte| byte.is_ascii_lowercase()),
            upper: bits(block, |byte| byte.is_ascii_uppercase()),
            beyond: bits(block, |byte| byte >= 0xc0),
            escape: bits(block, |byte| b"%[\\".contains(&byte)),
            digit: bits(block, |byte| byte.is_ascii_digit()),
        }
    }
}

#[cfg(test)]
fn bits(block: &[u8; BLOCK], has: fn(u8) -> bool) -> u64 {
    block.iter().enumerate().fold(0, |bits, (at, &byte)| bits | (u64::from(has(byte)) << at))
}

/// The kinds of the bytes of a block, which `all` is told of.
#[inline(always)]
pub(super) fn kinds<S: Simd>(simd: S, block: &[u8; BLOCK], all: &mut u8x64<S>) -> Kinds {
    let bytes = u8x64::simd_from(simd, *block);
    *all |= bytes;
    let (lower, upper) = (bytes & 0xf, bytes >> 4);
    let answer = WORD_TABLE.look_up(simd, lower, upper) | SIGN_TABLE.look_up(simd, lower, upper);
    let [a, b, c, d] = KINDS;
    [any(simd, answer, a), any(simd, answer, b), any(simd, answer, c), any(simd, answer, d)]
}

/// Whether a byte was among `all` that is not ASCII.
#[inline(always)]
pub(super) fn is_beyond<S: Simd>(simd: S, all: u8x64<S>) -> bool {
    any(simd, all, 0x80) != 0
}

impl<M: Masks> Classes<M> {
    /// The classes that bytes of such kinds are in.
    #[inline(always)]
    pub(super) fn of([first, second, third, fourth]: Kinds<M>) -> Self {
        let word = first & !fourth;
        let joint = first & fourth;
        let (equal, gap) = (joint & third, joint & !third);
        let (both, only_second, only_third) = (second & third, second & !third, third & !second);
        let sign = !first;
        let quote_or_slash = sign & both;
        Classes {
            word,
            digit: word & both,
            part: word | sign & (only_third | fourth & !third),
            dash: sign & fourth & only_second,
            blank: gap & second,
            colon: equal & second,
            dot: sign & fourth & only_third,
            equal,
            gap,
            quote: quote_or_slash & !fourth,
            rare: sign & !fourth & (only_second | only_third),
            slash: quote_or_slash & fourth,
            verb: word & only_third,
            d: word & only_second,
        }
    }
}

impl Classes {
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
                let (kinds, beyond) = dispatch!(level, simd => {
                    let mut all = u8x64::splat(simd, 0);
                    (kinds(simd, &block, &mut all), is_beyond(simd, all))
                });
                assert_eq!((Classes::of(kinds), beyond), (Classes::of_bytes(&block), !block.is_ascii()));
            }
        }
    }
}
