//! Personal data: numbers that stand for a person, with the checks that tell them from other numbers.
//!
//! A *row* (`identifier`) is a shape over letters and digits, a check and the words that name it; `index` holds all rows
//! by length. Where digits or letters begin that could be one, a `candidate` is read once and held against the rows of
//! its length; `context` says whether a word that names the row stands near. What is no row of letters and digits has a
//! file of its own: addresses (`network`), `phone`, `wallet`, `place`.
//!
//! Must not know how the pass finds the places. Keeps I5: each entry point reads a bounded stretch around its place.

mod africa;
mod alpine;
mod america;
mod asia;
mod asia_west;
mod balkans;
mod baltic;
mod birth;
mod britain;
mod candidate;
pub(super) mod card;
mod context;
mod document;
pub(super) mod email;
mod europe_east;
mod europe_south;
mod europe_west;
mod fold;
mod iban;
mod identifier;
mod index;
mod latin;
mod network;
mod nordic;
mod oceania;
mod phone;
mod place;
mod seed;
mod upi;
mod vocabulary;
mod wallet;
mod whole;

pub(super) use context::Words;
pub(super) use identifier::Identifier;
pub(super) use vocabulary::ENDINGS;
use vocabulary::Kind;

use super::engine::{Letters, Pass};
use super::registry::Detector;
use super::text::{after_escape, any, before, byte, count, inner_start, part, rest, skip, skip_back};
use candidate::{Candidate, Reading, is_amid, is_parted, stands_alone};
use context::{Beginnings, GENERAL, GENERAL_BEGINNINGS, WIDEST, first_bit, is_at};
use index::Outline;

/// The detectors that the entry points below serve.
pub(super) const SHELF: [Detector; COUNT] = {
    let mut shelf = [card::PAYMENT_CARD; COUNT];
    let mut free: &mut [Detector] = &mut shelf;
    let mut shelves = SHELVES;
    while let [some, others @ ..] = shelves {
        let mut some = *some;
        while let [detector, rest @ ..] = some
            && let [place, places @ ..] = free
        {
            *place = *detector;
            free = places;
            some = rest;
        }
        shelves = others;
    }
    shelf
};

const COUNT: usize = {
    let (mut count, mut shelves) = (0, SHELVES);
    while let [some, others @ ..] = shelves {
        count += some.len();
        shelves = others;
    }
    count
};

/// Those that know an identifier by its check before those that go by looks.
const SHELVES: &[&[Detector]] = &[
    iban::SHELF,
    wallet::SHELF,
    network::SHELF,
    britain::SHELF,
    europe_west::SHELF,
    alpine::SHELF,
    nordic::SHELF,
    baltic::SHELF,
    europe_east::SHELF,
    europe_south::SHELF,
    balkans::SHELF,
    america::SHELF,
    latin::SHELF,
    asia::SHELF,
    asia_west::SHELF,
    oceania::SHELF,
    africa::SHELF,
    document::SHELF,
    phone::SHELF,
    place::SHELF,
    birth::SHELF,
    seed::SHELF,
    upi::SHELF,
];

