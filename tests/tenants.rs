//! Tenants where batches are read, compared and tried in other ways: in JSON, in shadow, in records that repeat, and in
//! every spelling.
//!
//! Must not know how a tenant is put in. Holds I2 (no name that only the policy may set gets out), I4 between the
//! encodings, I6 (what was decided for one record is not in the next) and I7.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails loudly"
)]

use airlock::{Admission, Airlock, Encoding, Verdict, Worker};
use serde_json::json;
use testkit::build;
use testkit::generate::policies::{keep_everything, keys, policy_with_tenants};
use testkit::generate::tenants::batch_with_tenants;
use testkit::json::{self as text, Spelling, write};
use testkit::leak::{Leaks, marker};
use testkit::message::{self, AnyValue, ArrayValue, Batch, InstrumentationScope, KeyValue, KeyValueList, Kind};
use testkit::message::{LogRecord, Resource, ResourceLogs, ScopeLogs};
use testkit::oracle::Stage;
use testkit::property::{config, open};
use testkit::proptest::prelude::*;
use testkit::show::{diff, show};

const STAGES: [Stage; 4] = [Stage::Process, Stage::Redact, Stage::Normalise, Stage::InjectTenant];

type Ran = Result<(Verdict, Vec<u8>, String), (&'static str, &'static str)>;

fn run(worker: &mut Worker, stage: Stage, encoding: Encoding, batch: &[u8], admission: &Admission) -> Ran {
    let outcome = match stage {
        Stage::InjectTenant => worker.inject_tenant(batch, encoding, admission),
        Stage::Normalise => worker.normalise(batch, encoding),
        Stage::Process => worker.process(batch, encoding, admission),
        Stage::Redact => worker.redact(batch, encoding, admission),
    };
    let outcome = outcome.map_err(|error| (error.kind().name(), error.reason()))?;
    Ok((outcome.verdict, outcome.batch.to_vec(), outcome.report.to_json()))
}

