//! Any bytes as a batch in OTLP/JSON, under a few policies, against the oracle.
//!
//! Must not know how the core reads JSON: the oracle reads it by its own lights. What the core lets out, the oracle must
//! read too, and as the same; what the oracle has no doubt about, the core may refuse for a limit or by its policy only.

use std::cell::RefCell;

use airlock::{Admission, Airlock, BatchErrorKind, Encoding, Verdict, Worker};

use super::batch::{Answer, POLICIES, check_refusal, plant};
use super::keys;
use crate::json::{self, Spelling, write};
use crate::message;
use crate::oracle::{Answer as Slow, Oracle, Stage};
use crate::show::{diff, show};

/// A policy, opened by the core and by the oracle, and a worker that lives from one input to the next.
struct Door {
    airlock: Airlock,
    oracle: Oracle,
    worker: Worker,
}

thread_local! {
    static DOORS: RefCell<Vec<Door>> = RefCell::new(POLICIES.iter().map(|policy| Door::open(policy)).collect());
}

/// Whatever the bytes, under each of [`POLICIES`].
///
/// # Panics
///
/// Where an invariant does not hold.
pub fn json(data: &[u8]) {
    DOORS.with_borrow_mut(|doors| doors.iter_mut().for_each(|door| door.check(data)));
}

/// Holds what one stage of the core makes of some JSON against what the oracle makes of it.
///
/// # Errors
///
/// How they differ.
pub fn compare(oracle: &Oracle, worker: &mut Worker, stage: Stage, data: &[u8]) -> Result<(), String> {
    let fast = match stage {
        Stage::InjectTenant => worker.inject_tenant(data, Encoding::Json, &Admission::none()),
        Stage::Normalise => worker.normalise(data, Encoding::Json),
        Stage::Process => worker.process(data, Encoding::Json, &Admission::none()),
        Stage::Redact => worker.redact(data, Encoding::Json, &Admission::none()),
    };
    let fast = fast.map(|outcome| (outcome.verdict, outcome.batch.to_vec()));
    let (slow, read) = match (oracle.run_json(stage, data), &fast) {
        (Err(_), Err(_)) => return Ok(()),
        (Err(why), Ok(_)) => return Err(format!("the oracle refuses it: {why}")),
        (Ok(slow), _) => slow,
    };
    let (verdict, out) = match fast {
        Ok(fast) => fast,
        Err(_) if slow == Slow::Refused || !read.doubts.is_empty() => return Ok(()),
        Err(error) if error.kind() == BatchErrorKind::LimitExceeded => return Ok(()),
        Err(error) => return Err(format!("the oracle has no doubt, the core refuses it: {error}")),
    };
    let expected = match slow {
        Slow::Refused => return Err("the oracle says that the policy refuses it".into()),
        Slow::Dropped if verdict == Verdict::Dropped && out.is_empty() => return Ok(()),
        Slow::Forwarded(expected) if verdict != Verdict::Dropped => expected,
        slow => return Err(format!("the oracle says {slow:?}, the core {verdict:?}")),
    };
    let after = json::read(&out).map_err(|why| format!("the oracle refuses what comes out: {why}"))?;
    if !message::same(&expected, &after.batch) {
        return Err(format!("- oracle, + core\n{}", diff(&show(&expected), &show(&after.batch))));
    }
    let redacts = matches!(stage, Stage::Process | Stage::Redact);
    let removes = redacts && read.unknown > 0;
    if redacts && after.unknown > 0 {
        return Err("members that OTLP does not know come out".into());
    }
    if message::same(&expected, &read.batch) && !removes && (verdict != Verdict::Unchanged || out != data) {
        return Err("nothing applies, yet it changes".into());
    }
    let name = oracle.tenant_attribute();
    json::check_but(&String::from_utf8_lossy(data), &String::from_utf8_lossy(&out), name)
}

impl Door {
    fn open(policy: &str) -> Self {
        let airlock = Airlock::open(policy, &keys()).expect("the policy is right");
        let oracle = Oracle::open(policy).expect("the policy is right").with_keys(&keys());
        let worker = airlock.worker();
        Self { airlock, oracle, worker }
    }

    fn process(&mut self, batch: &[u8]) -> Result<Answer, airlock::BatchError> {
        Answer::of(batch, self.worker.process(batch, Encoding::Json, &Admission::none()))
    }

    fn check(&mut self, data: &[u8]) {
        let answer = self.process(data);
        let fresh = Answer::of(data, self.airlock.worker().process(data, Encoding::Json, &Admission::none()));
        assert_eq!(answer, fresh, "a worker that served others answers like a new one");
        if let Err(wrong) = compare(&self.oracle, &mut self.worker, Stage::Process, data) {
            panic!("{wrong}");
        }
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => return check_refusal(&error, data),
        };
        if answer.verdict == Verdict::Dropped {
            return;
        }
        let again = self.process(&answer.batch).expect("what was let out is let out again");
        assert_eq!(again.batch, answer.batch, "a second pass changes nothing");

        let normalised = Answer::of(data, self.worker.normalise(data, Encoding::Json));
        let normalised = normalised.expect("what is processed is normalised").batch;
        let none = Admission::none();
        let stamped = Answer::of(&normalised, self.worker.inject_tenant(&normalised, Encoding::Json, &none));
        let stamped = stamped.expect("what is processed gets its tenant").batch;
        let redacted = Answer::of(&stamped, self.worker.redact(&stamped, Encoding::Json, &none));
        let redacted = redacted.expect("what is processed is redacted").batch;
        let meaning = |bytes: &[u8]| json::read(bytes).expect("what is let out is a batch").batch;
        assert!(message::same(&meaning(&redacted), &meaning(&answer.batch)), "the stages do what the one pass does");

        // However it was spelt, the answer means the same; and the same as in protobuf.
        let mut batch = json::read(data).expect("what is accepted is a batch").batch;
        let written = write(&batch, Spelling::CODEX, 0).into_bytes();
        let plain = self.process(&written).expect("the plain form of an accepted batch is accepted");
        assert!(
            message::same(&meaning(&answer.batch), &meaning(&plain.batch)),
            "the spelling does not change the answer"
        );
        let encoded = message::encode(&batch);
        let protobuf = Answer::of(&encoded, self.worker.process(&encoded, Encoding::Protobuf, &Admission::none()));
        let protobuf = protobuf.expect("what is accepted in JSON is accepted in protobuf");
        let decoded = message::decode(&protobuf.batch).expect("what is let out is a batch");
        assert!(message::same(&decoded, &meaning(&plain.batch)), "the encoding does not change the answer");
        assert_eq!((protobuf.records, protobuf.report), (plain.records, plain.report), "nor what is reported");

        if plant(&mut batch) {
            let planted = write(&batch, Spelling::CODEX, 0).into_bytes();
            let planted = self.process(&planted).expect("other content does not change what is accepted");
            assert_eq!(planted.batch, plain.batch, "what is masked does not show");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prompt(policy: &str) {
        let data = br#"{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"attributes":[
            {"value":{"string_value":"hello there"},"\u006bey":"prompt"}]}]}]}]}"#;
        Door::open(policy).check(data);
    }

    #[test]
    fn a_batch_holds() {
        prompt("{}");
        json(b"{}");
        json(b"no JSON");
    }

    /// Scenario: a worker that lets a prompt through.
    /// Guarantees: the oracle would see it, so that its silence means something.
    #[test]
    #[should_panic(expected = "what is masked does not show")]
    fn a_leak_is_seen() {
        prompt(r#"{"redact": {"attributes": {"prompt": "keep"}}}"#);
    }
}
