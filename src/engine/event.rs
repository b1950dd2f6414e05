//! What a record says it is: the attribute `event.name` and the field `event_name`.
//!
//! Must not know what the event means; the plan's row for it does. Keeps I1: a record that does not say once and plainly
//! what it is has the row of the strictest rules. Keeps I7: what is left of a name leaves the record in the same row.

use super::attribute::attributes_field;
use super::pass::{Pass, Scene};
use crate::error::BatchError;
use crate::otlp::{Attribute, Content, Group, NamePlace, NewValue, Value, put_key_value, put_text};
use crate::policy::{NO_EVENT, NameId, UNKNOWN_EVENT};
use crate::rules::normalise::Record;
use crate::rules::redact::{Treated, edit_attribute, treat, treat_numbered};
use crate::wire::Span;

/// What a record says it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event<'a> {
    pub(super) row: usize,
    /// There is not one name but none or several, and they go.
    pub(super) goes: bool,
    /// The one string `event.name`.
    pub(super) sent: Option<&'a [u8]>,
    /// What stands in place of it; a text is in the memory.
    pub(super) becomes: Treated,
}

impl<'a> Event<'a> {
    /// What stands for a resource, a scope, and a record that does not say what it is.
    pub(super) const NONE: Self = Self { row: NO_EVENT, goes: false, sent: None, becomes: Treated::Same };

    /// The event's name as it leaves; `text` is what stands in place of it if anything does.
    pub(super) fn name<'n>(&self, text: &'n [u8]) -> Option<&'n [u8]>
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

impl Pass<'_> {
    /// What a record with so many names of an event says it is, and what becomes of the one.
    #[inline(never)]
    pub(super) fn event<'a>(&mut self, record: &Record<'_, 'a>, ids: &[NameId], names: usize) -> Event<'a> {
        let known = self.plan.known.event_name;
        let sent = match record.value(known) {
            Some(Value::String(sent)) if names == 1 && !sent.is_empty() => sent,
            _ => {
                let goes = self.stage.redact && names > 0 && self.has_name_that_goes(record, ids);
                return Event { goes, ..Event::NONE };
            }
        };
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
        Event { row, goes: false, sent: Some(sent), becomes }
    }

    /// Whether redaction takes away one of the names of a record that has not just one, or makes a text of it. Then all of
    /// them go: what would be left might be read as its one name on a second pass, and change its row.
    fn has_name_that_goes(&mut self, record: &Record<'_, '_>, ids: &[NameId]) -> bool {
        let known = self.plan.known.event_name;
        // Here it is only asked; it is counted when it is done.
        let counted = self.report.clone();
        let rule = self.plan.record_rule(NO_EVENT, known);
        let mut context = self.context(Group::Record, NO_EVENT).0;
        let goes = record.slots.iter().zip(ids).filter(|(_, id)| **id == known).any(|(slot, _)| {
            let Content::Attribute(name) = &slot.content else { return false };
            let treated = treat_numbered(&mut context, rule, known, name.key, &name.value);
            match name.value {
                Value::Array(_) | Value::Bytes(_) | Value::Map(_) => true,
                Value::String(_) => treated == Treated::Remove,
                // A number that is masked becomes a text.
                _ => treated != Treated::Same,
            }
        });
        *self.report = counted;
        goes
    }

    pub(super) fn sets_event_name(&self) -> bool {
        self.stage.normalise && self.plan.normalise.event_name
    }

    /// The field `event_name`: the event's own name, as redaction left it.
    pub(super) fn event_name_field(&mut self, scene: &Scene<'_, '_>, span: Span, number: u32, text: &[u8]) {
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
    pub(super) fn event_name_attribute(
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
            if scene.event.goes {
                self.report.redacted(rule.counter);
                self.edits.remove(span);
                return Ok(());
            }
            return self.write(scene, span, attribute, rule, known, Some(attribute.value));
        }
        let (becomes, number) = (scene.event.becomes, attributes_field(scene.group));
        if !matches!(becomes, Treated::Fixed | Treated::Text) {
            let (mut context, edits) = self.context(scene.group, scene.event.row);
            return edit_attribute(&mut context, edits, span, number, attribute, rule, becomes);
        }
        let from = self.edits.text.len();
        put_key_value(&mut self.edits.text, number, attribute.key, NewValue::String(&self.memory.event_name));
        self.edits.replace_from(span, from);
        Ok(())
    }
}
