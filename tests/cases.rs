//! The case suite on the native core.
//!
//! Must not hold cases: they stand in `tests/cases/*.toml` and are run on every artifact. Holds I4 in its first place,
//! for the others are compared with this runner, and I7, for every output is processed twice.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails loudly"
)]

use std::collections::HashMap;
use std::path::Path;

use airlock::{Airlock, Encoding, Verdict};
use testkit::cases::{self, RunOutcome, Runner, Stage, run_all};

/// The core, linked in, with the policies that it has opened.
#[derive(Default)]
struct Native {
    open: HashMap<String, Airlock>,
}

impl Runner for Native {
    fn name(&self) -> String {
        "native".into()
    }

    fn run(&mut self, policy: &str, stage: Stage, batch: &[u8]) -> Result<RunOutcome, String> {
        if !self.open.contains_key(policy) {
            let airlock = Airlock::open(policy).map_err(|error| error.to_string())?;
            self.open.insert(policy.to_owned(), airlock);
        }
        let mut worker = self.open[policy].worker();
        let outcome = match stage {
            Stage::Normalise => worker.normalise(batch, Encoding::Protobuf),
            Stage::Process => worker.process(batch, Encoding::Protobuf),
            Stage::Redact => worker.redact(batch, Encoding::Protobuf),
        };
        let outcome = outcome.map_err(|error| error.to_string())?;
        let verdict = match outcome.verdict {
            Verdict::Dropped => cases::Verdict::Dropped,
            Verdict::Rewritten => cases::Verdict::Rewritten,
            Verdict::Unchanged => cases::Verdict::Unchanged,
        };
        Ok(RunOutcome { verdict, batch: outcome.batch.to_vec(), report: outcome.report.to_json() })
    }
}

/// Scenario: every case of the suite.
/// Guarantees: what the cases say; a second pass changes nothing (I7).
#[test]
fn the_suite_passes() {
    run_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"), &mut Native::default()).assert_ok();
}

/// Scenario: the suite twice, each case after others.
/// Guarantees: the same answers, reports and bytes included (I6).
#[test]
fn the_suite_answers_the_same_twice() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    run_all(&folder, &mut Native::default()).assert_same(&run_all(&folder, &mut Native::default()));
}
