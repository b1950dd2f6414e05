//! The compiled policy: every decision that does not depend on a value, made once when the policy is opened.
//!
//! A record's attribute is decided by two numbers: the row of its event and the number of its name. Both come out of a
//! table of names, and the rule stands in an array at row × names + name, so that the cost of an attribute does not grow
//! with the policy.
//!
//! Must not know the wire. Only [`compile`](super::compile) makes one, out of a policy that was wholly understood.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::actions::Treatment;
use super::audit::{AUDIT_NAMES, Done};
use super::document::{Normalise, Unknown};
use super::keyring::Keyring;
use super::names::Names;
use super::selection::Selection;
use super::tenant::Tenancy;
use crate::codex::{Conversion, Shape, fold_byte, is_sensitive};
use crate::detect::Detectors;
use crate::otlp::Group;

/// The number of a name; `UNNAMED` for a name that is in no table.
pub(crate) type NameId = u16;

/// A key that neither the policy nor the catalogue has.
pub(crate) const UNNAMED: NameId = NameId::MAX;

/// The row of records without one string `event.name`: the strictest of all events.
pub(crate) const NO_EVENT: usize = 0;

/// The row of an event that is not in the catalogue: what holds without an event.
pub(crate) const UNKNOWN_EVENT: usize = 1;

/// The longest key that is folded and looked up; no name of the catalogue is half as long.
const MAX_FOLDED_BYTES: usize = 128;

/// A compiled policy.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) hash: String,
    pub(crate) normalise: Normalise,
    pub(crate) unknown: Unknown,
    pub(crate) detectors: Detectors,
    /// What replaces a finding, by the detector's index.
    pub(crate) findings: Vec<FindingMark>,
    /// Exact values that no detector masks.
    pub(crate) allow: Vec<Box<[u8]>>,
    /// Labels of the counters: `prompt: mask`.
    pub(crate) labels: Vec<String>,
    /// What each counter counts, for a record's own counts.
    pub(crate) done: Vec<Option<Done>>,
    pub(crate) keyring: Keyring,
    /// Every way in which a pseudonym is made.
    pub(crate) pseudonyms: Vec<Pseudonym>,
    /// The rules for whole records.
    pub(crate) selections: Vec<Selection>,
    /// The numbers of the names that say on a record what was done to it, as they are spelt and then folded; none where
    /// the policy does not ask for that.
    pub(crate) audit: Vec<NameId>,
    /// Nothing is redacted.
    pub(crate) shadow: bool,
    /// The numbers of a conversation's id.
    pub(crate) conversation: Vec<NameId>,
    /// Whose the batches are.
    pub(crate) tenancy: Option<Tenancy>,
    /// Whether a name is one that a client may not set, by number.
    pub(super) reserved: Vec<bool>,
    pub(super) events: Names,
    pub(super) names: Names,
    pub(super) folded: Names,
    pub(super) rules: Vec<Rule>,
    /// Rules by row × names + name, then the same for the resource and the scope, a row each.
    pub(super) records: Vec<u16>,
    pub(super) resource: Vec<u16>,
    pub(super) scope: Vec<u16>,
    /// The body's rule, by row.
    pub(super) bodies: Vec<u16>,
    /// The names as they are written, by number.
    pub(super) spelling: Vec<Box<[u8]>>,
    /// What normalisation does with a name in a record, by number.
    pub(super) roles: Vec<Role>,
    /// How many names the built-in catalogue has; theirs are the first numbers.
    pub(super) built_in: NameId,
    pub(super) record_links: Vec<Links>,
    pub(super) resource_links: Vec<Links>,
    pub(crate) known: Known,
    /// For a name that is sensitive by its words alone.
    pub(super) sensitive: Rule,
    /// For a name that nothing is known of.
    pub(super) unnamed: Rule,
    /// For the name of an event that is not in the catalogue.
    pub(super) unknown_event: Rule,
    /// Counts strings of the envelope.
    pub(crate) envelope_counter: u16,
}

/// What happens to the values of one name in one event.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) treatment: Treatment,
    /// What a harmless value looks like.
    pub(crate) shape: Shape,
    /// A value of `shape` stays although the name is sensitive.
    pub(crate) shape_is_exempt: bool,
    /// A value longer than a name is masked: nobody asked for the text that stands here.
    pub(crate) is_capped: bool,
    /// The name is sensitive or the policy names it, so it counts inside maps and JSON too.
    pub(crate) is_nested_too: bool,
    /// The policy names it.
    pub(crate) is_explicit: bool,
    /// What stands in place of a masked value.
    pub(crate) mask: Box<[u8]>,
    /// Places inside the value that have a rule of their own.
    pub(crate) nested: Vec<(Vec<Box<[u8]>>, Rule)>,
    /// A number or a switch of `shape` stays as it is.
    pub(crate) lets_scalars: bool,
    /// Index into the ways in which pseudonyms are made, where one stands in place of the value.
    pub(crate) pseudonym: u16,
    /// Index into the labels.
    pub(crate) counter: u16,
    /// Equal numbers do the same to the same value.
    pub(crate) behaviour: u16,
}

