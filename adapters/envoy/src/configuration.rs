//! The plugin's configuration: `{"policy": {…}, "host": {…}}`, where the policy is the core's and the rest is about Envoy.
//!
//! Must not know Envoy's calls. Keeps I2: what is not known, or of the wrong kind, is an error with its path. Keeps I1: a
//! key never stands here, for Envoy shows configurations to whoever asks; and what stands where only the name of a
//! variable may stand is not quoted, for it may be one.

mod keys;
mod structure;

use airlock::{Airlock, Keys, PolicyError, limits};
use door::{Routes, folded};
use serde::Deserialize;
use serde_json::value::RawValue;

use keys::keys;

/// What Envoy may hold of one request where its `per_connection_buffer_limit_bytes` is what the examples say.
const MAX_OUTPUT_BYTES: usize = 32 << 20;

/// A configuration that was read whole.
#[derive(Debug)]
pub struct Configuration {
    /// The policy, as it was written.
    pub policy: String,
    /// What is said about Envoy.
    pub host: Host,
}

/// What is said about Envoy.
#[derive(Debug)]
pub struct Host {
    /// `client_certificates_verified`: the listener demands certificates and verifies them.
    pub client_certificates_verified: bool,
    /// `hold_headers`: Envoy is told `allow_on_headers_stop_iteration`, so that headers can wait for the body.
    pub hold_headers: bool,
    /// `jwt`: a claim that `jwt_authn` has verified, and the header as which the policy sees it.
    pub jwt: Option<Jwt>,
    /// `keys`: ids, and the variables that hold the keys.
    pub keys: Vec<(String, String)>,
    /// `max_batch_bytes`: a batch, as it came and once it is inflated.
    pub max_batch_bytes: usize,
    /// `max_output_bytes`: what may be handed back to Envoy.
    pub max_output_bytes: usize,
    /// `other_requests`: what becomes of requests that are not for logs.
    pub other_requests: OtherRequests,
    /// `paths`: those of OTLP/HTTP.
    pub routes: Routes,
    /// `trust_source_address`: the address is the connection's, or a trusted proxy's word.
    pub trust_source_address: bool,
}

/// A claim that `jwt_authn` has verified.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Jwt {
    /// Where it stands in the metadata of `envoy.filters.http.jwt_authn`: `payload_in_metadata`, then the claim.
    pub metadata: Vec<String>,
    /// The header that the policy reads in its place; what a client sends under that name is not looked at.
    pub header: String,
}

/// What becomes of requests that are not for logs.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum OtherRequests {
    /// They are answered as if they had been taken.
    Drop,
    /// They go on as they came: nothing of them is redacted.
    PassUnredacted,
    /// They are refused.
    #[default]
    Refuse,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<'d> {
    #[serde(borrow)]
    policy: Option<&'d RawValue>,
    #[serde(borrow)]
    host: Option<&'d RawValue>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Members<'d> {
    client_certificates_verified: Option<&'d RawValue>,
    hold_headers: Option<&'d RawValue>,
    #[serde(borrow)]
    jwt: Option<&'d RawValue>,
    keys: Option<&'d RawValue>,
    max_batch_bytes: Option<&'d RawValue>,
    max_output_bytes: Option<&'d RawValue>,
    other_requests: Option<&'d RawValue>,
    paths: Option<&'d RawValue>,
    trust_source_address: Option<&'d RawValue>,
}

impl Configuration {
    /// Reads what Envoy hands over: the text of a `StringValue`, or the bytes of a `Struct`.
    pub fn read_bytes(bytes: &[u8]) -> Result<Self, String> {
        match (structure::json(bytes), std::str::from_utf8(bytes)) {
            (Some(json), _) => Self::read(&json),
            (None, Ok(text)) => Self::read(text),
            (None, Err(_)) => Err("the configuration: expected a StringValue of JSON, or a Struct".into()),
        }
    }

    /// Reads a configuration; nothing at all is the default, like `{}`.
    pub fn read(text: &str) -> Result<Self, String> {
        let text = if text.trim().is_empty() { "{}" } else { text };
        let document: Document<'_> = object("the configuration", text)?;
        let policy = document.policy.map_or("{}", RawValue::get).to_owned();
        let host = document.host.map_or("{}", RawValue::get);
        let members: Members<'_> = object("host", host)?;
        Ok(Self { policy, host: Host::read(&members)? })
    }

