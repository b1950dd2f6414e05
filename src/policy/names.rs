//! A set of names with a number each, looked up by bytes in a few nanoseconds.
//!
//! Must not know what the names are of. Keeps I5: the table holds names of the policy and the catalogue only, so input
//! is looked up and never stored, and no input makes it slower than the longest run of its own making.
//!
//! Nearly every key of a batch is at most 24 bytes. Length, the first sixteen and the last eight bytes decide such a name
//! without a loop; a longer one is compared whole, once, after those agreed.

use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;

use crate::bytes::equal;

/// Names, each with the number that it was given.
#[derive(Debug)]
pub(crate) struct Names {
    entries: Vec<Entry>,
    /// Open addressing with linear probing, at most half full; `EMPTY` ends a run.
    table: Vec<u16>,
}

const EMPTY: u16 = u16::MAX;

#[derive(Debug)]
struct Entry {
    print: Print,
    name: Box<[u8]>,
    number: u16,
}

/// What is compared before the bytes in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Print {
    length: usize,
    head: u64,
    /// Bytes 8 to 15 of a name that has more than 16.
    middle: u64,
    tail: u64,
}

/// The longest name that its print decides.
const PRINTED: usize = 24;

impl Names {
    /// A table of `names`; of a name that comes twice, the first counts. Holds at most 32,767.
    pub(crate) fn new<'n>(names: impl IntoIterator<Item = (&'n [u8], u16)>) -> Self {
        let mut entries: Vec<Entry> = Vec::new();
        for (name, number) in names {
            entries.push(Entry { print: Print::of(name), name: name.into(), number });
        }
        let size = (entries.len() * 2).next_power_of_two().max(16);
        let mut table = vec![EMPTY; size];
        let mut built = Self { entries: Vec::new(), table: Vec::new() };
        for entry in entries {
            let mut at = entry.print.hash() & (size - 1);
            let taken = loop {
                match table.get(at).copied() {
                    Some(EMPTY) | None => break false,
                    Some(other) if built.is(other, entry.print, &entry.name) => break true,
                    Some(_) => at = (at + 1) & (size - 1),
                }
            };
            if let (false, Some(place)) = (taken, table.get_mut(at)) {
                *place = built.entries.len() as u16;
                built.entries.push(entry);
            }
        }
        built.table = table;
        built
    }

    /// Whether `name` is the entry made `at` the place of a name that came in, counted from 0 and without doubles.
    #[inline(always)]
    pub(crate) fn is_at(&self, at: u16, name: &[u8]) -> bool {
        self.is(at, Print::of(name), name)
    }

    /// The number of `name`.
    #[inline]
    pub(crate) fn get(&self, name: &[u8]) -> Option<u16> {
        let print = Print::of(name);
        let last = self.table.len().wrapping_sub(1);
        let mut at = print.hash() & last;
        loop {
            match self.table.get(at).copied() {
                Some(EMPTY) | None => return None,
                Some(entry) if self.is(entry, print, name) => {
                    return self.entries.get(usize::from(entry)).map(|entry| entry.number);
                }
                Some(_) => at = (at + 1) & last,
            }
        }
    }

    #[inline(always)]
    fn is(&self, entry: u16, print: Print, name: &[u8]) -> bool {
        self.entries
            .get(usize::from(entry))
            .is_some_and(|entry| entry.print == print && (name.len() <= PRINTED || equal(&entry.name, name)))
    }
}

impl Print {
    #[inline(always)]
    fn of(name: &[u8]) -> Self {
        let (head, tail) = match (name.first_chunk::<8>(), name.last_chunk::<8>()) {
            (Some(head), Some(tail)) => (u64::from_le_bytes(*head), u64::from_le_bytes(*tail)),
            _ => short(name),
        };
        let middle = match name.get(8..16).and_then(<[u8]>::first_chunk::<8>) {
            Some(middle) if name.len() > 16 => u64::from_le_bytes(*middle),
            _ => 0,
        };
        Self { length: name.len(), head, middle, tail }
    }

    /// Multiplication carries every byte into the upper bits; the lower half of the table's index comes from there.
    #[inline(always)]
    fn hash(self) -> usize {
        let mixed = (self.head ^ self.tail.rotate_left(23) ^ self.length as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 40) as usize
    }
}

/// Up to seven bytes in two overlapping halves: with the length, they decide the name.
#[inline(always)]
fn short(name: &[u8]) -> (u64, u64) {
    match (name.first_chunk::<4>(), name.last_chunk::<4>()) {
        (Some(head), Some(tail)) => (u64::from(u32::from_le_bytes(*head)), u64::from(u32::from_le_bytes(*tail))),
        _ => (name.iter().fold(0, |packed, &byte| packed << 8 | u64::from(byte)), 0),
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may fail loudly")]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::String;

    #[test]
    fn every_name_is_found_and_no_other() {
        let names: Vec<String> =
            (0..500).map(|n| format!("{}{}", &"codex.some.rather.long.attribute"[..n % 32], n)).collect();
        let table = Names::new(names.iter().enumerate().map(|(n, name)| (name.as_bytes(), n as u16)));
        for (number, name) in names.iter().enumerate() {
            assert_eq!(table.get(name.as_bytes()), Some(number as u16), "{name}");
            assert_eq!(table.get(format!("{name}x").as_bytes()), None);
            assert_eq!(table.get(format!("x{name}").as_bytes()), None);
        }
        assert_eq!(table.get(b""), None);
    }

    /// Scenario: a guess at each name's place, right and wrong.
    /// Guarantees: only the right one is taken.
    #[test]
    fn guesses_are_checked() {
        let names: [&[u8]; 3] = [b"model", b"event.timestamp", b"gen_ai.usage.output_tokens"];
        let table = Names::new(names.iter().enumerate().map(|(n, name)| (*name, n as u16)));
        for (at, name) in names.iter().enumerate() {
            for guess in 0..4 {
                assert_eq!(table.is_at(guess, name), usize::from(guess) == at);
            }
        }
    }

    /// Scenario: two long names that differ only between their first and last eight bytes.
    /// Guarantees: one is never taken for the other.
    #[test]
    fn the_middle_counts() {
        for tail in ["12345678", "1234567812345678", "123456781234567812345678"] {
            let names = ["A", "B", "C"].map(|middle| format!("12345678{middle}{tail}"));
            let [one, two, other] = &names;
            let table = Names::new([(one.as_bytes(), 1), (two.as_bytes(), 2)]);
            let found = [one, two, other].map(|name| table.get(name.as_bytes()));
            assert_eq!(found, [Some(1), Some(2), None]);
        }
    }

    #[test]
    fn short_names_differ_by_every_byte_and_by_length() {
        let names: [&[u8]; 9] = [b"", b"a", b"ab", b"abc", b"abcd", b"abcde", b"abXde", b"abcdef", b"abcdefg"];
        let table = Names::new(names.iter().enumerate().map(|(n, name)| (*name, n as u16)));
        for (number, name) in names.iter().enumerate() {
            assert_eq!(table.get(name), Some(number as u16));
        }
        assert_eq!(table.get(b"abYde"), None);
        assert_eq!(table.get(&[0, b'a']), None);
    }
}
