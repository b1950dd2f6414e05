//! The oracle: the policy applied to a batch the slow, obvious way, to be compared with the core.
//!
//! A batch is decoded into the generated OTLP types, each message is rebuilt field by field, and the result is encoded
//! by prost. Structure, order, the choice of the rule and the walk through maps, arrays and JSON are said here a second
//! time, without the core's wire, walk, edits, tables or memory. Shared with the core are the policy's document, the
//! catalogue of names and grammars, and the detectors, which have examples of their own.
//!
//! Must not be fast, nor be used on hostile depth: it recurses.

mod json;
mod normalise;
mod pseudonym;
mod records;
mod select;
mod tenant;
mod text;
mod value;

/// What is shared with the core, in one place.
mod shared {
    pub(super) use airlock::{codex, detect, policy};

    /// The keys as a host gives them.
    pub(super) mod keys {
        pub(in super::super) use airlock::Keys;
    }
}

use normalise::{Facts, convert, facts, is_left, typed};
use pseudonym::Keyring;
use records::is_left_out;
use select::{Place, Rules, alike};
use shared::codex::{CANONICAL_NAMES, Canonical, RESOURCE_CANONICAL_NAMES};
use shared::detect::Detectors;
use shared::keys::Keys;
use shared::policy::{Policy, Semconv, UnknownAction, UnknownFields};
use value::Redactor;

pub use crate::json::Read;
use crate::message::{self, AnyValue, Batch, KeyValue, Kind, LogRecord, ResourceLogs, ScopeLogs};
pub use crate::stage::Stage;

/// A policy, applied slowly.
#[derive(Debug)]
pub struct Oracle {
    rules: Rules,
    detectors: Detectors,
    /// Whom the host has admitted.
    admitted: Option<String>,
}

/// What becomes of a batch.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Nothing is left of it.
    Dropped,
    /// This is what goes out.
    Forwarded(Batch),
    /// The policy refuses it.
    Refused,
}

/// The batch is refused.
struct Refused;

impl Oracle {
    /// Opens a policy.
    ///
    /// # Errors
    ///
    /// Where it is none.
    pub fn open(policy: &str) -> Result<Self, String> {
        let policy = Policy::parse(policy).map_err(|error| error.to_string())?;
        let detectors = policy.detect.detectors();
        Ok(Self { rules: Rules::new(policy), detectors, admitted: None })
    }

    /// The same with keys for pseudonyms.
    #[must_use]
    pub fn with_keys(mut self, keys: &Keys) -> Self {
        self.rules.keyring = Keyring::new(keys);
        self
    }

    /// The same for the batches of whom the host has admitted.
    #[must_use]
    pub fn for_tenant(mut self, tenant: Option<&str>) -> Self {
        self.admitted = tenant.map(str::to_owned);
        self
    }

    /// The resource attribute that holds the tenant, if the policy has tenants.
    pub fn tenant_attribute(&self) -> Option<&str> {
        self.rules.policy.tenant.as_ref().map(|tenancy| tenancy.attribute.as_str())
    }

    /// What becomes of the batch in these bytes.
    ///
    /// # Panics
    ///
    /// On bytes that prost does not decode.
    pub fn run(&self, stage: Stage, bytes: &[u8]) -> Answer {
        self.run_on(stage, message::decode(bytes).expect("the oracle is asked about batches only"))
    }

    /// What becomes of the batch in this OTLP/JSON, and how it was read.
    ///
    /// # Errors
    ///
    /// Why it should not be read.
    pub fn run_json(&self, stage: Stage, text: &[u8]) -> Result<(Answer, Read), &'static str> {
        let mut read = crate::json::read(text)?;
        let redacts = matches!(stage, Stage::Process | Stage::Redact);
        let refuses = self.rules.policy.unknown.fields == UnknownFields::Refuse && redacts;
        let answer = self.run_on(stage, read.batch.clone());
        let records = |batch: &Batch| message::records(batch).count();
        let drops = match &answer {
            Answer::Dropped => true,
            Answer::Forwarded(after) => records(after) < records(&read.batch),
            Answer::Refused => false,
        };
        if refuses && !drops && read.unknown > read.unknown_inside {
            return Ok((Answer::Refused, read));
        }
        if refuses && read.unknown > 0 {
            read.doubts.push("unknown members in what may be dropped or masked");
        }
        Ok((answer, read))
    }

    fn run_on(&self, stage: Stage, mut batch: Batch) -> Answer {
        let before = message::records(&batch).count();
        if self.stages(stage, &mut batch).is_err() {
            return Answer::Refused;
        }
        let nothing_left = before > 0 && message::records(&batch).count() == 0;
        if nothing_left { Answer::Dropped } else { Answer::Forwarded(batch) }
    }
}

