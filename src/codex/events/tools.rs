//! Tool calls: what was decided about them, what came of them, and what the sandbox said.
//!
//! Must not know how a tool's name is read; `codex::tools` does. Keeps I1 by its rows: what a tool was given and what
//! it gave are content, whatever the CLI's own switch for prompts says.

use super::api::{DURATION_MS, SUCCESS};
use crate::codex::Shape::{Bool, Int, OneOf, Text, Word};
use crate::codex::model::{NEVER_CAPTURED, content, safe};
use crate::codex::{Attribute, Event, Seen};

/// Whether a call was allowed, and by whom.
pub(super) const TOOL_DECISION: Event = Event {
    name: "codex.tool_decision",
    attributes: &[
        TOOL_NAME,
        TOOL_NAMESPACE,
        CALL_ID,
        safe("decision", Word, "0.45.0"),
        safe("source", OneOf(DECISION_SOURCES), "0.45.0"),
    ],
    since: "0.45.0",
    until: None,
    seen: Seen::Captured,
};

/// What came of a call. A command that fails is a `success` from 0.98 on, and not before.
pub(super) const TOOL_RESULT: Event = Event {
    name: "codex.tool_result",
    attributes: &[
        TOOL_NAME,
        TOOL_NAMESPACE,
        CALL_ID,
        // JSON, a patch, a script or what the model sent in place of JSON; never cut.
        content("arguments", Text, "0.45.0"),
        // Cut by default at 2,048 bytes, in the middle of a secret if there is one.
        content("output", Text, "0.45.0"),
        safe("output_truncated", Bool, "0.154.0"),
        safe("tool_result_seq", Int, "0.154.0"),
        // `/root`, and below it names that a model gives: a text, and searched.
        safe("agent_name", Text, "0.154.0").to("gen_ai.agent.name"),
        DURATION_MS,
        SUCCESS,
        // Empty for what is built in.
        safe("mcp_server", Word, "0.106.0"),
        // Empty, `stdio`, or the scheme, host and port of a server.
        safe("mcp_server_origin", Text, "0.106.0"),
        safe("product_sku", Word, NEVER_CAPTURED),
    ],
    since: "0.45.0",
    until: None,
    seen: Seen::Captured,
};

/// What the sandbox did to a call.
pub(super) const SANDBOX_OUTCOME: Event = Event {
    name: "codex.sandbox_outcome",
    attributes: &[
        TOOL_NAME,
        CALL_ID,
        safe("outcome", Word, "0.169.0"),
        safe("initial_duration_ms", Int, "0.169.0"),
        safe("escalated_duration_ms", Int, NEVER_CAPTURED),
    ],
    since: "0.169.0",
    until: None,
    seen: Seen::Captured,
};

/// A verdict about a command, in autumn 2025 only.
pub(super) const SANDBOX_ASSESSMENT: Event = Event {
    name: "codex.sandbox_assessment",
    attributes: &[CALL_ID, STATUS, RISK_LEVEL, DURATION_MS],
    since: NEVER_CAPTURED,
    until: None,
    seen: Seen::Source,
};

/// How long that verdict took.
pub(super) const SANDBOX_ASSESSMENT_LATENCY: Event = Event {
    name: "codex.sandbox_assessment_latency",
    attributes: &[CALL_ID, DURATION_MS],
    since: NEVER_CAPTURED,
    until: None,
    seen: Seen::Source,
};

/// How an assessment ended.
pub(super) const STATUS: Attribute = safe("status", Word, "0.169.0");
/// How risky a command was found.
pub(super) const RISK_LEVEL: Attribute = safe("risk_level", Word, "0.169.0");

/// As sent and as normalised. The sent ones are an enumeration of the CLI's that has had no other member.
const DECISION_SOURCES: &[&str] = &["AutomatedReviewer", "Config", "User", "automated_reviewer", "config", "user"];

const TOOL_NAME: Attribute = safe("tool_name", Word, "0.45.0").to("gen_ai.tool.name");
const TOOL_NAMESPACE: Attribute = safe("tool_namespace", Word, "0.154.0");
const CALL_ID: Attribute = safe("call_id", Word, "0.45.0").to("gen_ai.tool.call.id");
