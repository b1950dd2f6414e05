//! A policy's own detectors: how they are read, and what of them would undo what the rest of the policy does.
//!
//! Must not know how they look. Keeps I1: an error names the place, and quotes neither an expression nor a fixed text, for
//! a code name is a secret. Keeps I7: one that would find a name that records need, or a pseudonym, is refused, since what
//! it leaves would be read as another record, or by another key, on a second pass.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::actions::FindingAction;
use super::document::CustomRule;
use super::node::Node;
use super::path::Path;
use super::words;
use crate::detect::{
    Custom, DETECTORS, Detectors, Expression, Group, Literal, Pattern, UNSEARCHED, VALIDATORS, Word, by_id,
};
use crate::error::PolicyError;

const GROUPS: &[(&str, Group)] = &[("personal", Group::Personal), ("secret", Group::Secret)];

const MEMBERS: &[&str] = &["action", "group", "id", "ignore-case", "literal", "near", "regex", "validator"];

/// Each looks over every text that stays.
const MAX_CUSTOM: usize = 64;

/// Texts of one detector. Each is looked for on its own; what is more is a list of data.
const MAX_LITERALS: usize = 256;

/// Words of one detector, of which one has to be near.
const MAX_NEAR: usize = 32;

/// A name in a mark.
const MAX_ID_BYTES: usize = 48;

/// Reads `detect.custom`.
pub(super) fn read(node: &Node, path: &Path<'_>) -> Result<Vec<CustomRule>, PolicyError> {
    let elements = bounded(node, path, "detectors", 0, MAX_CUSTOM)?;
    let mut rules: Vec<CustomRule> = Vec::new();
    for (index, element) in elements.iter().enumerate() {
        let path = path.index(index);
        let rule = rule(element, &path)?;
        if rules.iter().any(|other| other.detector.id == rule.detector.id) {
            return Err(PolicyError::new(path.member("id"), "another detector has this id"));
        }
        rules.push(rule);
    }
    Ok(rules)
}

fn rule(node: &Node, path: &Path<'_>) -> Result<CustomRule, PolicyError> {
    let (mut id, mut group, mut action, mut validator) = (None, Group::Secret, None, None);
    let (mut expression, mut texts, mut folds, mut near) = (None, None, None, Vec::new());
    for (name, node) in node.object(path)? {
        let path = path.member(name);
        match name.as_str() {
            "action" => action = Some(FindingAction::read(node, &path)?),
            "group" => group = node.word(&path, "group", GROUPS)?,
            "id" => id = Some(id_of(node, &path)?),
            "ignore-case" => folds = Some(node.boolean(&path)?),
            "literal" => texts = Some(list(node, &path, "texts", MAX_LITERALS, Literal::new)?),
            "near" => near = list(node, &path, "words", MAX_NEAR, Word::new)?,
            "regex" => {
                let source = string(node, &path, "a regular expression")?;
                expression = Some(Expression::new(source).map_err(|message| PolicyError::new(path, message))?);
            }
            "validator" => {
                let checks: Vec<_> = VALIDATORS.iter().map(|validator| (validator.name, *validator)).collect();
                validator = Some(node.word(&path, "check", &checks)?);
            }
            _ => return Err(words::unknown_member(&path, name, MEMBERS)),
        }
    }
    let pattern = match (expression, texts) {
        (Some(expression), None) => Pattern::Expression(expression),
        (None, Some(texts)) => Pattern::Literals { texts, folds: folds.unwrap_or_default() },
        _ => return Err(PolicyError::new(path, "expected either regex or literal, which say what it finds")),
    };
    if folds.is_some() && matches!(pattern, Pattern::Expression(_)) {
        let message = "this is for literal; in an expression write (?i) before what may have either case";
        return Err(PolicyError::new(path.member("ignore-case"), message));
    }
    let Some(id) = id else {
        return Err(PolicyError::new(path, "expected an id, which reports and marks call it by"));
    };
    if matches!(action, Some(FindingAction::Hmac(_))) && group != Group::Personal {
        let message = "a secret gets no pseudonym, only what names a person does; use mask, or say group: personal";
        return Err(PolicyError::new(path.member("action"), message));
    }
    Ok(CustomRule { detector: Custom { id, group, pattern, near, validator }, action })
}

/// An id stands in marks: a word of the policy's author, in a form that holds no text.
fn id_of(node: &Node, path: &Path<'_>) -> Result<String, PolicyError> {
    let id = string(node, path, "an id in kebab case")?;
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_kebab = id.len() <= MAX_ID_BYTES && id.bytes().all(is_inner) && id.split('-').all(|part| !part.is_empty());
    if !is_kebab {
        let message =
            format!("expected an id in kebab case, of at most {MAX_ID_BYTES} lower-case letters, digits and -");
        return Err(PolicyError::new(path, message));
    }
    // An id that a detector finds, or has, would not be left alone in a mark.
    if by_id(id).is_some() || id == UNSEARCHED || !Detectors::all().is_clean(id.as_bytes()) {
        return Err(PolicyError::new(path, "a built-in detector has this id, or finds it; choose another"));
    }
    Ok(id.into())
}

fn string<'n>(node: &'n Node, path: &Path<'_>, what: &str) -> Result<&'n str, PolicyError> {
    match node {
        Node::String(text) => Ok(text),
        _ => Err(PolicyError::new(path, format!("expected {what}"))),
    }
}

