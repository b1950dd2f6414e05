//! Reads a document's tree into the policy's types, section by section.
//!
//! Must not know how rules are compiled. Keeps I1: a member that nothing reads is an error, since a slip of the pen in
//! a redaction policy protects nothing and looks as if it did. No order of members has a meaning.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::codex;
use crate::detect::{self, DETECTORS, DetectorId, Group};
use crate::error::PolicyError;
use crate::policy::actions::{FindingAction, Treatment};
use crate::policy::canonical;
use crate::policy::catalogue;
use crate::policy::custom;
use crate::policy::document::{
    Catalogue, Detect, Normalise, Policy, Redact, Semconv, Unknown, UnknownAction, UnknownFields,
};
use crate::policy::node::Node;
use crate::policy::path::Path;
use crate::policy::records::{self, RecordRule};
use crate::policy::target::{GIVEN_TWICE, Target};
use crate::policy::tenant;
use crate::policy::words;

/// Reads a whole document.
pub(crate) fn policy(document: &Node) -> Result<Policy, PolicyError> {
    let mut policy = Policy { hash: canonical::hash(document), ..Policy::default() };
    let root = Path::ROOT;
    for (name, node) in document.object(&root)? {
        let path = root.member(name);
        match name.as_str() {
            "audit" => policy.audit_record = audit(node, &path)?,
            "catalogue" => policy.catalogue = catalogue::read(node, &path)?,
            "detect" => policy.detect = detect(node, &path)?,
            "normalise" => policy.normalise = normalise(node, &path)?,
            "records" => policy.records = records::read(node, &path)?,
            "redact" => policy.redact = redact(node, &path)?,
            "shadow" => policy.shadow = node.boolean(&path)?,
            "tenant" => policy.tenant = Some(tenant::read(node, &path)?),
            "unknown" => policy.unknown = unknown(node, &path)?,
            "version" => version(node, &path)?,
            _ => return Err(words::unknown_member(&path, name, SECTIONS)),
        }
    }
    // Only now: the catalogue may stand after the rules that need it.
    known_events(&policy.redact, &policy.records, &policy.catalogue)?;
    Ok(policy)
}

const SECTIONS: &[&str] =
    &["audit", "catalogue", "detect", "normalise", "records", "redact", "shadow", "tenant", "unknown", "version"];

// A document for a version to come may mean something else by the same words, so it is not read at all.
fn version(node: &Node, path: &Path<'_>) -> Result<(), PolicyError> {
    match node {
        Node::Integer(1) => Ok(()),
        _ => Err(PolicyError::new(path, "expected 1, the only version there is")),
    }
}

fn audit(node: &Node, path: &Path<'_>) -> Result<bool, PolicyError> {
    let mut record = false;
    for (name, node) in node.object(path)? {
        let path = path.member(name);
        match name.as_str() {
            "record" => record = node.boolean(&path)?,
            _ => return Err(words::unknown_member(&path, name, &["record"])),
        }
    }
    Ok(record)
}

fn unknown(node: &Node, path: &Path<'_>) -> Result<Unknown, PolicyError> {
    let mut unknown = Unknown::default();
    for (name, node) in node.object(path)? {
        let path = path.member(name);
        match name.as_str() {
            "attributes" => unknown.attributes = node.word(&path, "action", UNKNOWN_ACTIONS)?,
            "events" => unknown.events = node.word(&path, "action", UNKNOWN_ACTIONS)?,
            "fields" => {
                let words = [("drop", UnknownFields::Drop), ("refuse", UnknownFields::Refuse)];
                unknown.fields = node.word(&path, "action", &words)?;
            }
            _ => return Err(words::unknown_member(&path, name, &["attributes", "events", "fields"])),
        }
    }
    Ok(unknown)
}

const UNKNOWN_ACTIONS: &[(&str, UnknownAction)] = &[
    ("drop", UnknownAction::Drop),
    ("keep", UnknownAction::Keep),
    ("mask", UnknownAction::Mask),
    ("refuse", UnknownAction::Refuse),
    ("scan", UnknownAction::Scan),
    ("word", UnknownAction::Word),
];

