//! The sweep: the text in blocks, the events of each, and a closer look at every one of them.
//!
//! ```text
//! sixty-four bytes ─▶ kinds ─▶ of four blocks: classes ─▶ events ─▶ a few table look-ups an event ─▶ looks
//! ```
//!
//! Nearly all time goes into blocks in which nothing is found, so what decides the speed is how few events there are and
//! how little is asked of each before it is let go. How many a block has, no processor foretells, and each wrong guess
//! costs as much as half a block: so the two kinds that most blocks have are collected without a question, and
//! looked at when there are dozens.
//!
//! Must not know any format. Keeps I5: the sweep never goes back, and every look is linear over the whole text.

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, u8x64, u64x4};

use super::classes::{BLOCK, Classes, Kinds, is_beyond, kinds};
use super::events::{AHEAD, BACK, Carried, DIGITS, Events, Others, RUN, STEP, TOLD};
use super::masks::{LANES, lane};
use super::pass::Pass;
use crate::detect::text::byte;

/// Sweeps over the text of `pass`.
pub(super) fn sweep(level: Level, pass: &mut Pass<'_>) {
    if !pass.is_nested() {
        pass.begin();
    }
    if !pass.is_done() {
        dispatch!(level, simd => blocks(simd, pass));
    }
}

#[inline(always)]
fn blocks<S: Simd>(simd: S, pass: &mut Pass<'_>) {
    let (mut at, mut carried, mut waiting) = (0, Carried::default(), Waiting::default());
    let mut all = u8x64::splat(simd, 0);
    // What comes after the text is as good as a line feed; what is told late is told in it.
    let end = pass.text.len() + AHEAD;
    while at < end && !pass.is_done() {
        let (from, mut counts) = (at, Counts::default());
        while at < end && at - from < LONGEST && counts.leave_room() {
            let inside = at.checked_sub(BACK).and_then(|start| pass.text.get(start..)).unwrap_or_default();
            if let Some(blocks) = inside.first_chunk() {
                let events = Events::of(&Classes::of(side_by_side(simd, blocks, &mut all)), &mut carried);
                let [names, words, others] =
                    [events.names, events.words, events.others.any()].map(<[u64; LANES]>::from);
                for (n, ((names, words), others)) in names.into_iter().zip(words).zip(others).enumerate() {
                    waiting.push(&mut counts, at - from, names, words);
                    if others != 0 {
                        look(pass, at, &events.others.map(|kind| lane(kind, n)));
                    }
                    at += STEP;
                }
            } else {
                let block = inside.first_chunk().copied().unwrap_or_else(|| edge(pass.text, at));
                let events = Events::of(&Classes::of(kinds(simd, &block, &mut all)), &mut carried);
                waiting.push(&mut counts, at - from, events.names, events.words);
                if events.others.any() != 0 {
                    look(pass, at, &events.others);
                }
                at += STEP;
            }
        }
        waiting.look(pass, from, counts);
    }
    pass.has_others |= is_beyond(simd, all);
}

/// Bytes of blocks that follow each other, as many as are looked at side by side.
type Blocks = [u8; (LANES - 1) * STEP + BLOCK];

/// The kinds of the bytes of each.
#[inline(always)]
fn side_by_side<S: Simd>(simd: S, blocks: &Blocks, all: &mut u8x64<S>) -> Kinds<u64x4<S>> {
    let mut bits = Kinds::<[u64; LANES]>::default();
    for n in 0..LANES {
        let block = blocks.get(n * STEP..).and_then(<[u8]>::first_chunk);
        let kinds = block.map_or(Kinds::default(), |block| kinds(simd, block, all));
        for (bit, kind) in bits.iter_mut().zip(kinds) {
            if let Some(lane) = bit.get_mut(n) {
                *lane = kind;
            }
        }
    }
    bits.map(|bit| u64x4::simd_from(simd, bit))
}

/// The bytes of blocks whose events wait at most, and of `LANES - 1` blocks more: in between nobody asks whether all is done.
const LONGEST: usize = 64 * STEP;

/// Events that wait until they are looked at together.
#[derive(Default)]
struct Waiting {
    names: Places,
    words: Places,
}

