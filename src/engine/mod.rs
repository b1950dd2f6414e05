//! The compiled policy and the one path that a batch takes through it.
//!
//! ```text
//! bytes ─▶ walk ─▶ rules ─▶ edits ─▶ splice ─▶ bytes
//! ```
//!
//! Must not know hosts. Keeps I2 at the top: an error leaves nothing to forward, and I6: the worker's memory is cleared
//! before each batch.

mod attribute;
mod audit;
mod decision;
mod event;
mod pass;
mod records;
mod split;
mod tenant;

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::admission::{Admission, AdmissionError, Context, Tenant};
use crate::detect::{Detectors, Finding};
use crate::error::{BatchError, PolicyError};
use crate::keys::Keys;
use crate::otlp::{self, Door, Lists};
use crate::outcome::{Outcome, Report, Verdict};
use crate::policy::{Hmac, Keyring, Plan, Policy, Tenancy, compile, explain, kind_of};
use crate::rules::redact::{self, Scratch};
use crate::rules::tenant as rules;
use crate::wire::Edits;
use pass::{Memory, Pass, Stage};
use tenant::Stamp;

pub use split::Part;
use split::Resources;

/// A compiled policy: immutable, shared by any number of workers.
#[derive(Clone, Debug)]
pub struct Airlock {
    plan: Arc<Plan>,
    sentences: Arc<[String]>,
}

/// How the bytes of a batch are encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// OTLP JSON.
    Json,
    /// OTLP protobuf: an `ExportLogsServiceRequest`.
    Protobuf,
}

impl Airlock {
    /// Compiles a policy: one JSON document. `{}` is the safe default. Keys stand beside the policy and never in it.
    ///
    /// A policy with `shadow: true` redacts nothing, so it is refused here: see [`Airlock::open_allowing_shadow`].
    pub fn open(policy: &str, keys: &Keys) -> Result<Self, PolicyError> {
        let airlock = Self::open_allowing_shadow(policy, keys)?;
        if airlock.is_shadow() {
            let message =
                "in shadow nothing is redacted, and this host does not allow that; it has a switch of its own";
            return Err(PolicyError::new("shadow", message));
        }
        Ok(airlock)
    }

    /// The same, for a host whose operator has said that a policy may be tried out in shadow: what goes out is not
    /// redacted, and the report says what would have been done. Tenants, reserved names, limits, refusals and the rules
    /// for whole records stay in force.
    ///
    /// A host that takes a new policy while it runs calls this only if it ran in shadow before: a reload must not switch
    /// redaction off.
    pub fn open_allowing_shadow(policy: &str, keys: &Keys) -> Result<Self, PolicyError> {
        let policy = Policy::parse(policy)?;
        let plan = compile(&policy, Keyring::read(keys)?)?;
        let sentences = explain(&policy, plan.keyring.default_id()).into();
        Ok(Self { plan: Arc::new(plan), sentences })
    }

    /// Decides about a request before its body is read: whose batches it brings, and what becomes of its headers.
    ///
    /// After an error nothing that the request brings may be forwarded. Where [`Airlock::needs_body`] says so, an
    /// admission without a tenant is none yet: [`Airlock::split`] completes it.
    pub fn admit(&self, context: &Context<'_>) -> Result<Admission, AdmissionError> {
        match &self.plan.tenancy {
            Some(tenancy) => rules::admit(tenancy, context),
            None => Ok(Admission::none()),
        }
    }

    /// The headers that [`Airlock::admit`] reads, sets or removes, in lower case and with `-`. A context needs no others.
    pub fn header_names(&self) -> Vec<String> {
        self.plan.tenancy.as_ref().map(rules::header_names).unwrap_or_default()
    }

    /// Whether a tenant may stand in the body alone, where any client can set it. A host that has to answer, or to send
    /// headers, before it has read the body refuses such a policy.
    pub fn needs_body(&self) -> bool {
        self.plan.tenancy.as_ref().is_some_and(|tenancy| tenancy.unverified().is_some())
    }

    /// Whether a tenant may be told by a certificate of the client. Only a host that has verified it says so.
    pub fn needs_identities(&self) -> bool {
        self.plan.tenancy.as_ref().is_some_and(|tenancy| tenancy.has_source("identity"))
    }

    /// Whether a tenant may be told by the address of the client. Only a host that has it from the connection says so.
    pub fn needs_peer(&self) -> bool {
        self.plan.tenancy.as_ref().is_some_and(|tenancy| tenancy.has_source("peer"))
    }

