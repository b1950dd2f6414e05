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
    let (Some(one_tail), Some(other_tail)) = (one.last_chunk::<8>(), other.last_chunk::<8>()) else {
        return equal_short(one, other);
    };
    let (one_words, _) = one.as_chunks::<8>();
    let (other_words, _) = other.as_chunks::<8>();
    // The last eight bytes overlap the whole words before them, so that what does not fill a word needs no loop.
    let words = one_words.iter().zip(other_words);
    words.fold(word(one_tail) ^ word(other_tail), |differing, (one, other)| differing | (word(one) ^ word(other))) == 0
}

/// Fewer than eight bytes each, as many in both.
#[inline(always)]
fn equal_short(one: &[u8], other: &[u8]) -> bool {
    match (one.first_chunk::<4>(), one.last_chunk::<4>(), other.first_chunk::<4>(), other.last_chunk::<4>()) {
        (Some(head), Some(tail), Some(other_head), Some(other_tail)) => head == other_head && tail == other_tail,
        _ => one.iter().zip(other).all(|(one, other)| one == other),
    }
}

#[inline(always)]
fn word(bytes: &[u8; 8]) -> u64 {
    u64::from_le_bytes(*bytes)
}

/// Longer texts are worth a call.
const SHORT: usize = 64;

/// Appends `text` to `out`.
#[inline]
pub(crate) fn append(out: &mut Vec<u8>, text: &[u8]) {
    if text.len() > SHORT {
        out.extend_from_slice(text);
        return;
    }
    out.reserve(text.len());
    let (blocks, rest) = text.as_chunks::<16>();
    let (eights, rest) = rest.as_chunks::<8>();
    let (fours, rest) = rest.as_chunks::<4>();
    let (twos, ones) = rest.as_chunks::<2>();
    // Each append has a size that the compiler knows, so each is a load and a store.
    blocks.iter().for_each(|block| out.extend_from_slice(block));
    eights.iter().for_each(|eight| out.extend_from_slice(eight));
    fours.iter().for_each(|four| out.extend_from_slice(four));
    twos.iter().for_each(|two| out.extend_from_slice(two));
    ones.iter().for_each(|one| out.push(*one));
}

/// How many bytes at the start of `text` are ASCII.
#[inline]
pub(crate) fn ascii_prefix(text: &[u8]) -> usize {
    let (blocks, rest) = text.as_chunks::<16>();
    let is_ascii = |block: &[u8; 16]| block.iter().fold(0, |all, byte| all | byte) < 0x80;
    let whole = blocks.iter().position(|block| !is_ascii(block)).unwrap_or(blocks.len());
    let last = blocks.get(whole).map_or(rest, |block| block.as_slice());
    whole * 16 + last.iter().take_while(|byte| byte.is_ascii()).count()
}

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
        for length in 0..100 {
            let text: Vec<u8> = (0..length).collect();
            let mut out = Vec::from(*b"before");
            append(&mut out, &text);
            assert_eq!(out, [b"before", &text[..]].concat());
        }
    }

    #[test]
    fn what_is_called_ascii_is() {
        for length in 0..70 {
            let mut text = alloc::vec![b'a'; length];
            assert_eq!(ascii_prefix(&text), length);
            for at in 0..length {
                text[at] = 0x80;
                assert_eq!(ascii_prefix(&text), at, "{length} bytes");
                text[at] = b'a';
            }
        }
    }
}
