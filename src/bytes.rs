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

/// How many bytes at the start of `text` are ASCII.
#[inline]
pub(crate) fn ascii_prefix(text: &[u8]) -> usize {
    let (blocks, rest) = text.as_chunks::<64>();
    let is_ascii =
        |block: &[u8; 64]| block.as_chunks::<8>().0.iter().fold(0, |all, eight| all | word(eight)) & HIGH == 0;
    let whole = blocks.iter().position(|block| !is_ascii(block)).unwrap_or(blocks.len());
    let last = blocks.get(whole).map_or(rest, |block| block.as_slice());
    let (eights, ones) = last.as_chunks::<8>();
    let whole_eights = eights.iter().position(|eight| word(eight) & HIGH != 0).unwrap_or(eights.len());
    let end = whole * 64 + whole_eights * 8;
    match eights.get(whole_eights) {
        Some(eight) => end + (word(eight) & HIGH).trailing_zeros() as usize / 8,
        None => end + ones.iter().take_while(|byte| byte.is_ascii()).count(),
    }
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
        for length in 0..100 {
            let text: Vec<u8> = (0..length).collect();
            let mut out = Vec::from(*b"before");
            append(&mut out, &text);
            assert_eq!(out, [b"before", &text[..]].concat());
        }
    }

    #[test]
    fn what_is_called_ascii_is() {
        for length in 0..150 {
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
