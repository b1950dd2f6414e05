//! Strategies for policy documents, as JSON values that the core must accept.
//!
//! Must not know how a policy is compiled.

use airlock::Keys;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

use super::names;

/// The keys that a policy is opened with: two for some and none for the others, but for those that need them.
pub fn keys(policy: &Value) -> Keys {
    let text = policy.to_string();
    if !text.contains("hmac") && !text.len().is_multiple_of(3) {
        return Keys::new();
    }
    Keys::new()
        .add("old", "RkFLRS1FWEFNUExFLUtFWS0wMDAwLTAwMDAtMDAwMSE=")
        .add("default", "RkFLRS1FWEFNUExFLUtFWS0wMDAwLTAwMDAtMDAwMCE=\n")
}

/// Any policy that refuses nothing.
pub fn policy() -> impl Strategy<Value = Value> {
    let members = (unknown(), normalise(), redact(), detect(), catalogue(), records());
    let members = members.prop_map(|(unknown, normalise, redact, detect, catalogue, records)| {
        json!({
            "unknown": unknown,
            "normalise": normalise,
            "redact": redact,
            "detect": detect,
            "catalogue": catalogue,
            "records": records,
        })
    });
    // Half of the members are left out, and so at their defaults.
    (members, prop::collection::vec(any::<bool>(), 6)).prop_map(|(mut document, kept)| {
        if let Some(members) = document.as_object_mut() {
            let mut kept = kept.into_iter();
            members.retain(|_, _| kept.next().unwrap_or(true));
        }
        document
    })
}

/// Any policy, some of which refuse what is unknown.
pub fn policy_that_may_refuse() -> impl Strategy<Value = Value> {
    (policy(), 0..8_u8).prop_map(|(mut document, refuses)| {
        match refuses {
            0 => document["unknown"]["attributes"] = json!("refuse"),
            1 => document["unknown"]["events"] = json!("refuse"),
            _ => {}
        }
        document
    })
}

/// Any policy with a section of tenants, and whom the host has admitted.
pub fn policy_with_tenants() -> impl Strategy<Value = (Value, Option<&'static str>)> {
    let admitted = select([Some("acme"), Some("globex"), None].as_slice());
    (policy_that_may_refuse(), tenant(), admitted).prop_map(|(mut document, tenant, admitted)| {
        document["tenant"] = tenant;
        (document, admitted)
    })
}

fn tenant() -> impl Strategy<Value = Value> {
    let attribute = select(["tenant.id", "org"].as_slice());
    let names = subsequence(vec!["tenant.*", "billing.*", "group"], 0..=3);
    let reserved = (names, select(["strip", "strip", "strip", "refuse"].as_slice()));
    let reserved = reserved.prop_map(|(names, action)| json!({ "names": names, "action": action }));
    let otherwise = prop_oneof![
        Just(json!({ "required": false })),
        Just(json!({ "default": "shared" })),
        Just(json!({ "required": true })),
    ];
    let sources = prop_oneof![
        Just(json!([{ "identity": "dns:{tenant}.corp.example" }])),
        Just(json!([{ "resource": "team", "unverified": true }])),
    ];
    (attribute, reserved, otherwise, sources).prop_map(|(attribute, reserved, mut section, sources)| {
        section["attribute"] = json!(attribute);
        section["reserved"] = reserved;
        section["sources"] = sources;
        section
    })
}

/// A policy that masks at least what the default masks: only actions that let nothing of the value out.
pub fn stricter_policy() -> impl Strategy<Value = Value> {
    let action = prop_oneof![Just(json!("drop")), Just(json!("mask")), Just(json!("length"))];
    let attributes = prop::collection::vec((select(names::SENSITIVE.as_slice()), action), 0..4);
    let unknown = select(["drop", "mask", "word"].as_slice());
    (attributes, unknown.clone(), unknown, normalise()).prop_map(|(attributes, events, others, normalise)| {
        let attributes: Map<String, Value> = attributes.into_iter().map(|(key, to)| (key.to_owned(), to)).collect();
        json!({
            "unknown": { "events": events, "attributes": others },
            "normalise": normalise,
            "redact": { "attributes": attributes },
        })
    })
}

