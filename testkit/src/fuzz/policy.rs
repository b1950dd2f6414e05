//! Any text as a policy.
//!
//! Must not know which policies are right. Holds that a refusal is short and quotes nothing that the policy keeps
//! secret (I1), that the order of members means nothing, and that whatever policy is accepted is idempotent (I7).

use std::cell::RefCell;
use std::collections::BTreeSet;

use airlock::{Admission, Airlock, Encoding};
use serde_json::Value;

use super::batch::{Answer, check_output, check_refusal};
use super::keys;
use crate::build;
use crate::leak::{Leaks, marker};
use crate::message;

/// A refusal lists what is expected, at most.
const MAX_ERROR: usize = 8 << 10;

thread_local! {
    static SAMPLE: RefCell<Vec<u8>> = RefCell::new(sample());
    static LEAKS: Leaks = Leaks::of([marker(9)]);
}

/// Whatever the text.
///
/// # Panics
///
/// Where an invariant does not hold.
pub fn policy(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let document = serde_json::from_str::<Value>(text).ok();
    match Airlock::open(text, &keys()) {
        Ok(airlock) => check_accepted(&airlock, &document.expect("what is accepted is JSON")),
        Err(error) => assert!(error.to_string().len() <= MAX_ERROR, "a refusal is short: {error}"),
    }
    let Some(mut document) = serde_json::from_str::<Value>(text).ok() else { return };
    // A fuzzer that watches comparisons learns the marker and may write it anywhere: then a refusal may quote it.
    let is_there =
        LEAKS.with(|leaks| [text, &document.to_string()].iter().any(|text| leaks.find(text.as_bytes()).is_some()));
    if !is_there
        && plant_private(&mut document)
        && let Err(error) = Airlock::open(&document.to_string(), &keys())
    {
        LEAKS.with(|leaks| leaks.assert_none("the refusal", error.to_string().as_bytes()));
    }
}

fn check_accepted(airlock: &Airlock, document: &Value) {
    let hash = airlock.policy_hash();
    assert!(hash.len() == 64 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')), "{hash}");
    // Written again, with its members in another order and other white space, it is the same policy.
    let again = Airlock::open(&format!("{document:#}"), &keys()).expect("an accepted policy is accepted again");
    assert_eq!(again.policy_hash(), hash, "the hash is that of the meaning");
    assert_eq!(sentences(&again), sentences(airlock), "the sentences are those of the meaning");

    SAMPLE.with_borrow(|sample| {
        let mut worker = airlock.worker();
        let answer = Answer::of(sample, worker.process(sample, Encoding::Protobuf, &Admission::none()));
        match Answer::of(sample, again.worker().process(sample, Encoding::Protobuf, &Admission::none())) {
            Ok(again) => assert_eq!(answer.as_ref().map(|it| &it.batch), Ok(&again.batch), "the order has no meaning"),
            Err(error) => assert_eq!(answer.as_ref(), Err(&error), "the order has no meaning"),
        }
        match answer {
            Ok(answer) => {
                serde_json::from_str::<Value>(&answer.report).expect("a report is JSON, whatever the policy's names");
                let input = message::decode(sample).expect("the sample is a batch");
                check_output(&mut worker, &input, &answer);
            }
            Err(error) => check_refusal(&error, sample),
        }
    });
}

/// What the policy says of itself; the order of the sentences is that of the document.
fn sentences(airlock: &Airlock) -> BTreeSet<&String> {
    airlock.explain().iter().collect()
}

/// Markers in place of allowed values, of fixed texts that are looked for, and of what stands under the headers and identities that tell a tenant; whether
/// there were any.
fn plant_private(document: &mut Value) -> bool {
    let mut planted = false;
    let count = document.pointer("/tenant/sources").and_then(Value::as_array).map_or(0, Vec::len);
    let of_sources = |source| ["header", "identity"].map(|member| format!("/tenant/sources/{source}/{member}"));
    let own = document.pointer("/detect/custom").and_then(Value::as_array).map_or(0, Vec::len);
    let of_own = (0..own).map(|at| format!("/detect/custom/{at}/literal"));
    for place in (0..count).flat_map(of_sources).chain(["/detect/allow".to_owned()]).chain(of_own) {
        if let Some(value) = document.pointer_mut(&place) {
            plant(value);
            planted = true;
        }
    }
    planted
}

/// A marker in place of every text, at any depth.
fn plant(value: &mut Value) {
    match value {
        Value::String(text) => *text = marker(9),
        Value::Array(items) => items.iter_mut().for_each(plant),
        Value::Object(members) => {
            let planted = std::mem::take(members).into_iter().enumerate().map(|(at, (_, mut value))| {
                plant(&mut value);
                (format!("{}{at}", marker(9)), value)
            });
            *members = planted.collect();
        }
        Value::Bool(_) | Value::Null | Value::Number(_) => {}
    }
}

/// A batch with something for every section of a policy.
fn sample() -> Vec<u8> {
    let arguments = r#"{"command":["cat","a.env"],"env":{"password":"hunter2-EXAMPLE"},"n":[1,{"a":"b"}]}"#;
    let tool = "Exit code: 2\nWall time: 0.1 seconds\nOutput:\nalice.smith@example.com AKIAIOSFODNN7EXAMPLE";
    build::batch()
        .resource(|it| {
            it.attribute("service.name", "codex_exec").attribute("env", "dev").attribute("host.name", "build-7")
        })
        .scope(|it| it.name("codex_otel").attribute("prompt", "open the door"))
        .record(|it| {
            let it = it.event("codex.user_prompt").attribute("prompt", "mail alice.smith@example.com, please");
            it.attribute("prompt_length", "36").attribute("event.timestamp", "2026-11-23T13:43:56.123Z")
        })
        .record(|it| {
            let it = it.event("codex.tool_result").attribute("tool_name", "shell").attribute("success", "true");
            it.attribute("arguments", arguments).attribute("output", tool).attribute("duration_ms", "12")
        })
        .record(|it| it.event("codex.new_event").attribute("mood", "two words").attribute("count", 7).body("a body"))
        .record(|it| {
            let inner =
                build::map([("command", "AKIAIOSFODNN7EXAMPLE".into()), ("card", "4111 1111 1111 1111".into())]);
            it.attribute("arguments", inner).attribute("response", "abcdefghijklmnopqrstuvwxyz").attribute("x", "word")
        })
        .bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_let_out_by_the_default() {
        let sample = sample();
        let answer = Answer::of(
            &sample,
            Airlock::open("{}", &keys()).unwrap().worker().process(&sample, Encoding::Protobuf, &Admission::none()),
        );
        assert_eq!(answer.unwrap().records, (4, 4));
    }

    #[test]
    fn every_text_is_planted() {
        let mut value = serde_json::json!(["a", {"b": ["c"]}, 1]);
        plant(&mut value);
        let key = format!("{}0", marker(9));
        assert_eq!(value, serde_json::json!([marker(9), {key: [marker(9)]}, 1]));
        policy(br#"{"detect":{"allow":{"a":1}}}"#);
        policy(br#"{"tenant":{"sources":[{"header":{"name":"x-key","sha256":{"a":"b"}}}]}}"#);
        policy(b"{}");
    }
}
