//! A session: its settings, its start, its prompts, its turns and what they cost.
//!
//! Must not know requests or tools. Keeps I1 by its rows: a prompt is content wherever it comes from, and prompts come
//! from titles, sub-agents and reviewers as well as from people.

use super::agents::TURN_ID;
use super::api::DURATION_MS;
use super::auth;
use crate::codex::Shape::{Bool, Double, Int, Text, Word};
use crate::codex::model::{NEVER_CAPTURED, content, personal, safe};
use crate::codex::{Attribute, Event, Seen};

/// The settings of a thread, one record for each.
pub(super) const CONVERSATION_STARTS: Event = Event {
    name: "codex.conversation_starts",
    attributes: &[
        // The name that a configuration gives its provider, with spaces if it likes.
        safe("provider_name", Text, "0.45.0").to("gen_ai.provider.name"),
        REASONING_EFFORT,
        safe("reasoning_summary", Word, "0.45.0"),
        safe("context_window", Int, "0.45.0"),
        safe("auto_compact_token_limit", Int, "0.45.0"),
        safe("max_output_tokens", Int, "0.45.0").until("0.53.0"),
        safe("active_profile", Text, NEVER_CAPTURED),
        safe("approval_policy", Word, "0.45.0"),
        safe("sandbox_policy", Word, "0.45.0"),
        // Names joined by a comma and a space; empty when there are none.
        safe("mcp_servers", Text, "0.45.0"),
        auth::ENV_OPENAI_KEY,
        auth::ENV_CODEX_KEY,
        auth::ENV_CODEX_KEY_ENABLED,
        auth::ENV_PROVIDER_KEY_NAME,
        auth::ENV_PROVIDER_KEY,
        auth::ENV_REFRESH_URL,
        safe("config.legacy_multi_agent_disabled_sources", Text, "0.169.0"),
    ],
    since: "0.45.0",
    until: None,
    seen: Seen::Captured,
};

/// A step of starting up.
pub(super) const STARTUP_PHASE: Event = Event {
    name: "codex.startup_phase",
    attributes: &[safe("startup.phase", Word, "0.132.0"), safe("startup.status", Word, "0.132.0"), DURATION_MS],
    since: "0.132.0",
    until: None,
    seen: Seen::Captured,
};

/// A prompt. The CLI can leave its text out, and then says `[REDACTED]`.
pub(super) const USER_PROMPT: Event = Event {
    name: "codex.user_prompt",
    attributes: &[content("prompt", Text, "0.45.0"), safe("prompt_length", Int, "0.45.0")],
    since: "0.45.0",
    until: None,
    seen: Seen::Captured,
};

/// How long a turn's first token took.
pub(super) const TURN_TTFT: Event =
    Event { name: "codex.turn_ttft", attributes: &[DURATION_MS], since: "0.132.0", until: None, seen: Seen::Captured };

/// What a turn cost, by the provider's estimate, minutes after it.
pub(super) const TURN_COST: Event = Event {
    name: "codex.turn_cost",
    attributes: &[
        TURN_ID,
        safe("usage.estimated_usd", Double, "0.169.0"),
        safe("turn.interrupted", Bool, "0.169.0"),
        safe("speed", Word, "0.169.0"),
        REASONING_EFFORT,
    ],
    since: "0.169.0",
    until: None,
    seen: Seen::Captured,
};

/// A skill being used. The one event whose record has its event name in the right place.
pub(super) const SKILL_INVOCATION: Event = Event {
    name: "codex.skill_invocation",
    attributes: &[
        TURN_ID,
        safe("skill.name", Word, "0.169.0"),
        safe("skill.scope", Word, "0.169.0"),
        safe("skill.invocation_type", Word, "0.169.0"),
        safe("skill.plugin_id", Text, NEVER_CAPTURED),
        personal("user.id", NEVER_CAPTURED),
    ],
    since: "0.169.0",
    until: None,
    seen: Seen::Captured,
};

/// A plugin being offered.
pub(super) const PLUGIN_INSTALL_ELICITATION_SENT: Event = Event {
    name: "codex.plugin_install_elicitation_sent",
    attributes: &[PLUGIN_TOOL_TYPE, PLUGIN_TOOL_ID, PLUGIN_TOOL_NAME],
    since: NEVER_CAPTURED,
    until: None,
    seen: Seen::Source,
};

/// What became of the offer.
pub(super) const PLUGIN_INSTALL_SUGGESTION: Event = Event {
    name: "codex.plugin_install_suggestion",
    attributes: &[
        PLUGIN_TOOL_TYPE,
        PLUGIN_TOOL_ID,
        PLUGIN_TOOL_NAME,
        safe("plugin_install.response_action", Word, NEVER_CAPTURED),
        safe("plugin_install.user_confirmed", Bool, NEVER_CAPTURED),
        safe("plugin_install.completed", Bool, NEVER_CAPTURED),
    ],
    since: NEVER_CAPTURED,
    until: None,
    seen: Seen::Source,
};

const REASONING_EFFORT: Attribute = safe("reasoning_effort", Word, "0.169.0");
const PLUGIN_TOOL_TYPE: Attribute = safe("plugin_install.tool_type", Word, NEVER_CAPTURED);
const PLUGIN_TOOL_ID: Attribute = safe("plugin_install.tool_id", Text, NEVER_CAPTURED);
const PLUGIN_TOOL_NAME: Attribute = safe("plugin_install.tool_name", Text, NEVER_CAPTURED);
