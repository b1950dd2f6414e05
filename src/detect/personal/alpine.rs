//! Identifiers of Austria, Switzerland, Liechtenstein, Slovenia, Hungary, Czechia and Slovakia.
//!
//! Must not know how texts are read.

use super::super::check::luhn;
use super::super::check::weighted::{at, complement, cut, is_day, is_dmy, is_ymd, last, number, starts_in, sum};
use super::super::registry::{Detector, Example};
use super::balkans::is_jmbg;
use super::identifier::Evidence::{Alone, Anywhere, Named, Plain};
use super::identifier::{any, detector, row};

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[AUSTRIA, SWITZERLAND, SLOVENIA, HUNGARY, CZECHIA, SLOVAKIA];

const AUSTRIAN: &[&str] = &[
    "svnr",
    "sv nummer",
    "sozialversicherung",
    "versicherungsnummer",
    "vsnr",
    "steuernummer",
    "abgabenkontonummer",
    "uid",
    "sv nr",
    "asvg",
];

const AUSTRIA: Detector = detector(
    "austria-id",
    "Austrian social insurance, tax and VAT numbers",
    "Hauptverband der Sozialversicherungsträger (Versicherungsnummer); BMF, Format der Steuernummer and UID",
    &[
        Example("svnr: «3490 060690»."),
        Example("svnr: «30-050/0030»."),
        Example("svnr: «ATU09007000»."),
        Example("svnr: 3490 060691 seen"),
        Example("seen 3490060690 there"),
        Example("svnr: 30-050/0031 seen"),
    ],
    &[
        row("9999999999", is_svnr, Alone, AUSTRIAN).printed("9999 999999"),
        row("999999999", luhn::is_valid, Named, AUSTRIAN).printed("99-999/9999"),
        row("atu99999999", |b| (96 - luhn::sum(cut(b, 3, 10))) % 10 == last(b), Anywhere, AUSTRIAN),
    ],
);

fn is_svnr(b: &[u8]) -> bool {
    let month = number(b, 6, 8);
    let day = is_dmy(b, 4) || matches!(month, 13..=15) && matches!(number(b, 4, 6), 1..=31);
    !starts_in(b, b"0") && day && sum(b, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 == at(b, 3)
}

const SWISS: &[&str] = &["ahv", "avs", "oasi", "sozialversicherung", "uid", "mwst", "tva", "iva", "che"];

const SWITZERLAND: Detector = detector(
    "switzerland-id",
    "Swiss social security and company numbers",
    "Federal act on old-age and survivors' insurance, article 50c; GS1 (check digit); eCH-0097 (UID)",
    &[
        Example("ahv: «7569481067177»."),
        Example("seen «756.9481.0671.77» and «756 9481 0671 77» there"),
        Example("ahv: «CHE880205004»."),
        Example("schweizer pass: «73690620»."),
        Example("ahv: 7569481067170 seen"),
        Example("ahv: 75694810671770 seen"),
        Example("ahv: CHE880205000 seen"),
    ],
    &[
        row("7569999999999", is_ean, Anywhere, SWISS).printed("756.9999.9999.99"),
        row("7569999999999", is_ean, Named, SWISS).printed("756 9999 9999 99"),
        row("che999999999", is_uid, Anywhere, SWISS),
        row("XX999999", any, Named, &["schweizer pass", "passeport suisse"]),
    ],
);

/// The check digit of GS1.
pub(super) fn is_ean(b: &[u8]) -> bool {
    complement(sum(b, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]), 10) == last(b)
}

fn is_uid(b: &[u8]) -> bool {
    complement(sum(cut(b, 3, 11), &[5, 4, 3, 2, 7, 6, 5, 4]), 11) == last(b)
}

const SLOVENIA: Detector = detector(
    "slovenia-id",
    "Slovenian personal and tax numbers",
    "Central Register of Population Act (EMŠO); Tax Procedure Act (davčna številka)",
    &[
        Example("emso: «0501000000700»."),
        Example("emso: «16079000»."),
        Example("emso: «SI60995920»."),
        Example("EMŠO: «0501000000700», Davčna «16079000»"),
        Example("emso: 0501000000701 seen"),
        Example("seen 0501000000700 there"),
        Example("emso: 16079001 seen"),
    ],
    &[
        row("9999999999999", is_jmbg, Alone, SLOVENE),
        row("99999999", is_davcna, Plain, SLOVENE),
        row("si99999999", |b| is_davcna(cut(b, 2, 10)), Anywhere, SLOVENE),
    ],
);

const SLOVENE: &[&str] = &["emšo", "emso", "davčna", "davcna", "ddv", "matična številka", "maticna stevilka"];

fn is_davcna(b: &[u8]) -> bool {
    let check = complement(sum(b, &[8, 7, 6, 5, 4, 3, 2]), 11);
    !starts_in(b, b"0") && check % 10 == last(b) && number(b, 0, 7) > 1_000_000
}

const HUNGARIAN: &[&str] = &[
    "adóazonosító",
    "adoazonosito",
    "taj",
    "taj szám",
    "taj szam",
    "adószám",
    "adoszam",
    "személyi",
    "szemelyi",
    "társadalombizt",
];

