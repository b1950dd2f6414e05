//! Whether a record stays out of the output as a whole.
//!
//! Must not know what is done to a record that stays. Keeps I7: conditions are about the record as normalisation leaves
//! it, so that a first pass and a second, or two stages one after the other, ask the same question. Keeps I6: a sample
//! goes by the conversation's id and not by chance, so that a conversation stays whole.

use alloc::string::ToString;
use alloc::vec::Vec;

use sha2::{Digest, Sha256};

use super::pass::{Pass, Scene};
use crate::codex::Shape;
use crate::otlp::{Group, Value};
use crate::policy::{NameId, RecordAction, Selection};
use crate::rules::normalise::ErrorType;

impl Pass<'_> {
    /// Whether the first rule that means a record leaves it out; counts it if so.
    #[inline(never)]
    pub(super) fn is_left_out(&mut self, scene: &Scene<'_, '_>) -> bool {
        let plan = self.plan;
        let rules = plan.selections.iter().enumerate();
        let Some((at, selection)) = rules.into_iter().find(|(_, selection)| self.is_meant(scene, selection)) else {
            return false;
        };
        let is_left_out = match selection.action {
            RecordAction::Drop => true,
            RecordAction::Keep => false,
            RecordAction::Sample { keep, of } => self.is_sampled_out(scene, keep, of),
        };
        if is_left_out {
            self.report.left_out(at);
        }
        is_left_out
    }

    fn is_meant(&self, scene: &Scene<'_, '_>, selection: &Selection) -> bool {
        selection.row.is_none_or(|row| row == scene.event.row)
            && selection.with.iter().all(|names| names.iter().any(|&id| self.has(scene, id)))
            && !selection.without.iter().any(|&id| self.has(scene, id))
            && selection.equals.iter().all(|equals| {
                let value = equals.names.iter().find_map(|&id| self.text_of(scene, id));
                value.is_some_and(|value| equals.texts.iter().any(|text| **text == *value))
            })
    }

    /// Whether a record has an attribute, or is given it by normalisation.
    fn has(&self, scene: &Scene<'_, '_>, id: NameId) -> bool {
        scene.record.has(id) || self.derived(scene, id).is_some()
    }

    /// An attribute's value as normalisation leaves it, as text: of text, numbers and switches.
    fn text_of(&self, scene: &Scene<'_, '_>, id: NameId) -> Option<Vec<u8>> {
        let Some(sent) = scene.record.value(id) else { return self.derived(scene, id) };
        let shape = self.plan.rule(Group::Record, scene.event.row, id, b"").shape;
        let value = if self.stage.normalise { self.normalised(scene, id, shape, sent) } else { None };
        // What is neither is there, and equals nothing.
        Some(match value.unwrap_or(sent) {
            Value::Bool(value) => value.to_string().into_bytes(),
            Value::Double(value) => value.to_string().into_bytes(),
            Value::Int(value) => value.to_string().into_bytes(),
            Value::String(text) => text.to_vec(),
            _ => b"\0".to_vec(),
        })
    }

    /// What normalisation adds to a record under a name.
    fn derived(&self, scene: &Scene<'_, '_>, id: NameId) -> Option<Vec<u8>> {
        let (known, facts) = (&self.plan.known, &scene.facts);
        if id == known.error_type {
            return facts.error_type.map(|error| match error {
                ErrorType::Status(status) => status.to_string().into_bytes(),
                ErrorType::Stream => b"stream_error".to_vec(),
                ErrorType::Tool => b"tool_error".to_vec(),
            });
        }
        let text = match id {
            _ if id == known.exit_code => return facts.exit_code.map(|code| code.to_string().into_bytes()),
            _ if id == known.mcp_server => facts.mcp_server,
            _ if id == known.tool_name_sent => facts.tool_name_sent,
            _ => None,
        };
        text.map(<[u8]>::to_vec)
    }

    /// Whether a record's conversation is not of the sample. A record that does not say its conversation stays: so does
    /// one with an id that is no UUID, for redaction may change what is none.
    fn is_sampled_out(&self, scene: &Scene<'_, '_>, keep: u32, of: u32) -> bool {
        let sent = self.plan.conversation.iter().find_map(|&id| scene.record.value(id));
        let Some(Value::String(id)) = sent else { return false };
        Shape::Uuid.holds(id) && sample_of(id, of) >= u64::from(keep)
    }
}

/// The place of a conversation among `of`: the first eight bytes of its id's SHA-256, big end first, modulo `of`.
fn sample_of(conversation: &[u8], of: u32) -> u64 {
    let digest = Sha256::digest(conversation);
    let head = digest.first_chunk::<8>().copied().unwrap_or_default();
    u64::from_be_bytes(head) % u64::from(of.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers are what `printf ID | sha256sum` begins with, modulo 100.
    #[test]
    fn a_conversation_has_one_place() {
        assert_eq!(sample_of(b"0198c5b0-0000-7000-8000-000000000001", 100), 3);
        assert_eq!(sample_of(b"0198c5b0-0000-7000-8000-000000000002", 100), 72);
    }
}
