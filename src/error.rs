//! Why a batch was refused, and why a policy was not accepted.
//!
//! Must not know telemetry. Keeps I1: an error says where and why, in words fixed at compile time or taken from the
//! policy's own vocabulary, and never quotes what stood in the batch.

use alloc::string::{String, ToString};
use core::fmt;

/// Why a batch was refused. Nothing of a refused batch may be forwarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchError {
    kind: BatchErrorKind,
    offset: usize,
    reason: &'static str,
}

/// The class of a refusal, for a host that must choose a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BatchErrorKind {
    /// Two receivers could read the same bytes differently.
    Ambiguous,
    /// A size, depth or count limit was passed.
    LimitExceeded,
    /// The bytes do not follow the encoding.
    Malformed,
    /// The policy says to refuse what was met.
    RefusedByPolicy,
    /// The encoding, or a part of it, is not read here.
    Unsupported,
}

impl BatchError {
    #[cold]
    pub(crate) fn new(kind: BatchErrorKind, offset: usize, reason: &'static str) -> Self {
        Self { kind, offset, reason }
    }

    #[cold]
    pub(crate) fn malformed(offset: usize, reason: &'static str) -> Self {
        Self::new(BatchErrorKind::Malformed, offset, reason)
    }

    #[cold]
    pub(crate) fn ambiguous(offset: usize, reason: &'static str) -> Self {
        Self::new(BatchErrorKind::Ambiguous, offset, reason)
    }

    #[cold]
    pub(crate) fn limit(offset: usize, reason: &'static str) -> Self {
        Self::new(BatchErrorKind::LimitExceeded, offset, reason)
    }

    #[cold]
    pub(crate) fn unsupported(offset: usize, reason: &'static str) -> Self {
        Self::new(BatchErrorKind::Unsupported, offset, reason)
    }

    #[cold]
    pub(crate) fn refused(offset: usize, reason: &'static str) -> Self {
        Self::new(BatchErrorKind::RefusedByPolicy, offset, reason)
    }

    /// The same refusal at another offset.
    #[cold]
    pub(crate) fn moved_to(self, offset: usize) -> Self {
        Self { offset, ..self }
    }

    /// The class of the refusal.
    pub fn kind(&self) -> BatchErrorKind {
        self.kind
    }

    /// The byte of the batch at which it was decided, from 0.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// What is wrong, without the offset.
    pub fn reason(&self) -> &'static str {
        self.reason
    }
}

impl BatchErrorKind {
    /// The name of the kind, as every binding and report spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ambiguous => "ambiguous",
            Self::LimitExceeded => "limit-exceeded",
            Self::Malformed => "malformed",
            Self::RefusedByPolicy => "refused-by-policy",
            Self::Unsupported => "unsupported",
        }
    }
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}: {}", self.kind.name(), self.offset, self.reason)
    }
}

impl core::error::Error for BatchError {}

/// Why a policy was not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    path: String,
    message: String,
}

impl PolicyError {
    #[cold]
    pub(crate) fn new(path: impl ToString, message: impl ToString) -> Self {
        Self { path: path.to_string(), message: message.to_string() }
    }

    /// Where in the document: member names joined by dots, `[n]` for an array's element; empty for the whole.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong there, and what was expected.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() { f.write_str(&self.message) } else { write!(f, "{}: {}", self.path, self.message) }
    }
}

impl core::error::Error for PolicyError {}
