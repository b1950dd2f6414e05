//! The command line as people and scripts meet it.

use std::fs;
use std::path::Path;

use airlock_host::{COMPONENT, COMPONENT_SHA256};
use sha2::{Digest, Sha256};

use crate::support::{MARKER, SESSION, airlock, airlock_with_cache, contains};

/// Scenario: file to file, and through the standard streams, with each engine and with the component as a file.
/// Guarantees: one answer; the file is whole, for its owner alone; the report counts and shows nothing.
#[test]
fn a_batch_goes_through() {
    let folder = folder();
    let ran = airlock(folder.path(), &["run", "--report", "counts.json", "in", "out"], b"");
    assert_eq!((ran.status, ran.stderr.as_str(), ran.stdout.len()), (0, "", 0));
    let out = fs::read(folder.path().join("out")).unwrap();
    assert!(!contains(&out, MARKER) && !out.is_empty());
    for name in ["out", "counts.json"] {
        private(&folder.path().join(name));
    }
    let report = fs::read(folder.path().join("counts.json")).unwrap();
    assert!(contains(&report, b"\"records_in\":36") && !contains(&report, MARKER));

    fs::write(folder.path().join("other.wasm"), COMPONENT).unwrap();
    for engine in [&["run"][..], &["run", "--engine", "native"], &["run", "--plugin", "other.wasm"]] {
        let arguments = [engine, &["--encoding", "protobuf", "-", "-"]].concat();
        assert_eq!(airlock(folder.path(), &arguments, SESSION).stdout, out);
    }
    // An output again changes nothing, and may be written onto itself.
    assert_eq!(airlock(folder.path(), &["run", "out", "out"], b"").status, 0);
    assert_eq!(fs::read(folder.path().join("out")).unwrap(), out);
    assert_eq!(left(folder.path()), ["counts.json", "in", "other.wasm", "out"]);
}

/// Scenario: cut, compressed, too large and ambiguous batches, in both encodings, onto a file that exists.
/// Guarantees: I2: status 3, the reason with its offset, the file as it was, nothing beside it, nothing of the batch.
#[test]
fn a_refused_batch_writes_nothing() {
    let folder = folder();
    fs::write(folder.path().join("out"), "before").unwrap();
    let cut = &SESSION[..SESSION.len() - 1];
    let cases: [(&[u8], &[&str], &str); 5] = [
        (cut, &[], "malformed at byte "),
        (b"\x1f\x8b\x08", &[], "decompress it first"),
        (b"{\"resourceLogs\":[],\"resource_logs\":[]}", &[], "ambiguous at byte 19: "),
        (SESSION, &["--encoding", "json"], "malformed at byte "),
        (&vec![0x0a; (16 << 20) + 5], &[], "limit-exceeded at byte "),
    ];
    for (batch, more, reason) in cases {
        for output in ["out", "-"] {
            let arguments = [&["run", "--report", "counts.json"], more, &["-", output]].concat();
            let ran = airlock(folder.path(), &arguments, batch);
            assert_eq!((ran.status, ran.stdout.len()), (3, 0), "{}", ran.stderr);
            assert!(ran.stderr.contains("nothing was written"), "{}", ran.stderr);
            assert!(ran.stderr.contains(reason), "{}", ran.stderr);
            assert!(!contains(ran.stderr.as_bytes(), MARKER));
        }
    }
    assert_eq!(fs::read(folder.path().join("out")).unwrap(), b"before");
    assert_eq!(left(folder.path()), ["in", "out"]);
}

