//! What a gateway would know of a request, where somebody has written it down: on a command line or in a test.
//!
//! Must not know tenants: the core decides what a request means.

use std::net::IpAddr;

use airlock::{Admission, Context};

use crate::engine::{Engine, HostError};

/// Headers, identities, and the client's address.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) identities: Vec<String>,
    pub(crate) peer: Option<IpAddr>,
}

impl Request {
    /// Asks whether the request is let in.
    pub(crate) fn admission(&self, engine: &dyn Engine) -> Result<Admission, HostError> {
        let headers: Vec<(&str, &str)> = self.headers.iter().map(|(name, value)| (&**name, &**value)).collect();
        let identities: Vec<&str> = self.identities.iter().map(String::as_str).collect();
        let peer = self.peer.map(|peer| peer.to_string());
        engine.admit(&Context { headers: &headers, peer: peer.as_deref(), identities: &identities })
    }
}

/// `uri:…`, `dns:…` or `sha256:…`, as it is written.
pub(crate) fn identity(text: &str) -> Result<String, &'static str> {
    match text.split_once(':') {
        Some(("uri" | "dns" | "sha256", name)) if !name.is_empty() => Ok(text.into()),
        _ => Err("expected uri:, dns: or sha256: and what follows"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_says_what_it_is() {
        assert!(identity("uri:spiffe://corp.example/x").is_ok() && identity("sha256:00").is_ok());
        assert!(identity("corp.example").is_err() && identity("dns:").is_err());
    }
}
