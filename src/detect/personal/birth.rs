//! Dates of birth: a date behind a word that says so.
//!
//! Must not know calendars beyond days and months. Keeps I5: a date is read up to a few dozen bytes.

use super::super::check::weighted::{is_day, is_living, number};
use super::super::engine::Pass;
use super::super::registry::id;
use super::super::registry::{Detector, DetectorId, Example, Group, Rule};
use super::super::text::{before, byte, folded_at, part, rest, skip, skip_back};
use super::fold::folded;

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[DATE_OF_BIRTH];

const DATE_OF_BIRTH: Detector = Detector {
    id: "date-of-birth",
    group: Group::Personal,
    about: "dates of birth that are called so",
    source: "ISO 8601 and the customary orders of day, month and year",
    examples: &[
        Example("dob=3D«29.02.1980» born"),
        Example("born «1980-02-29»."),
        Example("DOB: «02/29/1980»"),
        Example("\"dateOfBirth\": \"«29.02.1980»\""),
        Example("birthday «19800229»"),
        Example("born «12 March 1985», DOB: «March 12, 1985», was born on «2nd of Sept. 1985»"),
        Example(
            "geboren am «12. März 1985», nacimiento: «12 de marzo de 1985», né: date de naissance «1 février 1985»",
        ),
        Example("date of birth: «12-Mar-1985»"),
        Example("nacido el «14 de marzo de 1982», doğum tarihi: «29.02.1980», תאריך לידה: «29/02/1980»"),
        Example("生年月日：«1980年2月29日», 出生日期: «1980年02月29日»"),
        Example("created 1980-02-29, 1980年2月29日"),
        Example("born 1980-13-29"),
        Example("released 12 March 1985, on March 12, 1985"),
        Example("born 12 marches 1985 and 32 March 1985 and 12 March 19850"),
    ],
    rule: Rule::Served,
};

/// How far before a date the word may stand.
const BEFORE: usize = 32;

pub(super) const WORDS: &[&str] = &[
    "dob",
    "d.o.b",
    "birth",
    "born",
    "birthday",
    "birthdate",
    "date of birth",
    "dateofbirth",
    "geboren",
    "geburt",
    "geb",
    "fecha de nacimiento",
    "nacimiento",
    "nascimento",
    "naissance",
    "née",
    "nascita",
    "nato",
    "geboortedatum",
    "födelse",
    "fodelse",
    "fødsels",
    "fodsels",
    "syntym",
    "urodzen",
    "narozen",
    "生年月日",
    "出生",
    "생년월일",
    "рождения",
    "תאריך לידה",
    "doğum",
    "nacido",
    "nacida",
];

/// The months in words: English, and what is different in German, French and Spanish.
pub(super) const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "januar",
    "februar",
    "märz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "janvier",
    "février",
    "fevrier",
    "mars",
    "avril",
    "juin",
    "juillet",
    "août",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    "decembre",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

