//! Any text under the detectors, bare and as a value that may stay.
//!
//! Must not know what there is to find. Holds that findings are spans of the text in order (I8 at the place where they
//! are used), that what was found is gone (I1), and that nothing is found in what is left (I7);
//! [`views`] holds that what is planted is found however the text is written.

use std::cell::RefCell;

use airlock::detect::{DETECTORS, Detectors, Finding};
use airlock::{Admission, Airlock, Encoding, Keys, Worker};

use super::batch::Answer;
use super::views;
use crate::build;
use crate::message::{self, Kind};

/// The shortest finding that is looked for in the output: what is shorter can stand there by chance.
const MIN_LOOKED_FOR: usize = 8;

thread_local! {
    static SCAN: RefCell<(Airlock, Worker)> = RefCell::new({
        let airlock = Airlock::open(r#"{"redact": {"body": "scan"}}"#, &Keys::new()).expect("the policy is right");
        let worker = airlock.worker();
        (airlock, worker)
    });
}

/// Whatever the text; bytes that are none are replaced first.
///
/// # Panics
///
/// Where an invariant does not hold.
pub fn text(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    SCAN.with_borrow_mut(|(airlock, worker)| {
        let findings = airlock.scan(&text);
        check_findings(&text, &findings);
        let seed = seed(data);
        views::planted(&text, seed);
        views::together(&text, &findings, seed);
        let masked = redact_body(worker, &text);
        assert_eq!(redact_body(worker, &masked), masked, "a second pass changes nothing");
        // JSON is looked into value by value, so what the bare text shows is another question there.
        if !text.trim_start().starts_with(['{', '[']) {
            assert_eq!(airlock.scan(&masked), [], "something is found in what is left: {masked:?}");
            check_gone(&text, &findings, &masked);
        }
    });
}

/// A number that hangs on every byte (FNV-1a): what a check may choose freely.
fn seed(data: &[u8]) -> usize {
    let mix = |seed: u64, &byte: &u8| (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    (data.iter().fold(0xcbf2_9ce4_8422_2325, mix) >> 20) as usize
}

fn check_findings(text: &str, findings: &[Finding]) {
    let mut end = 0;
    for finding in findings {
        assert!(end <= finding.start && finding.start < finding.end, "findings are in order: {findings:?}");
        assert!(text.get(finding.start..finding.end).is_some(), "a finding is text: {finding:?}");
        // Without detectors of a policy's own the number after all others says that it was too much work.
        assert!(finding.detector.index() <= DETECTORS.len());
        end = finding.end;
    }
    assert_eq!(Detectors::all().is_clean(text.as_bytes()), findings.is_empty(), "clean is where nothing is found");
    if let Some(first) = findings.first() {
        let mut others = Vec::new();
        Detectors::all().without(first.detector).scan(text.as_bytes(), &mut others);
        assert!(others.iter().all(|other| other.detector != first.detector), "a detector that is off finds nothing");
    }
}

/// What was found stands in the output only if it also stands where nothing was found.
fn check_gone(text: &str, findings: &[Finding], masked: &str) {
    let mut kept = String::new();
    let mut at = 0;
    for finding in findings {
        kept.push_str(&text[at..finding.start]);
        kept.push('\0');
        at = finding.end;
    }
    kept.push_str(&text[at..]);
    // A mark can hold what was found: somebody may have written half of one.
    let ids = DETECTORS.iter().map(|it| it.id).chain([UNSEARCHED]);
    let left = ids.fold(masked.to_owned(), |left, id| left.replace(&format!("[redacted:{id}]"), "\0"));
    for finding in findings {
        let found = &text[finding.start..finding.end];
        let is_gone = found.len() < MIN_LOOKED_FOR || kept.contains(found) || !left.contains(found);
        assert!(is_gone, "{} left {found:?} in {masked:?}", finding.detector.get().id);
    }
}

/// The text after it went through as a body that may stay but for what is found in it.
fn redact_body(worker: &mut Worker, text: &str) -> String {
    let bytes = build::batch().record(|it| it.body(text)).bytes();
    let answer =
        Answer::of(&bytes, worker.redact(&bytes, Encoding::Protobuf, &Admission::none())).expect("a text is accepted");
    let batch = message::decode(&answer.batch).expect("what is let out is a batch");
    let record = message::records(&batch).next().expect("the record is there");
    match record.body.as_ref().and_then(|body| body.value.as_ref()) {
        Some(Kind::StringValue(body)) => body.clone(),
        other => panic!("the body was a text and is {other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_texts_hold() {
        for ordinary in ["", "nothing", "key AKIAIOSFODNN7EXAMPLE.", r#"{"a":"alice.smith@example.com"}"#, "\u{fffd}é"]
        {
            text(ordinary.as_bytes());
        }
        text(b"\xff\xfe mail alice.smith@example.com");
    }

    #[test]
    #[should_panic(expected = "left \"AKIAIOSFODNN7EXAMPLE\"")]
    fn what_is_left_is_seen() {
        let text = "key AKIAIOSFODNN7EXAMPLE.";
        let mut findings = Vec::new();
        Detectors::all().scan(text.as_bytes(), &mut findings);
        check_gone(text, &findings, text);
    }
}
