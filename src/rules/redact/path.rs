//! Where inside a value a walk is, and whether a rule names that place.
//!
//! Must not know values. A step is a member's name or an element's index; a rule's pointer holds the same steps as text
//! (RFC 6901).

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::marker::put_decimal;
use crate::policy::Rule;

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
    fn is(&self, pointer: &[Box<[u8]>]) -> bool {
        self.ends.len() == pointer.len() && self.leads_to(pointer)
    }

    /// Whether `pointer` names a place inside this one.
    fn is_above(&self, pointer: &[Box<[u8]>]) -> bool {
        self.ends.len() < pointer.len() && self.leads_to(pointer)
    }

    fn leads_to(&self, pointer: &[Box<[u8]>]) -> bool {
        let mut start = 0;
        self.ends.iter().zip(pointer).all(|(&end, step)| {
            let is_same = self.steps.get(start..end) == Some(&**step);
            start = end;
            is_same
        })
    }

    /// How many steps down this place is.
    pub(super) fn depth(&self) -> usize {
        self.ends.len()
    }

    /// Goes up to the place that was `depth` steps down.
    pub(super) fn back_to(&mut self, depth: usize) {
        self.ends.truncate(depth);
        self.steps.truncate(self.ends.last().copied().unwrap_or_default());
    }

    /// The rule that one of `root`'s pointers gives this very place.
    pub(super) fn rule<'r>(&self, root: &'r Rule) -> Option<&'r Rule> {
        root.nested.iter().find(|(pointer, _)| self.is(pointer)).map(|(_, rule)| rule)
    }

    /// Whether one of `root`'s pointers names a place inside this one.
    pub(super) fn has_rules_inside(&self, root: &Rule) -> bool {
        root.nested.iter().any(|(pointer, _)| self.is_above(pointer))
    }
}
