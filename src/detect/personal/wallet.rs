//! Addresses of crypto-currencies, which tell all that their owner ever paid.
//!
//! Must not know keys (they are secrets). Keeps I5: runs longer than an address are not read.

use super::super::check::base58::{BITCOIN, RIPPLE, version};
use super::super::check::{bech32, keccak, strkey};
use super::super::engine::Pass;
use super::super::registry::id;
use super::super::registry::{Detector, DetectorId, Example, Group, Rule};
use super::super::text::{Alphabet, before, byte, part, starts_word};
use super::candidate::ends_alone;

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[BITCOIN_ADDRESS, ETHEREUM_ADDRESS, WALLET_ADDRESS];

const BITCOIN_ADDRESS: Detector = Detector {
    id: "bitcoin-address",
    group: Group::Personal,
    about: "addresses and extended public keys of Bitcoin",
    source: "BIP 13, BIP 32, BIP 173, BIP 350; the Bitcoin wiki's list of address prefixes",
    examples: &[
        Example("to «1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa»."),
        Example("«bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4»"),
        Example("«BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4»"),
        Example("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"),
        Example("«1pubMASi45ub7Qe4ZE36UT5G6cU6wxJwk»"),
        Example("x1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
        Example("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5"),
    ],
    rule: Rule::Served,
};

const ETHEREUM_ADDRESS: Detector = Detector {
    id: "ethereum-address",
    group: Group::Personal,
    about: "addresses of Ethereum and of chains that share its form",
    source: "EIP-55",
    examples: &[
        Example("from «0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed»"),
        Example("wallet «0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed»"),
        Example("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAee"),
        Example("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"),
        Example("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed00"),
    ],
    rule: Rule::Served,
};

const WALLET_ADDRESS: Detector = Detector {
    id: "wallet-address",
    group: Group::Personal,
    about: "addresses of Litecoin, Dogecoin, Dash, Zcash, TRON, XRP, Solana, Monero, Stellar, Bitcoin Cash and of chains with names before a 1",
    source: "base58check versions of the reference clients; SLIP-0173; the XRP ledger's documentation; Monero, standard and integrated addresses; SEP-23; ZIP 32; CashAddr",
    examples: &[
        Example("sent to «rrrrrrrrrrrrrrrrrrrrrhoLvTp»"),
        Example("solana wallet: «FAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKE»"),
        Example(
            "to «4FAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfa».",
        ),
        Example("«GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ» pays"),
        Example("«bitcoincash:qpm2qsznhks23z7629mms6s5cwef74vcwvy22gdx6a» pays"),
        Example("FAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKE"),
        Example("5FAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfa"),
        Example("GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGY"),
        Example("cash:qpm2qsznhks23z7629mms6s5cwef74vcwvy22gdx6a"),
        Example("rrrrrrrrrrrrrrrrrrrrrhoLvTq"),
    ],
    rule: Rule::Served,
};

const BITCOIN_ID: DetectorId = id("bitcoin-address");
const ETHEREUM_ID: DetectorId = id("ethereum-address");
const OTHER_ID: DetectorId = id("wallet-address");

/// The address that starts at `start`, where a run of letters and digits does.
pub(super) fn at_run(pass: &mut Pass<'_>, start: usize) {
    let text = pass.text;
    let end = pass.run_end(Alphabet::Alnum, start);
    let run = part(text, start..end);
    if !(LEAST..=112).contains(&run.len()) || !starts_word(text, start) || before(text, start) == Some(b'_') {
        return;
    }
    if !ends_alone(text, end) {
        return;
    }
    let mut named = || pass.is_near(start..end, WORDS);
    let (mut begin, mut found) = (start, OTHER_ID);
    if is_ethereum(run) && (is_mixed(part(run, 2..42)) || named()) {
        found = ETHEREUM_ID;
    } else if follows_name(text, start) && is_cash(run) {
        begin -= CASH.len();
    } else if !(is_monero(run) || run.starts_with(b"G") && strkey::is_valid(run)) {
        found = match bech32_name(run) {
            Some(b"bc" | b"tb") => BITCOIN_ID,
            Some(_) => OTHER_ID,
            None => match checked(run) {
                Some(found) => found,
                None if (32..=44).contains(&run.len()) && is_base58(run) && named() => OTHER_ID,
                None => return,
            },
        };
    }
    if pass.wants(found) {
        pass.report(found, begin, end);
    }
}

/// Version bytes of Litecoin, Dogecoin, Dash, TRON, and test networks.
const OTHERS: [u8; 9] = [0x30, 0x32, 0x1e, 0x16, 0x4c, 0x10, 0x41, 0x6f, 0xc4];

/// What addresses with these versions, and those of Bitcoin, begin with.
const BEGINNINGS: &[u8] = b"13LMD9A7XTmn2";

/// The shortest address, whatever it begins with.
pub(super) const LEAST: usize = 25;

/// The longest address.
const LONGEST: usize = 35;

/// Whose address or extended key with a right checksum it is.
fn checked(run: &[u8]) -> Option<DetectorId> {
    match run {
        [_, b'p', b'u', b'b', ..] if run.len() > LONGEST => (version(run, &BITCOIN)? == (4, 78)).then_some(BITCOIN_ID),
        [b'r', ..] => (version(run, &RIPPLE)? == (0, 21)).then_some(OTHER_ID),
        // Zcash's version has two bytes.
        [b't', b'1' | b'3', ..] if run.len() == LONGEST => (version(run, &BITCOIN)? == (0x1c, 22)).then_some(OTHER_ID),
        [first, ..] if run.len() <= LONGEST && BEGINNINGS.contains(first) => match version(run, &BITCOIN)? {
            (0 | 5, 21) => Some(BITCOIN_ID),
            (version, 21) if OTHERS.contains(&version) => Some(OTHER_ID),
            _ => None,
        },
        _ => None,
    }
}

/// Words that say whose address it is.
pub(super) const WORDS: &[&str] =
    &["wallet", "ethereum", "eth", "erc20", "solana", "sol", "crypto", "monero", "usdc", "usdt", "polkadot"];

/// What addresses of Bitcoin Cash begin with before their letters, forty-two as a rule.
const CASH: &[u8] = b"bitcoincash:";

/// Whether the name of Bitcoin Cash ends at `start`.
pub(super) fn follows_name(text: &[u8], start: usize) -> bool {
    part(text, 0..start).ends_with(CASH)
}

fn is_cash(run: &[u8]) -> bool {
    run.len() > 41 && run.iter().all(|&byte| Alphabet::Bech32.has(byte))
}

/// Whether `run` is an address of Monero, a subaddress, or one with a payment's number in it.
fn is_monero(run: &[u8]) -> bool {
    matches!(run, [b'4' | b'8', ..]) && matches!(run.len(), 95 | 106) && is_base58(run)
}

fn is_base58(run: &[u8]) -> bool {
    let any = |test: fn(&u8) -> bool| run.iter().any(test);
    any(u8::is_ascii_uppercase) && any(u8::is_ascii_lowercase) && run.iter().all(|&byte| Alphabet::Base58.has(byte))
}

fn is_mixed(digits: &[u8]) -> bool {
    digits.iter().any(u8::is_ascii_uppercase) && digits.iter().any(u8::is_ascii_lowercase)
}

/// Whether `run` is `0x` and forty digits, the letters of which are in the case that their own hash asks for, or all in
/// one.
fn is_ethereum(run: &[u8]) -> bool {
    let Some(digits) = run.strip_prefix(b"0x").filter(|digits| digits.len() == 40) else { return false };
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return false;
    }
    if !is_mixed(digits) {
        return true;
    }
    let Some(digest) = keccak::digest(&digits.to_ascii_lowercase()) else { return false };
    let nibbles = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .iter()
        .zip(nibbles)
        .all(|(digit, nibble)| !digit.is_ascii_alphabetic() || digit.is_ascii_uppercase() == (nibble > 7))
}

