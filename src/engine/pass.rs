//! One pass over one batch: what the rules decide, place by place, as edits.
//!
//! Must not know which host asked. Keeps the order of things: what normalisation makes of a value is what redaction
//! sees, so that the two stages one after the other give the same bytes as both at once.

use alloc::vec::Vec;

use crate::codex::{Conversion, Shape};
use crate::error::BatchError;
use crate::otlp::{
    Attribute, Content, Envelope, Group, NamePlace, NewValue, Slot, Value, Visitor, log_record, put_fixed64,
    put_key_value, put_text, resource, scope,
};
use crate::outcome::Report;
use crate::policy::{NO_EVENT, NameId, Plan, Role, Rule, Semconv, UNKNOWN_EVENT, UNNAMED, UnknownAction};
use crate::rules::normalise::{self, ErrorType, Facts, Record};
use crate::rules::redact::{
    self, Context, Scratch, Treated, count_unknown_fields, edit_attribute, edit_value, is_plain_key, put_decimal,
    treat, treat_name, treat_numbered,
};
use crate::wire::{Edits, Message, Span};

/// Which stages run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stage {
    pub(super) normalise: bool,
    pub(super) redact: bool,
}

/// Everything that one pass works with.
pub(super) struct Pass<'w> {
    pub(super) stage: Stage,
    pub(super) plan: &'w Plan,
    pub(super) edits: &'w mut Edits,
    pub(super) report: &'w mut Report,
    pub(super) scratch: &'w mut Scratch,
    pub(super) memory: &'w mut Memory,
}

/// Memory that is reused from group to group.
#[derive(Debug)]
pub(super) struct Memory {
    /// The number of each slot's name.
    ids: Vec<NameId>,
    /// The first slot of each name.
    first: Vec<u16>,
    /// The encoded fields that a group gets at its end.
    tail: Vec<u8>,
    /// What stands in place of the event's name.
    event_name: Vec<u8>,
    /// What was decided about each slot of the group before, and the row of its event.
    decisions: Vec<Decision>,
    row: usize,
}

impl Memory {
    pub(super) fn new(plan: &Plan) -> Self {
        let first = alloc::vec![ABSENT; plan.name_count()];
        let (ids, tail, event_name, decisions) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { ids, first, tail, event_name, decisions, row: NO_EVENT }
    }
}

const ABSENT: u16 = u16::MAX;

/// What was done about a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decision {
    /// It was written with another type.
    Changed,
    /// It stays, and so does its copy under this name.
    Copied(NameId),
    /// Something that is decided anew each time.
    Other,
    /// It stays.
    Stays,
}

/// What a record says it is.
#[derive(Clone, Copy, Debug)]
struct Event<'a> {
    row: usize,
    /// The one string `event.name`.
    sent: Option<&'a [u8]>,
    /// What stands in place of it; a text is in the memory.
    becomes: Treated,
}

/// The group that is being decided.
struct Scene<'s, 'a> {
    group: Group,
    event: Event<'a>,
    record: Record<'s, 'a>,
    facts: Facts<'a>,
    /// A record, by both stages.
    is_whole_job: bool,
}

impl<'a> Visitor<'a> for Pass<'_> {
    fn enter(&mut self, message: Message) {
        self.edits.enter(message);
    }

    fn leave(&mut self) {
        self.edits.leave();
    }

    fn slot(&mut self, slot: &Slot<'a>) -> Result<(), BatchError> {
        match slot.content {
            Content::Name(place, number, text) => self.name(slot.span, place, number, text),
            Content::Unknown => self.unknown_field(slot.span)?,
            _ => {}
        }
        Ok(())
    }

    fn group(&mut self, group: Group, envelope: &Envelope, slots: &[Slot<'a>]) -> Result<(), BatchError> {
        let ids = core::mem::take(&mut self.memory.ids);
        let first = core::mem::take(&mut self.memory.first);
        let (ids, mut first) = self.number(slots, ids, first);
        let record = Record { slots, first: &first };
        let result = self.decide_group(group, envelope, record, &ids);
        for &id in &ids {
            if let Some(place) = first.get_mut(usize::from(id)) {
                *place = ABSENT;
            }
        }
        (self.memory.ids, self.memory.first) = (ids, first);
        result
    }
}

