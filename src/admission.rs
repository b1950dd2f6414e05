//! Whom a batch belongs to: what a host knows of a request, and what follows from it before any body is read.
//!
//! Must not know policies; [`rules`](crate::Airlock::admit) finds the tenant. Keeps I2: a tenant is of one grammar or there is none, so that nothing else can
//! become a header or an attribute. Keeps I1: an error says what is wrong and quotes nothing of the request.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// The longest tenant; what a DNS label has room for.
const MAX_TENANT_BYTES: usize = 63;

/// A tenant: one letter or digit, then at most 62 more, `-` or `_` among them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tenant(String);

impl Tenant {
    /// Reads a tenant; nothing where the text is none.
    ///
    /// There is no `|` and no `.` in it: a log store may read several tenants out of the one, and a path out of the other.
    pub fn parse(text: &str) -> Option<Self> {
        let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let is_tenant = text.len() <= MAX_TENANT_BYTES
            && text.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric())
            && text.bytes().all(is_inner);
        is_tenant.then(|| Self(text.into()))
    }

    /// The tenant as it is written everywhere.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Tenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// What a host knows of a request before its body.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// Names and values of the headers, or of the gRPC metadata. Those that [`Airlock::header_names`] lists are enough,
    /// in every spelling: `_` and `-` are one there, and so are upper and lower case.
    ///
    /// [`Airlock::header_names`]: crate::Airlock::header_names
    pub headers: &'a [(&'a str, &'a str)],
    /// Where the request comes from, with or without a port. Only what the host has from the connection itself, or from
    /// a proxy that it trusts.
    pub peer: Option<&'a str>,
    /// Who the client is, by certificate: `uri:…` and `dns:…` for its names, `sha256:…` for its digest. Only what the
    /// host has *verified*.
    pub identities: &'a [&'a str],
}

/// What a request was let in as: whose batches it brings, and what becomes of its headers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Admission {
    pub(crate) tenant: Option<Tenant>,
    pub(crate) set_headers: Vec<(String, String)>,
    pub(crate) remove_headers: Vec<String>,
}

impl Admission {
    /// An admission in its parts, as another engine has given it.
    pub fn new(tenant: Option<Tenant>, set_headers: Vec<(String, String)>, remove_headers: Vec<String>) -> Self {
        Self { tenant, set_headers, remove_headers }
    }

    /// For hosts without tenants.
    pub const fn none() -> Self {
        Self { tenant: None, set_headers: Vec::new(), remove_headers: Vec::new() }
    }

    /// For hosts that know the tenant by themselves; nothing where the text is no tenant.
    pub fn of(tenant: &str) -> Option<Self> {
        Some(Self { tenant: Some(Tenant::parse(tenant)?), ..Self::none() })
    }

    /// Whose batches the request brings, if that is known.
    pub fn tenant(&self) -> Option<&str> {
        self.tenant.as_ref().map(Tenant::as_str)
    }

    /// Names and values that the request gets, after those to remove are gone.
    pub fn set_headers(&self) -> &[(String, String)] {
        &self.set_headers
    }

    /// Names that the request loses, in lower case, first of all.
    pub fn remove_headers(&self) -> &[String] {
        &self.remove_headers
    }
}

/// Why a request was not let in. Nothing that it brings may be forwarded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdmissionError {
    kind: AdmissionErrorKind,
    place: String,
    reason: &'static str,
}

/// The class of a refusal, for a host that must choose a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AdmissionErrorKind {
    /// The request says two things.
    Ambiguous,
    /// What should tell the tenant does not.
    Malformed,
    /// Nothing tells the tenant.
    Missing,
    /// The key or the tenant is in no table.
    Unknown,
}

impl AdmissionErrorKind {
    /// The name of the kind, as every binding spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ambiguous => "ambiguous",
            Self::Malformed => "malformed",
            Self::Missing => "missing",
            Self::Unknown => "unknown",
        }
    }
}

impl AdmissionError {
    #[cold]
    pub(crate) fn new(kind: AdmissionErrorKind, place: String, reason: &'static str) -> Self {
        Self { kind, place, reason }
    }

    /// The class of the refusal.
    pub fn kind(&self) -> AdmissionErrorKind {
        self.kind
    }

    /// The place in the policy that was not satisfied: `tenant.sources[0].header`.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What is wrong.
    pub fn reason(&self) -> &'static str {
        self.reason
    }
}

impl fmt::Display for AdmissionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}: {}", self.kind.name(), self.place, self.reason)
    }
}

impl core::error::Error for AdmissionError {}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scenario: every kind of text that is no tenant, and the shortest and longest that are.
    /// Guarantees: nothing outside the grammar becomes a tenant.
    #[test]
    fn a_tenant_is_of_one_grammar() {
        let longest = "a".repeat(63);
        for tenant in ["a", "0", "acme", "Acme-2_eu", longest.as_str()] {
            assert_eq!(Admission::of(tenant).unwrap().tenant(), Some(tenant));
        }
        let too_long = "a".repeat(64);
        for text in ["", "-a", "_a", "a.b", "a|b", "a/b", "a b", " a", "a\n", "é", "a\0", too_long.as_str()] {
            assert_eq!(Admission::of(text), None, "{text:?}");
        }
        assert_eq!(Admission::none().tenant(), None);
    }
}
