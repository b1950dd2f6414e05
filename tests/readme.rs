//! What the README shows is what comes out.
//!
//! Must not know how anything is done. The lines before and after, the policy and the actions that the README names are
//! read out of its text, so that it cannot promise what is no longer so.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails loudly"
)]

use airlock::{Admission, Airlock, Encoding, Keys};
use testkit::message::{self, LogRecord};
use testkit::show::value;

const README: &str = include_str!("../README.md");

/// The recorded session whose tool call the README shows.
const SESSION: &[u8] = include_bytes!("captures/0.169.0/chatgpt-auth.binpb");

/// The text of the fenced blocks in `language`.
fn blocks(language: &str) -> Vec<&'static str> {
    let open = format!("```{language}\n");
    let after = |at: usize| &README[at + open.len()..];
    README.match_indices(&open).map(|(at, _)| after(at).split("```").next().expect("a closed block")).collect()
}

fn tool_result(batch: &[u8]) -> LogRecord {
    let batch = message::decode(batch).expect("a batch");
    let is_result = |record: &&LogRecord| message::find_text(record, "event.name") == Some("codex.tool_result");
    message::records(&batch).find(is_result).expect("a tool's result").clone()
}

/// What the README calls a record's place, as it shows it.
fn shown(record: &LogRecord, place: &str) -> String {
    match place {
        "event_name" => record.event_name.clone(),
        "time_unix_nano" => record.time_unix_nano.to_string(),
        key => {
            let attribute = record.attributes.iter().find(|attribute| attribute.key == key);
            value(attribute.unwrap_or_else(|| panic!("{key} is not there")).value.as_ref())
        }
    }
}

/// Scenario: the session that the README shows, by the default policy.
/// Guarantees: each line of it, before and after, is what went in and what came out.
#[test]
fn before_and_after_are_real() {
    let policy = Airlock::open("{}", &Keys::new()).expect("the default policy");
    let mut worker = policy.worker();
    let outcome = worker.process(SESSION, Encoding::Protobuf, &Admission::none()).expect("a recorded batch");
    let (before, after) = (tool_result(SESSION), tool_result(outcome.batch));
    let block = blocks("text")[0];
    let mut lines = 0;
    for line in block.lines().skip(1) {
        lines += 1;
        let Some((place, columns)) = line.split_once(' ').filter(|(place, _)| !place.is_empty()) else {
            let (key, new) = line.trim().split_once(" = ").expect("an added attribute");
            assert_eq!(shown(&after, key), new, "{key}");
            continue;
        };
        let (old, new) = columns.trim().rsplit_once("    ").expect("two columns");
        let (old, new) = (old.trim(), new.trim());
        match old.strip_suffix('…') {
            Some(beginning) => assert!(shown(&before, place).starts_with(beginning), "{place} before"),
            None => assert_eq!(shown(&before, place), old, "{place} before"),
        }
        assert_eq!(shown(&after, place), new, "{place} after");
    }
    assert!(lines > 5, "the first block of text shows a record");
}

/// Scenario: somebody reads the first screen of the README.
/// Guarantees: what it is, a record before and after, the two commands and the hosts stand by line 40.
#[test]
fn the_first_screen_has_what_matters() {
    let screen: Vec<&str> = README.lines().take(40).collect();
    for wanted in
        ["before  ", "cargo airlock demo", "./test  ", "| host | what works today |", "dist/airlock.component.wasm"]
    {
        assert!(screen.iter().any(|line| line.contains(wanted)), "{wanted}");
    }
}
