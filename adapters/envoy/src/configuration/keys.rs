//! `host.keys`: which environment variables hold the keys of the policy.
//!
//! Must not know the keys. Keeps I1: what stands here is quoted only where it can be nothing but a variable's name.

use std::fmt;

use serde::Deserialize;
use serde::de::{Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Ids, and names of variables.
pub(super) fn keys(value: Option<&RawValue>) -> Result<Vec<(String, String)>, String> {
    let Some(value) = value else { return Ok(Vec::new()) };
    let pairs = serde_json::from_str(value.get()).map(|Pairs(pairs)| pairs).map_err(|_| {
        "host.keys: expected an object of key ids, each once, and names of environment variables".to_owned()
    })?;
    for (id, name) in &pairs {
        let is_name = name.starts_with(|first: char| first.is_ascii_uppercase())
            && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
        if !is_name {
            return Err(format!(
                "host.keys.{id}: expected the name of an environment variable, in upper case; the key itself stands in that, \
                 for Envoy shows this configuration to whoever asks"
            ));
        }
    }
    Ok(pairs)
}

/// Texts by name, each name once.
struct Pairs(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Pairs;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of texts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs: Vec<(String, String)> = Vec::new();
                while let Some((id, text)) = map.next_entry::<String, String>()? {
                    if pairs.iter().any(|(known, _)| *known == id) {
                        return Err(A::Error::custom("a name stands twice"));
                    }
                    pairs.push((id, text));
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}
