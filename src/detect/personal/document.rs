//! Papers and things whose numbers have a shape in each country: passports, licences to drive, plates, telephones.
//!
//! Must not know countries. A word has to say what it is; the countries' own rows say more.

use super::super::check::luhn;
use super::super::check::weighted::starts_in;
use super::super::registry::{Detector, Example};
use super::identifier::Evidence::{Alone, Anywhere, Named};
use super::identifier::{any, detector, row};

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[PASSPORT, DRIVING_LICENCE, VEHICLE, MEDICAL_RECORD, DEVICE];

/// Words, folded, behind which short identifiers are looked for: those of the rows that hold fewer than seven digits.
pub(super) const WORDS: &[&str] = &[
    "gstin",
    "gst",
    "mbi",
    "medicare",
    "beneficiary",
    "clia",
    "hrb",
    "hra",
    "postleitzahl",
    "sort code",
    "sortcode",
    "mac",
    "bssid",
    "born",
    "geboren",
    "geburtsdatum",
    "naissance",
    "nacimiento",
    "nascimento",
    "nascita",
    "geboortedatum",
    "nrt",
    "coe",
    "plaka",
    "iban",
    "bic",
    "swift",
    "mnemonic",
    "phrase",
    "wallet seed",
    "seed",
    "passport",
    "reisepass",
    "pass nr",
    "pasaporte",
    "passeport",
    "passaporto",
    "passaporte",
    "paspoort",
    "여권",
    "护照",
    "護照",
    "パスポート",
    "паспорт",
    "licence",
    "license",
    "führerschein",
    "fuhrerschein",
    "fuehrerschein",
    "permis",
    "patente",
    "carnet",
    "rijbewijs",
    "personalausweis",
    "ausweis",
    "plate",
    "plates",
    "vehicle",
    "vehicles",
    "kennzeichen",
    "registration",
    "car reg",
    "immatriculation",
    "matrícula",
    "matricula",
    "kenteken",
    "targa",
    "national insurance",
    "nino",
    "nhi",
    "postcode",
    "post code",
    "address",
    "identity card",
    "id card",
    "mrn",
    "medical record",
    "vin",
    "curp",
    "rfc",
    "nric",
    "fin",
    "hkid",
    "dni",
    "nie",
    "nif",
    "cif",
    "cnp",
    "pan",
    "uen",
    "pps",
    "ppsn",
    "steuernummer",
    "hetu",
    "ταυτότητα",
    "ταυτοτητα",
    "dowód",
    "dowod",
    "bsn",
    "svnr",
    "rodne cislo",
    "rodné číslo",
    "dob",
    "birth",
    "birthday",
    "birthdate",
    "krankenversicherung",
    "krankenversichertennummer",
    "krankenversicherungsnummer",
    "versicherten",
    "versichertennummer",
    "kvnr",
    "gesundheitskarte",
    "egk",
    "gkv",
    "aok",
    "insurance",
    "nir",
    "codice fiscale",
    "fiscal",
    "tax",
    "travel document",
    "passnummer",
    "chassis",
    "dea",
    "prescriber",
    "laboratory",
    "permit",
    "dvla",
    "rto",
    "sasakyan",
    "lto",
    "plakası",
    "plakasi",
    "fahrzeug",
    "nummernschild",
    "zulassung",
    "pkw",
    "ehba",
    "cipc",
    "personnummer",
    "documento",
    "dowodu",
    "identiteitskaart",
    "nacido",
    "nacida",
    "doğum tarihi",
    "תאריך לידה",
    "生年月日",
    "出生日期",
    "出生",
];

/// What a name may end in after the word that says what it names.
pub(super) const NUMBERS: &[&str] = &["number", "num", "code"];

const PASSPORT: Detector = detector(
    "passport-number",
    "numbers of passports and identity cards that are called so",
    "ICAO Doc 9303 part 4 (nine characters at most, and a check digit)",
    &[
        Example("passport number «X0000123», passport\\u0020«X0000123»"),
        Example("his passport «X0000123» is lost"),
        Example("my passport number is «X0000123»."),
        Example("Passport No: «000001234»."),
        Example(
            "Me pidieron en la recepción del hotel un documento con una foto, y lo encontré al final en el bolso; ya lo sabes, mi pasaporte es «AAA12346», o eso dice",
        ),
        Example("Паспорт «X0000123», ПАСПОРТ: «X0000124»"),
        Example("Reisepass: «C0F1A2K3E», id card «FAKE00C12», travel document: «F00K1234»"),
        Example("ПАСПОРТА X0000123A12, passport FAKEFAKE1"),
        Example("number X0000123 here"),
        Example("passport renewals"),
    ],
    &[
        row("A99999", any, Named, PASSPORTS),
        row("A999999", any, Named, PASSPORTS),
        row("A9999999", any, Named, PASSPORTS),
        row("A99999999", any, Named, PASSPORTS),
        row("AA999999", any, Named, PASSPORTS),
        row("AA9999999", any, Alone, PASSPORTS),
        row("AAA999999", any, Alone, PASSPORTS),
        row("AAA9999999", any, Named, PASSPORTS),
        row("99AA99999", any, Alone, PASSPORTS),
        row("9999999", any, Named, PASSPORTS),
        row("99999999", any, Named, PASSPORTS),
        row("999999999", any, Named, PASSPORTS),
        row("A9999999A", any, Named, PASSPORTS),
        row("AA99999999", any, Named, PASSPORTS),
        // Letters may stand anywhere, but in short numbers there are few.
        row("XXXXXX", has_number, Named, PAPERS),
        row("XXXXXXX", has_number, Named, PAPERS),
        row("XXXXXXXX", has_two_digits, Named, PAPERS),
        row("XXXXXXXXX", has_two_digits, Named, PAPERS),
        row("XXXXXXXXXX", has_two_digits, Named, PAPERS),
    ],
);

