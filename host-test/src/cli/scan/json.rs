//! An answer as one JSON document of our own.
//!
//! Must not know texts. Keeps I1: places and names, nothing of what was found.

use std::path::Path;

use serde_json::{Value, json};

use super::answer::Answer;
use super::is_stream;
use super::look::Found;

/// The whole answer.
pub(super) fn document(answer: &Answer<'_>) -> Value {
    let findings = answer.found.iter().flat_map(|(path, found)| found.iter().map(|it| finding(path, it)));
    let too_large = answer.too_large.iter().map(|path| (path, "too large"));
    let unread = answer.unread.iter().map(|(path, why)| (path, why.as_str()));
    json!({
        "version": 1,
        "findings": findings.collect::<Vec<_>>(),
        "files": {
            "scanned": answer.files,
            "with_findings": answer.found.len(),
            "binary": answer.binary,
            "not_scanned": too_large.chain(unread).map(|(path, why)| json!({"path": path_of(path), "why": why}))
                .collect::<Vec<_>>(),
        },
    })
}

fn finding(path: &Path, found: &Found<'_>) -> Value {
    json!({
        "path": path_of(path),
        "line": found.start.line,
        "column": found.start.column,
        "end_line": found.end.line,
        "end_column": found.end.column,
        "detector": found.rule.id,
        "group": found.rule.group,
    })
}

fn path_of(path: &Path) -> String {
    if is_stream(path) { "<stdin>".into() } else { path.display().to_string() }
}
