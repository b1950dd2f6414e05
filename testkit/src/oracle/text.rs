//! What becomes of text that a rule lets stand: marks in place of findings, then the cut, until nothing more is found.
//!
//! Must not know places of a batch. The detectors are the core's own; where their findings go is said here again.

use super::json;
use super::pseudonym::kind_of;
use super::select::{Place, Rule, Rules};
use super::shared::codex;
use super::shared::detect::Detectors;
use super::shared::policy::{Cut, FindingAction};

/// A value that is looked into is no longer than this.
pub(super) const MAX_VALUE: usize = 1 << 20;
/// A name is no longer than this.
pub(super) const MAX_NAME: usize = 256;
/// Layers of JSON in strings that are read.
const MAX_LAYERS: usize = 3;
/// How often text is looked at before it is masked as a whole.
const MAX_LOOKS: usize = 4;

/// Where text stands: what it may be that a rule names, and what is in force there.
pub(super) struct Looker<'o> {
    pub(super) rules: &'o Rules,
    pub(super) detectors: &'o Detectors,
    pub(super) place: &'o Place,
    /// Whose the batch is, or nothing.
    pub(super) tenant: &'o str,
}

/// The mark for a length.
pub(super) fn length_mark(count: usize, unit: &str) -> String {
    format!("[redacted {count} {unit}]")
}

/// How many characters a text has.
pub(super) fn chars(text: &str) -> usize {
    text.chars().count()
}

/// Whether a text is one mark that stands for a whole value.
pub(super) fn is_whole_mark(detectors: &Detectors, text: &str) -> bool {
    is_mark_of(text, |id| detectors.knows(id))
}

/// The same, where `is_detector` says what may name itself.
pub(super) fn is_mark_of(text: &str, is_detector: impl Fn(&str) -> bool) -> bool {
    let counted = ["bytes", "chars", "items"].iter().any(|unit| mark_end(text, "[redacted ", unit) == Some(text.len()));
    let found = text.strip_prefix("[redacted:").and_then(|rest| rest.strip_suffix(']'));
    text == "[redacted]" || counted || found.is_some_and(is_detector)
}

/// The end of `PREFIX number UNIT]` at the start of a text.
fn mark_end(text: &str, prefix: &str, unit: &str) -> Option<usize> {
    let rest = text.strip_prefix(prefix)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let canonical = (1..=8).contains(&digits) && (digits == 1 || !rest.starts_with('0'));
    let suffix = format!(" {unit}]");
    (canonical && rest[digits..].starts_with(&suffix)).then_some(prefix.len() + digits + suffix.len())
}

