//! Who does the jobs: the rows of every table.
//!
//! Must not know how time is taken. Keeps the comparison honest: a row is only measured after its answer was compared.

use std::sync::Arc;

use airlock::{Admission, Airlock, Encoding, Keys, Worker};
use airlock_host::{Engine, Native, Plugin, Runtime};
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;

use crate::Result;
use crate::edit;
use crate::guest::Guest;
use crate::job::Job;

/// One way to do a job.
pub enum Row {
    /// The component in the host's runtime, by the host's own calls.
    Component(Plugin, Encoding),
    /// The core, called directly; the answer is borrowed.
    Native(Box<Worker>, Encoding),
    /// The core as the host calls it: the answer copied, the report written as JSON.
    NativeCopied(Native, Encoding),
    /// The baseline, natively.
    Prost(edit::Edit, Vec<u8>),
    /// The baseline in WebAssembly.
    ProstWasm(Guest, Job),
    /// The baseline for JSON, natively.
    Serde(edit::Edit, Vec<u8>),
}

impl Row {
    /// All rows for a job on batches in that encoding.
    pub fn all(runtime: &Arc<Runtime>, job: Job, encoding: Encoding) -> Result<Vec<Self>> {
        let policy = job.policy();
        let worker = Airlock::open(&policy, &Keys::new()).map_err(|error| error.to_string())?.worker();
        let mut rows = vec![
            Self::Component(runtime.open(&policy, &Keys::new())?, encoding),
            Self::Native(Box::new(worker), encoding),
            Self::NativeCopied(Native::open(&policy, &Keys::new())?, encoding),
        ];
        match encoding {
            Encoding::Json => rows.push(Self::Serde(job.edit(), Vec::new())),
            Encoding::Protobuf => {
                rows.push(Self::Prost(job.edit(), Vec::new()));
                rows.push(Self::ProstWasm(Guest::open()?, job));
            }
        }
        Ok(rows)
    }

    /// What the row is called.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Component(..) => "component",
            Self::Native(..) => "native",
            Self::NativeCopied(..) => "native, answer copied",
            Self::Prost(..) => "prost",
            Self::ProstWasm(..) => "prost in wasm",
            Self::Serde(..) => "serde_json",
        }
    }

    /// Does the job once; the size of the answer.
    pub fn run(&mut self, batch: &[u8]) -> Result<usize> {
        self.with_answer(batch, <[u8]>::len)
    }

    /// Does the job once; the answer itself.
    pub fn answer(&mut self, batch: &[u8]) -> Result<Vec<u8>> {
        self.with_answer(batch, <[u8]>::to_vec)
    }

    /// Does the job once; what `take` makes of the answer where it lies, so that a row is not charged with a copy.
    fn with_answer<T>(&mut self, batch: &[u8], take: impl FnOnce(&[u8]) -> T) -> Result<T> {
        Ok(match self {
            Self::Component(plugin, encoding) => {
                take(plugin.process(batch, *encoding, &Admission::none())?.bytes(batch))
            }
            Self::Native(worker, encoding) => {
                take(worker.process(batch, *encoding, &Admission::none()).map_err(|error| error.to_string())?.batch)
            }
            Self::NativeCopied(native, encoding) => {
                take(native.process(batch, *encoding, &Admission::none())?.bytes(batch))
            }
            Self::Prost(edit, output) => {
                edit::run(batch, *edit, output)?;
                take(output)
            }
            Self::ProstWasm(guest, job) => take(&guest.process(batch, *job)?),
            Self::Serde(edit, output) => {
                run_json(batch, *edit, output)?;
                take(output)
            }
        })
    }
}

/// Reads JSON into the generated types, edits them as the other baseline does and writes them, as short as can be.
fn run_json(batch: &[u8], edit: edit::Edit, output: &mut Vec<u8>) -> Result<()> {
    let mut request: ExportLogsServiceRequest = serde_json::from_slice(batch)?;
    edit(&mut request);
    output.clear();
    serde_json::to_writer(output, &request)?;
    Ok(())
}
