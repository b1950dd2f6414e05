//! `airlock check`: is a policy valid, and what does it do?
//!
//! Must not know what a policy may say: the core reads it, and the core explains it.

use std::io::Write;
use std::path::Path;

use airlock::{Airlock, Keys};
use anstyle::{AnsiColor, Style};

use crate::cli::failure::Failure;
use crate::cli::policy;
use crate::cli::screen::visible;

/// How the core marks what deserves a second look.
const WARNING: &str = "warning: ";

const YELLOW: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow)));

pub(super) fn check(path: &Path) -> Result<(), Failure> {
    let document = policy::read(path)?;
    let airlock = Airlock::open(&document, &Keys::new()).map_err(|error| policy::wrong(path, &error.to_string()))?;
    let mut out = anstream::stdout().lock();
    writeln!(out, "{} is valid", visible(&path.display().to_string()))?;
    writeln!(out, "policy sha256:{}\n", airlock.policy_hash())?;
    for line in airlock.explain() {
        match line.strip_prefix(WARNING) {
            Some(rest) => writeln!(out, "{YELLOW}{WARNING}{YELLOW:#}{}", visible(rest))?,
            None => writeln!(out, "{}", visible(line))?,
        }
    }
    Ok(out.flush()?)
}