    /// Opens the policy with the keys that `variable` gives, if what is said about Envoy bears it out.
    pub fn open(&self, variable: impl Fn(&str) -> Option<String>) -> Result<Airlock, String> {
        let mut keys = Keys::new();
        for (id, name) in &self.host.keys {
            let key = variable(name).ok_or_else(|| {
                format!(
                    "host.keys.{id}: the plugin has no environment variable {name}; Envoy's own environment must have it, \
                     and vm_config.environment_variables.host_env_keys must list it"
                )
            })?;
            keys = keys.add(id, &key);
        }
        let airlock = Airlock::open(&self.policy, &keys).map_err(|error| of_policy(&error))?;
        self.host.bears(&airlock)?;
        Ok(airlock)
    }
}

impl Host {
    fn read(members: &Members<'_>) -> Result<Self, String> {
        let paths: Option<Vec<String>> = member("paths", members.paths)?;
        let routes = match paths {
            None => Routes::default(),
            Some(paths) => Routes::new(paths).ok_or(
                "host.paths: a path begins with / and holds letters, digits, -, _ and single dots between single slashes",
            )?,
        };
        let host = Self {
            client_certificates_verified: member("client_certificates_verified", members.client_certificates_verified)?
                .unwrap_or_default(),
            hold_headers: member("hold_headers", members.hold_headers)?.unwrap_or_default(),
            jwt: members.jwt.map(|jwt| object("host.jwt", jwt.get())).transpose()?,
            keys: keys(members.keys)?,
            max_batch_bytes: member("max_batch_bytes", members.max_batch_bytes)?.unwrap_or(limits::MAX_BATCH_BYTES),
            max_output_bytes: member("max_output_bytes", members.max_output_bytes)?.unwrap_or(MAX_OUTPUT_BYTES),
            other_requests: member("other_requests", members.other_requests)?.unwrap_or_default(),
            routes,
            trust_source_address: member("trust_source_address", members.trust_source_address)?.unwrap_or_default(),
        };
        if !(1..=limits::MAX_BATCH_BYTES).contains(&host.max_batch_bytes) {
            return Err(format!("host.max_batch_bytes: at least 1, at most {}", limits::MAX_BATCH_BYTES));
        }
        Ok(host)
    }

    /// Whether the policy may be held to what is said about Envoy, which does not tell a plugin what it has verified.
    fn bears(&self, airlock: &Airlock) -> Result<(), String> {
        if airlock.needs_identities() && !self.client_certificates_verified {
            return Err("host.client_certificates_verified: the policy tells tenants by certificates, and Envoy does not say \
                        whether it has verified one; set this to true where the listener has require_client_certificate \
                        and trusted_ca"
                .into());
        }
        if airlock.needs_peer() && !self.trust_source_address {
            return Err(
                "host.trust_source_address: the policy tells tenants by address, which follows X-Forwarded-For by \
                        default; set this to true where the listener has use_remote_address: true"
                    .into(),
            );
        }
        if airlock.needs_body() && !self.hold_headers {
            return Err(
                "host.hold_headers: the policy may find the tenant in the body, when the headers are gone already; \
                        set this and Envoy's allow_on_headers_stop_iteration to true"
                    .into(),
            );
        }
        let is_read =
            |jwt: &Jwt| airlock.header_names().iter().any(|name| folded(jwt.header.as_bytes()).eq(name.bytes()));
        match &self.jwt {
            Some(jwt) if jwt.metadata.len() < 2 => {
                Err("host.jwt.metadata: the name under payload_in_metadata, then the names that lead to the claim"
                    .into())
            }
            Some(jwt) if !is_read(jwt) => Err("host.jwt.header: no source of the policy reads this header".into()),
            _ => Ok(()),
        }
    }
}

/// An object; its members in a list would be taken for one.
fn object<'d, T: Deserialize<'d>>(path: &str, text: &'d str) -> Result<T, String> {
    if !text.trim_start().starts_with('{') {
        return Err(format!("{path}: expected an object"));
    }
    serde_json::from_str(text).map_err(|error| reason(path, &error))
}

fn member<'d, T: Deserialize<'d>>(name: &str, value: Option<&'d RawValue>) -> Result<Option<T>, String> {
    let Some(value) = value else { return Ok(None) };
    serde_json::from_str(value.get()).map(Some).map_err(|error| reason(&format!("host.{name}"), &error))
}

fn of_policy(error: &PolicyError) -> String {
    let separator = if error.path().is_empty() { "" } else { "." };
    format!("policy{separator}{}: {}", error.path(), error.message())
}

/// Without the line and the column, which count from a place that nobody sees.
fn reason(path: &str, error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(text, _)| text);
    format!("{path}: {text}")
}

#[cfg(test)]
mod tests;
