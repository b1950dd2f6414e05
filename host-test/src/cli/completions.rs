//! `airlock completions`: from the same definition as the help.
//!
//! Must not know the commands one by one.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::Arguments;
use crate::cli::failure::Failure;

pub(super) fn print(shell: Shell) -> Result<(), Failure> {
    // Into memory first: the generator panics where a pipe is closed.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "airlock", &mut script);
    Ok(io::stdout().write_all(&script)?)
}
