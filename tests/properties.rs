//! Properties that hold for every batch, policy and encoding: generated, not chosen.
//!
//! Must not know how the core works: the oracle says what must come, the leak oracle what must not. Holds I1 (no leak),
//! I2 (no silent pass), I3 (untouched means untouched), I6 (nothing of one batch in another), I7 (idempotent) and I8.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails loudly"
)]

use airlock::{Admission, Airlock, Encoding, Report, Verdict, Worker};
use serde_json::{Value, json};
use testkit::generate::hostile::{self, Hostility};
use testkit::generate::invalid::invalid;
use testkit::generate::policies::{
    keep_everything, keys, policy, policy_that_may_refuse, policy_with_tenants, stricter_policy,
};
use testkit::generate::tenants::batch_with_tenants;
use testkit::generate::{batch, batch_with_markers, record};
use testkit::json::Spelling;
use testkit::leak::Leaks;
use testkit::message::{self, Batch, LogRecord, ResourceLogs, ScopeLogs};
use testkit::oracle::{Answer, Oracle, Stage};
use testkit::property::{config, open, open_with};
use testkit::proptest::prelude::*;
use testkit::proptest::test_runner::TestCaseResult;
use testkit::show::{diff, show, show_bytes};
use testkit::tree;
use testkit::wire;

const STAGES: [Stage; 4] = [Stage::Process, Stage::Redact, Stage::Normalise, Stage::InjectTenant];

type Ran = Result<(Verdict, Vec<u8>, String), String>;

fn run(worker: &mut Worker, stage: Stage, batch: &[u8]) -> Ran {
    run_of(worker, stage, batch, &Admission::none())
}

fn run_of(worker: &mut Worker, stage: Stage, batch: &[u8], admission: &Admission) -> Ran {
    let outcome = match stage {
        Stage::InjectTenant => worker.inject_tenant(batch, Encoding::Protobuf, admission),
        Stage::Normalise => worker.normalise(batch, Encoding::Protobuf),
        Stage::Process => worker.process(batch, Encoding::Protobuf, admission),
        Stage::Redact => worker.redact(batch, Encoding::Protobuf, admission),
    };
    let outcome = outcome.map_err(|error| format!("{error}\n{error:?}"))?;
    Ok((outcome.verdict, outcome.batch.to_vec(), outcome.report.to_json()))
}

/// The core and the oracle on the same bytes.
fn compare(policy: &Value, airlock: &Airlock, stage: Stage, bytes: &[u8], has_unknown: bool) -> TestCaseResult {
    compare_of(policy, airlock, stage, bytes, has_unknown, &Admission::none())
}

fn compare_of(
    policy: &Value,
    airlock: &Airlock,
    stage: Stage,
    bytes: &[u8],
    has_unknown: bool,
    admission: &Admission,
) -> TestCaseResult {
    let oracle = Oracle::open(&policy.to_string()).map_err(TestCaseError::fail)?.with_keys(&keys(policy));
    let slow = oracle.for_tenant(admission.tenant()).run(stage, bytes);
    let fast = run_of(&mut airlock.worker(), stage, bytes, admission);
    match (&slow, &fast) {
        (Answer::Refused, Err(_)) => Ok(()),
        (Answer::Dropped, Ok((Verdict::Dropped, bytes, _))) if bytes.is_empty() => Ok(()),
        (Answer::Forwarded(expected), Ok((verdict, out, _))) if *verdict != Verdict::Dropped => {
            let got = message::decode(out).map_err(TestCaseError::fail)?;
            let before = message::decode(bytes).map_err(TestCaseError::fail)?;
            let difference = diff(&show(expected), &show(&got));
            prop_assert!(
                message::same(expected, &got),
                "{policy}\n{stage:?} of\n{}\n- oracle, + core\n{difference}",
                show(&before)
            );
            if message::same(expected, &before) && !has_unknown {
                prop_assert!(
                    *verdict == Verdict::Unchanged && out == bytes,
                    "{policy}\nnothing applies, yet it changes"
                );
            }
            Ok(())
        }
        _ => Err(TestCaseError::fail(format!("{policy}\nthe oracle says {slow:?}, the core {fast:?}"))),
    }
}

/// A policy that is opened with keys and puts pseudonyms wherever a person is named.
fn pseudonymous() -> Value {
    json!({ "redact": { "resource": { "host.name": "hmac" } }, "detect": { "actions": { "email": "hmac" } } })
}

