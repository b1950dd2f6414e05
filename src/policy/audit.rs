//! What is written on a record about what was done to it, where the policy asks for that.
//!
//! Must not know how anything is done. Keeps I1: counts of actions, under names of our own, and no value; a name of these
//! with anything but a count under it is taken for forged and goes.

use super::actions::{Base, Treatment};

/// Something that is counted on a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    /// Of a text only the beginning or the ends stay.
    Cut,
    /// An attribute is gone.
    Dropped,
    /// A detector has found something inside a text.
    Found,
    /// A mark stands in place of a value.
    Masked,
    /// A pseudonym stands in place of a value.
    Pseudonymised,
}

/// The names of the counts, in the order of [`Done`].
pub(crate) const AUDIT_NAMES: [&str; 5] =
    ["airlock.cut", "airlock.dropped", "airlock.found", "airlock.masked", "airlock.pseudonymised"];

/// What a treatment has done where it changed a value. One that only takes out what is found is counted as findings.
pub(crate) fn done_by(treatment: &Treatment) -> Option<Done> {
    match (&treatment.base, treatment.cut) {
        (Base::Drop, _) => Some(Done::Dropped),
        (Base::Hmac(_), _) => Some(Done::Pseudonymised),
        (Base::Length | Base::Mask(_) | Base::Word, _) => Some(Done::Masked),
        (Base::Keep | Base::KeepUnscanned | Base::Scan, Some(_)) => Some(Done::Cut),
        (Base::Keep | Base::KeepUnscanned | Base::Scan, None) => None,
    }
}
