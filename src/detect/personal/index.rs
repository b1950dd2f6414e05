//! All rows of all detectors by their length, computed when the crate is built.
//!
//! Must not know what the rows say. Keeps I5: a candidate is held against the rows of its length alone.

use super::super::registry::{DetectorId, LIST, Rule};
use super::candidate::MOST;
use super::context::Beginnings;
use super::identifier::{Evidence, Identifier, any};

/// A row and whose it is.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) detector: DetectorId,
    pub(super) row: Identifier,
    /// How the words begin that name it.
    pub(super) beginnings: Beginnings,
    /// A bit for each place of the shape that only a digit fills, and for each that only a letter does.
    digits: u64,
    letters: u64,
    /// A bit for each byte of the print that is a separator.
    signs: u64,
}

impl Entry {
    /// Whether what has digits at `digits`, and letters elsewhere, may have the row's shape, of the same length.
    #[inline(always)]
    pub(super) fn may_fit(&self, digits: u64) -> bool {
        self.digits & !digits == 0 && self.letters & digits == 0
    }

    /// Whether what is outlined needs no word near it to be this: it is printed so, or shape and check are never chance.
    /// Letters hold groups together; digits alone in groups are one number only as it is printed, and where the print has
    /// blanks, only where no others stand beside them.
    pub(super) fn is_proven(&self, outline: &Outline, is_printed: bool) -> bool {
        let is_table = || outline.is_all_digits() && outline.is_amid && self.row.print.as_bytes().contains(&b' ');
        let is_one = outline.is_together || !outline.is_all_digits();
        is_printed && !is_table() || self.is_anywhere() && is_one && !outline.has_lower
    }

    const fn is_anywhere(&self) -> bool {
        matches!(self.row.evidence, Evidence::Anywhere)
    }

    const fn new(detector: DetectorId, row: Identifier) -> Self {
        let (mut digits, mut letters, mut place, mut shape) = (0, 0, 1, row.shape.as_bytes());
        while let [form, rest @ ..] = shape {
            match form {
                b'0'..=b'9' => digits |= place,
                b'X' => {}
                _ => letters |= place,
            }
            place <<= 1;
            shape = rest;
        }
        let signs = signs(row.print.as_bytes());
        Entry { detector, row, beginnings: Beginnings::of(row.words), digits, letters, signs }
    }
}

/// A bit for each byte of `print` that is a separator.
const fn signs(mut print: &[u8]) -> u64 {
    let (mut signs, mut place) = (0, 1);
    while let [byte, rest @ ..] = print {
        if !byte.is_ascii_alphanumeric() {
            signs |= place;
        }
        place <<= 1;
        print = rest;
    }
    signs
}

/// What can be told of letters and digits without reading them.
#[derive(Clone, Copy)]
pub(super) struct Outline {
    /// How many they are.
    pub(super) length: usize,
    /// A bit for each of them that is a digit.
    pub(super) digits: u64,
    /// Whether a letter in lower case is among them.
    pub(super) has_lower: bool,
    /// Whether no separator is.
    pub(super) is_together: bool,
    /// Whether a blank parts them from more digits.
    pub(super) is_amid: bool,
}

impl Outline {
    fn is_all_digits(&self) -> bool {
        self.digits == !(!0 << self.length)
    }
}

/// Whether a row that needs no word near it may be so, with a separator at each bit of `signs`.
#[inline(always)]
pub(super) fn may_be_unnamed(outline: &Outline, signs: u64) -> bool {
    let prints = if outline.is_all_digits() { &DIGITS } else { &PRINTS };
    let prints = prints.get(outline.length).copied().unwrap_or_default();
    let may_be = |entry: &Entry| {
        let is_printed = !entry.row.print.is_empty() && entry.signs == signs;
        entry.may_fit(outline.digits) && entry.is_proven(outline, is_printed)
    };
    prints >> print_hash(signs) & 1 == 1 && unnamed(outline.length).iter().any(may_be)
}

/// The separators of the rows of each length that need no word near them, as a set of hashes: all where one may have any.
static PRINTS: [u64; MOST + 1] = prints(false);

/// Those of digits alone.
static DIGITS: [u64; MOST + 1] = prints(true);

const fn prints(of_digits: bool) -> [u64; MOST + 1] {
    let mut prints = [0; MOST + 1];
    let mut entries: &[Entry] = &UNNAMED.entries;
    while let [entry, others @ ..] = entries {
        let (_, sets) = prints.split_at_mut(entry.row.shape.len());
        if let [set, ..] = sets
            && !(of_digits && entry.letters != 0)
        {
            *set |= 1 << print_hash(entry.signs);
            if entry.is_anywhere() {
                *set |= if of_digits { 1 << print_hash(0) } else { !0 };
            }
        }
        entries = others;
    }
    prints
}

