//! What is done to the bytes of nearly every attribute, without a call and without a loop over single bytes.
//!
//! Must not know what the bytes are. Library routines for the same are written for long texts: on a WebAssembly machine a
//! comparison goes byte by byte and a copy is a call into the host. The texts here have a dozen bytes.

use alloc::vec::Vec;

/// Whether two texts are the same.
#[inline(always)]
pub(crate) fn equal(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let (Some(one_tail), Some(other_tail)) = (one.last_chunk::<16>(), other.last_chunk::<16>()) else {
        return equal_short(one, other);
    };
    let (one_blocks, _) = one.as_chunks::<16>();
    let (other_blocks, _) = other.as_chunks::<16>();
    // The last block overlaps the whole ones before it, so that what does not fill a block needs no loop.
    block(one_tail) == block(other_tail)
        && one_blocks.iter().zip(other_blocks).all(|(one, other)| block(one) == block(other))
}

/// Fewer than sixteen bytes each, as many in both.
#[inline(always)]
fn equal_short(one: &[u8], other: &[u8]) -> bool {
    match (one.first_chunk::<8>(), one.last_chunk::<8>(), other.first_chunk::<8>(), other.last_chunk::<8>()) {
        (Some(head), Some(tail), Some(other_head), Some(other_tail)) => {
            (word(head) ^ word(other_head)) | (word(tail) ^ word(other_tail)) == 0
        }
        _ => equal_shorter(one, other),
    }
}

/// Fewer than eight bytes each, as many in both.
#[inline(always)]
fn equal_shorter(one: &[u8], other: &[u8]) -> bool {
    match (one.first_chunk::<4>(), one.last_chunk::<4>(), other.first_chunk::<4>(), other.last_chunk::<4>()) {
        (Some(head), Some(tail), Some(other_head), Some(other_tail)) => head == other_head && tail == other_tail,
        _ => one.iter().zip(other).all(|(one, other)| one == other),
    }
}

#[inline(always)]
fn block(bytes: &[u8; 16]) -> u128 {
    u128::from_le_bytes(*bytes)
}

#[inline(always)]
fn word(bytes: &[u8; 8]) -> u64 {
    u64::from_le_bytes(*bytes)
}

/// Longer texts are worth a call.
const SHORT: usize = 128;

/// Appends `text` to `out`.
#[inline]
pub(crate) fn append(out: &mut Vec<u8>, text: &[u8]) {
    if text.len() > SHORT {
        out.extend_from_slice(text);
        return;
    }
    let (blocks, rest) = text.as_chunks::<16>();
    let (eights, rest) = rest.as_chunks::<8>();
    let (fours, rest) = rest.as_chunks::<4>();
    let (twos, ones) = rest.as_chunks::<2>();
    out.reserve(text.len());
    // Each append has a size that the compiler knows, so each is a load and a store. Of all but the first there is one
    // at most, and saying so spares a loop each.
    blocks.iter().for_each(|block| out.extend_from_slice(block));
    if let Some(eight) = eights.first() {
        out.extend_from_slice(eight);
    }
    if let Some(four) = fours.first() {
        out.extend_from_slice(four);
    }
    if let Some(two) = twos.first() {
        out.extend_from_slice(two);
    }
    if let Some(one) = ones.first() {
        out.push(*one);
    }
}

/// Copies `text` to the beginning of `out`; the rest of `out`, or nothing where it does not fit.
#[inline(always)]
pub(crate) fn put<'o>(out: &'o mut [u8], text: &[u8]) -> Option<&'o mut [u8]> {
    let (to, rest) = out.split_at_mut_checked(text.len())?;
    if text.len() > SHORT {
        to.copy_from_slice(text);
        return Some(rest);
    }
    // Two overlapping halves do for every length up to twice their own.
    if let Some(tail) = text.last_chunk::<16>() {
        for (to, block) in to.as_chunks_mut::<16>().0.iter_mut().zip(text.as_chunks::<16>().0) {
            *to = *block;
        }
        *to.last_chunk_mut::<16>()? = *tail;
    } else if let (Some(head), Some(tail)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        *to.first_chunk_mut::<8>()? = *head;
        *to.last_chunk_mut::<8>()? = *tail;
    } else if let (Some(head), Some(tail)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        *to.first_chunk_mut::<4>()? = *head;
        *to.last_chunk_mut::<4>()? = *tail;
    } else {
        to.iter_mut().zip(text).for_each(|(to, byte)| *to = *byte);
    }
    Some(rest)
}

/// Whether there are only ASCII bytes in `text`.
#[inline(always)]
pub(crate) fn is_ascii(text: &[u8]) -> bool {
    let Some(tail) = text.last_chunk::<8>() else { return text.iter().all(u8::is_ascii) };
    let (words, _) = text.as_chunks::<8>();
    words.iter().fold(word(tail), |all, eight| all | word(eight)) & HIGH == 0
}

/// The bit of each of eight bytes that no ASCII byte has.
const HIGH: u64 = 0x8080_8080_8080_8080;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_counts() {
        for length in 0..40 {
            let one: Vec<u8> = (0..length).collect();
            assert!(equal(&one, &one.clone()));
            for at in 0..one.len() {
                let mut other = one.clone();
                other[at] ^= 0x80;
                assert!(!equal(&one, &other), "{length} bytes, differing at {at}");
            }
            assert!(!equal(&one, &[&one[..], &[0]].concat()));
        }
    }

    #[test]
    fn what_is_appended_is_the_text() {
        for length in 0..200 {
            let text: Vec<u8> = (0..length).collect();
            let mut out = Vec::from(*b"before");
            append(&mut out, &text);
            assert_eq!(out, [b"before", &text[..]].concat());
            let mut out = alloc::vec![0; text.len() + 3];
            assert_eq!(put(&mut out, &text).map(|rest| rest.len()), Some(3));
            assert_eq!(out, [&text[..], &[0; 3]].concat());
            assert_eq!(put(&mut out[..text.len().saturating_sub(1)], &text).is_some(), text.is_empty());
        }
    }

    #[test]
    fn what_is_called_ascii_is() {
        for length in 0..40 {
            let mut text = alloc::vec![b'a'; length];
            assert!(is_ascii(&text));
            for at in 0..length {
                text[at] = 0x80;
                assert!(!is_ascii(&text), "{length} bytes, differing at {at}");
                text[at] = b'a';
            }
        }
    }
}
