//! Identifiers of the United States and Canada.
//!
//! Must not know how texts are read.

use super::super::check::luhn;
use super::super::check::weighted::{at, complement, cut, is_day, last, number, starts_in, sum};
use super::super::registry::{Detector, Example};
use super::identifier::Evidence::{Alone, Named, Plain};
use super::identifier::{any, detector, row};

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[US_SSN, US_TAX, US_HEALTH, US_BANK, US_PAPERS, CANADA];

const US_SSN: Detector = detector(
    "us-ssn",
    "social security numbers of the United States",
    "Social Security Administration, SSN randomization (areas and groups that are never given)",
    &[
        Example("ssn: «100-10-0001»."),
        Example("seen «100-10-0001» there, \\n«100-10-0001»\\n, \\u0000«100-10-0001»"),
        Example("seen «100 10 0001» there, LIKE '%«100-10-0001»%'"),
        Example("12 100 10 0001 34"),
        Example("SSN «100100001»."),
        Example("seen 100100001 there"),
        Example("ssn: 000-10-0001 seen"),
        Example("ssn: 666-10-0001 seen"),
    ],
    &[
        row("999999999", is_ssn, Named, &["ssn", "ssns", "social security", "social", "ss number", "ss#", "soc sec"])
            .printed("999-99-9999"),
        row("999999999", is_ssn, Named, &["ssn", "social security"]).printed("999 99 9999"),
        row("999999999", is_ssn, Named, &["ssn", "social security"]).printed("999.99.9999"),
    ],
);

/// No part is all zeros, no area is 666 or from 900 on, and it is none of those that advertisements made known.
fn is_ssn(b: &[u8]) -> bool {
    const KNOWN: [&[u8]; 3] = [b"078051120", b"219099999", b"123456789"];
    let area = number(b, 0, 3);
    let same = b.iter().all(|byte| b.first() == Some(byte));
    (1..900).contains(&area)
        && area != 666
        && number(b, 3, 5) > 0
        && number(b, 5, 9) > 0
        && !KNOWN.contains(&b)
        && !same
}

const US_TAX: Detector = detector(
    "us-taxpayer",
    "individual and employer tax numbers of the United States",
    "IRS publication 1915 (ITIN); IRS, How EINs are assigned",
    &[
        Example("itin: «971-90-3039»."),
        Example("ein: «040000000»."),
        Example("atin: «963930707»."),
        Example("seen 971903039 there"),
        Example("itin: 9719030390 seen"),
        Example("seen 040000000 there"),
    ],
    &[
        row("999999999", is_itin, Alone, &["itin", "individual taxpayer", "tax id"]).printed("999-99-9999"),
        row("999999999", is_ein, Named, &["ein", "fein", "employer identification", "federal tax"]),
        row("999999999", |b| starts_in(b, b"9") && number(b, 3, 5) == 93, Named, &["atin", "adoption taxpayer"]),
    ],
);

fn is_itin(b: &[u8]) -> bool {
    starts_in(b, b"9") && matches!(number(b, 3, 5), 50..=65 | 70..=88 | 90..=92 | 94..=99)
}

fn is_ein(b: &[u8]) -> bool {
    !matches!(number(b, 0, 2), 0 | 7..=9 | 17..=19 | 28 | 29 | 49 | 69 | 70 | 78 | 79 | 89 | 96 | 97)
}

