//! What leaving out stream events saves on the recorded sessions, and that no usage goes with them.
//!
//! Must not know how records are left out. Holds the README's figures to the recordings.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails loudly")]

use std::fs;
use std::path::{Path, PathBuf};

use airlock::{Admission, Airlock, Encoding, Keys};
use testkit::message::{self, Batch};

/// The rules that the README shows: Codex sends a record for each event of a stream, and only the last says anything.
const POLICY: &str = r#"{"records": [
    {"event": "codex.sse_event", "without": ["error.message"], "action": "drop"},
    {"event": "codex.websocket_event", "without": ["error.message"], "action": "drop"}
]}"#;

/// Every recorded batch, of every version.
fn recordings() -> Vec<(PathBuf, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/captures");
    let mut found = Vec::new();
    for version in fs::read_dir(root).expect("the recordings are there") {
        let version = version.expect("the folder can be read").path();
        for file in fs::read_dir(&version).into_iter().flatten() {
            let path = file.expect("the folder can be read").path();
            if path.extension().is_some_and(|ending| ending == "binpb") {
                found.push((path.clone(), fs::read(&path).expect("a recording can be read")));
            }
        }
    }
    assert!(!found.is_empty(), "there are no recordings");
    found
}

/// Everything that says what was used, in order.
fn usage(batch: &Batch) -> Vec<String> {
    let attributes = message::records(batch).flat_map(|record| &record.attributes);
    let is_usage = |key: &str| key.ends_with("_token_count") || key.contains("usage");
    attributes.filter(|attribute| is_usage(&attribute.key)).map(|attribute| format!("{attribute:?}")).collect()
}

/// Scenario: every recorded session by the default policy, with and without the rules for stream events.
/// Guarantees: more than half of the records go, and a third of the bytes; every figure of usage stays.
#[test]
fn stream_events_go_and_usage_stays() {
    let open = |policy| Airlock::open(policy, &Keys::new()).expect("the policy is right");
    let (plain, quiet) = (open("{}"), open(POLICY));
    let (mut records, mut bytes) = ((0, 0), (0, 0));
    for (path, batch) in recordings() {
        let run = |airlock: &Airlock| {
            let mut worker = airlock.worker();
            let outcome = worker.process(&batch, Encoding::Protobuf, &Admission::none()).expect("a recorded batch");
            (outcome.batch.to_vec(), outcome.report.records_out())
        };
        let ((before, all), (after, some)) = (run(&plain), run(&quiet));
        let read = |bytes: &[u8]| message::decode(bytes).expect("a batch");
        assert_eq!(usage(&read(&before)), usage(&read(&after)), "{}", path.display());
        records = (records.0 + all, records.1 + some);
        bytes = (bytes.0 + before.len(), bytes.1 + after.len());
    }
    println!("records {records:?}, bytes {bytes:?}");
    assert!(records.1 * 2 < records.0, "of {} records {} are left", records.0, records.1);
    assert!(bytes.1 * 3 < bytes.0 * 2, "of {} bytes {} are left", bytes.0, bytes.1);
}
