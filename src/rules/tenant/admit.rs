//! Decides about a request before its body is read.
//!
//! Must not know batches. Keeps I2: a request that says two things, or nothing that counts, is refused. Keeps I6: the
//! answer depends on the context alone. Keeps I1: a refusal names a place in the policy and quotes nothing.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use sha2::{Digest, Sha256};

use crate::admission::{Admission, AdmissionError, AdmissionErrorKind, Context, Tenant};
use crate::policy::{Digests, HeaderValue, Networks, Otherwise, Source, Tenancy};

use AdmissionErrorKind::{Ambiguous, Malformed, Missing, Unknown};

/// What a request is let in as.
pub(crate) fn admit(tenancy: &Tenancy, context: &Context<'_>) -> Result<Admission, AdmissionError> {
    let request = Request { tenancy, context };
    request.check_headers()?;
    let tenant = match request.tenant()? {
        Found::Tenant(tenant) => Some(tenant),
        Found::InBody => None,
        Found::Nothing => match &tenancy.otherwise {
            Otherwise::Default(tenant) => Some(tenant.clone()),
            Otherwise::Nobody => None,
            Otherwise::Refuse => {
                let reason = "nothing in the request tells a tenant, and the policy requires one";
                return Err(AdmissionError::new(Missing, "tenant.sources".into(), reason));
            }
        },
    };
    let mut admission = let_in(tenancy, tenant)?;
    for (name, _) in context.headers {
        let is_removed = admission.remove_headers.iter().any(|known| known.eq_ignore_ascii_case(name));
        if !is_removed && tenancy.header_names().any(|known| is_same_header(known, name)) {
            admission.remove_headers.push(name.to_ascii_lowercase());
        }
    }
    Ok(admission)
}

/// What follows from a tenant, or from there being none. Whatever a client sent under these headers goes first, in the
/// spellings that a server may read as one.
pub(crate) fn let_in(tenancy: &Tenancy, tenant: Option<Tenant>) -> Result<Admission, AdmissionError> {
    let mut admission = Admission { tenant, ..Admission::none() };
    for name in tenancy.header_names() {
        let name = name.to_ascii_lowercase();
        for spelling in [name.replace('_', "-"), name.replace('-', "_"), name] {
            if !admission.remove_headers.contains(&spelling) {
                admission.remove_headers.push(spelling);
            }
        }
    }
    let Some(tenant) = &admission.tenant else { return Ok(admission) };
    for (name, value) in &tenancy.headers {
        let value = match value {
            HeaderValue::Pattern(pattern) => pattern.value(tenant.as_str()),
            HeaderValue::Table(rows) => match rows.iter().find(|(known, _)| known == tenant) {
                Some((_, value)) => value.clone(),
                None => {
                    let reason = "the tenant has no row in this table; give it one";
                    return Err(AdmissionError::new(Unknown, format!("tenant.headers.{name}"), reason));
                }
            },
        };
        admission.set_headers.push((name.clone(), value));
    }
    Ok(admission)
}

/// What the sources say.
enum Found {
    /// It is for the body to say.
    InBody,
    Nothing,
    Tenant(Tenant),
}

struct Request<'r, 'c> {
    tenancy: &'r Tenancy,
    context: &'r Context<'c>,
}

impl Request<'_, '_> {
    /// Refuses a request in which a header that is read stands twice, in whatever spelling: of two servers one reads the
    /// first and one the last.
    fn check_headers(&self) -> Result<(), AdmissionError> {
        for (index, source) in self.tenancy.sources.iter().enumerate() {
            let Some(read) = source.header() else { continue };
            if self.context.headers.iter().filter(|(name, _)| is_same_header(read, name)).count() > 1 {
                return Err(self.refused(Ambiguous, index, "the request has this header twice; send it once"));
            }
        }
        Ok(())
    }

    fn tenant(&self) -> Result<Found, AdmissionError> {
        let identity = self.identity()?;
        for (index, source) in self.tenancy.sources.iter().enumerate() {
            let found = match source {
                Source::Certificate(_) | Source::Identity(_) => match &identity {
                    Some((first, tenant)) if *first == index => Some(tenant.clone()),
                    _ => None,
                },
                Source::HeaderKey(..) | Source::HeaderName(..) => self.header(index, source)?,
                Source::Peer(networks) => self.peer(index, networks)?,
                Source::Resource(_) => return Ok(Found::InBody),
                Source::Static(tenant) => Some(tenant.clone()),
            };
            if let Some(tenant) = found {
                return Ok(Found::Tenant(tenant));
            }
        }
        Ok(Found::Nothing)
    }

