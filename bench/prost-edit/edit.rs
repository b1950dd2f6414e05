//! Decode, edit, encode: the obvious way to do the core's work, by the types that prost generates.
//!
//! Included by the bench (natively) and by `prost-guest` (as WebAssembly), so that both rows run one piece of code. It is
//! written as one would: one pass over the decoded messages, values moved and not cloned where that can be, the output
//! buffer reused.
//!
//! The default policy's edit does what can be done by name alone: it masks, types, names and copies. It does not do
//! what costs the core most: nothing that stays is searched for secrets or personal data, and no unknown name or event
//! is judged. Nor does it tell a tool from its server, read exit codes or class errors: `NOT_DONE` lists the attributes
//! that it therefore lacks.
//!
//! Must not know the core. Keeps no invariant: it is what the core is compared with.

use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::logs::v1::LogRecord;
use prost::{DecodeError, Message};

/// One job: what happens to a decoded batch.
pub type Edit = fn(&mut ExportLogsServiceRequest);

/// Reads `batch`, edits it and writes it to `output`.
pub fn run(batch: &[u8], edit: Edit, output: &mut Vec<u8>) -> Result<(), DecodeError> {
    let mut request = ExportLogsServiceRequest::decode(batch)?;
    edit(&mut request);
    output.clear();
    output.reserve(request.encoded_len());
    request.encode_raw(output);
    Ok(())
}

/// The attributes that the default policy adds and `default_policy` does not.
#[allow(dead_code, reason = "for the bench, which compares answers; the guest has no use for it")]
pub const NOT_DONE: [&str; 3] = ["codex.mcp.server", "codex.tool.exit_code", "error.type"];

/// Masks three attributes by their keys, and nothing else.
pub fn wire_edit(request: &mut ExportLogsServiceRequest) {
    for record in records(request) {
        for attribute in &mut record.attributes {
            if matches!(attribute.key.as_str(), "arguments" | "output" | "prompt") {
                attribute.value = Some(text(MASK));
            }
        }
    }
}

/// What the default policy does, as far as names alone can say it.
pub fn default_policy(request: &mut ExportLogsServiceRequest) {
    for resource in request.resource_logs.iter_mut().filter_map(|group| group.resource.as_mut()) {
        let mut environment = None;
        for attribute in &mut resource.attributes {
            match attribute.key.as_str() {
                "env" => environment.clone_from(&attribute.value),
                "host.name" => attribute.value = Some(text(MASK)),
                _ => {}
            }
        }
        if let Some(value) = environment {
            resource.attributes.push(pair("deployment.environment.name", value));
        }
    }
    for record in records(request) {
        edit_record(record);
    }
}

fn records(request: &mut ExportLogsServiceRequest) -> impl Iterator<Item = &mut LogRecord> {
    let scopes = request.resource_logs.iter_mut().flat_map(|group| &mut group.scope_logs);
    scopes.flat_map(|scope| &mut scope.log_records)
}

fn edit_record(record: &mut LogRecord) {
    let mut added = Vec::new();
    let mut original_name = None;
    for attribute in &mut record.attributes {
        let Some(value) = attribute.value.as_mut().and_then(|value| value.value.as_mut()) else { continue };
        edit_value(&attribute.key, value, &mut original_name);
        match (attribute.key.as_str(), &*value) {
            ("event.name", Value::StringValue(name)) => record.event_name.clone_from(name),
            ("event.timestamp", Value::StringValue(time)) if record.time_unix_nano == 0 => {
                record.time_unix_nano = nanoseconds(time).unwrap_or(record.observed_time_unix_nano);
            }
            _ => {}
        }
        if let Some(name) = conventional_name(&attribute.key) {
            let value = match value {
                Value::IntValue(milliseconds) if attribute.key == "ttft_ms" => {
                    Value::DoubleValue(*milliseconds as f64 / 1000.0)
                }
                value => value.clone(),
            };
            added.push(pair(name, AnyValue { value: Some(value) }));
        }
    }
    record.attributes.append(&mut added);
    if let Some(name) = original_name {
        record.attributes.push(pair("codex.tool.original_name", text(&name)));
    }
    if record.body.is_some() {
        record.body = Some(text(MASK));
    }
}

