//! Identifiers of Australia and New Zealand.
//!
//! Must not know how texts are read.

use super::super::check::weighted::{complement, cut, last, names, number, starts_in, sum, value};
use super::super::registry::{Detector, Example};
use super::identifier::Evidence::{Alone, Named, Plain};
use super::identifier::{any, detector, row};

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[AUSTRALIA, NEW_ZEALAND];

const AUSTRALIAN: &[&str] = &[
    "tfn",
    "tax file",
    "abn",
    "acn",
    "medicare",
    "ihi",
    "crn",
    "centrelink",
    "bsb",
    "passport",
    "business number",
    "company number",
];

const AUSTRALIA: Detector = detector(
    "australia-id",
    "Australian tax file, business, company, health and passport numbers",
    "ATO (TFN, ABN); ASIC (ACN); Services Australia (Medicare); HI Service (IHI); DFAT (passports)",
    &[
        Example("tfn: «000300050»."),
        Example("tfn: «06007101»."),
        Example("tfn: «75 208 085 004»."),
        Example("tfn: «006900536»."),
        Example("tfn: 000300051 seen"),
        Example("seen 000300050 there"),
        Example("tfn: 06007100 seen"),
    ],
    &[
        row(
            "999999999",
            |b| sum(b, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11) && number(b, 0, 9) > 0,
            Plain,
            AUSTRALIAN,
        ),
        row("99999999", |b| sum(b, &[10, 7, 8, 4, 6, 3, 5, 1]).is_multiple_of(11), Plain, AUSTRALIAN),
        row("99999999999", is_abn, Alone, AUSTRALIAN).printed("99 999 999 999"),
        row(
            "999999999",
            |b| number(b, 0, 9) > 0 && complement(sum(b, &[8, 7, 6, 5, 4, 3, 2, 1]), 10) == last(b),
            Plain,
            AUSTRALIAN,
        ),
        row("9999999999", is_medicare, Plain, AUSTRALIAN).printed("9999 99999 9"),
        row("99999999999", is_medicare, Plain, AUSTRALIAN),
        row("999999999", is_medicare, Plain, AUSTRALIAN),
        row("8003699999999999", super::super::check::luhn::is_valid, Alone, AUSTRALIAN),
        row("A9999999", any, Named, AUSTRALIAN),
        row("AA9999999", any, Named, AUSTRALIAN),
        row("999999999A", any, Named, &["crn", "centrelink"]),
        row("999999", any, Named, &["bsb"]),
    ],
);

/// One is taken from the first digit.
fn is_abn(b: &[u8]) -> bool {
    let sum = sum(b, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
    !starts_in(b, b"0") && (sum + 79).is_multiple_of(89)
}

/// Eight digits, their check digit, and the number of the card, which may be missing.
fn is_medicare(b: &[u8]) -> bool {
    starts_in(b, b"23456") && sum(b, &[1, 3, 7, 9, 1, 3, 7, 9]) % 10 == number(b, 8, 9) as u32
}

const NEW_ZEALAND: Detector = detector(
    "new-zealand-id",
    "New Zealand's tax, health and account numbers",
    "Inland Revenue (IRD number); HISO 10046 (NHI number); Payments NZ (account numbers)",
    &[
        Example("ird: «080-579-907»."),
        Example("ird: «45-907-783»."),
        Example("account: «40-9005-0028906-57»."),
        Example("bank account: «30-2000-8050854-000»."),
        Example("ird: 080-579-900 seen"),
        Example("seen 080579907 there"),
        Example("ird: 45-907-780 seen"),
    ],
    &[
        row("999999999", is_ird, Plain, NEW_ZEALANDERS).printed("999-999-999"),
        row("99999999", |b| is_ird(&[b"0", b].concat()), Named, NEW_ZEALANDERS).printed("99-999-999"),
        row("AAA9999", is_old_nhi, Alone, NEW_ZEALANDERS),
        row("AAA99AX", is_new_nhi, Alone, NEW_ZEALANDERS),
        row("999999999999999", any, Named, &["account", "bank account"]).printed("99-9999-9999999-99"),
        row("9999999999999999", any, Named, &["bank account"]).printed("99-9999-9999999-999"),
    ],
);

const NEW_ZEALANDERS: &[&str] = &["ird", "ird number", "nhi", "nhi number", "inland revenue", "new zealand"];

fn is_ird(b: &[u8]) -> bool {
    let check = match complement(sum(b, &[3, 2, 7, 6, 5, 4, 3, 2]), 11) {
        10 => complement(sum(b, &[7, 4, 3, 2, 5, 2, 7, 6]), 11),
        check => check,
    };
    (10_000_000..150_000_000).contains(&number(b, 0, 9)) && check == last(b)
}

/// Letters count their place in the alphabet without I and O.
fn nhi_sum(b: &[u8]) -> u32 {
    let place = |byte: u8| match byte {
        b'0'..=b'9' => value(byte),
        b'A'..=b'H' => u32::from(byte - b'A') + 1,
        b'J'..=b'N' => u32::from(byte - b'A'),
        _ => u32::from(byte.saturating_sub(b'A')).saturating_sub(1),
    };
    cut(b, 0, 6).iter().zip([7, 6, 5, 4, 3, 2]).map(|(&byte, weight)| place(byte) * weight).sum()
}

fn is_old_nhi(b: &[u8]) -> bool {
    let rest = nhi_sum(b) % 11;
    b.iter().all(|byte| !b"IO".contains(byte)) && rest != 0 && (11 - rest) % 10 == last(b)
}

fn is_new_nhi(b: &[u8]) -> bool {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
    b.iter().all(|byte| !b"IO".contains(byte)) && names(b, 6, LETTERS, 23 - nhi_sum(b) % 24)
}
