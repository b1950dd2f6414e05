//! The bounds of the JSON door, and what stands just inside and just outside of them.
//!
//! Must not hold what JSON means: the cases do. Holds I5 (linear time, bounded memory), I8 (no depth reaches the stack)
//! and I1 in the refusals.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails loudly"
)]

use std::time::{Duration, Instant};

use airlock::{Admission, Airlock, BatchErrorKind, Encoding, Keys, Verdict};
use testkit::leak::{Leaks, marker};

fn run(text: &str) -> Result<(Verdict, String, String), String> {
    let mut worker = Airlock::open("{}", &Keys::new()).expect("the default is right").worker();
    let outcome = worker
        .process(text.as_bytes(), Encoding::Json, &Admission::none())
        .map_err(|error| format!("{error} {error:?}"))?;
    let out = String::from_utf8(outcome.batch.to_vec()).expect("what comes out is text");
    Ok((outcome.verdict, out, outcome.report.to_json()))
}

#[track_caller]
fn passes(text: &str) -> String {
    run(text).unwrap_or_else(|error| panic!("{error}\n{}", text.get(..200).unwrap_or(text))).1
}

#[track_caller]
fn beyond_a_limit(text: &str, reason: &str) {
    let mut worker = Airlock::open("{}", &Keys::new()).expect("the default is right").worker();
    let error = worker.process(text.as_bytes(), Encoding::Json, &Admission::none()).expect_err("it is beyond a limit");
    assert_eq!((error.kind(), error.reason()), (BatchErrorKind::LimitExceeded, reason));
}

