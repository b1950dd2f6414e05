//! Telephone numbers.
//!
//! Must not know operators. Keeps I5: a number is read up to [`REACH`] bytes, from at most [`BACK`] before its place.

use super::super::engine::Pass;
use super::super::registry::id;
use super::super::registry::{Detector, DetectorId, Example, Group, Rule};
use super::super::text::{before, byte, folded_at, part, rest, skip, skip_back, starts_word};

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[PHONE_NUMBER];

const PHONE_NUMBER: Detector = Detector {
    id: "phone-number",
    group: Group::Personal,
    about: "telephone numbers: international, North American, and others behind a word that names them",
    source: "ITU-T E.164 and its list of country codes; the North American Numbering Plan; RFC 3966",
    examples: &[
        Example("call «+1 202 555 0143»."),
        Example("«+44 (0)20 7946 0958» ext"),
        Example("«+4930000000», «(202) 555-0143» or «202-555-0143»"),
        Example("tel: «030 0000 123»."),
        Example("phone «020 7946 0958 ext. 12»."),
        Example("Телефон: «495 000 01 23», TELÉFONO «91 000 01 23»"),
        Example("phone: «8 (495) 000-01-23», tel «8(495)000-01-23», «1 (202) 555-0143»"),
        Example("phone 18 «(495) 000-01-23»"),
        Example("tél. «01 00 00 12 34», puhelin «09 000 1234», https://wa.me/«12025550143», טלפון: «03-000-1234»"),
        Example("call 1999-2000 or contact PA 15213-3890"),
        Example("120-155-0143 and 202-055-0143"),
        Example("030 0000 123"),
        Example("+1 202 555 014"),
        Example("2026-11-23 13:44:10 +0100"),
    ],
    rule: Rule::Served,
};

pub(super) const WORDS: &[&str] = &[
    "answering",
    "call",
    "called",
    "cell",
    "contact",
    "dial",
    "fax",
    "handy",
    "messages to",
    "mobile",
    "mobil",
    "office",
    "phone",
    "phones",
    "sms",
    "tel",
    "telefon",
    "telefone",
    "telefono",
    "teléfono",
    "telephone",
    "telefoon",
    "text me",
    "whatsapp",
    "reach",
    "ring",
    "celular",
    "móvil",
    "movil",
    "电话",
    "手机",
    "電話",
    "携帯",
    "전화",
    "телефон",
    "тел",
    "טלפון",
    "נייד",
    "휴대폰",
    "연락처",
    "هاتف",
    "جوال",
    "โทร",
    "điện thoại",
    "sđt",
    "τηλ",
    "puhelin",
    "tlf",
    "mobiel",
    "cep",
    "nomor hp",
    "no hp",
    "tél",
];

/// How far before the digits a number may begin.
const BACK: usize = 14;

/// How far it may go.
const REACH: usize = 32;

/// Digits of a number, as E.164 has them.
const MOST: usize = 15;

/// Whether the digits that start at `start` may stand in a number that no word names: behind a sign, two zeros or the one
/// of North America, or printed as there.
pub(super) fn may_be_unnamed(text: &[u8], start: usize) -> bool {
    let lead = part(text, start.saturating_sub(BACK)..start);
    let has_sign = lead.iter().fold(false, |has, &byte| has | (byte == b'+') | (byte == b'('));
    let begins = match part(text, start..start + 3) {
        [b'0', b'0', next] => next.is_ascii_digit(),
        [b'1', next, _] => !next.is_ascii_digit(),
        _ => false,
    };
    has_sign
        || begins
        || is_american_print(part(text, start..start + REACH))
        || start < 2 && text.len() < REACH
        || before(text, start) == Some(b'/') && part(text, 0..start).ends_with(LINK)
}

/// What stands before a number in a link to it.
const LINK: &[u8] = b"wa.me/";

/// Whether there is nothing else in the text.
fn is_whole(text: &[u8], start: usize, end: usize) -> bool {
    let is_gap = |byte: &u8| byte.is_ascii_whitespace() || b"\"'".contains(byte);
    part(text, 0..start).iter().all(is_gap) && rest(text, end).iter().all(|byte| is_gap(byte) || *byte == b'.')
}

