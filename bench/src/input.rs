//! The batches that are measured, made of recorded ones.
//!
//! Must not know engines. Keeps the figures comparable: an input is made the same way on every machine, of nothing but
//! the captures in the repository, and says what it is.

use std::fs;
use std::path::Path;

use airlock::Encoding;
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::common::v1::{AnyValue, any_value::Value};
use opentelemetry_proto::tonic::logs::v1::{LogRecord, ResourceLogs, ScopeLogs};
use prost::Message;

use crate::Result;

/// Records of a full batch: what Codex sends when its queue is full.
pub const RECORDS: usize = 512;

/// Records that stand together in the mix as they were sent.
const STRETCH: usize = 64;

/// Bytes of tool output in the heavy batch.
const OUTPUT_BYTES: usize = 2048;

/// What one record weighs in the call that carries only one.
const ONE_RECORD_BYTES: usize = 500;

/// A load test of one event: not how Codex is used.
const NOT_OF_THE_MIX: &str = "flood";

/// One batch and what is in it.
pub struct Input {
    /// What it is called in tables and on the command line.
    pub name: &'static str,
    /// What it is, in words.
    pub about: String,
    /// An `ExportLogsServiceRequest`.
    pub bytes: Vec<u8>,
    /// How it is encoded.
    pub encoding: Encoding,
    /// Records in it.
    pub records: usize,
    /// Attributes of all its records.
    pub attributes: usize,
}

/// All batches.
pub struct Inputs {
    /// What Codex sends in the course of its work.
    pub mix: Input,
    /// Tool results with much output.
    pub heavy: Input,
    /// One record, as at the end of a session.
    pub one: Input,
    /// The mix in JSON.
    pub json_mix: Input,
    /// The heavy batch in JSON.
    pub json_heavy: Input,
    /// The one record in JSON.
    pub json_one: Input,
}

impl Inputs {
    /// Makes the batches from the captures of one version.
    pub fn read(captures: &Path) -> Result<Self> {
        let recorded = Recorded::read(captures)?;
        let mix = recorded.mix();
        let one = recorded.one(&mix);
        let mix = recorded.input("mix", format!("stretches of {STRETCH} records of the recorded sessions"), mix);
        let heavy = format!("codex.tool_result with {OUTPUT_BYTES} bytes of recorded output");
        let heavy = recorded.input("heavy", heavy, recorded.heavy()?);
        let about = format!("one record of {}", name_of(&one).unwrap_or("no event"));
        let one = recorded.input("one", about, vec![(0, one)]);
        let (json_mix, json_heavy) = (mix.in_json("json mix")?, heavy.in_json("json heavy")?);
        let json_one = one.in_json("json one")?;
        Ok(Self { mix, heavy, one, json_mix, json_heavy, json_one })
    }
}

impl Input {
    /// The same batch as Codex writes it in JSON: pretty, with what is not there as defaults.
    fn in_json(&self, name: &'static str) -> Result<Self> {
        let request = ExportLogsServiceRequest::decode(self.bytes.as_slice())?;
        let bytes = serde_json::to_vec_pretty(&request)?;
        let about = format!("{}, in JSON", self.about);
        Ok(Self { name, about, bytes, encoding: Encoding::Json, ..*self })
    }

    /// The mean size of a record, its share of the envelope included.
    pub fn bytes_per_record(&self) -> f64 {
        self.bytes.len() as f64 / self.records as f64
    }

    /// The mean number of attributes of a record.
    pub fn attributes_per_record(&self) -> f64 {
        self.attributes as f64 / self.records as f64
    }
}

/// The records of all captures in the order of their files, each with the number of its scope.
struct Recorded {
    envelope: ResourceLogs,
    scopes: Vec<ScopeLogs>,
    records: Vec<(usize, LogRecord)>,
}

