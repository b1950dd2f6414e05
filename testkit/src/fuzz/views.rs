//! What is planted into any text is covered, however the text is written: as it is, as a string of JSON, as part of a URL;
//! and what some detectors find by themselves, all of them together cover.
//!
//! Must not know how a detector works: what is planted stands between blanks and lines, where any reader would see it.
//! Holds I1 where a text was escaped by somebody else.

use std::fmt::Write;

use airlock::detect::{DETECTORS, Detectors, Finding, by_id};

/// What is planted: a token of letters alone, one of a vendor with a lead of its own, one in three parts, an address.
const PLANTED: [&str; 5] = [
    "ghp_FAKEfake0000abcdFAKEfake0000abcdFAKE",
    "AKIAFAKEEXAMPLE00007",
    "xoxb-000000000000-FAKE0000abcd",
    "eyJhbGciOiJGQUtFIn0.eyJzdWIiOiJGQUtFIn0.RkFLRS1zaWduYXR1cmUtMDAwMA",
    "jane.fake@mail.example",
];

/// How a text is written inside another one.
type View = fn(&str) -> String;

/// The views, with their names.
const VIEWS: [(&str, View); 4] = [
    ("as it is", |text| text.to_owned()),
    ("in JSON", |text| serde_json::Value::from(text).to_string()),
    ("in JSON in JSON", |text| serde_json::Value::from(serde_json::Value::from(text).to_string()).to_string()),
    ("in a URL", in_url),
];

/// Whatever the text: what is planted at a place of it that `seed` chooses is covered in every view.
///
/// # Panics
///
/// Where some of it shows.
pub fn planted(text: &str, seed: usize) {
    let (head, tail) = text.split_at(text.floor_char_boundary(seed % (text.len() + 1)));
    let planted = PLANTED[seed % PLANTED.len()];
    let apart = ["\n", " ", "\" \"", "\r\n"][seed / 7 % 4];
    for (name, view) in VIEWS {
        // Escapes are of one character each, so the views of the parts make the view of the whole.
        let [before, secret, after] =
            [[head, apart].concat(), planted.to_owned(), [apart, tail].concat()].map(|part| inner(view, &part));
        let whole = [before.as_str(), &secret, &after].concat();
        let findings = scan(&Detectors::all(), &whole);
        let span = before.len()..before.len() + secret.len();
        assert!(covers(&findings, span.start, span.end), "{planted} shows {name}: {whole:?} has {findings:?}");
    }
}

/// Whatever the text: what any set of detectors finds, all of them cover.
///
/// # Panics
///
/// Where a detector hides what another one finds.
pub fn together(text: &str, findings: &[Finding], seed: usize) {
    // One of those that found something, a half, and a few.
    let found = findings.get(seed % findings.len().max(1)).map(|finding| finding.detector.index());
    let sets: [&dyn Fn(usize) -> bool; 3] =
        [&|index| Some(index) == found, &|index| index * 31 % 7 % 2 == seed % 2, &|index| index % 16 == seed % 16];
    for set in sets {
        // That the host of a URL with a user and a password is no mailbox's, the detector of such URLs tells.
        let off = DETECTORS.iter().enumerate().filter(|(index, it)| !set(*index) && it.id != "url-credentials");
        let own = off.filter_map(|(_, it)| by_id(it.id)).fold(Detectors::all(), Detectors::without);
        let own = scan(&own, text);
        for finding in own {
            let shown = !covers(findings, finding.start, finding.end);
            assert!(!shown, "{} finds {finding:?} alone, all of them {findings:?}", finding.detector.get().id);
        }
    }
}

fn scan(detectors: &Detectors, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    detectors.scan(text.as_bytes(), &mut findings);
    findings
}

/// Whether every byte from `start` to `end` is in one of the findings, which are in order.
fn covers(findings: &[Finding], start: usize, end: usize) -> bool {
    let mut at = start;
    for finding in findings {
        if finding.start <= at && at < finding.end {
            at = finding.end;
        }
    }
    at >= end
}

/// A view of a part, without the quotes around a string.
fn inner(view: View, part: &str) -> String {
    let seen = view(part);
    match view("") {
        quotes if quotes.is_empty() => seen,
        quotes => seen[quotes.len() / 2..seen.len() - quotes.len() / 2].to_owned(),
    }
}

/// RFC 3986, section 2.1: all but letters, digits and four signs.
fn in_url(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => write!(out, "%{byte:02X}").expect("a string has room"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scenario: every planted text, at every place of a text that has everything that is escaped.
    /// Guarantees: it is covered in every view.
    #[test]
    fn planted_texts_are_covered_in_every_view() {
        let text = "é \"a\\b\"\n{key=%20: 'x'}/日本";
        (0..PLANTED.len() * 28 * text.len()).step_by(11).for_each(|seed| planted(text, seed));
    }

    #[test]
    fn views_are_what_they_are_called() {
        let seen = VIEWS.map(|(_, view)| inner(view, "\"\n é"));
        assert_eq!(seen, ["\"\n é", r#"\"\n é"#, r#"\\\"\\n é"#, "%22%0A%20%C3%A9"]);
    }

    #[test]
    #[should_panic(expected = "finds")]
    fn what_all_of_them_leave_is_seen() {
        let text = "key AKIAFAKEEXAMPLE00007";
        let found = scan(&Detectors::all(), text);
        together(text, &found, 0);
        together(text, &[Finding { end: found[0].end - 1, ..found[0] }], 0);
    }
}
