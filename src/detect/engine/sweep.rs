//! The sweep: the text in blocks, the events of each block, and a closer look at every one of them.
//!
//! ```text
//! sixty-four bytes ─▶ classes (vectors) ─▶ events (shifts) ─▶ a few table look-ups an event ─▶ looks
//! ```
//!
//! Nearly all time goes into blocks in which nothing is found, so what decides the speed is how few events there are and
//! how little is asked of each before it is let go.
//!
//! Must not know any format. Keeps I5: the sweep never goes back, and every look is linear over the whole text.

use fearless_simd::{Level, Simd, dispatch};

use super::classes::{BLOCK, Classes};
use super::events::{BACK, Carried, DIGITS, Events, GAP, RUN, STEP, TOLD};
use super::pass::Pass;

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
    let (mut at, mut carried) = (0, Carried::default());
    // What comes after the text is as good as a line feed; what is told one byte late is told in it.
    while at <= pass.text.len() && !pass.is_done() {
        let inner = at.checked_sub(BACK).and_then(|from| pass.text.get(from..)).and_then(<[u8]>::first_chunk);
        let outer;
        let block: &[u8; BLOCK] = match inner {
            Some(block) => block,
            None => {
                outer = edge(pass.text, at);
                &outer
            }
        };
        let classes = Classes::of(simd, block);
        let events = Events::of(&classes, &mut carried);
        if events.any() {
            look(pass, at, &events, classes.word);
        }
        at += STEP;
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

/// Looks at every event of the block whose first byte of its own is at `at`.
#[inline(always)]
fn look(pass: &mut Pass<'_>, at: usize, events: &Events, words: u64) {
    let place = |bit: usize| at + bit - BACK;
    each(events.runs, |bit| pass.run(place(bit) + 1 - RUN));
    each(events.joins, |bit| {
        // How far back is the last word?
        let gap = (words << (BLOCK - bit)).leading_zeros();
        match gap {
            ..=GAP => pass.name(place(bit) - gap as usize),
            _ => pass.far_name(place(bit)),
        }
    });
    each(events.digits, |bit| pass.digits(place(bit).saturating_sub(DIGITS)));
    // Most blocks have none of the others.
    let Events { rare, apart, pairs, colons, options, verbs, .. } = *events;
    if TOLD & (rare | apart | pairs | colons | options | verbs) == 0 {
        return;
    }
    each(events.rare, |bit| pass.rare(place(bit)));
    each(events.apart, |bit| pass.apart(place(bit)));
    each(events.pairs, |bit| pass.pair(place(bit)));
    each(events.colons, |bit| pass.colons(place(bit)));
    each(events.options, |bit| pass.option(place(bit)));
    each(events.verbs, |bit| pass.verb(place(bit)));
}

/// Calls `look` with the place of every bit that the block before has not told.
#[inline(always)]
fn each(bits: u64, mut look: impl FnMut(usize)) {
    let mut bits = bits & TOLD;
    while bits != 0 {
        look(bits.trailing_zeros() as usize);
        bits &= bits - 1;
    }
}
