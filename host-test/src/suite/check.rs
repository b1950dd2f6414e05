//! Runs a case and says what is not as it should be.
//!
//! Must not know where cases come from. What it tells of an output has left the policy's hands, and is escaped.

use std::collections::BTreeMap;

use airlock::{Admission, Encoding, Verdict};
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::logs::v1::LogRecord;
use serde_json::Value;

use super::{Case, Expect, Input, OfRecord, notation};
use crate::engine::{Engine, HostError, HostOutcome};
use crate::view::{self, Batch, one_line, visible};

impl Case {
    /// What is not as the case expects; nothing where all is well.
    pub fn run(&self, engine: &dyn Engine) -> Vec<String> {
        let (batch, encoding) = match &self.input {
            Input::None => (Vec::new(), Encoding::Protobuf),
            Input::Recorded(batch, encoding) => (batch.clone(), *encoding),
            Input::Written(batch) => (view::encode(batch), Encoding::Protobuf),
        };
        let (admission, outcome) = match (self.ask(engine, &batch, encoding), &self.expect.refused) {
            (Ok(_), Some(expected)) => return vec![format!("it should be refused: {}", visible(expected))],
            (Err(error), expected) => return refused(&error, expected.as_deref()),
            (Ok(answer), None) => answer,
        };
        let mut wrong = Vec::new();
        self.expect.of_request(&admission, &mut wrong);
        let Some(outcome) = outcome else { return wrong };
        let left = outcome.bytes(&batch);
        let Some(decoded) = view::decode(left, encoding) else { return vec!["what leaves is no batch".into()] };
        if self.expect.dropped && outcome.verdict != Verdict::Dropped {
            wrong.push("something leaves, and nothing should".into());
        }
        if self.expect.unchanged && left != batch {
            wrong.push("it should leave as it came, and is rewritten".into());
        }
        let headers = admission.set_headers();
        let leaves = |text: &str| holds(left, text) || headers.iter().any(|(_, value)| holds(value.as_bytes(), text));
        for text in self.expect.nowhere.iter().filter(|text| leaves(text)) {
            wrong.push(format!("{} leaves, and should not", quoted(text)));
        }
        self.expect.of_batch(&decoded, &mut wrong);
        wrong
    }

    /// What a host does: whose the request is, in the body where nothing else may tell, and what becomes of its batch.
    fn ask(
        &self,
        engine: &dyn Engine,
        batch: &[u8],
        encoding: Encoding,
    ) -> Result<(Admission, Option<HostOutcome>), HostError> {
        let mut admission = self.request.admission(engine)?;
        if matches!(self.input, Input::None) {
            return Ok((admission, None));
        }
        if engine.needs_body() && admission.tenant().is_none() {
            let mut parts = engine.split(batch, encoding, &admission)?;
            // Of several tenants is none: the batch is refused.
            if let (Some(part), true) = (parts.pop(), parts.is_empty()) {
                admission = part.admission;
            }
        }
        let outcome = engine.process(batch, encoding, &admission)?;
        Ok((admission, Some(outcome)))
    }
}

fn refused(error: &HostError, expected: Option<&str>) -> Vec<String> {
    let class = match error {
        HostError::NotAdmitted { kind, .. } => kind.name(),
        HostError::Refused { kind, .. } => kind.name(),
        _ => "",
    };
    let words = error.to_string();
    match expected {
        Some(expected) if class == expected || words.contains(expected) => Vec::new(),
        Some(expected) => vec![format!("it should be refused as {}, and is refused: {words}", visible(expected))],
        None => vec![format!("it is refused: {words}")],
    }
}

impl Expect {
    /// Whether nothing is expected of a batch.
    pub(super) fn is_of_request(&self) -> bool {
        let Self { tenant, set_headers, remove_headers, refused, .. } = self.clone();
        *self == Self { tenant, set_headers, remove_headers, refused, ..Self::default() }
    }

