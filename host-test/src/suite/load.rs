//! Reads the suites of a folder.
//!
//! Must not run anything. Keeps I2 for tests: every file in the folder that could be a suite is one, or is named by one
//! as its policy or its batch; so no suite is passed over because of a slip in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::notation::{self, Record};
use super::{Case, Expect, Input, Suite};
use crate::request::{self, Request};
use crate::syntax::Syntax;
use crate::view;

/// The largest file that is read as a suite or as a batch of one.
const MAX_BYTES: u64 = 64 << 20;

/// Every suite of a folder and the folders in it, or of one file, by path.
pub fn load(path: &Path) -> Result<Vec<Suite>, String> {
    let mut files = Vec::new();
    collect(path, &mut files)?;
    files.sort();
    let (mut suites, mut named, mut others) = (Vec::new(), BTreeSet::new(), Vec::new());
    for file in files {
        match read(&file)? {
            Some(document) => {
                let (suite, files) = suite(&file, document)?;
                named.extend(files);
                suites.push(suite);
            }
            None => others.push(file),
        }
    }
    match others.iter().find(|file| !named.contains(&canonical(file))) {
        Some(file) => {
            let file = file.display();
            Err(format!("{file}: it has no list cases, and no suite names it as its policy or its batch"))
        }
        None if suites.is_empty() => Err(format!("{}: there is no suite in it", path.display())),
        None => Ok(suites),
    }
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let wrong = |error: std::io::Error| format!("cannot read {}: {error}", path.display());
    if !fs::metadata(path).map_err(wrong)?.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path).map_err(wrong)? {
        let entry = entry.map_err(wrong)?.path();
        // A link may lead round in a circle; whatever is no text of ours is no suite.
        let found = fs::symlink_metadata(&entry).map_err(wrong)?;
        if found.is_dir() || found.is_file() && Syntax::of(&entry).is_some() {
            collect(&entry, files)?;
        }
    }
    Ok(())
}

/// The document of a file that has cases.
fn read(path: &Path) -> Result<Option<Value>, String> {
    let wrong = |message: &str| format!("{}: {message}", path.display());
    let syntax =
        Syntax::of(path).ok_or_else(|| wrong("name it .yaml, .yml, .toml or .json, so that its syntax is known"))?;
    let text = String::from_utf8(bytes(path)?).map_err(|_| wrong("it is not UTF-8 text"))?;
    let json = syntax.to_json(text).map_err(|message| wrong(&message))?;
    let document: Value = serde_json::from_str(&json).map_err(|error| wrong(&error.to_string()))?;
    Ok(document.get("cases").is_some().then_some(document))
}

fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let wrong = |error: std::io::Error| format!("cannot read {}: {error}", path.display());
    if fs::metadata(path).map_err(wrong)?.len() > MAX_BYTES {
        return Err(format!("{}: it is larger than 64 MiB", path.display()));
    }
    fs::read(path).map_err(wrong)
}

/// A suite as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSuite {
    policy: Option<PathBuf>,
    cases: Vec<WrittenCase>,
}

/// A case as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCase {
    name: String,
    record: Option<Record>,
    records: Option<Vec<Record>>,
    resource: Option<Map<String, Value>>,
    file: Option<PathBuf>,
    request: Option<WrittenRequest>,
    expect: Expect,
}

/// A request as it is written.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct WrittenRequest {
    headers: BTreeMap<String, Values>,
    identities: Vec<String>,
    peer: Option<IpAddr>,
}

/// The values of a header: a list where it stands more than once.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a text or a list of texts")]
enum Values {
    One(String),
    Each(Vec<String>),
}

impl WrittenRequest {
    fn read(self) -> Result<Request, &'static str> {
        let headers = self.headers.into_iter().flat_map(|(name, values)| {
            let values = match values {
                Values::One(value) => vec![value],
                Values::Each(values) => values,
            };
            values.into_iter().map(move |value| (name.clone(), value))
        });
        let identities = self.identities.iter().map(|text| request::identity(text)).collect::<Result<_, _>>()?;
        Ok(Request { headers: headers.collect(), identities, peer: self.peer })
    }
}

