//! The last value under each name that could stay as it was.
//!
//! The records of a batch come from one session, so version, model, conversation and their like stand in every one of
//! them. What was looked at is not looked at again. Must not outlive a batch: keeps I6. It remembers a verdict on bytes
//! that it compares whole, under the same rule, so it changes no answer.

use alloc::vec::Vec;

use crate::bytes::{equal, put};
use crate::json::looks_like_container;
use crate::policy::{NameId, Rule};

/// Longer values differ from record to record.
const LONGEST: usize = 40;

/// The last values, by the number of their name.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    entries: Vec<Entry>,
    batch: u32,
}

#[derive(Clone, Debug)]
struct Entry {
    batch: u32,
    behaviour: u16,
    length: u8,
    text: [u8; LONGEST],
}

impl Memo {
    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        // Entries of another batch are not looked at, so they need not be wiped one by one.
        self.batch = self.batch.wrapping_add(1);
        if self.batch == 0 {
            self.entries.clear();
            self.batch = 1;
        }
    }

    /// Whether `text` is known to stay under `id` by `rule`.
    #[inline(always)]
    pub(crate) fn stays(&self, id: NameId, rule: &Rule, text: &[u8]) -> bool {
        self.entries.get(usize::from(id)).is_some_and(|entry| {
            entry.batch == self.batch
                && entry.behaviour == rule.behaviour
                && usize::from(entry.length) == text.len()
                && entry.text.get(..text.len()).is_some_and(|known| equal(known, text))
        })
    }

    /// Notes that `text` stays under `id` by `rule`.
    pub(crate) fn note(&mut self, id: NameId, rule: &Rule, text: &[u8]) {
        // What stays of JSON is decided by the names inside, and those by the event.
        if text.len() > LONGEST || looks_like_container(text) {
            return;
        }
        let id = usize::from(id);
        if self.entries.len() <= id {
            self.entries.resize(id + 1, Entry { batch: 0, behaviour: 0, length: 0, text: [0; LONGEST] });
        }
        if let Some(entry) = self.entries.get_mut(id) {
            (entry.batch, entry.behaviour, entry.length) = (self.batch, rule.behaviour, text.len() as u8);
            put(&mut entry.text, text);
        }
    }
}
