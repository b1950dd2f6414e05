//! Requests to the model and what streams back, over HTTP and over WebSocket.
//!
//! Two of three records are stream events. Tokens count only where `input_token_count` stands: a good response gives a
//! second `response.completed` without it, and a failed stream gives one with an error in its place.
//!
//! Must not know tools. Keeps I1 by its rows: an error's text may hold a URL with credentials or the raw response.

use super::auth;
use crate::codex::Shape::{Bool, HttpStatus, Int, OneOf, Word};
use crate::codex::model::{NEVER_CAPTURED, content, safe};
use crate::codex::{Attribute, Event, Seen};

/// One attempt at a request.
pub(super) const API_REQUEST: Event = Event {
    name: "codex.api_request",
    attributes: &[
        DURATION_MS,
        STATUS_CODE,
        ATTEMPT,
        ERROR_MESSAGE,
        ENDPOINT,
        HEADER_ATTACHED,
        HEADER_NAME,
        RETRY_AFTER_UNAUTHORIZED,
        // Only on requests for the list of models.
        SUCCESS,
        auth::MODE,
        auth::REQUEST_ID,
        auth::CF_RAY,
        auth::ERROR,
        auth::ERROR_CODE,
        auth::ENV_OPENAI_KEY,
        auth::ENV_CODEX_KEY,
        auth::ENV_CODEX_KEY_ENABLED,
        auth::ENV_PROVIDER_KEY_NAME,
        auth::ENV_PROVIDER_KEY,
        auth::ENV_REFRESH_URL,
        RECOVERY_MODE,
        RECOVERY_PHASE,
        AGENT_ID,
        TASK_ID,
    ],
    since: "0.45.0",
    until: None,
    seen: Seen::Captured,
};

/// One event of a stream, or the usage at its end, or its failure.
pub(super) const SSE_EVENT: Event = Event {
    name: "codex.sse_event",
    attributes: &[
        EVENT_KIND,
        DURATION_MS,
        ERROR_MESSAGE,
        safe("input_token_count", Int, "0.45.0").to("gen_ai.usage.input_tokens"),
        safe("output_token_count", Int, "0.45.0").to("gen_ai.usage.output_tokens"),
        safe("cached_token_count", Int, "0.45.0").to("gen_ai.usage.cache_read.input_tokens"),
        safe("cache_write_token_count", Int, "0.147.0").to("gen_ai.usage.cache_creation.input_tokens"),
        safe("reasoning_token_count", Int, "0.45.0").to("gen_ai.usage.reasoning.output_tokens"),
        // Input and output together, whatever its name says: it has no conventional name.
        safe("tool_token_count", Int, "0.45.0"),
        safe("ttft_ms", Int, "0.147.0").to("gen_ai.response.time_to_first_chunk"),
        safe("model_reasoning_effort", Word, "0.169.0"),
        safe("service_tier", Word, NEVER_CAPTURED),
    ],
    since: "0.45.0",
    until: None,
    seen: Seen::Captured,
};

/// A WebSocket being opened: what a request is over HTTP.
pub(super) const WEBSOCKET_CONNECT: Event = Event {
    name: "codex.websocket_connect",
    attributes: &[
        DURATION_MS,
        STATUS_CODE,
        SUCCESS,
        ERROR_MESSAGE,
        ENDPOINT,
        HEADER_ATTACHED,
        HEADER_NAME,
        RETRY_AFTER_UNAUTHORIZED,
        CONNECTION_REUSED,
        safe("auth.reauth", Bool, "0.169.0"),
        auth::REQUEST_ID,
        auth::CF_RAY,
        auth::ERROR,
        auth::ERROR_CODE,
        auth::ENV_OPENAI_KEY,
        auth::ENV_CODEX_KEY,
        auth::ENV_CODEX_KEY_ENABLED,
        auth::ENV_PROVIDER_KEY_NAME,
        auth::ENV_PROVIDER_KEY,
        auth::ENV_REFRESH_URL,
        RECOVERY_MODE,
        RECOVERY_PHASE,
        AGENT_ID,
        TASK_ID,
    ],
    since: "0.124.0",
    until: None,
    seen: Seen::Captured,
};

/// One event of a stream over WebSocket, while there was such a thing.
pub(super) const WEBSOCKET_EVENT: Event = Event {
    name: "codex.websocket_event",
    attributes: &[EVENT_KIND, DURATION_MS, SUCCESS, ERROR_MESSAGE],
    since: "0.124.0",
    until: Some("0.140.0"),
    seen: Seen::Captured,
};

/// A request over an open WebSocket.
pub(super) const WEBSOCKET_REQUEST: Event = Event {
    name: "codex.websocket_request",
    attributes: &[
        DURATION_MS,
        SUCCESS,
        ERROR_MESSAGE,
        CONNECTION_REUSED,
        auth::ENV_OPENAI_KEY,
        auth::ENV_CODEX_KEY,
        auth::ENV_CODEX_KEY_ENABLED,
        auth::ENV_PROVIDER_KEY_NAME,
        auth::ENV_PROVIDER_KEY,
        auth::ENV_REFRESH_URL,
    ],
    since: "0.124.0",
    until: None,
    seen: Seen::Captured,
};

/// Milliseconds, sent as text.
pub(super) const DURATION_MS: Attribute = safe("duration_ms", Int, "0.45.0");
/// Sent as text by tools and WebSockets, as a bool by requests.
pub(super) const SUCCESS: Attribute = safe("success", Bool, "0.45.0");

const EVENT_KIND: Attribute = safe("event.kind", Word, "0.45.0");
const ERROR_MESSAGE: Attribute = content("error.message", HttpStatus, "0.45.0");
const STATUS_CODE: Attribute = safe("http.response.status_code", Int, "0.45.0");
/// Counted from 0, as the conventional name wants it.
const ATTEMPT: Attribute = safe("attempt", Int, "0.45.0").to("http.request.resend_count");
/// The two paths that were recorded. Another path is no harm, but a path may hold an id: it is searched.
const ENDPOINT: Attribute = safe("endpoint", OneOf(&["/models", "/responses"]), "0.115.0");
const HEADER_ATTACHED: Attribute = safe("auth.header_attached", Bool, "0.115.0");
const HEADER_NAME: Attribute = safe("auth.header_name", Word, "0.115.0");
const RETRY_AFTER_UNAUTHORIZED: Attribute = safe("auth.retry_after_unauthorized", Bool, "0.115.0");
const CONNECTION_REUSED: Attribute = safe("auth.connection_reused", Bool, "0.124.0");
const RECOVERY_MODE: Attribute = safe("auth.recovery_mode", Word, NEVER_CAPTURED);
const RECOVERY_PHASE: Attribute = safe("auth.recovery_phase", Word, NEVER_CAPTURED);
const AGENT_ID: Attribute = safe("auth.agent_id", Word, NEVER_CAPTURED);
const TASK_ID: Attribute = safe("auth.task_id", Word, NEVER_CAPTURED);
