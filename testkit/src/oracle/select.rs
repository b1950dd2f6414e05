//! Which rule holds for a name: asked anew each time, of the policy's document and the catalogue, by comparing names.
//!
//! Must not know batches. What the core settles in tables when a policy is opened is here said in order: policy for the
//! event and the attribute, policy for the attribute, the catalogue, `unknown`.

use std::cell::RefCell;
use std::collections::HashMap;

use super::pseudonym::{Keyring, kind_of};
use super::shared::codex::{
    Attribute, CANONICAL, CANONICAL_NAMES, COMMON, DERIVED, DIAGNOSTICS, EVENTS, RESOURCE, RESOURCE_CANONICAL_NAMES,
    SENSITIVE_NAMES, Sensitivity, Shape, fold_byte, is_sensitive,
};
use super::shared::policy::{
    AttributeType, Base, Hmac, Policy, Target, Treatment, UnknownAction, ValueType, strictest_of,
};

/// The longest key that is taken for a name.
const MAX_FOLDED: usize = 128;

/// What happens to the values of one name in one place.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) treatment: Treatment,
    pub(super) shape: Shape,
    /// A value of the shape stays although its name is sensitive.
    pub(super) shape_is_exempt: bool,
    /// A text longer than a name is masked.
    pub(super) is_capped: bool,
    /// The name counts inside maps and JSON too.
    pub(super) is_nested_too: bool,
    pub(super) is_explicit: bool,
    pub(super) nested: Vec<(Vec<String>, Rule)>,
    /// What the values are, for their pseudonyms.
    pub(super) kind: String,
}

/// Where a rule is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// A record of an event that is known.
    Event(String),
    /// A record that does not say what it is.
    NoEvent,
    Resource,
    Scope,
    /// A record of an event that is not known.
    UnknownEvent,
}

/// What is known of a name.
#[derive(Clone, Copy)]
struct Definition {
    shape: Shape,
    is_sensitive: bool,
    is_catalogued: bool,
}

const CONTENT: Definition = Definition { shape: Shape::Text, is_sensitive: true, is_catalogued: false };
const UNKNOWN: Definition = Definition { shape: Shape::Text, is_sensitive: false, is_catalogued: false };

/// A policy, to be asked.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) policy: Policy,
    pub(super) keyring: Keyring,
    /// Answers given before: the questions are few and the answers slow.
    known: RefCell<HashMap<(Place, String), Rule>>,
}

impl Rules {
    pub(super) fn new(policy: Policy) -> Self {
        Self { policy, keyring: Keyring::default(), known: RefCell::default() }
    }

    /// Whether the catalogue or the policy has an event.
    pub(super) fn has_event(&self, name: &str) -> bool {
        self.events().any(|event| event == name)
    }

    /// Whether the catalogue or the policy has a name, in any spelling.
    pub(super) fn has_name(&self, key: &str) -> bool {
        let sensitive = SENSITIVE_NAMES.iter().copied();
        key.len() <= MAX_FOLDED && self.names().chain(sensitive).any(|name| alike(name, key))
    }

    /// Whether the catalogue or the policy has a name in this very spelling.
    pub(super) fn spells(&self, key: &str) -> bool {
        self.names().any(|name| name == key)
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        let catalogue = &self.policy.catalogue;
        let redact = &self.policy.redact;
        let of_events = catalogue.events.iter().flat_map(|(_, attributes)| attributes);
        let rules = [&redact.resource, &redact.scope, &redact.attributes].into_iter();
        let rules = rules.chain(redact.events.iter().map(|(_, rules)| rules)).flatten();
        built_in()
            .map(|attribute| attribute.name)
            .chain(catalogue.attributes.iter().chain(of_events).map(|(name, _)| name.as_str()))
            .chain(rules.map(|(target, _)| target.name.as_str()))
            .chain(self.policy.records.iter().flat_map(|rule| {
                let compared = rule.equals.iter().map(|(name, _)| name);
                rule.with.iter().chain(&rule.without).chain(compared).map(String::as_str)
            }))
            .chain(self.policy.tenant.as_ref().map(|tenancy| tenancy.attribute.as_str()))
    }

