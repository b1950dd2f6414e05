//! The names and texts that the generators draw from: Codex's events and attributes, odd spellings, made-up secrets.
//!
//! Must not be the core's catalogue: it is a list of things to try, right and wrong.

/// Events of Codex, and names that are none.
pub const EVENTS: [&str; 14] = [
    "codex.tool_result",
    "codex.user_prompt",
    "codex.sse_event",
    "codex.api_request",
    "codex.tool_decision",
    "codex.conversation_starts",
    "codex.agent_response",
    "codex.guardian_assessment",
    "codex.turn_cost",
    "codex.websocket_request",
    "codex.agent_communication",
    "codex.some_new_event",
    "Codex.Tool_Result",
    "",
];

/// Attributes that hold content or say who somebody is, and stay in no event.
pub const SENSITIVE: [&str; 12] = [
    "prompt",
    "arguments",
    "output",
    "response",
    "rationale",
    "content",
    "user.email",
    "user.account_id",
    "gen_ai.input.messages",
    "gen_ai.tool.call.arguments",
    "exception.stacktrace",
    "url.full",
];

/// The same in spellings that fold to them.
pub const FOLDED: [&str; 8] = [
    "Prompt",
    "PROMPT",
    "user_email",
    "User-Email",
    "USER EMAIL",
    "gen_ai_input_messages",
    "exception/stacktrace",
    "URL.FULL",
];

/// Attributes that a dashboard lives on.
pub const PLAIN: [&str; 36] = [
    "event.timestamp",
    "conversation.id",
    "app.version",
    "auth_mode",
    "originator",
    "terminal.type",
    "model",
    "slug",
    "provider_name",
    "duration_ms",
    "http.response.status_code",
    "attempt",
    "error.message",
    "endpoint",
    "event.kind",
    "input_token_count",
    "output_token_count",
    "cached_token_count",
    "reasoning_token_count",
    "cache_write_token_count",
    "ttft_ms",
    "prompt_length",
    "tool_name",
    "tool_namespace",
    "mcp_server",
    "call_id",
    "decision",
    "source",
    "success",
    "usage.estimated_usd",
    "turn.id",
    "agent_name",
    "gen_ai.tool.name",
    "gen_ai.request.model",
    "codex.tool.exit_code",
    "error.type",
];

/// Attributes that nobody has heard of.
pub const UNKNOWN: [&str; 8] = [
    "codex.new.thing",
    "x",
    "",
    "a key with spaces",
    "mail to pat.doe@example.com",
    "schlüssel",
    "other_count",
    "items",
];

/// Secrets and personal data, all made up: what the detectors must find wherever it stands.
pub const SECRETS: [&str; 9] = [
    "AKIAIOSFODNN7EXAMPLE",
    "ghp_FAKE0000abcd1111EFGH2222ijkl3333MNOP",
    "alice.smith@example.com",
    "4111 1111 1111 1111",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJFWEFNUExFIn0.RkFLRUZBS0VGQUtFRkFLRUZBS0VGQUtFRkFLRUZBS0U",
    "password=hunter2-FAKE-0000",
    "Authorization: Bearer FAKEFAKE0000abcd1111EFGH",
    "https://fakeuser:fakepass0000@example.com/path",
    "-----BEGIN PRIVATE KEY-----\nRkFLRUZBS0VGQUtFRkFLRQ==\n-----END PRIVATE KEY-----",
];

/// Words as Codex sends them.
pub const WORDS: [&str; 18] = [
    "ApiKey",
    "Chatgpt",
    "ChatGPT",
    "Config",
    "User",
    "AutomatedReviewer",
    "approved",
    "denied",
    "shell",
    "local_shell",
    "exec_command",
    "apply_patch",
    "mcp__fake__lookup",
    "fake__lookup",
    "response.completed",
    "gpt-5.1-codex",
    "http 429",
    "0192a0de-0000-7000-8000-00000000abcd",
];

/// Numbers as text, canonical and not.
pub const NUMBERS: [&str; 14] = [
    "0",
    "7",
    "4321",
    "-3",
    "007",
    "+5",
    " 5",
    "1e3",
    "1.25",
    "0.001200",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "123456789012345",
];

/// Texts with a grammar of their own: tool output of every dialect, timestamps, markers of the actions.
pub const SHAPED: [&str; 19] = [
    // Made with the generators' keys: an address, the same by the other key, and one that nobody made.
    "hmac_default_9512976221445c43_8ca83723",
    "hmac_old_8f1516f300016f6aeff41400_7f4e54e3",
    "hmac_default_9512976221445c43_8ca83724",
    "{\"output\":\"done\",\"metadata\":{\"exit_code\":3,\"duration_seconds\":0.1}}",
    "Exit code: 3\nWall time: 0.1 seconds\nOutput:\nProcess exited with code 9\n",
    "Chunk ID: 1a2b3c\nWall time: 0.1 seconds\nProcess exited with code 2\nOriginal token count: 4\nOutput:\nhello",
    "Exit code: 0\nWall time: 0 sec",
    "a token=ghp_16C7e42F\n[... telemetry preview truncated ...]",
    "2026-11-23T13:43:56.123Z",
    "2026-13-23T13:43:56.123Z",
    "2026-11-23T13:43:56.123+02:00",
    "[redacted 12 chars]",
    "[redacted]",
    "[REDACTED]",
    "http 500",
    "error sending request for url (https://example.com/v1?client_version=1)",
    "true",
    "false",
    "t\u{202e}ext \u{1b}[31mwith\u{0} odd \u{fffd} characters ✓ 🦀",
];
