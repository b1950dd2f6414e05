//! Every event that Codex sends or once sent, each with the attributes that it has beyond the common ones.
//!
//! Must not know what is done with an event. Keeps I1 by its rows: what is content or identity is marked as such in
//! every event, and a name means the same in all of them.

mod agents;
mod api;
mod auth;
mod session;
mod tools;

use super::Event;

/// Every event of the catalogue.
pub static EVENTS: &[Event] = &[
    agents::AGENT_COMMUNICATION,
    agents::AGENT_RESPONSE,
    agents::GUARDIAN_ASSESSMENT,
    api::API_REQUEST,
    api::SSE_EVENT,
    api::WEBSOCKET_CONNECT,
    api::WEBSOCKET_EVENT,
    api::WEBSOCKET_REQUEST,
    auth::AUTH_RECOVERY,
    session::CONVERSATION_STARTS,
    session::PLUGIN_INSTALL_ELICITATION_SENT,
    session::PLUGIN_INSTALL_SUGGESTION,
    session::SKILL_INVOCATION,
    session::STARTUP_PHASE,
    session::TURN_COST,
    session::TURN_TTFT,
    session::USER_PROMPT,
    tools::SANDBOX_ASSESSMENT,
    tools::SANDBOX_ASSESSMENT_LATENCY,
    tools::SANDBOX_OUTCOME,
    tools::TOOL_DECISION,
    tools::TOOL_RESULT,
];
