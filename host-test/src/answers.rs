//! The component's answers in the host's own types.
//!
//! Must not know instances. Keeps I4: an answer is translated arm by arm and never interpreted. Keeps I2: a tenant that
//! is none, which our component never says, is no admission.

use airlock::{Admission, AdmissionErrorKind, BatchErrorKind, Encoding, Part, Tenant, Verdict};

use crate::bindings::exports::airlock::otlp::processor as wit;
use crate::engine::{HostError, HostOutcome};

pub(crate) fn outcome(outcome: wit::Outcome) -> HostOutcome {
    let verdict = match outcome.verdict {
        wit::Verdict::Dropped => Verdict::Dropped,
        wit::Verdict::Rewritten => Verdict::Rewritten,
        wit::Verdict::Unchanged => Verdict::Unchanged,
    };
    HostOutcome { verdict, batch: outcome.batch, report: outcome.report }
}

pub(crate) fn refusal(error: wit::BatchError) -> HostError {
    let (kind, refusal) = match error {
        wit::BatchError::Ambiguous(refusal) => (BatchErrorKind::Ambiguous, refusal),
        wit::BatchError::LimitExceeded(refusal) => (BatchErrorKind::LimitExceeded, refusal),
        wit::BatchError::Malformed(refusal) => (BatchErrorKind::Malformed, refusal),
        wit::BatchError::RefusedByPolicy(refusal) => (BatchErrorKind::RefusedByPolicy, refusal),
        wit::BatchError::Unsupported(refusal) => (BatchErrorKind::Unsupported, refusal),
    };
    HostError::Refused { kind, offset: refusal.offset, reason: refusal.reason }
}

pub(crate) fn admission(admission: wit::Admission) -> Result<Admission, HostError> {
    let tenant = admission.tenant.map(|tenant| {
        Tenant::parse(&tenant).ok_or_else(|| HostError::Component("the component admits a tenant that is none".into()))
    });
    Ok(Admission::new(tenant.transpose()?, admission.set_headers, admission.remove_headers))
}

pub(crate) fn part(part: wit::Part) -> Result<Part, HostError> {
    Ok(Part { admission: admission(part.admission)?, batch: part.batch })
}

pub(crate) fn objection(error: wit::AdmissionError) -> HostError {
    let (kind, objection) = match error {
        wit::AdmissionError::Ambiguous(objection) => (AdmissionErrorKind::Ambiguous, objection),
        wit::AdmissionError::Malformed(objection) => (AdmissionErrorKind::Malformed, objection),
        wit::AdmissionError::Missing(objection) => (AdmissionErrorKind::Missing, objection),
        wit::AdmissionError::Unknown(objection) => (AdmissionErrorKind::Unknown, objection),
    };
    HostError::NotAdmitted { kind, place: objection.place, reason: objection.reason }
}

pub(crate) fn encoding(encoding: Encoding) -> wit::Encoding {
    match encoding {
        Encoding::Json => wit::Encoding::Json,
        Encoding::Protobuf => wit::Encoding::Protobuf,
    }
}
