//! The heads of all tokens as one table, by a hash of their first three bytes.
//!
//! Must not know what follows a head. Computed from the list of detectors when the crate is built.

use super::{Piece, Token};
use crate::detect::registry::{DetectorId, LIST, Rule};

/// A row of the list, and the next one whose head has the same hash.
#[derive(Clone, Copy)]
pub(super) struct Link {
    pub(super) detector: DetectorId,
    /// The token, or nothing where the detector has a look of its own.
    pub(super) token: Option<&'static Token>,
    /// The first eight bytes of its head, and which of them it has.
    head: u64,
    mask: u64,
    next: u16,
}

/// What cannot begin where a head has to.
const NONE: Link = Link { detector: DetectorId::at(0), token: None, head: 0, mask: 0, next: 0 };

/// How many bytes of a head are hashed.
const HASHED: usize = 3;

/// Shorter heads are shapes, and are looked for in long runs only.
const LEAST: usize = 2;

/// The rows whose head says nothing.
pub(super) static SHAPES: [Option<Link>; shapes()] = {
    let mut shapes = [None; shapes()];
    let mut free: &mut [Option<Link>] = &mut shapes;
    let (mut index, mut list): (usize, &[_]) = (0, &LIST);
    while let [detector, others @ ..] = list {
        if let Rule::Tokens(tokens) = detector.rule {
            let mut tokens = tokens;
            while let [token, rest @ ..] = tokens {
                if token.head.len() < LEAST
                    && let [place, places @ ..] = free
                {
                    *place = Some(Link { detector: DetectorId::at(index), token: Some(token), ..NONE });
                    free = places;
                }
                tokens = rest;
            }
        }
        list = others;
        index += 1;
    }
    shapes
};

const fn shapes() -> usize {
    let (mut count, mut list): (usize, &[_]) = (0, &LIST);
    while let [detector, others @ ..] = list {
        if let Rule::Tokens(tokens) = detector.rule {
            let mut tokens = tokens;
            while let [token, rest @ ..] = tokens {
                count += (token.head.len() < LEAST) as usize;
                tokens = rest;
            }
        }
        list = others;
    }
    count
}

/// Bits of a hash.
const BITS: u32 = 13;

/// The first link of each hash; none is zero.
static FIRST: [u16; 1 << BITS] = TABLE.0;

static LINKS: [Link; COUNT] = TABLE.1;

/// How many links there are, with one that is none.
const COUNT: usize = count();

const TABLE: ([u16; 1 << BITS], [Link; COUNT]) = table();

/// Whether a head may start with these bytes.
#[inline(always)]
pub(super) fn may_start(three: [u8; HASHED]) -> bool {
    first(three) != 0
}

/// The rows whose head starts `text`, as far as eight bytes tell.
pub(super) fn links(three: [u8; HASHED], text: &[u8]) -> impl Iterator<Item = &'static Link> {
    let eight = text.first_chunk().map_or_else(|| eight(text).0, |eight| u64::from_le_bytes(*eight));
    let link = |at: u16| LINKS.get(usize::from(at)).filter(|_| at != 0);
    core::iter::successors(link(first(three)), move |last| link(last.next))
        .filter(move |link| eight & link.mask == link.head)
}

#[inline(always)]
fn first(three: [u8; HASHED]) -> u16 {
    // The table has a place for every hash, so the fallback is never taken and the check is compiled away.
    FIRST.get(hash(three)).copied().unwrap_or_default()
}

#[inline(always)]
const fn hash([a, b, c]: [u8; HASHED]) -> usize {
    let word = (a as u32) | ((b as u32) << 8) | ((c as u32) << 16);
    (word.wrapping_mul(0x9e37_79b1) >> (32 - BITS)) as usize
}

