//! Identifiers of Italy, Spain, Portugal, Greece, Cyprus, Malta, San Marino and Andorra.
//!
//! Must not know how texts are read.

use super::super::check::luhn;
use super::super::check::weighted::{at, complement, cut, is_dmy, last, names, number, starts_in, sum, value};
use super::super::registry::{Detector, Example};
use super::identifier::Evidence::{Alone, Anywhere, Named, Plain};
use super::identifier::{any, detector, row};

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[ITALY, SPAIN, PORTUGAL, GREECE, CYPRUS, MALTA, ANDORRA];

const ITALIAN: &[&str] = &[
    "codice fiscale",
    "cf",
    "cod fisc",
    "partita iva",
    "p iva",
    "piva",
    "carta d'identità",
    "carta d'identita",
    "carta identita",
    "carta di identità",
    "carta di identita",
    "passaporto",
    "patente",
    "tessera sanitaria",
    "tax code",
    "cie",
    "documento",
    "riconoscimento",
];

const ITALY: Detector = detector(
    "italy-id",
    "Italian fiscal codes, VAT numbers, identity cards, passports and licences to drive",
    "Ministerial decree of 23 December 1976 (codice fiscale); Agenzia delle Entrate (partita IVA); Ministry of the Interior",
    &[
        Example("codice fiscale: «QVPDNU00A31I740E»."),
        Example("codice fiscale: «08114110078»."),
        Example("codice fiscale: «IT00000090050»."),
        Example("codice fiscale: «YZ5947029»."),
        Example("codice fiscale: «QVP DNU 00A31 I740E», patente: «U1FKF00FKF»."),
        Example("codice fiscale: QVPDNU00A31I740A seen, patente U1FAKE0000 or U1FKFFKFKF"),
        Example("codice fiscale: QVPDNU00A31I740E0 seen"),
        Example("codice fiscale: 08114110070 seen"),
    ],
    &[
        row("AAAAAAXXAXXAXXXA", is_codice_fiscale, Anywhere, ITALIAN),
        row("99999999999", is_partita_iva, Plain, ITALIAN),
        row("it99999999999", |b| is_partita_iva(cut(b, 2, 13)), Anywhere, ITALIAN),
        row("AA9999999", any, Alone, ITALIAN),
        row("AA99999AA", any, Alone, ITALIAN),
        row("9999999AA", any, Alone, ITALIAN),
        row("AA9999999A", any, Alone, ITALIAN),
        row(
            "u1XXXXXXXA",
            is_licence,
            Alone,
            &["patente", "licenza di guida", "driver", "driving", "license", "licence"],
        ),
    ],
);

/// No vowel is among them, and a digit is.
fn is_licence(b: &[u8]) -> bool {
    let body = cut(b, 2, 9);
    body.iter().any(u8::is_ascii_digit) && !body.iter().any(|byte| b"AEIOQ".contains(byte))
}

/// Surname and name, year, month's letter, day (40 more for a woman), place, check letter. Where two people would share
/// one, digits become letters.
fn is_codice_fiscale(b: &[u8]) -> bool {
    const OMOCODIA: &[u8] = b"LMNPQRSTUV";
    const ODD: [u32; 36] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16,
        10, 22, 25, 24, 23,
    ];
    let digit = |place: usize| {
        let &byte = b.get(place)?;
        if byte.is_ascii_digit() {
            Some(value(byte))
        } else {
            OMOCODIA.iter().position(|&l| l == byte).map(|at| at as u32)
        }
    };
    let numbers = [6, 7, 9, 10, 12, 13, 14].iter().all(|&place| digit(place).is_some());
    let day = digit(9).zip(digit(10)).map_or(0, |(tens, ones)| tens * 10 + ones);
    let month = b.get(8).is_some_and(|letter| b"ABCDEHLMPRST".contains(letter));
    let even = |value: u32| if value > 9 { value - 10 } else { value };
    let sum: u32 = cut(b, 0, 15)
        .iter()
        .enumerate()
        .map(|(place, &byte)| match place % 2 {
            0 => ODD.get(value(byte) as usize).copied().unwrap_or(0),
            _ => even(value(byte)),
        })
        .sum();
    numbers && month && matches!(day, 1..=31 | 41..=71) && names(b, 15, b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", sum % 26)
}

fn is_partita_iva(b: &[u8]) -> bool {
    number(b, 0, 7) > 0 && matches!(number(b, 7, 10), 1..=100 | 120 | 121 | 888 | 999) && luhn::is_valid(b)
}

const SPANISH: &[&str] = &[
    "d n i",
    "n i f",
    "n i e",
    "cif",
    "documento nacional",
    "seguridad social",
    "nuss",
    "naf",
    "ccc",
    "pasaporte",
    "iva",
    "cuenta",
    "identificación",
    "identificacion",
    "extranjer",
];