    fn of_request(&self, admission: &Admission, wrong: &mut Vec<String>) {
        if let Some(expected) = self.tenant.as_deref().filter(|expected| Some(*expected) != admission.tenant()) {
            let got = admission.tenant().map_or_else(|| "not known".into(), quoted);
            wrong.push(format!("the tenant should be {}, and is {got}", quoted(expected)));
        }
        for (name, expected) in &self.set_headers {
            let mut set = admission.set_headers().iter().filter(|(other, _)| other.eq_ignore_ascii_case(name));
            let got = set.next().map(|(_, value)| value);
            if got != Some(expected) {
                let got = got.map_or_else(|| "not set".into(), |value| quoted(value));
                wrong.push(format!("the header {} should be {}, and is {got}", visible(name), quoted(expected)));
            }
        }
        for name in &self.remove_headers {
            if !admission.remove_headers().iter().any(|other| other.eq_ignore_ascii_case(name)) {
                wrong.push(format!("the header {} should be removed, and is not", visible(name)));
            }
        }
    }

    fn of_batch(&self, batch: &Batch, wrong: &mut Vec<String>) {
        let records: Vec<&LogRecord> = view::records(batch).collect();
        if let Some(expected) = self.records.filter(|expected| *expected != records.len()) {
            wrong.push(format!("{expected} records should leave, and {} do", records.len()));
        }
        let all = Wanted { attributes: &self.attributes, absent: &self.absent, body: self.body.as_ref() };
        if !all.is_nothing() && records.is_empty() {
            wrong.push("no record leaves that could be as expected".into());
        }
        for record in &records {
            all.of_record(record, wrong);
        }
        for (event, OfRecord { attributes, absent, body }) in &self.events {
            let wanted = Wanted { attributes, absent, body: body.as_ref() };
            let mut of_event = records.iter().filter(|record| view::event(record) == event).peekable();
            if of_event.peek().is_none() {
                wrong.push(format!("no record of {} leaves", visible(event)));
            }
            of_event.for_each(|record| wanted.of_record(record, wrong));
        }
        let wanted = Wanted { attributes: &self.resource, absent: &self.resource_absent, body: None };
        if !wanted.is_nothing() && batch.resource_logs.is_empty() {
            wrong.push("no resource leaves that could be as expected".into());
        }
        for logs in &batch.resource_logs {
            let attributes = logs.resource.as_ref().map_or(&[][..], |resource| &resource.attributes);
            wanted.of_attributes("resource", attributes, wrong);
        }
        wrong.dedup();
    }
}

/// What is wanted of a record or a resource.
struct Wanted<'e> {
    attributes: &'e BTreeMap<String, Value>,
    absent: &'e [String],
    body: Option<&'e Value>,
}

impl Wanted<'_> {
    fn is_nothing(&self) -> bool {
        self.attributes.is_empty() && self.absent.is_empty() && self.body.is_none()
    }

    fn of_record(&self, record: &LogRecord, wrong: &mut Vec<String>) {
        let event = match view::event(record) {
            "" => "record".into(),
            event => visible(event),
        };
        self.of_attributes(&event, &record.attributes, wrong);
        if let Some(expected) = self.body {
            differs(&event, "body", expected, record.body.as_ref(), wrong);
        }
    }

    fn of_attributes(&self, whose: &str, attributes: &[KeyValue], wrong: &mut Vec<String>) {
        for (name, expected) in self.attributes {
            let mut found = attributes.iter().filter(|pair| pair.key == *name).peekable();
            if found.peek().is_none() {
                differs(whose, name, expected, None, wrong);
            }
            // One of two that is right does not make the other so.
            found.for_each(|pair| differs(whose, name, expected, Some(&pair.value.clone().unwrap_or_default()), wrong));
        }
        for name in self.absent {
            if let Some(pair) = attributes.iter().find(|pair| pair.key == *name) {
                let value = pair.value.as_ref().map_or_else(|| "(nothing)".into(), one_line);
                wrong.push(format!("{whose}: {} should be absent, and is {value}", visible(name)));
            }
        }
    }
}

fn differs(whose: &str, name: &str, expected: &Value, got: Option<&AnyValue>, wrong: &mut Vec<String>) {
    let expected = notation::value(expected);
    if got != Some(&expected) {
        let got = got.map_or_else(|| "absent".into(), one_line);
        wrong.push(format!("{whose}: {} should be {}, and is {got}", visible(name), one_line(&expected)));
    }
}

/// Whether the text stands anywhere in the bytes, as it is or as JSON escapes it.
fn holds(bytes: &[u8], text: &str) -> bool {
    let escaped = Value::String(text.into()).to_string();
    let escaped = escaped.trim_matches('"');
    [text, escaped].iter().any(|text| !text.is_empty() && bytes.windows(text.len()).any(|part| part == text.as_bytes()))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", visible(text))
}
