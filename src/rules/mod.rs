//! The rules: one room per verb.
//!
//! ```text
//! normalise   folds the dialects of Codex into one schema
//! tenant      finds out whose a batch is, and takes away what a client says about it
//! redact      decides what of a value may leave, and writes what stands in its place
//! ```
//!
//! A rule sees a place and a borrowed value and gives back what shall stand there; it never sees the buffer. Must not
//! know hosts. Keeps I6 (no state but scratch memory that holds nothing between two values) and I7.

pub(crate) mod normalise;
pub(crate) mod redact;
pub(crate) mod tenant;
