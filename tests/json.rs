//! Properties of the JSON door: for every batch, policy and spelling, generated and not chosen.
//!
//! Must not know how the core reads JSON: the oracle reads it a second time, and the same telemetry in protobuf says what
//! must come. Holds I1 (no leak), I2 (no silent pass), I3 (untouched means untouched), I4 between the encodings, I6, I7
//! and I8.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails loudly"
)]

use airlock::{Admission, Airlock, BatchError, Encoding, Keys, Verdict, Worker};
use serde_json::{Value, json};
use testkit::fuzz;
use testkit::generate::dice::Dice;
use testkit::generate::policies::{keep_everything, keys, policy, policy_that_may_refuse, stricter_policy};
use testkit::generate::{batch, batch_with_markers};
use testkit::json::{self, Spelling, write};
use testkit::leak::{Leaks, marker};
use testkit::message::{self, Batch};
use testkit::oracle::{Oracle, Stage};
use testkit::property::{config, open};
use testkit::proptest::prelude::*;
use testkit::show::{diff, show};

const STAGES: [Stage; 4] = [Stage::Process, Stage::Redact, Stage::Normalise, Stage::InjectTenant];

const SPELLINGS: [Spelling; 4] = [Spelling::CODEX, Spelling::COMPACT, Spelling::KNOWN, Spelling::ALL];

type Ran = Result<(Verdict, Vec<u8>, String), BatchError>;

fn run(worker: &mut Worker, stage: Stage, encoding: Encoding, batch: &[u8]) -> Ran {
    let outcome = match stage {
        Stage::InjectTenant => worker.inject_tenant(batch, encoding, &Admission::none()),
        Stage::Normalise => worker.normalise(batch, encoding),
        Stage::Process => worker.process(batch, encoding, &Admission::none()),
        Stage::Redact => worker.redact(batch, encoding, &Admission::none()),
    };
    let outcome = outcome?;
    Ok((outcome.verdict, outcome.batch.to_vec(), outcome.report.to_json()))
}

/// Runs JSON that has to be read.
fn run_json(airlock: &Airlock, stage: Stage, text: &str) -> Result<(Verdict, String, String), TestCaseError> {
    let ran = run(&mut airlock.worker(), stage, Encoding::Json, text.as_bytes());
    let (verdict, out, report) = ran.map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
    let out = String::from_utf8(out).map_err(|_| TestCaseError::fail("what comes out is no text"))?;
    Ok((verdict, out, report))
}

fn read(text: &str) -> Result<Batch, TestCaseError> {
    let read = json::read(text.as_bytes()).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
    Ok(read.batch)
}

fn spelling() -> impl Strategy<Value = Spelling> {
    prop::sample::select(SPELLINGS.as_slice())
}

fn stage() -> impl Strategy<Value = Stage> {
    prop::sample::select(STAGES.as_slice())
}

