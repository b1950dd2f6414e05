//! Texts and their findings as lines of JSON, for programs that ask about many texts.
//!
//! Must not know files of other kinds. Keeps I1: a line that is no question is told by its place, and not quoted.

use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use airlock::Airlock;
use serde::{Deserialize, Serialize};

use super::is_stream;
use super::rule::Rule;
use crate::cli::failure::Failure;

/// One question and its answer, as the lines have them.
#[derive(Deserialize)]
struct Question {
    id: serde_json::Value,
    text: String,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: serde_json::Value,
    spans: Vec<(usize, usize, &'a str)>,
}

/// Answers every line; how much was found.
pub(super) fn answer(airlock: &Airlock, paths: &[PathBuf]) -> Result<usize, Failure> {
    let standard_input = [PathBuf::from("-")];
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut findings = 0;
    for path in if paths.is_empty() { &standard_input } else { paths } {
        for (at, line) in open(path)?.lines().enumerate() {
            let line = line.map_err(|error| Failure::io("read", path, &error))?;
            let question: Question = serde_json::from_str(&line).map_err(|error| {
                // Only where and what kind: the text of the error could quote the line.
                let (path, line, kind) = (path.display(), at + 1, error.classify());
                Failure::Usage(format!(
                    "{path}:{line}:{}: expected an object with an id and a string text ({kind:?} error)",
                    error.column()
                ))
            })?;
            let found = airlock.scan(&question.text);
            let spans = found.iter().map(|it| (it.start, it.end, Rule::of(airlock, it.detector).id)).collect();
            findings += found.len();
            serde_json::to_writer(&mut out, &Answer { id: question.id, spans }).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    Ok(findings)
}

fn open(path: &Path) -> Result<Box<dyn BufRead>, Failure> {
    if is_stream(path) {
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = std::fs::File::open(path).map_err(|error| Failure::io("read", path, &error))?;
    Ok(Box::new(io::BufReader::new(file)))
}
