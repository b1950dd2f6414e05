//! How the words begin that say what a value near them is: all words of all rows and detectors, as tables of bits.
//!
//! Must not know what the words say. Keeps I5: [`KEY`] bytes are read. That a word may begin somewhere is told where none
//! does, too, but never the other way round.

use super::super::endings::{Endings, last_word};
use super::super::registry::{LIST, Rule};
use super::super::text::{before, byte};
use super::context::{GENERAL, SHORT, begins_word, ends_word};
use super::fold::{self, folded};
use super::{birth, card, document, iban, network, phone, place, seed, wallet};

/// The words of detectors without rows.
const SERVED: &[&[&str]] = &[
    GENERAL,
    birth::WORDS,
    card::WORDS,
    document::WORDS,
    iban::ACCOUNT,
    iban::BANK,
    network::HARDWARE,
    network::VERSION,
    network::WORDS,
    phone::WORDS,
    place::WORDS,
    seed::WORDS,
    wallet::WORDS,
];

/// Those that name what may be digits alone, as rows do.
const OF_NUMBERS: &[&[&str]] = &[GENERAL, birth::WORDS, phone::WORDS];

/// How many letters and digits of a word are looked up.
const KEY: usize = 6;

/// The shortest beginning of a word that may go on.
const OPEN: usize = 3;

/// Bits of a hash.
const BITS: u32 = 15;

/// Tells a word that must end from one that may go on.
const CLOSED: u64 = 1 << 63;

/// Whether a word of the vocabulary may begin at `at`.
#[inline]
pub(super) fn may_begin(text: &[u8], at: usize) -> bool {
    if !byte(text, at).is_some_and(|byte| byte.is_ascii_alphabetic() || byte >= 0xc0) {
        return false;
    }
    begins_as(&TRIPLES, text, at) && begins_word(text, at) && is_known(&BEGINNINGS, text, at)
}

/// Those of `places`, a bit for each byte from `from` on, where a word of the vocabulary may begin that begins with the four
/// letters that stand there. A shorter word may not end among them.
#[inline(always)]
pub(super) fn sift(text: &[u8], from: usize, places: u64) -> u64 {
    let (mut sifted, mut places) = (0, places);
    while places != 0 {
        let at = places.trailing_zeros();
        let four = text.get(from + at as usize..).and_then(<[u8]>::first_chunk).copied().unwrap_or_default();
        let hash = hash_of_four(four);
        let bits = FOURS.get(hash >> 6).copied().unwrap_or_default();
        sifted |= (bits >> (hash & 63) & 1) << at;
        places &= places - 1;
    }
    sifted
}

/// Whether the word of the vocabulary that may begin at `at` may be one of a row, a birth or a telephone.
pub(super) fn may_name_number(text: &[u8], at: usize) -> bool {
    begins_as(&TRIPLES_OF_NUMBERS, text, at) && is_known(&BEGINNINGS_OF_NUMBERS, text, at)
}

#[inline(always)]
fn begins_as(triples: &Triples, text: &[u8], at: usize) -> bool {
    let triple = triple(beginning(text, at));
    triples.get(triple >> 6).is_some_and(|bits| bits >> (triple & 63) & 1 == 1)
}

/// What ends a name or stands before a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word of [`document::WORDS`], or one before one of [`document::NUMBERS`].
    Name,
    /// A month.
    Month,
}

/// What ends at `end`.
#[inline(always)]
pub(super) fn ends(text: &[u8], end: usize) -> Option<Kind> {
    ENDINGS.before(text, end).find_map(|(at, _)| ends_with(text, end, at))
}

/// The same of the word at the place `at` of all lists.
#[inline(never)]
fn ends_with(text: &[u8], end: usize, at: usize) -> Option<Kind> {
    let ends = |word: &&str| start_of(text, end, word.as_bytes()).is_some();
    match listed(at) {
        Listed::Name(word) => ends(&word).then_some(Kind::Name),
        Listed::Month(word) => ends(&word).then_some(Kind::Month),
        Listed::Number(word) => {
            let start = start_of(text, end, word.as_bytes())?;
            let end = start - usize::from(before(text, start).is_some_and(is_sign));
            let is_name =
                |at| matches!(listed(at), Listed::Name(word) if start_of(text, end, word.as_bytes()).is_some());
            ENDINGS.before(text, end).any(|(at, _)| is_name(at)).then_some(Kind::Name)
        }
        Listed::Capitals => {
            // Most end in another letter.
            let last = end.checked_sub(1).and_then(|last| folded(text, last));
            let same = |word: &&&str| word.as_bytes().last().copied() == last;
            document::WORDS.iter().filter(same).any(ends).then_some(Kind::Name)
        }
    }
}

