//! One pass over one batch: what the rules decide, place by place, as edits.
//!
//! Must not know which host asked. Keeps the order of things: what normalisation makes of a value is what redaction
//! sees, so that the two stages one after the other give the same bytes as both at once.

use alloc::vec::Vec;

use super::audit::Counts;
use super::decision::Decision;
use super::event::Event;
use super::tenant::{FORGED, Stamp};
use crate::error::BatchError;
use crate::limits::MAX_ATTRIBUTES;
use crate::otlp::{
    Content, Envelope, Group, NamePlace, SERIES, Slot, Value, Visitor, log_record, put_fixed64, put_text,
};
use crate::outcome::Report;
use crate::policy::{NO_EVENT, NameId, Plan, Role, UNKNOWN_EVENT, UNNAMED, UnknownAction};
use crate::rules::normalise::{self, ErrorType, Facts, Record};
use crate::rules::redact::{self, Context, Scratch, Treated, edit_value, put_decimal, treat, treat_name};
use crate::wire::{Edits, Message, Span};

/// Which stages run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stage {
    pub(super) normalise: bool,
    /// The tenant is put on every resource, and what a client says about it is taken away.
    pub(super) tenant: bool,
    pub(super) redact: bool,
    /// Whole records are left out, and names of our own are taken away.
    pub(super) selects: bool,
}

impl Stage {
    pub(super) const INJECT_TENANT: Self = Self { tenant: true, ..Self::NONE };
    /// Reads and counts.
    pub(super) const NONE: Self = Self { normalise: false, tenant: false, redact: false, selects: false };
    pub(super) const NORMALISE: Self = Self { normalise: true, ..Self::NONE };
    pub(super) const PROCESS: Self = Self { normalise: true, tenant: true, redact: true, selects: true };
    pub(super) const REDACT: Self = Self { redact: true, selects: true, ..Self::NONE };
}

/// Everything that one pass works with.
pub(super) struct Pass<'w> {
    pub(super) stage: Stage,
    pub(super) plan: &'w Plan,
    pub(super) edits: &'w mut Edits,
    pub(super) report: &'w mut Report,
    pub(super) scratch: &'w mut Scratch,
    pub(super) memory: &'w mut Memory,
    pub(super) stamp: Stamp<'w>,
}

/// Memory that is reused from group to group.
#[derive(Debug)]
pub(super) struct Memory {
    /// What is known of the last group of each series, and at the end of one that was in none.
    series: Vec<Known>,
    /// The fields that a group gets at its end, encoded: parts of the edits' text.
    pub(super) tail: Vec<Span>,
    /// What stands in place of the event's name.
    pub(super) event_name: Vec<u8>,
    /// What the record that is being decided says was done to it.
    pub(super) audited: Counts,
    /// Which slots of the group that is being decided go since a client may not set their name.
    pub(super) forged: Vec<bool>,
}

/// What is known of the last group of a series. Of one batch to the next it holds numbers of names, which are only
/// guesses there.
#[derive(Debug, Default)]
struct Known {
    /// The number of each slot's name.
    ids: Vec<NameId>,
    /// The first slot of each name.
    first: Vec<u16>,
    /// What was decided about each slot.
    decisions: Vec<Decision>,
    /// The row of its event.
    row: usize,
    /// How many slots are called `event.name`.
    event_names: usize,
    /// It has a name from which facts can be learnt.
    has_facts: bool,
}

impl Memory {
    pub(super) fn new() -> Self {
        let series = (0..=SERIES).map(|_| Known::default()).collect();
        let (tail, event_name, forged) = (Vec::new(), Vec::new(), Vec::new());
        Self { series, tail, event_name, audited: Counts::default(), forged }
    }
}

