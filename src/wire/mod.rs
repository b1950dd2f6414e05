//! The protobuf wire format: reading fields with absolute offsets, and replacing bytes inside nested messages.
//!
//! Has never heard of OTLP. Keeps I2 (what is not well-formed is refused where it stands) and I3 (bytes that no edit
//! names are copied as they came).
//!
//! Source of every fact: the protobuf encoding guide, <https://protobuf.dev/programming-guides/encoding/>.

mod edits;
mod reader;
mod write;

pub(crate) use edits::{Edits, Message};
pub(crate) use reader::{Field, Payload, Reader};
pub(crate) use write::{length_delimited_len, put_length, put_tag, put_varint, varint_len, wire_type};

/// A range of the batch, in bytes from its start. Four bytes each: a batch is at most 16 MiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    /// The span between two offsets. Offsets beyond four bytes cannot occur: the batch's size is checked first.
    pub(crate) fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// The range `by` bytes further on.
    #[inline(always)]
    pub(crate) fn shifted(self, by: u32) -> Self {
        Self { start: self.start.wrapping_add(by), end: self.end.wrapping_add(by) }
    }

    /// The bytes in this range.
    #[inline(always)]
    pub(crate) fn of(self, batch: &[u8]) -> Option<&[u8]> {
        batch.get(self.start as usize..self.end as usize)
    }
}
