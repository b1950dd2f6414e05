//! Identifiers of Germany, France, Belgium, the Netherlands, Luxembourg.
//!
//! Must not know how texts are read.

use super::super::check::iso7064::{is_mod_11_10, is_mod_97_10};
use super::super::check::weighted::{
    at, complement, cut, digit_sum, is_day, is_full_ymd, last, number, starts_in, sum, value,
};
use super::super::check::{luhn, verhoeff};
use super::super::registry::{Detector, Example};
use super::identifier::Evidence::{Alone, Anywhere, Named, Plain};
use super::identifier::{any, detector, row};

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[GERMANY, GERMAN_PLATE, FRANCE, BELGIUM, NETHERLANDS, LUXEMBOURG];

const GERMAN: &[&str] = &[
    "steuer",
    "steuernummer",
    "steuer id",
    "idnr",
    "ust idnr",
    "ust id",
    "umsatzsteuer",
    "personalausweis",
    "ausweis",
    "reisepass",
    "pass nr",
    "krankenversicher",
    "versicherten",
    "gesundheitskarte",
    "krankenkasse",
    "health insurance",
    "insurance number",
    "egk",
    "gkv",
    "aok",
    "kvnr",
    "rentenversicherung",
    "sozialversicherung",
    "rvnr",
    "svnr",
    "lanr",
    "arztnummer",
    "handelsregister",
    "hrb",
    "hra",
    "bsnr",
    "führerschein",
    "fuhrerschein",
    "fuehrerschein",
    "fahrerlaubnis",
    "identifikationsnummer",
    "passnummer",
    "perso",
];

const GERMANY: Detector = detector(
    "germany-id",
    "German tax, VAT, identity card, passport, health, pension, physicians' and register numbers, and postcodes",
    "BZSt (IdNr, USt-IdNr); BSI TR-03110 and ICAO Doc 9303 (cards and passports); GKV (KVNR); gematik (Telematik-ID); VKVV (pension); KBV (LANR); HRV section 13; Deutsche Post (postcodes)",
    &[
        Example("steuer: «91 248 376 021»."),
        Example("steuer: «DE251766262»."),
        Example("LIKE '%«DE251766262»' and 5 «65 170839 J 003»"),
        Example("steuer: «5020070004D»."),
        Example("steuer: «0500300004»."),
        Example("Finanzamt Musterstadt, «123/456/00001» or «123/4567/0001», eHBA: «1-FK0000000001»"),
        Example("Reisepass: «FKFK0FKFK», Krankenversichertennummer «A000000002», Praxisnummer «000000001»"),
        Example("Amtsgericht Musterstadt, «HRB 00012», «HRA 004711 B» or so"),
        Example("the «HRB 12345» and its handelsregister: HRB: «123456»"),
        Example("Postleitzahl: «10115» Berlin, Postleitzahl «80331»"),
        Example("hardness HRB 85 and build 12345"),
        Example("Postleitzahl: 00000 and 101155"),
        Example("steuer: 91 248 376 020 seen"),
        Example("seen 91248376021 there"),
        Example("steuer: DE251766260 seen"),
    ],
    &[
        row("99999999999", is_idnr, Plain, GERMAN).printed("99 999 999 999"),
        row("de999999999", |b| is_mod_11_10(cut(b, 2, 11)), Anywhere, GERMAN),
        row("XXXXXXXXX", is_document, Alone, GERMAN),
        row("XXXXXXXXX", |b| is_german_series(b) && b.iter().any(u8::is_ascii_digit), Named, DOCUMENTS),
        row("XXXXXXXXXX", is_checked_document, Alone, GERMAN),
        row("XXXXXXXXXd", is_document_of_german, Alone, GERMAN),
        row("XXXXXXXXXXd", |b| is_checked_document(cut(b, 0, 10)), Alone, GERMAN),
        row("9999999999d", |b| is_seven_three_one(cut(b, 0, 10)), Alone, GERMAN),
        row("9999999999", is_seven_three_one, Named, GERMAN),
        row("A999999999", is_kvnr, Alone, GERMAN),
        row("99999999A999", is_rvnr, Anywhere, GERMAN),
        row("999999999", is_lanr, Plain, GERMAN),
        row(
            "999999999",
            any,
            Named,
            &["bsnr", "betriebsstätte", "betriebsstatte", "betriebsstaette", "praxisnummer", "arztpraxis", "kv nummer"],
        ),
        row("9999999999", any, Named, TAXES).printed("99/999/99999"),
        row("99999999999", any, Named, TAXES).printed("999/999/99999"),
        row("99999999999", any, Named, TAXES).printed("999/9999/9999"),
        row("9999999999999", any, Named, TAXES),
        row("9XXXXXXXXXXX", has_serial, Named, TELEMATICS),
        row("9XXXXXXXXXXXX", has_serial, Named, TELEMATICS),
        row("9XXXXXXXXXXXXX", has_serial, Named, TELEMATICS),
        row("hrA9", is_register, Named, COURTS),
        row("hrA99", is_register, Named, COURTS),
        row("hrA999", is_register, Named, COURTS),
        row("hrA9999", is_register, Anywhere, COURTS),
        row("hrA99999", is_register, Anywhere, COURTS),
        row("hrA999999", is_register, Anywhere, COURTS),
        row("hrA999A", is_register, Named, COURTS),
        row("hrA9999A", is_register, Anywhere, COURTS),
        row("hrA99999A", is_register, Anywhere, COURTS),
        row("hrA999999A", is_register, Anywhere, COURTS),
        row("99999", any, Named, COURTS),
        row("999999", any, Named, COURTS),
        row("99999", |b| (1001..99999).contains(&number(b, 0, 5)), Named, &["postleitzahl"]),
    ],
);

