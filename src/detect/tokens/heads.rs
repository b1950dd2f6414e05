//! The heads of all tokens as one table, by a hash of their first three bytes.
//!
//! Must not know what follows a head. Computed from the list of detectors when the crate is built.

use super::{Piece, Token};
use crate::detect::registry::{DetectorId, LIST, Rule};
use crate::detect::text::{Alphabets, Signs};

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

/// How many bytes of a longer head are asked about before it is looked up.
const LONG: usize = HASHED + 1;

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

/// The alphabets of each, as [`Token::alphabets`] says.
pub(super) static ALPHABETS: [[Alphabets; 2]; shapes()] = {
    let mut alphabets = [[Alphabets::NONE; 2]; shapes()];
    let (mut free, mut shapes): (&mut [[Alphabets; 2]], &[_]) = (&mut alphabets, &SHAPES);
    while let ([place, places @ ..], [shape, others @ ..]) = (free, shapes) {
        if let Some(Link { token: Some(token), .. }) = shape {
            *place = token.alphabets();
        }
        (free, shapes) = (places, others);
    }
    alphabets
};

/// The last byte of what stands before shapes and belongs to them.
const LEADS: Signs = {
    let (mut leads, mut shapes): (_, &[_]) = (Signs::of(b""), &SHAPES);
    while let [shape, others @ ..] = shapes {
        if let Some(Link { token: Some(Token { lead: Some(lead), .. }), .. }) = shape
            && let [.., last] = lead.text.as_bytes()
        {
            leads = leads.with(core::slice::from_ref(last));
        }
        shapes = others;
    }
    leads
};

/// Whether `byte` may end what stands before a shape and belongs to it.
pub(in crate::detect) fn may_lead(byte: u8) -> bool {
    LEADS.have(byte)
}

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

/// The links of all heads, by the hash of three bytes.
struct Table {
    /// The first link of each hash; none is zero.
    first: [u16; 1 << BITS],
    links: [Link; COUNT],
    free: usize,
    /// How heads begin that have no more than these bytes, and how all others do.
    short: Beginnings<HASHED>,
    long: Beginnings<LONG>,
}

static FIRST: [u16; 1 << BITS] = TABLE.first;
static LINKS: [Link; COUNT] = TABLE.links;
static SHORT_HEADS: Beginnings<HASHED> = TABLE.short;
static LONG_HEADS: Beginnings<LONG> = TABLE.long;

/// How many links there are, with one that is none.
const COUNT: usize = count();

const TABLE: Table = Table::of_list();

/// Whether a head may start with these bytes: of nearly all words that begin as some head does, one byte more tells.
#[inline(always)]
pub(super) fn may_start(four: [u8; LONG]) -> bool {
    let [a, b, c, _] = four;
    SHORT_HEADS.has([a, b, c]) | LONG_HEADS.has(four)
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
    FIRST.get(hash(three, BITS)).copied().unwrap_or_default()
}

/// Of the first bytes of a word.
#[inline(always)]
const fn hash<const N: usize>(beginning: [u8; N], bits: u32) -> usize {
    let (mut word, mut rest) = (0, beginning.as_slice());
    while let [others @ .., byte] = rest {
        word = word << u8::BITS | *byte as u32;
        rest = others;
    }
    (word.wrapping_mul(0x9e37_79b1) >> (u32::BITS - bits)) as usize
}

/// How words begin, as a set of hashes of `N` bytes.
struct Beginnings<const N: usize>([u64; 1 << (SET_BITS - 6)]);

/// Bits of a hash in a set: so many that few words have the hash of another.
const SET_BITS: u32 = 15;

impl<const N: usize> Beginnings<N> {
    #[inline(always)]
    fn has(&self, beginning: [u8; N]) -> bool {
        let hash = hash(beginning, SET_BITS);
        self.0.get(hash / 64).copied().unwrap_or_default() >> (hash % 64) & 1 == 1
    }

    const fn add(&mut self, beginning: [u8; N]) {
        let hash = hash(beginning, SET_BITS);
        let (_, words) = self.0.split_at_mut(hash / 64);
        if let [word, ..] = words {
            *word |= 1 << (hash % 64);
        }
    }
}

impl Table {
    const fn of_list() -> Self {
        let (short, long) = (Beginnings([0; 1 << (SET_BITS - 6)]), Beginnings([0; 1 << (SET_BITS - 6)]));
        let mut table = Table { first: [0; 1 << BITS], links: [NONE; COUNT], free: 1, short, long };
        let (mut index, mut list): (usize, &[_]) = (0, &LIST);
        while let [detector, others @ ..] = list {
            let id = DetectorId::at(index);
            match &detector.rule {
                Rule::Tokens(tokens) => {
                    let mut tokens = *tokens;
                    while let [token, rest @ ..] = tokens {
                        table.put(id, token);
                        tokens = rest;
                    }
                }
                Rule::Heads { heads, .. } => {
                    let mut heads = *heads;
                    while let [head, rest @ ..] = heads {
                        table.link(three(head.as_bytes(), 0), (id, None, head));
                        heads = rest;
                    }
                }
                _ => {}
            }
            list = others;
            index += 1;
        }
        table
    }

    /// A head of two bytes goes under every byte that may follow it.
    const fn put(&mut self, id: DetectorId, token: &'static Token) {
        let head = token.head.as_bytes();
        if head.len() >= HASHED {
            self.link(three(head, 0), (id, Some(token), token.head));
        } else if head.len() >= LEAST {
            let mut byte = 0;
            while byte < 128 {
                if token.may_follow(byte) {
                    self.link(three(head, byte), (id, Some(token), token.head));
                }
                byte += 1;
            }
        }
    }

    const fn link(&mut self, three: [u8; HASHED], (detector, token, text): (DetectorId, Option<&'static Token>, &str)) {
        match text.as_bytes() {
            [a, b, c, d, ..] => self.long.add([*a, *b, *c, *d]),
            _ => self.short.add(three),
        }
        let (_, tail) = self.first.split_at_mut(hash(three, BITS));
        let (_, room) = self.links.split_at_mut(self.free);
        if let ([slot, ..], [link, ..]) = (tail, room) {
            let (head, mask) = eight(text.as_bytes());
            *link = Link { detector, token, head, mask, next: *slot };
            *slot = self.free as u16;
        }
        self.free += 1;
    }
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
