//! The same telemetry in both encodings: what the core makes of it in JSON means what it makes of it in protobuf.
//!
//! Must not know how the core reads JSON. Holds I4 between the encodings, I3 (what is not touched is not written anew) and
//! I7, on what real Codex versions sent.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails loudly")]

use std::fs;
use std::path::{Path, PathBuf};

use airlock::{Admission, Airlock, Encoding, Keys, Verdict};
use testkit::generate::policies::keep_everything;
use testkit::json::{self, Spelling};
use testkit::message::{self, Batch};
use testkit::show::{diff, show};

/// What the policies under test do: mask, scan, rename, drop, replace.
const POLICIES: [&str; 5] = [
    "{}",
    r#"{"normalise": {"semconv": "rename"}}"#,
    r#"{"redact": {"attributes": {"conversation.id": "drop", "model": "mask", "slug": "drop"}, "resource": {"env": "drop"}}}"#,
    r#"{"unknown": {"attributes": "drop", "events": "drop"}, "redact": {"body": "keep"}}"#,
    r#"{"redact": {"attributes": {"event.kind": "mask", "app.version": {"partial": {"last": 2}}}}, "normalise": {"types": false}}"#,
];

fn captures(extension: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/captures");
    let mut found = Vec::new();
    for version in fs::read_dir(folder).expect("there are captures").flatten().filter(|entry| entry.path().is_dir()) {
        let files = fs::read_dir(version.path()).expect("the folder can be read").flatten().map(|file| file.path());
        found.extend(files.filter(|path| path.extension().is_some_and(|it| it == extension)));
    }
    found.sort();
    assert!(found.len() > 10, "the captures were not found");
    found
}

/// The policies under which a batch is compared: the default one and another.
fn policies(turn: usize) -> [String; 2] {
    let others = POLICIES.iter().map(|&policy| policy.to_owned()).skip(1).chain([keep_everything().to_string()]);
    let others: Vec<String> = others.collect();
    [POLICIES[0].to_owned(), others[turn % others.len()].clone()]
}

/// Runs a batch in both encodings and compares what comes out, and then what comes of that.
fn compare(name: &str, policies: &[String], batch: &Batch, text: &str) {
    for policy in policies {
        let mut worker = Airlock::open(policy, &Keys::new()).expect("the policy is right").worker();
        let protobuf = message::encode(batch);
        let expected = worker.process(&protobuf, Encoding::Protobuf, &Admission::none()).expect("the batch is read");
        let (verdict, report) = (expected.verdict, expected.report.to_json());
        let expected = message::decode(expected.batch).expect("what comes out is a batch");
        let outcome = worker
            .process(text.as_bytes(), Encoding::Json, &Admission::none())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((outcome.verdict, outcome.report.to_json()), (verdict, report), "{name} under {policy}");
        if verdict == Verdict::Dropped {
            continue;
        }
        let out = outcome.batch.to_vec();
        let got = json::read(&out).unwrap_or_else(|error| panic!("{name} under {policy}: {error}\n{}", lossy(&out)));
        let difference = || diff(&show(&expected), &show(&got.batch));
        assert!(message::same(&expected, &got.batch), "{name} under {policy}\n- protobuf, + JSON\n{}", difference());
        let again =
            worker.process(&out, Encoding::Json, &Admission::none()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((again.verdict, again.batch), (Verdict::Unchanged, &out[..]), "{name} under {policy}");
        // Where as many attributes come as go, the check would compare those that have nothing to do with each other.
        if !policy.contains("drop") {
            json::check(text, &lossy(&out)).unwrap_or_else(|wrong| panic!("{name} under {policy}: {wrong}"));
        }
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Scenario: what Codex sent in JSON, and the same batches encoded in protobuf.
/// Guarantees: the same telemetry, verdict and report (I4); what is untouched lies where it lay (I3); twice is once (I7).
#[test]
fn captures_in_json() {
    for (path, turn) in captures("json").iter().zip(0..) {
        let text = fs::read_to_string(path).expect("the capture is text");
        let read = json::read(text.as_bytes()).expect("the oracle reads it");
        compare(&path.display().to_string(), &policies(turn), &read.batch, &text);
    }
}

/// Scenario: what Codex sent in protobuf, written in JSON as Codex writes it, compactly, and in odd spellings.
/// Guarantees: the same.
#[test]
fn captures_in_protobuf() {
    const SPELLINGS: [Spelling; 3] = [Spelling::CODEX, Spelling::COMPACT, Spelling::KNOWN];
    for (path, turn) in captures("binpb").iter().zip(0..) {
        let bytes = fs::read(path).expect("the capture can be read");
        let batch = message::decode(&bytes).expect("the capture is a batch");
        let text = json::write(&batch, SPELLINGS[turn % SPELLINGS.len()], turn as u64);
        compare(&path.display().to_string(), &policies(turn), &batch, &text);
    }
}