const SPAIN: Detector = detector(
    "spain-id",
    "Spanish identity, foreigners', tax and social security numbers, account numbers and passports",
    "Royal decree 1553/2005 (DNI); order EHA/451/2008 (NIF); TGSS (social security number); CSB (CCC)",
    &[
        Example("dni: «06000000J»."),
        Example("dni: «R0540690E»."),
        Example("dni: «F16047623»."),
        Example("dni: «17/00060000/85»."),
        Example("dni: 06000000A seen"),
        Example("dni: 06000000J0 seen"),
        Example("dni: R0540690A seen"),
    ],
    &[
        row("99999999A", is_dni, Alone, SPANISH).printed("99999999A"),
        row("A9999999A", |b| is_nie(b) || is_cif(b), Alone, SPANISH).printed("A9999999A"),
        row("A99999999", is_cif, Alone, SPANISH),
        row(
            "esX9999999X",
            |b| is_dni(cut(b, 2, 11)) || is_nie(cut(b, 2, 11)) || is_cif(cut(b, 2, 11)),
            Anywhere,
            SPANISH,
        ),
        row("999999999999", is_naf, Plain, SPANISH).printed("99/99999999/99"),
        row("99999999999999999999", is_ccc, Alone, SPANISH),
        row("AAA999999", any, Alone, SPANISH),
        row("AA999999", any, Named, SPANISH),
        row("AAA999999A", any, Alone, SPANISH),
    ],
);

const LETTERS: &[u8] = b"TRWAGMYFPDXBNJZSQVHLCKE";

fn is_dni(b: &[u8]) -> bool {
    number(b, 0, 8) > 0
        && cut(b, 0, 8).iter().all(u8::is_ascii_digit)
        && names(b, 8, LETTERS, (number(b, 0, 8) % 23) as u32)
}

fn is_nie(b: &[u8]) -> bool {
    let head = match b.first() {
        Some(b'X' | b'K' | b'L' | b'M') => 0,
        Some(b'Y') => 1,
        Some(b'Z') => 2,
        _ => return false,
    };
    names(b, 8, LETTERS, ((head * 10_000_000 + number(b, 1, 8)) % 23) as u32)
}

fn is_cif(b: &[u8]) -> bool {
    let check = complement(luhn::sum(&[cut(b, 1, 8), b"0"].concat()), 10);
    starts_in(b, b"ABCDEFGHJNPQRSUVW")
        && (check == last(b) && b.last().is_some_and(u8::is_ascii_digit) || names(b, 8, b"JABCDEFGHI", check))
}

/// Province, number, and the remainder of both by 97; a number below ten millions stands without its zeros.
fn is_naf(b: &[u8]) -> bool {
    let (province, person) = (number(b, 0, 2), number(b, 2, 10));
    let joined = if person < 10_000_000 { province * 10_000_000 + person } else { province * 100_000_000 + person };
    matches!(province, 1..=53 | 66) && joined % 97 == number(b, 10, 12)
}

fn is_ccc(b: &[u8]) -> bool {
    const WEIGHTS: &[u32] = &[1, 2, 4, 8, 5, 10, 9, 7, 3, 6];
    let check = |sum: u32| match complement(sum, 11) {
        10 => 1,
        check => check,
    };
    number(b, 0, 8) > 0
        && check(sum(cut(b, 0, 8), WEIGHTS.get(2..).unwrap_or_default())) == at(b, 8)
        && check(sum(cut(b, 10, 20), WEIGHTS)) == at(b, 9)
}

const PORTUGUESE: &[&str] = &[
    "nif",
    "contribuinte",
    "niss",
    "segurança social",
    "seguranca social",
    "cartão de cidadão",
    "cartao de cidadao",
    "bilhete de identidade",
    "utente",
    "nipc",
    "identificação fiscal",
    "identificacao fiscal",
];

const PORTUGAL: Detector = detector(
    "portugal-id",
    "Portuguese tax, citizen card and social security numbers",
    "Decree-law 14/2013 (NIF); AMA, Validação de número de documento do Cartão de Cidadão; Segurança Social (NISS)",
    &[
        Example("nif: «236 305 310»."),
        Example("nif: «PT700720073»."),
        Example("nif: «10032159002»."),
        Example("nif: «E000900»."),
        Example("nif: 236 305 311 seen"),
        Example("seen 236305310 there"),
        Example("nif: PT700720070 seen"),
    ],
    &[
        row("999999999", is_nif, Plain, PORTUGUESE).printed("999 999 999"),
        row("pt999999999", |b| is_nif(cut(b, 2, 11)), Anywhere, PORTUGUESE),
        row("999999999XX9", |b| b.iter().any(u8::is_ascii_uppercase) && luhn_of_letters(b), Alone, PORTUGUESE),
        row("99999999999", is_niss, Plain, PORTUGUESE),
        row("A999999", any, Named, PORTUGUESE),
    ],
);