/// How many of each kind wait. Apart from their places, or each block would fetch them from memory.
#[derive(Clone, Copy, Default)]
struct Counts {
    names: usize,
    words: usize,
}

impl Counts {
    /// Whether the events of blocks side by side have room. Between two words stands a byte: so a block has half as many
    /// names as bytes at most, and fewer of what waits as words.
    #[inline(always)]
    fn leave_room(self) -> bool {
        self.names.max(self.words) <= Places::MOST - LANES * BLOCK / 2
    }
}

impl Waiting {
    /// Adds those of the block that begins `block` bytes after the first.
    #[inline(always)]
    fn push(&mut self, counts: &mut Counts, block: usize, names: u64, words: u64) {
        counts.names = self.names.push::<3>(counts.names, block, names);
        counts.words = self.words.push::<2>(counts.words, block, words);
    }

    /// Looks at all of them; `from` is the first byte of the first block's own.
    #[inline(never)]
    fn look(&self, pass: &mut Pass<'_>, from: usize, counts: Counts) {
        // The first block begins before its own first byte, and the first of a text before the text.
        let place = |place: u16| from.wrapping_sub(BACK).wrapping_add(usize::from(place));
        self.names.first(counts.names).for_each(|name| pass.name(place(name)));
        self.words.first(counts.words).map(place).for_each(|word| match byte(pass.text, word) {
            Some(b' ') => pass.verb(word),
            Some(b'/') => pass.host(word + 1),
            _ => pass.run(word + 1 - RUN),
        });
    }
}

/// Places of a few blocks, in their order, from the beginning of the first block on.
struct Places([u16; Places::MOST]);

impl Default for Places {
    fn default() -> Self {
        Self([0; Places::MOST])
    }
}

impl Places {
    const MOST: usize = 192;

    /// Adds the place of every bit of a block after those that stand `before`; how many there are then. Few blocks have more
    /// than `N`, which are written without asking how many there are.
    #[inline(always)]
    fn push<const N: usize>(&mut self, before: usize, block: usize, bits: u64) -> usize {
        // So many have room always, or few would be lost at the end.
        const { assert!(N <= BLOCK / 2) }
        let count = bits.count_ones() as usize;
        let mut bits = bits;
        let mut next = || {
            let place = block as u16 + bits.trailing_zeros() as u16;
            bits &= bits.wrapping_sub(1);
            place
        };
        if let Some(first) = self.0.get_mut(before..).and_then(<[u16]>::first_chunk_mut::<N>) {
            first.iter_mut().for_each(|place| *place = next());
        }
        if count > N {
            self.0.iter_mut().skip(before).take(count).skip(N).for_each(|place| *place = next());
        }
        before + count
    }

    /// The first `count`.
    fn first(&self, count: usize) -> impl Iterator<Item = u16> {
        self.0.get(..count.min(Self::MOST)).unwrap_or_default().iter().copied()
    }
}

/// The block at an end of the text, with line feeds around.
#[inline(never)]
fn edge(text: &[u8], at: usize) -> [u8; BLOCK] {
    let mut block = [b'\n'; BLOCK];
    let inside = BACK.saturating_sub(at);
    let from = at.saturating_sub(BACK);
    for (slot, byte) in block.iter_mut().skip(inside).zip(text.get(from..).unwrap_or_default()) {
        *slot = *byte;
    }
    block
}

/// Looks at the rarer events of the block whose first byte of its own is at `at`.
#[inline(never)]
fn look(pass: &mut Pass<'_>, at: usize, others: &Others) {
    let place = |bit: usize| at + bit - BACK;
    each(others.far, |bit| pass.far_name(place(bit)));
    each(others.digits, |bit| pass.digits(place(bit).saturating_sub(DIGITS)));
    each(others.rare, |bit| pass.rare(place(bit)));
    each(others.apart, |bit| pass.apart(place(bit)));
    each(others.rows, |bit| pass.row(place(bit)));
    each(others.colons, |bit| pass.colons(place(bit)));
    each(others.options, |bit| pass.option(place(bit)));
}

/// Calls `look` with the place of every bit.
#[inline(always)]
fn each(bits: u64, mut look: impl FnMut(usize)) {
    let mut bits = bits & TOLD;
    while bits != 0 {
        look(bits.trailing_zeros() as usize);
        bits &= bits - 1;
    }
}