    /// Splits a batch by whose its resources are, for a host that may meet two tenants in one; each part is then
    /// processed with its own admission. A batch that was admitted as one tenant's stays whole.
    pub fn split(&self, batch: &[u8], encoding: Encoding, admission: &Admission) -> Result<Vec<Part>, BatchError> {
        let whole = || Ok(Vec::from([Part { admission: admission.clone(), batch: batch.into() }]));
        if admission.tenant.is_some() || !self.needs_body() {
            return whole();
        }
        let mut worker = self.worker();
        match (worker.search(batch, encoding)?, &self.plan.tenancy) {
            (Some(resources), Some(tenancy)) => {
                let parts = match encoding {
                    Encoding::Json => {
                        resources.parts(tenancy, |messages, unknown| worker.door.part(batch, messages, unknown))
                    }
                    Encoding::Protobuf => {
                        resources.parts(tenancy, |messages, unknown| split::part(batch, messages, unknown))
                    }
                };
                parts.map_err(|error| worker.located(encoding, error))
            }
            _ => whole(),
        }
    }

    /// A worker for one thread.
    pub fn worker(&self) -> Worker {
        Worker {
            report: Report::new(self.plan.clone()),
            memory: Memory::new(),
            plan: self.plan.clone(),
            edits: Edits::default(),
            door: Door::default(),
            lists: Lists::default(),
            scratch: Scratch::default(),
            output: Vec::new(),
        }
    }

    /// Whether nothing is redacted: the policy is tried out.
    pub fn is_shadow(&self) -> bool {
        self.plan.shadow
    }

    /// Lower-case hexadecimal SHA-256 of the policy's RFC 8785 form.
    pub fn policy_hash(&self) -> &str {
        &self.plan.hash
    }

    /// What the policy does, a sentence each; what deserves a second look begins with `warning: `.
    pub fn explain(&self) -> &[String] {
        &self.sentences
    }

    /// Every pseudonym that a value has had under this policy and these keys, so that somebody's records can be found: one
    /// for each key, in their order, and for each length that the policy asks for.
    ///
    /// `kind` is what the value is: `email`, `account`, `host`, `user`, or any attribute's name.
    pub fn pseudonyms(&self, tenant: Option<&str>, kind: &str, value: &str) -> Vec<String> {
        let plan = &*self.plan;
        let mut lengths: Vec<u8> = plan.pseudonyms.iter().map(|pseudonym| pseudonym.length).collect();
        lengths.push(Hmac::default().length);
        lengths.sort_unstable();
        lengths.dedup();
        let (tenant, kind) = (tenant.unwrap_or_default(), kind_of(kind));
        let made = (0..plan.keyring.len()).flat_map(|key| lengths.iter().map(move |&length| (key, length)));
        made.filter_map(|(key, length)| redact::compute(plan, key, length, tenant, &kind, value.as_bytes())).collect()
    }

    /// The policy's detectors, its own among them: what each that finds something is called.
    pub fn detectors(&self) -> &Detectors {
        &self.plan.detectors
    }

    /// What the policy's detectors find in `text`, but for the values that it allows; to its end, however much work that is.
    pub fn scan(&self, text: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.plan.detectors.scan_to_end(text.as_bytes(), &mut findings);
        findings.retain(|finding| {
            let found = text.as_bytes().get(finding.start..finding.end).unwrap_or_default();
            self.plan.allow.iter().all(|allowed| **allowed != *found)
        });
        findings
    }
}

/// Working memory for one thread. Nothing of one batch shows in what comes of the next.
#[derive(Debug)]
pub struct Worker {
    plan: Arc<Plan>,
    report: Report,
    edits: Edits,
    door: Door,
    lists: Lists,
    scratch: Scratch,
    memory: Memory,
    /// What was written last lies at its beginning; what lies behind that is overwritten before it is shown.
    output: Vec<u8>,
}

