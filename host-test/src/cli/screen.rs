//! What a terminal may be shown.
//!
//! Must not know telemetry. Text from outside is shown with its control characters spelt out: an escape sequence in a
//! tool's output must not recolour, retitle or overwrite a terminal.

use std::borrow::Cow;

/// `text` with every character that would move the cursor, or turn the reading direction, spelt out.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if acts(character) { shown.extend(character.escape_default()) } else { shown.push(character) }
    }
    Cow::Owned(shown)
}

/// The first `limit` characters, with a mark where more followed.
pub(super) fn clipped(text: &str, limit: usize) -> Cow<'_, str> {
    match text.char_indices().nth(limit) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

/// Control characters (line feeds too: a value is one line here) and the marks that change direction or are not seen.
fn acts(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scenario: escape sequences, line feeds and direction marks in a value.
    /// Guarantees: none of them reaches the terminal as it is.
    #[test]
    fn nothing_acts_on_the_terminal() {
        assert_eq!(visible("plain — text"), "plain — text");
        assert_eq!(visible("\u{1b}[31mred\r\n"), "\\u{1b}[31mred\\r\\n");
        assert_eq!(visible("a\u{202e}b\u{9b}"), "a\\u{202e}b\\u{9b}");
    }

    #[test]
    fn clipping_counts_characters() {
        assert_eq!(clipped("äöü", 3), "äöü");
        assert_eq!(clipped("äöüß", 3), "äöü…");
    }
}
