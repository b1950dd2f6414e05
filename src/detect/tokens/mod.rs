//! Tokens that a vendor marks with a fixed beginning: a row each, on a shelf for each kind of vendor.
//!
//! A row is the head and the pieces that follow it, as the vendor publishes them. Vendors' checksums are not asked for: a
//! made-up token in a log is as much in the wrong place, and nobody can tell it from a revoked one. What is asked for is
//! that the body looks made by a machine, for documentation is full of heads followed by `xxxx`.
//!
//! Must not know how the pass finds the heads. Keeps I5: pieces are read once, front to back, without going back; a run
//! without an upper bound is read through the pass, which remembers its end.

use super::engine::Pass;
use super::marker::is_cut;
use super::names::is_worded;
use super::registry::{DetectorId, Rule};
use super::text::{
    Alphabet, Alphabets, before, byte, ends_sentence, exact_at, folded_before, is_filler, judged, looks_made, part,
    rest, skip_back, starts_word,
};

pub(super) mod agents;
pub(super) mod ai;
pub(super) mod bank;
pub(super) mod build;
pub(super) mod chat;
pub(super) mod cloud;
pub(super) mod cms;
pub(super) mod code;
pub(super) mod crypto;
pub(super) mod data;
pub(super) mod hash;
mod heads;
pub(super) mod hook;
pub(super) mod hosting;
pub(super) mod identity;
pub(super) mod infra;
pub(super) mod mail;
pub(super) mod media;
pub(super) mod packages;
pub(super) mod pay;
pub(super) mod people;
pub(super) mod saas;
pub(super) mod shaped;
pub(super) mod shop;
pub(super) mod short;
pub(super) mod social;
pub(super) mod tools;
pub(super) mod vault;
pub(super) mod watch;

pub(super) use self::heads::may_lead;

/// A head and what follows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    head: &'static str,
    body: &'static [Piece],
    /// Whether any body counts, one that repeats itself too.
    any: bool,
    /// What stands before the head and belongs to the token.
    lead: Option<Lead>,
}

/// A run, of so many bytes and no more, and a text: what stands before the head of a token.
#[derive(Clone, Copy, Debug)]
struct Lead {
    alphabet: Alphabet,
    least: usize,
    most: usize,
    text: &'static str,
}

/// A part of a token's body.
#[derive(Clone, Copy, Debug)]
pub(super) enum Piece {
    /// Bytes of an alphabet, as many as there are: at least the first number, at most the second. The last piece of a
    /// token ends where its alphabet does, so that a longer run is no token.
    Run(Alphabet, usize, usize),
    /// These bytes.
    Text(&'static str),
    /// One of these, the first that stands there.
    OneOf(&'static [&'static str]),
}

/// No upper bound.
pub(super) const ANY: usize = usize::MAX;

/// Exactly so many bytes of an alphabet.
pub(super) const fn exactly(alphabet: Alphabet, count: usize) -> Piece {
    Piece::Run(alphabet, count, count)
}

/// At least so many bytes of an alphabet.
pub(super) const fn at_least(alphabet: Alphabet, count: usize) -> Piece {
    Piece::Run(alphabet, count, ANY)
}

/// From `least` to `most` bytes of an alphabet.
pub(super) const fn between(alphabet: Alphabet, least: usize, most: usize) -> Piece {
    Piece::Run(alphabet, least, most)
}

/// The padding of base64, which many leave out and others escape: in URLs, in JSON, in properties of Java.
pub(super) const PADDING: Piece = Piece::OneOf(&[
    "==",
    "%3D%3D",
    "%3d%3d",
    "\\u003d\\u003d",
    "\\u003D\\u003D",
    "\\=\\=",
    "=",
    "%3D",
    "%3d",
    "\\u003d",
    "\\u003D",
    "\\=",
    "",
]);

/// An equals sign inside a token, or its escape.
pub(super) const EQUALS: Piece = Piece::OneOf(&["=", "%3D", "%3d", "\\u003d", "\\u003D", "\\x3d", "\\x3D", "\\="]);

/// A token that starts with `head`, in this case, and goes on with `body`.
pub(super) const fn token(head: &'static str, body: &'static [Piece]) -> Token {
    Token { head, body, any: false, lead: None }
}