// Switches are true or false and nothing else: what YAML makes of `on` or `no` depends on the reader.
fn normalise(node: &Node, path: &Path<'_>) -> Result<Normalise, PolicyError> {
    let mut normalise = Normalise::default();
    for (name, node) in node.object(path)? {
        let path = path.member(name);
        match name.as_str() {
            "event-name" => normalise.event_name = node.boolean(&path)?,
            "semconv" => {
                let words = [("add", Semconv::Add), ("none", Semconv::None), ("rename", Semconv::Rename)];
                normalise.semconv = node.word(&path, "word", &words)?;
            }
            "time" => normalise.time = node.boolean(&path)?,
            "tools" => normalise.tools = node.boolean(&path)?,
            "types" => normalise.types = node.boolean(&path)?,
            _ => return Err(words::unknown_member(&path, name, &["event-name", "semconv", "time", "tools", "types"])),
        }
    }
    Ok(normalise)
}

fn redact(node: &Node, path: &Path<'_>) -> Result<Redact, PolicyError> {
    let mut redact = Redact::default();
    for (name, node) in node.object(path)? {
        let path = path.member(name);
        match name.as_str() {
            "attributes" => redact.attributes = rules(node, &path)?,
            "body" => redact.body = Some(Treatment::read(node, &path)?),
            "events" => {
                for (event, node) in node.object(&path)? {
                    redact.events.push((event.clone(), rules(node, &path.member(event))?));
                }
            }
            "resource" => redact.resource = rules(node, &path)?,
            "scope" => redact.scope = rules(node, &path)?,
            // A place inside a body stands beside the body and not under it, so that `body` is always one action.
            place if place.starts_with("body#") => {
                let target = Target::read(place).map_err(|message| PolicyError::new(path, message))?;
                redact.body_nested.push((target, Treatment::read(node, &path)?));
            }
            _ => {
                let expected = ["attributes", "body", "body#/pointer", "events", "resource", "scope"];
                return Err(words::unknown_member(&path, name, &expected));
            }
        }
    }
    Ok(redact)
}

// A map of targets. Two spellings of one name would leave it to chance which rule holds.
fn rules(node: &Node, path: &Path<'_>) -> Result<Vec<(Target, Treatment)>, PolicyError> {
    let mut seen = BTreeSet::new();
    let mut rules = Vec::new();
    for (name, node) in node.object(path)? {
        let path = path.member(name);
        let target = Target::read(name).map_err(|message| PolicyError::new(path, message))?;
        if !seen.insert(target.identity()) {
            return Err(PolicyError::new(path, GIVEN_TWICE));
        }
        rules.push((target, Treatment::read(node, &path)?));
    }
    Ok(rules)
}

// A rule for an event that never comes protects nothing.
fn known_events(redact: &Redact, records: &[RecordRule], catalogue: &Catalogue) -> Result<(), PolicyError> {
    let known = || {
        let ours = codex::EVENTS.iter().map(|event| event.name);
        ours.chain(catalogue.events.iter().map(|(name, _)| name.as_str()))
    };
    let names: BTreeSet<&str> = known().collect();
    let message = |name: &str| {
        let hint = words::suggestion(name, known());
        format!("unknown event; expected one that Codex sends or one from catalogue.events{hint}")
    };
    if let Some((name, _)) = redact.events.iter().find(|(name, _)| !names.contains(name.as_str())) {
        return Err(PolicyError::new(Path::ROOT.member("redact").member("events").member(name), message(name)));
    }
    for (at, rule) in records.iter().enumerate() {
        if let Some(name) = rule.event.as_deref().filter(|name| !names.contains(name)) {
            return Err(PolicyError::new(Path::ROOT.member("records").index(at).member("event"), message(name)));
        }
    }
    Ok(())
}

