//! One request, from its head to what is handed back to Envoy.
//!
//! ```text
//! Head ──▶ Body ──(last bytes, or trailers)──▶ Done
//!   └──────────┴──▶ Refused      Head ──▶ Passed, where the operator lets other requests by
//! ```
//!
//! Must not know what a batch holds. Keeps I2: Envoy forwards whatever a callback does not stop, and a request can end by
//! its head, by its body or by its trailers; each of them ends in `finish`. Keeps I5: a body over the bound is refused as
//! soon as it is.

use std::rc::Rc;

use airlock::{Admission, Encoding, Verdict};
use door::{Carried, Class, Other, Protocol, Refusal, Request, frame_prefix};
use proxy_wasm::hostcalls::{get_buffer, get_current_time, set_buffer};
use proxy_wasm::traits::{Context, HttpContext};
use proxy_wasm::types::{Action, BufferType};

use crate::configuration::OtherRequests;
use crate::plugin::{Memory, Plugin};
use crate::{answer, context, head};

const BODY: BufferType = BufferType::HttpRequestBody;
const ENVOY_FAILED: Refusal = Refusal::new(Class::Internal, "Envoy did not do what it was asked");

/// A request.
pub struct Exchange {
    plugin: Rc<Plugin>,
    /// How much of the body has come.
    received: usize,
    state: State,
}

enum State {
    /// The body is awaited, up to its last byte.
    Body(Request, Admission),
    /// The batch was handed back.
    Done,
    /// Nothing was read yet.
    Head,
    /// It is not ours, and goes by.
    Passed,
    /// It was answered, and nothing of it may go on.
    Refused,
}

/// Why a request ends here, and how its sender is told.
type Told = (Protocol, Refusal);

impl Exchange {
    pub fn new(plugin: Rc<Plugin>) -> Self {
        Self { plugin, received: 0, state: State::Head }
    }

    fn read_head(&mut self, is_all: bool) -> Result<Action, Told> {
        let told = |refusal| (Protocol::Json, refusal);
        let headers = head::headers().ok_or(told(ENVOY_FAILED))?;
        let plugin = self.plugin.clone();
        let host = &plugin.host;
        let pairs = headers.iter().map(|(name, value)| (name.as_bytes(), value.as_slice()));
        let (method, target) = (head::value(&headers, ":method"), head::value(&headers, ":path"));
        let (path, request) = match host.routes.read(method, target, pairs)? {
            Carried::Logs(path, request) => (path, request),
            Carried::Other(other) => return self.other(other),
        };
        let told = |refusal| (request.protocol, refusal);
        let length =
            std::str::from_utf8(head::value(&headers, "content-length")).ok().and_then(|text| text.parse().ok());
        self.check_size(length.unwrap_or(0)).map_err(told)?;
        let admission = context::admit(&plugin.airlock, &plugin.header_names, host, &headers).map_err(told)?;
        head::forward(&headers, path, request, &admission).ok_or(told(ENVOY_FAILED))?;
        self.state = State::Body(request, admission);
        match (is_all, host.hold_headers) {
            (true, _) => self.finish(),
            (false, true) => Ok(Action::Pause),
            (false, false) => Ok(Action::Continue),
        }
    }

    /// A request that is not for logs.
    fn other(&mut self, other: Other) -> Result<Action, Told> {
        match self.plugin.host.other_requests {
            OtherRequests::PassUnredacted if other.is_plain => {
                self.state = State::Passed;
                Ok(Action::Continue)
            }
            OtherRequests::Drop if other.protocol != Protocol::Grpc => {
                answer::accept(other.protocol);
                self.state = State::Refused;
                Ok(Action::Pause)
            }
            _ => Err((other.protocol, other.refusal)),
        }
    }

    fn check_size(&self, bytes: usize) -> Result<(), Refusal> {
        if bytes > self.plugin.host.max_batch_bytes {
            return Err(Refusal::new(Class::TooLarge, "the body is too large"));
        }
        Ok(())
    }

    /// The whole body is here: it becomes what may go on.
    fn finish(&mut self) -> Result<Action, Told> {
        let State::Body(request, admission) = std::mem::replace(&mut self.state, State::Refused) else {
            return Ok(Action::Pause);
        };
        let started = get_current_time();
        let memory = &mut *self.plugin.memory.borrow_mut();
        let length = self.process(request, admission, memory).map_err(|refusal| (request.protocol, refusal))?;
        if self.plugin.host.hold_headers && request.protocol != Protocol::Grpc {
            head::set_length(length).ok_or((request.protocol, ENVOY_FAILED))?;
        }
        let took =
            get_current_time().ok().zip(started.ok()).and_then(|(now, started)| now.duration_since(started).ok());
        memory.metrics.took(took.unwrap_or_default().as_micros() as u64);
        self.state = State::Done;
        Ok(Action::Continue)
    }

