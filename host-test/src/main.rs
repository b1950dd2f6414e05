//! The `airlock` command: everything is in the library, so that it can be tested and documented.
//!
//! Must not know anything but where to start.

use std::process::ExitCode;

fn main() -> ExitCode {
    airlock_host::cli::main()
}
