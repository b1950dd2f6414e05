//! Whose a resource is, where nothing before the body says it.
//!
//! Must not know requests. Keeps I2: an attribute that stands twice with two values, that is no text, or that is no
//! tenant, is refused with the batch. What any client can set is no proof; that the policy says `unverified` is.

use crate::admission::Tenant;
use crate::codex::fold_byte;
use crate::error::BatchError;
use crate::otlp::{Content, Slot, Value};
use crate::policy::{Otherwise, Tenancy};

/// Whose something is, if it is anybody's.
pub(crate) type Answer = Option<Tenant>;

/// Whose a resource with these attributes is, by the attribute `name`.
pub(crate) fn find(tenancy: &Tenancy, name: &str, slots: &[Slot<'_>], at: usize) -> Result<Answer, BatchError> {
    let mut found: Answer = None;
    for slot in slots {
        let Content::Attribute(attribute) = &slot.content else { continue };
        if !is_named(attribute.key, name) {
            continue;
        }
        let refused = |reason| BatchError::refused(slot.span().start as usize, reason);
        let text = match attribute.value {
            Value::String(text) => core::str::from_utf8(text).ok(),
            _ => None,
        };
        let tenant = text.and_then(Tenant::parse).ok_or(refused(
            "the resource's tenant is none: one letter or digit, then at most 62 more, - or _ among them",
        ))?;
        if found.as_ref().is_some_and(|known| *known != tenant) {
            return Err(refused("a resource of two tenants"));
        }
        found = Some(tenant);
    }
    if found.is_some() { Ok(found) } else { otherwise(tenancy, at) }
}

/// Whether `key` is `name`, in whatever spelling.
pub(crate) fn is_named(key: &[u8], name: &str) -> bool {
    key.len() == name.len() && key.iter().zip(name.as_bytes()).all(|(one, other)| fold_byte(*one) == fold_byte(*other))
}

/// Whose a batch is that nobody says anything about.
pub(crate) fn otherwise(tenancy: &Tenancy, at: usize) -> Result<Answer, BatchError> {
    match &tenancy.otherwise {
        Otherwise::Default(tenant) => Ok(Some(tenant.clone())),
        Otherwise::Nobody => Ok(None),
        Otherwise::Refuse => Err(BatchError::refused(at, "the policy requires a tenant, and there is none")),
    }
}
