//! The sweep: the text in blocks, the events of each block, and a closer look at every one of them.
//!
//! ```text
//! sixty-four bytes ─▶ classes (vectors) ─▶ events (shifts) ─▶ a few table look-ups an event ─▶ looks
//! ```
//!
//! Nearly all time goes into blocks in which nothing is found, so what decides the speed is how few events there are and
//! how little is asked of each before it is let go. How many a block has, no processor foretells, and each wrong guess
//! costs as much as a quarter of a block: so the two kinds that most blocks have are collected without a question, and
//! looked at when there are dozens.
//!
//! Must not know any format. Keeps I5: the sweep never goes back, and every look is linear over the whole text.

use fearless_simd::{Level, Simd, dispatch};

use super::classes::{BLOCK, Classes};
use super::events::{BACK, Carried, DIGITS, Events, Others, RUN, STEP, TOLD};
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
    // What comes after the text is as good as a line feed; what is told one byte late is told in it.
    while at <= pass.text.len() && !pass.is_done() {
        waiting.from = at;
        while at <= pass.text.len() && waiting.has_room(at) {
            let inner = at.checked_sub(BACK).and_then(|from| pass.text.get(from..)).and_then(<[u8]>::first_chunk);
            let outer;
            let block: &[u8; BLOCK] = match inner {
                Some(block) => block,
                None => {
                    outer = edge(pass.text, at);
                    &outer
                }
            };
            let Events { names, words, others } = Events::of(&Classes::of(simd, block), &mut carried);
            let block = at - waiting.from;
            waiting.names.push::<3>(block, names);
            waiting.words.push::<2>(block, words);
            if others.any() {
                look(pass, at, &others);
            }
            at += STEP;
        }
        waiting.look(pass);
    }
}

/// The bytes of blocks whose events wait at most: in between nobody asks whether all is done.
const LONGEST: usize = 64 * STEP;

/// Events that wait until they are looked at together.
#[derive(Default)]
struct Waiting {
    /// The first byte of the first block's own.
    from: usize,
    names: Places,
    words: Places,
}

impl Waiting {
    /// Whether the events of the block at `at` have room. Between two words stands a byte, and neither a blank nor a slash in
    /// a run: so a block has half as many names as bytes at most, and as many words.
    #[inline(always)]
    fn has_room(&self, at: usize) -> bool {
        at - self.from < LONGEST && self.names.count.max(self.words.count) <= Places::MOST - BLOCK / 2
    }

    /// Looks at all of them.
    #[inline(never)]
    fn look(&mut self, pass: &mut Pass<'_>) {
        // The first block begins before its own first byte, and the first of a text before the text.
        let first = self.from.wrapping_sub(BACK);
        self.names.each(first, |place| pass.name(place));
        self.words.each(first, |place| match byte(pass.text, place) {
            Some(b' ') => pass.verb(place),
            Some(b'/') => pass.host(place + 1),
            _ => pass.run(place + 1 - RUN),
        });
    }
}

/// Places of a few blocks, in their order.
struct Places {
    /// From the beginning of the first block on.
    places: [u16; Places::MOST],
    count: usize,
}

impl Default for Places {
    fn default() -> Self {
        Self { places: [0; Places::MOST], count: 0 }
    }
}

impl Places {
    const MOST: usize = 128;

    /// Adds the place of every bit of a block that begins `block` bytes after the first. Few have more than `N`, which are
    /// written without asking how many there are.
    #[inline(always)]
    fn push<const N: usize>(&mut self, block: usize, bits: u64) {
        let count = bits.count_ones() as usize;
        let mut bits = bits;
        let mut next = || {
            let place = block as u16 + bits.trailing_zeros() as u16;
            bits &= bits.wrapping_sub(1);
            place
        };
        if let Some(first) = self.places.get_mut(self.count..).and_then(<[u16]>::first_chunk_mut::<N>) {
            first.iter_mut().for_each(|place| *place = next());
        }
        if count > N {
            self.places.iter_mut().skip(self.count).take(count).skip(N).for_each(|place| *place = next());
        }
        self.count += count;
    }

    /// Calls `look` with every place, and has none any more.
    #[inline(always)]
    fn each(&mut self, first: usize, mut look: impl FnMut(usize)) {
        let count = core::mem::take(&mut self.count);
        self.places.iter().take(count).for_each(|&place| look(first.wrapping_add(usize::from(place))));
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