const fn print_hash(signs: u64) -> u32 {
    (signs.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 58) as u32
}

/// The rows of `length`.
pub(super) fn of_length(length: usize) -> &'static [Entry] {
    ALL.of_length(length)
}

/// Whether a row of `length` digits may begin as a time since 1970 does, with a one.
pub(super) fn may_be_epoch(length: usize) -> bool {
    let begins = |entry: &Entry| matches!(entry.row.shape.as_bytes(), [b'9' | b'X' | b'1', ..]);
    of_length(length).iter().any(|entry| entry.letters == 0 && begins(entry))
}

/// Those of them that need no word near them.
pub(super) fn unnamed(length: usize) -> &'static [Entry] {
    UNNAMED.of_length(length)
}

static ALL: Index<{ count(false, MOST) }> = Index::new(false);

static UNNAMED: Index<{ count(true, MOST) }> = Index::new(true);

/// Rows by their length, and where those of each begin.
struct Index<const COUNT: usize> {
    entries: [Entry; COUNT],
    bounds: [u16; MOST + 2],
}

impl<const COUNT: usize> Index<COUNT> {
    fn of_length(&self, length: usize) -> &[Entry] {
        let bound = |length: usize| self.bounds.get(length).map_or(COUNT, |&bound| usize::from(bound));
        self.entries.get(bound(length)..bound(length.saturating_add(1))).unwrap_or_default()
    }

    const fn new(unnamed: bool) -> Self {
        const ROW: Identifier = Identifier { shape: "", check: any, evidence: Evidence::Named, words: &[], print: "" };
        const NONE: Entry = Entry::new(DetectorId::at(0), ROW);
        let mut entries = [NONE; COUNT];
        let mut bounds = [0; MOST + 2];
        let (mut free, mut next): (&mut [Entry], &mut [u16]) = (&mut entries, &mut bounds);
        let (mut length, mut placed) = (0, 0);
        while let [bound, bounds @ ..] = next {
            *bound = placed;
            next = bounds;
            let (mut index, mut list): (usize, &[_]) = (0, &LIST);
            while let [detector, rest @ ..] = list {
                if let Rule::Identifiers(rows) = &detector.rule {
                    let mut rows = *rows;
                    while let [row, others @ ..] = rows {
                        if row.shape.len() == length
                            && is_asked(row, unnamed)
                            && let [place, places @ ..] = free
                        {
                            *place = Entry::new(DetectorId::at(index), *row);
                            free = places;
                            placed += 1;
                        }
                        rows = others;
                    }
                }
                list = rest;
                index += 1;
            }
            length += 1;
        }
        Index { entries, bounds }
    }
}

/// How many rows there are of at most `most` bytes.
const fn count(unnamed: bool, most: usize) -> usize {
    let (mut count, mut list): (usize, &[_]) = (0, &LIST);
    while let [detector, rest @ ..] = list {
        if let Rule::Identifiers(rows) = &detector.rule {
            let mut rows = *rows;
            while let [row, others @ ..] = rows {
                count += (row.shape.len() <= most && is_asked(row, unnamed)) as usize;
                rows = others;
            }
        }
        list = rest;
    }
    count
}

/// The fewest digits that alone are a row which needs no word near it.
pub(super) const FEWEST_UNNAMED: usize = {
    let (mut fewest, mut entries): (usize, &[Entry]) = (MOST, &UNNAMED.entries);
    while let [entry, others @ ..] = entries {
        if entry.letters == 0 && entry.row.shape.len() < fewest {
            fewest = entry.row.shape.len();
        }
        entries = others;
    }
    fewest
};

const fn is_asked(row: &Identifier, unnamed: bool) -> bool {
    !unnamed || matches!(row.evidence, Evidence::Anywhere) || !row.print.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_may_fit() {
        let row = |shape| Identifier { shape, check: any, evidence: Evidence::Named, words: &[], print: "" };
        let entry = Entry::new(DetectorId::at(0), row("ab9AX1"));
        assert!(entry.may_fit(0b10_0100) && entry.may_fit(0b11_0100));
        assert!(!entry.may_fit(0b10_0101) && !entry.may_fit(0b10_0000) && !entry.may_fit(0b00_0100));
    }

    #[test]
    fn every_row_stands_under_its_length() {
        for (unnamed, index) in [(false, of_length as fn(usize) -> &'static [Entry]), (true, self::unnamed)] {
            let mut found = 0;
            for length in 0..=MOST + 3 {
                found += index(length).len();
                assert!(index(length).iter().all(|entry| entry.row.shape.len() == length));
            }
            assert!(found == count(unnamed, usize::MAX) && index(0).is_empty() && !index(11).is_empty());
        }
    }
}