/// The name before the `1` of an address in bech32, if it is a chain's and the checksum is right.
fn bech32_name(run: &[u8]) -> Option<&'static [u8]> {
    const NAMES: &[&[u8]] = &[
        b"bc", b"tb", b"ltc", b"tltc", b"addr", b"stake", b"cosmos", b"osmo", b"terra", b"dgb", b"grs", b"vtc", b"zs",
        b"juno", b"axelar", b"inj",
    ];
    if run.len() > 108 {
        return None;
    }
    let mut room = [0; 112];
    let lower = room.get_mut(..run.len())?;
    lower.copy_from_slice(run);
    lower.make_ascii_lowercase();
    if is_mixed(run) {
        return None;
    }
    let name = NAMES.iter().find(|name| lower.starts_with(name) && byte(lower, name.len()) == Some(b'1'))?;
    bech32::is_valid(name, lower.get(name.len() + 1..)?).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::super::super::check::base58::decode;
    use super::*;

    /// Scenario: the least and the greatest text of each first character and each length that decodes to an address.
    /// Guarantees: no address with a known version begins with a character that is not listed.
    #[test]
    fn every_version_has_its_beginning() {
        let bytes = |text: &[u8]| decode(text, &BITCOIN, &mut [0; 84]).map(|bytes| (bytes.len(), bytes[0]));
        let known = |version: u8| matches!(version, 0 | 5) || OTHERS.contains(&version);
        let mut seen = 0;
        for first in (b'2'..=b'z').filter(|&byte| Alphabet::Base58.has(byte)) {
            for length in 25..=36 {
                let [least, most] = [b'1', b'z'].map(|byte| {
                    let mut text = [byte; 36];
                    text[0] = first;
                    bytes(&text[..length]).unwrap()
                });
                let from = if least.0 < 25 { 0 } else { least.1 };
                let to = if most.0 > 25 { u8::MAX } else { most.1 };
                if least.0 <= 25 && most.0 >= 25 && (from..=to).any(|version| version > 0 && known(version)) {
                    assert!(BEGINNINGS.contains(&first) && length <= LONGEST, "{} {length}", first as char);
                    seen += 1;
                }
            }
        }
        assert!(seen > 8);
    }
}
