//! The protobuf wire as the core reads it: each rule of what is read and what is refused is a test here.
//!
//! Must not look at what a policy does: the policies are those under which only the wire decides. Holds I2 (what two
//! receivers could read differently is refused, with the byte and the reason) and I3 (what is read over stays).

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails loudly"
)]

use std::cell::RefCell;
use std::collections::HashMap;

use airlock::{Admission, Airlock, Encoding, Keys, Verdict};
use testkit::build::{Batch, Record, Value, batch, key_value};
use testkit::generate::policies::keep_everything;
use testkit::message;
use testkit::wire::{self, Writer};

const TWICE: &str = "a field that may stand once stands twice";
const WRONG_TYPE: &str = "wire type does not fit the field; is this a batch of logs?";

/// Writes fields.
type Write = fn(&mut Writer) -> &mut Writer;

/// What the core makes of bytes under a policy that keeps everything, and the report.
fn run(policy: &str, batch: &[u8]) -> Result<(Verdict, Vec<u8>, String), String> {
    // Opening a policy takes longer than most of what is tested here.
    thread_local!(static OPEN: RefCell<HashMap<String, Airlock>> = RefCell::default());
    let open = || Airlock::open(policy, &Keys::new()).expect("the policy is right");
    let airlock = OPEN.with_borrow_mut(|known| known.entry(policy.to_owned()).or_insert_with(open).clone());
    let mut worker = airlock.worker();
    let outcome = worker.process(batch, Encoding::Protobuf, &Admission::none()).map_err(|error| error.to_string())?;
    Ok((outcome.verdict, outcome.batch.to_vec(), outcome.report.to_json()))
}

#[track_caller]
fn process(batch: &[u8]) -> (Verdict, Vec<u8>, String) {
    run(&keep_everything().to_string(), batch).expect("the batch is read")
}

/// Refused with this kind and reason, somewhere in the batch, whatever the policy says.
#[track_caller]
fn refused(batch: &[u8], kind: &str, reason: &str) {
    for policy in ["{}".to_owned(), keep_everything().to_string()] {
        let error = run(&policy, batch).expect_err("the batch is refused");
        let offset = error.strip_prefix(&format!("{kind} at byte "));
        let offset = offset.and_then(|rest| rest.strip_suffix(&format!(": {reason}")));
        let offset: usize = offset.and_then(|digits| digits.parse().ok()).unwrap_or_else(|| panic!("{error}"));
        assert!(offset <= batch.len(), "byte {offset} of {}", batch.len());
    }
}

/// A record with raw fields besides.
fn record(write: impl FnOnce(&mut Writer) -> &mut Writer) -> Batch {
    batch().resource(|r| r).scope(|s| s).record(|r| r.event("codex.user_prompt").raw(write))
}

fn with_value(value: Value) -> Vec<u8> {
    batch().record(|r| r.attribute("model", value)).bytes()
}

fn raw_value(write: impl FnOnce(&mut Writer) -> &mut Writer) -> Vec<u8> {
    with_value(Value::Raw(wire::bytes(write)))
}

// Order.

/// Scenario: every message with its fields back to front, `value` before `key`, the resource after its records.
/// Guarantees: read as if in order, and left as it came (I3).
#[test]
fn fields_come_in_any_order() {
    let attribute = wire::bytes(|w| w.message(2, |w| w.string(1, "gpt")).string(1, "model"));
    let log_record = wire::bytes(|w| w.string(12, "e").bytes(6, &attribute).fixed64(11, 5).fixed64(1, 4));
    let scope = wire::bytes(|w| w.string(3, "s").bytes(2, &log_record).message(1, |w| w.string(2, "v").string(1, "n")));
    let bytes = wire::bytes(|w| {
        w.message(1, |w| w.string(3, "u").bytes(2, &scope).message(1, |w| w.uint(2, 1).bytes(1, &attribute)))
    });
    assert_eq!(process(&bytes), (Verdict::Unchanged, bytes.clone(), process(&bytes).2));
}

/// Scenario: `value` before `key` on an attribute that must be masked.
/// Guarantees: the key is found behind its value (I1).
#[test]
fn a_value_before_its_key_is_masked_too() {
    let attribute = wire::bytes(|w| w.message(2, |w| w.string(1, "open sesame")).string(1, "prompt"));
    let bytes = batch().record(|r| r.raw_attribute(attribute)).bytes();
    let (_, out, _) = run("{}", &bytes).expect("the batch is read");
    assert!(!out.windows(6).any(|window| window == b"sesame"));
}