/// Looks at `start`, where at least seven bytes of digits with single separators begin that no digit stands before.
pub(super) fn at_digits(pass: &mut Pass<'_>, start: usize) {
    let text = pass.text;
    let letters = skip_back(text, start, LETTERS + 1, |byte| byte.is_ascii_alphabetic());
    if is_inside(text, letters, start) {
        // The letters may be those of a bank, or of an escape that only mail has.
        birth::at_digits(pass, start);
        return iban::at_digits(pass, start);
    }
    let close = skip(part(text, 0..start + 4), start, |byte| byte.is_ascii_digit());
    if byte(text, close) == Some(b'.') {
        network::at_digits(pass, start);
        place::at_digits(pass, start);
        if is_fraction(text, start, close) && pass.beginnings_near(start..close) == Beginnings::default() {
            return phone::at_digits(pass, start);
        }
    }
    // What is read of it may go farther, and words are looked for behind that. One amid others is not small.
    if !is_parted(text, start)
        && is_small(text, start)
        && pass.beginnings_near(start..start + candidate::REACH) == Beginnings::default()
    {
        return;
    }
    let is_time = is_time(text, start);
    // Of what no word near it may name, little is asked.
    let length = skip(part(text, 0..start + LONGEST_SMALL), start, |byte| byte.is_ascii_digit()) - start;
    let is_epoch = is_time && is_epoch(part(text, start..start + length)) && index::may_be_epoch(length);
    let is_behind = letters < start;
    let is_named = (if is_time { is_epoch } else { !is_behind })
        && pass.may_be_named(start.saturating_sub(AHEAD)..start + candidate::REACH);
    let is_free = !is_time && !is_behind && !is_named;
    pass.pay(if is_free { UNNAMED } else { NUMBER });
    if !is_free {
        birth::at_digits(pass, start);
    }
    iban::at_digits(pass, start);
    if is_time {
        // As many numbers of some authorities look like a time: of those their own name tells.
        if is_epoch && is_named {
            identifiers(pass, start, Asked::ByName);
        }
        return;
    }
    if start - letters <= LETTERS && (!is_free || candidate::may_be_unnamed(text, start, &pass.letters(start))) {
        identifiers(pass, letters, Asked::Anyhow);
    }
    // Letters may be those of an escape, and `%DE` is none before a number of Germany.
    let inner = after_letters_of_escape(text, letters, start);
    if inner != letters && start - inner <= LETTERS {
        identifiers(pass, inner, Asked::Anyhow);
    }
    // A country or a kind before it: `DE 136 695 976`.
    if let Some(gap) = start.checked_sub(1).filter(|&gap| byte(text, gap).is_some_and(|byte| b" -".contains(&byte))) {
        let letters = skip_back(text, gap, LETTERS + 1, |byte| byte.is_ascii_uppercase());
        if (1..=LETTERS).contains(&(gap - letters)) {
            identifiers(pass, letters, Asked::Anyhow);
        }
    }
    if !is_free || phone::may_be_unnamed(text, start) {
        phone::at_digits(pass, start);
    }
}

/// Whether the letters from `letters` to `start` join the number there to digits before them, as in a digest: no number
/// begins there but what ends an account, and a date.
fn is_inside(text: &[u8], letters: usize, start: usize) -> bool {
    letters < start
        && before(text, letters).is_some_and(|byte| byte.is_ascii_digit())
        && !may_follow_escape(text, start)
        && !may_follow_escape(text, letters)
}

fn may_follow_escape(text: &[u8], start: usize) -> bool {
    let tail = part(text, start.saturating_sub(LONGEST_ESCAPE)..start);
    tail.iter().fold(false, |may, &byte| may | matches!(byte, b'\\' | b'%' | b'm'))
}

/// Where the letters from `letters` to `start` begin without those of an escape.
fn after_letters_of_escape(text: &[u8], letters: usize, start: usize) -> usize {
    if letters == start || !may_follow_escape(text, start) {
        return letters;
    }
    if after_escape(text, start) { start } else { inner_start(text, letters).min(start) }
}

/// `\u0000`; what colours end in is told by its last letter.
const LONGEST_ESCAPE: usize = 6;

/// So far before its digits a number may begin, or the month before a day.
const AHEAD: usize = 16;

/// Whether the number at `start` stands by itself, and has too few digits for any identifier that no word names.
fn is_small(text: &[u8], start: usize) -> bool {
    let end = row_end(part(text, 0..start + LONGEST_SMALL), start);
    let digits = count(part(text, start..end).iter().map(u8::is_ascii_digit));
    let goes_on = match (byte(text, end), byte(text, end + 1)) {
        (Some(b' '), Some(next)) => next.is_ascii_uppercase() || next.is_ascii_digit(),
        (Some(sign), Some(next)) if candidate::is_separator(sign) => next.is_ascii_alphanumeric(),
        (Some(next), _) => next.is_ascii_alphanumeric() || next == b'(',
        (None, _) => false,
    };
    // Letters or a sign before it may belong to it, and so may what stands before a blank.
    let follows = match (before(text, start), before(text, start.saturating_sub(1))) {
        (Some(b' ' | b'-' | b'.' | b'/'), Some(last)) => !(last.is_ascii_lowercase() || b",:;=|[\n".contains(&last)),
        (Some(last), _) => last.is_ascii_alphanumeric() || b"+()".contains(&last),
        (None, _) => false,
    };
    // Telephone numbers have groups in brackets, and behind two signs.
    let gap = skip(part(text, 0..end + 2), end, |byte| candidate::is_separator(byte) || b"()".contains(&byte));
    let grouped = gap > end && byte(text, gap).is_some_and(|byte| byte.is_ascii_digit());
    digits < index::FEWEST_UNNAMED && !goes_on && !grouped && !follows
}

