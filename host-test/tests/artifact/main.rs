//! Tests on the built artifacts: the component as it is shipped, and the binary that embeds it.
//!
//! One test binary, for linking the runtime takes longer than running all of this. Must not link an adapter: what is
//! tested is the file.

mod artifact;
mod cases;
mod cli;
mod containment;
mod engines;
mod fuzz_replay;
mod hostile;
mod keys;
mod looking;
mod policies;
mod scanning;
mod support;
mod tenants;
mod tools;