/// Scenario: the record's event name stands behind what it decides.
/// Guarantees: the same treatment as in front of it.
#[test]
fn the_event_may_stand_last() {
    let policy = r#"{"redact": {"events": {"codex.user_prompt": {"prompt": "drop"}}}}"#;
    let record = |r: Record| r.attribute("prompt", "open sesame").event("codex.user_prompt");
    let (_, out, _) = run(policy, &batch().record(record).bytes()).expect("the batch is read");
    assert!(!message::keys(&out).contains(&"prompt".to_owned()));
}

/// Scenario: two resources, two scopes, two records, two attributes that are the same.
/// Guarantees: repeated messages stay apart.
#[test]
fn repeated_messages_do_not_merge() {
    let one = |batch: Batch| {
        let record = |r: Record| r.attribute("model", "a").attribute("model", "a");
        batch.resource(|r| r).scope(|s| s).record(record).record(record).scope(|s| s)
    };
    let bytes = one(one(batch())).bytes();
    assert_eq!(process(&bytes).0, Verdict::Unchanged);
}

// Fields that may stand once.

#[test]
fn a_singular_field_twice_is_refused_in_every_message() {
    let schema_url: Write = |w| w.string(3, "u").string(3, "u");
    let batches: Vec<Vec<u8>> = vec![
        batch().resource(|r| r).raw_in_resource_logs(|w| w.message(1, |w| w)).bytes(),
        batch().scope(|s| s).raw_in_scope_logs(|w| w.message(1, |w| w)).bytes(),
        batch().raw_in_resource_logs(schema_url).bytes(),
        batch().raw_in_scope_logs(schema_url).bytes(),
        batch().resource(|r| r.raw(|w| w.uint(2, 0).uint(2, 0))).bytes(),
        batch().resource(|r| r.raw(|w| w.message(3, |w| w.string(1, "").string(1, "")))).bytes(),
        batch().resource(|r| r.raw(|w| w.message(3, |w| w.string(2, "a").string(2, "a")))).bytes(),
        batch().scope(|s| s.raw(|w| w.string(1, "n").string(1, "n"))).bytes(),
        batch().scope(|s| s.raw(|w| w.string(2, "v").string(2, "v"))).bytes(),
        batch().scope(|s| s.raw(|w| w.uint(4, 1).uint(4, 1))).bytes(),
    ];
    for bytes in batches {
        refused(&bytes, "ambiguous", TWICE);
    }
}

#[test]
fn a_field_of_a_record_twice_is_refused() {
    let fields: [Write; 10] = [
        |w| w.fixed64(1, 1),
        |w| w.uint(2, 9),
        |w| w.string(3, "INFO"),
        |w| w.message(5, |w| w.string(1, "body")),
        |w| w.uint(7, 1),
        |w| w.fixed32(8, 1),
        |w| w.bytes(9, &[0; 16]),
        |w| w.bytes(10, &[0; 8]),
        |w| w.fixed64(11, 1),
        |w| w.string(12, "e"),
    ];
    for field in fields {
        refused(&record(|w| field(field(w))).bytes(), "ambiguous", TWICE);
        process(&record(field).bytes());
    }
}

#[test]
fn a_key_or_a_value_twice_is_refused() {
    let twice: [Write; 2] = [
        |w| w.string(1, "model").string(1, "model").message(2, |w| w.uint(3, 1)),
        |w| w.string(1, "model").message(2, |w| w.uint(3, 1)).message(2, |w| w),
    ];
    for write in twice {
        let attribute = wire::bytes(write);
        refused(
            &batch().record(|r| r.raw_attribute(attribute.clone())).bytes(),
            "ambiguous",
            "a KeyValue has a field twice",
        );
        let inside = Value::Raw(wire::bytes(|w| w.message(6, |w| w.bytes(1, &attribute))));
        refused(&with_value(inside), "ambiguous", "a KeyValue has a field twice");
    }
}

/// Scenario: an AnyValue of two kinds, and of one kind twice, at the top and inside an array.
/// Guarantees: refused: the last one wins in some receivers and the first in others.
#[test]
fn two_kinds_in_one_value_are_refused() {
    let twice: [Write; 4] = [
        |w| w.string(1, "a").uint(3, 1),
        |w| w.string(1, "a").string(1, "a"),
        |w| w.message(6, |w| w).message(6, |w| w),
        |w| w.message(5, |w| w).bytes(7, b""),
    ];
    for write in twice {
        let value = wire::bytes(write);
        refused(&with_value(Value::Raw(value.clone())), "ambiguous", "an AnyValue holds two values");
        refused(
            &with_value(Value::Array(vec![Value::Raw(value.clone())])),
            "ambiguous",
            "an AnyValue holds two values",
        );
        refused(&batch().record(|r| r.body(Value::Raw(value))).bytes(), "ambiguous", "an AnyValue holds two values");
    }
}

