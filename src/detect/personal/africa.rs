//! Identifiers of Africa.
//!
//! Must not know how texts are read.

use super::super::check::weighted::{complement, cut, is_day, is_ymd, last, names, number, starts_in, sum, value};
use super::super::check::{luhn, verhoeff};
use super::super::registry::{Detector, Example};
use super::identifier::Evidence::{Alone, Anywhere, Named, Plain};
use super::identifier::{any, detector, row};

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[SOUTH_AFRICA, NIGERIA, EGYPT, MAURITIUS, TUNISIA, GHANA, AFRICA];

const SOUTH_AFRICA: Detector = detector(
    "south-africa-id",
    "South African identity, tax and company numbers and licences to drive",
    "Department of Home Affairs (identity number); SARS (income tax reference number); CIPC (registration number); eNaTIS",
    &[
        Example("south africa: «690530 0101 270»."),
        Example("south africa: «3958628194»."),
        Example("south africa: 690530 0101 271 seen"),
        Example("seen 6905300101270 there"),
        Example("south africa: 3958628190 seen"),
        Example("seen «2014/000456/07», registration number: «CK1999/000456»."),
        Example("driving licence: «00010002FAKE»."),
        Example("seen 2014/000456/01 and 20140/00456/07 and 00010002FAKE there"),
        Example("license 1999-2004 Fake"),
    ],
    &[
        row("9999999999999", is_south_african, Alone, SOUTH_AFRICAN).printed("999999 9999 999"),
        row("9999999999", |b| starts_in(b, b"012349") && luhn::is_valid(b), Named, SOUTH_AFRICAN),
        row("999999999999", is_company, Named, COMPANIES).printed("9999/999999/99"),
        row("ck9999999999", |b| is_year(cut(b, 2, 6)), Named, COMPANIES).printed("AA9999/999999"),
        row("99999999AAAA", |b| !(is_year(b) && is_year(cut(b, 4, 8))), Named, &["licence", "license", "natis"]),
    ],
);

const SOUTH_AFRICAN: &[&str] = &[
    "south africa",
    "rsa",
    "sa id",
    "sars",
    "identity number",
    "id no",
    "id nr",
    "tax reference",
    "income tax",
    "tax registration",
    "tax invoice",
];

const COMPANIES: &[&str] = &["cipc", "company reg", "registration"];

/// Year, serial, kind of company.
fn is_company(b: &[u8]) -> bool {
    is_year(b) && matches!(number(b, 10, 12), 6..=12 | 21..=26 | 30 | 31)
}

fn is_year(b: &[u8]) -> bool {
    (1850..2060).contains(&number(b, 0, 4))
}

fn is_south_african(b: &[u8]) -> bool {
    is_ymd(b, 0) && starts_in(cut(b, 10, 11), b"012") && luhn::is_valid(b)
}

const NIGERIA: Detector = detector(
    "nigeria-id",
    "Nigerian identity, bank verification and tax numbers, and plates",
    "NIMC Act (NIN); Central Bank of Nigeria (BVN); FIRS (TIN); FRSC (number plates)",
    &[
        Example("nin: «70800501304»."),
        Example("nin: «40890000002»."),
        Example("firs: «134748116801»."),
        Example("plate: «FVK-666FV»."),
        Example("seen 70800501304 there"),
        Example("nin: 708005013040 seen"),
        Example("seen 40890000002 there"),
    ],
    &[
        row("99999999999", any, Named, &["nin", "bvn", "nimc", "bank verification", "nigeria"]),
        row("99999999999", verhoeff::is_valid, Plain, &["nin"]),
        row("999999999999", any, Named, &["firs", "nigeria"]),
        row("AAA999AA", any, Alone, &["plate", "plates", "vehicle", "registration"]).printed("AAA-999AA"),
        row("A99999999", |b| starts_in(b, b"AB"), Named, &["nigerian passport", "nigeria"]),
    ],
);

const EGYPT: Detector = detector(
    "egypt-id",
    "Egyptian national numbers",
    "Civil Status Organization of Egypt",
    &[
        Example("egypt: «20001272762747»."),
        Example("seen 20001272762747 there"),
        Example("egypt: 200012727627470 seen"),
    ],
    &[row("99999999999999", is_egyptian, Alone, &["egypt", "الرقم القومي", "رقم قومي"])],
);

/// Century, date, governorate, serial.
fn is_egyptian(b: &[u8]) -> bool {
    starts_in(b, b"23") && is_ymd(b, 1) && matches!(number(b, 7, 9), 1..=4 | 11..=19 | 21..=29 | 31..=35 | 88)
}

