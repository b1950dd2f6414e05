//! The sweep against a reference that asks every place of a text in plain words.
//!
//! Must not know any format: texts are glued of what the detectors say of themselves, of pieces made to be hostile, and of
//! the signs that make events. Holds that vectors, shifts and tables hide no place from a detector that would find
//! something there, and I4: no machine finds what another does not.

#![expect(clippy::string_slice, reason = "a test may fail loudly")]

use alloc::string::String;
use alloc::vec::Vec;

use fearless_simd::Level;

use super::super::DETECTORS;
use super::super::hostile_tests::PIECES;
use super::super::typeset::Plain;
use super::classes::{BLOCK, Classes};
use super::events::{DIGITS, GAP, RUN};
use super::masks::LANES;
use super::*;

/// Every place of a text is asked whether it is an event, and every look looks.
fn scan_everywhere(text: &[u8]) -> Vec<Finding> {
    let mut findings = ask_everywhere(text);
    if let Some(plain) = Plain::of(text) {
        findings.extend(ask_everywhere(plain.text()).iter().filter_map(|finding| plain.place(finding)));
    }
    merge(&mut findings, 0);
    findings
}

fn ask_everywhere(text: &[u8]) -> Vec<Finding> {
    let (all, mut findings) = (Detectors::all(), Vec::new());
    let mut pass = Pass::new(&all, text, &mut findings, false, Work::UNLIMITED);
    pass.begin();
    // What comes after a text is as good as a line feed, and may be what decides.
    for place in 0..=text.len() {
        let at = Place { text, place };
        let starts = at.is(0, word) && !at.is(-1, word);
        let parts = |count: usize| (0..count as isize).all(|offset| at.is(offset, part));
        if starts && parts(RUN) {
            pass.run(place);
        }
        if at.joins() {
            match (0..=GAP as usize).find(|&gap| at.is(-1 - gap as isize, word)) {
                Some(_) if at.is_in_path() => {}
                Some(gap) => pass.name(place - gap),
                None => pass.far_name(place),
            }
        }
        if at.is(0, |byte| b"@~%".contains(&byte)) {
            pass.rare(place);
        }
        let letters = (1..).take_while(|&back| at.is(-back, |byte| byte.is_ascii_alphabetic())).count() as isize;
        if at.is(0, |byte| byte.is_ascii_digit()) && at.stands(-1 - letters, b' ') && at.is(-2 - letters, word) {
            pass.apart(place);
        }
        if !at.in_row(-1) && (0..DIGITS as isize).all(|offset| at.in_row(offset)) {
            pass.digits(place);
        }
        if !at.stands(-5, b'-') && (-4..=0).all(|offset| at.stands(offset, b'-')) {
            pass.row(place);
        }
        if at.joins_groups() {
            pass.colons(place);
        }
        if at.is(0, |byte| byte.is_ascii_alphabetic()) && at.stands(-1, b'-') && !at.is(-2, word) {
            pass.option(place);
        }
        let slashes = at.stands(0, b'/') && at.stands(-1, b'/');
        if slashes && at.is(-2, |byte| byte == b':' || byte.is_ascii_digit()) {
            pass.host(place + 1);
        }
        if (-2..=0).all(|offset| at.stands(offset, b'.')) && !at.stands(-3, b'.') {
            pass.row(place);
        }
        let two = at.is(-1, |byte| b"sySY".contains(&byte)) && at.is(-2, word) && !at.is(-3, word);
        let eight = at.is(-1, |byte| b"dD".contains(&byte)) && [-4, -6, -8].iter().all(|&back| at.is(back, word));
        if at.stands(0, b' ') && (two || eight) {
            pass.verb(place);
        }
    }
    findings
}

/// A place of a text and what stands around it.
#[derive(Clone, Copy)]
struct Place<'a> {
    text: &'a [u8],
    place: usize,
}

impl Place<'_> {
    fn is(self, offset: isize, has: impl Fn(u8) -> bool) -> bool {
        let byte = self.place.checked_add_signed(offset).and_then(|at| self.text.get(at));
        has(byte.copied().unwrap_or(b'\n'))
    }

    fn stands(self, offset: isize, byte: u8) -> bool {
        self.is(offset, |other| other == byte)
    }

    /// Whether a name and a value may be joined here: a sign does that, and a quoted string that follows or is followed.
    fn joins(self) -> bool {
        let gap = |byte: u8| b" ,(".contains(&byte);
        self.is(0, |byte| b"=:>".contains(&byte))
            || self.is(0, quote) && [-1, -2, -4].iter().any(|&offset| self.is(offset, gap))
            || self.is(0, gap) && self.is(-1, quote)
    }

    /// Whether it is the first of two colons with a letter behind them.
    fn is_in_path(self) -> bool {
        self.stands(0, b':') && self.stands(1, b':') && self.is(2, |byte| byte.is_ascii_alphabetic())
    }

    /// Whether a row of digits goes through: a digit, or one sign between two.
    fn in_row(self, offset: isize) -> bool {
        let digit = |offset: isize| self.is(offset, |byte| byte.is_ascii_digit());
        digit(offset) || self.is(offset, |byte| b" -.".contains(&byte)) && digit(offset - 1) && digit(offset + 1)
    }

    /// Whether groups of an address are joined here.
    fn joins_groups(self) -> bool {
        let colon = |offset: isize| self.stands(offset, b':');
        let near = |offset: isize| (1..=5).map(move |back| offset - back).filter(|&at| colon(at));
        let third = colon(0) && near(0).any(|second| near(second).next().is_some());
        let digit = |offset: isize| self.is(offset, |byte| byte.is_ascii_digit());
        let double = colon(-1) && colon(-2) && (digit(0) || digit(-3));
        let dashed = [0, -3, -6, -9].iter().all(|&offset| self.stands(offset, b'-')) && self.is(-4, word);
        let dotted = [0, -5].iter().all(|&offset| self.stands(offset, b'.')) && self.is(-1, word) && self.is(-4, word);
        third || double || dashed || dotted
    }
}

