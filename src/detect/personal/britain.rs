//! Identifiers of the United Kingdom and of Ireland.
//!
//! Must not know how texts are read.

use super::super::check::weighted::{at, complement, cut, is_day, last, names, number, starts_in, sum};
use super::super::registry::{Detector, Example};
use super::identifier::Evidence::{Alone, Anywhere, Named, Plain};
use super::identifier::{any, detector, row};

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[BRITAIN, BRITISH_POSTCODE, BRITISH_PLATE, IRELAND];

const WORDS: &[&str] = &[
    "nhs",
    "nino",
    "national insurance",
    "ni number",
    "utr",
    "vat",
    "chi",
    "chi number",
    "driving licence",
    "licence",
    "license",
    "passport",
    "hmrc",
    "insurance number",
    "health service",
    "health authority",
    "tax reference",
    "self assessment",
    "corporation tax",
    "dvla",
    "driver number",
];

const BRITAIN: Detector = detector(
    "uk-id",
    "British national insurance, health, tax and VAT numbers, sort codes, passports and licences to drive",
    "HMRC NIM39110; NHS data dictionary (NHS number); HMRC VAT registration manual; DVLA INF45P; NHS Scotland (CHI number); Pay.UK (sort codes)",
    &[
        Example("nhs: «XT 04 05 29 A»."),
        Example("row 12 «XT 04 05 29 A» 7"),
        Example("nhs: «148 636 2141»."),
        Example("nhs: «6908006689»."),
        Example("nhs: «3135242302K»."),
        Example("Sort code: «00-00-01», sort code «00 00 01» and sort_code=«000001»"),
        Example("sort codes of 00-00-01-02"),
        Example("nhs: XT 04 05 29 E seen"),
        Example("seen XT040529A there"),
        Example("nhs: 148 636 2142 seen"),
    ],
    &[
        row("AA999999A", is_nino, Alone, WORDS).printed("AA 99 99 99 A"),
        row("9999999999", is_nhs, Plain, WORDS).printed("999 999 9999"),
        row("9999999999", is_utr, Named, WORDS),
        row("9999999999k", is_utr, Alone, WORDS),
        row("k9999999999", |b| is_utr(cut(b, 1, 11)), Alone, WORDS),
        row("AA999999", is_nino_without_suffix, Named, NINOS),
        row("999999999", is_vat, Named, WORDS).printed("999 9999 99"),
        row("gb999999999", |b| is_vat(cut(b, 2, 11)), Anywhere, WORDS),
        row("gb999999999999", |b| is_vat(cut(b, 2, 11)), Anywhere, WORDS),
        row("XXXXX999999XX9AA", is_licence, Anywhere, WORDS),
        row("XXXXX999999XXXAA", is_licence, Alone, WORDS),
        row("AA9999999", any, Alone, WORDS),
        row("999999", any, Named, &["sort code", "sortcode"]),
    ],
);

/// Who does not know the letter at the end leaves it out.
const NINOS: &[&str] = &["nino", "national insurance", "ni number", "ni no", "insurance number"];

fn is_nino(b: &[u8]) -> bool {
    is_nino_without_suffix(b) && matches!(b.last(), Some(b'A'..=b'D'))
}

fn is_nino_without_suffix(b: &[u8]) -> bool {
    const NOT: [&[u8]; 7] = [b"BG", b"GB", b"KN", b"NK", b"NT", b"TN", b"ZZ"];
    let prefix = cut(b, 0, 2);
    !NOT.contains(&prefix) && prefix.iter().all(|byte| !b"DFIQUV".contains(byte)) && b.get(1) != Some(&b'O')
}

fn is_nhs(b: &[u8]) -> bool {
    complement(sum(b, &[10, 9, 8, 7, 6, 5, 4, 3, 2]), 11) == last(b)
}