const TAXES: &[&str] = &["steuernummer", "st nr", "steuer nr", "finanzamt", "steuerbescheid", "einkommensteuer"];

/// What doctors, pharmacies and hospitals are known by: a kind, and what its register gives out.
const TELEMATICS: &[&str] = &["telematik", "gesundheits id", "ehba", "smc b"];

fn has_serial(b: &[u8]) -> bool {
    b.last().is_some_and(u8::is_ascii_digit) && b.iter().filter(|byte| byte.is_ascii_digit()).count() > 8
}

/// What names a document whose check digit is left out.
const DOCUMENTS: &[&str] = &["personalausweis", "ausweis", "reisepass", "pass nr", "passnummer", "passport", "perso"];

/// Words that say that `HRB` and a few digits are no hardness.
const COURTS: &[&str] = &["amtsgericht", "registergericht", "handelsregister", "registernummer"];

/// The two parts of the commercial register.
fn is_register(b: &[u8]) -> bool {
    starts_in(cut(b, 2, 3), b"AB")
}

/// Ten digits of which one stands twice or three times, and a check digit.
fn is_idnr(b: &[u8]) -> bool {
    let mut counts = [0_u8; 10];
    for &byte in cut(b, 0, 10) {
        if let Some(count) = counts.get_mut(value(byte) as usize) {
            *count += 1;
        }
    }
    let repeated = counts.iter().filter(|&&count| count > 1).count();
    !starts_in(b, b"0") && repeated == 1 && counts.iter().all(|&count| count < 4) && is_mod_11_10(b)
}

/// Weights 7, 3, 1 over digits and letters, as in machine-readable zones; the last is the check digit.
pub(super) fn is_seven_three_one(b: &[u8]) -> bool {
    let weights = [7, 3, 1, 7, 3, 1, 7, 3, 1];
    let Some((_, body)) = b.split_last() else { return false };
    b.last().is_some_and(u8::is_ascii_digit) && sum(body, &weights) % 10 == last(b)
}

fn is_german_series(b: &[u8]) -> bool {
    let letters = b"CFGHJKLMNPRTVWXYZ";
    starts_in(b, letters) && cut(b, 1, 9).iter().all(|byte| byte.is_ascii_digit() || letters.contains(byte))
}

fn is_document(b: &[u8]) -> bool {
    is_german_series(b) && is_seven_three_one(b)
}

