//! `airlock run`: one batch in, one batch out.
//!
//! Must not know OTLP. Keeps I2: everything that can fail is done before the first byte is put in its place, and a
//! refused batch leaves every file as it was.

use std::io::Write;
use std::sync::Arc;

use airlock::{Encoding, Keys, Verdict};

use crate::cache;
use crate::cli::failure::Failure;
use crate::cli::files::{self, is_stream, stage};
use crate::cli::{EngineName, RunArguments, encoding, policy};
use crate::embedded::COMPONENT;
use crate::engine::{Engine, HostError, HostOutcome};
use crate::native::Native;
use crate::runtime::{Options, Runtime};

/// Where reading stops. The core refuses a batch long before this; here only the memory is bounded.
pub(super) const MAX_BATCH_BYTES: usize = 64 << 20;

/// A component that does more than ours is still no larger than this.
const MAX_COMPONENT_BYTES: usize = 64 << 20;

pub(super) fn run(arguments: &RunArguments) -> Result<(), Failure> {
    if arguments.report.as_deref().is_some_and(is_stream) && is_stream(&arguments.output) {
        return Err(Failure::Usage("batch and report cannot both go to the standard output; give one a file".into()));
    }
    let engine = open(arguments)?;
    let batch = files::read(&arguments.input, MAX_BATCH_BYTES)?;
    let encoding = encoding::choose(arguments.encoding, &batch)?;
    let admission = arguments.request.admission(engine.as_ref())?;
    let outcome = engine.process(&batch, encoding, &admission)?;

    let output = stage(&arguments.output, written(&outcome, &batch, encoding))?;
    let report = arguments.report.as_deref().map(|path| stage(path, format!("{}\n", outcome.report).as_bytes()));
    let report = report.transpose()?;
    output.commit()?;
    report.map_or(Ok(()), files::Staged::commit)?;
    if outcome.verdict == Verdict::Dropped {
        let _ = writeln!(anstream::stderr(), "no record is left: what was written is an empty batch");
    }
    if outcome.is_shadow() {
        let _ = writeln!(anstream::stderr(), "warning: shadow: what was written is not redacted");
    }
    Ok(())
}

/// What is written. No record is no byte in protobuf, and an object without members in JSON.
fn written<'b>(outcome: &'b HostOutcome, batch: &'b [u8], encoding: Encoding) -> &'b [u8] {
    match (outcome.verdict, encoding) {
        (Verdict::Dropped, Encoding::Json) => b"{}",
        _ => outcome.bytes(batch),
    }
}

fn open(arguments: &RunArguments) -> Result<Box<dyn Engine>, Failure> {
    let document = arguments.policy.as_deref().map(policy::read).transpose()?.unwrap_or_else(|| "{}".into());
    let keys = arguments.keys.read()?;
    let engine: Result<Box<dyn Engine>, HostError> = match arguments.engine {
        EngineName::Component => plugin(arguments, &document, &keys)?.map(|plugin| Box::new(plugin) as _),
        EngineName::Native if arguments.plugin.is_some() => {
            return Err(Failure::Usage("--plugin is a component; leave out --engine native".into()));
        }
        EngineName::Native if arguments.allow_shadow => {
            Native::open_allowing_shadow(&document, &keys).map(|native| Box::new(native) as _)
        }
        EngineName::Native => Native::open(&document, &keys).map(|native| Box::new(native) as _),
    };
    engine.map_err(|error| policy::refused(arguments.policy.as_deref(), error))
}

fn plugin(arguments: &RunArguments, document: &str, keys: &Keys) -> Result<Result<crate::Plugin, HostError>, Failure> {
    let other = match &arguments.plugin {
        Some(path) => Some(files::read(path, MAX_COMPONENT_BYTES)?),
        None => None,
    };
    let runtime = prepare(other.as_deref().unwrap_or(COMPONENT))?;
    Ok(if arguments.allow_shadow { runtime.open_allowing_shadow(document, keys) } else { runtime.open(document, keys) })
}

/// Compiles a component, with the user's own folder for its code where that is private.
pub(super) fn prepare(component: &[u8]) -> Result<Arc<Runtime>, Failure> {
    let cache = match cache::private_folder() {
        Some(Ok(folder)) => Some(folder),
        Some(Err(why)) => {
            let _ = writeln!(anstream::stderr(), "note: {}", crate::cli::screen::visible(&why.to_string()));
            None
        }
        None => None,
    };
    Ok(Arc::new(Runtime::new(component, &Options { cache, ..Options::default() })?))
}