fn is_utr(b: &[u8]) -> bool {
    names(b, 0, b"21987654321", sum(cut(b, 1, 10), &[6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11)
}

fn is_vat(b: &[u8]) -> bool {
    let rest = (sum(b, &[8, 7, 6, 5, 4, 3, 2, 10, 1])) % 97;
    rest == 0 || rest == 42
}

/// Surname, decade, month (50 more for a woman), day, year, initials.
fn is_licence(b: &[u8]) -> bool {
    let letters = b.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let filled = cut(b, letters.min(5), 5).iter().all(|&byte| byte == b'9');
    let month = number(b, 6, 8);
    letters >= 1 && filled && is_day(if month > 50 { month - 50 } else { month }, number(b, 8, 10))
}

const BRITISH_POSTCODE: Detector = detector(
    "uk-postcode",
    "British postcodes, which name a few houses",
    "Royal Mail, Programmers' guide to the Postcode Address File; BS 7666-2",
    &[
        Example("postcode: «A0 8AE»."),
        Example("postcode: «E00 0YA»."),
        Example("postcode: «WE4 7AJ»."),
        Example("postcode: «OH06 0EN»."),
        Example("postcode: A0 8AC seen"),
        Example("seen A08AE there"),
        Example("postcode: E00 0YC seen"),
    ],
    &[
        row("A99AA", is_postcode, Alone, POSTCODES).printed("A9 9AA"),
        row("A999AA", is_postcode, Alone, POSTCODES).printed("A99 9AA"),
        row("AA99AA", is_postcode, Alone, POSTCODES).printed("AA9 9AA"),
        row("AA999AA", is_postcode, Alone, POSTCODES).printed("AA99 9AA"),
        row("A9A9AA", is_postcode, Alone, POSTCODES).printed("A9A 9AA"),
        row("AA9A9AA", is_postcode, Alone, POSTCODES).printed("AA9A 9AA"),
        row("gir0aa", any, Alone, POSTCODES),
    ],
);

const POSTCODES: &[&str] = &["postcode", "post code", "postal code", "address", "postal"];

fn is_postcode(b: &[u8]) -> bool {
    let area = b.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let inward = b.iter().rev().take(2).all(|byte| !b"CIKMOV".contains(byte));
    inward && !starts_in(b, b"QVX") && (area < 2 || b.get(1).is_some_and(|byte| !b"IJZ".contains(byte)))
}

const BRITISH_PLATE: Detector = detector(
    "uk-plate",
    "British vehicle registrations",
    "DVLA INF104 (vehicle registration numbers and number plates)",
    &[
        Example("plate: «MF60 EKB»."),
        Example("plate: «K4KTK»."),
        Example("plate: «W40AKW»."),
        Example("plate: «K808KWE»."),
        Example("seen MF60EKB there"),
        Example("plate: MF60EKB0 seen"),
        Example("seen K4KTK there"),
    ],
    &[
        row("AA99AAA", is_plate, Alone, PLATES).printed("AA99 AAA"),
        row("A9AAA", is_prefix, Alone, PLATES),
        row("A99AAA", is_prefix, Alone, PLATES),
        row("A999AAA", is_prefix, Alone, PLATES),
        row("AAA9A", is_suffix, Alone, PLATES),
        row("AAA99A", is_suffix, Alone, PLATES),
        row("AAA999A", is_suffix, Alone, PLATES),
    ],
);

const PLATES: &[&str] = &[
    "plate",
    "plates",
    "registration",
    "reg",
    "vehicle",
    "vehicles",
    "car",
    "vrm",
    "number plate",
    "numberplate",
    "dvla",
    "v5c",
];

fn is_plate(b: &[u8]) -> bool {
    let age = number(b, 2, 4);
    let place = cut(b, 0, 2).iter().all(|byte| !b"IQZ".contains(byte));
    place && matches!(age, 2..=29 | 51..=79) && cut(b, 4, 7).iter().all(|byte| !b"IQ".contains(byte))
}

fn is_prefix(b: &[u8]) -> bool {
    !starts_in(b, b"IOQUZ") && b.iter().rev().take(3).all(|byte| !b"IQZ".contains(byte)) && b.get(1) != Some(&b'0')
}

fn is_suffix(b: &[u8]) -> bool {
    b.last().is_some_and(|byte| !b"IOQUZ".contains(byte)) && b.get(3) != Some(&b'0')
}

const IRELAND: Detector = detector(
    "ireland-id",
    "Irish personal public service and VAT numbers",
    "Department of Social Protection (PPS number); Revenue (VAT number format)",
    &[
        Example("pps: «1008753E»."),
        Example("pps: «5737892SJ»."),
        Example("pps: «IE7456955U»."),
        Example("pps: «IE0039870SB»."),
        Example("pps: 1008753A seen"),
        Example("seen 1008753E there"),
        Example("pps: 5737892SA seen"),
    ],
    &[
        row("9999999A", is_pps, Alone, IRISH),
        row("9999999AA", is_pps, Alone, IRISH),
        row("ie9999999A", |b| is_pps(cut(b, 2, 10)), Anywhere, IRISH),
        row("ie9999999AA", |b| is_pps(cut(b, 2, 11)), Anywhere, IRISH),
        row("A99XXXX", is_eircode, Named, &["eircode", "postcode", "address"]),
    ],
);

const IRISH: &[&str] = &["pps", "ppsn", "pps number", "personal public service", "vat"];

fn is_pps(b: &[u8]) -> bool {
    // A second letter counts nine times its place in the alphabet; the old `W` of wives counts nothing.
    let second = b.get(8).map_or(0, |&letter| if letter == b'W' { 0 } else { u32::from(letter - b'@') });
    names(b, 7, b"WABCDEFGHIJKLMNOPQRSTUV", (sum(b, &[8, 7, 6, 5, 4, 3, 2]) + 9 * second) % 23)
}

fn is_eircode(b: &[u8]) -> bool {
    starts_in(b, b"ACDEFHKNPRTVWXY") && at(b, 3) < 36 && cut(b, 3, 7).iter().any(u8::is_ascii_digit)
}