const US_HEALTH: Detector = detector(
    "us-health",
    "Medicare, provider and DEA numbers of the United States",
    "CMS (MBI format; 45 CFR 162.408, NPI check digit; CLIA number); DEA (registration number check digit)",
    &[
        Example("npi: «1075105506»."),
        Example("their NPI is «1522222227»"),
        Example("at 1522222227 it was there"),
        Example("dea: «EK0000240»."),
        Example("dea: «B90000000»."),
        Example("medicare: «390280002A»."),
        Example("MBI: «1FA4-KE5-MK73», mbi «1FA4KE5MK73» is read"),
        Example("CLIA: «99D0000001» and clia number «99D0000001»"),
        Example("mbi: 1SA4-KE5-MK73 and CLIA: 99E0000001"),
        Example("seen 99D0000001 there"),
        Example("laboratory 99E0000001"),
        Example("laboratory: «99D0000001»."),
        Example("npi: 1075105500 seen"),
        Example("seen 1075105506 there"),
        Example("dea: EK0000241 seen"),
    ],
    &[
        row("9999999999", is_npi, Plain, &["npi", "provider", "prescriber", "physician"]).printed("9999-999-999"),
        row("AA9999999", is_dea, Alone, &["dea", "registration", "prescriber", "medical"]),
        row("A99999999", |b| is_dea(&[b"A9", cut(b, 2, 9)].concat()) && b.get(1) == Some(&b'9'), Named, &["dea"]),
        row("9AX9AX9AA99", is_mbi, Alone, &["mbi", "medicare", "beneficiary", "medicaid", "hicn", "cms"])
            .printed("9AX9-AX9-AA99"),
        row("999999999A", any, Named, &["medicare", "hicn"]),
        row("99d9999999", any, Alone, &["clia", "laboratory", "lab id", "lab number"]),
    ],
);

/// Luhn behind the prefix 80840.
fn is_npi(b: &[u8]) -> bool {
    let same = cut(b, 0, 9).iter().all(|byte| b.first() == Some(byte));
    starts_in(b, b"12") && !same && (luhn::sum(b) + 24).is_multiple_of(10)
}

fn is_dea(b: &[u8]) -> bool {
    let digit = |place: usize| at(b, place);
    starts_in(b, b"ABCDEFGHJKLMPRSTUX")
        && (digit(2) + digit(4) + digit(6) + 2 * (digit(3) + digit(5) + digit(7))) % 10 == last(b)
}

fn is_mbi(b: &[u8]) -> bool {
    !starts_in(b, b"0") && b.iter().all(|byte| !b"SLOIBZ".contains(byte))
}

const US_BANK: Detector = detector(
    "us-bank-routing",
    "routing numbers of banks in the United States, and account numbers that are called so",
    "American Bankers Association, routing number policy",
    &[
        Example("routing: «009945409»."),
        Example("bank account: «30000910»."),
        Example("bank account: «090000000»."),
        Example("bank account: «0048040000»."),
        Example("routing: 009945400 seen"),
        Example("seen 009945409 there"),
        Example("seen 30000910 there"),
    ],
    &[
        row(
            "999999999",
            is_routing,
            Plain,
            &["routing", "aba", "rtn", "transit", "ach", "abarouting", "bankrouting", "association"],
        ),
        row("99999999", any, Named, ACCOUNTS),
        row("999999999", any, Named, ACCOUNTS),
        row("9999999999", any, Named, ACCOUNTS),
        row("99999999999", any, Named, ACCOUNTS),
        row("999999999999", any, Named, ACCOUNTS),
        row("99999999999999", any, Named, ACCOUNTS),
        row("999999999999999", any, Named, ACCOUNTS),
        row("9999999999999999", any, Named, ACCOUNTS),
        row("99999999999999999", any, Named, ACCOUNTS),
    ],
);

const ACCOUNTS: &[&str] = &[
    "bank account",
    "account number",
    "account no",
    "acct",
    "iban",
    "checking account",
    "savings account",
    "kontonummer",
    "cuenta bancaria",
    "numéro de compte",
    "numero de compte",
    "sort code",
    "konto",
];

fn is_routing(b: &[u8]) -> bool {
    let district = matches!(number(b, 0, 2), 0..=12 | 21..=32 | 61..=72 | 80);
    let sum = sum(b, &[3, 7, 1, 3, 7, 1, 3, 7, 1]);
    district && sum > 0 && sum.is_multiple_of(10)
}