/// Masks a value or gives it the type and spelling of the schema, by its key.
fn edit_value(key: &str, value: &mut Value, original_name: &mut Option<String>) {
    if is_sensitive(key) {
        let is_status = matches!(&*value, Value::StringValue(text) if key == "error.message" && is_http_status(text));
        if !is_status {
            *value = Value::StringValue(MASK.into());
        }
        return;
    }
    let Value::StringValue(text) = value else { return };
    let typed = match key {
        "attempt"
        | "auto_compact_token_limit"
        | "cache_write_token_count"
        | "cached_token_count"
        | "completed_at_ms"
        | "context_window"
        | "duration_ms"
        | "escalated_duration_ms"
        | "http.response.status_code"
        | "initial_duration_ms"
        | "input_token_count"
        | "max_output_tokens"
        | "output_token_count"
        | "prompt_length"
        | "rationale_length"
        | "reasoning_token_count"
        | "response_length"
        | "started_at_ms"
        | "tool_result_seq"
        | "tool_token_count"
        | "ttft_ms" => text.parse().ok().map(Value::IntValue),
        "output_truncated" | "rationale_truncated" | "response_truncated" | "success" | "turn.interrupted" => {
            text.parse().ok().map(Value::BoolValue)
        }
        "usage.estimated_usd" => text.parse().ok().map(Value::DoubleValue),
        "auth.mode" | "auth_mode" => match text.as_str() {
            "ApiKey" => Some(Value::StringValue("api_key".into())),
            "ChatGPT" | "Chatgpt" => Some(Value::StringValue("chatgpt".into())),
            _ => None,
        },
        "source" => match text.as_str() {
            "AutomatedReviewer" => Some(Value::StringValue("automated_reviewer".into())),
            "Config" => Some(Value::StringValue("config".into())),
            "User" => Some(Value::StringValue("user".into())),
            _ => None,
        },
        "tool_name" if matches!(text.as_str(), "exec_command" | "local_shell" | "shell" | "shell_command") => {
            *original_name = Some(std::mem::replace(text, "shell".into()));
            None
        }
        _ => None,
    };
    if let Some(typed) = typed {
        *value = typed;
    }
}

fn is_sensitive(key: &str) -> bool {
    matches!(key, "arguments" | "content" | "cwd" | "error.message" | "output" | "prompt" | "rationale" | "response")
        || key.starts_with("user.")
}

/// `http 404`: the one thing that may stay of an error's text.
fn is_http_status(text: &str) -> bool {
    text.strip_prefix("http ").is_some_and(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit()))
}

fn conventional_name(key: &str) -> Option<&'static str> {
    Some(match key {
        "agent_name" => "gen_ai.agent.name",
        "attempt" => "http.request.resend_count",
        "cache_write_token_count" => "gen_ai.usage.cache_creation.input_tokens",
        "cached_token_count" => "gen_ai.usage.cache_read.input_tokens",
        "call_id" => "gen_ai.tool.call.id",
        "conversation.id" => "gen_ai.conversation.id",
        "input_token_count" => "gen_ai.usage.input_tokens",
        "model" => "gen_ai.request.model",
        "output_token_count" => "gen_ai.usage.output_tokens",
        "provider_name" => "gen_ai.provider.name",
        "reasoning_token_count" => "gen_ai.usage.reasoning.output_tokens",
        "tool_name" => "gen_ai.tool.name",
        "ttft_ms" => "gen_ai.response.time_to_first_chunk",
        "user.account_id" => "user.id",
        _ => return None,
    })
}

/// `2026-11-23T14:05:09.123Z` as nanoseconds since 1970.
fn nanoseconds(time: &str) -> Option<u64> {
    let number = |from: usize, to: usize| time.get(from..to)?.parse::<u64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    // Years that begin in March put the leap day at their end.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year.checked_sub(1)?, month + 9) };
    let leap_days = year / 4 - year / 100 + year / 400;
    let days = (year * 365 + leap_days + (month * 153 + 2) / 5 + day).checked_sub(DAYS_TO_1970)?;
    let seconds = days * 86_400 + number(11, 13)? * 3600 + number(14, 16)? * 60 + number(17, 19)?;
    let fraction = time.get(19..)?.strip_suffix('Z')?.strip_prefix('.').unwrap_or("0");
    let scale = 10u64.checked_pow(9u32.checked_sub(u32::try_from(fraction.len()).ok()?)?)?;
    Some(seconds * 1_000_000_000 + fraction.parse::<u64>().ok()? * scale)
}

fn pair(key: &str, value: AnyValue) -> KeyValue {
    KeyValue { key: key.into(), value: Some(value), ..KeyValue::default() }
}

fn text(text: &str) -> AnyValue {
    AnyValue { value: Some(Value::StringValue(text.into())) }
}

const MASK: &str = "[redacted]";

/// Days from the 1st of March of the year 0, counted from 1, to the 1st of January 1970.
const DAYS_TO_1970: u64 = 719_469;
