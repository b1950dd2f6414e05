//! What stands where something was taken away: our own markers, and the note that Codex leaves where it cut.
//!
//! Must not know who writes the markers or why. Keeps I7: what is a marker is never found again.

use super::custom::Customs;
use super::registry::by_id;
use super::text::{exact_at, part, rest};

/// The longest marker: `[redacted:` and a name, with room to spare.
const LONGEST: usize = 96;

/// A note that says that the text before it was cut.
struct Cut {
    text: &'static [u8],
    #[cfg_attr(not(test), expect(dead_code, reason = "documents the row"))]
    source: &'static str,
}

/// Every note that is known to follow cut text.
const CUTS: &[Cut] = &[Cut {
    text: b"[... telemetry preview truncated ...]",
    source: "Codex CLI, attribute `output` of codex.tool_result: 2,048 bytes, a line feed, and this",
}];

/// More digits than the length of any value has: a longer number in a marker is something else, such as a card.
const MOST_DIGITS: usize = 8;

/// The end of the marker that starts at `at`: `[redacted]`, `[redacted 12 chars]`, `[redacted:email]` or
/// `[truncated 12 chars]`. Nothing hides in one: the number is short and the name is a built-in detector's.
pub(super) fn marker_at(text: &[u8], at: usize) -> Option<usize> {
    marker_of(&Customs::default(), text, at)
}

/// The same with the names of a policy's own detectors.
fn marker_of(customs: &Customs, text: &[u8], at: usize) -> Option<usize> {
    let counted = |from: usize| {
        let digits =
            from + part(text, from..from + MOST_DIGITS).iter().take_while(|byte| byte.is_ascii_digit()).count();
        (digits > from && exact_at(text, digits, b" chars]")).then_some(digits + 7)
    };
    let head = rest(text, at);
    if head.starts_with(b"[truncated ") {
        return counted(at + 11);
    }
    if !head.starts_with(b"[redacted") {
        return None;
    }
    let after = at + 9;
    match head.get(9) {
        Some(b']') => Some(after + 1),
        Some(b' ') => counted(after + 1),
        Some(b':') => {
            let name = part(text, after + 1..after + LONGEST);
            let length =
                name.iter().take_while(|&&b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-').count();
            let id = core::str::from_utf8(name.get(..length)?).ok()?;
            let is_known = by_id(id).is_some() || customs.has(id);
            (name.get(length) == Some(&b']') && is_known).then_some(after + 2 + length)
        }
        _ => None,
    }
}

/// Whether `value` is one marker and nothing else.
pub(super) fn is_marker(value: &[u8]) -> bool {
    marker_at(value, 0) == Some(value.len())
}

/// Whether the span lies wholly inside a marker. Markers hold no second bracket, so the nearest one before decides.
pub(super) fn inside_marker(text: &[u8], start: usize, end: usize, customs: &Customs) -> bool {
    let from = (start + 1).saturating_sub(LONGEST);
    let bracket = memchr::memrchr(b'[', part(text, from..start + 1));
    bracket.and_then(|offset| marker_of(customs, text, from + offset)).is_some_and(|close| end <= close)
}

/// Where the text was cut, if a note of [`CUTS`] stands at `note`: before the line break that the note follows.
pub(super) fn cut_before(text: &[u8], note: usize) -> Option<usize> {
    let stands = CUTS.iter().any(|cut| exact_at(text, note, cut.text));
    let longest = BREAKS.iter().rev().find_map(|line| {
        let start = note.checked_sub(line.len())?;
        exact_at(text, start, line).then_some(start)
    });
    longest.filter(|_| stands)
}

/// What may stand between cut text and its note, shorter ones first.
const BREAKS: [&[u8]; 7] = [b"", b"\n", b"\r\n", b"\\n", b"\\\\n", b"\\r\\n", b"\\\\r\\\\n"];

/// Whether the text was cut at `at`: a note of [`CUTS`] follows, on a line of its own or not. The line feed may be
/// escaped, once or twice.
pub(super) fn is_cut(text: &[u8], at: usize) -> bool {
    BREAKS.iter().any(|line| {
        exact_at(text, at, line) && CUTS.iter().any(|cut| exact_at(text, at.saturating_add(line.len()), cut.text))
    })
}

/// Where the first cut at or after `at` begins, or the end of the text.
pub(super) fn next_cut(text: &[u8], at: usize) -> usize {
    let found = CUTS.iter().filter_map(|cut| memchr::memmem::find(rest(text, at), cut.text)).min();
    found.map_or(text.len(), |offset| at + offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(text: &str, start: usize, end: usize) -> bool {
        inside_marker(text.as_bytes(), start, end, &Customs::default())
    }

    #[test]
    fn markers_are_told_from_text_that_resembles_them() {
        for marker in ["[redacted]", "[redacted 220 chars]", "[redacted:email]", "[truncated 12 chars]"] {
            assert!(is_marker(marker.as_bytes()), "{marker}");
            assert!(inside(marker, 1, marker.len()));
        }
        for text in
            ["[redacted", "[redacted chars]", "[redacted:]", "[truncated]", "[redacted:Email]", "[redacted ]", ""]
        {
            assert!(!is_marker(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn a_span_that_leaves_the_marker_is_not_inside() {
        assert!(!inside("[redacted:email]x", 10, 17));
        assert!(inside("ab[redacted:email]x", 12, 17));
        assert!(!inside("email", 0, 5));
    }

    #[test]
    fn cuts_are_seen_through_escapes() {
        for line in ["", "\n", "\r\n", "\\n", "\\\\n"] {
            let text = alloc::format!("abc{line}[... telemetry preview truncated ...]");
            assert!(is_cut(text.as_bytes(), 3), "{text}");
            assert!(!is_cut(text.as_bytes(), 2), "{text}");
            assert_eq!(next_cut(text.as_bytes(), 0), 3 + line.len());
        }
        assert!(!is_cut(b"abc", 3));
        assert!(CUTS.iter().all(|cut| !cut.source.is_empty()));
    }
}
