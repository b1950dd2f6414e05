//! The case suite through Envoy, byte for byte what the native core answers.
//!
//! Must not know what a case says. Holds I4. One Envoy has a listener for each policy; a case goes through it as what it is,
//! in gzip, over gRPC where it is protobuf, and with headers held.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use airlock::{Admission, Airlock, Encoding, Keys, Verdict};
use envoy_test::client::{Answer, Call};
use envoy_test::config::{Config, filter_with};
use envoy_test::envoy::Envoy;
use envoy_test::upstream::Upstream;
use serde_json::{Value, json};
use testkit::cases::{Case, load};

use crate::support::{frame, gzip};

/// The least that the suite must have for Envoy: were cases left out by mistake, this would say so.
const LEAST_CASES: usize = 400;
/// Listeners of one Envoy: each has a policy, which takes memory.
const POLICIES_AT_ONCE: usize = 100;

/// A policy with its keys, and the cases under it.
struct Group {
    policy: String,
    keys: Keys,
    airlock: Airlock,
    cases: Vec<Case>,
}

/// What the core says of a case.
#[derive(Debug)]
enum Expected {
    Batch(Vec<u8>),
    Refused(String),
}

/// Scenario: every case of `tests/cases` under a request that Envoy can be sent, whatever stage it is about: Envoy runs all.
/// Guarantees: keeps I4: what reaches the upstream is what the core gives, and a refusal has its words.
#[tokio::test]
async fn envoy_answers_the_suite_as_the_native_core_does() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/cases"));
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    let mut refused = BTreeSet::new();
    for case in load(folder).unwrap() {
        let name = format!("{} {:?}", case.policy, case.keys.iter().collect::<Vec<_>>());
        if !groups.contains_key(&name) && !refused.contains(&name) {
            let (policy, keys) = (case.policy.clone(), case.keys.clone());
            match Airlock::open(&policy, &keys) {
                Ok(airlock) => drop(groups.insert(name.clone(), Group { policy, keys, airlock, cases: Vec::new() })),
                Err(_) => drop(refused.insert(name.clone())),
            }
        }
        let Some(group) = groups.get_mut(&name) else { continue };
        if can_be_asked(&case, &group.airlock) {
            group.cases.push(case);
        }
    }
    let count: usize = groups.values().map(|group| group.cases.len()).sum();
    assert!(count >= LEAST_CASES, "{count} cases");
    let groups: Vec<Group> = groups.into_values().filter(|group| !group.cases.is_empty()).collect();
    for groups in groups.chunks(POLICIES_AT_ONCE) {
        run(groups).await;
    }
}

async fn run(groups: &[Group]) {
    let upstream = Upstream::start().await;
    let mut config = Config::new(upstream.address);
    for (at, group) in groups.iter().enumerate() {
        config = config.listener(&format!("portable {at}"), vec![plugin(group, false)]);
        config = config.listener(&format!("holding {at}"), vec![plugin(group, true)]);
    }
    let envoy = Envoy::start(&config.build()).await;
    for (at, group) in groups.iter().enumerate() {
        let airlock = &group.airlock;
        for case in &group.cases {
            let (admission, expected) = ask(airlock, case);
            for (way, mode, call) in ways(case) {
                if mode == "portable" && airlock.needs_body() {
                    continue;
                }
                let name = format!("{} ({way}, {mode})", case.name);
                let to = envoy.at(&format!("{mode} {at}"));
                let answer = call.send(to).await.unwrap_or_else(|error| panic!("{name}: {error}"));
                let seen = upstream.take();
                match &expected {
                    Expected::Refused(message) => {
                        assert_eq!(said(&answer, way), *message, "{name}");
                        assert!(seen.is_empty(), "{name}: it is refused, and {seen:?} arrives");
                    }
                    Expected::Batch(batch) => {
                        let [seen] = &seen[..] else { panic!("{name}: {} {}", answer.status, said(&answer, way)) };
                        let batch = if way == "gRPC" { frame(0, batch) } else { batch.clone() };
                        assert!(seen.body == batch, "{name}: {:?}, not {:?}", text(&seen.body), text(&batch));
                        for (header, value) in admission.set_headers() {
                            let values: Vec<_> = seen.headers.get_all(header).iter().collect();
                            assert_eq!(values, [value.as_str()], "{name}: {header}");
                        }
                        for header in admission.remove_headers() {
                            let is_set =
                                admission.set_headers().iter().any(|(set, _)| set.eq_ignore_ascii_case(header));
                            assert!(is_set || !seen.headers.contains_key(header), "{name}: {header}");
                        }
                    }
                }
            }
        }
    }
}

