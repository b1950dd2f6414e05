//! A text that is nothing but identifiers: an attribute's value, a cell of a table.
//!
//! Must not know the rows. Keeps I5: a text of more than [`LONGEST`] bytes is none.

use super::super::engine::Pass;
use super::super::registry::DetectorId;
use super::super::text::{byte, part, skip};
use super::candidate::{MOST, is_separator};
use super::identifier::Evidence;
use super::{iban, index, is_epoch, is_time};

/// The longest text that is looked at as a whole.
const LONGEST: usize = 64;

/// Most words of one text.
const WORDS: usize = 12;

/// Words between two identifiers.
const BETWEEN: [&[u8]; 3] = [b"and", b"or", b"&"];

/// A stretch of text, and whose it is.
type Found = (usize, usize, DetectorId);

/// Reports each identifier of a text that holds nothing else: what stands beside other text needs a word that names it.
pub(super) fn look(pass: &mut Pass<'_>) {
    let text = pass.text;
    if text.len() > LONGEST {
        return;
    }
    // Brackets around it, and what ends a sentence, are no other text.
    let end = text.iter().rposition(|&byte| !is_gap(byte) && !b")].:!?".contains(&byte)).map_or(0, |last| last + 1);
    let mut words = [(0, 0); WORDS];
    let mut at = skip(text, 0, |byte| is_gap(byte) || b"([".contains(&byte));
    let mut count = 0;
    while at < end {
        let Some(slot) = words.get_mut(count) else { return };
        let close = skip(part(text, 0..end), at, |byte| !is_gap(byte));
        *slot = (at, close);
        count += 1;
        at = skip(text, close, is_gap);
    }
    iban::at_start(pass, skip(text, 0, is_gap));
    let mut words = words.get(..count).unwrap_or_default();
    let mut found: [Option<Found>; WORDS] = [None; WORDS];
    let mut free = found.iter_mut();
    while let [(start, close), rest @ ..] = words {
        let longest = (1..=words.len()).rev().find_map(|length| {
            let &(_, end) = words.get(length.checked_sub(1)?)?;
            Some((length, (*start, end, identify(pass, *start, end)?)))
        });
        words = match (longest, free.next()) {
            (Some((length, one)), Some(slot)) => {
                *slot = Some(one);
                words.get(length..).unwrap_or_default()
            }
            (None, Some(_)) if BETWEEN.iter().any(|word| part(text, *start..*close).eq_ignore_ascii_case(word)) => rest,
            _ => return,
        };
    }
    for (start, end, detector) in found.into_iter().flatten() {
        pass.report(detector, start, end);
    }
}

fn is_gap(byte: u8) -> bool {
    byte.is_ascii_whitespace() || b",;\"'".contains(&byte)
}

/// Whose identifier `start..end` is, with nothing else there to say so.
fn identify(pass: &Pass<'_>, start: usize, end: usize) -> Option<DetectorId> {
    let mut room = [0; MOST];
    let mut length = 0;
    let written = part(pass.text, start..end);
    for (place, &next) in written.iter().enumerate() {
        if next.is_ascii_alphanumeric() {
            *room.get_mut(length)? = next.to_ascii_uppercase();
            length += 1;
        } else {
            let single = byte(written, place + 1).is_some_and(|byte| byte.is_ascii_alphanumeric());
            if place == 0 || !is_separator(next) || !single {
                return None;
            }
        }
    }
    let compact = room.get(..length)?;
    if is_filler(compact) || is_dotted(written) || is_phrase(written) || is_article(compact) || is_quantity(written) {
        return None;
    }
    let time = is_epoch(written) || is_time(pass.text, start) || is_compact_date(written);
    // What is printed as one authority does is no other's, unless that groups it in the same places, or anybody does.
    let is_print = written.len() > length
        && !is_regular(written)
        && index::of_length(length).iter().any(|entry| entry.row.is_printed(written));
    let entries = index::of_length(length).iter().filter(|entry| {
        let row = &entry.row;
        let enough = match row.evidence {
            Evidence::Anywhere | Evidence::Alone => true,
            Evidence::Plain => !time,
            Evidence::Named => row.is_printed(written),
        };
        enough && (!is_print || row.is_grouped(written)) && row.fits(compact)
    });
    entries.map(|entry| entry.detector).find(|&detector| pass.wants(detector))
}

