//! What the command line says of a request: headers, identities, and the client's address.
//!
//! Must not know tenants: the core decides what they mean.

use std::net::IpAddr;

use airlock::{Admission, Context};

use crate::engine::{Engine, HostError};

/// The options that say what a gateway would have known of the request, for every command that takes a batch.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct RequestArguments {
    /// A header of the request that brought the batch; may be given again
    #[arg(long, value_name = "NAME=VALUE", value_parser = header)]
    header: Vec<(String, String)>,
    /// A verified name or digest of the client's certificate: uri:…, dns:… or sha256:…; may be given again
    #[arg(long, value_name = "IDENTITY", value_parser = identity)]
    identity: Vec<String>,
    /// The client's address
    #[arg(long, value_name = "ADDRESS")]
    peer: Option<IpAddr>,
}

impl RequestArguments {
    /// Asks whether the request is let in.
    pub(super) fn admission(&self, engine: &dyn Engine) -> Result<Admission, HostError> {
        let headers: Vec<(&str, &str)> = self.header.iter().map(|(name, value)| (&**name, &**value)).collect();
        let identities: Vec<&str> = self.identity.iter().map(String::as_str).collect();
        let peer = self.peer.map(|peer| peer.to_string());
        engine.admit(&Context { headers: &headers, peer: peer.as_deref(), identities: &identities })
    }
}

/// `NAME=VALUE`, or `NAME: VALUE` as it is written elsewhere.
fn header(text: &str) -> Result<(String, String), &'static str> {
    let at = text.find(['=', ':']).ok_or("expected NAME=VALUE")?;
    let (name, value) = (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
    if name.is_empty() { Err("expected NAME=VALUE") } else { Ok((name.into(), value.trim().into())) }
}

/// `uri:…`, `dns:…` or `sha256:…`.
fn identity(text: &str) -> Result<String, &'static str> {
    match text.split_once(':') {
        Some(("uri" | "dns" | "sha256", name)) if !name.is_empty() => Ok(text.into()),
        _ => Err("expected uri:, dns: or sha256: and what follows"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_and_identities_are_read() {
        let pair = |name: &str, value: &str| Ok((name.to_owned(), value.to_owned()));
        assert_eq!(header("X-Key=a=b"), pair("X-Key", "a=b"));
        assert_eq!(header("X-Key: a=b"), pair("X-Key", "a=b"));
        assert_eq!(header("X-Key="), pair("X-Key", ""));
        assert!(header("X-Key").is_err() && header("=a").is_err());
        assert!(identity("uri:spiffe://corp.example/x").is_ok() && identity("sha256:00").is_ok());
        assert!(identity("corp.example").is_err() && identity("dns:").is_err());
    }
}