fn read(bytes: &[u8]) -> Result<Batch, TestCaseError> {
    let read = text::read(bytes).map_err(|error| TestCaseError::fail(format!("{error}\n{}", lossy(bytes))))?;
    Ok(read.batch)
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn spelling() -> impl Strategy<Value = Spelling> {
    prop::sample::select([Spelling::CODEX, Spelling::COMPACT, Spelling::KNOWN].as_slice())
}

proptest! {
    #![proptest_config(config(128))]

    /// Scenario: any batches in which a client says whose they are, in both encodings, under any policy with tenants.
    /// Guarantees: I4: the same telemetry, verdict and report, or the same refusal; a second pass changes nothing (I7).
    #[test]
    fn both_encodings_come_to_the_same(
        (policy, admission) in policy_with_tenants(),
        batch in batch_with_tenants(),
        seed: u64,
        spelling in spelling(),
        stage in prop::sample::select(STAGES.as_slice()),
    ) {
        let mut worker = open(&policy)?.worker();
        let admission = admission.map_or(Admission::none(), |tenant| Admission::of(tenant).expect("a tenant"));
        let in_json = write(&batch, spelling, seed);
        let protobuf = run(&mut worker, stage, Encoding::Protobuf, &message::encode(&batch), &admission);
        let in_json = run(&mut worker, stage, Encoding::Json, in_json.as_bytes(), &admission);
        let ((verdict, expected, report), (verdict_in_json, got, report_in_json)) = match (protobuf, in_json) {
            (Ok(protobuf), Ok(in_json)) => (protobuf, in_json),
            (protobuf, in_json) => {
                prop_assert_eq!(protobuf.err(), in_json.err(), "{}", policy);
                return Ok(());
            }
        };
        prop_assert_eq!((verdict, report), (verdict_in_json, report_in_json));
        if verdict == Verdict::Dropped {
            return Ok(());
        }
        let again = run(&mut worker, stage, Encoding::Json, &got, &admission);
        prop_assert_eq!(again.map(|(verdict, ..)| verdict), Ok(Verdict::Unchanged), "{}\n{}", policy, lossy(&got));
        let (expected, got) = (message::decode(&expected).map_err(TestCaseError::fail)?, read(&got)?);
        let difference = || diff(&show(&expected), &show(&got));
        prop_assert!(message::same(&expected, &got), "{policy}\n{stage:?}\n- protobuf, + JSON\n{}", difference());
    }

    /// Scenario: a batch of any tenants' resources, split in both encodings.
    /// Guarantees: the same parts of the same tenants, or the same refusal; a part is one tenant's.
    #[test]
    fn both_encodings_split_alike(batch in batch_with_tenants(), seed: u64, spelling in spelling()) {
        let policy = json!({"tenant": {"default": "shared", "sources": [{"resource": "team", "unverified": true}]}});
        let airlock = open(&policy)?;
        let in_json = write(&batch, spelling, seed);
        let protobuf = airlock.split(&message::encode(&batch), Encoding::Protobuf, &Admission::none());
        let in_json = airlock.split(in_json.as_bytes(), Encoding::Json, &Admission::none());
        let (protobuf, in_json) = match (protobuf, in_json) {
            (Ok(protobuf), Ok(in_json)) => (protobuf, in_json),
            (protobuf, in_json) => {
                let told = |error: airlock::BatchError| (error.kind(), error.reason());
                prop_assert_eq!(protobuf.err().map(told), in_json.err().map(told));
                return Ok(());
            }
        };
        prop_assert_eq!(protobuf.len(), in_json.len());
        for (part, part_in_json) in protobuf.iter().zip(&in_json) {
            prop_assert_eq!(&part.admission, &part_in_json.admission);
            let expected = message::decode(&part.batch).map_err(TestCaseError::fail)?;
            let got = read(&part_in_json.batch)?;
            prop_assert!(message::same(&expected, &got), "{}", diff(&show(&expected), &show(&got)));
            let admission = Admission::none();
            let alone = run(&mut airlock.worker(), Stage::Process, Encoding::Json, &part_in_json.batch, &admission);
            prop_assert!(alone.is_ok(), "{alone:?}");
        }
    }

    /// Scenario: any policy with tenants in shadow, and only its first two stages in force.
    /// Guarantees: in shadow the tenant is put in and reserved names go, at any depth, and nothing else happens.
    #[test]
    fn tenants_are_in_force_in_shadow(
        (mut policy, admission) in policy_with_tenants(),
        batch in batch_with_tenants(),
        in_json: bool,
    ) {
        policy.as_object_mut().expect("a policy is an object").remove("records");
        let airlock = open(&policy)?;
        policy["shadow"] = json!(true);
        let shadow = Airlock::open_allowing_shadow(&policy.to_string(), &keys(&policy))
            .map_err(|error| TestCaseError::fail(error.to_string()))?;
        let admission = admission.map_or(Admission::none(), |tenant| Admission::of(tenant).expect("a tenant"));
        let (encoding, bytes) = match in_json {
            true => (Encoding::Json, write(&batch, Spelling::COMPACT, 0).into_bytes()),
            false => (Encoding::Protobuf, message::encode(&batch)),
        };
        let mut worker = airlock.worker();
        let in_force = run(&mut worker, Stage::Process, encoding, &bytes, &admission);
        let tried = run(&mut shadow.worker(), Stage::Process, encoding, &bytes, &admission);
        let (Ok(_), Ok((_, tried, _))) = (&in_force, &tried) else {
            prop_assert_eq!(in_force.err(), tried.err(), "{}", policy);
            return Ok(());
        };
        let staged = [Stage::Normalise, Stage::InjectTenant].into_iter().try_fold(bytes, |batch, stage| {
            run(&mut worker, stage, encoding, &batch, &admission).map(|(_, batch, _)| batch)
        });
        prop_assert_eq!(staged.map(|staged| lossy(&staged)), Ok(lossy(tried)), "{}", policy);
    }
}

fn forged(attributes: &[KeyValue]) -> usize {
    attributes.iter().filter(|attribute| ["team", "Team", "tenant.id", "tenant_x"].contains(&&*attribute.key)).count()
}

/// Scenario: records that repeat, with and without attributes that only the policy may set, named and unnamed, in the same
/// places; in both encodings, in force and in shadow.
/// Guarantees: none gets out, each is counted, and the records without them are what they are alone.
#[test]
fn records_that_repeat_keep_no_forged_attribute() {
    let policy = r#"{"tenant": {"default": "acme", "reserved": ["team", "tenant.*"]}}"#;
    let record = |it: build::Record, forged: &[(&str, &str)]| {
        let it = it.event("codex.tool_result").attribute("model", "gpt-5").attribute("attempt", 1);
        let it = forged.iter().fold(it, |it, (key, value)| it.attribute(key, *value));
        it.attribute("prompt", "who are you")
    };
    let rows: [&[(&str, &str)]; 9] = [
        &[],
        &[("mood", "fine")],
        &[("team", "globex")],
        &[("team", "globex")],
        &[("mood", "fine")],
        &[("Team", "globex"), ("tenant.id", "globex")],
        &[("Team", "globex"), ("tenant.id", "globex")],
        &[("tenant_x", "globex")],
        &[],
    ];
    let batch_of = |rows: &[&[(&str, &str)]]| {
        let batch = build::batch().resource(|it| it.attribute("tenant.id", "globex"));
        rows.iter().fold(batch, |batch, row| batch.record(|it| record(it, row))).bytes()
    };
    let all = batch_of(&rows);
    for shadow in [false, true] {
        let mut policy: serde_json::Value = serde_json::from_str(policy).expect("the policy is JSON");
        policy["shadow"] = json!(shadow);
        let airlock = Airlock::open_allowing_shadow(&policy.to_string(), &keys(&policy)).expect("the policy is right");
        let process = |batch: &[u8], encoding: Encoding| {
            run(&mut airlock.worker(), Stage::Process, encoding, batch, &Admission::none()).expect("it is accepted")
        };
        let (_, out, report) = process(&all, Encoding::Protobuf);
        assert!(report.contains("\"forged\":8"), "{report}");
        let out = message::decode(&out).expect("what comes out is a batch");
        let in_json = write(&message::decode(&all).expect("a batch"), Spelling::CODEX, 0);
        let (_, out_in_json, report_in_json) = process(in_json.as_bytes(), Encoding::Json);
        assert_eq!(report, report_in_json);
        let read = text::read(&out_in_json).expect("what comes out is a batch").batch;
        assert!(message::same(&out, &read), "{}", diff(&show(&out), &show(&read)));
        let resource = out.resource_logs[0].resource.as_ref().expect("a resource");
        assert_eq!(resource.attributes, [message::attribute("tenant.id", message::text("acme"))]);
        for (row, record) in rows.iter().zip(message::records(&out)) {
            assert_eq!(forged(&record.attributes), 0, "{}", show(&out));
            let (_, alone, _) = process(&batch_of(&[row]), Encoding::Protobuf);
            let alone = message::decode(&alone).expect("what comes out is a batch");
            assert_eq!(message::records(&alone).next(), Some(record), "{}", show(&out));
        }
    }
}

/// Every spelling of a name under which some store has the tenant.
const SPELLINGS: [&str; 9] = [
    "tenant.id",
    "TENANT.ID",
    "tenant_id",
    "Tenant-Id",
    "tenant/id",
    "tenant id",
    "tenant..id",
    "tenant__id",
    "tenant\u{200b}id",
];

fn list(values: Vec<AnyValue>) -> AnyValue {
    AnyValue { value: Some(Kind::ArrayValue(ArrayValue { values })) }
}

fn map(values: Vec<KeyValue>) -> AnyValue {
    AnyValue { value: Some(Kind::KvlistValue(KeyValueList { values })) }
}

/// Every attribute that says `said` under `name`, from outside or somewhere inside.
fn attributes_that_say(name: &str, said: &str) -> Vec<KeyValue> {
    let attribute = |key: &str, value: AnyValue| message::attribute(key, value);
    let own = || attribute(name, message::text(said));
    let bytes = AnyValue { value: Some(Kind::BytesValue(said.into())) };
    let object = json!({ name: said }).to_string();
    let inside = json!({ "a": [{ name: { "b": [said] } }] }).to_string();
    let escaped = object.replacen(&name[..1], &format!("\\u{:04x}", name.as_bytes()[0]), 1);
    let twice = format!("{},{}", object.trim_end_matches('}'), &object[1..]);
    let above = json!({ "id": said }).to_string();
    vec![
        own(),
        attribute(name, bytes),
        attribute(name, list(vec![message::text(said), map(vec![attribute("x", message::text(said))])])),
        attribute("mood", map(vec![own()])),
        attribute("mood", list(vec![list(vec![map(vec![attribute("x", map(vec![own(), own()]))])])])),
        attribute("mood", message::text(&object)),
        attribute("mood", message::text(format!(" \n{inside}\t"))),
        attribute("mood", message::text(escaped)),
        attribute("mood", message::text(twice)),
        attribute("mood", message::text(json!([object]).to_string())),
        attribute("mood", message::text(json!({ "x": json!({ "y": object }).to_string() }).to_string())),
        attribute("mood", message::text(json!(object).to_string())),
        attribute("mood", map(vec![attribute("x", list(vec![message::text(&object)]))])),
        attribute("Tenant", map(vec![attribute("ID", message::text(said))])),
        attribute("tenant", list(vec![map(vec![attribute("id", message::text(said))])])),
        attribute("tenant", message::text(&above)),
        attribute("mood", message::text(json!({ "tenant": above }).to_string())),
    ]
}

/// A batch with an attribute on its resource, its scope or its record, or as the body.
fn batch_with(place: usize, attribute: &KeyValue) -> Batch {
    let at = |this: usize| if this == place { vec![attribute.clone()] } else { Vec::new() };
    let record = LogRecord {
        attributes: at(2)
            .into_iter()
            .chain([message::attribute("event.name", message::text("codex.sse_event"))])
            .collect(),
        body: (place == 3).then(|| map(vec![attribute.clone()])),
        ..LogRecord::default()
    };
    let scope = InstrumentationScope { attributes: at(1), ..InstrumentationScope::default() };
    let scope_logs = vec![ScopeLogs { scope: Some(scope), log_records: vec![record], ..ScopeLogs::default() }];
    let resource = Resource { attributes: at(0), ..Resource::default() };
    Batch { resource_logs: vec![ResourceLogs { resource: Some(resource), scope_logs, ..ResourceLogs::default() }] }
}

/// Scenario: a client says whose it is, in every spelling, place, nesting, escape and type, in both encodings, to a policy
/// that keeps everything else; to one that refuses such batches, also where it leaves the record out.
/// Guarantees: what it said is gone, from the report too, and counted; or the batch is refused (I2).
#[test]
fn no_spelling_of_a_forged_tenant_gets_out() {
    let mut strips = keep_everything();
    strips["tenant"] = json!({ "default": "acme" });
    let mut refuses = keep_everything();
    refuses["tenant"] = json!({ "default": "acme", "reserved": { "names": ["team"], "action": "refuse" } });
    refuses["records"] = json!([{ "event": "codex.sse_event", "action": "drop" }]);
    let open = |policy: &serde_json::Value| Airlock::open(&policy.to_string(), &keys(policy)).expect("a policy");
    let (mut strips, mut refuses) = (open(&strips).worker(), open(&refuses).worker());
    let (said, none) = (marker(7), Admission::none());
    let leaks = Leaks::of([&said]);
    for (at, name) in SPELLINGS.into_iter().enumerate() {
        for (form, attribute) in attributes_that_say(name, &said).iter().enumerate() {
            // Each form comes to each place in one spelling or another.
            let place = (at + form) % 4;
            let batch = batch_with(place, attribute);
            let in_json = write(&batch, Spelling::CODEX, 0).into_bytes();
            for (encoding, bytes) in [(Encoding::Protobuf, message::encode(&batch)), (Encoding::Json, in_json)] {
                let what = format!("{name:?}, form {form}, place {place}, {encoding:?}");
                for stage in [Stage::Process, Stage::InjectTenant] {
                    let ran = run(&mut strips, stage, encoding, &bytes, &none);
                    let (_, out, report) = ran.unwrap_or_else(|error| panic!("{what}: {error:?}"));
                    leaks.assert_none(&what, &out);
                    leaks.assert_none(&what, report.as_bytes());
                    assert!(!report.contains("\"forged\":0"), "{what}: {report}");
                }
                let refused = run(&mut refuses, Stage::Process, encoding, &bytes, &none).err();
                assert_eq!(refused, Some(("refused-by-policy", "a name that only the policy may set")), "{what}");
            }
        }
    }
}
