//! Properties that hold for every batch, policy and encoding: generated, not chosen.
//!
//! Must not know how the core works: the oracle says what must come, the leak oracle what must not. Holds I1 (no leak),
//! I2 (no silent pass), I3 (untouched means untouched), I6 (nothing of one batch in another) and I7 (idempotent).

use airlock::{Airlock, Encoding, Verdict, Worker};
use testkit::generate::hostile::{self, Hostility};
use testkit::generate::invalid::invalid;
use testkit::generate::policies::{keep_everything, policy, stricter_policy};
use testkit::generate::{self, batch, batch_with_markers};
use testkit::leak::{self, Leaks};
use testkit::oracle::{Oracle, Stage};
use testkit::proptest::prelude::*;
use testkit::proptest::test_runner::{Config, TestCaseResult};
use testkit::show::{diff, show, show_bytes};
use testkit::{cases, message};

/// Enough to meet every pair of choices that matters, in a minute; `PROPTEST_CASES` asks for more.
fn config(cases: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    Config { cases: asked.unwrap_or(cases), failure_persistence: None, max_shrink_iters: 4_000, ..Config::default() }
}

fn open(policy: &serde_json::Value) -> Result<Airlock, TestCaseError> {
    Airlock::open(&policy.to_string()).map_err(|error| TestCaseError::reject(error.to_string()))
}

fn run(worker: &mut Worker, stage: Stage, batch: &[u8]) -> Result<(Verdict, Vec<u8>, String), String> {
    let outcome = match stage {
        Stage::Normalise => worker.normalise(batch, Encoding::Protobuf),
        Stage::Process => worker.process(batch, Encoding::Protobuf),
        Stage::Redact => worker.redact(batch, Encoding::Protobuf),
    };
    let outcome = outcome.map_err(|error| format!("{error}\n{error:?}"))?;
    Ok((outcome.verdict, outcome.batch.to_vec(), outcome.report.to_json()))
}
