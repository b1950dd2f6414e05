//! One file: read within a bound, and what of it the detectors find, as places.
//!
//! Must not know how an answer is written. Keeps I1: of a text only places and names are left.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use airlock::Airlock;

use super::is_stream;
use super::rule::Rule;

/// What came of one file.
#[derive(Debug)]
pub(super) enum Looked<'a> {
    /// It was looked into.
    Found(Vec<Found<'a>>),
    /// It came by in a walk, and is no text.
    Binary,
    /// It is larger than what is read.
    TooLarge,
    /// It could not be read.
    Unread(io::Error),
}

/// Where something was found, and by whom. Lines and columns are from 1 and in characters, ends are exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found<'a> {
    pub(super) rule: Rule<'a>,
    pub(super) start: Place,
    pub(super) end: Place,
}

/// A place as an editor counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// Looks into a file. One that was named is a text whatever is in it.
pub(super) fn look<'a>(airlock: &'a Airlock, path: &Path, is_named: bool, limit: u64) -> Looked<'a> {
    match read(path, limit) {
        Err(error) => Looked::Unread(error),
        Ok(bytes) if bytes.len() as u64 > limit => Looked::TooLarge,
        Ok(bytes) => match utf16(&bytes) {
            Some(text) => Looked::Found(found(airlock, &text)),
            None if !is_named && is_binary(&bytes) => Looked::Binary,
            None => Looked::Found(found(airlock, &utf8(bytes))),
        },
    }
}

/// What is found in a text, in its order.
pub(super) fn found<'a>(airlock: &'a Airlock, text: &str) -> Vec<Found<'a>> {
    let mut cursor = Cursor::new(text);
    let findings = airlock.scan(text);
    let found = findings.iter().map(|finding| {
        let start = cursor.at(finding.start);
        Found { rule: Rule::of(airlock, finding.detector), start, end: cursor.at(finding.end) }
    });
    found.collect()
}

/// At most `limit` bytes and one more, by which it is known that there is more.
fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let bound = limit.saturating_add(1);
    if is_stream(path) {
        io::stdin().lock().take(bound).read_to_end(&mut bytes)?;
    } else {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        // Not read in vain; a pipe or a device has no size, and is read up to the bound.
        bytes.reserve(size.min(bound) as usize);
        file.take(if size > limit { bound.min(size) } else { bound }).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// How much of a file is looked at to tell whether it is text: as git does.
const HEAD: usize = 8000;

fn is_binary(bytes: &[u8]) -> bool {
    bytes.iter().take(HEAD).any(|&byte| byte == 0)
}

/// The text of a file in UTF-16, which says so in its first two bytes.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (unit, body): (fn([u8; 2]) -> u16, _) = match bytes {
        [0xff, 0xfe, body @ ..] => (u16::from_le_bytes, body),
        [0xfe, 0xff, body @ ..] => (u16::from_be_bytes, body),
        _ => return None,
    };
    let units = body.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    Some(char::decode_utf16(units).map(|unit| unit.unwrap_or(' ')).collect())
}

/// A text in UTF-8. What is none becomes as many spaces, so that a column is nearly what an editor says.
fn utf8(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        let bytes = error.as_bytes();
        let mut text = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            text.extend(chunk.invalid().iter().map(|_| ' '));
        }
        text
    })
}

/// Carries a line and a column forward from finding to finding: the text is gone through once.
struct Cursor<'t> {
    text: &'t str,
    offset: usize,
    place: Place,
}

impl<'t> Cursor<'t> {
    fn new(text: &'t str) -> Self {
        // A byte order mark is no column.
        let offset = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, offset, place: Place { line: 1, column: 1 } }
    }

    fn at(&mut self, offset: usize) -> Place {
        for character in self.text.get(self.offset..offset).unwrap_or_default().chars() {
            self.place = match character {
                '\n' => Place { line: self.place.line + 1, column: 1 },
                _ => Place { column: self.place.column + 1, ..self.place },
            };
        }
        self.offset = offset;
        self.place
    }
}

#[cfg(test)]
mod tests {
    use airlock::Keys;

    use super::*;

    fn places(text: &str) -> Vec<(String, [usize; 4])> {
        let airlock = Airlock::open("{}", &Keys::new()).unwrap();
        let told = found(&airlock, text).into_iter();
        told.map(|it| (it.rule.id.into(), [it.start.line, it.start.column, it.end.line, it.end.column])).collect()
    }

    /// Scenario: findings in several lines, behind characters of several bytes and a byte order mark.
    /// Guarantees: lines and columns as an editor counts them.
    #[test]
    fn a_finding_has_its_place() {
        let text = "\u{feff}äö alice.smith@example.com\n\nx AKIAIOSFODNN7EXAMPLE dave@example.com";
        let expected = [("email", [1, 4, 1, 27]), ("aws-access-key-id", [3, 3, 3, 23]), ("email", [3, 24, 3, 40])];
        assert_eq!(places(text), expected.map(|(id, places)| (id.to_owned(), places)));
        assert_eq!(places("nothing"), []);
    }

    #[test]
    fn bytes_that_are_no_text_keep_their_place() {
        let bytes = b"\xff\xc3( dave@example.com \x80".to_vec();
        assert_eq!(utf8(bytes), "  ( dave@example.com  ");
        assert!(is_binary(b"a\0b") && !is_binary("ä".as_bytes()));
    }

    #[test]
    fn utf16_is_told_by_its_mark() {
        let text = "dave@example.com ä";
        let little: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        assert_eq!((utf16(&little).as_deref(), utf16(&big).as_deref()), (Some(text), Some(text)));
        assert_eq!(utf16(text.as_bytes()), None);
    }
}
