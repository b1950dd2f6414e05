//! The keys that a host gives beside a policy: an ordered list of ids and texts.
//!
//! Must not know what a key is used for. Keeps I1: what is printed while debugging has the ids alone, and a policy never
//! holds a key, so that it can be shown to anybody.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// Keys by their ids, in the order in which the host gave them.
///
/// ```
/// use airlock::{Airlock, Keys};
///
/// let keys = Keys::new().add("default", "RkFLRS1FWEFNUExFLUtFWS0wMDAwLTAwMDAtMDAwMCE=");
/// let airlock = Airlock::open("{}", &keys)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default)]
pub struct Keys {
    list: Vec<(String, String)>,
}

impl Keys {
    /// No key.
    pub const fn new() -> Self {
        Self { list: Vec::new() }
    }

    /// The same with one more key.
    #[must_use]
    pub fn add(mut self, id: &str, text: &str) -> Self {
        self.list.push((id.into(), text.into()));
        self
    }

    /// The ids and the texts, in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.list.iter().map(|(id, text)| (id.as_str(), text.as_str()))
    }
}

impl fmt::Debug for Keys {
    /// Without the texts: what is printed while debugging ends in logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.list.iter().map(|(id, _)| id)).finish()
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    /// Scenario: somebody prints the keys.
    /// Guarantees: keeps I1; the ids in their order, and no text.
    #[test]
    fn texts_are_not_printed() {
        let keys = Keys::new().add("b", "FAKE-0000abcd").add("a", "FAKE-0000abce");
        assert_eq!(format!("{keys:?}"), r#"["b", "a"]"#);
        assert!(keys.iter().eq([("b", "FAKE-0000abcd"), ("a", "FAKE-0000abce")]));
    }
}
