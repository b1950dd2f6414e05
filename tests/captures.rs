//! What real Codex versions sent, through the default policy.
//!
//! Must not hold expectations that nobody can read: the golden outputs beside the captures are text, and `BLESS=1`
//! writes them again. Holds I1 on real bytes (the secrets that were planted while recording), I7, and that what
//! dashboards live on is still there.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails loudly"
)]

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use airlock::{Admission, Airlock, Encoding, Keys, Verdict};
use testkit::leak::{Leaks, PLANTED};
use testkit::message::{self, Kind, LogRecord};
use testkit::show::{diff, show_bytes, value};

/// Captures whose output a person can read beside them: both ends of each dialect, and every event there is.
const GOLDEN: &[&str] = &[
    "0.45.0/basic",
    "0.45.0/err401-1",
    "0.45.0/mcp",
    "0.45.0/toolfail",
    "0.53.0/mcp",
    "0.80.0/chatgpt-auth",
    "0.98.0/toolfail-2",
    "0.115.0/toolfail",
    "0.132.0/ws",
    "0.147.0/err401",
    "0.147.0/mcp",
    "0.154.0/mcp",
    "0.169.0/appserver_linger-3",
    "0.169.0/basic",
    "0.169.0/chatgpt-auth",
    "0.169.0/codemode",
    "0.169.0/denied",
    "0.169.0/envres",
    "0.169.0/err500",
    "0.169.0/guardian",
    "0.169.0/responses-on",
    "0.169.0/sandboxed",
    "0.169.0/skill",
    "0.169.0/ssefail",
    "0.169.0/unicode",
    "0.169.0/ws",
];

/// Captures whose content a person can read as the detectors leave it.
const GOLDEN_SCANNED: &[&str] = &["0.45.0/basic", "0.45.0/bigout", "0.169.0/basic", "0.169.0/codemode"];

/// Keeps content, and lets only the detectors at it.
const SCANNED: &str = r#"{"redact": {"body": "scan", "attributes": {
    "prompt": "scan", "arguments": "scan", "output": "scan", "response": "scan", "rationale": "scan",
    "content": "scan", "error.message": "scan", "user.email": "scan"
}}}"#;

/// The golden files: which capture, under which policy.
fn goldens() -> impl Iterator<Item = (PathBuf, &'static str, &'static str)> {
    let file =
        |name: &str, suffix: &str| folder().join("golden").join(format!("{}{suffix}.txt", name.replace('/', "-")));
    let masked = GOLDEN.iter().map(move |name| (file(name, ""), *name, "{}"));
    masked.chain(GOLDEN_SCANNED.iter().map(move |name| (file(name, "-scanned"), *name, SCANNED)))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/captures")
}

/// Every capture by `version/scenario`.
fn captures() -> BTreeMap<String, Vec<u8>> {
    let mut captures = BTreeMap::new();
    for version in fs::read_dir(folder()).expect("the captures are there").map(|entry| entry.expect("readable").path())
    {
        if !version.is_dir() || version.ends_with("golden") {
            continue;
        }
        for path in fs::read_dir(&version).expect("the captures are there").map(|entry| entry.expect("readable").path())
        {
            if path.extension().is_some_and(|ending| ending == "binpb") {
                let name = path.strip_prefix(folder()).expect("it is inside").with_extension("");
                captures.insert(name.to_string_lossy().into_owned(), fs::read(&path).expect("a capture is a file"));
            }
        }
    }
    assert!(captures.len() > 100, "only {} captures were found", captures.len());
    captures
}

struct Processed {
    verdict: Verdict,
    batch: Vec<u8>,
    report: String,
}

#[track_caller]
fn process(policy: &str, batch: &[u8]) -> Processed {
    // Opening a policy takes longer than processing most captures.
    thread_local!(static OPEN: RefCell<HashMap<String, Airlock>> = RefCell::default());
    let open = || Airlock::open(policy, &Keys::new()).expect("the policy is right");
    let airlock = OPEN.with_borrow_mut(|known| known.entry(policy.to_owned()).or_insert_with(open).clone());
    let mut worker = airlock.worker();
    let outcome = worker.process(batch, Encoding::Protobuf, &Admission::none()).expect("a capture is read");
    Processed { verdict: outcome.verdict, batch: outcome.batch.to_vec(), report: outcome.report.to_json() }
}

