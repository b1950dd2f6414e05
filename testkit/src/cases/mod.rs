//! The case suite: `tests/cases/*.toml`, one for every runner, native or built.
//!
//! Must not know how a case is run. A case file is a list of `[[case]]` tables:
//!
//! ```toml
//! about = "What this file holds, in a sentence"
//!
//! [[case]]
//! name = "a prompt becomes its length"
//! policy = { redact = { attributes = { prompt = "length" } } }   # or a string of JSON; left out: {}
//! keys = { default = "c29tZSBiYXNlNjQgdGV4dA==" }                 # ids and texts of the keys beside the policy
//! tenant = "acme"                                                # whom the host has admitted; or
//! context = { headers = [["X-Key", "FAKE"]], peer = "10.0.0.1", identities = ["dns:acme.example"] }   # asked first
//! admits = { tenant = "acme", set = [["X-Scope-OrgID", "acme"]], remove = ["x-scope-orgid"] }         # what must come
//! stage = "process"                      # or "normalise", "inject_tenant", "redact"; left out: process
//! input = { records = [{ attributes = { "event.name" = "codex.user_prompt", prompt = "open the door" } }] }
//! output = { records = [{ attributes = { "event.name" = "codex.user_prompt", prompt = "[redacted 13 chars]" } }] }
//! report = { redacted = { "prompt: length" = 1 } }               # members that the report must have, others may stand
//! ```
//!
//! In place of `input`, `input_hex` gives raw bytes, with white space and `#` comments (`encoding = "json"` where they
//! are JSON), and `input_json` a text of OTLP/JSON. In place of `output`: `unchanged = true` (the input, byte for byte),
//! `output_json` (this text, byte for byte), `dropped = true`, or `error = "malformed at byte 12: …"`, the whole text.
//! With `open_error` in place of all of these, the policy itself is refused with that text; with `admit_error`, the
//! request is. A case with `admits` may go without a batch. How a batch reads is told in [`text`].
//!
//! A case whose batch is written as an ordinary encoder writes it runs a second time in JSON, as Codex writes that: it
//! must come to the same, or be refused for the same reason. And of JSON that is rewritten, what says what it said must
//! be written as it was.

pub mod context;
pub mod run;
pub mod text;

use std::fs;
use std::path::Path;

use airlock::{Admission, Keys};
use toml::{Table, Value};

use crate::json::{Spelling, read, write};
use crate::message;

pub use crate::stage::Stage;
pub use airlock::Encoding;
pub use context::Request;
pub use run::{Answer, Call, RunOutcome, Runner, Summary, Verdict, run_all};

/// One case.
#[derive(Clone, Debug)]
pub struct Case {
    /// The file's name without its ending, and the case's name.
    pub name: String,
    /// The policy, JSON text.
    pub policy: String,
    /// The keys that it is opened with.
    pub keys: Keys,
    /// Whose batch it is, where no request is asked about.
    pub admission: Admission,
    /// The request that brings it.
    pub request: Option<Request>,
    /// What the request must be let in as.
    pub admits: Option<Admission>,
    /// What is asked for.
    pub stage: Stage,
    /// How the batch is encoded.
    pub encoding: Encoding,
    /// The batch.
    pub input: Vec<u8>,
    /// What must come.
    pub expected: Expected,
    /// Members that the report must have.
    pub report: Option<serde_json::Value>,
}

/// What a case must come to.
#[derive(Clone, Debug)]
pub enum Expected {
    /// The request is let in; there is no batch.
    Admission,
    /// The request is refused with this text.
    AdmitError(String),
    /// Nothing is left to forward.
    Dropped,
    /// The batch is refused with this text.
    Error(String),
    /// The batch is refused with this text, wherever in it.
    ErrorSomewhere(String),
    /// The policy is refused with this text.
    OpenError(String),
    /// The batch is rewritten, and what comes means the same as these bytes.
    Output(Vec<u8>),
    /// The batch is rewritten to this very text.
    Text(String),
    /// The input is forwarded as it came.
    Unchanged,
}

impl Case {
    /// What is asked of a runner, but for the batch.
    pub fn call<'c>(&'c self, admission: &'c Admission) -> Call<'c> {
        Call { policy: &self.policy, keys: &self.keys, admission, stage: self.stage, encoding: self.encoding }
    }
}

/// Every case of every file in `dir`, by file name and in the order they stand there; one that can be is followed by
/// itself in JSON.
///
/// # Errors
///
/// The first thing that is wrong with a file, with the file and the case.
pub fn load(dir: &Path) -> Result<Vec<Case>, String> {
    let entries = fs::read_dir(dir).map_err(|error| format!("{}: {error}", dir.display()))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    let mut cases: Vec<Case> = Vec::new();
    for path in paths {
        let file = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        for case in parse(&file, &text)? {
            let twin = in_json(&case);
            cases.push(case);
            cases.extend(twin);
        }
    }
    for (at, case) in cases.iter().enumerate() {
        if cases[..at].iter().any(|other| other.name == case.name) {
            return Err(format!("{}: there are two cases of that name", case.name));
        }
    }
    Ok(cases)
}