impl Worker {
    /// The whole job in one pass: normalise, put the tenant in, redact. The result is safe to forward.
    ///
    /// After an error nothing of the batch may be forwarded; the worker can go on with the next.
    pub fn process<'a>(
        &'a mut self,
        batch: &'a [u8],
        encoding: Encoding,
        admission: &Admission,
    ) -> Result<Outcome<'a>, BatchError> {
        self.run(batch, encoding, admission, Stage::PROCESS)
    }

    /// The first stage alone: folds every Codex dialect into one schema. Not safe to forward: nothing is masked.
    pub fn normalise<'a>(&'a mut self, batch: &'a [u8], encoding: Encoding) -> Result<Outcome<'a>, BatchError> {
        self.run(batch, encoding, &Admission::none(), Stage::NORMALISE)
    }

    /// The second stage alone: puts the tenant on every resource, and takes away what only the policy may say. Not safe
    /// to forward: nothing is masked.
    pub fn inject_tenant<'a>(
        &'a mut self,
        batch: &'a [u8],
        encoding: Encoding,
        admission: &Admission,
    ) -> Result<Outcome<'a>, BatchError> {
        self.run(batch, encoding, admission, Stage::INJECT_TENANT)
    }

    /// The last stage alone: masks what must not leave, under the names that the batch came with. Not safe to forward
    /// where there are tenants: what a client says about its own stays.
    pub fn redact<'a>(
        &'a mut self,
        batch: &'a [u8],
        encoding: Encoding,
        admission: &Admission,
    ) -> Result<Outcome<'a>, BatchError> {
        self.run(batch, encoding, admission, Stage::REDACT)
    }

    fn run<'a>(
        &'a mut self,
        batch: &'a [u8],
        encoding: Encoding,
        admission: &Admission,
        stage: Stage,
    ) -> Result<Outcome<'a>, BatchError> {
        let tenant = self.tenant(batch, encoding, admission, stage)?;
        let inside = self.pass(batch, encoding, tenant.as_ref(), stage)?;
        let (verdict, length) = match inside {
            Some(at) => self.run_stages(batch, encoding, tenant.as_ref(), stage, at)?,
            None => self.finish(batch, encoding, tenant.as_ref(), stage)?,
        };
        let batch = match verdict {
            Verdict::Dropped => &[],
            Verdict::Rewritten => self.output.get(..length).unwrap_or_default(),
            Verdict::Unchanged => batch,
        };
        Ok(Outcome { verdict, batch, report: &self.report })
    }

    /// Whose the batch is: the host knows, or the batch itself says, or the policy does.
    fn tenant(
        &mut self,
        batch: &[u8],
        encoding: Encoding,
        admission: &Admission,
        stage: Stage,
    ) -> Result<Option<Tenant>, BatchError> {
        if admission.tenant.is_some() || self.plan.tenancy.is_none() || !(stage.tenant || stage.redact) {
            return Ok(admission.tenant.clone());
        }
        let found = self.search(batch, encoding)?;
        let Some(tenancy) = &self.plan.tenancy else { return Ok(None) };
        if let Some(resources) = found {
            return resources.tenant(tenancy).map_err(|error| self.located(encoding, error));
        }
        let otherwise = rules::otherwise(tenancy, 0);
        if stage.tenant { otherwise } else { Ok(otherwise.unwrap_or_default()) }
    }

    /// Whose each resource is, where the policy lets the batch say.
    fn search(&mut self, batch: &[u8], encoding: Encoding) -> Result<Option<Resources>, BatchError> {
        if self.plan.tenancy.as_ref().and_then(Tenancy::unverified).is_none() {
            return Ok(None);
        }
        Ok(self.walk(batch, encoding, Stage::NONE, Stamp::search())?.resources)
    }

    /// One pass over the batch, into the edits and the report; where in it a reserved name was seen that the pass leaves
    /// for the stages one by one.
    fn pass(
        &mut self,
        batch: &[u8],
        encoding: Encoding,
        tenant: Option<&Tenant>,
        stage: Stage,
    ) -> Result<Option<u32>, BatchError> {
        self.report.clear();
        self.scratch.memo.clear();
        self.scratch.pseudonyms.begin(tenant.map(Tenant::as_str));
        self.memory.audited = Default::default();
        Ok(self.walk(batch, encoding, stage, Stamp::new(tenant))?.inside)
    }

    fn walk<'s>(
        &'s mut self,
        batch: &[u8],
        encoding: Encoding,
        stage: Stage,
        stamp: Stamp<'s>,
    ) -> Result<Stamp<'s>, BatchError> {
        self.edits.clear();
        let mut pass = Pass {
            stage,
            plan: &self.plan,
            edits: &mut self.edits,
            report: &mut self.report,
            scratch: &mut self.scratch,
            memory: &mut self.memory,
            stamp,
        };
        match encoding {
            Encoding::Protobuf => otlp::walk(batch, &mut self.lists, &mut pass)?,
            Encoding::Json => {
                self.door.read(batch)?;
                otlp::walk(self.door.image(), &mut self.lists, &mut pass).map_err(|error| self.door.locate(error))?;
            }
        }
        Ok(pass.stamp)
    }

    /// Writes what a last pass has decided. In shadow that was redaction, which has counted and refused: the batch goes out
    /// by the same pass without it, and the counts stay those of the first.
    fn finish(
        &mut self,
        batch: &[u8],
        encoding: Encoding,
        tenant: Option<&Tenant>,
        stage: Stage,
    ) -> Result<(Verdict, usize), BatchError> {
        if self.plan.shadow && stage.redact {
            let counted = self.report.clone();
            self.pass(batch, encoding, tenant, Stage { redact: false, ..stage })?;
            self.report.records_as_counted(counted);
        }
        self.write(batch, encoding)
    }

    /// The stages one after the other, for a batch with a reserved name inside a value: what is masked there, cut or
    /// measured is what the stage before has left. The pass before this one has accepted the batch, so that a refusal
    /// here can only be for that name, which stands at `at`.
    fn run_stages(
        &mut self,
        batch: &[u8],
        encoding: Encoding,
        tenant: Option<&Tenant>,
        stage: Stage,
        at: u32,
    ) -> Result<(Verdict, usize), BatchError> {
        let first = Stage { normalise: stage.normalise, ..Stage::NONE };
        let last = Stage { normalise: false, tenant: false, ..stage };
        let at = self.located(encoding, BatchError::refused(at as usize, "")).offset();
        let refused = |error: BatchError| BatchError::refused(at, error.reason());
        let normalised = self.stage(batch, encoding, tenant, first).map_err(refused)?;
        let of_normalise = self.report.counts;
        let stamped = self.stage(&normalised, encoding, tenant, Stage::INJECT_TENANT).map_err(refused)?;
        let of_tenant = self.report.counts;
        self.pass(&stamped, encoding, tenant, last).map_err(refused)?;
        let (mut verdict, mut length) = self.finish(&stamped, encoding, tenant, last).map_err(refused)?;
        self.report.counts = self.report.counts.after(&of_normalise, &of_tenant);
        if verdict == Verdict::Unchanged {
            (verdict, length) = (Verdict::Rewritten, stamped.len());
            self.output = stamped;
        }
        if verdict == Verdict::Rewritten && self.output.get(..length) == Some(batch) {
            verdict = Verdict::Unchanged;
        }
        Ok((verdict, length))
    }

    /// What one stage makes of a batch.
    fn stage(
        &mut self,
        batch: &[u8],
        encoding: Encoding,
        tenant: Option<&Tenant>,
        stage: Stage,
    ) -> Result<Vec<u8>, BatchError> {
        self.pass(batch, encoding, tenant, stage)?;
        Ok(match self.write(batch, encoding)? {
            (Verdict::Unchanged, _) => batch.into(),
            (Verdict::Dropped | Verdict::Rewritten, length) => self.output.get(..length).unwrap_or_default().into(),
        })
    }

    /// Carries the edits out; how much of the output was written.
    fn write(&mut self, batch: &[u8], encoding: Encoding) -> Result<(Verdict, usize), BatchError> {
        if self.report.records_in() > 0 && self.report.records_out() == 0 {
            return Ok((Verdict::Dropped, 0));
        }
        if self.edits.is_empty() {
            return Ok((Verdict::Unchanged, 0));
        }
        // The walk yields places in order, so the edits are; were they not, nothing must get out.
        let written = match encoding {
            Encoding::Json => self.door.write(batch, &self.edits, &mut self.output),
            Encoding::Protobuf => self.edits.splice(batch, &mut self.output).map(Some),
        };
        let written = written.ok_or(BatchError::unsupported(0, "the edits of this batch could not be carried out"))?;
        Ok(written.map_or((Verdict::Unchanged, 0), |written| (Verdict::Rewritten, written.len())))
    }

    /// An error about the batch that was walked last, at its place in the bytes as they came.
    fn located(&self, encoding: Encoding, error: BatchError) -> BatchError {
        match encoding {
            Encoding::Json => self.door.locate(error),
            Encoding::Protobuf => error,
        }
    }
}