/// Scenario: each capture through the default policy.
/// Guarantees: nothing of what was planted while recording is in the output or the report (I1).
#[test]
fn planted_secrets_are_gone() {
    let leaks = Leaks::of(PLANTED);
    let mut planted = 0;
    for (name, batch) in captures() {
        planted += usize::from(leaks.find(&batch).is_some());
        let processed = process("{}", &batch);
        leaks.assert_none(&name, &processed.batch);
        leaks.assert_none(&name, processed.report.as_bytes());
    }
    assert!(planted > 50, "only {planted} captures held something to find");
}

/// Scenario: each capture through a policy that keeps content and lets only the detectors at it.
/// Guarantees: they find what was planted, in every escaping that Codex sent it in.
#[test]
fn detectors_find_what_was_planted() {
    let found = [
        "AKIAIOSFODNN7EXAMPLE",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "ghp_16C7e42F",
        "sk-FAKE0000abcdefghijklmnopqrstuvwxyzABCDEFGH0000",
        "hunter2-EXAMPLE",
        "s3cr3t-EXAMPLE",
        "4111 1111 1111 1111",
        "alice.smith@example.com",
        "dave@example.com",
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
        "MIIBOgIBAAJBAKFAKE",
        "FAKEFAKEFAKEFAKE",
    ];
    for (name, batch) in captures() {
        let processed = process(SCANNED, &batch);
        for secret in found {
            let at = processed.batch.windows(secret.len()).position(|window| window == secret.as_bytes());
            assert_eq!(at, None, "{secret} is left in {name}\n{}", show_bytes(&processed.batch));
        }
    }
}

#[test]
fn golden_outputs_are_as_they_were() {
    let captures = captures();
    let bless = std::env::var_os("BLESS").is_some();
    for (path, name, policy) in goldens() {
        let processed = process(policy, &captures[name]);
        let airlock = Airlock::open(policy, &Keys::new()).expect("the policy is right");
        let report = processed.report.replace(airlock.policy_hash(), "…");
        let text = format!("{}report {report}\n", show_bytes(&processed.batch));
        if bless {
            fs::create_dir_all(path.parent().expect("it has a folder")).expect("the folder can be made");
            fs::write(&path, text).expect("the golden output can be written");
            continue;
        }
        let golden =
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}; BLESS=1 writes it", path.display()));
        let difference = diff(&golden, &text);
        assert!(difference.is_empty(), "{name} differs from its golden output; BLESS=1 rewrites it\n{difference}");
    }
}

#[test]
fn golden_outputs_have_their_captures() {
    for entry in fs::read_dir(folder().join("golden")).expect("BLESS=1 makes it") {
        let path = entry.expect("readable").path();
        assert!(goldens().any(|(golden, ..)| golden == path), "{} is no golden output any more", path.display());
    }
}

