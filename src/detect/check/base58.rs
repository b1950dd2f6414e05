//! Base58 with a checksum: the first four bytes of the doubled SHA-256 (Bitcoin's base58check).
//!
//! Must not know whose addresses they are. Keeps I5: at most [`MOST`] characters are read.

use sha2::{Digest, Sha256};

/// Bitcoin's alphabet.
pub(in crate::detect) const BITCOIN: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// The alphabet of the XRP ledger.
pub(in crate::detect) const RIPPLE: &[u8; 58] = b"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

/// Most characters: an extended key has 111.
const MOST: usize = 112;

/// Room for what they decode to.
const BYTES: usize = 83;

/// The first byte of what `text` decodes to, and how many bytes there are without the checksum, if that is right.
pub(in crate::detect) fn version(text: &[u8], alphabet: &[u8; 58]) -> Option<(u8, usize)> {
    if text.len() > MOST {
        return None;
    }
    let mut bytes = [0_u8; BYTES];
    for byte in text {
        let mut carry = alphabet.iter().position(|known| known == byte)? as u32;
        for slot in bytes.iter_mut().rev() {
            carry += u32::from(*slot) * 58;
            *slot = carry as u8;
            carry >>= 8;
        }
        if carry > 0 {
            return None;
        }
    }
    let zeros = text.iter().take_while(|&byte| alphabet.first() == Some(byte)).count();
    let empty = bytes.iter().take_while(|&&byte| byte == 0).count();
    let decoded = bytes.get(empty.checked_sub(zeros)?..)?;
    let (payload, checksum) = decoded.split_last_chunk::<4>()?;
    let digest = Sha256::digest(Sha256::digest(payload));
    digest.starts_with(checksum).then_some((*payload.first()?, payload.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_addresses_decode() {
        // The first block's reward, and the account that no key opens.
        assert_eq!(version(b"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", BITCOIN), Some((0, 21)));
        assert_eq!(version(b"rrrrrrrrrrrrrrrrrrrrrhoLvTp", RIPPLE), Some((0, 21)));
        assert_eq!(version(b"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", BITCOIN), None);
        assert_eq!(version(b"1A1zP1eP5QGefi2DMPTfTL5SLmv7Divf0a", BITCOIN), None, "0 is in no alphabet");
        assert_eq!(version(&[b'z'; 113], BITCOIN), None);
        assert_eq!(version(b"", BITCOIN), None);
    }
}
