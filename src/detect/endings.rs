//! Lists of words by how they end: hashes of three letters and of five, and eight bytes at once, let nearly all other
//! words go.
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
    /// The bytes that are compared are the whole word, of letters, which nothing else folds to.
    is_whole: bool,
}

/// Bits of a hash.
const BITS: u32 = 13;

/// How many bytes are compared.
const BYTES: usize = 8;

/// The bit of lower case in each.
const FOLDED: u64 = 0x2020_2020_2020_2020;

impl<const N: usize> Endings<N> {
    /// Of `words` of three bytes and more; any other is nowhere.
    pub(super) const fn of(words: &[&[u8]; N]) -> Self {
        assert!(N < 255);
        let (mut first, mut rows) = ([0; 1 << BITS], [Row { tail: 0, mask: 0, next: 0, is_whole: false }; N]);
        // From the last on, so that the first one comes first.
        let mut words: &[&[u8]] = words;
        while let [others @ .., word] = words {
            assert!(!matches!(word, [.., b'0'..=b'9']), "whoever asks may pass over what ends in a digit");
            let tail = tail(word);
            let missing = BYTES.saturating_sub(word.len()) as u32;
            let mask = !0 << (missing * u8::BITS);
            let (_, heads) = first.split_at_mut(hash(tail));
            let (_, free) = rows.split_at_mut(others.len());
            if let ([head, ..], [row, ..]) = (heads, free)
                && word.len() > 2
            {
                let is_whole = word.len() <= BYTES && is_letters(word);
                *row = Row { tail: tail & mask, mask, next: *head, is_whole };
                *head = words.len() as u8;
            }
            words = others;
        }
        Self { first, rows }
    }

    /// The places in the list of the words that may end at `end`, and whether one is sure to.
    #[inline(always)]
    pub(super) fn before(&self, text: &[u8], end: usize) -> impl Iterator<Item = (usize, bool)> {
        let Tail(last) = Tail::before(text, end);
        let row = |number: u8| {
            let at = usize::from(number).checked_sub(1)?;
            Some((at, self.rows.get(at)?))
        };
        // The table has a place for every hash, so the fallback is never taken and the check is compiled away.
        let first = row(self.first.get(hash(last)).copied().unwrap_or_default());
        core::iter::successors(first, move |(_, last)| row(last.next))
            .filter(move |(_, row)| last & row.mask == row.tail)
            .map(|(at, row)| (at, row.is_whole))
    }
}

/// What of `word` stands behind its last blank.
pub(super) const fn last_word(word: &[u8]) -> &[u8] {
    let (mut last, mut rest) = (word, word);
    while let [byte, others @ ..] = rest {
        rest = others;
        if *byte == b' ' {
            last = others;
        }
    }
    last
}

/// Which of several lists may have a word that ends somewhere: one table for all, which lets most words go at once.
pub(super) struct AnyEnding {
    /// By the hash of three letters: a bit for each list with a short word that ends so, and, [`LONG`] bits higher, one for
    /// each list with a long one.
    ends: [u8; 1 << BITS],
    /// By the hash of the letters of [`LONG_ENDS`]: a bit for each list with a long word that ends so.
    long: [u8; 1 << BITS],
}

/// Where the bits of lists with long words begin.
const LONG: u32 = 4;

/// The bytes that are hashed of a long word: so many words of any text end in the same three letters.
const LONG_ENDS: u64 = !0 << 24;

impl AnyEnding {
    /// Of no list.
    pub(super) const fn none() -> Self {
        Self { ends: [0; 1 << BITS], long: [0; 1 << BITS] }
    }

    /// Of `list` too, which `bit` stands for.
    pub(super) const fn or<const N: usize>(mut self, list: &Endings<N>, bit: u8) -> Self {
        assert!(bit < 1 << LONG);
        let mut rows: &[Row] = &list.rows;
        while let [row, others @ ..] = rows {
            if row.mask & LONG_ENDS == LONG_ENDS {
                add(&mut self.ends, hash(row.tail), bit << LONG);
                add(&mut self.long, long_hash(row.tail), bit);
            } else if row.mask != 0 {
                add(&mut self.ends, hash(row.tail), bit);
            }
            rows = others;
        }
        self
    }

    /// The lists that may have a word that ends so, a bit each.
    #[inline(always)]
    pub(super) fn lists(&self, Tail(tail): Tail) -> u8 {
        let bits = |table: &[u8; 1 << BITS], hash: usize| table.get(hash).copied().unwrap_or_default();
        let (ends, long) = (bits(&self.ends, hash(tail)), bits(&self.long, long_hash(tail)));
        ends & ((1 << LONG) - 1) | ends >> LONG & long
    }
}

const fn add(table: &mut [u8; 1 << BITS], hash: usize, bits: u8) {
    let (_, places) = table.split_at_mut(hash);
    if let [place, ..] = places {
        *place |= bits;
    }
}

/// The last bytes of a text, as [`tail`] has them.
#[derive(Clone, Copy)]
pub(super) struct Tail(u64);

impl Tail {
    /// Of the text before `end`.
    #[inline(always)]
    pub(super) fn before(text: &[u8], end: usize) -> Self {
        let last = text.get(..end).unwrap_or_default();
        Self(last.last_chunk().map_or_else(|| tail(last), |last| u64::from_le_bytes(*last) | FOLDED))
    }

    /// Whether the last byte is a digit, if it is a letter or a digit.
    #[inline(always)]
    pub(super) const fn is_digit(self) -> bool {
        let [.., last] = self.0.to_le_bytes();
        last.is_ascii_digit()
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

const fn is_letters(word: &[u8]) -> bool {
    let mut word = word;
    while let [byte, others @ ..] = word {
        if !byte.is_ascii_alphabetic() {
            return false;
        }
        word = others;
    }
    true
}

/// Of the last three.
#[inline(always)]
const fn hash(tail: u64) -> usize {
    (((tail >> 40) as u32).wrapping_mul(0x9e37_79b1) >> (u32::BITS - BITS)) as usize
}

/// The hash of the letters of [`LONG_ENDS`].
#[inline(always)]
const fn long_hash(tail: u64) -> usize {
    ((tail & LONG_ENDS).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - BITS)) as usize
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn words_are_found_where_they_end() {
        static WORDS: Endings<5> = Endings::of(&[b"api key", b"key", b"authorization", b" pw", b"no"]);
        static ANY: AnyEnding = AnyEnding::none().or(&WORDS, 4);
        for (text, expected) in [
            ("theAPI KEY", &[(0, false), (1, true)][..]),
            ("apikey", &[(1, true)]),
            ("ey", &[]),
            ("Proxy-Authorization", &[(2, false)]),
            ("re-authorization", &[(2, false)]),
            ("pw", &[(3, false)]),
            ("xpw", &[]),
            ("no", &[]),
        ] {
            assert_eq!(WORDS.before(text.as_bytes(), text.len()).collect::<Vec<_>>(), expected, "{text}");
            assert!(ANY.lists(Tail::before(text.as_bytes(), text.len())) == 4 || expected.is_empty(), "{text}");
        }
    }
}
