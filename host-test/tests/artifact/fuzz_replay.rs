//! What fuzzing collected on the native core, through the component as it is shipped.
//!
//! Must not judge: the oracles have seen these inputs natively, so here the two engines are held against each other.
//! Holds I4 where nobody thought of the input.

use airlock::Admission;
use airlock::Encoding::{Json, Protobuf};
use airlock_host::{Engine, Native, Stage};
use testkit::build;
use testkit::fuzz::{POLICIES, inputs, keys};

use crate::support::RUNTIME;

/// The policies that are opened in the component: opening one takes it milliseconds.
const MAX_POLICIES: usize = 300;

/// Scenario: every batch that fuzzing kept, and every text as a body, through every stage of a few policies.
/// Guarantees: I4: the same bytes and reports, or the same refusals.
#[test]
fn fuzz_replay_of_batches() {
    let bodies = inputs("text").into_iter().map(|(path, bytes)| {
        let body = String::from_utf8_lossy(&bytes).into_owned();
        (path, Protobuf, build::batch().record(|it| it.body(body)).bytes())
    });
    let protobuf = inputs("protobuf").into_iter().map(|(path, bytes)| (path, Protobuf, bytes));
    let json = inputs("json").into_iter().map(|(path, bytes)| (path, Json, bytes));
    let batches: Vec<_> = protobuf.chain(json).chain(bodies).collect();
    for policy in POLICIES.into_iter().chain([r#"{"redact": {"body": "scan"}}"#]) {
        let (plugin, native) = (RUNTIME.open(policy, &keys()).unwrap(), Native::open(policy, &keys()).unwrap());
        for (path, encoding, batch) in &batches {
            for stage in [Stage::InjectTenant, Stage::Normalise, Stage::Process, Stage::Redact] {
                let (ours, theirs) = (
                    native.run(stage, batch, *encoding, &Admission::none()),
                    plugin.run(stage, batch, *encoding, &Admission::none()),
                );
                assert!(ours == theirs, "{stage:?} of {}: {ours:?} natively, {theirs:?}", path.display());
            }
        }
    }
}

/// Scenario: every policy that fuzzing kept.
/// Guarantees: I4: both engines accept it under the same hash, or refuse it in the same words.
#[test]
fn fuzz_replay_of_policies() {
    for (path, bytes) in inputs("policy").into_iter().take(MAX_POLICIES) {
        let Ok(policy) = String::from_utf8(bytes) else { continue };
        match (Native::open(&policy, &keys()), RUNTIME.open(&policy, &keys())) {
            (Ok(native), Ok(plugin)) => assert_eq!(native.policy_hash(), plugin.policy_hash(), "{}", path.display()),
            (native, plugin) => assert_eq!(native.err(), plugin.err(), "{}", path.display()),
        }
    }
}
