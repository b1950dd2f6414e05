//! `airlock scan`: where texts hold what a detector knows.
//!
//! Must not know the detectors. Keeps I1: a finding is told by its place, its length and its detector, never by what it
//! says.

use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use airlock::Airlock;
use anstyle::{AnsiColor, Style};
use serde::{Deserialize, Serialize};

use crate::cli::failure::Failure;
use crate::cli::files::{self, is_stream};
use crate::cli::keys::KeyArguments;
use crate::cli::policy;
use crate::cli::screen::visible;

#[derive(Debug, clap::Args)]
#[command(after_help = NOTES)]
pub(super) struct Arguments {
    /// The policy whose detectors look; without one, all of them
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    #[command(flatten)]
    keys: KeyArguments,
    /// Answer lines {"id","text"} with lines {"id","spans":[[start,end,"detector"],…]}
    #[arg(long)]
    json_lines: bool,
    /// The texts; - for standard input
    #[arg(value_name = "FILE", required_unless_present = "json_lines")]
    files: Vec<PathBuf>,
}

const NOTES: &str = "\
A line of the answer is path:line:column, both from 1 and in characters, the detector, and how much
it found. What was found is not shown. Bytes that are no UTF-8 are read as spaces.

Exit status: 0 nothing was found, 1 something was, 2 a file could not be read, or wrong usage. With
--json-lines the lines are the answer, and the status is 0; offsets are bytes of UTF-8, the end is
exclusive.

