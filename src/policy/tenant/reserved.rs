//! Names that a client may not set.
//!
//! Must not know where names stand. Keeps I2: names are compared folded, whole or by their beginning, as every other
//! name in a policy is. What folds to several `_` in a row counts as one: there are stores that write `tenant..id` as
//! `tenant_id`.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::codex::fold_byte;

/// The longest name that is reserved.
const MAX_NAME_BYTES: usize = 128;

/// A set of names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reserved {
    names: Vec<Box<[u8]>>,
    prefixes: Vec<Box<[u8]>>,
    /// As they were written.
    patterns: Vec<String>,
}

impl Reserved {
    /// Adds a name, or with `*` at its end all names that begin so; what is wrong otherwise.
    pub(super) fn add(&mut self, pattern: &str) -> Result<(), &'static str> {
        let (name, list) = match pattern.strip_suffix('*') {
            Some(prefix) => (prefix, &mut self.prefixes),
            None => (pattern, &mut self.names),
        };
        if name.is_empty() || name.len() > MAX_NAME_BYTES || name.contains('*') {
            return Err("expected a name of at most 128 bytes, or the beginning of names and then *");
        }
        let folded: Box<[u8]> = folded(name.as_bytes()).collect();
        if !list.contains(&folded) {
            list.push(folded);
        }
        self.patterns.push(pattern.to_string());
        Ok(())
    }

    /// Whether the set has `name`, folded or not.
    pub(crate) fn has(&self, name: &[u8]) -> bool {
        let begins = |known: &[u8]| {
            let mut name = folded(name);
            known.iter().all(|known| name.next() == Some(*known))
        };
        self.names.iter().any(|known| folded(name).eq(known.iter().copied()))
            || self.prefixes.iter().any(|known| begins(known))
    }

    /// Whether the set has each of `names`.
    pub(in crate::policy) fn of(&self, names: &[String]) -> Vec<bool> {
        names.iter().map(|name| self.has(name.as_bytes())).collect()
    }

    /// The names as they were written.
    pub fn patterns(&self) -> impl ExactSizeIterator<Item = &str> {
        self.patterns.iter().map(String::as_str)
    }
}

/// A name folded, each run of `_` as one.
fn folded(name: &[u8]) -> impl Iterator<Item = u8> {
    let mut last = 0;
    name.iter()
        .map(|byte| fold_byte(*byte))
        .filter(move |&byte| core::mem::replace(&mut last, byte) != b'_' || byte != b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scenario: spellings of reserved names, and names that only look like them.
    /// Guarantees: no spelling of a reserved name walks past; nothing else is meant.
    #[test]
    fn names_are_folded() {
        let mut reserved = Reserved::default();
        for pattern in ["team", "Tenant.*", "tenant.*", "t__x"] {
            reserved.add(pattern).unwrap();
        }
        for name in [
            "team",
            "TEAM",
            "tenant.id",
            "tenant_id",
            "Tenant-X",
            "tenant.",
            "tenant.a.b",
            "tenant é",
            "tenant..id",
            "tenant__id",
            "tenant\u{200b}id",
            "t.x",
        ] {
            assert!(reserved.has(name.as_bytes()), "{name}");
        }
        for name in ["teams", "tea", "tenant", "a.tenant.id", "tenants", "", "_team", "team_", "tx"] {
            assert!(!reserved.has(name.as_bytes()), "{name}");
        }
        for pattern in ["", "*", "a*b", "**", &"a".repeat(129)] {
            assert!(reserved.add(pattern).is_err(), "{pattern}");
        }
    }
}