fn is_document_of_german(b: &[u8]) -> bool {
    is_german_series(b)
}

fn is_checked_document(b: &[u8]) -> bool {
    is_german_series(b) && is_seven_three_one(b)
}

fn is_kvnr(b: &[u8]) -> bool {
    let Some((&letter, digits)) = b.split_first() else { return false };
    let place = u32::from(letter.saturating_sub(b'@'));
    let sum = place / 10 + digit_sum(&[b'0' + (place % 10) as u8], &[2]) + digit_sum(digits, &[1, 2, 1, 2, 1, 2, 1, 2]);
    sum % 10 == last(b)
}

fn is_rvnr(b: &[u8]) -> bool {
    let place = u32::from(b.get(8).copied().unwrap_or(b'A').saturating_sub(b'@'));
    let letter = [b'0' + (place / 10) as u8, b'0' + (place % 10) as u8];
    let sum = digit_sum(cut(b, 0, 8), &[2, 1, 2, 5, 7, 1, 2, 1])
        + digit_sum(&letter, &[2, 1])
        + digit_sum(cut(b, 9, 11), &[2, 1]);
    let day = number(b, 2, 4);
    is_day(number(b, 4, 6), if day > 50 { day - 50 } else { day }) && sum % 10 == last(b)
}

fn is_lanr(b: &[u8]) -> bool {
    complement(sum(b, &[4, 9, 4, 9, 4, 9]), 10) == at(b, 6) && number(b, 7, 9) > 0 && number(b, 7, 9) < 70
}

const GERMAN_PLATE: Detector = detector(
    "germany-plate",
    "German vehicle registrations",
    "Fahrzeug-Zulassungsverordnung, section 9 and annex 2",
    &[
        Example("kennzeichen: «F-V 93»."),
        Example("kennzeichen: «A-C 000»."),
        Example("kennzeichen: «H-I 9847»."),
        Example("kennzeichen: «K-IR 00»."),
        Example("seen FV93 there"),
        Example("seen AC000 there"),
        Example("seen HI9847 there"),
    ],
    &[
        row("AA99", any, Named, PLATES).printed("A-A 99"),
        row("AA999", any, Named, PLATES).printed("A-A 999"),
        row("AA9999", any, Named, PLATES).printed("A-A 9999"),
        row("AAA99", any, Named, PLATES).printed("A-AA 99"),
        row("AAA999", any, Named, PLATES).printed("A-AA 999"),
        row("AAA9999", any, Named, PLATES).printed("A-AA 9999"),
        row("AAA99", any, Named, PLATES).printed("AA-A 99"),
        row("AAA999", any, Named, PLATES).printed("AA-A 999"),
        row("AAA9999", any, Named, PLATES).printed("AA-A 9999"),
        row("AAAA99", any, Named, PLATES).printed("AA-AA 99"),
        row("AAAA999", any, Named, PLATES).printed("AA-AA 999"),
        row("AAAA9999", any, Named, PLATES).printed("AA-AA 9999"),
        row("AAAA99", any, Named, PLATES).printed("AAA-A 99"),
        row("AAAA999", any, Named, PLATES).printed("AAA-A 999"),
        row("AAAA9999", any, Named, PLATES).printed("AAA-A 9999"),
        row("AAAAA99", any, Named, PLATES).printed("AAA-AA 99"),
        row("AAAAA999", any, Named, PLATES).printed("AAA-AA 999"),
        row("AAAAA9999", any, Named, PLATES).printed("AAA-AA 9999"),
    ],
);

const PLATES: &[&str] =
    &["kennzeichen", "plate", "plates", "vehicle", "fahrzeug", "auto", "kfz", "pkw", "nummernschild", "zulassung"];

const FRENCH: &[&str] = &[
    "nir",
    "insee",
    "sécurité sociale",
    "securite sociale",
    "sécu",
    "numéro fiscal",
    "numero fiscal",
    "spi",
    "nif",
    "siren",
    "siret",
    "tva",
    "carte vitale",
    "cni",
    "carte d'identité",
    "carte d'identite",
    "passeport",
    "permis",
    "identifiant fiscal",
    "référence fiscale",
];