/// Whether `written` is four numbers with dots: an address of a machine, a version.
fn is_dotted(written: &[u8]) -> bool {
    let mut groups = written.split(|&byte| byte == b'.');
    groups.clone().count() == 4 && groups.all(|group| group.len() < 4 && group.iter().all(u8::is_ascii_digit))
}

/// Whether blanks part capitals from other letters: words rather.
fn is_phrase(written: &[u8]) -> bool {
    let any = |is_so: fn(&u8) -> bool| written.iter().any(is_so);
    written.contains(&b' ') && any(u8::is_ascii_uppercase) && any(u8::is_ascii_lowercase)
}

/// Whether `compact` is the number of an article about an update of Windows.
fn is_article(compact: &[u8]) -> bool {
    compact.strip_prefix(b"KB").is_some_and(|digits| digits.iter().all(u8::is_ascii_digit))
}

/// Whether all groups of `written` are as short as one another, but for a shorter first one and a check digit.
fn is_regular(written: &[u8]) -> bool {
    let body = if let [body @ .., b'-', _] = written { body } else { written };
    let mut groups = body.split(|&byte| is_separator(byte)).map(<[u8]>::len);
    let (first, second) = (groups.next(), groups.next());
    second.is_none() || second < Some(5) && first <= second && groups.all(|group| Some(group) == second)
}

/// Whether `written` is a version, or an amount of money.
fn is_quantity(written: &[u8]) -> bool {
    let is_amount = matches!(written, [body @ .., b'.', _, _] if body.iter().all(u8::is_ascii_digit));
    is_amount || written.starts_with(b"v") && written.contains(&b'.')
}

/// Whether `compact` is what people type where a number has to be: one digit over and over, or all in their order.
fn is_filler(compact: &[u8]) -> bool {
    let steps = |by: u8| {
        let next = |digit: u8| if digit == b'9' && by == 1 { b'0' } else { digit + by };
        compact.iter().zip(compact.iter().skip(1)).all(|(&a, &b)| a.is_ascii_digit() && next(a) == b)
    };
    steps(0) || steps(1) && matches!(compact, [b'0' | b'1', ..])
}

/// Whether `written` is a year, month and day without separators, as in the names of files, with a time or without.
fn is_compact_date(written: &[u8]) -> bool {
    use super::super::check::weighted::{is_ymd, number};
    matches!(written.len(), 8 | 12 | 14)
        && written.iter().all(u8::is_ascii_digit)
        && (1970..2040).contains(&number(written, 0, 4))
        && is_ymd(written, 2)
        && (written.len() == 8 || number(written, 8, 10) < 24 && number(written, 10, 12) < 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_quantities_are_no_identifiers() {
        assert!(
            is_phrase(b"S 500 car") && !is_phrase(b"S 500 CAR") && is_article(b"KB0000001") && !is_article(b"KB1A")
        );
        assert!(is_quantity(b"v1.2.3.4567") && is_quantity(b"ver 2023.10.1") && is_quantity(b"123456789.00"));
        assert!(is_regular(b"123 456 782") && is_regular(b"12-345-678") && !is_regular(b"123-45-6789"));
        assert!(is_regular(b"12345678-Z") && !is_regular(b"12-34567890-1"));
        assert!(!is_quantity(b"V-12.345.678") && !is_quantity(b"12.345.678.90") && !is_quantity(b"123456789"));
    }

    #[test]
    fn fillers_and_dates_are_no_identifiers() {
        for text in ["123456789", "1234567890", "12345678901", "000000000"] {
            assert!(is_filler(text.as_bytes()), "{text}");
        }
        assert!(!is_filler(b"123456788") && !is_filler(b"A11111111"));
        assert!(is_compact_date(b"20260131") && is_compact_date(b"20260131235959"));
        assert!(!is_compact_date(b"20261331") && !is_compact_date(b"202601312460"));
    }
}
