//! From the document to the plan.
//!
//! Answers, for every name in every event, which rule holds: policy for event and
//! attribute, then policy for the attribute or place, then the catalogue, then `unknown`.
//!
//! Must not know the wire. Keeps I1: where two answers meet (an event that cannot be told, two spellings of one name, a
//! copy and its source) the plan holds the stricter one.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::actions::{Base, FindingAction, Hmac, Treatment};
use super::audit::{Done, done_by};
use super::check::check;
use super::custom;
use super::definition::{Definition, Definitions};
use super::document::{Policy, Semconv, UnknownAction};
use super::keyring::Keyring;
use super::names::Names;
use super::plan::{FindingMark, Known, Links, NameId, Plan, Pseudonym, Role, Rule, UNNAMED};
use super::selection::{conversation_ids, selections};
use super::strictness::strictest_of;
use super::target::{Target, fold};
use super::tenant;
use crate::codex::{
    CANONICAL_NAMES, Canonical, Conversion, DERIVED, PSEUDONYMOUS, RESOURCE_CANONICAL_NAMES, SENSITIVE_NAMES, Shape,
    fold_byte, kind,
};
use crate::detect::Detectors;
use crate::error::PolicyError;

/// What stands in place of a masked value.
pub(crate) const DEFAULT_MASK: &str = "[redacted]";

/// The name under which a report counts what has no name of the policy or the catalogue.
const OTHER: &str = "other";

/// Compiles a policy.
pub(crate) fn compile(policy: &Policy, keyring: Keyring) -> Result<Plan, PolicyError> {
    let detectors = policy.detect.detectors();
    let definitions = Definitions::new(policy)?;
    check(policy, &detectors, &keyring)?;
    tenant::check_against(policy, |name| {
        definitions.in_resource(name).unwrap_or_else(|| definitions.anywhere(name)).shape
    })?;
    let mut compiler = Compiler {
        policy,
        definitions,
        spelling: Vec::new(),
        folded: Vec::new(),
        anywhere: Vec::new(),
        rules: Vec::new(),
        labels: Vec::new(),
        label_ids: BTreeMap::new(),
        behaviours: Vec::new(),
        keyring,
        pseudonyms: Vec::new(),
        done: Vec::new(),
    };
    let mut plan = compiler.plan(detectors);
    let names = || compiler.spelling.iter().map(String::as_str).chain(compiler.definitions.events());
    custom::check(&policy.detect.custom, names, plan.keyring.ids())?;
    plan.selections = selections(policy, &plan)?;
    plan.conversation = conversation_ids(&plan);
    if policy.audit_record {
        plan.reserve_audit();
    }
    Ok(plan)
}

struct Compiler<'p> {
    policy: &'p Policy,
    definitions: Definitions<'p>,
    spelling: Vec<String>,
    /// The same, folded.
    folded: Vec<String>,
    /// What each name means where the event is not known, by number.
    anywhere: Vec<Definition>,
    rules: Vec<Rule>,
    labels: Vec<String>,
    label_ids: BTreeMap<String, u16>,
    behaviours: Vec<(Treatment, Shape, bool, bool, bool, u16)>,
    keyring: Keyring,
    pseudonyms: Vec<Pseudonym>,
    /// What each label counts.
    done: Vec<Option<Done>>,
}

/// Where a rule is asked for.
#[derive(Clone, Copy)]
enum Row<'p> {
    Event(&'p str),
    /// No event, or one that is not known.
    Any,
    Resource,
    Scope,
}