Examples:
  airlock scan notes.md src/*.rs
  git diff --cached | airlock scan -
  airlock scan --policy team.yaml --json-lines cases.jsonl";

/// Where reading a text stops.
const MAX_TEXT_BYTES: usize = 256 << 20;

const PLACE: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Cyan)));
const NAME: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
const ASIDE: Style = Style::new().dimmed();

pub(super) fn scan(arguments: &Arguments) -> Result<(), Failure> {
    let answer = open(arguments).and_then(|airlock| match arguments.json_lines {
        true => json_lines(&airlock, &arguments.files),
        false => texts(&airlock, &arguments.files),
    });
    answer.map_err(Failure::not_an_answer)
}

fn open(arguments: &Arguments) -> Result<Airlock, Failure> {
    let path = arguments.policy.as_deref();
    let document = policy::out_of_shadow(policy::read_or_default(path)?);
    Airlock::open(&document, &arguments.keys.read()?).map_err(|error| policy::refused(path, error.into()))
}

fn texts(airlock: &Airlock, paths: &[PathBuf]) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    let (mut found, mut files_with) = (0, 0);
    // A file that cannot be read hides nothing of what the others hold.
    let mut unread = None;
    for path in paths {
        match read(path).map(|text| report(airlock, path, &text, &mut out)) {
            Ok(told) => {
                let count = told?;
                found += count;
                files_with += usize::from(count > 0);
            }
            Err(failure) if unread.is_none() => unread = Some(failure),
            Err(failure) => drop(failure.not_an_answer().report()),
        }
    }
    out.flush()?;
    if let Some(failure) = unread {
        return Err(failure);
    }
    if found == 0 {
        return Ok(());
    }
    if paths.len() > 1 {
        let _ = writeln!(anstream::stderr(), "{found} findings in {files_with} of {} files", paths.len());
    }
    Err(Failure::No)
}

/// Tells what one text holds; how much it was.
fn report(airlock: &Airlock, path: &Path, text: &str, out: &mut impl Write) -> Result<usize, io::Error> {
    let path = path.display().to_string();
    let name = if path == "-" { "<stdin>".into() } else { visible(&path) };
    let findings = airlock.scan(text);
    let mut place = Place::default();
    for finding in &findings {
        let (line, column) = place.at(text, finding.start);
        let detector = finding.detector.get();
        let length = text.get(finding.start..finding.end).unwrap_or_default().chars().count();
        writeln!(
            out,
            "{PLACE}{name}:{line}:{column}{PLACE:#} {NAME}{}{NAME:#} {ASIDE}({length} characters){ASIDE:#}",
            detector.id
        )?;
    }
    Ok(findings.len())
}

/// A line and a column, carried forward from finding to finding: the text is gone through once.
struct Place {
    offset: usize,
    line: usize,
    column: usize,
}

impl Default for Place {
    fn default() -> Self {
        Self { offset: 0, line: 1, column: 1 }
    }
}

impl Place {
    fn at(&mut self, text: &str, offset: usize) -> (usize, usize) {
        for character in text.get(self.offset..offset).unwrap_or_default().chars() {
            match character {
                '\n' => (self.line, self.column) = (self.line + 1, 1),
                _ => self.column += 1,
            }
        }
        self.offset = offset;
        (self.line, self.column)
    }
}

/// One question and its answer, as the lines have them.
#[derive(Deserialize)]
struct Question {
    id: serde_json::Value,
    text: String,
}

#[derive(Serialize)]
struct Answer {
    id: serde_json::Value,
    spans: Vec<(usize, usize, &'static str)>,
}

fn json_lines(airlock: &Airlock, paths: &[PathBuf]) -> Result<(), Failure> {
    let standard_input = [PathBuf::from("-")];
    let mut out = io::BufWriter::new(io::stdout().lock());
    for path in if paths.is_empty() { &standard_input } else { paths } {
        let source: Box<dyn BufRead> = match is_stream(path) {
            true => Box::new(io::stdin().lock()),
            false => {
                let file = std::fs::File::open(path).map_err(|error| Failure::io("read", path, &error))?;
                Box::new(io::BufReader::new(file))
            }
        };
        for (at, line) in source.lines().enumerate() {
            let line = line.map_err(|error| Failure::io("read", path, &error))?;
            let question: Question = serde_json::from_str(&line).map_err(|error| {
                // Only where and what kind: the text of the error could quote the line.
                let (path, line, kind) = (path.display(), at + 1, error.classify());
                Failure::Usage(format!(
                    "{path}:{line}:{}: expected an object with an id and a string text ({kind:?} error)",
                    error.column()
                ))
            })?;
            let findings = airlock.scan(&question.text);
            let spans = findings.iter().map(|found| (found.start, found.end, found.detector.get().id)).collect();
            serde_json::to_writer(&mut out, &Answer { id: question.id, spans })
                .map_err(|error| Failure::from(io::Error::from(error)))?;
            out.write_all(b"\n")?;
        }
    }
    Ok(out.flush()?)
}

/// A file's text. What is no UTF-8 becomes as many spaces, so that every offset stays true.
fn read(path: &Path) -> Result<String, Failure> {
    let bytes = files::read(path, MAX_TEXT_BYTES)?;
    if bytes.len() > MAX_TEXT_BYTES {
        return Err(Failure::Usage(format!("{}: it is larger than 256 MiB; scan it in parts", path.display())));
    }
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| spaced(error.as_bytes())))
}

fn spaced(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| ' '));
    }
    text
}

#[cfg(test)]
mod tests {
    use airlock::Keys;

    use super::*;

    fn told(text: &str) -> String {
        let mut out = Vec::new();
        report(
            &Airlock::open("{}", &Keys::new()).unwrap(),
            Path::new("a\u{1b}.txt"),
            text,
            &mut anstream::StripStream::new(&mut out),
        )
        .unwrap();
        String::from_utf8(out).unwrap()
    }

    /// Scenario: findings in several lines, behind characters of several bytes, in a file whose name is an escape.
    /// Guarantees: lines and columns as an editor counts them; nothing of what was found, nothing that acts.
    #[test]
    fn a_finding_is_told_by_its_place() {
        let text = "äö alice.smith@example.com\n\nx AKIAIOSFODNN7EXAMPLE dave@example.com";
        assert_eq!(
            told(text),
            "a\\u{1b}.txt:1:4 email (23 characters)\na\\u{1b}.txt:3:3 aws-access-key-id (20 characters)\n\
             a\\u{1b}.txt:3:24 email (16 characters)\n"
        );
        assert_eq!(told("nothing"), "");
    }

    #[test]
    fn bytes_that_are_no_text_keep_their_place() {
        let bytes = b"\xff\xfe\xc3( dave@example.com \x80";
        let text = spaced(bytes);
        assert_eq!(text.len(), bytes.len());
        assert_eq!(text, "   ( dave@example.com  ");
    }
}