/// Whether `written` is as people write a number at home: in pairs, as in France, or behind the area in brackets.
fn is_national_print(written: &[u8], count: usize) -> bool {
    let pairs = |sign: u8| {
        written.chunks(3).all(|pair| matches!(pair, [_, _] | [_, _, _]) && pair.get(2).is_none_or(|&last| last == sign))
    };
    match written {
        [b'0', b'1'..=b'9', sign @ (b' ' | b'.' | b'-'), ..] => written.len() == 14 && count == 10 && pairs(*sign),
        [b'(', b'0', ..] => (9..=11).contains(&count),
        _ => false,
    }
}

/// Whether `written` is a range of years that are past or near.
fn are_years(written: &[u8]) -> bool {
    let is_year = |digits: &[u8]| matches!(digits, [b'1', b'9', _, _] | [b'2', b'0', b'0'..=b'3', _]);
    matches!(written.split_at_checked(4), Some((from, [b'-' | b'/', to @ ..])) if from < to && is_year(from) && is_year(to))
}

/// Whether `written`, from `begin` on, is nine digits of the American post behind a state: `PA 15213-3890`.
fn is_zip(text: &[u8], begin: usize, written: &[u8]) -> bool {
    let after_state = matches!(part(text, begin.saturating_sub(3)..begin), [b'A'..=b'Z', b'A'..=b'Z', b' ']);
    after_state && written.len() == 10 && byte(written, 5) == Some(b'-')
}

/// The number in which the digits that start at `start` stand.
pub(super) fn at_digits(pass: &mut Pass<'_>, start: usize) {
    const ID: DetectorId = id("phone-number");
    if !pass.wants(ID) {
        return;
    }
    let text = pass.text;
    let back =
        skip_back(text, start, BACK, |byte| matches!(byte, b'0'..=b'9' | b' ' | b'(' | b')' | b'-' | b'.' | b'+'));
    let lead = part(text, back..start);
    let opening = lead.iter().rposition(|&byte| byte == b'+').or_else(|| lead.iter().rposition(|&byte| byte == b'('));
    let begin = opening.map_or(start, |offset| back + offset);
    let wordy = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-/=+".contains(&byte);
    let is_link = part(text, 0..begin).ends_with(LINK);
    let outer = trunk_start(text, begin).unwrap_or(begin);
    if before(text, outer)
        .is_some_and(|byte| if byte == b'=' || byte == b'/' { begin < start && byte == b'/' } else { wordy(byte) })
        && !starts_word(text, outer) | before(text, outer).is_some_and(|byte| b"_.-/+".contains(&byte))
        && !is_link
    {
        return;
    }
    let Some((digits, count, end)) = read(text, begin) else { return };
    let digits = digits.get(..count).unwrap_or_default();
    let end = extension_end(text, end);
    if byte(text, end).is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_@".contains(&byte)) {
        return;
    }
    let written = part(text, begin..end);
    let groups =
        written.iter().zip(written.iter().skip(1)).filter(|(a, b)| a.is_ascii_digit() && !b.is_ascii_digit()).count();
    // What leads out of the place stands by itself.
    let is_apart = !written.get(1).is_some_and(u8::is_ascii_digit);
    let distinct = digits.iter().skip(2).any(|digit| Some(digit) != digits.get(1));
    let mut named = || pass.is_near(begin..end, WORDS);
    let found = match (written, digits) {
        ([b'+', ..], _) => is_international(digits),
        _ if is_link => is_international(digits),
        // Years, and a code of the American post.
        _ if are_years(written) || is_zip(text, begin, written) => false,
        ([b'0', b'0', b'0'..=b'9', ..], [_, _, rest @ ..]) if is_international(rest) => groups >= 2 || named(),
        (_, [b'1', rest @ ..]) if is_american(rest) && groups >= 2 => groups == 3 && is_apart || named(),
        _ if is_american(digits) && is_american_print(written) => true,
        _ if is_whole(text, outer, end) && is_national_print(written, count) => true,
        _ => (7..=13).contains(&count) && named(),
    };
    if found && distinct {
        pass.report(ID, outer, end);
    }
}

/// Where the digit that leads out of the place, or the country's code, starts before the bracket at `begin`:
/// `8 (495) 000-01-23`.
fn trunk_start(text: &[u8], begin: usize) -> Option<usize> {
    let gap = usize::from(before(text, begin).is_some_and(|byte| byte == b' ' || byte == b'-'));
    let start = begin.checked_sub(gap + 1).filter(|_| byte(text, begin) == Some(b'('))?;
    let leads = byte(text, start).is_some_and(|byte| b"0178".contains(&byte));
    let goes_on = before(text, start).is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_.,-/=+".contains(&byte));
    (leads && !goes_on).then_some(start)
}

