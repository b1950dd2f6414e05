//! Reads the attributes and events that a policy adds to the catalogue, so that a new Codex needs no release.
//!
//! Must not know the catalogue itself; whether an addition may loosen it is decided where rules are compiled. Keeps I1:
//! what is not said to be harmless is sensitive.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::error::PolicyError;
use crate::policy::document::{AttributeType, Catalogue, ValueType};
use crate::policy::node::Node;
use crate::policy::path::Path;
use crate::policy::target::{self, GIVEN_TWICE};
use crate::policy::words;

/// Reads the section `catalogue`.
pub(crate) fn read(node: &Node, path: &Path<'_>) -> Result<Catalogue, PolicyError> {
    let mut catalogue = Catalogue::default();
    for (name, node) in node.object(path)? {
        let path = path.member(name);
        match name.as_str() {
            "attributes" => catalogue.attributes = attributes(node, &path)?,
            "events" => {
                for (event, node) in node.object(&path)? {
                    let path = path.member(event);
                    if event.is_empty() {
                        return Err(PolicyError::new(path, "expected an event's name"));
                    }
                    catalogue.events.push((event.clone(), event_attributes(node, &path)?));
                }
            }
            _ => return Err(words::unknown_member(&path, name, &["attributes", "events"])),
        }
    }
    Ok(catalogue)
}

// An event may be named without attributes: then its records are known, and what they carry is judged by name.
fn event_attributes(node: &Node, path: &Path<'_>) -> Result<Vec<(String, AttributeType)>, PolicyError> {
    let mut found = Vec::new();
    for (name, node) in node.object(path)? {
        let path = path.member(name);
        match name.as_str() {
            "attributes" => found = attributes(node, &path)?,
            _ => return Err(words::unknown_member(&path, name, &["attributes"])),
        }
    }
    Ok(found)
}

fn attributes(node: &Node, path: &Path<'_>) -> Result<Vec<(String, AttributeType)>, PolicyError> {
    let mut seen = BTreeSet::new();
    let mut attributes = Vec::new();
    for (name, node) in node.object(path)? {
        let path = path.member(name);
        if name.is_empty() {
            return Err(PolicyError::new(path, "expected an attribute's name"));
        }
        if !seen.insert(target::fold(name)) {
            return Err(PolicyError::new(path, GIVEN_TWICE));
        }
        attributes.push((name.clone(), attribute_type(node, &path)?));
    }
    Ok(attributes)
}

// The type has no default: a guess would decide whether a value is searched for secrets.
fn attribute_type(node: &Node, path: &Path<'_>) -> Result<AttributeType, PolicyError> {
    // What nobody called harmless is not.
    let (mut shape, mut sensitive) = (None, true);
    for (name, node) in node.object(path)? {
        let path = path.member(name);
        match name.as_str() {
            "sensitive" => sensitive = node.boolean(&path)?,
            "type" => shape = Some(node.word(&path, "type", VALUE_TYPES)?),
            _ => return Err(words::unknown_member(&path, name, &["sensitive", "type"])),
        }
    }
    match shape {
        Some(shape) => Ok(AttributeType { shape, sensitive }),
        None => {
            let expected = words::list(VALUE_TYPES.iter().map(|(word, _)| *word));
            Err(PolicyError::new(path, format!("expected a member type, one of {expected}")))
        }
    }
}

const VALUE_TYPES: &[(&str, ValueType)] = &[
    ("bool", ValueType::Bool),
    ("double", ValueType::Double),
    ("int", ValueType::Int),
    ("string", ValueType::String),
    ("time", ValueType::Time),
    ("uuid", ValueType::Uuid),
];

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    fn parse(text: &str) -> Result<Catalogue, String> {
        read(&Node::parse(text).unwrap(), &Path::ROOT.member("catalogue")).map_err(|error| error.to_string())
    }

    #[test]
    fn attributes_and_events_are_read_and_sensitive_by_default() {
        let catalogue = parse(
            r#"{
                "attributes": {"mood": {"type": "string", "sensitive": false}, "token": {"type": "uuid"}},
                "events": {"codex.new": {"attributes": {"n": {"type": "int"}}}, "codex.bare": {}}
            }"#,
        )
        .unwrap();
        let mood = AttributeType { shape: ValueType::String, sensitive: false };
        let token = AttributeType { shape: ValueType::Uuid, sensitive: true };
        let number = AttributeType { shape: ValueType::Int, sensitive: true };
        assert_eq!(catalogue.attributes, [("mood".to_string(), mood), ("token".to_string(), token)]);
        let new = ("codex.new".to_string(), Vec::from([("n".to_string(), number)]));
        assert_eq!(catalogue.events, [new, ("codex.bare".to_string(), Vec::new())]);
    }

    #[test]
    fn what_is_not_understood_is_refused_by_path() {
        let types = "bool, double, int, string, time, uuid";
        for (text, error) in [
            (r#"{"events":[]}"#, "events: expected an object".to_string()),
            (r#"{"events":{"":{}}}"#, r#"events[""]: expected an event's name"#.to_string()),
            (r#"{"attributes":{"":{"type":"int"}}}"#, r#"attributes[""]: expected an attribute's name"#.to_string()),
            (
                r#"{"attributes":{"a":{"type":"int","sensitiv":true}}}"#,
                "attributes.a.sensitiv: unknown member; expected one of sensitive, type; did you mean sensitive?"
                    .to_string(),
            ),
            (
                r#"{"attributes":{"a.b":{"type":"strnig"}}}"#,
                format!(r#"attributes["a.b"].type: unknown type "strnig"; expected one of {types}"#),
            ),
            (
                r#"{"events":{"e":{"attributes":{"a":{}}}}}"#,
                format!("events.e.attributes.a: expected a member type, one of {types}"),
            ),
            (
                r#"{"attributes":{"a.b":{"type":"int"},"A-b":{"type":"int"}}}"#,
                format!(r#"attributes.A-b: {GIVEN_TWICE}"#),
            ),
        ] {
            assert_eq!(parse(text), Err(format!("catalogue.{error}")));
        }
    }
}
