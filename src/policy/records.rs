//! Which records stay out of the output as a whole, and how a person writes it.
//!
//! ```json
//! [{"event": "codex.sse_event", "without": ["input_token_count", "error.message"], "action": "drop"}]
//! ```
//!
//! Must not know batches. Keeps I2: a rule that would take every record is an error, and so is a condition that nothing
//! can meet.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use crate::error::PolicyError;
use crate::policy::node::Node;
use crate::policy::path::Path;
use crate::policy::target;
use crate::policy::words;

/// A rule for whole records; of several, the first that means a record decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRule {
    /// Only records of this event.
    pub event: Option<String>,
    /// Only records that have all of these attributes.
    pub with: Vec<String>,
    /// Only records that have none of these.
    pub without: Vec<String>,
    /// Only records in which each of these attributes has one of the texts; a number or a switch is compared by its text.
    pub equals: Vec<(String, Vec<String>)>,
    /// Records that carry usage are meant too. By default they are not, whatever else the rule says.
    pub takes_usage: bool,
    /// What happens to the records.
    pub action: RecordAction,
}

/// What happens to a whole record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordAction {
    /// It is left out.
    Drop,
    /// It stays, and no later rule is asked.
    Keep,
    /// It stays in some conversations and is left out in the others.
    Sample {
        /// In so many conversations it stays,
        keep: u32,
        /// of so many.
        of: u32,
    },
}

/// More rules than anybody reads.
const MAX_RULES: usize = 64;
/// More of one condition than anybody reads.
const MAX_NAMES: usize = 64;
/// A sample rarer than this is none.
const MAX_OF: u32 = 1_000_000;

const MEMBERS: &[&str] = &["action", "equals", "event", "usage", "with", "without"];
const ACTIONS: &str = r#"drop, keep, {"sample": {"keep": n, "of": n}}"#;

/// Reads the section `records`.
pub(crate) fn read(node: &Node, path: &Path<'_>) -> Result<Vec<RecordRule>, PolicyError> {
    let rules = node.array(path, "rules")?;
    if rules.len() > MAX_RULES {
        return Err(PolicyError::new(path, format!("expected at most {MAX_RULES} rules")));
    }
    let mut read: Vec<RecordRule> = Vec::new();
    for (at, rule) in rules.iter().enumerate() {
        let path = path.index(at);
        let rule = read_rule(rule, &path)?;
        // A report counts by what a rule reads like.
        if read.iter().any(|other| other.to_string() == rule.to_string()) {
            return Err(PolicyError::new(path, "an earlier rule reads the same and decides; take one of the two out"));
        }
        read.push(rule);
    }
    Ok(read)
}

fn read_rule(node: &Node, path: &Path<'_>) -> Result<RecordRule, PolicyError> {
    let (mut event, mut action) = (None, None);
    let (mut with, mut without, mut equals, mut takes_usage) = (Vec::new(), Vec::new(), Vec::new(), false);
    for (name, node) in node.object(path)? {
        let path = path.member(name);
        match name.as_str() {
            "action" => action = Some(read_action(node, &path)?),
            "equals" => equals = read_equals(node, &path)?,
            "event" => event = Some(read_text(node, &path, "an event's name")?),
            "usage" => takes_usage = node.word(&path, "word", &[("drop", true), ("keep", false)])?,
            "with" => with = read_names(node, &path)?,
            "without" => without = read_names(node, &path)?,
            _ => return Err(words::unknown_member(&path, name, MEMBERS)),
        }
    }
    let Some(action) = action else {
        return Err(PolicyError::new(path, format!("what happens to the records is not said; give action: {ACTIONS}")));
    };
    if event.is_none() && with.is_empty() && without.is_empty() && equals.is_empty() {
        return Err(PolicyError::new(path, "this means every record; give an event or a condition"));
    }
    Ok(RecordRule { event, with, without, equals, takes_usage, action })
}

