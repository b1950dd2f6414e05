//! Lists of words by how they end: a hash of three letters, and eight bytes at once, let nearly all other words go.
//!
//! Must not know any word. That one may end somewhere is told where none does, too, but never the other way round.

/// Words, found by their ends.
pub(super) struct Endings<const N: usize> {
    /// The first row, and one, of each hash.
    first: [u8; 1 << BITS],
    rows: [Row; N],
}

/// The last bytes of a word, folded, a mask of those that it has, and the next row, and one, of the same hash.
#[derive(Clone, Copy)]
struct Row {
    tail: u64,
    mask: u64,
    next: u8,
}

/// Bits of a hash.
const BITS: u32 = 12;

/// How many bytes are compared.
const BYTES: usize = 8;

/// The bit of lower case in each.
const FOLDED: u64 = 0x2020_2020_2020_2020;

impl<const N: usize> Endings<N> {
    /// Of `words` of three bytes and more; any other is nowhere.
    pub(super) const fn of(words: &[&[u8]; N]) -> Self {
        assert!(N < 255);
        let (mut first, mut rows) = ([0; 1 << BITS], [Row { tail: 0, mask: 0, next: 0 }; N]);
        // From the last on, so that the first one comes first.
        let mut words: &[&[u8]] = words;
        while let [others @ .., word] = words {
            assert!(!matches!(word, [.., b'0'..=b'9']), "whoever asks may pass over what ends in a digit");
            let tail = tail(word);
            let missing = BYTES.saturating_sub(word.len()) as u32;
            let mask = !0 << (missing * u8::BITS);
            let (_, heads) = first.split_at_mut(hash(last_three(tail)));
            let (_, free) = rows.split_at_mut(others.len());
            if let ([head, ..], [row, ..]) = (heads, free)
                && word.len() > 2
            {
                *row = Row { tail: tail & mask, mask, next: *head };
                *head = words.len() as u8;
            }
            words = others;
        }
        Self { first, rows }
    }

    /// The places in the list of the words that may end at `end`.
    #[inline(always)]
    pub(super) fn before(&self, text: &[u8], end: usize) -> impl Iterator<Item = usize> {
        let last = text.get(..end).unwrap_or_default();
        let last = last.last_chunk().map_or_else(|| tail(last), |last| u64::from_le_bytes(*last) | FOLDED);
        let row = |number: u8| {
            let at = usize::from(number).checked_sub(1)?;
            Some((at, self.rows.get(at)?))
        };
        // The table has a place for every hash, so the fallback is never taken and the check is compiled away.
        let first = row(self.first.get(hash(last_three(last))).copied().unwrap_or_default());
        core::iter::successors(first, move |(_, last)| row(last.next))
            .filter(move |(_, row)| last & row.mask == row.tail)
            .map(|(at, _)| at)
    }
}

/// Whether a word of one of several lists may end somewhere: one table for all, which lets most words go at once.
pub(super) struct AnyEnding([bool; 1 << BITS]);

impl AnyEnding {
    /// Of no list.
    pub(super) const fn none() -> Self {
        Self([false; 1 << BITS])
    }

    /// Of `list` too.
    pub(super) const fn or<const N: usize>(mut self, list: &Endings<N>) -> Self {
        let (mut places, mut rows): (&mut [bool], &[u8]) = (&mut self.0, &list.first);
        while let ([place, others @ ..], [row, rest @ ..]) = (places, rows) {
            *place |= *row != 0;
            (places, rows) = (others, rest);
        }
        self
    }

    /// Whether one may end at `end`.
    #[inline(always)]
    pub(super) fn before(&self, text: &[u8], end: usize) -> bool {
        let last = text.get(..end).unwrap_or_default();
        let last = last
            .last_chunk()
            .map_or_else(|| last_three(tail(last)), |last| (u32::from_le_bytes(*last) | FOLDED as u32) >> 8);
        self.0.get(hash(last)).copied().unwrap_or_default()
    }
}

/// The last bytes as a number, the last one highest, each with the bit that lower case has. What is missing are blanks.
const fn tail(word: &[u8]) -> u64 {
    let (mut tail, mut word, mut shift) = (FOLDED, word, u64::BITS);
    while let [others @ .., byte] = word
        && shift > 0
    {
        shift -= u8::BITS;
        tail |= (*byte as u64) << shift;
        word = others;
    }
    tail
}

/// The last three of the last bytes.
#[inline(always)]
const fn last_three(tail: u64) -> u32 {
    (tail >> 40) as u32
}

#[inline(always)]
const fn hash(last_three: u32) -> usize {
    (last_three.wrapping_mul(0x9e37_79b1) >> (u32::BITS - BITS)) as usize
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn words_are_found_where_they_end() {
        static WORDS: Endings<5> = Endings::of(&[b"api key", b"key", b"authorization", b" pw", b"no"]);
        static ANY: AnyEnding = AnyEnding::none().or(&WORDS);
        for (text, expected) in [
            ("theAPI KEY", &[0, 1][..]),
            ("apikey", &[1]),
            ("ey", &[]),
            ("Proxy-Authorization", &[2]),
            ("re-authorization", &[2]),
            ("pw", &[3]),
            ("xpw", &[]),
            ("no", &[]),
        ] {
            assert_eq!(WORDS.before(text.as_bytes(), text.len()).collect::<Vec<_>>(), expected, "{text}");
            assert!(ANY.before(text.as_bytes(), text.len()) || expected.is_empty(), "{text}");
        }
    }
}
