//! What is wrong with a tenancy only as a whole.
//!
//! Must not know requests. Keeps I2: a source that is never asked, an answer that cannot be given and a name that two
//! stages would fight over are errors when the policy is opened and not surprises later.

use alloc::format;
use alloc::vec::Vec;

use super::{HeaderValue, Otherwise, Source, Tenancy};
use crate::admission::Tenant;
use crate::codex::{CANONICAL_NAMES, DERIVED, RESOURCE_CANONICAL_NAMES, Shape};
use crate::error::PolicyError;
use crate::policy::document::Policy;
use crate::policy::path::Path;
use crate::policy::target::{Target, fold};

/// What no single member of the section shows.
pub(super) fn check(tenancy: &Tenancy, path: &Path<'_>) -> Result<(), PolicyError> {
    for (name, member) in [(Some(tenancy.attribute.as_str()), "attribute"), (tenancy.unverified(), "sources")] {
        if name.is_some_and(|name| normalised().any(|known| fold(known) == fold(name))) {
            let message = "normalisation reads or writes an attribute of this name; choose another";
            return Err(PolicyError::new(path.member(member), message));
        }
    }
    if let Some(known) = normalised().find(|known| tenancy.reserved.has(known.as_bytes())) {
        let message = format!(
            "{known} is among them, which Codex sends or normalisation writes; to take that out, drop it under redact.attributes"
        );
        return Err(PolicyError::new(path.member("reserved"), message));
    }
    let sources = path.member("sources");
    let mut ends: Option<&Source> = None;
    for (index, source) in tenancy.sources.iter().enumerate() {
        let at = sources.index(index);
        match (ends, source) {
            (Some(Source::Static(_)), _) => {
                return Err(PolicyError::new(at, "the static source before it answers every request; put it last"));
            }
            (Some(_), _) => {
                let message = "the resource attribute before it is in the body, which comes last; put that last";
                return Err(PolicyError::new(at, message));
            }
            (None, Source::Static(_) | Source::Resource(_)) => ends = Some(source),
            _ => {}
        }
    }
    let is_source = |name: &str| fold(name) != fold(&tenancy.attribute) && tenancy.reserved.has(name.as_bytes());
    if tenancy.unverified().is_some_and(is_source) {
        let message = "the tenant is read out of a reserved attribute, which is stripped; choose another";
        return Err(PolicyError::new(sources, message));
    }
    check_tables(tenancy, path)
}

/// What the other sections say of the tenant's attributes; `shape_of` is what the catalogue says of a name.
pub(in crate::policy) fn check_against(policy: &Policy, shape_of: impl Fn(&str) -> Shape) -> Result<(), PolicyError> {
    let Some(tenancy) = &policy.tenant else { return Ok(()) };
    let names = || [Some(tenancy.attribute.as_str()), tenancy.unverified()].into_iter().flatten();
    if names().any(|name| matches!(shape_of(name), Shape::Bool | Shape::Double | Shape::Int)) {
        let message =
            "the tenant is in an attribute that the catalogue says to be a number or a switch; choose another";
        return Err(PolicyError::new("tenant", message));
    }
    let redact = &policy.redact;
    let maps = [("redact.resource", &redact.resource), ("redact.attributes", &redact.attributes)];
    for (path, rules) in maps {
        let is_tenant = |target: &&Target| names().any(|name| fold(name) == fold(&target.name));
        if let Some(target) = rules.iter().map(|(target, _)| target).find(is_tenant) {
            let message = "the tenant is in this attribute and leaves as it is; leave the rule out";
            return Err(PolicyError::new(format!("{path}[\"{}\"]", target.name), message));
        }
    }
    Ok(())
}

/// Every tenant that the policy itself names needs its row.
fn check_tables(tenancy: &Tenancy, path: &Path<'_>) -> Result<(), PolicyError> {
    let default = match &tenancy.otherwise {
        Otherwise::Default(tenant) => Some(tenant),
        Otherwise::Nobody | Otherwise::Refuse => None,
    };
    let of_sources = tenancy.sources.iter().flat_map(|source| -> Vec<&Tenant> {
        match source {
            Source::Certificate(digests) | Source::HeaderKey(_, digests) => digests.tenants().collect(),
            Source::Peer(networks) => networks.tenants().collect(),
            Source::Static(tenant) => Vec::from([tenant]),
            Source::HeaderName(..) | Source::Identity(_) | Source::Resource(_) => Vec::new(),
        }
    });
    let named: Vec<&Tenant> = of_sources.chain(default).collect();
    let headers = path.member("headers");
    for (name, value) in &tenancy.headers {
        let HeaderValue::Table(rows) = value else { continue };
        if named.iter().any(|tenant| rows.iter().all(|(known, _)| known != *tenant)) {
            let message =
                "a tenant that the policy names elsewhere has no row here; every request of its would be refused";
            return Err(PolicyError::new(headers.member(name), message));
        }
    }
    Ok(())
}

/// Names that normalisation reads or writes: what became of a batch must not depend on which stage came first.
fn normalised() -> impl Iterator<Item = &'static str> {
    let copies = CANONICAL_NAMES.iter().chain(RESOURCE_CANONICAL_NAMES).flat_map(|pair| [pair.source, pair.name]);
    let derived = DERIVED.iter().flat_map(|(name, sources)| core::iter::once(name).chain(*sources)).copied();
    copies.chain(derived).chain(READ.iter().copied())
}

/// What normalisation reads or writes besides.
const READ: &[&str] = &[
    "app.version",
    "auth.mode",
    "auth_mode",
    "codex.tool.exit_code",
    "error.message",
    "error.type",
    "event.name",
    "event.timestamp",
    "http.response.status_code",
    "output",
    "source",
    "success",
];
