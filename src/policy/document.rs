//! The policy as types: what a document says once it has been read, with every default in its place.
//!
//! Must not know JSON (`sections.rs` reads it) nor how rules are compiled. Keeps I1: there is no half-valid policy.
//! What can be held in these types came from a document that was wholly understood, or is the default, which masks.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::detect::{Custom, DetectorId, Detectors};
use crate::error::PolicyError;
use crate::policy::actions::{Base, FindingAction, Treatment};
use crate::policy::canonical;
use crate::policy::node::Node;
use crate::policy::records::RecordRule;
use crate::policy::sections;
use crate::policy::target::Target;
use crate::policy::tenant::Tenancy;

/// What people write: one document, versioned. The empty one is the safe default.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// What happens to what neither the policy nor the catalogue names.
    pub unknown: Unknown,
    /// Which dialects are folded into one.
    pub normalise: Normalise,
    /// What happens to named values.
    pub redact: Redact,
    /// What is looked for inside values.
    pub detect: Detect,
    /// What the catalogue does not have yet.
    pub catalogue: Catalogue,
    /// Which records stay out as a whole; the first rule that means a record decides.
    pub records: Vec<RecordRule>,
    /// Each record says how much was done to it.
    pub audit_record: bool,
    /// Nothing is redacted: the report says what would be. Only a host that allows it opens such a policy.
    pub shadow: bool,
    /// Whose the batches are.
    pub tenant: Option<Tenancy>,
    /// Lower-case hexadecimal SHA-256 of the document's RFC 8785 form, as it was given.
    pub hash: String,
}

/// What happens to what neither the policy nor the catalogue names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unknown {
    /// To the attributes of an event that is not in the catalogue.
    pub events: UnknownAction,
    /// To an attribute that is not in the catalogue.
    pub attributes: UnknownAction,
    /// To a field that the encoding does not have.
    pub fields: UnknownFields,
}

/// What happens to an unknown value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownAction {
    /// It goes.
    Drop,
    /// It stays, but for what the detectors find.
    Keep,
    /// Its usual mask stays.
    Mask,
    /// The batch is refused.
    Refuse,
    /// Text stays, but for what the detectors find.
    Scan,
    /// A number or one short, clean word stays; of anything else the length.
    #[default]
    Word,
}

/// What happens to a field of the encoding that is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownFields {
    /// It goes.
    #[default]
    Drop,
    /// The batch is refused.
    Refuse,
}

/// Which dialects are folded into one.
#[derive(Clone, Debug, PartialEq)]
pub struct Normalise {
    /// The record's `event_name` is set from the attribute `event.name`.
    pub event_name: bool,
    /// The record's time is set from the attribute `event.timestamp`.
    pub time: bool,
    /// Numbers, switches and enumerations that were sent as text get their type and spelling.
    pub types: bool,
    /// Tool names, servers and exit codes are spelt one way.
    pub tools: bool,
    /// What becomes of OpenTelemetry's own names.
    pub semconv: Semconv,
}

/// What becomes of OpenTelemetry's own names for what Codex sends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Semconv {
    /// They are added.
    #[default]
    Add,
    /// They are not set.
    None,
    /// They replace the names that Codex gave.
    Rename,
}

/// What happens to named values; what is not named keeps its default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Redact {
    /// To the body of every record.
    pub body: Option<Treatment>,
    /// To places inside a body; each target's name is `body`.
    pub body_nested: Vec<(Target, Treatment)>,
    /// To attributes of the resource.
    pub resource: Vec<(Target, Treatment)>,
    /// To attributes of the instrumentation scope.
    pub scope: Vec<(Target, Treatment)>,
    /// To attributes of every record.
    pub attributes: Vec<(Target, Treatment)>,
    /// To attributes of the records of one event; a target with the name `body` is the record's body.
    pub events: Vec<(String, Vec<(Target, Treatment)>)>,
}

/// What is looked for inside values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Detect {
    /// Detectors that do not run.
    pub disable: Vec<DetectorId>,
    /// What happens to what a detector finds, where it is not the usual mask.
    pub actions: Vec<(DetectorId, FindingAction)>,
    /// The policy's own detectors.
    pub custom: Vec<CustomRule>,
    /// Exact values that are let through although a detector finds them.
    pub allow: Vec<String>,
}

/// One of a policy's own detectors, and what happens to what it finds, where that is not the usual mask.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomRule {
    /// How it looks.
    pub detector: Custom,
    /// What happens to what it finds.
    pub action: Option<FindingAction>,
}

impl Detect {
    /// The detectors that look.
    pub fn detectors(&self) -> Detectors {
        let built_in = self.disable.iter().fold(Detectors::all(), |set, &id| set.without(id));
        built_in.with(self.custom.iter().map(|rule| rule.detector.clone()).collect())
    }

