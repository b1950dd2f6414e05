//! Places on Earth as pairs of degrees.
//!
//! Must not know maps. Keeps I5: two numbers are read, each of bounded length.

use super::super::engine::Pass;
use super::super::registry::id;
use super::super::registry::{Detector, DetectorId, Example, Group, Rule};
use super::super::text::{before, byte, part, skip};

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[COORDINATES];

const COORDINATES: Detector = Detector {
    id: "coordinates",
    group: Group::Personal,
    about: "pairs of latitude and longitude that tell a house from the next",
    source: "ISO 6709; RFC 5870",
    examples: &[
        Example("at «51.500729, -0.124625»."),
        Example("geo:«48.2010,16.3695»"),
        Example("latitude: «48.20103»"),
        Example("51.50, 0.12"),
        Example("91.500729, 0.124625"),
        Example("0.123456789"),
    ],
    rule: Rule::Served,
};

/// What such pairs are called; the first five name one of the two.
pub(super) const WORDS: &[&str] =
    &["lat", "latitude", "lng", "lon", "longitude", "latlng", "coordinates", "coords", "gps", "location", "geo"];

/// The pair, or the number that a word calls a degree, whose digits start at `start`.
pub(super) fn at_digits(pass: &mut Pass<'_>, start: usize) {
    const ID: DetectorId = id("coordinates");
    let text = pass.text;
    if !pass.wants(ID) {
        return;
    }
    let begin = if before(text, start).is_some_and(|byte| byte == b'-' || byte == b'+') { start - 1 } else { start };
    if before(text, begin).is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte)) {
        return;
    }
    let Some((first, close, places)) = degrees(text, start) else { return };
    let gap = skip(part(text, 0..close + 4), close, |byte| b", ;/".contains(&byte));
    let sign = gap + usize::from(byte(text, gap).is_some_and(|byte| byte == b'-' || byte == b'+'));
    if gap > close
        && first <= 90
        && let Some((_, end, others)) = degrees(text, sign).filter(|pair| pair.0 <= 180)
    {
        if places.min(others) >= 4 && part(text, close..gap).contains(&b',')
            || places.min(others) >= 2 && pass.is_near(begin..end, WORDS)
        {
            pass.report(ID, begin, end);
        }
    } else if first <= 180 && places >= 4 && pass.is_near(begin..close, WORDS.get(..5).unwrap_or_default()) {
        pass.report(ID, begin, close);
    }
}

/// The whole part of the decimal at `at`, where it ends, and how many decimal places it has.
fn degrees(text: &[u8], at: usize) -> Option<(u32, usize, usize)> {
    let point = skip(part(text, 0..at + 4), at, |byte| byte.is_ascii_digit());
    let end = skip(part(text, 0..point + 18), point + 1, |byte| byte.is_ascii_digit());
    let whole = part(text, at..point).iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
    let goes_on = byte(text, end).is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (point > at && byte(text, point) == Some(b'.') && end > point + 1 && !goes_on).then_some((
        whole,
        end,
        end - point - 1,
    ))
}