/// The cases of one file's text.
///
/// # Errors
///
/// The first thing that is wrong with it.
pub fn parse(file: &str, text: &str) -> Result<Vec<Case>, String> {
    let document: Table = text.parse().map_err(|error| format!("{file}: {error}"))?;
    if let Some(other) = document.keys().find(|key| !["about", "case"].contains(&key.as_str())) {
        return Err(format!("{file}: unknown member {other}; expected about, case"));
    }
    document.get("about").and_then(Value::as_str).ok_or(format!("{file}: `about` must say what the file holds"))?;
    let cases = document.get("case").and_then(Value::as_array).ok_or(format!("{file}: there is no [[case]]"))?;
    cases.iter().enumerate().map(|(at, case)| parse_case(file, at, case)).collect()
}

/// The same case in JSON, as Codex writes it: for every case whose batch says nothing but what it means.
fn in_json(case: &Case) -> Option<Case> {
    let batch = message::decode(&case.input).ok().filter(|batch| message::encode(batch) == case.input)?;
    if case.encoding == Encoding::Json || case.input.is_empty() {
        return None;
    }
    let expected = match &case.expected {
        Expected::Error(text) => {
            let (kind, reason) = text.split_once(" at byte ")?;
            let (_, reason) = reason.split_once(": ")?;
            Expected::ErrorSomewhere(format!("{kind}: {reason}"))
        }
        other => other.clone(),
    };
    let input = write(&batch, Spelling::CODEX, 0).into_bytes();
    if !read(&input).is_ok_and(|read| message::same(&read.batch, &batch)) {
        return None;
    }
    Some(Case { name: format!("{} (as JSON)", case.name), encoding: Encoding::Json, input, expected, ..case.clone() })
}

fn parse_case(file: &str, at: usize, case: &Value) -> Result<Case, String> {
    let case = case.as_table().ok_or(format!("{file}: case {at} is no table"))?;
    let name = case.get("name").and_then(Value::as_str).ok_or(format!("{file}: case {at} has no name"))?;
    let name = format!("{file}: {name}");
    let wrong = |what: &str| format!("{name}: {what}");
    const MEMBERS: [&str; 20] = [
        "name",
        "about",
        "policy",
        "keys",
        "tenant",
        "context",
        "admits",
        "admit_error",
        "stage",
        "encoding",
        "input",
        "input_hex",
        "input_json",
        "output",
        "output_json",
        "unchanged",
        "dropped",
        "error",
        "open_error",
        "report",
    ];
    if let Some(other) = case.keys().find(|key| !MEMBERS.contains(&key.as_str())) {
        return Err(wrong(&format!("unknown member {other}; expected one of {}", MEMBERS.join(", "))));
    }
    let policy = match case.get("policy") {
        None => "{}".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(document) => json(document).map_err(|error| wrong(&error))?.to_string(),
    };
    let keys = match case.get("keys") {
        None => Keys::new(),
        Some(keys) => self::keys(keys).ok_or(wrong("keys is a table of texts"))?,
    };
    let admission = match case.get("tenant") {
        None => Admission::none(),
        Some(tenant) => tenant.as_str().and_then(Admission::of).ok_or(wrong("tenant is a tenant"))?,
    };
    let stage = match case.get("stage").map(Value::as_str) {
        None | Some(Some("process")) => Stage::Process,
        Some(Some("normalise")) => Stage::Normalise,
        Some(Some("inject_tenant")) => Stage::InjectTenant,
        Some(Some("redact")) => Stage::Redact,
        Some(_) => return Err(wrong("stage is process, normalise, inject_tenant or redact")),
    };
    let request = case.get("context").map(context::request).transpose().map_err(|error| wrong(&error))?;
    let admits = case.get("admits").map(context::admission).transpose().map_err(|error| wrong(&error))?;
    let expected = expected(case).map_err(|error| wrong(&error))?;
    let input = match (case.get("input"), case.get("input_hex"), case.get("input_json")) {
        (Some(batch), None, None) => text::batch(batch).map_err(|error| wrong(&format!("input: {error}")))?,
        (None, Some(Value::String(digits)), None) => text::hex(digits).map_err(|error| wrong(&error))?,
        (None, None, Some(Value::String(text))) => text.clone().into_bytes(),
        (None, None, None)
            if matches!(expected, Expected::Admission | Expected::AdmitError(_) | Expected::OpenError(_)) =>
        {
            Vec::new()
        }
        _ => return Err(wrong("a case has an `input`, a string `input_hex` or a string `input_json`")),
    };
    let encoding = match case.get("encoding").map(Value::as_str) {
        _ if case.contains_key("input_json") => Encoding::Json,
        None | Some(Some("protobuf")) => Encoding::Protobuf,
        Some(Some("json")) => Encoding::Json,
        Some(_) => return Err(wrong("encoding is protobuf or json")),
    };
    let report = case.get("report").map(json).transpose().map_err(|error| wrong(&error))?;
    Ok(Case { name, policy, keys, admission, request, admits, stage, encoding, input, expected, report })
}

