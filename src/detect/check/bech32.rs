//! Bech32 and bech32m (BIP 173, BIP 350): a BCH code over a name and 32 letters.
//!
//! Must not know whose addresses they are. Keeps I5: one step a byte.

/// Whether `name`, in lower case, with `data` after the `1`, in lower case, carries either checksum.
pub(in crate::detect) fn is_valid(name: &[u8], data: &[u8]) -> bool {
    let high = name.iter().map(|byte| u32::from(byte >> 5));
    let low = name.iter().map(|byte| u32::from(byte & 31));
    let head = high.chain([0]).chain(low).fold(1, step);
    let sum = data.iter().try_fold(head, |sum, byte| {
        let value = LETTERS.iter().position(|letter| letter == byte)?;
        Some(step(sum, value as u32))
    });
    data.len() > 6 && matches!(sum, Some(1 | 0x2bc8_30a3))
}

const LETTERS: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

fn step(sum: u32, value: u32) -> u32 {
    const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    let top = sum >> 25;
    let next = ((sum & 0x1ff_ffff) << 5) ^ value;
    GENERATOR.iter().enumerate().filter(|(bit, _)| top >> bit & 1 == 1).fold(next, |next, (_, word)| next ^ word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_proposals_hold() {
        assert!(is_valid(b"bc", b"qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"));
        assert!(!is_valid(b"abcdef", b"l7aum6echk45nj3s0wdvt2fg8x9yrzpq45nj3s0wdvt2fg8x9yrzpq"));
        assert!(!is_valid(b"bc", b"qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5"));
        assert!(!is_valid(b"tb", b"qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"));
        assert!(!is_valid(b"bc", b"b"));
    }
}
