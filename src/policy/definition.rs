//! What is known of a name: the catalogue that is built in and the policy's own, as one.
//!
//! Must not know treatments. Keeps I1: a name that is sensitive by its words stays so, whatever the policy's own
//! catalogue says of it; only a rule under `redact` lets it out.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::audit::AUDIT_NAMES;
use super::compile::folds_alike;
use super::document::{AttributeType, Policy, ValueType};
use super::target::fold;
use crate::codex::{Attribute, CANONICAL, COMMON, DIAGNOSTICS, EVENTS, RESOURCE, Sensitivity, Shape, is_sensitive};
use crate::error::PolicyError;

/// Names that a policy and the catalogue may have together. Each has a number of two bytes, twice: as it is written and
/// folded.
const MAX_NAMES: usize = 4_096;

/// What the values of a name look like, and whether they may leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Definition {
    pub(super) shape: Shape,
    pub(super) is_sensitive: bool,
    pub(super) is_catalogued: bool,
}

impl Definition {
    /// What somebody wrote.
    pub(super) const CONTENT: Self = Self { shape: Shape::Text, is_sensitive: true, is_catalogued: false };
    /// Nothing is known.
    pub(super) const UNKNOWN: Self = Self { shape: Shape::Text, is_sensitive: false, is_catalogued: false };

    /// What holds where both may: the same shape or one that promises less, and sensitive if either is.
    fn merge(self, other: Self) -> Self {
        let shape = match (self.shape, other.shape) {
            (one, other) if one == other => one,
            (Shape::Text, _) | (_, Shape::Text) => Shape::Text,
            _ => Shape::Word,
        };
        Self { shape, is_sensitive: self.is_sensitive || other.is_sensitive, is_catalogued: true }
    }
}

/// Both catalogues.
pub(super) struct Definitions<'p> {
    policy: &'p Policy,
}

impl<'p> Definitions<'p> {
    /// Refuses a policy that calls a sensitive name harmless in its catalogue.
    pub(super) fn new(policy: &'p Policy) -> Result<Self, PolicyError> {
        let catalogue = &policy.catalogue;
        let own =
            catalogue.attributes.iter().map(|(name, kind)| (format!("catalogue.attributes[\"{name}\"]"), name, kind));
        let of_events = catalogue.events.iter().flat_map(|(event, attributes)| {
            attributes
                .iter()
                .map(move |(name, kind)| (format!("catalogue.events[\"{event}\"].attributes[\"{name}\"]"), name, kind))
        });
        for (path, name, kind) in own.chain(of_events) {
            if !kind.sensitive && is_sensitive(fold(name).as_bytes()) {
                let message =
                    "this name is sensitive wherever it stands; to let its values out, say so under redact.attributes";
                return Err(PolicyError::new(format!("{path}.sensitive"), message));
            }
        }
        let definitions = Self { policy };
        if definitions.names().count() > MAX_NAMES {
            return Err(PolicyError::new("", "the policy names more than 4096 attributes; expected fewer"));
        }
        Ok(definitions)
    }

