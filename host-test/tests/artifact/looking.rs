//! The commands that show a batch or a text to a person: what they show, and what they never do.
//!
//! Must not know how a table is laid out beyond what a person looks for in it.

use std::fs;
use std::path::{Path, PathBuf};

use testkit::build;
use testkit::leak::{Leaks, PLANTED};

use crate::support::{SESSION, airlock, contains};

/// The recorded sessions, of every version, in both encodings.
fn captures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/captures");
    let versions = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let files = versions.flat_map(|version| fs::read_dir(version).unwrap().map(|entry| entry.unwrap().path()));
    let mut captures: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|end| end == "binpb" || end == "json")).collect();
    captures.sort();
    assert!(captures.len() > 100);
    captures
}

/// Scenario: every recorded session in a preview, in short and record by record, and as a table.
/// Guarantees: keeps I1 where a person looks: nothing of what was planted is shown, and no colour without a terminal.
#[test]
fn nothing_planted_is_shown() {
    let (folder, leaks) = (tempfile::tempdir().unwrap(), Leaks::of(PLANTED));
    for capture in captures() {
        let capture = capture.to_str().unwrap();
        for arguments in [&["preview"][..], &["preview", "--each"], &["inspect"], &["inspect", "--all"]] {
            let ran = airlock(folder.path(), &[arguments, &[capture]].concat(), b"");
            assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{capture}");
            leaks.assert_none(capture, &ran.stdout);
            assert!(!ran.stdout.contains(&0x1b), "{capture}");
        }
    }
}

/// Scenario: the session of the demo.
/// Guarantees: a person finds each kind of change, the rule that made it, and the count of what is alike.
#[test]
fn a_preview_tells_what_changes() {
    let folder = tempfile::tempdir().unwrap();
    let ran = airlock(folder.path(), &["preview", "-"], SESSION);
    let shown = String::from_utf8(ran.stdout).unwrap();
    for line in [
        "the batch by the safe default: 36 records; 21523 bytes would become 23426",
        "codex.sse_event × 22",
        "# output text, 1010 chars → \"[redacted]\" mask",
        "# user.email text, 23 chars → \"[redacted]\" mask × 29",
        "~ tool_name \"exec_command\" → \"shell\"",
        "~ input_token_count \"4321\", \"4650\" → 4321, 4650 × 2",
        "+ codex.tool.exit_code 0",
    ] {
        let found = shown.lines().any(|shown| words(shown) == words(line));
        assert!(found, "{line} is not in:\n{shown}");
    }
    let each = String::from_utf8(airlock(folder.path(), &["preview", "--each", "-"], SESSION).stdout).unwrap();
    assert!(each.contains("record 36: codex.") && each.len() > shown.len(), "{each}");
    let colored = airlock(folder.path(), &["preview", "--color", "always", "-"], SESSION);
    assert!(contains(&colored.stdout, b"\x1b["));
}

/// Scenario: names that hold a secret, an escape sequence, a sentence; unknown ones; a value that a policy drops, one that
/// it scans, one that normalisation moves under the name of another rule.
/// Guarantees: what is masked is not shown under any name, what is unknown is named.
#[test]
fn names_are_shown_with_care() {
    let policy = br#"{"unknown": {"attributes": "drop"}, "redact": {"attributes": {
        "response": "scan", "tool_name": "mask", "codex.tool.original_name": "mask"}}}"#;
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("policy.json"), policy).unwrap();
    let batch = build::batch().resource(|r| r).record(|record| {
        record
            .event("codex.tool_result")
            .attribute("tool_name", "mcp__hidden_server__hidden_leaf")
            .attribute("new_thing", "hidden value")
            .attribute("key AKIAIOSFODNN7EXAMPLE", "x")
            .attribute("cat hidden.txt", "x")
            .attribute("a\u{1b}[31m\u{202e}", "x")
            .attribute("response", "mail alice.smith@example.com \u{1b}]0;title\u{7}")
    });
    let batch = batch.record(|record| record.event("codex.brand_new").attribute("other", 1)).bytes();
    for more in [&[][..], &["--each"]] {
        let ran = airlock(folder.path(), &[&["preview", "--policy", "policy.json", "-"], more].concat(), &batch);
        let shown = String::from_utf8(ran.stdout).unwrap();
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
        for hidden in ["hidden", "AKIA", "alice", "\u{1b}", "\u{202e}"] {
            assert!(!shown.contains(hidden), "{hidden:?} is shown:\n{shown}");
        }
        for told in [
            "(a name with aws-access-key-id in it)",
            "(a name of 14 characters)",
            "found: email",
            "unknown events",
            "codex.brand_new",
            "unknown attributes",
            "new_thing in codex.tool_result",
        ] {
            assert!(shown.contains(told), "{told} is not shown:\n{shown}");
        }
    }
}

/// Scenario: policies that take whole records: by a rule, and because their event is unknown; one that is tried out.
/// Guarantees: how many and why is told; of a policy in shadow what it would do is.
#[test]
fn a_preview_tells_which_records_stay_out() {
    let folder = tempfile::tempdir().unwrap();
    let preview = |policy: &str, batch: &[u8]| {
        fs::write(folder.path().join("policy.yaml"), policy).unwrap();
        let ran = airlock(folder.path(), &["preview", "--policy", "policy.yaml", "-"], batch);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
        String::from_utf8(ran.stdout).unwrap()
    };
    let shown = preview("records: [{ event: codex.sse_event, without: [error.message], action: drop }]", SESSION);
    assert!(shown.contains("36 records, 16 would leave"), "{shown}");
    let told = "- 20 records would not leave: codex.sse_event without error.message: drop";
    assert!(shown.lines().any(|line| line == told), "{shown}");
    // Why is told of those that stay, although one of their attributes alone would be taken out as a whole.
    assert!(
        shown.lines().any(|line| words(line) == words("# user.email text, 23 chars → \"[redacted]\" mask × 9")),
        "{shown}"
    );

    let unknown = build::batch().record(|record| record.event("codex.brand_new").attribute("other", 1)).bytes();
    let shown = preview("unknown: { events: drop }", &unknown);
    assert!(shown.contains("nothing would leave"), "{shown}");
    assert!(shown.contains("- 1 record would not leave: the event is unknown"), "{shown}");

    let shown = preview("shadow: true", SESSION);
    assert!(shown.contains("# prompt") && !shown.contains("AKIA"), "{shown}");
}

/// Scenario: a batch that is refused, a policy that is wrong, a file that is not there.
/// Guarantees: the status that `run` gives, and nothing on the standard output.
#[test]
fn looking_fails_as_running_does() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("wrong.json"), "{\"a\": 1}").unwrap();
    for command in ["preview", "inspect"] {
        for (arguments, stdin, status) in [
            (&["-"][..], &b"\x0a\xff"[..], 3),
            (&["-"], b"\x1f\x8b", 3),
            (&["--policy", "wrong.json", "-"], b"", 2),
            (&["nowhere"], b"", 1),
        ] {
            let ran = airlock(folder.path(), &[&[command], arguments].concat(), stdin);
            assert_eq!((ran.status, ran.stdout.len()), (status, 0), "{command} {arguments:?} {}", ran.stderr);
        }
    }
}

fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}
