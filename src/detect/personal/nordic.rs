//! Identifiers of Denmark, Finland, Iceland, Norway and Sweden, and of the Faroe Islands.
//!
//! Must not know how texts are read.

use super::super::check::luhn;
use super::super::check::weighted::{
    at, complement, cut, is_day, is_dmy, is_full_ymd, is_ymd, last, names, number, starts_in, sum,
};
use super::super::registry::{Detector, Example};
use super::identifier::Evidence::{Alone, Anywhere, Named, Plain};
use super::identifier::{any, detector, row};

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[DENMARK, FINLAND, ICELAND, NORWAY, SWEDEN];

const DANISH: &[&str] = &["cpr", "cpr nummer", "personnummer", "cvr", "moms", "p tal"];

const DENMARK: Detector = detector(
    "denmark-id",
    "Danish personal and company numbers, and the Faroe Islands' personal numbers",
    "CPR-kontoret, Personnummeret i CPR; European Commission, VIES (Denmark)",
    &[
        Example("cpr: «050800-0006»."),
        Example("cpr: «0710303430»."),
        Example("cpr: «80003080»."),
        Example("cpr: «DK60330859»."),
        Example("seen 0508000006 there"),
        Example("cpr: 05080000060 seen"),
        Example("seen 0710303430 there"),
    ],
    &[
        row(
            "9999999999",
            |b| is_dmy(b, 0) && sum(b, &[4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11),
            Alone,
            DANISH,
        )
        .printed("999999-9999"),
        row("9999999999", |b| is_dmy(b, 0), Named, DANISH),
        row("99999999", is_cvr, Named, DANISH),
        row("dk99999999", |b| is_cvr(cut(b, 2, 10)), Anywhere, DANISH),
        row("999999999", |b| is_dmy(b, 0), Named, &["p tal", "ptal", "faroe", "føroy", "foroy"]),
    ],
);

fn is_cvr(b: &[u8]) -> bool {
    !starts_in(b, b"0") && sum(b, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

const FINNISH: &[&str] = &["hetu", "henkilötunnus", "henkilotunnus", "personbeteckning", "y tunnus", "alv", "sotu"];

const FINLAND: Detector = detector(
    "finland-id",
    "Finnish personal identity codes and company numbers",
    "Digital and Population Data Services Agency (personal identity code); Patent and Registration Office (Y-tunnus)",
    &[
        Example("hetu: «060312-7940»."),
        Example("hetu: «020487E4040»."),
        Example("seen 7 «020487 E40 40» there"),
        Example("hetu: «0900500-0»."),
        Example("hetu: «FI60000010»."),
        Example("hetu: 060312-7941 seen"),
        Example("seen 0603127940 there"),
        Example("hetu: 020487E4041 seen"),
    ],
    &[
        // With a hyphen (or, without it, for the 1900s), or a letter that stands for the century.
        row("999999999X", is_hetu, Alone, FINNISH).printed("999999-999X"),
        row("999999A999X", is_lettered_hetu, Anywhere, FINNISH),
        row("99999999", is_y_tunnus, Named, FINNISH).printed("9999999-9"),
        row("fi99999999", |b| is_y_tunnus(cut(b, 2, 10)), Anywhere, FINNISH),
    ],
);

const HETU: &[u8] = b"0123456789ABCDEFHJKLMNPRSTUVWXY";

fn is_hetu(b: &[u8]) -> bool {
    let serial = number(b, 0, 6) * 1_000 + number(b, 6, 9);
    is_dmy(b, 0) && names(b, 9, HETU, (serial % 31) as u32)
}

fn is_lettered_hetu(b: &[u8]) -> bool {
    let serial = number(b, 0, 6) * 1_000 + number(b, 7, 10);
    starts_in(cut(b, 6, 7), b"ABCDEFUVWXY") && is_dmy(b, 0) && names(b, 10, HETU, (serial % 31) as u32)
}

fn is_y_tunnus(b: &[u8]) -> bool {
    complement(sum(b, &[7, 9, 10, 5, 8, 4, 2]), 11) == last(b)
}

const ICELAND: Detector = detector(
    "iceland-id",
    "Icelandic identity numbers",
    "Registers Iceland (kennitala)",
    &[Example("kennitala: «090402-0560»."), Example("kennitala: 090402-0561 seen"), Example("seen 0904020560 there")],
    &[row("9999999999", is_kennitala, Alone, &["kennitala", "kt"]).printed("999999-9999")],
);

/// Companies add 40 to the day; the last digit is the century's.
fn is_kennitala(b: &[u8]) -> bool {
    let day = number(b, 0, 2);
    let check = complement(sum(b, &[3, 2, 7, 6, 5, 4, 3, 2]), 11);
    is_day(number(b, 2, 4), if day > 40 { day - 40 } else { day }) && check == at(b, 8) && matches!(last(b), 0 | 8 | 9)
}

const NORWEGIAN: &[&str] = &[
    "fødselsnummer",
    "fodselsnummer",
    "fnr",
    "personnummer",
    "d nummer",
    "orgnr",
    "organisasjonsnummer",
    "mva",
    "kontonummer",
];

const NORWAY: Detector = detector(
    "norway-id",
    "Norwegian birth, organisation and account numbers",
    "Skatteetaten (fødselsnummer, D-nummer); Brønnøysund Register Centre (organisation number)",
    &[
        Example("fodselsnummer: «020960 00300»."),
        Example("fodselsnummer: «930590088»."),
        Example("fodselsnummer: «NO933608204MVA»."),
        Example("fodselsnummer: «896005006MVA»."),
        Example("fodselsnummer: 020960 00301 seen"),
        Example("seen 02096000300 there"),
        Example("fodselsnummer: 930590080 seen"),
    ],
    &[
        row("99999999999", is_fodselsnummer, Alone, NORWEGIAN).printed("999999 99999"),
        row("999999999", is_orgnr, Plain, NORWEGIAN),
        row("no999999999mva", |b| is_orgnr(cut(b, 2, 11)), Anywhere, NORWEGIAN),
        row("999999999mva", |b| is_orgnr(cut(b, 0, 9)), Anywhere, NORWEGIAN),
        row("99999999999", |b| complement(sum(b, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11) == last(b), Named, NORWEGIAN)
            .printed("9999.99.99999"),
    ],
);

/// Foreigners add 40 to the day, some registers 40 or 80 to the month.
fn is_fodselsnummer(b: &[u8]) -> bool {
    let (day, month) = (number(b, 0, 2), number(b, 2, 4));
    is_day(
        if month > 80 {
            month - 80
        } else if month > 40 {
            month - 40
        } else {
            month
        },
        if day > 40 { day - 40 } else { day },
    ) && complement(sum(b, &[3, 7, 6, 1, 8, 9, 4, 5, 2]), 11) == at(b, 9)
        && complement(sum(b, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11) == last(b)
}

fn is_orgnr(b: &[u8]) -> bool {
    starts_in(b, b"89") && complement(sum(b, &[3, 2, 7, 6, 5, 4, 3, 2]), 11) == last(b)
}

const SWEDISH: &[&str] = &[
    "personnummer",
    "samordningsnummer",
    "organisationsnummer",
    "orgnr",
    "momsregistreringsnummer",
    "pnr",
    "coordination number",
    "organisation number",
    "organization number",
    "org nr",
    "företagsnummer",
    "foretagsnummer",
    "bolagets nummer",
    "födelsenummer",
    "id nummer",
];

const SWEDEN: Detector = detector(
    "sweden-id",
    "Swedish personal, coordination, organisation and VAT numbers",
    "Skatteverket (personnummer, samordningsnummer); Bolagsverket (organisationsnummer)",
    &[
        Example("personnummer: «000208-0000»."),
        Example("personnummer: «20570707-0800»."),
        Example("personnummer: «114660-0000»."),
        Example("personnummer: «SE937690570001»."),
        Example("personnummer: «000208+0000» and coordination number «0002680007»."),
        Example("personnummer: 000208-0001 seen, 000208+0001 and 000208+00001"),
        Example("seen 0002080000 there"),
        Example("personnummer: 20570707-0801 seen"),
    ],
    &[
        row("9999999999", is_personnummer, Alone, SWEDISH).printed("999999-9999"),
        row("999999999999", |b| is_living_century(b) && is_personnummer(cut(b, 2, 12)), Alone, SWEDISH)
            .printed("99999999-9999"),
        row("9999999999", is_organisation, Plain, SWEDISH).printed("999999-9999"),
        row("se999999999901", |b| luhn::is_valid(cut(b, 2, 12)), Anywhere, SWEDISH),
        row("AA999999", any, Named, SWEDISH),
    ],
);

/// Coordination numbers add 60 to the day.
fn is_personnummer(b: &[u8]) -> bool {
    let day = number(b, 4, 6);
    is_day(number(b, 2, 4), if day > 60 { day - 60 } else { day }) && luhn::is_valid(b)
}

fn is_living_century(b: &[u8]) -> bool {
    is_full_ymd(b, 0) || matches!(number(b, 0, 2), 18..=20) && !is_ymd(b, 2)
}

fn is_organisation(b: &[u8]) -> bool {
    !starts_in(b, b"04") && at(b, 2) >= 2 && luhn::is_valid(b)
}