    /// The names of all events, those of the policy last.
    pub(super) fn events(&self) -> impl Iterator<Item = &'p str> {
        let own = self.policy.catalogue.events.iter().map(|(name, _)| name.as_str());
        let new = own.filter(|name| EVENTS.iter().all(|event| event.name != *name));
        EVENTS.iter().map(|event| event.name).chain(new)
    }

    /// How many of [`Definitions::names`] are the built-in catalogue's: the first.
    pub(super) fn built_in_count(&self) -> u16 {
        let names: BTreeSet<&str> = built_in().map(|attribute| attribute.name).collect();
        names.len() as u16
    }

    /// Every name that the catalogues or the policy's rules have, once each.
    pub(super) fn names(&self) -> impl Iterator<Item = &'p str> {
        let policy = self.policy;
        let built_in = built_in().map(|attribute| attribute.name);
        let own = policy.catalogue.attributes.iter().map(|(name, _)| name.as_str());
        let of_events =
            policy.catalogue.events.iter().flat_map(|(_, attributes)| attributes).map(|(name, _)| name.as_str());
        let redact = &policy.redact;
        let rules = [&redact.resource, &redact.scope, &redact.attributes].into_iter();
        let rules = rules.chain(redact.events.iter().map(|(_, rules)| rules));
        let named = rules.flatten().map(|(target, _)| target.name.as_str());
        let of_records = policy.records.iter().flat_map(|rule| {
            rule.with.iter().chain(&rule.without).chain(rule.equals.iter().map(|(name, _)| name)).map(String::as_str)
        });
        let mut seen = BTreeSet::new();
        let audit = AUDIT_NAMES.into_iter().filter(|_| policy.audit_record);
        let tenant = policy.tenant.as_ref().map(|tenancy| tenancy.attribute.as_str());
        built_in
            .chain(own)
            .chain(of_events)
            .chain(named)
            .chain(of_records)
            .chain(audit)
            .chain(tenant)
            .filter(move |name| seen.insert(*name))
    }

    /// The names that have a meaning in one event.
    pub(super) fn names_in_event(&self, event: &str) -> impl Iterator<Item = &'p str> {
        let built_in = EVENTS.iter().find(|known| known.name == event).map_or(&[][..], |event| event.attributes);
        let own = self.policy.catalogue.events.iter().filter(move |(known, _)| known == event);
        let own: Vec<&'p str> = own.flat_map(|(_, attributes)| attributes).map(|(name, _)| name.as_str()).collect();
        built_in.iter().chain(COMMON).chain(CANONICAL).map(|attribute| attribute.name).chain(own)
    }

    /// What a name means in one event, if the event has a word for it.
    pub(super) fn in_event(&self, event: &str, name: &str) -> Option<Definition> {
        let built_in = EVENTS.iter().find(|known| known.name == event).map_or(&[][..], |event| event.attributes);
        let own = self.policy.catalogue.events.iter().find(|(known, _)| known == event);
        let own = own.into_iter().flat_map(|(_, attributes)| attributes);
        let built_in = merged(built_in.iter().chain(COMMON).chain(CANONICAL), name);
        self.own(own, name).or_else(|| self.extended(built_in?, name))
    }

    /// What a name means in the resource, if it has a meaning of its own there.
    pub(super) fn in_resource(&self, name: &str) -> Option<Definition> {
        self.extended(merged(RESOURCE.iter(), name)?, name)
    }

    /// A built-in definition with what the policy's catalogue says of the name in any event.
    fn extended(&self, built_in: Definition, name: &str) -> Option<Definition> {
        let own = self.own(self.policy.catalogue.attributes.iter(), name);
        Some(own.map_or(built_in, |own| Definition { is_sensitive: own.is_sensitive || built_in.is_sensitive, ..own }))
    }

    /// What a name means where the event is not known: all of its meanings at once.
    pub(super) fn anywhere(&self, name: &str) -> Definition {
        if let Some(own) = self.own(self.policy.catalogue.attributes.iter(), name) {
            return own;
        }
        let of_events = self.policy.catalogue.events.iter().flat_map(|(_, attributes)| attributes);
        let own: Option<Definition> = of_events
            .filter(|(known, _)| folds_alike(known, name))
            .map(|(_, kind)| definition(kind))
            .reduce(Definition::merge);
        let known = merged(built_in(), name).into_iter().chain(own).reduce(Definition::merge);
        let by_words = is_sensitive(fold(name).as_bytes());
        match known {
            Some(known) => Definition { is_sensitive: known.is_sensitive || by_words, ..known },
            None if by_words => Definition::CONTENT,
            None => Definition::UNKNOWN,
        }
    }

    fn own<'t>(
        &self,
        mut attributes: impl Iterator<Item = &'t (alloc::string::String, AttributeType)>,
        name: &str,
    ) -> Option<Definition> {
        attributes.find(|(known, _)| folds_alike(known, name)).map(|(_, kind)| definition(kind))
    }
}

fn built_in() -> impl Iterator<Item = &'static Attribute> {
    let lists: Vec<&'static [Attribute]> =
        EVENTS.iter().map(|event| event.attributes).chain([COMMON, DIAGNOSTICS, CANONICAL, RESOURCE]).collect();
    lists.into_iter().flatten()
}

fn merged<'a>(attributes: impl Iterator<Item = &'a Attribute>, name: &str) -> Option<Definition> {
    attributes
        .filter(|attribute| folds_alike(attribute.name, name))
        .map(|attribute| Definition {
            shape: attribute.shape,
            is_sensitive: attribute.sensitivity != Sensitivity::Safe,
            is_catalogued: true,
        })
        .reduce(Definition::merge)
}

fn definition(kind: &AttributeType) -> Definition {
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