/// Scenario: each output through the same policy again.
/// Guarantees: the same bytes, and the verdict says so (I7).
#[test]
fn twice_is_the_same() {
    for policy in ["{}", r#"{"normalise": {"semconv": "rename"}}"#, r#"{"redact": {"attributes": {"output": "scan"}}}"#]
    {
        for (name, batch) in captures() {
            let first = process(policy, &batch);
            let second = process(policy, &first.batch);
            let difference = diff(&show_bytes(&first.batch), &show_bytes(&second.batch));
            assert!(first.batch == second.batch, "{name} changes on a second pass\n{difference}");
            assert_eq!(second.verdict, Verdict::Unchanged, "{name}");
        }
    }
}

/// Scenario: each capture; every record of it.
/// Guarantees: what dashboards count is there afterwards: events, tokens, durations, statuses, decisions, tools.
#[test]
fn what_dashboards_need_stays() {
    const NUMBERS: [&str; 11] = [
        "input_token_count",
        "output_token_count",
        "tool_token_count",
        "cached_token_count",
        "reasoning_token_count",
        "cache_write_token_count",
        "duration_ms",
        "prompt_length",
        "ttft_ms",
        "http.response.status_code",
        "attempt",
    ];
    const WORDS: [&str; 8] = [
        "event.name",
        "event.kind",
        "event.timestamp",
        "conversation.id",
        "app.version",
        "model",
        "decision",
        "call_id",
    ];
    let mut seen = BTreeSet::new();
    for (name, batch) in captures() {
        let after = message::decode(&process("{}", &batch).batch).expect("what comes out is a batch");
        let before = message::decode(&batch).expect("a capture is a batch");
        assert_eq!(message::records(&before).count(), message::records(&after).count(), "{name}");
        for (before, after) in message::records(&before).zip(message::records(&after)) {
            for key in NUMBERS.iter().filter(|key| message::find(before, key).is_some()) {
                let sent = match message::find(before, key) {
                    Some(Kind::StringValue(text)) => text.parse().ok(),
                    Some(Kind::IntValue(number)) => Some(*number),
                    _ => None,
                };
                let kept = match message::find(after, key) {
                    Some(Kind::IntValue(number)) => Some(*number),
                    _ => None,
                };
                assert_eq!(kept, sent, "{key} in {name}");
                seen.insert(*key);
            }
            for key in WORDS {
                assert_eq!(message::find(after, key), message::find(before, key), "{key} in {name}");
            }
            if let Some(event) = message::find_text(before, "event.name") {
                assert_eq!(after.event_name, event, "{name}");
            }
            let is_timed = message::find(before, "event.timestamp").is_some();
            assert_eq!(after.time_unix_nano > 0, is_timed, "{} in {name}", after.event_name);
        }
    }
    assert_eq!(seen.len(), NUMBERS.len(), "{seen:?}");
}

/// What one event looks like over a session: the attributes it may have, by name and type, with their values.
type Session = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

fn session(name: &str) -> Session {
    let mut session = Session::new();
    let batch = message::decode(&process("{}", &captures()[name]).batch).expect("what comes out is a batch");
    for record in message::records(&batch) {
        let attributes = session.entry(event_of(record)).or_default();
        for attribute in &record.attributes {
            let (typed, shown) = typed(attribute.value.as_ref().and_then(|value| value.value.as_ref()));
            let values = attributes.entry(attribute.key.clone()).or_default();
            values.insert(format!("{typed} {}", if is_aside(&attribute.key) { "…".into() } else { shown }));
        }
    }
    session
}

/// `codex.sse_event` has three shapes under one name; its kind tells them apart.
fn event_of(record: &LogRecord) -> String {
    let name = message::find_text(record, "event.name").unwrap_or_default();
    match message::find_text(record, "event.kind") {
        Some(kind) if message::find(record, "input_token_count").is_some() => format!("{name} {kind} usage"),
        Some(kind) => format!("{name} {kind}"),
        None => name.to_owned(),
    }
}

fn typed(kind: Option<&Kind>) -> (&'static str, String) {
    let name = match kind {
        Some(Kind::StringValue(_)) => "string",
        Some(Kind::IntValue(_)) => "int",
        Some(Kind::BoolValue(_)) => "bool",
        Some(Kind::DoubleValue(_)) => "double",
        _ => "other",
    };
    (name, value(Some(&message::AnyValue { value: kind.cloned() })))
}

/// Ids, times and what was measured differ from run to run.
fn is_aside(key: &str) -> bool {
    const ASIDE: [&str; 14] = [
        "app.version",
        "call_id",
        // What was sent: the one thing that is meant to differ.
        "codex.tool.original_name",
        "conversation.id",
        "duration_ms",
        "event.timestamp",
        "gen_ai.conversation.id",
        "gen_ai.request.model",
        "gen_ai.response.time_to_first_chunk",
        "gen_ai.tool.call.id",
        "model",
        "slug",
        // Says that the tool ran in one version and that it succeeded in another; the outcome is in the exit code and
        // in `error.type`, which are compared.
        "success",
        "ttft_ms",
    ];
    ASIDE.contains(&key)
}

/// Attributes that were added or given up between the two versions, by event; `*` is any. What is added has its own
/// meaning; nothing that both send goes by two names.
const ONLY_ONE_HAS: &[(&str, &str)] = &[
    ("*", "originator"),
    ("codex.api_request", "auth.*"),
    ("codex.api_request", "endpoint"),
    ("codex.conversation_starts", "auth.*"),
    ("codex.conversation_starts", "auto_compact_token_limit"),
    ("codex.conversation_starts", "config.legacy_multi_agent_disabled_sources"),
    ("codex.conversation_starts", "context_window"),
    ("codex.conversation_starts", "max_output_tokens"),
    ("codex.sse_event", "cache_write_token_count"),
    ("codex.sse_event", "gen_ai.response.time_to_first_chunk"),
    ("codex.sse_event", "gen_ai.usage.cache_creation.input_tokens"),
    ("codex.sse_event", "ttft_ms"),
    ("codex.tool_decision", "tool_namespace"),
    ("codex.tool_result", "agent_name"),
    // A name that needs no folding is not kept a second time.
    ("codex.tool_result", "codex.tool.original_name"),
    // An MCP tool that answers with an error had succeeded up to 0.53, and failed later.
    ("codex.tool_result", "error.type"),
    ("codex.tool_result", "gen_ai.agent.name"),
    ("codex.tool_result", "mcp_server"),
    ("codex.tool_result", "mcp_server_origin"),
    ("codex.tool_result", "output_truncated"),
    ("codex.tool_result", "tool_namespace"),
    ("codex.tool_result", "tool_result_seq"),
];

fn only_one_has(event: &str, key: &str) -> bool {
    let event = event.split(' ').next().unwrap_or_default();
    ONLY_ONE_HAS.iter().any(|(of, name)| {
        let named = name.strip_suffix('*').map_or(*name == key, |group| key.starts_with(group));
        named && (*of == "*" || *of == event)
    })
}

/// Scenario: one session as 0.45 sent it and as 0.169 sent it: a prompt, a tool, an answer; one whose command fails; one
/// with an MCP server (to 0.154, the last version that was recorded in just that session).
/// Guarantees: "the same session by 0.45 and by 0.169 reads the same": for events that both have, the same names, types
/// and value sets, ids and times aside.
#[test]
fn the_same_session_reads_the_same() {
    let pairs =
        [("0.45.0/basic", "0.169.0/basic"), ("0.45.0/toolfail", "0.169.0/toolfail"), ("0.45.0/mcp", "0.154.0/mcp")];
    let mut wrong = Vec::new();
    for (old, new) in pairs {
        let (before, after) = (session(old), session(new));
        let shared: Vec<&String> = before.keys().filter(|event| after.contains_key(*event)).collect();
        assert!(shared.len() >= 5, "{old} and {new} share only {shared:?}");
        for event in shared {
            let keys: BTreeSet<&String> = before[event].keys().chain(after[event].keys()).collect();
            for key in keys {
                match (before[event].get(key), after[event].get(key)) {
                    (Some(left), Some(right)) if left == right => {}
                    (Some(left), Some(right)) => wrong.push(format!("{event}: {key} is {left:?}, then {right:?}")),
                    _ if only_one_has(event, key) => {}
                    (left, _) => {
                        wrong.push(format!("{event}: only {} has {key}", if left.is_some() { old } else { new }))
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Scenario: a command that exits with 3, as every version reported it: in `success`, in JSON, in two kinds of text.
/// Guarantees: one exit code and one error type in all of them, and the tool is a shell.
#[test]
fn a_failed_command_fails_in_every_version() {
    let captures = captures();
    let failed = captures.iter().filter(|(name, _)| name.contains("/toolfail"));
    let mut versions = BTreeSet::new();
    for (name, batch) in failed {
        let batch = message::decode(&process("{}", batch).batch).expect("what comes out is a batch");
        for record in message::records(&batch).filter(|record| record.event_name == "codex.tool_result") {
            assert_eq!(message::find(record, "codex.tool.exit_code"), Some(&Kind::IntValue(3)), "{name}");
            assert_eq!(message::find_text(record, "error.type"), Some("tool_error"), "{name}");
            assert_eq!(message::find_text(record, "tool_name"), Some("shell"), "{name}");
            assert_eq!(message::find_text(record, "output"), Some("[redacted]"), "{name}");
            versions.insert(name.split('/').next().unwrap_or_default().to_owned());
        }
    }
    assert!(versions.len() >= 10, "{versions:?}");
}
