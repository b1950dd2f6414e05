//! Weighted sums, by which most national identifiers check themselves, and the reading of digits and dates.
//!
//! Must not know which identifier asks.

/// What a digit or a letter counts: 0 to 9, A = 10 to Z = 35, anything else nothing.
pub(in crate::detect) fn value(byte: u8) -> u32 {
    char::from(byte).to_digit(36).unwrap_or(0)
}

/// What stands at `at`.
pub(in crate::detect) fn at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at).map_or(0, |&byte| value(byte))
}

/// What stands last.
pub(in crate::detect) fn last(bytes: &[u8]) -> u32 {
    bytes.last().map_or(0, |&byte| value(byte))
}

/// The part from `from` up to `to`.
pub(in crate::detect) fn cut(bytes: &[u8], from: usize, to: usize) -> &[u8] {
    bytes.get(from..to).unwrap_or_default()
}

/// The digits from `from` up to `to` as a number.
pub(in crate::detect) fn number(bytes: &[u8], from: usize, to: usize) -> u64 {
    cut(bytes, from, to).iter().fold(0, |number: u64, &byte| number.wrapping_mul(10).wrapping_add(value(byte).into()))
}

/// The sum of the first bytes' values, each times its weight.
pub(in crate::detect) fn sum(bytes: &[u8], weights: &[u32]) -> u32 {
    bytes.iter().zip(weights).map(|(&byte, weight)| value(byte) * weight).sum()
}

/// The same with the digits of each product added up.
pub(in crate::detect) fn digit_sum(bytes: &[u8], weights: &[u32]) -> u32 {
    let products = bytes.iter().zip(weights).map(|(&byte, weight)| value(byte) * weight);
    products.map(|product| product / 10 + product % 10).sum()
}

/// What has to be added to `sum` to make it divisible.
pub(in crate::detect) fn complement(sum: u32, modulus: u32) -> u32 {
    (modulus - sum % modulus) % modulus
}

/// Whether the first byte's letter or digit is one of `set`.
pub(in crate::detect) fn starts_in(bytes: &[u8], set: &[u8]) -> bool {
    bytes.first().is_some_and(|byte| set.contains(byte))
}

/// The letter or digit of `table` at `index` is the one that stands at `place`.
pub(in crate::detect) fn names(bytes: &[u8], place: usize, table: &[u8], index: u32) -> bool {
    bytes.get(place).is_some_and(|byte| table.get(index as usize) == Some(byte))
}

/// Whether there is such a day in some year.
pub(in crate::detect) fn is_day(month: u64, day: u64) -> bool {
    let days = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// Whether the six digits from `from` on are a day, month and year of two digits.
pub(in crate::detect) fn is_dmy(bytes: &[u8], from: usize) -> bool {
    is_day(number(bytes, from + 2, from + 4), number(bytes, from, from + 2))
}

/// Whether the six digits from `from` on are a year of two digits, month and day.
pub(in crate::detect) fn is_ymd(bytes: &[u8], from: usize) -> bool {
    is_day(number(bytes, from + 2, from + 4), number(bytes, from + 4, from + 6))
}

/// Whether the eight digits from `from` on are a year of someone alive, month and day.
pub(in crate::detect) fn is_full_ymd(bytes: &[u8], from: usize) -> bool {
    is_living(number(bytes, from, from + 4)) && is_ymd(bytes, from + 2)
}

/// Whether someone born in `year` may be alive, or not long dead.
pub(in crate::detect) fn is_living(year: u64) -> bool {
    (1890..=2060).contains(&year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_applied_from_the_left() {
        assert_eq!(sum(b"123", &[3, 2, 1]), 10);
        assert_eq!(sum(b"A1", &[1]), 10);
        assert_eq!(digit_sum(b"99", &[2, 1]), 18);
        assert_eq!([complement(10, 11), complement(11, 11), complement(12, 11)], [1, 0, 10]);
        assert_eq!(number(b"0123x", 1, 4), 123);
        assert_eq!(number(b"0", 1, 4), 0);
    }

    #[test]
    fn days_exist_or_not() {
        assert!(is_dmy(b"290280", 0) && is_ymd(b"x800229", 1) && is_full_ymd(b"19800229", 0));
        assert!(!is_dmy(b"300280", 0) && !is_ymd(b"801301", 0) && !is_full_ymd(b"17800229", 0));
    }
}
