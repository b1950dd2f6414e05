//! International bank account numbers and the codes of banks.
//!
//! Must not know what a bank does with them. Keeps I5: an account number is read up to its country's length.

use super::super::check::iso7064::is_mod_97_10;
use super::super::engine::Pass;
use super::super::registry::id;
use super::super::registry::{Detector, DetectorId, Example, Group, Rule};
use super::super::text::{byte, part, skip, starts_word};
use super::candidate::{ends_alone, is_separator};

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[IBAN, BIC];

const IBAN: Detector = Detector {
    id: "iban",
    group: Group::Personal,
    about: "international bank account numbers",
    source: "ISO 13616; the SWIFT IBAN registry",
    examples: &[
        Example("pay to «DE75512108001245126199» now"),
        Example("«GB82 WEST 1234 5698 7654 32», please"),
        Example("account:«NL91ABNA0417164300»"),
        Example("paid «IT60X0542811101 000000123456» then"),
        Example("IBAN: «gb82 west 1234 5698 7654 32», my IBAN is «PK92 FAKE 1A2B 3C4D 5E6F 7G8H» then"),
        Example("DE75512108001245126198"),
        Example("xDE75512108001245126199"),
        Example("DE7551210800124512619"),
        Example("ZZ75512108001245126199"),
    ],
    rule: Rule::Served,
};

const BIC: Detector = Detector {
    id: "bank-identifier-code",
    group: Group::Personal,
    about: "the codes of banks that stand beside an account",
    source: "ISO 9362",
    examples: &[
        Example("BIC: «DEUTDEFF»"),
        Example("swift code: «NEDSZAJJ123»."),
        Example("swift code «NEDSZAJJ123»."),
        Example("their swift code «NEDSZAJJ123» is short"),
        Example("the BIC «NEDSZAJJ123» is short"),
        Example("DEUTDEFF"),
        Example("the BIC is UNDEFINED"),
    ],
    rule: Rule::Served,
};

/// How long the numbers of each country are.
const LENGTHS: &[(&[u8; 2], usize)] = &[
    (b"AD", 24),
    (b"AE", 23),
    (b"AL", 28),
    (b"AT", 20),
    (b"AZ", 28),
    (b"BA", 20),
    (b"BE", 16),
    (b"BG", 22),
    (b"BH", 22),
    (b"BI", 27),
    (b"BR", 29),
    (b"BY", 28),
    (b"CH", 21),
    (b"CR", 22),
    (b"CY", 28),
    (b"CZ", 24),
    (b"DE", 22),
    (b"DJ", 27),
    (b"DK", 18),
    (b"DO", 28),
    (b"EE", 20),
    (b"EG", 29),
    (b"ES", 24),
    (b"FI", 18),
    (b"FK", 18),
    (b"FO", 18),
    (b"FR", 27),
    (b"GB", 22),
    (b"GE", 22),
    (b"GI", 23),
    (b"GL", 18),
    (b"GR", 27),
    (b"GT", 28),
    (b"HN", 28),
    (b"HR", 21),
    (b"HU", 28),
    (b"IE", 22),
    (b"IL", 23),
    (b"IQ", 23),
    (b"IS", 26),
    (b"IT", 27),
    (b"JO", 30),
    (b"KW", 30),
    (b"KZ", 20),
    (b"LB", 28),
    (b"LC", 32),
    (b"LI", 21),
    (b"LT", 20),
    (b"LU", 20),
    (b"LV", 21),
    (b"LY", 25),
    (b"MC", 27),
    (b"MD", 24),
    (b"ME", 22),
    (b"MK", 19),
    (b"MN", 20),
    (b"MR", 27),
    (b"MT", 31),
    (b"MU", 30),
    (b"NI", 28),
    (b"NL", 18),
    (b"NO", 15),
    (b"OM", 23),
    (b"PK", 24),
    (b"PL", 28),
    (b"PS", 29),
    (b"PT", 25),
    (b"QA", 29),
    (b"RO", 24),
    (b"RS", 22),
    (b"RU", 33),
    (b"SA", 24),
    (b"SC", 31),
    (b"SD", 18),
    (b"SE", 24),
    (b"SI", 19),
    (b"SK", 24),
    (b"SM", 27),
    (b"SO", 23),
    (b"ST", 25),
    (b"SV", 28),
    (b"TL", 23),
    (b"TN", 24),
    (b"TR", 26),
    (b"UA", 29),
    (b"VA", 22),
    (b"VG", 24),
    (b"XK", 20),
    (b"YE", 30),
];