impl Pass<'_> {
    /// Looks every key up and notes where each name stands first. The numbers of the group before are the guesses: the
    /// records of one event have their attributes in the same order.
    fn number(&self, slots: &[Slot<'_>], mut ids: Vec<NameId>, mut first: Vec<u16>) -> (Vec<NameId>, Vec<u16>) {
        ids.resize(slots.len(), UNNAMED);
        for ((slot, id), at) in slots.iter().zip(&mut ids).zip(0u16..) {
            *id = match &slot.content {
                // The last group was the record before, and its name at this place is this one.
                Content::Attribute(attribute) if attribute.is_repeated => *id,
                Content::Attribute(attribute) => self.plan.name_by_guess(*id, attribute.key),
                _ => UNNAMED,
            };
            if let Some(place) = first.get_mut(usize::from(*id))
                && *place == ABSENT
            {
                *place = at;
            }
        }
        (ids, first)
    }

    fn decide_group<'a>(
        &mut self,
        group: Group,
        envelope: &Envelope,
        record: Record<'_, 'a>,
        ids: &[NameId],
    ) -> Result<(), BatchError> {
        let is_record = group == Group::Record;
        // Taken before any way out: what is left behind by a record that is dropped must not be that of another.
        let mut decisions = core::mem::take(&mut self.memory.decisions);
        let event = if is_record { self.event(&record, ids) } else { Event::NONE };
        if is_record {
            self.report.counts.records_in += 1;
        }
        if self.stage.redact && event.row == UNKNOWN_EVENT {
            self.report.counts.unknown_events += 1;
            match self.plan.unknown.events {
                UnknownAction::Refuse => {
                    return Err(BatchError::refused(
                        envelope.span.start as usize,
                        "an event that is not in the catalogue",
                    ));
                }
                UnknownAction::Drop => {
                    self.edits.remove(envelope.span);
                    return Ok(());
                }
                _ => {}
            }
        }
        let known_event = event.sent.filter(|_| event.row > UNKNOWN_EVENT);
        let facts = match self.stage.normalise && is_record {
            true => normalise::facts(self.plan, known_event, envelope, &record),
            false => Facts::default(),
        };
        let is_whole_job = is_record && self.stage.normalise && self.stage.redact;
        let scene = Scene { group, event, record, facts, is_whole_job };
        self.memory.tail.clear();
        self.edits.enter(envelope.message);
        // A decision of the record before holds for the same attribute of the same event.
        decisions.resize(ids.len(), Decision::Other);
        let is_same_event = scene.is_whole_job && self.memory.row == scene.event.row;
        let places = scene.record.slots.iter().zip(ids).zip(0u16..).zip(&mut decisions);
        for (((slot, &id), at), decision) in places {
            if !(is_same_event && self.is_decided(&scene, slot, id, at, *decision)) {
                *decision =
                    if scene.is_whole_job { self.decide_at_once(&scene, slot, id, at) } else { Decision::Other };
                if *decision == Decision::Other {
                    self.decide(&scene, slot, id, at)?;
                }
            }
        }
        (self.memory.decisions, self.memory.row) = (decisions, scene.event.row);
        if is_record {
            self.report.counts.records_out += 1;
            self.add_to_record(&scene, envelope);
        }
        if !self.memory.tail.is_empty() {
            let from = self.edits.text.len();
            self.edits.text.extend_from_slice(&self.memory.tail);
            self.edits.replace_from(Span { start: envelope.message.end, end: envelope.message.end }, from);
        }
        self.edits.leave();
        Ok(())
    }

    /// What the record says it is, and what becomes of its name.
    #[inline(never)]
    fn event<'a>(&mut self, record: &Record<'_, 'a>, ids: &[NameId]) -> Event<'a> {
        let known = self.plan.known.event_name;
        let is_one = ids.iter().filter(|&&id| id == known).count() == 1;
        let Some(sent) = record.text(known).filter(|sent| is_one && !sent.is_empty()) else { return Event::NONE };
        let row = self.plan.event(sent).unwrap_or(UNKNOWN_EVENT);
        let rule = self.plan.rule(Group::Record, row, known, b"event.name");
        let mut becomes = Treated::Same;
        if self.stage.redact && (rule.is_explicit || row == UNKNOWN_EVENT) {
            let rule = if rule.is_explicit { rule } else { self.plan.unknown_event() };
            becomes = treat(&mut self.context(Group::Record, row).0, rule, b"", &Value::String(sent));
            self.memory.event_name.clear();
            match becomes {
                Treated::Fixed => self.memory.event_name.extend_from_slice(&rule.mask),
                Treated::Text => self.memory.event_name.extend_from_slice(&self.scratch.text),
                _ => {}
            }
        }
        Event { row, sent: Some(sent), becomes }
    }

    #[inline(never)]
    fn decide<'a>(&mut self, scene: &Scene<'_, 'a>, slot: &Slot<'a>, id: NameId, at: u16) -> Result<(), BatchError> {
        match &slot.content {
            Content::Attribute(attribute) if id == self.plan.known.event_name && scene.group == Group::Record => {
                self.event_name_attribute(scene, slot.span, attribute)?;
            }
            Content::Attribute(attribute) => self.attribute(scene, slot.span, attribute, id, at)?,
            Content::Body(message, value) if self.stage.redact => {
                let rule = self.plan.body(scene.event.row);
                let (mut context, edits) = self.context(scene.group, scene.event.row);
                let treated = treat(&mut context, rule, b"", value);
                edit_value(&mut context, edits, slot.span, log_record::BODY, (*message, value), rule, treated)?;
            }
            Content::Enter(message) => self.edits.enter(*message),
            Content::Leave => self.edits.leave(),
            Content::Name(NamePlace::EventName, number, text) => {
                self.event_name_field(scene, slot.span, *number, text);
            }
            Content::Name(place, number, text) => self.name(slot.span, *place, *number, text),
            Content::SpanId if self.stage.redact => {
                self.report.counts.cleared_span_ids += 1;
                self.edits.remove(slot.span);
            }
            Content::TraceId if self.stage.redact => {
                self.report.counts.cleared_trace_ids += 1;
                self.edits.remove(slot.span);
            }
            Content::Time => {
                if let Some(time) = scene.facts.time {
                    self.report.counts.times += 1;
                    let from = self.edits.text.len();
                    put_fixed64(&mut self.edits.text, log_record::TIME_UNIX_NANO, time);
                    self.edits.replace_from(slot.span, from);
                }
            }
            Content::Unknown => self.unknown_field(slot.span)?,
            Content::Body(..) | Content::SpanId | Content::TraceId => {}
        }
        Ok(())
    }

    fn attribute<'a>(
        &mut self,
        scene: &Scene<'_, 'a>,
        span: Span,
        attribute: &Attribute<'a>,
        id: NameId,
        at: u16,
    ) -> Result<(), BatchError> {
        let plan = self.plan;
        if id == UNNAMED && self.stage.redact && !self.may_have_unknown(span, attribute.key)? {
            return Ok(());
        }
        let mut rule = plan.rule(scene.group, scene.event.row, id, attribute.key);
        let is_first = scene.record.first.get(usize::from(id)) == Some(&at);
        if is_first && id == plan.known.event_timestamp && scene.facts.is_time_sent && !rule.is_explicit {
            // It was read as a time for the record's own, so it holds nothing else.
            return self.keep(attribute, span);
        }
        let (mut attribute, mut is_changed) = (*attribute, false);
        if self.stage.normalise && is_first {
            let sent = attribute.value;
            if let Some(value) = self.normalised(scene, id, rule.shape, sent) {
                (attribute.value, is_changed) = (value, true);
                self.report.counts.types += u32::from(id != plan.known.tool_name);
            }
            let links = plan.links(scene.group, id);
            if let Some(copy) = links.source.and_then(|source| self.copy(scene, source)) {
                attribute.value = copy;
                is_changed = NewValue::of(copy).is_some_and(|value| !value.is(&sent));
            } else if let Some((target, conversion)) = links.target
                && !is_mark_of(rule, attribute.value)
            {
                match self.link(scene, attribute.value, target, conversion) {
                    Link::Beside => {}
                    Link::Moved => {
                        self.edits.remove(span);
                        return Ok(());
                    }
                    Link::Renamed(value) => {
                        (attribute.key, attribute.value, is_changed) = (plan.name_of(target), value, true);
                        rule = plan.rule(scene.group, scene.event.row, target, attribute.key);
                        return self.write(scene, span, &attribute, rule, target, is_changed);
                    }
                }
            }
        }
        self.write(scene, span, &attribute, rule, id, is_changed)
    }

    /// Does what was decided about the same attribute of the record before; `false` if that has to be decided anew.
    #[inline(always)]
    fn is_decided(&mut self, scene: &Scene<'_, '_>, slot: &Slot<'_>, id: NameId, at: u16, decision: Decision) -> bool {
        let Content::Attribute(attribute) = &slot.content else { return false };
        if !attribute.is_repeated || scene.record.first.get(usize::from(id)) != Some(&at) {
            return false;
        }
        match (decision, NewValue::of(attribute.value)) {
            (Decision::Stays, _) => true,
            (Decision::Copied(target), Some(value)) if !scene.record.has(target) => {
                self.add_copy(target, value);
                true
            }
            _ => false,
        }
    }

    /// Decides an attribute of a record if that takes no more than what was found out before: a number or switch of its
    /// shape, or a text that stayed under the same name, under names that normalisation leaves alone or copies. Most
    /// attributes are like that. Where it says [`Decision::Other`], nothing was done.
    #[inline(always)]
    fn decide_at_once<'a>(&mut self, scene: &Scene<'_, 'a>, slot: &Slot<'a>, id: NameId, at: u16) -> Decision {
        let (plan, role) = (self.plan, self.plan.role(id));
        let Content::Attribute(attribute) = &slot.content else { return Decision::Other };
        let is_first = scene.record.first.get(usize::from(id)) == Some(&at);
        if role == Role::Special || !is_first || attribute.unknown_fields > 0 {
            return Decision::Other;
        }
        let rule = plan.record_rule(scene.event.row, id);
        let (value, is_changed) = match (attribute.value, rule.shape) {
            (Value::Int(number), Shape::Int) if rule.lets_scalars => (NewValue::Int(number), false),
            (Value::Bool(switch), Shape::Bool) if rule.lets_scalars => (NewValue::Bool(switch), false),
            (Value::String(text), shape) if normalise::is_typed(shape) && plan.normalise.types => {
                match normalise::typed(plan, id, shape, text).and_then(NewValue::of) {
                    Some(value) if rule.lets_scalars => (value, true),
                    _ => return Decision::Other,
                }
            }
            (Value::String(text), _) if self.scratch.memo.stays(id, rule, text) => (NewValue::String(text), false),
            _ => return Decision::Other,
        };
        if let Role::Copied(target) = role {
            let is_alike = plan.record_rule(scene.event.row, target).behaviour == rule.behaviour;
            let is_mark = matches!(value, NewValue::String(text) if redact::is_mark(rule, text));
            if !is_alike || is_mark || scene.record.has(target) {
                return Decision::Other;
            }
            self.add_copy(target, value);
        }
        if is_changed {
            let from = self.edits.text.len();
            put_key_value(&mut self.edits.text, log_record::ATTRIBUTES, attribute.key, value);
            self.edits.replace_from(slot.span, from);
            self.report.counts.types += 1;
            // A change has to be written each time.
            return Decision::Changed;
        }
        match role {
            Role::Copied(target) => Decision::Copied(target),
            Role::Plain | Role::Special => Decision::Stays,
        }
    }

    fn add_copy(&mut self, target: NameId, value: NewValue<'_>) {
        put_key_value(&mut self.memory.tail, log_record::ATTRIBUTES, self.plan.name_of(target), value);
        self.report.counts.semconv += 1;
    }

    /// Leaves an attribute as it came, but for fields in it that no schema names.
    fn keep(&mut self, attribute: &Attribute<'_>, span: Span) -> Result<(), BatchError> {
        if attribute.unknown_fields > 0 && self.stage.redact {
            let (mut context, edits) = self.context(Group::Record, NO_EVENT);
            count_unknown_fields(&mut context, attribute, span)?;
            let rule = context.plan.unnamed();
            edit_attribute(&mut context, edits, span, log_record::ATTRIBUTES, attribute, rule, Treated::Same)?;
        }
        Ok(())
    }

    /// Redacts an attribute and writes it if it is not what the batch has at `span`.
    fn write(
        &mut self,
        scene: &Scene<'_, '_>,
        span: Span,
        attribute: &Attribute<'_>,
        rule: &Rule,
        id: NameId,
        is_changed: bool,
    ) -> Result<(), BatchError> {
        let number = attributes_field(scene.group);
        let mut treated = Treated::Same;
        if self.stage.redact {
            let (mut context, edits) = self.context(scene.group, scene.event.row);
            count_unknown_fields(&mut context, attribute, span)?;
            treated = match id {
                UNNAMED => treat(&mut context, rule, attribute.key, &attribute.value),
                id => treat_numbered(&mut context, rule, id, &attribute.value),
            };
            if treated != Treated::Same || (attribute.unknown_fields > 0 && !is_changed) {
                return edit_attribute(&mut context, edits, span, number, attribute, rule, treated);
            }
        }
        if let (true, Treated::Same, Some(value)) = (is_changed, treated, NewValue::of(attribute.value)) {
            let from = self.edits.text.len();
            put_key_value(&mut self.edits.text, number, attribute.key, value);
            self.edits.replace_from(span, from);
        }
        Ok(())
    }

    /// A value as the schema has it; nothing if that is how it was sent.
    #[inline]
    fn normalised<'a>(&self, scene: &Scene<'_, 'a>, id: NameId, shape: Shape, sent: Value<'a>) -> Option<Value<'a>> {
        let Value::String(text) = sent else { return None };
        if id == self.plan.known.tool_name && scene.facts.tool_name.is_some() {
            return scene.facts.tool_name.map(Value::String);
        }
        if !self.plan.normalise.types { None } else { normalise::typed(self.plan, id, shape, text) }
    }

    /// The value that a conventional name takes over from `source`.
    fn copy<'a>(&self, scene: &Scene<'_, 'a>, source: NameId) -> Option<Value<'a>> {
        let sent = scene.record.value(source)?;
        let (_, conversion) = self.plan.links(scene.group, source).target?;
        let rule = self.plan.rule(scene.group, scene.event.row, source, b"");
        let value = self.normalised(scene, source, rule.shape, sent).unwrap_or(sent);
        if is_mark_of(rule, value) { None } else { normalise::convert(value, conversion) }
    }

    /// Gives a value its conventional name, beside its own or in place of it.
    fn link<'a>(
        &mut self,
        scene: &Scene<'_, 'a>,
        value: Value<'a>,
        target: NameId,
        conversion: Conversion,
    ) -> Link<'a> {
        let Some(value) = normalise::convert(value, conversion) else { return Link::Beside };
        let is_taken = scene.record.has(target);
        // An attribute that has the name already takes the value when it is met.
        match self.plan.normalise.semconv {
            Semconv::Rename if is_taken => Link::Moved,
            Semconv::Rename => {
                self.report.counts.semconv += 1;
                Link::Renamed(value)
            }
            Semconv::Add if !is_taken => {
                self.report.counts.semconv += 1;
                self.add(scene, target, value);
                Link::Beside
            }
            Semconv::Add | Semconv::None => Link::Beside,
        }
    }

    /// Appends an attribute to the group, redacted by the rule of its name.
    fn add(&mut self, scene: &Scene<'_, '_>, id: NameId, value: Value<'_>) {
        let (plan, key) = (self.plan, self.plan.name_of(id));
        let mut new = NewValue::of(value);
        let mut text = Vec::new();
        if self.stage.redact {
            let rule = plan.rule(scene.group, scene.event.row, id, key);
            match treat_numbered(&mut self.context(scene.group, scene.event.row).0, rule, id, &value) {
                Treated::Same => {}
                Treated::Fixed => new = Some(NewValue::String(&rule.mask)),
                Treated::Text => {
                    text.extend_from_slice(&self.scratch.text);
                    new = Some(NewValue::String(&text));
                }
                Treated::Inside | Treated::Remove => new = None,
            }
        }
        if let Some(new) = new {
            put_key_value(&mut self.memory.tail, attributes_field(scene.group), key, new);
        }
    }

    /// What a record implies, appended where it does not say so itself.
    #[inline(never)]
    fn add_to_record(&mut self, scene: &Scene<'_, '_>, envelope: &Envelope) {
        let (facts, known) = (scene.facts, self.plan.known);
        if facts.tool_name.is_some() || facts.mcp_server.is_some() {
            self.report.counts.tools += 1;
        }
        self.report.counts.unknown_tools += u32::from(facts.tool_is_unknown);
        for (id, text) in [(known.tool_name_sent, facts.tool_name_sent), (known.mcp_server, facts.mcp_server)] {
            if let Some(text) = text {
                self.add(scene, id, Value::String(text));
            }
        }
        if let Some(code) = facts.exit_code {
            self.add(scene, known.exit_code, Value::Int(code));
        }
        match facts.error_type {
            Some(ErrorType::Status(status)) => {
                let mut text = Vec::with_capacity(3);
                put_decimal(&mut text, status.unsigned_abs());
                self.add(scene, known.error_type, Value::String(&text));
            }
            Some(ErrorType::Stream) => self.add(scene, known.error_type, Value::String(b"stream_error")),
            Some(ErrorType::Tool) => self.add(scene, known.error_type, Value::String(b"tool_error")),
            None => {}
        }
        if let Some(time) = facts.time.filter(|_| !envelope.has_time) {
            self.report.counts.times += 1;
            put_fixed64(&mut self.memory.tail, log_record::TIME_UNIX_NANO, time);
        }
        if self.sets_event_name() && !envelope.has_event_name {
            let Memory { tail, event_name, .. } = &mut *self.memory;
            if let Some(name) = scene.event.name(event_name).filter(|name| !name.is_empty()) {
                put_text(tail, log_record::EVENT_NAME, name);
                self.report.counts.event_names += 1;
            }
        }
    }

    fn sets_event_name(&self) -> bool {
        self.stage.normalise && self.plan.normalise.event_name
    }

    /// The field `event_name`: the event's own name, as redaction left it.
    fn event_name_field(&mut self, scene: &Scene<'_, '_>, span: Span, number: u32, text: &[u8]) {
        let is_own = scene.event.sent.is_some() && (self.sets_event_name() || scene.event.sent == Some(text));
        if !is_own {
            self.name(span, NamePlace::EventName, number, text);
            return;
        }
        match scene.event.name(&self.memory.event_name) {
            Some(name) if name == text => {}
            Some(name) => {
                let from = self.edits.text.len();
                put_text(&mut self.edits.text, number, name);
                self.edits.replace_from(span, from);
                self.report.counts.event_names += 1;
            }
            None => self.edits.remove(span),
        }
    }

    /// The attribute `event.name`.
    fn event_name_attribute(
        &mut self,
        scene: &Scene<'_, '_>,
        span: Span,
        attribute: &Attribute<'_>,
    ) -> Result<(), BatchError> {
        if !self.stage.redact {
            return Ok(());
        }
        let known = self.plan.known.event_name;
        let rule = self.plan.rule(scene.group, scene.event.row, known, attribute.key);
        if scene.event.sent.is_none() {
            // A mark in place of one of these would be the record's one name on a second pass, and change its row.
            if matches!(attribute.value, Value::Array(_) | Value::Bytes(_) | Value::Map(_)) {
                self.report.redacted(rule.counter);
                self.edits.remove(span);
                return Ok(());
            }
            return self.write(scene, span, attribute, rule, known, false);
        }
        match scene.event.becomes {
            Treated::Fixed | Treated::Text => {
                let from = self.edits.text.len();
                let name = NewValue::String(&self.memory.event_name);
                put_key_value(&mut self.edits.text, attributes_field(scene.group), attribute.key, name);
                self.edits.replace_from(span, from);
                Ok(())
            }
            becomes => {
                let (mut context, edits) = self.context(scene.group, scene.event.row);
                count_unknown_fields(&mut context, attribute, span)?;
                edit_attribute(&mut context, edits, span, attributes_field(scene.group), attribute, rule, becomes)
            }
        }
    }

    /// Counts a key that nobody knows; whether its attribute may stay at all.
    fn may_have_unknown(&mut self, span: Span, key: &[u8]) -> Result<bool, BatchError> {
        self.report.counts.unknown_attributes += 1;
        if self.plan.unknown.attributes == UnknownAction::Refuse {
            return Err(BatchError::refused(span.start as usize, "an attribute that is not in the catalogue"));
        }
        let may = is_plain_key(self.plan, key);
        if !may {
            self.report.redacted(self.plan.unnamed().counter);
            self.edits.remove(span);
        }
        Ok(may)
    }

    /// A string of the envelope.
    fn name(&mut self, span: Span, place: NamePlace, number: u32, text: &[u8]) {
        if !self.stage.redact {
            return;
        }
        let (mut context, edits) = self.context(Group::Record, NO_EVENT);
        if treat_name(&mut context, place, text) == Treated::Text {
            let from = edits.text.len();
            put_text(&mut edits.text, number, &context.scratch.text);
            edits.replace_from(span, from);
            context.report.redacted(context.plan.envelope_counter);
        }
    }

    fn unknown_field(&mut self, span: Span) -> Result<(), BatchError> {
        if !self.stage.redact {
            return Ok(());
        }
        let (mut context, edits) = self.context(Group::Record, NO_EVENT);
        redact::unknown_field(&mut context, edits, span)
    }

    /// What redaction works with, and the edits beside it.
    fn context(&mut self, group: Group, row: usize) -> (Context<'_, '_>, &mut Edits) {
        let context = Context { plan: self.plan, report: self.report, scratch: self.scratch, group, row };
        (context, self.edits)
    }
}