/// A suite, and the files that it names.
fn suite(path: &Path, document: Value) -> Result<(Suite, Vec<PathBuf>), String> {
    let written: WrittenSuite = serde_path_to_error::deserialize(document).map_err(|error| {
        let (place, message) = (error.path().to_string(), error.into_inner());
        format!("{}: {place}: {message}", path.display())
    })?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let policy = written.policy.map(|policy| folder.join(policy));
    let mut named: Vec<PathBuf> = policy.iter().map(|policy| canonical(policy)).collect();
    let mut cases: Vec<Case> = Vec::new();
    for case in written.cases {
        let wrong = |message: &str| format!("{}: {}: {message}", path.display(), case.name);
        if cases.iter().any(|other| other.name == case.name) {
            return Err(wrong("there are two cases of that name"));
        }
        if case.expect == Expect::default() {
            return Err(wrong("nothing is expected, so nothing is tested"));
        }
        let request = case.request.map(WrittenRequest::read).transpose().map_err(wrong)?;
        let resource = case.resource.unwrap_or_default();
        let input = match (&case.record, &case.records, &case.file) {
            (Some(record), None, None) => Input::Written(notation::batch(&resource, std::slice::from_ref(record))),
            (None, Some(records), None) => Input::Written(notation::batch(&resource, records)),
            (None, None, Some(file)) if resource.is_empty() => {
                let file = folder.join(file);
                named.push(canonical(&file));
                let batch = bytes(&file).map_err(|message| wrong(&message))?;
                let encoding = view::encoding(&batch)
                    .ok_or_else(|| wrong("the first byte of its file starts neither OTLP JSON nor OTLP protobuf"))?;
                Input::Recorded(batch, encoding)
            }
            (None, None, None) if request.is_some() && resource.is_empty() => {
                if !case.expect.is_of_request() {
                    return Err(wrong("of a request alone, expect tenant, set-headers, remove-headers or refused"));
                }
                Input::None
            }
            _ => return Err(wrong("give one of record, records and file; a resource goes with the first two")),
        };
        cases.push(Case { name: case.name, request: request.unwrap_or_default(), input, expect: case.expect });
    }
    if cases.is_empty() {
        return Err(format!("{}: its list cases is empty", path.display()));
    }
    Ok((Suite { path: path.to_owned(), policy, cases }, named))
}

/// The same name for the same file; one that is not there keeps the name that it has.
fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(files: &[(&str, &str)]) -> String {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let error = load(folder.path()).unwrap_err();
        error.replace(&format!("{}/", folder.path().display()), "").replace(&folder.path().display().to_string(), "DIR")
    }

    /// Scenario: slips in a suite: of its name, its list, a member, an expectation; a case that expects nothing.
    /// Guarantees: none of them is passed over, and the error says where.
    #[test]
    fn a_slip_is_an_error() {
        let case = |more: &str| format!("cases: [{{ name: a, record: {{}}, {more} }}]");
        for (text, expected) in [
            ("case: []", "a.yaml: it has no list cases, and no suite names it as its policy or its batch"),
            ("cases: []", "a.yaml: its list cases is empty"),
            ("cases: 1", "a.yaml: cases: invalid type: integer `1`, expected a sequence"),
            (&case("expect: {}"), "a.yaml: a: nothing is expected, so nothing is tested"),
            (&case("expects: {}"), "a.yaml: cases[0].expects: unknown field `expects`"),
            (&case("expect: { attribute: {} }"), "a.yaml: cases[0].expect.attribute: unknown field `attribute`"),
            (&case("file: b, expect: { records: 1 }"), "a.yaml: a: give one of record, records and file"),
            ("cases: [{ name: a, expect: { records: 1 } }]", "a.yaml: a: give one of record, records and file"),
            ("cases: [{ name: a, file: none.binpb, expect: { records: 1 } }]", "a.yaml: a: cannot read none.binpb: "),
            (
                "cases: [{ name: a, request: {}, expect: { records: 1 } }]",
                "a.yaml: a: of a request alone, expect tenant, ",
            ),
            (
                &case("request: { header: {} }, expect: { tenant: b }"),
                "a.yaml: cases[0].request.header: unknown field ",
            ),
            (
                &case("request: { headers: { b: 1 } }, expect: { tenant: b }"),
                "a.yaml: cases[0].request.headers.b: expected a text or a list of texts",
            ),
            (&case("request: { identities: [b] }, expect: { tenant: b }"), "a.yaml: a: expected uri:, dns: or sha256:"),
            (&case("request: { peer: b }, expect: { tenant: b }"), "a.yaml: cases[0].request.peer: invalid IP address"),
            ("a: 1\na: 2", "a.yaml: "),
        ] {
            let error = wrong(&[("a.yaml", text)]);
            assert!(error.starts_with(expected), "{text}: {error}");
        }
        assert_eq!(wrong(&[]), "DIR: there is no suite in it");
        let twice = "cases:\n- &c { name: a, record: {}, expect: { records: 1 } }\n- { name: a, record: {}, expect: { records: 1 } }\n";
        assert_eq!(wrong(&[("a.yaml", twice)]), "a.yaml: a: there are two cases of that name");
    }

    #[test]
    fn a_policy_and_a_batch_may_stand_beside_their_suite() {
        let folder = tempfile::tempdir().unwrap();
        let suite = "policy = 'p.yaml'\n[[cases]]\nname = 'a'\nfile = 'b.json'\nexpect = { records = 0 }\n";
        for (name, text) in [("s.toml", suite), ("p.yaml", "version: 1"), ("b.json", "{}"), ("notes.md", "")] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let suites = load(folder.path()).unwrap();
        assert_eq!((suites.len(), suites[0].cases.len()), (1, 1));
        assert_eq!(suites[0].policy.as_deref(), Some(folder.path().join("p.yaml").as_path()));
    }
}
