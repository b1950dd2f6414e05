//! The section `tenant`: who may be whose, and what nobody but the policy may say about it.
//!
//! ```text
//! read, check
//!   └▶ Tenancy ────┬─ pattern    the one segment of a name that is the tenant
//!                  ├─ network    addresses by prefix
//!                  ├─ digests    tables of keys, of which the policy has only SHA-256
//!                  └─ reserved   names that a client may not set
//! ```
//!
//! Must not know requests or batches. Keeps I1: what stands under keys and digests is in no error, no sentence and no
//! debug print. Keeps I2: a tenancy is one that every request has an answer under.

mod check;
mod digests;
mod explain;
mod network;
mod pattern;
mod read;
mod reserved;

pub(super) use check::check_against;
pub use digests::Digests;
pub(super) use explain::explain;
pub use network::Networks;
pub use pattern::{HeaderPattern, Pattern};
pub(super) use read::read;
pub use reserved::Reserved;

use alloc::string::String;
use alloc::vec::Vec;

use crate::admission::Tenant;

/// Whose batches come, and what a client may not say about that.
#[derive(Clone, Debug, PartialEq)]
pub struct Tenancy {
    /// The resource attribute that holds the tenant.
    pub attribute: String,
    /// The headers that the request gets.
    pub headers: Vec<(String, HeaderValue)>,
    /// What holds where no source tells a tenant.
    pub otherwise: Otherwise,
    /// Names that a client may not set: the tenant's attribute and what the policy lists.
    pub reserved: Reserved,
    /// What happens to a batch that sets one.
    pub forged: Forged,
    /// What tells the tenant; the first that does, does.
    pub sources: Vec<Source>,
}

/// What a header says of a tenant.
#[derive(Clone, Debug, PartialEq)]
pub enum HeaderValue {
    /// The tenant, with text around it.
    Pattern(HeaderPattern),
    /// A text for each tenant.
    Table(Vec<(Tenant, String)>),
}

/// What holds where no source tells a tenant.
#[derive(Clone, Debug, PartialEq)]
pub enum Otherwise {
    /// The batch is this tenant's.
    Default(Tenant),
    /// The batch is nobody's, and may leave as such.
    Nobody,
    /// The batch is refused.
    Refuse,
}

/// What happens to a batch that sets a reserved name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Forged {
    /// It is refused.
    Refuse,
    /// It loses the attribute.
    #[default]
    Strip,
}

/// What tells a tenant.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// A verified certificate, by its digest.
    Certificate(Digests),
    /// A header that holds a key.
    HeaderKey(String, Digests),
    /// A header that names the tenant.
    HeaderName(String, Pattern),
    /// A name of a verified certificate.
    Identity(Pattern),
    /// The address of the client.
    Peer(Networks),
    /// A resource attribute, which any client can set.
    Resource(String),
    /// Every request is this tenant's.
    Static(Tenant),
}

impl Source {
    /// The header that it reads, if it reads one.
    pub(crate) fn header(&self) -> Option<&str> {
        match self {
            Self::HeaderKey(name, _) | Self::HeaderName(name, _) => Some(name),
            _ => None,
        }
    }

    /// The member of the policy's document.
    pub(crate) fn member(&self) -> &'static str {
        match self {
            Self::Certificate(_) | Self::Identity(_) => "identity",
            Self::HeaderKey(..) | Self::HeaderName(..) => "header",
            Self::Peer(_) => "peer",
            Self::Resource(_) => "resource",
            Self::Static(_) => "static",
        }
    }
}

impl Tenancy {
    /// The resource attribute out of which the tenant is read where nothing verified tells it.
    pub fn unverified(&self) -> Option<&str> {
        self.sources.iter().find_map(|source| match source {
            Source::Resource(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Whether there is a source of that name in the document.
    pub(crate) fn has_source(&self, member: &str) -> bool {
        self.sources.iter().any(|source| source.member() == member)
    }

    /// The headers that are read or set, as the policy spells them.
    pub(crate) fn header_names(&self) -> impl Iterator<Item = &str> {
        let set = self.headers.iter().map(|(name, _)| name.as_str());
        self.sources.iter().filter_map(Source::header).chain(set)
    }
}