    /// The rule for a key.
    pub(super) fn rule(&self, place: &Place, key: &str) -> Rule {
        let question = (place.clone(), key.to_owned());
        if let Some(answer) = self.known.borrow().get(&question) {
            return answer.clone();
        }
        let answer = match place {
            _ if !self.has_name(key) => self.rule_by_words(key),
            Place::NoEvent => {
                let events = self.events().map(|event| Place::Event(event.to_owned()));
                let places = events.chain([Place::UnknownEvent]);
                strictest_rule(&places.map(|place| self.rule_of(&place, key)).collect::<Vec<_>>())
            }
            _ => self.rule_of(place, key),
        };
        self.known.borrow_mut().insert(question, answer.clone());
        answer
    }

    /// The rule for a key inside a value, where the key counts there. Places inside it have nothing to start at there,
    /// so what has them is masked.
    pub(super) fn nested_rule(&self, place: &Place, key: &str) -> Option<Rule> {
        let own = self.rule(place, key);
        match own.nested.is_empty() {
            true => Some(own).filter(|rule| rule.is_nested_too),
            false => Some(rule(key, CONTENT, of(Base::Mask(None)), false, Vec::new())),
        }
    }

    /// The rule for a body.
    pub(super) fn body(&self, place: &Place) -> Rule {
        match place {
            Place::NoEvent => {
                let events = self.events().map(|event| Place::Event(event.to_owned()));
                strictest_rule(&events.chain([Place::UnknownEvent]).map(|place| self.body(&place)).collect::<Vec<_>>())
            }
            _ => {
                let redact = &self.policy.redact;
                let own = self.targets_of(place).iter().filter(|(target, _)| target.name == "body");
                let own: Vec<&(Target, Treatment)> = own.collect();
                let whole = own.iter().find(|(target, _)| target.pointer.is_empty()).map(|(_, treatment)| treatment);
                let whole = whole.or(redact.body.as_ref());
                let nested = nested(own.into_iter().chain(&redact.body_nested));
                let treatment = whole.cloned().unwrap_or(of(Base::Mask(None)));
                rule("body", CONTENT, treatment, whole.is_some(), nested)
            }
        }
    }

    /// What happens to the name of an event that is not known.
    pub(super) fn unknown_event(&self) -> Rule {
        rule("event.name", UNKNOWN, of(unknown_base(self.policy.unknown.events)), false, Vec::new())
    }

    fn events(&self) -> impl Iterator<Item = &str> {
        let own = self.policy.catalogue.events.iter().map(|(name, _)| name.as_str());
        EVENTS.iter().map(|event| event.name).chain(own)
    }

    fn rule_by_words(&self, key: &str) -> Rule {
        if key.len() > MAX_FOLDED || is_sensitive(&folded(key)) {
            rule(key, CONTENT, of(Base::Mask(None)), false, Vec::new())
        } else {
            rule(key, UNKNOWN, of(unknown_base(self.policy.unknown.attributes)), false, Vec::new())
        }
    }

    fn rule_of(&self, place: &Place, key: &str) -> Rule {
        let definition = self.definition(place, key);
        let default = || of(self.default_base(key, &definition));
        let own = self.policy_treatment(place, key);
        let copies = CANONICAL_NAMES.iter().chain(RESOURCE_CANONICAL_NAMES).filter(|pair| alike(pair.name, key));
        let derived = DERIVED.iter().filter(|(name, _)| alike(name, key)).flat_map(|(_, sources)| *sources).copied();
        let sources: Vec<&str> = copies.map(|pair| pair.source).chain(derived).collect();
        // What is made of other values shows no more than they may.
        let explicit: Vec<_> = sources.iter().map(|source| self.policy_treatment(place, source)).collect();
        let is_explicit = own.is_some() || explicit.iter().any(Option::is_some);
        let inherited = explicit.into_iter().zip(&sources).map(|(explicit, source)| {
            explicit.unwrap_or_else(|| of(self.default_base(source, &self.definition(place, source))))
        });
        let all: Vec<Treatment> = inherited.chain(own).collect();
        let treatment = strictest_of(all.iter()).unwrap_or_else(default);
        let targets = self.targets_of(place).iter().chain(&self.policy.redact.attributes);
        let is_meant = |name: &str| alike(name, key) || sources.iter().any(|source| alike(name, source));
        // A copy names what its source names.
        let name = sources.first().copied().unwrap_or(key);
        let nested = nested(targets.filter(|(target, _)| is_meant(&target.name)));
        rule(name, definition, treatment, is_explicit, nested)
    }

