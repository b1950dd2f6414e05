//! What the core is told of a request: the headers that it asks about, who the client is, where it comes from.
//!
//! Must not know what follows from it. Keeps I2: Envoy's word counts only where the configuration says what it is worth; a
//! header that a client sends in place of a verified claim is not looked at, nor is `x-forwarded-client-cert` at all.

use airlock::{Admission, Airlock, Context};
use door::{Class, Refusal, folded};
use proxy_wasm::hostcalls::get_property;

use crate::answer;
use crate::configuration::{Host, Jwt};
use crate::head::Headers;

/// Where `jwt_authn` puts what it has verified.
const JWT_AUTHN: &str = "envoy.filters.http.jwt_authn";

/// The properties of a client's certificate, and how the core spells what they hold.
const IDENTITIES: [(&str, &str); 3] = [
    ("uri_san_peer_certificate", "uri:"),
    ("dns_san_peer_certificate", "dns:"),
    ("sha256_peer_certificate_digest", "sha256:"),
];

/// Decides about a request before its body is read.
pub fn admit(airlock: &Airlock, names: &[String], host: &Host, headers: &Headers) -> Result<Admission, Refusal> {
    let claim = host.jwt.as_ref().and_then(|jwt| Some((jwt.header.as_str(), claim(jwt)?)));
    let is_asked = |name: &str| names.iter().any(|known| folded(name.as_bytes()).eq(known.bytes()));
    let is_claimed =
        |name: &str| host.jwt.as_ref().is_some_and(|jwt| folded(name.as_bytes()).eq(folded(jwt.header.as_bytes())));
    let mut context: Vec<(&str, &str)> = claim.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for (name, value) in headers.iter().filter(|(name, _)| is_asked(name) && !is_claimed(name)) {
        let not_text = Refusal::new(Class::Malformed, "a header that the policy reads is no text");
        context.push((name, std::str::from_utf8(value).map_err(|_| not_text)?));
    }
    let peer = if host.trust_source_address { text(vec!["source", "address"]) } else { None };
    let identities: Vec<String> = if host.client_certificates_verified {
        let identity =
            |(property, prefix): (&str, &str)| Some(format!("{prefix}{}", text(vec!["connection", property])?));
        IDENTITIES.into_iter().filter_map(identity).collect()
    } else {
        Vec::new()
    };
    let identities: Vec<&str> = identities.iter().map(String::as_str).collect();
    let context = Context { headers: &context, peer: peer.as_deref(), identities: &identities };
    airlock.admit(&context).map_err(|error| answer::of_admission(&error))
}

fn claim(jwt: &Jwt) -> Option<String> {
    let path = ["metadata", "filter_metadata", JWT_AUTHN].into_iter();
    text(path.chain(jwt.metadata.iter().map(String::as_str)).collect())
}

/// A property that is there, and is a text of some length.
fn text(path: Vec<&str>) -> Option<String> {
    let value = get_property(path).ok().flatten()?;
    String::from_utf8(value).ok().filter(|text| !text.is_empty())
}