fn read_action(node: &Node, path: &Path<'_>) -> Result<RecordAction, PolicyError> {
    match node {
        Node::String(word) if word == "drop" => Ok(RecordAction::Drop),
        Node::String(word) if word == "keep" => Ok(RecordAction::Keep),
        Node::String(word) => Err(words::unknown_word(path, "action", word, ACTIONS)),
        Node::Object(members) => match members.as_slice() {
            [(name, node)] if name == "sample" => read_sample(node, &path.member(name)),
            _ => Err(PolicyError::new(path, format!("expected one of {ACTIONS}"))),
        },
        _ => Err(PolicyError::new(path, format!("expected one of {ACTIONS}"))),
    }
}

fn read_sample(node: &Node, path: &Path<'_>) -> Result<RecordAction, PolicyError> {
    let (mut keep, mut of) = (0, 0);
    for (name, node) in node.object(path)? {
        let path = path.member(name);
        match name.as_str() {
            "keep" => keep = node.integer(&path, MAX_OF)?,
            "of" => of = node.integer(&path, MAX_OF)?,
            _ => return Err(words::unknown_member(&path, name, &["keep", "of"])),
        }
    }
    if keep == 0 || keep >= of {
        return Err(PolicyError::new(path, "expected keep to be at least 1 and less than of"));
    }
    Ok(RecordAction::Sample { keep, of })
}

fn read_names(node: &Node, path: &Path<'_>) -> Result<Vec<String>, PolicyError> {
    let names = node.array(path, "attributes")?;
    if !(1..=MAX_NAMES).contains(&names.len()) {
        return Err(PolicyError::new(path, format!("expected 1 to {MAX_NAMES} attributes")));
    }
    names.iter().enumerate().map(|(at, name)| read_name(name, &path.index(at))).collect()
}

fn read_name(node: &Node, path: &Path<'_>) -> Result<String, PolicyError> {
    let name = read_text(node, path, "an attribute's name")?;
    check_name(&name, path).map(|()| name)
}

fn check_name(name: &str, path: &Path<'_>) -> Result<(), PolicyError> {
    if name.contains('#') {
        return Err(PolicyError::new(path, "expected a whole attribute, not a place inside one"));
    }
    if target::fold(name) == "event_name" {
        return Err(PolicyError::new(path, "the event's name is no condition; give it as event"));
    }
    Ok(())
}

fn read_equals(node: &Node, path: &Path<'_>) -> Result<Vec<(String, Vec<String>)>, PolicyError> {
    let members = node.object(path)?;
    if !(1..=MAX_NAMES).contains(&members.len()) {
        return Err(PolicyError::new(path, format!("expected 1 to {MAX_NAMES} attributes")));
    }
    let mut equals = Vec::new();
    for (name, node) in members {
        let path = path.member(name);
        if name.is_empty() {
            return Err(PolicyError::new(path, "expected an attribute's name"));
        }
        check_name(name, &path)?;
        let texts = match node {
            Node::Array(nodes) if (1..=MAX_NAMES).contains(&nodes.len()) => {
                nodes.iter().enumerate().map(|(at, node)| read_value(node, &path.index(at))).collect()
            }
            Node::Array(_) => Err(PolicyError::new(path, format!("expected 1 to {MAX_NAMES} values"))),
            one => read_value(one, &path).map(|text| Vec::from([text])),
        };
        equals.push((name.clone(), texts?));
    }
    // The order of a map means nothing, not even in what a report calls the rule.
    equals.sort();
    Ok(equals)
}

// A mark would be met by values that a first pass has masked, and by no other.
fn read_value(node: &Node, path: &Path<'_>) -> Result<String, PolicyError> {
    let text = match node {
        Node::Bool(value) => value.to_string(),
        Node::Integer(value) => value.to_string(),
        Node::String(text) => text.clone(),
        _ => return Err(PolicyError::new(path, "expected a text, a whole number, true or false, or a list of these")),
    };
    if ["[redacted", "[truncated ", "hmac_"].iter().any(|mark| text.contains(mark)) {
        return Err(PolicyError::new(path, "this is what redaction leaves; expected what a record is sent with"));
    }
    Ok(text)
}

fn read_text(node: &Node, path: &Path<'_>, what: &str) -> Result<String, PolicyError> {
    match node {
        Node::String(text) if !text.is_empty() => Ok(text.clone()),
        _ => Err(PolicyError::new(path, format!("expected {what}"))),
    }
}

