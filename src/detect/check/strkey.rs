//! Stellar's keys (SEP-23): base32 of a version byte, thirty-two bytes, and a CRC-16 of both.
//!
//! Must not know which keys are public. Keeps I5: [`LENGTH`] characters are read.

/// How many characters a key of thirty-two bytes has.
pub(in crate::detect) const LENGTH: usize = 56;

/// Whether `text` carries a right checksum.
pub(in crate::detect) fn is_valid(text: &[u8]) -> bool {
    let mut bytes = [0; LENGTH * 5 / 8];
    if text.len() != LENGTH {
        return false;
    }
    for (group, slots) in text.chunks(8).zip(bytes.chunks_mut(5)) {
        let bits = group.iter().try_fold(0_u64, |bits, &letter| Some(bits << 5 | value(letter)?));
        let Some(bits) = bits else { return false };
        slots.iter_mut().zip(bits.to_be_bytes().iter().skip(3)).for_each(|(slot, byte)| *slot = *byte);
    }
    let Some((body, check)) = bytes.split_last_chunk::<2>() else { return false };
    u16::from_le_bytes(*check) == body.iter().fold(0, |sum, &byte| step(sum, byte))
}

fn value(letter: u8) -> Option<u64> {
    match letter {
        b'A'..=b'Z' => Some(u64::from(letter - b'A')),
        b'2'..=b'7' => Some(u64::from(letter - b'2') + 26),
        _ => None,
    }
}

/// CRC-16 as XMODEM has it.
fn step(sum: u16, byte: u8) -> u16 {
    (0..8).fold(sum ^ u16::from(byte) << 8, |sum, _| if sum & 0x8000 == 0 { sum << 1 } else { sum << 1 ^ 0x1021 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_proposal_hold() {
        assert!(is_valid(b"GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ"));
        assert!(!is_valid(b"GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGY"));
        assert!(!is_valid(b"GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSG"));
        assert!(!is_valid(&[b'1'; LENGTH]));
    }
}