fn bounded<'n>(
    node: &'n Node,
    path: &Path<'_>,
    what: &str,
    least: usize,
    most: usize,
) -> Result<&'n [Node], PolicyError> {
    let elements = node.array(path, what)?;
    if !(least..=most).contains(&elements.len()) {
        return Err(PolicyError::new(path, format!("expected {least} to {most} {what}")));
    }
    Ok(elements)
}

fn list<T>(
    node: &Node,
    path: &Path<'_>,
    what: &str,
    most: usize,
    read: fn(&str) -> Result<T, &'static str>,
) -> Result<Vec<T>, PolicyError> {
    let elements = bounded(node, path, what, 1, most)?.iter().enumerate();
    elements
        .map(|(index, element)| {
            let path = path.index(index);
            let text = string(element, &path, "a text")?;
            read(text).map_err(|message| PolicyError::new(path, message))
        })
        .collect()
}

/// Refuses a detector that finds something in a name that records need, or in a pseudonym of one of `keys`.
pub(super) fn check<'a, Names: Iterator<Item = &'a str>>(
    rules: &[CustomRule],
    names: impl Fn() -> Names,
    keys: impl Iterator<Item = &'a str> + Clone,
) -> Result<(), PolicyError> {
    for (index, rule) in rules.iter().enumerate() {
        let all = DETECTORS.iter().filter_map(|detector| by_id(detector.id));
        let alone = all.fold(Detectors::all(), |set, id| set.without(id)).with(Vec::from([rule.detector.clone()]));
        let refuse =
            |message: String| Err(PolicyError::new(Path::ROOT.member("detect").member("custom").index(index), message));
        if let Some(name) = names().find(|name| !alone.is_clean(name.as_bytes())) {
            return refuse(format!("it finds something in the name {name}, which would be lost; make it more exact"));
        }
        let mut pseudonyms = keys.clone().map(|id| format!("hmac_{id}_0123456789abcdef_01234567"));
        if pseudonyms.any(|pseudonym| !alone.is_clean(pseudonym.as_bytes())) {
            return refuse("it finds something in what is made with one of the keys; make it more exact".into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;
    use crate::policy::Policy;

    fn refusal(rule: &str) -> String {
        Policy::parse(&format!(r#"{{"detect":{{"custom":[{rule}]}}}}"#)).unwrap_err().to_string()
    }

    /// Scenario: a slip in each member.
    /// Guarantees: the path, what is expected, and nothing of an expression or a fixed text.
    #[test]
    fn slips_are_told_by_their_path() {
        for (rule, error) in [
            (r#"{"id":"a"}"#, "detect.custom[0]: expected either regex or literal, which say what it finds"),
            (
                r#"{"id":"a","regex":"b","literal":["b"]}"#,
                "detect.custom[0]: expected either regex or literal, which say what it finds",
            ),
            (r#"{"regex":"FAKE"}"#, "detect.custom[0]: expected an id, which reports and marks call it by"),
            (
                r#"{"id":"A_b","regex":"b"}"#,
                "detect.custom[0].id: expected an id in kebab case, of at most 48 lower-case letters, digits and -",
            ),
            (
                r#"{"id":"email","regex":"b"}"#,
                "detect.custom[0].id: a built-in detector has this id, or finds it; choose another",
            ),
            (
                r#"{"id":"unsearched","regex":"b"}"#,
                "detect.custom[0].id: a built-in detector has this id, or finds it; choose another",
            ),
            (r#"{"id":"a","regex":"(FAKE"}"#, "detect.custom[0].regex: this is no expression that can be run: "),
            (r#"{"id":"a","regex":7}"#, "detect.custom[0].regex: expected a regular expression"),
            (r#"{"id":"a","literal":["FAKE",""]}"#, "detect.custom[0].literal[1]: expected a text that is not empty"),
            (r#"{"id":"a","literal":[]}"#, "detect.custom[0].literal: expected 1 to 256 texts"),
            (r#"{"id":"a","regex":"b","ignore-case":true}"#, "detect.custom[0].ignore-case: this is for literal; "),
            (
                r#"{"id":"a","regex":"b","near":["-"]}"#,
                "detect.custom[0].near[0]: expected a word with at least one letter or digit",
            ),
            (
                r#"{"id":"a","regex":"b","validator":"lun"}"#,
                "detect.custom[0].validator: unknown check \"lun\"; expected one of luhn",
            ),
            (
                r#"{"id":"a","regex":"b","group":"secrets"}"#,
                "detect.custom[0].group: unknown group \"secrets\"; expected one of personal, secret",
            ),
            (r#"{"id":"a","regex":"b","action":"hmac"}"#, "detect.custom[0].action: a secret gets no pseudonym, "),
            (r#"{"id":"a","regex":"b"},{"id":"a","regex":"c"}"#, "detect.custom[1].id: another detector has this id"),
        ] {
            let said = refusal(rule);
            assert!(said.starts_with(error) && !said.contains("FAKE"), "{rule}: {said}");
        }
        assert!(
            Policy::parse(r#"{"detect":{"custom":[{"id":"a","regex":"b","group":"personal","action":"hmac"}]}}"#)
                .is_ok()
        );
    }
}
