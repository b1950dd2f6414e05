//! Identifiers of West and Central Asia.
//!
//! Must not know how texts are read.

use super::super::check::luhn;
use super::super::check::weighted::{at, complement, cut, is_dmy, is_ymd, last, number, starts_in, sum};
use super::super::registry::{Detector, Example};
use super::identifier::Evidence::{Alone, Anywhere, Named, Plain};
use super::identifier::{any, detector, row};

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[TURKEY, ISRAEL, IRAN, GULF, CENTRAL_ASIA];

const TURKEY: Detector = detector(
    "turkey-id",
    "Turkish identity and tax numbers",
    "Population Services Law 5490 (T.C. kimlik numarası); Revenue Administration (VKN)",
    &[
        Example("tckn: «45600500000»."),
        Example("tckn: «0441000000»."),
        Example("tckn: 45600500001 seen"),
        Example("seen 45600500000 there"),
        Example("tckn: 0441000001 seen"),
    ],
    &[
        row("99999999999", is_tckn, Alone, TURKISH),
        row("9999999999", is_vkn, Named, TURKISH),
        row("99A9999", is_province, Alone, TURKISH_PLATES),
        row("99AA999", is_province, Alone, TURKISH_PLATES),
        row("99AA9999", is_province, Alone, TURKISH_PLATES),
        row("99AAA99", is_province, Alone, TURKISH_PLATES),
        row("99AAA999", is_province, Alone, TURKISH_PLATES),
    ],
);

const TURKISH: &[&str] = &["tckn", "tc kimlik", "kimlik", "t.c.", "tc no", "vatandaş", "vkn", "vergi", "vergi no"];

const TURKISH_PLATES: &[&str] = &["plaka", "plakas", "plate", "vehicle", "araç"];

/// The plates of the provinces begin with their numbers.
fn is_province(b: &[u8]) -> bool {
    (1..=81).contains(&number(b, 0, 2))
}

fn is_tckn(b: &[u8]) -> bool {
    let odd = sum(b, &[1, 0, 1, 0, 1, 0, 1, 0, 1]);
    let even = sum(b, &[0, 1, 0, 1, 0, 1, 0, 1, 0]);
    !starts_in(b, b"0") && (odd * 7 + 100 - even) % 10 == at(b, 9) && (odd + even + at(b, 9)) % 10 == last(b)
}

fn is_vkn(b: &[u8]) -> bool {
    let step = |(place, &byte): (usize, &u8)| {
        let place = 9 - place as u32;
        let shifted = (super::super::check::weighted::value(byte) + place) % 10;
        let turned = shifted * (1 << place) % 9;
        if shifted != 0 && turned == 0 { 9 } else { turned }
    };
    complement(cut(b, 0, 9).iter().enumerate().map(step).sum(), 10) == last(b)
}

const ISRAEL: Detector = detector(
    "israel-id",
    "Israeli identity and company numbers",
    "Population Registry Law (teudat zehut)",
    &[Example("teudat zehut: «869000000»."), Example("teudat zehut: 869000001 seen"), Example("seen 869000000 there")],
    &[row(
        "999999999",
        |b| number(b, 0, 8) > 9_999 && luhn::is_valid(b),
        Plain,
        &["teudat zehut", "תעודת זהות", "ת.ז", "israel", "מספר זהות", "ח.פ"],
    )],
);

const IRAN: Detector = detector(
    "iran-id",
    "Iranian national codes",
    "National Organization for Civil Registration (kod-e melli)",
    &[Example("melli: «1006376003»."), Example("melli: 1006376000 seen"), Example("seen 1006376003 there")],
    &[row("9999999999", is_melli, Named, &["melli", "کد ملی", "national code", "iran"])],
);

fn is_melli(b: &[u8]) -> bool {
    let rest = sum(b, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    let same = b.iter().all(|byte| b.first() == Some(byte));
    !same && (if rest < 2 { rest } else { 11 - rest }) == last(b)
}

const GULF: Detector = detector(
    "gulf-id",
    "identity numbers of Saudi Arabia, the Emirates, Kuwait, Qatar, Bahrain, Iraq and Jordan",
    "Absher (Saudi national and resident identity); ICP (Emirates ID); PACI (Kuwaiti civil number); MOI Qatar; IGA Bahrain",
    &[
        Example("iqama: «2805700008»."),
        Example("emirates id: «784-2002-7502431-0»."),
        Example("kuwait: «270080230032»."),
        Example("qatar: «20150000009»."),
        Example("iqama: 2805700000 seen"),
        Example("seen 2805700008 there"),
        Example("kuwait: 270080230030 seen"),
    ],
    &[
        row("9999999999", |b| starts_in(b, b"12") && luhn::is_valid(b), Named, &["iqama", "saudi", "الهوية", "absher"]),
        row(
            "784999999999999",
            |b| matches!(number(b, 3, 7), 1900..=2060),
            Anywhere,
            &["emirates id", "emirates", "uae", "الهوية"],
        )
        .printed("999-9999-9999999-9"),
        row("999999999999", is_kuwaiti, Plain, &["kuwait", "civil id", "civil number", "الرقم المدني"]),
        row("99999999999", |b| starts_in(b, b"23"), Named, &["qatar", "qid"]),
        row("999999999", is_bahraini, Named, &["cpr", "bahrain"]),
        row(
            "999999999999999",
            |b| starts_in(b, b"3") && b.last() == Some(&b'3'),
            Named,
            &["vat", "saudi", "zatca", "الرقم الضريبي"],
        ),
        row("999999999999", any, Named, &["iraq", "البطاقة الوطنية"]),
        row("9999999999", any, Named, &["jordan", "الرقم الوطني"]),
    ],
);

fn is_kuwaiti(b: &[u8]) -> bool {
    starts_in(b, b"123") && is_ymd(b, 1) && 11 - sum(b, &[2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11 == last(b)
}

fn is_bahraini(b: &[u8]) -> bool {
    (1..=12).contains(&number(b, 2, 4))
}

const CENTRAL_ASIA: Detector = detector(
    "central-asia-id",
    "Kazakh, Kyrgyz and Uzbek identification numbers",
    "Law 223-III of Kazakhstan (IIN, BIN); State Registration Service of Kyrgyzstan (PIN); Uzbekistan (PINFL)",
    &[
        Example("iin: «930411237010»."),
        Example("pin: «10106257854105»."),
        Example("pinfl: «31601255790346»."),
        Example("iin: 930411237011 seen"),
        Example("seen 930411237010 there"),
        Example("seen 10106257854105 there"),
    ],
    &[
        row("999999999999", is_iin, Alone, &["iin", "иин", "жсн", "bin", "бин", "kazakhstan"]),
        row("99999999999999", |b| starts_in(b, b"12") && is_dmy(b, 1), Named, &["pin", "пин", "инн", "inn", "kyrgyz"]),
        row("99999999999999", is_pinfl, Plain, &["pinfl", "жшшир", "пинфл", "jshshir"]),
    ],
);

fn is_iin(b: &[u8]) -> bool {
    let check = match sum(b, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11 {
        10 => sum(b, &[3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11,
        check => check,
    };
    let company = (1..=12).contains(&number(b, 2, 4)) && starts_in(cut(b, 4, 5), b"456");
    (is_ymd(b, 0) && starts_in(cut(b, 6, 7), b"0123456") || company) && check == last(b)
}

fn is_pinfl(b: &[u8]) -> bool {
    starts_in(b, b"3456") && is_dmy(b, 1) && sum(b, &[7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7]) % 10 == last(b)
}
