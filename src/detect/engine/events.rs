//! Places worth a closer look, found in the classes of a block by shifts and masks.
//!
//! Everything here looks back, never ahead: an event that depends on what follows is told late, at the byte that decides,
//! and says by how much. Blocks overlap by as much as most events look back; what runs need from farther is handed from
//! one to the next. Names alone are told where they end, before what joins them: what is told once is the joint.
//!
//! Must not know the text nor what looks at these places. Keeps I5: a block costs the same whatever is in it.

use super::classes::{BLOCK, Classes};
use super::masks::Masks;

/// How many bytes in a row that tokens are made of make a run that may hold one.
pub(in crate::detect) const RUN: usize = 16;

/// How many digits, single separators among them, make a row that may hold a number.
pub(in crate::detect) const DIGITS: usize = 7;

/// How many bytes of other kinds may stand between a name and what joins it to a value.
pub(in crate::detect) const GAP: u32 = 6;

/// Where something ends or stands; bit `n` speaks of byte `n` of the block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Events<M = u64> {
    /// The byte after a word that one of the next [`GAP`] may join to a value, or itself: `=`, `:`, `>`, a quote after a gap
    /// or escaped after one, and the gap after a quote; not the colons of a path.
    pub(super) names: M,
    /// The [`RUN`]th byte of what tokens are made of, of which the first begins a word; a blank after a word of two letters
    /// that ends as `is`, `as` and `by` do, or after one of eight or more that ends as `password` does; the second of two
    /// slashes after a colon or a digit.
    pub(super) words: M,
    pub(super) others: Others<M>,
}

/// Events that few blocks have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Others<M = u64> {
    /// The first digit of a word that one blank parts from the word before, if nothing but letters stands before it.
    pub(super) apart: M,
    /// Where an address of hardware or of the network may be: three colons near each other, two in a row beside a digit,
    /// four dashes with pairs between them, two dots with four bytes between them.
    pub(super) colons: M,
    /// The byte after the first [`DIGITS`] of a row.
    pub(super) digits: M,
    /// `=`, `:` or `>` where no word ends so near that it may be a name.
    pub(super) far: M,
    /// A letter after a dash that no word ends before.
    pub(super) options: M,
    /// `@`, `~` or `%`.
    pub(super) rare: M,
    /// The third of three dots, the fifth of five dashes.
    pub(super) rows: M,
}

/// How far back an event that is no run depends on what is there: so many bytes of a block belong to the one before as
/// well.
pub(super) const BACK: usize = 10;

/// The bytes of a block whose events are told.
pub(super) const STEP: usize = BLOCK - BACK;

/// What the runs of a block need of the block before. Before a text is one without any class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Carried {
    /// Where eight bytes end that tokens are made of.
    eight: u64,
    /// Where words start.
    starts: u64,
}

impl<M: Masks> Events<M> {
    /// Those of a block or several, of which `carried` knows the block before.
    #[inline(always)]
    pub(super) fn of(now: &Classes<M>, carried: &mut Carried) -> Self {
        let joins = joins(now);
        Events {
            names: names(now, (joins & !paths(now)).within(TOLD >> AHEAD)),
            words: (runs(now, carried) | verbs(now) | hosts(now)).within(TOLD),
            others: Others {
                apart: apart(now),
                colons: colons(now),
                digits: digits(now),
                far: joins & now.equal & !words_near(now),
                options: now.word & !now.digit & now.dash << 1 & !(now.word << 2),
                rare: now.rare,
                rows: rows(now),
            },
        }
    }
}

impl<M: Masks> Others<M> {
    /// Places of any kind, which the block before has not told.
    #[inline(always)]
    pub(super) fn any(&self) -> M {
        let &Others { apart, colons, digits, far, options, rare, rows } = self;
        (apart | colons | digits | far | options | rare | rows).within(TOLD)
    }

    /// What `of` makes of each kind.
    #[inline(always)]
    pub(super) fn map<N>(&self, of: impl Fn(M) -> N) -> Others<N> {
        let &Others { apart, colons, digits, far, options, rare, rows } = self;
        Others {
            apart: of(apart),
            colons: of(colons),
            digits: of(digits),
            far: of(far),
            options: of(options),
            rare: of(rare),
            rows: of(rows),
        }
    }
}

/// What the block before has not told.
pub(super) const TOLD: u64 = !0 << BACK;

/// How many bytes behind it decide whether a byte joins a name to a value: so many bytes late are names told.
pub(super) const AHEAD: usize = 2;