impl<'p> Compiler<'p> {
    fn plan(&mut self, detectors: Detectors) -> Plan {
        let (names, folded) = self.number_names();
        let events: Vec<&str> = self.definitions.events().collect();
        let (mut records, mut bodies) = (Vec::new(), Vec::new());
        // Row 0 is filled in last: it is the strictest of the others.
        records.resize(self.spelling.len(), 0);
        bodies.push(0);
        for row in core::iter::once(Row::Any).chain(events.iter().map(|name| Row::Event(name))) {
            let own = self.own_names(row);
            for id in 0..self.spelling.len() {
                // Where an event has no word of its own for a name, what holds without an event holds.
                let inherited = match row {
                    Row::Event(_) if !self.folded.get(id).is_some_and(|name| own.contains(name)) => {
                        records.get(self.spelling.len() + id).copied()
                    }
                    _ => None,
                };
                let rule = inherited.unwrap_or_else(|| self.rule_of(row, id));
                records.push(rule);
            }
            bodies.push(self.body_of(row));
        }
        self.fill_row_without_event(&mut records, &mut bodies);
        let resource = (0..self.spelling.len()).map(|id| self.rule_of(Row::Resource, id)).collect();
        let scope = (0..self.spelling.len()).map(|id| self.rule_of(Row::Scope, id)).collect();
        let sensitive = self.rule(OTHER, Definition::CONTENT, Treatment::of(Base::Mask(None)), false, Vec::new());
        let unnamed = self.unknown_rule(OTHER, self.policy.unknown.attributes);
        let unknown_event = self.unknown_rule("event.name", self.policy.unknown.events);
        let envelope_counter = self.label("envelope: word".to_string(), Some(Done::Masked));
        let known = self.known(&names);
        let record_links = self.links(&names, CANONICAL_NAMES);
        Plan {
            hash: self.policy.hash.clone(),
            normalise: self.policy.normalise.clone(),
            unknown: self.policy.unknown.clone(),
            findings: self.finding_marks(&detectors),
            detectors,
            tenancy: self.policy.tenant.clone(),
            reserved: self.policy.tenant.as_ref().map(|it| it.reserved.of(&self.spelling)).unwrap_or_default(),
            allow: self.policy.detect.allow.iter().map(|value| value.as_bytes().into()).collect(),
            labels: core::mem::take(&mut self.labels),
            done: core::mem::take(&mut self.done),
            audit: Vec::new(),
            shadow: self.policy.shadow,
            keyring: core::mem::take(&mut self.keyring),
            pseudonyms: core::mem::take(&mut self.pseudonyms),
            selections: Vec::new(),
            conversation: Vec::new(),
            events: Names::new(events.iter().zip(2u16..).map(|(name, row)| (name.as_bytes(), row))),
            roles: self.roles(&known, &record_links),
            built_in: self.definitions.built_in_count(),
            record_links,
            resource_links: self.links(&names, RESOURCE_CANONICAL_NAMES),
            names,
            folded,
            rules: core::mem::take(&mut self.rules),
            records,
            resource,
            scope,
            bodies,
            spelling: self.spelling.iter().map(|name| name.as_bytes().into()).collect(),
            known,
            sensitive,
            unnamed,
            unknown_event,
            envelope_counter,
        }
    }

    /// Gives every name a number, and every folded name one of its own: what is done to `User.Email` is decided by all
    /// names that fold to `user_email`, and nothing but redaction happens under a spelling that Codex does not send.
    fn number_names(&mut self) -> (Names, Names) {
        let spelled: Vec<String> = self.definitions.names().map(ToString::to_string).collect();
        let sensitive = SENSITIVE_NAMES.iter().map(|name| name.to_string());
        let folded: Vec<String> = spelled.iter().map(|name| fold(name)).chain(sensitive).collect();
        let exact = Names::new(spelled.iter().zip(0u16..).map(|(name, id)| (name.as_bytes(), id)));
        let first_folded = spelled.len() as u16;
        let table = Names::new(folded.iter().zip(first_folded..).map(|(name, id)| (name.as_bytes(), id)));
        self.spelling = spelled.into_iter().chain(folded).collect();
        self.folded = self.spelling.iter().map(|name| fold(name)).collect();
        self.anywhere = self.spelling.iter().map(|name| self.definitions.anywhere(name)).collect();
        (exact, table)
    }

    /// The folded names for which an event has a definition or a rule.
    fn own_names(&self, row: Row<'p>) -> BTreeSet<String> {
        let Row::Event(event) = row else { return BTreeSet::new() };
        let named = self.policy.redact.events.iter().filter(|(named, _)| named == event).flat_map(|(_, rules)| rules);
        let named = named.map(|(target, _)| fold(&target.name));
        self.definitions.names_in_event(event).map(fold).chain(named).collect()
    }

    fn rule_of(&mut self, row: Row<'p>, id: usize) -> u16 {
        let name = self.spelling.get(id).cloned().unwrap_or_default();
        let own = match row {
            Row::Event(event) => self.definitions.in_event(event, &name),
            Row::Resource => self.definitions.in_resource(&name),
            Row::Any | Row::Scope => None,
        };
        let definition = own.or_else(|| self.anywhere.get(id).copied()).unwrap_or(Definition::CONTENT);
        let (treatment, is_explicit) = self.treatment(row, &name, &definition);
        let nested = self.nested(row, &name);
        let rule = self.rule(&name, definition, treatment, is_explicit, nested);
        self.push(rule)
    }

