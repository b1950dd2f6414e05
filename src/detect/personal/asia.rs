//! Identifiers of East, South and South-East Asia.
//!
//! Must not know how texts are read.

use super::super::check::iso7064::is_mod_11_2;
use super::super::check::weighted::{
    at, complement, cut, is_day, is_full_ymd, is_ymd, last, names, number, starts_in, sum, value,
};
use super::super::check::{luhn, verhoeff};
use super::super::registry::{Detector, Example};
use super::identifier::Evidence::{Alone, Anywhere, Named, Plain};
use super::identifier::{any, detector, row};

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[
    CHINA,
    HONG_KONG,
    TAIWAN,
    JAPAN,
    KOREA,
    INDIA,
    PAKISTAN,
    BANGLADESH,
    SRI_LANKA,
    INDONESIA,
    MALAYSIA,
    SINGAPORE,
    PHILIPPINES,
    THAILAND,
    VIETNAM,
];

const CHINA: Detector = detector(
    "china-id",
    "Chinese resident identity numbers, unified social credit codes and passports",
    "GB 11643 (citizen identification number); GB 32100 (unified social credit identifier)",
    &[
        Example("resident identity: «200001200001070001»."),
        Example("resident identity: «807802930321224»."),
        Example("resident identity: «300100370565000693»."),
        Example("china passport: «K16714705»."),
        Example("resident identity: 200001200001070000 seen"),
        Example("resident identity: 2000012000010700010 seen"),
        Example("seen 807802930321224 there"),
    ],
    &[
        row("99999999999999999X", is_resident, Anywhere, CHINESE).printed("999999 99999999 999X"),
        row("999999999999999", |b| starts_in(b, b"12345678") && is_ymd(b, 6), Named, CHINESE),
        row("9X999999XXXXXXXXXX", is_credit_code, Alone, CHINESE),
        row("A99999999", |b| starts_in(b, b"EGDSPHK"), Named, &["护照", "护照号", "china passport"]),
    ],
);

const CHINESE: &[&str] = &[
    "身份证",
    "身分證",
    "resident identity",
    "identity card",
    "sfz",
    "shenfenzheng",
    "统一社会信用代码",
    "uscc",
    "resident id",
];

fn is_resident(b: &[u8]) -> bool {
    starts_in(b, b"123456789") && is_full_ymd(b, 6) && is_mod_11_2(b)
}

fn is_credit_code(b: &[u8]) -> bool {
    const LETTERS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let place = |byte: &u8| LETTERS.iter().position(|letter| letter == byte).map(|place| place as u32);
    let sum = b.iter().zip(WEIGHTS).try_fold(0, |sum, (byte, weight)| Some(sum + place(byte)? * weight));
    sum.is_some_and(|sum| names(b, 17, LETTERS, complement(sum, 31)))
}

const HONG_KONG: Detector = detector(
    "hong-kong-id",
    "Hong Kong and Macao identity card numbers",
    "Immigration Department of Hong Kong (identity card check digit); DSI Macao",
    &[
        Example("hkid: «F9020000»."),
        Example("hkid: «XE0000300»."),
        Example("HKID: «F902000(0)», hkid «XE000030(0)»."),
        Example("hkid: F902000(1) or F902000(0)x"),
        Example("bir: «19589681»."),
        Example("hkid: F9020001 seen"),
        Example("seen F9020000 there"),
        Example("hkid: XE0000301 seen"),
    ],
    &[
        row("A999999X", is_hkid, Alone, HONG_KONGESE),
        row("AA999999X", is_hkid, Alone, HONG_KONGESE),
        row("99999999", |b| starts_in(b, b"157"), Named, &["bir", "macau", "macao", "澳門"]),
    ],
);

const HONG_KONGESE: &[&str] = &["hkid", "hong kong", "身份證", "香港"];

/// A missing first letter counts as a blank, which is 36.
fn is_hkid(b: &[u8]) -> bool {
    let Some((&check, body)) = b.split_last() else { return false };
    let blank = if b.len() == 8 { 36 * 9 } else { 0 };
    let sum: u32 = blank + body.iter().rev().zip(2..).map(|(&byte, weight)| value(byte) * weight).sum::<u32>();
    let wanted = complement(sum, 11);
    check == if wanted == 10 { b'A' } else { b'0' + wanted as u8 }
}

