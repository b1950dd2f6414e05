//! Sensitive spans in text.
//!
//! [`Detectors::scan`] takes text and gives [`Finding`]s. It runs one sweep (`engine`), which finds places worth a closer
//! look; tables derived from the rules let most of them go. What there is to find is the list in `registry`: rows of
//! tokens by vendor (`tokens`), values of secret names (`names`), identifiers of people (`personal`, with the check digits
//! of `check`), and files with a `look` of their own (`jwt`, `pem`, `url`, `encoded`). Shared ground: `text` (byte
//! classes, word starts), `endings` (lists of words by how they end), `marker` (what we and Codex write), `typeset` (signs
//! that no keyboard has). A policy's own
//! detectors (`custom`, with `near` and `validator`) look after these.
//!
//! Must not know protobuf, policies, or what happens to a finding. Keeps I5 (every look is linear over the whole text:
//! runs are disjoint or their ends remembered), I7 (its own markers are never found again) and I8.

mod check;
mod custom;
mod encoded;
mod endings;
mod engine;
mod jwt;
mod marker;
mod named;
mod names;
mod near;
mod pem;
mod personal;
mod registry;
mod text;
mod tokens;
mod typeset;
mod url;
mod validator;

#[cfg(test)]
mod example_tests;
#[cfg(test)]
mod hostile_tests;

pub use custom::{Custom, Expression, LONGEST_MATCH, Literal, Pattern, UNSEARCHED};
pub use engine::Detectors;
pub use near::Word;
pub use registry::{DETECTORS, Detector, DetectorId, Example, Group, by_id};
pub use validator::{LIST as VALIDATORS, Validator};

/// A span of text that must not leave: byte offsets into the scanned text, on character boundaries, start < end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Who found it.
    pub detector: DetectorId,
}
