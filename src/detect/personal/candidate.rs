//! A candidate: letters and digits from one place on, in groups, read once.
//!
//! Must not know what it could be. Keeps I5: at most [`REACH`] bytes are read, and never past a line feed.

use super::super::engine::Letters;
use super::super::text::{before, byte, part, skip, skip_back, starts_word};
use super::index::{self, Outline};

/// Most letters and digits.
pub(super) const MOST: usize = 34;

/// Most bytes.
pub(super) const REACH: usize = 48;

/// Most groups.
const GROUPS: usize = 12;

/// Letters and digits without their separators, and where they may end.
pub(super) struct Candidate {
    bytes: [u8; MOST],
    /// A bit for each of them that is a digit.
    digits: u64,
    /// A bit for each of them that was a letter in lower case.
    lower: u64,
    start: usize,
    cuts: [Cut; GROUPS],
    count: u8,
}

/// One way to read a candidate.
pub(super) struct Reading<'c> {
    /// Letters in upper case, and digits.
    pub(super) compact: &'c [u8],
    /// Where it ends in the text.
    pub(super) end: usize,
    /// A bit for each of its bytes that is a digit.
    pub(super) digits: u64,
    /// Whether any of them was a letter in lower case.
    pub(super) has_lower: bool,
}

/// A place where the candidate may end: so many letters and digits, in so many bytes. Small, for each candidate has a dozen.
#[derive(Clone, Copy, Default)]
struct Cut {
    length: u8,
    width: u8,
}

/// Whether a way to read what starts at `start`, with a digit, may be an identifier that no word near it names. It takes a
/// fraction of reading it.
#[inline(always)]
pub(super) fn may_be_unnamed(text: &[u8], start: usize, letters: &Letters) -> bool {
    let &Letters { lower, upper, digit, .. } = letters;
    let words = lower | upper | digit;
    let mut outline = Outline { length: 0, digits: 0, has_lower: false, is_together: true, is_amid: false };
    let (is_parted, has_letters) = (is_parted(text, start), (lower | upper) & !(!0 << REACH) != 0);
    let (mut at, mut signs) = (0, 0_u64);
    loop {
        let group = (!(words >> at)).trailing_zeros();
        let end = at + group;
        if end as usize > REACH || outline.length + group as usize > MOST {
            return false;
        }
        outline.digits |= (digit >> at & !(!0 << group)) << outline.length;
        outline.length += group as usize;
        at = end;
        outline.has_lower = lower & !(!0 << at) != 0;
        outline.is_together = signs == 0;
        outline.is_amid = is_amid(text, start, start + at as usize);
        if index::may_be_unnamed(&outline, signs) {
            return true;
        }
        match byte(text, start + at as usize) {
            // A check digit may follow in brackets.
            Some(b'(') => return true,
            // What digits alone are printed as with blanks does not stand amid other numbers.
            Some(b' ') if is_parted && !has_letters && digit >> (at + 1) & 1 == 1 => return false,
            Some(sign) if is_separator(sign) && words >> (at + 1) & 1 == 1 => signs |= 1 << at,
            _ => return false,
        }
        at += 1;
    }
}

impl Candidate {
    /// Whether there is a digit in what would be read at `start`: most words that begin with capitals have none.
    pub(super) fn has_digit(text: &[u8], start: usize) -> bool {
        // All at once, for that is what vectors do.
        part(text, start..start + REACH).iter().fold(false, |has, byte| has | byte.is_ascii_digit())
    }

    /// What stands at `start`.
    pub(super) fn read(text: &[u8], start: usize) -> Candidate {
        const { assert!(MOST <= 64 && REACH + 3 < 256) }
        let cuts = [Cut::default(); GROUPS];
        let mut candidate = Candidate { bytes: [0; MOST], digits: 0, lower: 0, start, cuts, count: 0 };
        let (mut at, mut length) = (start, 0);
        while at < start + REACH {
            match byte(text, at) {
                Some(next) if next.is_ascii_alphanumeric() => {
                    let Some(slot) = candidate.bytes.get_mut(length) else { break };
                    *slot = next.to_ascii_uppercase();
                    candidate.digits |= u64::from(next.is_ascii_digit()) << length;
                    candidate.lower |= u64::from(next.is_ascii_lowercase()) << length;
                    length += 1;
                    at += 1;
                }
                next => {
                    let joined = next.is_some_and(is_separator)
                        && byte(text, at + 1).is_some_and(|byte| byte.is_ascii_alphanumeric())
                        || next == Some(b'+') && is_of_age(text, start, at);
                    if (!joined || next == Some(b' ')) && ends_alone(text, at) {
                        candidate.cut(length, at);
                    }
                    if !joined {
                        candidate.read_check(text, at, length);
                        break;
                    }
                    at += 1;
                }
            }
        }
        candidate
    }

