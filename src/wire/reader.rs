//! Reads the fields of one message, one at a time, out of the batch they lie in.
//!
//! Must not know what a field means. Keeps I2: a varint of more than 64 bits, a group, a reserved wire type, field
//! number 0, and a length that runs past its message are refused, with the offset in the whole batch. Keeps I8: every
//! read goes through a checked split.

use super::edits::Message;
use crate::bytes::equal;
use crate::error::BatchError;

/// The largest field number that protobuf allows.
const MAX_FIELD_NUMBER: u64 = (1 << 29) - 1;

/// What is left of one message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    /// Offset in the batch of the byte after this message: `offset = end - rest.len()` needs no second counter.
    end: usize,
}

/// One field as it lies in the batch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field<'a> {
    pub(crate) number: u32,
    pub(crate) payload: Payload<'a>,
    /// Offset of the field's tag.
    pub(crate) start: usize,
}

/// A field's value, by wire type.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Payload<'a> {
    /// Four bytes; no field of this type is looked at.
    Fixed32,
    Fixed64(u64),
    /// Length-delimited; carries the offset of its length prefix.
    Delimited(Reader<'a>, usize),
    Varint(u64),
}

impl<'a> Reader<'a> {
    /// Reads again a message that was read before, out of the bytes of its body.
    pub(crate) fn again(body: &'a [u8], message: Message) -> Self {
        Self { rest: body, end: message.end as usize }
    }

    /// Where this message lies, before anything was read of it, given the offset of its length prefix.
    #[inline(always)]
    pub(crate) fn message(&self, length_at: usize) -> Message {
        Message { length_at: length_at as u32, body: self.offset() as u32, end: self.end as u32 }
    }

    /// Reads `batch` as one message.
    pub(crate) fn new(batch: &'a [u8]) -> Self {
        Self { rest: batch, end: batch.len() }
    }

    /// Offset in the batch of the next byte.
    #[inline(always)]
    pub(crate) fn offset(&self) -> usize {
        self.end - self.rest.len()
    }

