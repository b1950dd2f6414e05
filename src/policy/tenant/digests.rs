//! A table from keys to tenants that holds no key: only the SHA-256 of each.
//!
//! Must not know where a key comes from. Keeps I1: a digest is compared with all of the table in constant time, and is
//! never printed: whoever has a weak key's digest has the key.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::fmt;

use hmac::digest::CtOutput;
use sha2::Sha256;

use crate::admission::Tenant;

/// Tenants by the SHA-256 of their keys. The type of the digests is one that only compares in constant time.
#[derive(Clone, PartialEq)]
pub struct Digests(Vec<(CtOutput<Sha256>, Tenant)>);

impl Digests {
    /// A table; nothing where a digest stands twice.
    pub(super) fn new(table: Vec<([u8; 32], Tenant)>) -> Option<Self> {
        let digests: BTreeSet<&[u8]> = table.iter().map(|(digest, _)| digest.as_slice()).collect();
        let is_unique = digests.len() == table.len();
        is_unique
            .then(|| Self(table.into_iter().map(|(digest, tenant)| (CtOutput::new(digest.into()), tenant)).collect()))
    }

    /// Whose the key with this digest is. How long it takes says nothing about which digests are near.
    pub(crate) fn find(&self, digest: &[u8; 32]) -> Option<&Tenant> {
        let digest = CtOutput::new((*digest).into());
        self.0.iter().fold(None, |found, (known, tenant)| if *known == digest { Some(tenant) } else { found })
    }

    /// The tenants, once for each key.
    pub(crate) fn tenants(&self) -> impl ExactSizeIterator<Item = &Tenant> {
        self.0.iter().map(|(_, tenant)| tenant)
    }

    /// Reads the 64 hexadecimal digits of a digest.
    pub(crate) fn parse(text: &str) -> Option<[u8; 32]> {
        let mut digest = [0; 32];
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != digest.len() || !rest.is_empty() {
            return None;
        }
        for (byte, [high, low]) in digest.iter_mut().zip(pairs) {
            let digit = |digit: u8| char::from(digit).to_digit(16);
            *byte = (digit(*high)? << 4 | digit(*low)?) as u8;
        }
        Some(digest)
    }
}

impl fmt::Debug for Digests {
    /// How many there are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digests({})", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    fn digest(byte: u8) -> [u8; 32] {
        [byte; 32]
    }

    /// Scenario: a table with two keys of one tenant and one of another is asked, and printed.
    /// Guarantees: each key has its tenant, others have none, and no digest is printed (I1).
    #[test]
    fn a_key_has_its_tenant_and_is_not_printed() {
        let [acme, globex] = ["acme", "globex"].map(|text| Tenant::parse(text).unwrap());
        let table = [(digest(1), acme.clone()), (digest(0xab), globex.clone()), (digest(3), acme.clone())];
        let digests = Digests::new(table.to_vec()).unwrap();
        assert_eq!(digests.find(&digest(0xab)), Some(&globex));
        assert_eq!(digests.find(&digest(3)), Some(&acme));
        assert_eq!(digests.find(&digest(2)), None);
        assert_eq!(format!("{digests:?}"), "Digests(3)");
        assert!(Digests::new([(digest(1), acme), (digest(1), globex)].to_vec()).is_none());
    }

    #[test]
    fn a_digest_has_64_digits() {
        assert_eq!(Digests::parse(&"aB".repeat(32)), Some([0xab; 32]));
        for text in ["", "ab", &"a".repeat(63), &"a".repeat(65), &"ag".repeat(32), &"é".repeat(32)] {
            assert_eq!(Digests::parse(text), None, "{text}");
        }
    }
}
