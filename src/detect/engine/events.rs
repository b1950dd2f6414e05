//! Places worth a closer look, found in the classes of a block by shifts and masks.
//!
//! Everything here looks back, never ahead, so that blocks can be taken one by one: an event that depends on what follows
//! is told late, at the byte that decides, and says by how much.
//!
//! Must not know the text nor what looks at these places. Keeps I5: a block costs the same whatever is in it.

use super::classes::Classes;

/// How many bytes in a row that tokens are made of make a run that may hold one.
pub(in crate::detect) const RUN: usize = 16;

/// How many digits, single separators among them, make a row that may hold a number.
pub(in crate::detect) const DIGITS: usize = 7;

/// How many bytes of other kinds may stand between a name and what joins it to a value.
pub(in crate::detect) const GAP: u32 = 6;

/// How many of them may be a text in base64.
pub(in crate::detect) const LONG: usize = 32;

/// What a block has to know of the one before it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sight {
    /// The block that [`Sight::next`] was told of last.
    now: Classes,
    /// Rows of 2, 4, 8 and 16 bytes that may belong to tokens.
    stretch: [u64; 4],
    /// Rows of 1, 2, 4 and 7 digits and separators.
    row: [u64; 4],
    /// Colons with another one near before them.
    pairs: u64,
}

/// Where something ends or stands; bit `n` speaks of byte `n` of the block.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Events {
    /// A word started [`RUN`] - 1 bytes before, and from there on all is what tokens are made of.
    pub(super) runs: u64,
    /// The same of [`LONG`].
    pub(super) longs: u64,
    /// A byte that may join a name and a value: `=`, `:`, `>`, and one of `",`, `("`, ` "`, ` \"`, ` \\\"`.
    pub(super) joins: u64,
    /// `@`, `~` or `%`.
    pub(super) rare: u64,
    /// The byte after two slashes that a colon or a digit stands before.
    pub(super) hosts: u64,
    /// The byte after the first [`DIGITS`] of a row.
    pub(super) digits: u64,
    /// The byte after five dashes or more.
    pub(super) dashes: u64,
    /// Where an address of hardware or of the network may be: three colons near each other, two in a row beside a digit,
    /// four dashes with pairs between them.
    pub(super) colons: u64,
    /// The first letter of an option of a command, after one dash or two.
    pub(super) options: u64,
    /// The third of three dots.
    pub(super) dots: u64,
    /// The blank after a word of two letters that ends as `is`, `as` and `by` do, and after one of eight or more that ends
    /// as `password` does.
    pub(super) verbs: u64,
}

/// `now`, moved up by `places`, with what comes in from the block `before`.
#[inline(always)]
fn back(now: u64, before: u64, places: u32) -> u64 {
    (now << places) | (before >> (64 - places))
}

impl Sight {
    /// Goes on to the next block. Before a text is a block without any class.
    #[inline(always)]
    pub(super) fn next(&mut self, now: Classes) -> Events {
        let before = core::mem::replace(&mut self.now, now);
        let (runs, longs) = self.runs(&now, &before);
        let blank = back(now.blank, before.blank, 1);
        let quote = back(now.quote, before.quote, 1);
        let dash = back(now.dash, before.dash, 1);
        let listed = back(now.listed, before.listed, 1) | blank & back(now.listed, before.listed, 2);
        let listed = now.quote & listed | now.listed & quote;
        let spaced = blank & back(now.word, before.word, 2)
            | back(now.blank, before.blank, 2) & back(now.word, before.word, 3)
            | back(now.blank, before.blank, 4) & back(now.word, before.word, 5);
        let spaced = now.quote & spaced;
        let long_dash = dash
            & back(now.dash, before.dash, 2)
            & back(now.dash, before.dash, 3)
            & back(now.dash, before.dash, 4)
            & back(now.dash, before.dash, 5);
        let inside = [now.word | now.joint, before.word | before.joint];
        let [inside_now, inside_before] = inside;
        let short = !back(inside_now, inside_before, 2);
        let two = back(now.dash, before.dash, 2) & !back(inside_now, inside_before, 3);
        let short_word = !back(inside_now, inside_before, 3);
        // Of the eight, the fourth from either end and the one in the middle: few words of prose are so long.
        let eight = back(now.word, before.word, 4) & back(now.word, before.word, 6) & back(now.word, before.word, 8);
        Events {
            runs,
            longs,
            joins: now.equal | listed | spaced,
            rare: now.rare,
            hosts: back(now.slash, before.slash, 1)
                & back(now.slash, before.slash, 2)
                & back(now.colon | now.digit, before.colon | before.digit, 3),
            digits: self.digits(&now, &before),
            dashes: long_dash & !now.dash,
            colons: self.colons(&now, &before),
            options: now.word & !now.digit & dash & (short | two),
            dots: now.dot & back(now.dot, before.dot, 1) & back(now.dot, before.dot, 2),
            verbs: now.blank
                & (back(now.verb, before.verb, 1) & back(now.word, before.word, 2) & short_word
                    | back(now.d, before.d, 1) & eight),
        }
    }

    /// Rows double: of 2, 4, 8, 16 and 32 bytes.
    #[inline(always)]
    fn runs(&mut self, now: &Classes, before: &Classes) -> (u64, u64) {
        let one = now.part;
        let [two_before, four_before, eight_before, sixteen_before] = self.stretch;
        let two = one & back(one, before.part, 1);
        let four = two & back(two, two_before, 2);
        let eight = four & back(four, four_before, 4);
        let sixteen = eight & back(eight, eight_before, 8);
        let long = sixteen & back(sixteen, sixteen_before, 16);
        self.stretch = [two, four, eight, sixteen];
        let starts = now.word & !back(now.word, before.word, 1);
        // Of the block before, the first byte is never asked for.
        let starts_before = before.word & !(before.word << 1);
        let since = |length: usize| back(starts, starts_before, length as u32 - 1);
        (sixteen & since(RUN), long & since(LONG))
    }

    /// One late, for a separator is one only if a digit follows it.
    #[inline(always)]
    fn digits(&mut self, now: &Classes, before: &Classes) -> u64 {
        let separator = |classes: &Classes| classes.blank | classes.dash | classes.dot;
        let apart = back(separator(now), separator(before), 1) & back(now.digit, before.digit, 2) & now.digit;
        let one = back(now.digit, before.digit, 1) | apart;
        let [one_before, two_before, four_before, seven_before] = self.row;
        let two = one & back(one, one_before, 1);
        let four = two & back(two, two_before, 2);
        let seven = four & back(four, four_before, 3);
        self.row = [one, two, four, seven];
        seven & !back(seven, seven_before, 1)
    }

    #[inline(always)]
    fn colons(&mut self, now: &Classes, before: &Classes) -> u64 {
        let near = |colons: u64, before: u64| {
            let places = back(colons, before, 1) | back(colons, before, 2) | back(colons, before, 3);
            places | back(colons, before, 4) | back(colons, before, 5)
        };
        let second = now.colon & near(now.colon, before.colon);
        let third = now.colon & near(second, self.pairs);
        self.pairs = second;
        let double = back(now.colon, before.colon, 1) & back(now.colon, before.colon, 2);
        let beside = now.digit | back(now.digit, before.digit, 3);
        let dashed = now.dash
            & back(now.dash, before.dash, 3)
            & back(now.dash, before.dash, 6)
            & back(now.dash, before.dash, 9)
            & back(now.word, before.word, 4);
        third | (double & beside) | dashed
    }
}
