//! What a record implies, and what its values are in the one schema.
//!
//! Must not redact. The grammars of tool names, exit codes and times are the core's own; what follows from them for a
//! record is said here again.

use super::pseudonym::is_formed;
use super::shared::codex::tools::{Mcp, SHELL_TOOLS, exit_code, mcp};
use super::shared::codex::{Conversion, Shape, integer, time, words};
use super::shared::policy::Normalise;
use super::text::is_mark_of;
use crate::message::{Kind, LogRecord};

/// What a record implies beyond its attributes.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) tool_name: Option<String>,
    /// Attributes that it gets: sent name, server, exit code, error type, in this order.
    pub(super) added: Vec<(&'static str, Kind)>,
    pub(super) time: Option<u64>,
}

/// Whether a text looks like what redaction leaves in place of a whole value.
pub(super) fn is_left(text: &str) -> bool {
    // Whose policy's own detector it was is not asked.
    let is_kebab = |id: &str| !id.is_empty() && id.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '-'));
    is_mark_of(text, is_kebab) || is_formed(text)
}

/// The first value under a key.
pub(super) fn value<'r>(record: &'r LogRecord, key: &str) -> Option<Option<&'r Kind>> {
    let attribute = record.attributes.iter().find(|attribute| attribute.key == key)?;
    Some(attribute.value.as_ref().and_then(|value| value.value.as_ref()))
}

/// The text under a key, if it says anything: what a first pass left says nothing.
fn string<'r>(record: &'r LogRecord, key: &str) -> Option<&'r str> {
    match value(record, key)? {
        Some(Kind::StringValue(text)) if !is_left(text) => Some(text),
        _ => None,
    }
}

/// What a record of that known event, if it is one, implies.
pub(super) fn facts(normalise: &Normalise, event: Option<&str>, record: &LogRecord) -> Facts {
    let mut facts = Facts::default();
    if normalise.time && record.time_unix_nano == 0 && value(record, "event.timestamp").is_some() {
        let sent = string(record, "event.timestamp").and_then(|text| time::parse_rfc3339_utc(text.as_bytes()));
        facts.time = Some(sent.unwrap_or(record.observed_time_unix_nano)).filter(|time| *time != 0);
    }
    let Some(event) = event.filter(|_| normalise.tools) else { return facts };
    let mut is_shell = false;
    if let Some(sent) = string(record, "tool_name") {
        let was_read = value(record, "codex.tool.original_name").or(value(record, "codex.mcp.server")).is_some();
        let is_mark = |key| {
            let text = value(record, key).flatten();
            matches!(text, Some(Kind::StringValue(text)) if is_left(text))
        };
        let was_read = was_read || ["tool_namespace", "mcp_server", "app.version"].into_iter().any(is_mark);
        let bytes = |key| string(record, key).map(str::as_bytes);
        let read = mcp(sent.as_bytes(), bytes("tool_namespace"), bytes("mcp_server"), bytes("app.version"));
        match read {
            _ if was_read => is_shell = sent == "shell",
            Mcp::Leaf { server, leaf } => {
                if leaf != sent.as_bytes() {
                    facts.tool_name = Some(utf8(leaf));
                    facts.added.push(("codex.tool.original_name", Kind::StringValue(sent.to_owned())));
                }
                facts.added.push(("codex.mcp.server", Kind::StringValue(utf8(server))));
            }
            Mcp::No if SHELL_TOOLS.contains(&sent) => {
                is_shell = true;
                facts.tool_name = Some("shell".to_owned());
                facts.added.push(("codex.tool.original_name", Kind::StringValue(sent.to_owned())));
            }
            Mcp::No | Mcp::Unsplit => {}
        }
    }
    let is_result = event == "codex.tool_result";
    let exit = match value(record, "codex.tool.exit_code") {
        Some(Some(Kind::IntValue(code))) => Some(*code),
        Some(Some(Kind::StringValue(text))) => integer(text.as_bytes()),
        Some(_) => None,
        None => {
            let output = string(record, "output").filter(|_| is_result && is_shell);
            let code = output.and_then(|output| exit_code(output.as_bytes()));
            facts.added.extend(code.map(|code| ("codex.tool.exit_code", Kind::IntValue(code))));
            code
        }
    };
    if value(record, "error.type").is_none() {
        let kind = error_type(event, exit, record);
        facts.added.extend(kind.map(|kind| ("error.type", Kind::StringValue(kind))));
    }
    facts
}

fn error_type(event: &str, exit: Option<i64>, record: &LogRecord) -> Option<String> {
    let status = |number: i64| (400..=599).contains(&number).then(|| number.to_string());
    match value(record, "http.response.status_code").flatten() {
        Some(Kind::IntValue(number)) if status(*number).is_some() => return status(*number),
        Some(Kind::StringValue(text)) => {
            if let Some(status) = integer(text.as_bytes()).and_then(status) {
                return Some(status);
            }
        }
        _ => {}
    }
    let failed = match value(record, "success").flatten() {
        Some(Kind::BoolValue(success)) => !success,
        Some(Kind::StringValue(text)) => text == "false",
        _ => false,
    };
    match event {
        "codex.tool_result" => (failed || exit.is_some_and(|code| code != 0)).then(|| "tool_error".to_owned()),
        "codex.sse_event" | "codex.websocket_event" => {
            (failed || value(record, "error.message").is_some()).then(|| "stream_error".to_owned())
        }
        _ => None,
    }
}

/// A text in the type and the spelling that the schema has for it, if that is another.
pub(super) fn typed(key: &str, shape: Shape, text: &str) -> Option<Kind> {
    let bytes = text.as_bytes();
    match shape {
        Shape::Int => integer(bytes).map(Kind::IntValue),
        Shape::Bool => text.parse().ok().map(Kind::BoolValue),
        Shape::Double if shape.holds(bytes) => text.parse().ok().map(Kind::DoubleValue),
        _ => {
            let word = match key {
                "auth_mode" | "auth.mode" => words::auth_mode(bytes),
                "source" => words::source(bytes),
                _ => None,
            };
            word.map(|word| Kind::StringValue(word.to_owned()))
        }
    }
}

/// A value under its conventional name; nothing where it has none there.
pub(super) fn convert(kind: &Kind, conversion: Conversion) -> Option<Kind> {
    match (conversion, kind) {
        (Conversion::MillisecondsToSeconds, Kind::IntValue(number)) => Some(Kind::DoubleValue(*number as f64 / 1000.0)),
        (Conversion::MillisecondsToSeconds, _) => None,
        (Conversion::None, Kind::BoolValue(_) | Kind::DoubleValue(_) | Kind::IntValue(_) | Kind::StringValue(_)) => {
            Some(kind.clone())
        }
        (Conversion::None, _) => None,
    }
}

fn utf8(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("a part of a text at ASCII borders is text")
}