const TAIWAN: Detector = detector(
    "taiwan-id",
    "Taiwanese identity and company numbers",
    "Household Registration Act (national identification number); Ministry of Finance (unified business number)",
    &[
        Example("taiwan: «W230072777»."),
        Example("taiwan: «03008104»."),
        Example("taiwan: W230072770 seen"),
        Example("seen W230072777 there"),
        Example("taiwan: 03008100 seen"),
    ],
    &[row("A999999999", is_taiwanese, Alone, TAIWANESE), row("99999999", is_ubn, Named, TAIWANESE)],
);

const TAIWANESE: &[&str] = &["身分證", "身份證", "taiwan", "統一編號", "統編", "ubn", "arc", "居留證"];

fn is_taiwanese(b: &[u8]) -> bool {
    const PLACES: &[u8] = b"ABCDEFGHJKLMNPQRSTUVXYWZIO";
    let Some(place) = b.first().and_then(|letter| PLACES.iter().position(|known| known == letter)) else {
        return false;
    };
    let place = place as u32 + 10;
    let sum = place / 10 + 9 * (place % 10) + sum(cut(b, 1, 10), &[8, 7, 6, 5, 4, 3, 2, 1, 1]);
    starts_in(cut(b, 1, 2), b"1289") && sum.is_multiple_of(10)
}

fn is_ubn(b: &[u8]) -> bool {
    let sum = super::super::check::weighted::digit_sum(b, &[1, 2, 1, 2, 1, 2, 4, 1]);
    sum.is_multiple_of(5) || at(b, 6) == 7 && (sum + 1).is_multiple_of(5)
}

const JAPANESE: &[&str] = &[
    "my number",
    "mynumber",
    "マイナンバー",
    "個人番号",
    "法人番号",
    "運転免許",
    "免許証",
    "パスポート",
    "旅券",
    "corporate number",
    "在留カード",
    "hojin",
];

const JAPAN: Detector = detector(
    "japan-id",
    "Japanese individual and corporate numbers, licences, passports and residence cards",
    "Order 85 of 2014 of the Ministry of Internal Affairs (individual number); National Tax Agency (corporate number)",
    &[
        Example("my number: «600008060000»."),
        Example("my number: «5132701822471»."),
        Example("national id: «070006000000»."),
        Example("my number: «KE6000990»."),
        Example("my number: 600008060001 seen"),
        Example("seen 600008060000 there"),
        Example("my number: 5132701822470 seen"),
    ],
    &[
        row("999999999999", is_my_number, Plain, JAPANESE),
        row("9999999999999", is_corporate, Named, JAPANESE),
        row("999999999999", any, Named, &["運転免許", "免許証"]),
        row("AA9999999", any, Named, JAPANESE),
        row("AA99999999AA", any, Alone, JAPANESE),
    ],
);