impl<'a> Event<'a> {
    /// What stands for a resource, a scope, and a record that does not say what it is.
    const NONE: Self = Self { row: NO_EVENT, sent: None, becomes: Treated::Same };

    /// The event's name as it leaves; `text` is what stands in place of it if anything does.
    fn name<'n>(&self, text: &'n [u8]) -> Option<&'n [u8]>
    where
        'a: 'n,
    {
        match self.becomes {
            Treated::Same => self.sent,
            Treated::Fixed | Treated::Text => Some(text),
            Treated::Inside | Treated::Remove => None,
        }
    }
}

/// What became of a value's conventional name.
enum Link<'a> {
    /// It stands beside, if anywhere: the attribute stays what it is.
    Beside,
    /// Another attribute has it, and takes the value.
    Moved,
    /// The attribute itself takes it.
    Renamed(Value<'a>),
}

/// Whether a value is what a first pass left. Had it had a conventional name, it would have it already.
fn is_mark_of(rule: &Rule, value: Value<'_>) -> bool {
    matches!(value, Value::String(text) if redact::is_mark(rule, text))
}

fn attributes_field(group: Group) -> u32 {
    match group {
        Group::Record => log_record::ATTRIBUTES,
        Group::Resource => resource::ATTRIBUTES,
        Group::Scope => scope::ATTRIBUTES,
    }
}
