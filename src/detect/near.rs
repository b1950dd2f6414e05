//! Words near a find that say what it is.
//!
//! Must not know what was found. Keeps I5: only a few bytes on either side are looked at, however long the text.

use alloc::boxed::Box;

use super::text::{part, starts_word};

/// How far before a find its word may begin, in bytes.
const BEFORE: usize = 48;

/// How far behind a find its word may end, in bytes.
const AFTER: usize = 16;

/// A word as it is compared: in lower case, and what is no letter or digit is `_`, as in names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word(Box<[u8]>);

impl Word {
    /// Reads a word, or says what is wrong with it.
    pub fn new(word: &str) -> Result<Self, &'static str> {
        if !word.bytes().any(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii()) {
            return Err("expected a word with at least one letter or digit");
        }
        if word.len() > BEFORE {
            return Err("expected a word of at most 48 bytes, for no longer one is near");
        }
        Ok(Self(word.bytes().map(fold).collect()))
    }

    /// Whether it stands before or behind `start..end`, from where a word starts on.
    pub(super) fn stands_near(&self, text: &[u8], start: usize, end: usize) -> bool {
        let stands_in = |from: usize, to: usize| {
            let last = (to.min(text.len()) + 1).saturating_sub(self.0.len());
            (from..last).any(|at| starts(text, at) && self.is_at(text, at))
        };
        stands_in(start.saturating_sub(BEFORE), start) || stands_in(end, end.saturating_add(AFTER))
    }

    fn is_at(&self, text: &[u8], at: usize) -> bool {
        part(text, at..at + self.0.len()).iter().map(|&byte| fold(byte)).eq(self.0.iter().copied())
    }
}

/// Whether a word starts at `at`; in `jiraTicket` two do.
fn starts(text: &[u8], at: usize) -> bool {
    let is_hump = matches!(part(text, at.saturating_sub(1)..at + 1), [before, here] if before.is_ascii_lowercase() && here.is_ascii_uppercase());
    is_hump || starts_word(text, at)
}

fn fold(byte: u8) -> u8 {
    if byte.is_ascii_alphanumeric() || !byte.is_ascii() { byte.to_ascii_lowercase() } else { b'_' }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_seen_on_either_side() {
        let word = Word::new("Case-Number").unwrap();
        let near = |before: &str, after: &str| {
            let text = [before, "FAKE", after].concat();
            word.stands_near(text.as_bytes(), before.len(), before.len() + 4)
        };
        for (before, after) in
            [("case number: ", ""), ("the CASE_NUMBERS ", ""), ("", " (case number)"), ("myCase.number=", "")]
        {
            assert!(near(before, after), "{before} {after}");
        }
        let far = ["case number", &" ".repeat(38)].concat();
        for (before, after) in
            [("showcase number ", ""), ("case ", ""), (far.as_str(), ""), ("", "    (the case number)")]
        {
            assert!(!near(before, after), "{before} {after}");
        }
        assert!(near(&["case number", &" ".repeat(37)].concat(), ""));
        assert!(Word::new("--").is_err() && Word::new("").is_err() && Word::new(&"a".repeat(49)).is_err());
    }
}
