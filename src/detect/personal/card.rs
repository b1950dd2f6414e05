//! Payment card numbers: an issuer's prefix, that issuer's length, and a check digit that adds up.
//!
//! Must not know what else digits can be. No issuer's numbers of thirteen, sixteen or nineteen digits begin with 1, so times since 1970, in milliseconds (13
//! digits), microseconds (16) or nanoseconds (19), are none. Keeps I5: a look reads at most nineteen digits.

use super::super::check::luhn;
use super::super::check::weighted::number;
use super::super::engine::Pass;
use super::super::registry::{Detector, DetectorId, Event, Example, Group, Rule};
use super::super::text::{before, byte, part, skip, starts_word};

/// Words that name a card.
pub(super) const WORDS: &[&str] = &["card", "cards", "uatp", "cardnumber", "kreditkarte"];

/// Payment card numbers.
pub(in crate::detect) const PAYMENT_CARD: Detector = Detector {
    id: "payment-card",
    group: Group::Personal,
    about: "payment card numbers",
    source: "ISO/IEC 7812-1; the issuers' published test numbers and identification ranges",
    examples: &[
        Example("card «4111111111111111»."),
        Example("«6062820000000003», «6070000000000010», «2200000000000012» and «9792000000000011»"),
        Example("UATP «100000000000017», card number: «1000 00000 000017»"),
        Example("100000000000017 rows, 6062830000000002"),
        Example("card «6370000000000009», card «6062830000000002» and card «6000000000000007»"),
        Example("«4111 1111 1111 1111» 123, «4111111111111111» 110"),
        Example("2026 «5555-5555-5555-4444»"),
        Example("amex:«3782 822463 10005», «41111111 11111111»"),
        Example("411111 1111111111, 41111 1111 11111 11"),
        Example("card «411111 1111111111»"),
        Example("\\n«6011111111111117»\\n"),
        Example("LIKE '%«4111111111111111»%' or ?q=card%20«4111111111111111»%20x"),
        Example("4111111111111112"),
        Example("411111111111111"),
        Example("id_4111111111111111"),
        Example("a4111111111111111 4111111111111111b"),
        Example("0.4111111111111111"),
        Example("9-4111-1111-1111-1111"),
        Example("1766000000000 and 1766000000000000"),
        Example("550e8400-e29b-41d4-a716-446655440000"),
    ],
    rule: Rule::At { events: &[Event::Digits], look },
};

/// Fewest digits of a card number.
const LEAST: usize = 12;

/// Most digits of a card number.
const MOST: usize = 19;

fn look(pass: &mut Pass<'_>, detector: DetectorId, start: usize) {
    let text = pass.text;
    let lengths = lengths_from(text, start);
    let first = skip(part(text, 0..start + LEAST), start, |byte| byte.is_ascii_digit());
    let goes_on = first == start + LEAST || byte(text, first).is_some_and(|byte| byte == b' ' || byte == b'-');
    if !goes_on || !stands_alone(text, start) {
        return;
    }
    let mut digits = [0; MOST];
    let mut count = 0;
    let mut separator = None;
    let mut group = 0;
    let mut at = start;
    let mut ends = 0;
    let (mut printed, mut named) = (None, None);
    while let Some(slot) = digits.get_mut(count)
        && let Some(digit) = byte(text, at).filter(u8::is_ascii_digit)
    {
        *slot = digit;
        count += 1;
        group += 1;
        at += 1;
        let next = byte(text, at);
        if next.is_some_and(|byte| byte.is_ascii_digit()) {
            continue;
        }
        if lengths >> count & 1 == 1
            && ends_alone(text, at, separator)
            && digits.get(..count).is_some_and(luhn::is_valid)
            && let Some(is_named) = is_issued_if_named(&digits, count)
        {
            let longest = if is_named || !are_printed(ends, count) { &mut named } else { &mut printed };
            *longest = Some(at);
        }
        // One separator, the same throughout, with no fewer than three digits between two.
        let joins =
            matches!(next, Some(b' ' | b'-')) && separator.is_none_or(|known| Some(known) == next) && group >= 3;
        if !joins {
            break;
        }
        separator = next;
        ends |= 1 << count;
        group = 0;
        at += 1;
    }
    let named = named.filter(|&close| Some(close) > printed && pass.is_near(start..close, WORDS));
    if let Some(close) = named.or(printed) {
        pass.report(detector, start, close);
    }
}

/// Whether so many digits with groups that end at `ends`, a bit each, are grouped as on cards: by four or eight, as 4-6-5 and
/// 4-6-4, as 4-5-6, as 6-13. Other groups are rather several numbers.
const fn are_printed(ends: u32, count: usize) -> bool {
    const FOURS: u32 = 1 << 4 | 1 << 8 | 1 << 12 | 1 << 16;
    match (ends, count) {
        (0, _) | (0x410, 14 | 15) | (0x210, 15) | (0x40, 19) | (0x100, 16) => true,
        _ => ends == FOURS & !(!0 << count),
    }
}

/// Issuers whose numbers have so many beginnings that others have them too: a word has to name them.
const NAMED: &[Issuer] = &[
    issuer(100_000, 199_999, &[15]), // UATP
    issuer(600_000, 609_999, &[16]), // RuPay, Hipercard
    issuer(637_000, 639_999, &[16]), // InstaPayment
];

/// Whether no word, number or longer row of groups goes on before `start`.
fn stands_alone(text: &[u8], start: usize) -> bool {
    let digit_before = |at: usize| before(text, at).is_some_and(|byte| byte.is_ascii_digit());
    match before(text, start) {
        Some(b'_') => false,
        Some(b'.' | b'-') => !digit_before(start - 1),
        _ => starts_word(text, start),
    }
}