fn word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

fn part(byte: u8) -> bool {
    word(byte) || b"-_.+%~!|$".contains(&byte)
}

fn quote(byte: u8) -> bool {
    b"\"'".contains(&byte)
}

fn scan(text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    Detectors::all().scan(text.as_bytes(), &mut findings);
    findings
}

/// The examples of all detectors as they would stand in a text.
fn examples() -> Vec<String> {
    let all = DETECTORS.iter().flat_map(|detector| detector.examples);
    all.map(|example| example.0.replace(['«', '»'], "")).collect()
}

/// What makes events, what is near to that, and what belongs to none.
const SIGNS: &[&str] = &[
    "\"",
    "'",
    "\\\"",
    "\\'",
    ",",
    "(",
    ")",
    ":",
    "=",
    ">",
    "<",
    " ",
    "  ",
    "\t",
    "\n",
    "\\n",
    "\\u003d",
    "%3D",
    "%3a",
    "%40",
    "%20",
    "-",
    "--",
    "-----",
    ".",
    "..",
    "...",
    "/",
    "//",
    "://",
    "::",
    "0",
    "12",
    "4711",
    "4111111",
    "a",
    "F",
    "fe",
    "FAKE",
    "x",
    "_",
    "+",
    "~",
    "!",
    "|",
    "$",
    "@",
    "%",
    "&",
    ";",
    "[",
    "]",
    "{",
    "}",
    "\u{1b}[32m",
    "é",
    "日本",
    "\u{0}",
    "\u{7f}",
    "`",
    "*",
    "#",
    "?",
    "^",
];

/// Numbers that look drawn and are the same everywhere (Marsaglia, Xorshift RNGs, 2003).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % bound.max(1)
    }

    fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        *list.get(self.below(list.len())).unwrap()
    }

    /// A stretch of `text`, on character boundaries.
    fn stretch<'t>(&mut self, text: &'t str) -> &'t str {
        let (one, other) = (self.below(text.len() + 1), self.below(text.len() + 1));
        &text[text.floor_char_boundary(one.min(other))..text.floor_char_boundary(one.max(other))]
    }

    /// A text of a few pieces. What it begins with moves the rest to the place of a block that `shift` says.
    fn text(&mut self, examples: &[&str], shift: usize) -> String {
        let mut text = String::new();
        while text.len() < shift {
            text.push_str(self.one_of(&[".", " ", "a", "-", "0", "\n", "/", "\"", ":"]));
        }
        for _ in 0..2 + self.below(7) {
            match self.below(8) {
                0 => text.push_str(self.one_of(examples)),
                1 | 2 => {
                    let example = self.one_of(examples);
                    text.push_str(self.stretch(example));
                }
                3 => text.push_str(self.one_of(PIECES)),
                4 => (0..self.below(20)).for_each(|_| text.push(char::from(b' ' + self.below(95) as u8))),
                _ => (0..self.below(12)).for_each(|_| text.push_str(self.one_of(SIGNS))),
            }
        }
        text
    }
}

/// The shortest text that still fails when characters are taken out of `text`: what a person wants to see.
fn shortened(text: &str, fails: impl Fn(&str) -> bool) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let mut width = chars.len() / 2;
    while width > 0 {
        let mut at = 0;
        while at < chars.len() {
            let kept = chars.iter().enumerate().filter(|(place, _)| !(at..at + width).contains(place));
            let shorter: Vec<char> = kept.map(|(_, &char)| char).collect();
            if fails(&shorter.iter().collect::<String>()) {
                chars = shorter;
            } else {
                at += width;
            }
        }
        width /= 2;
    }
    chars.into_iter().collect()
}