const HUNGARY: Detector = detector(
    "hungary-id",
    "Hungarian tax, health insurance and personal numbers",
    "Act XX of 1996 on identification codes; Act CL of 2017 on taxation",
    &[
        Example("adoazonosito: «8000442000»."),
        Example("adoazonosito: «5657034325»."),
        Example("adoazonosito: «360 265 022»."),
        Example("adoazonosito: «07008023-4-09»."),
        Example("adoazonosito: 8000442001 seen"),
        Example("seen 8000442000 there"),
        Example("adoazonosito: 5657034320 seen"),
    ],
    &[
        row("8999999999", is_adoazonosito, Plain, HUNGARIAN),
        row("9999999999", |b| is_adoazonosito(b) && !starts_in(b, b"0"), Named, HUNGARIAN),
        row("999999999", |b| sum(b, &[3, 7, 3, 7, 3, 7, 3, 7]) % 10 == last(b), Named, HUNGARIAN)
            .printed("999 999 999"),
        row("99999999999", |b| is_adoszam(b) && starts_in(cut(b, 8, 9), b"12345"), Named, HUNGARIAN)
            .printed("99999999-9-99"),
        row("hu99999999", |b| is_adoszam(cut(b, 2, 10)), Anywhere, HUNGARIAN),
        row("99999999999", is_szemelyi, Alone, HUNGARIAN),
        row("999999AA", any, Named, HUNGARIAN),
    ],
);

fn is_adoazonosito(b: &[u8]) -> bool {
    sum(b, &[1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 == last(b)
}

fn is_adoszam(b: &[u8]) -> bool {
    complement(sum(b, &[9, 7, 3, 1, 9, 7, 3]), 10) == at(b, 7)
}

fn is_szemelyi(b: &[u8]) -> bool {
    let rising = sum(b, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) % 11;
    let falling = sum(b, &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11;
    starts_in(b, b"12345678") && is_ymd(b, 1) && [rising, falling].contains(&last(b))
}

const CZECH: &[&str] = &[
    "rodné číslo",
    "rodne cislo",
    "r č",
    "dič",
    "dic",
    "ičo",
    "ico",
    "birth number",
    "občanský průkaz",
    "obcansky prukaz",
    "op",
];

const CZECHIA: Detector = detector(
    "czech-id",
    "Czech birth, company and tax numbers",
    "Act 133/2000 on population records; European Commission, VIES (Czechia)",
    &[
        Example("rodne cislo: «492909/0200»."),
        Example("rodne cislo: «007510/360»."),
        Example("rodne cislo: «10012915»."),
        Example("rodne cislo: «CZ9601068609»."),
        Example("rodne cislo: 492909/0201 seen"),
        Example("seen 4929090200 there"),
        Example("seen 007510360 there"),
    ],
    &[
        row("9999999999", is_birth_number, Alone, CZECH).printed("999999/9999"),
        row("999999999", |b| is_born(b) && number(b, 6, 9) > 0, Named, CZECH).printed("999999/999"),
        row("99999999", is_ico, Plain, CZECH),
        row("cz9999999999", |b| is_birth_number(cut(b, 2, 12)), Anywhere, CZECH),
        row("cz999999999", |b| is_born(cut(b, 2, 11)) || is_special(cut(b, 2, 11)), Alone, CZECH),
        row("cz99999999", |b| is_ico(cut(b, 2, 10)), Anywhere, CZECH),
    ],
);

/// Year, month (50 more for a woman; 20 more where a day ran out of numbers) and day.
fn is_born(b: &[u8]) -> bool {
    let month = number(b, 2, 4);
    let month = if month > 50 { month - 50 } else { month };
    is_day(if month > 20 { month - 20 } else { month }, number(b, 4, 6))
}

fn is_birth_number(b: &[u8]) -> bool {
    let rest = number(b, 0, 9) % 11;
    is_born(b) && (if rest == 10 { 0 } else { rest }) == u64::from(last(b))
}

fn is_ico(b: &[u8]) -> bool {
    let check = complement(sum(b, &[8, 7, 6, 5, 4, 3, 2]), 11);
    let check = match check {
        0 => 1,
        10 => 0,
        check => check,
    };
    check == last(b)
}

/// Tax payers without a birth number: their numbers begin with 6.
fn is_special(b: &[u8]) -> bool {
    let check = complement(sum(cut(b, 1, 8), &[8, 7, 6, 5, 4, 3, 2]), 11);
    let wanted = [8, 7, 6, 5, 4, 3, 2, 1, 0, 9, 8].get(check as usize);
    starts_in(b, b"6") && wanted.is_some_and(|&wanted: &u32| wanted == last(b))
}

const SLOVAKIA: Detector = detector(
    "slovakia-id",
    "Slovak birth and VAT numbers",
    "Act 301/1995 on birth numbers; European Commission, VIES (Slovakia)",
    &[
        Example("rodne cislo: «018001/4527»."),
        Example("rodne cislo: «SK0871806001»."),
        Example("rodne cislo: 018001/4520 seen"),
        Example("seen 0180014527 there"),
        Example("rodne cislo: SK0871806000 seen"),
    ],
    &[
        row("9999999999", is_birth_number, Alone, SLOVAK).printed("999999/9999"),
        row(
            "sk9999999999",
            |b| number(b, 2, 12).is_multiple_of(11) && !starts_in(cut(b, 4, 5), b"0156"),
            Anywhere,
            SLOVAK,
        ),
        row("AA999999", any, Named, SLOVAK),
    ],
);

const SLOVAK: &[&str] = &[
    "rodné číslo",
    "rodne cislo",
    "dič",
    "ič dph",
    "ic dph",
    "birth number",
    "občiansky preukaz",
    "obciansky preukaz",
];
