//! Keys, pseudonyms and shadow at the command line, through the component and natively.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::support::{Ran, SESSION, airlock, contains};

/// Made up: `FAKE-EXAMPLE-KEY-0000-0000-0000!`.
const KEY: &str = "RkFLRS1FWEFNUExFLUtFWS0wMDAwLTAwMDAtMDAwMCE=\n";
const OTHER_KEY: &str = "RkFLRS1FWEFNUExFLUtFWS0wMDAwLTAwMDAtMDAwMSE=\n";

/// What the first key makes of the address in the recorded session, as Python's `hmac` computes it.
const ALICE: &str = "hmac_team_9512976221445c43_1706f10b";

/// Scenario: a session with a key, by both engines, then again with another key beside the first.
/// Guarantees: the address is the pseudonym that the command line prints for it; both engines agree; a pseudonym by the
/// old key stays (I7).
#[test]
fn people_are_pseudonyms_that_can_be_looked_up() {
    let folder = folder();
    let run = |more: &[&str], batch: &[u8]| {
        let ran = airlock(folder.path(), &[&["run"], more, &["-", "-"]].concat(), batch);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
        ran.stdout
    };
    let out = run(&["--key", "team=team.key"], SESSION);
    assert!(contains(&out, ALICE.as_bytes()) && !contains(&out, b"alice.smith@"));
    assert_eq!(out, run(&["--key", "team=team.key", "--engine", "native"], SESSION));
    assert_eq!(out, run(&["--key", "default=other.key", "--key", "team=team.key"], &out));

    let asked = ["pseudonym", "--key", "team=team.key", "user.email", "alice.smith@example.com"];
    assert_eq!(printed(airlock(folder.path(), &asked, b"")), format!("{ALICE}\n"));
    let asked = ["pseudonym", "--key", "team=team.key", "--key", "new=other.key", "email", "-"];
    let both = printed(airlock(folder.path(), &asked, b"alice.smith@example.com\n"));
    assert!(both.starts_with(&format!("{ALICE}\nhmac_new_")) && both.lines().count() == 2, "{both}");
    let asked = ["pseudonym", "--key", "team=team.key", "--tenant", "acme", "email", "alice.smith@example.com"];
    assert_ne!(printed(airlock(folder.path(), &asked, b"")), format!("{ALICE}\n"));
}

/// Scenario: a new key, into a file and to the standard output.
/// Guarantees: it works, is for its owner alone, is not written over, and is nowhere but where it was asked for.
#[test]
fn a_new_key_works_and_is_shown_once() {
    let folder = folder();
    let made = airlock(folder.path(), &["key", "new", "new.key"], b"");
    assert_eq!((made.status, made.stdout.len()), (0, 0));
    let path = folder.path().join("new.key");
    let key = fs::read_to_string(&path).unwrap();
    assert_eq!((key.len(), fs::metadata(&path).unwrap().permissions().mode() & 0o777), (45, 0o600));
    assert!(!made.stderr.contains(key.trim()));
    let digest = made.stderr.split('"').nth(1).unwrap();
    assert!(digest.len() == 64 && digest.bytes().all(|digit| digit.is_ascii_hexdigit()));

    let again = airlock(folder.path(), &["key", "new", "new.key"], b"");
    assert_eq!(again.status, 2);
    assert!(again.stderr.contains("new.key is there already"), "{}", again.stderr);
    let shown = airlock(folder.path(), &["key", "new"], b"");
    assert!(shown.stdout.len() == 45 && shown.stdout != key.as_bytes());
    let ran = airlock(folder.path(), &["run", "--key", "a=new.key", "-", "-"], SESSION);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
}