/// The same, by the last five bits of both letters, and 0 for what is no country.
static LENGTH_OF: [u8; 1 << 10] = {
    let mut lengths = [0; 1 << 10];
    let mut list = LENGTHS;
    while let [(country, length), others @ ..] = list {
        let (_, tail) = lengths.split_at_mut(place(**country));
        if let [slot, ..] = tail {
            *slot = *length as u8;
        }
        list = others;
    }
    lengths
};

const fn place([a, b]: [u8; 2]) -> usize {
    (a as usize & 31) << 5 | b as usize & 31
}

/// How long the numbers of `country` are, in either case; 0 if it has none.
fn length_of(country: [u8; 2]) -> usize {
    let are_letters = country.iter().all(u8::is_ascii_alphabetic);
    LENGTH_OF.get(place(country)).filter(|_| are_letters).map_or(0, |&length| usize::from(length))
}

/// Words that name the number.
pub(super) const ACCOUNT: &[&str] = &["iban", "account"];

/// Words that name the code of a bank.
pub(super) const BANK: &[&str] = &["bic", "swift"];

/// The longest.
const MOST: usize = 33;

/// The number that starts at `start`.
pub(super) fn at_start(pass: &mut Pass<'_>, start: usize) {
    const ID: DetectorId = id("iban");
    let text = pass.text;
    let &[a, b, next, ..] = part(text, start..start + 3) else { return };
    let wanted = length_of([a, b]);
    // Behind the country come two digits.
    if wanted == 0 || !(next.is_ascii_digit() || is_separator(next)) || !pass.wants(ID) || !starts_word(text, start) {
        return;
    }
    let mut room = [0; MOST];
    let (mut at, mut length) = (start, 0);
    while length < wanted {
        let Some(slot) = room.get_mut(length) else { return };
        match byte(text, at) {
            Some(next) if next.is_ascii_alphanumeric() => *slot = next.to_ascii_uppercase(),
            _ => return,
        }
        length += 1;
        at += 1;
        if length < wanted && byte(text, at).is_some_and(is_separator) {
            at += 1;
        }
    }
    let compact = room.get(..length).unwrap_or_default();
    let checked = matches!(compact, [_, _, b'0'..=b'9', b'0'..=b'9', ..]) && is_mod_97_10(compact, 4);
    // In lower case it is more likely part of a hash, if nothing says what it is.
    let plain = part(text, start..at).iter().any(u8::is_ascii_lowercase)
        && at - start < text.trim_ascii().len()
        && !pass.is_near(start..at, ACCOUNT);
    if checked && !plain && ends_alone(text, at) {
        pass.report(ID, start, at);
    }
}

/// The number whose country, or whose first groups of four, stand right before the digits at `start`.
pub(super) fn at_digits(pass: &mut Pass<'_>, start: usize) {
    for groups in 0..4_usize {
        if let Some(begin) = start.checked_sub(2 + 3 * usize::from(groups > 0) + 5 * groups.saturating_sub(1))
            && part(pass.text, begin..begin + 2).iter().all(u8::is_ascii_alphabetic)
            && byte(pass.text, begin + 2).is_some_and(|byte| byte.is_ascii_digit())
        {
            at_start(pass, begin);
        }
    }
}

/// How far before the end of a name the word may begin: `swift code`.
const LONGEST_NAME: usize = 10;

/// The bank's code behind the word that ends at `end`.
pub(super) fn at_word(pass: &mut Pass<'_>, end: usize) {
    const ID: DetectorId = id("bank-identifier-code");
    let text = pass.text;
    if !pass.wants(ID) || !pass.has_word(end.saturating_sub(LONGEST_NAME)..end, BANK) {
        return;
    }
    let mut at = end;
    // The code is one of the next words.
    for _ in 0..6 {
        let start =
            skip(part(text, 0..at.saturating_add(6)), at, |byte| !byte.is_ascii_alphanumeric() && byte != b'\n');
        at = skip(part(text, 0..start.saturating_add(24)), start, |byte| byte.is_ascii_alphanumeric());
        if is_bic(part(text, start..at)) && ends_alone(text, at) {
            pass.report(ID, start, at);
            return;
        }
    }
}

/// Whether `code` is four letters of a bank, a country that has account numbers or is large, and a place.
fn is_bic(code: &[u8]) -> bool {
    const OTHERS: &[&[u8]] =
        &[b"US", b"CA", b"AU", b"NZ", b"JP", b"CN", b"HK", b"SG", b"IN", b"ZA", b"KR", b"MX", b"TH", b"TW"];
    let country = part(code, 4..6);
    matches!(code.len(), 8 | 11)
        && code.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && part(code, 0..6).iter().all(u8::is_ascii_uppercase)
        && (OTHERS.contains(&country) || country.first_chunk().is_some_and(|&country| length_of(country) > 0))
}
