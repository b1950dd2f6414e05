//! `airlock scan` on real files and folders, and the list of detectors.
//!
//! Must not know how anything is found. Every secret is made up.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Ran, airlock, contains};

const KEY: &str = "AKIAIOSFODNN7EXAMPLE";

/// A repository with files that git knows, files that it ignores, hidden ones and one that is no text.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let git = Command::new("git").args(["init", "-q"]).current_dir(folder.path()).status().unwrap();
    assert!(git.success());
    for (path, text) in [
        (".gitignore", "build/\n*.log\n"),
        (".ignore", "vendored.txt\n"),
        ("build/out.txt", KEY),
        ("b.log", KEY),
        ("vendored.txt", KEY),
        (".env", KEY),
        ("src/z.rs", "fn main() {}\n"),
        ("src/b ä.rs", "ä\nä key AKIAIOSFODNN7EXAMPLE and dave@example.com"),
        ("a.bin", "\0AKIAIOSFODNN7EXAMPLE"),
        ("notes.md", "mail dave@example.com\r\nmail eve@example.com\r\n"),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn scan(folder: &Path, arguments: &[&str], stdin: &[u8]) -> Ran {
    airlock(folder, &[&["scan"], arguments].concat(), stdin)
}

fn lines(ran: &Ran) -> String {
    String::from_utf8(ran.stdout.clone()).unwrap()
}

const FOUND: &str = "notes.md:1:6 email\nnotes.md:2:6 email\nsrc/b ä.rs:2:7 aws-access-key-id\nsrc/b ä.rs:2:32 email\n";

/// Scenario: a repository, walked from its root and by its absolute path, as a whole and in parts given twice.
/// Guarantees: each file once, in order; what git ignores, what is hidden and what is no text stays out and is counted.
#[test]
fn a_folder_is_walked_as_git_sees_it() {
    let folder = repository();
    let ran = scan(folder.path(), &["."], b"");
    assert_eq!((ran.status, lines(&ran).as_str()), (1, FOUND), "{}", ran.stderr);
    assert_eq!(ran.stderr, "4 findings in 2 of 3 files, 1 file left out as binary\n");
    assert_eq!(lines(&scan(folder.path(), &["src", "notes.md", "src", "./src/b ä.rs"], b"")), FOUND);
    let path = folder.path().to_str().unwrap();
    assert_eq!(lines(&scan(Path::new("/"), &[path], b"")).replace(&format!("{path}/"), ""), FOUND);
}

/// Scenario: the same for one group of detectors, without a policy and with one that disables some and has actions.
/// Guarantees: what is no finding of the group is told by nobody; a policy that is wrong is refused as ever.
#[test]
fn one_group_can_be_asked_for() {
    let folder = repository();
    let told = |arguments: &[&str]| lines(&scan(folder.path(), arguments, b""));
    let (personal, secret): (Vec<_>, Vec<_>) = FOUND.lines().partition(|line| line.ends_with("email"));
    assert_eq!(told(&["--group", "secret", "."]).lines().collect::<Vec<_>>(), secret);
    assert_eq!(told(&["--group", "personal", "."]).lines().collect::<Vec<_>>(), personal);
    let policy = r#"{"detect": {"disable": ["aws-access-key-id"], "actions": {"email": {"partial": {"last": 2}}}}}"#;
    fs::write(folder.path().join("policy.json"), policy).unwrap();
    assert_eq!(told(&["--policy", "policy.json", "--group", "secret", "src"]), "");
    fs::write(folder.path().join("policy.json"), r#"{"detect": {"disable": "email"}}"#).unwrap();
    let refused = scan(folder.path(), &["--policy", "policy.json", "--group", "secret", "src"], b"");
    assert!(refused.status == 2 && refused.stderr.contains("detect.disable"), "{}", refused.stderr);
}

/// Scenario: the same with hidden and ignored files, and with files named that a walk leaves out.
/// Guarantees: what is asked for is looked into; what is named is a text, whatever is in it.
#[test]
fn what_a_walk_leaves_out_can_be_asked_for() {
    let folder = repository();
    let files = |arguments: &[&str]| -> BTreeSet<String> {
        let told = lines(&scan(folder.path(), arguments, b""));
        told.lines().map(|line| line.split(':').next().unwrap().to_owned()).collect()
    };
    let set = |paths: &[&str]| paths.iter().map(|&path| path.to_owned()).collect::<BTreeSet<_>>();
    let usual = ["notes.md", "src/b ä.rs"];
    assert_eq!(files(&["--hidden", "."]), set(&[&usual[..], &[".env"]].concat()));
    assert_eq!(files(&["--no-ignore", "."]), set(&[&usual[..], &["b.log", "build/out.txt", "vendored.txt"]].concat()));
    assert_eq!(files(&["a.bin", "b.log", ".env"]), set(&["a.bin", "b.log", ".env"]));
}

/// Scenario: nothing found, something found, an unreadable file among others, no file, a file that is too large.
/// Guarantees: statuses that a build server can go by; what was not looked into is named.
#[test]
fn the_status_says_what_came_of_it() {
    let folder = repository();
    fs::write(folder.path().join("large.txt"), vec![b' '; (1 << 20) + 1]).unwrap();
    let status = |arguments: &[&str]| scan(folder.path(), arguments, b"dave@example.com").status;
    assert_eq!(status(&["src/z.rs"]), 0);
    assert_eq!(status(&["notes.md"]), 1);
    assert_eq!(status(&["-"]), 1);
    assert_eq!(status(&["--exit-zero", "notes.md"]), 0);
    assert_eq!(status(&["--json", "--sarif", "notes.md"]), 2);
    assert_eq!(status(&["--max-size", "0", "notes.md"]), 2);
    assert_eq!(status(&[]), 2);

    let ran = scan(folder.path(), &["--exit-zero", "nowhere", "notes.md"], b"");
    assert_eq!((ran.status, lines(&ran).lines().count()), (2, 2), "{}", ran.stderr);
    assert!(ran.stderr.contains("nowhere: not looked into: "), "{}", ran.stderr);

    let ran = scan(folder.path(), &["--max-size", "1", "."], b"");
    assert_eq!((ran.status, lines(&ran).as_str()), (1, FOUND));
    assert!(ran.stderr.contains("large.txt: not looked into: too large"), "{}", ran.stderr);
    assert!(ran.stderr.ends_with("1 file left out as binary, 1 as too large\n"), "{}", ran.stderr);
    assert_eq!(status(&["--max-size", "1", "large.txt"]), 2, "whoever names a file wants it looked into");
}

/// Scenario: a policy that allows a value and switches a detector off.
/// Guarantees: the scan goes by it.
#[test]
fn a_policy_says_what_is_looked_for() {
    let folder = repository();
    let policy = "detect: { allow: [dave@example.com], disable: [aws-access-key-id] }";
    fs::write(folder.path().join("team.yaml"), policy).unwrap();
    let ran = scan(folder.path(), &["--policy", "team.yaml", "src", "notes.md"], b"");
    assert_eq!((ran.status, lines(&ran).as_str()), (1, "notes.md:2:6 email\n"), "{}", ran.stderr);
    let ran = scan(folder.path(), &["--policy", "team.yaml", "-"], b"dave@example.com, eve@example.com");
    assert_eq!((ran.status, lines(&ran).as_str()), (1, "<stdin>:1:19 email\n"));
}

/// Scenario: a policy with detectors of its own.
/// Guarantees: they are named in every form of the answer, and `airlock check` tells of them without what they look for.
#[test]
fn detectors_of_a_policy_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let policy = "detect: { custom: [{ id: codename, literal: [Bluefin], ignore-case: true, group: personal }] }";
    fs::write(folder.path().join("team.yaml"), policy).unwrap();
    let text = b"bluefin and eve@example.com";
    let ran = scan(folder.path(), &["--policy", "team.yaml", "-"], text);
    assert_eq!((ran.status, lines(&ran).as_str()), (1, "<stdin>:1:1 codename\n<stdin>:1:13 email\n"));
    let ran = scan(folder.path(), &["--policy", "team.yaml", "--sarif", "-"], text);
    let document: Value = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!(document["runs"][0]["tool"]["driver"]["rules"][0]["id"], "codename");
    assert_eq!(document["runs"][0]["results"][0]["level"], "warning");
    let ran = scan(folder.path(), &["--policy", "team.yaml", "--json-lines"], b"{\"id\":1,\"text\":\"a bluefin\"}\n");
    assert_eq!(ran.stdout, b"{\"id\":1,\"spans\":[[2,9,\"codename\"]]}\n");
    let ran = airlock(folder.path(), &["check", "team.yaml"], b"");
    assert!(contains(&ran.stdout, b"codename") && !contains(&ran.stdout, b"Bluefin"), "{}", lines(&ran));
}

/// Scenario: the same findings in our JSON.
/// Guarantees: every place, what was left out, and nothing of what was found.
#[test]
fn json_has_the_places() {
    let folder = repository();
    let ran = scan(folder.path(), &["--json", "."], b"");
    let document: Value = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!(ran.status, 1);
    let first = json!({"path": "notes.md", "line": 1, "column": 6, "end_line": 1, "end_column": 22,
        "detector": "email", "group": "personal"});
    assert_eq!(document["findings"][0], first);
    assert_eq!(document["findings"].as_array().unwrap().len(), 4);
    let files = json!({"scanned": 3, "with_findings": 2, "binary": 1, "not_scanned": []});
    assert_eq!(document["files"], files);
    assert!(!contains(&ran.stdout, b"dave") && !contains(&ran.stdout, KEY.as_bytes()));
    let ran = scan(folder.path(), &["--json", "src/z.rs"], b"");
    assert_eq!((ran.status, serde_json::from_slice::<Value>(&ran.stdout).unwrap()["findings"].clone()), (0, json!([])));
}

/// Scenario: the same findings as SARIF, and again after lines were put before them.
/// Guarantees: the members that code hosts ask for; fingerprints that follow a finding and tell nothing of it.
#[test]
fn sarif_is_what_code_hosts_read() {
    let folder = repository();
    let run = || {
        let ran = scan(folder.path(), &["--sarif", "."], b"");
        assert_eq!(ran.status, 1, "{}", ran.stderr);
        assert!(!contains(&ran.stdout, b"dave") && !contains(&ran.stdout, KEY.as_bytes()));
        serde_json::from_slice::<Value>(&ran.stdout).unwrap()
    };
    let document = run();
    assert_eq!(document["version"], "2.1.0");
    assert!(document["$schema"].as_str().unwrap().ends_with("sarif-2.1.0.json"));
    let driver = &document["runs"][0]["tool"]["driver"];
    assert_eq!(driver["name"], "otlp-airlock");
    let rules = driver["rules"].as_array().unwrap();
    assert_eq!(
        rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect::<Vec<_>>(),
        ["aws-access-key-id", "email"]
    );
    for rule in rules {
        for text in ["shortDescription", "fullDescription", "help"] {
            assert!(!rule[text]["text"].as_str().unwrap().is_empty(), "{rule}");
        }
        let score: f64 = rule["properties"]["security-severity"].as_str().unwrap().parse().unwrap();
        assert!(score > 0.0 && score <= 10.0 && rule["properties"]["tags"][0] == "security", "{rule}");
    }
    let results = document["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 4);
    let mut prints = BTreeSet::new();
    for result in results {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning"].contains(&result["level"].as_str().unwrap()));
        assert!(result["message"]["text"].as_str().unwrap().contains(result["ruleId"].as_str().unwrap()));
        assert!(prints.insert(result["partialFingerprints"]["airlockFinding/v1"].as_str().unwrap().to_owned()));
    }
    let place = &results[2]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "src/b%20%C3%A4.rs");
    assert_eq!(place["region"], json!({"startLine": 2, "startColumn": 7, "endLine": 2, "endColumn": 27}));
    assert_eq!(document["runs"][0]["columnKind"], "unicodeCodePoints");

    let notes = folder.path().join("notes.md");
    fs::write(&notes, ["\n\n", &fs::read_to_string(&notes).unwrap()].concat()).unwrap();
    let moved = run();
    let print = |document: &Value| document["runs"][0]["results"][0]["partialFingerprints"].clone();
    assert_eq!(print(&moved), print(&document));
    assert_eq!(moved["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"], 3);
}

/// Scenario: questions as lines of JSON, right ones and wrong ones.
/// Guarantees: a line for a line, offsets in bytes, status 0; an error tells the place and nothing of the line.
#[test]
fn json_lines_are_answered_one_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let lines = b"{\"id\":\"a\",\"text\":\"\xc3\xa4 dave@example.com\"}\n{\"id\":2,\"text\":\"\",\"more\":[]}\n";
    let ran = scan(folder.path(), &["--json-lines"], lines);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(ran.stdout, b"{\"id\":\"a\",\"spans\":[[3,19,\"email\"]]}\n{\"id\":2,\"spans\":[]}\n");
    let ran = scan(folder.path(), &["--json-lines"], b"{\"id\":1,\"text\":\"\"}\n{\"id\":\"dave@example.com\"}\n");
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("-:2:") && !ran.stderr.contains("dave"), "{}", ran.stderr);
}

/// Scenario: the list of detectors, as a table and as JSON, whole and in part.
/// Guarantees: every detector with its example; a filter that fits none is told by the status.
#[test]
fn detectors_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    let list = |arguments: &[&str]| airlock(folder.path(), &[&["detectors"], arguments].concat(), b"");
    let ids = |arguments: &[&str]| -> Vec<String> {
        let document: Value = serde_json::from_slice(&list(&[&["--json"], arguments].concat()).stdout).unwrap();
        let ids = document.as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned());
        ids.collect()
    };
    let all = ids(&[]);
    assert_eq!(all.len(), airlock::detect::DETECTORS.len());
    let table = lines(&list(&[]));
    assert!(all.iter().all(|id| table.contains(id.as_str())), "{table}");
    assert!(table.contains("5322") && table.contains('«'), "{table}");
    assert_eq!(ids(&["E-MAIL", "address"]), ["email"]);
    assert!(ids(&["--group", "personal"]).iter().all(|id| ids(&["--group", "secret"]).iter().all(|other| other != id)));
    let none = list(&["no-such-word"]);
    assert_eq!((none.status, none.stdout.len()), (1, 0));
    assert_eq!(list(&["--group", "both"]).status, 2);
}
