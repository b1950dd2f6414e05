//! The JSON Schema of policies against the core's reader of policies, in both directions.
//!
//! Must not hold a list of what a policy may say: the schema is walked, and the reader is asked at every place for what it
//! expects there. So neither can gain or lose a word without the other.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use airlock::policy::Policy;
use airlock::{PolicyError, codex, detect};
use jsonschema::Validator;
use serde_json::{Map, Value, json};
use testkit::cases::Expected;
use testkit::generate::policies::policy_that_may_refuse;
use testkit::proptest::strategy::{Strategy, ValueTree};
use testkit::proptest::test_runner::TestRunner;

const POLICY_SCHEMA: &str = include_str!("../host-test/policy.schema.json");

/// What the reader refuses and a schema cannot: what takes more than one place of the document to see, or the detectors.
const BEYOND_A_SCHEMA: &[&str] = &[
    "given twice after folding",
    "the detector is disabled",
    "unknown event; expected one that Codex sends or one from catalogue.events",
    "an earlier rule reads the same and decides",
    "expected keep to be at least 1 and less than of",
    "a secret gets no pseudonym",
    "expected a network, as in",
    "this network is given twice",
    "the prefix is longer than the address",
    "the address has bits beyond its prefix",
    "an IPv4 address inside an IPv6 one",
    "expected * to be a whole segment",
    "expected ** once",
    "a tenant that the policy names elsewhere has no row here",
    "a digest is given twice",
    "this header says how the request is read",
    "given twice: case, - and _",
    "a built-in detector has this id",
    "another detector has this id",
    "expected first and last to be 1 to 64 characters together",
];

fn schema() -> Value {
    serde_json::from_str(POLICY_SCHEMA).unwrap()
}

fn validator() -> Validator {
    jsonschema::validator_for(&schema()).unwrap()
}

/// What the reader says. Compiling what was read would take most of the time and look at nothing that a schema could.
fn open(policy: &Value) -> Result<(), PolicyError> {
    Policy::parse(&policy.to_string()).map(drop)
}

/// A place of the schema, and where what it describes stands in a document.
struct Place {
    schema: Value,
    path: Vec<Step>,
}

#[derive(Clone, Debug)]
enum Step {
    Index,
    Member(String),
}

/// `value` at that path of a document.
fn document(path: &[Step], value: Value) -> Value {
    path.iter().rev().fold(value, |inner, step| match step {
        Step::Index => json!([inner]),
        Step::Member(name) => json!({ name: inner }),
    })
}

/// Every place of the schema, with its references resolved.
fn places(schema: &Value) -> Vec<Place> {
    let mut places = Vec::new();
    let mut open = vec![Place { schema: resolved(schema, schema), path: Vec::new() }];
    while let Some(place) = open.pop() {
        let step = |step: Step| place.path.iter().cloned().chain([step]).collect::<Vec<_>>();
        let mut go = |node: &Value, path: Vec<Step>| open.push(Place { schema: resolved(schema, node), path });
        for (name, node) in members(&place.schema, "properties") {
            go(node, step(Step::Member(name.clone())));
        }
        if let Some(node) = place.schema.get("additionalProperties").filter(|node| node.is_object()) {
            let name = match place.path.last() {
                Some(Step::Member(name)) if name == "events" => "codex.tool_result",
                Some(Step::Member(name)) if name == "actions" => "email",
                _ => "mood",
            };
            go(node, step(Step::Member(name.into())));
        }
        if let Some(node) = place.schema.get("items") {
            go(node, step(Step::Index));
        }
        // Actions are looked at as a whole, for one alone is not what the reader expects; what stands inside of one is a
        // place of its own.
        let is_actions = is_actions(schema, &place.schema);
        let mut below: Vec<Value> = alternatives(&place.schema).cloned().collect();
        while let Some(node) = below.pop() {
            if !is_actions {
                go(&node, place.path.clone());
                continue;
            }
            let node = resolved(schema, &node);
            below.extend(alternatives(&node).cloned());
            for (name, inner) in members(&node, "properties") {
                go(inner, step(Step::Member(name.clone())));
            }
        }
        places.push(place);
    }
    places
}

fn members<'s>(schema: &'s Value, name: &str) -> impl Iterator<Item = (&'s String, &'s Value)> {
    schema.get(name).and_then(Value::as_object).into_iter().flatten()
}

fn alternatives(schema: &Value) -> impl Iterator<Item = &Value> {
    ["anyOf", "allOf"].into_iter().filter_map(|name| schema.get(name)?.as_array()).flatten()
}

