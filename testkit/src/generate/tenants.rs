//! Batches in which a client says whose they are, in every place where that can be said.
//!
//! Must not depend on the core.

use proptest::prelude::*;

use super::batch;
use super::dice::Dice;
use crate::message::{AnyValue, ArrayValue, Batch, KeyValue, KeyValueList, Kind, Resource, attribute, text};

/// Names that policies reserve, and names that only look like them.
const NAMES: [&str; 14] = [
    "tenant.id",
    "Tenant_ID",
    "tenant..id",
    "Billing__Code",
    "TENANT.name",
    "tenant",
    "org",
    "Org",
    "billing.code",
    "billing",
    "Group",
    "groups",
    "team",
    "Team",
];

/// What is said under them.
const VALUES: [&str; 6] = ["acme", "acme", "globex", "shared", "a|b", "two words"];

/// JSON with such names at some depth.
const JSON: [&str; 9] = [
    r#"{"tenant.id":"globex","a":1}"#,
    r#"[{"b":{"ORG":{"c":[1]}}}]"#,
    r#" {"billing":{"code":7,"d":"x"}} "#,
    r#"{"e":"{\"t\\u0065nant_x\":true}"}"#,
    r#"{"tenant.id":null,"group":null}"#,
    r#"{"f":"{\"tenant\":\"{\\\"id\\\":1}\"}"}"#,
    r#" "{\"billing\":{\"x\":2}}""#,
    r#"{"tenant.id":"globex""#,
    r#"{"code":1,"id":2}"#,
];

/// A batch with names of tenants strewn in.
pub fn batch_with_tenants() -> impl Strategy<Value = Batch> {
    (batch(), any::<u64>()).prop_map(|(mut batch, seed)| {
        let mut dice = Dice::new(seed);
        // Most clients are of one tenant and say so once.
        let usual = *dice.pick(&VALUES[..4]);
        for logs in &mut batch.resource_logs {
            if dice.once_in(3) {
                logs.resource = None;
            } else {
                let resource = logs.resource.get_or_insert_with(Resource::default);
                if !dice.once_in(4) {
                    let said = if dice.once_in(6) { *dice.pick(&VALUES) } else { usual };
                    resource.attributes.push(attribute("team", text(said)));
                }
                strew(&mut resource.attributes, &mut dice);
            }
            for scope in &mut logs.scope_logs {
                scope.scope.iter_mut().for_each(|scope| strew(&mut scope.attributes, &mut dice));
                for record in &mut scope.log_records {
                    strew(&mut record.attributes, &mut dice);
                    if dice.once_in(6) {
                        record.body = Some(value(&mut dice, 0));
                    }
                }
            }
        }
        batch
    })
}

fn strew(attributes: &mut Vec<KeyValue>, dice: &mut Dice) {
    while dice.once_in(2) {
        let key = if dice.once_in(3) { "arguments" } else { *dice.pick(&NAMES) };
        // On a resource this would say whose it is.
        let key = if key.eq_ignore_ascii_case("team") && !dice.once_in(8) { "output" } else { key };
        let at = dice.below(attributes.len() + 1);
        attributes.insert(at, attribute(key, value(dice, 0)));
    }
}

fn value(dice: &mut Dice, depth: usize) -> AnyValue {
    let kind = match dice.below(if depth < 3 { 8 } else { 6 }) {
        0..3 => Kind::StringValue((*dice.pick(&VALUES)).into()),
        3 => Kind::IntValue(7),
        4 | 5 => Kind::StringValue((*dice.pick(&JSON)).into()),
        6 => Kind::ArrayValue(ArrayValue { values: vec![value(dice, depth + 1), value(dice, depth + 1)] }),
        _ => {
            let values = (0..2).map(|_| attribute(*dice.pick(&NAMES), value(dice, depth + 1))).collect();
            Kind::KvlistValue(KeyValueList { values })
        }
    };
    AnyValue { value: Some(kind) }
}