/// A policy in which no rule applies to anything but what a detector finds.
pub fn keep_everything() -> Value {
    let normalise = json!({
        "event-name": false, "time": false, "types": false, "tools": false, "semconv": "none",
    });
    let keep = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), json!("keep"))).collect::<Map<_, _>>();
    let attributes: Vec<&str> = names::SENSITIVE.iter().chain(&names::PLAIN).copied().collect();
    json!({
        "unknown": { "events": "keep", "attributes": "keep" },
        "normalise": normalise,
        "redact": { "body": "keep", "attributes": keep(&attributes), "resource": keep(&["host.name"]) },
    })
}

fn unknown() -> impl Strategy<Value = Value> {
    let action = || select(["drop", "keep", "mask", "scan", "word"].as_slice());
    (action(), action()).prop_map(|(events, attributes)| json!({ "events": events, "attributes": attributes }))
}

fn normalise() -> impl Strategy<Value = Value> {
    let semconv = select(["add", "rename", "none"].as_slice());
    (any::<[bool; 4]>(), semconv).prop_map(|([event_name, time, types, tools], semconv)| {
        json!({ "event-name": event_name, "time": time, "types": types, "tools": tools, "semconv": semconv })
    })
}

/// One action, or a list that means one.
pub fn action() -> impl Strategy<Value = Value> {
    let cut = || prop_oneof![(0..40_u32).prop_map(|count| json!({ "truncate": count })), partial(),];
    let cuttable = prop_oneof![Just("keep"), Just("scan"), Just("word")];
    prop_oneof![
        7 => select(["keep", "keep-unscanned", "drop", "hmac", "mask", "length", "scan", "word"].as_slice())
            .prop_map(|name| json!(name)),
        1 => Just(json!({ "hmac": { "key": "old", "length": 24 } })),
        1 => Just(json!({ "mask": "[gone]" })),
        2 => cut(),
        2 => (cuttable, cut(), any::<bool>())
            .prop_map(|(base, cut, last)| if last { json!([base, cut]) } else { json!([cut, base]) }),
    ]
}

fn partial() -> impl Strategy<Value = Value> {
    let ends = (0..6_u32, 0..6_u32).prop_filter("something stays", |(first, last)| first + last > 0);
    ends.prop_map(|(first, last)| json!({ "partial": { "first": first, "last": last } }))
}

fn targets() -> impl Strategy<Value = Value> {
    let name = prop_oneof![
        3 => select(names::SENSITIVE.as_slice()).prop_map(str::to_owned),
        3 => select(names::PLAIN.as_slice()).prop_map(str::to_owned),
        1 => select(["codex.new.thing", "items", "x", "user.id", "event.timestamp"].as_slice()).prop_map(str::to_owned),
        2 => (
            select(["arguments", "output", "items", "codex.new.thing"].as_slice()),
            select(["/command", "/command/0", "/metadata/exit_code", "/a~1b", "/note", "/0"].as_slice()),
        )
            .prop_map(|(name, pointer)| format!("{name}#{pointer}")),
    ];
    prop::collection::vec((name, action()), 0..5)
        .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>()))
}

fn redact() -> impl Strategy<Value = Value> {
    let events = prop::collection::vec((select(&names::EVENTS[..12]), targets()), 0..3);
    let events = events.prop_map(|events| {
        Value::Object(events.into_iter().map(|(event, to)| (event.to_owned(), to)).collect::<Map<_, _>>())
    });
    (action(), targets(), targets(), targets(), events).prop_map(|(body, resource, scope, attributes, events)| {
        json!({ "body": body, "resource": resource, "scope": scope, "attributes": attributes, "events": events })
    })
}

/// Names and events that the policy makes known, some of them known already.
fn catalogue() -> impl Strategy<Value = Value> {
    let kind = (select(["string", "int", "double", "bool", "uuid", "time"].as_slice()), any::<bool>());
    let kind = kind.prop_map(|(kind, sensitive)| json!({ "type": kind, "sensitive": sensitive }));
    let name = select(["codex.new.thing", "x", "items", "other_count", "duration_ms", "model"].as_slice());
    let attributes = || {
        prop::collection::vec((name.clone(), kind.clone()), 0..3).prop_map(|members| {
            Value::Object(members.into_iter().map(|(name, kind)| (name.to_owned(), kind)).collect::<Map<_, _>>())
        })
    };
    let event = select(["codex.some_new_event", "codex.turn_cost"].as_slice());
    (attributes(), event, attributes()).prop_map(|(attributes, event, of_event)| {
        json!({ "attributes": attributes, "events": { event: { "attributes": of_event } } })
    })
}