fn is_my_number(b: &[u8]) -> bool {
    let rest = sum(b, &[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    number(b, 0, 11) > 0 && (if rest < 2 { 0 } else { 11 - rest }) == last(b)
}

fn is_corporate(b: &[u8]) -> bool {
    let sum = sum(cut(b, 1, 13), &[2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]);
    !starts_in(b, b"0") && 9 - sum % 9 == at(b, 0)
}

const KOREAN: &[&str] = &[
    "rrn",
    "resident registration",
    "주민등록",
    "주민번호",
    "사업자",
    "brn",
    "business registration",
    "business number",
    "tax registration",
    "운전면허",
    "면허",
    "여권",
    "외국인",
    "frn",
    "foreigner registration",
    "alien registration",
    "license",
    "licence",
];

const KOREA: Detector = detector(
    "korea-id",
    "Korean resident, foreigner and business registration numbers, licences to drive and passports",
    "Resident Registration Act; National Tax Service (business registration number); Korean National Police Agency; MOFA",
    &[
        Example("rrn: «000210-2000006»."),
        Example("rrn: «100-93-39961»."),
        Example("rrn: «27-13-971344-50»."),
        Example("rrn: «15 00 283600 00»."),
        Example("seen 0002102000006 there"),
        Example("rrn: 00021020000060 seen"),
        Example("rrn: 100-93-39960 seen"),
    ],
    &[
        // Those that are given out since October 2020 have no check digit.
        row("9999999999999", is_rrn, Alone, KOREAN).printed("999999-9999999"),
        row("9999999999", is_brn, Plain, KOREAN).printed("999-99-99999"),
        row("999999999999", is_korean_licence, Named, KOREAN).printed("99-99-999999-99"),
        row("999999999999", is_korean_licence, Named, KOREAN).printed("99 99 999999 99"),
        row("9999999999999", is_frn, Alone, KOREAN).printed("999999-9999999"),
        row("A99999999", |b| starts_in(b, b"MSRODG"), Alone, KOREAN),
        row("A999A9999", |b| starts_in(b, b"MSRODG"), Alone, KOREAN),
        row("AA9999999", |b| starts_in(b, b"PSROD"), Named, KOREAN),
    ],
);

fn is_rrn(b: &[u8]) -> bool {
    starts_in(cut(b, 6, 7), b"1234") && is_ymd(b, 0) && !is_future(b) && number(b, 7, 9) < 96
}

/// Whether the century's digit says 20 and the year is yet to come.
fn is_future(b: &[u8]) -> bool {
    starts_in(cut(b, 6, 7), b"34") && number(b, 0, 2) > 40
}

/// Foreigners' numbers of before October 2020.
fn is_frn(b: &[u8]) -> bool {
    let sum = sum(b, &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]);
    starts_in(cut(b, 6, 7), b"5678") && is_ymd(b, 0) && (13 - sum % 11) % 10 == last(b)
}

/// Region, year, serial, check digits.
fn is_korean_licence(b: &[u8]) -> bool {
    matches!(number(b, 0, 2), 11..=28)
}

fn is_brn(b: &[u8]) -> bool {
    let sum = sum(b, &[1, 3, 7, 1, 3, 7, 1, 3, 5]) + at(b, 8) * 5 / 10;
    complement(sum, 10) == last(b)
}

const INDIAN: &[&str] = &[
    "aadhaar",
    "aadhar",
    "uid",
    "uidai",
    "pan",
    "pan card",
    "permanent account",
    "gstin",
    "gst",
    "epic",
    "voter id",
    "voter",
    "ifsc",
    "passport",
    "income tax",
    "goods and services",
];

const INDIA: Detector = detector(
    "india-id",
    "Indian Aadhaar, tax, voters' and passport numbers",
    "UIDAI (Aadhaar); Income-tax Rules, rule 114 (PAN); CBIC (GSTIN); Election Commission (EPIC); MEA (passports); \
     Central Motor Vehicles Rules, rule 47 (plates)",
    &[
        Example("aadhaar: «8076 1327 2032»."),
        Example("aadhaar: «VRT1030320»."),
        Example("aadhaar: «K8558500»."),
        Example("ifsc: «UGFE0004700»."),
        Example("GSTIN: «27FAKEX0000F1ZI», gstin «27FAKEX0000F1ZI» paid"),
        Example("vehicle «22BH0000AA», plate: «DL3CAB0001» and vehicle number «DL 03 CAB 0001»"),
        Example("GSTIN: 27FAKEX0000F1Z0 and vehicle XX3CAB0001"),
        Example("branch 22BH0000AA"),
        Example("aadhaar: 8076 1327 2030 seen"),
        Example("seen 807613272032 there"),
        Example("seen VRT1030320 there"),
    ],
    &[
        row("999999999999", |b| starts_in(b, b"23456789") && verhoeff::is_valid(b), Alone, INDIAN)
            .printed("9999 9999 9999"),
        row("AAAAA9999A", |b| starts_in(cut(b, 3, 4), b"ABCFGHLJPT"), Alone, INDIAN),
        row("99AAAAA9999AXzX", is_gstin, Anywhere, INDIAN),
        row("AAA9999999", any, Alone, INDIAN),
        row("A9999999", |b| !starts_in(b, b"QXZ") && !starts_in(cut(b, 1, 2), b"0"), Named, INDIAN),
        row(
            "AAAA0XXXXXX",
            |b| b.iter().filter(|byte| byte.is_ascii_digit()).count() > 4,
            Named,
            &["ifsc", "bank branch"],
        ),
        row("AA99A9999", any, Alone, INDIAN_PLATES),
        row("AA99AA9999", is_indian_state, Alone, INDIAN_PLATES),
        row("AA99AAA9999", is_indian_state, Alone, INDIAN_PLATES),
        row("AA9AA9999", is_indian_state, Named, INDIAN_PLATES),
        row("AA9AAA9999", is_indian_state, Named, INDIAN_PLATES),
        row("99bh9999A", any, Alone, INDIAN_PLATES),
        row("99bh9999AA", any, Alone, INDIAN_PLATES),
    ],
);

const INDIAN_PLATES: &[&str] =
    &["vehicle", "plate", "plates", "registration", "rc number", "reg no", "car number", "rto"];

fn is_indian_state(b: &[u8]) -> bool {
    const STATES: &[u8] = b"ANAPARASBRCGCHDDDLGAGJHPHRJHJKKAKLLALDMHMLMNMPMZNLODORPBPYRJSKTNTRTSUKUPWB";
    STATES.chunks(2).any(|state| state == cut(b, 0, 2))
}

fn is_gstin(b: &[u8]) -> bool {
    let products = cut(b, 0, 14).iter().zip([1, 2].iter().cycle()).map(|(&byte, factor)| value(byte) * factor);
    let sum: u32 = products.map(|product| product / 36 + product % 36).sum();
    matches!(number(b, 0, 2), 1..=37 | 97 | 99) && complement(sum, 36) == last(b)
}

const PAKISTAN: Detector = detector(
    "pakistan-id",
    "Pakistani identity card numbers",
    "NADRA (CNIC)",
    &[Example("cnic: «21000-0901032-0»."), Example("seen 2100009010320 there"), Example("cnic: 21000090103200 seen")],
    &[row("9999999999999", |b| starts_in(b, b"1234567"), Named, &["cnic", "nicop", "nadra", "pakistan"])
        .printed("99999-9999999-9")],
);

const BANGLADESH: Detector = detector(
    "bangladesh-id",
    "Bangladeshi and Nepalese identity and tax numbers that are called so",
    "Bangladesh Election Commission (NID); Inland Revenue Department of Nepal (PAN)",
    &[
        Example("nid: «0204701613»."),
        Example("nid: «0707240200000»."),
        Example("nid: «00000067000020440»."),
        Example("nepal: «230994392»."),
        Example("seen 0204701613 there"),
        Example("nid: 02047016130 seen"),
        Example("seen 0707240200000 there"),
    ],
    &[
        row("9999999999", any, Named, &["nid", "bangladesh", "e tin"]),
        row("9999999999999", any, Named, &["nid", "bangladesh"]),
        row("99999999999999999", any, Named, &["nid", "bangladesh"]),
        row("999999999", any, Named, &["nepal"]),
    ],
);

const SRI_LANKA: Detector = detector(
    "sri-lanka-id",
    "Sri Lankan identity card numbers",
    "Department for Registration of Persons (NIC)",
    &[
        Example("nic: «930203000V»."),
        Example("nic: «200700528560»."),
        Example("nic: 930203000A seen"),
        Example("seen 930203000V there"),
        Example("seen 200700528560 there"),
    ],
    &[
        row(
            "999999999A",
            |b| b.last().is_some_and(|letter| b"VX".contains(letter)) && is_day_of_year(number(b, 2, 5)),
            Alone,
            LANKAN,
        ),
        row(
            "999999999999",
            |b| matches!(number(b, 0, 4), 1900..=2040) && is_day_of_year(number(b, 4, 7)),
            Named,
            LANKAN,
        ),
    ],
);

const LANKAN: &[&str] = &["nic", "sri lanka", "lankan", "nic number"];

/// Women's days begin at 501.
fn is_day_of_year(day: u64) -> bool {
    matches!(day, 1..=366 | 501..=866)
}

const INDONESIA: Detector = detector(
    "indonesia-id",
    "Indonesian identity and tax numbers",
    "Ministry of Home Affairs (NIK); Directorate General of Taxes (NPWP)",
    &[
        Example("nik: «5387962709014038»."),
        Example("nik: «61.310.000.7-387.828»."),
        Example("bpjs: «0050200600060»."),
        Example("seen 5387962709014038 there"),
        Example("nik: 53879627090140380 seen"),
        Example("seen 613100007387828 there"),
    ],
    &[
        row("9999999999999999", is_nik, Alone, INDONESIAN),
        row("999999999999999", |b| luhn::is_valid(cut(b, 0, 9)), Named, INDONESIAN).printed("99.999.999.9-999.999"),
        row("9999999999999", |b| starts_in(b, b"0"), Named, &["bpjs", "jkn"]),
    ],
);

const INDONESIAN: &[&str] = &["nik", "ktp", "npwp", "nomor induk", "kartu tanda"];

/// Province, district, day (40 more for a woman), month and year.
fn is_nik(b: &[u8]) -> bool {
    let day = number(b, 6, 8);
    matches!(number(b, 0, 2), 11..=21 | 31..=36 | 51..=53 | 61..=65 | 71..=76 | 81 | 82 | 91..=97)
        && number(b, 2, 4) > 0
        && is_day(number(b, 8, 10), if day > 40 { day - 40 } else { day })
        && number(b, 12, 16) > 0
}

const MALAYSIA: Detector = detector(
    "malaysia-id",
    "Malaysian identity card numbers",
    "National Registration Department (MyKad)",
    &[
        Example("nric: «000131-05-0070»."),
        Example("nric: «K07165064»."),
        Example("seen 000131050070 there"),
        Example("nric: 0001310500700 seen"),
        Example("seen K07165064 there"),
    ],
    &[
        row(
            "999999999999",
            |b| is_ymd(b, 0) && matches!(number(b, 6, 8), 1..=16 | 21..=68 | 71 | 72 | 74..=79 | 82..=93 | 98 | 99),
            Named,
            MALAYSIAN,
        )
        .printed("999999-99-9999"),
        row("A99999999", |b| starts_in(b, b"AHK"), Named, MALAYSIAN),
    ],
);

const MALAYSIAN: &[&str] = &["nric", "mykad", "kad pengenalan", "ic number", "malaysia", "ic no"];

const SINGAPORE: Detector = detector(
    "singapore-id",
    "Singaporean identity and entity numbers",
    "ICA (NRIC and FIN); ACRA (UEN)",
    &[
        Example("nric: «F8008650N»."),
        Example("nric: «30000090A»."),
        Example("nric: «200000000W»."),
        Example("nric: «R00EF0466L»."),
        Example("nric: F8008650A seen"),
        Example("seen F8008650N there"),
        Example("nric: 30000090B seen"),
    ],
    &[
        row("A9999999A", is_nric, Alone, SINGAPOREAN),
        row("99999999A", is_business, Alone, SINGAPOREAN),
        row("999999999A", is_local_company, Alone, SINGAPOREAN),
        row("A99AA9999A", is_entity, Alone, SINGAPOREAN),
        row("A9999999A", |b| starts_in(b, b"EK"), Named, SINGAPOREAN),
    ],
);

const SINGAPOREAN: &[&str] = &["nric", "fin", "uen", "singapore", "work permit"];

fn is_nric(b: &[u8]) -> bool {
    let sum = sum(cut(b, 1, 8), &[2, 7, 6, 5, 4, 3, 2]);
    match b.first() {
        Some(b'S') => names(b, 8, b"JZIHGFEDCBA", sum % 11),
        Some(b'T') => names(b, 8, b"JZIHGFEDCBA", (sum + 4) % 11),
        Some(b'F') => names(b, 8, b"XWUTRQPNMLK", sum % 11),
        Some(b'G') => names(b, 8, b"XWUTRQPNMLK", (sum + 4) % 11),
        Some(b'M') => names(b, 8, b"XWUTRQPNJLK", 10 - (sum + 3) % 11) || names(b, 8, b"KLJNPQRTUWX", (sum + 3) % 11),
        _ => false,
    }
}

fn is_business(b: &[u8]) -> bool {
    names(b, 8, b"XMKECAWLJDB", sum(b, &[10, 4, 9, 3, 8, 2, 7, 1]) % 11)
}

fn is_local_company(b: &[u8]) -> bool {
    matches!(number(b, 0, 4), 1900..=2060) && names(b, 9, b"ZKCMDNERGWH", sum(b, &[10, 8, 6, 4, 9, 7, 5, 3, 1]) % 11)
}

fn is_entity(b: &[u8]) -> bool {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWX0123456789";
    const WEIGHTS: [u32; 9] = [4, 3, 5, 3, 10, 2, 2, 5, 7];
    let place = |byte: &u8| LETTERS.iter().position(|letter| letter == byte).map(|place| place as u32);
    let sum = b.iter().zip(WEIGHTS).try_fold(0, |sum, (byte, weight)| Some(sum + place(byte)? * weight));
    starts_in(b, b"RST") && sum.is_some_and(|sum| names(b, 9, LETTERS, (sum + 11 - 5) % 11))
}

const PHILIPPINES: Detector = detector(
    "philippines-id",
    "Philippine tax, social security and health numbers and plates that are called so",
    "BIR (TIN); SSS; GSIS; PhilHealth; PSA (PhilSys); LTO (plates)",
    &[
        Example("philippines: «003055024»."),
        Example("tin: «00-700000000-0»."),
        Example("sss: «90-0909000-0»."),
        Example("philsys: «0000000000020000»."),
        Example("UMID: «0000-2000000-0», crn «000020000000», plaka: «FKE 0001»."),
        Example("lto FAKE0001 there"),
        Example("seen 003055024 there"),
        Example("seen 007000000000 there"),
        Example("seen 9009090000 there"),
    ],
    &[
        row("999999999", any, Named, &["philippines", "bir tin", "bir"]),
        row("999999999999", any, Named, PHILIPPINE).printed("99-999999999-9"),
        row("999999999999", any, Named, PHILIPPINE).printed("9999-9999999-9"),
        row("AAA9999", any, Named, PHILIPPINE_PLATES),
        row("9999999999", any, Named, &["sss", "philippines"]).printed("99-9999999-9"),
        row("9999999999999999", any, Named, &["philsys", "psn", "pcn"]),
    ],
);

const PHILIPPINE: &[&str] =
    &["tin", "philhealth", "kalusugan", "philippines", "pag ibig", "umid", "common reference", "crn", "gsis", "sss"];

const PHILIPPINE_PLATES: &[&str] = &["plate", "plaka", "vehicle", "registration", "motorcycle", "sasakyan", "lto"];

const THAILAND: Detector = detector(
    "thailand-id",
    "Thai national identity and tax numbers",
    "Department of Provincial Administration (national identification number)",
    &[
        Example("thai: «1-4958-02807-97-5»."),
        Example("thai: 1-4958-02807-97-0 seen"),
        Example("seen 1495802807975 there"),
    ],
    &[row("9999999999999", is_thai, Alone, THAI).printed("9-9999-99999-99-9")],
);

const THAI: &[&str] = &["thai", "tnin", "เลขประจำตัว", "เลขบัตร", "บัตรประชาชน", "thailand"];

/// Kind of person, province, district, serial, check digit.
fn is_thai(b: &[u8]) -> bool {
    let check = (11 - sum(b, &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 10;
    let province = matches!(number(b, 1, 3), 10..=27 | 30..=58 | 60..=67 | 70..=77 | 80..=86 | 90..=96);
    let same = b.iter().all(|byte| b.first() == Some(byte));
    !starts_in(b, b"09") && province && !same && check == last(b)
}

const VIETNAM: Detector = detector(
    "vietnam-id",
    "Vietnamese identity and tax numbers",
    "Decree 137/2015 (personal identification number); General Department of Taxation (MST)",
    &[
        Example("cccd: «070000042959»."),
        Example("cccd: «3212323304»."),
        Example("cccd: «0000900000000»."),
        Example("cmnd: «900000000»."),
        Example("seen 070000042959 there"),
        Example("cccd: 0700000429590 seen"),
        Example("cccd: 3212323300 seen"),
    ],
    &[
        row(
            "999999999999",
            |b| matches!(number(b, 0, 3), 1..=96) && starts_in(cut(b, 3, 4), b"0123"),
            Named,
            VIETNAMESE,
        ),
        row("9999999999", is_mst, Named, VIETNAMESE),
        row("9999999999999", |b| is_mst(cut(b, 0, 10)), Named, VIETNAMESE),
        row("999999999", any, Named, &["cmnd", "chứng minh nhân dân"]),
    ],
);

const VIETNAMESE: &[&str] = &["cccd", "cmnd", "căn cước", "can cuoc", "mst", "mã số thuế", "vietnam"];

fn is_mst(b: &[u8]) -> bool {
    let rest = sum(b, &[31, 29, 23, 19, 17, 13, 7, 5, 3]) % 11;
    10_u32.checked_sub(rest) == Some(last(b))
}
