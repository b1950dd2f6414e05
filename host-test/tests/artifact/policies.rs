//! Policies as people write them: three syntaxes, one meaning, errors by path and by file.

use std::fs;
use std::path::Path;

use crate::support::{Ran, SESSION, airlock};

const YAML: &str = "# what the team agreed on\nversion: 1\nredact:\n  attributes:\n    prompt: length\n    output: [scan, { truncate: 40 }]\n";
const TOML: &str = "version = 1\n\n[redact.attributes]\noutput = [\"scan\", { truncate = 40 }]\nprompt = \"length\"\n";
const JSON: &str = r#"{"redact":{"attributes":{"output":["scan",{"truncate":40}],"prompt":"length"}},"version":1}"#;

/// Scenario: one policy in YAML, TOML and JSON, checked and run.
/// Guarantees: the same hash, the same explanation and the same bytes.
#[test]
fn three_syntaxes_mean_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let mut answers = Vec::new();
    for (name, text) in [("p.yaml", YAML), ("p.toml", TOML), ("p.json", JSON)] {
        let checked = check(folder.path(), name, text);
        assert_eq!(checked.status, 0, "{}", checked.stderr);
        let words = String::from_utf8(checked.stdout).unwrap();
        let words = words.strip_prefix(&format!("{name} is valid\npolicy sha256:")).unwrap().to_owned();
        let ran = airlock(folder.path(), &["run", "--policy", name, "-", "-"], SESSION);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        answers.push((words, ran.stdout));
    }
    assert!(answers[0].0.lines().count() > 3, "it says what it does: {}", answers[0].0);
    assert!(answers.iter().all(|answer| *answer == answers[0]));
}

/// Scenario: policies that are wrong in each way a person gets them wrong.
/// Guarantees: status 2, and an error that names the file and the place; nothing on the standard output.
#[test]
fn errors_name_the_file_and_the_place() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        ("a.yaml", "redact: {attributes: {prompt: msak}}", "a.yaml: redact.attributes.prompt: "),
        ("a.toml", "[redact.attributes]\nprompt = 'msak'", "a.toml: redact.attributes.prompt: "),
        ("a.json", r#"{"redact":{"attributes":{"prompt":"msak"}}}"#, "a.json: redact.attributes.prompt: "),
        ("twice.yaml", "version: 1\nversion: 1\n", "twice.yaml: "),
        ("twice.toml", "version = 1\nversion = 1\n", "twice.toml: line 2: "),
        ("twice.json", r#"{"version":1,"version":1}"#, "twice.json: "),
        ("half.yaml", "version: [1\n", "half.yaml: "),
        ("float.yaml", "version: 1.5\n", "float.yaml: version: "),
        ("list.yaml", "- 1\n", "list.yaml: "),
        ("member.yaml", "redcat: {}\n", "member.yaml: redcat: "),
        ("date.toml", "version = 2026-01-01\n", "date.toml: version: "),
        ("policy.txt", "{}", "policy.txt: name it .yaml, .yml, .toml or .json"),
    ];
    for (name, text, expected) in cases {
        let checked = check(folder.path(), name, text);
        assert_eq!(checked.status, 2, "{name}: {}", checked.stderr);
        assert!(checked.stderr.starts_with(&format!("error: {expected}")), "{name}: {}", checked.stderr);
        assert!(checked.stdout.is_empty());
        let ran = airlock(folder.path(), &["run", "--policy", name, "-", "-"], SESSION);
        assert_eq!((ran.status, ran.stderr), (2, checked.stderr));
    }
}

fn check(folder: &Path, name: &str, text: &str) -> Ran {
    fs::write(folder.join(name), text).unwrap();
    airlock(folder, &["check", name], b"")
}

/// Scenario: somebody copies a policy that the README shows.
/// Guarantees: each is valid, and the first does something with a recorded session.
#[test]
fn the_policies_in_the_readme_are_valid() {
    let readme = include_str!("../../../README.md");
    let documents = readme.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next());
    // A suite of tests is YAML too.
    let policies: Vec<&str> = documents.filter(|document| !document.contains("\ncases:")).collect();
    let folder = tempfile::tempdir().unwrap();
    for policy in policies.iter().rev() {
        let checked = check(folder.path(), "readme.yaml", policy);
        assert_eq!(checked.status, 0, "{}", checked.stderr);
    }
    assert_eq!(airlock(folder.path(), &["key", "new", "default.key"], b"").status, 0);
    let run = ["run", "--policy", "readme.yaml", "--key", "default=default.key", "-", "-"];
    let ran = airlock(folder.path(), &run, SESSION);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_ne!(ran.stdout, SESSION);
}
