//! What wakes a detector, and the table of the pass that follows from it.
//!
//! A window is four bytes that end at the place of interest. All windows together become one table of 256 words: lane
//! `p` (16 bits) of the word of byte `b` has the bit of a bucket *cleared* if some window of that bucket admits `b` at
//! place `p`. Stepping `state = (state << 16) | table[b]` over a text leaves, in the top lane, the buckets whose four
//! places admitted the last four bytes: the shift-or algorithm, sixteen rules wide, two cycles a byte, no branch.
//!
//! Buckets admit the product of their windows and may be shared, so a hit is a candidate and no more: every look checks
//! its own bytes. Must not know what the rules look
//! for. Keeps I5: the tables are computed when the crate is built, and a step does the same work for every byte.

use super::registry::{DetectorId, LIST, Rule};

/// How many bytes a window has.
pub(super) const WIDTH: usize = 4;

/// How many buckets one pass tells apart. Groups beyond that share buckets, which costs speed and nothing else.
pub(super) const BUCKETS: usize = 16;

/// A state below this has a hit: the top lane misses at least one bit.
pub(super) const NO_HIT: u64 = 0xffff << 48;

/// The state at the start of a text: as if spaces stood before it, so that a text's first bytes start a word.
pub(super) const START: u64 = {
    let (_, tail) = table().split_at(b' ' as usize);
    let space = if let [space, ..] = tail { *space } else { 0 };
    let mut state = u64::MAX;
    let mut step = 0;
    while step < WIDTH {
        state = (state << 16) | space;
        step += 1;
    }
    // A window that blanks alone could fill would fire before the text; none may exist.
    assert!(state >= NO_HIT);
    state
};

/// The step of every byte.
pub(super) static TABLE: [u64; 256] = table();

/// The detector of every group; group `g` lives in bucket `g % BUCKETS`.
pub(super) static OWNERS: [DetectorId; groups()] = owners();

/// Four bytes in a row that are worth a closer look.
#[derive(Clone, Copy, Debug)]
pub(super) enum Window {
    /// These bytes; shorter ones end the window, and anything may stand before them.
    Exact(&'static [u8]),
    /// These letters in either case, given in lower case.
    Folded(&'static [u8]),
    /// Three digits where a word may start.
    Number,
}

impl Window {
    /// Whether `byte` may stand at `place`.
    const fn admits(self, place: usize, byte: u8) -> bool {
        match self {
            Window::Exact(bytes) => matches(bytes, place, byte),
            Window::Folded(bytes) => matches(bytes, place, byte.to_ascii_lowercase()),
            // The letters may end an escape (`\n`, `%3D`) or a colour.
            Window::Number if place == 0 => {
                !byte.is_ascii_alphanumeric() || matches!(byte, b'D' | b'd' | b'm' | b'n' | b'r' | b't')
            }
            Window::Number => byte.is_ascii_digit(),
        }
    }
}

/// Whether `byte` stands at `place` of a window that ends with `bytes`; before them anything does.
const fn matches(bytes: &[u8], place: usize, byte: u8) -> bool {
    let skipped = WIDTH - bytes.len();
    if place < skipped {
        return true;
    }
    matches!(bytes.split_at(place - skipped), (_, [wanted, ..]) if *wanted == byte)
}

/// How many groups the rules have: one for a rule of tokens, as many as it says for a look of its own.
const fn groups() -> usize {
    let mut count = 0;
    let mut list: &[_] = &LIST;
    while let [detector, rest @ ..] = list {
        count += groups_of(&detector.rule);
        list = rest;
    }
    count
}

const fn groups_of(rule: &Rule) -> usize {
    match rule {
        Rule::Custom { wake, .. } => wake.len(),
        Rule::Identifiers(_) | Rule::Served => 0,
        Rule::Tokens(_) => 1,
    }
}

const fn owners() -> [DetectorId; groups()] {
    let mut owners = [DetectorId::at(0); groups()];
    let mut free: &mut [DetectorId] = &mut owners;
    let mut list: &[_] = &LIST;
    let mut index = 0;
    while let [detector, rest @ ..] = list {
        let mut left = groups_of(&detector.rule);
        while left > 0
            && let [owner, others @ ..] = free
        {
            *owner = DetectorId::at(index);
            free = others;
            left -= 1;
        }
        list = rest;
        index += 1;
    }
    owners
}

const fn table() -> [u64; 256] {
    let mut table = [u64::MAX; 256];
    let mut group = 0;
    let mut list: &[_] = &LIST;
    while let [detector, rest @ ..] = list {
        match &detector.rule {
            Rule::Custom { wake, .. } => {
                let mut wake = *wake;
                while let [windows, others @ ..] = wake {
                    let mut windows = *windows;
                    while let [window, others @ ..] = windows {
                        admit(&mut table, group, *window);
                        windows = others;
                    }
                    group += 1;
                    wake = others;
                }
            }
            Rule::Tokens(tokens) => {
                let mut tokens = *tokens;
                while let [token, others @ ..] = tokens {
                    admit(&mut table, group, token.window());
                    tokens = others;
                }
                group += 1;
            }
            Rule::Identifiers(_) | Rule::Served => {}
        }
        list = rest;
    }
    table
}

/// Clears the bits of `group`'s bucket for every byte that `window` admits.
const fn admit(table: &mut [u64; 256], group: usize, window: Window) {
    let mut bytes: &mut [u64] = table;
    let mut byte = 0;
    while let [word, rest @ ..] = bytes {
        let mut place = 0;
        while place < WIDTH {
            if window.admits(place, byte as u8) {
                *word &= !(1 << (16 * place + group % BUCKETS));
            }
            place += 1;
        }
        bytes = rest;
        byte += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(text: &[u8]) -> usize {
        let mut state = START;
        text.iter()
            .filter(|&&byte| {
                state = (state << 16) | TABLE[usize::from(byte)];
                state < NO_HIT
            })
            .count()
    }

    #[test]
    fn windows_fire_where_they_end_and_nowhere_else() {
        assert_eq!(hits(b"the quick brown fox jumps over the lazy dog"), 0);
        assert_eq!(hits(b"AKIA"), 1);
        assert_eq!(hits(b"PassWord"), 2, "the words pass and word");
        assert_eq!(hits(b"2026"), 1, "once a number");
        assert_eq!(hits(b"a2026"), 0, "a word is no number");
        assert_eq!(hits(b"@"), 1);
    }

    #[test]
    fn every_group_has_a_bucket_of_its_own() {
        assert!(OWNERS.len() <= BUCKETS, "more groups than buckets: correct, but measure the speed");
    }
}
