//! Checks that a policy's own detector may ask of what it matched, by name.
//!
//! Must not know what was matched. A check is one line of [`LIST`]. Keeps I5: a match is gone through once.

use alloc::vec::Vec;

use super::check::luhn;

/// A check on what was matched.
#[derive(Clone, Copy, Debug)]
pub struct Validator {
    /// Its name in policies.
    pub name: &'static str,
    check: fn(&[u8]) -> bool,
}

/// Every check there is.
pub const LIST: &[Validator] = &[Validator { name: "luhn", check: luhn }];

impl Validator {
    /// The check of this name.
    pub fn by_name(name: &str) -> Option<Self> {
        LIST.iter().find(|validator| validator.name == name).copied()
    }

    /// Whether `found` passes.
    pub(super) fn accepts(self, found: &[u8]) -> bool {
        (self.check)(found)
    }
}

impl PartialEq for Validator {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// The check digit of cards, and of much else; no digits have none.
fn luhn(found: &[u8]) -> bool {
    let digits = digits(found);
    !digits.is_empty() && luhn::is_valid(&digits)
}

/// The digits, without what is written between them.
fn digits(found: &[u8]) -> Vec<u8> {
    found.iter().copied().filter(u8::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_are_found_by_name() {
        let luhn = Validator::by_name("luhn").unwrap();
        assert!(luhn.accepts(b"No. 7992-739 8713") && !luhn.accepts(b"79927398714") && !luhn.accepts(b"none"));
        assert_eq!(Validator::by_name("no-such-check"), None);
    }
}
