//! The words near a value, which say what it is.
//!
//! All words that a row or a detector may ask for are one vocabulary (`vocabulary`). The text is read for their beginnings
//! from left to right and only as far as somebody asks: [`Words`] keeps a mark where one may begin. A question holds its
//! own words against the marks of its window, and most windows have none.
//!
//! Must not know what the words mean. Keeps I5: a window is of fixed size, and a byte is read for marks no more often than
//! the sweep comes by with another kind of event.

use core::ops::Range;

use super::super::engine::{Letters, Pass};
use super::super::text::{after_escape, before, byte};
use super::fold::folded;
use super::vocabulary;

/// How far before a value a word may stand.
const BEFORE: usize = 64;

/// How far after it.
const AFTER: usize = 32;

/// How words of [`GENERAL`] begin.
pub(super) const GENERAL_BEGINNINGS: Beginnings = Beginnings::of(GENERAL);

/// Words that name an identifier of whatever country.
pub(super) const GENERAL: &[&str] = &[
    "citizen",
    "document number",
    "fiscal code",
    "id card",
    "id number",
    "identification number",
    "identity card",
    "identity number",
    "national id",
    "nationalid",
    "passport",
    "personal code",
    "personal id",
    "personal number",
    "personnummer",
    "social insurance",
    "social security",
    "tax id",
    "tax number",
    "taxid",
    "taxpayer",
    "tin",
    "vat",
];

/// How words begin, as a set of hashes: two sets that share none have no word in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Beginnings(u128);

impl Beginnings {
    /// Of `words`.
    pub(super) const fn of(words: &[&str]) -> Self {
        let (mut bits, mut words) = (0, words);
        while let [word, others @ ..] = words {
            let ([a, b, c, ..], ..) = vocabulary::squeezed(word.as_bytes());
            bits |= Self::bit([a, b, c]);
            words = others;
        }
        Beginnings(bits)
    }

    /// Of the word that may begin at `at`.
    fn at(text: &[u8], at: usize) -> Self {
        let [a, b, c] = vocabulary::beginning(text, at);
        Beginnings(Self::bit([a, b, c]) | Self::bit([a, b, 0]))
    }

    /// Whether a word may be in both.
    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    const fn bit([a, b, c]: [u8; 3]) -> u128 {
        let key = u32::from_be_bytes([0, a.to_ascii_lowercase(), b.to_ascii_lowercase(), c.to_ascii_lowercase()]);
        let place = key.wrapping_mul(0x9e37_79b1) >> 25;
        // A shift of both halves would be a call on a WebAssembly machine.
        let half = 1_u64 << (place % 64);
        if place < 64 { half as u128 } else { (half as u128) << 64 }
    }
}

/// Where words of the vocabulary may begin, as far as the text was read: a ring of bits over the last bytes of it.
#[derive(Clone, Copy, Default)]
pub(in crate::detect) struct Words {
    /// From where on marks are kept.
    from: usize,
    /// How far the text was read: whole blocks.
    to: usize,
    /// What escapes begin with in the block read last.
    escape: u64,
    marks: [u64; BLOCKS],
    /// Those of them that may name numbers.
    numbers: [u64; BLOCKS],
}

/// Blocks of sixty-four bytes in the ring.
const BLOCKS: usize = 4;

/// What it takes to read one, in steps of work.
const BLOCK: usize = 32;

/// No window is wider: of one block less than there are the marks are always there.
pub(super) const WIDEST: usize = 64 * (BLOCKS - 1);

impl Words {
    /// The first mark in `window`, which was read.
    fn next(&self, window: Range<usize>) -> Option<usize> {
        first_mark(&self.marks, window)
    }
}

fn first_mark(ring: &[u64; BLOCKS], window: Range<usize>) -> Option<usize> {
    first_bit(window, |block| ring.get(block % BLOCKS).copied().unwrap_or_default())
}

