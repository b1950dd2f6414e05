//! The component: hands the core's answers through the canonical ABI of `wit/world.wit`, and decides nothing.
//!
//! Must not know what a batch or a policy holds. Keeps I4: every answer is the core's own, translated arm by arm. The
//! only `unsafe` is in the generated bindings.

mod bindings;

use core::cell::RefCell;

use airlock::{Admission, AdmissionErrorKind, Airlock, BatchErrorKind, Context, Keys, Worker};

use crate::bindings::exports::airlock::otlp::processor as wit;

/// The component's exports.
struct Component;

/// A compiled policy and its scratch memory, as the resource `airlock`.
struct Resource {
    airlock: Airlock,
    // A component is never entered twice at once, so that this borrow cannot fail.
    worker: RefCell<Worker>,
}

impl wit::Guest for Component {
    type Airlock = Resource;
}

impl wit::GuestAirlock for Resource {
    fn open(policy: String, keys: Vec<(String, String)>) -> Result<wit::Airlock, wit::PolicyError> {
        opened(Airlock::open(&policy, &listed(&keys)))
    }

    fn open_allowing_shadow(policy: String, keys: Vec<(String, String)>) -> Result<wit::Airlock, wit::PolicyError> {
        opened(Airlock::open_allowing_shadow(&policy, &listed(&keys)))
    }

    fn header_names(&self) -> Vec<String> {
        self.airlock.header_names()
    }

    fn needs_body(&self) -> bool {
        self.airlock.needs_body()
    }

    fn admit(
        &self,
        headers: Vec<(String, String)>,
        peer: Option<String>,
        identities: Vec<String>,
    ) -> Result<wit::Admission, wit::AdmissionError> {
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let identities: Vec<&str> = identities.iter().map(String::as_str).collect();
        let context = Context { headers: &headers, peer: peer.as_deref(), identities: &identities };
        self.airlock.admit(&context).map(admitted).map_err(objection)
    }

    fn split(
        &self,
        batch: Vec<u8>,
        encoding: wit::Encoding,
        tenant: Option<String>,
    ) -> Result<Vec<wit::Part>, wit::BatchError> {
        let parts = self.airlock.split(&batch, encoding.into(), &admission(tenant)?).map_err(refusal)?;
        Ok(parts.into_iter().map(|part| wit::Part { admission: admitted(part.admission), batch: part.batch }).collect())
    }

    fn process(
        &self,
        batch: Vec<u8>,
        encoding: wit::Encoding,
        tenant: Option<String>,
    ) -> Result<wit::Outcome, wit::BatchError> {
        let admission = admission(tenant)?;
        answer(self.worker.borrow_mut().process(&batch, encoding.into(), &admission))
    }

    fn normalise(&self, batch: Vec<u8>, encoding: wit::Encoding) -> Result<wit::Outcome, wit::BatchError> {
        answer(self.worker.borrow_mut().normalise(&batch, encoding.into()))
    }

    fn inject_tenant(
        &self,
        batch: Vec<u8>,
        encoding: wit::Encoding,
        tenant: Option<String>,
    ) -> Result<wit::Outcome, wit::BatchError> {
        let admission = admission(tenant)?;
        answer(self.worker.borrow_mut().inject_tenant(&batch, encoding.into(), &admission))
    }

    fn redact(
        &self,
        batch: Vec<u8>,
        encoding: wit::Encoding,
        tenant: Option<String>,
    ) -> Result<wit::Outcome, wit::BatchError> {
        let admission = admission(tenant)?;
        answer(self.worker.borrow_mut().redact(&batch, encoding.into(), &admission))
    }

    fn policy_hash(&self) -> String {
        self.airlock.policy_hash().into()
    }
}

fn listed(keys: &[(String, String)]) -> Keys {
    keys.iter().fold(Keys::new(), |keys, (id, text)| keys.add(id, text))
}

fn opened(result: Result<Airlock, airlock::PolicyError>) -> Result<wit::Airlock, wit::PolicyError> {
    let airlock =
        result.map_err(|error| wit::PolicyError { path: error.path().into(), message: error.message().into() })?;
    let worker = RefCell::new(airlock.worker());
    Ok(wit::Airlock::new(Resource { airlock, worker }))
}

impl From<wit::Encoding> for airlock::Encoding {
    fn from(encoding: wit::Encoding) -> Self {
        match encoding {
            wit::Encoding::Json => Self::Json,
            wit::Encoding::Protobuf => Self::Protobuf,
        }
    }
}

/// Whom the host has admitted. What is no tenant did not come out of an admission.
fn admission(tenant: Option<String>) -> Result<Admission, wit::BatchError> {
    let Some(tenant) = tenant else { return Ok(Admission::none()) };
    Admission::of(&tenant).ok_or_else(|| {
        let reason = "the host's tenant is none: one letter or digit, then at most 62 more, - or _ among them";
        wit::BatchError::RefusedByPolicy(wit::Refusal { offset: 0, reason: reason.into() })
    })
}

fn admitted(admission: Admission) -> wit::Admission {
    wit::Admission {
        tenant: admission.tenant().map(Into::into),
        set_headers: admission.set_headers().to_vec(),
        remove_headers: admission.remove_headers().to_vec(),
    }
}

fn objection(error: airlock::AdmissionError) -> wit::AdmissionError {
    let objection = wit::Objection { place: error.place().into(), reason: error.reason().into() };
    match error.kind() {
        AdmissionErrorKind::Ambiguous => wit::AdmissionError::Ambiguous(objection),
        AdmissionErrorKind::Missing => wit::AdmissionError::Missing(objection),
        AdmissionErrorKind::Unknown => wit::AdmissionError::Unknown(objection),
        // The kinds may grow; whatever is new is at least no request for this contract.
        _ => wit::AdmissionError::Malformed(objection),
    }
}

/// Only a rewritten batch crosses the boundary: the host still has the bytes that it sent.
fn answer(result: Result<airlock::Outcome<'_>, airlock::BatchError>) -> Result<wit::Outcome, wit::BatchError> {
    let outcome = result.map_err(refusal)?;
    let (verdict, batch) = match outcome.verdict {
        airlock::Verdict::Dropped => (wit::Verdict::Dropped, Vec::new()),
        airlock::Verdict::Rewritten => (wit::Verdict::Rewritten, outcome.batch.to_vec()),
        airlock::Verdict::Unchanged => (wit::Verdict::Unchanged, Vec::new()),
    };
    Ok(wit::Outcome { verdict, batch, report: outcome.report.to_json() })
}

fn refusal(error: airlock::BatchError) -> wit::BatchError {
    let refusal = wit::Refusal { offset: error.offset() as u64, reason: error.reason().into() };
    match error.kind() {
        BatchErrorKind::Ambiguous => wit::BatchError::Ambiguous(refusal),
        BatchErrorKind::LimitExceeded => wit::BatchError::LimitExceeded(refusal),
        BatchErrorKind::RefusedByPolicy => wit::BatchError::RefusedByPolicy(refusal),
        BatchErrorKind::Unsupported => wit::BatchError::Unsupported(refusal),
        // The kinds may grow; whatever is new is at least not well formed for this contract.
        _ => wit::BatchError::Malformed(refusal),
    }
}

// Natively the export names of the canonical ABI do not link, and the workspace is built natively too.
#[cfg(target_family = "wasm")]
use bindings::export;
#[cfg(target_family = "wasm")]
export!(Component with_types_in bindings);
