//! The commands for people who write policies: the schema, a policy's own tests, what a policy costs; and the help of all.

use std::fs;
use std::path::Path;

use crate::support::{SESSION, airlock, contains};

/// A suite of which one case passes and one fails.
const SUITE: &str = r##"
policy: policy.yaml
cases:
  - name: it passes
    record: { event: codex.user_prompt, attributes: { prompt: open the door, prompt_length: "13" } }
    expect: { attributes: { prompt: "[redacted 13 chars]", prompt_length: 13 }, absent: [user.email], nowhere: [door] }
  - name: "it #fails \u001B[31m"
    record: { event: codex.user_prompt, attributes: { prompt: open, model: "<gpt>&\u001B]0;" }, body: text }
    expect:
      attributes: { prompt: open, model: other }
      absent: [gen_ai.request.model]
      body: text
      events: { codex.tool_result: { attributes: { a: 1 } } }
      records: 2
      nowhere: [gpt]
"##;

fn suite(cases: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("policy.yaml"), "redact: { attributes: { prompt: length } }").unwrap();
    fs::write(folder.path().join("suite.yaml"), cases).unwrap();
    folder
}

/// Scenario: a suite with a case that passes and one in which everything is wrong, in each format.
/// Guarantees: status 1; every difference is told, with what was masked still masked, and nothing acts on a terminal.
#[test]
fn a_failing_case_says_why() {
    let folder = suite(SUITE);
    let human = airlock(folder.path(), &["test", "."], b"");
    let shown = String::from_utf8(human.stdout).unwrap();
    assert_eq!((human.status, human.stderr.as_str()), (1, ""), "{shown}");
    for line in [
        "./suite.yaml by policy.yaml",
        "  ok    it passes",
        "  FAIL  it #fails \\u{1b}[31m",
        "codex.user_prompt: prompt should be \"open\", and is \"[redacted 4 chars]\"",
        "codex.user_prompt: model should be \"other\", and is \"<gpt>&\\u{1b}]0;\"",
        "codex.user_prompt: gen_ai.request.model should be absent, and is \"<gpt>&\\u{1b}]0;\"",
        "codex.user_prompt: body should be \"text\", and is \"[redacted]\"",
        "no record of codex.tool_result leaves",
        "2 records should leave, and 1 do",
        "\"gpt\" leaves, and should not",
        "1 passed, 1 failed",
    ] {
        assert!(shown.contains(line), "{line} is not in:\n{shown}");
    }
    let tap = String::from_utf8(airlock(folder.path(), &["test", "--format", "tap", "."], b"").stdout).unwrap();
    assert!(
        tap.starts_with("TAP version 14\n1..2\nok 1 - ./suite.yaml: it passes\nnot ok 2 - ./suite.yaml: it \\#fails")
    );
    assert!(tap.contains("    - \"2 records should leave, and 1 do\""), "{tap}");
    let junit = String::from_utf8(airlock(folder.path(), &["test", "--format", "junit", "."], b"").stdout).unwrap();
    assert!(
        junit.contains("<testsuites name=\"airlock test\" tests=\"2\"")
            && junit.contains(" failures=\"1\"")
            && junit.contains("name=\"it passes\""),
        "{junit}"
    );
    assert!(junit.contains("&lt;gpt&gt;&amp;"), "{junit}");
    for shown in [shown, tap, junit] {
        assert!(!shown.contains('\u{1b}') && !shown.contains("door"), "{shown}");
    }
}

