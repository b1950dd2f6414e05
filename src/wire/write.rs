//! Writes tags, varints and length prefixes, and tells their size beforehand.
//!
//! Must not know what is written. Keeps I4: always the shortest form, so every artifact writes the same bytes.

use alloc::vec::Vec;

/// Wire types of the protobuf encoding guide.
pub(crate) mod wire_type {
    pub(crate) const VARINT: u32 = 0;
    pub(crate) const FIXED64: u32 = 1;
    pub(crate) const DELIMITED: u32 = 2;
    pub(crate) const FIXED32: u32 = 5;
}

/// Bytes that `value` takes as a varint: one for each seven bits begun.
#[inline(always)]
pub(crate) fn varint_len(value: u64) -> usize {
    (70 - (value | 1).leading_zeros() as usize) / 7
}

/// Appends a varint.
#[inline(always)]
pub(crate) fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends a field's tag.
#[inline(always)]
pub(crate) fn put_tag(out: &mut Vec<u8>, number: u32, wire_type: u32) {
    put_varint(out, u64::from(number << 3 | wire_type));
}

/// Appends the tag and length of a length-delimited field.
#[inline(always)]
pub(crate) fn put_length(out: &mut Vec<u8>, number: u32, length: usize) {
    put_tag(out, number, wire_type::DELIMITED);
    put_varint(out, length as u64);
}

/// Bytes of a length-delimited field with a tag of one byte (field numbers 1 to 15).
#[inline(always)]
pub(crate) fn length_delimited_len(length: usize) -> usize {
    1 + varint_len(length as u64) + length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_told_is_the_length_written() {
        for shift in 0..64 {
            for value in [1u64 << shift, (1u64 << shift) - 1, u64::MAX >> shift] {
                let mut out = Vec::new();
                put_varint(&mut out, value);
                assert_eq!(out.len(), varint_len(value), "{value}");
            }
        }
    }
}
