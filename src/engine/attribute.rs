//! One attribute of a group: its type, its conventional name, what of it may leave, and how it is written.
//!
//! Must not know which fields of a record are no attributes. Keeps I1: the short ways out are for values that the long way
//! let stay, byte for byte, under the same rule.

use alloc::vec::Vec;

use super::decision::{Counted, Decision};
use super::pass::{Pass, Scene};
use crate::codex::{Conversion, Shape};
use crate::error::BatchError;
use crate::otlp::{Attribute, Content, Group, NewValue, Slot, Value, log_record, put_key_value, resource, scope};
use crate::policy::{Base, NO_EVENT, NameId, Role, Rule, Semconv, UNNAMED, UnknownAction};
use crate::rules::normalise;
use crate::rules::redact::{self, Treated, edit_attribute, is_plain_key, treat_numbered};
use crate::wire::Span;

/// What became of a value's conventional name.
enum Link<'a> {
    /// It stands beside, if anywhere: the attribute stays what it is.
    Beside,
    /// Another attribute has it, and takes the value.
    Moved,
    /// The attribute itself takes it.
    Renamed(Value<'a>),
}

impl Pass<'_> {
    pub(super) fn attribute<'a>(
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
        let is_first = scene.record.is_first(id, at);
        if is_first && self.is_read_as_time(scene, id, rule) {
            return self.keep(attribute, span);
        }
        let mut attribute = *attribute;
        let sent = attribute.value;
        if self.stage.normalise && !is_first && self.is_given_up(scene, id) {
            self.edits.remove(span);
            return Ok(());
        }
        if self.stage.normalise && is_first {
            if let Some(value) = self.normalised(scene, id, rule.shape, sent) {
                attribute.value = value;
                self.report.counts.types += u32::from(id != plan.known.tool_name);
            }
            let links = plan.links(scene.group, id);
            if let Some(copy) = links.source.and_then(|source| self.copy(scene, source)) {
                attribute.value = copy;
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
                        (attribute.key, attribute.value) = (plan.name_of(target), value);
                        rule = plan.rule(scene.group, scene.event.row, target, attribute.key);
                        return self.write(scene, span, &attribute, rule, target, None);
                    }
                }
            }
        }
        self.write(scene, span, &attribute, rule, id, Some(sent))
    }

    /// Decides an attribute of a record if that takes no more than a look at it: a value in the closed shape of its name,
    /// or a text that stayed under the same name, under names that normalisation leaves alone, types or copies. Most
    /// attributes are like that. Where it gives nothing, nothing was done.
    #[inline(always)]
    pub(super) fn decide_at_once<'a>(
        &mut self,
        scene: &Scene<'_, 'a>,
        slot: &Slot<'a>,
        id: NameId,
        at: u16,
    ) -> Option<Decision> {
        let (plan, role) = (self.plan, self.plan.role(id));
        let Content::Attribute(attribute) = &slot.content else { return None };
        if !scene.record.is_first(id, at) || attribute.unknown_fields > 0 {
            return None;
        }
        let rule = plan.record_rule(scene.event.row, id);
        if role == Role::Special {
            // The next record may have another time.
            return self.is_read_as_time(scene, id, rule).then_some(Decision::OPEN);
        }
        let (value, is_changed) = match (attribute.value, rule.shape) {
            (Value::Int(number), Shape::Int) if rule.lets_scalars => (NewValue::Int(number), false),
            (Value::Bool(switch), Shape::Bool) if rule.lets_scalars => (NewValue::Bool(switch), false),
            (Value::String(text), shape) if normalise::is_typed(shape) && plan.normalise.types => {
                (normalise::typed(plan, id, shape, text).and_then(NewValue::of).filter(|_| rule.lets_scalars)?, true)
            }
            (value, _) if matches!(rule.treatment.base, Base::KeepUnscanned) => (NewValue::of(value)?, false),
            (Value::String(text), shape)
                if self.scratch.memo.stays(id, rule, text)
                    || (rule.lets_scalars && shape.is_closed_and_holds(text)) =>
            {
                (NewValue::String(text), false)
            }
            _ => return None,
        };
        let (mut edit, mut added) = (None, None);
        if let Role::Copied(target) = role {
            let is_alike = plan.record_rule(scene.event.row, target).behaviour == rule.behaviour;
            let is_mark = matches!(value, NewValue::String(text) if redact::is_mark(rule, text));
            if !is_alike || is_mark || scene.record.has(target) {
                return None;
            }
            added = Some(self.add_copy(target, value));
        }
        if is_changed {
            let from = self.edits.text.len();
            put_key_value(&mut self.edits.text, log_record::ATTRIBUTES, attribute.key, value);
            edit = Some((self.edits.replace_from(slot.span(), from), Counted::Type));
            self.report.counts.types += 1;
        }
        Some(Decision::writes(edit, added))
    }

    /// Whether the record's own time is read from an attribute, which then holds nothing else.
    #[inline(always)]
    fn is_read_as_time(&self, scene: &Scene<'_, '_>, id: NameId, rule: &Rule) -> bool {
        id == self.plan.known.event_timestamp && scene.facts.is_time_sent && rule.lets_scalars
    }

    #[inline(always)]
    fn add_copy(&mut self, target: NameId, value: NewValue<'_>) -> Span {
        let from = self.edits.text.len();
        put_key_value(&mut self.edits.text, log_record::ATTRIBUTES, self.plan.name_of(target), value);
        self.report.counts.semconv += 1;
        self.append_from(from)
    }

    /// Leaves an attribute as it came, but for fields in it that no schema names.
    pub(super) fn keep(&mut self, attribute: &Attribute<'_>, span: Span) -> Result<(), BatchError> {
        if attribute.unknown_fields > 0 && self.stage.redact {
            let (mut context, edits) = self.context(Group::Record, NO_EVENT);
            let rule = context.plan.unnamed();
            edit_attribute(&mut context, edits, span, log_record::ATTRIBUTES, attribute, rule, Treated::Same)?;
        }
        Ok(())
    }

    /// Redacts an attribute and writes it if it is not what the batch has at `span`: its key with the value `sent`, or
    /// another key.
    pub(super) fn write(
        &mut self,
        scene: &Scene<'_, '_>,
        span: Span,
        attribute: &Attribute<'_>,
        rule: &Rule,
        id: NameId,
        sent: Option<Value<'_>>,
    ) -> Result<(), BatchError> {
        let number = attributes_field(scene.group);
        let value = NewValue::of(attribute.value);
        let is_changed = value.is_some_and(|value| sent.is_none_or(|sent| !value.is(&sent)));
        if self.stage.redact {
            let (mut context, edits) = self.context(scene.group, scene.event.row);
            let done = context.report.done();
            let treated = treat_numbered(&mut context, rule, id, attribute.key, &attribute.value);
            // What is to stand there may stand there already: a copy of a value that the copy's own rule masks.
            let stands = match (treated, sent) {
                (Treated::Fixed, Some(Value::String(sent))) => *sent == *rule.mask,
                (Treated::Text, Some(Value::String(sent))) => *sent == *context.scratch.text,
                _ => false,
            };
            let treated = if stands { Treated::Same } else { treated };
            if stands {
                context.report.undo(done);
            }
            if stands || treated != Treated::Same || (attribute.unknown_fields > 0 && !is_changed) {
                return edit_attribute(&mut context, edits, span, number, attribute, rule, treated);
            }
        }
        if let (true, Some(value)) = (is_changed, value) {
            let from = self.edits.text.len();
            put_key_value(&mut self.edits.text, number, attribute.key, value);
            self.edits.replace_from(span, from);
        }
        Ok(())
    }

    /// A value as the schema has it; nothing if that is how it was sent.
    #[inline]
    pub(super) fn normalised<'a>(
        &self,
        scene: &Scene<'_, 'a>,
        id: NameId,
        shape: Shape,
        sent: Value<'a>,
    ) -> Option<Value<'a>> {
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

    /// Whether a name gave way to its conventional one, under which only its first value goes on.
    fn is_given_up(&self, scene: &Scene<'_, '_>, id: NameId) -> bool {
        self.plan.normalise.semconv == Semconv::Rename && self.copy(scene, id).is_some()
    }

    /// Appends an attribute to the group, redacted by the rule of its name.
    pub(super) fn add(&mut self, scene: &Scene<'_, '_>, id: NameId, value: Value<'_>) {
        let (plan, key) = (self.plan, self.plan.name_of(id));
        let mut new = NewValue::of(value);
        let mut text = Vec::new();
        if self.stage.redact {
            let rule = plan.rule(scene.group, scene.event.row, id, key);
            let done = self.report.done();
            match treat_numbered(&mut self.context(scene.group, scene.event.row).0, rule, id, key, &value) {
                Treated::Same => {}
                Treated::Fixed => new = Some(NewValue::String(&rule.mask)),
                Treated::Text => {
                    text.extend_from_slice(&self.scratch.text);
                    new = Some(NewValue::String(&text));
                }
                Treated::Inside | Treated::Remove => {
                    // Nobody sent it, so nothing is gone.
                    self.report.undo(done);
                    new = None;
                }
            }
        }
        if let Some(new) = new {
            let from = self.edits.text.len();
            put_key_value(&mut self.edits.text, attributes_field(scene.group), key, new);
            self.append_from(from);
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
}

/// Whether a value is what a first pass left. Had it had a conventional name, it would have it already.
fn is_mark_of(rule: &Rule, value: Value<'_>) -> bool {
    matches!(value, Value::String(text) if redact::is_mark(rule, text))
}

pub(super) fn attributes_field(group: Group) -> u32 {
    match group {
        Group::Record => log_record::ATTRIBUTES,
        Group::Resource => resource::ATTRIBUTES,
        Group::Scope => scope::ATTRIBUTES,
    }
}