fn detect(node: &Node, path: &Path<'_>) -> Result<Detect, PolicyError> {
    let mut detect = Detect::default();
    for (name, node) in node.object(path)? {
        let path = path.member(name);
        match name.as_str() {
            "actions" => {
                for (id, node) in node.object(&path)? {
                    let path = path.member(id);
                    let (detector, action) = (detector(id, &path)?, FindingAction::read(node, &path)?);
                    // What is found by its surroundings would be found there again, pseudonym or not.
                    if matches!(action, FindingAction::Hmac(_)) && detector.get().group != Group::Personal {
                        let message = "a secret gets no pseudonym, only what names a person does; use mask instead";
                        return Err(PolicyError::new(path, message));
                    }
                    detect.actions.push((detector, action));
                }
            }
            "allow" => detect.allow = allowed(node, &path)?,
            "custom" => detect.custom = custom::read(node, &path)?,
            "disable" => detect.disable = disabled(node, &path)?,
            _ => return Err(words::unknown_member(&path, name, &["actions", "allow", "custom", "disable"])),
        }
    }
    // After both were read, in whatever order they stand.
    match detect.actions.iter().find(|(id, _)| detect.disable.contains(id)) {
        None => Ok(detect),
        Some((id, _)) => {
            let message = "the detector is disabled, so nothing happens to what it finds; give one of the two";
            Err(PolicyError::new(path.member("actions").member(id.get().id), message))
        }
    }
}

// A detector that is named twice was meant to be another one.
fn disabled(node: &Node, path: &Path<'_>) -> Result<Vec<DetectorId>, PolicyError> {
    let mut disabled = Vec::new();
    for (index, element) in node.array(path, "detector ids")?.iter().enumerate() {
        let path = path.index(index);
        let Node::String(id) = element else {
            return Err(PolicyError::new(path, "expected a detector's id"));
        };
        let detector = detector(id, &path)?;
        if disabled.contains(&detector) {
            return Err(PolicyError::new(path, format!("{} is given twice", detector.get().id)));
        }
        disabled.push(detector);
    }
    Ok(disabled)
}

// The values are somebody's data: an error gives their number and nothing else.
fn allowed(node: &Node, path: &Path<'_>) -> Result<Vec<String>, PolicyError> {
    let elements = node.array(path, "texts")?.iter().enumerate();
    elements
        .map(|(index, element)| match element {
            Node::String(text) if !text.is_empty() => Ok(text.clone()),
            _ => Err(PolicyError::new(path.index(index), "expected a text that is not empty")),
        })
        .collect()
}

