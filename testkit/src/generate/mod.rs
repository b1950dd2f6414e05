//! Proptest strategies: batches, hostile encodings of the same meaning, spoilt bytes, policies.
//!
//! Must not depend on the core, so that what it tries is nobody's idea of what is right.

pub mod dice;
pub mod hostile;
pub mod invalid;
pub mod names;
pub mod policies;
pub mod tenants;
pub mod values;

use proptest::prelude::*;
use proptest::sample::select;

use self::dice::Dice;
use crate::leak;
use crate::message::{
    Batch, EntityRef, InstrumentationScope, KeyValue, LogRecord, Resource, ResourceLogs, ScopeLogs, attribute, text,
};

/// A batch as Codex, another client or an attacker could send it, well formed.
pub fn batch() -> impl Strategy<Value = Batch> {
    let batch = prop::collection::vec(resource_logs(), 0..3).prop_map(|resource_logs| Batch { resource_logs });
    (batch, prop::option::of(any::<u64>())).prop_map(|(mut batch, repeats)| {
        if let Some(seed) = repeats {
            repeat(&mut batch, seed);
        }
        batch
    })
}

/// Follows records by others that are nearly the same, as the events of one session are: whoever remembers what was
/// decided for the one must see where the other differs.
fn repeat(batch: &mut Batch, seed: u64) {
    let mut dice = Dice::new(seed);
    for scope in batch.resource_logs.iter_mut().flat_map(|resource| &mut resource.scope_logs) {
        let mut records = Vec::new();
        for record in std::mem::take(&mut scope.log_records) {
            records.push(record);
            while dice.once_in(2) {
                let mut next: LogRecord = records[dice.below(records.len())].clone();
                alter(&mut next, &mut dice);
                records.push(next);
            }
        }
        scope.log_records = records;
    }
}

fn alter(record: &mut LogRecord, dice: &mut Dice) {
    let attributes = &mut record.attributes;
    if attributes.is_empty() {
        return;
    }
    let (one, other) = (dice.below(attributes.len()), dice.below(attributes.len()));
    match dice.below(7) {
        0 => attributes.swap(one, other),
        1 => drop(attributes.remove(one)),
        2 => attributes[one].value = attributes[other].value.clone(),
        3 => attributes[one].key = attributes[other].key.clone(),
        4 => attributes.push(attributes[one].clone()),
        5 => {
            let event = attributes.iter_mut().find(|attribute| attribute.key == "event.name");
            event.into_iter().for_each(|event| event.value = Some(text(*dice.pick(&names::EVENTS))));
        }
        // The very same once more.
        _ => {}
    }
}

/// A batch with `leak::marker`s in every place that the safe default masks, and how many there are.
pub fn batch_with_markers() -> impl Strategy<Value = (Batch, Vec<String>)> {
    (batch(), 0..1_000_000_u64).prop_map(|(mut batch, first)| {
        let mut markers = Vec::new();
        let mut plant = |before: &str, after: &str| {
            let marker = leak::marker(first * 1_000 + markers.len() as u64);
            markers.push(marker.clone());
            format!("{before}{marker}{after}")
        };
        for resource in &mut batch.resource_logs {
            if let Some(resource) = &mut resource.resource {
                resource.attributes.push(attribute("host.name", text(plant("", ""))));
            }
            for record in resource.scope_logs.iter_mut().flat_map(|scope| &mut scope.log_records) {
                record.body = Some(text(plant("a body with ", " in it")));
                for name in names::SENSITIVE.iter().chain(&names::FOLDED) {
                    record.attributes.push(attribute(*name, text(plant("", ""))));
                }
                record.attributes.push(attribute("unheard.of", text(plant("two words ", ""))));
                record.attributes.push(attribute("arguments", text(plant("{\"command\":[\"echo\",\"", "\"]}"))));
                record.attributes.push(attribute("output", text(plant("Exit code: 1\nOutput:\n", "\n"))));
                record.attributes.push(attribute("error.message", text(plant("http 500 ", ""))));
            }
        }
        (batch, markers)
    })
}

/// The key of an attribute: known, folded, unknown, or odd.
pub fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => select(names::PLAIN.as_slice()),
        4 => select(names::SENSITIVE.as_slice()),
        1 => select(names::FOLDED.as_slice()),
        2 => select(names::UNKNOWN.as_slice()),
    ]
    .prop_map(str::to_owned)
}

