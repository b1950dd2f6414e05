//! The words near a value, which say what it is.
//!
//! Must not know what they mean. Keeps I5: a window of fixed size is read.

use super::super::text::{after_escape, before, byte, part};

/// How far before a value a word may stand.
const BEFORE: usize = 64;

/// How far after it.
const AFTER: usize = 32;

/// Words that name an identifier of whatever country.
const GENERAL: &[&str] = &[
    "citizen",
    "document number",
    "fiscal code",
    "id card",
    "id number",
    "identification number",
    "identity card",
    "identity number",
    "national id",
    "nationalid",
    "passport",
    "personal code",
    "personal id",
    "personal number",
    "personnummer",
    "social insurance",
    "social security",
    "tax id",
    "tax number",
    "taxid",
    "taxpayer",
    "tin",
    "vat",
];

/// Whether one of `words`, or a general one, stands near `start..end`.
pub(super) fn names(text: &[u8], start: usize, end: usize, words: &[&str]) -> bool {
    near(text, start, end, words) || near(text, start, end, GENERAL)
}

/// Whether one of `words`, folded, stands near `start..end`. A blank in a word stands for any separator, or none.
pub(super) fn near(text: &[u8], start: usize, end: usize, words: &[&str]) -> bool {
    let from = start.saturating_sub(BEFORE);
    has_word(text, from, start, words) || has_word(text, end, text.len().min(end + AFTER), words)
}

/// Whether one of `words` lies in `from..to`.
pub(super) fn has_word(text: &[u8], from: usize, to: usize, words: &[&str]) -> bool {
    let window = part(text, from..to);
    words.iter().any(|word| {
        let Some((first, _)) = word.as_bytes().split_first() else { return false };
        let upper = first.to_ascii_uppercase();
        memchr::memchr2_iter(*first, upper, window).any(|offset| word_at(text, from + offset, to, word.as_bytes()))
    })
}

/// Whether `word` stands at `start` and ends before `to`: at a word's beginning and, if it is short, at its end.
fn word_at(text: &[u8], start: usize, to: usize, word: &[u8]) -> bool {
    let Some(end) = end_of(text, start, word).filter(|&end| end <= to) else { return false };
    if !word.is_ascii() {
        return true;
    }
    let camel = |before: u8, after: u8| before.is_ascii_lowercase() && after.is_ascii_uppercase();
    let joined = |a: Option<u8>, b: Option<u8>| match (a, b) {
        (Some(a), Some(b)) => a.is_ascii_alphabetic() && b.is_ascii_alphabetic() && !camel(a, b),
        _ => false,
    };
    let starts = after_escape(text, start)
        || !before(text, start).is_some_and(|byte| byte.is_ascii_digit())
            && !joined(before(text, start), byte(text, start));
    starts && (word.len() > SHORT || !joined(before(text, end), byte(text, end)))
}

/// A word no longer than this may be the beginning of others.
const SHORT: usize = 5;

/// Where `word` at `start` ends.
fn end_of(text: &[u8], start: usize, word: &[u8]) -> Option<usize> {
    let mut at = start;
    for &wanted in word {
        let next = byte(text, at)?;
        match wanted {
            b' ' if !next.is_ascii_alphanumeric() => at += 1,
            b' ' => {}
            _ if next.to_ascii_lowercase() == wanted => at += 1,
            _ => return None,
        }
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_names_and_prose() {
        let near = |text: &str, word| has_word(text.as_bytes(), 0, text.len(), &[word]);
        for text in ["my SSN:", "userSsn=", "ssn_value", "\"ssn\":", "ssnValue"] {
            assert!(near(text, "ssn"), "{text}");
        }
        assert!(!near("lessns", "ssn") && !near("ssns", "ssn"));
        assert!(near("taxId", "tax id") && near("tax_id", "tax id") && near("Passports", "passport"));
        assert!(near("여권번호는", "여권"));
    }

    #[test]
    fn words_too_far_away_say_nothing() {
        let text = alloc::format!("ssn{}123", " ".repeat(66));
        assert!(!names(text.as_bytes(), 69, 72, &["ssn"]));
        assert!(names(text.as_bytes(), 10, 13, &["ssn"]));
    }
}