    /// What the policy or the catalogue says of a name, and whether it was the policy.
    fn treatment(&self, row: Row<'p>, name: &str, definition: &Definition) -> (Treatment, bool) {
        let own = self.policy_treatment(row, name);
        let default = self.default_treatment(name, definition);
        let sources = sources_of(name);
        if sources.is_empty() {
            let is_explicit = own.is_some();
            return (own.unwrap_or(default), is_explicit);
        }
        // What is made of other values shows no more than they may.
        let explicit: Vec<Option<Treatment>> =
            sources.iter().map(|source| self.policy_treatment(row, source)).collect();
        let is_explicit = own.is_some() || explicit.iter().any(Option::is_some);
        let inherited: Vec<Treatment> = explicit
            .into_iter()
            .zip(&sources)
            .map(|(explicit, source)| {
                explicit.unwrap_or_else(|| self.default_treatment(source, &self.definition(row, source)))
            })
            .collect();
        (strictest_of(inherited.iter().chain(own.as_ref())).unwrap_or(default), is_explicit)
    }

    /// What a name means in a row.
    fn definition(&self, row: Row<'p>, name: &str) -> Definition {
        let own = match row {
            Row::Event(event) => self.definitions.in_event(event, name),
            Row::Resource => self.definitions.in_resource(name),
            Row::Any | Row::Scope => None,
        };
        own.unwrap_or_else(|| self.definitions.anywhere(name))
    }

    fn policy_treatment(&self, row: Row<'p>, name: &str) -> Option<Treatment> {
        let redact = &self.policy.redact;
        let own = match row {
            Row::Event(event) => redact.events.iter().find(|(named, _)| named == event).map(|(_, rules)| rules),
            Row::Any => None,
            Row::Resource => Some(&redact.resource),
            Row::Scope => Some(&redact.scope),
        };
        own.into_iter().chain([&redact.attributes]).find_map(|targets| {
            let matches = |target: &Target| target.pointer.is_empty() && folds_alike(&target.name, name);
            targets.iter().find(|(target, _)| matches(target)).map(|(_, treatment)| treatment.clone())
        })
    }

    fn default_treatment(&self, name: &str, definition: &Definition) -> Treatment {
        Treatment::of(match definition {
            Definition { is_sensitive: true, .. } if self.is_pseudonymous(name) => Base::Hmac(Hmac::default()),
            Definition { is_sensitive: true, .. } => Base::Mask(None),
            Definition { is_catalogued: false, .. } => unknown_base(self.policy.unknown.attributes),
            Definition { shape: Shape::Text, .. } => Base::Scan,
            // What has its shape stays; what does not is looked at like what is not known, where that lets text stay.
            _ => match self.policy.unknown.attributes {
                action @ (UnknownAction::Keep | UnknownAction::Scan) => unknown_base(action),
                _ => Base::Word,
            },
        })
    }

    /// Whether a name has a pseudonym where the policy does not say: with a key there is one for it.
    fn is_pseudonymous(&self, name: &str) -> bool {
        self.keyring.default_key().is_some() && PSEUDONYMOUS.iter().any(|known| folds_alike(known, name))
    }

    /// The number of the way in which a value's pseudonym is made; 0, which nobody asks for, where it has none.
    fn pseudonym(&mut self, hmac: &Hmac, kind: String) -> u16 {
        let named = hmac.key.as_ref().map_or(self.keyring.default_key(), |id| self.keyring.find(id));
        let Some(key) = named else { return 0 };
        let pseudonym = Pseudonym { key, length: hmac.length, kind };
        let known = self.pseudonyms.iter().position(|known| *known == pseudonym);
        let place = known.unwrap_or(self.pseudonyms.len());
        if known.is_none() {
            self.pseudonyms.push(pseudonym);
        }
        place as u16
    }

    /// The places inside a value that the policy names: of the event first, then of every record.
    fn nested(&mut self, row: Row<'p>, name: &str) -> Vec<(Vec<Box<[u8]>>, Rule)> {
        let redact = &self.policy.redact;
        let own: &[(Target, Treatment)] = match row {
            Row::Event(event) => redact.events.iter().find(|(named, _)| named == event).map_or(&[], |(_, rules)| rules),
            Row::Any => &[],
            Row::Resource => &redact.resource,
            Row::Scope => &redact.scope,
        };
        // A copy of a value has the places of that value.
        let sources = sources_of(name);
        let is_meant = |target: &Target| {
            folds_alike(&target.name, name) || sources.iter().any(|source| folds_alike(&target.name, source))
        };
        self.nested_of(own.iter().chain(&redact.attributes).filter(|(target, _)| is_meant(target)), name)
    }

