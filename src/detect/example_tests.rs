//! Every detector's examples, alone and together. Must not know the detectors. Holds I7 for the markers.

#![expect(clippy::string_slice, reason = "a test may fail loudly")]

use alloc::string::String;
use alloc::vec::Vec;

use super::{DETECTORS, DetectorId, Detectors, Finding, by_id};

/// Only the detector called `id`.
fn only(id: &str) -> Detectors {
    let others = DETECTORS.iter().filter(|detector| detector.id != id).filter_map(|detector| by_id(detector.id));
    others.fold(Detectors::all(), Detectors::without)
}

fn scan(detectors: &Detectors, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    detectors.scan(text.as_bytes(), &mut findings);
    assert_eq!(detectors.is_clean(text.as_bytes()), findings.is_empty(), "{text}");
    assert!(findings.iter().all(|finding| finding.start < finding.end), "{text}");
    assert!(findings.iter().all(|f| text.is_char_boundary(f.start) && text.is_char_boundary(f.end)), "{text}");
    assert!(findings.is_sorted_by(|a, b| a.end <= b.start), "{text}");
    findings
}

/// `text` with every finding replaced by what `with` makes of it.
fn rewrite(text: &str, findings: &[Finding], with: impl Fn(&str, DetectorId) -> String) -> String {
    let mut out = String::new();
    let mut at = 0;
    for finding in findings {
        out.push_str(&text[at..finding.start]);
        out.push_str(&with(&text[finding.start..finding.end], finding.detector));
        at = finding.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Surroundings that must not change what is found.
const AROUND: [(&str, &str); 8] = [
    ("", ""),
    ("é ", " é"),
    ("日本語 ", "\n日本語"),
    ("\\n", "\\n"),
    ("x\n", "\ny"),
    ("[redacted:email] ", ""),
    (PROSE, PROSE),
    (ESCAPED, ESCAPED),
];

/// A short text is looked at as a whole: in a long one nothing helps a detector but what wakes it.
const PROSE: &str = "
A quick brown fox jumps over a lazy dog, and runs into the woods. There it meets a badger, who has not slept
all winter. They talk about the weather, about the moon and about how little either of them knows of the sea.
";

/// The same as JSON holds it, where the escape of a line feed is next to what follows.
const ESCAPED: &str = "\\nA quick brown fox jumps over a lazy dog, and runs into the woods. There it meets a badger, who has \
    not slept\\nall winter. They talk about the weather, about the moon and about how little either knows of the sea.\\n";

/// Scenario: the examples of each detector, as they stand and amid other text, with that detector alone.
/// Guarantees: exactly the parts between guillemets are covered.
#[test]
fn examples_are_covered_as_marked() {
    let mut wrong = Vec::new();
    for detector in DETECTORS {
        let own = only(detector.id);
        for example in detector.examples {
            for (before, after) in AROUND {
                // What counts on being cut, or on the end of the text, is not what stands amid other text.
                let marked = if example.0.ends_with(']') || example.0.ends_with('»') || !example.0.contains('«') {
                    alloc::format!("{before}{}", example.0)
                } else {
                    alloc::format!("{before}{}{after}", example.0)
                };
                let text = marked.replace(['«', '»'], "");
                let covered = rewrite(&text, &scan(&own, &text), |part, _| alloc::format!("«{part}»"));
                if covered != marked {
                    wrong.push(alloc::format!("{}: {covered:?} and not {marked:?}", detector.id));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Scenario: each finding of each example is replaced by the marker of its detector, and the text scanned again.
/// Guarantees: I7, nothing is found the second time.
#[test]
fn a_second_pass_finds_nothing() {
    for example in DETECTORS.iter().flat_map(|detector| detector.examples) {
        let text = example.0.replace(['«', '»'], "");
        let detectors = Detectors::all();
        for with in [
            (|_, id| alloc::format!("[redacted:{}]", id.get().id)) as fn(&str, DetectorId) -> String,
            |part, _| alloc::format!("[redacted {} chars]", part.chars().count()),
            |_, _| String::from("[redacted]"),
        ] {
            let once = rewrite(&text, &scan(&detectors, &text), with);
            assert_eq!(scan(&detectors, &once), [], "{text} became {once}");
        }
    }
}

#[test]
fn all_examples_are_covered_by_all_detectors_together() {
    let mut wrong = Vec::new();
    for example in DETECTORS.iter().flat_map(|detector| detector.examples) {
        let text = example.0.replace(['«', '»'], "");
        let found = scan(&Detectors::all(), &text);
        let mut shift = 0;
        for (start, mark) in example.0.match_indices(['«', '»']) {
            let place = start - shift;
            shift += mark.len();
            let covered = |at: usize| found.iter().any(|finding| finding.start <= at && at < finding.end);
            if !(if mark == "«" { covered(place) } else { covered(place - 1) }) {
                wrong.push(text.clone());
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn overlapping_findings_become_one_named_after_the_widest() {
    let text = "password=ghp_FAKEfake0000abcdFAKEfake0000abcdFAKE";
    let found = scan(&Detectors::all(), text);
    // The same span twice: the earlier in the list names it.
    assert_eq!(found, [Finding { start: 9, end: text.len(), detector: by_id("github-token").unwrap() }]);
    let text = "password=a,ghp_FAKEfake0000abcdFAKEfake0000abcdFAKE";
    let found = scan(&Detectors::all(), text);
    assert_eq!(found, [Finding { start: 9, end: text.len(), detector: by_id("secret-assignment").unwrap() }]);
    let text = "secret=-----BEGIN PRIVATE KEY-----\nRkFLRUZBS0VGQUtFRkFLRUZBS0U=\n-----END PRIVATE KEY-----";
    let found = scan(&Detectors::all(), text);
    assert_eq!(found, [Finding { start: 7, end: text.len(), detector: by_id("private-key-pem").unwrap() }]);
}

#[test]
fn findings_are_appended() {
    let mut findings = Vec::new();
    Detectors::all().scan(b"jane@example.com", &mut findings);
    Detectors::all().scan(b"password=FAKE0000 or jane@example.com", &mut findings);
    // Inside the span of the last one, but of another text.
    Detectors::all().scan(b"in the third: jane@example.com", &mut findings);
    Detectors::all().scan(b"                      j@example.com", &mut findings);
    let spans: Vec<_> = findings.iter().map(|finding| (finding.start, finding.end)).collect();
    assert_eq!(spans, [(0, 16), (9, 17), (21, 37), (14, 30), (22, 35)]);
    Detectors::all().scan(b"                       j@example.com", &mut findings);
    Detectors::all().scan(b"                       j@example.co", &mut findings);
    assert_eq!(findings.len(), 7);
}

#[test]
fn identifiers_numbers_and_times_are_no_findings() {
    for text in [
        "550e8400-e29b-41d4-a716-446655440000",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "2026-11-23T13:44:10.123456Z",
        "1766000000000",
        "1766000000000000000",
        "conversation.id=0199a213-81c0-7800-8aa1-bbab2a035a53 model=gpt-5 duration_ms=4711",
        "input_token_count=12 output_token_count=34 cached_token_count=0 reasoning_token_count=5 tool_token_count=0",
        "https://example.com:8080/path?x=1#y",
        "call_0000abcd0000abcd0000abcd",
    ] {
        assert_eq!(scan(&Detectors::all(), text), [], "{text}");
    }
}