impl Oracle {
    /// The stages that are asked for. Where there are tenants they are three, one after the other.
    fn stages(&self, stage: Stage, batch: &mut Batch) -> Result<(), Refused> {
        let tenant = self.admitted.as_deref();
        let Some(tenancy) = &self.rules.policy.tenant else {
            let (normalise, redact) = match stage {
                Stage::InjectTenant => (false, false),
                Stage::Normalise => (true, false),
                Stage::Process => (true, true),
                Stage::Redact => (false, true),
            };
            return Pass { oracle: self, normalise, redact, tenant }.batch(batch);
        };
        let whole = stage == Stage::Process;
        let found = match stage {
            Stage::Normalise => None,
            _ => tenant::of_batch(tenancy, tenant, batch, stage != Stage::Redact)?,
        };
        let tenant = found.as_deref().or(tenant);
        if whole || stage == Stage::Normalise {
            Pass { oracle: self, normalise: true, redact: false, tenant }.batch(batch)?;
        }
        if whole || stage == Stage::InjectTenant {
            tenant::inject(tenancy, tenant, batch)?;
        }
        if whole || stage == Stage::Redact {
            Pass { oracle: self, normalise: false, redact: true, tenant }.batch(batch)?;
        }
        Ok(())
    }
}

struct Pass<'o> {
    /// Whose the batch is.
    tenant: Option<&'o str>,
    oracle: &'o Oracle,
    normalise: bool,
    redact: bool,
}

/// What a record says it is.
struct Event {
    place: Place,
    /// The one string `event.name`.
    sent: Option<String>,
    /// What stands in place of it; nothing where it goes.
    becomes: Option<String>,
}

