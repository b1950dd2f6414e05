//! The case suite on the built component, byte for byte what the native core answers.
//!
//! Must not know what a case says. Holds I4, and I6: one runtime serves them all.

use std::path::Path;

use airlock::{Admission, Context, Keys, Verdict};
use airlock_host::{Engine, HostError, Native, Stage};
use testkit::cases::{self, Call, RunOutcome, Runner, run_all};

use crate::support::RUNTIME;

/// An engine by its name, and how it opens a policy.
struct Engines(&'static str, fn(&str, &Keys) -> Opened);

/// An opened engine, or why it does not open.
type Opened = Result<Box<dyn Engine>, HostError>;

/// Scenario: every case of `tests/cases` through the component and natively.
/// Guarantees: each answers as the case says, and both give the same bytes, reports and error texts.
#[test]
fn the_component_answers_the_suite_as_the_native_core_does() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/cases"));
    let component =
        run_all(folder, &mut Engines("component", |policy, keys| Ok(Box::new(RUNTIME.open(policy, keys)?))));
    let native = run_all(folder, &mut Engines("native host", |policy, keys| Ok(Box::new(Native::open(policy, keys)?))));
    component.assert_same(&native);
    component.assert_ok();
}

impl Runner for Engines {
    fn name(&self) -> String {
        self.0.into()
    }

    fn run(&mut self, call: &Call<'_>, batch: &[u8]) -> Result<RunOutcome, String> {
        let stage = match call.stage {
            cases::Stage::InjectTenant => Stage::InjectTenant,
            cases::Stage::Normalise => Stage::Normalise,
            cases::Stage::Process => Stage::Process,
            cases::Stage::Redact => Stage::Redact,
        };
        let engine = self.1(call.policy, call.keys).map_err(|error| error.to_string())?;
        let outcome = engine.run(stage, batch, call.encoding, call.admission);
        let outcome = outcome.map_err(|error| error.to_string())?;
        Ok(RunOutcome {
            verdict: match outcome.verdict {
                Verdict::Dropped => cases::Verdict::Dropped,
                Verdict::Rewritten => cases::Verdict::Rewritten,
                Verdict::Unchanged => cases::Verdict::Unchanged,
            },
            batch: outcome.bytes(batch).to_vec(),
            report: outcome.report,
        })
    }

    fn admit(&mut self, call: &Call<'_>, context: &Context<'_>) -> Result<Admission, String> {
        let engine = self.1(call.policy, call.keys).map_err(|error| error.to_string())?;
        engine.admit(context).map_err(|error| error.to_string())
    }
}