/// How the pseudonyms of one kind of value are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pseudonym {
    /// The place of the key.
    pub(crate) key: usize,
    /// Hexadecimal digits.
    pub(crate) length: u8,
    /// What the value is, so that it is the same under every name.
    pub(crate) kind: String,
}

/// What stands in place of a finding.
#[derive(Clone, Debug)]
pub(crate) enum FindingMark {
    Hmac(u16),
    Length,
    Mask(Box<[u8]>),
    Partial { first: u32, last: u32, mask: Box<[u8]> },
}

/// The conventional names of one name.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Links {
    /// The name that normalisation adds or sets instead.
    pub(crate) target: Option<(NameId, Conversion)>,
    /// The name whose value this one takes.
    pub(crate) source: Option<NameId>,
}

/// What normalisation does with a name in a record, beyond giving its value a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Adds the same value under this name.
    Copied(NameId),
    /// Nothing.
    Plain,
    /// Something else.
    Special,
}

/// The numbers of the names that normalisation looks at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    pub(crate) app_version: NameId,
    pub(crate) auth_mode: [NameId; 2],
    pub(crate) error_message: NameId,
    pub(crate) error_type: NameId,
    pub(crate) event_name: NameId,
    pub(crate) event_timestamp: NameId,
    pub(crate) exit_code: NameId,
    pub(crate) mcp_server: NameId,
    pub(crate) mcp_server_sent: NameId,
    pub(crate) output: NameId,
    pub(crate) source: NameId,
    pub(crate) tenant: NameId,
    pub(crate) status_code: NameId,
    pub(crate) success: NameId,
    pub(crate) tool_name: NameId,
    pub(crate) tool_name_sent: NameId,
    pub(crate) tool_namespace: NameId,
}

impl Known {
    /// Whether this is one of the two names of the way in which somebody is known.
    pub(crate) fn is_auth_mode(&self, id: NameId) -> bool {
        let [one, other] = self.auth_mode;
        id == one || id == other
    }

    /// Whether a record's facts can be learnt from this name. A record without such a name implies nothing but its time.
    pub(crate) fn has_facts(&self, id: NameId) -> bool {
        // Asked of every name, and the library's search is a call.
        id == self.error_message
            || id == self.exit_code
            || id == self.status_code
            || id == self.success
            || id == self.tool_name
    }
}

impl Plan {
    /// How many names have a number.
    pub(crate) fn name_count(&self) -> usize {
        self.spelling.len()
    }

    /// The row of an event by its name.
    pub(crate) fn event(&self, name: &[u8]) -> Option<usize> {
        self.events.get(name).map(usize::from)
    }

    /// The number of a key, if it is `guess`, as it is where records have their attributes in the same order; else as
    /// [`Plan::name`] finds it.
    #[inline(always)]
    pub(crate) fn name_by_guess(&self, guess: NameId, key: &[u8]) -> NameId {
        if self.names.is_at(guess, key) { guess } else { self.name(key) }
    }

    /// The number of a name as it is written.
    pub(crate) fn exact_name(&self, name: &[u8]) -> Option<NameId> {
        self.names.get(name)
    }

    /// The number of a key: as it is written, else folded.
    #[inline]
    pub(crate) fn name(&self, key: &[u8]) -> NameId {
        match self.names.get(key) {
            Some(id) => id,
            None => self.folded_name(key),
        }
    }

    #[inline(never)]
    fn folded_name(&self, key: &[u8]) -> NameId {
        let mut buffer = [0; MAX_FOLDED_BYTES];
        fold(key, &mut buffer).and_then(|folded| self.folded.get(folded)).unwrap_or(UNNAMED)
    }

    /// The rule for a name in a record of the event of `row`, or in a resource or scope.
    #[inline]
    pub(crate) fn rule(&self, group: Group, row: usize, id: NameId, key: &[u8]) -> &Rule {
        let id = usize::from(id);
        let index = match group {
            Group::Record if id < self.spelling.len() => self.records.get(row * self.spelling.len() + id),
            Group::Resource => self.resource.get(id),
            Group::Scope => self.scope.get(id),
            Group::Record => None,
        };
        match index.and_then(|&index| self.rules.get(usize::from(index))) {
            Some(rule) => rule,
            None => self.rule_by_words(key),
        }
    }

