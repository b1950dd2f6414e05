//! One pass over one batch: what the rules decide, place by place, as edits.
//!
//! Must not know which host asked. Keeps the order of things: what normalisation makes of a value is what redaction
//! sees, so that the two stages one after the other give the same bytes as both at once.

use alloc::vec::Vec;

use super::attribute::Decision;
use super::event::Event;
use crate::error::BatchError;
use crate::limits::MAX_ATTRIBUTES;
use crate::otlp::{Content, Envelope, Group, NamePlace, Slot, Value, Visitor, log_record, put_fixed64, put_text};
use crate::outcome::Report;
use crate::policy::{NO_EVENT, NameId, Plan, UNKNOWN_EVENT, UNNAMED, UnknownAction};
use crate::rules::normalise::{self, ErrorType, Facts, Record};
use crate::rules::redact::{self, Context, Scratch, Treated, edit_value, put_decimal, treat, treat_name};
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
    pub(super) ids: Vec<NameId>,
    /// The first slot of each name.
    pub(super) first: Vec<u16>,
    /// The encoded fields that a group gets at its end.
    pub(super) tail: Vec<u8>,
    /// What stands in place of the event's name.
    pub(super) event_name: Vec<u8>,
    /// What was decided about each slot of the group before, and the row of its event.
    pub(super) decisions: Vec<Decision>,
    pub(super) row: usize,
}

impl Memory {
    pub(super) fn new(plan: &Plan) -> Self {
        let first = alloc::vec![ABSENT; plan.name_count()];
        let (ids, tail, event_name, decisions) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { ids, first, tail, event_name, decisions, row: NO_EVENT }
    }
}

const ABSENT: u16 = u16::MAX;

/// The group that is being decided.
pub(super) struct Scene<'s, 'a> {
    pub(super) group: Group,
    pub(super) event: Event<'a>,
    pub(super) record: Record<'s, 'a>,
    pub(super) facts: Facts<'a>,
    /// A record, by both stages.
    pub(super) is_whole_job: bool,
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

    /// Refuses more attributes than may be sent. Those that normalisation adds do not count, so that what one pass has
    /// written the next can read.
    fn check_attributes(&self, record: &Record<'_, '_>, ids: &[NameId]) -> Result<(), BatchError> {
        if record.slots.len() <= MAX_ATTRIBUTES {
            return Ok(());
        }
        let is_sent = |(slot, id): &(&Slot<'_>, &NameId)| {
            matches!(slot.content, Content::Attribute(_)) && !self.plan.is_added(**id)
        };
        match record.slots.iter().zip(ids).filter(is_sent).nth(MAX_ATTRIBUTES) {
            Some((slot, _)) => {
                Err(BatchError::limit(slot.span.start as usize, "more than 1024 attributes in one place"))
            }
            None => Ok(()),
        }
    }

    fn decide_group<'a>(
        &mut self,
        group: Group,
        envelope: &Envelope,
        record: Record<'_, 'a>,
        ids: &[NameId],
    ) -> Result<(), BatchError> {
        let is_record = group == Group::Record;
        self.check_attributes(&record, ids)?;
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

    /// A string of the envelope.
    pub(super) fn name(&mut self, span: Span, place: NamePlace, number: u32, text: &[u8]) {
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

    pub(super) fn unknown_field(&mut self, span: Span) -> Result<(), BatchError> {
        if !self.stage.redact {
            return Ok(());
        }
        let (mut context, edits) = self.context(Group::Record, NO_EVENT);
        redact::unknown_field(&mut context, edits, span)
    }

    /// What redaction works with, and the edits beside it.
    pub(super) fn context(&mut self, group: Group, row: usize) -> (Context<'_, '_>, &mut Edits) {
        let context = Context { plan: self.plan, report: self.report, scratch: self.scratch, group, row };
        (context, self.edits)
    }
}
