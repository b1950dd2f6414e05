//! The attributes that most events share, and those of records that are no events at all.
//!
//! Must not know which event has which of them: `/models` requests and agent messages have none. Keeps I1 by its rows.

use super::Attribute;
use super::Shape::{Text, Time, Uuid, Word};
use super::model::{personal, safe};

/// The attributes that any event may have besides its own.
///
/// Names that people choose are texts, not words: models behind a router hold a slash, a client calls itself what it
/// likes, and the terminal names itself with a slash and its version.
pub static COMMON: &[Attribute] = &[
    safe("event.name", Word, "0.45.0"),
    safe("event.timestamp", Time, "0.45.0"),
    safe("conversation.id", Uuid, "0.45.0").to("gen_ai.conversation.id"),
    safe("app.version", Word, "0.45.0"),
    // Not a closed set: each new way of logging in brings a word.
    safe("auth_mode", Word, "0.45.0"),
    safe("originator", Text, "0.106.0"),
    personal("user.account_id", "0.45.0").to("user.id"),
    personal("user.email", "0.53.0"),
    safe("terminal.type", Text, "0.45.0"),
    safe("model", Text, "0.45.0").to("gen_ai.request.model"),
    safe("slug", Text, "0.45.0"),
];

/// The attributes of diagnostics: records with a body and without an `event.name`.
pub static DIAGNOSTICS: &[Attribute] = &[
    safe("credential_kind", Word, "0.169.0"),
    safe("store_mode", Word, "0.169.0"),
    safe("selected_store", Word, "0.169.0"),
    safe("actual_store", Word, "0.169.0"),
    safe("operation", Word, "0.169.0"),
    safe("secure_outcome", Word, "0.169.0"),
    safe("outcome", Word, "0.169.0"),
    safe("fallback_reason", Word, "0.169.0"),
    safe("secure_error", Word, "0.169.0"),
    safe("storage_phase", Word, "0.169.0"),
    safe("originator", Text, "0.106.0"),
];
