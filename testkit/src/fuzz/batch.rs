//! Any bytes as a batch, under a few policies.
//!
//! Must not know how the core works: it holds answers against each other, and against what prost reads. What a policy
//! masks is not looked for in the output; it is changed in the input, and the output must not change with it. That is
//! stronger (I1): no length, no hash, no order of it may shine through either.

use std::cell::RefCell;

use airlock::{Admission, Airlock, BatchError, Encoding, Outcome, Verdict, Worker};

use super::keys;
use crate::leak::marker;
use crate::message::{self, AnyValue, Batch, KeyValue, text};

/// The policies that every batch is tried under: the default, one that looks inside, one that keeps what it can, and one
/// with a tenant.
pub const POLICIES: [&str; 4] = [
    "{}",
    r#"{"unknown": {"events": "scan", "attributes": "scan"},
        "normalise": {"semconv": "rename"},
        "redact": {
            "attributes": {
                "arguments": "scan", "arguments#/command": "mask", "arguments#/env/0": "length",
                "output": ["scan", {"truncate": 40}],
                "response": {"partial": {"first": 2, "last": 2}},
                "user.email": {"mask": "(who)"}, "call_id": "hmac", "tool_name": {"hmac": {"length": 32}}
            },
            "events": {"codex.tool_result": {"output": "length"}}
        },
        "records": [{"event": "codex.websocket_event", "without": ["error.message"], "action": "drop"},
                    {"event": "codex.sse_event", "action": {"sample": {"keep": 1, "of": 2}}}],
        "detect": {"actions": {"payment-card": "hmac", "email": {"partial": {"first": 1, "last": 4}}, "jwt": {"mask": "(jwt)"}}}}"#,
    r#"{"unknown": {"events": "drop", "attributes": "keep", "fields": "refuse"},
        "normalise": {"event-name": false, "time": false, "types": false, "tools": false, "semconv": "none"},
        "redact": {"attributes": {"content": "drop", "output": "keep", "error.message": "word"},
                   "resource": {"host.name": "keep-unscanned"}}}"#,
    r#"{"tenant": {"default": "shared", "reserved": ["team", "billing.*"]},
        "normalise": {"semconv": "rename"},
        "redact": {"attributes": {"arguments": "keep", "output": ["scan", {"truncate": 40}]}}}"#,
];

/// What all of them mask or drop, wherever it stands; and the body.
const HIDDEN: [&str; 3] = ["content", "prompt", "rationale"];

/// A policy and a worker that lives from one input to the next.
struct Door {
    airlock: Airlock,
    worker: Worker,
}

thread_local! {
    static DOORS: RefCell<Vec<Door>> = RefCell::new(POLICIES.iter().map(|policy| Door::open(policy)).collect());
}

/// An answer, on its own.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) verdict: Verdict,
    pub(super) batch: Vec<u8>,
    pub(super) records: (u32, u32),
    pub(super) report: String,
}

/// Whatever the bytes, under each of [`POLICIES`].
///
/// # Panics
///
/// Where an invariant does not hold.
pub fn protobuf(data: &[u8]) {
    DOORS.with_borrow_mut(|doors| doors.iter_mut().for_each(|door| door.check(data)));
}

/// What must hold of a batch that was let out: a receiver can read it, the counts are right, and a second pass finds
/// nothing to do.
///
/// # Panics
///
/// Where it does not.
pub(super) fn check_output(worker: &mut Worker, input: &Batch, answer: &Answer) {
    let output = message::decode(&answer.batch).expect("what is let out is a batch");
    let count = |batch| message::records(batch).count() as u32;
    assert_eq!((count(input), count(&output)), answer.records, "the records are counted right");
    let again = Answer::of(&answer.batch, worker.process(&answer.batch, Encoding::Protobuf, &Admission::none()));
    let again = again.expect("what was let out is let out again");
    assert_eq!(again.batch, answer.batch, "a second pass changes nothing");
}

