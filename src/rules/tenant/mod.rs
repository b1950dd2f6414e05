//! Whose a batch is, and what a client may not say about it.
//!
//! ```text
//! admit    a request, before its body: the tenant, the headers to set, the headers to remove, or a refusal
//! find     a resource, where nothing before the body says whose it is
//! inside   names that a client may not set, inside a value: maps, arrays, and JSON held in strings
//! ```
//!
//! Must not know hosts, nor what of a value may leave. Keeps I2: whatever is not one tenant, plainly, is refused.

mod admit;
mod find;
mod inside;
mod json;

pub(crate) use admit::{admit, header_names, let_in};
pub(crate) use find::{Answer, find, is_named, otherwise};
pub(crate) use inside::{strip_attribute, strip_body};
