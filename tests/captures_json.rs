//! What real Codex versions sent, in JSON: the bodies as recorded, and every other capture as Codex would have written it.
//!
//! Must not expect anything of its own: the same capture in protobuf, whose outputs are judged in `captures.rs`, says what
//! must come. Holds I1 on real bytes, I3, I4 between the encodings, and I7.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails loudly"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use airlock::{Admission, Airlock, Encoding, Keys, Verdict, Worker};
use testkit::json::{self, Spelling, write};
use testkit::message;
use testkit::show::{diff, show};

/// The default, the one that gives names up, and one that lets detectors at the content.
const POLICIES: [&str; 3] = [
    "{}",
    r#"{"normalise": {"semconv": "rename"}, "redact": {"attributes": {"call_id": "drop", "event.kind": "drop"}}}"#,
    r#"{"redact": {"body": "scan", "attributes": {
        "prompt": "scan", "arguments": "scan", "output": "scan", "response": "scan", "rationale": "scan",
        "content": "scan", "error.message": "scan", "user.email": "scan"
    }}}"#,
];

/// Every capture in protobuf, by `version/scenario`, and in JSON where that was recorded.
fn captures() -> BTreeMap<String, (Vec<u8>, Option<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/captures");
    let entries = |path: &Path| -> Vec<PathBuf> {
        fs::read_dir(path).expect("the captures are there").map(|entry| entry.expect("readable").path()).collect()
    };
    let mut captures = BTreeMap::new();
    for version in entries(&folder).iter().filter(|path| path.is_dir() && !path.ends_with("golden")) {
        for path in entries(version).iter().filter(|path| path.extension().is_some_and(|ending| ending == "binpb")) {
            let name = path.strip_prefix(&folder).expect("it is inside").with_extension("");
            let recorded = fs::read_to_string(path.with_extension("json")).ok();
            let bytes = fs::read(path).expect("a capture is a file");
            captures.insert(name.to_string_lossy().into_owned(), (bytes, recorded));
        }
    }
    captures
}

fn as_codex_writes(protobuf: &[u8]) -> String {
    write(&message::decode(protobuf).expect("a capture is a batch"), Spelling::CODEX, 0)
}

fn process(worker: &mut Worker, encoding: Encoding, batch: &[u8]) -> (Verdict, Vec<u8>, String) {
    let outcome = worker.process(batch, encoding, &Admission::none()).expect("a capture is read");
    (outcome.verdict, outcome.batch.to_vec(), outcome.report.to_json())
}

/// Scenario: each body that was recorded in JSON, beside what the testkit writes for the same telemetry.
/// Guarantees: not a byte differs; so every other capture can stand in JSON too, as Codex would have written it.
#[test]
fn codex_writes_json_as_the_testkit_does() {
    let mut versions = BTreeMap::<String, usize>::new();
    for (name, (protobuf, recorded)) in captures() {
        let Some(recorded) = recorded else { continue };
        let written = as_codex_writes(&protobuf);
        assert!(recorded == written, "{name}\n- recorded, + written\n{}", diff(&recorded, &written));
        *versions.entry(name.split('/').next().unwrap_or_default().to_owned()).or_default() += 1;
    }
    assert!(versions.len() == 10 && versions.values().sum::<usize>() >= 16, "{versions:?}");
}

/// Scenario: every capture in both encodings, under policies that mask, drop, rename and look inside.
/// Guarantees: the same telemetry comes out, under the same report (I4), so nothing that was planted does (I1); what says
/// what it said is written as it was (I3); a second pass changes nothing (I7).
#[test]
fn both_encodings_come_to_the_same() {
    for policy in POLICIES {
        let mut worker = Airlock::open(policy, &Keys::new()).expect("the policy is right").worker();
        for (name, (protobuf, _)) in captures() {
            let text = as_codex_writes(&protobuf);
            let (verdict, out, report) = process(&mut worker, Encoding::Protobuf, &protobuf);
            let (verdict_in_json, json_out, report_in_json) = process(&mut worker, Encoding::Json, text.as_bytes());
            assert_eq!((verdict, report), (verdict_in_json, report_in_json), "{name}");
            let expected = message::decode(&out).expect("what comes out is a batch");
            let got = json::read(&json_out).expect("what comes out is a batch");
            let difference = || diff(&show(&expected), &show(&got.batch));
            assert!(message::same(&expected, &got.batch), "{name}\n- protobuf, + JSON\n{}", difference());
            assert!(got.doubts.is_empty() && got.unknown == 0, "{name}: {got:?}");

            let written = String::from_utf8(json_out).expect("JSON is text");
            json::check(&text, &written).unwrap_or_else(|wrong| panic!("{name}: {wrong}"));
            let (verdict, again, _) = process(&mut worker, Encoding::Json, written.as_bytes());
            assert!(again == written.as_bytes(), "{name} changes on a second pass");
            assert_eq!(verdict, Verdict::Unchanged, "{name}");
        }
    }
}
