//! `airlock schema`: what a policy may say, for editors.
//!
//! Must not know what a policy may say: the schema is a kept file, and tests hold it against the core's reader, in both
//! directions.

use std::io::{self, Write};

use crate::POLICY_SCHEMA;
use crate::cli::failure::Failure;

pub(super) fn print() -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(POLICY_SCHEMA.as_bytes())?;
    Ok(out.flush()?)
}
