//! The engine without WebAssembly: the core itself, with a worker for each caller.
//!
//! Must not know the component. Keeps I4 by calling the same core that the component is made of, and I6: a worker is
//! scratch memory, of which nothing is in the next batch's answer.

use std::sync::{Mutex, PoisonError};

use airlock::{Admission, Airlock, Context, Encoding, Keys, Part, Verdict, Worker};

use crate::engine::{Engine, HostError, HostOutcome, Stage};

/// The core, linked into the host.
pub struct Native {
    airlock: Airlock,
    header_names: Vec<String>,
    idle: Mutex<Vec<Worker>>,
}

impl Native {
    /// Compiles a policy: one JSON document; `{}` is the safe default.
    pub fn open(policy: &str, keys: &Keys) -> Result<Self, HostError> {
        Ok(Self::of(Airlock::open(policy, keys)?))
    }

    /// The same for an operator who tries a policy out: see `Airlock::open_allowing_shadow`.
    pub fn open_allowing_shadow(policy: &str, keys: &Keys) -> Result<Self, HostError> {
        Ok(Self::of(Airlock::open_allowing_shadow(policy, keys)?))
    }

    fn of(airlock: Airlock) -> Self {
        Self { header_names: airlock.header_names(), airlock, idle: Mutex::new(Vec::new()) }
    }
}

impl Engine for Native {
    fn run(
        &self,
        stage: Stage,
        batch: &[u8],
        encoding: Encoding,
        admission: &Admission,
    ) -> Result<HostOutcome, HostError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = idle.unwrap_or_else(|| self.airlock.worker());
        let outcome = match stage {
            Stage::InjectTenant => worker.inject_tenant(batch, encoding, admission),
            Stage::Normalise => worker.normalise(batch, encoding),
            Stage::Process => worker.process(batch, encoding, admission),
            Stage::Redact => worker.redact(batch, encoding, admission),
        };
        let outcome = outcome
            .map(|outcome| HostOutcome {
                verdict: outcome.verdict,
                batch: if outcome.verdict == Verdict::Rewritten { outcome.batch.to_vec() } else { Vec::new() },
                report: outcome.report.to_json(),
            })
            .map_err(HostError::from);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        outcome
    }

    fn admit(&self, context: &Context<'_>) -> Result<Admission, HostError> {
        Ok(self.airlock.admit(context)?)
    }

    fn split(&self, batch: &[u8], encoding: Encoding, admission: &Admission) -> Result<Vec<Part>, HostError> {
        Ok(self.airlock.split(batch, encoding, admission)?)
    }

    fn header_names(&self) -> &[String] {
        &self.header_names
    }

    fn needs_body(&self) -> bool {
        self.airlock.needs_body()
    }

    fn policy_hash(&self) -> &str {
        self.airlock.policy_hash()
    }
}
