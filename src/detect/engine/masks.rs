//! Masks: a bit for every byte of a block, of one block or of four side by side.
//!
//! What is asked of them is the same for both; of four it costs hardly more than of one where vectors hold them. Must not
//! know what the bits say. Keeps I4: all of it is arithmetic of whole numbers.

use core::ops::{BitAnd, BitOr, Not, Shl, Shr};

use fearless_simd::prelude::*;
use fearless_simd::u64x4;

/// Blocks side by side.
pub(super) const LANES: usize = 4;

/// The mask of one of them.
#[inline(always)]
pub(super) fn lane<S: Simd>(masks: u64x4<S>, lane: usize) -> u64 {
    masks.as_slice().get(lane).copied().unwrap_or_default()
}

/// Shifts, sums and logic, block by block.
pub(super) trait Masks:
    Copy
    + BitAnd<Output = Self>
    + BitOr<Output = Self>
    + Not<Output = Self>
    + Shl<u32, Output = Self>
    + Shr<u32, Output = Self>
{
    /// The sum of each block; what its highest bit carries is lost.
    fn plus(self, other: Self) -> Self;

    /// Those that are set in `mask` too, whatever the block.
    fn within(self, mask: u64) -> Self;

    /// Of each block the one before; before the first is `first`.
    fn before(self, first: u64) -> Self;

    /// The last block's.
    fn last(self) -> u64;
}

impl Masks for u64 {
    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
    }

    #[inline(always)]
    fn within(self, mask: u64) -> Self {
        self & mask
    }

    #[inline(always)]
    fn before(self, first: u64) -> Self {
        first
    }

    #[inline(always)]
    fn last(self) -> u64 {
        self
    }
}

impl<S: Simd> Masks for u64x4<S> {
    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self + other
    }

    #[inline(always)]
    fn within(self, mask: u64) -> Self {
        self & mask
    }

    #[inline(always)]
    fn before(self, first: u64) -> Self {
        let [a, b, c, _] = self.into();
        Self::simd_from(self.simd, [first, a, b, c])
    }

    #[inline(always)]
    fn last(self) -> u64 {
        let [_, _, _, last] = self.into();
        last
    }
}

#[cfg(test)]
mod tests {
    use fearless_simd::{Level, dispatch};

    use super::super::classes::Classes;
    use super::super::events::{Carried, Events};
    use super::*;

    /// Scenario: blocks of bytes of all kinds, dense and sparse, one after the other and four side by side.
    /// Guarantees: I4, the events of a block are the same, and so is what the next block needs of it.
    #[test]
    fn side_by_side_is_one_after_the_other() {
        let mut random = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = move || {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            random
        };
        let (mut one, mut four) = (Carried::default(), Carried::default());
        for round in 0..2000 {
            // Of the third round are blocks of hardly anything but words.
            let mut kind = |bit: usize| match (round % 3, bit) {
                (2, 0) => next() | next() | next() | next(),
                (2, 3) | (1, _) => next() & next() & next(),
                _ => next(),
            };
            let blocks: [[u64; 4]; LANES] = core::array::from_fn(|_| core::array::from_fn(&mut kind));
            let alone = blocks.map(|kinds| Events::of(&Classes::of(kinds), &mut one));
            let beside = dispatch!(Level::new(), simd => {
                let kinds = core::array::from_fn(|bit| u64x4::from_fn(simd, |lane| blocks[lane][bit]));
                let events = Events::of(&Classes::of(kinds), &mut four);
                core::array::from_fn(|n| Events {
                    names: lane(events.names, n),
                    words: lane(events.words, n),
                    others: events.others.map(|kind| lane(kind, n)),
                })
            });
            assert_eq!((alone, one), (beside, four));
        }
    }
}
