//! The edit list of one batch and the splice that carries it out.
//!
//! Knows lengths and nothing about OTLP. Keeps I3: what no edit names is copied as it came, and a message inside which
//! nothing changed keeps even a padded length prefix.
//!
//! A length prefix lies before the message that it counts, but its new value is known only after that message. So
//! entering a message reserves an edit for its prefix and leaving it fills that edit in, or takes it back when nothing
//! inside changed:
//!
//! ```text
//! enter(A)          edits: [A?]
//!   replace(x)      edits: [A?, x]            A's length changes by what x changes
//!   enter(B)        edits: [A?, x, B?]
//!   leave(B)        edits: [A?, x]            nothing changed in B
//! leave(A)          edits: [A, x]             A's own prefix may grow, which its parent has to count
//! ```

use alloc::vec::Vec;

use super::Span;
use super::write::{put_varint, varint_len};
use crate::bytes::put;

/// Edits of one batch, in ascending order of their spans, with the bytes that they write.
#[derive(Debug, Default)]
pub(crate) struct Edits {
    edits: Vec<Edit>,
    /// The replacements of all edits, one after the other.
    pub(crate) text: Vec<u8>,
    open: Vec<Open>,
    /// Change of the whole batch's length by the edits outside any open message.
    grown: isize,
}

/// A message by the place of its length prefix and of its body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Message {
    pub(crate) length_at: u32,
    pub(crate) body: u32,
    pub(crate) end: u32,
}

impl Message {
    /// The same message `by` bytes further on.
    #[inline(always)]
    pub(crate) fn shifted(self, by: u32) -> Self {
        let [length_at, body, end] = [self.length_at, self.body, self.end].map(|offset| offset.wrapping_add(by));
        Self { length_at, body, end }
    }
}

/// `span` of the batch is replaced by `text`.
#[derive(Debug)]
struct Edit {
    span: Span,
    text: Span,
    /// How many messages were open.
    depth: u32,
}

#[derive(Debug)]
struct Open {
    message: Message,
    /// Index of the edit reserved for the length prefix.
    reserved: usize,
    /// Change of the body's length so far.
    grown: isize,
}