const PAPERS: &[&str] = &[
    "passport",
    "reisepass",
    "pass nr",
    "passnummer",
    "pasaporte",
    "passeport",
    "passaporto",
    "passaporte",
    "paspoort",
    "travel document",
    "personalausweis",
    "ausweis",
    "identity card",
    "id card",
    "identiteitskaart",
];

/// At least two digits, of which one is among the last two, too.
fn has_two_digits(bytes: &[u8]) -> bool {
    let tail = bytes.iter().rev().take(2).any(u8::is_ascii_digit);
    tail && bytes.iter().filter(|byte| byte.is_ascii_digit()).count() > 1
}

const PASSPORTS: &[&str] = &[
    "passport",
    "reisepass",
    "pass nr",
    "passnummer",
    "travel document",
    "pasaporte",
    "passeport",
    "passaporto",
    "passaporte",
    "paspoort",
    "여권",
    "护照",
    "護照",
    "パスポート",
    "паспорт",
];

const DRIVING_LICENCE: Detector = detector(
    "driving-licence",
    "numbers of licences to drive that are called so",
    "AAMVA DL/ID card design standard; Directive 2006/126/EC annex I",
    &[
        Example("driver's license «F0000123»."),
        Example("driving licence: «FAKE00001234»"),
        Example("FÜHRERSCHEIN: «FAKE00001234», fuehrerschein «FAKE00001235»"),
        Example("licence MIT and FAKE00001234"),
        Example("driver F0000123 left"),
    ],
    &[
        row("XXXXXXX", has_number, Named, LICENCES),
        row("XXXXXXXX", has_number, Named, LICENCES),
        row("XXXXXXXXX", has_number, Named, LICENCES),
        row("XXXXXXXXXX", has_number, Named, LICENCES),
        row("XXXXXXXXXXX", has_number, Named, LICENCES),
        row("XXXXXXXXXXXX", has_number, Named, LICENCES),
        row("XXXXXXXXXXXXX", has_number, Named, LICENCES),
        row("XXXXXXXXXXXXXX", has_number, Named, LICENCES),
    ],
);

const LICENCES: &[&str] = &[
    "driver license",
    "drivers license",
    "driver's license",
    "driver licence",
    "driving licence",
    "driving license",
    "driver s license",
    "dl number",
    "dl no",
    "führerschein",
    "fuhrerschein",
    "fuehrerschein",
    "fahrerlaubnis",
    "permis de conduire",
    "patente",
    "licencia de conducir",
    "rijbewijs",
    "drivers licence",
    "carteira de habilitação",
    "carteira de habilitacao",
    "운전면허",
    "運転免許",
    "驾驶证",
    "körkort",
    "korkort",
    "ajokortti",
    "prawo jazdy",
];

/// At least four digits, and a digit among the last two, so that the next word is no part of it.
fn has_number(bytes: &[u8]) -> bool {
    let tail = bytes.iter().rev().take(2).any(u8::is_ascii_digit);
    tail && bytes.iter().filter(|byte| byte.is_ascii_digit()).count() >= 4
}

const VEHICLE: Detector = detector(
    "vehicle-identification",
    "chassis numbers of vehicles, and plates that are called so",
    "ISO 3779; 49 CFR 565.15 (the check digit)",
    &[
        Example("vin «1M8GDM9AXKP042788» sold"),
        Example("licence plate: «FAKE 001»."),
        Example("licence plate «FAKE 001»."),
        Example("my licence plate «FAKE 001», which is new"),
        Example("Fahrgestellnummer: «WFKZZZ0FAKE000001», chassis «WFKZZZ0FAKE000002»"),
        Example("vin 1M8GDM9A0KP042788"),
        Example("seen WFKZZZ0FAKE000001 there"),
        Example("template FAKE001"),
    ],
    &[
        row("XXXXXXXXXXXXXXXXX", is_vin, Anywhere, VEHICLE_NUMBERS),
        row("XXXXXXXXXXXXXXXXX", is_foreign_vin, Named, VEHICLE_NUMBERS),
        row("XXXX", is_plate, Named, PLATES),
        row("XXXXX", is_plate, Named, PLATES),
        row("XXXXXX", is_plate, Named, PLATES),
        row("XXXXXXX", is_plate, Named, PLATES),
        row("XXXXXXXX", is_plate, Named, PLATES),
    ],
);

