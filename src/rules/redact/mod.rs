//! What of a value may leave.
//!
//! ```text
//! value ─▶ treat ─▶ text ─▶ scan     what the detectors find in plain text
//!            │        └──▶ json     the same inside JSON held in a string, name by name
//!            ├─▶ pseudonym         the same for the same value
//!            └─▶ inside             maps and arrays, edited where they lie
//! ```
//!
//! Must not know wires other than through the edit list. Keeps I1: a value is kept only when a rule says so, and every
//! path through here ends in the value, a mark, or nothing. Keeps I7: what was changed is looked at again until nothing
//! more is found.

mod inside;
mod json;
mod marker;
mod memo;
mod name;
mod path;
mod pseudonym;
mod scan;
mod text;
mod treat;

pub(crate) use inside::{count_unknown_fields, edit_attribute, edit_value, unknown_field};
pub(crate) use marker::{is_left, put_decimal};
use memo::Memo;
pub(crate) use name::{is_plain_key, treat_name};
pub(crate) use pseudonym::{Pseudonyms, compute};
pub(crate) use treat::{Treated, treat, treat_numbered};

use alloc::vec::Vec;

use crate::bytes::equal;
use crate::detect::Finding;
use crate::error::BatchError;
use crate::otlp::Group;
use crate::outcome::Report;
use crate::policy::{Plan, Rule, UnknownFields};
use crate::wire::Span;

/// Whether `text` is what a rule, or any, leaves in place of a whole value.
pub(crate) fn is_mark(rule: &Rule, text: &[u8]) -> bool {
    equal(text, &rule.mask) || is_left(text)
}

/// What redaction of one value works with.
pub(crate) struct Context<'w, 'p> {
    pub(crate) plan: &'p Plan,
    pub(crate) report: &'w mut Report,
    pub(crate) scratch: &'w mut Scratch,
    /// Where names inside a value are looked up.
    pub(crate) group: Group,
    pub(crate) row: usize,
}

/// Memory that is reused from value to value.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) findings: Vec<Finding>,
    pub(crate) memo: Memo,
    pub(crate) pseudonyms: Pseudonyms,
    /// The text that stands in place of the value treated last.
    pub(crate) text: Vec<u8>,
}

/// Refuses the batch for a field that no schema names, if the policy says so.
fn refuse_unknown_field(plan: &Plan, span: Span) -> Result<(), BatchError> {
    match plan.unknown.fields {
        UnknownFields::Drop => Ok(()),
        UnknownFields::Refuse => Err(BatchError::refused(span.start as usize, "a field that no schema names")),
    }
}