    /// What happens to what the detector called `id` finds, where that is not the usual mask.
    pub fn action(&self, id: &str) -> Option<&FindingAction> {
        let built_in = self.actions.iter().find(|(detector, _)| detector.get().id == id).map(|(_, action)| action);
        let own = || self.custom.iter().find(|rule| rule.detector.id == id).and_then(|rule| rule.action.as_ref());
        built_in.or_else(own)
    }

    /// Everything that happens to what a detector finds, where that is not the usual mask, and where it is said.
    pub(crate) fn all_actions(&self) -> impl Iterator<Item = (String, &FindingAction)> {
        let built_in = self.actions.iter().map(|(id, action)| (format!("detect.actions.{}", id.get().id), action));
        let own = self.custom.iter().enumerate();
        built_in
            .chain(own.filter_map(|(at, rule)| Some((format!("detect.custom[{at}].action"), rule.action.as_ref()?))))
    }
}

/// What the catalogue does not have yet, so that a new Codex needs no release.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalogue {
    /// Attributes that any event may have.
    pub attributes: Vec<(String, AttributeType)>,
    /// Events, each with the attributes of its own.
    pub events: Vec<(String, Vec<(String, AttributeType)>)>,
}

/// What the values of an attribute look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttributeType {
    /// The shape of a harmless value.
    pub shape: ValueType,
    /// Whether the value is masked unless a rule says otherwise.
    pub sensitive: bool,
}

/// The shape of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// True or false.
    Bool,
    /// A number with a fraction.
    Double,
    /// A whole number.
    Int,
    /// Any text.
    String,
    /// An RFC 3339 time.
    Time,
    /// A UUID.
    Uuid,
}

impl Policy {
    /// Reads a JSON document; the first thing that is not understood refuses the whole.
    ///
    /// The error's path is written as in `redact.attributes["user.email"][1].mask`: plain names are joined by dots, a
    /// name with anything but letters, digits, `-` and `_` stands in brackets and quotes, and an array's element is its
    /// number from 0.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        sections::policy(&Node::parse(text)?)
    }
}

impl Policy {
    /// The ids of the keys that the policy needs, each once; nothing stands for the host's default key, and comes last.
    pub fn key_ids(&self) -> Vec<Option<String>> {
        let redact = &self.redact;
        let rules = [&redact.body_nested, &redact.resource, &redact.scope, &redact.attributes].into_iter();
        let rules = rules.chain(redact.events.iter().map(|(_, rules)| rules)).flatten().map(|(_, treatment)| treatment);
        let of_values = rules.chain(&redact.body).filter_map(|treatment| match &treatment.base {
            Base::Hmac(hmac) => Some(&hmac.key),
            _ => None,
        });
        let of_findings = self.detect.all_actions().filter_map(|(_, action)| match action {
            FindingAction::Hmac(hmac) => Some(&hmac.key),
            _ => None,
        });
        let mut ids: Vec<Option<String>> = of_values.chain(of_findings).cloned().collect();
        ids.sort_by(|one, other| one.is_none().cmp(&other.is_none()).then_with(|| one.cmp(other)));
        ids.dedup();
        ids
    }
}

impl Default for Policy {
    /// What `{}` says.
    fn default() -> Self {
        Self {
            unknown: Unknown::default(),
            normalise: Normalise::default(),
            redact: Redact::default(),
            detect: Detect::default(),
            catalogue: Catalogue::default(),
            records: Vec::new(),
            audit_record: false,
            shadow: false,
            tenant: None,
            hash: canonical::hash(&Node::Object(Vec::new())),
        }
    }
}

impl Default for Normalise {
    fn default() -> Self {
        Self { event_name: true, time: true, types: true, tools: true, semconv: Semconv::Add }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_empty_document_is_the_default() {
        let policy = Policy::parse("{}").unwrap();
        assert_eq!(policy, Policy::default());
        assert_eq!(policy.hash, "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
        assert_eq!(policy.unknown.attributes, UnknownAction::Word);
    }

    #[test]
    fn the_keys_that_a_policy_needs_are_told() {
        let text = r#"{"redact":{"body":"hmac","attributes":{"a":{"hmac":{"key":"team"}},"a#/b":"mask"},
            "events":{"codex.tool_result":{"x":{"hmac":{"key":"team"}}}}},"detect":{"actions":{"email":{"hmac":{"key":"all"}}}}}"#;
        let ids = Policy::parse(text).unwrap().key_ids();
        assert_eq!(ids, [Some("all".into()), Some("team".into()), None]);
        assert!(Policy::default().key_ids().is_empty());
    }

    #[test]
    fn a_default_written_out_changes_the_hash_alone() {
        let written = Policy::parse(r#"{"version":1,"normalise":{"time":true},"unknown":{"fields":"drop"}}"#).unwrap();
        assert_ne!(written.hash, Policy::default().hash);
        assert_eq!(Policy { hash: Policy::default().hash, ..written }, Policy::default());
    }
}