const MAURITIUS: Detector = detector(
    "mauritius-id",
    "Mauritian national identity numbers",
    "National Identity Card Act of Mauritius (NID)",
    &[
        Example("mauritius: «C0908600055012»."),
        Example("mauritius: C0908600055010 seen"),
        Example("seen C0908600055012 there"),
    ],
    &[row("A9999999999999", is_mauritian, Alone, &["mauritius", "nid"])],
);

fn is_mauritian(b: &[u8]) -> bool {
    const LETTERS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let sum: u32 = cut(b, 0, 13).iter().zip((2..=14).rev()).map(|(&byte, weight)| value(byte) * weight).sum();
    is_day(number(b, 3, 5), number(b, 1, 3)) && names(b, 13, LETTERS, complement(sum, 17))
}

const TUNISIA: Detector = detector(
    "tunisia-id",
    "Tunisian tax and identity numbers",
    "Ministry of Finance of Tunisia (matricule fiscal); Ministry of the Interior (CIN)",
    &[
        Example("matricule fiscal: «7550000KAE082»."),
        Example("cin: «01015112»."),
        Example("matricule fiscal: 7550000KAE0820 seen"),
        Example("seen 01015112 there"),
    ],
    &[
        row("9999999AAA999", is_matricule, Anywhere, &["matricule fiscal", "tunis", "mf"]),
        row("99999999", |b| starts_in(b, b"01"), Named, &["cin", "tunis", "carte d'identité", "carte d'identite"]),
    ],
);

fn is_matricule(b: &[u8]) -> bool {
    b.get(7).is_some_and(|key| !b"IOU".contains(key))
        && starts_in(cut(b, 8, 9), b"ABPDN")
        && starts_in(cut(b, 9, 10), b"MPCNE")
}

const GHANA: Detector = detector(
    "ghana-id",
    "Ghanaian tax and identity card numbers",
    "Ghana Revenue Authority (TIN); NIA (Ghana Card)",
    &[
        Example("ghana: «G0060068000»."),
        Example("ghana card: «GHA-000900050-0»."),
        Example("ghana: G0060068001 seen"),
        Example("seen G0060068000 there"),
    ],
    &[
        row("A00XXXXXXXX", is_ghanaian, Alone, &["ghana", "gra tin"]),
        row("gha9999999999", any, Anywhere, &["ghana card", "ghana"]).printed("AAA-999999999-9"),
    ],
);

fn is_ghanaian(b: &[u8]) -> bool {
    let sum = sum(cut(b, 1, 10), &[1, 2, 3, 4, 5, 6, 7, 8, 9]);
    starts_in(b, b"PCGQV") && cut(b, 3, 10).iter().all(u8::is_ascii_digit) && names(b, 10, b"0123456789X", sum % 11)
}

const AFRICA: Detector = detector(
    "africa-id",
    "identity and tax numbers of Kenya, Uganda, Tanzania, Morocco, Algeria, Ethiopia, Rwanda and Zambia",
    "NIRA (Uganda); NIDA (Tanzania, Rwanda); KRA (Kenya); DGI (Morocco, Algeria); Fayda (Ethiopia); Zambian NRC",
    &[
        Example("kra: «A000007001F»."),
        Example("kenya: «03001003»."),
        Example("uganda: «CF238312410309»."),
        Example("nida: «20001004-04110-30014-00»."),
        Example("seen A000007001F there"),
        Example("kra: A000007001F0 seen"),
        Example("seen 03001003 there"),
    ],
    &[
        row("A999999999A", |b| starts_in(b, b"AP"), Alone, &["kra", "kra pin", "kenya"]),
        row("99999999", any, Named, &["kenya", "huduma", "national id"]),
        row("AA99999999XXXX", |b| matches!(cut(b, 0, 2), b"CM" | b"CF"), Alone, &["uganda", "nin"]),
        row(
            "99999999999999999999",
            |b| is_ymd(b, 2) && matches!(number(b, 0, 2), 19 | 20),
            Alone,
            &["nida", "tanzania"],
        )
        .printed("99999999-99999-99999-99"),
        row("1999999999999999", |b| matches!(number(b, 1, 5), 1900..=2060), Named, &["rwanda", "indangamuntu"]),
        row("999999999999999", any, Named, &["ice", "maroc", "morocco", "nif", "algérie", "algerie"]),
        row("AA999999", any, Named, &["cin", "cnie", "maroc", "morocco"]),
        row("A999999", any, Named, &["cin", "cnie", "maroc", "morocco"]),
        row("999999999999", any, Named, &["fayda", "fan", "ethiopia"]),
        row("999999999", |b| last(b) <= 3, Named, &["nrc", "zambia"]).printed("999999/99/9"),
    ],
);