// Wire types and field numbers.

#[test]
fn a_known_field_with_another_wire_type_is_refused() {
    for bytes in [
        wire::bytes(|w| w.uint(1, 1)),
        batch().raw_in_resource_logs(|w| w.fixed32(2, 1)).bytes(),
        batch().raw_in_scope_logs(|w| w.fixed64(3, 1)).bytes(),
        batch().resource(|r| r.raw(|w| w.uint(1, 1))).bytes(),
        batch().scope(|s| s.raw(|w| w.uint(1, 1))).bytes(),
        record(|w| w.string(1, "time")).bytes(),
        record(|w| w.string(7, "1")).bytes(),
        record(|w| w.uint(8, 1)).bytes(),
        record(|w| w.fixed64(9, 1)).bytes(),
        batch().record(|r| r.raw_attribute(wire::bytes(|w| w.uint(1, 1)))).bytes(),
        raw_value(|w| w.uint(1, 1)),
        raw_value(|w| w.string(3, "1")),
        raw_value(|w| w.message(5, |w| w.uint(1, 1))),
    ] {
        refused(&bytes, "malformed", WRONG_TYPE);
    }
}

/// Scenario: a batch of traces and one of metrics, posted where logs belong.
/// Guarantees: refused: a span's fields have other wire types than a record's.
#[test]
fn traces_and_metrics_are_refused() {
    // ScopeSpans.spans is field 2 like ScopeLogs.log_records; Span.trace_id is field 1 like time_unix_nano.
    let span = wire::bytes(|w| w.bytes(1, &[1; 16]).bytes(2, &[2; 8]).string(5, "name").uint(6, 1));
    refused(&batch().raw_record(&span).bytes(), "malformed", WRONG_TYPE);
    let metric = wire::bytes(|w| w.string(1, "codex.turn.cost").string(3, "ms"));
    refused(&batch().raw_record(&metric).bytes(), "malformed", WRONG_TYPE);
}

#[test]
fn groups_are_refused() {
    for wire_type in [wire::GROUP_START, wire::GROUP_END] {
        refused(&wire::bytes(|w| w.tag(9, wire_type)), "unsupported", "groups are not read");
        refused(&record(|w| w.tag(4, wire_type)).bytes(), "unsupported", "groups are not read");
        refused(&raw_value(|w| w.tag(1, wire_type)), "unsupported", "groups are not read");
    }
}

#[test]
fn reserved_wire_types_are_refused() {
    for wire_type in [6, 7] {
        refused(&wire::bytes(|w| w.tag(9, wire_type)), "malformed", "wire type is reserved");
        refused(&record(|w| w.tag(1, wire_type)).bytes(), "malformed", "wire type is reserved");
    }
}

#[test]
fn field_numbers_outside_the_range_are_refused() {
    let reason = "field number is outside 1 to 536870911";
    for number in [0, 1 << 29, u64::from(u32::MAX), u64::MAX >> 3] {
        refused(&wire::bytes(|w| w.uint(number, 0)), "malformed", reason);
        refused(&record(|w| w.uint(number, 0)).bytes(), "malformed", reason);
    }
    process(&record(|w| w.uint((1 << 29) - 1, 0)).bytes());
}

// Varints and lengths.

/// Scenario: tags, lengths and numbers padded to ten bytes.
/// Guarantees: read as what they say, and left padded (I3).
#[test]
fn padded_varints_are_read() {
    let padded = |w: &mut Writer, number: u64, content: &[u8]| {
        w.varint_padded(number << 3 | 2, 10).varint_padded(content.len() as u64, 10).raw(content);
    };
    let value = wire::bytes(|w| w.varint_padded(3 << 3, 10).varint_padded(7, 10));
    let attribute = wire::bytes(|w| {
        padded(w, 1, b"attempt");
        padded(w, 2, &value);
        w
    });
    let mut bytes = attribute;
    for number in [6, 2, 2, 1] {
        bytes = wire::bytes(|w| {
            padded(w, number, &bytes);
            w
        });
    }
    assert_eq!(process(&bytes).0, Verdict::Unchanged);
}

