//! Folds the dialects of Codex into one schema: types, words, tool names, and what a record implies.
//!
//! Must not know the wire, nor what may leave: what is derived here is a value like any other, and redaction has the
//! last word on it. Keeps I7: what a first pass set, a second pass finds set.

use crate::codex::tools::{Mcp, SHELL_TOOLS, exit_code, mcp};
use crate::codex::{Conversion, Shape, integer, time, words};
use crate::otlp::{Content, Envelope, Slot, Value};
use crate::policy::{NameId, Plan};
use crate::rules::redact::is_left;

/// The attributes of one record, found by the number of their name.
pub(crate) struct Record<'s, 'a> {
    pub(crate) slots: &'s [Slot<'a>],
    /// The first slot of each name, by number; beyond the slots where there is none.
    pub(crate) first: &'s [u16],
}

/// What a record implies, beyond what each of its attributes says by itself.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Facts<'a> {
    /// What `tool_name` becomes.
    pub(crate) tool_name: Option<&'a [u8]>,
    /// What `tool_name` was.
    pub(crate) tool_name_sent: Option<&'a [u8]>,
    pub(crate) mcp_server: Option<&'a [u8]>,
    /// The name of a tool that could not be read.
    pub(crate) tool_is_unknown: bool,
    pub(crate) exit_code: Option<i64>,
    pub(crate) error_type: Option<ErrorType>,
    /// `time_unix_nano`, where the record has none.
    pub(crate) time: Option<u64>,
    /// That time is what the record's `event.timestamp` says.
    pub(crate) is_time_sent: bool,
}

/// `error.type` of the semantic conventions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorType {
    Status(i64),
    Stream,
    Tool,
}

impl<'a> Record<'_, 'a> {
    /// Whether the record has a name.
    pub(crate) fn has(&self, id: NameId) -> bool {
        self.value(id).is_some()
    }

    /// Whether the slot `at` is the first of its name.
    #[inline(always)]
    pub(crate) fn is_first(&self, id: NameId, at: u16) -> bool {
        self.first.get(usize::from(id)) == Some(&at)
    }

    /// The value under a name, the first if there are more.
    pub(crate) fn value(&self, id: NameId) -> Option<Value<'a>> {
        let slot = *self.first.get(usize::from(id))?;
        match self.slots.get(usize::from(slot))?.content {
            Content::Attribute(attribute) => Some(attribute.value),
            _ => None,
        }
    }

    /// Whether redaction has put a mark in place of the value under a name.
    fn is_mark(&self, id: NameId) -> bool {
        matches!(self.value(id), Some(Value::String(text)) if is_left(text))
    }

    /// The text under a name, unless redaction has put a mark in its place: a mark says nothing.
    pub(crate) fn text(&self, id: NameId) -> Option<&'a [u8]> {
        match self.value(id)? {
            Value::String(text) if !is_left(text) => Some(text),
            _ => None,
        }
    }
}

/// What a record of the known event `event` implies.
#[inline(never)]
pub(crate) fn facts<'a>(plan: &Plan, event: Option<&[u8]>, envelope: &Envelope, record: &Record<'_, 'a>) -> Facts<'a> {
    let mut facts = Facts::default();
    if plan.normalise.time && envelope.time_unix_nano == 0 {
        (facts.time, facts.is_time_sent) = time_of(plan, envelope, record);
    }
    let Some(event) = event.filter(|_| plan.normalise.tools) else { return facts };
    let known = &plan.known;
    let mut is_shell = false;
    if let Some(sent) = record.text(known.tool_name) {
        let said_so = [known.tool_namespace, known.mcp_server_sent, known.app_version];
        if said_so.iter().any(|&id| record.is_mark(id)) {
            // What told the name apart is gone; a first pass has done what there was to do.
            is_shell = sent == SHELL.as_bytes();
        } else if record.has(known.tool_name_sent) || record.has(known.mcp_server) {
            // Read before: taking `a__b` apart again would change what the first reading said.
            is_shell = sent == SHELL.as_bytes();
        } else {
            is_shell = read_tool(plan, sent, record, &mut facts);
        }
    }
    let is_result = event == b"codex.tool_result";
    let exit = match record.value(known.exit_code) {
        Some(Value::Int(code)) => Some(code),
        Some(Value::String(text)) => integer(text),
        Some(_) => None,
        None if is_result && is_shell => {
            facts.exit_code = record.text(known.output).and_then(exit_code);
            facts.exit_code
        }
        None => None,
    };
    if !record.has(known.error_type) {
        facts.error_type = error_type(plan, event, is_result, exit, record);
    }
    facts
}

