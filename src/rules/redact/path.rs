//! Where inside a value a walk is, and whether a rule names that place.
//!
//! Must not know values. A step is a member's name or an element's index; a rule's pointer holds the same steps as text
//! (RFC 6901).

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::marker::put_decimal;

/// The steps from a value down to a place inside it.
#[derive(Debug, Default)]
pub(super) struct Path {
    steps: Vec<u8>,
    ends: Vec<usize>,
}

impl Path {
    /// Goes down to a member.
    pub(super) fn push(&mut self, name: &[u8]) {
        self.steps.extend_from_slice(name);
        self.ends.push(self.steps.len());
    }

    /// Goes down to an element.
    pub(super) fn push_index(&mut self, index: usize) {
        put_decimal(&mut self.steps, index as u64);
        self.ends.push(self.steps.len());
    }

    /// Goes up again.
    pub(super) fn pop(&mut self) {
        self.ends.pop();
        self.steps.truncate(self.ends.last().copied().unwrap_or_default());
    }

    /// Whether `pointer` names this place.
    pub(super) fn is(&self, pointer: &[Box<[u8]>]) -> bool {
        let mut start = 0;
        let steps = self.ends.iter().map(|&end| {
            let step = self.steps.get(start..end).unwrap_or_default();
            start = end;
            step
        });
        self.ends.len() == pointer.len() && steps.eq(pointer.iter().map(|step| &**step))
    }
}