/// An attribute: mostly of one value, at times of many.
pub fn any_attribute() -> impl Strategy<Value = KeyValue> {
    let value = prop_oneof![
        12 => values::scalar().prop_map(Some),
        2 => values::value().prop_map(Some),
        1 => Just(None),
    ];
    (key(), value).prop_map(|(key, value)| KeyValue { key, value, key_strindex: 0 })
}

fn resource_logs() -> impl Strategy<Value = ResourceLogs> {
    let attributes = prop::collection::vec(
        prop_oneof![
            (select(["service.name", "service.version", "env", "host.name", "tenant.id"].as_slice()), values::scalar())
                .prop_map(|(key, value)| attribute(key, value)),
            any_attribute(),
        ],
        0..4,
    );
    let entity = (name(), name(), key(), key()).prop_map(|(schema_url, r#type, id, about)| EntityRef {
        schema_url,
        r#type,
        id_keys: vec![id],
        description_keys: vec![about],
    });
    let entities = prop_oneof![5 => Just(Vec::new()), 1 => prop::collection::vec(entity, 1..3)];
    let resource = (attributes, 0..3_u32, entities).prop_map(|(attributes, dropped_attributes_count, entity_refs)| {
        Resource { attributes, dropped_attributes_count, entity_refs }
    });
    (prop::option::weighted(0.9, resource), prop::collection::vec(scope_logs(), 0..3), name())
        .prop_map(|(resource, scope_logs, schema_url)| ResourceLogs { resource, scope_logs, schema_url })
}

fn scope_logs() -> impl Strategy<Value = ScopeLogs> {
    let scope = (name(), name(), prop::collection::vec(any_attribute(), 0..2), 0..2_u32);
    let scope = scope.prop_map(|(name, version, attributes, dropped_attributes_count)| InstrumentationScope {
        name,
        version,
        attributes,
        dropped_attributes_count,
    });
    (prop::option::weighted(0.9, scope), prop::collection::vec(record(), 0..4), name())
        .prop_map(|(scope, log_records, schema_url)| ScopeLogs { scope, log_records, schema_url })
}

/// A record: an event of Codex most of the time, with one, no or several names.
pub fn record() -> impl Strategy<Value = LogRecord> {
    let event = select(names::EVENTS.as_slice()).prop_map(|event| vec![attribute("event.name", text(event))]);
    let events = prop_oneof![
        10 => event,
        1 => Just(Vec::new()),
        1 => select(names::EVENTS.as_slice())
            .prop_map(|event| vec![attribute("event.name", text(event)), attribute("event.name", text("codex.x"))]),
        1 => values::scalar().prop_map(|value| vec![attribute("event.name", value)]),
    ];
    let attributes = (events, prop::collection::vec(any_attribute(), 0..8), any::<prop::sample::Index>()).prop_map(
        |(events, mut attributes, at)| {
            let at = at.index(attributes.len() + 1);
            attributes.splice(at..at, events);
            attributes
        },
    );
    let times = (prop_oneof![3 => Just(0), 1 => any::<u64>()], any::<u64>());
    let ids = (id(16), id(8), 0..2_u32);
    let body = prop::option::weighted(0.4, values::value());
    (times, (0..25_i32, name()), body, attributes, 0..2_u32, ids, name()).prop_map(
        |(times, severity, body, attributes, dropped_attributes_count, ids, event_name)| LogRecord {
            time_unix_nano: times.0,
            observed_time_unix_nano: times.1,
            severity_number: severity.0,
            severity_text: severity.1,
            body,
            attributes,
            dropped_attributes_count,
            flags: ids.2,
            trace_id: ids.0,
            span_id: ids.1,
            event_name,
        },
    )
}

/// The text of a field that holds a name: mostly short, at times far too long or with a secret inside.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => Just(String::new()),
        4 => select(["INFO", "codex_otel.log_only", "event otel/src/events.rs:703", "https://example.com/v1"].as_slice())
            .prop_map(str::to_owned),
        1 => values::around_a_secret(),
        1 => (250..300_usize).prop_map(|length| "é".repeat(length)),
    ]
}

/// The bytes of an id: right, absent, or of a wrong length.
fn id(length: usize) -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        3 => Just(Vec::new()),
        3 => prop::collection::vec(any::<u8>(), length),
        1 => prop::collection::vec(any::<u8>(), 1..40),
    ]
}