/// The first place in `window` whose bit is set: `bits` gives those of the sixty-four places of a block by its number.
#[inline(always)]
pub(super) fn first_bit(window: Range<usize>, bits: impl Fn(usize) -> u64) -> Option<usize> {
    let mut at = window.start;
    while at < window.end {
        let bits = bits(at / 64) >> (at % 64);
        if bits != 0 {
            return Some(at + bits.trailing_zeros() as usize).filter(|&at| at < window.end);
        }
        at = (at / 64 + 1) * 64;
    }
    None
}

impl Pass<'_> {
    /// Reads on, so that `window` is marked.
    fn read_words(&mut self, window: &Range<usize>) {
        if window.start < self.words.from || window.start > self.words.to {
            // What stands before is not looked through for an escape.
            let from = window.start / 64 * 64;
            self.words = Words { from, to: from, escape: u64::MAX, ..Words::default() };
        }
        while self.words.to < window.end {
            self.pay(BLOCK);
            let from = self.words.to;
            let Letters { lower, upper, beyond, escape, digit } = self.letters(from);
            let last = |is_so: fn(&u8) -> bool| u64::from(before(self.text, from).is_some_and(|byte| is_so(&byte)));
            let after_lower = lower << 1 | last(u8::is_ascii_lowercase);
            let after_other = (upper | digit) << 1 | last(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
            // Most letters stand inside words, where none begins that no escape stands before.
            let (letters, escaped) = (lower | upper, behind(self.words.escape, escape));
            let inside = letters & after_other | lower & after_lower;
            let begins = (letters | beyond) & !(inside & !escaped);
            // Most begin with four letters of one word, by which nearly all are let go.
            let hump = lower >> 1 & upper >> 2 | lower >> 2 & upper >> 3;
            let plain = begins & letters & letters >> 1 & letters >> 2 & letters >> 3 & !hump;
            let mut begins = begins & !plain | vocabulary::sift(self.text, from, plain);
            let (mut marks, mut numbers) = (0, 0);
            while begins != 0 {
                let at = begins.trailing_zeros();
                let word = from + at as usize;
                if vocabulary::may_begin(self.text, word) {
                    marks |= 1 << at;
                    numbers |= u64::from(vocabulary::may_name_number(self.text, word)) << at;
                }
                begins &= begins - 1;
            }
            let block = from / 64 % BLOCKS;
            if let (Some(slot), Some(number)) = (self.words.marks.get_mut(block), self.words.numbers.get_mut(block)) {
                (*slot, *number) = (marks, numbers);
            }
            (self.words.to, self.words.escape) = (from + 64, escape);
            self.words.from = self.words.from.max((from + 64).saturating_sub(64 * BLOCKS));
        }
    }

    /// Whether one of `words`, of the vocabulary, stands near `value`.
    pub(super) fn is_near(&mut self, value: Range<usize>, words: &[&str]) -> bool {
        let [before, after] = around(self.text, &value);
        self.has_word(before, words) || self.has_word(after, words)
    }

    /// How the words of the vocabulary begin that may stand near `value`, or near a shorter one that starts there.
    pub(super) fn beginnings_near(&mut self, value: Range<usize>) -> Beginnings {
        let [before, after] = around(self.text, &value);
        let mut window = before.start..after.end;
        self.read_words(&window);
        let mut found = Beginnings::default();
        while let Some(at) = self.words.next(window.clone()) {
            found.0 |= Beginnings::at(self.text, at).0;
            window.start = at + 1;
        }
        found
    }

    /// Whether a word of the vocabulary may stand near `value` that is one of a row, a birth or a telephone.
    pub(super) fn may_be_named(&mut self, value: Range<usize>) -> bool {
        let [before, after] = around(self.text, &value);
        let window = before.start..after.end;
        self.read_words(&window);
        first_mark(&self.words.numbers, window).is_some()
    }

    /// Whether one of `words`, of the vocabulary, lies in `window`, of which the last [`WIDEST`] bytes count.
    pub(super) fn has_word(&mut self, window: Range<usize>, words: &[&str]) -> bool {
        let (has_word, asked) = self.ask_for_word(window, words);
        self.pay(asked * words.len());
        has_word
    }

    /// The same, and at how many places it was asked, which nobody has paid for.
    pub(super) fn ask_for_word(&mut self, window: Range<usize>, words: &[&str]) -> (bool, usize) {
        let mut asked = 0;
        let mut window = window.start.max(window.end.saturating_sub(WIDEST))..window.end.min(self.text.len());
        self.read_words(&window);
        while let Some(at) = self.words.next(window.clone()) {
            asked += 1;
            // Most begin with another letter.
            let first = folded(self.text, at);
            let begins = |word: &&&str| word.as_bytes().first().copied() == first;
            if words.iter().filter(begins).any(|word| word_at(self.text, at, window.end, word.as_bytes())) {
                return (true, asked);
            }
            window.start = at + 1;
        }
        (false, asked)
    }
}