/// Rows double: of 2, 4, 8 and 16 bytes.
#[inline(always)]
fn runs<M: Masks>(now: &Classes<M>, carried: &mut Carried) -> M {
    let two = now.part & now.part << 1;
    let four = two & two << 2;
    let eight = four & four << 4;
    // Whether a word starts with the first byte, the block before knows.
    let starts = now.word & !now.word << 1;
    let (eight_before, starts_before) = (eight.before(carried.eight), starts.before(carried.starts));
    *carried = Carried { eight: eight.last(), starts: starts.last() };
    let eight = eight | eight_before >> STEP as u32;
    eight & eight << 8 & (starts << (RUN as u32 - 1) | starts_before >> (STEP + 1 - RUN) as u32)
}

/// What would join a name that another byte joined before is left out where that is one mask: the second of two colons,
/// and a quote after a blank after a sign.
#[inline(always)]
fn joins<M: Masks>(now: &Classes<M>) -> M {
    let spaced = (now.gap << 1 | now.gap << 2 | now.gap << 4) & !(now.equal << 2);
    now.equal & !(now.colon & now.colon << 1) | now.quote & spaced | now.gap & now.quote << 1
}

/// From where the joints go back over what belongs to no word, one byte, two and three, to the word before.
#[inline(always)]
fn names<M: Masks>(now: &Classes<M>, joins: M) -> M {
    const { assert!(GAP == 1 + 2 + 3) }
    let one = !now.word;
    let two = one & one >> 1;
    let three = two & one >> 2;
    let near = joins | one & joins >> 1;
    let near = near | two & near >> 2;
    let near = near | three & near >> 3;
    near & now.word << 1
}

/// The first of two colons with a letter behind them: what stands before is a part of a path, and no secret
/// is its value.
#[inline(always)]
fn paths<M: Masks>(now: &Classes<M>) -> M {
    const { assert!(AHEAD == 2) }
    (now.colon & now.colon << 1 & (now.word & !now.digit) >> 1) >> 1
}

/// Where a word ends at one of the [`GAP`] bytes before, or the byte itself.
#[inline(always)]
fn words_near<M: Masks>(now: &Classes<M>) -> M {
    const { assert!(GAP == 6) }
    let one = now.word << 1;
    let two = one | one << 1;
    let four = two | two << 2;
    four | four << 3
}

/// A sum carries from the first letter of a word to what follows its letters.
#[inline(always)]
fn apart<M: Masks>(now: &Classes<M>) -> M {
    let starts = now.word & now.blank << 1 & now.word << 2;
    let letters = now.word & !now.digit;
    now.digit & (starts | letters.plus(starts & letters) & !letters)
}

/// One late, for a separator is one only if a digit follows it.
#[inline(always)]
fn digits<M: Masks>(now: &Classes<M>) -> M {
    let separator = now.blank | now.dash | now.dot;
    let one = now.digit << 1 | separator << 1 & now.digit << 2 & now.digit;
    let two = one & one << 1;
    let four = two & two << 2;
    let seven = four & four << 3;
    seven & !(seven << 1)
}

#[inline(always)]
fn verbs<M: Masks>(now: &Classes<M>) -> M {
    let two = now.word << 2 & !(now.word << 3);
    // Of eight in a row, the fourth from either end and the one in the middle: few words of prose are so long.
    let eight = now.word << 4 & now.word << 6 & now.word << 8;
    now.blank & (now.verb << 1 & two | now.d << 1 & eight)
}

#[inline(always)]
fn hosts<M: Masks>(now: &Classes<M>) -> M {
    now.slash & now.slash << 1 & (now.colon | now.digit) << 2
}

#[inline(always)]
fn rows<M: Masks>(now: &Classes<M>) -> M {
    let dots = now.dot & now.dot << 1 & now.dot << 2;
    let two = now.dash & now.dash << 1;
    let dashes = two & two << 2 & now.dash << 4;
    dots & !(dots << 1) | dashes & !(dashes << 1)
}

#[inline(always)]
fn colons<M: Masks>(now: &Classes<M>) -> M {
    let second = now.colon & near(now.colon);
    let double = now.colon << 1 & now.colon << 2 & (now.digit | now.digit << 3);
    // A third one is the second one of another two.
    let third = now.colon & near(second);
    let two = now.dash & now.dash << 3;
    let dashed = two & two << 6 & now.word << 4;
    let dotted = now.dot & now.dot << 5 & now.word << 1 & now.word << 4;
    // Of two colons that are both third ones, the first is told.
    third & !(third << 1) | double | dashed | dotted
}

/// Where `class` holds at one of the five bytes before.
#[inline(always)]
fn near<M: Masks>(class: M) -> M {
    let two = class << 1 | class << 2;
    two | two << 2 | class << 5
}