/// Scenario: refusals, a recorded batch, what is dropped and what is unchanged; the policy is given beside the suite.
/// Guarantees: status 0, so each expectation can hold.
#[test]
fn every_expectation_can_hold() {
    let folder = suite(
        "cases:
- { name: refused by class, file: bad.binpb, expect: { refused: malformed } }
- { name: refused in words, file: bad.binpb, expect: { refused: 'at byte ' } }
- { name: dropped, records: [{ event: codex.new }], expect: { dropped: true } }
- { name: unchanged, record: { attributes: { attempt: 1, x: [1, 1.5, true, { a: b }] } },
    expect: { unchanged: true, records: 1, attributes: { x: [1, 1.5, true, { a: b }] } } }
- { name: resource, resource: { host.name: vm, team: a }, record: { body: text },
    expect: { resource: { host.name: '[redacted]', team: a }, resource-absent: [user.email], body: '[redacted]' } }
- { name: session, file: session.binpb, expect: { records: 36, events: { codex.tool_result: { attributes: { success: true } } } } }
",
    );
    fs::write(folder.path().join("bad.binpb"), b"\x0a\xff").unwrap();
    fs::write(folder.path().join("session.binpb"), SESSION).unwrap();
    let policy = "unknown: { events: drop, attributes: keep }\nnormalise: { semconv: none }";
    fs::write(folder.path().join("policy.yaml"), policy).unwrap();
    let ran = airlock(folder.path(), &["test", "--policy", "policy.yaml", "suite.yaml"], b"");
    let shown = String::from_utf8(ran.stdout).unwrap();
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{shown}");
    assert!(shown.starts_with("suite.yaml by policy.yaml\n") && shown.contains("6 passed, 0 failed"), "{shown}");
}

/// Scenario: requests that are let in as somebody else, that are not let in, and that should not be; a tenant that the
/// body alone tells; a key in a header that the host sets.
/// Guarantees: each difference is told; what a source in the body tells counts as it does in a gateway.
#[test]
fn a_case_has_a_request() {
    let folder = suite(
        "policy: policy.yaml
cases:
- name: wrong
  request: { headers: { X-Team: key-acme } }
  record: {}
  expect:
    tenant: globex
    set-headers: { x-scope-orgid: globex, X-Other: a }
    remove-headers: [X-SCOPE-ORGID, x_team, x-other]
    nowhere: [org-acme]
- { name: two, request: { headers: { x-team: [key-a, key-b] } }, record: {}, expect: { tenant: a } }
- { name: let in, request: { headers: { x-team: key-acme } }, expect: { refused: missing } }
- { name: in the body, resource: { team: initech }, record: {},
    expect: { tenant: initech, set-headers: { X-Scope-OrgID: org-initech }, resource: { tenant.id: initech } } }
- { name: nobody, record: {}, expect: { tenant: acme } }
- { name: nobody is refused, record: {}, expect: { refused: refused-by-policy } }
",
    );
    let policy = "tenant: { headers: { X-Scope-OrgID: 'org-{tenant}' }, sources: [
        { header: { name: x-team, pattern: 'key-{tenant}' } }, { resource: team, unverified: true }] }";
    fs::write(folder.path().join("policy.yaml"), policy).unwrap();
    let ran = airlock(folder.path(), &["test", "."], b"");
    let shown = String::from_utf8(ran.stdout).unwrap();
    let wrong: Vec<&str> = shown.lines().filter_map(|line| line.strip_prefix("        ")).collect();
    assert_eq!((ran.status, ran.stderr.as_str()), (1, ""), "{shown}");
    assert_eq!(
        wrong,
        [
            "the tenant should be \"globex\", and is \"acme\"",
            "the header X-Other should be \"a\", and is not set",
            "the header x-scope-orgid should be \"globex\", and is \"org-acme\"",
            "the header x-other should be removed, and is not",
            "\"org-acme\" leaves, and should not",
            "it is refused: ambiguous at tenant.sources[0].header: the request has this header twice; send it once",
            "it should be refused: missing",
            "it is refused: refused-by-policy at byte 2: the policy requires a tenant, and there is none",
        ],
        "{shown}"
    );
    assert!(shown.contains("  ok    in the body\n") && shown.contains("  ok    nobody is refused\n"), "{shown}");
}

