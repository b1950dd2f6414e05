//! Identifiers of Poland, Romania, Bulgaria, Ukraine, Belarus, Moldova, Russia, Georgia and Armenia.
//!
//! Must not know how texts are read.

use super::super::check::weighted::{at, cut, is_day, last, number, starts_in, sum};
use super::super::registry::{Detector, Example};
use super::identifier::Evidence::{Alone, Anywhere, Named, Plain};
use super::identifier::{any, detector, row};

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[POLAND, ROMANIA, BULGARIA, UKRAINE, BELARUS, MOLDOVA, RUSSIA, CAUCASUS];

const POLISH: &[&str] = &["pesel", "nip", "regon", "dowód", "dowod", "dowodu", "paszport", "krs"];

const POLAND: Detector = detector(
    "poland-id",
    "Polish personal, tax and company numbers, identity cards and passports",
    "Act of 24 September 2010 on population records (PESEL); Ministry of Finance (NIP); GUS (REGON); ICAO Doc 9303",
    &[
        Example("pesel: «20811074908»."),
        Example("pesel: «00512049180»."),
        Example("pesel: «411-095-45-24»."),
        Example("pesel: «PL4631420009»."),
        Example("pesel: 20811074900 seen"),
        Example("seen 20811074908 there"),
        Example("pesel: 00512049181 seen"),
    ],
    &[
        row("99999999999", is_pesel, Alone, POLISH),
        row("99999999999", is_pesel_sum, Named, POLISH),
        row("9999999999", is_nip, Plain, POLISH).printed("999-999-99-99"),
        row("pl9999999999", |b| is_nip(cut(b, 2, 12)), Anywhere, POLISH),
        row("999999999", |b| sum(b, &[8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10 == last(b), Named, POLISH),
        row("99999999999999", is_long_regon, Named, POLISH),
        row("AAA999999", |b| sum(b, &[7, 3, 1, 9, 7, 3, 1, 7, 3]).is_multiple_of(10), Alone, POLISH),
        row("AA9999999", |b| sum(b, &[7, 3, 9, 1, 7, 3, 1, 7, 3]).is_multiple_of(10), Alone, POLISH),
    ],
);

/// The century is added to the month: 80, 0, 20, 40, 60.
fn is_pesel(b: &[u8]) -> bool {
    is_day(number(b, 2, 4) % 20, number(b, 4, 6)) && is_pesel_sum(b)
}

fn is_pesel_sum(b: &[u8]) -> bool {
    number(b, 0, 10) > 0 && sum(b, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]).is_multiple_of(10)
}

fn is_nip(b: &[u8]) -> bool {
    !starts_in(b, b"0") && sum(b, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == last(b)
}

fn is_long_regon(b: &[u8]) -> bool {
    sum(b, &[2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]) % 11 % 10 == last(b)
}

const ROMANIAN: &[&str] =
    &["cnp", "cod numeric personal", "cui", "cif", "cod fiscal", "carte de identitate", "personal numeric"];

const ROMANIA: Detector = detector(
    "romania-id",
    "Romanian personal numeric codes and fiscal codes",
    "Ordinance 97/2005 on population records (CNP); European Commission, VIES (Romania)",
    &[
        Example("cnp: «3600728314705»."),
        Example("cnp: «1000628000»."),
        Example("cnp: «50507000»."),
        Example("cnp: «7000008»."),
        Example("cnp: 3600728314700 seen"),
        Example("seen 3600728314705 there"),
        Example("cnp: 1000628001 seen"),
    ],
    &[
        row("9999999999999", is_cnp, Alone, ROMANIAN),
        row("9999999999", is_cui, Named, ROMANIAN),
        row("99999999", is_cui, Named, ROMANIAN),
        row("9999999", is_cui, Named, ROMANIAN),
        row("ro99999999", |b| is_cui(cut(b, 2, 10)), Anywhere, ROMANIAN),
        row("ro9999999", |b| is_cui(cut(b, 2, 9)), Alone, ROMANIAN),
        row("ro999999999", |b| is_cui(cut(b, 2, 11)), Anywhere, ROMANIAN),
        row("ro9999999999", |b| is_cui(cut(b, 2, 12)), Anywhere, ROMANIAN),
    ],
);

fn is_cnp(b: &[u8]) -> bool {
    starts_in(b, b"123456789")
        && is_day(number(b, 3, 5), number(b, 5, 7))
        && matches!(number(b, 7, 9), 1..=52 | 70..=99)
        && match sum(b, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11 {
            10 => last(b) == 1,
            check => check == last(b),
        }
}

/// As many weights as there are digits, from the right.
fn is_cui(b: &[u8]) -> bool {
    const WEIGHTS: [u32; 9] = [7, 5, 3, 2, 1, 7, 5, 3, 2];
    let skipped = WEIGHTS.len().saturating_sub(b.len().saturating_sub(1));
    !starts_in(b, b"0") && sum(b, WEIGHTS.get(skipped..).unwrap_or_default()) * 10 % 11 % 10 == last(b)
}

const BULGARIAN: &[&str] = &["egn", "егн", "lnch", "лнч", "bulstat", "eik", "еик", "ддс", "единен граждански"];

const BULGARIA: Detector = detector(
    "bulgaria-id",
    "Bulgarian civil, foreigners' and company numbers",
    "Civil Registration Act (EGN); Foreigners Act (LNCh); BULSTAT Register Act",
    &[
        Example("egn: «7343047658»."),
        Example("egn: «0005000500»."),
        Example("egn: «100606700»."),
        Example("egn: «BG050300000»."),
        Example("ЕГН: «7343047658», Егн «0005000500»"),
        Example("egn: 7343047650 seen"),
        Example("seen 7343047658 there"),
        Example("egn: 0005000501 seen"),
    ],
    &[
        row("9999999999", is_egn, Alone, BULGARIAN),
        row("9999999999", |b| sum(b, &[21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10 == last(b), Named, BULGARIAN),
        row("999999999", is_eik, Named, BULGARIAN),
        row("bg999999999", |b| is_eik(cut(b, 2, 11)), Anywhere, BULGARIAN),
        row("bg9999999999", |b| is_egn(cut(b, 2, 12)), Anywhere, BULGARIAN),
    ],
);

/// The century is added to the month: 20 for the 1800s, 40 for the 2000s.
fn is_egn(b: &[u8]) -> bool {
    let month = number(b, 2, 4);
    let month = if month > 40 {
        month - 40
    } else if month > 20 {
        month - 20
    } else {
        month
    };
    is_day(month, number(b, 4, 6)) && sum(b, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == last(b)
}

fn is_eik(b: &[u8]) -> bool {
    let check = match sum(b, &[1, 2, 3, 4, 5, 6, 7, 8]) % 11 {
        10 => sum(b, &[3, 4, 5, 6, 7, 8, 9, 10]) % 11 % 10,
        check => check,
    };
    check == last(b)
}

const UKRAINE: Detector = detector(
    "ukraine-id",
    "Ukrainian taxpayers' and company numbers",
    "State Register of Individual Taxpayers (RNOKPP); EDRPOU",
    &[
        Example("rnokpp: «3001350343»."),
        Example("rnokpp: «43596114»."),
        Example("rnokpp: 3001350340 seen"),
        Example("seen 3001350343 there"),
        Example("rnokpp: 43596110 seen"),
    ],
    &[row("9999999999", is_rnokpp, Named, UKRAINIAN), row("99999999", is_edrpou, Named, UKRAINIAN)],
);

const UKRAINIAN: &[&str] = &["rnokpp", "рнокпп", "ипн", "іпн", "ipn", "edrpou", "єдрпоу", "ukraine", "унзр"];

fn is_rnokpp(b: &[u8]) -> bool {
    // The first weight is -1.
    (sum(b, &[10, 5, 7, 9, 4, 6, 10, 5, 7])) % 11 % 10 == last(b)
}

fn is_edrpou(b: &[u8]) -> bool {
    let middle = (30_000_000..60_000_000).contains(&number(b, 0, 8));
    let (first, second): (&[u32], &[u32]) = if middle {
        (&[7, 1, 2, 3, 4, 5, 6], &[9, 3, 4, 5, 6, 7, 8])
    } else {
        (&[1, 2, 3, 4, 5, 6, 7], &[3, 4, 5, 6, 7, 8, 9])
    };
    let check = match sum(b, first) % 11 {
        10 => sum(b, second) % 11 % 10,
        check => check,
    };
    check == last(b)
}

const BELARUS: Detector = detector(
    "belarus-id",
    "Belarusian personal and taxpayers' numbers",
    "Law on the population register (personal number); Ministry of Taxes (UNP)",
    &[
        Example("unp: «3030902E732DK4»."),
        Example("unp: «730572000»."),
        Example("unp: 3030902E732DK0 seen"),
        Example("seen 3030902E732DK4 there"),
        Example("unp: 730572001 seen"),
    ],
    &[
        row("9999999A999AA9", is_belarusian, Alone, BELARUSIAN),
        row("999999999", |b| sum(b, &[29, 23, 19, 17, 13, 7, 5, 3]) % 11 == last(b), Named, BELARUSIAN),
    ],
);

const BELARUSIAN: &[&str] = &["unp", "унп", "belarus", "личный номер", "идентификационный номер"];

fn is_belarusian(b: &[u8]) -> bool {
    starts_in(b, b"123456")
        && is_day(number(b, 3, 5), number(b, 1, 3))
        && sum(b, &[7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7]) % 10 == last(b)
}

const MOLDOVA: Detector = detector(
    "moldova-id",
    "Moldovan identification numbers",
    "Government decision 333/2002 (IDNP, IDNO)",
    &[Example("idnp: «0001700000086»."), Example("idnp: 0001700000080 seen"), Example("seen 0001700000086 there")],
    &[row(
        "9999999999999",
        |b| starts_in(b, b"012") && sum(b, &[7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1]) % 10 == last(b),
        Named,
        &["idnp", "idno", "moldova"],
    )],
);

const RUSSIAN: &[&str] =
    &["inn", "инн", "snils", "снилс", "ogrn", "огрн", "ogrnip", "паспорт", "passport", "серия", "кпп"];

const RUSSIA: Detector = detector(
    "russia-id",
    "Russian taxpayers', pension, state registration and passport numbers",
    "FNS order MMV-7-6/435 (INN); PFR (SNILS); Government decree 438 (OGRN)",
    &[
        Example("inn: «0006632630»."),
        Example("inn: «605000805000»."),
        Example("inn: «600-000-200 60»."),
        Example("inn: «5000017000000»."),
        Example("ИНН «0006632630», Паспорт «0006632631»"),
        Example("inn: 0006632631 seen"),
        Example("seen 0006632630 there"),
        Example("inn: 605000805001 seen"),
    ],
    &[
        row("9999999999", |b| sum(b, &[2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == last(b), Named, RUSSIAN),
        row("999999999999", is_inn, Alone, RUSSIAN),
        row("99999999999", is_snils, Plain, RUSSIAN).printed("999-999-999 99"),
        row(
            "9999999999999",
            |b| starts_in(b, b"15") && number(b, 0, 12) % 11 % 10 == u64::from(last(b)),
            Named,
            RUSSIAN,
        ),
        row(
            "999999999999999",
            |b| starts_in(b, b"3") && number(b, 0, 14) % 13 % 10 == u64::from(last(b)),
            Plain,
            RUSSIAN,
        ),
        row("9999999999", any, Named, &["паспорт", "серия", "russian passport"]).printed("99 99 999999"),
    ],
);

fn is_inn(b: &[u8]) -> bool {
    sum(b, &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == at(b, 10)
        && sum(b, &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == last(b)
}

fn is_snils(b: &[u8]) -> bool {
    number(b, 0, 9) > 1_001_998 && u64::from(sum(b, &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100) == number(b, 9, 11)
}

const CAUCASUS: Detector = detector(
    "caucasus-id",
    "Georgian, Armenian and Azerbaijani personal numbers that are called so",
    "Georgian Public Service Development Agency; Armenian law on public services numbers; Azerbaijani law on taxes",
    &[
        Example("georgia: «40095020010»."),
        Example("armenia: «0809900601»."),
        Example("fin kod: «0304040»."),
        Example("seen 40095020010 there"),
        Example("georgia: 400950200100 seen"),
        Example("seen 0809900601 there"),
    ],
    &[
        row("99999999999", any, Named, &["georgia", "personal number", "პირადი ნომერი"]),
        row("9999999999", is_armenian, Named, &["armenia", "հծհ", "psn", "public services number"]),
        row("XXXXXXX", |b| b.iter().any(u8::is_ascii_digit), Named, &["fin kod", "fin code", "azerbaijan", "fərdi"]),
    ],
);

/// Day (50 more for a woman) and month.
fn is_armenian(b: &[u8]) -> bool {
    let day = number(b, 0, 2);
    is_day(number(b, 2, 4), if day > 50 { day - 50 } else { day })
}
