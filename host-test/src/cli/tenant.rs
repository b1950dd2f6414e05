//! What the command line says of a request: headers, identities, and the client's address.
//!
//! Must not know tenants: the core decides what they mean.

use std::net::IpAddr;

use airlock::Admission;

use crate::engine::{Engine, HostError};
use crate::request::{Request, identity};

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
        let Self { header, identity, peer } = self.clone();
        Request { headers: header, identities: identity, peer }.admission(engine)
    }
}

/// `NAME=VALUE`, or `NAME: VALUE` as it is written elsewhere.
fn header(text: &str) -> Result<(String, String), &'static str> {
    let at = text.find(['=', ':']).ok_or("expected NAME=VALUE")?;
    let (name, value) = (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
    if name.is_empty() { Err("expected NAME=VALUE") } else { Ok((name.into(), value.trim().into())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read() {
        let pair = |name: &str, value: &str| Ok((name.to_owned(), value.to_owned()));
        assert_eq!(header("X-Key=a=b"), pair("X-Key", "a=b"));
        assert_eq!(header("X-Key: a=b"), pair("X-Key", "a=b"));
        assert_eq!(header("X-Key="), pair("X-Key", ""));
        assert!(header("X-Key").is_err() && header("=a").is_err());
    }
}