impl Edits {
    /// Forgets everything and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.edits.clear();
        self.text.clear();
        self.open.clear();
        self.grown = 0;
    }

    /// Whether nothing is changed.
    pub(crate) fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// How many edits there are, those reserved for lengths included.
    pub(crate) fn count(&self) -> usize {
        self.edits.len()
    }

    /// Begins a message: later edits lie inside it until it is left.
    #[inline]
    pub(crate) fn enter(&mut self, message: Message) {
        let (depth, reserved) = (self.open.len() as u32, self.edits.len());
        self.open.push(Open { message, reserved, grown: 0 });
        let at = Span { start: message.length_at, end: message.length_at };
        self.edits.push(Edit { span: at, text: Span::new(0, 0), depth });
    }

    /// Ends the message entered last.
    #[inline]
    pub(crate) fn leave(&mut self) {
        let Some(Open { message, reserved, grown }) = self.open.pop() else { return };
        if self.edits.len() == reserved + 1 {
            self.edits.pop();
            return;
        }
        if grown == 0 {
            // The prefix stays as it came; the reserved edit is empty and writes nothing. Its text says when the message
            // was left.
            let left_at = self.text.len();
            if let Some(edit) = self.edits.get_mut(reserved) {
                edit.text = Span::new(left_at, left_at);
            }
            return;
        }
        let length = ((message.end - message.body) as usize).saturating_add_signed(grown) as u64;
        let start = self.text.len();
        put_varint(&mut self.text, length);
        if let Some(edit) = self.edits.get_mut(reserved) {
            let prefix = Span { start: message.length_at, end: message.body };
            (edit.span, edit.text) = (prefix, Span::new(start, self.text.len()));
        }
        let before = message.body - message.length_at;
        self.grow(grown + varint_len(length) as isize - before as isize);
    }

    /// Takes `span` out.
    pub(crate) fn remove(&mut self, span: Span) {
        let at = self.text.len();
        self.replace_from(span, at);
    }

    /// Replaces `span` by what was appended to `text` since it had the length `from`; that part of `text`.
    #[inline]
    pub(crate) fn replace_from(&mut self, span: Span, from: usize) -> Span {
        let text = Span::new(from, self.text.len());
        self.replace(span, text);
        text
    }

    /// Replaces `span` by a part of `text` that another edit has written.
    #[inline]
    pub(crate) fn replace(&mut self, span: Span, text: Span) {
        self.edits.push(Edit { span, text, depth: self.open.len() as u32 });
        self.grow((text.end - text.start) as isize - (span.end - span.start) as isize);
    }

    /// The edit made last: what it replaces, and by which part of `text`.
    pub(crate) fn last(&self) -> Option<(Span, Span)> {
        self.edits.last().map(|edit| (edit.span, edit.text))
    }

    #[inline]
    fn grow(&mut self, by: isize) {
        match self.open.last_mut() {
            Some(open) => open.grown += by,
            None => self.grown += by,
        }
    }

    /// Moves the edit made last to where its span belongs among those before it.
    pub(crate) fn settle(&mut self) {
        let Some(last) = self.edits.pop() else { return };
        let before = self.edits.iter().rposition(|edit| edit.span.start <= last.span.start);
        self.edits.insert(before.map_or(0, |before| before + 1), last);
    }

    /// Each edit, those of length prefixes among them: what is replaced, how many messages were open, and the
    /// replacement. The edit of a message's own prefix comes before those inside it, which are one message deeper.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Span, usize, &[u8])> {
        self.edits.iter().map(|edit| (edit.span, edit.depth as usize, edit.text.of(&self.text).unwrap_or_default()))
    }

    /// Writes `batch` with all edits to the beginning of `out`, which grows if it is too short, and gives what was
    /// written. `None` if an edit lies outside the batch or before the one ahead of it: that would be a fault of this
    /// program, and the caller refuses the batch.
    pub(crate) fn splice<'o>(&self, batch: &[u8], out: &'o mut Vec<u8>) -> Option<&'o [u8]> {
        let length = batch.len().checked_add_signed(self.grown)?;
        if out.len() < length {
            out.resize(length, 0);
        }
        let mut rest = out.get_mut(..length)?;
        let mut copied = 0;
        for edit in &self.edits {
            rest = put(rest, batch.get(copied..edit.span.start as usize)?)?;
            rest = put(rest, edit.text.of(&self.text)?)?;
            copied = edit.span.end as usize;
        }
        rest = put(rest, batch.get(copied..)?)?;
        // Were anything left, bytes of an earlier batch would stand there.
        if rest.is_empty() { out.get(..length) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `12 LEN body` at `length_at`, for a test's own bytes.
    fn message(length_at: u32, body: u32, end: u32) -> Message {
        Message { length_at, body, end }
    }

    fn splice(edits: &Edits, batch: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        edits.splice(batch, &mut out).unwrap().to_vec()
    }

    fn replace(edits: &mut Edits, start: usize, end: usize, with: &[u8]) {
        let from = edits.text.len();
        edits.text.extend_from_slice(with);
        edits.replace_from(Span::new(start, end), from);
    }

    /// Scenario: an edit two messages deep, beside a sibling in which nothing changes.
    /// Guarantees: both enclosing lengths follow (I3), the untouched sibling keeps its padded prefix.
    #[test]
    fn enclosing_lengths_follow_an_edit() {
        // 0a 0c [ 12 03 'abc' ][ 12 84 00 'wxyz' ]   the second inner length is padded to two bytes
        let batch = b"\x0a\x0c\x12\x03abc\x12\x84\x00wxyz";
        let mut edits = Edits::default();
        edits.enter(message(1, 2, 14));
        edits.enter(message(3, 4, 7));
        replace(&mut edits, 5, 6, b"BBB");
        edits.leave();
        edits.enter(message(8, 10, 14));
        edits.leave();
        edits.leave();
        assert_eq!(splice(&edits, batch), b"\x0a\x0e\x12\x05aBBBc\x12\x84\x00wxyz");
    }

    /// Scenario: a body grows from 127 to 128 bytes, so that its length prefix grows from one byte to two.
    /// Guarantees: the parent counts the prefix's growth too.
    #[test]
    fn a_prefix_that_grows_is_counted_by_its_parent() {
        let mut batch = Vec::from(*b"\x0a\x81\x01\x12\x7f");
        batch.extend_from_slice(&[b'x'; 127]);
        let mut edits = Edits::default();
        edits.enter(message(1, 3, 132));
        edits.enter(message(4, 5, 132));
        replace(&mut edits, 5, 6, b"yy");
        edits.leave();
        edits.leave();
        let out = splice(&edits, &batch);
        assert_eq!(out.get(..6), Some(&b"\x0a\x83\x01\x12\x80\x01"[..]));
        assert_eq!(out.len(), 6 + 128);
    }

    #[test]
    fn nothing_changed_leaves_no_edit() {
        let mut edits = Edits::default();
        edits.enter(message(1, 2, 4));
        edits.leave();
        assert!(edits.is_empty());
    }

    /// Scenario: two messages that end at the same byte, with something added at the end of each, the inner one as long as
    /// before and not.
    /// Guarantees: the depth of each edit says whose end it is.
    #[test]
    fn the_depth_tells_whose_end_it_is() {
        for removed in [3, 2] {
            let mut edits = Edits::default();
            edits.enter(message(1, 2, 8));
            edits.enter(message(3, 4, 8));
            edits.remove(Span::new(4, 4 + removed));
            replace(&mut edits, 8, 8, b"abc");
            edits.leave();
            replace(&mut edits, 8, 8, b"outer");
            edits.leave();
            let found: Vec<_> = edits.iter().map(|(span, depth, text)| (span.start, depth, text)).collect();
            let [outer, inner, gone, in_inner, in_outer] = found[..] else { panic!("{found:?}") };
            assert_eq!((gone.2, in_inner.2, in_outer.2), (&b""[..], &b"abc"[..], &b"outer"[..]));
            assert_eq!([outer, inner, gone, in_inner, in_outer].map(|edit| edit.1), [0, 1, 2, 2, 1], "{found:?}");
        }
    }

    #[test]
    fn an_edit_settles_where_it_belongs() {
        let mut edits = Edits::default();
        for (start, end) in [(1, 2), (4, 5), (2, 2)] {
            replace(&mut edits, start, end, b"x");
        }
        edits.settle();
        assert_eq!(splice(&edits, b"abcdef"), b"axxcdxf");
    }

    #[test]
    fn edits_out_of_order_are_not_carried_out() {
        let mut edits = Edits::default();
        replace(&mut edits, 2, 3, b"");
        replace(&mut edits, 0, 1, b"");
        assert_eq!(edits.splice(b"abcd", &mut Vec::new()), None);
    }
}
