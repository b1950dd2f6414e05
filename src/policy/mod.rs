//! The policy: the document that people write, read into types that cannot be wrong.
//!
//! ```text
//! text ─▶ node        JSON with nothing left to interpretation: no name twice, whole numbers, bounded depth
//!         sections, catalogue ─▶ document      the typed policy, with every default in its place
//!           actions   what may happen to a value         target     which value
//!           tenant    whose the batches are, and what a client may not say
//!           words     how an error suggests and quotes   path       how it says where
//!           keyring   what pseudonyms are made with        records    which records stay out as a whole
//!         canonical   the document's hash                strictness which of two actions lets less out
//!                     explain       what a policy does, in sentences
//! ```
//!
//! Must not know telemetry's bytes: the detectors are known by their ids and the catalogue by its names. Keeps I1 (what
//! is not understood is an error, and errors quote no values) and I8 (size and depth are bounded before anything is
//! built).

pub(crate) mod actions;
mod audit;
mod canonical;
mod catalogue;
mod check;
mod compile;
mod custom;
mod definition;
pub(crate) mod document;
mod explain;
mod keyring;
mod names;
mod node;
mod path;
mod plan;
mod records;
mod sections;
mod selection;
mod strictness;
pub(crate) mod target;
pub(crate) mod tenant;
mod words;

pub use actions::{Base, Cut, FindingAction, Hmac, Treatment};
pub(crate) use audit::{AUDIT_NAMES, Done};
pub(crate) use compile::{compile, kind_of};
pub use document::{
    AttributeType, Catalogue, CustomRule, Detect, Normalise, Policy, Redact, Semconv, Unknown, UnknownAction,
    UnknownFields, ValueType,
};
pub(crate) use explain::explain;
pub(crate) use keyring::{Keyring, is_id};
pub(crate) use plan::{FindingMark, NO_EVENT, NameId, Plan, Role, Rule, UNKNOWN_EVENT, UNNAMED};
pub use records::{RecordAction, RecordRule};
pub(crate) use selection::Selection;
pub use strictness::{strictest, strictest_of};
pub use target::Target;
pub use tenant::{
    Digests, Forged, HeaderPattern, HeaderValue, Networks, Otherwise, Pattern, Reserved, Source, Tenancy,
};
