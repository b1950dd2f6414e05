//! The last door that coding-agent telemetry passes before it leaves the building.
//!
//! [`Airlock::open`] compiles a policy, [`Airlock::worker`] gives working memory for one thread, and
//! [`Worker::process`] takes one OTLP log batch as bytes and gives the bytes that may leave:
//!
//! ```
//! use airlock::{Admission, Airlock, Encoding, Keys, Verdict};
//!
//! let policy = Airlock::open(r#"{"redact": {"attributes": {"prompt": "length"}}}"#, &Keys::new())?;
//! let mut worker = policy.worker();
//! let outcome = worker.process(&[], Encoding::Protobuf, &Admission::none())?;
//! assert_eq!(outcome.verdict, Verdict::Unchanged);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ```text
//! bytes ─▶ engine ─▶ otlp walk ─▶ rules ──▶ edits ──▶ splice ─▶ bytes
//!                     places       ├ normalise: one schema for every Codex dialect
//!                     values       ├ tenant: whose it is, and what a client may not say
//!                                  └ redact: what of a value may leave
//! ```
//!
//! | room | what it is |
//! |---|---|
//! | `admission`, `keys` | what a host gives beside the policy and with a batch |
//! | `engine` | the one path of a batch, readable top to bottom |
//! | `wire`, `json` | the encodings; they have never heard of OTLP |
//! | `otlp` | the places of a batch and the walk that yields them |
//! | [`codex`] | what Codex sends, as data |
//! | [`detect`] | sensitive spans in text |
//! | [`policy`] | the document that people write, and the plan that it becomes |
//! | `rules` | what the policy means for one value |
//!
//! Where a policy has tenants, [`Airlock::admit`] decides about a request before its body is read, and gives the
//! [`Admission`] that its batches are processed with.
//!
//! # Untrusted input
//!
//! A batch is hostile until it has been read. It is read strictly: what two receivers could read differently is refused
//! as a whole, with the offset. **After an error, forward nothing.** No input makes the core panic, recurse, or take more
//! than linear time; [`limits`] bounds the rest. Errors and reports hold numbers and names of the policy or the
//! catalogue, never a value. **Policies are trusted**: who writes one decides what leaves.
//!
//! A policy's detectors know formats; they are not a proof that a text holds nothing. **What must not leave is masked by
//! name**, which the default does.
//!
//! The core is `no_std` and has no clock, randomness, environment, file, socket or global state, and no unsafe code.

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod admission;
mod bytes;
pub mod codex;
pub mod detect;
mod engine;
mod error;
mod json;
mod keys;
pub mod limits;
mod otlp;
mod outcome;
pub mod policy;
mod rules;
mod wire;

pub use admission::{Admission, AdmissionError, AdmissionErrorKind, Context, Tenant};
pub use engine::{Airlock, Encoding, Part, Worker};
pub use error::{BatchError, BatchErrorKind, PolicyError};
pub use keys::Keys;
pub use outcome::{Outcome, Report, Verdict};
