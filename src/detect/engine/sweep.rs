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
use super::events::{DIGITS, Events, GAP, LONG, RUN, Sight};
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
    let mut sight = Sight::default();
    let mut word = 0;
    let (blocks, tail) = pass.text.as_chunks::<BLOCK>();
    let mut base = 0;
    for block in blocks {
        let classes = Classes::of(simd, block);
        look(pass, base, sight.next(classes), [word, classes.word]);
        if pass.is_done() {
            return;
        }
        word = classes.word;
        base += BLOCK;
    }
    // What comes after the text is as good as a line feed; what is told one byte late is told in it.
    let mut last = [b'\n'; BLOCK];
    for (slot, byte) in last.iter_mut().zip(tail) {
        *slot = *byte;
    }
    let classes = Classes::of(simd, &last);
    look(pass, base, sight.next(classes), [word, classes.word]);
}

/// Looks at every event of the block at `base`. `words` are the words of the block before and of this one.
#[inline(always)]
fn look(pass: &mut Pass<'_>, base: usize, events: Events, words: [u64; 2]) {
    let [before, now] = words;
    let words = (u128::from(now) << 64) | u128::from(before);
    each(events.runs, |bit| pass.run(base + bit + 1 - RUN));
    each(events.joins, |bit| {
        // The words of the sixty-four bytes before it: how far back is the last one?
        let gap = ((words >> bit) as u64).leading_zeros();
        if gap <= GAP {
            pass.name(base + bit - gap as usize);
        }
    });
    let seldom = events.rare | events.digits | events.longs;
    let never = events.dashes | events.colons | events.options | events.dots | events.hosts | events.verbs;
    if seldom | never != 0 {
        each(events.digits, |bit| pass.digits((base + bit).saturating_sub(DIGITS)));
        each(events.rare, |bit| pass.rare(base + bit));
        each(events.longs, |bit| pass.long(base + bit + 1 - LONG));
        if never != 0 {
            each(events.dashes, |bit| pass.dashes(base + bit));
            each(events.colons, |bit| pass.colons(base + bit));
            each(events.options, |bit| pass.option(base + bit));
            each(events.dots, |bit| pass.dots(base + bit));
            each(events.hosts, |bit| pass.host(base + bit));
            each(events.verbs, |bit| pass.verb(base + bit));
        }
    }
}

/// Calls `look` with the place of every bit.
#[inline(always)]
fn each(mut bits: u64, mut look: impl FnMut(usize)) {
    while bits != 0 {
        look(bits.trailing_zeros() as usize);
        bits &= bits - 1;
    }
}
