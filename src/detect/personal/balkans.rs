//! Identifiers of Croatia, Serbia, Bosnia, Montenegro, North Macedonia, Kosovo and Albania.
//!
//! Must not know how texts are read.

use super::super::check::iso7064::is_mod_11_10;
use super::super::check::weighted::{complement, cut, is_day, last, number, starts_in, sum};
use super::super::registry::{Detector, Example};
use super::identifier::Evidence::{Alone, Anywhere, Named, Plain};
use super::identifier::{detector, row};

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[CROATIA, SERBIA, MACEDONIA, ALBANIA];

const CROATIA: Detector = detector(
    "croatia-id",
    "Croatian personal identification numbers",
    "Law on the personal identification number (OIB)",
    &[
        Example("oib: «02010600860»."),
        Example("oib: «HR05204197464»."),
        Example("oib: 02010600861 seen"),
        Example("seen 02010600860 there"),
        Example("oib: HR05204197460 seen"),
    ],
    &[
        row("99999999999", |b| number(b, 0, 10) > 0 && is_mod_11_10(b), Plain, &["oib", "osobni identifikacijski"]),
        row("hr99999999999", |b| is_mod_11_10(cut(b, 2, 13)), Anywhere, &["oib"]),
    ],
);

const SERBIA: Detector = detector(
    "jmbg",
    "master citizen numbers of Serbia, Bosnia, Montenegro, North Macedonia, Croatia and Kosovo, and Serbian tax numbers",
    "Law on the unified master citizen number (JMBG); Serbian Tax Administration (PIB)",
    &[
        Example("jmbg: «0704041206010»."),
        Example("pib: «895075555»."),
        Example("jmbg: 0704041206011 seen"),
        Example("seen 0704041206010 there"),
        Example("pib: 895075550 seen"),
    ],
    &[
        row("9999999999999", is_jmbg, Alone, &["jmbg", "jмбг", "јмбг", "embg", "ембг", "matični broj", "maticni broj"]),
        row("999999999", is_mod_11_10, Named, &["pib", "пиб", "pdv"]),
    ],
);

/// Day, month, year without its thousands, region, serial, check digit.
pub(super) fn is_jmbg(b: &[u8]) -> bool {
    let check = complement(sum(b, &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11);
    is_day(number(b, 2, 4), number(b, 0, 2)) && matches!(number(b, 4, 7), 850..=999 | 0..=60) && check % 10 == last(b)
}

const MACEDONIA: Detector = detector(
    "north-macedonia-id",
    "North Macedonian tax numbers",
    "Public Revenue Office (EDB)",
    &[
        Example("edb: «MK2760309305207»."),
        Example("edb: «0000700000010»."),
        Example("edb: MK2760309305200 seen"),
        Example("edb: MK27603093052070 seen"),
        Example("edb: 0000700000011 seen"),
    ],
    &[
        row("mk9999999999999", |b| is_edb(cut(b, 2, 15)), Anywhere, &["edb", "едб"]),
        row("9999999999999", is_edb, Named, &["edb", "едб", "даночен"]),
    ],
);

fn is_edb(b: &[u8]) -> bool {
    complement(sum(b, &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11) % 10 == last(b)
}

const ALBANIA: Detector = detector(
    "albania-id",
    "Albanian identity and tax numbers",
    "Albanian civil registry (NID); General Directorate of Taxation (NIPT)",
    &[Example("nipt: «H03059213A»."), Example("seen H03059213A there"), Example("nipt: H03059213A0 seen")],
    &[row("A99999999A", is_nipt, Named, &["nipt", "nuis", "albania", "nid", "letërnjoftim", "leternjoftim"])],
);

/// A letter for the decade, and digits that for a person are a year, month and day.
fn is_nipt(b: &[u8]) -> bool {
    starts_in(b, b"ABCDEFGHIJKLM")
}