#[test]
fn varints_over_64_bits_are_refused() {
    refused(&record(|w| w.tag(2, 0).varint_padded(1, 11)).bytes(), "malformed", "varint is longer than 10 bytes");
    refused(&record(|w| w.tag(2, 0).raw(&[0xff; 9]).raw(&[2])).bytes(), "malformed", "varint does not fit 64 bits");
    refused(&wire::bytes(|w| w.tag(1, 2).raw(&[0x80])), "malformed", "varint is cut off");
}

/// Scenario: a count of 33 bits, and a severity that is no 32-bit number.
/// Guarantees: refused: some receivers cut it and some do not.
#[test]
fn numbers_wider_than_their_field_are_refused() {
    let reason = "number does not fit the 32 bits of its field";
    refused(&record(|w| w.uint(2, 1 << 31)).bytes(), "ambiguous", reason);
    refused(&record(|w| w.uint(7, 1 << 32)).bytes(), "ambiguous", reason);
    refused(&batch().resource(|r| r.raw(|w| w.uint(2, 1 << 32))).bytes(), "ambiguous", reason);
    refused(&batch().scope(|s| s.raw(|w| w.uint(4, 1 << 32))).bytes(), "ambiguous", reason);
    process(&record(|w| w.uint(2, -1_i64 as u64).uint(7, u32::MAX.into())).bytes());
}

#[test]
fn lengths_stay_inside_their_message() {
    let reason = "length runs past the enclosing message";
    refused(&wire::bytes(|w| w.tag(1, 2).varint(1)), "malformed", reason);
    refused(&wire::bytes(|w| w.tag(1, 2).varint(u64::MAX)), "malformed", reason);
    // The inner length fits the batch and not the record that it stands in.
    refused(&record(|w| w.tag(3, 2).varint(4).raw(b"INF")).record(|r| r).bytes(), "malformed", reason);
    refused(&raw_value(|w| w.tag(1, 2).varint(2).raw(b"a")), "malformed", reason);
}

#[test]
fn a_batch_that_is_cut_off_is_refused() {
    let bytes = record(|w| w.fixed64(1, 1).fixed32(8, 1).string(12, "e")).bytes();
    for end in 1..bytes.len() {
        let error = run("{}", &bytes[..end]).expect_err("it is cut off");
        assert!(error.starts_with("malformed at byte "), "{error}");
    }
}

// Depth, size and counts.

/// A value under so many arrays or maps.
fn nested(depth: usize, map: bool) -> Value {
    (0..depth).fold("x".into(), |inner: Value, _| {
        if map { Value::Map(vec![("k".into(), Some(inner))]) } else { Value::Array(vec![inner]) }
    })
}

#[test]
fn values_nest_to_a_limit() {
    for map in [false, true] {
        process(&with_value(nested(32, map)));
        refused(&with_value(nested(33, map)), "limit-exceeded", "values nest deeper than 32 levels");
        refused(
            &batch().record(|r| r.body(nested(33, map))).bytes(),
            "limit-exceeded",
            "values nest deeper than 32 levels",
        );
    }
}

/// Scenario: a value nested a hundred thousand levels deep.
/// Guarantees: refused without using the machine's stack (I8).
#[test]
fn deep_nesting_does_not_reach_the_stack() {
    // Built from the inside: each level is a tag, a length and what is below, so the fronts are collected and turned.
    let (mut fronts, mut length) = (Vec::new(), 0_usize);
    for _ in 0..100_000 {
        for number in [1, 5] {
            let front = wire::bytes(|w| w.tag(number, 2).varint(length as u64));
            length += front.len();
            fronts.push(front);
        }
    }
    let bytes: Vec<u8> = fronts.into_iter().rev().flatten().collect();
    refused(&with_value(Value::Raw(bytes)), "limit-exceeded", "values nest deeper than 32 levels");
}

#[test]
fn a_batch_has_a_largest_size() {
    let limit = 16 << 20;
    let filler = |length: usize| batch().raw(|w| w.bytes(99, &vec![0; length])).bytes();
    let over = filler(limit + 1);
    refused(&over, "limit-exceeded", "batch is larger than 16 MiB");
    let at = filler(limit - 6);
    assert!(at.len() <= limit && at.len() > limit - 8);
    process(&at);
}

