//! The jobs, and who does them: the rows of every table.
//!
//! Must not know how time is taken. Keeps the comparison honest: a row is only measured after its answer was compared.

use std::collections::BTreeMap;
use std::sync::Arc;

use airlock::codex::{Attribute, CANONICAL, COMMON, DIAGNOSTICS, EVENTS, RESOURCE, fold_byte};
use airlock::detect::DETECTORS;
use airlock::{Admission, Airlock, Encoding, Keys, Worker};
use airlock_host::{Engine, Native, Plugin, Runtime};
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use serde_json::{Value, json};

use crate::Result;
use crate::edit;
use crate::guest::Guest;

/// What is done to a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// Three attributes are masked by their keys, and nothing else happens.
    WireEdit,
    /// What happens without a policy of one's own.
    DefaultPolicy,
}

impl Job {
    /// What it is called in tables and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::WireEdit => "wire edit",
            Self::DefaultPolicy => "default policy",
        }
    }

    /// The policy of the job.
    pub fn policy(self) -> String {
        match self {
            Self::WireEdit => wire_edit_policy().to_string(),
            Self::DefaultPolicy => "{}".into(),
        }
    }

    fn edit(self) -> edit::Edit {
        match self {
            Self::WireEdit => edit::wire_edit,
            Self::DefaultPolicy => edit::default_policy,
        }
    }
}

/// The policy that masks three attributes and switches everything else off: no detector, no normalisation, and every
/// other name of the catalogue kept as it is.
fn wire_edit_policy() -> Value {
    let events = EVENTS.iter().flat_map(|event| event.attributes);
    let mut attributes = kept(events.chain(COMMON).chain(DIAGNOSTICS).chain(CANONICAL));
    attributes.extend(["arguments", "output", "prompt"].map(|name| (folded(name), "mask")));
    let resource = kept(RESOURCE);
    let detectors: Vec<_> = DETECTORS.iter().map(|detector| detector.id).collect();
    json!({
        "unknown": { "events": "keep", "attributes": "keep" },
        "normalise": { "event-name": false, "time": false, "types": false, "tools": false, "semconv": "none" },
        "redact": { "body": "keep-unscanned", "attributes": attributes, "resource": resource },
        "detect": { "disable": detectors },
    })
}

/// Names as a policy may spell them: once, however case and punctuation differ.
fn kept<'a>(attributes: impl IntoIterator<Item = &'a Attribute>) -> BTreeMap<String, &'static str> {
    attributes.into_iter().map(|attribute| (folded(attribute.name), "keep-unscanned")).collect()
}

fn folded(name: &str) -> String {
    name.bytes().map(|byte| char::from(fold_byte(byte))).collect()
}

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
        Ok(match self {
            Self::Component(plugin, encoding) => {
                plugin.process(batch, *encoding, &Admission::none())?.bytes(batch).len()
            }
            Self::Native(worker, encoding) => {
                worker.process(batch, *encoding, &Admission::none()).map_err(|error| error.to_string())?.batch.len()
            }
            Self::NativeCopied(native, encoding) => {
                native.process(batch, *encoding, &Admission::none())?.bytes(batch).len()
            }
            Self::Prost(edit, output) => {
                edit::run(batch, *edit, output)?;
                output.len()
            }
            Self::ProstWasm(guest, job) => guest.process(batch, *job)?.len(),
            Self::Serde(edit, output) => {
                run_json(batch, *edit, output)?;
                output.len()
            }
        })
    }

    /// Does the job once; the answer itself.
    pub fn answer(&mut self, batch: &[u8]) -> Result<Vec<u8>> {
        Ok(match self {
            Self::Component(plugin, encoding) => {
                plugin.process(batch, *encoding, &Admission::none())?.bytes(batch).to_vec()
            }
            Self::Native(worker, encoding) => {
                worker.process(batch, *encoding, &Admission::none()).map_err(|error| error.to_string())?.batch.to_vec()
            }
            Self::NativeCopied(native, encoding) => {
                native.process(batch, *encoding, &Admission::none())?.bytes(batch).to_vec()
            }
            Self::Prost(edit, output) => {
                edit::run(batch, *edit, output)?;
                output.clone()
            }
            Self::ProstWasm(guest, job) => guest.process(batch, *job)?,
            Self::Serde(edit, output) => {
                run_json(batch, *edit, output)?;
                output.clone()
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
