//! An answer as SARIF 2.1.0 (OASIS, 2020), the format in which code hosts take findings.
//!
//! Must not know texts. Keeps I1: a fingerprint is made of names and places. One over the text would let anybody try
//! texts until one fits, and there are few card numbers.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Component, Path};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::answer::Answer;
use super::is_stream;
use super::look::Found;
use super::rule::Rule;

/// The whole answer: one run of one tool.
pub(super) fn document(answer: &Answer<'_>) -> Value {
    let all = || answer.found.iter().flat_map(|(path, found)| found.iter().map(move |it| (path, it)));
    let rules: BTreeMap<&str, Rule<'_>> = all().map(|(_, it)| (it.rule.id, it.rule)).collect();
    let index_of = |id: &str| rules.keys().position(|known| *known == id).unwrap_or_default();
    let mut nth: BTreeMap<(&Path, &str), usize> = BTreeMap::new();
    let results = all().map(|(path, it)| {
        let nth = nth.entry((path, it.rule.id)).or_default();
        *nth += 1;
        result(path, it, index_of(it.rule.id), *nth)
    });
    let results: Vec<_> = results.collect();
    let not_scanned = answer.too_large.iter().map(|path| (path, "too large"));
    let not_scanned = not_scanned.chain(answer.unread.iter().map(|(path, why)| (path, why.as_str())));
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "otlp-airlock",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.values().map(rule).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": answer.unread.is_empty(),
                "toolExecutionNotifications": not_scanned.map(|(path, why)| json!({
                    "level": "warning",
                    "message": { "text": format!("not looked into: {why}") },
                    "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(path) } } }],
                })).collect::<Vec<_>>(),
            }],
            "results": results,
        }],
    })
}

fn rule(rule: &Rule<'_>) -> Value {
    // What code hosts sort by: a key that is out is worse than an address.
    let (level, severity) = levels(rule.group);
    json!({
        "id": rule.id,
        "name": rule.id,
        "shortDescription": { "text": rule.about },
        "fullDescription": { "text": format!("{} ({})", rule.about, rule.source) },
        "help": { "text": format!("Take it out of the text, and out of its history; a secret has to be changed where it is valid. Described in: {}", rule.source) },
        "defaultConfiguration": { "level": level },
        "properties": { "tags": ["security", rule.group], "security-severity": severity, "precision": "high" },
    })
}

fn levels(group: &str) -> (&'static str, &'static str) {
    if group == "secret" { ("error", "8.0") } else { ("warning", "5.0") }
}

fn result(path: &Path, found: &Found<'_>, index: usize, nth: usize) -> Value {
    json!({
        "ruleId": found.rule.id,
        "ruleIndex": index,
        "level": levels(found.rule.group).0,
        "message": { "text": format!("Found by the detector {}: {}", found.rule.id, found.rule.about) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(path) },
            "region": {
                "startLine": found.start.line,
                "startColumn": found.start.column,
                "endLine": found.end.line,
                "endColumn": found.end.column,
            },
        }}],
        "partialFingerprints": { "airlockFinding/v1": fingerprint(path, found.rule.id, nth) },
    })
}

/// The same for the nth finding of a detector in a file, on whatever line it comes to stand.
fn fingerprint(path: &Path, id: &str, nth: usize) -> String {
    let digest = Sha256::digest(format!("{}\n{id}\n{nth}", uri(path)));
    digest.iter().take(16).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A path as a reference (RFC 3986): relative ones stay so, for a code host knows them from the root of the repository.
fn uri(path: &Path) -> String {
    if is_stream(path) {
        return "stdin".into();
    }
    let mut uri = String::new();
    for component in path.components() {
        match component {
            Component::RootDir => uri = "file:///".into(),
            // A drive of Windows.
            Component::Prefix(_) => {}
            component => {
                if !uri.is_empty() && !uri.ends_with('/') {
                    uri.push('/');
                }
                encode(component.as_os_str().as_encoded_bytes(), &mut uri);
            }
        }
    }
    uri
}

fn encode(bytes: &[u8], uri: &mut String) {
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_references() {
        assert_eq!(uri(Path::new("src/a b/ä%.rs")), "src/a%20b/%C3%A4%25.rs");
        assert_eq!(uri(Path::new("/tmp/x:y")), "file:///tmp/x%3Ay");
        assert_eq!(uri(Path::new("-")), "stdin");
    }

    #[test]
    fn a_fingerprint_tells_findings_apart() {
        let path = Path::new("a");
        assert_eq!(fingerprint(path, "email", 1).len(), 32);
        assert_ne!(fingerprint(path, "email", 1), fingerprint(path, "email", 2));
        assert_ne!(fingerprint(path, "email", 1), fingerprint(Path::new("b"), "email", 1));
    }
}