const fn table() -> ([u16; 1 << BITS], [Link; COUNT]) {
    let mut first = [0; 1 << BITS];
    let mut links = [NONE; COUNT];
    let mut free = 1;
    let (mut index, mut list): (usize, &[_]) = (0, &LIST);
    while let [detector, others @ ..] = list {
        let id = DetectorId::at(index);
        match &detector.rule {
            Rule::Tokens(tokens) => {
                let mut tokens = *tokens;
                while let [token, rest @ ..] = tokens {
                    free = put(&mut first, &mut links, free, id, Some(token));
                    tokens = rest;
                }
            }
            Rule::Heads { heads, .. } => {
                let mut heads = *heads;
                while let [head, rest @ ..] = heads {
                    free = link(&mut first, &mut links, free, three(head.as_bytes(), 0), (id, None, head));
                    heads = rest;
                }
            }
            _ => {}
        }
        list = others;
        index += 1;
    }
    (first, links)
}

/// A head of two bytes goes under every byte that may follow it.
const fn put(
    first: &mut [u16],
    links: &mut [Link],
    mut free: usize,
    id: DetectorId,
    token: Option<&'static Token>,
) -> usize {
    let Some(row) = token else { return free };
    let head = row.head.as_bytes();
    if head.len() < LEAST {
        return free;
    }
    if head.len() >= HASHED {
        return link(first, links, free, three(head, 0), (id, token, row.head));
    }
    let mut byte = 0;
    while byte < 128 {
        if row.may_follow(byte) {
            free = link(first, links, free, three(head, byte), (id, token, row.head));
        }
        byte += 1;
    }
    free
}

const fn link(
    first: &mut [u16],
    links: &mut [Link],
    free: usize,
    three: [u8; HASHED],
    (detector, token, text): (DetectorId, Option<&'static Token>, &str),
) -> usize {
    let (_, tail) = first.split_at_mut(hash(three));
    let (_, room) = links.split_at_mut(free);
    if let ([slot, ..], [link, ..]) = (tail, room) {
        let (head, mask) = eight(text.as_bytes());
        *link = Link { detector, token, head, mask, next: *slot };
        *slot = free as u16;
    }
    free + 1
}

/// The first eight bytes of a head as a number, and a mask of those that it has.
const fn eight(mut head: &[u8]) -> (u64, u64) {
    let (mut bytes, mut mask, mut shift) = (0, 0, 0);
    while let [byte, rest @ ..] = head
        && shift < u64::BITS
    {
        bytes |= (*byte as u64) << shift;
        mask |= 0xff << shift;
        shift += u8::BITS;
        head = rest;
    }
    (bytes, mask)
}

/// The first three bytes of a head; `byte` follows one of two.
#[expect(clippy::panic, reason = "runs in the compiler, and stops it")]
const fn three(head: &[u8], byte: u8) -> [u8; HASHED] {
    match head {
        [a, b, c, ..] => [*a, *b, *c],
        [a, b] => [*a, *b, byte],
        _ => panic!("a head has two bytes and more"),
    }
}

const fn count() -> usize {
    let mut count = 1;
    let mut list: &[_] = &LIST;
    while let [detector, others @ ..] = list {
        match &detector.rule {
            Rule::Heads { heads, .. } => count += heads.len(),
            Rule::Tokens(tokens) => {
                let mut tokens = *tokens;
                while let [token, rest @ ..] = tokens {
                    count += token.places();
                    tokens = rest;
                }
            }
            _ => {}
        }
        list = others;
    }
    count
}

impl Token {
    /// Whether `byte` may stand behind a head of two bytes.
    const fn may_follow(&self, byte: u8) -> bool {
        match self.body {
            [Piece::Run(alphabet, ..), ..] => alphabet.holds(byte),
            [Piece::Text(text), ..] => matches!(text.as_bytes(), [first, ..] if *first == byte),
            _ => true,
        }
    }

    /// Under how many hashes it goes.
    const fn places(&self) -> usize {
        if self.head.len() >= HASHED || self.head.len() < LEAST {
            return (self.head.len() >= HASHED) as usize;
        }
        let (mut count, mut byte) = (0, 0);
        while byte < 128 {
            count += self.may_follow(byte) as usize;
            byte += 1;
        }
        count
    }
}