fn record(inside: &str) -> String {
    format!(r#"{{"resourceLogs":[{{"scopeLogs":[{{"logRecords":[{{{inside}}}]}}]}}]}}"#)
}

fn nested(depth: usize, map: bool) -> String {
    let (open, close) = if map {
        (r#"{"kvlistValue":{"values":[{"key":"k","value":"#, "}]}}")
    } else {
        (r#"{"arrayValue":{"values":["#, "]}}")
    };
    format!("{}{{\"stringValue\":\"x\"}}{}", open.repeat(depth), close.repeat(depth))
}

#[test]
fn values_nest_to_a_limit() {
    for map in [false, true] {
        for place in [r#""body":VALUE"#, r#""attributes":[{"value":VALUE,"key":"model"}]"#] {
            passes(&record(&place.replace("VALUE", &nested(32, map))));
            let over = record(&place.replace("VALUE", &nested(33, map)));
            beyond_a_limit(&over, "values nest deeper than 32 levels");
        }
    }
}

/// Scenario: values, unknown members and plain brackets nested a hundred thousand levels deep.
/// Guarantees: an answer, without the machine's stack (I8).
#[test]
fn deep_nesting_does_not_reach_the_stack() {
    let brackets = |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    for text in [
        record(&format!("\"body\":{}", nested(100_000, false))),
        record(&format!("\"body\":{}", nested(100_000, true))),
        record(&format!("\"later\":{}", brackets("[", "]"))),
        record(&format!("\"later\":{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000))),
        brackets("[", "]"),
        "[".repeat(1_000_000),
        "{\"resourceLogs\":[".repeat(100_000),
        "{\"a\":".repeat(100_000),
    ] {
        assert!(run(&text).is_err(), "{} bytes", text.len());
    }
}

#[test]
fn a_batch_has_a_largest_size() {
    let limit = 16 << 20;
    let filled = |length: usize| format!("{{}}{}", " ".repeat(length - 2));
    passes(&filled(limit));
    beyond_a_limit(&filled(limit + 1), "batch is larger than 16 MiB");
}

#[test]
fn a_batch_has_most_records() {
    let records = |count: usize| {
        format!(r#"{{"resourceLogs":[{{"scopeLogs":[{{"logRecords":[{}]}}]}}]}}"#, vec!["{}"; count].join(","))
    };
    passes(&records(65_536));
    beyond_a_limit(&records(65_537), "more than 65536 records in a batch");
}

#[test]
fn a_place_has_most_attributes() {
    let attributes = |count: usize| vec![r#"{"key":"attempt","value":{"intValue":1}}"#; count].join(",");
    for (count, fits) in [(1024, true), (1025, false)] {
        let list = attributes(count);
        for text in [
            record(&format!("\"attributes\":[{list}]")),
            format!(r#"{{"resourceLogs":[{{"resource":{{"attributes":[{list}]}}}}]}}"#),
            format!(r#"{{"resourceLogs":[{{"scopeLogs":[{{"scope":{{"attributes":[{list}]}}}}]}}]}}"#),
        ] {
            if fits {
                passes(&text);
            } else {
                beyond_a_limit(&text, "more than 1024 attributes in one place");
            }
        }
    }
    let map = vec![r#"{"key":"k"}"#; 1025].join(",");
    let text = record(&format!(r#""body":{{"kvlistValue":{{"values":[{map}]}}}}"#));
    beyond_a_limit(&text, "more than 1024 entries in a map");
}

/// Scenario: one value of two million characters, plain and in escapes.
/// Guarantees: it is masked and its batch goes on: a client never sends a refused batch again.
#[test]
fn an_oversized_value_is_masked() {
    for part in ["m ", "\\u006d\\u0020"] {
        let value = part.repeat(1 << 20);
        let text = record(&format!(
            r#""attributes":[{{"key":"slug","value":{{"stringValue":"{value}"}}}},{{"key":"decision","value":{{"stringValue":"approved"}}}}]"#
        ));
        let out = passes(&text);
        assert!(out.len() < 300 && out.contains("[redacted 2097152 chars]") && out.contains("approved"), "{out}");
    }
}

/// Scenario: batches of a few megabytes made to be slow: members without end, escapes, digits, white space, in places
/// that are read and in places that are dropped.
/// Guarantees: an answer in a time that no more than grows with the batch (I5).
#[test]
fn no_batch_is_slow() {
    let many = |count: usize| (0..count).map(|at| format!("\"member{at}\":{at}")).collect::<Vec<_>>().join(",");
    let same_start =
        |count: usize| (0..count).map(|at| format!("\"{}{at}\":0", "a".repeat(100))).collect::<Vec<_>>().join(",");
    for text in [
        format!("{{{}}}", many(200_000)),
        format!("{{\"later\":{{{}}}}}", many(200_000)),
        format!("{{{}}}", same_start(20_000)),
        record(&many(200_000)),
        record(&format!("\"severityText\":\"{}\"", "\\u0061".repeat(500_000))),
        record(&format!("\"{}\":1", "\\u0061".repeat(500_000))),
        record(&format!("\"attributes\":[{{\"key\":\"{}\"}}]", "\\u0061".repeat(500_000))),
        record(&format!("\"body\":{{\"intValue\":{}}}", "9".repeat(3_000_000))),
        record(&format!("\"body\":{{\"doubleValue\":0.{}}}", "9".repeat(3_000_000))),
        record(&format!("\"body\":{{\"bytesValue\":\"{}\"}}", "AAAA".repeat(750_000))),
        record(&format!("\"traceId\":\"{}\"", "00".repeat(1_500_000))),
        format!("{{\"resourceLogs\":[{}{{}}]}}", "{}, ".repeat(700_000)),
        format!("{{{}}}", " \n".repeat(1_500_000)),
        record(&format!("\"body\":{{\"arrayValue\":{{\"values\":[{}{{}}]}}}}", "{},".repeat(800_000))),
    ] {
        let start = Instant::now();
        let _ = run(&text);
        // Generous: the machine may be busy and the build unoptimised. Squared, each would take hours.
        assert!(start.elapsed() < Duration::from_secs(60), "{:?} for {}…", start.elapsed(), &text[..80]);
    }
}

/// Scenario: faults of every kind in batches whose texts, names and numbers are payload.
/// Guarantees: no refusal quotes the batch (I1).
#[test]
fn errors_do_not_quote_the_batch() {
    let marker = marker(31);
    let leaks = Leaks::of([&marker]);
    let value = format!(r#""body":{{"stringValue":"{marker}"}}"#);
    for fault in [
        format!(r#""{marker}":1,"{marker}":2"#),
        format!(r#""attributes":{{"{marker}":"{marker}"}}"#),
        format!(r#""traceId":"{marker}""#),
        format!(r#""timeUnixNano":"{marker}""#),
        format!(r#""severityNumber":"{marker}""#),
        format!(r#""severityText":"{marker}\ud800""#),
        format!(r#""later":{marker}"#),
        format!(r#""flags":1 {marker}"#),
        format!(r#""attributes":["{marker}"]"#),
        format!(r#""attributes":[{{"key":"{marker}","value":{{"bytesValue":"{marker}!"}}}}]"#),
    ] {
        for text in [record(&format!("{value},{fault}")), record(&format!("{fault},{value}"))] {
            let error = run(&text).expect_err(&text);
            leaks.assert_none("the refusal", error.as_bytes());
        }
    }
}