impl Looker<'_> {
    /// What stands in place of a text, if that is not the text.
    pub(super) fn treat(&self, root: &Rule, rule: &Rule, name: &str, text: &str, path: &[String]) -> Option<String> {
        self.settle(text, |text| {
            let masked = self.look(root, rule, name, text, &mut path.to_vec(), 0);
            let cut =
                rule.treatment.cut.and_then(|cut| cut_text(self.detectors, cut, masked.as_deref().unwrap_or(text)));
            cut.or(masked)
        })
    }

    /// A text without JSON, places or cuts: what is found in it gives way to marks.
    pub(super) fn scan(&self, name: &str, text: &str) -> Option<String> {
        self.settle(text, |text| self.scan_once(name, text))
    }

    fn settle(&self, text: &str, look: impl Fn(&str) -> Option<String>) -> Option<String> {
        let mut settled = look(text).filter(|first| first != text)?;
        for _ in 1..MAX_LOOKS {
            match look(&settled).filter(|next| *next != settled) {
                None => return Some(settled),
                Some(next) => settled = next,
            }
        }
        Some(length_mark(chars(text), "chars"))
    }

    /// One look: `root` is the rule of the whole value, `rule` the one in force, `layer` counts the JSON around.
    pub(super) fn look(
        &self,
        root: &Rule,
        rule: &Rule,
        name: &str,
        text: &str,
        path: &mut Vec<String>,
        layer: usize,
    ) -> Option<String> {
        if is_whole_mark(self.detectors, text) {
            return None;
        }
        if text.trim_start_matches([' ', '\t', '\n', '\r']).starts_with(['{', '[']) {
            if layer >= MAX_LAYERS {
                return Some(length_mark(chars(text), "chars"));
            }
            if let Some(document) = json::parse(text) {
                let mut out = json::Rewriter::new(text);
                out.walk(self, root, rule, &document, path, layer);
                return out.finish();
            }
        }
        let blank = [' ', '\t', '\n', '\r'];
        let trimmed = text.trim_start_matches(blank);
        let unwrapped = trimmed.strip_prefix('\u{feff}').or(trimmed.strip_prefix('"')).unwrap_or(trimmed);
        if unwrapped.trim_start_matches(blank).starts_with(['{', '[']) && self.names_a_rule(text) {
            return Some(length_mark(chars(text), "chars"));
        }
        // The places that the policy names cannot be found in text that has none.
        let is_below = |pointer: &[String]| pointer.len() > path.len() && pointer.starts_with(path);
        if root.nested.iter().any(|(pointer, _)| is_below(pointer)) && !text.is_empty() {
            return Some(length_mark(chars(text), "chars"));
        }
        self.scan_once(name, text)
    }

    /// Whether a name before a colon has a rule of its own, in text that is no JSON.
    fn names_a_rule(&self, text: &str) -> bool {
        text.match_indices(':').any(|(colon, _)| {
            // Bytes, for the core looks back by bytes; a name that is cut is no name of a rule.
            let bytes = text.as_bytes()[colon.saturating_sub(128)..colon].trim_ascii_end();
            let before = String::from_utf8_lossy(bytes).into_owned();
            let name = match before.chars().last() {
                Some(quote @ ('"' | '\'')) => {
                    let inside = before[..before.len() - 1].trim_end_matches('\\');
                    inside.rsplit(quote).next().unwrap_or_default()
                }
                _ => {
                    let is_bare = |c: char| c.is_ascii_alphanumeric() || "_.-$".contains(c);
                    &before[before.trim_end_matches(is_bare).len()..]
                }
            };
            let name = json::unescaped(name).unwrap_or_else(|| name.to_owned());
            !name.is_empty() && self.rules.nested_rule(self.place, &name).is_some()
        })
    }

    pub(super) fn scan_once(&self, name: &str, text: &str) -> Option<String> {
        let mut findings = Vec::new();
        self.detectors.scan_named(name.as_bytes(), text.as_bytes(), &mut findings);
        let detect = &self.rules.policy.detect;
        let (mut out, mut copied) = (String::new(), 0);
        for finding in findings {
            let found = &text[finding.start..finding.end];
            if detect.allow.iter().any(|allowed| allowed == found) {
                continue;
            }
            out += &text[copied..finding.start];
            let id = self.detectors.name(finding.detector);
            let mask = format!("[redacted:{id}]");
            out += &match detect.action(id) {
                None | Some(FindingAction::Mask(None)) => mask,
                Some(FindingAction::Hmac(hmac)) => {
                    let pseudonym =
                        self.rules.keyring.pseudonym(self.detectors, hmac, self.tenant, &kind_of(id), found);
                    pseudonym.unwrap_or_else(|| found.to_owned())
                }
                Some(FindingAction::Mask(Some(text))) => text.clone(),
                Some(FindingAction::Length) => length_mark(chars(found), "chars"),
                Some(FindingAction::Partial { first, last }) => {
                    let (first, last) = (*first as usize, *last as usize);
                    let kept = chars(found) > first + last;
                    let head = if kept { found.chars().take(first).collect() } else { String::new() };
                    let tail = if kept { found.chars().skip(chars(found) - last).collect() } else { String::new() };
                    head + &mask + &tail
                }
            };
            copied = finding.end;
        }
        (copied > 0).then(|| out + &text[copied..])
    }
}