fn ends_alone(text: &[u8], end: usize, separator: Option<u8>) -> bool {
    let digit_after = byte(text, end + 1).is_some_and(|byte| byte.is_ascii_digit());
    match byte(text, end) {
        Some(b'.') => !digit_after,
        Some(b'-') => !(digit_after && separator != Some(b' ')),
        Some(byte) => !byte.is_ascii_alphanumeric() && byte != b'_',
        None => true,
    }
}

/// Whether a number of some issuer may start at `start`.
#[inline(always)]
pub(in crate::detect) fn may_start(text: &[u8], start: usize) -> bool {
    lengths_from(text, start) != 0
}

/// A bit for each length of the numbers that may begin at `start`, as three digits tell.
fn lengths_from(text: &[u8], start: usize) -> u32 {
    let &[a, b, c] = part(text, start..start + 3) else { return 0 };
    let three = [a, b, c].into_iter().fold(0, |number, digit| 10 * number + usize::from(digit.wrapping_sub(b'0')));
    LENGTHS.get(three).map_or(0, |&lengths| u32::from(lengths) << LEAST)
}

/// For each three digits, a bit for each length of the numbers that begin so, from [`LEAST`] on.
static LENGTHS: [u8; 1000] = {
    let mut lengths = [0; 1000];
    add_to(&mut lengths, ISSUERS);
    add_to(&mut lengths, NAMED);
    lengths
};

const fn add_to(lengths: &mut [u8; 1000], mut issuers: &[Issuer]) {
    while let [issuer, others @ ..] = issuers {
        issuer.add_to(lengths);
        issuers = others;
    }
}

/// Whether a word has to name the first `count` of `digits`, of which three tell that they may be a number; nothing if no
/// issuer gives out such.
fn is_issued_if_named(digits: &[u8], count: usize) -> Option<bool> {
    let beginning = number(digits, 0, BEGINNING);
    let issues = |issuers: &[Issuer]| issuers.iter().any(|issuer| issuer.gives_out(beginning, count));
    let is_issued = issues(ISSUERS);
    (is_issued || issues(NAMED)).then_some(!is_issued)
}

/// How many digits tell an issuer.
const BEGINNING: usize = 6;

/// Numbers that one kind of card begins with, to six digits, and how long they are.
struct Issuer {
    from: u64,
    to: u64,
    lengths: &'static [usize],
}

impl Issuer {
    fn gives_out(&self, beginning: u64, length: usize) -> bool {
        (self.from..=self.to).contains(&beginning) && self.lengths.contains(&length)
    }

    /// Sets the bits of its lengths for all three digits that its numbers begin with.
    const fn add_to(&self, table: &mut [u8; 1000]) {
        let mut three = self.from / 1000;
        while three <= self.to / 1000 {
            let (_, places) = table.split_at_mut(three as usize);
            let mut lengths = self.lengths;
            while let ([place, ..], [length, others @ ..]) = (&mut *places, lengths) {
                *place |= 1 << (*length - LEAST);
                lengths = others;
            }
            three += 1;
        }
    }
}

const fn issuer(from: u64, to: u64, lengths: &'static [usize]) -> Issuer {
    Issuer { from, to, lengths }
}

const ISSUERS: &[Issuer] = &[
    issuer(180_000, 180_099, &[15]),                             // JCB, first series
    issuer(213_100, 213_199, &[15]),                             // JCB, first series
    issuer(220_000, 220_499, &[16, 17, 18, 19]),                 // Mir
    issuer(222_100, 272_099, &[16]),                             // Mastercard, second series
    issuer(300_000, 305_999, &[14, 16, 19]),                     // Diners Club
    issuer(309_500, 309_599, &[14, 16, 19]),                     // Diners Club
    issuer(340_000, 349_999, &[15]),                             // American Express
    issuer(352_800, 358_999, &[16, 17, 18, 19]),                 // JCB
    issuer(360_000, 369_999, &[14, 16, 19]),                     // Diners Club
    issuer(370_000, 379_999, &[15]),                             // American Express
    issuer(380_000, 399_999, &[14, 16, 19]),                     // Diners Club
    issuer(400_000, 499_999, &[13, 16, 19]),                     // Visa
    issuer(501_800, 501_899, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro
    issuer(501_900, 501_999, &[16]),                             // Dankort
    issuer(502_000, 502_099, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro
    issuer(503_800, 503_899, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro
    issuer(506_099, 506_198, &[16, 18, 19]),                     // Verve
    issuer(506_699, 506_778, &[16]),                             // Elo
    issuer(508_500, 508_999, &[16]),                             // RuPay
    issuer(509_000, 509_999, &[16]),                             // Elo
    issuer(510_000, 559_999, &[16]),                             // Mastercard
    issuer(561_000, 561_099, &[16]),                             // Bankcard
    issuer(589_300, 589_399, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro
    issuer(601_100, 601_199, &[16, 19]),                         // Discover
    issuer(606_282, 606_282, &[16]),                             // Hipercard
    issuer(606_985, 607_984, &[16]),                             // RuPay
    issuer(608_001, 608_500, &[16]),                             // RuPay
    issuer(620_000, 629_999, &[16, 17, 18, 19]),                 // UnionPay
    issuer(630_400, 630_499, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro
    issuer(633_110, 633_110, &[16, 18, 19]),                     // Switch
    issuer(644_000, 659_999, &[16, 19]),                         // Discover
    issuer(675_900, 676_399, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro
    issuer(817_200, 819_899, &[16]),                             // RuPay
    issuer(979_200, 979_299, &[16]),                             // Troy
];