/// As a report counts it and `airlock check` says it: `codex.sse_event without input_token_count, error.message: drop`.
impl fmt::Display for RecordRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.event.as_deref().unwrap_or("any event"))?;
        let list = |names: &[String]| words::list(names.iter().map(String::as_str));
        if !self.with.is_empty() {
            write!(f, " with {}", list(&self.with))?;
        }
        if !self.without.is_empty() {
            write!(f, " without {}", list(&self.without))?;
        }
        for (name, texts) in &self.equals {
            write!(f, " where {name} is {}", list(texts))?;
        }
        if self.takes_usage {
            f.write_str(" and usage")?;
        }
        write!(f, ": {}", self.action)
    }
}

impl fmt::Display for RecordAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Drop => f.write_str("drop"),
            Self::Keep => f.write_str("keep"),
            Self::Sample { keep, of } => write!(f, "sample {keep} of {of}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str) -> Result<Vec<RecordRule>, String> {
        read(&Node::parse(text).unwrap(), &Path::ROOT.member("records")).map_err(|error| error.to_string())
    }

    #[test]
    fn rules_are_read_and_named() {
        for (text, name) in [
            (
                r#"{"event":"codex.sse_event","without":["input_token_count","error.message"],"action":"drop"}"#,
                "codex.sse_event without input_token_count, error.message: drop",
            ),
            (
                r#"{"with":["a"],"equals":{"b":["x",1],"c":true},"action":{"sample":{"keep":1,"of":100}}}"#,
                "any event with a where b is x, 1 where c is true: sample 1 of 100",
            ),
            (r#"{"event":"e","usage":"drop","action":"keep"}"#, "e and usage: keep"),
        ] {
            assert_eq!(rules(&format!("[{text}]")).unwrap().first().unwrap().to_string(), name);
        }
    }

    #[test]
    fn what_means_nothing_or_everything_is_refused() {
        let of = "records[0].action.sample: expected keep to be at least 1 and less than of";
        for (text, error) in [
            (
                r#"{"event":"e"}"#,
                "records[0]: what happens to the records is not said; give action: drop, keep, {\"sample\": {\"keep\": n, \"of\": n}}",
            ),
            (r#"{"action":"drop"}"#, "records[0]: this means every record; give an event or a condition"),
            (
                r#"{"event":"e","action":"mask"}"#,
                "records[0].action: unknown action \"mask\"; expected one of drop, keep, {\"sample\": {\"keep\": n, \"of\": n}}",
            ),
            (r#"{"event":"e","action":{"sample":{"keep":1,"of":1}}}"#, of),
            (r#"{"event":"e","action":{"sample":{}}}"#, of),
            (r#"{"event":"e","action":{"sample":1}}"#, "records[0].action.sample: expected an object"),
            (r#"{"with":[],"action":"drop"}"#, "records[0].with: expected 1 to 64 attributes"),
            (
                r#"{"with":["a#/b"],"action":"drop"}"#,
                "records[0].with[0]: expected a whole attribute, not a place inside one",
            ),
            (
                r#"{"without":["Event_Name"],"action":"drop"}"#,
                "records[0].without[0]: the event's name is no condition; give it as event",
            ),
            (
                r#"{"equals":{"a":"[redacted]"},"action":"drop"}"#,
                "records[0].equals.a: this is what redaction leaves; expected what a record is sent with",
            ),
            (
                r#"{"equals":{"a":null},"action":"drop"}"#,
                "records[0].equals.a: expected a text, a whole number, true or false, or a list of these",
            ),
            (
                r#"{"event":"e","usage":"mask","action":"drop"}"#,
                "records[0].usage: unknown word \"mask\"; expected one of drop, keep",
            ),
            (
                r#"{"evnt":"e","action":"drop"}"#,
                "records[0].evnt: unknown member; expected one of action, equals, event, usage, with, without; did you mean event?",
            ),
        ] {
            assert_eq!(rules(&format!("[{text}]")).unwrap_err(), error);
        }
        assert_eq!(
            rules(r#"[{"event":"e","action":"drop"},{"event":"e","action":"drop"}]"#).unwrap_err(),
            "records[1]: an earlier rule reads the same and decides; take one of the two out"
        );
        assert_eq!(rules("{}").unwrap_err(), "records: expected a list of rules");
    }
}
