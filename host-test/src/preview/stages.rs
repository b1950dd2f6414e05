//! Single stages over batches that are made for the purpose.
//!
//! Must not know what a stage does.

use std::collections::BTreeMap;

use airlock::{Admission, Encoding, Verdict};
use serde::Deserialize;

use crate::engine::{Engine, HostError, Stage};
use crate::view::{self, Batch};

/// An engine, asked for one stage at a time.
pub(super) struct Stages<'e> {
    engine: &'e dyn Engine,
    admission: &'e Admission,
}

/// What a stage made of a batch.
pub(super) struct Ran {
    /// `None`: no record was left.
    pub(super) batch: Option<Batch>,
    pub(super) report: Report,
}

/// The counts that a preview asks for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Report {
    pub(super) redacted: BTreeMap<String, u64>,
    pub(super) detected: BTreeMap<String, u64>,
    pub(super) unknown: Unknown,
    /// Records that stay out, by the policy's rules for whole records.
    pub(super) records_dropped: BTreeMap<String, u64>,
    pub(super) records_sampled: BTreeMap<String, u64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Unknown {
    pub(super) attributes: u64,
    pub(super) events: u64,
}

impl<'e> Stages<'e> {
    pub(super) fn new(engine: &'e dyn Engine, admission: &'e Admission) -> Self {
        Self { engine, admission }
    }

    pub(super) fn run(&self, stage: Stage, batch: &Batch) -> Result<Ran, HostError> {
        let bytes = view::encode(batch);
        let outcome = self.engine.run(stage, &bytes, Encoding::Protobuf, self.admission)?;
        let batch = match outcome.verdict {
            Verdict::Dropped => None,
            Verdict::Rewritten | Verdict::Unchanged => view::decode(outcome.bytes(&bytes), Encoding::Protobuf),
        };
        // A report that is not as expected explains nothing; what changed is seen without it.
        let report = serde_json::from_str(&outcome.report).unwrap_or_default();
        Ok(Ran { batch, report })
    }
}