/// Rules for whole records.
fn records() -> impl Strategy<Value = Value> {
    let name = || {
        let names = [
            "error.message",
            "input_token_count",
            "gen_ai.usage.output_tokens",
            "error.type",
            "codex.tool.exit_code",
            "gen_ai.tool.name",
            "tool_name",
            "conversation.id",
            "duration_ms",
            "x",
        ];
        select(names.to_vec())
    };
    let value = prop_oneof![
        select(["shell", "0", "3", "tool_error", "true", "test", "1"].as_slice()).prop_map(|text| json!(text)),
        Just(json!(12)),
        Just(json!(["false", 500])),
    ];
    let action = prop_oneof![
        4 => Just(json!("drop")),
        1 => Just(json!("keep")),
        2 => (1..4_u32).prop_map(|keep| json!({ "sample": { "keep": keep, "of": 4 } })),
    ];
    // What one rule keeps, a later one may leave out.
    let last = prop::option::of(select(&names::EVENTS[..11]));
    let event = prop::option::of(select(&names::EVENTS[..11]));
    let names = || prop::collection::vec(name(), 0..2);
    let equals = prop::option::weighted(0.4, (name(), value));
    let rule = (event, names(), names(), equals, action, any::<bool>());
    let rule = rule.prop_map(|(event, with, without, equals, action, takes_usage)| {
        let mut rule = json!({ "action": action });
        let named = [("event", json!(event)), ("with", json!(with)), ("without", json!(without))];
        for (member, value) in named.into_iter().filter(|(_, value)| !value.is_null() && *value != json!([])) {
            rule[member] = value;
        }
        if let Some((name, value)) = equals {
            rule["equals"] = json!({ name: value });
        }
        if takes_usage {
            rule["usage"] = json!("drop");
        }
        rule
    });
    let means_something = |rule: &Value| {
        rule.as_object().is_some_and(|members| {
            ["event", "with", "without", "equals"].iter().any(|member| members.contains_key(*member))
        })
    };
    let rules = prop::collection::vec(rule.prop_filter("it means some records", means_something), 0..3);
    (rules, last).prop_map(|(mut rules, last)| {
        rules.extend(last.map(|event| json!({ "event": event, "action": "drop" })));
        // Two rules that read alike are refused.
        rules.dedup();
        json!(rules)
    })
}

fn detect() -> impl Strategy<Value = Value> {
    let disable = subsequence(DETECTORS.to_vec(), 0..=2);
    let action =
        prop_oneof![Just(json!("length")), Just(json!("mask")), Just(json!({ "mask": "[a secret]" })), partial(),];
    let actions = prop::collection::vec((select(DETECTORS.as_slice()), action), 0..2);
    let person = select([None, Some("email"), Some("payment-card")].as_slice());
    (disable, actions, person, any::<bool>(), own()).prop_map(|(disable, mut actions, person, allow, custom)| {
        actions.extend(person.map(|id| (id, json!("hmac"))));
        let enabled = actions.into_iter().filter(|(id, _)| !disable.contains(id));
        let actions: Map<String, Value> = enabled.map(|(id, action)| (id.to_owned(), action)).collect();
        let allow: &[&str] = if allow { &["alice.smith@example.com"] } else { &[] };
        json!({ "disable": disable, "actions": actions, "allow": allow, "custom": custom })
    })
}

/// Detectors of the policy's own, which find something in what the generators of values make.
fn own() -> impl Strategy<Value = Value> {
    let rules = [
        json!({ "id": "own-word", "literal": ["example", "quick brown"], "ignore-case": true }),
        json!({ "id": "own-number", "regex": r"\b\d{3,}\b", "action": "length" }),
        json!({ "id": "own-name", "regex": "(?i)alice", "group": "personal", "action": "hmac" }),
        json!({ "id": "own-near", "regex": "[a-z]{7,12}", "near": ["secret", "value"], "action": { "partial": { "last": 2 } } }),
    ];
    subsequence(rules.to_vec(), 0..=2).prop_map(|rules| json!(rules))
}

/// Detectors that a policy names.
const DETECTORS: [&str; 3] = ["email", "jwt", "payment-card"];