proptest! {
    #![proptest_config(config(64))]

    /// Scenario: any batches under any policy, in any spelling, each stage.
    /// Guarantees: what comes out reads as the oracle says; what says what it said is written as it was (I3).
    #[test]
    fn the_oracle_agrees(
        policy in policy_that_may_refuse(),
        batches in prop::collection::vec((batch(), any::<u64>(), spelling()), 1..6),
        stage in stage(),
    ) {
        let airlock = open(&policy)?;
        let oracle = Oracle::open(&policy.to_string()).map_err(TestCaseError::fail)?.with_keys(&keys(&policy));
        for (batch, seed, spelling) in batches {
            let text = write(&batch, spelling, seed);
            let compared = fuzz::compare(&oracle, &mut airlock.worker(), stage, text.as_bytes());
            compared.map_err(|wrong| TestCaseError::fail(format!("{policy}\n{stage:?}\n{wrong}\n{text}")))?;
        }
    }

    /// Scenario: one batch in both encodings.
    /// Guarantees: I4: the same telemetry comes out, under the same verdict and the same report; or it is refused for
    /// the same reason.
    #[test]
    fn both_encodings_come_to_the_same(
        policy in prop_oneof![2 => policy_that_may_refuse(), 1 => Just(json!({}))],
        batches in prop::collection::vec((batch(), any::<u64>()), 1..4),
        stage in stage(),
    ) {
        let airlock = open(&policy)?;
        let mut worker = airlock.worker();
        for (batch, seed) in batches {
            let protobuf = run(&mut worker, stage, Encoding::Protobuf, &message::encode(&batch));
            for spelling in [Spelling::CODEX, Spelling::KNOWN] {
                let text = write(&batch, spelling, seed);
                match (&protobuf, run(&mut worker, stage, Encoding::Json, text.as_bytes())) {
                    (Ok((verdict, out, report)), Ok((in_json, text, report_in_json))) => {
                        prop_assert_eq!(*verdict, in_json);
                        prop_assert_eq!(report, &report_in_json);
                        if *verdict != Verdict::Dropped {
                            let expected = message::decode(out).map_err(TestCaseError::fail)?;
                            let got = read(&String::from_utf8_lossy(&text))?;
                            let difference = || diff(&show(&expected), &show(&got));
                            prop_assert!(message::same(&expected, &got), "{policy}\n- protobuf, + JSON\n{}", difference());
                        }
                    }
                    (Err(error), Err(in_json)) => {
                        prop_assert_eq!((error.kind(), error.reason()), (in_json.kind(), in_json.reason()));
                    }
                    (protobuf, in_json) => {
                        return Err(TestCaseError::fail(format!("{policy}\n{protobuf:?}\n{in_json:?}\n{text}")));
                    }
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(config(64))]

    /// Scenario: the default policy, and one under which only detectors act, on any batch.
    /// Guarantees: the oracle agrees, as above.
    #[test]
    fn the_oracle_agrees_on_the_usual_policies(
        batch in batch(), seed: u64, spelling in spelling(), keep: bool, stage in stage(),
    ) {
        let policy = if keep { keep_everything() } else { json!({}) };
        let oracle = Oracle::open(&policy.to_string()).map_err(TestCaseError::fail)?.with_keys(&keys(&policy));
        let text = write(&batch, spelling, seed);
        let compared = fuzz::compare(&oracle, &mut open(&policy)?.worker(), stage, text.as_bytes());
        compared.map_err(|wrong| TestCaseError::fail(format!("{policy}\n{stage:?}\n{wrong}\n{text}")))?;
    }

    /// Scenario: markers in every place that is masked by default, in any escaping, under the default policy and
    /// stricter ones.
    /// Guarantees: eight bytes in a row of none of them are in the output or the report (I1).
    #[test]
    fn nothing_leaks(
        (batch, markers) in batch_with_markers(),
        stricter in prop_oneof![3 => Just(json!({})), 1 => stricter_policy()],
        seed: u64,
        spelling in spelling(),
    ) {
        let text = write(&batch, spelling, seed);
        let leaks = Leaks::of(&markers);
        for stage in [Stage::Process, Stage::Redact] {
            let (_, out, report) = run_json(&open(&stricter)?, stage, &text)?;
            let leak = leaks.find(out.as_bytes()).or(leaks.find(report.as_bytes()));
            prop_assert!(leak.is_none(), "{}\n{stricter}\n{out}", leak.expect("there is one"));
        }
    }

    /// Scenario: an output through the same policy again, for any policy.
    /// Guarantees: it stays as it is, byte for byte (I7).
    #[test]
    fn twice_is_the_same(
        policy in prop_oneof![2 => policy(), 1 => Just(json!({}))],
        batches in prop::collection::vec((batch(), any::<u64>(), spelling()), 1..4),
        stage in stage(),
    ) {
        let airlock = open(&policy)?;
        for (batch, seed, spelling) in batches {
            let text = write(&batch, spelling, seed);
            let (verdict, first, _) = run_json(&airlock, stage, &text)?;
            if verdict == Verdict::Dropped {
                continue;
            }
            let (verdict, second, _) = run_json(&airlock, stage, &first)?;
            prop_assert!(first == second, "{policy}\n{stage:?} of\n{text}\nchanges\n{}", diff(&first, &second));
            prop_assert_eq!(verdict, Verdict::Unchanged);
        }
    }

    /// Scenario: the stages one after the other, and both at once.
    /// Guarantees: the same telemetry; and the same bytes, where nothing had to be removed.
    #[test]
    fn stages_compose(
        policy in prop_oneof![1 => policy(), 1 => Just(json!({}))], batch in batch(), seed: u64, spelling in spelling(),
    ) {
        let airlock = open(&policy)?;
        let text = write(&batch, spelling, seed);
        let (verdict, both, _) = run_json(&airlock, Stage::Process, &text)?;
        if verdict == Verdict::Dropped {
            return Ok(());
        }
        let (_, normalised, _) = run_json(&airlock, Stage::Normalise, &text)?;
        let (_, redacted, _) = run_json(&airlock, Stage::Redact, &normalised)?;
        let same = both == redacted || spelling.unknown && message::same(&read(&both)?, &read(&redacted)?);
        prop_assert!(same, "{policy}\n- at once, + one after the other\n{}\n{text}", diff(&both, &redacted));
    }

    /// Scenario: a few bytes of a batch removed, doubled, exchanged, or replaced by some that mean something in JSON.
    /// Guarantees: an answer (I8), and it is the oracle's: nothing passes that another could read otherwise (I2).
    #[test]
    fn damage_is_seen(batch in batch(), seed: u64, spelling in spelling(), keep: bool) {
        let policy = if keep { keep_everything() } else { json!({}) };
        let (airlock, oracle) = (open(&policy)?, Oracle::open(&policy.to_string()).map_err(TestCaseError::fail)?.with_keys(&keys(&policy)));
        let (mut dice, text) = (Dice::new(seed), write(&batch, spelling, seed));
        for _ in 0..12 {
            let spoilt = damaged(text.as_bytes(), &mut dice);
            let compared = fuzz::compare(&oracle, &mut airlock.worker(), Stage::Process, &spoilt);
            let shown = String::from_utf8_lossy(&spoilt);
            compared.map_err(|wrong| TestCaseError::fail(format!("{wrong}\n{shown}")))?;
        }
    }

    /// Scenario: batches in both encodings, whole and spoilt, through one worker.
    /// Guarantees: each is answered as by a fresh worker, errors and reports included (I6).
    #[test]
    fn batches_do_not_touch_each_other(
        policy in prop_oneof![1 => policy(), 2 => Just(json!({}))],
        batches in prop::collection::vec((batch(), any::<u64>(), spelling(), 0..3_u8), 2..6),
    ) {
        let airlock = open(&policy)?;
        let mut worker = airlock.worker();
        for (batch, seed, spelling, sort) in batches {
            let text = write(&batch, spelling, seed).into_bytes();
            let (encoding, bytes) = match sort {
                0 => (Encoding::Protobuf, message::encode(&batch)),
                1 => (Encoding::Json, text),
                _ => (Encoding::Json, damaged(&text, &mut Dice::new(seed))),
            };
            for stage in STAGES {
                let fresh = run(&mut airlock.worker(), stage, encoding, &bytes);
                prop_assert_eq!(run(&mut worker, stage, encoding, &bytes), fresh);
            }
        }
    }
}

fn damaged(text: &[u8], dice: &mut Dice) -> Vec<u8> {
    const PARTS: [&[u8]; 22] = [
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b"\"",
        b"\\",
        b"null",
        b"0",
        b"-1",
        b".5",
        b"1e9",
        b"_",
        b"\\u0061",
        b"\\ud800",
        b"\x00",
        b"\xff",
        b" ",
        b"\"key\":\"a\",",
        b"\"value\":{},",
        b"{\"stringValue\":\"a\"},",
    ];
    let mut text = text.to_vec();
    for _ in 0..1 + dice.below(2) {
        let at = dice.below(text.len() + 1);
        let end = (at + dice.below(4)).min(text.len());
        match dice.below(4) {
            0 => drop(text.drain(at..end)),
            1 => drop(text.splice(at..end, dice.pick(&PARTS).iter().copied())),
            2 => drop(text.splice(at..at, dice.pick(&PARTS).iter().copied())),
            // A part of the batch, once more in another place.
            _ => {
                let from = dice.below(text.len() + 1);
                let part = text[from..(from + dice.below(60)).min(text.len())].to_vec();
                drop(text.splice(at..at, part));
            }
        }
    }
    text
}

/// Scenario: a small batch in several spellings, cut off at every byte.
/// Guarantees: refused wherever more than white space is missing, and the refusal quotes nothing (I1, I2, I8).
#[test]
fn a_batch_that_is_cut_off_is_refused() {
    let (prompt, body) = (marker(21), marker(22));
    let bytes = testkit::build::batch()
        .resource(|it| it.attribute("service.name", "codex_exec"))
        .record(|it| {
            let arguments = format!("{{\"command\":[\"{prompt}\"]}}");
            it.event("codex.tool_result").attribute("arguments", &arguments).attribute("duration_ms", "5").body(&body)
        })
        .bytes();
    let batch = message::decode(&bytes).expect("the builder writes a batch");
    let leaks = Leaks::of([&prompt, &body]);
    let mut worker = Airlock::open("{}", &Keys::new()).expect("the default is right").worker();
    for (spelling, seed) in SPELLINGS.iter().flat_map(|spelling| (0..4).map(move |seed| (*spelling, seed))) {
        let text = write(&batch, spelling, seed);
        for end in 0..text.len() {
            let cut = &text.as_bytes()[..end];
            for stage in STAGES {
                match run(&mut worker, stage, Encoding::Json, cut) {
                    Err(error) => leaks.assert_none("the refusal", format!("{error} {error:?}").as_bytes()),
                    Ok(_) => assert_eq!(text[..end].trim_end(), text.trim_end(), "{end} bytes pass"),
                }
            }
        }
        let (_, out, report) = run(&mut worker, Stage::Process, Encoding::Json, text.as_bytes()).expect("it is whole");
        leaks.assert_none("the output", &out);
        leaks.assert_none("the report", report.as_bytes());
    }
}

/// Scenario: every member name of a document that holds all of OTLP, in camelCase and in snake_case at once.
/// Guarantees: refused: which of the two counts, receivers do not agree on.
#[test]
fn no_name_may_come_twice() {
    let value: Value = json!({"resourceLogs": [{
        "resource": {"attributes": [{"key": "a", "value": {"intValue": "1"}}], "droppedAttributesCount": 0,
            "entityRefs": [{"schemaUrl": "", "type": "", "idKeys": [], "descriptionKeys": []}]},
        "scopeLogs": [{
            "scope": {"name": "", "version": "", "attributes": [], "droppedAttributesCount": 0},
            "logRecords": [{"timeUnixNano": "0", "observedTimeUnixNano": "0", "severityNumber": 0, "severityText": "",
                "body": {"arrayValue": {"values": [{"kvlistValue": {"values": []}}]}}, "attributes": [],
                "droppedAttributesCount": 0, "flags": 0, "traceId": "", "spanId": "", "eventName": ""}],
            "schemaUrl": ""}],
        "schemaUrl": ""}]});
    let text = value.to_string();
    let mut worker = Airlock::open("{}", &Keys::new()).expect("the default is right").worker();
    worker.process(text.as_bytes(), Encoding::Json, &Admission::none()).expect("each name comes once");
    let mut places = 0;
    // Before each name, the same name again: as it is, in snake_case, and with an escape.
    for (at, _) in text.match_indices('"') {
        let Some((name, _)) = text[at + 1..].split_once('"') else { continue };
        let is_name = text[at + 1 + name.len() + 1..].starts_with(':');
        let (first, rest) = name.split_at(name.len().min(1));
        if !is_name || first.is_empty() {
            continue;
        }
        let escaped = format!("\\u{:04x}{rest}", u32::from(first.as_bytes()[0]));
        for again in [name, &json::names::snake(name), &escaped] {
            for value in ["null", "0", "\"\"", "[]", "{}"] {
                let twice = format!("{}\"{again}\":{value},{}", &text[..at], &text[at..]);
                assert!(worker.process(twice.as_bytes(), Encoding::Json, &Admission::none()).is_err(), "{twice}");
                places += 1;
            }
        }
    }
    assert_eq!(places, 36 * 15);
}