/// The months in few letters.
const SHORT_MONTHS: &[&str] =
    &["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "okt", "nov", "dec", "dez"];

/// The date whose digits start at `start`; if its month is a word, the day.
pub(super) fn at_digits(pass: &mut Pass<'_>, start: usize) {
    const ID: DetectorId = id("date-of-birth");
    let text = pass.text;
    if pass.wants(ID)
        && let Some((begin, end)) = date_end(text, start).map(|end| (start, end)).or_else(|| in_words(text, start))
        && pass.has_word(begin.saturating_sub(BEFORE)..begin, WORDS)
    {
        pass.report(ID, begin, end);
    }
}

/// The date whose month ends at `end`, before a day or a year.
pub(super) fn at_month(pass: &mut Pass<'_>, end: usize) {
    let text = pass.text;
    let close = skip(part(text, 0..end + 6), end + 1, |byte| byte.is_ascii_digit());
    if close - end < 4 {
        return at_digits(pass, end + 1);
    }
    let month = skip_back(text, end, LONGEST, is_letter);
    // `12th of`, `12 de`, `12.` and the like.
    let day = skip_back(text, month, GAP, |byte| !byte.is_ascii_digit());
    let start = skip_back(text, day, 2, |byte| byte.is_ascii_digit());
    at_digits(pass, start);
}

/// The longest month, and the longest gap between the day and the month.
const LONGEST: usize = 12;
const GAP: usize = 6;

/// The date with a month in words whose day starts at `start`, before the month or after it.
fn in_words(text: &[u8], start: usize) -> Option<(usize, usize)> {
    let close = skip(part(text, 0..start + 3), start, |byte| byte.is_ascii_digit());
    let day = number(text, start, close);
    if !(1..=2).contains(&(close - start)) || !(1..=31).contains(&day) {
        return None;
    }
    let suffixed = [b"st", b"nd", b"rd", b"th"].iter().any(|suffix| folded_at(text, close, *suffix));
    let after = if suffixed { close + 2 } else { close };
    // `12 March 1985`
    let month = gap_end(text, after);
    let month_end = skip(part(text, 0..month + LONGEST), month, is_letter);
    if is_month(text, month, month_end) {
        return year_end(text, gap_end(text, month_end)).map(|end| (start, end));
    }
    // `March 12, 1985`
    let month_end = start.checked_sub(1).filter(|_| before(text, start).is_some_and(is_gap))?;
    let month_end = if before(text, month_end) == Some(b'.') { month_end - 1 } else { month_end };
    let month = skip_back(text, month_end, LONGEST, is_letter);
    if !is_month(text, month, month_end) {
        return None;
    }
    year_end(text, gap_end(text, after)).map(|end| (month, end))
}

/// Where the year that starts at `start` ends.
fn year_end(text: &[u8], start: usize) -> Option<usize> {
    let end = skip(part(text, 0..start + 5), start, |byte| byte.is_ascii_digit());
    let goes_on = byte(text, end).is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (end - start == 4 && is_living(number(text, start, end)) && !goes_on).then_some(end)
}

/// Where what parts two parts of a date ends: signs, and `of` in a few languages.
fn gap_end(text: &[u8], at: usize) -> usize {
    let end = skip(part(text, 0..at + 2), at, is_gap);
    let has_of = end > at && [b"of ", b"de "].iter().any(|of| folded_at(text, end, *of));
    end + if has_of { 3 } else { 0 }
}

fn is_gap(byte: u8) -> bool {
    b" -/.,".contains(&byte)
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || !byte.is_ascii()
}

fn is_month(text: &[u8], start: usize, end: usize) -> bool {
    let is = |month: &str| {
        month.len() == end - start && (start..end).zip(month.bytes()).all(|(at, byte)| folded(text, at) == Some(byte))
    };
    end > start && (MONTHS.iter().chain(SHORT_MONTHS).any(|month| is(month)))
}

fn date_end(text: &[u8], start: usize) -> Option<usize> {
    let digits = |at: usize| skip(part(text, 0..at + 9), at, |byte| byte.is_ascii_digit());
    let first = digits(start);
    let value = |from: usize, to: usize| number(text, from, to);
    let is_year = |year: u64| (1890..2060).contains(&year);
    let ends =
        |end: usize| !byte(text, end).is_some_and(|byte| byte.is_ascii_alphanumeric() && byte != b'T' || byte == b'_');
    if first - start == 8 {
        let (year, month, day) = (value(start, start + 4), value(start + 4, start + 6), value(start + 6, first));
        return (is_year(year) && is_day(month, day) && ends(first)).then_some(first);
    }
    if let Some(end) = cjk_end(text, start, first) {
        return Some(end);
    }
    let separator = byte(text, first).filter(|byte| b"-/. ".contains(byte))?;
    let second = digits(first + 1);
    if byte(text, second) != Some(separator) {
        return None;
    }
    let third = digits(second + 1);
    let parts = [first - start, second - first - 1, third - second - 1];
    let [a, b, c] = [value(start, first), value(first + 1, second), value(second + 1, third)];
    let fits = match parts {
        [4, 1..=2, 1..=2] => is_year(a) && is_day(b, c),
        [1..=2, 1..=2, 4] => is_year(c) && (is_day(b, a) || is_day(a, b)),
        [1..=2, 1..=2, 2] => is_day(b, a) || is_day(a, b),
        _ => false,
    };
    (fits && ends(third)).then_some(third)
}

/// The end of a date of East Asia, whose year starts at `start` and ends at `year`: `1980年2月29日`.
fn cjk_end(text: &[u8], start: usize, year: usize) -> Option<usize> {
    let after = |at: usize, sign: &str| rest(text, at).starts_with(sign.as_bytes()).then_some(at + sign.len());
    let digits = |at: usize| skip(part(text, 0..at + 2), at, |byte| byte.is_ascii_digit());
    let month = after(year, "年")?;
    let day = after(digits(month), "月")?;
    let end = after(digits(day), "日")?;
    let fits = is_living(number(text, start, year))
        && is_day(number(text, month, digits(month)), number(text, day, digits(day)));
    fits.then_some(end)
}
