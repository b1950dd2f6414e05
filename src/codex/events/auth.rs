//! Logging in: the event of a recovery after a refusal, and the attributes that other events carry about it.
//!
//! Must not know the requests. Keeps I1 by its rows: the provider's own error text is content.

use crate::codex::Shape::{Bool, Text, Word};
use crate::codex::model::{NEVER_CAPTURED, content, safe};
use crate::codex::{Attribute, Event, Seen};

/// An attempt to log in again after a 401.
pub(super) const AUTH_RECOVERY: Event = Event {
    name: "codex.auth_recovery",
    attributes: &[MODE, STEP, OUTCOME, REQUEST_ID, CF_RAY, RECOVERY_REASON, ERROR, ERROR_CODE, STATE_CHANGED],
    since: "0.147.0",
    until: None,
    seen: Seen::Captured,
};

/// `managed` here, a way of logging in on requests for the list of models.
pub(super) const MODE: Attribute = safe("auth.mode", Word, "0.115.0");
/// Given by the provider, and linkable at its end only.
pub(super) const REQUEST_ID: Attribute = safe("auth.request_id", Word, "0.147.0");
/// Given by the provider's front, as above.
pub(super) const CF_RAY: Attribute = safe("auth.cf_ray", Word, "0.147.0");
/// The provider's text.
pub(super) const ERROR: Attribute = content("auth.error", Text, NEVER_CAPTURED);
/// The provider's code for it.
pub(super) const ERROR_CODE: Attribute = safe("auth.error_code", Word, NEVER_CAPTURED);

// Whether the environment of the CLI holds which key: on four events, and never the key itself.
/// Whether the provider's key is in the environment.
pub(super) const ENV_OPENAI_KEY: Attribute = safe("auth.env_openai_api_key_present", Bool, "0.124.0");
/// Whether the CLI's own key is in the environment.
pub(super) const ENV_CODEX_KEY: Attribute = safe("auth.env_codex_api_key_present", Bool, "0.124.0");
/// Whether that key counts.
pub(super) const ENV_CODEX_KEY_ENABLED: Attribute = safe("auth.env_codex_api_key_enabled", Bool, "0.124.0");
/// `configured`, where the provider has a variable for its key.
pub(super) const ENV_PROVIDER_KEY_NAME: Attribute = safe("auth.env_provider_key_name", Word, "0.124.0");
/// Whether that variable is set.
pub(super) const ENV_PROVIDER_KEY: Attribute = safe("auth.env_provider_key_present", Bool, "0.124.0");
/// Whether another address for refreshing tokens is set.
pub(super) const ENV_REFRESH_URL: Attribute = safe("auth.env_refresh_token_url_override_present", Bool, "0.124.0");

const STEP: Attribute = safe("auth.step", Word, "0.147.0");
const OUTCOME: Attribute = safe("auth.outcome", Word, "0.147.0");
const RECOVERY_REASON: Attribute = safe("auth.recovery_reason", Word, "0.147.0");
const STATE_CHANGED: Attribute = safe("auth.state_changed", Bool, NEVER_CAPTURED);