proptest! {
    #![proptest_config(config(96))]

    /// Scenario: any batches under any policy, in hostile encodings, each stage.
    /// Guarantees: what comes out means what the oracle says it must; where nothing applies, it is the input (I3).
    #[test]
    fn the_oracle_agrees(
        policy in policy_that_may_refuse(),
        batches in prop::collection::vec((batch(), any::<u64>(), any::<bool>()), 1..6),
        stage in prop::sample::select(STAGES.as_slice()),
    ) {
        let airlock = open(&policy)?;
        for (batch, seed, plain) in batches {
            let (bytes, unknown) = if plain {
                (message::encode(&batch), false)
            } else {
                (hostile::encode(&batch, Hostility::ALL, seed), matches!(stage, Stage::Process | Stage::Redact))
            };
            compare(&policy, &airlock, stage, &bytes, unknown)?;
        }
    }
}

proptest! {
    #![proptest_config(config(128))]

    /// Scenario: any batches in which a client says whose they are, under any policy with tenants, each stage.
    /// Guarantees: what comes out means what the oracle says it must; a second pass changes nothing (I7); the stages one
    /// after the other give the same bytes as all at once.
    #[test]
    fn the_oracle_agrees_on_tenants(
        (policy, admission) in policy_with_tenants(),
        batch in batch_with_tenants(),
        seed: u64,
        stage in prop::sample::select(STAGES.as_slice()),
    ) {
        let airlock = open(&policy)?;
        let bytes = hostile::encode(&batch, Hostility { padding: false, ..Hostility::KNOWN }, seed);
        let admission = admission.map_or(Admission::none(), |tenant| Admission::of(tenant).expect("a tenant"));
        compare_of(&policy, &airlock, stage, &bytes, true, &admission)?;
        let mut worker = airlock.worker();
        let Ok((_, both, _)) = run_of(&mut worker, Stage::Process, &bytes, &admission) else { return Ok(()) };
        let (_, again, _) = run_of(&mut worker, Stage::Process, &both, &admission).map_err(TestCaseError::fail)?;
        prop_assert!(both == again, "{policy}\n{}\nchanges\n{}", show(&batch), diff(&show_bytes(&both), &show_bytes(&again)));
        let mut staged = bytes;
        for stage in [Stage::Normalise, Stage::InjectTenant, Stage::Redact] {
            staged = run_of(&mut worker, stage, &staged, &admission).map_err(TestCaseError::fail)?.1;
        }
        let difference = diff(&show_bytes(&both), &show_bytes(&staged));
        prop_assert!(both == staged, "{policy}\n{}\n- at once, + one after the other\n{difference}", show(&batch));
    }

    /// Scenario: a batch of any tenants' resources, split.
    /// Guarantees: every part is one tenant's and is accepted with its own admission, and all records are in the parts.
    #[test]
    fn parts_are_of_one_tenant(batch in batch_with_tenants()) {
        let policy = json!({"tenant": {"default": "shared", "sources": [{"resource": "team", "unverified": true}]}});
        let airlock = open(&policy)?;
        let bytes = message::encode(&batch);
        let Ok(parts) = airlock.split(&bytes, Encoding::Protobuf, &Admission::none()) else {
            prop_assert!(run(&mut airlock.worker(), Stage::Process, &bytes).is_err());
            return Ok(());
        };
        let mut records = 0;
        for (at, part) in parts.iter().enumerate() {
            prop_assert!(parts[..at].iter().all(|other| other.admission.tenant() != part.admission.tenant()));
            let decoded = message::decode(&part.batch).map_err(TestCaseError::fail)?;
            records += message::records(&decoded).count();
            let (_, with, _) = run_of(&mut airlock.worker(), Stage::Process, &part.batch, &part.admission).map_err(TestCaseError::fail)?;
            let (_, without, _) = run(&mut airlock.worker(), Stage::Process, &part.batch).map_err(TestCaseError::fail)?;
            prop_assert_eq!(with, without);
        }
        prop_assert_eq!(records, message::records(&batch).count());
        if let [part] = parts.as_slice() {
            prop_assert_eq!(&part.batch, &bytes);
        }
    }
}

