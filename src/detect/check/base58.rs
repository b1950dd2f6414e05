//! Base58 with a checksum: the first four bytes of the doubled SHA-256 (Bitcoin's base58check).
//!
//! Must not know whose addresses they are. Keeps I5: at most [`MOST`] characters are read.

use sha2::{Digest, Sha256};

/// Fifty-eight characters in the order of what they count.
pub(in crate::detect) struct Alphabet {
    zero: u8,
    /// What each byte counts; [`NONE`] for those that are not in it.
    values: [u8; 256],
}

/// Bitcoin's alphabet.
pub(in crate::detect) static BITCOIN: Alphabet =
    Alphabet::of(b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");

/// The alphabet of the XRP ledger.
pub(in crate::detect) static RIPPLE: Alphabet =
    Alphabet::of(b"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz");

const NONE: u8 = u8::MAX;

impl Alphabet {
    const fn of(characters: &[u8; 58]) -> Self {
        let mut values = [NONE; 256];
        let (mut value, mut rest): (u8, &[u8]) = (0, characters);
        while let [character, others @ ..] = rest {
            let (_, tail) = values.split_at_mut(*character as usize);
            if let [slot, ..] = tail {
                *slot = value;
            }
            value += 1;
            rest = others;
        }
        let [zero, ..] = characters;
        Alphabet { zero: *zero, values }
    }

    fn value(&self, byte: u8) -> Option<u32> {
        self.values.get(usize::from(byte)).filter(|&&value| value != NONE).map(|&value| u32::from(value))
    }
}

/// Most characters: an extended key has 111.
const MOST: usize = 112;

/// Room for what they decode to, in words of four bytes.
const WORDS: usize = 21;

/// So many characters count less than a word holds, together.
const AT_ONCE: usize = 5;

/// The first byte of what `text` decodes to, and how many bytes there are without the checksum, if that is right.
pub(in crate::detect) fn version(text: &[u8], alphabet: &Alphabet) -> Option<(u8, usize)> {
    let mut room = [0; 4 * WORDS];
    let (payload, checksum) = decode(text, alphabet, &mut room)?.split_last_chunk::<4>()?;
    let digest = Sha256::digest(Sha256::digest(payload));
    digest.starts_with(checksum).then_some((*payload.first()?, payload.len()))
}

/// What `text` decodes to, in `room`.
pub(in crate::detect) fn decode<'r>(
    text: &[u8],
    alphabet: &Alphabet,
    room: &'r mut [u8; 4 * WORDS],
) -> Option<&'r [u8]> {
    if text.len() > MOST {
        return None;
    }
    // The lowest word first, and only as many as there are.
    let mut words = [0_u32; WORDS];
    let mut count = 0;
    for characters in text.chunks(AT_ONCE) {
        let (mut carry, mut scale) = (0_u64, 1_u64);
        for &byte in characters {
            carry = carry * 58 + u64::from(alphabet.value(byte)?);
            scale *= 58;
        }
        for word in words.iter_mut().take(count) {
            carry += u64::from(*word) * scale;
            *word = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            *words.get_mut(count)? = carry as u32;
            count += 1;
        }
    }
    for (slot, word) in room.as_chunks_mut::<4>().0.iter_mut().zip(words.iter().rev()) {
        *slot = word.to_be_bytes();
    }
    let zeros = text.iter().take_while(|&&byte| byte == alphabet.zero).count();
    let empty = room.iter().take_while(|&&byte| byte == 0).count();
    room.get(empty.checked_sub(zeros)?..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_addresses_decode() {
        // The first block's reward, and the account that no key opens.
        assert_eq!(version(b"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", &BITCOIN), Some((0, 21)));
        assert_eq!(version(b"rrrrrrrrrrrrrrrrrrrrrhoLvTp", &RIPPLE), Some((0, 21)));
        assert_eq!(version(b"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", &BITCOIN), None);
        assert_eq!(version(b"1A1zP1eP5QGefi2DMPTfTL5SLmv7Divf0a", &BITCOIN), None, "0 is in no alphabet");
        assert_eq!(version(&[b'z'; 113], &BITCOIN), None);
        assert_eq!(version(b"", &BITCOIN), None);
    }
}