impl Known {
    /// Looks every key up and notes where each name stands first; whether the group has the same names as the last.
    ///
    /// The numbers of the group before are the guesses: the records of one event have their attributes in the same order.
    #[inline(always)]
    fn number(&mut self, plan: &Plan, slots: &[Slot<'_>]) -> bool {
        let mut is_alike = self.ids.len() == slots.len();
        if !is_alike {
            self.resize(plan, slots.len());
        }
        for (slot, id) in slots.iter().zip(&mut self.ids) {
            // A slot that repeats has the name that it had.
            if slot.is_repeated {
                continue;
            }
            let found = match &slot.content {
                Content::Attribute(attribute) => plan.name_by_guess(*id, attribute.key),
                _ => UNNAMED,
            };
            if found != *id {
                forget(&mut self.first, *id);
                *id = found;
                is_alike = false;
            }
        }
        if !is_alike {
            self.find_first(plan);
        }
        is_alike
    }

    /// What is known of a group in which nobody may see the slots that are marked. Nothing that was decided before holds for
    /// it, nor does what is decided now hold for another: the numbers of its names are not those of its series.
    #[cold]
    fn apart(&self, plan: &Plan, forged: &[bool]) -> Self {
        let mut apart = Self::default();
        apart.resize(plan, self.ids.len());
        for ((apart, id), is_forged) in apart.ids.iter_mut().zip(&self.ids).zip(forged) {
            *apart = if *is_forged { FORGED } else { *id };
        }
        apart.find_first(plan);
        apart
    }

    #[inline(never)]
    fn resize(&mut self, plan: &Plan, count: usize) {
        self.first.resize(plan.name_count(), ABSENT);
        for &id in self.ids.get(count..).unwrap_or_default() {
            forget(&mut self.first, id);
        }
        self.ids.resize(count, UNNAMED);
        self.decisions.resize(count, Decision::OPEN);
    }

    #[inline(never)]
    fn find_first(&mut self, plan: &Plan) {
        (self.event_names, self.has_facts) = (0, false);
        self.ids.iter().for_each(|&id| forget(&mut self.first, id));
        for (&id, at) in self.ids.iter().zip(0u16..) {
            self.event_names += usize::from(id == plan.known.event_name);
            self.has_facts |= plan.known.has_facts(id);
            if let Some(place) = self.first.get_mut(usize::from(id))
                && *place == ABSENT
            {
                *place = at;
            }
        }
    }
}

fn forget(first: &mut [u16], id: NameId) {
    if let Some(place) = first.get_mut(usize::from(id)) {
        *place = ABSENT;
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
        self.stamp.enter(message);
        self.edits.enter(message);
    }

    fn leave(&mut self) {
        self.add_resource();
        self.edits.leave();
    }

    fn slot(&mut self, slot: &Slot<'a>) -> Result<(), BatchError> {
        if self.stamp.takes(self.plan, None, core::slice::from_ref(slot), 0)? {
            return Ok(());
        }
        match slot.content {
            Content::Name(place, number, text) => self.name(slot.span(), place, number, text),
            Content::Unknown => self.unknown_field(slot.span())?,
            _ => {}
        }
        Ok(())
    }

    fn group(
        &mut self,
        group: Group,
        series: usize,
        envelope: &Envelope,
        slots: &[Slot<'a>],
    ) -> Result<(), BatchError> {
        if self.stamp.takes(self.plan, Some(group), slots, envelope.span.start)? {
            return Ok(());
        }
        let Some(mut known) = self.memory.series.get_mut(series).map(core::mem::take) else {
            return Err(BatchError::unsupported(envelope.span.start as usize, "a group outside every series"));
        };
        let result = self.number_group(group, envelope, slots, &mut known);
        if let Some(place) = self.memory.series.get_mut(series) {
            *place = known;
        }
        result
    }
}

impl Pass<'_> {
    /// Numbers the names of a group and decides it, without the names in it that a client may not set.
    #[inline(always)]
    fn number_group<'a>(
        &mut self,
        group: Group,
        envelope: &Envelope,
        slots: &[Slot<'a>],
        known: &mut Known,
    ) -> Result<(), BatchError> {
        let is_alike = known.number(self.plan, slots);
        if self.stage.tenant && self.plan.tenancy.is_some() && self.mark_forged(group, slots, &known.ids)? {
            known.decisions.fill(Decision::OPEN);
            let mut apart = known.apart(self.plan, &self.memory.forged);
            return self.decide_group(group, envelope, slots, &mut apart, false);
        }
        self.decide_group(group, envelope, slots, known, is_alike)
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
                Err(BatchError::limit(slot.span().start as usize, "more than 1024 attributes in one place"))
            }
            None => Ok(()),
        }
    }

    fn decide_group<'a>(
        &mut self,
        group: Group,
        envelope: &Envelope,
        slots: &[Slot<'a>],
        known: &mut Known,
        is_alike: bool,
    ) -> Result<(), BatchError> {
        let is_record = group == Group::Record;
        let before = self.before_audit();
        let Known { ids, first, decisions, row, event_names, has_facts } = known;
        let record = Record { slots, first };
        self.check_attributes(&record, ids)?;
        let event = if is_record { self.event(&record, ids, *event_names) } else { Event::NONE };
        // A decision holds for the same slot of the same event among the same names.
        let is_whole_job = is_record && self.stage.normalise && self.stage.redact;
        let holds = is_alike && is_whole_job && *row == event.row;
        *row = event.row;
        if !holds {
            decisions.fill(Decision::OPEN);
        }
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
                    // What was decided about the record before says nothing about the next.
                    decisions.fill(Decision::OPEN);
                    self.edits.remove(envelope.span);
                    return Ok(());
                }
                _ => {}
            }
        }
        let known_event = event.sent.filter(|_| event.row > UNKNOWN_EVENT && *has_facts);
        let facts = match self.stage.normalise && is_record {
            true => normalise::facts(self.plan, known_event, envelope, &record),
            false => Facts::default(),
        };
        let scene = Scene { group, event, record, facts, is_whole_job };
        if is_record && self.stage.selects && !self.plan.selections.is_empty() && self.is_left_out(&scene) {
            decisions.fill(Decision::OPEN);
            self.edits.remove(envelope.span);
            return Ok(());
        }
        self.memory.tail.clear();
        self.edits.enter(envelope.message);
        for (at, (slot, decision)) in (0u16..).zip(slots.iter().zip(decisions)) {
            if slot.is_repeated && (decision.stays() || self.repeat(slot, decision)) {
                continue;
            }
            let id = ids.get(usize::from(at)).copied().unwrap_or(UNNAMED);
            self.decide(&scene, slot, id, at, decision)?;
        }
        if is_record {
            self.report.counts.records_out += 1;
            self.add_to_record(&scene, envelope);
            if let Some(before) = before {
                self.add_audit(before);
            }
        }
        if group == Group::Resource {
            self.add_tenant();
        }
        let end = Span { start: envelope.message.end, end: envelope.message.end };
        for &text in &self.memory.tail {
            self.edits.replace(end, text);
        }
        self.edits.leave();
        Ok(())
    }

    /// Decides a slot, and notes in `decision` what that says about the same slot of the next record: in its place, for
    /// a value this size that is handed on is copied first.
    #[inline(never)]
    fn decide<'a>(
        &mut self,
        scene: &Scene<'_, 'a>,
        slot: &Slot<'a>,
        id: NameId,
        at: u16,
        decision: &mut Decision,
    ) -> Result<(), BatchError> {
        *decision = Decision::OPEN;
        // Before anything else: whatever becomes of the attribute, a policy may refuse the batch for fields beside its key.
        if self.stage.redact
            && let Content::Attribute(attribute) = &slot.content
        {
            let (mut context, _) = self.context(scene.group, scene.event.row);
            redact::count_unknown_fields(&mut context, attribute, slot.span())?;
        }
        if self.plan.tenancy.is_some() && self.decide_tenant(scene.group, slot, id)? {
            return Ok(());
        }
        if scene.is_whole_job
            && let Some(decided) = self.decide_at_once(scene, slot, id, at)
        {
            *decision = decided;
            return Ok(());
        }
        let before = self.before();
        self.carry_out(scene, slot.moved().as_ref().unwrap_or(slot), id, at)?;
        if scene.is_whole_job && self.depends_on_itself(scene, slot, id, at) {
            *decision = self.decision_since(&before, slot);
        }
        Ok(())
    }

    /// Whether nothing but its own bytes, its event and the names around it decide what becomes of a slot.
    fn depends_on_itself(&self, scene: &Scene<'_, '_>, slot: &Slot<'_>, id: NameId, at: u16) -> bool {
        match &slot.content {
            Content::Attribute(attribute) if attribute.unknown_fields == 0 && scene.record.is_first(id, at) => {
                let is_event_name = id == self.plan.known.event_name && scene.event.sent.is_some();
                self.plan.role(id) == Role::Plain || is_event_name
            }
            Content::Body(..) | Content::Name(NamePlace::SeverityText, ..) => true,
            // Events that are not in the catalogue share a row, and have names of their own.
            Content::Name(NamePlace::EventName, ..) => scene.event.row != UNKNOWN_EVENT,
            _ => false,
        }
    }

    fn carry_out<'a>(&mut self, scene: &Scene<'_, 'a>, slot: &Slot<'a>, id: NameId, at: u16) -> Result<(), BatchError> {
        match &slot.content {
            Content::Attribute(attribute) if id == self.plan.known.event_name && scene.group == Group::Record => {
                self.event_name_attribute(scene, slot.span(), attribute)?;
            }
            Content::Attribute(attribute) if self.is_audit(id) => {
                self.take_audit(scene.group, slot.span(), attribute, id);
            }
            Content::Attribute(attribute) => self.attribute(scene, slot.span(), attribute, id, at)?,
            Content::Body(message, value) if self.stage.redact => {
                let rule = self.plan.body(scene.event.row);
                let (mut context, edits) = self.context(scene.group, scene.event.row);
                let treated = treat(&mut context, rule, b"", value);
                edit_value(&mut context, edits, slot.span(), log_record::BODY, (*message, value), rule, treated)?;
            }
            Content::Enter(message) => self.edits.enter(*message),
            Content::Leave => self.edits.leave(),
            Content::Name(NamePlace::EventName, number, text) => {
                self.event_name_field(scene, slot.span(), *number, text);
            }
            Content::Name(place, number, text) => self.name(slot.span(), *place, *number, text),
            Content::SpanId if self.stage.redact => {
                self.report.counts.cleared_span_ids += 1;
                self.edits.remove(slot.span());
            }
            Content::TraceId if self.stage.redact => {
                self.report.counts.cleared_trace_ids += 1;
                self.edits.remove(slot.span());
            }
            Content::Time => {
                if let Some(time) = scene.facts.time {
                    self.report.counts.times += 1;
                    let from = self.edits.text.len();
                    put_fixed64(&mut self.edits.text, log_record::TIME_UNIX_NANO, time);
                    self.edits.replace_from(slot.span(), from);
                }
            }
            Content::Unknown => self.unknown_field(slot.span())?,
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
            let from = self.edits.text.len();
            put_fixed64(&mut self.edits.text, log_record::TIME_UNIX_NANO, time);
            self.append_from(from);
        }
        if self.sets_event_name()
            && !envelope.has_event_name
            && let Some(name) = scene.event.name(&self.memory.event_name).filter(|name| !name.is_empty())
        {
            let from = self.edits.text.len();
            put_text(&mut self.edits.text, log_record::EVENT_NAME, name);
            self.append_from(from);
            self.report.counts.event_names += 1;
        }
    }

    /// Appends to the group, at its end, what was written since the edits' text had the length `from`.
    #[inline(always)]
    pub(super) fn append_from(&mut self, from: usize) -> Span {
        let text = Span::new(from, self.edits.text.len());
        self.memory.tail.push(text);
        text
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
