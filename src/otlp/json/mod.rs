//! The JSON door: OTLP/JSON in and out of the one engine, which works on protobuf.
//!
//! ```text
//! body ──read──▶ image ──▶ walk ─▶ rules ─▶ edits ──carry──▶ edits of the body ──splice──▶ bytes
//!          └───▶ places ────────────────────────────┘
//! ```
//!
//! The *image* is the same telemetry in protobuf, field by field in the order of the body; the *places* say where in the
//! body each of its fields lies. The engine walks the image and edits it, and what it did there is done to the body:
//! members and elements go or come, values change, and every other byte stays. So the same telemetry gets the same
//! treatment in both encodings, by construction. The image itself goes nowhere.
//!
//! Must not know policies. Keeps I2: what two readers of JSON could read differently is refused while the image is
//! written. Keeps I3: the body is spliced, not written anew.
//!
//! Source: the OTLP specification, "JSON Protobuf Encoding", and the proto3 JSON mapping that it changes.

mod carry;
mod pattern;
mod place;
mod read;
mod repeat;
mod scalar;
mod schema;
mod values;
mod write;

use alloc::vec::Vec;
use core::ops::Range;

use crate::error::BatchError;
use crate::json::Reader;
use crate::limits::{MAX_BATCH_BYTES, MAX_JSON_PLACES};
use crate::wire::{Edits, Message, Span, put_tag, wire_type};
use pattern::Patterns;
use place::Place;
use read::Reading;
use repeat::Member;
use values::Frame;

/// The field of the image that stands for a member that no schema names. Numbers from 19000 are protobuf's own, so that
/// no schema ever will name it.
const UNKNOWN_FIELD: u32 = 19_000;

/// Working memory for batches in JSON. Nothing of one batch is left in it for the next.
#[derive(Debug, Default)]
pub(crate) struct Door {
    image: Vec<u8>,
    /// In the order of the image, which is that of the body.
    places: Vec<Place>,
    /// What the edits of the image are in the body.
    edits: Edits,
    /// Names are in snake_case. Unknown until the first that is not the same in both spellings.
    is_snake: Option<bool>,
    patterns: Patterns,
    /// The places of the attributes of the record before.
    repeated: Range<usize>,
    /// The members of the record before, and those of the one that is being read.
    before: Vec<Option<Member>>,
    members: Vec<Option<Member>>,
    frames: Vec<Frame>,
    /// The member's name that was read last, without its escapes.
    name: Vec<u8>,
    /// The string that was read last, if it had escapes.
    text: Vec<u8>,
    /// The id or the bytes that were read last.
    bytes: Vec<u8>,
    /// Names that no schema has, folded, of the objects that are open: where they lie in the text.
    unknown: Vec<(usize, usize)>,
    unknown_text: Vec<u8>,
}

impl Door {
    /// Reads a batch.
    pub(crate) fn read(&mut self, body: &[u8]) -> Result<(), BatchError> {
        self.image.clear();
        self.places.clear();
        self.forget_unknown(0);
        self.is_snake = None;
        self.patterns = Patterns::default();
        self.repeated = 0..0;
        self.before.clear();
        self.members.clear();
        if body.len() > MAX_BATCH_BYTES {
            return Err(BatchError::limit(MAX_BATCH_BYTES, "batch is larger than 16 MiB"));
        }
        if body.starts_with(b"\xef\xbb\xbf") {
            return Err(BatchError::malformed(0, "batch begins with a byte order mark"));
        }
        Reading { body, reader: Reader::of_request(body), door: self }.request()
    }

    /// The batch that was read, in protobuf.
    pub(crate) fn image(&self) -> &[u8] {
        &self.image
    }

    /// An error of the image, at the place of the body that it is about.
    pub(crate) fn locate(&self, error: BatchError) -> BatchError {
        let after = self.places.partition_point(|place| place.image as usize <= error.offset());
        let place = after.checked_sub(1).and_then(|at| self.places.get(at));
        error.moved_to(place.map_or(0, |place| place.start as usize))
    }

    /// A batch of its own of some `ResourceLogs` of the batch that was read, and of some of its members that no schema names,
    /// each as it lies in `body`.
    pub(crate) fn part(&self, body: &[u8], messages: &[Message], unknown: &[Span]) -> Vec<u8> {
        let mut part = Vec::from(*b"{");
        write::put_name(&mut part, self.is_snake == Some(true), "resourceLogs", "resource_logs");
        part.extend_from_slice(b":[");
        let mut separator: &[u8] = b"";
        for message in messages {
            part.extend_from_slice(separator);
            // The tag of a message takes one byte.
            part.extend_from_slice(self.text_of(body, message.length_at.saturating_sub(1)));
            separator = b",";
        }
        part.push(b']');
        for span in unknown {
            part.push(b',');
            part.extend_from_slice(self.text_of(body, span.start));
        }
        part.push(b'}');
        part
    }

    /// The member or element for which the image has a field at `image`.
    fn text_of<'b>(&self, body: &'b [u8], image: u32) -> &'b [u8] {
        let found = self.places.binary_search_by_key(&image, |place| place.image);
        let place = found.ok().and_then(|at| self.places.get(at));
        place.and_then(|place| body.get(place.start as usize..place.end as usize)).unwrap_or_default()
    }

    /// Writes `body` with the edits of its image to the beginning of `out` and gives what was written. `Some(None)` if
    /// there is nothing to do, and `None` if the edits do not fit the image: that would be a fault of this program, and
    /// the caller refuses the batch.
    pub(crate) fn write<'o>(&mut self, body: &[u8], edits: &Edits, out: &'o mut Vec<u8>) -> Option<Option<&'o [u8]>> {
        carry::carry(body, &self.image, &self.places, self.is_snake == Some(true), edits, &mut self.edits)?;
        if self.edits.is_empty() {
            return Some(None);
        }
        self.edits.splice(body, out).map(Some)
    }

    /// Notes a place; its number.
    #[inline(always)]
    fn push(&mut self, place: Place) -> Result<usize, BatchError> {
        if self.places.len() == MAX_JSON_PLACES {
            return Err(BatchError::limit(place.start as usize, "more than 1048576 fields in a batch"));
        }
        self.places.push(place);
        Ok(self.places.len() - 1)
    }

    /// Begins a message in field `number`: its length is written when it ends.
    fn begin(&mut self, number: u32) -> usize {
        put_tag(&mut self.image, number, wire_type::DELIMITED);
        let header = self.image.len();
        self.image.extend_from_slice(&[0; LENGTH]);
        header
    }

    /// Ends the message that began at `header`. Its length takes as many bytes as were kept free for it, which a reader
    /// has to read over; an empty one takes one byte, so that the image is about as long as the body at most.
    fn end(&mut self, header: usize) {
        let body = header + LENGTH;
        let length = self.image.len().saturating_sub(body);
        if length == 0 {
            self.image.truncate(header + 1);
        } else if let Some(prefix) = self.image.get_mut(header..body).and_then(|prefix| prefix.first_chunk_mut()) {
            let septet = |shift: usize| (length >> shift) as u8 & 0x7f;
            *prefix = [septet(0) | 0x80, septet(7) | 0x80, septet(14) | 0x80, septet(21)];
        }
    }

    /// Forgets the unknown names of an object that has ended: those from `first`.
    fn forget_unknown(&mut self, first: usize) {
        if let Some(&(start, _)) = self.unknown.get(first) {
            self.unknown_text.truncate(start);
            self.unknown.truncate(first);
        }
    }
}

/// Bytes kept free for the length of a message: 28 bits, and the image is no longer than a batch may be.
const LENGTH: usize = 4;