fn is_nif(b: &[u8]) -> bool {
    let first = starts_in(b, b"1235689")
        || matches!(cut(b, 0, 2), b"45" | b"70" | b"71" | b"72" | b"74" | b"75" | b"77" | b"78" | b"79");
    let check = complement(sum(b, &[9, 8, 7, 6, 5, 4, 3, 2]), 11);
    (first || starts_in(b, b"4")) && check % 10 == last(b)
}

/// Luhn with a letter's number in one step.
fn luhn_of_letters(b: &[u8]) -> bool {
    let double = |value: u32| if value * 2 > 9 { value * 2 - 9 } else { value * 2 };
    let sum: u32 =
        b.iter().enumerate().map(|(place, &byte)| if place % 2 == 0 { double(value(byte)) } else { value(byte) }).sum();
    sum.is_multiple_of(10)
}

fn is_niss(b: &[u8]) -> bool {
    starts_in(b, b"12") && 9 - sum(b, &[29, 23, 19, 17, 13, 11, 7, 5, 3, 2]) % 10 == last(b)
}

const GREECE: Detector = detector(
    "greece-id",
    "Greek tax, social security and identity card numbers",
    "AADE (AFM); law 3655/2008 (AMKA)",
    &[
        Example("afm: «005466600»."),
        Example("afm: «EL355451451»."),
        Example("afm: «GR854529020»."),
        Example("afm: «02010040000»."),
        Example("ΑΦΜ «005466600» or Αφμ: «005466600»"),
        Example("afm: 005466601 seen"),
        Example("seen 005466600 there"),
        Example("afm: EL355451450 seen"),
    ],
    &[
        row("999999999", is_afm, Plain, GREEK),
        row("el999999999", |b| is_afm(cut(b, 2, 11)), Anywhere, GREEK),
        row("gr999999999", |b| is_afm(cut(b, 2, 11)), Anywhere, GREEK),
        row("99999999999", |b| is_dmy(b, 0) && luhn::is_valid(b), Alone, GREEK),
        row("AA999999", any, Named, GREEK),
    ],
);

const GREEK: &[&str] = &["afm", "αφμ", "α.φ.μ", "amka", "αμκα", "ταυτότητα", "ταυτοτητα", "greece", "greek"];

fn is_afm(b: &[u8]) -> bool {
    number(b, 0, 8) > 0 && sum(b, &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == last(b)
}

const CYPRUS: Detector = detector(
    "cyprus-id",
    "Cypriot tax numbers",
    "European Commission, TIN and VIES (Cyprus)",
    &[
        Example("cyprus: «00000005J»."),
        Example("national id: «CY00000100F»."),
        Example("cyprus: 00000005A seen"),
        Example("seen 00000005J there"),
        Example("national id: CY00000100A seen"),
    ],
    &[
        row("99999999A", is_cypriot, Alone, &["cyprus", "tic", "αφτ", "φπα"]),
        row("cy99999999A", |b| is_cypriot(cut(b, 2, 11)), Anywhere, &[]),
    ],
);

fn is_cypriot(b: &[u8]) -> bool {
    const ODD: [u32; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
    let value_at = |(place, &byte): (usize, &u8)| match place % 2 {
        0 => ODD.get(value(byte) as usize).copied().unwrap_or(0),
        _ => value(byte),
    };
    let sum: u32 = cut(b, 0, 8).iter().enumerate().map(value_at).sum();
    !b.starts_with(b"12") && names(b, 8, b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", sum % 26)
}

const MALTA: Detector = detector(
    "malta-id",
    "Maltese identity card and VAT numbers",
    "Identity Card Act (Malta); European Commission, VIES (Malta)",
    &[
        Example("malta: «0020000A»."),
        Example("malta: «MT23007620»."),
        Example("malta: 0020000C seen"),
        Example("seen 0020000A there"),
        Example("malta: MT23007621 seen"),
    ],
    &[
        row("9999999A", |b| b.last().is_some_and(|letter| b"MGAPLHBZ".contains(letter)), Alone, MALTESE),
        row("mt99999999", |b| sum(cut(b, 2, 10), &[3, 4, 6, 7, 8, 9, 10, 1]).is_multiple_of(37), Anywhere, MALTESE),
        row("999999A", |b| b.last().is_some_and(|letter| b"MGAPLHBZ".contains(letter)), Named, MALTESE),
    ],
);

const MALTESE: &[&str] = &["malta", "maltese", "karta tal identità", "karta tal identita"];

const ANDORRA: Detector = detector(
    "andorra-id",
    "Andorran and San Marinese tax numbers",
    "Law 21/2014 of Andorra (NRT); San Marino, law 71/1993 (C.O.E.)",
    &[
        Example("nrt: «F-000000-A»."),
        Example("coe: «SM00000»."),
        Example("seen F-000000-A0 there"),
        Example("nrt: F-00000-A seen"),
    ],
    &[
        row("A999999A", |b| starts_in(b, b"ACDEFGLOPU"), Named, &["nrt", "andorra"]).printed("A-999999-A"),
        row("sm99999", any, Alone, &["coe", "san marino"]),
    ],
);