    /// The bytes that are left.
    #[inline(always)]
    pub(crate) fn bytes(&self) -> &'a [u8] {
        self.rest
    }

    /// Skips `bytes`, and says whether they are what comes next. For whole fields, which a copy of them has shown to be so.
    #[inline(always)]
    pub(crate) fn skip(&mut self, bytes: &[u8]) -> bool {
        let Some((next, rest)) = self.rest.split_at_checked(bytes.len()) else { return false };
        let is_next = equal(next, bytes);
        if is_next {
            self.rest = rest;
        }
        is_next
    }

    /// What was read since the reader was as `before`.
    #[inline(always)]
    pub(crate) fn since(&self, before: &Self) -> &'a [u8] {
        before.rest.get(..before.rest.len().saturating_sub(self.rest.len())).unwrap_or_default()
    }

    /// The next field, if it is a length-delimited one with the tag `tag` (of one byte) and a length of one byte: what
    /// nearly every field of a log batch is. Anything else is left for [`Reader::next`].
    #[inline(always)]
    pub(crate) fn next_short(&mut self, tag: u8) -> Option<(Reader<'a>, usize)> {
        let [first, length @ 0..0x80, rest @ ..] = self.rest else { return None };
        let (inside, rest) = rest.split_at_checked(usize::from(*length)).filter(|_| *first == tag)?;
        let length_at = self.offset() + 1;
        self.rest = rest;
        Some((Reader { rest: inside, end: self.offset() }, length_at))
    }

    /// The next field, or `None` at the message's end.
    #[inline(always)]
    pub(crate) fn next(&mut self) -> Result<Option<Field<'a>>, BatchError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let start = self.offset();
        let tag = self.varint()?;
        let number = tag >> 3;
        if number == 0 || number > MAX_FIELD_NUMBER {
            return Err(BatchError::malformed(start, "field number is outside 1 to 536870911"));
        }
        let payload = match tag & 7 {
            0 => Payload::Varint(self.varint()?),
            1 => Payload::Fixed64(u64::from_le_bytes(self.fixed()?)),
            2 => {
                let length_at = self.offset();
                Payload::Delimited(self.delimited()?, length_at)
            }
            5 => {
                self.fixed::<4>()?;
                Payload::Fixed32
            }
            3 | 4 => return Err(BatchError::unsupported(start, "groups are not read")),
            _ => return Err(BatchError::malformed(start, "wire type is reserved")),
        };
        Ok(Some(Field { number: number as u32, payload, start }))
    }

    /// A length and the message it counts.
    #[inline(always)]
    fn delimited(&mut self) -> Result<Reader<'a>, BatchError> {
        let at = self.offset();
        let length = usize::try_from(self.varint()?).unwrap_or(usize::MAX);
        let Some((inside, rest)) = self.rest.split_at_checked(length) else {
            return Err(BatchError::malformed(at, "length runs past the enclosing message"));
        };
        self.rest = rest;
        Ok(Reader { rest: inside, end: self.offset() })
    }

    #[inline(always)]
    fn fixed<const N: usize>(&mut self) -> Result<[u8; N], BatchError> {
        let Some((value, rest)) = self.rest.split_first_chunk::<N>() else {
            return Err(BatchError::malformed(self.offset(), "fixed-width value is cut off"));
        };
        self.rest = rest;
        Ok(*value)
    }

    #[inline(always)]
    fn varint(&mut self) -> Result<u64, BatchError> {
        match self.rest.split_first() {
            // Nine of ten varints of a log batch, tags and lengths, are one byte.
            Some((&byte, rest)) if byte < 0x80 => {
                self.rest = rest;
                Ok(u64::from(byte))
            }
            _ => self.long_varint(),
        }
    }

    #[inline(never)]
    fn long_varint(&mut self) -> Result<u64, BatchError> {
        let at = self.offset();
        let mut value = 0u64;
        for position in 0..10u32 {
            let Some((&byte, rest)) = self.rest.split_first() else {
                return Err(BatchError::malformed(at, "varint is cut off"));
            };
            self.rest = rest;
            let bits = u64::from(byte & 0x7f);
            // The tenth byte has room for one bit of the 64.
            if position == 9 && bits > 1 {
                return Err(BatchError::malformed(at, "varint does not fit 64 bits"));
            }
            value |= bits << (7 * position);
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(BatchError::malformed(at, "varint is longer than 10 bytes"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    fn first(bytes: &[u8]) -> Result<Option<Field<'_>>, BatchError> {
        Reader::new(bytes).next()
    }

    #[test]
    fn reads_each_wire_type_with_its_offset() {
        let bytes = [0x08, 0x96, 0x01, 0x12, 2, 7, 8, 0x19, 1, 0, 0, 0, 0, 0, 0, 0, 0x25, 1, 0, 0, 0];
        let mut reader = Reader::new(&bytes);
        let fields: Vec<Field> = core::iter::from_fn(|| reader.next().unwrap()).collect();
        assert_eq!(fields.iter().map(|f| (f.number, f.start)).collect::<Vec<_>>(), [(1, 0), (2, 3), (3, 7), (4, 16)]);
        assert!(matches!(fields[0].payload, Payload::Varint(150)));
        assert!(matches!(fields[1].payload, Payload::Delimited(inside, 4) if inside.bytes() == [7, 8]));
        assert!(matches!(fields[2].payload, Payload::Fixed64(1)));
        assert!(matches!(fields[3].payload, Payload::Fixed32));
    }

    #[test]
    fn padded_varints_are_read_and_longer_ones_refused() {
        assert!(matches!(first(&[0x08, 0x81, 0x80, 0x00]), Ok(Some(Field { payload: Payload::Varint(1), .. }))));
        let ten = [0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        assert!(matches!(first(&ten), Ok(Some(Field { payload: Payload::Varint(u64::MAX), .. }))));
        let wide = [0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02];
        assert_eq!(first(&wide).unwrap_err().to_text(), "malformed at byte 1: varint does not fit 64 bits");
        let long = [0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00];
        assert_eq!(first(&long).unwrap_err().to_text(), "malformed at byte 1: varint is longer than 10 bytes");
        assert_eq!(first(&[0x08, 0x80]).unwrap_err().to_text(), "malformed at byte 1: varint is cut off");
    }

    #[test]
    fn refuses_what_protobuf_forbids() {
        for (bytes, text) in [
            (&[0x0b][..], "unsupported at byte 0: groups are not read"),
            (&[0x0c], "unsupported at byte 0: groups are not read"),
            (&[0x0e], "malformed at byte 0: wire type is reserved"),
            (&[0x0f], "malformed at byte 0: wire type is reserved"),
            (&[0x02, 0], "malformed at byte 0: field number is outside 1 to 536870911"),
            (&[0x82, 0x80, 0x80, 0x80, 0x10, 0], "malformed at byte 0: field number is outside 1 to 536870911"),
            (&[0x0a, 5, 1], "malformed at byte 1: length runs past the enclosing message"),
            (&[0x0d, 1, 2], "malformed at byte 1: fixed-width value is cut off"),
        ] {
            assert_eq!(first(bytes).unwrap_err().to_text(), text);
        }
    }

    /// Scenario: a field that the short way may read, and fields that look like it.
    /// Guarantees: the short way reads what the long way reads, or leaves the field where it is.
    #[test]
    fn the_short_way_is_the_long_way() {
        let mut reader = Reader::new(&[0x32, 2, 7, 8, 0x32, 0]);
        let (inside, length_at) = reader.next_short(0x32).unwrap();
        assert_eq!((inside.bytes(), inside.offset(), length_at), (&[7, 8][..], 2, 1));
        assert_eq!(reader.next_short(0x32).map(|(inside, length_at)| (inside.bytes(), length_at)), Some((&[][..], 5)));
        for bytes in [&[][..], &[0x32], &[0x3a, 1, 7], &[0x32, 0x81, 0x00, 7], &[0x32, 3, 7, 8]] {
            let mut reader = Reader::new(bytes);
            assert!(reader.next_short(0x32).is_none() && reader.offset() == 0);
        }
    }

    trait ToText {
        fn to_text(&self) -> alloc::string::String;
    }

    impl ToText for BatchError {
        fn to_text(&self) -> alloc::string::String {
            alloc::format!("{self}")
        }
    }
}