    fn targets_of(&self, place: &Place) -> &[(Target, Treatment)] {
        let redact = &self.policy.redact;
        match place {
            Place::Event(event) => redact.events.iter().find(|(name, _)| name == event).map_or(&[], |(_, rules)| rules),
            Place::NoEvent | Place::UnknownEvent => &[],
            Place::Resource => &redact.resource,
            Place::Scope => &redact.scope,
        }
    }

    fn policy_treatment(&self, place: &Place, key: &str) -> Option<Treatment> {
        let targets = self.targets_of(place).iter().chain(&self.policy.redact.attributes);
        let mut whole = targets.filter(|(target, _)| target.pointer.is_empty() && alike(&target.name, key));
        whole.next().map(|(_, treatment)| treatment.clone())
    }

    fn default_base(&self, name: &str, definition: &Definition) -> Base {
        let is_person = ["user.email", "user.account_id"].iter().any(|known| alike(known, name));
        if definition.is_sensitive && is_person && self.keyring.default_key().is_some() {
            Base::Hmac(Hmac::default())
        } else if definition.is_sensitive {
            Base::Mask(None)
        } else if !definition.is_catalogued {
            unknown_base(self.policy.unknown.attributes)
        } else if definition.shape == Shape::Text {
            Base::Scan
        } else {
            // What has its shape stays, whatever the policy says of what is unknown.
            match unknown_base(self.policy.unknown.attributes) {
                lets_text_stay @ (Base::Keep | Base::Scan) => lets_text_stay,
                _ => Base::Word,
            }
        }
    }

    fn definition(&self, place: &Place, key: &str) -> Definition {
        let catalogue = &self.policy.catalogue;
        let own = |attributes: &[(String, AttributeType)]| {
            attributes.iter().find(|(name, _)| alike(name, key)).map(|(_, kind)| definition_of(kind))
        };
        let extended = |built_in: Option<Definition>| {
            let own = own(&catalogue.attributes);
            built_in.map(|built_in| match own {
                Some(own) => Definition { is_sensitive: own.is_sensitive || built_in.is_sensitive, ..own },
                None => built_in,
            })
        };
        let in_place = match place {
            Place::Event(event) => {
                let policys = catalogue.events.iter().find(|(name, _)| name == event);
                let built_in =
                    EVENTS.iter().find(|known| known.name == event).map_or(&[][..], |event| event.attributes);
                let built_in = built_in.iter().chain(COMMON).chain(CANONICAL);
                policys.and_then(|(_, attributes)| own(attributes)).or_else(|| extended(merged(built_in, key)))
            }
            Place::Resource => extended(merged(RESOURCE.iter(), key)),
            Place::NoEvent | Place::Scope | Place::UnknownEvent => None,
        };
        in_place.or_else(|| own(&catalogue.attributes)).unwrap_or_else(|| {
            let of_events = catalogue.events.iter().flat_map(|(_, attributes)| attributes);
            let of_events = of_events.filter(|(name, _)| alike(name, key)).map(|(_, kind)| definition_of(kind));
            let by_words = is_sensitive(&folded(key));
            match merged(built_in(), key).into_iter().chain(of_events).reduce(merge) {
                Some(known) => Definition { is_sensitive: known.is_sensitive || by_words, ..known },
                None if by_words => CONTENT,
                None => UNKNOWN,
            }
        })
    }
}

/// Whether two names are one: case and punctuation do not count.
pub(super) fn alike(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

fn folded(name: &str) -> Vec<u8> {
    name.bytes().map(fold_byte).collect()
}

fn of(base: Base) -> Treatment {
    Treatment { base, cut: None }
}

fn rule(
    name: &str,
    definition: Definition,
    treatment: Treatment,
    is_explicit: bool,
    nested: Vec<(Vec<String>, Rule)>,
) -> Rule {
    let is_catalogued_text = definition.is_catalogued && definition.shape == Shape::Text;
    Rule {
        treatment,
        shape: definition.shape,
        shape_is_exempt: definition.shape == Shape::HttpStatus && !is_explicit,
        is_capped: is_catalogued_text && !definition.is_sensitive && !is_explicit,
        is_nested_too: definition.is_sensitive || is_explicit,
        is_explicit,
        nested,
        kind: kind_of(name),
    }
}

/// The places inside a value: the first that names one counts.
fn nested<'t>(targets: impl Iterator<Item = &'t (Target, Treatment)>) -> Vec<(Vec<String>, Rule)> {
    let mut nested: Vec<(Vec<String>, Rule)> = Vec::new();
    for (target, treatment) in targets.filter(|(target, _)| !target.pointer.is_empty()) {
        if nested.iter().all(|(pointer, _)| *pointer != target.pointer) {
            let step = target.pointer.last().map_or("", String::as_str);
            nested.push((target.pointer.clone(), rule(step, UNKNOWN, treatment.clone(), true, Vec::new())));
        }
    }
    nested
}

