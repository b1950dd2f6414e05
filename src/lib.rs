//! The last door that coding-agent telemetry passes before it leaves the building.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod bytes;
pub mod codex;
pub mod detect;
mod engine;
mod error;
mod json;
pub mod limits;
mod otlp;
mod outcome;
pub mod policy;
mod rules;
mod wire;

pub use engine::{Airlock, Encoding, Worker};
pub use error::{BatchError, BatchErrorKind, PolicyError};
pub use outcome::{Outcome, Report, Verdict};
