//! Values, times and names as text for a screen or a report.
//!
//! Must not know what a value means. Text from outside is shown with its control characters spelt out: an escape
//! sequence in a tool's output must not recolour, retitle or overwrite a terminal.

use std::borrow::Cow;
use std::fmt::Write;
use std::time::{Duration, UNIX_EPOCH};

use opentelemetry_proto::tonic::common::v1::AnyValue;
use opentelemetry_proto::tonic::common::v1::any_value::Value as Kind;

use super::Size;

/// `text` with every character that would move the cursor, or turn the reading direction, spelt out.
pub fn visible(text: &str) -> Cow<'_, str> {
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
pub fn clipped(text: &str, limit: usize) -> Cow<'_, str> {
    match text.char_indices().nth(limit) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

/// A value as one line; quotes tell a text from a number.
pub fn one_line(value: &AnyValue) -> String {
    let mut line = String::new();
    put(&mut line, value);
    line
}

/// Nanoseconds since 1970 as RFC 3339, to the millisecond; nothing for 0, which means that there is no time.
pub fn time(nanoseconds: u64) -> Option<String> {
    (nanoseconds > 0)
        .then(|| humantime::format_rfc3339_millis(UNIX_EPOCH + Duration::from_nanos(nanoseconds)).to_string())
}

/// Recursion is as deep as the value, which the core has bounded.
fn put(line: &mut String, value: &AnyValue) {
    // Writing to a string cannot fail.
    let _ = match &value.value {
        None => write!(line, "(nothing)"),
        Some(Kind::ArrayValue(list)) => {
            line.push('[');
            for (at, value) in list.values.iter().enumerate() {
                line.push_str(if at == 0 { "" } else { ", " });
                put(line, value);
            }
            write!(line, "]")
        }
        Some(Kind::BoolValue(value)) => write!(line, "{value}"),
        Some(Kind::BytesValue(_)) => write!(line, "({})", Size::of(value)),
        Some(Kind::DoubleValue(value)) => write!(line, "{value:?}"),
        Some(Kind::IntValue(value)) => write!(line, "{value}"),
        Some(Kind::KvlistValue(map)) => {
            line.push('{');
            for (at, pair) in map.values.iter().enumerate() {
                let _ = write!(line, "{}{}: ", if at == 0 { "" } else { ", " }, visible(&pair.key));
                put(line, pair.value.as_ref().unwrap_or(&AnyValue { value: None }));
            }
            write!(line, "}}")
        }
        Some(Kind::StringValue(text)) => write!(line, "\"{}\"", visible(text)),
        Some(_) => write!(line, "(unknown kind)"),
    };
}

/// Control characters (line feeds too: a value is one line here) and the marks that change direction or are not seen.
fn acts(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
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
        assert_eq!(visible("a\u{202e}b\u{9b}\u{61c}\u{e0041}"), "a\\u{202e}b\\u{9b}\\u{61c}\\u{e0041}");
    }

    #[test]
    fn clipping_counts_characters() {
        assert_eq!(clipped("äöü", 3), "äöü");
        assert_eq!(clipped("äöüß", 3), "äöü…");
    }

    #[test]
    fn a_value_is_one_line() {
        let line = |kind| one_line(&AnyValue { value: kind });
        assert_eq!(line(Some(Kind::StringValue("a\nb".into()))), "\"a\\nb\"");
        assert_eq!(line(Some(Kind::IntValue(-7))), "-7");
        assert_eq!(line(Some(Kind::DoubleValue(1.0))), "1.0");
        assert_eq!(line(None), "(nothing)");
    }

    #[test]
    fn a_time_is_told_to_the_millisecond() {
        assert_eq!(time(0), None);
        assert_eq!(time(1_795_329_776_802_000_000).unwrap(), "2026-11-22T06:42:56.802Z");
    }
}