const FRANCE: Detector = detector(
    "france-id",
    "French social security, tax, company and VAT numbers, passports",
    "INSEE (NIR, SIREN, SIRET); DGFiP (numéro fiscal); European Commission, VIES and TIN (France)",
    &[
        Example("nir: «00 00 000 001 001»."),
        Example("nir: «745590998950083»."),
        Example("nir: «413606003930040»."),
        Example("seen «7 45 59 09 989 500 83» and «7455909989500 83» there"),
        Example("seen 74559 0998950083 there"),
        Example("nir: «980 000 640»."),
        Example("nir: 00 00 000 001 000 seen"),
        Example("seen 0000000001001 there"),
        Example("nir: 745590998950080 seen"),
    ],
    &[
        row("9999999999999", is_spi, Plain, FRENCH).printed("99 99 999 999 999"),
        row("999999999999999", is_nir, Anywhere, FRENCH).printed("9 99 99 99 999 999 99"),
        row("999999999999999", is_nir, Anywhere, FRENCH).printed("9999999999999 99"),
        row("99999XX99999999", is_nir, Anywhere, FRENCH),
        row("999999999", luhn::is_valid, Named, FRENCH).printed("999 999 999"),
        row(
            "99999999999999",
            |b| luhn::is_valid(b) && luhn::is_valid(cut(b, 0, 9)) && number(b, 0, 9) > 0,
            Alone,
            FRENCH,
        ),
        row("fr99999999999", |b| luhn::is_valid(cut(b, 4, 13)) && is_french_vat(b), Anywhere, FRENCH),
        row("999999999999", any, Named, &["cni", "carte nationale", "carte d'identité", "carte d'identite"]),
        row("99AA99999", any, Alone, FRENCH),
    ],
);

fn is_spi(b: &[u8]) -> bool {
    starts_in(b, b"0123") && number(b, 0, 10) > 0 && number(b, 0, 10) % 511 == number(b, 10, 13)
}

/// Sex, year, month, department (Corsica's has a letter), commune, order, key.
fn is_nir(b: &[u8]) -> bool {
    let [c, d] = [b.get(5).copied(), b.get(6).copied()];
    let body = match (c, d) {
        (Some(b'2'), Some(b'A')) => number(b, 0, 5) * 100_000_000 + 19_000_000 + number(b, 7, 13),
        (Some(b'2'), Some(b'B')) => number(b, 0, 5) * 100_000_000 + 18_000_000 + number(b, 7, 13),
        (Some(b'0'..=b'9'), Some(b'0'..=b'9')) => number(b, 0, 13),
        _ => return false,
    };
    let month = number(b, 3, 5);
    starts_in(b, b"123478") && matches!(month, 1..=12 | 20..=42 | 50..=99) && 97 - body % 97 == number(b, 13, 15)
}

fn is_french_vat(b: &[u8]) -> bool {
    (12 + 3 * (number(b, 4, 13) % 97)) % 97 == number(b, 2, 4)
}

const BELGIAN: &[&str] = &[
    "rijksregister",
    "registre national",
    "insz",
    "niss",
    "nrn",
    "rrn",
    "btw",
    "tva",
    "ondernemingsnummer",
    "bis nummer",
    "nationaal nummer",
    "national register",
    "national number",
    "numéro national",
    "numero national",
    "ssin",
    "bisnummer",
    "numéro bis",
    "bis",
];