    fn nested_of<'t>(
        &mut self,
        targets: impl Iterator<Item = &'t (Target, Treatment)>,
        name: &str,
    ) -> Vec<(Vec<Box<[u8]>>, Rule)> {
        let mut nested: Vec<(Vec<Box<[u8]>>, Rule)> = Vec::new();
        for (target, treatment) in targets.filter(|(target, _)| !target.pointer.is_empty()) {
            let pointer: Vec<Box<[u8]>> = target.pointer.iter().map(|token| token.as_bytes().into()).collect();
            if nested.iter().all(|(known, _)| *known != pointer) {
                let label = format!("{name}#/{}", target.pointer.join("/"));
                let rule = self.rule(&label, Definition::UNKNOWN, treatment.clone(), true, Vec::new());
                nested.push((pointer, rule));
            }
        }
        nested
    }

    fn body_of(&mut self, row: Row<'p>) -> u16 {
        let redact = &self.policy.redact;
        let own: &[(Target, Treatment)] = match row {
            Row::Event(event) => redact.events.iter().find(|(named, _)| named == event).map_or(&[], |(_, rules)| rules),
            _ => &[],
        };
        let in_body: Vec<_> = own.iter().filter(|(target, _)| target.name == "body").collect();
        let whole = in_body.iter().find(|(target, _)| target.pointer.is_empty()).map(|(_, treatment)| treatment);
        let treatment = whole.or(redact.body.as_ref());
        let is_explicit = treatment.is_some();
        let treatment = treatment.cloned().unwrap_or(Treatment::of(Base::Mask(None)));
        let nested = self.nested_of(in_body.into_iter().chain(&redact.body_nested), "body");
        let rule = self.rule("body", Definition::CONTENT, treatment, is_explicit, nested);
        self.push(rule)
    }

    /// Row 0: a record that does not say what it is gets the strictest of what any event would get.
    fn fill_row_without_event(&mut self, records: &mut [u16], bodies: &mut [u16]) {
        let width = self.spelling.len();
        for id in 0..width {
            let column: Vec<u16> = records.iter().copied().skip(width + id).step_by(width).collect();
            let rule = self.strictest_rule(&column);
            if let Some(place) = records.get_mut(id) {
                *place = rule;
            }
        }
        let column: Vec<u16> = bodies.iter().copied().skip(1).collect();
        let rule = self.strictest_rule(&column);
        if let Some(place) = bodies.first_mut() {
            *place = rule;
        }
    }

    fn strictest_rule(&mut self, ids: &[u16]) -> u16 {
        let first = ids.first().copied().unwrap_or_default();
        if ids.iter().all(|&id| id == first) {
            return first;
        }
        let rules: Vec<Rule> = ids.iter().filter_map(|&id| self.rules.get(usize::from(id)).cloned()).collect();
        let Some(base) = rules.first() else { return first };
        let treatment = strictest_of(rules.iter().map(|rule| &rule.treatment)).unwrap_or(base.treatment.clone());
        let same_shape = rules.iter().all(|rule| rule.shape == base.shape);
        let mut nested: Vec<(Vec<Box<[u8]>>, Rule)> = Vec::new();
        for (pointer, place) in rules.iter().flat_map(|rule| &rule.nested) {
            if nested.iter().any(|(known, _)| known == pointer) {
                continue;
            }
            // A rule that does not name the place does there what it does to the whole value.
            let there = rules.iter().map(|rule| {
                let own = rule.nested.iter().find(|(known, _)| known == pointer);
                own.map_or(&rule.treatment, |(_, place)| &place.treatment)
            });
            let treatment = strictest_of(there).unwrap_or(place.treatment.clone());
            let (mask, lets_scalars) = (mask_of(&treatment), lets_scalars(&treatment));
            let pseudonym = match &treatment.base {
                Base::Hmac(hmac) => {
                    let step = pointer.last().and_then(|step| core::str::from_utf8(step).ok());
                    self.pseudonym(&hmac.clone(), kind_of(step.unwrap_or_default()))
                }
                _ => 0,
            };
            nested.push((pointer.clone(), Rule { mask, lets_scalars, treatment, pseudonym, ..place.clone() }));
        }
        let (mask, lets_scalars) = (mask_of(&treatment), lets_scalars(&treatment));
        let strict = Rule {
            lets_scalars,
            shape: if same_shape { base.shape } else { Shape::Word },
            shape_is_exempt: same_shape && rules.iter().all(|rule| rule.shape_is_exempt),
            is_capped: rules.iter().any(|rule| rule.is_capped),
            is_nested_too: rules.iter().any(|rule| rule.is_nested_too),
            is_explicit: rules.iter().all(|rule| rule.is_explicit),
            mask,
            nested,
            // Rules of one name differ in their pseudonyms as their treatments do.
            pseudonym: rules.iter().find(|rule| rule.treatment == treatment).map_or(0, |rule| rule.pseudonym),
            counter: base.counter,
            behaviour: 0,
            treatment,
        };
        self.push(strict)
    }

    fn rule(
        &mut self,
        name: &str,
        definition: Definition,
        treatment: Treatment,
        is_explicit: bool,
        nested: Vec<(Vec<Box<[u8]>>, Rule)>,
    ) -> Rule {
        let is_catalogued_text = definition.is_catalogued && definition.shape == Shape::Text;
        Rule {
            shape: definition.shape,
            // Of a sensitive name only a status or a word of a closed set is known to be harmless.
            shape_is_exempt: matches!(definition.shape, Shape::HttpStatus | Shape::OneOf(_)) && !is_explicit,
            is_capped: is_catalogued_text && !definition.is_sensitive && !is_explicit,
            is_nested_too: definition.is_sensitive || is_explicit,
            is_explicit,
            mask: mask_of(&treatment),
            lets_scalars: lets_scalars(&treatment),
            nested,
            pseudonym: match &treatment.base {
                Base::Hmac(hmac) => self.pseudonym(hmac, kind_of(name)),
                _ => 0,
            },
            counter: self.label(format!("{name}: {treatment}"), done_by(&treatment)),
            behaviour: 0,
            treatment,
        }
    }

    fn unknown_rule(&mut self, name: &str, action: UnknownAction) -> Rule {
        self.rule(name, Definition::UNKNOWN, Treatment::of(unknown_base(action)), false, Vec::new())
    }

    fn push(&mut self, mut rule: Rule) -> u16 {
        let behaviour = (
            rule.treatment.clone(),
            rule.shape,
            rule.shape_is_exempt,
            rule.is_capped,
            // Places inside are compared by whether there are any: two lists of them are never the same.
            rule.nested.is_empty(),
            rule.pseudonym,
        );
        let known = self.behaviours.iter().position(|known| behaviour.4 && *known == behaviour);
        rule.behaviour = known.unwrap_or(self.behaviours.len()) as u16;
        if known.is_none() {
            self.behaviours.push(behaviour);
        }
        // Rules of one name stand close together: most events say the same of it.
        let same = |other: &Rule| {
            other.behaviour == rule.behaviour
                && other.counter == rule.counter
                && other.is_explicit == rule.is_explicit
                && other.is_nested_too == rule.is_nested_too
        };
        if let Some(place) = self.rules.iter().position(same) {
            return place as u16;
        }
        self.rules.push(rule);
        (self.rules.len() - 1) as u16
    }

    fn label(&mut self, label: String, done: Option<Done>) -> u16 {
        let next = self.labels.len() as u16;
        *self.label_ids.entry(label).or_insert_with_key(|label| {
            self.labels.push(label.clone());
            self.done.push(done);
            next
        })
    }

    fn finding_marks(&mut self, detectors: &Detectors) -> Vec<FindingMark> {
        let policy = self.policy;
        let marks = detectors.names().map(|id| {
            let mask: Box<[u8]> = format!("[redacted:{id}]").into_bytes().into();
            match policy.detect.action(id) {
                None | Some(FindingAction::Mask(None)) => FindingMark::Mask(mask),
                Some(FindingAction::Mask(Some(text))) => FindingMark::Mask(text.as_bytes().into()),
                Some(FindingAction::Hmac(hmac)) => FindingMark::Hmac(self.pseudonym(hmac, kind_of(id))),
                Some(FindingAction::Length) => FindingMark::Length,
                Some(&FindingAction::Partial { first, last }) => FindingMark::Partial { first, last, mask },
            }
        });
        marks.collect()
    }

    fn links(&self, names: &Names, pairs: &[Canonical]) -> Vec<Links> {
        let mut links = vec![Links::default(); self.spelling.len()];
        let pairs = if self.policy.normalise.semconv == Semconv::None { &[] } else { pairs };
        for pair in pairs {
            let ids = (names.get(pair.source.as_bytes()), names.get(pair.name.as_bytes()));
            let (Some(source), Some(target)) = ids else { continue };
            if let Some(link) = links.get_mut(usize::from(source)) {
                link.target = Some((target, pair.conversion));
            }
            if let Some(link) = links.get_mut(usize::from(target)) {
                link.source = Some(source);
            }
        }
        links
    }

    /// What normalisation does with each name.
    fn roles(&self, known: &Known, links: &[Links]) -> Vec<Role> {
        let [auth_mode, auth_mode_of_models] = known.auth_mode;
        let normalise = &self.policy.normalise;
        let words = [auth_mode, auth_mode_of_models, known.source];
        let is_special = |id: NameId| {
            id == known.event_name
                || (normalise.types && words.contains(&id))
                || (normalise.tools && id == known.tool_name)
                || (normalise.time && id == known.event_timestamp)
        };
        let names = links.iter().zip(0u16..);
        let role = |(link, id): (&Links, NameId)| match link {
            _ if is_special(id) => Role::Special,
            _ if normalise.semconv == Semconv::None => Role::Plain,
            Links { target: None, source: None } => Role::Plain,
            Links { target: Some((target, Conversion::None)), source: None } => match normalise.semconv {
                Semconv::Add => Role::Copied(*target),
                Semconv::None | Semconv::Rename => Role::Special,
            },
            _ => Role::Special,
        };
        names.map(role).collect()
    }

    fn known(&self, names: &Names) -> Known {
        let id = |name: &str| -> NameId { names.get(name.as_bytes()).unwrap_or(UNNAMED) };
        Known {
            app_version: id("app.version"),
            auth_mode: [id("auth_mode"), id("auth.mode")],
            error_message: id("error.message"),
            error_type: id("error.type"),
            event_name: id("event.name"),
            event_timestamp: id("event.timestamp"),
            exit_code: id("codex.tool.exit_code"),
            mcp_server: id("codex.mcp.server"),
            mcp_server_sent: id("mcp_server"),
            output: id("output"),
            source: id("source"),
            tenant: self.policy.tenant.as_ref().map_or(UNNAMED, |tenancy| id(&tenancy.attribute)),
            status_code: id("http.response.status_code"),
            success: id("success"),
            tool_name: id("tool_name"),
            tool_name_sent: id("codex.tool.original_name"),
            tool_namespace: id("tool_namespace"),
        }
    }
}

