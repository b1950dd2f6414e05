//! All rows of all detectors by their length, computed when the crate is built.
//!
//! Must not know what the rows say. Keeps I5: a candidate is held against the rows of its length alone.

use super::super::registry::{DetectorId, LIST, Rule};
use super::candidate::MOST;
use super::identifier::{Evidence, Identifier, any};

/// A row and whose it is.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) detector: DetectorId,
    pub(super) row: Identifier,
}

/// The rows of `length`.
pub(super) fn of_length(length: usize) -> &'static [Entry] {
    let bound = |length: usize| BOUNDS.get(length).map_or(COUNT, |&bound| usize::from(bound));
    ENTRIES.get(bound(length)..bound(length.saturating_add(1))).unwrap_or_default()
}

const COUNT: usize = {
    let (mut count, mut list): (usize, &[_]) = (0, &LIST);
    while let [detector, rest @ ..] = list {
        if let Rule::Identifiers(rows) = &detector.rule {
            count += rows.len();
        }
        list = rest;
    }
    count
};

/// Where the rows of each length begin.
static BOUNDS: [u16; MOST + 2] = {
    let mut bounds = [0; MOST + 2];
    let mut free: &mut [u16] = &mut bounds;
    let mut length = 0;
    while let [bound, rest @ ..] = free {
        *bound = shorter_than(length);
        free = rest;
        length += 1;
    }
    bounds
};

const fn shorter_than(length: usize) -> u16 {
    let (mut count, mut list): (u16, &[_]) = (0, &LIST);
    while let [detector, rest @ ..] = list {
        if let Rule::Identifiers(rows) = &detector.rule {
            let mut rows = *rows;
            while let [row, others @ ..] = rows {
                count += (row.shape.len() < length) as u16;
                rows = others;
            }
        }
        list = rest;
    }
    count
}

static ENTRIES: [Entry; COUNT] = {
    const NONE: Identifier = Identifier { shape: "", check: any, evidence: Evidence::Named, words: &[], print: "" };
    let mut entries = [Entry { detector: DetectorId::at(0), row: NONE }; COUNT];
    let mut free: &mut [Entry] = &mut entries;
    let mut length = 0;
    while length <= MOST {
        let (mut index, mut list): (usize, &[_]) = (0, &LIST);
        while let [detector, rest @ ..] = list {
            if let Rule::Identifiers(rows) = &detector.rule {
                let mut rows = *rows;
                while let [row, others @ ..] = rows {
                    if row.shape.len() == length
                        && let [place, places @ ..] = free
                    {
                        *place = Entry { detector: DetectorId::at(index), row: *row };
                        free = places;
                    }
                    rows = others;
                }
            }
            list = rest;
            index += 1;
        }
        length += 1;
    }
    entries
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_stands_under_its_length() {
        let mut count = 0;
        for length in 0..=MOST + 3 {
            count += of_length(length).len();
            assert!(of_length(length).iter().all(|entry| entry.row.shape.len() == length));
        }
        assert!(count == COUNT && of_length(0).is_empty() && !of_length(11).is_empty());
    }
}