/// More than so few digits can be written in.
const LONGEST_SMALL: usize = 24;

/// Whether the number at `start` has a fraction behind the dot at `dot`, and nothing else belongs to it.
fn is_fraction(text: &[u8], start: usize, dot: usize) -> bool {
    let end = skip(part(text, 0..dot + LONGEST_FRACTION), dot + 1, |byte| byte.is_ascii_digit());
    let joined = byte(text, end).is_some_and(|byte| candidate::is_separator(byte) && byte != b' ');
    let goes_on = joined && byte(text, end + 1).is_some_and(|byte| byte.is_ascii_alphanumeric());
    end > dot + FRACTION && !goes_on && !before(text, start).is_some_and(|byte| byte.is_ascii_alphabetic())
}

/// So many digits behind a dot are a fraction, if no word says otherwise: authorities put fewer behind one.
const FRACTION: usize = 6;
const LONGEST_FRACTION: usize = 20;

/// Most letters that a row begins with before its digits.
const LETTERS: usize = 4;

/// Whether a run that starts at `start` may be an identifier: those begin with two capitals and more of them or digits, or
/// as addresses of wallets do.
#[inline(always)]
pub(super) fn may_start(text: &[u8], start: usize) -> bool {
    match part(text, start..start + 4) {
        // No address of a wallet is longer or shorter, nor a number of a vehicle, and none has signs.
        [first @ (b'1'..=b'9' | b'r'), ..] => {
            let is_end = |byte: u8| !byte.is_ascii_alphanumeric();
            let reach = rest(text, start).first_chunk::<40>();
            // Digests go on, and Monero's addresses.
            if reach.is_some_and(|reach| !any(reach, is_end)) {
                return matches!(first, b'4' | b'8');
            }
            let run = skip(part(text, 0..start + 40), start, |byte| !is_end(byte)) - start;
            run == document::VEHICLES || matches!(first, b'1' | b'3' | b'r') && (wallet::LEAST..=35).contains(&run)
        }
        [b'0', b'x', ..] | [b'b', b'c', b'1', ..] | [b'l', b't', b'c', b'1'] | [b't', b'1' | b'3', ..] => true,
        [b'a', b'd', b'd', b'r'] => byte(text, start + 4) == Some(b'1'),
        [b'q' | b'p', ..] if before(text, start) == Some(b':') => wallet::follows_name(text, start),
        [a, b, c, d] => {
            a.is_ascii_uppercase()
                && (b.is_ascii_uppercase()
                    || b.is_ascii_alphanumeric() && matches!(a, b'L' | b'M' | b'D' | b'T' | b'r'))
                && (c.is_ascii_digit() || c.is_ascii_uppercase() || d.is_ascii_digit())
                && (part(text, start..start + SOON).iter().any(u8::is_ascii_digit) || may_be_wallet(text, start))
        }
        _ => false,
    }
}

/// Where an identifier that begins with letters has a digit at last: of a vehicle's number, one of the last four; of an
/// Italian code in which letters stand for digits, one of three before its check.
const SOON: usize = 15;

/// Whether so many letters and digits stand at `start` as the shortest address of a wallet has.
fn may_be_wallet(text: &[u8], start: usize) -> bool {
    let run = rest(text, start).first_chunk::<{ wallet::LEAST }>();
    run.is_some_and(|run| !any(run, |byte| !byte.is_ascii_alphanumeric()))
}

