//! The transport rules that every host shares: what a request must look like before its body is a batch.
//!
//! ```text
//! head ──Routes::read──▶ Request ──▶ body ──Opener::open──▶ batch ──▶ (the core) ──▶ batch ──seal──▶ body
//!   └──▶ Other, Refusal              └──▶ Refusal ──Refusal::body──▶ google.rpc.Status in the client's encoding
//! ```
//!
//! Must not know telemetry, policies or any host: it has no dependency on the core. Keeps I2: a head or a body that is
//! not understood is refused, and two readings of one are one refusal. Keeps I5: what is inflated is bounded while it is
//! inflated. Keeps I1: the words of a refusal were fixed beforehand and quote nothing. Keeps I8 by the lints of its
//! manifest.

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod body;
mod gzip;
mod head;
mod headers;
mod refusal;

pub use body::{Opener, frame_prefix};
pub use head::{Carried, Coding, Other, Protocol, Request, Routes};
pub use headers::{folded, is_forwarded};
pub use refusal::{Class, Refusal};