impl Recorded {
    fn read(folder: &Path) -> Result<Self> {
        let mut files: Vec<_> = fs::read_dir(folder)
            .map_err(|error| format!("cannot read {}: {error}", folder.display()))?
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .filter(|path| path.extension().is_some_and(|extension| extension == "binpb"))
            .filter(|path| path.file_stem().is_some_and(|stem| stem != NOT_OF_THE_MIX))
            .collect();
        files.sort();
        let mut recorded = Self { envelope: ResourceLogs::default(), scopes: Vec::new(), records: Vec::new() };
        for file in files {
            let bytes = fs::read(&file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
            let request = ExportLogsServiceRequest::decode(bytes.as_slice())
                .map_err(|error| format!("{} is no batch: {error}", file.display()))?;
            for resource in request.resource_logs {
                recorded.take(resource);
            }
        }
        if recorded.records.len() < RECORDS {
            return Err(format!("{} has only {} records", folder.display(), recorded.records.len()).into());
        }
        Ok(recorded)
    }

    /// Codex has one resource and few scopes; the first resource speaks for all.
    fn take(&mut self, mut resource: ResourceLogs) {
        for mut scope in std::mem::take(&mut resource.scope_logs) {
            let records = std::mem::take(&mut scope.log_records);
            let place = self.scopes.iter().position(|known| *known == scope).unwrap_or_else(|| {
                self.scopes.push(scope);
                self.scopes.len() - 1
            });
            self.records.extend(records.into_iter().map(|record| (place, record)));
        }
        if self.envelope.resource.is_none() {
            self.envelope = resource;
        }
    }

    /// Stretches of the recorded sessions, evenly spread over them: in a batch stand the records of one session, one
    /// after the other.
    fn mix(&self) -> Vec<(usize, LogRecord)> {
        let stretches = RECORDS / STRETCH;
        let start = |number: usize| number * (self.records.len() - STRETCH) / (stretches - 1);
        (0..stretches).flat_map(|number| self.records.iter().skip(start(number)).take(STRETCH).cloned()).collect()
    }

    /// Every recorded result in turn; its own output first, so that the frame around it stays, then those of the
    /// results after it.
    fn heavy(&self) -> Result<Vec<(usize, LogRecord)>> {
        let results: Vec<_> =
            self.records.iter().filter(|(_, record)| name_of(record) == Some("codex.tool_result")).collect();
        if !results.iter().any(|(_, record)| text(record, "output").is_some_and(|output| !output.is_empty())) {
            return Err("the captures have no tool output".into());
        }
        let with_output = |start: usize| {
            let mut output = String::new();
            let texts = results.iter().cycle().skip(start).filter_map(|(_, record)| text(record, "output"));
            for text in texts {
                output.push_str(text);
                output.push('\n');
                if output.len() >= OUTPUT_BYTES {
                    break;
                }
            }
            output.truncate(output.floor_char_boundary(OUTPUT_BYTES));
            output
        };
        let heavy = (0..RECORDS).zip(results.iter().cycle()).map(|(number, (scope, record))| {
            let mut record = record.clone();
            let output = with_output(number % results.len());
            for attribute in record.attributes.iter_mut().filter(|attribute| attribute.key == "output") {
                attribute.value = Some(AnyValue { value: Some(Value::StringValue(output.clone())) });
            }
            (*scope, record)
        });
        Ok(heavy.collect())
    }

    /// The record that weighs most nearly what one record does.
    fn one(&self, mix: &[(usize, LogRecord)]) -> LogRecord {
        let weight = |record: &LogRecord| self.request(vec![(0, record.clone())]).encoded_len();
        let nearest =
            mix.iter().map(|(_, record)| record).min_by_key(|record| weight(record).abs_diff(ONE_RECORD_BYTES));
        nearest.cloned().unwrap_or_default()
    }

    fn input(&self, name: &'static str, about: String, records: Vec<(usize, LogRecord)>) -> Input {
        let (count, attributes) = (records.len(), records.iter().map(|(_, record)| record.attributes.len()).sum());
        let bytes = self.request(records).encode_to_vec();
        Input { name, about, bytes, encoding: Encoding::Protobuf, records: count, attributes }
    }

    fn request(&self, records: Vec<(usize, LogRecord)>) -> ExportLogsServiceRequest {
        let mut scopes = self.scopes.clone();
        for (scope, record) in records {
            if let Some(scope) = scopes.get_mut(scope) {
                scope.log_records.push(record);
            }
        }
        scopes.retain(|scope| !scope.log_records.is_empty());
        let envelope = ResourceLogs { scope_logs: scopes, ..self.envelope.clone() };
        ExportLogsServiceRequest { resource_logs: vec![envelope] }
    }
}

fn name_of(record: &LogRecord) -> Option<&str> {
    text(record, "event.name")
}

fn text<'r>(record: &'r LogRecord, key: &str) -> Option<&'r str> {
    let attribute = record.attributes.iter().find(|attribute| attribute.key == key)?;
    match attribute.value.as_ref()?.value.as_ref()? {
        Value::StringValue(text) => Some(text),
        _ => None,
    }
}
