//! How an error speaks: quoting a person's own word, listing what is expected, and suggesting what was meant.
//!
//! Must not know the policy's members. Keeps I1: a word is quoted escaped and only when it is short enough to be a slip
//! of the pen; a suggestion comes only from the vocabulary that the caller gives.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::error::PolicyError;
use crate::policy::path::Path;

// A word of ours has 26 bytes at most; what is longer than this was not meant as one and may be anything.
const MAX_QUOTED_WORD: usize = 40;
// Enough of a name to find it in the document.
const MAX_SHOWN_NAME: usize = 64;

/// Whether `name` can be read without quotes in a path or a sentence.
pub(crate) fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= MAX_SHOWN_NAME
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// `name` in quotes, with what a terminal could obey escaped, and cut when it is long.
pub(crate) fn quote(name: &str) -> String {
    let mut quoted = String::from("\"");
    for (index, character) in name.char_indices() {
        if index >= MAX_SHOWN_NAME {
            quoted.push_str("...");
            break;
        }
        // The only escape that would hurt reading: an apostrophe needs none between double quotes.
        if character == '\'' { quoted.push(character) } else { quoted.extend(character.escape_debug()) }
    }
    quoted.push('"');
    quoted
}

/// `words` joined by commas.
pub(crate) fn list<'v>(words: impl IntoIterator<Item = &'v str>) -> String {
    let mut listed = String::new();
    for word in words {
        if !listed.is_empty() {
            listed.push_str(", ");
        }
        listed.push_str(word);
    }
    listed
}

/// The error for a member that nothing reads.
pub(crate) fn unknown_member(path: &Path<'_>, name: &str, expected: &[&str]) -> PolicyError {
    let hint = suggestion(name, expected.iter().copied());
    PolicyError::new(path, format!("unknown member; expected one of {}{hint}", list(expected.iter().copied())))
}

/// The error for a word outside its closed set; `kind` says what the word should have been.
pub(crate) fn unknown_word(path: &Path<'_>, kind: &str, word: &str, expected: &str) -> PolicyError {
    let quoted = if word.len() <= MAX_QUOTED_WORD { format!(" {}", quote(word)) } else { String::new() };
    PolicyError::new(path, format!("unknown {kind}{quoted}; expected one of {expected}"))
}

/// `; did you mean …` when one of `vocabulary` is near `word`, else nothing.
pub(crate) fn suggestion<'v>(word: &str, vocabulary: impl Iterator<Item = &'v str>) -> String {
    nearest(word, vocabulary).map(|near| format!("; did you mean {near}?")).unwrap_or_default()
}

// The word of `vocabulary` that is fewest slips away from `word`: one slip for each three letters, three at most, so
// that short words do not suggest each other.
fn nearest<'v>(word: &str, vocabulary: impl Iterator<Item = &'v str>) -> Option<&'v str> {
    if word.len() > MAX_SHOWN_NAME {
        return None;
    }
    let word = word.to_ascii_lowercase();
    vocabulary
        .map(|candidate| (slips(word.as_bytes(), candidate.as_bytes()), candidate))
        .filter(|(slips, candidate)| *slips <= (word.len().min(candidate.len()) / 3).min(3))
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate)
}

// Optimal string alignment: insertions, deletions, replacements and swaps of two neighbours. Row by row; a row holds
// the distances between the start of `left` read so far and every start of `right`, and a swap looks two rows back.
fn slips(left: &[u8], right: &[u8]) -> usize {
    let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX / 2);
    let mut two_back: Vec<usize> = Vec::new();
    let mut back: Vec<usize> = (0..=right.len()).collect();
    let mut before_left = None;
    for (line, &from) in left.iter().enumerate() {
        let mut row = Vec::with_capacity(back.len());
        let mut best = line + 1;
        row.push(best);
        let mut before_right = None;
        for (column, &to) in right.iter().enumerate() {
            let replaced = at(&back, column) + usize::from(from != to);
            best = replaced.min(best + 1).min(at(&back, column + 1) + 1);
            if before_left == Some(to) && before_right == Some(from) {
                // Both have a letter before this one, so the column is at least 1.
                best = best.min(at(&two_back, column.saturating_sub(1)) + 1);
            }
            row.push(best);
            before_right = Some(to);
        }
        two_back = core::mem::replace(&mut back, row);
        before_left = Some(from);
    }
    at(&back, right.len())
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn slips_are_counted() {
        assert_eq!(slips(b"mask", b"mask"), 0);
        assert_eq!(slips(b"msak", b"mask"), 1);
        assert_eq!(slips(b"mas", b"mask"), 1);
        assert_eq!(slips(b"masks", b"mask"), 1);
        assert_eq!(slips(b"kitten", b"sitting"), 3);
        assert_eq!(slips(b"", b"mask"), 4);
        assert_eq!(slips(b"mask", b""), 4);
    }

    #[test]
    fn only_a_near_word_is_suggested() {
        let words = ["attributes", "body", "events"];
        assert_eq!(nearest("atributs", words.into_iter()), Some("attributes"));
        assert_eq!(nearest("Event", words.into_iter()), Some("events"));
        assert_eq!(nearest("bdoy", words.into_iter()), Some("body"));
        assert_eq!(nearest("tenant", words.into_iter()), None);
        assert_eq!(nearest("", words.into_iter()), None);
        assert_eq!(nearest(&"body".repeat(40), words.into_iter()), None);
    }

    #[test]
    fn a_long_word_is_not_quoted() {
        let error = unknown_word(&Path::ROOT, "action", &"s".repeat(41), "a, b");
        assert_eq!(error.to_string(), "unknown action; expected one of a, b");
        let error = unknown_word(&Path::ROOT, "action", "a\u{7}b", "a, b");
        assert_eq!(error.to_string(), "unknown action \"a\\u{7}b\"; expected one of a, b");
    }

    #[test]
    fn an_unknown_member_lists_what_is_expected() {
        let error = unknown_member(&Path::ROOT.member("bdy"), "bdy", &["body", "events"]);
        assert_eq!(error.to_string(), "bdy: unknown member; expected one of body, events; did you mean body?");
    }
}
