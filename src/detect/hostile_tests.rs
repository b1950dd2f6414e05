//! Texts made to be slow or to break something. Must not know the detectors. Holds I5 and I8.

#![expect(clippy::string_slice, reason = "a test may fail loudly")]

extern crate std;

use alloc::vec::Vec;
use std::time::{Duration, Instant};

use super::{DETECTORS, Detectors, Finding, UNSEARCHED};

/// Pieces that wake detectors, and that look like the beginning, the middle or the end of what they look for.
pub(super) const PIECES: &[&str] = &[
    "@",
    "\"password\" => \"a1b2c3d4e5x\" => ",
    "a:5432:a:a:",
    "-b,mosquitto_passwd,-b=",
    "a@",
    "a@a.",
    "sk-",
    "_sk-",
    "xoxb-",
    "eyJ",
    "_eyJ",
    ".eyJ",
    "eyJ.",
    "eyJhbGciOiJ",
    "AKIA",
    "ghp_",
    "_ghp_",
    "github_pat_",
    "password=",
    "password='",
    "password=\"",
    "password=\\\"",
    "password='password=\"",
    "password is ",
    "passport is ",
    "passport A1 ",
    "PWD A1",
    "secret_access_key ",
    "login(\"",
    "login(\"a\", \"",
    "login(&quot;",
    "auth=(\"a\", \"",
    "6$rounds=",
    "argon2id$v=",
    "\"value\":{\"stringValue\":\"",
    "key=\"\\\"",
    "%4111",
    "password a1",
    ",\"d\":\"",
    "\"kty,\"d\":\"",
    "password: |\n",
    "password:\n  a1",
    "password |\n-|\n",
    "a:5432:a:a:",
    "USER a\nPASS a1",
    "Unseal Key 1: ",
    "AUTH PLAIN ",
    "a, password = \"a\", \"",
    "| password | a1 |\n",
    "password for a: ",
    "password is set for ",
    "password:\" send \"",
    "\"password\", default=\"",
    "password\" -> \"",
    "password** \"",
    "password:</b>",
    "(a, password) VALUES ('a', '",
    "VALUES ('', (('",
    "createHmac(\"a\", \"",
    "hmac.new(b'",
    "jwt.sign(payload, \"",
    "SignedString([]byte(\"",
    "expect(password).toBe(\"",
    "equals(\"a\", password",
    "Disposition: form-data; name=\"password\"\n\n",
    "<password a=\"b\">",
    "</password>",
    "name=\"password\" a=\"b\"><value>",
    "<name>password</name><value>",
    "-AsPlainText ",
    "create secret --from-literal a=",
    "sudo -S <<< ",
    "password</key>",
    "6$a",
    "2b$10$",
    "password as \"",
    "IDENTIFIED BY ",
    "password=&quot;",
    "&quot;password&quot;:",
    "password=&#34;&quot;",
    "password\\u003d",
    "password: [1, 0x2,",
    "password: [[[[[[[[[[",
    "password=x || \"",
    "mysql -p",
    "mysql:-p:",
    "=--value=SecureString",
    "ConvertTo-SecureString -String ",
    "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB",
    "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB/",
    "cGFzc3dvcmQ9InBhc3N3b3JkPSJwYXNzd29yZD0i ",
    "/QUFBQUFBQUFBQUFB",
    "aQ~",
    "password: ",
    "token: a = ",
    "--password ",
    "<password>",
    "-----BEGIN ",
    "-----BEGIN",
    "-----BEGIN PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY----------END ",
    "4",
    "4111 ",
    "4111-",
    "41111111111111111111",
    " 411",
    "://",
    "a://",
    "a://b:",
    "a://b:c@",
    "a://b@",
    "Bearer ",
    "Bearer a",
    "Basic ",
    "Authorization: ",
    "Authorization: Bearer ",
    "[redacted:",
    "[redacted",
    "[",
    "\\",
    "\"",
    "'",
    ",",
    "&",
    ")",
    "é",
    "%20",
    "\u{1b}[32m",
    "\n",
    " ",
    "password,",
    "key=&",
    "[... telemetry preview truncated ...]",
    "a=",
    "password:",
    "token:",
    ".password:",
    "Authorization:",
    "Authorization=",
    "-Authorization=",
    "xxxx",
    "AAAA",
    "password=[redacted]",
    "//",
    "://a",
    "1//",
    "::",
    ":::",
    "a:b:",
    "ab-cd-",
    "--x ",
    "-u ",
    "curl -u ",
    "curl -u a:",
    "key=\"",
    "key=\"password\" value=\"",
    "name: token value: ",
    "tokens: [\"",
    "tokens: [\"a\", ",
    "%3D",
    "token%3D",
    "%40",
    "a%40a.",
    "<a>\n",
    "<token>\n",
    "token: String = \"",
    "12:",
    "00-11-22-",
    "1234 567",
    "1234567.",
    "2026-11-28 ",
    "~",
    "a~",
    "...",
    "[...",
    "[... telemetry preview truncated ...]12345",
    "https://hooks.example.com/services/",
    "hvs.",
    "dop_v1_",
    "glpat-",
    "AIza",
    "SG.",
    "npm_",
    "pypi-AgE",
    "00D00000000000!",
    "abcdefghijklmnopqrstuvwxyz012345",
    "password\": {\"value\":",
    "password=\"a\" + ",
    "password=(\n\"",
    "password        = ",
    "password=Some(\"",
    "echo \"a:b\" | ",
    "sqlplus a/b@",
    "{SSHA}",
    "$1$a$",
    "пароль: ",
];

