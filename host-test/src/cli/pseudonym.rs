//! `airlock pseudonym`: what somebody is called in the output, so that their records can be found.
//!
//! Must not know how a pseudonym is made; the core does. What is asked for is printed nowhere.

use std::io::{Read, Write};
use std::path::PathBuf;

use airlock::{Admission, Airlock};

use crate::cli::failure::Failure;
use crate::cli::keys::KeyArguments;
use crate::cli::policy;

/// The longest value that is read from the standard input.
const MAX_VALUE_BYTES: u64 = 1 << 20;

#[derive(Debug, clap::Args)]
pub(super) struct PseudonymArguments {
    #[command(flatten)]
    keys: KeyArguments,
    /// The tenant whose records are looked for; without one, those of no tenant
    #[arg(long, value_name = "TENANT")]
    tenant: Option<String>,
    /// The policy, for the lengths that it asks for; without one, the usual length
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// What the value is: email, account, host, user, or an attribute's name
    kind: String,
    /// The value as it is sent; - for standard input, where no other process reads it
    value: String,
}

pub(super) fn print(arguments: &PseudonymArguments) -> Result<(), Failure> {
    let keys = arguments.keys.read()?;
    if keys.iter().len() == 0 {
        return Err(Failure::Usage("a pseudonym needs a key; give one with --key ID=FILE".into()));
    }
    if arguments.tenant.as_deref().is_some_and(|tenant| Admission::of(tenant).is_none()) {
        let grammar = "a letter or digit, then at most 62 letters, digits, - and _";
        return Err(Failure::Usage(format!("--tenant is no tenant: expected {grammar}")));
    }
    let document = arguments.policy.as_deref().map(policy::read).transpose()?.unwrap_or_else(|| "{}".into());
    // A policy that is tried out makes the same pseudonyms.
    let airlock = Airlock::open_allowing_shadow(&document, &keys)
        .map_err(|error| policy::refused(arguments.policy.as_deref(), error.into()))?;
    let value = match arguments.value.as_str() {
        "-" => from_input()?,
        value => value.into(),
    };
    let mut out = anstream::stdout().lock();
    for pseudonym in airlock.pseudonyms(arguments.tenant.as_deref(), &arguments.kind, &value) {
        writeln!(out, "{pseudonym}")?;
    }
    Ok(out.flush()?)
}

/// Without the line end that a terminal or `echo` adds.
fn from_input() -> Result<String, Failure> {
    let mut text = String::new();
    let read = std::io::stdin().lock().take(MAX_VALUE_BYTES).read_to_string(&mut text);
    read.map_err(|error| Failure::Io(format!("cannot read the standard input: {error}")))?;
    Ok(text.strip_suffix("\r\n").or(text.strip_suffix('\n')).unwrap_or(&text).into())
}