    /// Has the batch processed and hands it back; how long the body is then.
    fn process(&self, request: Request, mut admission: Admission, memory: &mut Memory) -> Result<usize, Refusal> {
        let Plugin { airlock, host, .. } = &*self.plugin;
        let size = self.received;
        self.check_size(size)?;
        let body = match size {
            0 => Vec::new(),
            _ => get_buffer(BODY, 0, size).ok().flatten().filter(|body| body.len() == size).ok_or(ENVOY_FAILED)?,
        };
        let batch = memory.opener.open(&request, &body, host.max_batch_bytes)?;
        let encoding = if request.protocol == Protocol::Json { Encoding::Json } else { Encoding::Protobuf };
        let of_batch = |error| answer::of_batch(&error);
        // Only where headers are held may the body say whose it is. A batch of two tenants is for `process` to refuse.
        if airlock.needs_body()
            && let [part] = &airlock.split(batch, encoding, &admission).map_err(of_batch)?[..]
        {
            admission = part.admission.clone();
            head::set(&admission).ok_or(ENVOY_FAILED)?;
        }
        let outcome = memory.worker.process(batch, encoding, &admission).map_err(of_batch)?;
        let written = match outcome.verdict {
            // An exporter is to hear a success, and the protocol has every server take a batch of nothing.
            Verdict::Dropped if encoding == Encoding::Json => b"{}".as_slice(),
            Verdict::Dropped => &[],
            Verdict::Rewritten | Verdict::Unchanged => outcome.batch,
        };
        let prefix = match request.protocol {
            Protocol::Grpc => frame_prefix(written.len()).map(Some),
            Protocol::Json | Protocol::Protobuf => Some(None),
        };
        let prefix = prefix.ok_or(Refusal::new(Class::TooLarge, "the batch is too large for a gRPC message"))?;
        let prefix = prefix.as_ref().map_or(&[][..], |prefix| prefix);
        let length = prefix.len() + written.len();
        if length > host.max_output_bytes {
            return Err(Refusal::new(Class::TooLarge, "the batch is too large once it is redacted"));
        }
        let is_as_it_came = body.get(prefix.len()..).is_some_and(|rest| std::ptr::eq(rest, written));
        if !is_as_it_came {
            replace(size, prefix, written)?;
        }
        memory.metrics.processed(outcome.verdict, outcome.report);
        Ok(length)
    }

    fn answered(&mut self, result: Result<Action, Told>) -> Action {
        result.unwrap_or_else(|(protocol, refusal)| {
            self.state = State::Refused;
            self.plugin.memory.borrow().metrics.refused(refusal.class());
            answer::refuse(protocol, &refusal);
            Action::Pause
        })
    }
}

/// Puts a body in place of the `size` bytes that Envoy has.
fn replace(size: usize, prefix: &[u8], batch: &[u8]) -> Result<(), Refusal> {
    // Envoy appends what is set behind the end.
    let (first, second) = if prefix.is_empty() { (batch, &[][..]) } else { (prefix, batch) };
    if size == 0 && !first.is_empty() {
        return Err(Refusal::new(Class::Malformed, "there is no body"));
    }
    set_buffer(BODY, 0, size, first).map_err(|_| ENVOY_FAILED)?;
    if !second.is_empty() {
        set_buffer(BODY, first.len(), 0, second).map_err(|_| ENVOY_FAILED)?;
    }
    Ok(())
}

impl Context for Exchange {}

impl HttpContext for Exchange {
    fn on_http_request_headers(&mut self, _: usize, end_of_stream: bool) -> Action {
        let result = self.read_head(end_of_stream);
        self.answered(result)
    }

    fn on_http_request_body(&mut self, size: usize, end_of_stream: bool) -> Action {
        // Of what Envoy has kept since the head, not of this call alone.
        self.received = size;
        match (&self.state, end_of_stream) {
            (State::Passed | State::Done, _) => Action::Continue,
            (State::Head | State::Refused, _) => Action::Pause,
            (State::Body(..), true) => {
                let result = self.finish();
                self.answered(result)
            }
            (State::Body(request, _), false) => {
                let protocol = request.protocol;
                let result = self.check_size(size).map(|()| Action::Pause).map_err(|refusal| (protocol, refusal));
                self.answered(result)
            }
        }
    }

    fn on_http_request_trailers(&mut self, _: usize) -> Action {
        let protocol = match &self.state {
            State::Passed => return Action::Continue,
            State::Body(request, _) => request.protocol,
            State::Done | State::Head | State::Refused => return Action::Pause,
        };
        // The body ended without a word, and Envoy would send it on with the trailers.
        let removed = head::remove_trailers().ok_or((protocol, ENVOY_FAILED));
        let result = removed.and_then(|()| self.finish());
        self.answered(result)
    }
}