/// Scenario: a batch in JSON, and one from which every record goes.
/// Guarantees: it comes out in JSON, what is untouched as it was, and what is left of the other is a batch too.
#[test]
fn json_in_is_json_out() {
    let folder = folder();
    let record = r#"{ "attributes":[ {"key":"prompt","value":{ "stringValue":"SECRET" }} ] }"#;
    let batch = format!(r#"{{"resourceLogs": [{{"scopeLogs": [{{"logRecords": [{record}]}}]}}]}}"#);
    let ran = airlock(folder.path(), &["run", "-", "-"], batch.as_bytes());
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(ran.stdout, batch.replace("SECRET", "[redacted]").as_bytes());
    fs::write(folder.path().join("drop.yaml"), "unknown: { events: drop }").unwrap();
    let unknown = batch.replace("prompt", "event.name");
    let ran = airlock(folder.path(), &["run", "--policy", "drop.yaml", "-", "-"], unknown.as_bytes());
    assert_eq!((ran.status, ran.stdout.as_slice()), (0, &b"{}"[..]), "{}", ran.stderr);
}

#[test]
fn an_empty_batch_is_an_empty_request() {
    let folder = folder();
    for batch in [&b""[..], b"\x0a\x00"] {
        let ran = airlock(folder.path(), &["run", "-", "-"], batch);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
    }
}

#[test]
fn wrong_usage_is_2_and_a_missing_file_is_1() {
    let folder = folder();
    let cases: [(&[&str], i32, &str); 8] = [
        (&["run", "in"], 2, "Usage: airlock run"),
        (&["run", "--engine", "v8", "in", "out"], 2, "possible values: component, native"),
        (&["run", "--engine", "native", "--plugin", "x", "in", "out"], 2, "leave out --engine native"),
        (&["run", "--report", "-", "in", "-"], 2, "give one a file"),
        (&["run", "--plugin", "in", "in", "out"], 2, "the component cannot be compiled"),
        (&["run", "nowhere", "out"], 1, "cannot read nowhere: "),
        (&["run", "in", "nowhere/out"], 1, "cannot write nowhere/out: "),
        (&["check", "nowhere.yaml"], 1, "cannot read nowhere.yaml: "),
    ];
    for (arguments, status, words) in cases {
        let ran = airlock(folder.path(), arguments, b"");
        assert_eq!(ran.status, status, "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(words), "{arguments:?}: {}", ran.stderr);
    }
    assert_eq!(left(folder.path()), ["in"]);
}

/// Scenario: OUT is a device; a file name holds an escape sequence.
/// Guarantees: no rename onto a device, no escape sequence on the terminal.
#[cfg(unix)]
#[test]
fn odd_names_do_no_harm() {
    let folder = folder();
    let ran = airlock(folder.path(), &["run", "in", "/dev/null"], b"");
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("not a plain file"), "{}", ran.stderr);
    let ran = airlock(folder.path(), &["run", "\u{1b}[31m", "out"], b"");
    assert!(ran.stderr.contains("\\u{1b}[31m") && !ran.stderr.contains('\u{1b}'), "{}", ran.stderr);
}

/// Scenario: the folder for compiled code is open to others.
/// Guarantees: it is not used, which is said with what to do, and the batch goes through all the same.
#[cfg(unix)]
#[test]
fn a_cache_that_others_may_write_is_not_used() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, cache) = (folder(), tempfile::tempdir().unwrap());
    fs::set_permissions(cache.path(), fs::Permissions::from_mode(0o770)).unwrap();
    let ran = airlock_with_cache(cache.path(), folder.path(), &["run", "in", "out"], b"");
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("run `chmod 700 "), "{}", ran.stderr);
    assert_eq!(fs::read_dir(cache.path()).unwrap().count(), 0);
}

/// Scenario: the demo without a terminal.
/// Guarantees: no colours; the made-up secret is in the column before, and the numbers are there. The run before it
/// left compiled code that is used.
#[test]
fn the_demo_shows_before_and_after() {
    let folder = folder();
    assert_eq!(airlock(folder.path(), &["run", "in", "out"], b"").status, 0);
    let ran = airlock(folder.path(), &["demo"], b"");
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let shown = String::from_utf8(ran.stdout).unwrap();
    assert!(!shown.contains('\u{1b}'));
    for words in
        ["codex.user_prompt", "before", "after", "records_in", "million records/s", "AKIA", "loaded from the cache"]
    {
        assert!(shown.contains(words), "{words} is missing in:\n{shown}");
    }
}

#[test]
fn completions_help_and_version_are_there() {
    let folder = folder();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = airlock(folder.path(), &["completions", shell], b"");
        assert_eq!(ran.status, 0);
        assert!(contains(&ran.stdout, b"policy") && contains(&ran.stdout, b"airlock"), "{shell}");
    }
    let help = airlock(folder.path(), &["--help"], b"").stdout;
    assert!(contains(&help, b"Examples:") && contains(&help, b"Exit status:"));
    assert!(contains(&airlock(folder.path(), &["--version"], b"").stdout, COMPONENT_SHA256.as_bytes()));
}

#[test]
fn dist_writes_the_artifacts_and_their_digests() {
    let folder = folder();
    assert_eq!(airlock(folder.path(), &["dist"], b"").status, 0);
    assert_eq!(fs::read(folder.path().join("dist/airlock.component.wasm")).unwrap(), COMPONENT);
    let sums = fs::read_to_string(folder.path().join("dist/SHA256SUMS")).unwrap();
    let envoy = fs::read(folder.path().join("dist/airlock.envoy.wasm")).unwrap();
    let digest: String = Sha256::digest(&envoy).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(sums, format!("{COMPONENT_SHA256}  airlock.component.wasm\n{digest}  airlock.envoy.wasm\n"));
}

/// A folder with the session as `in`.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in"), SESSION).unwrap();
    folder
}

fn left(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[cfg(unix)]
fn private(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[cfg(not(unix))]
fn private(_path: &Path) {}