#[test]
fn a_batch_has_most_records() {
    let records = |count: usize| {
        let mut scope = Writer::new();
        for _ in 0..count {
            scope.bytes(2, &[]);
        }
        wire::bytes(|w| w.message(1, |w| w.bytes(2, &scope.into_bytes())))
    };
    process(&records(65_536));
    refused(&records(65_537), "limit-exceeded", "more than 65536 records in a batch");
}

#[test]
fn a_place_has_most_attributes() {
    let attribute = key_value("attempt", Some(&1.into()));
    let reason = "more than 1024 attributes in one place";
    for (count, fits) in [(1024, true), (1025, false)] {
        let many = || std::iter::repeat_n(attribute.clone(), count);
        for bytes in [
            batch().record(|r| many().fold(r, Record::raw_attribute)).bytes(),
            batch().resource(|r| many().fold(r, |r, one| r.raw_attribute(one))).bytes(),
            batch().scope(|s| many().fold(s, |s, one| s.raw_attribute(one))).bytes(),
        ] {
            if fits {
                process(&bytes);
            } else {
                refused(&bytes, "limit-exceeded", reason);
            }
        }
    }
    let map = Value::Map(std::iter::repeat_n(("k".to_owned(), None), 1025).collect());
    refused(&with_value(map), "limit-exceeded", "more than 1024 entries in a map");
}

/// Scenario: one value of two million bytes.
/// Guarantees: it is masked and its batch goes on: a client never sends a refused batch again.
#[test]
fn an_oversized_value_is_masked() {
    let bytes = batch().record(|r| r.attribute("model", "m ".repeat(1 << 20)).attribute("attempt", 1)).bytes();
    let (verdict, out, _) = process(&bytes);
    assert_eq!(verdict, Verdict::Rewritten);
    assert!(out.len() < 200, "{} bytes", out.len());
    assert_eq!(message::keys(&out), ["model", "attempt"]);
}

// Unknown fields.

