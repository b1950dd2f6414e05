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

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::admission::Admission;
use crate::detect::Finding;
use crate::error::{BatchError, PolicyError};
use crate::keys::Keys;
use crate::otlp::{self, Door};
use crate::outcome::{Outcome, Report, Verdict};
use crate::policy::{Hmac, Keyring, Plan, Policy, compile, explain, kind_of};
use crate::rules::redact::{self, Scratch};
use crate::wire::Edits;
use pass::{Memory, Pass, Stage};

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

    /// A worker for one thread.
    pub fn worker(&self) -> Worker {
        Worker {
            report: Report::new(self.plan.clone()),
            memory: Memory::new(),
            plan: self.plan.clone(),
            edits: Edits::default(),
            door: Door::default(),
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

    /// What the policy's detectors find in `text`, but for the values that it allows.
    pub fn scan(&self, text: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.plan.detectors.scan(text.as_bytes(), &mut findings);
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
    scratch: Scratch,
    memory: Memory,
    /// What was written last lies at its beginning; what lies behind that is overwritten before it is shown.
    output: Vec<u8>,
}

impl Worker {
    /// The whole job in one pass: normalise, then redact. The result is safe to forward.
    ///
    /// After an error nothing of the batch may be forwarded; the worker can go on with the next.
    pub fn process<'a>(
        &'a mut self,
        batch: &'a [u8],
        encoding: Encoding,
        admission: &Admission,
    ) -> Result<Outcome<'a>, BatchError> {
        self.run(batch, encoding, admission, Stage { normalise: true, redact: true, selects: true })
    }

    /// The first stage alone: folds every Codex dialect into one schema. Not safe to forward: nothing is masked.
    pub fn normalise<'a>(&'a mut self, batch: &'a [u8], encoding: Encoding) -> Result<Outcome<'a>, BatchError> {
        self.run(batch, encoding, &Admission::none(), Stage { normalise: true, redact: false, selects: false })
    }

    /// The last stage alone: masks what must not leave, under the names that the batch came with.
    pub fn redact<'a>(
        &'a mut self,
        batch: &'a [u8],
        encoding: Encoding,
        admission: &Admission,
    ) -> Result<Outcome<'a>, BatchError> {
        self.run(batch, encoding, admission, Stage { normalise: false, redact: true, selects: true })
    }

    fn run<'a>(
        &'a mut self,
        batch: &'a [u8],
        encoding: Encoding,
        admission: &Admission,
        stage: Stage,
    ) -> Result<Outcome<'a>, BatchError> {
        self.pass(batch, encoding, admission, stage)?;
        if self.plan.shadow && stage.redact {
            self.shadow(batch, encoding, admission, stage)?;
        }
        let (verdict, batch) = if self.report.records_in() > 0 && self.report.records_out() == 0 {
            (Verdict::Dropped, &[][..])
        } else if self.edits.is_empty() {
            (Verdict::Unchanged, batch)
        } else {
            // The walk yields places in order, so the edits are; were they not, nothing must get out.
            let written = match encoding {
                Encoding::Json => self.door.write(batch, &self.edits, &mut self.output),
                Encoding::Protobuf => self.edits.splice(batch, &mut self.output).map(Some),
            };
            match written.ok_or(BatchError::unsupported(0, "the edits of this batch could not be carried out"))? {
                Some(written) => (Verdict::Rewritten, written),
                None => (Verdict::Unchanged, batch),
            }
        };
        Ok(Outcome { verdict, batch, report: &self.report })
    }

    /// After a pass that has redacted, and so counted and refused: the same without redaction, by which the batch goes out.
    /// The counts stay those of the first.
    fn shadow(
        &mut self,
        batch: &[u8],
        encoding: Encoding,
        admission: &Admission,
        stage: Stage,
    ) -> Result<(), BatchError> {
        let counted = self.report.clone();
        self.pass(batch, encoding, admission, Stage { redact: false, ..stage })?;
        self.report.records_as_counted(counted);
        Ok(())
    }

    /// One pass over the batch, into the edits and the report.
    fn pass(
        &mut self,
        batch: &[u8],
        encoding: Encoding,
        admission: &Admission,
        stage: Stage,
    ) -> Result<(), BatchError> {
        self.edits.clear();
        self.report.clear();
        self.scratch.memo.clear();
        self.scratch.pseudonyms.begin(admission.tenant());
        self.memory.audited = Default::default();
        let mut pass = Pass {
            stage,
            plan: &self.plan,
            edits: &mut self.edits,
            report: &mut self.report,
            scratch: &mut self.scratch,
            memory: &mut self.memory,
        };
        match encoding {
            Encoding::Protobuf => otlp::walk(batch, &mut pass),
            Encoding::Json => {
                self.door.read(batch)?;
                otlp::walk(self.door.image(), &mut pass).map_err(|error| self.door.locate(error))
            }
        }
    }
}