/// Looks at `start`, where a run of at least sixteen letters and digits begins.
pub(super) fn at_run(pass: &mut Pass<'_>, start: usize) {
    wallet::at_run(pass, start);
    iban::at_start(pass, start);
    identifiers(pass, start, Asked::Anyhow);
}

/// Looks at a `:`, `-` or `.` that parts hexadecimal digits, or at two colons in a row.
pub(super) fn at_colons(pass: &mut Pass<'_>, at: usize) {
    network::at_colons(pass, at);
}

/// Looks at the date that starts at `start` and ends at `end`. One that a time follows, or that a line begins with, is
/// when something happened.
pub(super) fn at_date(pass: &mut Pass<'_>, start: usize, end: usize) {
    let stamp = byte(pass.text, end) == Some(b'T') || before(pass.text, start).is_none_or(|byte| byte == b'\n');
    if !stamp {
        birth::at_digits(pass, start);
    }
}

/// Looks around the name that ends at `end`, if a word of [`WORDS`] ends it, but for `number` and the like; or around a month.
#[inline(always)]
pub(super) fn at_name(pass: &mut Pass<'_>, end: usize) {
    match vocabulary::ends(pass.text, end) {
        Some(Kind::Name) => at_word(pass, end),
        Some(Kind::Month) => birth::at_month(pass, end),
        None => {}
    }
}

/// Looks around `end`, where a word of [`WORDS`] ends: for what is too short to be looked at without one.
fn at_word(pass: &mut Pass<'_>, end: usize) {
    pass.pay(4 * READ);
    iban::at_word(pass, end);
    seed::at_word(pass, end);
    let text = pass.text;
    let close = skip(part(text, 0..end.saturating_add(REACH)), end, |byte| byte != b'\n');
    let mut at = skip_back(text, end, REACH, |byte| byte != b'\n');
    while at < close {
        let next = skip(text, at, |byte| byte.is_ascii_alphanumeric());
        let run = part(text, at..next);
        if may_be_identifier(run) {
            pass.pay(READ);
            identifiers(pass, at, Asked::Anyhow);
            iban::at_start(pass, at);
            birth::at_digits(pass, at);
            network::at_word(pass, at, next);
        }
        at = next.max(at + 1);
    }
}

/// Whether an identifier may begin with `run`: one that begins with letters alone begins with a few capitals.
fn may_be_identifier(run: &[u8]) -> bool {
    run.iter().any(u8::is_ascii_digit) || (1..=LETTERS).contains(&run.len()) && run.iter().all(u8::is_ascii_uppercase)
}

/// How far from a word's end its value may begin.
const REACH: usize = 40;

/// Words, folded, behind which short identifiers are looked for.
pub(super) const WORDS: &[&str] = document::WORDS;

/// Looks at a text as a whole: in a short one no sign has to stand between a word and what it names.
pub(super) fn whole(pass: &mut Pass<'_>) {
    let text = pass.text;
    if text.len() > SHORT_TEXT || count(text.iter().map(u8::is_ascii_digit)) < FEWEST_DIGITS {
        return;
    }
    let letters = [0, 64].map(|at| if at < text.len() { pass.letters(at) } else { Letters::default() });
    let digits = Marks(letters.map(|block| block.digit));
    let words = Marks(letters.map(|block| block.lower | block.upper | block.digit));
    walk(pass, &words, &digits);
}

/// A bit for every byte of a short text.
struct Marks([u64; SHORT_TEXT / 64]);

impl Marks {
    /// The first one from `at` on, or the end of the longest text.
    fn next(&self, at: usize) -> usize {
        first_bit(at..SHORT_TEXT, |block| self.block(block)).unwrap_or(SHORT_TEXT)
    }

    /// The first place from `at` on that is none.
    fn gap(&self, at: usize) -> usize {
        first_bit(at..SHORT_TEXT, |block| !self.block(block)).unwrap_or(SHORT_TEXT)
    }