/// Fails with the shortest text where the sweep and the reference differ.
fn assert_hides_nothing(text: &str) {
    let differs = |text: &str| {
        let found = scan(text);
        found != scan_everywhere(text.as_bytes()) || Detectors::all().is_clean(text.as_bytes()) != found.is_empty()
    };
    if differs(text) {
        let text = shortened(text, differs);
        let clean = Detectors::all().is_clean(text.as_bytes());
        let (swept, everywhere) = (scan(&text), scan_everywhere(text.as_bytes()));
        panic!("{text:?}: the sweep finds {swept:?}, the reference {everywhere:?}; clean is {clean}");
    }
}

/// The text with so many empty lines around that all of it is read in blocks side by side.
fn amid_blocks(text: &str) -> String {
    ["\n".repeat(BLOCK), text.into(), "\n".repeat(LANES * BLOCK)].concat()
}

/// Scenario: every example with others after it, at every offset into a block.
/// Guarantees: what the sweep finds is what is found place by place.
#[test]
fn examples_are_found_at_every_place_of_a_block() {
    let examples = examples();
    for (index, first) in examples.iter().enumerate() {
        for second in examples.iter().skip(index % 397).step_by(397) {
            let text = [&" .".repeat(index % BLOCK), first, " ", second].concat();
            assert_hides_nothing(&if index % 2 == 0 { text } else { amid_blocks(&text) });
        }
    }
}

/// Scenario: thousands of texts glued of examples, parts of examples, hostile pieces, signs and what is typed by chance,
/// at every offset into a block.
/// Guarantees: what the sweep finds is what is found place by place, and a text is clean where nothing is.
#[test]
fn glued_texts_are_read_as_place_by_place() {
    let examples = examples();
    let examples: Vec<&str> = examples.iter().map(String::as_str).collect();
    for seed in 1..=60 {
        let mut chance = Chance(u64::wrapping_mul(seed, 0x9e37_79b9_7f4a_7c15));
        for shift in 0..BLOCK {
            let text = chance.text(&examples, shift);
            assert_hides_nothing(&if seed % 2 == 0 { text } else { amid_blocks(&text) });
        }
    }
}

/// Scenario: texts in which events wait for each other: of many pieces, as dense as events can be, and with nothing for
/// longer than any may wait.
/// Guarantees: as place by place; what waits is looked at, and where it stands.
#[test]
fn long_texts_are_read_as_place_by_place() {
    let examples = examples();
    let examples: Vec<&str> = examples.iter().map(String::as_str).collect();
    let mut chance = Chance(0x10e6);
    for dense in ["a=", "a-", "a: ", "is ", "a\"", "abcdefgh-bcdefgd ", "\n", " ", "日本 "] {
        for length in [50, 1000, 70_000] {
            let pieces: Vec<String> = (0..20).map(|shift| chance.text(&examples, shift)).collect();
            let secret = "\nAPI_TOKEN=FAKEfake0000abcdFAKEfake0000abcd\n";
            let text = [&pieces.concat(), &dense.repeat(length / dense.len()), secret, &pieces.concat()].concat();
            // The reference has all the time it needs.
            let mut found = Vec::new();
            Detectors::all().scan_to_end(text.as_bytes(), &mut found);
            assert_eq!(found, scan_everywhere(text.as_bytes()), "{dense:?}, {length} bytes of it");
        }
    }
}

/// Scenario: glued texts under every set of vectors that this machine has, from the least that its kind always has.
/// Guarantees: I4, the findings are the same.
#[test]
fn every_level_finds_the_same() {
    let levels = levels();
    let examples = examples();
    let examples: Vec<&str> = examples.iter().map(String::as_str).collect();
    let mut chance = Chance(0x5eed);
    for index in 0..1500 {
        let text = chance.text(&examples, index % BLOCK);
        let text = if index % 2 == 0 { text } else { amid_blocks(&text) };
        let expected = scan(&text);
        for &level in &levels {
            let detectors = Detectors { level, ..Detectors::all() };
            let mut findings = Vec::new();
            detectors.scan(text.as_bytes(), &mut findings);
            assert_eq!(findings, expected, "{text:?} at {level:?}");
            assert_eq!(detectors.is_clean(text.as_bytes()), expected.is_empty(), "{text:?} at {level:?}");
        }
    }
}

/// What a newer machine can do, an older one of its kind cannot: each of them is asked for by itself.
fn levels() -> Vec<Level> {
    let best = Level::new();
    #[cfg(target_arch = "x86_64")]
    let weaker = [
        best.as_sse2().map(Level::Sse2),
        best.as_sse4_2().map(Level::Sse4_2),
        best.as_avx2().map(Level::Avx2),
        best.as_avx512().map(Level::Avx512),
    ];
    #[cfg(not(target_arch = "x86_64"))]
    let weaker: [Option<Level>; 0] = [];
    [Level::baseline(), best].into_iter().chain(weaker.into_iter().flatten()).collect()
}

#[test]
fn a_block_has_no_class_before_a_text() {
    assert_eq!(Classes::default(), Classes::of_bytes(&[b'\n'; BLOCK]));
}

#[test]
fn a_failing_text_is_shown_short() {
    assert_eq!(shortened("aé-b日c-d", |text| text.contains('é') && text.matches('-').count() == 2), "é--");
}
