//! Dates of birth: a date behind a word that says so.
//!
//! Must not know calendars beyond days and months. Keeps I5: a date is read up to ten bytes.

use super::super::check::weighted::{is_day, number};
use super::super::engine::Pass;
use super::super::registry::id;
use super::super::registry::{Detector, DetectorId, Example, Group, Rule};
use super::super::text::{byte, part, skip};

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[DATE_OF_BIRTH];

const DATE_OF_BIRTH: Detector = Detector {
    id: "date-of-birth",
    group: Group::Personal,
    about: "dates of birth that are called so",
    source: "ISO 8601 and the customary orders of day, month and year",
    examples: &[
        Example("born «1980-02-29»."),
        Example("DOB: «02/29/1980»"),
        Example("\"dateOfBirth\": \"«29.02.1980»\""),
        Example("birthday «19800229»"),
        Example("created 1980-02-29"),
        Example("born 1980-13-29"),
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
];

/// The date whose digits start at `start`.
pub(super) fn at_digits(pass: &mut Pass<'_>, start: usize) {
    const ID: DetectorId = id("date-of-birth");
    let text = pass.text;
    if pass.wants(ID)
        && let Some(end) = date_end(text, start)
        && pass.has_word(start.saturating_sub(BEFORE)..start, WORDS)
    {
        pass.report(ID, start, end);
    }
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