proptest! {
    #![proptest_config(config(192))]

    /// Scenario: the default policy, and one under which only detectors act, on any batch.
    /// Guarantees: as above.
    #[test]
    fn the_oracle_agrees_on_the_usual_policies(batch in batch(), seed: u64, which in 0..3_u8, stage in prop::sample::select(STAGES.as_slice())) {
        let policy = [keep_everything(), json!({}), pseudonymous()][usize::from(which)].clone();
        let bytes = hostile::encode(&batch, Hostility::KNOWN, seed);
        compare(&policy, &open(&policy)?, stage, &bytes, false)?;
    }

    /// Scenario: markers in every place that is masked by default, under the default policy and stricter ones.
    /// Guarantees: eight bytes in a row of none of them are in the output or the report, in any escaping (I1).
    #[test]
    fn nothing_leaks(
        (batch, markers) in batch_with_markers(),
        stricter in prop_oneof![2 => Just(json!({})), 1 => Just(pseudonymous()), 1 => stricter_policy()],
        seed: u64,
    ) {
        let bytes = hostile::encode(&batch, Hostility::ALL, seed);
        let leaks = Leaks::of(&markers);
        for stage in [Stage::Process, Stage::Redact] {
            let (_, out, report) = run(&mut open(&stricter)?.worker(), stage, &bytes).map_err(TestCaseError::fail)?;
            let leak = leaks.find(&out).or(leaks.find(report.as_bytes()));
            prop_assert!(leak.is_none(), "{}\n{stricter}\n{}", leak.expect("there is one"), show_bytes(&out));
        }
    }

    /// Scenario: an output through the same policy again, for any policy.
    /// Guarantees: it stays as it is, byte for byte (I7).
    #[test]
    fn twice_is_the_same(
        policy in prop_oneof![2 => policy(), 1 => Just(json!({})), 1 => Just(pseudonymous())],
        batches in prop::collection::vec((batch(), any::<u64>()), 1..4),
        stage in prop::sample::select(STAGES.as_slice()),
    ) {
        let airlock = open(&policy)?;
        let mut worker = airlock.worker();
        for (batch, seed) in batches {
            let bytes = hostile::encode(&batch, Hostility::ALL, seed);
            let (_, first, _) = run(&mut worker, stage, &bytes).map_err(TestCaseError::fail)?;
            let (verdict, second, _) = run(&mut worker, stage, &first).map_err(TestCaseError::fail)?;
            let difference = diff(&show_bytes(&first), &show_bytes(&second));
            prop_assert!(first == second, "{policy}\n{stage:?} of\n{}\nchanges\n{difference}", show(&batch));
            prop_assert_eq!(verdict, Verdict::Unchanged);
        }
    }

    /// Scenario: the stages one after the other, and both at once. (No padded lengths: they go where something changes,
    /// and in two stages something may change there and back.)
    /// Guarantees: the same bytes.
    #[test]
    fn stages_compose(policy in prop_oneof![1 => policy(), 1 => Just(json!({}))], batch in batch(), seed: u64) {
        let airlock = open(&policy)?;
        let mut worker = airlock.worker();
        let bytes = hostile::encode(&batch, Hostility { padding: false, ..Hostility::KNOWN }, seed);
        let (_, both, _) = run(&mut worker, Stage::Process, &bytes).map_err(TestCaseError::fail)?;
        let (_, normalised, _) = run(&mut worker, Stage::Normalise, &bytes).map_err(TestCaseError::fail)?;
        let (_, redacted, _) = run(&mut worker, Stage::Redact, &normalised).map_err(TestCaseError::fail)?;
        let difference = diff(&show_bytes(&both), &show_bytes(&redacted));
        prop_assert!(both == redacted, "{policy}\n{}\n- at once, + one after the other\n{difference}", show(&batch));
    }

    /// Scenario: one message in two encodings.
    /// Guarantees: what comes out means the same.
    #[test]
    fn encodings_of_one_meaning_come_out_as_one(batch in batch(), seed: u64) {
        let airlock = open(&json!({}))?;
        let out = |bytes: &[u8]| -> Result<Batch, TestCaseError> {
            let (_, out, _) = run(&mut airlock.worker(), Stage::Process, bytes).map_err(TestCaseError::fail)?;
            message::decode(&out).map_err(TestCaseError::fail)
        };
        let plain = out(&message::encode(&batch))?;
        let hostile = out(&hostile::encode(&batch, Hostility::ALL, seed))?;
        prop_assert!(message::same(&plain, &hostile), "{}", diff(&show(&plain), &show(&hostile)));
    }

    /// Scenario: batches with markers and spoilt ones through one worker, one after the other.
    /// Guarantees: each is answered as by a fresh worker, errors and reports included (I6).
    #[test]
    fn batches_do_not_touch_each_other(
        policy in prop_oneof![1 => policy(), 2 => Just(json!({}))],
        batches in prop::collection::vec(
            prop_oneof![
                2 => batch().prop_map(|batch| message::encode(&batch)),
                1 => batch_with_markers().prop_map(|(batch, _)| message::encode(&batch)),
                1 => invalid().prop_map(|(_, bytes)| bytes),
            ],
            2..6,
        ),
    ) {
        let airlock = open(&policy)?;
        let mut worker = airlock.worker();
        for bytes in batches {
            for stage in STAGES {
                prop_assert_eq!(run(&mut worker, stage, &bytes), run(&mut airlock.worker(), stage, &bytes));
            }
        }
    }

    /// Scenario: a batch of markers, then a batch of others and a spoilt one, on one worker.
    /// Guarantees: nothing of the first is in anything that comes later.
    #[test]
    fn nothing_of_one_batch_is_in_the_next(
        (first, markers) in batch_with_markers(),
        spoilt in invalid(),
        next in batch(),
    ) {
        let airlock = open(&keep_everything())?;
        let mut worker = airlock.worker();
        let leaks = Leaks::of(&markers);
        let marked = message::encode(&first);
        let mut truncated = marked.clone();
        truncated.pop();
        for bytes in [marked.as_slice(), &truncated] {
            let _ = run(&mut worker, Stage::Process, bytes);
            for bytes in [&spoilt.1, &message::encode(&next)] {
                let said = format!("{:?}", run(&mut worker, Stage::Process, bytes));
                let out = run(&mut worker, Stage::Process, bytes).map(|(_, out, _)| out).unwrap_or_default();
                prop_assert_eq!(leaks.find(said.as_bytes()).or(leaks.find(&out)), None);
            }
        }
    }

    /// Scenario: one fault of the wire in an otherwise ordinary batch.
    /// Guarantees: refused under every policy (I2), and the error quotes nothing (I1).
    #[test]
    fn faults_are_refused((fault, bytes) in invalid(), (marked, markers) in batch_with_markers()) {
        for policy in [json!({}), keep_everything()] {
            for stage in STAGES {
                let ran = run(&mut open(&policy)?.worker(), stage, &bytes);
                prop_assert!(ran.is_err(), "{fault:?} passes {stage:?}\n{}", show_bytes(&bytes));
            }
        }
        let mut both = message::encode(&marked);
        both.extend(bytes);
        let error = run(&mut open(&json!({}))?.worker(), Stage::Process, &both).expect_err("the second half is spoilt");
        prop_assert_eq!(Leaks::of(&markers).find(error.as_bytes()), None);
    }

    /// Scenario: bytes of any kind, and an ordinary batch with some bytes changed.
    /// Guarantees: an answer (I8); what is let out is a batch; its own output is read again.
    #[test]
    fn any_bytes_are_answered(
        noise in prop::collection::vec(any::<u8>(), 0..64),
        batch in batch(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let airlock = open(&json!({}))?;
        let mut worker = airlock.worker();
        let mut spoilt = message::encode(&batch);
        for (at, byte) in changes.iter().filter(|_| !batch.resource_logs.is_empty()) {
            let at = at.index(spoilt.len());
            spoilt[at] = *byte;
        }
        for bytes in [noise, spoilt] {
            for stage in STAGES {
                if let Ok((_, out, _)) = run(&mut worker, stage, &bytes) {
                    message::decode(&out).map_err(TestCaseError::fail)?;
                    prop_assert!(run(&mut worker, stage, &out).is_ok());
                }
            }
        }
    }

    /// Scenario: any batch, any policy.
    /// Guarantees: the report is JSON and counts the records that came and went.
    #[test]
    fn reports_count_records(policy in prop_oneof![1 => policy(), 2 => Just(json!({}))], batch in batch()) {
        let bytes = message::encode(&batch);
        let (_, out, report) = run(&mut open(&policy)?.worker(), Stage::Process, &bytes).map_err(TestCaseError::fail)?;
        let report: Value = serde_json::from_str(&report).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let after = message::decode(&out).map_err(TestCaseError::fail)?;
        prop_assert_eq!(&report["records_in"], &json!(message::records(&batch).count()));
        prop_assert_eq!(&report["records_out"], &json!(message::records(&after).count()));
    }
}

proptest! {
    #![proptest_config(config(48))]

    /// Scenario: any policy with the records' own counts, and the same without them.
    /// Guarantees: the same but for the counts, which a second pass leaves as they are.
    #[test]
    fn counts_on_records_change_nothing_else(policy in policy(), batch in batch(), seed: u64) {
        let bytes = hostile::encode(&batch, Hostility::ALL, seed);
        let mut counting = policy.clone();
        counting["audit"] = json!({ "record": true });
        let counting = open_with(&counting, &keys(&json!("hmac")))?;
        let ran = |airlock: &Airlock, bytes: &[u8]| run(&mut airlock.worker(), Stage::Process, bytes);
        let (_, plain, _) = ran(&open_with(&policy, &keys(&json!("hmac")))?, &bytes).map_err(TestCaseError::fail)?;
        let (_, counted, _) = ran(&counting, &bytes).map_err(TestCaseError::fail)?;
        let (_, again, _) = ran(&counting, &counted).map_err(TestCaseError::fail)?;
        prop_assert!(again == counted, "{}", diff(&show_bytes(&counted), &show_bytes(&again)));
        let mut without = message::decode(&counted).map_err(TestCaseError::fail)?;
        for record in without.resource_logs.iter_mut().flat_map(|it| &mut it.scope_logs).flat_map(|it| &mut it.log_records) {
            record.attributes.retain(|attribute| !attribute.key.starts_with("airlock."));
        }
        let plain = message::decode(&plain).map_err(TestCaseError::fail)?;
        prop_assert!(message::same(&plain, &without), "{policy}\n{}", diff(&show(&plain), &show(&without)));
    }

    /// Scenario: any policy in shadow, in force, and its normalisation alone.
    /// Guarantees: what goes out is normalised and nothing else; the report counts as if it were in force; what would be
    /// refused is.
    #[test]
    fn in_shadow_nothing_is_redacted(mut policy in policy_that_may_refuse(), batch in batch(), seed: u64) {
        policy.as_object_mut().expect("a policy is an object").remove("records");
        let bytes = hostile::encode(&batch, Hostility::ALL, seed);
        let airlock = open_with(&policy, &keys(&json!("hmac")))?;
        policy["shadow"] = json!(true);
        let shadow = Airlock::open_allowing_shadow(&policy.to_string(), &keys(&json!("hmac")))
            .map_err(|error| TestCaseError::fail(error.to_string()))?;
        let in_force = run(&mut airlock.worker(), Stage::Process, &bytes);
        let tried = run(&mut shadow.worker(), Stage::Process, &bytes);
        let (Ok((_, _, in_force)), Ok((verdict, out, report))) = (&in_force, &tried) else {
            prop_assert_eq!(in_force, tried);
            return Ok(());
        };
        let normalised = run(&mut airlock.worker(), Stage::Normalise, &bytes).map_err(TestCaseError::fail)?;
        prop_assert_eq!((verdict, out), (&normalised.0, &normalised.1));
        let counts = |report: &str| {
            let mut report: Value = serde_json::from_str(report).expect("a report is JSON");
            let members = report.as_object_mut().expect("a report is an object");
            let is_shadow = members.remove("shadow");
            members.retain(|name, _| !["policy", "records_out"].contains(&name.as_str()));
            (is_shadow, report)
        };
        prop_assert_eq!(counts(in_force).1, counts(report).1);
        prop_assert_eq!((counts(in_force).0, counts(report).0), (None, Some(json!(true))));
    }
}

/// A record made of one that came before: the very same, or with something of another.
#[derive(Clone, Debug)]
struct Next {
    like: prop::sample::Index,
    other: prop::sample::Index,
    at: prop::sample::Index,
    change: u8,
}

fn next() -> impl Strategy<Value = Next> {
    let index = any::<prop::sample::Index>;
    (index(), index(), index(), 0..18_u8).prop_map(|(like, other, at, change)| Next { like, other, at, change })
}

/// `records`, and after them what each of `nexts` makes of those before it.
fn session(mut records: Vec<LogRecord>, nexts: &[Next]) -> Vec<LogRecord> {
    for Next { like, other, at, change } in nexts {
        let (mut record, other) = (like.get(&records).clone(), other.get(&records).clone());
        let attributes = &mut record.attributes;
        let (own, another) = (at.index(attributes.len().max(1)), at.index(other.attributes.len().max(1)));
        let (own, another) = (Some(own).filter(|own| *own < attributes.len()), other.attributes.get(another).cloned());
        match (change, own, another) {
            (0, own, Some(another)) => attributes.insert(own.unwrap_or(0), another),
            (1, Some(own), _) => drop(attributes.remove(own)),
            (2, Some(own), Some(another)) => attributes[own] = another,
            (3, Some(own), _) => attributes.push(attributes[own].clone()),
            (4, ..) => record.event_name = other.event_name,
            (5, ..) => record.severity_text = other.severity_text,
            (6, ..) => record.body = other.body,
            (7, ..) => record.time_unix_nano = other.time_unix_nano,
            // A name that is copied, and the name under which its copy goes.
            (8, Some(own), _) => attributes[own] = named(NAMES, *at),
            (9, own, _) => attributes.insert(own.unwrap_or(0), named(NAMES, *at)),
            (10 | 11, ..) => attributes.push(named(CONVENTIONAL_NAMES, *at)),
            // A name that some policies take away.
            (12, own, _) => attributes.insert(own.unwrap_or(0), named(RESERVED_NAMES, *at)),
            (13, Some(own), _) => attributes[own] = named(RESERVED_NAMES, *at),
            // The very same once more.
            _ => {}
        }
        records.push(record);
    }
    records
}

const NAMES: [&str; 3] = ["model", "conversation.id", "call_id"];
const CONVENTIONAL_NAMES: [&str; 3] = ["gen_ai.request.model", "gen_ai.conversation.id", "gen_ai.tool.call.id"];
const RESERVED_NAMES: [&str; 3] = ["tenant.id", "Tenant_ID", "team"];

fn named(names: [&str; 3], at: prop::sample::Index) -> message::KeyValue {
    message::attribute(*at.get(&names), message::text("gpt-5"))
}

fn of_records(log_records: &[LogRecord]) -> Batch {
    let scope_logs = vec![ScopeLogs { log_records: log_records.to_vec(), ..ScopeLogs::default() }];
    Batch { resource_logs: vec![ResourceLogs { scope_logs, ..ResourceLogs::default() }] }
}

fn of_encoded(records: &[Vec<u8>]) -> Vec<u8> {
    let put = |w: &mut wire::Writer, record: &Vec<u8>| {
        w.bytes(2, record);
    };
    wire::bytes(|w| w.message(1, |w| w.message(2, |w| w.each(records, put))))
}

/// What comes out, and the report.
fn reported(worker: &mut Worker, stage: Stage, encoding: Encoding, batch: &[u8]) -> Result<(Vec<u8>, Report), String> {
    let outcome = match stage {
        Stage::InjectTenant => worker.inject_tenant(batch, encoding, &Admission::none()),
        Stage::Normalise => worker.normalise(batch, encoding),
        Stage::Process => worker.process(batch, encoding, &Admission::none()),
        Stage::Redact => worker.redact(batch, encoding, &Admission::none()),
    };
    let outcome = outcome.map_err(|error| error.to_string())?;
    Ok((outcome.batch.to_vec(), outcome.report.clone()))
}

/// The report on all of `parts`, of which there is one at least.
fn summed<'r>(mut parts: impl Iterator<Item = &'r Report>) -> String {
    let mut sum = parts.next().expect("a session has a record").clone();
    parts.for_each(|part| sum.merge(part));
    sum.to_json()
}