const VEHICLE_NUMBERS: &[&str] = &["vin", "chassis", "châssis", "vehicle", "fahrgestell", "fin", "telaio", "bastidor"];

/// How long the number of a vehicle is.
pub(super) const VEHICLES: usize = 17;

const PLATES: &[&str] = &[
    "plate",
    "plates",
    "number plate",
    "license plate",
    "licence plate",
    "kennzeichen",
    "car reg",
    "vehicle registration",
    "immatriculation",
    "matrícula",
    "matricula",
    "kenteken",
    "targa",
    "car registration",
    "車牌",
    "车牌",
    "번호판",
    "nummernschild",
    "plakas",
    "dvla",
];

fn is_plate(bytes: &[u8]) -> bool {
    bytes.iter().any(u8::is_ascii_digit) && bytes.iter().any(u8::is_ascii_uppercase)
}

/// What begins with another digit is from North America, where there is a check digit.
fn is_foreign_vin(bytes: &[u8]) -> bool {
    !starts_in(bytes, b"12345") && is_lettered(bytes) && !bytes.iter().any(|byte| b"IOQ".contains(byte))
}

/// Letters, and a serial of four digits at the end.
fn is_lettered(bytes: &[u8]) -> bool {
    let letters = bytes.iter().filter(|byte| byte.is_ascii_uppercase()).count();
    (3..=13).contains(&letters) && bytes.iter().rev().take(4).all(u8::is_ascii_digit)
}

/// The check digit of North America, over letters that stand for digits.
fn is_vin(bytes: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let value = |byte: u8| match byte {
        b'0'..=b'9' => Some(u32::from(byte - b'0')),
        b'I' | b'O' | b'Q' => None,
        b'A'..=b'H' => Some(u32::from(byte - b'A') + 1),
        b'J'..=b'R' => Some(u32::from(byte - b'J') + 1),
        b'S'..=b'Z' => Some(u32::from(byte - b'S') + 2),
        _ => None,
    };
    let sum = bytes.iter().zip(WEIGHTS).try_fold(0, |sum, (&byte, weight)| Some(sum + value(byte)? * weight));
    let check = |sum: u32| if sum % 11 == 10 { b'X' } else { b'0' + (sum % 11) as u8 };
    is_lettered(bytes) && sum.is_some_and(|sum| bytes.get(8) == Some(&check(sum)))
}

const MEDICAL_RECORD: Detector = detector(
    "medical-record-number",
    "numbers of medical records that are called so",
    "45 CFR 164.514(b)(2)(i)(H)",
    &[
        Example("MRN: «00012345»"),
        Example("medical record number «0012345»."),
        Example("record 00012345 read"),
        Example("mrn: 12"),
    ],
    &[
        row("999999", any, Named, RECORDS),
        row("9999999", any, Named, RECORDS),
        row("99999999", any, Named, RECORDS),
        row("999999999", any, Named, RECORDS),
        row("9999999999", any, Named, RECORDS),
    ],
);

const RECORDS: &[&str] = &["mrn", "medical record", "patient id", "patient number", "patientid"];

const DEVICE: Detector = detector(
    "device-id",
    "numbers of mobile telephones and of their cards that are called so",
    "3GPP TS 23.003 sections 2.2 (IMSI) and 6.2.1 (IMEI); ITU-T E.118 (ICCID)",
    &[
        Example("IMEI: «350000000000014», imei «35-000000-000001-4»."),
        Example("ICCID «8900000000000000003» or SIM «8900 0000 0000 0000 0103»"),
        Example("seen «35-000000-000001-4» there, handset «350000000000014», IMSI: «310150000000001»"),
        Example("imei: 350000000000015"),
        Example("imsi: 100000000000000"),
        Example("seen 35-000000-000001-5 or 350000000000014 there"),
        Example("simple 8900000000000000003"),
        Example("iccid 7900000000000000003"),
    ],
    &[
        row("999999999999999", luhn::is_valid, Named, HANDSETS).printed("99-999999-999999-9"),
        row("999999999999999", |b| starts_in(b, b"234567"), Named, &["imsi"]),
        row("8999999999999999999", is_iccid, Named, CHIPS),
        row("89999999999999999999", is_iccid, Named, CHIPS),
    ],
);

const HANDSETS: &[&str] = &["imei", "imeis", "handset", "mobile device", "device id", "device serial", "phone serial"];

const CHIPS: &[&str] = &["iccid", "sim", "esim", "usim", "sim card"];

fn is_iccid(bytes: &[u8]) -> bool {
    bytes.starts_with(b"89") && luhn::is_valid(bytes)
}