// There are too many detectors to list them in an error; the nearest one is enough.
fn detector(id: &str, path: &Path<'_>) -> Result<DetectorId, PolicyError> {
    detect::by_id(id).ok_or_else(|| {
        let hint = words::suggestion(id, DETECTORS.iter().map(|detector| detector.id));
        PolicyError::new(path, format!("unknown detector; expected the id of one of the {}{hint}", DETECTORS.len()))
    })
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;
    use crate::policy::actions::{Base, Cut};

    fn refusal(text: &str) -> String {
        Policy::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn a_whole_document_is_read() {
        let policy = Policy::parse(
            r#"{
                "version": 1,
                "unknown": {"events": "scan", "attributes": "refuse", "fields": "refuse"},
                "normalise": {"event-name": false, "time": false, "types": false, "tools": false, "semconv": "rename"},
                "redact": {
                    "body": "drop",
                    "body#/a": "keep",
                    "resource": {"host.name": "mask"},
                    "scope": {"x": "length"},
                    "attributes": {"prompt": "length", "arguments#/command": "scan"},
                    "events": {"codex.tool_result": {"output": ["scan", {"truncate": 200}], "body": "mask"}, "codex.new": {}}
                },
                "detect": {"disable": ["jwt"], "actions": {"email": {"partial": {"last": 2}}}, "allow": ["a", "a"]},
                "catalogue": {
                    "attributes": {"mood": {"type": "string", "sensitive": false}, "token": {"type": "uuid"}},
                    "events": {"codex.new": {"attributes": {"n": {"type": "int"}}}, "codex.bare": {}}
                }
            }"#,
        )
        .unwrap();
        assert_eq!((policy.unknown.events, policy.unknown.attributes), (UnknownAction::Scan, UnknownAction::Refuse));
        assert_eq!(policy.unknown.fields, UnknownFields::Refuse);
        let off = Normalise { event_name: false, time: false, types: false, tools: false, semconv: Semconv::Rename };
        assert_eq!(policy.normalise, off);
        assert_eq!(policy.redact.body, Some(Treatment::of(Base::Drop)));
        let target = |text| Target::read(text).unwrap();
        assert_eq!(policy.redact.body_nested, [(target("body#/a"), Treatment::of(Base::Keep))]);
        assert_eq!(policy.redact.resource, [(target("host.name"), Treatment::of(Base::Mask(None)))]);
        assert_eq!(policy.redact.scope, [(target("x"), Treatment::of(Base::Length))]);
        assert_eq!(policy.redact.attributes.len(), 2);
        let (event, rules) = policy.redact.events.first().unwrap();
        assert_eq!(event, "codex.tool_result");
        let cut = Treatment { base: Base::Scan, cut: Some(Cut::Truncate(200)) };
        assert_eq!(rules, &[(target("output"), cut), (target("body"), Treatment::of(Base::Mask(None)))]);
        assert_eq!(policy.detect.disable, [detect::by_id("jwt").unwrap()]);
        let partial = FindingAction::Partial { first: 0, last: 2 };
        assert_eq!(policy.detect.actions, [(detect::by_id("email").unwrap(), partial)]);
        assert_eq!(policy.detect.allow, ["a", "a"]);
        assert_eq!((policy.catalogue.attributes.len(), policy.catalogue.events.len()), (2, 2));
    }

    /// Scenario: one slip of the pen at each level.
    /// Guarantees: keeps I1; nothing that is not understood is passed over, and the error says where and what to write.
    #[test]
    fn unknown_members_are_errors_by_path() {
        for (text, error) in [
            (
                r#"{"redcat":{}}"#,
                "redcat: unknown member; expected one of audit, catalogue, detect, normalise, records, redact, shadow, tenant, unknown, version; did you mean redact?",
            ),
            (
                r#"{"tenants":{}}"#,
                "tenants: unknown member; expected one of audit, catalogue, detect, normalise, records, redact, shadow, tenant, unknown, version; did you mean tenant?",
            ),
            (
                r#"{"unknown":{"event":"word"}}"#,
                "unknown.event: unknown member; expected one of attributes, events, fields; did you mean events?",
            ),
            (
                r#"{"normalise":{"event_name":true}}"#,
                "normalise.event_name: unknown member; expected one of event-name, semconv, time, tools, types; did you mean event-name?",
            ),
            (
                r#"{"redact":{"atributes":{}}}"#,
                "redact.atributes: unknown member; expected one of attributes, body, body#/pointer, events, resource, scope; did you mean attributes?",
            ),
            (
                r#"{"detect":{"rules":[]}}"#,
                "detect.rules: unknown member; expected one of actions, allow, custom, disable",
            ),
        ] {
            assert_eq!(refusal(text), error);
        }
    }

    #[test]
    fn a_wrong_value_says_what_is_expected() {
        for (text, error) in [
            ("[]", "expected an object"),
            (r#"{"redact":null}"#, "redact: expected an object"),
            (r#"{"version":2}"#, "version: expected 1, the only version there is"),
            (r#"{"normalise":{"time":"yes"}}"#, "normalise.time: expected true or false"),
            (
                r#"{"redact":{"attributes":{"prompt":"msak"}}}"#,
                r#"redact.attributes.prompt: unknown action "msak"; expected one of drop, hmac, keep, keep-unscanned, length, mask, scan, word, {"hmac": {"key": id, "length": n}}, {"mask": text}, {"partial": {"first": n, "last": n}}, {"truncate": n}, or a list"#,
            ),
            (
                r#"{"unknown":{"events":"off"}}"#,
                r#"unknown.events: unknown action "off"; expected one of drop, keep, mask, refuse, scan, word"#,
            ),
            (
                r#"{"unknown":{"fields":"keep"}}"#,
                r#"unknown.fields: unknown action "keep"; expected one of drop, refuse"#,
            ),
            (r#"{"normalise":{"semconv":false}}"#, "normalise.semconv: expected one of add, none, rename"),
            (
                r#"{"redact":{"body#a":"mask"}}"#,
                r#"redact["body#a"]: expected a JSON pointer after #, as in arguments#/command"#,
            ),
        ] {
            assert_eq!(refusal(text), error);
        }
    }

    #[test]
    fn two_spellings_of_one_name_are_refused() {
        assert_eq!(
            refusal(r#"{"redact":{"attributes":{"user.email":"keep","User_Email":"mask"}}}"#),
            "redact.attributes.User_Email: given twice after folding: case and punctuation do not tell two names apart"
        );
        assert!(Policy::parse(r#"{"redact":{"attributes":{"a#/b":"keep","a#/B":"mask","a":"mask"}}}"#).is_ok());
    }

    /// Scenario: a rule names an event that neither Codex nor the policy's catalogue has.
    /// Guarantees: it is refused, for it would protect nothing; the catalogue counts wherever it stands.
    #[test]
    fn rules_name_events_that_exist() {
        assert_eq!(
            refusal(r#"{"redact":{"events":{"codex.tool_reslt":{}}}}"#),
            r#"redact.events["codex.tool_reslt"]: unknown event; expected one that Codex sends or one from catalogue.events; did you mean codex.tool_result?"#
        );
        assert!(refusal(r#"{"redact":{"events":{"mine":{}}}}"#).ends_with("or one from catalogue.events"));
        let later = r#"{"redact":{"events":{"mine":{}}},"catalogue":{"events":{"mine":{}}}}"#;
        assert!(Policy::parse(later).is_ok());
    }

    #[test]
    fn detectors_are_named_by_their_id() {
        assert!(refusal(r#"{"detect":{"disable":["emial"]}}"#).starts_with("detect.disable[0]: unknown detector; "));
        assert!(refusal(r#"{"detect":{"disable":["emial"]}}"#).ends_with("; did you mean email?"));
        assert!(refusal(r#"{"detect":{"actions":{"emails":"mask"}}}"#).ends_with("; did you mean email?"));
        assert_eq!(refusal(r#"{"detect":{"disable":["email","email"]}}"#), "detect.disable[1]: email is given twice");
        assert_eq!(refusal(r#"{"detect":{"disable":"email"}}"#), "detect.disable: expected a list of detector ids");
        assert_eq!(
            refusal(r#"{"detect":{"actions":{"email":"length"},"disable":["email"]}}"#),
            "detect.actions.email: the detector is disabled, so nothing happens to what it finds; give one of the two"
        );
    }

    #[test]
    fn secrets_get_no_pseudonyms() {
        assert!(Policy::parse(r#"{"detect":{"actions":{"email":"hmac"}}}"#).is_ok());
        assert_eq!(
            refusal(r#"{"detect":{"actions":{"jwt":"hmac"}}}"#),
            "detect.actions.jwt: a secret gets no pseudonym, only what names a person does; use mask instead"
        );
    }

    /// Scenario: the list of allowed values is written wrongly in every way.
    /// Guarantees: keeps I1; no error quotes an allowed value.
    #[test]
    fn allowed_values_are_not_quoted() {
        for (allow, error) in [
            (r#""ops@corp.example""#, "detect.allow: expected a list of texts"),
            (r#"{"ops@corp.example":true}"#, "detect.allow: expected a list of texts"),
            (r#"["a",["ops@corp.example"]]"#, "detect.allow[1]: expected a text that is not empty"),
            (r#"["ops@corp.example",""]"#, "detect.allow[1]: expected a text that is not empty"),
        ] {
            assert_eq!(refusal(&format!(r#"{{"detect":{{"allow":{allow}}}}}"#)), error);
        }
    }
}