/// Scenario: keys that are missing, broken, unnamed or open to others.
/// Guarantees: status 2 and what to do, or a warning; no byte of a key.
#[test]
fn what_is_wrong_with_a_key_is_told_without_it() {
    let folder = folder();
    fs::write(folder.path().join("p.yaml"), "redact: {resource: {host.name: {hmac: {key: team}}}}").unwrap();
    fs::write(folder.path().join("broken.key"), "FAKE-0000abcd").unwrap();
    private(&folder.path().join("broken.key"));
    let cases: [(&[&str], i32, &str); 6] = [
        (
            &["--policy", "p.yaml"],
            2,
            "p.yaml: redact.resource[\"host.name\"].hmac.key: the host gave no key of this id",
        ),
        (&["--policy", "p.yaml", "--key", "team=broken.key"], 2, "error: keys.team: this key is not base64 text"),
        (&["--key", "Team=team.key"], 2, "error: keys[0]: expected an id of 1 to 16"),
        (&["--key", "team=none.key"], 1, "cannot read none.key"),
        (&["--key", "team"], 2, "expected ID=FILE"),
        (&["--key", "a=team.key", "--key", "a=other.key"], 2, "error: keys.a: a key of this id is given twice"),
    ];
    for (more, status, words) in cases {
        let ran = airlock(folder.path(), &[&["run"], more, &["-", "-"]].concat(), SESSION);
        assert_eq!((ran.status, ran.stdout.len()), (status, 0), "{}", ran.stderr);
        assert!(ran.stderr.contains(words), "{}", ran.stderr);
        assert!(!ran.stderr.contains("FAKE-0000abcd") && !ran.stderr.contains(KEY.trim()));
    }
    // Without the key a policy can still be checked.
    let checked = printed(airlock(folder.path(), &["check", "p.yaml"], b""));
    assert!(checked.contains("the key team has to be given: --key team=FILE"), "{checked}");

    fs::set_permissions(folder.path().join("team.key"), fs::Permissions::from_mode(0o644)).unwrap();
    let ran = airlock(folder.path(), &["run", "--key", "team=team.key", "-", "-"], SESSION);
    assert_eq!(ran.status, 0);
    assert!(ran.stderr.contains("warning: others may read the key in team.key; chmod 600 team.key"), "{}", ran.stderr);
}

/// Scenario: a policy in shadow, with the switch of the host and without it, by both engines.
/// Guarantees: refused without it; with it nothing is redacted, which is said in the report and on the terminal.
#[test]
fn shadow_needs_the_policy_and_the_host() {
    let folder = folder();
    fs::write(folder.path().join("p.yaml"), "shadow: true").unwrap();
    let run = |more: &[&str]| {
        let arguments = [&["run", "--policy", "p.yaml", "--report", "r.json"], more, &["-", "-"]].concat();
        airlock(folder.path(), &arguments, SESSION)
    };
    for engine in ["component", "native"] {
        let ran = run(&["--engine", engine]);
        assert_eq!((ran.status, ran.stdout.len()), (2, 0));
        assert!(ran.stderr.contains("p.yaml: shadow: in shadow nothing is redacted"), "{}", ran.stderr);
        let ran = run(&["--engine", engine, "--allow-shadow"]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        assert!(ran.stderr.contains("warning: shadow: what was written is not redacted"), "{}", ran.stderr);
        assert!(contains(&ran.stdout, b"alice.smith@example.com"));
        let report = fs::read_to_string(folder.path().join("r.json")).unwrap();
        assert!(report.contains(r#""user.email: mask":"#) && report.contains(r#""shadow":true"#), "{report}");
    }
    let checked = printed(airlock(folder.path(), &["check", "p.yaml"], b""));
    assert!(checked.contains("warning: shadow: nothing of this is done"), "{checked}");
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, key) in [("team.key", KEY), ("other.key", OTHER_KEY)] {
        fs::write(folder.path().join(name), key).unwrap();
        private(&folder.path().join(name));
    }
    folder
}

fn private(path: &Path) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

fn printed(ran: Ran) -> String {
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    String::from_utf8(ran.stdout).unwrap()
}