/// The places of a block no more than fourteen behind one of `escape`, or of `last` in the block before: no escape is longer.
fn behind(last: u64, escape: u64) -> u64 {
    let mut near = (u128::from(escape) << 64 | u128::from(last)) << 1;
    for by in [1, 2, 4, 6] {
        near |= near << by;
    }
    (near >> 64) as u64
}

/// The text before and after `value` that may name it.
fn around(text: &[u8], value: &Range<usize>) -> [Range<usize>; 2] {
    [value.start.saturating_sub(BEFORE)..value.start, value.end..text.len().min(value.end + AFTER)]
}

/// Whether a word may begin at `at`. One that no ASCII letter begins may begin anywhere: not every script has blanks.
pub(super) fn begins_word(text: &[u8], at: usize) -> bool {
    match (before(text, at), byte(text, at)) {
        (_, Some(0xc0..)) => true,
        (Some(last), Some(next)) if next.is_ascii_alphabetic() => {
            !last.is_ascii_alphanumeric() || is_hump(last, next) || after_escape(text, at)
        }
        (None, Some(next)) => next.is_ascii_alphabetic(),
        _ => false,
    }
}

/// Whether a word may end at `end`.
pub(super) fn ends_word(text: &[u8], end: usize) -> bool {
    match (before(text, end), byte(text, end)) {
        (Some(last), Some(next)) => !(last.is_ascii_alphabetic() && next.is_ascii_alphabetic()) || is_hump(last, next),
        _ => true,
    }
}

/// Whether a word begins inside a name in camel case.
fn is_hump(last: u8, next: u8) -> bool {
    last.is_ascii_lowercase() && next.is_ascii_uppercase()
}

/// A word no longer than this may be the beginning of others.
pub(super) const SHORT: usize = 5;

/// Whether `word` stands at `start`, where a word may begin, and ends before `to`: if it is short, at a word's end.
fn word_at(text: &[u8], start: usize, to: usize, word: &[u8]) -> bool {
    let Some(end) = end_of(text, start, word).filter(|&end| end <= to) else { return false };
    word.len() > SHORT || !word.is_ascii() || ends_word(text, end)
}

/// Whether `word` begins at `start`, whatever it goes on with.
pub(super) fn is_at(text: &[u8], start: usize, word: &str) -> bool {
    end_of(text, start, word.as_bytes()).is_some()
}

/// Where `word` at `start` ends. A blank in a word stands for any separator, or none.
fn end_of(text: &[u8], start: usize, word: &[u8]) -> Option<usize> {
    let mut at = start;
    for &wanted in word {
        let next = folded(text, at)?;
        match wanted {
            b' ' if vocabulary::is_sign(next) => at += 1,
            b' ' => {}
            _ if next == wanted => at += 1,
            _ => return None,
        }
    }
    Some(at)
}
