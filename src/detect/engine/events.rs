//! Places worth a closer look, found in the classes of a block by shifts and masks.
//!
//! Everything here looks back, never ahead: an event that depends on what follows is told late, at the byte that decides,
//! and says by how much. Blocks overlap by as much as an event looks back, so that next to nothing has to be handed from
//! one to the next.
//!
//! Must not know the text nor what looks at these places. Keeps I5: a block costs the same whatever is in it.

use super::classes::{BLOCK, Classes};

/// How many bytes in a row that tokens are made of make a run that may hold one.
pub(in crate::detect) const RUN: usize = 16;

/// How many digits, single separators among them, make a row that may hold a number.
pub(in crate::detect) const DIGITS: usize = 7;

/// How many bytes of other kinds may stand between a name and what joins it to a value.
pub(in crate::detect) const GAP: u32 = 6;

/// How many of them may be a text in base64.
pub(in crate::detect) const LONG: usize = 32;

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

/// How far back an event depends on what is there: so many bytes of a block belong to the one before as well.
pub(super) const BACK: usize = 16;

/// The bytes of a block whose events are told.
pub(super) const STEP: usize = BLOCK - BACK;

/// What a block has to know of the one before it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sight {
    /// Where rows of sixteen bytes end that may belong to tokens.
    sixteen: u64,
    /// Where words start.
    starts: u64,
}

impl Sight {
    /// Goes on to the next block. Before a text is a block without any class.
    #[inline(always)]
    pub(super) fn next(&mut self, now: Classes) -> Events {
        let (runs, longs) = self.runs(&now);
        let dash = now.dash << 1;
        let listed = now.listed << 1 | now.blank << 1 & now.listed << 2;
        let listed = now.quote & listed | now.listed & now.quote << 1;
        let spaced = now.blank << 1 & now.word << 2 | now.blank << 2 & now.word << 3 | now.blank << 4 & now.word << 5;
        let spaced = now.quote & spaced;
        let inside = now.word | now.joint;
        let alone = !(inside << 2) | now.dash << 2 & !(inside << 3);
        // Of eight in a row, the fourth from either end and the one in the middle: few words of prose are so long.
        let eight = now.word << 4 & now.word << 6 & now.word << 8;
        let two = now.word << 2 & !(inside << 3);
        let events = Events {
            runs,
            longs,
            joins: now.equal | listed | spaced,
            rare: now.rare,
            hosts: now.slash << 1 & now.slash << 2 & (now.colon | now.digit) << 3,
            digits: digits(&now),
            dashes: all_of_five(now.dash) << 1 & !now.dash,
            colons: colons(&now),
            options: now.word & !now.digit & dash & alone,
            dots: now.dot & now.dot << 1 & now.dot << 2,
            verbs: now.blank & (now.verb << 1 & two | now.d << 1 & eight),
        };
        events.told()
    }

    /// Rows double: of 2, 4, 8, 16 and 32 bytes.
    #[inline(always)]
    fn runs(&mut self, now: &Classes) -> (u64, u64) {
        let two = now.part & now.part << 1;
        let four = two & two << 2;
        let eight = four & four << 4;
        let sixteen = eight & eight << 8;
        // Of the first byte it is not known here.
        let starts = now.word & !(now.word << 1) & !1;
        // Of thirty-two bytes half may be in the block before.
        let whole = sixteen | self.sixteen >> STEP;
        let since = starts << (LONG - 1) | self.starts >> (BLOCK + 1 - LONG - BACK);
        *self = Sight { sixteen, starts };
        (sixteen & starts << (RUN - 1), sixteen & whole << 16 & since)
    }
}

impl Events {
    /// Without those of the block before.
    #[inline(always)]
    fn told(self) -> Self {
        const TOLD: u64 = !0 << BACK;
        Events {
            runs: self.runs & TOLD,
            longs: self.longs & TOLD,
            joins: self.joins & TOLD,
            rare: self.rare & TOLD,
            hosts: self.hosts & TOLD,
            digits: self.digits & TOLD,
            dashes: self.dashes & TOLD,
            colons: self.colons & TOLD,
            options: self.options & TOLD,
            dots: self.dots & TOLD,
            verbs: self.verbs & TOLD,
        }
    }
}

/// Where `class` holds there and at the four bytes before.
#[inline(always)]
fn all_of_five(class: u64) -> u64 {
    let two = class & class << 1;
    two & two << 2 & class << 4
}

/// Where `class` holds at one of the five bytes before.
#[inline(always)]
fn near(class: u64) -> u64 {
    let two = class << 1 | class << 2;
    two | two << 2 | class << 5
}

/// One late, for a separator is one only if a digit follows it.
#[inline(always)]
fn digits(now: &Classes) -> u64 {
    let separator = now.blank | now.dash | now.dot;
    let one = now.digit << 1 | separator << 1 & now.digit << 2 & now.digit;
    let two = one & one << 1;
    let four = two & two << 2;
    let seven = four & four << 3;
    seven & !(seven << 1)
}

#[inline(always)]
fn colons(now: &Classes) -> u64 {
    let second = now.colon & near(now.colon);
    let third = now.colon & near(second);
    let double = now.colon << 1 & now.colon << 2;
    let beside = now.digit | now.digit << 3;
    let dashed = now.dash & now.dash << 3 & now.dash << 6 & now.dash << 9 & now.word << 4;
    third | double & beside | dashed
}