/// What stands before and after the mark of a cut, if a text is what the cut has left.
pub(super) fn around_cut(cut: Cut, text: &str) -> Option<(&str, &str)> {
    let (at, prefix, first, last) = match cut {
        Cut::Truncate(most) => (text.rfind('[')?, "[truncated ", most, 0),
        Cut::Partial { first, last } => (text.find("[redacted ")?, "[redacted ", first, last),
    };
    let (before, after) = (&text[..at], &text[at + mark_end(&text[at..], prefix, "chars")?..]);
    (chars(before) <= first as usize && chars(after) <= last as usize).then_some((before, after))
}

/// Whether a cut may have left this of one clean word.
pub(super) fn is_cut_word(detectors: &Detectors, cut: Cut, name: &str, text: &str) -> bool {
    let is_part = |part: &str| {
        let is_clean = || detectors.is_clean_named(name.as_bytes(), part.as_bytes());
        part.is_empty() || codex::is_word(part.as_bytes()) && is_clean()
    };
    around_cut(cut, text).is_some_and(|(before, after)| is_part(before) && is_part(after))
}

/// Whether a text is what a cut has left, or a mark, which is not cut.
fn is_cut(detectors: &Detectors, cut: Cut, text: &str) -> bool {
    is_whole_mark(detectors, text) || around_cut(cut, text).is_some()
}

/// What a cut leaves, if that is not the whole text.
pub(super) fn cut_text(detectors: &Detectors, cut: Cut, text: &str) -> Option<String> {
    if is_cut(detectors, cut, text) {
        return None;
    }
    let count = chars(text);
    let byte = |number: usize| text.char_indices().nth(number).map_or(text.len(), |(at, _)| at);
    match cut {
        Cut::Truncate(most) if count <= most as usize => None,
        Cut::Truncate(most) => {
            let end = byte(most as usize);
            let kept = &text[..mark_around(detectors, text, end).map_or(end, |(start, _)| start)];
            Some(format!("{kept}[truncated {} chars]", count - chars(kept)))
        }
        Cut::Partial { first, last } => {
            let (first, last) = (first as usize, last as usize);
            let (head, tail) = if count > first + last { (first, count - last) } else { (0, count) };
            let (head, tail) = (byte(head), byte(tail));
            let head = mark_around(detectors, text, head).map_or(head, |(start, _)| start);
            let tail = mark_around(detectors, text, tail).map_or(tail, |(_, end)| end).max(head);
            Some(format!("{}{}{}", &text[..head], length_mark(chars(&text[head..tail]), "chars"), &text[tail..]))
        }
    }
}

/// The mark that a place lies inside of.
fn mark_around(detectors: &Detectors, text: &str, at: usize) -> Option<(usize, usize)> {
    let start = text[..at].rfind('[')?;
    let end = start + text[start..].find(']')? + 1;
    let mark = &text[start..end];
    let is_mark = is_whole_mark(detectors, mark) || mark_end(mark, "[truncated ", "chars") == Some(mark.len());
    (is_mark && end > at).then_some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_text() {
        for mark in
            ["[redacted]", "[redacted 12 chars]", "[redacted 0 bytes]", "[redacted 3 items]", "[redacted:email]"]
        {
            assert!(is_whole_mark(&Detectors::all(), mark), "{mark}");
        }
        for text in ["[redacted 012 chars]", "[redacted 123456789 chars]", "[redacted:nobody]", "[redacted] x", ""] {
            assert!(!is_whole_mark(&Detectors::all(), text), "{text}");
        }
    }

    #[test]
    fn cuts_leave_marks_whole_and_happen_once() {
        let cut = Cut::Truncate(4);
        assert_eq!(cut_text(&Detectors::all(), cut, "abcdef").as_deref(), Some("abcd[truncated 2 chars]"));
        assert_eq!(cut_text(&Detectors::all(), cut, "abcd[truncated 2 chars]"), None);
        assert_eq!(cut_text(&Detectors::all(), cut, "ab[redacted:email]").as_deref(), Some("ab[truncated 16 chars]"));
        let cut = Cut::Partial { first: 1, last: 2 };
        assert_eq!(cut_text(&Detectors::all(), cut, "abcdef").as_deref(), Some("a[redacted 3 chars]ef"));
        assert_eq!(cut_text(&Detectors::all(), cut, "a[redacted 3 chars]ef"), None);
    }
}
