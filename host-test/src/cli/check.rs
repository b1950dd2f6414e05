//! `airlock check`: is a policy valid, and what does it do?
//!
//! Must not know what a policy may say: the core reads it, and the core explains it.

use std::io::Write;
use std::path::Path;

use airlock::policy::Policy;
use airlock::{Airlock, Keys};
use anstyle::{AnsiColor, Style};

use crate::cli::failure::Failure;
use crate::cli::keys::KeyArguments;
use crate::cli::policy;
use crate::cli::screen::visible;

/// How the core marks what deserves a second look.
const WARNING: &str = "warning: ";

const YELLOW: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow)));

pub(super) fn check(path: &Path, keys: &KeyArguments) -> Result<(), Failure> {
    let document = policy::read(path)?;
    let (keys, missing) = with_missing(keys.read()?, &document);
    // A policy that is tried out is no error here; the core warns of it.
    let airlock =
        Airlock::open_allowing_shadow(&document, &keys).map_err(|error| policy::refused(Some(path), error.into()))?;
    let mut out = anstream::stdout().lock();
    writeln!(out, "{} is valid", visible(&path.display().to_string()))?;
    writeln!(out, "policy sha256:{}\n", airlock.policy_hash())?;
    for id in missing {
        writeln!(out, "the key {id} has to be given: --key {id}=FILE")?;
    }
    for line in airlock.explain() {
        match line.strip_prefix(WARNING) {
            Some(rest) => writeln!(out, "{YELLOW}{WARNING}{YELLOW:#}{}", visible(rest))?,
            None => writeln!(out, "{}", visible(line))?,
        }
    }
    Ok(out.flush()?)
}

/// In place of a key that is not there: a policy can be checked by people who may not read the keys.
const STAND_IN: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

/// The keys, with a stand-in for each that the policy needs beside them, and the ids of those.
fn with_missing(mut keys: Keys, document: &str) -> (Keys, Vec<String>) {
    let mut missing = Vec::new();
    // What is wrong with the document is told when it is opened.
    for id in Policy::parse(document).map(|policy| policy.key_ids()).unwrap_or_default() {
        let is_given = |id: &str| keys.iter().any(|(given, _)| given == id);
        let is_meant = match &id {
            Some(id) => is_given(id),
            None => is_given("default") || keys.iter().len() == 1,
        };
        if !is_meant {
            let id = id.unwrap_or_else(|| "default".into());
            keys = keys.add(&id, STAND_IN);
            missing.push(id);
        }
    }
    (keys, missing)
}