/// Scenario: the tests of the example policies; a folder without suites; a policy that is wrong.
/// Guarantees: the examples hold; what cannot be run is status 2, never 0.
#[test]
fn the_examples_hold_and_nothing_is_no_success() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let ran = airlock(&root, &["test", "examples/policy-tests"], b"");
    let shown = String::from_utf8(ran.stdout).unwrap();
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{shown}");
    assert!(shown.ends_with(" passed, 0 failed\n"), "{shown}");

    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let mut blocks = readme.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let suite_of_readme = blocks.find(|block| block.contains("cases:")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("policies")).unwrap();
    fs::create_dir_all(folder.path().join("tests")).unwrap();
    fs::copy(root.join("examples/policies/balanced.yaml"), folder.path().join("policies/balanced.yaml")).unwrap();
    fs::write(folder.path().join("tests/readme.yaml"), suite_of_readme).unwrap();
    let ran = airlock(folder.path(), &["test", "tests"], b"");
    assert_eq!(ran.status, 0, "{}", String::from_utf8_lossy(&ran.stdout));

    let folder = tempfile::tempdir().unwrap();
    let ran = airlock(folder.path(), &["test", "."], b"");
    assert_eq!((ran.status, ran.stderr.as_str()), (2, "error: .: there is no suite in it\n"));
    assert_eq!(airlock(folder.path(), &["test", "nowhere"], b"").status, 2);
    let folder = suite("policy: none.yaml\ncases: [{ name: a, record: {}, expect: { records: 1 } }]");
    fs::remove_file(folder.path().join("policy.yaml")).unwrap();
    let ran = airlock(folder.path(), &["test", "."], b"");
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("none.yaml"), "{}", ran.stderr);
}

/// Scenario: the figures as JSON and as a table.
/// Guarantees: both engines, rates that fit the times, no progress without a terminal.
#[test]
fn a_bench_has_both_engines() {
    let folder = tempfile::tempdir().unwrap();
    let ran = airlock(folder.path(), &["bench", "--seconds", "1", "--json", "-"], SESSION);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let figures: serde_json::Value = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!((&figures["bytes"], &figures["records"]), (&SESSION.len().into(), &36.into()));
    for (at, engine) in ["native", "component"].into_iter().enumerate() {
        let row = &figures["engines"][at];
        assert_eq!(row["engine"], engine);
        let (best, rate) = (row["best_seconds"].as_f64().unwrap(), row["bytes_per_second"].as_f64().unwrap());
        assert!(best > 0.0 && best <= row["median_seconds"].as_f64().unwrap());
        assert!((rate * best / SESSION.len() as f64 - 1.0).abs() < 1e-6);
        assert!(row["records_per_second"].as_f64().unwrap() > 0.0);
    }
    let ran = airlock(folder.path(), &["bench", "--seconds", "1", "-"], SESSION);
    let shown = String::from_utf8(ran.stdout).unwrap();
    assert!(
        shown.contains("36 records, 21523 bytes") && shown.contains("native") && shown.contains("component"),
        "{shown}"
    );
    assert_eq!(airlock(folder.path(), &["bench", "-"], b"\x0a\xff").status, 3);
}

#[test]
fn the_schema_is_the_kept_file() {
    let ran = airlock(Path::new("."), &["schema"], b"");
    assert_eq!((ran.status, ran.stdout.as_slice()), (0, airlock_host::POLICY_SCHEMA.as_bytes()));
}

/// Scenario: the list of commands in the help.
/// Guarantees: each has examples in its own help, and stands in the README.
#[test]
fn every_command_is_explained() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let help = String::from_utf8(airlock(&root, &["--help"], b"").stdout).unwrap();
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.contains(&"preview") && names.len() > 10, "{list}");
    for name in names.into_iter().filter(|name| *name != "help") {
        let help = airlock(&root, &[name, "--help"], b"").stdout;
        assert!(contains(&help, b"Example"), "{name} has no example");
        assert!(readme.contains(&format!("`airlock {name}")), "{name} is not in the README's table");
    }
}
