//! Pseudonyms said a second time: HMAC written out as RFC 2104 defines it, over fields behind their lengths.
//!
//! Must not know which values get one, nor use the core's own HMAC or keyring.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::shared::codex::kind;
use super::shared::detect::Detectors;
use super::shared::keys::Keys;
use super::shared::policy::Hmac;
use super::text::is_whole_mark;

/// The keys, as bytes.
#[derive(Debug, Default)]
pub(super) struct Keyring {
    keys: Vec<(String, Vec<u8>)>,
}

impl Keyring {
    /// The keys as the host gives them; the policy was opened with them, so they are right.
    pub(super) fn new(keys: &Keys) -> Self {
        let decode = |text: &str| STANDARD.decode(text.trim()).expect("a key is base64");
        Self { keys: keys.iter().map(|(id, text)| (id.to_owned(), decode(text))).collect() }
    }

    /// The key that is meant where none is named.
    pub(super) fn default_key(&self) -> Option<&str> {
        match self.keys.as_slice() {
            [(id, _)] => Some(id),
            many => many.iter().map(|(id, _)| id.as_str()).find(|id| *id == "default"),
        }
    }

    /// What stands in place of a text, if that is not the text.
    pub(super) fn pseudonym(
        &self,
        detectors: &Detectors,
        hmac: &Hmac,
        tenant: &str,
        kind: &str,
        text: &str,
    ) -> Option<String> {
        if text.is_empty() || is_whole_mark(detectors, text) || self.is_own(text) {
            return None;
        }
        let id = hmac.key.as_deref().or(self.default_key()).expect("the policy was opened with this key");
        let value = self.mac(id, &["airlock-1", tenant, kind, text])?;
        let unchecked = format!("hmac_{id}_{}", &value[..usize::from(hmac.length)]);
        let check = self.mac(id, &["airlock-1-check", &unchecked])?;
        Some(format!("{unchecked}_{}", &check[..8]))
    }

    fn is_own(&self, text: &str) -> bool {
        let Some((unchecked, check)) = text.rsplit_once('_').filter(|_| is_formed(text)) else { return false };
        let id = unchecked.split('_').nth(1).unwrap_or_default();
        self.mac(id, &["airlock-1-check", unchecked]).is_some_and(|right| right[..8] == *check)
    }

    /// In hexadecimal digits; nothing without such a key.
    fn mac(&self, id: &str, fields: &[&str]) -> Option<String> {
        let (_, key) = self.keys.iter().find(|(known, _)| known == id)?;
        let mut block = if key.len() > 64 { Sha256::digest(key).to_vec() } else { key.clone() };
        block.resize(64, 0);
        let pad = |byte: u8| block.iter().map(|key| key ^ byte).collect::<Vec<u8>>();
        let mut inner = pad(0x36);
        for field in fields {
            inner.extend((field.len() as u64).to_be_bytes());
            inner.extend(field.bytes());
        }
        let outer = [pad(0x5c), Sha256::digest(&inner).to_vec()].concat();
        Some(Sha256::digest(&outer).iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// Whether a text looks like a pseudonym, of whatever key.
pub(super) fn is_formed(text: &str) -> bool {
    let parts: Vec<&str> = text.split('_').collect();
    let ["hmac", id, value, check] = parts.as_slice() else { return false };
    let is_hex = |text: &str| text.chars().all(|digit| matches!(digit, '0'..='9' | 'a'..='f'));
    let is_id = (1..=16).contains(&id.len())
        && id.chars().all(|inner| inner.is_ascii_lowercase() || inner.is_ascii_digit() || inner == '-')
        && !id.starts_with('-')
        && !id.ends_with('-');
    is_id
        && [16, 18, 20, 22, 24, 26, 28, 30, 32].contains(&value.len())
        && check.len() == 8
        && is_hex(value)
        && is_hex(check)
}

/// What the values of a name are.
pub(super) fn kind_of(name: &str) -> String {
    let folded: String = name.bytes().map(|byte| char::from(super::shared::codex::fold_byte(byte))).collect();
    kind(&folded).to_owned()
}
