//! Writes protobuf fields, well formed or not: any tag, any length, padded varints.
//!
//! Must not know OTLP, nor refuse anything: what a real encoder would never write is what this is for.

/// Wire type of a varint.
pub const VARINT: u8 = 0;
/// Wire type of eight little-endian bytes.
pub const FIXED64: u8 = 1;
/// Wire type of a length and that many bytes.
pub const LEN: u8 = 2;
/// Wire type that opens a group.
pub const GROUP_START: u8 = 3;
/// Wire type that closes a group.
pub const GROUP_END: u8 = 4;
/// Wire type of four little-endian bytes.
pub const FIXED32: u8 = 5;

/// Bytes under construction.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

/// The bytes that `write` puts down.
pub fn bytes(write: impl FnOnce(&mut Writer) -> &mut Writer) -> Vec<u8> {
    let mut writer = Writer::new();
    write(&mut writer);
    writer.into_bytes()
}

impl Writer {
    /// Nothing written yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// How many bytes were written.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// What `write` puts down for each item.
    pub fn each<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) -> &mut Self {
        for item in items {
            write(self, item);
        }
        self
    }

    /// Bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.bytes.extend_from_slice(bytes);
        self
    }

    /// A varint in its shortest form.
    pub fn varint(&mut self, value: u64) -> &mut Self {
        self.varint_padded(value, 1)
    }

    /// A varint of at least `width` bytes: the same number, longer than need be.
    ///
    /// Eleven and more bytes are no varint any more, which some tests want.
    pub fn varint_padded(&mut self, mut value: u64, width: usize) -> &mut Self {
        let mut written = 1;
        while value >= 0x80 || written < width {
            self.bytes.push((value & 0x7f) as u8 | 0x80);
            value >>= 7;
            written += 1;
        }
        self.bytes.push(value as u8);
        self
    }

    /// A field's tag.
    pub fn tag(&mut self, number: u64, wire_type: u8) -> &mut Self {
        self.varint(number << 3 | u64::from(wire_type))
    }

    /// A varint field.
    pub fn uint(&mut self, number: u64, value: u64) -> &mut Self {
        self.tag(number, VARINT).varint(value)
    }

    /// An eight-byte field.
    pub fn fixed64(&mut self, number: u64, value: u64) -> &mut Self {
        self.tag(number, FIXED64).raw(&value.to_le_bytes())
    }

    /// A four-byte field.
    pub fn fixed32(&mut self, number: u64, value: u32) -> &mut Self {
        self.tag(number, FIXED32).raw(&value.to_le_bytes())
    }

    /// A length-delimited field.
    pub fn bytes(&mut self, number: u64, value: &[u8]) -> &mut Self {
        self.tag(number, LEN).varint(value.len() as u64).raw(value)
    }

    /// A string field.
    pub fn string(&mut self, number: u64, value: &str) -> &mut Self {
        self.bytes(number, value.as_bytes())
    }

    /// A message field, its content written by `write`.
    pub fn message(&mut self, number: u64, write: impl FnOnce(&mut Writer) -> &mut Writer) -> &mut Self {
        let content = bytes(write);
        self.bytes(number, &content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn varints_are_shortest_unless_padded() {
        assert_eq!(bytes(|w| w.varint(0)), [0]);
        assert_eq!(bytes(|w| w.varint(300)), [0xac, 0x02]);
        assert_eq!(bytes(|w| w.varint(u64::MAX)).len(), 10);
        assert_eq!(bytes(|w| w.varint_padded(1, 4)), [0x81, 0x80, 0x80, 0x00]);
        assert_eq!(bytes(|w| w.varint_padded(0, 11)).len(), 11);
    }

    #[test]
    fn padded_varints_read_the_same() {
        for width in 1..=10 {
            for value in [0, 1, 127, 128, 1 << 20, u64::MAX] {
                let written = bytes(|w| w.varint_padded(value, width));
                assert_eq!(prost::decode_length_delimiter(written.as_slice()).ok(), usize::try_from(value).ok());
            }
        }
    }

    #[test]
    fn messages_nest() {
        let written = bytes(|w| w.message(1, |w| w.string(2, "ab").message(3, |w| w)));
        assert_eq!(written, [0x0a, 6, 0x12, 2, b'a', b'b', 0x1a, 0]);
    }
}