/// A word of [`ENDINGS`] and the list that it comes from.
enum Listed {
    Name(&'static str),
    Number(&'static str),
    Month(&'static str),
    Capitals,
}

fn listed(at: usize) -> Listed {
    let (numbers, months) = (document::WORDS.len(), document::WORDS.len() + document::NUMBERS.len());
    let word = |list: &[&'static str], from: usize| at.checked_sub(from).and_then(|at| list.get(at)).copied();
    word(document::WORDS, 0)
        .map(Listed::Name)
        .or_else(|| word(document::NUMBERS, numbers).map(Listed::Number))
        .or_else(|| word(birth::MONTHS, months).map(Listed::Month))
        .unwrap_or(Listed::Capitals)
}

/// How many words may end a name.
const COUNT: usize = document::WORDS.len() + document::NUMBERS.len() + birth::MONTHS.len() + CAPITALS.len();

/// How words of [`document::WORDS`] end in capitals that differ from their letters by more than those of ASCII do.
const CAPITALS: &[&str] = &["ПАСПОРТ", "ΤΑΥΤΌΤΗΤΑ", "ΤΑΥΤΟΤΗΤΑ", "ČÍSLO"];

/// The last words of [`document::WORDS`] and [`document::NUMBERS`], in their order, the months, and [`CAPITALS`].
pub(in crate::detect) static ENDINGS: Endings<COUNT> = {
    let mut words: [&[u8]; COUNT] = [b""; COUNT];
    let (names, others) = words.split_at_mut(document::WORDS.len());
    let (numbers, others) = others.split_at_mut(document::NUMBERS.len());
    let (months, capitals) = others.split_at_mut(birth::MONTHS.len());
    last_words(names, document::WORDS);
    last_words(numbers, document::NUMBERS);
    last_words(months, birth::MONTHS);
    last_words(capitals, CAPITALS);
    Endings::of(&words)
};

const fn last_words(free: &mut [&'static [u8]], words: &[&'static str]) {
    let (mut free, mut words) = (free, words);
    while let ([place, places @ ..], [word, others @ ..]) = (free, words) {
        *place = last_word(word.as_bytes());
        (free, words) = (places, others);
    }
}

/// Where the word that ends at `end` starts. A blank in it stands for any separator, or none.
fn start_of(text: &[u8], end: usize, word: &[u8]) -> Option<usize> {
    let mut at = end;
    for &wanted in word.iter().rev() {
        let last = before(text, at)?;
        match wanted {
            b' ' if is_sign(last) => at -= 1,
            b' ' => {}
            _ if folded(text, at - 1) == Some(wanted) => at -= 1,
            _ => return None,
        }
    }
    begins_word(text, at).then_some(at)
}

/// The first three letters and digits from `at` on, over single signs between them. Capitals beyond ASCII are folded.
#[inline]
pub(super) fn beginning(text: &[u8], at: usize) -> [u8; 3] {
    match text.get(at..).and_then(<[u8]>::first_chunk) {
        Some(bytes) if bytes.is_ascii() => without_signs(*bytes),
        _ => beginning_beyond_ascii(text, at),
    }
}

#[inline(never)]
fn beginning_beyond_ascii(text: &[u8], at: usize) -> [u8; 3] {
    match text.get(at..).and_then(<[u8]>::first_chunk) {
        // Most letters in the text of such a script begin nothing, so the one that is asked for is folded first.
        Some([first @ 0xc3..=0xdf, second, third, _, _]) => {
            let [first, second] = fold::letter(*first, *second);
            let place = if is_sign(*third) { at + 3 } else { at + 2 };
            [first, second, folded(text, place).unwrap_or_default()]
        }
        Some([first @ 0xe0..=0xff, second, third, _, _]) => [*first, *second, *third],
        _ => without_signs([0, 1, 2, 3, 4].map(|place| folded(text, at + place).unwrap_or_default())),
    }
}

/// Three of five bytes, over single signs between them.
#[inline(always)]
fn without_signs([first, second, third, fourth, fifth]: [u8; 5]) -> [u8; 3] {
    match (is_sign(second), is_sign(third), is_sign(fourth)) {
        (false, false, _) => [first, second, third],
        (false, true, _) => [first, second, fourth],
        (true, _, false) => [first, third, fourth],
        (true, _, true) => [first, third, fifth],
    }
}

/// Whether `byte` may stand where a word has a blank.
pub(super) const fn is_sign(byte: u8) -> bool {
    byte.is_ascii() && !byte.is_ascii_alphanumeric()
}

fn is_known(beginnings: &Hashes, text: &[u8], at: usize) -> bool {
    let (mut key, mut length, mut end) = (0, 0, at);
    while length < KEY {
        let Some(next) = folded(text, end) else { return false };
        end += 1;
        if is_sign(next) {
            if byte(text, end).is_none_or(is_sign) {
                return false;
            }
            continue;
        }
        key = longer(key, next, length);
        length += 1;
        let closes = length <= SHORT && ends_word(text, end);
        if length >= OPEN && has(beginnings, key) || closes && has(beginnings, key | CLOSED) {
            return true;
        }
    }
    false
}

fn has(beginnings: &Hashes, key: u64) -> bool {
    let hash = hash(key);
    beginnings.get(hash >> 6).is_some_and(|bits| bits >> (hash & 63) & 1 == 1)
}

/// `key` with one byte more, which is folded.
const fn longer(key: u64, next: u8, place: usize) -> u64 {
    key | (next as u64) << (8 * place)
}

const fn hash(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - BITS)) as usize
}

/// Three bytes in fifteen bits, letters folded.
const fn triple([a, b, c]: [u8; 3]) -> usize {
    (a as usize & 31) << 10 | (b as usize & 31) << 5 | c as usize & 31
}

/// A set of hashes.
type Hashes = [u64; 1 << (BITS - 6)];

static BEGINNINGS: Hashes = {
    let mut bits = [0; 1 << (BITS - 6)];
    each_word(&mut bits, SERVED, Key::Whole);
    bits
};

static BEGINNINGS_OF_NUMBERS: Hashes = {
    let mut bits = [0; 1 << (BITS - 6)];
    each_word(&mut bits, OF_NUMBERS, Key::Whole);
    bits
};

/// The hash of four letters.
#[inline(always)]
const fn hash_of_four(letters: [u8; 4]) -> usize {
    ((u32::from_le_bytes(letters) | 0x2020_2020).wrapping_mul(0x9e37_79b1) >> (u32::BITS - BITS)) as usize
}

/// How words of four letters and more begin.
static FOURS: Hashes = {
    let mut bits = [0; 1 << (BITS - 6)];
    each_word(&mut bits, SERVED, Key::Four);
    bits
};

/// A bit for every three bytes.
type Triples = [u64; 1 << 9];

static TRIPLES: Triples = {
    let mut bits = [0; 1 << 9];
    each_word(&mut bits, SERVED, Key::Three);
    bits
};

static TRIPLES_OF_NUMBERS: Triples = {
    let mut bits = [0; 1 << 9];
    each_word(&mut bits, OF_NUMBERS, Key::Three);
    bits
};

/// By how many letters words are looked up in a table.
#[derive(Clone, Copy)]
enum Key {
    Three,
    Four,
    /// [`KEY`], or all of a shorter one.
    Whole,
}

/// Sets the bit of every word of `lists` and of all rows in one of the tables.
const fn each_word(bits: &mut [u64], lists: &[&[&str]], by: Key) {
    let mut lists = lists;
    while let [words, others @ ..] = lists {
        add(bits, words, by);
        lists = others;
    }
    let mut list: &[_] = &LIST;
    while let [detector, others @ ..] = list {
        if let Rule::Identifiers(rows) = detector.rule {
            let mut rows = rows;
            while let [row, rest @ ..] = rows {
                add(bits, row.words, by);
                rows = rest;
            }
        }
        list = others;
    }
}

const fn add(bits: &mut [u64], words: &[&str], by: Key) {
    let mut words = words;
    while let [word, others @ ..] = words {
        let (letters, length, has_signs) = squeezed(word.as_bytes());
        match (by, letters) {
            (Key::Four, [.., 0, _, _]) => {}
            (Key::Four, [a, b, c, d, ..]) => set(bits, hash_of_four([a, b, c, d])),
            (Key::Three, [a, b, 0, ..]) => {
                // Anything may follow it.
                let mut third = 0;
                while third < 32 {
                    set(bits, triple([a, b, third]));
                    third += 1;
                }
            }
            (Key::Three, [a, b, c, ..]) => set(bits, triple([a, b, c])),
            (Key::Whole, _) => {
                let goes_on = word.len() > SHORT || has_signs || !word.is_ascii();
                let closed = if goes_on && length >= OPEN { 0 } else { CLOSED };
                set(bits, hash(key(letters) | closed));
            }
        }
        words = others;
    }
}

/// The first letters and digits of a word, how many they are, and whether it has anything else.
pub(super) const fn squeezed(word: &[u8]) -> ([u8; KEY], usize, bool) {
    let (mut letters, mut length, mut has_signs, mut word) = ([0; KEY], 0, false, word);
    while let [next, rest @ ..] = word {
        if is_sign(*next) {
            has_signs = true;
        } else if let (_, [letter, ..]) = letters.split_at_mut(length) {
            *letter = *next;
            length += 1;
        }
        word = rest;
    }
    assert!(length > 1, "a word of one letter would be everywhere");
    (letters, length, has_signs)
}

const fn key(letters: [u8; KEY]) -> u64 {
    let (mut key, mut place, mut letters): (u64, usize, &[u8]) = (0, 0, &letters);
    while let [letter, rest @ ..] = letters {
        key = longer(key, *letter, place);
        place += 1;
        letters = rest;
    }
    key
}

const fn set(bits: &mut [u64], bit: usize) {
    let (_, tail) = bits.split_at_mut(bit >> 6);
    if let [slot, ..] = tail {
        *slot |= 1 << (bit & 63);
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};

    use super::*;

    #[test]
    fn every_word_is_known_in_every_spelling() {
        let rows = crate::detect::DETECTORS.iter().filter_map(|detector| match detector.rule {
            Rule::Identifiers(rows) => Some(rows.iter().map(|row| row.words)),
            _ => None,
        });
        for word in rows.flatten().chain(SERVED.iter().copied()).flatten() {
            let is_folded = |at| folded(word.as_bytes(), at) == byte(word.as_bytes(), at);
            assert!((0..word.len()).all(is_folded), "{word}");
            for text in [word.to_string(), capitals(word), word.replace(' ', "_"), word.replace(' ', "")] {
                for (before, after) in [("", ""), ("my ", ":"), ("x\\n", "_no"), ("{\"", "\":")] {
                    let whole = alloc::format!("{before}{text}{after}");
                    assert!(may_begin(whole.as_bytes(), before.len()), "{whole}");
                }
            }
            if word.is_ascii() {
                let (first, rest) = word.split_at(1);
                let whole = alloc::format!("user{}{rest}Id", first.to_ascii_uppercase());
                assert!(may_begin(whole.as_bytes(), 4), "{whole}");
            }
        }
    }

    /// In the scripts that are folded.
    fn capitals(word: &str) -> String {
        let known = |letter| matches!(letter, '\0'..='\u{17e}' | '\u{386}'..='\u{3ce}' | '\u{400}'..='\u{4bf}');
        if word.chars().all(known) { word.to_uppercase() } else { word.to_ascii_uppercase() }
    }

    #[test]
    fn every_name_is_known_in_capitals() {
        for word in document::WORDS.iter().filter(|word| last_word(word.as_bytes()).len() > 2) {
            for text in [word.to_string(), capitals(word)] {
                assert_eq!(ends(text.as_bytes(), text.len()), Some(Kind::Name), "{text}");
            }
        }
    }

    #[test]
    fn other_words_are_not() {
        let text = b"request took=13 method=GET path=/v1/logs status=200 server::http";
        assert!((0..text.len()).all(|at| !may_begin(text, at)));
        assert!(!may_begin(b"xphone", 1) && !may_begin(b"1phone", 1) && may_begin(b"1 phone", 2));
    }
}