fn unknown_base(action: UnknownAction) -> Base {
    match action {
        UnknownAction::Drop => Base::Drop,
        UnknownAction::Keep => Base::Keep,
        UnknownAction::Mask => Base::Length,
        UnknownAction::Scan => Base::Scan,
        // A batch that is to be refused never gets as far as the value's treatment.
        UnknownAction::Refuse | UnknownAction::Word => Base::Word,
    }
}

/// Whether a value without text in it, of the shape that the catalogue says, is left alone.
fn lets_scalars(treatment: &Treatment) -> bool {
    let stays = matches!(treatment.base, Base::Keep | Base::KeepUnscanned | Base::Scan | Base::Word);
    stays && treatment.cut.is_none()
}

/// What the values of a name, or of a place `name#/step/step`, are: of a copy, what its source's are.
pub(crate) fn kind_of(name: &str) -> String {
    let name = match name.split_once('#') {
        Some((_, pointer)) => pointer.rsplit('/').next().unwrap_or_default(),
        None => sources_of(name).first().copied().unwrap_or(name),
    };
    kind(&fold(name)).to_string()
}

fn mask_of(treatment: &Treatment) -> Box<[u8]> {
    let text = match &treatment.base {
        Base::Mask(Some(text)) => text.as_str(),
        _ => DEFAULT_MASK,
    };
    text.as_bytes().into()
}

/// The names whose values a name of normalisation's own is made of.
fn sources_of(name: &str) -> Vec<&'static str> {
    let copies = CANONICAL_NAMES.iter().chain(RESOURCE_CANONICAL_NAMES).filter(|pair| folds_alike(pair.name, name));
    let derived = DERIVED.iter().filter(|(derived, _)| folds_alike(derived, name)).flat_map(|(_, sources)| *sources);
    copies.map(|pair| pair.source).chain(derived.copied()).collect()
}

/// Whether two names are one when folded.
pub(super) fn folds_alike(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().map(fold_byte).eq(other.bytes().map(fold_byte))
}