/// Whether one of the alternatives is a list of words.
fn is_actions(schema: &Value, node: &Value) -> bool {
    alternatives(node).any(|node| {
        let node = resolved(schema, node);
        node.get("enum").is_some() || is_actions(schema, &node)
    })
}

/// What a node refers to, with the node's own members beside it.
fn resolved(schema: &Value, node: &Value) -> Value {
    let Some(reference) = node.get("$ref").and_then(Value::as_str) else { return node.clone() };
    let target =
        schema.pointer(reference.strip_prefix('#').unwrap()).unwrap_or_else(|| panic!("{reference} is nowhere"));
    resolved(schema, target)
}

/// The words and the single members that a schema of actions accepts.
fn actions(schema: &Value, node: &Value, found: &mut BTreeSet<String>) {
    let node = resolved(schema, node);
    found.extend(
        node.get("enum").and_then(Value::as_array).into_iter().flatten().map(|word| word.as_str().unwrap().to_owned()),
    );
    found.extend(members(&node, "properties").map(|(name, _)| format!("{{{name}}}")));
    for alternative in node.get("anyOf").and_then(Value::as_array).into_iter().flatten() {
        actions(schema, alternative, found);
    }
    if node.get("type") == Some(&json!("array")) {
        found.insert("list".into());
    }
}

/// What the reader's error says that it expects, in the same form.
fn expected(error: &PolicyError) -> BTreeSet<String> {
    let message = error.message();
    let (_, list) = message.split_once("expected one of ").unwrap_or_else(|| panic!("{error}"));
    let list = list.split("; did you mean").next().unwrap();
    let mut words = BTreeSet::new();
    let mut depth = 0;
    let parts = list.split(|character| {
        depth += match character {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        depth == 0 && character == ','
    });
    for part in parts {
        let part = part.trim().trim_start_matches("or a ");
        match part.strip_prefix("{\"") {
            Some(object) => words.insert(format!("{{{}}}", object.split('"').next().unwrap())),
            None => words.insert(part.to_owned()),
        };
    }
    words
}

/// Scenario: every object, enumeration and action of the schema, with a member or a word there that does not exist.
/// Guarantees: what the reader says that it expects there is what the schema has there, no more and no less.
#[test]
fn the_reader_expects_what_the_schema_has() {
    let schema = schema();
    let (mut objects, mut words, mut unions) = (0, 0, 0);
    for place in places(&schema) {
        let node = &place.schema;
        let path = &place.path;
        let ours: BTreeSet<String>;
        let value;
        if is_actions(&schema, node) {
            let mut found = BTreeSet::new();
            actions(&schema, node, &mut found);
            (ours, value) = (found, json!("no-such-word"));
            unions += 1;
        } else if let Some(list) = node.get("enum").and_then(Value::as_array) {
            ours = list.iter().map(|word| word.as_str().unwrap().to_owned()).collect();
            value = json!("no-such-word");
            words += 1;
        } else if node.get("additionalProperties") == Some(&json!(false)) {
            let patterns = members(node, "patternProperties").map(|_| "body#/pointer".to_owned());
            ours = members(node, "properties").map(|(name, _)| name.clone()).chain(patterns).collect();
            value = json!({ "no-such-member": 1 });
            objects += 1;
        } else {
            continue;
        }
        let error = open(&document(path, value)).unwrap_err();
        if error.message().starts_with("unknown detector") {
            continue;
        }
        assert_eq!(expected(&error), ours, "{path:?}: {error}");
    }
    assert!(objects >= 12 && words >= 5 && unions >= 5, "{objects} objects, {words} enumerations, {unions} actions");
}

#[test]
fn the_schema_names_every_detector_and_every_event() {
    let schema = schema();
    let ids: BTreeSet<&str> = detect::DETECTORS.iter().map(|detector| detector.id).collect();
    let named = schema["$defs"]["detector"]["enum"].as_array().unwrap().iter().map(|id| id.as_str().unwrap());
    assert_eq!(named.collect::<BTreeSet<_>>(), ids, "$defs/detector/enum");
    let events: BTreeSet<&str> = codex::EVENTS.iter().map(|event| event.name).collect();
    let named = schema["$defs"]["redact"]["properties"]["events"]["properties"].as_object().unwrap();
    assert_eq!(named.keys().map(String::as_str).collect::<BTreeSet<_>>(), events, "$defs/redact/properties/events");
}

/// Policies that people wrote: the cases, the examples, the README; each once.
fn written() -> Vec<(String, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut policies = Vec::new();
    for case in testkit::cases::load(&root.join("tests/cases")).unwrap() {
        // One that is not JSON, or has a name twice, is nothing that a schema could look at.
        if !matches!(case.expected, Expected::OpenError(_)) {
            policies.push((case.name, serde_json::from_str(&case.policy).unwrap()));
        }
    }
    let mut folders = vec![root.join("examples")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if folder.ends_with("policies") {
                policies.push((path.display().to_string(), from_yaml(&fs::read_to_string(&path).unwrap())));
            }
        }
    }
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    for block in readme.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap()) {
        let document = from_yaml(block);
        // A suite of `airlock test` is YAML too.
        if document.get("cases").is_none() {
            policies.push(("README.md".into(), document));
        }
    }
    let mut seen = BTreeSet::new();
    policies.retain(|(_, policy)| seen.insert(policy.to_string()));
    policies
}