fn expected(case: &Table) -> Result<Expected, String> {
    let mut found = Vec::new();
    for (member, value) in case {
        found.push(match (member.as_str(), value) {
            ("admit_error", Value::String(text)) => Expected::AdmitError(text.clone()),
            ("dropped", Value::Boolean(true)) => Expected::Dropped,
            ("error", Value::String(text)) => Expected::Error(text.clone()),
            ("open_error", Value::String(text)) => Expected::OpenError(text.clone()),
            ("output", batch) => Expected::Output(text::batch(batch).map_err(|error| format!("output: {error}"))?),
            ("output_json", Value::String(text)) => Expected::Text(text.clone()),
            ("unchanged", Value::Boolean(true)) => Expected::Unchanged,
            ("admit_error" | "dropped" | "error" | "open_error" | "output_json" | "unchanged", _) => {
                return Err(format!("{member} is odd"));
            }
            _ => continue,
        });
    }
    if found.is_empty() && case.contains_key("admits") {
        found.push(Expected::Admission);
    }
    match <[Expected; 1]>::try_from(found) {
        Ok([one]) => Ok(one),
        Err(_) => {
            Err("a case expects one of output, output_json, unchanged, dropped, error, open_error, admit_error, admits"
                .into())
        }
    }
}

fn keys(keys: &Value) -> Option<Keys> {
    keys.as_table()?.iter().try_fold(Keys::new(), |keys, (id, text)| Some(keys.add(id, text.as_str()?)))
}

/// A TOML value as JSON.
fn json(value: &Value) -> Result<serde_json::Value, String> {
    Ok(match value {
        Value::Array(items) => items.iter().map(json).collect::<Result<Vec<_>, _>>()?.into(),
        Value::Boolean(flag) => (*flag).into(),
        Value::Datetime(_) => return Err("JSON has no dates; write a string".into()),
        Value::Float(number) => (*number).into(),
        Value::Integer(number) => (*number).into(),
        Value::String(text) => text.as_str().into(),
        Value::Table(members) => {
            let members = members.iter().map(|(key, value)| Ok((key.clone(), json(value)?)));
            serde_json::Value::Object(members.collect::<Result<_, String>>()?)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read() {
        let cases = parse(
            "file",
            r##"
            about = "an example"
            [[case]]
            name = "one"
            policy = { redact = { attributes = { prompt = ["scan", { truncate = 3 }] } } }
            input = { records = [{ attributes = { a = 1 } }] }
            unchanged = true
            [[case]]
            name = "two"
            policy = '{"version": 1}'
            keys = { b = "FAKE-0000abcd", a = "FAKE-0000abce" }
            tenant = "acme"
            stage = "redact"
            input_hex = "0a 00 # an empty resource"
            error = "malformed at byte 0: odd"
            "##,
        )
        .expect("the file is right");
        assert_eq!(cases[0].policy, r#"{"redact":{"attributes":{"prompt":["scan",{"truncate":3}]}}}"#);
        assert_eq!(cases[0].name, "file: one");
        assert_eq!((cases[1].stage, cases[1].input.as_slice()), (Stage::Redact, [0x0a, 0].as_slice()));
        assert!(cases[1].keys.iter().eq([("b", "FAKE-0000abcd"), ("a", "FAKE-0000abce")]));
        assert_eq!((cases[0].admission.tenant(), cases[1].admission.tenant()), (None, Some("acme")));
        assert!(matches!(&cases[1].expected, Expected::Error(text) if text.starts_with("malformed")));
    }

    #[test]
    fn a_case_that_says_too_little_or_too_much_is_refused() {
        for (text, expected) in [
            ("x = 1", "file: unknown member x; expected about, case"),
            ("[[case]]\nname = 'a'", "file: `about` must say what the file holds"),
            ("about = ''", "file: there is no [[case]]"),
            (
                "about = ''\n[[case]]\nname = 'a'\ninput_hex = ''",
                "file: a: a case expects one of output, output_json, unchanged, dropped, error, open_error, admit_error, admits",
            ),
            (
                "about = ''\n[[case]]\nname = 'a'\ninput_hex = ''\ndropped = true\nunchanged = true",
                "file: a: a case expects one of output, output_json, unchanged, dropped, error, open_error, admit_error, admits",
            ),
            (
                "about = ''\n[[case]]\nname = 'a'\ninput = {}\ninput_hex = ''\nunchanged = true",
                "file: a: a case has an `input`, a string `input_hex` or a string `input_json`",
            ),
        ] {
            assert_eq!(parse("file", text).expect_err(text), expected);
        }
    }
}
