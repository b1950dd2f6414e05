//! Ways to get a value past its rule, each of which once worked.
//!
//! Must not know how a rule is carried out: what is looked at is whether the marker comes out, whatever else does. Holds
//! I1 and, for every batch here that is accepted, I7.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails loudly")]

use airlock::{Admission, Airlock, Encoding, Keys};
use testkit::build::{Record, Value, batch};
use testkit::leak::{Leaks, marker};

/// What comes out, or the error's text; twice must be the same.
fn run(policy: &str, bytes: &[u8]) -> Result<Vec<u8>, String> {
    let airlock = Airlock::open(policy, &Keys::new()).expect("a policy");
    let mut worker = airlock.worker();
    let once = worker.process(bytes, Encoding::Protobuf, &Admission::none()).map(|outcome| outcome.batch.to_vec());
    let once = once.map_err(|error| error.to_string())?;
    let twice =
        worker.process(&once, Encoding::Protobuf, &Admission::none()).expect("what came out goes in").batch.to_vec();
    assert_eq!(once, twice, "a second pass changes something");
    Ok(once)
}

/// Runs a record whose content is made of a marker and looks for it.
fn holds(policy: &str, record: impl Fn(Record, &str) -> Record) {
    let content = format!("{} FAKE words", marker(1));
    let bytes = batch().record(|r| record(r, &content)).bytes();
    let out = run(policy, &bytes).unwrap_or_else(|error| error.into_bytes());
    Leaks::of([&marker(1)]).assert_none("the output", &out);
}

fn text(value: String) -> Value {
    value.as_str().into()
}

/// Scenario: so many unknown fields that the number of a place would not fit sixteen bits.
/// Guarantees: no place is taken for another; the batch is refused.
#[test]
fn places_are_not_confused_when_there_are_many() {
    let many = |r: Record| r.raw(|w| (0..65_534).fold(w, |w, _| w.uint(13, 1)));
    let content = marker(1);
    let bytes = batch()
        .record(|r| {
            let r = r.attribute("prompt", content.as_str()).attribute("gen_ai.request.model", "x");
            many(r).attribute("model", "gpt")
        })
        .bytes();
    let error = run("{}", &bytes).expect_err("it is refused");
    assert!(
        error.starts_with("limit-exceeded at byte ") && error.ends_with("more than 4096 fields in one place"),
        "{error}"
    );
}

/// Scenario: content with a mark behind it that a cut might have left.
/// Guarantees: a mark alone proves nothing.
#[test]
fn forged_marks_prove_nothing() {
    let policy = r#"{"redact": {"attributes": {"prompt": ["word", {"truncate": 1000}]}}}"#;
    holds(policy, |r, content| r.attribute("prompt", text(format!("{content}[truncated 9 chars]"))));
    let policy = r#"{"redact": {"attributes": {"prompt": ["word", {"partial": {"first": 30, "last": 30}}]}}}"#;
    holds(policy, |r, content| r.attribute("prompt", text(format!("{content}[redacted 9 chars] b"))));
}