    /// Reads a check digit in brackets at `at`, as Hong Kong has it: `A123456(3)`.
    fn read_check(&mut self, text: &[u8], at: usize, length: usize) {
        if let [b'(', check @ (b'0'..=b'9' | b'A'), b')'] = part(text, at..at + 3)
            && ends_alone(text, at + 3)
            && before(text, at).is_some_and(|byte| byte.is_ascii_digit())
            && let Some(slot) = self.bytes.get_mut(length)
        {
            *slot = *check;
            self.digits |= u64::from(check.is_ascii_digit()) << length;
            self.cut(length + 1, at + 3);
        }
    }

    /// Each way to read it, the longest first.
    pub(super) fn readings(&self) -> impl Iterator<Item = Reading<'_>> {
        let cuts = self.cuts.get(..usize::from(self.count)).unwrap_or_default();
        cuts.iter().rev().map(|&Cut { length, width }| {
            let own = (1 << length) - 1;
            let compact = part(&self.bytes, 0..usize::from(length));
            Reading {
                compact,
                end: self.start + usize::from(width),
                digits: self.digits & own,
                has_lower: self.lower & own != 0,
            }
        })
    }

    fn cut(&mut self, length: usize, end: usize) {
        if let Some(slot) = self.cuts.get_mut(usize::from(self.count)) {
            *slot = Cut { length: length as u8, width: (end - self.start) as u8 };
            self.count += 1;
        }
    }
}

/// Whether a sign at `at` says, as in Sweden, that who was born on the day that starts at `start` is over a hundred:
/// `121212+1212`.
#[inline(never)]
fn is_of_age(text: &[u8], start: usize, at: usize) -> bool {
    let digits = |from: usize, to: usize| part(text, from..to).iter().all(u8::is_ascii_digit);
    matches!(at - start, 6 | 8) && digits(start, at) && part(text, at + 1..at + 5).len() == 4 && digits(at + 1, at + 5)
}

/// Whether `byte` separates groups.
pub(super) fn is_separator(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b'.' | b'/')
}

/// Whether a blank parts what stands from `start` to `end` from more digits, as in a table.
pub(super) fn is_amid(text: &[u8], start: usize, end: usize) -> bool {
    is_parted(text, start) || matches!(part(text, end..end + 2), [b' ', next] if next.is_ascii_digit())
}

/// Whether a blank parts what starts at `start` from digits before it.
pub(super) fn is_parted(text: &[u8], start: usize) -> bool {
    matches!(part(text, start.saturating_sub(2)..start), [last, b' '] if last.is_ascii_digit())
}

/// Whether nothing before `start` goes on into it.
pub(super) fn stands_alone(text: &[u8], start: usize) -> bool {
    let wordy = |at: usize| before(text, at).is_some_and(|byte| byte.is_ascii_alphanumeric());
    match before(text, start) {
        Some(b'_' | b'+' | b'@' | b'$' | b'#') => false,
        Some(b',') => !are_thousands(text, start - 1),
        Some(b'.' | b'-' | b'/' | b':' | b'=') if start > 1 => {
            let digit = before(text, start - 1).is_some_and(|byte| byte.is_ascii_digit());
            let joint = before(text, start).is_some_and(|byte| byte == b'-' || byte == b'.' || byte == b'/');
            !(digit || joint && wordy(start - 1))
        }
        _ => starts_word(text, start),
    }
}

