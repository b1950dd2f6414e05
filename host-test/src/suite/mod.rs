//! A policy's own tests: suites of cases that people keep beside their policy.
//!
//! ```text
//! folder ─▶ load    every suite of it, as types
//!             │     notation   records as people write them ─▶ a batch
//!             ▼
//!           check   a case through an engine: what is not as it should be, in words
//! ```
//!
//! Must not know how results are shown. Keeps I2 for tests: a suite that is not wholly understood, and one that tests
//! nothing, is an error; a slip of the pen must not look like a test that passes.

mod check;
mod load;
mod notation;

use std::collections::BTreeMap;
use std::path::PathBuf;

use airlock::Encoding;
use serde::Deserialize;
use serde_json::Value;

pub use load::load;

use crate::request::Request;
use crate::view::Batch;

/// One file of cases.
#[derive(Debug)]
pub struct Suite {
    /// The file.
    pub path: PathBuf,
    /// The policy that it tests, if it names one.
    pub policy: Option<PathBuf>,
    /// Its cases, in order.
    pub cases: Vec<Case>,
}

/// One case.
#[derive(Debug)]
pub struct Case {
    /// What it is called.
    pub name: String,
    request: Request,
    input: Input,
    expect: Expect,
}

/// What goes in.
#[derive(Debug)]
enum Input {
    /// No batch: the case is about the request alone.
    None,
    /// A batch that was written down.
    Written(Batch),
    /// A batch as it was recorded.
    Recorded(Vec<u8>, Encoding),
}

/// What must come. What is not named may be as it likes.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct Expect {
    /// Whose the batch is.
    tenant: Option<String>,
    /// Headers that the request gets, with their values.
    set_headers: BTreeMap<String, String>,
    /// Headers that the request loses.
    remove_headers: Vec<String>,
    /// Attributes of every record that leaves, with their values.
    attributes: BTreeMap<String, Value>,
    /// Attributes that no record has.
    absent: Vec<String>,
    /// The body of every record.
    body: Option<Value>,
    /// The same for every record of one event.
    events: BTreeMap<String, OfRecord>,
    /// Attributes of every resource, with their values.
    resource: BTreeMap<String, Value>,
    /// Attributes that no resource has.
    resource_absent: Vec<String>,
    /// How many records leave.
    records: Option<usize>,
    /// The batch leaves as it came, byte for byte.
    unchanged: bool,
    /// Nothing leaves.
    dropped: bool,
    /// The request or the batch is refused: the class of the refusal, or a part of its words.
    refused: Option<String>,
    /// Texts of which nothing that leaves holds one.
    nowhere: Vec<String>,
}

/// What must come of a record.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct OfRecord {
    attributes: BTreeMap<String, Value>,
    absent: Vec<String>,
    body: Option<Value>,
}
