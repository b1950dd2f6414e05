//! The case suite on the native core.
//!
//! Must not hold cases: they stand in `tests/cases/*.toml` and are run on every artifact. Holds I4 in its first place,
//! for the others are compared with this runner, and I7, for every output is processed twice.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails loudly"
)]

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::Path;

use airlock::{Admission, Airlock, Context, Encoding, Verdict};
use testkit::cases::{self, Call, Case, Expected, RunOutcome, Runner, Stage, run_all};
use testkit::message;
use testkit::oracle::{Answer, Oracle};
use testkit::show::{diff, show};

/// The core, linked in, with the policies that it has opened.
#[derive(Default)]
struct Native {
    open: HashMap<(String, Vec<(String, String)>), Airlock>,
}

impl Runner for Native {
    fn name(&self) -> String {
        "native".into()
    }

    fn run(&mut self, call: &Call<'_>, batch: &[u8]) -> Result<RunOutcome, String> {
        let mut worker = self.open(call)?.worker();
        let outcome = match call.stage {
            Stage::InjectTenant => worker.inject_tenant(batch, call.encoding, call.admission),
            Stage::Normalise => worker.normalise(batch, call.encoding),
            Stage::Process => worker.process(batch, call.encoding, call.admission),
            Stage::Redact => worker.redact(batch, call.encoding, call.admission),
        };
        let outcome = outcome.map_err(|error| error.to_string())?;
        let verdict = match outcome.verdict {
            Verdict::Dropped => cases::Verdict::Dropped,
            Verdict::Rewritten => cases::Verdict::Rewritten,
            Verdict::Unchanged => cases::Verdict::Unchanged,
        };
        Ok(RunOutcome { verdict, batch: outcome.batch.to_vec(), report: outcome.report.to_json() })
    }

    fn admit(&mut self, call: &Call<'_>, context: &Context<'_>) -> Result<Admission, String> {
        self.open(call)?.admit(context).map_err(|error| error.to_string())
    }
}

impl Native {
    fn open(&mut self, call: &Call<'_>) -> Result<&Airlock, String> {
        let keys = call.keys.iter().map(|(id, text)| (id.to_owned(), text.to_owned())).collect();
        match self.open.entry((call.policy.to_owned(), keys)) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(new) => {
                Ok(new.insert(Airlock::open(call.policy, call.keys).map_err(|error| error.to_string())?))
            }
        }
    }
}

/// Scenario: every case of the suite.
/// Guarantees: what the cases say; a second pass changes nothing (I7).
#[test]
fn the_suite_passes() {
    run_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"), &mut Native::default()).assert_ok();
}

/// Scenario: the suite twice, each case after others.
/// Guarantees: the same answers, reports and bytes included (I6).
#[test]
fn the_suite_answers_the_same_twice() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    run_all(&folder, &mut Native::default()).assert_same(&run_all(&folder, &mut Native::default()));
}

/// Scenario: the cases that let something out, and those of JSON that are refused, put to the oracle.
/// Guarantees: the oracle of the properties and of the fuzzers says what a person wrote down.
#[test]
fn the_oracle_says_what_the_cases_say() {
    let cases = cases::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")).expect("the suite can be read");
    let mut wrong = Vec::new();
    for case in cases {
        let is_json = case.encoding == Encoding::Json;
        // The oracle writes no counts on records.
        if case.policy.contains("\"audit\"") {
            continue;
        }
        let Ok(oracle) = Oracle::open(&case.policy) else { continue };
        let Some(admission) = admitted(&case) else { continue };
        let oracle = oracle.with_keys(&case.keys).for_tenant(admission.tenant());
        let read = |bytes: &[u8]| match case.encoding {
            Encoding::Json => testkit::json::read(bytes).map(|read| read.batch).map_err(str::to_owned),
            Encoding::Protobuf => message::decode(bytes),
        };
        let expected = match &case.expected {
            Expected::Dropped => Ok(None),
            Expected::Output(bytes) => message::decode(bytes).map(Some),
            Expected::Text(text) => read(text.as_bytes()).map(Some),
            Expected::Unchanged => read(&case.input).map(Some),
            Expected::Error(text) | Expected::ErrorSomewhere(text) if is_json => Err(text.clone()),
            Expected::Admission | Expected::AdmitError(_) | Expected::OpenError(_) => continue,
            Expected::Error(_) | Expected::ErrorSomewhere(_) => continue,
        };
        let answer = if is_json {
            oracle.run_json(case.stage, &case.input).map_err(str::to_owned)
        } else {
            // Unknown fields go, which prost reads over.
            Ok((oracle.run(case.stage, &case.input), testkit::json::Read::default()))
        };
        let is_right = match (&expected, &answer) {
            (Err(_), Err(_) | Ok((Answer::Refused, _))) | (Ok(None), Ok((Answer::Dropped, _))) => true,
            (Err(_), Ok((_, read))) => !read.doubts.is_empty(),
            (Ok(Some(expected)), Ok((Answer::Forwarded(batch), _))) if message::same(expected, batch) => true,
            (Ok(Some(expected)), Ok((Answer::Forwarded(batch), _))) => {
                wrong.push(format!("{}\n- case, + oracle\n{}", case.name, diff(&show(expected), &show(batch))));
                continue;
            }
            _ => false,
        };
        if !is_right {
            wrong.push(format!("{}: {expected:?} is expected, the oracle says {answer:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whom a case's host has admitted; nothing where the request is refused, or the policy.
fn admitted(case: &Case) -> Option<Admission> {
    let airlock = Airlock::open(&case.policy, &case.keys).ok()?;
    let Some(request) = &case.request else { return Some(case.admission.clone()) };
    request.ask(|context| airlock.admit(context).map_err(|error| error.to_string())).ok()
}