/// Whether nothing after `end` belongs to it.
pub(super) fn ends_alone(text: &[u8], end: usize) -> bool {
    let wordy = byte(text, end + 1).is_some_and(|byte| byte.is_ascii_alphanumeric());
    match byte(text, end) {
        Some(b'_' | b'@' | b'=' | b'+') => false,
        // No percentage: an escape, or what SQL puts around what it looks for.
        Some(b'%') => match part(text, end + 1..end + 3) {
            [b'\'' | b'"', ..] => true,
            [a, b] => a.is_ascii_hexdigit() && b.is_ascii_hexdigit(),
            _ => false,
        },
        Some(b'.' | b'-' | b'/' | b':') => !wordy,
        Some(b',') => !are_thousands(text, end),
        Some(byte) => !byte.is_ascii_alphanumeric(),
        None => true,
    }
}

/// Whether the comma at `comma` parts the thousands of one number, not the cells of a row: a few digits stand before it,
/// and three after it.
fn are_thousands(text: &[u8], comma: usize) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit();
    let before = comma - skip_back(text, comma, 4, digit);
    let after = skip(part(text, 0..comma + 5), comma + 1, digit) - (comma + 1);
    (1..=3).contains(&before) && after == 3
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use fearless_simd::Level;

    use super::super::identifier::Evidence;
    use super::*;

    fn readings(text: &str) -> Vec<(Vec<u8>, usize)> {
        let candidate = Candidate::read(text.as_bytes(), 0);
        candidate.readings().map(|reading| (reading.compact.to_vec(), reading.end)).collect()
    }

    #[test]
    fn groups_are_joined_by_single_separators() {
        assert_eq!(readings("12-3 ab, x"), [(b"123AB".to_vec(), 7), (b"123".to_vec(), 4)]);
        assert_eq!(readings("12  3"), [(b"12".to_vec(), 2)]);
        assert_eq!(readings("12\n3"), [(b"12".to_vec(), 2)]);
        assert_eq!(readings("12_3"), []);
        assert_eq!(readings(&"1".repeat(35)), []);
        assert_eq!(readings("A12(3) x"), [(b"A123".to_vec(), 6), (b"A12".to_vec(), 3)]);
        assert_eq!(readings("A12(3)x"), [(b"A12".to_vec(), 3)]);
        assert_eq!(readings("A(3)"), [(b"A".to_vec(), 1)]);
    }

    #[test]
    fn a_reading_knows_its_digits_and_its_case() {
        let candidate = Candidate::read(b"1A-2b 3", 0);
        let readings = candidate.readings().map(|reading| (reading.digits, reading.has_lower));
        assert_eq!(readings.collect::<Vec<_>>(), [(0b1_0101, true), (0b0101, true)]);
        assert!(
            Candidate::read(b"1A 2b", 0).readings().any(|reading| (reading.digits, reading.has_lower) == (1, false))
        );
    }

    /// Scenario: every row that needs no word near it, as its authority prints it, and in one where nothing has to speak
    /// for it; letters and digits where either may stand.
    /// Guarantees: I1, the outline lets none go.
    #[test]
    fn the_outline_lets_no_row_go() {
        let mut count = 0;
        for entry in (0..=MOST).flat_map(index::unnamed) {
            let is_anywhere = entry.row.evidence == Evidence::Anywhere;
            let forms =
                [Some(entry.row.print).filter(|print| !print.is_empty()), is_anywhere.then_some(entry.row.shape)];
            for (form, either) in forms.into_iter().flatten().flat_map(|form| [(form, "0"), (form, "B")]) {
                let text = form.replace('9', "0").replace('X', either).to_ascii_uppercase();
                let mut block = [b' '; 64];
                block[..text.len()].copy_from_slice(text.as_bytes());
                assert!(may_be_unnamed(&block, 0, &Letters::of(Level::new(), &block)), "{text}");
                count += 1;
            }
        }
        assert!(count > 100, "{count}");
    }

    #[test]
    fn neighbours_that_go_on_are_seen() {
        for (text, start, alone) in
            [("x 1", 2, true), ("x=1", 2, true), ("1.1", 2, false), ("x_1", 2, false), ("a-1", 2, false)]
        {
            assert_eq!(stands_alone(text.as_bytes(), start), alone, "{text}");
        }
        assert!(ends_alone(b"1.", 1) && !ends_alone(b"1.5", 1) && !ends_alone(b"1_", 1));
    }
}