/// The name that all shell tools get.
const SHELL: &str = "shell";

/// Reads the tool's name as it was sent; whether it is a shell.
fn read_tool<'a>(plan: &Plan, sent: &'a [u8], record: &Record<'_, 'a>, facts: &mut Facts<'a>) -> bool {
    let known = &plan.known;
    let (namespace, server) = (record.text(known.tool_namespace), record.text(known.mcp_server_sent));
    match mcp(sent, namespace, server, record.text(known.app_version)) {
        Mcp::Leaf { server, leaf } => {
            facts.mcp_server = Some(server);
            if leaf != sent {
                (facts.tool_name, facts.tool_name_sent) = (Some(leaf), Some(sent));
            }
            false
        }
        Mcp::No if SHELL_TOOLS.iter().any(|name| name.as_bytes() == sent) => {
            (facts.tool_name, facts.tool_name_sent) = (Some(SHELL.as_bytes()), Some(sent));
            true
        }
        Mcp::No => false,
        Mcp::Unsplit => {
            facts.tool_is_unknown = true;
            false
        }
    }
}

/// The record's time, and whether the record says so itself.
fn time_of(plan: &Plan, envelope: &Envelope, record: &Record<'_, '_>) -> (Option<u64>, bool) {
    let parsed = match record.value(plan.known.event_timestamp) {
        Some(Value::String(text)) => time::parse_rfc3339_utc(text),
        Some(_) => None,
        None => return (None, false),
    };
    // A time that cannot be read says no more than when the record was seen.
    let time = parsed.unwrap_or(envelope.observed_time_unix_nano);
    (Some(time).filter(|&time| time != 0), parsed.is_some())
}

fn error_type(
    plan: &Plan,
    event: &[u8],
    is_result: bool,
    exit: Option<i64>,
    record: &Record<'_, '_>,
) -> Option<ErrorType> {
    let known = &plan.known;
    let status = match record.value(known.status_code) {
        Some(Value::Int(status)) => Some(status),
        Some(Value::String(text)) => integer(text),
        _ => None,
    };
    if let Some(status @ 400..=599) = status {
        return Some(ErrorType::Status(status));
    }
    let failed = match record.value(known.success) {
        Some(Value::Bool(success)) => !success,
        Some(Value::String(text)) => text == b"false",
        _ => false,
    };
    if is_result {
        return (failed || exit.is_some_and(|code| code != 0)).then_some(ErrorType::Tool);
    }
    let is_stream = matches!(event, b"codex.sse_event" | b"codex.websocket_event");
    (is_stream && (failed || record.has(known.error_message))).then_some(ErrorType::Stream)
}

/// Whether a text of this shape becomes something else than text.
pub(crate) fn is_typed(shape: Shape) -> bool {
    matches!(shape, Shape::Bool | Shape::Double | Shape::Int)
}

/// A text in the type and spelling that the schema gives it; nothing if that is how it was sent.
#[inline]
pub(crate) fn typed<'a>(plan: &Plan, id: NameId, shape: Shape, text: &[u8]) -> Option<Value<'a>> {
    let word = |word: &'static str| Value::String(word.as_bytes());
    match shape {
        Shape::Int => integer(text).map(Value::Int),
        Shape::Bool if text == b"true" => Some(Value::Bool(true)),
        Shape::Bool if text == b"false" => Some(Value::Bool(false)),
        Shape::Double if shape.holds(text) => core::str::from_utf8(text).ok()?.parse().ok().map(Value::Double),
        _ if plan.known.is_auth_mode(id) => words::auth_mode(text).map(word),
        _ if id == plan.known.source => words::source(text).map(word),
        _ => None,
    }
}

/// A value on its way to a conventional name; nothing for what has none there.
pub(crate) fn convert(value: Value<'_>, conversion: Conversion) -> Option<Value<'_>> {
    match (conversion, value) {
        // Content has no copies, and only content comes in these kinds.
        (_, Value::Array(_) | Value::Bytes(_) | Value::Empty | Value::Map(_)) => None,
        (Conversion::None, value) => Some(value),
        (Conversion::MillisecondsToSeconds, Value::Int(milliseconds)) => {
            Some(Value::Double(milliseconds as f64 / 1000.0))
        }
        (Conversion::MillisecondsToSeconds, _) => None,
    }
}
