//! Instances of one component with one policy, reused from batch to batch.
//!
//! Must not know telemetry. Keeps I6 (an instance that trapped or grew is never used again) and I1: of a trap only its
//! class is told, for its own words are the component's.

use std::sync::{Arc, Mutex, PoisonError};

use airlock::{Admission, BatchErrorKind, Encoding, Keys, Verdict};
use wasmtime::component::ResourceAny;
use wasmtime::{Store, Trap};

use crate::bindings::OtlpAirlock;
use crate::bindings::exports::airlock::otlp::processor as wit;
use crate::engine::{Engine, HostError, HostOutcome, Stage, Stop};
use crate::limits::Memory;
use crate::runtime::Runtime;

/// A component opened with a policy. Threads share it; each call has an instance of its own while it runs.
pub struct Plugin {
    runtime: Arc<Runtime>,
    policy: String,
    keys: Keys,
    allows_shadow: bool,
    policy_hash: String,
    idle: Mutex<Vec<Instance>>,
}

/// One instance and the policy compiled inside it.
struct Instance {
    store: Store<Memory>,
    exports: OtlpAirlock,
    airlock: ResourceAny,
}

impl Plugin {
    pub(crate) fn open(
        runtime: Arc<Runtime>,
        policy: &str,
        keys: &Keys,
        allows_shadow: bool,
    ) -> Result<Self, HostError> {
        let mut instance = Instance::new(&runtime, policy, keys, allows_shadow)?;
        let policy_hash = instance.policy_hash(&runtime)?;
        let idle = Mutex::new(vec![instance]);
        Ok(Self { runtime, policy: policy.into(), keys: keys.clone(), allows_shadow, policy_hash, idle })
    }

    /// How many instances wait for a batch.
    pub fn idle(&self) -> usize {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn take(&self) -> Result<Instance, HostError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let new = || Instance::new(&self.runtime, &self.policy, &self.keys, self.allows_shadow);
        idle.map_or_else(new, Ok)
    }

    fn put_back(&self, instance: Instance) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if instance.store.data().held <= self.runtime.limits.reuse && idle.len() < self.runtime.limits.idle {
            idle.push(instance);
        }
    }
}

impl Engine for Plugin {
    fn run(
        &self,
        stage: Stage,
        batch: &[u8],
        encoding: Encoding,
        admission: &Admission,
    ) -> Result<HostOutcome, HostError> {
        let mut instance = self.take()?;
        // Whatever ends the call early ends the instance with it: it is dropped here.
        let answer = instance.run(&self.runtime, stage, batch, encoding, admission.tenant())?;
        self.put_back(instance);
        answer.map(outcome).map_err(refusal)
    }

    fn policy_hash(&self) -> &str {
        &self.policy_hash
    }
}

impl Instance {
    fn new(runtime: &Runtime, policy: &str, keys: &Keys, allows_shadow: bool) -> Result<Self, HostError> {
        let mut store = runtime.store();
        store.set_epoch_deadline(runtime.limits.ticks());
        let exports = runtime.component.instantiate(&mut store).map_err(|error| stopped(&store, &error))?;
        let guest = exports.airlock_otlp_processor().airlock();
        let keys: Vec<_> = keys.iter().map(|(id, text)| (id.to_owned(), text.to_owned())).collect();
        let opened = match allows_shadow {
            false => guest.call_open(&mut store, policy, &keys),
            true => guest.call_open_allowing_shadow(&mut store, policy, &keys),
        };
        let opened = opened.map_err(|error| stopped(&store, &error))?;
        let airlock = opened.map_err(|error| HostError::Policy { path: error.path, message: error.message })?;
        Ok(Self { store, exports, airlock })
    }

    fn run(
        &mut self,
        runtime: &Runtime,
        stage: Stage,
        batch: &[u8],
        encoding: Encoding,
        tenant: Option<&str>,
    ) -> Result<Result<wit::Outcome, wit::BatchError>, HostError> {
        self.store.set_epoch_deadline(runtime.limits.ticks());
        let guest = self.exports.airlock_otlp_processor().airlock();
        let encoding = match encoding {
            Encoding::Json => wit::Encoding::Json,
            Encoding::Protobuf => wit::Encoding::Protobuf,
        };
        let answer = match stage {
            Stage::Normalise => guest.call_normalise(&mut self.store, self.airlock, batch, encoding),
            Stage::Process => guest.call_process(&mut self.store, self.airlock, batch, encoding, tenant),
            Stage::Redact => guest.call_redact(&mut self.store, self.airlock, batch, encoding, tenant),
        };
        answer.map_err(|error| stopped(&self.store, &error))
    }

    fn policy_hash(&mut self, runtime: &Runtime) -> Result<String, HostError> {
        self.store.set_epoch_deadline(runtime.limits.ticks());
        let guest = self.exports.airlock_otlp_processor().airlock();
        guest.call_policy_hash(&mut self.store, self.airlock).map_err(|error| stopped(&self.store, &error))
    }
}

fn outcome(outcome: wit::Outcome) -> HostOutcome {
    let verdict = match outcome.verdict {
        wit::Verdict::Dropped => Verdict::Dropped,
        wit::Verdict::Rewritten => Verdict::Rewritten,
        wit::Verdict::Unchanged => Verdict::Unchanged,
    };
    HostOutcome { verdict, batch: outcome.batch, report: outcome.report }
}

fn refusal(error: wit::BatchError) -> HostError {
    let (kind, refusal) = match error {
        wit::BatchError::Ambiguous(refusal) => (BatchErrorKind::Ambiguous, refusal),
        wit::BatchError::LimitExceeded(refusal) => (BatchErrorKind::LimitExceeded, refusal),
        wit::BatchError::Malformed(refusal) => (BatchErrorKind::Malformed, refusal),
        wit::BatchError::RefusedByPolicy(refusal) => (BatchErrorKind::RefusedByPolicy, refusal),
        wit::BatchError::Unsupported(refusal) => (BatchErrorKind::Unsupported, refusal),
    };
    HostError::Refused { kind, offset: refusal.offset, reason: refusal.reason }
}

fn stopped(store: &Store<Memory>, error: &wasmtime::Error) -> HostError {
    HostError::Stopped(match error.downcast_ref::<Trap>() {
        _ if store.data().refused => Stop::Memory,
        Some(Trap::Interrupt) => Stop::Deadline,
        _ => Stop::Trap,
    })
}