    fn block(&self, block: usize) -> u64 {
        self.0.get(block).copied().unwrap_or_default()
    }
}

/// The longest text that is looked at as a whole.
const SHORT_TEXT: usize = 128;

/// Texts with fewer digits hold no identifier.
const FEWEST_DIGITS: usize = 2;

/// What it takes to look at a number, at one without a word near it, to read the bytes of a candidate, and to hold one
/// reading of it against rows: steps of work.
const NUMBER: usize = 96;
const UNNAMED: usize = 16;
const READ: usize = 32;
const ROWS: usize = 8;

/// What may tell an identifier.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// Its looks or its surroundings.
    Anyhow,
    /// A word that names it and no other.
    ByName,
}

/// Reports the longest identifier that starts at `start` and that its surroundings speak for.
fn identifiers(pass: &mut Pass<'_>, start: usize, asked: Asked) {
    let text = pass.text;
    if !stands_alone(text, start) || !Candidate::has_digit(text, start) {
        return;
    }
    pass.pay(READ);
    let candidate = Candidate::read(text, start);
    let mut known = None;
    for Reading { compact, end, digits, has_lower } in candidate.readings() {
        // No identifier is all letters.
        if digits == 0 {
            return;
        }
        pass.pay(ROWS);
        // Words need not be read for what no row can be.
        if known.is_none() && !index::of_length(compact.len()).iter().any(|entry| entry.may_fit(digits)) {
            continue;
        }
        let near = *known.get_or_insert_with(|| match is_argument(text, start) {
            true => Beginnings::default(),
            false => pass.beginnings_near(start..end),
        });
        // Where no word is near that names anything, most rows need not be asked.
        let rows = match near == Beginnings::default() {
            true => index::unnamed(compact.len()),
            false => index::of_length(compact.len()),
        };
        let anyhow = asked == Asked::Anyhow;
        let general = anyhow && near.meets(GENERAL_BEGINNINGS) && pass.is_near(start..end, GENERAL);
        let (length, is_together) = (compact.len(), end - start == compact.len());
        let outline = Outline { length, digits, has_lower, is_together, is_amid: is_amid(text, start, end) };
        let found = rows.iter().filter(|entry| entry.may_fit(digits)).find(|entry| {
            let row = &entry.row;
            let proven = anyhow && entry.is_proven(&outline, row.is_printed(part(text, start..end)));
            let named = general || near.meets(entry.beginnings);
            (proven || named)
                && row.fits(compact)
                && pass.wants(entry.detector)
                && (proven || general || pass.is_near(start..end, row.words))
        });
        if let Some(entry) = found {
            pass.report(entry.detector, start, end);
            return;
        }
    }
}

/// Whether what starts at `start` is what a sine is taken of: its name is that of a number of Canada, too.
fn is_argument(text: &[u8], start: usize) -> bool {
    part(text, 0..start).ends_with(b"sin(")
}

/// Whether what starts at `start` is a date, a time of day or a time since 1970.
fn is_time(text: &[u8], start: usize) -> bool {
    let digits = |at: usize| skip(part(text, 0..at.saturating_add(20)), at, |byte| byte.is_ascii_digit());
    let year = digits(start);
    let century = matches!(part(text, start..start + 2), [b'1', b'9'] | [b'2', b'0']);
    let dashed = year - start == 4
        && century
        && byte(text, year).is_some_and(|byte| b"-/.".contains(&byte))
        && digits(year + 1) == year + 3
        && byte(text, year) == byte(text, year + 3)
        && digits(year + 4) == year + 6;
    dashed || is_epoch(part(text, start..year)) && byte(text, year) != Some(b' ')
}

/// Whether `digits` are seconds, milliseconds, microseconds or nanoseconds since 1970, of the years 2017 to 2033.
fn is_epoch(digits: &[u8]) -> bool {
    matches!(digits.len(), 10 | 13 | 16 | 19) && matches!(digits, [b'1', b'5'..=b'9', ..])
}