    /// The tenant that the identities give, with the first source that says so. All of them are asked: two tenants in
    /// one certificate are no tenant.
    fn identity(&self) -> Result<Option<(usize, Tenant)>, AdmissionError> {
        let mut found: Option<(usize, Tenant)> = None;
        for (index, source) in self.tenancy.sources.iter().enumerate() {
            for identity in self.context.identities {
                let tenant = match source {
                    Source::Certificate(digests) => {
                        let digest = identity.strip_prefix("sha256:").and_then(Digests::parse);
                        digest.and_then(|digest| digests.find(&digest)).cloned()
                    }
                    Source::Identity(pattern) => {
                        pattern.find(identity).map(|text| self.parse(index, &text)).transpose()?
                    }
                    _ => None,
                };
                match (tenant, &found) {
                    (Some(tenant), Some((_, known))) if tenant != *known => {
                        return Err(self.refused(Ambiguous, index, "the client's identities give two tenants"));
                    }
                    (Some(tenant), None) => found = Some((index, tenant)),
                    _ => {}
                }
            }
        }
        Ok(found)
    }

    fn header(&self, index: usize, source: &Source) -> Result<Option<Tenant>, AdmissionError> {
        let Some(read) = source.header() else { return Ok(None) };
        let sent = self.context.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(read));
        let Some(value) = sent.map(|(_, value)| value.trim_matches([' ', '\t'])) else { return Ok(None) };
        if value.strip_prefix("Bearer ").unwrap_or(value).starts_with("${") {
            let reason = "the header holds a placeholder that nobody filled in: Codex sends ${...} literally; write the key itself into its configuration";
            return Err(self.refused(Malformed, index, reason));
        }
        let (found, kind, reason) = match source {
            Source::HeaderKey(_, digests) => {
                let digest: [u8; 32] = Sha256::digest(value.as_bytes()).into();
                (digests.find(&digest).cloned(), Unknown, "the key is in no row of the table")
            }
            Source::HeaderName(..) if value.contains(',') => {
                // What one server has as a header twice, another has as a list: the first may be anybody's.
                return Err(self.refused(Ambiguous, index, "the header is a list; send one value"));
            }
            Source::HeaderName(_, pattern) => {
                let found = pattern.find(value).map(|text| self.parse(index, &text)).transpose()?;
                (found, Malformed, "the header is not what the pattern says")
            }
            _ => return Ok(None),
        };
        // Whoever shows a key that does not fit is not somebody who shows none; another source may still know it.
        let later = self.tenancy.sources.iter().skip(index + 1).filter_map(Source::header);
        match found {
            None if !later.into_iter().any(|name| name.eq_ignore_ascii_case(read)) => {
                Err(self.refused(kind, index, reason))
            }
            found => Ok(found),
        }
    }

    fn peer(&self, index: usize, networks: &Networks) -> Result<Option<Tenant>, AdmissionError> {
        let Some(peer) = self.context.peer else { return Ok(None) };
        let Some(address) = Networks::address(peer) else {
            return Err(self.refused(Malformed, index, "the peer's address is none"));
        };
        Ok(networks.find(address).cloned())
    }

    fn parse(&self, index: usize, text: &str) -> Result<Tenant, AdmissionError> {
        let reason = "what stands for the tenant is none: one letter or digit, then at most 62 more, - or _ among them";
        Tenant::parse(text).ok_or_else(|| self.refused(Malformed, index, reason))
    }

    fn refused(&self, kind: AdmissionErrorKind, index: usize, reason: &'static str) -> AdmissionError {
        let member = self.tenancy.sources.get(index).map_or("", Source::member);
        AdmissionError::new(kind, format!("tenant.sources[{index}].{member}"), reason)
    }
}

/// Whether a server may read both as one header.
fn is_same_header(one: &str, other: &str) -> bool {
    let dashed = |byte: u8| if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() };
    one.len() == other.len() && one.bytes().map(dashed).eq(other.bytes().map(dashed))
}

/// The headers that an answer depends on or touches, in lower case and with `-`, each once.
pub(crate) fn header_names(tenancy: &Tenancy) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in tenancy.header_names().map(|name| name.to_ascii_lowercase().replace('_', "-")) {
        if let Err(at) = names.binary_search(&name) {
            names.insert(at, name);
        }
    }
    names
}