/// Stages, of which both at once remember most.
const MOSTLY_WHOLE: [Stage; 5] = [Stage::Process, Stage::Process, Stage::Process, Stage::Redact, Stage::Normalise];

/// Any policy, the default one, one under which a mark is what an attribute may say anyway, or one with a tenant.
fn any_policy() -> impl Strategy<Value = Value> {
    let number = json!({ "redact": { "attributes": {
        "duration_ms": { "mask": "7" }, "attempt": { "mask": "7" }, "success": { "mask": "true" }, "model": { "mask": "gpt" },
    } } });
    let tenant = json!({ "tenant": { "default": "acme", "reserved": ["team"] } });
    prop_oneof![6 => policy(), 2 => Just(json!({})), 1 => Just(number), 2 => Just(tenant)]
}

proptest! {
    #![proptest_config(config(192))]

    /// Scenario: the records of a session, each nearly like one before it, in one batch and in a batch each.
    /// Guarantees: what was decided for one record shows in no other (I6): the same bytes come of each in company as
    /// alone, and it counts the same.
    #[test]
    fn a_record_is_decided_in_company_as_it_is_alone(
        policy in any_policy(),
        first in prop::collection::vec(record(), 1..4),
        nexts in prop::collection::vec(next(), 1..24),
        hostile in prop::option::of(any::<u64>()),
        stage in prop::sample::select(MOSTLY_WHOLE.as_slice()),
    ) {
        let airlock = open(&policy)?;
        let run = |batch: &[u8]| {
            reported(&mut airlock.worker(), stage, Encoding::Protobuf, batch).map_err(TestCaseError::fail)
        };
        let encode = |record: &LogRecord| {
            let alone = of_records(std::slice::from_ref(record));
            let bytes = hostile.map(|seed| hostile::encode(&alone, Hostility::ALL, seed));
            tree::records(&bytes.unwrap_or_else(|| message::encode(&alone)))[0].to_vec()
        };
        let records: Vec<Vec<u8>> = session(first, &nexts).iter().map(encode).collect();
        let (out, report) = run(&of_encoded(&records))?;
        let alone = records.iter().map(|record| run(&of_encoded(std::slice::from_ref(record))));
        let alone = alone.collect::<Result<Vec<_>, _>>()?;
        let expected: Vec<Vec<u8>> =
            alone.iter().flat_map(|(out, _)| tree::records(out)).map(<[u8]>::to_vec).collect();
        let got: Vec<Vec<u8>> = tree::records(&out).into_iter().map(<[u8]>::to_vec).collect();
        let difference = || diff(&show_bytes(&of_encoded(&expected)), &show_bytes(&of_encoded(&got)));
        prop_assert!(got == expected, "{policy}\n{stage:?}\n- alone, + in company\n{}", difference());
        let sum = summed(alone.iter().map(|(_, report)| report));
        prop_assert_eq!(report.to_json(), sum, "{}\n{:?}\n{}", policy, stage, show_bytes(&of_encoded(&records)));
    }

    /// Scenario: the same in JSON.
    /// Guarantees: the same telemetry comes of each record in company as alone, and it counts the same.
    #[test]
    fn a_record_in_json_is_decided_in_company_as_it_is_alone(
        policy in any_policy(),
        first in prop::collection::vec(record(), 1..4),
        nexts in prop::collection::vec(next(), 1..12),
        seed: u64,
        stage in prop::sample::select(MOSTLY_WHOLE.as_slice()),
    ) {
        let airlock = open(&policy)?;
        let run = |records: &[LogRecord]| -> Result<(Vec<LogRecord>, Report), TestCaseError> {
            let text = testkit::json::write(&of_records(records), Spelling::KNOWN, seed);
            let ran = reported(&mut airlock.worker(), stage, Encoding::Json, text.as_bytes());
            let (out, report) = ran.map_err(TestCaseError::fail)?;
            if out.is_empty() {
                return Ok((Vec::new(), report));
            }
            let read = testkit::json::read(&out).map_err(|error| TestCaseError::fail(error.to_string()))?;
            Ok((message::records(&read.batch).cloned().collect(), report))
        };
        let records = session(first, &nexts);
        let (got, report) = run(&records)?;
        let alone = records.iter().map(|record| run(std::slice::from_ref(record))).collect::<Result<Vec<_>, _>>()?;
        let expected: Vec<LogRecord> = alone.iter().flat_map(|(records, _)| records.clone()).collect();
        let (expected, got) = (of_records(&expected), of_records(&got));
        let difference = || diff(&show(&expected), &show(&got));
        prop_assert!(message::same(&expected, &got), "{policy}\n{stage:?}\n- alone, + in company\n{}", difference());
        prop_assert_eq!(report.to_json(), summed(alone.iter().map(|(_, report)| report)), "{}\n{:?}", policy, stage);
    }
}
