//! A batch by its tenants: what a host does that may meet two of them in one request.
//!
//! Must not know what is done with a part. Keeps I2: all of a batch is in its parts, or the batch is refused; a part has
//! one tenant. Keeps I3: a resource with all that is in it is copied as it lies.

use alloc::vec::Vec;

use crate::admission::{Admission, Tenant};
use crate::error::BatchError;
use crate::otlp::{Slot, put_resource_logs};
use crate::policy::Tenancy;
use crate::rules::tenant::{self, Answer};
use crate::wire::{Message, Span};

/// What of a batch is of one tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Whose it is, and the headers that it is to be sent with.
    pub admission: Admission,
    /// An `ExportLogsServiceRequest` of its own.
    pub batch: Vec<u8>,
}

/// The resources of a batch, each with whose it is: what a pass finds that changes nothing.
#[derive(Debug, Default)]
pub(super) struct Resources {
    found: Vec<(Message, Answer)>,
    /// Whose the resource of the open `ResourceLogs` is, if it has come.
    answer: Option<Answer>,
    /// Fields of the request that no schema names.
    unknown: Vec<Span>,
    refused: Option<BatchError>,
}

impl Resources {
    /// A resource with its attributes.
    pub(super) fn resource(&mut self, tenancy: &Tenancy, slots: &[Slot<'_>], at: u32) -> Result<(), BatchError> {
        let name = tenancy.unverified().unwrap_or_default();
        self.answer = Some(tenant::find(tenancy, name, slots, at as usize)?);
        Ok(())
    }

    /// The `ResourceLogs` of that resource, or of none.
    pub(super) fn end(&mut self, tenancy: &Tenancy, message: Message) {
        let answer = self.answer.take().map_or_else(|| tenant::otherwise(tenancy, message.length_at as usize), Ok);
        match answer {
            Ok(answer) => self.found.push((message, answer)),
            Err(error) => self.refused = self.refused.or(Some(error)),
        }
    }

    pub(super) fn unknown(&mut self, span: Span) {
        self.unknown.push(span);
    }

    /// Whose the batch is.
    pub(super) fn tenant(self, tenancy: &Tenancy) -> Result<Option<Tenant>, BatchError> {
        self.refused.map_or(Ok(()), Err)?;
        let mut found = self.found.into_iter();
        let Some((_, tenant)) = found.next() else { return tenant::otherwise(tenancy, 0) };
        match found.find(|(_, other)| *other != tenant) {
            None => Ok(tenant),
            Some((message, _)) => Err(BatchError::refused(
                message.length_at as usize,
                "the batch has resources of two tenants; split it by resource first",
            )),
        }
    }

    /// A batch for each tenant, in the order in which they come. `write` makes one of some `ResourceLogs` and of fields of
    /// the request that no schema names.
    pub(super) fn parts(
        self,
        tenancy: &Tenancy,
        write: impl Fn(&[Message], &[Span]) -> Vec<u8>,
    ) -> Result<Vec<Part>, BatchError> {
        self.refused.map_or(Ok(()), Err)?;
        let mut parts: Vec<(Admission, Vec<Message>)> = Vec::new();
        for (message, tenant) in self.found {
            match parts.iter_mut().find(|(admission, _)| admission.tenant == tenant) {
                Some((_, messages)) => messages.push(message),
                None => parts.push((let_in(tenancy, tenant, message.length_at as usize)?, Vec::from([message]))),
            }
        }
        if parts.is_empty() {
            parts.push((let_in(tenancy, tenant::otherwise(tenancy, 0)?, 0)?, Vec::new()));
        }
        // What a policy refuses has to be there to be refused: the first part has it.
        let mut unknown = self.unknown.as_slice();
        let part = |(admission, messages): (Admission, Vec<Message>)| Part {
            admission,
            batch: write(&messages, core::mem::take(&mut unknown)),
        };
        Ok(parts.into_iter().map(part).collect())
    }
}

/// A batch in protobuf of some `ResourceLogs` of another and some of its other fields.
pub(super) fn part(batch: &[u8], messages: &[Message], unknown: &[Span]) -> Vec<u8> {
    let mut part = Vec::new();
    for message in messages {
        put_resource_logs(&mut part, batch.get(message.body as usize..message.end as usize).unwrap_or_default());
    }
    for span in unknown {
        part.extend_from_slice(batch.get(span.start as usize..span.end as usize).unwrap_or_default());
    }
    part
}

fn let_in(tenancy: &Tenancy, tenant: Option<Tenant>, at: usize) -> Result<Admission, BatchError> {
    // The one thing that can be wrong with a tenant here is that a table of headers has no row for it.
    tenant::let_in(tenancy, tenant).map_err(|error| BatchError::refused(at, error.reason()))
}