/// Scenario: every piece repeated to 64 KiB, and every pair of pieces to a few kilobytes, unoptimised.
/// Guarantees: I5, quadratic work would take minutes where this takes a moment.
#[test]
fn repeated_pieces_cost_linear_time() {
    let detectors = Detectors::all();
    let mut findings = Vec::new();
    for piece in PIECES {
        let text = piece.repeat((64 << 10) / piece.len());
        let began = Instant::now();
        detectors.scan(text.as_bytes(), &mut findings);
        assert!(began.elapsed() < Duration::from_secs(5), "{piece} took {:?}", began.elapsed());
        findings.clear();
    }
}

/// Scenario: texts in which every few bytes wake a dear look: short ones, and long ones with a secret at their end.
/// Guarantees: I2, what is too much work is found whole, and looking on finds what it holds.
#[test]
fn too_much_work_is_found_whole() {
    let (detectors, secret) = (Detectors::all(), "\nghp_FAKEfake0000abcdFAKEfake0000abcdFAKE");
    for piece in ["4111 ", "a%40a.", "1234 567 ", "password: ", "passport A1 ", "curl -u a:"] {
        let mut findings = Vec::new();
        let text = piece.repeat((1 << 20) / piece.len()) + secret;
        assert!(!detectors.is_clean(text.as_bytes()), "{piece}");
        detectors.scan(text.as_bytes(), &mut findings);
        let whole = |found: &Finding| (found.start, found.end) == (0, text.len());
        assert!(findings.len() == 1 && findings.iter().all(whole), "{piece}");
        assert!(findings.iter().all(|found| detectors.name(found.detector) == UNSEARCHED), "{piece}");

        findings.clear();
        detectors.scan_to_end(text.as_bytes(), &mut findings);
        let last = |found: &Finding| found.end == text.len() && found.start + secret.len() == text.len() + 1;
        assert!(findings.last().is_some_and(last), "{piece}");

        findings.clear();
        let text = piece.repeat(256 / piece.len()) + secret;
        detectors.scan(text.as_bytes(), &mut findings);
        assert!(findings.iter().all(|found| detectors.name(found.detector) != UNSEARCHED), "{piece}");
        assert!(!findings.is_empty(), "{piece}");
    }
}

/// Scenario: many beginnings that all share one long rest: of blanks, of a label, of a body, of a quoted string.
/// Guarantees: I5, what they share is read once or to a bound.
#[test]
fn shared_ends_are_read_once() {
    let heads = [
        "token:",
        "password=",
        "-----BEGIN PRIVATE KEY-----",
        "_eyJhbGciOiJ",
        "sk-",
        "a://b:c",
        "Authorization=",
        "password='",
        "[... telemetry preview truncated ...]-----BEGIN PRIVATE KEY-----",
        ".password:",
    ];
    let tails = [" ", "A", "-----END A", ".", "a.", "=", "\\", "/", "\"", ":", "[", "}"];
    let mut findings = Vec::new();
    for head in heads {
        for tail in tails {
            let text = head.repeat((16 << 10) / head.len()) + &tail.repeat((48 << 10) / tail.len());
            let began = Instant::now();
            Detectors::all().scan(text.as_bytes(), &mut findings);
            assert!(began.elapsed() < Duration::from_secs(5), "{head} {tail} took {:?}", began.elapsed());
            findings.clear();
        }
    }
}

/// Scenario: every pair of pieces, and every cut through it.
/// Guarantees: I8, and findings that are in order, disjoint and on character boundaries.
#[test]
fn findings_of_odd_texts_are_well_formed() {
    let detectors = Detectors::all();
    let mut findings = Vec::new();
    for first in PIECES {
        for second in PIECES {
            let text = [first, second, first, "0", second].concat();
            for end in (0..=text.len()).filter(|&end| text.is_char_boundary(end)) {
                findings.clear();
                let part = &text[..end];
                detectors.scan(part.as_bytes(), &mut findings);
                assert!(findings.is_sorted_by(|a, b| a.end <= b.start), "{part}");
                let fits = |at| part.is_char_boundary(at);
                assert!(findings.iter().all(|f| f.start < f.end && fits(f.start) && fits(f.end)), "{part}");
                assert_eq!(detectors.is_clean(part.as_bytes()), findings.is_empty(), "{part}");
            }
        }
    }
}

#[test]
fn bytes_that_are_no_text_do_no_harm() {
    let mut findings = Vec::new();
    for byte in 0..=u8::MAX {
        for tail in [&b"@example.com"[..], b"sk-", b"password="] {
            let mut bytes = alloc::vec![byte; 9];
            bytes.extend_from_slice(tail);
            bytes.push(byte);
            Detectors::all().scan(&bytes, &mut findings);
        }
    }
}

/// Scenario: each example with every other detector switched off or on, one at a time.
/// Guarantees: a detector that is off finds nothing, and leaving one out never makes another find less.
#[test]
fn detectors_are_independent_of_each_other() {
    for (index, _) in DETECTORS.iter().enumerate() {
        let id = super::DetectorId::at(index);
        let without = Detectors::all().without(id);
        assert!(!without.contains(id) && Detectors::all().contains(id));
        for example in DETECTORS.iter().flat_map(|detector| detector.examples) {
            let text = example.0.replace(['«', '»'], "");
            let mut findings = Vec::new();
            without.scan(text.as_bytes(), &mut findings);
            assert!(findings.iter().all(|finding| finding.detector != id), "{text}");
        }
    }
}
