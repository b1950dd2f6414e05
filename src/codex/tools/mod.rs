//! Tool names and exit codes, by dialect.
//!
//! Must not know where a name or an output stood. Keeps I8: every function takes any bytes.

mod exit_code;
mod mcp;

pub use exit_code::exit_code;
pub use mcp::{Mcp, mcp};

/// The names that the shell tool has had; normalisation calls it `shell`. The name depends on the version and on the
/// model, and a decision's may differ from its result's (0.45).
pub static SHELL_TOOLS: &[&str] = &["local_shell", "shell", "shell_command", "exec_command"];