/// Tokens that start with one of `heads` and all go on with `body`.
pub(super) const fn tokens<const N: usize>(heads: [&'static str; N], body: &'static [Piece]) -> [Token; N] {
    let mut rows = [token("", body); N];
    let mut free: &mut [Token] = &mut rows;
    let mut heads: &[_] = &heads;
    while let ([row, others @ ..], [head, rest @ ..]) = (free, heads) {
        row.head = head;
        free = others;
        heads = rest;
    }
    rows
}

impl Token {
    /// The same with any body: for heads that nothing else begins with.
    pub(super) const fn any_body(mut self) -> Self {
        self.any = true;
        self
    }

    /// The same after a run of `alphabet`, of `least` to `most` bytes, and `text`, which are part of the token.
    pub(super) const fn after(mut self, alphabet: Alphabet, least: usize, most: usize, text: &'static str) -> Self {
        self.lead = Some(Lead { alphabet, least, most, text });
        self
    }

    /// The alphabets that the first [`SHORT`] and the first [`ROW`] bytes of it are of.
    const fn alphabets(&self) -> [Alphabets; 2] {
        match self.body {
            [Piece::Run(alphabet, least, _), ..] if self.head.is_empty() => match *least {
                ..SHORT => [Alphabets::NONE; 2],
                SHORT..ROW => [Alphabets::one(*alphabet), Alphabets::NONE],
                ROW.. => [Alphabets::one(*alphabet); 2],
            },
            _ => [Alphabets::NONE; 2],
        }
    }

    /// Whether it may begin at `start`, but for its alphabets, which are asked before.
    fn may_start(&self, text: &[u8], start: usize) -> bool {
        // Where the run has one length, what follows has one place.
        let goes_on = match self.body {
            [Piece::Run(_, least, most), Piece::Text(next), ..] if self.head.is_empty() && least == most => {
                byte(text, start + least) == next.bytes().next()
            }
            _ => true,
        };
        goes_on && exact_at(text, start, self.head.as_bytes())
    }

    /// Reports the token that starts at `start`, if one does.
    fn look(&self, pass: &mut Pass<'_>, detector: DetectorId, start: usize) {
        if !exact_at(pass.text, start, self.head.as_bytes()) || !starts_word(pass.text, start) {
            return;
        }
        // Most runs that a shape could begin are let go by what stands before them.
        if self.lead.is_some_and(|lead| !part(pass.text, 0..start).ends_with(lead.text.as_bytes())) {
            return;
        }
        let body = start + self.head.len();
        let close = match self.end(pass, start) {
            Ok(close) if self.any => close,
            Ok(close) if looks_made(part(pass.text, body..close)) && !is_sample(pass.text, body, close) => close,
            Err(close) if close > body && !self.head.is_empty() && is_cut(pass.text, close) => close,
            _ => return,
        };
        let first = match self.lead {
            Some(lead) => lead.start(pass.text, start),
            None => Some(start),
        };
        if let Some(first) = first
            && ends_word(pass.text, close)
        {
            pass.report(detector, first, close);
        }
    }

    /// Where the token that starts at `start` ends. `Err` where the text goes on differently, with the place.
    fn end(&self, pass: &mut Pass<'_>, start: usize) -> Result<usize, usize> {
        let mut at = start + self.head.len();
        for (index, piece) in self.body.iter().enumerate() {
            at = match *piece {
                Piece::Text(text) if exact_at(pass.text, at, text.as_bytes()) => at + text.len(),
                Piece::Text(_) => return Err(at),
                Piece::OneOf(texts) => match texts.iter().find(|text| exact_at(pass.text, at, text.as_bytes())) {
                    Some(text) => at + text.len(),
                    None => return Err(at),
                },
                Piece::Run(alphabet, least, ANY) => {
                    let end = pass.run_end(alphabet, at);
                    if end - at < least {
                        return Err(end);
                    }
                    end
                }
                Piece::Run(alphabet, least, most) => {
                    let last = index + 1 == self.body.len();
                    let reach = part(pass.text, at..at.saturating_add(most).saturating_add(usize::from(last)));
                    let length = reach.iter().take_while(|&&byte| alphabet.has(byte)).count();
                    // Where a sentence ends, its full stop is none of the token.
                    let length = length - usize::from(length > most && ends_sentence(pass.text, at + most));
                    if length < least || length > most {
                        return Err(at + length);
                    }
                    at + length
                }
            };
        }
        Ok(at)
    }
}

impl Lead {
    /// Where it starts if it ends at `end`. It may follow a word: an address puts `bot` before a bot's token.
    fn start(self, text: &[u8], end: usize) -> Option<usize> {
        let stop = end.checked_sub(self.text.len())?;
        let reach = skip_back(text, stop, self.most.saturating_add(1), |byte| self.alphabet.has(byte));
        // The letter of `\n` is none of it.
        let letter = reach < stop && byte(text, reach).is_some_and(|byte| byte.is_ascii_alphanumeric());
        let start = reach + usize::from(letter && before(text, reach) == Some(b'\\'));
        let fits = stop.checked_sub(start).is_some_and(|length| (self.least..=self.most).contains(&length));
        (fits && exact_at(text, stop, self.text.as_bytes())).then_some(start)
    }
}

/// Whether a head may start at `start`.
#[inline(always)]
pub(super) fn may_start(text: &[u8], start: usize) -> bool {
    match rest(text, start).first_chunk() {
        Some(four) => heads::may_start(*four),
        None => heads_at(text, start).is_some(),
    }
}

/// Looks for every token that may start at `start`.
#[inline(never)]
pub(super) fn look(pass: &mut Pass<'_>, start: usize) {
    let Some(three) = heads_at(pass.text, start) else { return };
    for link in heads::links(three, rest(pass.text, start)) {
        match link.token {
            Some(row) => row.look(pass, link.detector, start),
            None => look_of(pass, link.detector, start),
        }
    }
}

/// Looks for every token without a head that may start at `start`, where a long run does.
pub(super) fn look_shapes(pass: &mut Pass<'_>, start: usize) {
    if !starts_word(pass.text, start) {
        return;
    }
    let [short, long] = [SHORT, ROW].map(|length| Alphabet::of_all(part(pass.text, start..start + length)));
    for (link, &[of_short, of_long]) in heads::SHAPES.iter().zip(&heads::ALPHABETS) {
        if short.contain_all(of_short)
            && long.contain_all(of_long)
            && let Some(heads::Link { detector, token: Some(row), .. }) = link
            && row.may_start(pass.text, start)
        {
            row.look(pass, *detector, start);
        }
    }
}

/// How much of a long run is asked for the alphabets it is in, before a short piece of it and before a long one.
const SHORT: usize = 4;
const ROW: usize = 32;

/// A head that has a look of its own.
fn look_of(pass: &mut Pass<'_>, detector: DetectorId, start: usize) {
    if let Rule::Heads { look, .. } = detector.get().rule
        && pass.wants(detector)
    {
        look(pass, detector, start);
    }
}

/// Whether the body at `start..end` says what should stand there (`SomeAccessTokenHere`, `value_of_the_thing`), is a filler
/// or goes on with one, or is the name of a file of the web.
fn is_sample(text: &[u8], start: usize, end: usize) -> bool {
    let after = part(text, end..end + LONGEST_NAME);
    let filled = FILLERS.iter().any(|filler| after.starts_with(filler));
    let file = FILES
        .iter()
        .any(|name| after.starts_with(name) && !after.get(name.len()).is_some_and(|byte| byte.is_ascii_alphanumeric()));
    let body = part(text, start..end);
    let digits = judged(body).iter().filter(|byte| byte.is_ascii_digit()).count();
    let told = digits <= 1 && body.len() >= 8 && END_OF_SAMPLES.iter().any(|word| ends_in(body, word));
    filled || file || told || is_filler(judged(body), 9) || is_worded(judged(body))
}

const LONGEST_NAME: usize = 8;

const FILLERS: [&[u8]; 3] = [b"####", b"****", b"-####"];

/// What the names of files of the web end in, which tell their contents by a hash.
const FILES: [&[u8]; 8] = [b".png", b".jpg", b".gif", b".svg", b".css", b".js", b".html", b".woff"];

/// What texts end in that stand where a token would.
const END_OF_SAMPLES: [&[u8]; 3] = [b"here", b"placeholder", b"changeme"];

fn ends_in(body: &[u8], word: &[u8]) -> bool {
    folded_before(body, body.len(), word).is_some()
}

fn heads_at(text: &[u8], start: usize) -> Option<[u8; 3]> {
    text.get(start..)?.first_chunk().copied()
}

/// Whether no word goes on at `end`.
fn ends_word(text: &[u8], end: usize) -> bool {
    text.get(end).is_none_or(|byte| !byte.is_ascii_alphanumeric())
}
