//! Strategies for texts, JSON held in texts, and values of every kind.
//!
//! Must not decide what becomes of them.

use proptest::prelude::*;
use proptest::sample::select;

use super::names;
use crate::message::{AnyValue, ArrayValue, KeyValueList, Kind, attribute};

/// Text of every sort that telemetry holds.
pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => select(names::WORDS.as_slice()).prop_map(str::to_owned),
        3 => select(names::NUMBERS.as_slice()).prop_map(str::to_owned),
        3 => select(names::SHAPED.as_slice()).prop_map(str::to_owned),
        3 => "[A-Za-z0-9._:+-]{0,70}",
        2 => "[a-z]{1,8}( [a-z]{1,8}){1,6}",
        2 => around_a_secret(),
        3 => json(),
        1 => "\\PC{0,20}",
        1 => any::<String>(),
    ]
}

/// Words around a made-up secret.
pub fn around_a_secret() -> impl Strategy<Value = String> {
    ("[a-zé]{0,6} ?", select(names::SECRETS.as_slice()), " ?[a-zß]{0,6}")
        .prop_map(|(before, secret, after)| format!("{before}{secret}{after}"))
}

/// JSON as text: nested, pretty or not, with escapes, with JSON held in its strings, sometimes cut.
pub fn json() -> impl Strategy<Value = String> {
    (json_value(), any::<bool>(), prop::option::weighted(0.1, 0..20_usize)).prop_map(|(value, pretty, cut)| {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
        let text = text.unwrap_or_default();
        let length = text.chars().count();
        cut.map_or(text.clone(), |cut| text.chars().take(length.saturating_sub(cut)).collect())
    })
}

fn json_value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        3 => select(names::WORDS.as_slice()).prop_map(serde_json::Value::from),
        2 => around_a_secret().prop_map(serde_json::Value::from),
        1 => select(names::SHAPED.as_slice()).prop_map(serde_json::Value::from),
        1 => any::<i32>().prop_map(serde_json::Value::from),
        1 => any::<bool>().prop_map(serde_json::Value::from),
        1 => Just(serde_json::Value::Null),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            2 => prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            4 => prop::collection::vec((json_key(), inner.clone()), 0..4)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
            1 => inner.prop_map(|value| serde_json::Value::from(value.to_string())),
        ]
    })
}

fn json_key() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => select(["command", "workdir", "timeout_ms", "password", "note", "a/b", "a~b", "0"].as_slice()),
        1 => select(names::SENSITIVE.as_slice()),
        1 => select(names::FOLDED.as_slice()),
        1 => select(names::SECRETS.as_slice()),
    ]
    .prop_map(str::to_owned)
}

/// A value without depth, of any kind.
pub fn scalar() -> impl Strategy<Value = AnyValue> {
    let kind = prop_oneof![
        8 => text().prop_map(Kind::StringValue),
        2 => any::<i64>().prop_map(Kind::IntValue),
        1 => (0..100_000_i64).prop_map(Kind::IntValue),
        1 => any::<bool>().prop_map(Kind::BoolValue),
        1 => any::<f64>().prop_map(Kind::DoubleValue),
        1 => prop::collection::vec(any::<u8>(), 0..24).prop_map(Kind::BytesValue),
        1 => around_a_secret().prop_map(|text| Kind::BytesValue(text.into_bytes())),
    ];
    prop_oneof![20 => kind.prop_map(Some), 1 => Just(None)].prop_map(|value| AnyValue { value })
}

/// A value of any kind, nested or not.
pub fn value() -> impl Strategy<Value = AnyValue> {
    scalar().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|values| Kind::ArrayValue(ArrayValue { values })),
            prop::collection::vec((super::key(), inner), 0..4).prop_map(|members| {
                let values = members.into_iter().map(|(key, value)| attribute(key, value)).collect();
                Kind::KvlistValue(KeyValueList { values })
            }),
        ]
        .prop_map(|kind| AnyValue { value: Some(kind) })
    })
}
