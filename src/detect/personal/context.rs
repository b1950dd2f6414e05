//! The words near a value, which say what it is.
//!
//! Must not know what they mean. Keeps I5: a window of fixed size is read.

use super::super::text::{after_escape, before, byte, part};
use super::starts;

/// How far before a value a word may stand.
const BEFORE: usize = 64;

/// How far after it.
const AFTER: usize = 32;

/// Words that name an identifier of whatever country.
pub(super) const GENERAL: &[&str] = &[
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

/// The surroundings of one place, read once for all that is asked of them.
pub(super) struct Nearby<'a> {
    text: &'a [u8],
    start: usize,
    before: Option<Beginnings>,
    /// Whether any word of any row may stand before it: most often none does.
    any: Option<bool>,
}

impl<'a> Nearby<'a> {
    /// Of what starts at `start`.
    pub(super) fn of(text: &'a [u8], start: usize) -> Self {
        Nearby { text, start, before: None, any: None }
    }

    /// Whether one of `words`, or a general one, stands near `start..end`.
    pub(super) fn names(&mut self, end: usize, words: &[&str]) -> bool {
        self.has(end, words) || self.has(end, GENERAL)
    }

    /// Whether one of `words`, folded, stands near `start..end`.
    pub(super) fn has(&mut self, end: usize, words: &[&str]) -> bool {
        let (text, start) = (self.text, self.start);
        let from = start.saturating_sub(BEFORE);
        if *self.any.get_or_insert_with(|| starts::any_in(part(text, from..start))) {
            let begins = self.before.get_or_insert_with(|| Beginnings::of(part(text, from..start)));
            if finds(text, from, start, begins, words) {
                return true;
            }
        }
        let to = text.len().min(end + AFTER);
        starts::any_in(part(text, end..to)) && has_word(text, end, to, words)
    }
}

/// Whether one of `words`, folded, stands near `start..end`. A blank in a word stands for any separator, or none.
pub(super) fn near(text: &[u8], start: usize, end: usize, words: &[&str]) -> bool {
    let from = start.saturating_sub(BEFORE);
    has_word(text, from, start, words) || has_word(text, end, text.len().min(end + AFTER), words)
}

/// Whether one of `words` lies in `from..to`.
pub(super) fn has_word(text: &[u8], from: usize, to: usize, words: &[&str]) -> bool {
    finds(text, from, to, &Beginnings::of(part(text, from..to)), words)
}

/// The same, with what is known of the window.
fn finds(text: &[u8], from: usize, to: usize, begins: &Beginnings, words: &[&str]) -> bool {
    let window = part(text, from..to);
    words.iter().filter(|word| begins.has(word.as_bytes())).any(|word| {
        let Some((first, _)) = word.as_bytes().split_first() else { return false };
        let upper = first.to_ascii_uppercase();
        memchr::memchr2_iter(*first, upper, window).any(|offset| word_at(text, from + offset, to, word.as_bytes()))
    })
}

/// The pairs of letters in a window, by a hash: a word whose first two are not among them is not there. There are many
/// words and the window is short.
pub(super) struct Beginnings([u64; 8]);

impl Beginnings {
    fn of(window: &[u8]) -> Self {
        let mut bits = [0; 8];
        for pair in window.array_windows() {
            let hash = Self::hash(*pair);
            if let Some(word) = bits.get_mut(hash >> 6) {
                *word |= 1_u64 << (hash & 63);
            }
        }
        Beginnings(bits)
    }

    fn has(&self, word: &[u8]) -> bool {
        match word.first_chunk() {
            // A blank in a word stands for nothing as well.
            Some([_, b' ']) | None => true,
            Some(pair) => {
                let hash = Self::hash(*pair);
                self.0.get(hash >> 6).is_some_and(|bits| bits >> (hash & 63) & 1 == 1)
            }
        }
    }

    fn hash([a, b]: [u8; 2]) -> usize {
        let pair = u32::from(a.to_ascii_lowercase()) << 8 | u32::from(b.to_ascii_lowercase());
        (pair.wrapping_mul(0x9e37_79b1) >> 23) as usize
    }
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
        assert!(!Nearby::of(text.as_bytes(), 69).names(72, &["ssn"]));
        assert!(Nearby::of(text.as_bytes(), 10).names(13, &["ssn"]));
    }
}
