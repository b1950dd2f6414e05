//! Writes on a record how much was done to it, where the policy asks for that.
//!
//! Must not know what was done. Counts that an earlier pass has left are added to; anything else under these names, on a
//! resource and a scope too, was written by nobody who may, and goes. Keeps I1: numbers only.

use super::pass::Pass;
use crate::otlp::{Attribute, Group, NewValue, Value, log_record, put_key_value};
use crate::policy::{AUDIT_NAMES, NameId};
use crate::wire::Span;

/// More actions than one batch has room for; a larger count is no count of ours.
const MOST: i64 = 1 << 24;

/// How much was done, in the order of the names.
pub(super) type Counts = [u32; AUDIT_NAMES.len()];

impl Pass<'_> {
    /// Whether an attribute is under a name that is ours alone.
    #[inline]
    pub(super) fn is_audit(&self, id: NameId) -> bool {
        self.stage.selects && self.plan.audit.contains(&id)
    }

    /// Takes such an attribute out, and remembers what it counts.
    pub(super) fn take_audit(&mut self, group: Group, span: Span, attribute: &Attribute<'_>, id: NameId) {
        self.edits.remove(span);
        // The first numbers are those of the names as they are spelt.
        let place = self.plan.audit.iter().position(|known| *known == id);
        let count = place.and_then(|place| self.memory.audited.get_mut(place));
        if let (Group::Record, Some(count), Value::Int(sent @ 1..=MOST)) = (group, count, attribute.value) {
            *count = count.saturating_add(sent as u32);
        }
    }

    /// How much was done before a record; nothing where the policy does not ask for that.
    #[inline]
    pub(super) fn before_audit(&self) -> Option<Counts> {
        (self.stage.selects && !self.plan.audit.is_empty()).then(|| self.report.done())
    }

    /// Appends the counts of a record: what was sent, and what was done since `before`.
    pub(super) fn add_audit(&mut self, before: Counts) {
        let done = self.report.done().into_iter().zip(before).map(|(now, before)| now.saturating_sub(before));
        let sent = core::mem::take(&mut self.memory.audited);
        for ((name, sent), done) in AUDIT_NAMES.iter().zip(sent).zip(done) {
            let count = sent.saturating_add(done);
            if count > 0 {
                let (from, value) = (self.edits.text.len(), NewValue::Int(i64::from(count).min(MOST)));
                put_key_value(&mut self.edits.text, log_record::ATTRIBUTES, name.as_bytes(), value);
                self.append_from(from);
            }
        }
    }
}
