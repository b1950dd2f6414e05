//! What the commands that look at a batch have in common: the policy, the batch, and how it is encoded.
//!
//! Must not know what is done with it.

use std::path::PathBuf;

use airlock::{Admission, Encoding, Keys};

use crate::cli::failure::Failure;
use crate::cli::keys::KeyArguments;
use crate::cli::run::MAX_BATCH_BYTES;
use crate::cli::tenant::RequestArguments;
use crate::cli::{EncodingName, encoding, files, policy};
use crate::engine::{Engine, HostError};
use crate::native::Native;

#[derive(Debug, clap::Args)]
pub(super) struct BatchArguments {
    /// The policy: .yaml, .yml, .toml or .json; without one, the safe default
    #[arg(long, value_name = "FILE")]
    pub(super) policy: Option<PathBuf>,
    #[command(flatten)]
    keys: KeyArguments,
    #[command(flatten)]
    request: RequestArguments,
    /// How the batch is encoded; without it, its first byte tells
    #[arg(long, value_enum)]
    encoding: Option<EncodingName>,
    /// The batch; - for standard input
    #[arg(value_name = "IN")]
    pub(super) input: PathBuf,
}

impl BatchArguments {
    /// The batch and its encoding.
    pub(super) fn read(&self) -> Result<(Vec<u8>, Encoding), Failure> {
        let batch = files::read(&self.input, MAX_BATCH_BYTES)?;
        let encoding = encoding::choose(self.encoding, &batch)?;
        Ok((batch, encoding))
    }

    /// The policy's document. One in shadow is taken out of it, for these commands forward nothing.
    pub(super) fn document(&self) -> Result<String, Failure> {
        policy::read_or_default(self.policy.as_deref()).map(policy::out_of_shadow)
    }

    /// The keys that the policy may ask for.
    pub(super) fn keys(&self) -> Result<Keys, Failure> {
        self.keys.read()
    }

    /// The policy, compiled natively.
    pub(super) fn native(&self) -> Result<Native, Failure> {
        Native::open(&self.document()?, &self.keys()?).map_err(|error| self.wrong(error))
    }

    /// Whose batch it is.
    pub(super) fn admission(&self, engine: &dyn Engine) -> Result<Admission, Failure> {
        Ok(self.request.admission(engine)?)
    }

    /// An error, with the file's name where it is the policy's.
    pub(super) fn wrong(&self, error: HostError) -> Failure {
        policy::refused(self.policy.as_deref(), error)
    }

    /// The policy's name for a heading.
    pub(super) fn policy_name(&self) -> String {
        self.policy.as_ref().map_or_else(|| "the safe default".into(), |path| path.display().to_string())
    }

    /// The batch's name for a heading.
    pub(super) fn input_name(&self) -> String {
        if files::is_stream(&self.input) { "the batch".into() } else { self.input.display().to_string() }
    }
}
