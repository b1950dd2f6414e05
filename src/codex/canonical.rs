//! The names that normalisation gives besides, or in place of, those that Codex sends, and what it adds of its own.
//!
//! The names are those of OpenTelemetry's semantic conventions (`gen_ai.*` from its registry for generative AI); what
//! they have no name for is under `codex.*`. Content has no copies, so no name here holds any.
//!
//! Must not know how a name is written into a batch. Keeps I7: what a first pass added, a second pass knows.

use super::Attribute;
use super::Shape::{Double, Int, Text, Uuid, Word};
use super::model::{NEVER_CAPTURED as NO, personal, safe};

/// A name that normalisation gives to an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Canonical {
    /// The name that Codex sends.
    pub source: &'static str,
    /// The conventional name.
    pub name: &'static str,
    /// What happens to the value on the way.
    pub conversion: Conversion,
}

/// What happens to a value that gets a conventional name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// Whole milliseconds become seconds, as a double.
    MillisecondsToSeconds,
    /// Nothing.
    None,
}

/// The conventional names of a record's attributes.
pub static CANONICAL_NAMES: &[Canonical] = &[
    same("agent_name", "gen_ai.agent.name"),
    same("attempt", "http.request.resend_count"),
    same("cache_write_token_count", "gen_ai.usage.cache_creation.input_tokens"),
    same("cached_token_count", "gen_ai.usage.cache_read.input_tokens"),
    same("call_id", "gen_ai.tool.call.id"),
    same("conversation.id", "gen_ai.conversation.id"),
    same("input_token_count", "gen_ai.usage.input_tokens"),
    same("model", "gen_ai.request.model"),
    same("output_token_count", "gen_ai.usage.output_tokens"),
    same("provider_name", "gen_ai.provider.name"),
    same("reasoning_token_count", "gen_ai.usage.reasoning.output_tokens"),
    same("tool_name", "gen_ai.tool.name"),
    seconds("ttft_ms", "gen_ai.response.time_to_first_chunk"),
    same("user.account_id", "user.id"),
];

/// The conventional names of the resource's attributes.
pub static RESOURCE_CANONICAL_NAMES: &[Canonical] = &[same("env", "deployment.environment.name")];

/// What else normalisation makes of other values, each with the names of those.
pub static DERIVED: &[(&str, &[&str])] = &[
    ("codex.mcp.server", &["mcp_server", "tool_name", "tool_namespace"]),
    ("codex.tool.original_name", &["tool_name"]),
];

/// The attributes that normalisation adds to a record, so that a second pass knows them.
pub static CANONICAL: &[Attribute] = &[
    safe("codex.mcp.server", Word, NO),
    safe("codex.tool.exit_code", Int, NO),
    safe("codex.tool.original_name", Word, NO),
    safe("error.type", Word, NO),
    safe("gen_ai.agent.name", Text, NO),
    safe("gen_ai.conversation.id", Uuid, NO),
    safe("gen_ai.provider.name", Text, NO),
    safe("gen_ai.request.model", Text, NO),
    safe("gen_ai.response.time_to_first_chunk", Double, NO),
    safe("gen_ai.tool.call.id", Word, NO),
    safe("gen_ai.tool.name", Word, NO),
    safe("gen_ai.usage.cache_creation.input_tokens", Int, NO),
    safe("gen_ai.usage.cache_read.input_tokens", Int, NO),
    safe("gen_ai.usage.input_tokens", Int, NO),
    safe("gen_ai.usage.output_tokens", Int, NO),
    safe("gen_ai.usage.reasoning.output_tokens", Int, NO),
    safe("http.request.resend_count", Int, NO),
    personal("user.id", NO),
];

const fn same(source: &'static str, name: &'static str) -> Canonical {
    Canonical { source, name, conversion: Conversion::None }
}

const fn seconds(source: &'static str, name: &'static str) -> Canonical {
    Canonical { source, name, conversion: Conversion::MillisecondsToSeconds }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codex::{COMMON, EVENTS, RESOURCE};

    fn sources() -> impl Iterator<Item = &'static Attribute> {
        EVENTS.iter().flat_map(|event| event.attributes).chain(COMMON)
    }

    /// Scenario: every pair of names, looked up from both ends.
    /// Guarantees: the pairs and the rows agree, and a copy is as sensitive as its source and of its shape (I1).
    #[test]
    fn copies_are_what_their_sources_are() {
        for pair in CANONICAL_NAMES {
            let source = sources().find(|source| source.name == pair.source).unwrap();
            let copy = CANONICAL.iter().find(|copy| copy.name == pair.name).unwrap();
            assert_eq!(source.canonical, Some(pair.name));
            assert_eq!(source.sensitivity, copy.sensitivity, "{}", pair.name);
            if pair.conversion == Conversion::None {
                assert_eq!(source.shape, copy.shape, "{}", pair.name);
            }
        }
        for source in sources().filter(|source| source.canonical.is_some()) {
            assert!(CANONICAL_NAMES.iter().any(|pair| pair.source == source.name), "{}", source.name);
        }
        for pair in RESOURCE_CANONICAL_NAMES {
            let source = RESOURCE.iter().find(|source| source.name == pair.source).unwrap();
            let copy = RESOURCE.iter().find(|copy| copy.name == pair.name).unwrap();
            assert_eq!((source.canonical, source.shape), (Some(pair.name), copy.shape));
        }
    }

    #[test]
    fn no_name_is_given_twice_and_none_is_sent() {
        for (place, pair) in CANONICAL_NAMES.iter().enumerate() {
            assert!(CANONICAL_NAMES.iter().skip(place + 1).all(|other| other.name != pair.name));
            assert!(COMMON.iter().all(|attribute| attribute.name != pair.name));
        }
    }
}
