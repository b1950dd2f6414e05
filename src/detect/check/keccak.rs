//! Keccak-256 of short texts (the Keccak submission to the SHA-3 contest, with its own padding): Ethereum's hash, by
//! which an address checks itself (EIP-55).
//!
//! Must not know addresses, and is no hash for secrets. Here and not from a crate, since one block of it is all that is
//! asked for. Keeps I5: a text is at most one block.

/// Lanes of a block that take input.
const RATE: usize = 17;

/// The first four lanes of the digest's state, for a text that fits into one block.
pub(in crate::detect) fn digest(text: &[u8]) -> Option<[u8; 32]> {
    let mut block = [0_u8; 8 * RATE];
    *block.get_mut(text.len())? = 1;
    block.get_mut(..text.len())?.copy_from_slice(text);
    *block.last_mut()? |= 0x80;
    let (lanes, _) = block.as_chunks::<8>();
    let mut state: State = core::array::from_fn(|at| lanes.get(at).map_or(0, |lane| u64::from_le_bytes(*lane)));
    for constant in ROUNDS {
        state = round(&state, constant);
    }
    Some(core::array::from_fn(|at| lane(&state, at / 8).to_le_bytes().get(at % 8).copied().unwrap_or(0)))
}

/// Five by five lanes, `x + 5y`.
type State = [u64; 25];

fn lane(state: &[u64], at: usize) -> u64 {
    state.get(at).copied().unwrap_or(0)
}

/// The steps theta, rho and pi, chi, iota.
fn round(state: &State, constant: u64) -> State {
    let column: [u64; 5] = core::array::from_fn(|x| state.iter().skip(x).step_by(5).fold(0, |sum, lane| sum ^ lane));
    let parity: [u64; 5] =
        core::array::from_fn(|x| lane(&column, (x + 4) % 5) ^ lane(&column, (x + 1) % 5).rotate_left(1));
    let moved: State = core::array::from_fn(|at| {
        let (x, y) = ((3 * (at / 5) + at % 5) % 5, at % 5);
        let turn = TURNS.get(x + 5 * y).copied().unwrap_or(0);
        (lane(state, x + 5 * y) ^ lane(&parity, x)).rotate_left(turn)
    });
    core::array::from_fn(|at| {
        let (x, row) = (at % 5, at - at % 5);
        let mixed = lane(&moved, at) ^ (!lane(&moved, row + (x + 1) % 5) & lane(&moved, row + (x + 2) % 5));
        if at == 0 { mixed ^ constant } else { mixed }
    })
}

/// How far each lane turns.
const TURNS: [u32; 25] = [0, 1, 62, 28, 27, 36, 44, 6, 55, 20, 3, 10, 43, 25, 39, 41, 45, 15, 21, 8, 18, 2, 61, 56, 14];

/// The constants of the rounds.
const ROUNDS: [u64; 24] = [
    0x0000_0000_0000_0001,
    0x0000_0000_0000_8082,
    0x8000_0000_0000_808a,
    0x8000_0000_8000_8000,
    0x0000_0000_0000_808b,
    0x0000_0000_8000_0001,
    0x8000_0000_8000_8081,
    0x8000_0000_0000_8009,
    0x0000_0000_0000_008a,
    0x0000_0000_0000_0088,
    0x0000_0000_8000_8009,
    0x0000_0000_8000_000a,
    0x0000_0000_8000_808b,
    0x8000_0000_0000_008b,
    0x8000_0000_0000_8089,
    0x8000_0000_0000_8003,
    0x8000_0000_0000_8002,
    0x8000_0000_0000_0080,
    0x0000_0000_0000_800a,
    0x8000_0000_8000_000a,
    0x8000_0000_8000_8081,
    0x8000_0000_0000_8080,
    0x0000_0000_8000_0001,
    0x8000_0000_8000_8008,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_empty_text_has_its_published_digest() {
        // The Keccak team's known answer for the empty message.
        let digest = digest(b"").unwrap();
        assert!(digest.starts_with(&[0xc5, 0xd2, 0x46, 0x01, 0x86, 0xf7, 0x23, 0x3c]));
        assert!(digest.ends_with(&[0x7b, 0xfa, 0xd8, 0x04, 0x5d, 0x85, 0xa4, 0x70]));
    }

    #[test]
    fn more_than_a_block_is_refused() {
        assert!(digest(&[b'a'; 135]).is_some() && digest(&[b'a'; 136]).is_none());
    }
}
