//! The keys that pseudonyms are made with, read once when a policy is opened.
//!
//! Must not know what gets a pseudonym. Keeps I1: an error names a key by its id, or by its place where it has none, and
//! quotes nothing of it; what is printed while debugging has the ids alone.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use base64ct::{Base64, Encoding};
use hmac::{Hmac, KeyInit};
use sha2::Sha256;

use crate::detect::Detectors;
use crate::error::PolicyError;
use crate::keys::Keys;

/// The id of the key that is meant where a policy names none.
const DEFAULT: &str = "default";

/// As much as SHA-256 has to give.
const MIN_KEY_BYTES: usize = 32;

/// What is longer is hashed down to 32 bytes before its first use, so it was not meant as a key.
const MAX_KEY_BYTES: usize = 1_024;

/// With the longest id and the longest pseudonym, all of it is one short word.
const MAX_ID_BYTES: usize = 16;

/// A key, made ready: what of HMAC does not depend on the message is done.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) mac: Hmac<Sha256>,
}

/// Keys by their ids, in the order in which they were given.
#[derive(Debug, Default)]
pub(crate) struct Keyring {
    keys: Vec<Key>,
}

impl Keyring {
    /// Reads every key, also one that no policy names: a broken one is found before it is needed.
    pub(crate) fn read(keys: &Keys) -> Result<Self, PolicyError> {
        let mut ring = Self::default();
        for (at, (id, text)) in keys.iter().enumerate() {
            if !is_id(id) {
                let message = format!("expected an id of 1 to {MAX_ID_BYTES} lower-case letters, digits and - inside");
                return Err(PolicyError::new(format!("keys[{at}]"), message));
            }
            let refuse = |message: String| Err(PolicyError::new(format!("keys.{id}"), message));
            if ring.find(id).is_some() {
                return refuse("a key of this id is given twice".into());
            }
            let Ok(key) = Base64::decode_vec(text.trim()) else {
                return refuse("this key is not base64 text; airlock key new makes one".into());
            };
            if !(MIN_KEY_BYTES..=MAX_KEY_BYTES).contains(&key.len()) {
                return refuse(format!(
                    "expected base64 text of {MIN_KEY_BYTES} to {MAX_KEY_BYTES} bytes; airlock key new makes one"
                ));
            }
            if !Detectors::all().is_clean(format!("hmac_{id}_0123456789abcdef_01234567").as_bytes()) {
                return refuse(
                    "a detector takes what is made with a key of this id for a secret; choose another".into(),
                );
            }
            let Ok(mac) = Hmac::<Sha256>::new_from_slice(&key) else {
                return refuse("this key cannot be used; airlock key new makes one".into());
            };
            ring.keys.push(Key { id: id.into(), mac });
        }
        Ok(ring)
    }

    /// The place of the key with an id.
    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        self.keys.iter().position(|key| key.id == id)
    }

    /// The place of the key that is meant where none is named: the one called `default`, or the only one.
    pub(crate) fn default_key(&self) -> Option<usize> {
        self.find(DEFAULT).or((self.keys.len() == 1).then_some(0))
    }

    /// The id of that key.
    pub(crate) fn default_id(&self) -> Option<&str> {
        self.default_key().and_then(|at| self.get(at)).map(|key| key.id.as_str())
    }

    /// The key at a place.
    pub(crate) fn get(&self, at: usize) -> Option<&Key> {
        self.keys.get(at)
    }

    /// The key with an id, as it stands in a pseudonym.
    pub(crate) fn by_id(&self, id: &[u8]) -> Option<&Key> {
        self.keys.iter().find(|key| key.id.as_bytes() == id)
    }

    /// The ids, in the order in which the keys were given.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.keys.iter().map(|key| key.id.as_str())
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }
}

impl fmt::Debug for Key {
    /// Without the key: what is printed while debugging ends in logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id)
    }
}

/// Whether a text is an id of a key. It has no `_`, which ends it in a pseudonym.
pub(crate) fn is_id(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_end = |byte: Option<&u8>| byte.is_some_and(|byte| *byte != b'-');
    let bytes = text.as_bytes();
    bytes.len() <= MAX_ID_BYTES
        && bytes.iter().all(|&byte| is_inner(byte))
        && is_end(bytes.first())
        && is_end(bytes.last())
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    const GOOD: &str = "RkFLRS1FWEFNUExFLUtFWS0wMDAwLTAwMDAtMDAwMCE=";

    fn refusal(keys: Keys) -> String {
        Keyring::read(&keys).unwrap_err().to_string()
    }

    #[test]
    fn keys_are_read_with_the_white_space_of_a_file_around_them() {
        let ring = Keyring::read(&Keys::new().add("a", GOOD).add("b-2", &format!(" {GOOD}\r\n"))).unwrap();
        assert_eq!((ring.find("b-2"), ring.find("c"), ring.len()), (Some(1), None, 2));
        assert_eq!(format!("{ring:?}"), "Keyring { keys: [a, b-2] }");
    }

    #[test]
    fn the_default_is_the_one_of_that_name_or_the_only_one() {
        let ring = |keys| Keyring::read(&keys).unwrap().default_key();
        assert_eq!(ring(Keys::new()), None);
        assert_eq!(ring(Keys::new().add("a", GOOD)), Some(0));
        assert_eq!(ring(Keys::new().add("a", GOOD).add("b", GOOD)), None);
        assert_eq!(ring(Keys::new().add("a", GOOD).add("default", GOOD)), Some(1));
    }

    /// Scenario: keys and ids that are wrong in every way.
    /// Guarantees: keeps I1; the error names the id where there is one, and nothing of the key.
    #[test]
    fn what_is_no_key_is_refused_without_being_quoted() {
        for (id, text, error) in [
            ("a", "FAKE-0000abcd", "keys.a: this key is not base64 text; airlock key new makes one"),
            ("a", "RkFLRQ==", "keys.a: expected base64 text of 32 to 1024 bytes; airlock key new makes one"),
            ("a", "", "keys.a: expected base64 text of 32 to 1024 bytes; airlock key new makes one"),
            ("A", GOOD, "keys[0]: expected an id of 1 to 16 lower-case letters, digits and - inside"),
            ("", GOOD, "keys[0]: expected an id of 1 to 16 lower-case letters, digits and - inside"),
            ("a_b", GOOD, "keys[0]: expected an id of 1 to 16 lower-case letters, digits and - inside"),
            ("a-", GOOD, "keys[0]: expected an id of 1 to 16 lower-case letters, digits and - inside"),
            ("abcdefghijklmnopq", GOOD, "keys[0]: expected an id of 1 to 16 lower-case letters, digits and - inside"),
        ] {
            assert_eq!(refusal(Keys::new().add(id, text)), error);
        }
        assert_eq!(refusal(Keys::new().add("a", GOOD).add("a", GOOD)), "keys.a: a key of this id is given twice");
    }
}
