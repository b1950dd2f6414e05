//! How a command ends when it does not end well.
//!
//! Must not know the commands. Keeps I1: its words are the host's or the core's, with control characters made visible,
//! so that a hostile file name cannot write on the terminal.

use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};

use crate::cli::screen::visible;
use crate::engine::HostError;

/// Why a command failed; the class is its exit status.
#[derive(Debug)]
pub(super) enum Failure {
    /// 1: a file could not be read or written.
    Io(String),
    /// 2: the command or the policy is wrong.
    Usage(String),
    /// 3: the batch was refused; nothing was written.
    Refused(String),
    /// The answer is no, and has been told on the standard output: 1.
    No,
    /// Whoever read our output has had enough: no failure to tell.
    Satisfied,
}

impl Failure {
    /// A file that could not be read or written.
    pub(super) fn io(doing: &str, path: &Path, error: &io::Error) -> Self {
        Self::Io(format!("cannot {doing} {}: {error}; {}", path.display(), advice(error.kind())))
    }

    /// The same where 1 is an answer, so that no failure may be taken for it.
    pub(super) fn not_an_answer(self) -> Self {
        match self {
            Self::Io(message) | Self::Refused(message) => Self::Usage(message),
            other => other,
        }
    }

    /// Prints it; the result is the exit status.
    pub(super) fn report(self) -> ExitCode {
        let (status, message) = match self {
            Self::Io(message) => (1, message),
            Self::Usage(message) => (2, message),
            Self::Refused(message) => (3, message),
            Self::No => return ExitCode::FAILURE,
            Self::Satisfied => return ExitCode::SUCCESS,
        };
        let style = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
        // Nothing can be told where standard error is closed; the status still says it.
        let _ = writeln!(anstream::stderr(), "{style}error:{style:#} {}", visible(&message));
        ExitCode::from(status)
    }
}

impl From<io::Error> for Failure {
    /// An error of the standard output, the one writer whose errors come here without a path.
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::BrokenPipe => Self::Satisfied,
            _ => Self::Io(format!("cannot write to the standard output: {error}")),
        }
    }
}

impl From<HostError> for Failure {
    fn from(error: HostError) -> Self {
        match error {
            HostError::Component(_) | HostError::Policy { .. } => Self::Usage(error.to_string()),
            HostError::NotAdmitted { .. } => {
                Self::Refused(format!("the request is refused and nothing was written: {error}"))
            }
            HostError::Refused { .. } | HostError::Stopped(_) => {
                Self::Refused(format!("the batch is refused and nothing was written: {error}"))
            }
        }
    }
}

fn advice(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::NotFound => "check the path",
        ErrorKind::PermissionDenied => "check who may use the file and its folder",
        ErrorKind::IsADirectory => "name a file in it",
        ErrorKind::StorageFull => "free some space and run it again",
        _ => "see that the file and its folder can be used, and run it again",
    }
}
