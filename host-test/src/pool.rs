//! Instances of one component with one policy, reused from batch to batch.
//!
//! Must not know telemetry. Keeps I6 (an instance that trapped or grew is never used again) and I1: of a trap only its
//! class is told, for its own words are the component's.

use std::sync::{Arc, Mutex, PoisonError};

use airlock::{Admission, Context, Encoding, Keys, Part};
use wasmtime::component::ResourceAny;
use wasmtime::{Store, Trap};

use crate::answers;
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
    header_names: Vec<String>,
    needs_body: bool,
    idle: Mutex<Vec<Instance>>,
}

impl Runtime {
    /// Compiles a policy inside the component: one JSON document; `{}` is the safe default.
    pub fn open(self: &Arc<Self>, policy: &str, keys: &Keys) -> Result<Plugin, HostError> {
        Plugin::open(self.clone(), policy, keys, false)
    }

    /// The same for an operator who tries a policy out: see `Airlock::open_allowing_shadow`.
    pub fn open_allowing_shadow(self: &Arc<Self>, policy: &str, keys: &Keys) -> Result<Plugin, HostError> {
        Plugin::open(self.clone(), policy, keys, true)
    }
}

/// One instance and the policy compiled inside it.
struct Instance {
    store: Store<Memory>,
    exports: OtlpAirlock,
    airlock: ResourceAny,
}

impl Plugin {
    fn open(runtime: Arc<Runtime>, policy: &str, keys: &Keys, allows_shadow: bool) -> Result<Self, HostError> {
        let mut instance = Instance::new(&runtime, policy, keys, allows_shadow)?;
        let ask = |instance: &mut Instance| {
            let (guest, store, airlock) = instance.guest(&runtime);
            let (hash, names) =
                (guest.call_policy_hash(&mut *store, airlock)?, guest.call_header_names(&mut *store, airlock)?);
            Ok((hash, names, guest.call_needs_body(&mut *store, airlock)?))
        };
        let asked = ask(&mut instance).map_err(|error| stopped(&instance.store, &error));
        let (policy_hash, header_names, needs_body) = asked?;
        let (policy, keys, idle) = (policy.into(), keys.clone(), Mutex::new(vec![instance]));
        Ok(Self { runtime, policy, keys, allows_shadow, policy_hash, header_names, needs_body, idle })
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

    /// Calls an idle instance, or a new one.
    fn call<T>(
        &self,
        question: impl FnOnce(wit::GuestAirlock<'_>, &mut Store<Memory>, ResourceAny) -> wasmtime::Result<T>,
    ) -> Result<T, HostError> {
        let mut instance = self.take()?;
        let (guest, store, airlock) = instance.guest(&self.runtime);
        // Whatever ends the call early ends the instance with it: it is dropped here.
        let answer = question(guest, store, airlock);
        let answer = answer.map_err(|error| stopped(&instance.store, &error))?;
        self.put_back(instance);
        Ok(answer)
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
        let (encoding, tenant) = (answers::encoding(encoding), admission.tenant());
        let answer = self.call(|guest, store, airlock| match stage {
            Stage::InjectTenant => guest.call_inject_tenant(store, airlock, batch, encoding, tenant),
            Stage::Normalise => guest.call_normalise(store, airlock, batch, encoding),
            Stage::Process => guest.call_process(store, airlock, batch, encoding, tenant),
            Stage::Redact => guest.call_redact(store, airlock, batch, encoding, tenant),
        })?;
        answer.map(answers::outcome).map_err(answers::refusal)
    }

    fn admit(&self, context: &Context<'_>) -> Result<Admission, HostError> {
        let headers: Vec<_> =
            context.headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let identities: Vec<_> = context.identities.iter().map(|identity| (*identity).to_owned()).collect();
        let answer =
            self.call(|guest, store, airlock| guest.call_admit(store, airlock, &headers, context.peer, &identities))?;
        answers::admission(answer.map_err(answers::objection)?)
    }

    fn split(&self, batch: &[u8], encoding: Encoding, admission: &Admission) -> Result<Vec<Part>, HostError> {
        let (encoding, tenant) = (answers::encoding(encoding), admission.tenant());
        let answer = self.call(|guest, store, airlock| guest.call_split(store, airlock, batch, encoding, tenant))?;
        let parts = answer.map_err(answers::refusal)?.into_iter().map(answers::part);
        let mut parts = parts.collect::<Result<Vec<_>, _>>()?;
        // What was admitted before stays as it was: the component is told the tenant alone.
        if let (Some(_), [part]) = (tenant, parts.as_mut_slice()) {
            part.admission = admission.clone();
        }
        Ok(parts)
    }

    fn header_names(&self) -> &[String] {
        &self.header_names
    }

    fn needs_body(&self) -> bool {
        self.needs_body
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

    /// What a question is asked of, until the deadline.
    fn guest(&mut self, runtime: &Runtime) -> (wit::GuestAirlock<'_>, &mut Store<Memory>, ResourceAny) {
        self.store.set_epoch_deadline(runtime.limits.ticks());
        (self.exports.airlock_otlp_processor().airlock(), &mut self.store, self.airlock)
    }
}

fn stopped(store: &Store<Memory>, error: &wasmtime::Error) -> HostError {
    HostError::Stopped(match error.downcast_ref::<Trap>() {
        _ if store.data().refused => Stop::Memory,
        Some(Trap::Interrupt) => Stop::Deadline,
        _ => Stop::Trap,
    })
}