/// Scenario: fields that OTLP does not have, in every message that an attribute can be reached through.
/// Guarantees: dropped and counted, or refused where the policy says so; never kept: number 1000 of ResourceLogs is
/// read as records by a known receiver.
#[test]
fn unknown_fields_are_dropped_and_counted() {
    let hidden: Write = |w| w.message(1_000, |w| w.string(1, "hidden sesame"));
    let attribute = wire::bytes(|w| hidden(w.string(1, "model").message(2, |w| w.string(1, "m"))));
    let map = Value::Map(vec![("k".into(), Some("v".into()))]);
    for bytes in [
        batch().record(|r| r).raw(hidden).bytes(),
        batch().record(|r| r).raw_in_resource_logs(hidden).bytes(),
        batch().record(|r| r).raw_in_scope_logs(hidden).bytes(),
        batch().resource(|r| r.raw(hidden)).record(|r| r).bytes(),
        batch().resource(|r| r.raw(|w| w.message(3, |w| hidden(w.string(2, "service"))))).record(|r| r).bytes(),
        batch().scope(|s| s.raw(hidden)).record(|r| r).bytes(),
        batch().record(|r| r.raw(hidden)).bytes(),
        batch().record(|r| r.raw_attribute(attribute.clone())).bytes(),
        batch().record(|r| r.body(map.clone()).raw_attribute(attribute)).bytes(),
        raw_value(|w| w.message(6, hidden)),
        raw_value(|w| w.message(6, |w| w.message(1, |w| hidden(w.string(1, "k"))))),
        raw_value(|w| w.message(5, hidden)),
    ] {
        let (verdict, out, report) = process(&bytes);
        assert_eq!(verdict, Verdict::Rewritten);
        assert!(!out.windows(6).any(|window| window == b"sesame"));
        assert!(report.contains(r#""fields":1"#), "{report}");
        let refuse = r#"{"unknown": {"fields": "refuse"}}"#;
        let error = run(refuse, &bytes).expect_err("the policy refuses unknown fields");
        assert!(error.starts_with("refused-by-policy at byte "), "{error}");
    }
}

#[test]
fn unknown_kinds_of_values_are_refused() {
    let reason = "this kind of AnyValue is not known";
    for bytes in [raw_value(|w| w.string(9, "x")), raw_value(|w| w.uint(1_000, 1))] {
        refused(&bytes, "unsupported", reason);
    }
    refused(&with_value(Value::Array(vec![Value::Raw(wire::bytes(|w| w.uint(9, 1)))])), "unsupported", reason);
}

#[test]
fn references_into_a_string_table_are_refused() {
    let value = "string_value_strindex is not read: its table is elsewhere";
    refused(&raw_value(|w| w.uint(8, 1)), "unsupported", value);
    refused(&raw_value(|w| w.uint(8, 0)), "unsupported", value);
    let key = "key_strindex is not read: its table is elsewhere";
    let attribute = wire::bytes(|w| w.uint(3, 1).message(2, |w| w.string(1, "x")));
    refused(&batch().record(|r| r.raw_attribute(attribute)).bytes(), "unsupported", key);
}

// Text and ids.

#[test]
fn text_is_utf8_in_every_place() {
    let reason = "string is not UTF-8";
    for text in [&b"\xff"[..], b"a\xc0\xafb", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82"] {
        for bytes in [
            batch().raw_in_resource_logs(|w| w.bytes(3, text)).bytes(),
            batch().raw_in_scope_logs(|w| w.bytes(3, text)).bytes(),
            batch().resource(|r| r.raw(|w| w.message(3, |w| w.bytes(4, text)))).bytes(),
            batch().scope(|s| s.raw(|w| w.bytes(1, text))).bytes(),
            batch().scope(|s| s.raw(|w| w.bytes(2, text))).bytes(),
            record(|w| w.bytes(3, text)).bytes(),
            record(|w| w.bytes(12, text)).bytes(),
            batch().record(|r| r.raw_attribute(wire::bytes(|w| w.bytes(1, text)))).bytes(),
            raw_value(|w| w.bytes(1, text)),
            raw_value(|w| w.message(5, |w| w.message(1, |w| w.bytes(1, text)))),
            raw_value(|w| w.message(6, |w| w.message(1, |w| w.bytes(1, text)))),
        ] {
            refused(&bytes, "malformed", reason);
        }
    }
}

/// Scenario: ids of every length from 0 to 40 bytes.
/// Guarantees: right ones stay, others are cleared and counted: they are a place to hide sixteen bytes in, or more.
#[test]
fn ids_of_a_wrong_length_are_cleared() {
    for length in 0..=40 {
        let id = vec![0xab; length];
        let bytes = batch().record(|r| r.trace_id(&id).span_id(&id)).bytes();
        let (verdict, out, report) = process(&bytes);
        let out = message::decode(&out).expect("what comes out is a batch");
        let log_record = message::records(&out).next().expect("the record stays");
        let (trace, span) = (length == 0 || length == 16, length == 0 || length == 8);
        assert_eq!(log_record.trace_id, if trace { id.clone() } else { vec![] });
        assert_eq!(log_record.span_id, if span { id } else { vec![] });
        assert_eq!(verdict == Verdict::Unchanged, trace && span, "{length}");
        let counts = format!(r#""cleared":{{"span_id":{},"trace_id":{}}}"#, u8::from(!span), u8::from(!trace));
        let other = format!(r#""cleared":{{"trace_id":{},"span_id":{}}}"#, u8::from(!trace), u8::from(!span));
        assert!(report.contains(&counts) || report.contains(&other), "{report}");
    }
}

// What is no batch, and what is an empty one.

#[test]
fn an_empty_batch_is_one() {
    assert_eq!(process(&[]).0, Verdict::Unchanged);
    process(&[0x0a, 0]);
}

#[test]
fn an_error_names_the_byte() {
    let bytes = batch().resource(|r| r).record(|r| r.raw(|w| w.uint(2, 9).uint(2, 9))).bytes();
    let second = bytes.len() - 2;
    assert_eq!(run("{}", &bytes), Err(format!("ambiguous at byte {second}: {TWICE}")));
}

/// Scenario: errors of every kind in batches whose texts are payload.
/// Guarantees: no error quotes the batch (I1).
#[test]
fn errors_do_not_quote_the_batch() {
    let marker = testkit::leak::marker(7);
    let value = wire::bytes(|w| w.string(1, &marker).string(1, &marker));
    for bytes in [
        batch().record(|r| r.attribute(&marker, marker.as_str()).body(Value::Raw(value))).bytes(),
        batch()
            .record(|r| r.attribute("prompt", marker.as_str()).raw(|w| w.tag(3, 2).varint(99).string(3, &marker)))
            .bytes(),
        marker.clone().into_bytes(),
    ] {
        let airlock = Airlock::open("{}", &Keys::new()).expect("the default is right");
        let mut worker = airlock.worker();
        let error = worker.process(&bytes, Encoding::Protobuf, &Admission::none()).expect_err("it is refused");
        testkit::leak::Leaks::of([&marker]).assert_none("an error", format!("{error} {error:?}").as_bytes());
    }
}
