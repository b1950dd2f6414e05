//! One question to every engine: what becomes of this batch?
//!
//! Must not know WebAssembly or the command line. Keeps I4 (both engines answer in the same words) and I1: an error
//! holds where and why, never what stood in the batch.

use std::fmt;

use airlock::{Admission, AdmissionErrorKind, BatchErrorKind, Context, Encoding, Part, Verdict};

/// Processes batches by one policy. An engine may be shared by threads.
pub trait Engine: Send + Sync {
    /// Runs one stage, or all of them, over a batch.
    fn run(
        &self,
        stage: Stage,
        batch: &[u8],
        encoding: Encoding,
        admission: &Admission,
    ) -> Result<HostOutcome, HostError>;

    /// Decides about a request before its body is read.
    fn admit(&self, context: &Context<'_>) -> Result<Admission, HostError>;

    /// Splits a batch by whose its resources are; each part is then processed with its own admission.
    fn split(&self, batch: &[u8], encoding: Encoding, admission: &Admission) -> Result<Vec<Part>, HostError>;

    /// The headers that [`Engine::admit`] reads, sets or removes, in lower case and with `-`. A context needs no others.
    fn header_names(&self) -> &[String];

    /// Whether a tenant may stand in the body alone, where any client can set it.
    fn needs_body(&self) -> bool;

    /// Lower-case hexadecimal SHA-256 of the policy's RFC 8785 form.
    fn policy_hash(&self) -> &str;

    /// The whole job in one pass. The result is safe to forward.
    fn process(&self, batch: &[u8], encoding: Encoding, admission: &Admission) -> Result<HostOutcome, HostError> {
        self.run(Stage::Process, batch, encoding, admission)
    }
}

/// Which part of the job to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Puts the tenant on every resource, and takes away what only the policy may say. Not safe to forward: nothing is
    /// masked.
    InjectTenant,
    /// Folds every Codex dialect into one schema. Not safe to forward: nothing is masked.
    Normalise,
    /// The whole job: normalise, put the tenant in, redact.
    Process,
    /// Masks what must not leave, in the names that the batch came with. Not safe to forward where there are tenants.
    Redact,
}

/// What became of a batch.
#[derive(Clone, PartialEq, Eq)]
pub struct HostOutcome {
    /// What became of it.
    pub verdict: Verdict,
    /// The bytes to forward when rewritten; empty otherwise.
    pub batch: Vec<u8>,
    /// Counts as a JSON object, never a value of the batch.
    pub report: String,
}

impl HostOutcome {
    /// Whether nothing was redacted: the policy is tried out.
    pub fn is_shadow(&self) -> bool {
        // The report's last member, where it is there.
        self.report.ends_with(r#","shadow":true}"#)
    }

    /// The bytes to forward: the rewritten ones, the input itself, or none.
    pub fn bytes<'a>(&'a self, input: &'a [u8]) -> &'a [u8] {
        match self.verdict {
            Verdict::Dropped => &[],
            Verdict::Rewritten => &self.batch,
            Verdict::Unchanged => input,
        }
    }
}

impl fmt::Debug for HostOutcome {
    /// Without the batch: what is printed while debugging ends in logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HostOutcome({:?}, {} bytes, {})", self.verdict, self.batch.len(), self.report)
    }
}

/// Why there is no outcome. Nothing of the batch may be forwarded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostError {
    /// The component cannot be used at all: what is wrong with it, and what to do.
    Component(String),
    /// The policy was not accepted.
    Policy {
        /// Where in the document; empty for the whole.
        path: String,
        /// What is wrong there, and what was expected.
        message: String,
    },
    /// The request was not let in.
    NotAdmitted {
        /// The class of the refusal.
        kind: AdmissionErrorKind,
        /// The place in the policy that was not satisfied.
        place: String,
        /// What is wrong.
        reason: String,
    },
    /// The batch was refused.
    Refused {
        /// The class of the refusal.
        kind: BatchErrorKind,
        /// The byte at which it was decided, from 0.
        offset: u64,
        /// What is wrong.
        reason: String,
    },
    /// The component was stopped. Its instance is gone; the next batch gets another.
    Stopped(Stop),
}

/// Why the component was stopped. Says nothing of the batch: a trap's own words could.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It ran past the deadline.
    Deadline,
    /// It asked for more memory than it is given.
    Memory,
    /// It trapped.
    Trap,
}

impl Stop {
    fn words(self) -> &'static str {
        match self {
            Self::Deadline => "it ran past the deadline of the host",
            Self::Memory => "it asked for more memory than the host gives",
            Self::Trap => "it trapped",
        }
    }
}

impl fmt::Display for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Component(what) => f.write_str(what),
            Self::Policy { path, message } if path.is_empty() => f.write_str(message),
            Self::Policy { path, message } => write!(f, "{path}: {message}"),
            Self::NotAdmitted { kind, place, reason } => write!(f, "{} at {place}: {reason}", kind.name()),
            Self::Refused { kind, offset, reason } => write!(f, "{} at byte {offset}: {reason}", kind.name()),
            Self::Stopped(stop) => write!(f, "the component was stopped: {}", stop.words()),
        }
    }
}

impl std::error::Error for HostError {}

impl From<airlock::PolicyError> for HostError {
    fn from(error: airlock::PolicyError) -> Self {
        Self::Policy { path: error.path().into(), message: error.message().into() }
    }
}

impl From<airlock::AdmissionError> for HostError {
    fn from(error: airlock::AdmissionError) -> Self {
        Self::NotAdmitted { kind: error.kind(), place: error.place().into(), reason: error.reason().into() }
    }
}

impl From<airlock::BatchError> for HostError {
    fn from(error: airlock::BatchError) -> Self {
        Self::Refused { kind: error.kind(), offset: error.offset() as u64, reason: error.reason().into() }
    }
}