/// Every place of a short text that one of the entry points serves.
fn walk(pass: &mut Pass<'_>, words: &Marks, digits: &Marks) {
    whole::look(pass);
    let text = pass.text;
    // No part of the text has a word that the whole has not. Nothing is paid for what only spares the questions below.
    const { assert!(SHORT_TEXT <= WIDEST) }
    let (is_named, _) = pass.ask_for_word(0..text.len(), WORDS);
    let may_be_named = pass.may_be_named(0..text.len());
    let (mut at, mut digits_until) = (0, 0);
    while at < text.len() {
        let start = words.next(at).min(text.len());
        (at..start).for_each(|other| at_other(pass, other));
        let end = words.gap(start);
        // An escape before it is part of the run: `\n`, `\u003d`.
        let long = (start..start + 6).take_while(|&begin| end >= begin + 16);
        for begin in long.filter(|&begin| begin == start || after_escape(text, begin)) {
            at_run(pass, begin);
        }
        let mut digit = digits.next(start);
        while digit < end {
            if digit >= digits_until {
                let row = row_end(text, digit);
                if row - digit >= 7 {
                    at_digits(pass, digit);
                    digits_until = row;
                }
            }
            digit = digits.next(digits.gap(digit));
        }
        // Here no sign has to stand between a word and what it names.
        if may_be_named && may_be_identifier(part(text, start..end)) {
            identifiers(pass, start, Asked::Anyhow);
        }
        if is_named && end > start && pass.has_word(start..end + 12, WORDS) {
            at_word(pass, end);
        }
        at = end;
    }
}

/// Looks at the byte of a short text at `at`, which is no letter or digit of ASCII.
fn at_other(pass: &mut Pass<'_>, at: usize) {
    match byte(pass.text, at) {
        Some(b':') => at_colons(pass, at),
        Some(b'-' | b'.') if at > 1 => at_colons(pass, at),
        Some(0xc0..) if WORDS.iter().any(|word| !word.is_ascii() && is_at(pass.text, at, word)) => at_word(pass, at),
        _ => {}
    }
}

/// Where the digits with single separators that start at `start` end.
fn row_end(text: &[u8], start: usize) -> usize {
    let mut end = start;
    loop {
        end = skip(text, end, |byte| byte.is_ascii_digit());
        let joined = byte(text, end).is_some_and(candidate::is_separator)
            && byte(text, end + 1).is_some_and(|byte| byte.is_ascii_digit());
        if !joined {
            return end;
        }
        end += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::engine::Detectors;

    /// Scenario: texts up to the longest that is walked over, of runs of all lengths.
    /// Guarantees: I1, no run is passed over where blocks meet.
    #[test]
    fn marks_are_found_one_by_one() {
        for width in 1..=super::SHORT_TEXT {
            let has = |at: usize| (at / width).is_multiple_of(2);
            let block = |from: usize| (from..from + 64).filter(|&at| has(at)).fold(0, |bits, at| bits | 1 << (at % 64));
            let marks = super::Marks([block(0), block(64)]);
            for at in 0..=super::SHORT_TEXT {
                let first = |of: bool| (at..super::SHORT_TEXT).find(|&at| has(at) == of).unwrap_or(super::SHORT_TEXT);
                assert_eq!((marks.next(at), marks.gap(at)), (first(true), first(false)), "{at}, {width}");
            }
        }
    }

    /// Scenario: amid a long text, numbers whose first digit comes as late as it may: of a vehicle with a letter for a
    /// check digit, and of a taxpayer with letters for digits.
    /// Guarantees: I1, a look that is let go by what a run begins with loses none of them.
    #[test]
    fn digits_may_come_late() {
        for (number, detector) in [("WAUDFAFLXANA12345", "vehicle-identification"), ("RSSMRAURTMLH501L", "italy-id")] {
            let text = alloc::format!("{}sold {number} to them", "nothing is in these words. ".repeat(8));
            let mut findings = alloc::vec::Vec::new();
            Detectors::all().scan(text.as_bytes(), &mut findings);
            let [found] = findings[..] else { panic!("{number}: {findings:?}") };
            assert_eq!((text.get(found.start..found.end), found.detector.get().id), (Some(number), detector));
        }
    }
}