/// A refusal says where and why in words that were fixed before the batch came, so it cannot quote it.
pub(super) fn check_refusal(error: &BatchError, data: &[u8]) {
    let (kind, offset, reason): (_, usize, &'static str) = (error.kind(), error.offset(), error.reason());
    assert!(offset <= data.len(), "{offset} is outside a batch of {}", data.len());
    assert_eq!(error.to_string(), format!("{} at byte {offset}: {reason}", kind.name()));
}

impl Answer {
    pub(super) fn of(input: &[u8], outcome: Result<Outcome<'_>, BatchError>) -> Result<Self, BatchError> {
        let outcome = outcome?;
        let Outcome { verdict, batch, report } = outcome;
        match verdict {
            Verdict::Dropped => assert!(batch.is_empty(), "nothing is left of a dropped batch"),
            Verdict::Rewritten => {}
            Verdict::Unchanged => assert!(std::ptr::eq(batch, input), "an unchanged batch is the input itself"),
        }
        let records = (report.records_in(), report.records_out());
        Ok(Self { verdict, batch: batch.to_vec(), records, report: report.to_json() })
    }
}

impl Door {
    fn open(policy: &str) -> Self {
        let airlock = Airlock::open(policy, &keys()).expect("the policy is right");
        let worker = airlock.worker();
        Self { airlock, worker }
    }

    fn process(&mut self, batch: &[u8]) -> Result<Answer, BatchError> {
        Answer::of(batch, self.worker.process(batch, Encoding::Protobuf, &Admission::none()))
    }

    fn check(&mut self, data: &[u8]) {
        let answer = self.process(data);
        let fresh = Answer::of(data, self.airlock.worker().process(data, Encoding::Protobuf, &Admission::none()));
        assert_eq!(answer, fresh, "a worker that served others answers like a new one");
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => return check_refusal(&error, data),
        };
        let mut batch = message::decode(data).expect("what is accepted is a batch");
        check_output(&mut self.worker, &batch, &answer);

        let normalised = Answer::of(data, self.worker.normalise(data, Encoding::Protobuf));
        let normalised = normalised.expect("what is processed is normalised").batch;
        let none = Admission::none();
        let stamped = Answer::of(&normalised, self.worker.inject_tenant(&normalised, Encoding::Protobuf, &none));
        let stamped = stamped.expect("what is processed gets its tenant").batch;
        let redacted = Answer::of(&stamped, self.worker.redact(&stamped, Encoding::Protobuf, &none));
        let redacted = redacted.expect("what is processed is redacted").batch;
        assert_eq!(redacted, answer.batch, "the stages one after the other do what the one pass does");

        // However the fields were written, the answer means the same.
        let plain = self.process(&message::encode(&batch)).expect("the plain form of an accepted batch is accepted");
        let read = |answer: &Answer| message::decode(&answer.batch).expect("what is let out is a batch");
        assert!(message::same(&read(&answer), &read(&plain)), "the encoding does not change the answer");

        if plant(&mut batch) {
            let planted =
                self.process(&message::encode(&batch)).expect("other content does not change what is accepted");
            assert_eq!(planted.batch, plain.batch, "what is masked does not show");
        }
    }
}

/// Puts a marker in place of everything that is masked; `false` if there is nothing.
pub(super) fn plant(batch: &mut Batch) -> bool {
    let mut planted = false;
    for resource in &mut batch.resource_logs {
        plant_attributes(resource.resource.iter_mut().flat_map(|resource| &mut resource.attributes), &mut planted);
        for scope in &mut resource.scope_logs {
            plant_attributes(scope.scope.iter_mut().flat_map(|scope| &mut scope.attributes), &mut planted);
            for record in &mut scope.log_records {
                plant_attributes(record.attributes.iter_mut(), &mut planted);
                record.body.iter_mut().for_each(|body| plant_value(body, &mut planted));
            }
        }
    }
    planted
}

fn plant_attributes<'a>(attributes: impl Iterator<Item = &'a mut KeyValue>, planted: &mut bool) {
    for attribute in attributes.filter(|attribute| HIDDEN.contains(&attribute.key.as_str())) {
        attribute.value.iter_mut().for_each(|value| plant_value(value, planted));
    }
}

fn plant_value(value: &mut AnyValue, planted: &mut bool) {
    // Where there is no value there is nothing to mask.
    if value.value.is_some() {
        *value = text(marker(7));
        *planted = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build;

    #[test]
    fn everything_hidden_is_planted() {
        let bytes = build::batch()
            .resource(|it| it.attribute("prompt", "a"))
            .scope(|it| it.attribute("content", "b"))
            .record(|it| it.attribute("rationale", "c").attribute("model", "d").body("e"))
            .bytes();
        let mut batch = message::decode(&bytes).unwrap();
        assert!(plant(&mut batch));
        let planted = message::encode(&batch);
        let count = planted.windows(20).filter(|window| *window == marker(7).as_bytes()).count();
        assert_eq!(count, 4);
        protobuf(&bytes);
        protobuf(&planted);
    }

    /// Scenario: a worker that lets a prompt through.
    /// Guarantees: the oracle would see it, so that its silence means something.
    #[test]
    #[should_panic(expected = "what is masked does not show")]
    fn a_leak_is_seen() {
        let bytes = build::batch().record(|it| it.attribute("prompt", "hello there")).bytes();
        Door::open(r#"{"redact": {"attributes": {"prompt": "keep"}}}"#).check(&bytes);
    }
}
