//! What agents say: their answers, their messages to one another, and a reviewer's verdict.
//!
//! Must not know tools. Keeps I1 by its rows: all three carry plain text, also where the CLI was told to leave prompts
//! out.

use super::tools::{RISK_LEVEL, STATUS};
use crate::codex::Shape::{Bool, Int, OneOf, Text, Uuid, Word};
use crate::codex::model::{NEVER_CAPTURED, content, safe};
use crate::codex::{Attribute, Event, Seen};

/// A message between agents. It has none of the common attributes.
pub(super) const AGENT_COMMUNICATION: Event = Event {
    name: "codex.agent_communication",
    attributes: &[
        safe("communication_id", Word, "0.169.0"),
        safe("kind", Word, "0.169.0"),
        safe("state", Word, "0.169.0"),
        safe("sender_thread_id", Word, "0.169.0"),
        safe("receiver_thread_id", Word, "0.169.0"),
        content("content", Text, "0.169.0"),
    ],
    since: "0.169.0",
    until: None,
    seen: Seen::Captured,
};

/// An agent's final answer, where the configuration asks for it.
pub(super) const AGENT_RESPONSE: Event = Event {
    name: "codex.agent_response",
    attributes: &[
        safe("agent.type", Word, "0.169.0"),
        TURN_ID,
        ITEM_ID,
        safe("root.turn.id", Uuid, "0.169.0"),
        safe("parent.conversation.id", Uuid, NEVER_CAPTURED),
        safe("parent.turn.id", Uuid, NEVER_CAPTURED),
        safe("initiating.agent.path", Text, NEVER_CAPTURED),
        content("response", Text, "0.169.0"),
        safe("response_length", Int, "0.169.0"),
        safe("response_truncated", Bool, "0.169.0"),
    ],
    since: "0.169.0",
    until: None,
    seen: Seen::Captured,
};

/// A reviewer's verdict, where the configuration asks for it.
pub(super) const GUARDIAN_ASSESSMENT: Event = Event {
    name: "codex.guardian_assessment",
    attributes: &[
        safe("review.id", Uuid, "0.169.0"),
        TURN_ID,
        ITEM_ID,
        STATUS,
        safe("outcome", Word, "0.169.0"),
        RISK_LEVEL,
        // Folded, its name begins like those of people: content, of which only these words stay.
        content("user_authorization", OneOf(&["high", "low", "medium", "unknown"]), "0.169.0"),
        safe("started_at_ms", Int, "0.169.0"),
        safe("completed_at_ms", Int, "0.169.0"),
        content("rationale", Text, "0.169.0"),
        safe("rationale_length", Int, "0.169.0"),
        safe("rationale_truncated", Bool, "0.169.0"),
    ],
    since: "0.169.0",
    until: None,
    seen: Seen::Captured,
};

/// The turn that something belongs to.
pub(super) const TURN_ID: Attribute = safe("turn.id", Uuid, "0.169.0");

const ITEM_ID: Attribute = safe("item.id", Word, "0.169.0");