/// Scenario: JSON that a strict reader refuses and a lenient one reads.
/// Guarantees: a sensitive name in it counts all the same.
#[test]
fn what_is_nearly_json_names_its_members_too() {
    let member = |content: &str| format!(r#"{{"prompt":"{content}"}}"#);
    type Spoil = fn(String) -> String;
    let spoils: [(&str, Spoil); 9] = [
        ("too deep", |json| "[".repeat(64) + &json + &"]".repeat(64)),
        ("a comma too many", |json| json.replace('}', ",}")),
        ("lines", |json| format!("{{\"a\":1}}\n{json}")),
        ("cut", |json| json.replace("\"}", ",\"x\":\"ab")),
        ("a byte order mark", |json| format!("\u{feff}{json}")),
        ("a string", |json| format!("\"{}\"", json.replace('"', "\\\""))),
        ("single quotes", |json| json.replace('"', "'")),
        ("no quotes", |json| json.replace("\"prompt\"", "prompt")),
        ("an escaped name", |json| json.replace("prompt", "pr\\u006fmpt").replace('}', ",}")),
    ];
    for (how, spoil) in spoils {
        println!("{how}");
        for name in ["mcp_servers", "arguments"] {
            let policy = r#"{"redact": {"attributes": {"arguments": "scan"}}}"#;
            holds(policy, |r, content| r.event("codex.tool_result").attribute(name, text(spoil(member(content)))));
        }
    }
}

/// Scenario: a policy that names a place, and before it JSON that breaks off, at several depths.
/// Guarantees: where a place is does not depend on what was not read.
#[test]
fn a_place_is_where_it_is_after_broken_json() {
    let policy = r#"{"redact": {"attributes": {"arguments": "scan", "arguments#/command": "mask"}}}"#;
    for broken in [r#"{\"q\":"#, r#"{\"q\":{\"r\":[1,"#, r#"[{\"q\":"#] {
        holds(policy, |r, content| {
            r.attribute("arguments", text(format!(r#"{{"a":"{broken}","command":"{content}"}}"#)))
        });
    }
    holds(policy, |r, content| r.attribute("arguments", text(format!(r#"{{"command":"{content}","x":{{"y":1,"#))));
}

/// Scenario: a policy whose catalogue calls a name sensitive that is harmless otherwise.
/// Guarantees: the name, its copy and what is made of it are masked, in every event and in the resource.
#[test]
fn what_the_policys_catalogue_calls_sensitive_is() {
    let sensitive = |name: &str| format!(r#"{{"catalogue":{{"attributes":{{"{name}":{{"type":"string"}}}}}}}}"#);
    for name in ["model", "agent_name", "tool_name", "event.timestamp"] {
        for event in ["codex.user_prompt", "codex.tool_result", "codex.other"] {
            let word = marker(1);
            holds(&sensitive(name), |r, _| r.event(event).attribute(name, word.as_str()));
        }
    }
    let of_event = r#"{"catalogue":{"events":{"codex.tool_result":{"attributes":{"agent_name":{"type":"string"}}}}}}"#;
    holds(of_event, |r, content| r.event("codex.tool_result").attribute("agent_name", content));
    let bytes = batch().resource(|r| r.attribute("env", marker(1).as_str())).record(|r| r).bytes();
    let out = run(&sensitive("env"), &bytes).expect("a batch");
    Leaks::of([&marker(1)]).assert_none("the output", &out);
}

/// Scenario: a rule for a place inside a value that has a copy under a conventional name.
/// Guarantees: the place is masked in the copy too.
#[test]
fn a_copy_has_the_places_of_what_it_is_a_copy_of() {
    let policy = r#"{"redact": {"attributes": {"agent_name#/a": "mask"}}}"#;
    holds(policy, |r, content| {
        r.event("codex.tool_result").attribute("agent_name", text(format!(r#"{{"a":"{content}"}}"#)))
    });
}

/// Scenario: an attribute whose name calls its value secret, and a policy that names it.
/// Guarantees: naming it does not turn the detectors off.
#[test]
fn a_name_that_the_policy_has_still_gives_its_value_away() {
    for action in ["word", "scan", "keep"] {
        let policy = format!(r#"{{"redact": {{"attributes": {{"db.password": "{action}"}}}}}}"#);
        let word = marker(1);
        holds(&policy, |r, _| r.attribute("db.password", word.as_str()));
    }
}

/// Scenario: marks that are longer than what they stand for, near the longest text that may stand.
/// Guarantees: the second pass finds the text as the first left it.
#[test]
fn marks_do_not_outgrow_the_longest_text() {
    let bytes = batch()
        .record(|r| r.event("codex.conversation_starts").attribute("mcp_servers", text("a@ex.com ".repeat(28))))
        .bytes();
    run("{}", &bytes).expect("a batch");
}

/// Scenario: as many attributes as may be sent, some of which get copies.
/// Guarantees: what comes out goes in again.
#[test]
fn a_full_record_can_be_read_again() {
    let full = |r: Record| (0..1_021).fold(r, |r, number| r.attribute(&format!("n{number}"), 1));
    let bytes = batch()
        .record(|r| full(r.event("codex.tool_result").attribute("model", "a").attribute("call_id", "b")))
        .bytes();
    run("{}", &bytes).expect("a batch");
}

/// Scenario: a policy that keeps a value unscanned and masks a place inside it.
/// Guarantees: it is refused, and says what to do.
#[test]
fn an_unscanned_value_has_no_places() {
    let policy = r#"{"redact": {"attributes": {"arguments": "keep-unscanned", "arguments#/a": "mask"}}}"#;
    let error = Airlock::open(policy, &Keys::new()).expect_err("it is refused").to_string();
    assert!(error.ends_with("use keep or scan for the whole"), "{error}");
}

/// Scenario: a number in JSON with digits behind those that a double keeps, in its fraction and in its exponent.
/// Guarantees: refused: the rules see the double, and what goes out is the text.
#[test]
fn digits_that_no_double_keeps_do_not_pass() {
    let mut worker = Airlock::open("{}", &Keys::new()).expect("a policy").worker();
    for number in ["1.00000000000000000004111111111111111", "0e4111111111111111", "\"1e-4111111111111111\""] {
        let text = format!(
            r#"{{"resourceLogs":[{{"scopeLogs":[{{"logRecords":[{{"attributes":[{{"key":"x","value":{{"doubleValue":{number}}}}}]}}]}}]}}]}}"#
        );
        let ran =
            worker.process(text.as_bytes(), Encoding::Json, &Admission::none()).map(|outcome| outcome.batch.to_vec());
        assert!(ran.is_err(), "{number} passes: {}", String::from_utf8_lossy(&ran.unwrap_or_default()));
    }
}

/// Scenario: two records whose number is masked by what it says already.
/// Guarantees: the second counts like the first.
#[test]
fn what_stands_there_already_counts_each_time() {
    let airlock =
        Airlock::open(r#"{"redact": {"attributes": {"duration_ms": {"mask": "7"}}}}"#, &Keys::new()).expect("a policy");
    let report = |records: usize| {
        let batch =
            (0..records).fold(batch(), |b, _| b.record(|r| r.event("codex.tool_result").attribute("duration_ms", "7")));
        airlock
            .worker()
            .process(&batch.bytes(), Encoding::Protobuf, &Admission::none())
            .expect("a batch")
            .report
            .clone()
    };
    let mut twice = report(1);
    twice.merge(&report(1));
    assert_eq!(report(2).to_json(), twice.to_json());
}
