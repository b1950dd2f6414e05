//! Identifiers of Latin America and the Caribbean.
//!
//! Must not know how texts are read.

use super::super::check::luhn;
use super::super::check::weighted::{at, complement, cut, is_day, is_ymd, last, names, number, starts_in, sum, value};
use super::super::registry::{Detector, Example};
use super::identifier::Evidence::{Alone, Anywhere, Named, Plain};
use super::identifier::{any, detector, row};

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[
    BRAZIL, ARGENTINA, CHILE, COLOMBIA, ECUADOR, MEXICO, PERU, PARAGUAY, URUGUAY, VENEZUELA, DOMINICAN, CENTRAL, CUBA,
];

const BRAZILIAN: &[&str] = &[
    "cpf",
    "cnpj",
    "pis",
    "pasep",
    "nis",
    "nit",
    "cns",
    "cartão sus",
    "cartao sus",
    "título de eleitor",
    "titulo de eleitor",
    "titulo eleitor",
    "título eleitoral",
    "titulo eleitoral",
    "cnh",
    "renavam",
    "rg",
    "cadastro de pessoas",
];

const BRAZIL: Detector = detector(
    "brazil-id",
    "Brazilian taxpayers', company, social, health, voters' and drivers' numbers",
    "Receita Federal (CPF, CNPJ, alphanumeric CNPJ of 2026); Caixa (PIS); Ministério da Saúde (CNS); TSE; Senatran",
    &[
        Example("cpf: «009.010.000-00»."),
        Example("cpf: «00.000.000/0037-00»."),
        Example("cpf: «247.82725.64-0»."),
        Example("cpf: «940259003030000»."),
        Example("cpf: 009.010.000-01 seen"),
        Example("seen 00901000000 there"),
        Example("cpf: 00.000.000/0037-01 seen"),
    ],
    &[
        row("99999999999", is_cpf, Alone, BRAZILIAN).printed("999.999.999-99"),
        row("XXXXXXXXXXXX99", is_cnpj, Alone, BRAZILIAN).printed("XX.XXX.XXX/XXXX-99"),
        row("99999999999", is_pis, Plain, BRAZILIAN).printed("999.99999.99-9"),
        row("999999999999999", is_cns, Alone, BRAZILIAN),
        row("999999999999", is_titulo, Named, BRAZILIAN),
        row("99999999999", is_cnh, Named, BRAZILIAN),
        row("99999999999", |b| sum(b, &[3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10 == last(b), Named, &["renavam"]),
        row("99999999X", any, Named, &["rg", "registro geral", "identidade"]).printed("99.999.999-X"),
    ],
);

fn is_same(b: &[u8]) -> bool {
    b.iter().all(|byte| b.first() == Some(byte))
}

/// The remainder by eleven taken from eleven, where ten and eleven are zero.
fn is_check(b: &[u8], weights: &[u32], place: usize) -> bool {
    complement(sum(b, weights), 11) % 10 == at(b, place)
}

fn is_cpf(b: &[u8]) -> bool {
    !is_same(b) && is_check(b, &[10, 9, 8, 7, 6, 5, 4, 3, 2], 9) && is_check(b, &[11, 10, 9, 8, 7, 6, 5, 4, 3, 2], 10)
}

/// Letters count 17 and more: their place in ASCII from `0`.
fn is_cnpj(b: &[u8]) -> bool {
    let sum = |weights: &[u32]| {
        b.iter().zip(weights).map(|(&byte, weight)| u32::from(byte.saturating_sub(b'0')) * weight).sum()
    };
    let first: u32 = sum(&[5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);
    let second: u32 = sum(&[6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);
    !is_same(b)
        && b.iter().filter(|byte| byte.is_ascii_digit()).count() > 6
        && complement(first, 11) % 10 == at(b, 12)
        && complement(second, 11) % 10 == at(b, 13)
}

fn is_pis(b: &[u8]) -> bool {
    !is_same(b) && starts_in(b, b"12") && is_check(b, &[3, 2, 9, 8, 7, 6, 5, 4, 3, 2], 10)
}

fn is_cns(b: &[u8]) -> bool {
    starts_in(b, b"12789") && sum(b, &[15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

fn is_titulo(b: &[u8]) -> bool {
    let state = number(b, 8, 10);
    let first = sum(b, &[2, 3, 4, 5, 6, 7, 8, 9]) % 11 % 10;
    let second = (at(b, 8) * 7 + at(b, 9) * 8 + at(b, 10) * 9) % 11 % 10;
    (1..=28).contains(&state) && first == at(b, 10) && second == last(b)
}

fn is_cnh(b: &[u8]) -> bool {
    let first = sum(b, &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11;
    let second = sum(b, &[1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11;
    let second = if first > 9 { second.checked_sub(2).unwrap_or(second + 9) } else { second };
    !is_same(b) && first % 11 % 10 == at(b, 9) && second % 10 == last(b)
}

const ARGENTINIAN: &[&str] = &["cuit", "cuil", "dni", "cdi", "cbu", "cvu", "documento"];

const ARGENTINA: Detector = detector(
    "argentina-id",
    "Argentine tax, identity and account numbers",
    "AFIP (CUIT, CUIL); Banco Central (CBU)",
    &[
        Example("cuit: «50-03001083-0»."),
        Example("cuit: «6001700070005003263000»."),
        Example("dni: «90000139»."),
        Example("dni: «0000002»."),
        Example("cuit: 50-03001083-1 seen"),
        Example("seen 50030010830 there"),
        Example("cuit: 6001700070005003263001 seen"),
    ],
    &[
        row("99999999999", is_cuit, Plain, ARGENTINIAN).printed("99-99999999-9"),
        row("9999999999999999999999", is_cbu, Alone, ARGENTINIAN),
        row("99999999", any, Named, &["dni", "documento nacional", "documento"]),
        row("9999999", any, Named, &["dni", "documento nacional"]),
    ],
);

fn is_cuit(b: &[u8]) -> bool {
    let kind = matches!(number(b, 0, 2), 20 | 23..=27 | 30 | 33 | 34 | 50 | 51 | 55);
    kind && complement(sum(b, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11) == last(b)
}

fn is_cbu(b: &[u8]) -> bool {
    let bank = complement(sum(b, &[7, 1, 3, 9, 7, 1, 3]), 10) == at(b, 7);
    let account = complement(sum(cut(b, 8, 22), &[3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3]), 10) == last(b);
    number(b, 0, 8) > 0 && bank && account
}

const CHILE: Detector = detector(
    "chile-id",
    "Chilean identity and tax numbers",
    "Registro Civil (RUN); SII (RUT)",
    &[
        Example("rut: «24.704.465-5»."),
        Example("rut: «70903840-0»."),
        Example("rut: «7.200.090-0»."),
        Example("rut: 24.704.465-0 seen"),
        Example("seen 247044655 there"),
        Example("rut: 70903840-1 seen"),
    ],
    &[
        row("99999999X", is_rut, Plain, CHILEAN).printed("99.999.999-X"),
        row("99999999X", is_rut, Plain, CHILEAN).printed("99999999-X"),
        row("9999999X", is_rut, Named, CHILEAN).printed("9.999.999-X"),
    ],
);

const CHILEAN: &[&str] = &["rut", "run", "rol único", "rol unico", "cédula", "cedula"];

/// Weights 2 to 7 from the right.
fn is_rut(b: &[u8]) -> bool {
    let Some((&check, body)) = b.split_last() else { return false };
    let sum: u32 =
        body.iter().rev().zip([2, 3, 4, 5, 6, 7].iter().cycle()).map(|(&byte, weight)| value(byte) * weight).sum();
    let wanted = complement(sum, 11);
    number(body, 0, 7) > 99_999 && check == if wanted == 10 { b'K' } else { b'0' + wanted as u8 }
}

const COLOMBIA: Detector = detector(
    "colombia-id",
    "Colombian tax and citizens' numbers",
    "DIAN (NIT); Registraduría Nacional (cédula)",
    &[
        Example("nit: «330.151.747-8»."),
        Example("nit: «092208840»."),
        Example("cedula: «0008000000»."),
        Example("cedula: «34475626»."),
        Example("nit: 330.151.747-0 seen"),
        Example("seen 3301517478 there"),
        Example("nit: 092208841 seen"),
    ],
    &[
        row("9999999999", is_nit, Named, COLOMBIAN).printed("999.999.999-9"),
        row("999999999", is_nit, Named, COLOMBIAN),
        row("9999999999", any, Named, &["cédula", "cedula", "cc", "nuip"]),
        row("99999999", any, Named, &["cédula", "cedula", "nuip"]),
    ],
);

const COLOMBIAN: &[&str] = &["nit", "rut", "colombia", "dian"];

fn is_nit(b: &[u8]) -> bool {
    const WEIGHTS: [u32; 9] = [3, 7, 13, 17, 19, 23, 29, 37, 41];
    let Some((_, body)) = b.split_last() else { return false };
    let sum: u32 = body.iter().rev().zip(WEIGHTS).map(|(&byte, weight)| value(byte) * weight).sum();
    let rest = sum % 11;
    (if rest > 1 { 11 - rest } else { rest }) == last(b)
}

const ECUADOR: Detector = detector(
    "ecuador-id",
    "Ecuadorian identity and tax numbers",
    "Registro Civil (cédula); SRI (RUC)",
    &[
        Example("cedula: «0500000054»."),
        Example("cedula: «0425887700001»."),
        Example("CÉDULA: «0500000054» and Cédula «0500000054»"),
        Example("cedula: 0500000050 seen"),
        Example("seen 0500000054 there"),
        Example("cedula: 0425887700000 seen"),
    ],
    &[row("9999999999", is_ecuadorian, Plain, ECUADORIAN), row("9999999999001", is_ruc_of_ecuador, Alone, ECUADORIAN)],
);

const ECUADORIAN: &[&str] = &["cédula", "cedula", "ruc", "ecuador", "cédula de identidad", "cedula de identidad"];

fn is_ecuadorian(b: &[u8]) -> bool {
    matches!(number(b, 0, 2), 1..=24 | 30) && starts_in(cut(b, 2, 3), b"012345") && luhn::is_valid(b)
}

fn is_ruc_of_ecuador(b: &[u8]) -> bool {
    let company = complement(sum(b, &[4, 3, 2, 7, 6, 5, 4, 3, 2]), 11) == at(b, 9) && at(b, 2) == 9;
    let public = complement(sum(b, &[3, 2, 7, 6, 5, 4, 3, 2]), 11) == at(b, 8) && at(b, 2) == 6;
    matches!(number(b, 0, 2), 1..=24 | 30) && (is_ecuadorian(cut(b, 0, 10)) || company || public)
}

const MEXICAN: &[&str] = &["curp", "rfc", "clabe", "nss", "imss", "ine", "clave de elector"];

const MEXICO: Detector = detector(
    "mexico-id",
    "Mexican population, tax, social security, voters' and account numbers",
    "RENAPO (CURP); SAT (RFC); IMSS (NSS); ABM (CLABE); INE (clave de elector)",
    &[
        Example("curp: «EEWF600330HKAAKK04»."),
        Example("curp: «EXFK080828509»."),
        Example("curp: «AOE000706090»."),
        Example("curp: «469080409028106630»."),
        Example("curp: EEWF600330HKAAKK00 seen"),
        Example("curp: EEWF600330HKAAKK040 seen"),
        Example("curp: EXFK080828500 seen"),
        Example("rfc: EXFK081328500 seen"),
        Example("rfc: «EXFK080828500»."),
    ],
    &[
        row("AAAA999999AAAAAAX9", is_curp, Anywhere, MEXICAN),
        row("AAAA999999XXX", |b| is_ymd(b, 4) && is_rfc(b), Alone, MEXICAN),
        row("AAA999999XXX", |b| is_ymd(b, 3) && is_rfc(b), Alone, MEXICAN),
        // Many do not end as they should.
        row("AAAA999999XXX", |b| is_ymd(b, 4), Named, TAXPAYERS),
        row("AAA999999XXX", |b| is_ymd(b, 3), Named, TAXPAYERS),
        row("999999999999999999", is_clabe, Alone, MEXICAN),
        row("99999999999", luhn::is_valid, Named, MEXICAN),
        row("AAAAAA99999999A999", |b| is_ymd(b, 6), Alone, MEXICAN),
    ],
);

const TAXPAYERS: &[&str] = &["r f c", "registro federal"];

fn is_curp(b: &[u8]) -> bool {
    let place = |byte: u8| match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'A'..=b'N' => u32::from(byte - b'A') + 10,
        _ => u32::from(byte.saturating_sub(b'O')) + 25,
    };
    let sum: u32 = cut(b, 0, 17).iter().zip((2..=18).rev()).map(|(&byte, weight)| place(byte) * weight).sum();
    is_ymd(b, 4) && b.get(10).is_some_and(|sex| b"HMX".contains(sex)) && complement(sum, 10) == last(b)
}

fn is_rfc(b: &[u8]) -> bool {
    const LETTERS: &[u8] = b"0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ ";
    let place = |byte: u8| LETTERS.iter().position(|&letter| letter == byte).unwrap_or(0) as u32;
    let Some((&check, body)) = b.split_last() else { return false };
    // A company's has a blank before it.
    let blank = if b.len() == 12 { 37 * 13 } else { 0 };
    let sum: u32 = body.iter().rev().zip(2..).map(|(&byte, weight)| place(byte) * weight).sum::<u32>() + blank;
    let wanted = complement(sum, 11);
    check == if wanted == 10 { b'A' } else { b'0' + wanted as u8 }
}

fn is_clabe(b: &[u8]) -> bool {
    let products = cut(b, 0, 17).iter().zip([3, 7, 1].iter().cycle()).map(|(&byte, weight)| value(byte) * weight % 10);
    number(b, 0, 3) > 1 && complement(products.sum(), 10) == last(b)
}

const PERU: Detector = detector(
    "peru-id",
    "Peruvian identity and tax numbers",
    "RENIEC (DNI, its check character); SUNAT (RUC)",
    &[
        Example("dni: «208427500»."),
        Example("dni: «28427507»."),
        Example("dni: «20925994090»."),
        Example("dni: 208427501 seen"),
        Example("seen 208427500 there"),
        Example("seen 28427507 there"),
    ],
    &[
        row("99999999X", is_cui, Named, PERUVIAN),
        row("99999999", any, Named, PERUVIAN),
        row("99999999999", is_ruc_of_peru, Plain, PERUVIAN),
    ],
);

const PERUVIAN: &[&str] = &["dni", "ruc", "cui", "peru", "perú", "documento nacional"];

fn is_cui(b: &[u8]) -> bool {
    let rest = sum(b, &[3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    names(b, 8, b"65432110987", rest)
        || names(b, 8, b"KJIHGFEDCBA", (11 - rest) % 11)
        || names(b, 8, b"KABCDEFGHIJ", rest)
}

fn is_ruc_of_peru(b: &[u8]) -> bool {
    matches!(number(b, 0, 2), 10 | 15..=17 | 20) && is_check(b, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 10)
}

const PARAGUAY: Detector = detector(
    "paraguay-id",
    "Paraguayan tax numbers",
    "SET (RUC)",
    &[
        Example("ruc: «38050064»."),
        Example("ruc: «300996063»."),
        Example("ci paraguay: «2300060»."),
        Example("ruc: 38050060 seen"),
        Example("seen 38050064 there"),
        Example("ruc: 300996060 seen"),
    ],
    &[
        row("99999999", is_paraguayan, Named, &["ruc", "paraguay"]),
        row("999999999", is_paraguayan, Named, &["ruc", "paraguay"]),
        row("9999999", any, Named, &["ci paraguay", "cédula paraguay", "cedula paraguay"]),
    ],
);

fn is_paraguayan(b: &[u8]) -> bool {
    let Some((_, body)) = b.split_last() else { return false };
    let sum: u32 = body.iter().rev().zip(2..).map(|(&byte, weight)| value(byte) * weight).sum();
    complement(sum, 11) % 10 == last(b)
}

const URUGUAY: Detector = detector(
    "uruguay-id",
    "Uruguayan identity and tax numbers",
    "DNIC (cédula de identidad); DGI (RUT)",
    &[
        Example("cedula: «0.300.000-3»."),
        Example("cedula: «013854060016»."),
        Example("cedula: 0.300.000-0 seen"),
        Example("seen 03000003 there"),
        Example("cedula: 013854060010 seen"),
    ],
    &[
        row("99999999", is_uruguayan, Named, URUGUAYAN).printed("9.999.999-9"),
        row("999999999999", is_uruguayan_rut, Plain, URUGUAYAN),
    ],
);

const URUGUAYAN: &[&str] = &["cédula", "cedula", "ci", "rut", "uruguay"];

fn is_uruguayan(b: &[u8]) -> bool {
    complement(sum(b, &[2, 9, 8, 7, 6, 3, 4]), 10) == last(b)
}

fn is_uruguayan_rut(b: &[u8]) -> bool {
    matches!(number(b, 0, 2), 1..=22)
        && number(b, 8, 11) == 1
        && complement(sum(b, &[4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]), 11) == last(b)
}

const VENEZUELA: Detector = detector(
    "venezuela-id",
    "Venezuelan tax and identity numbers",
    "SENIAT (RIF); SAIME (cédula)",
    &[
        Example("rif: «E-66000270-0»."),
        Example("cedula: «E-47.002.709»."),
        Example("rif: E-66000270-1 seen"),
        Example("seen E660002700 there"),
        Example("seen E47002709 there"),
    ],
    &[
        row("A999999999", is_rif, Alone, &["rif", "venezuela"]).printed("A-99999999-9"),
        row("A99999999", |b| starts_in(b, b"VE"), Named, &["cédula", "cedula", "venezuela", "ci"])
            .printed("A-99.999.999"),
    ],
);

fn is_rif(b: &[u8]) -> bool {
    let kind = match b.first() {
        Some(b'V') => 4,
        Some(b'E') => 8,
        Some(b'J' | b'C') => 12,
        Some(b'P') => 16,
        Some(b'G') => 20,
        _ => return false,
    };
    let sum = kind + sum(cut(b, 1, 9), &[3, 2, 7, 6, 5, 4, 3, 2]);
    complement(sum, 11) % 10 == last(b)
}

const DOMINICAN: Detector = detector(
    "dominican-republic-id",
    "Dominican identity and tax numbers",
    "JCE (cédula); DGII (RNC)",
    &[
        Example("cedula: «071-1542002-3»."),
        Example("rnc: «478370818»."),
        Example("cedula: 071-1542002-0 seen"),
        Example("seen 07115420023 there"),
        Example("rnc: 478370810 seen"),
    ],
    &[
        row("99999999999", luhn::is_valid, Named, &["cédula", "cedula", "dominicana", "dominican"])
            .printed("999-9999999-9"),
        row("999999999", is_rnc, Named, &["rnc", "dominicana", "dominican"]),
    ],
);

fn is_rnc(b: &[u8]) -> bool {
    let rest = sum(b, &[7, 9, 8, 6, 5, 4, 3, 2]) % 11;
    let check = match rest {
        0 => 2,
        1 => 1,
        rest => 11 - rest,
    };
    starts_in(b, b"145") && check == last(b)
}

const CENTRAL: Detector = detector(
    "central-america-id",
    "tax and identity numbers of Guatemala, El Salvador, Costa Rica, Honduras and Nicaragua",
    "SAT and RENAP (Guatemala); Ministerio de Hacienda (El Salvador, Costa Rica); RNP (Honduras); CSE (Nicaragua)",
    &[
        Example("cui: «7060 03020 0920»."),
        Example("nit: «000050040»."),
        Example("nit: «82014000»."),
        Example("nit: «0661-270908-090-0»."),
        Example("seen 7060030200920 there"),
        Example("cui: 70600302009200 seen"),
        Example("nit: 000050041 seen"),
    ],
    &[
        row("9999999999999", is_guatemalan_cui, Alone, &["cui", "dpi", "guatemala"]).printed("9999 99999 9999"),
        row("99999999X", is_guatemalan_nit, Named, &["nit", "guatemala"]),
        row("9999999X", is_guatemalan_nit, Named, &["nit", "guatemala"]),
        row("99999999999999", is_salvadoran, Plain, &["nit", "salvador"]).printed("9999-999999-999-9"),
        row("999999999", any, Named, &["dui", "cédula", "cedula", "costa rica"]),
        row("9999999999", any, Named, &["cédula jurídica", "cedula juridica", "costa rica", "cpj"]),
        row("9999999999999", is_living_in, Named, &["identidad", "honduras", "dni"]).printed("9999-9999-99999"),
        row(
            "9999999999999A",
            |b| is_day(number(b, 5, 7), number(b, 3, 5)),
            Anywhere,
            &["cédula", "cedula", "nicaragua"],
        ),
    ],
);

fn is_guatemalan_cui(b: &[u8]) -> bool {
    let check = sum(b, &[2, 3, 4, 5, 6, 7, 8, 9]) % 11;
    check == at(b, 8) && matches!(number(b, 9, 11), 1..=22) && matches!(number(b, 11, 13), 1..=33)
}

fn is_guatemalan_nit(b: &[u8]) -> bool {
    let Some((&check, body)) = b.split_last() else { return false };
    let sum: u32 = body.iter().rev().zip(2..).map(|(&byte, weight)| value(byte) * weight).sum();
    let wanted = complement(sum, 11);
    check == if wanted == 10 { b'K' } else { b'0' + wanted as u8 }
}

/// Place, day, month and year, serial, check digit: the older rule up to serial 100, the newer from there on.
fn is_salvadoran(b: &[u8]) -> bool {
    let old = sum(b, &[14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11 % 10;
    let new = complement(sum(b, &[2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11) % 10;
    starts_in(b, b"019")
        && is_day(number(b, 6, 8), number(b, 4, 6))
        && last(b) == if number(b, 10, 13) <= 100 { old } else { new }
}

fn is_living_in(b: &[u8]) -> bool {
    (1..=18).contains(&number(b, 0, 2)) && (1900..2060).contains(&number(b, 4, 8))
}

const CUBA: Detector = detector(
    "cuba-id",
    "Cuban identity numbers",
    "Ministerio de Justicia (carné de identidad)",
    &[
        Example("carne de identidad: «10083000009»."),
        Example("seen 10083000009 there"),
        Example("carne de identidad: 100830000090 seen"),
    ],
    &[row("99999999999", |b| is_ymd(b, 0), Named, &["carné de identidad", "carne de identidad", "cuba", "ni"])],
);