    /// The same for a name with a number, in a record.
    #[inline(always)]
    pub(crate) fn record_rule(&self, row: usize, id: NameId) -> &Rule {
        let index = self.records.get(row * self.spelling.len() + usize::from(id));
        index.and_then(|&index| self.rules.get(usize::from(index))).unwrap_or(&self.sensitive)
    }

    /// The rule for a name that has no number.
    fn rule_by_words(&self, key: &[u8]) -> &Rule {
        let mut buffer = [0; MAX_FOLDED_BYTES];
        match fold(key, &mut buffer) {
            Some(folded) if !is_sensitive(folded) => &self.unnamed,
            _ => &self.sensitive,
        }
    }

    /// The rule for a name inside a value, if the name has one of its own there.
    ///
    /// Pointers start at the attribute that has the name; deeper down there is nothing for them to start at, so a value
    /// whose places the policy tells apart is masked there as a whole.
    pub(crate) fn nested_rule(&self, group: Group, row: usize, key: &[u8]) -> Option<&Rule> {
        let rule = self.rule(group, row, self.name(key), key);
        let rule = if rule.nested.is_empty() { rule } else { &self.sensitive };
        rule.is_nested_too.then_some(rule)
    }

    /// The rule for a name that nothing is known of.
    pub(crate) fn unnamed(&self) -> &Rule {
        &self.unnamed
    }

    /// The rule for the name of an event that is not in the catalogue.
    pub(crate) fn unknown_event(&self) -> &Rule {
        &self.unknown_event
    }

    /// The rule for a body.
    pub(crate) fn body(&self, row: usize) -> &Rule {
        let rule = self.bodies.get(row).and_then(|&index| self.rules.get(usize::from(index)));
        rule.unwrap_or(&self.sensitive)
    }

    /// What normalisation does with a name.
    #[inline]
    pub(crate) fn links(&self, group: Group, id: NameId) -> Links {
        let links = match group {
            Group::Record => self.record_links.get(usize::from(id)),
            Group::Resource => self.resource_links.get(usize::from(id)),
            Group::Scope => None,
        };
        links.copied().unwrap_or_default()
    }

    /// Whether this is a name of the built-in catalogue, spelt as it is there.
    #[inline(always)]
    pub(crate) fn is_built_in(&self, id: NameId) -> bool {
        id < self.built_in
    }

    /// Whether this is a name that normalisation adds.
    pub(crate) fn is_added(&self, id: NameId) -> bool {
        let known = &self.known;
        let is_copy = |links: &[Links]| links.get(usize::from(id)).is_some_and(|links| links.source.is_some());
        // A policy without tenants has no number for their attribute.
        if id == UNNAMED {
            return false;
        }
        [known.error_type, known.exit_code, known.mcp_server, known.tool_name_sent, known.tenant].contains(&id)
            || self.audit.contains(&id)
            || is_copy(&self.record_links)
            || is_copy(&self.resource_links)
    }

    /// Reserves the names that say on a record what was done to it.
    pub(super) fn reserve_audit(&mut self) {
        let ids = AUDIT_NAMES.iter().flat_map(|name| [self.names.get(name.as_bytes())]);
        let alike = AUDIT_NAMES.iter().map(|name| self.folded_name(name.as_bytes()));
        self.audit = ids.flatten().chain(alike).collect();
        for &id in &self.audit {
            // They are looked at each time.
            if let Some(role) = self.roles.get_mut(usize::from(id)) {
                *role = Role::Special;
            }
        }
    }

    /// Whether a client may not set a name: the attribute `key` with the number `id`.
    pub(crate) fn is_reserved(&self, id: NameId, key: &[u8]) -> bool {
        match self.reserved.get(usize::from(id)) {
            Some(is_reserved) => *is_reserved,
            None => self.tenancy.as_ref().is_some_and(|tenancy| tenancy.reserved.has(key)),
        }
    }

    /// What normalisation does with a name in a record.
    #[inline(always)]
    pub(crate) fn role(&self, id: NameId) -> Role {
        self.roles.get(usize::from(id)).copied().unwrap_or(Role::Special)
    }

    /// The name with a number, as it is written.
    pub(crate) fn name_of(&self, id: NameId) -> &[u8] {
        self.spelling.get(usize::from(id)).map_or(b"", |name| name)
    }
}

/// `key` folded, in a buffer of the caller's; nothing for a key that is too long to be a name.
fn fold<'b>(key: &[u8], buffer: &'b mut [u8; MAX_FOLDED_BYTES]) -> Option<&'b [u8]> {
    let folded = buffer.get_mut(..key.len())?;
    for (to, &from) in folded.iter_mut().zip(key) {
        *to = fold_byte(from);
    }
    Some(folded)
}
