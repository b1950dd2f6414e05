//! Identifiers of Estonia, Latvia and Lithuania.
//!
//! Must not know how texts are read.

use super::super::check::weighted::{cut, is_dmy, is_ymd, last, number, starts_in, sum};
use super::super::registry::{Detector, Example};
use super::identifier::Evidence::{Alone, Anywhere, Named};
use super::identifier::{any, detector, row};

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[ESTONIA, LATVIA, LITHUANIA];

const ESTONIA: Detector = detector(
    "estonia-id",
    "Estonian personal codes, company and VAT numbers",
    "EVS 585 (isikukood); European Commission, VIES (Estonia)",
    &[],
    &[
        row("99999999999", is_personal_code, Alone, ESTONIAN),
        row("99999999", is_registry_code, Named, ESTONIAN),
        row("ee999999999", |b| sum(cut(b, 2, 11), &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10), Anywhere, ESTONIAN),
    ],
);

const ESTONIAN: &[&str] = &["isikukood", "ik", "registrikood", "kmkr", "personal code"];

/// Century and sex, year, month, day, serial: the same in Estonia and Lithuania.
fn is_personal_code(b: &[u8]) -> bool {
    starts_in(b, b"12345678")
        && is_ymd(b, 1)
        && is_twice_weighted(b, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1], &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3])
}

/// The remainder by eleven, or that of other weights if it is ten.
fn is_twice_weighted(b: &[u8], first: &[u32], second: &[u32]) -> bool {
    let check = match sum(b, first) % 11 {
        10 => sum(b, second) % 11 % 10,
        check => check,
    };
    check == last(b)
}

fn is_registry_code(b: &[u8]) -> bool {
    starts_in(b, b"1789") && is_twice_weighted(b, &[1, 2, 3, 4, 5, 6, 7], &[3, 4, 5, 6, 7, 8, 9])
}

const LATVIA: Detector = detector(
    "latvia-id",
    "Latvian personal codes and VAT numbers",
    "Law on the register of natural persons (personas kods); European Commission, VIES (Latvia)",
    &[],
    &[
        row("99999999999", is_personas_kods, Alone, LATVIAN).printed("999999-99999"),
        row("32999999999", any, Alone, LATVIAN).printed("999999-99999"),
        row("lv99999999999", |b| is_company(cut(b, 2, 13)) || is_personas_kods(cut(b, 2, 13)), Anywhere, LATVIAN),
        row("99999999999", is_company, Named, LATVIAN),
    ],
);

const LATVIAN: &[&str] = &["personas kods", "personas koda", "pvn", "latvia"];

fn is_personas_kods(b: &[u8]) -> bool {
    is_dmy(b, 0)
        && starts_in(cut(b, 6, 7), b"012")
        && (1 + sum(b, &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11 % 10 == last(b)
}

fn is_company(b: &[u8]) -> bool {
    starts_in(b, b"456789") && sum(b, &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 == 3
}

const LITHUANIA: Detector = detector(
    "lithuania-id",
    "Lithuanian personal codes and VAT numbers",
    "Law on the register of residents (asmens kodas); European Commission, VIES (Lithuania)",
    &[],
    &[
        row("99999999999", is_personal_code, Alone, LITHUANIAN),
        row("lt999999999", |b| is_payer(cut(b, 2, 11)), Anywhere, LITHUANIAN),
        row("lt999999999999", |b| number(b, 12, 13) == 1 && is_long_payer(cut(b, 2, 14)), Anywhere, LITHUANIAN),
    ],
);

const LITHUANIAN: &[&str] = &["asmens kodas", "asmens kodo", "pvm", "lithuania"];

fn is_payer(b: &[u8]) -> bool {
    is_twice_weighted(b, &[1, 2, 3, 4, 5, 6, 7, 8], &[3, 4, 5, 6, 7, 8, 9, 1])
}

fn is_long_payer(b: &[u8]) -> bool {
    is_twice_weighted(b, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2], &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4])
}