impl Pass<'_> {
    fn batch(&self, batch: &mut Batch) -> Result<(), Refused> {
        batch.resource_logs.iter_mut().try_for_each(|logs| self.resource_logs(logs))
    }

    fn rules(&self) -> &Rules {
        &self.oracle.rules
    }

    fn redactor<'s>(&'s self, place: &'s Place) -> Redactor<'s> {
        Redactor {
            rules: self.rules(),
            detectors: &self.oracle.detectors,
            place,
            tenant: self.tenant.unwrap_or_default(),
        }
    }

    fn resource_logs(&self, logs: &mut ResourceLogs) -> Result<(), Refused> {
        if let Some(resource) = &mut logs.resource {
            let attributes = std::mem::take(&mut resource.attributes);
            resource.attributes = self.attributes(&Place::Resource, RESOURCE_CANONICAL_NAMES, attributes, None)?;
            for entity in &mut resource.entity_refs {
                self.name(&mut entity.schema_url);
                self.name(&mut entity.r#type);
                entity.id_keys.iter_mut().chain(&mut entity.description_keys).for_each(|key| self.name(key));
            }
        }
        self.name(&mut logs.schema_url);
        logs.scope_logs.iter_mut().try_for_each(|logs| self.scope_logs(logs))
    }

    fn scope_logs(&self, logs: &mut ScopeLogs) -> Result<(), Refused> {
        if let Some(scope) = &mut logs.scope {
            self.name(&mut scope.name);
            self.name(&mut scope.version);
            let attributes = std::mem::take(&mut scope.attributes);
            scope.attributes = self.attributes(&Place::Scope, &[], attributes, None)?;
        }
        self.name(&mut logs.schema_url);
        let mut kept = Vec::new();
        for record in std::mem::take(&mut logs.log_records) {
            kept.extend(self.record(record)?);
        }
        logs.log_records = kept;
        Ok(())
    }

    fn name(&self, name: &mut String) {
        if self.redact {
            *name = self.redactor(&Place::NoEvent).name(name, false);
        }
    }

    /// The record, or nothing where the policy drops it.
    fn record(&self, mut record: LogRecord) -> Result<Option<LogRecord>, Refused> {
        let event = self.event(&record);
        if self.redact && event.place == Place::UnknownEvent {
            match self.rules().policy.unknown.events {
                UnknownAction::Drop => return Ok(None),
                UnknownAction::Refuse => return Err(Refused),
                _ => {}
            }
        }
        if self.redact && self.is_left_out(&event, &record)? {
            return Ok(None);
        }
        let known = event.sent.as_deref().filter(|_| matches!(event.place, Place::Event(_)));
        let policy = &self.rules().policy;
        let facts = if self.normalise { facts(&policy.normalise, known, &record) } else { Facts::default() };
        let sets_event_name = self.normalise && policy.normalise.event_name;
        let is_repeated = !record.event_name.is_empty() && event.sent.as_ref() == Some(&record.event_name);
        let is_own = event.sent.is_some() && (sets_event_name || is_repeated);
        if is_own {
            record.event_name = event.becomes.clone().unwrap_or_default();
        } else if self.redact {
            record.event_name = self.redactor(&event.place).name(&record.event_name, true);
        }
        if let Some(time) = facts.time {
            record.time_unix_nano = time;
        }
        if self.redact {
            let rule = self.rules().body(&event.place);
            if record.body.is_some() {
                record.body = self.redactor(&event.place).treat(&rule, "", record.body).flatten();
            }
            self.name(&mut record.severity_text);
            if ![0, 16].contains(&record.trace_id.len()) {
                record.trace_id.clear();
            }
            if ![0, 8].contains(&record.span_id.len()) {
                record.span_id.clear();
            }
        }
        let attributes = std::mem::take(&mut record.attributes);
        record.attributes = self.attributes(&event.place, CANONICAL_NAMES, attributes, Some((&event, facts)))?;
        Ok(Some(record))
    }

    /// Whether a rule for whole records leaves the record out, as it reads once it is normalised.
    fn is_left_out(&self, event: &Event, record: &LogRecord) -> Result<bool, Refused> {
        let rules = &self.rules().policy.records;
        let known = event.sent.as_deref().filter(|_| matches!(event.place, Place::Event(_)));
        if rules.is_empty() || !self.normalise {
            return Ok(is_left_out(rules, known, record));
        }
        let normalised = Pass { normalise: true, redact: false, ..*self }.record(record.clone())?;
        Ok(normalised.is_some_and(|record| is_left_out(rules, known, &record)))
    }

    fn event(&self, record: &LogRecord) -> Event {
        let sent = message::find_text(record, "event.name").filter(|name| !name.is_empty());
        let Some(sent) = sent.map(str::to_owned) else {
            return Event { place: Place::NoEvent, sent: None, becomes: None };
        };
        let is_known = self.rules().has_event(&sent);
        let place = if is_known { Place::Event(sent.clone()) } else { Place::UnknownEvent };
        let rule = self.rules().rule(&place, "event.name");
        let becomes = if self.redact && (rule.is_explicit || !is_known) {
            let rule = if rule.is_explicit { rule } else { self.rules().unknown_event() };
            let treated = self.redactor(&place).treat(&rule, "", Some(message::text(&sent)));
            treated.map(|value| match value.and_then(|value| value.value) {
                Some(Kind::StringValue(text)) => text,
                _ => unreachable!("a text becomes a text"),
            })
        } else {
            Some(sent.clone())
        };
        Event { place, sent: Some(sent), becomes }
    }

    /// The attributes of a resource, a scope or a record, one by one, then those that are added.
    fn attributes(
        &self,
        place: &Place,
        canonical: &[Canonical],
        sent: Vec<KeyValue>,
        record: Option<(&Event, Facts)>,
    ) -> Result<Vec<KeyValue>, Refused> {
        let policy = &self.rules().policy;
        let (event, facts) = record.map_or((None, Facts::default()), |(event, facts)| (Some(event), facts));
        let semconv = if self.normalise { policy.normalise.semconv } else { Semconv::None };
        let links = if semconv == Semconv::None { &[] } else { canonical };
        let (mut kept, mut added) = (Vec::new(), Vec::new());
        // A value in the schema's type, as a conventional name takes it too.
        let schema = |key: &str, kind: &Kind| -> Kind {
            let Kind::StringValue(text) = kind else { return kind.clone() };
            if let (true, Some(name)) = (key == "tool_name", &facts.tool_name) {
                return Kind::StringValue(name.clone());
            }
            let types = policy.normalise.types;
            let typed = if types { typed(key, self.rules().rule(place, key).shape, text) } else { None };
            typed.unwrap_or_else(|| kind.clone())
        };
        // What a first pass has left has been copied then, if it was to be.
        let is_mark = |key: &str, kind: &Kind| {
            let mask = |text| json::mask_of(&self.rules().rule(place, key)) == text;
            matches!(kind, Kind::StringValue(text) if mask(text) || is_left(text))
        };
        let first = |key: &str| sent.iter().find(|attribute| attribute.key == key);
        // Of several names, none may be left over to become the one on a second pass.
        let mut names = sent.iter().filter(|attribute| attribute.key == "event.name");
        let loses_a_name =
            event.is_some_and(|event| names.any(|name| self.event_name(event, name.value.clone()).is_none()));
        for (at, attribute) in sent.iter().enumerate() {
            let KeyValue { mut key, mut value, .. } = attribute.clone();
            if let (Some(event), true) = (event, key == "event.name") {
                let value = self.event_name(event, value).filter(|_| !loses_a_name);
                kept.extend(value.map(|value| KeyValue { key, value, key_strindex: 0 }));
                continue;
            }
            let tenancy = policy.tenant.as_ref().filter(|_| *place == Place::Resource);
            if tenancy.is_some_and(|tenancy| tenant::is_tenant(tenancy, self.tenant, attribute)) {
                kept.push(attribute.clone());
                continue;
            }
            let is_named = self.rules().has_name(&key);
            if !is_named && self.redact {
                if policy.unknown.attributes == UnknownAction::Refuse {
                    return Err(Refused);
                }
                if !self.redactor(place).is_plain_key(&key) {
                    continue;
                }
            }
            let is_first = is_named && !sent[..at].iter().any(|before| self.is_same_name(&before.key, &key));
            // A name that is given up is given up wherever it stands; the first value goes on under the new one.
            if semconv == Semconv::Rename && !is_first {
                let given_up = links.iter().find(|link| link.source == key);
                let goes_on = given_up.and_then(|link| {
                    let kind = schema(&key, first(&key)?.value.as_ref()?.value.as_ref()?);
                    convert(&kind, link.conversion).filter(|_| !is_mark(&key, &kind))
                });
                if goes_on.is_some() {
                    continue;
                }
            }
            if self.normalise && is_first {
                let source = links.iter().find(|link| link.name == key);
                let source = source.and_then(|link| Some((first(link.source)?, link.conversion)));
                let copy = source.and_then(|(source, conversion)| {
                    let kind = schema(&source.key, source.value.as_ref()?.value.as_ref()?);
                    if is_mark(&source.key, &kind) { None } else { convert(&kind, conversion) }
                });
                let kind = value.as_ref().and_then(|value| value.value.as_ref());
                let own = kind.map(|kind| schema(&key, kind));
                if let Some(kind) = copy {
                    value = Some(AnyValue { value: Some(kind) });
                } else if let Some(kind) = own {
                    let target = links.iter().find(|link| link.source == key);
                    let target = target.filter(|_| !is_mark(&key, &kind));
                    let target = target.and_then(|link| Some((link.name, convert(&kind, link.conversion)?)));
                    value = Some(AnyValue { value: Some(kind) });
                    let renames = semconv == Semconv::Rename;
                    match target {
                        Some((name, _)) if renames && first(name).is_some() => continue,
                        Some((name, kind)) if renames => {
                            key = name.to_owned();
                            value = Some(AnyValue { value: Some(kind) });
                        }
                        Some((name, kind)) if first(name).is_none() => added.push((name, kind)),
                        _ => {}
                    }
                }
            }
            if self.redact {
                let rule = self.rules().rule(place, &key);
                let name = if select::is_built_in(&key) { "" } else { &key };
                let Some(treated) = self.redactor(place).treat(&rule, name, value) else { continue };
                value = treated;
            }
            kept.push(KeyValue { key, value, key_strindex: 0 });
        }
        for (name, kind) in added.into_iter().chain(facts.added) {
            let value = Some(AnyValue { value: Some(kind) });
            let rule = self.rules().rule(place, name);
            let treated = if self.redact { self.redactor(place).treat(&rule, "", value) } else { Some(value) };
            kept.extend(treated.map(|value| KeyValue { key: name.to_owned(), value, key_strindex: 0 }));
        }
        Ok(kept)
    }

    /// What stands in place of the attribute `event.name`, if anything does.
    fn event_name(&self, event: &Event, value: Option<AnyValue>) -> Option<Option<AnyValue>> {
        if !self.redact {
            return Some(value);
        }
        if event.sent.is_some() {
            return event.becomes.as_ref().map(|name| Some(message::text(name)));
        }
        let rule = self.rules().rule(&event.place, "event.name");
        let sent_text = matches!(&value, Some(AnyValue { value: Some(Kind::StringValue(_)) }));
        let treated = self.redactor(&event.place).treat(&rule, "", value);
        // A text that was none before would be the record's name on a second pass. What is inside does not count here.
        let kind = treated.as_ref()?.as_ref().and_then(|value| value.value.as_ref());
        let is_name = match kind {
            Some(Kind::ArrayValue(_) | Kind::BytesValue(_) | Kind::KvlistValue(_)) => false,
            Some(Kind::StringValue(_)) => sent_text,
            _ => true,
        };
        treated.filter(|_| is_name)
    }

    /// Whether two keys are taken for one name: as the catalogue or the policy spells it, or else in any spelling.
    fn is_same_name(&self, one: &str, other: &str) -> bool {
        match (self.rules().spells(one), self.rules().spells(other)) {
            (false, false) => alike(one, other),
            _ => one == other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::{batch, map};
    use crate::show::show;

    fn run(policy: &str, stage: Stage, batch: &crate::build::Batch) -> String {
        match Oracle::open(policy).expect("the policy is right").run(stage, &batch.bytes()) {
            Answer::Dropped => "dropped".into(),
            Answer::Forwarded(batch) => show(&batch),
            Answer::Refused => "refused".into(),
        }
    }

    /// Scenario: one record with something of everything, under the default policy.
    /// Guarantees: the oracle itself does what a reader of the rules expects, so that agreeing with it means something.
    #[test]
    fn says_what_the_rules_say() {
        let batch = batch().resource(|r| r.attribute("env", "prod").attribute("host.name", "build-7")).record(|r| {
            r.event("codex.tool_result")
                .attribute("tool_name", "local_shell")
                .attribute("arguments", "{}")
                .attribute("duration_ms", "12")
                .attribute("new.thing", "two words")
                .attribute("new.map", map([("a", 1.into())]))
                .body("text")
        });
        let expected = r#"resource
  env = "prod"
  host.name = "[redacted]"
  deployment.environment.name = "prod"
  scope (none)
    record codex.tool_result
      event name: "codex.tool_result"
      body: "[redacted]"
      event.name = "codex.tool_result"
      tool_name = "shell"
      arguments = "[redacted]"
      duration_ms = 12
      new.thing = "[redacted 9 chars]"
      new.map = "[redacted 1 items]"
      gen_ai.tool.name = "shell"
      codex.tool.original_name = "local_shell"
"#;
        assert_eq!(run("{}", Stage::Process, &batch), expected);
    }

    #[test]
    fn drops_and_refuses_as_told() {
        let batch = batch().record(|r| r.event("codex.new_event"));
        assert_eq!(run(r#"{"unknown": {"events": "drop"}}"#, Stage::Redact, &batch), "dropped");
        assert_eq!(run(r#"{"unknown": {"events": "refuse"}}"#, Stage::Redact, &batch), "refused");
    }

    #[test]
    fn places_inside_maps_and_json_are_found() {
        let policy = r#"{"redact": {"attributes": {"x": "scan", "x#/a/0": "mask", "y": "scan", "y#/a/0": "drop"}}}"#;
        let batch = batch().record(|r| {
            r.attribute("x", map([("a", vec!["one".into(), "two".into()].into())]))
                .attribute("y", r#"{"a": [1, "\u0061"]}"#)
        });
        let shown = run(policy, Stage::Redact, &batch);
        assert!(shown.contains(r#"x = {"a": ["[redacted]", "two"]}"#), "{shown}");
        assert!(shown.contains(r#"y = "{\"a\": [null, \"\\u0061\"]}""#), "{shown}");
    }
}