const BELGIUM: Detector = detector(
    "belgium-id",
    "Belgian national, company and VAT numbers",
    "Royal decree of 3 April 1984 (national number); European Commission, VIES (Belgium)",
    &[
        Example("rijksregister: «90.00.00-900.20»."),
        Example("rijksregister: «0303.201.610»."),
        Example("rijksregister: «BE0010000007»."),
        Example("rijksregister: «BE640190892»."),
        Example("rijksregister: 90.00.00-900.21 seen"),
        Example("seen 90000090020 there"),
        Example("rijksregister: 0303.201.611 seen"),
    ],
    &[
        row("99999999999", is_rrn, Alone, BELGIAN).printed("99.99.99-999.99"),
        row("9999999999", is_company, Plain, BELGIAN).printed("9999.999.999"),
        row("be9999999999", |b| is_company(cut(b, 2, 12)), Anywhere, BELGIAN),
        row("be999999999", |b| 97 - number(b, 2, 9) % 97 == number(b, 9, 11), Anywhere, BELGIAN),
        row(
            "999999999999",
            |b| number(b, 0, 10) % 97 == number(b, 10, 12),
            Named,
            &["identiteitskaart", "eid", "carte d'identité", "carte d'identite"],
        )
        .printed("999-9999999-99"),
    ],
);

fn is_rrn(b: &[u8]) -> bool {
    let (body, key, month) = (number(b, 0, 9), number(b, 9, 11), number(b, 2, 4));
    let is_month = matches!(month, 0..=12 | 20..=32 | 40..=52);
    is_month && number(b, 4, 6) < 32 && (97 - body % 97 == key || 97 - (2_000_000_000 + body) % 97 == key)
}

fn is_company(b: &[u8]) -> bool {
    starts_in(b, b"01") && number(b, 0, 8) > 99 && 97 - number(b, 0, 8) % 97 == number(b, 8, 10)
}

const DUTCH: &[&str] = &[
    "bsn",
    "burgerservicenummer",
    "sofi",
    "sofinummer",
    "rsin",
    "btw",
    "paspoort",
    "identiteitskaart",
    "onderwijsnummer",
    "persoonsnummer",
];

const NETHERLANDS: Detector = detector(
    "netherlands-id",
    "Dutch citizen service, VAT and document numbers",
    "RvIG, Logisch ontwerp BSN (the eleven test); Belastingdienst (btw-id); ICAO Doc 9303",
    &[
        Example("bsn: «800080026»."),
        Example("bsn: «00300640»."),
        Example("bsn: «1838003»."),
        Example("bsn: «NL619101313B00»."),
        Example("bsn: 800080020 seen"),
        Example("seen 800080026 there"),
        Example("bsn: 00300641 seen"),
    ],
    &[
        row("999999999", is_bsn, Plain, DUTCH),
        row("99999999", |b| is_bsn(&[b"0", b].concat()), Named, DUTCH),
        row("9999999", |b| is_bsn(&[b"00", b].concat()), Named, DUTCH),
        row("nl999999999b99", |b| is_bsn(cut(b, 2, 11)) || is_mod_97_10(b, 0), Anywhere, DUTCH),
        row("AAXXXXXX9", is_dutch_document, Alone, DUTCH),
    ],
);

pub(super) fn is_bsn(b: &[u8]) -> bool {
    number(b, 0, 9) > 9_999 && sum(b, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == last(b)
}

fn is_dutch_document(b: &[u8]) -> bool {
    !b.contains(&b'O') && cut(b, 2, 8).iter().any(u8::is_ascii_digit) && is_seven_three_one(b)
}

const LUXEMBOURG: Detector = detector(
    "luxembourg-id",
    "Luxembourg's national and VAT numbers",
    "Law of 19 June 2013 on the identification of natural persons; European Commission, VIES (Luxembourg)",
    &[
        Example("matricule: «2000083000021»."),
        Example("matricule: «LU13050935»."),
        Example("matricule: 2000083000020 seen"),
        Example("seen 2000083000021 there"),
        Example("matricule: LU13050930 seen"),
    ],
    &[
        row("9999999999999", is_matricule, Alone, LUX),
        row("lu99999999", |b| number(b, 2, 8) % 89 == number(b, 8, 10), Anywhere, LUX),
    ],
);

const LUX: &[&str] = &["matricule", "luxembourg", "cns", "tva", "identification nationale"];

fn is_matricule(b: &[u8]) -> bool {
    let verhoeff = [cut(b, 0, 11), cut(b, 12, 13)].concat();
    is_full_ymd(b, 0) && luhn::is_valid(cut(b, 0, 12)) && verhoeff::is_valid(&verhoeff)
}