fn from_yaml(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap()
}

fn generated(count: usize) -> Vec<(String, Value)> {
    let mut runner = TestRunner::deterministic();
    let policies = policy_that_may_refuse();
    (0..count).map(|at| (format!("generated {at}"), policies.new_tree(&mut runner).unwrap().current())).collect()
}

/// Scenario: every policy of the cases, the examples and the README, and generated ones.
/// Guarantees: what opens is valid.
#[test]
fn what_opens_is_valid() {
    let validator = validator();
    let (written, generated) = (written(), generated(300));
    assert!(written.len() > 40 && written.iter().any(|(name, _)| name == "README.md"));
    for (name, policy) in written.iter().chain(&generated) {
        let errors: Vec<String> = validator.iter_errors(policy).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}\n{policy:#}");
    }
    assert!(written.iter().all(|(_, policy)| open(policy).is_ok()));
}

/// Scenario: the same policies, each broken at every place in a dozen ways.
/// Guarantees: whatever the schema refuses the reader refuses, and the other way round, but for what no schema can see.
#[test]
fn what_is_broken_is_refused_by_both() {
    let validator = validator();
    let (mut refused, mut beyond) = (0, 0);
    for (name, policy) in written().into_iter().chain(generated(40)) {
        for broken in broken(&policy) {
            match (validator.is_valid(&broken), open(&broken)) {
                (true, Ok(())) => {}
                (false, Err(_)) => refused += 1,
                (false, Ok(())) => panic!("{name}: the schema refuses what the reader takes: {broken:#}"),
                (true, Err(error)) => {
                    let known = BEYOND_A_SCHEMA.iter().any(|message| error.message().contains(message));
                    assert!(known, "{name}: the schema takes what the reader refuses: {error}\n{broken:#}");
                    beyond += 1;
                }
            }
        }
    }
    assert!(refused > 5_000 && beyond > 20, "{refused} refused by both, {beyond} beyond a schema");
}

/// The policy with one place at a time exchanged for something else, and one member at a time added or renamed.
fn broken(policy: &Value) -> Vec<Value> {
    let mut pointers = Vec::new();
    collect(policy, String::new(), &mut pointers);
    let mut broken = Vec::new();
    for pointer in pointers {
        let mut exchange = |value: Value| {
            let mut copy = policy.clone();
            *copy.pointer_mut(&pointer).unwrap() = value;
            broken.push(copy);
        };
        for value in [
            Value::Null,
            json!(true),
            json!(-1),
            json!(1),
            json!(1.5),
            json!(1_000_001),
            json!("no-such-word"),
            json!("keep"),
            json!(""),
            json!([]),
            json!(["keep", "mask"]),
            json!(["mask", { "truncate": 1 }]),
            json!({}),
            json!({ "mask": "\u{e9}" }),
            json!({ "partial": { "first": 0 } }),
            json!("hmac"),
            json!({ "hmac": { "key": "Team", "length": 17 } }),
            json!({ "hmac": { "key": "team", "length": 18 } }),
            json!({ "sample": { "keep": 2, "of": 2 } }),
            json!({ "truncate": 3, "mask": "x" }),
            json!({ "no-such-member": "mask" }),
            json!({ "prompt#command": "mask" }),
            json!({ "prompt#/a~2": "mask" }),
        ] {
            exchange(value);
        }
        if let Some(object) = policy.pointer(&pointer).and_then(Value::as_object) {
            for name in object.keys() {
                let mut renamed: Map<String, Value> = object.clone();
                let value = renamed.remove(name).unwrap();
                renamed.insert(format!("{name}#"), value);
                exchange(Value::Object(renamed));
            }
        }
    }
    broken
}

fn collect(value: &Value, pointer: String, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                collect(item, format!("{pointer}/{at}"), found);
            }
        }
        Value::Object(members) => {
            for (name, item) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                collect(item, format!("{pointer}/{name}"), found);
            }
        }
        _ => {}
    }
    found.push(pointer);
}

#[test]
fn the_schema_is_one() {
    jsonschema::meta::validate(&schema()).unwrap();
}