/// Whose a batch is, Envoy has to find out by the request, and it has to be one that can be sent.
fn can_be_asked(case: &Case, airlock: &Airlock) -> bool {
    let can_be_sent = |request: &testkit::cases::Request| {
        // A certificate and an address are no matter of what is sent; and a line has no line ends.
        let is_sendable = |text: &str| text.bytes().all(|byte| (b' '..0x7f).contains(&byte)) && text.trim() == text;
        request.peer.is_none()
            && request.identities.is_empty()
            && request.headers.iter().all(|(name, value)| is_sendable(name) && is_sendable(value))
    };
    case.admission.tenant().is_none()
        && case.request.as_ref().is_none_or(can_be_sent)
        && case.input.len() <= 1 << 20
        // Without a request and without a source that the body is, a case is told its tenant by the runner.
        && (case.request.is_some() || airlock.header_names().is_empty())
}

fn plugin(group: &Group, holds: bool) -> Value {
    let (mut variables, mut keys) = (json!({}), json!({}));
    for (at, (id, key)) in group.keys.iter().enumerate() {
        keys[id] = json!(format!("KEY_{at}"));
        variables[format!("KEY_{at}")] = json!(key);
    }
    // A policy may ask for the body, which can only be waited for.
    let needs_body = group.airlock.needs_body();
    let host = json!({"keys": keys, "hold_headers": holds || needs_body,
        "client_certificates_verified": true, "trust_source_address": true});
    let configuration = json!({"policy": serde_json::from_str::<Value>(&group.policy).unwrap(), "host": host});
    filter_with(&configuration, |config| {
        if holds {
            config["allow_on_headers_stop_iteration"] = json!(true);
        }
        if !keys.as_object().unwrap().is_empty() {
            // A virtual machine has one environment.
            config["vm_config"]["vm_id"] = json!(variables.to_string());
            config["vm_config"]["environment_variables"] = json!({"key_values": variables});
        }
    })
}

fn ask(airlock: &Airlock, case: &Case) -> (Admission, Expected) {
    let admission = match &case.request {
        None => airlock.admit(&airlock::Context::default()),
        Some(request) => request.ask(|context| airlock.admit(context)),
    };
    let admission = match admission {
        Err(error) => return (Admission::none(), Expected::Refused(error.to_string())),
        Ok(admission) => admission,
    };
    // Where the body says whose it is, the headers follow from it.
    let mut admission = admission;
    if airlock.needs_body()
        && let Ok(parts) = airlock.split(&case.input, case.encoding, &admission)
        && let [part] = &parts[..]
    {
        admission = part.admission.clone();
    }
    let mut worker = airlock.worker();
    let expected = match worker.process(&case.input, case.encoding, &admission) {
        Err(error) => Expected::Refused(error.to_string()),
        Ok(outcome) if outcome.verdict == Verdict::Dropped && case.encoding == Encoding::Json => {
            Expected::Batch(b"{}".to_vec())
        }
        Ok(outcome) => Expected::Batch(outcome.batch.to_vec()),
    };
    (admission, expected)
}

fn ways(case: &Case) -> Vec<(&'static str, &'static str, Call)> {
    let call = match case.encoding {
        Encoding::Json => Call::json(&*case.input),
        Encoding::Protobuf => Call::protobuf(&*case.input),
    };
    let mut ways = vec![("as it is", "portable", call.clone()), ("as it is", "holding", call.clone())];
    let zipped = Call { pieces: vec![gzip(&case.input)], ..call }.header("content-encoding", "gzip");
    ways.push(("gzip", "portable", zipped));
    if case.encoding == Encoding::Protobuf {
        ways.push(("gRPC", "portable", Call::grpc(frame(0, &case.input))));
    }
    if let Some(request) = &case.request {
        for (_, _, call) in &mut ways {
            call.headers.extend(request.headers.iter().cloned());
        }
    }
    ways
}

fn said(answer: &Answer, way: &str) -> String {
    if way == "gRPC" { answer.grpc().1 } else { answer.message() }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