const US_PAPERS: Detector = detector(
    "us-document",
    "passports and licences to drive of the United States",
    "Department of State (passport numbers); AAMVA, state formats of driver licences",
    &[
        Example("passport: «E00080020»."),
        Example("passport: «000400000»."),
        Example("driver: «A0000006»."),
        Example("driver: «S00006000», or myDlNumber «A0000006»."),
        Example("seen E00080020 there"),
        Example("passport: E000800200 seen"),
        Example("seen 000400000 there"),
    ],
    &[
        row("A99999999", any, Named, &["passport", "passport card", "alien", "uscis", "green card"]),
        row("999999999", any, Named, &["passport", "alien number", "a number", "uscis"]),
        row("A9999999", any, Alone, LICENCES),
        row("A99999999", |b| starts_in(b, b"HS"), Alone, LICENCES),
        row("A999999999999", any, Alone, LICENCES).printed("A999-999-99-999-9"),
        row("wdlXXXXXXXXX", any, Named, LICENCES),
        row("A99999999999999", any, Named, LICENCES),
        row("AAA9999999999", any, Named, &["uscis", "receipt number", "case number"]),
    ],
);

const LICENCES: &[&str] = &[
    "driver",
    "drivers",
    "driver license",
    "driver's license",
    "driving",
    "dl",
    "dls",
    "cdls",
    "lic",
    "license",
    "licence",
    "permit",
];

const CANADIAN: &[&str] = &[
    "sin",
    "nas",
    "social insurance",
    "assurance sociale",
    "health card",
    "ohip",
    "phn",
    "ramq",
    "carte santé",
    "carte sante",
    "business number",
    "cra",
    "gst",
    "hst",
];

const CANADA: Detector = detector(
    "canada-id",
    "Canadian social insurance, health, business and passport numbers",
    "Service Canada (SIN); Ontario, British Columbia and Québec (health numbers); CRA (business number); IRCC (passports)",
    &[
        Example("sin: «403-875-941»."),
        Example("sin: «2050-767-058»."),
        Example("sin: «7042-600-770-CK»."),
        Example("sin: «9702500903»."),
        Example("sin: 403-875-940 seen"),
        Example("seen 403875941 there"),
        Example("sin: 2050-767-050 seen"),
    ],
    &[
        row("999999999", is_sin, Plain, CANADIAN).printed("999-999-999"),
        row("9999999999", |b| starts_in(b, b"123456789") && luhn::is_valid(b), Named, CANADIAN).printed("9999-999-999"),
        row("9999999999AA", |b| luhn::is_valid(cut(b, 0, 10)), Alone, CANADIAN).printed("9999-999-999-AA"),
        row("9999999999", is_phn, Named, CANADIAN),
        row("AAAA99999999", is_ramq, Alone, CANADIAN).printed("AAAA 9999 9999"),
        row(
            "999999999AA9999",
            |b| luhn::is_valid(cut(b, 0, 9)) && matches!(cut(b, 9, 11), b"RT" | b"RP" | b"RC" | b"RR"),
            Alone,
            CANADIAN,
        ),
        row("AA999999", any, Named, CANADIAN),
        row("A9A9A9", is_postal, Alone, &["postal code", "postal", "code postal", "address"]).printed("A9A 9A9"),
    ],
);

/// No province gives out 0 or 8; the written form has one separator throughout, which the shape's groups show.
fn is_sin(b: &[u8]) -> bool {
    let same = b.iter().all(|byte| b.first() == Some(byte));
    !starts_in(b, b"08") && !same && luhn::is_valid(b)
}

fn is_phn(b: &[u8]) -> bool {
    starts_in(b, b"9") && complement(sum(cut(b, 1, 9), &[2, 4, 8, 5, 10, 9, 7, 3]), 11) == last(b)
}

/// Three letters of the name, one of the first name, year, month (50 more for a woman), day, serial.
fn is_ramq(b: &[u8]) -> bool {
    let month = number(b, 6, 8);
    is_day(if month > 50 { month - 50 } else { month }, number(b, 8, 10))
}

fn is_postal(b: &[u8]) -> bool {
    starts_in(b, b"ABCEGHJKLMNPRSTVXY") && b.iter().all(|byte| !b"DFIOQU".contains(byte))
}
