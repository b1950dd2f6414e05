//! JSON web tokens, signed by made-up keys.
//!
//! Must not know which of them are to be believed.

use rcgen::{KeyPair, PublicKeyData, SigningKey};
use serde_json::{Value, json};

/// Whoever signs tokens.
pub struct Signer {
    key: KeyPair,
}

impl Signer {
    /// One with a key of its own.
    ///
    /// # Panics
    ///
    /// Where no key can be made.
    pub fn new() -> Self {
        Self { key: KeyPair::generate().expect("a key can be made") }
    }

    /// Its public key as a set of keys. Every signer's has the same name, so that the name alone proves nothing.
    pub fn keys(&self) -> Value {
        // A point of P-256 is 4, x, y.
        let point = self.key.der_bytes();
        let (x, y) = (base64url(&point[1..33]), base64url(&point[33..65]));
        json!({"keys": [{"kty": "EC", "crv": "P-256", "alg": "ES256", "kid": "a", "x": x, "y": y}]})
    }

    /// A token with these claims.
    ///
    /// # Panics
    ///
    /// Where it cannot be signed.
    pub fn token(&self, claims: &Value) -> String {
        let signed = unsigned("ES256", claims);
        let der = self.key.sign(signed.as_bytes()).expect("it can be signed");
        // A sequence of two integers; a token has them as 32 bytes each.
        let mut rest = &der[2..];
        let mut signature = Vec::new();
        for _ in 0..2 {
            let length = usize::from(rest[1]);
            let digits: Vec<u8> = rest[2..2 + length].iter().copied().skip_while(|byte| *byte == 0).collect();
            signature.extend(vec![0; 32 - digits.len()]);
            signature.extend(digits);
            rest = &rest[2 + length..];
        }
        format!("{signed}.{}", base64url(&signature))
    }
}

impl Default for Signer {
    fn default() -> Self {
        Self::new()
    }
}

/// The head and the claims of a token, without the signature.
pub fn unsigned(algorithm: &str, claims: &Value) -> String {
    let head = json!({"alg": algorithm, "kid": "a"});
    format!("{}.{}", base64url(head.to_string().as_bytes()), base64url(claims.to_string().as_bytes()))
}

fn base64url(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for at in 0..=group.len() {
            text.push(char::from(DIGITS[(bits >> (18 - 6 * at) & 63) as usize]));
        }
    }
    text
}