/// Whether a key is a name of the built-in catalogue, spelt as it is there.
pub(super) fn is_built_in(key: &str) -> bool {
    built_in().any(|attribute| attribute.name == key)
}

/// The strictest of what any event would do.
fn strictest_rule(rules: &[Rule]) -> Rule {
    let first = &rules[0];
    let same_shape = rules.iter().all(|rule| rule.shape == first.shape);
    let mut nested: Vec<(Vec<String>, Rule)> = Vec::new();
    for (pointer, place) in rules.iter().flat_map(|rule| &rule.nested) {
        if nested.iter().any(|(known, _)| known == pointer) {
            continue;
        }
        // An event without a rule for the place does there what it does to the whole value.
        let inside = |rule: &Rule| {
            let own = rule.nested.iter().find(|(known, _)| known == pointer);
            own.map_or(rule.treatment.clone(), |(_, own)| own.treatment.clone())
        };
        let treatments: Vec<Treatment> = rules.iter().map(inside).collect();
        let treatment = strictest_of(treatments.iter()).expect("there is one");
        nested.push((pointer.clone(), Rule { treatment, ..place.clone() }));
    }
    Rule {
        treatment: strictest_of(rules.iter().map(|rule| &rule.treatment)).expect("there is one"),
        shape: if same_shape { first.shape } else { Shape::Word },
        shape_is_exempt: same_shape && rules.iter().all(|rule| rule.shape_is_exempt),
        is_capped: rules.iter().any(|rule| rule.is_capped),
        is_nested_too: rules.iter().any(|rule| rule.is_nested_too),
        is_explicit: rules.iter().all(|rule| rule.is_explicit),
        nested,
        kind: first.kind.clone(),
    }
}

fn unknown_base(action: UnknownAction) -> Base {
    match action {
        UnknownAction::Drop => Base::Drop,
        UnknownAction::Keep => Base::Keep,
        UnknownAction::Mask => Base::Length,
        UnknownAction::Scan => Base::Scan,
        UnknownAction::Refuse | UnknownAction::Word => Base::Word,
    }
}

fn merged<'a>(attributes: impl Iterator<Item = &'a Attribute>, key: &str) -> Option<Definition> {
    let definition = |attribute: &Attribute| Definition {
        shape: attribute.shape,
        is_sensitive: attribute.sensitivity != Sensitivity::Safe,
        is_catalogued: true,
    };
    attributes.filter(|attribute| alike(attribute.name, key)).map(definition).reduce(merge)
}

/// The same shape, or one that promises less; sensitive if either is.
fn merge(one: Definition, other: Definition) -> Definition {
    let shape = match (one.shape, other.shape) {
        (one, other) if one == other => one,
        (Shape::Text, _) | (_, Shape::Text) => Shape::Text,
        _ => Shape::Word,
    };
    Definition { shape, is_sensitive: one.is_sensitive || other.is_sensitive, is_catalogued: true }
}

fn definition_of(kind: &AttributeType) -> Definition {
    let shape = match kind.shape {
        ValueType::Bool => Shape::Bool,
        ValueType::Double => Shape::Double,
        ValueType::Int => Shape::Int,
        ValueType::String => Shape::Text,
        ValueType::Time => Shape::Time,
        ValueType::Uuid => Shape::Uuid,
    };
    Definition { shape, is_sensitive: kind.sensitive, is_catalogued: true }
}

fn built_in() -> impl Iterator<Item = &'static Attribute> {
    let shared = [COMMON, DIAGNOSTICS, CANONICAL, RESOURCE].into_iter().flatten();
    EVENTS.iter().flat_map(|event| event.attributes).chain(shared)
}
