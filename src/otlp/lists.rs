//! Lists of slots whose memory is used again from batch to batch.
//!
//! Must not know what a slot holds. Keeps I6: a list is empty when it is put away and when it is taken out, and its type
//! forgets the batch that it was made for.

use alloc::vec::Vec;

use super::slot::Slot;

/// Lists that nobody uses at the moment.
#[derive(Debug, Default)]
pub(crate) struct Lists(Vec<Vec<Slot<'static>>>);

/// Codex has up to 27 attributes on a record, and normalisation adds a few.
const SLOTS: usize = 40;

/// A list that has grown beyond this many slots is not kept: one strange batch must not hold its memory for ever.
const MOST: usize = 1024;

impl Lists {
    /// An empty list.
    pub(super) fn take<'a>(&mut self) -> Vec<Slot<'a>> {
        self.0.pop().map_or_else(|| Vec::with_capacity(SLOTS), emptied)
    }

    /// Puts a list away, for a later batch.
    pub(super) fn put_away(&mut self, list: Vec<Slot<'_>>) {
        if (1..=MOST).contains(&list.capacity()) {
            self.0.push(emptied(list));
        }
    }
}

/// An empty list in the memory of another, for slots of another batch. Collecting into a list of elements of the same size
/// takes the memory over; were that to change, this would cost an allocation and nothing else.
fn emptied<'a>(mut list: Vec<Slot<'_>>) -> Vec<Slot<'a>> {
    list.clear();
    list.into_iter().map_while(|_| None).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::otlp::slot::Content;
    use crate::wire::Span;

    #[test]
    fn a_list_keeps_its_memory_and_nothing_in_it() {
        let mut lists = Lists::default();
        let mut list = lists.take();
        list.push(Slot::new(Span::new(1, 2), Content::Unknown));
        let at = list.as_ptr() as usize;
        lists.put_away(list);
        let list = lists.take();
        assert_eq!((list.len(), list.as_ptr() as usize, list.capacity()), (0, at, SLOTS));
        lists.put_away(Vec::with_capacity(MOST + 1));
        assert!(lists.0.is_empty());
    }
}