/// The digits from `begin` on, and where they end.
fn read(text: &[u8], begin: usize) -> Option<([u8; MOST], usize, usize)> {
    let (mut digits, mut count, mut end, mut gap) = ([0; MOST], 0, begin, 0);
    let mut at = begin;
    while at < begin + REACH {
        match byte(text, at) {
            Some(digit) if digit.is_ascii_digit() => {
                *digits.get_mut(count)? = digit;
                (count, gap, end) = (count + 1, 0, at + 1);
            }
            Some(b'+') if at == begin => {}
            Some(b' ' | b'-' | b'.' | b'(' | b')' | b'/') if gap < 2 => gap += 1,
            _ => break,
        }
        at += 1;
    }
    (count > 6).then_some((digits, count, end))
}

/// Where the extension behind `end` ends.
fn extension_end(text: &[u8], end: usize) -> usize {
    let at = skip(part(text, 0..end + 2), end, |byte| byte == b' ');
    for word in [&b"ext"[..], b"x"] {
        if folded_at(text, at, word) {
            let number = skip(part(text, 0..at + word.len() + 2), at + word.len(), |byte| byte == b'.' || byte == b' ');
            let close = skip(part(text, 0..number + 6), number, |byte| byte.is_ascii_digit());
            return if close > number { close } else { end };
        }
    }
    end
}

/// Whether `digits` begin with a country's code and are as many as it has.
fn is_international(digits: &[u8]) -> bool {
    match digits {
        [b'1', rest @ ..] => is_american(rest),
        [b'7', rest @ ..] => rest.len() == 10 && !rest.starts_with(b"0"),
        [a, b, rest @ ..] if TWO.contains(&&[*a, *b]) => (6..=13).contains(&rest.len()),
        [b'9', b'9', b'9', ..] => false,
        [a, b, _, rest @ ..] if THREE.contains(&&[*a, *b]) => (4..=12).contains(&rest.len()) && digits.len() >= 8,
        _ => false,
    }
}

/// Codes of two digits.
const TWO: &[&[u8; 2]] = &[
    b"20", b"27", b"30", b"31", b"32", b"33", b"34", b"36", b"39", b"40", b"41", b"43", b"44", b"45", b"46", b"47",
    b"48", b"49", b"51", b"52", b"53", b"54", b"55", b"56", b"57", b"58", b"60", b"61", b"62", b"63", b"64", b"65",
    b"66", b"81", b"82", b"84", b"86", b"90", b"91", b"92", b"93", b"94", b"95", b"98",
];

/// What codes of three digits begin with.
const THREE: &[&[u8; 2]] = &[
    b"21", b"22", b"23", b"24", b"25", b"26", b"29", b"35", b"37", b"38", b"42", b"50", b"59", b"67", b"68", b"69",
    b"80", b"85", b"87", b"88", b"96", b"97", b"99",
];

/// Whether `digits` are an area and a number of the North American plan.
fn is_american(digits: &[u8]) -> bool {
    matches!(digits, [b'2'..=b'9', b'0'..=b'8', _, b'2'..=b'9', _, _, rest @ ..] if rest.len() == 4)
}

/// Whether ten digits are written the American way: `(202) 555-0143`, `202-555-0143`.
fn is_american_print(written: &[u8]) -> bool {
    let inner = written.strip_prefix(b"(");
    let digits = inner.unwrap_or(written);
    let at = |place: usize| byte(digits, place);
    match inner {
        Some(_) => at(3) == Some(b')'),
        None => matches!((at(3), at(7)), (Some(b'-'), Some(b'-')) | (Some(b'.'), Some(b'.'))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::engine::Detectors;

    /// Scenario: numbers as people write them at home, alone and in a sentence.
    /// Guarantees: no word has to name what is the whole of a text.
    #[test]
    fn national_numbers_are_found_alone() {
        let mut findings = alloc::vec::Vec::new();
        for text in ["01 00 00 12 34", "(020) 7946 0958", "01.00.00.12.34."] {
            Detectors::all().scan(text.as_bytes(), &mut findings);
            assert!(!findings.is_empty(), "{text}");
            findings.clear();
            Detectors::all().scan(alloc::format!("rows {text} there").as_bytes(), &mut findings);
            assert!(findings.is_empty(), "{text}");
        }
    }
}
