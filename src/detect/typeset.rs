//! Text as typesetters and models write it: blanks that do not break, dashes of their own, digits of full width.
//!
//! Detectors know what keyboards write. So where such a sign stands between letters and digits the text is written plainly
//! once, and what is found in that and holds such a sign is found in the text. Must not know what is looked for. Keeps I5:
//! a text is written and read once more at most.

use alloc::vec::Vec;

use super::Finding;
use super::text::{before, part};

/// A text in which plain signs stand where others did.
pub(super) struct Plain {
    text: Vec<u8>,
    changes: Vec<Change>,
}

/// A sign that is written otherwise.
#[derive(Clone, Copy)]
struct Change {
    /// Where it stands, or would, in the plain text.
    at: usize,
    /// How many bytes it has there: one or none.
    length: usize,
    /// How many bytes the text has more than the plain one, up to the end of the sign.
    shift: usize,
}

impl Plain {
    /// `text` in plain signs, if there are any that part what belongs together.
    pub(super) fn of(text: &[u8]) -> Option<Self> {
        let mut plain = Plain { text: Vec::new(), changes: Vec::new() };
        let (mut copied, mut joins_digits) = (0, false);
        for at in memchr::memchr3_iter(0xc2, 0xe2, 0xef, text) {
            let Some((width, sign)) = sign_at(text, at) else { continue };
            let is_digit = sign.is_some_and(|sign| sign.is_ascii_digit());
            // Another sign may have ended right before.
            let last = if copied == at { plain.text.last().copied() } else { before(text, at) };
            let next = sign_at(text, at + width).and_then(|(_, sign)| sign).or_else(|| text.get(at + width).copied());
            let is_between = last.is_some_and(is_part) && next.is_some_and(is_part);
            if !is_digit && !is_between {
                continue;
            }
            joins_digits |= is_digit || [last, next].iter().flatten().any(u8::is_ascii_digit);
            plain.text.extend_from_slice(part(text, copied..at));
            let shift = at + width - plain.text.len() - usize::from(sign.is_some());
            plain.changes.push(Change { at: plain.text.len(), length: usize::from(sign.is_some()), shift });
            plain.text.extend(sign);
            copied = at + width;
        }
        plain.text.extend_from_slice(part(text, copied..text.len()));
        joins_digits.then_some(plain)
    }

    /// The plain text.
    pub(super) fn text(&self) -> &[u8] {
        &self.text
    }

    /// Where `finding`, in the plain text, stands in the text; nothing if no sign of it is written otherwise.
    pub(super) fn place(&self, finding: &Finding) -> Option<Finding> {
        let Finding { start, end, detector } = *finding;
        let first = self.changes.partition_point(|change| change.at < start);
        let after = self.changes.partition_point(|change| change.at < end);
        let inside = self.changes.get(first..after)?;
        let shift =
            |count: usize| count.checked_sub(1).and_then(|at| self.changes.get(at)).map_or(0, |change| change.shift);
        let found = Finding { start: start + shift(first), end: end + shift(after), detector };
        inside.iter().any(|change| change.length > 0 || change.at > start).then_some(found)
    }
}

/// The sign of typesetters that starts at `at`: its bytes, and what keyboards have for it, if anything.
fn sign_at(text: &[u8], at: usize) -> Option<(usize, Option<u8>)> {
    Some(match part(text, at..at + 3) {
        // The blank that does not break, and the hyphen that shows only where a line does.
        [0xc2, 0xa0, ..] => (2, Some(b' ')),
        [0xc2, 0xad, ..] => (2, None),
        // Blanks of all widths; what has none; hyphens and dashes.
        [0xe2, 0x80, 0x80..=0x8a | 0xaf] => (3, Some(b' ')),
        [0xe2, 0x80, 0x8b..=0x8d] | [0xe2, 0x81, 0xa0] | [0xef, 0xbb, 0xbf] => (3, None),
        [0xe2, 0x80, 0x90..=0x93] | [0xe2, 0x88, 0x92] | [0xef, 0xbc, 0x8d] => (3, Some(b'-')),
        // Digits of full width.
        [0xef, 0xbc, digit @ 0x90..=0x99] => (3, Some(digit - 0x90 + b'0')),
        _ => return None,
    })
}

/// Whether it is of a group of letters and digits, or a bracket around one.
fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"()+".contains(&byte)
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::super::engine::Detectors;
    use super::*;

    /// Scenario: what is marked stands in texts with signs of typesetters in and around it.
    /// Guarantees: I1, all of it is found, and on the bounds of characters; other texts are read once.
    #[test]
    fn signs_of_typesetters_hide_nothing() {
        for text in [
            "SSN: «536\u{2011}22\u{2011}8726»",
            "call «+49\u{a0}30\u{202f}901820\u{2009}123», card «4111\u{2013}1111\u{2013}1111\u{2013}1111»",
            "IBAN «GB82\u{a0}WEST\u{a0}1234\u{a0}5698\u{a0}7654\u{a0}32»\u{a0}– and «nobody@example.com»",
            "SSN: «５３６－２２－８７２６», «4111\u{200b}1111\u{200b}11111111»",
            "é\u{2011}1 card\u{ad}s «4111\u{2060}111111111111»\u{200b}",
            "1990\u{2013}2000, New\u{a0}York, 10\u{a0}000\u{202f}km",
        ] {
            let plain: String = text.chars().filter(|sign| !"«»".contains(*sign)).collect();
            let mut findings = Vec::new();
            Detectors::all().scan(plain.as_bytes(), &mut findings);
            let mut marked = plain.clone();
            for finding in findings.iter().rev() {
                marked.insert(finding.end, '»');
                marked.insert(finding.start, '«');
            }
            assert_eq!(marked, text);
            assert_eq!(Detectors::all().is_clean(plain.as_bytes()), findings.is_empty(), "{text}");
        }
        assert!(Plain::of("a – b, 10 – 20, naïve".as_bytes()).is_none() && Plain::of(b"1-2").is_none());
    }
}
