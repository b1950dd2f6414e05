//! `airlock scan`: where files and texts hold what a detector knows.
//!
//! ```text
//! collect ─▶ look ─▶ answer ─▶ human | json | sarif
//! which      places  in order   how it is written
//! files
//! ```
//!
//! Must not know the detectors. Keeps I1: a finding is told by its place and its detector, never by what it says.

mod answer;
mod collect;
mod human;
mod json;
mod lines;
mod look;
pub(super) mod rule;
mod sarif;

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use airlock::Airlock;
use airlock::detect::DETECTORS;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::cli::failure::Failure;
use crate::cli::files::is_stream;
use crate::cli::keys::KeyArguments;
use crate::cli::policy;
use answer::Answer;
use collect::{Walk, collect};
use look::look;
use rule::group_name;

#[derive(Debug, clap::Args)]
#[command(after_help = NOTES)]
pub(super) struct Arguments {
    /// The policy whose detectors look, its own and all that it does not disable; without one, all there are
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    #[command(flatten)]
    keys: KeyArguments,
    /// Only what tells something about a person, or what opens a door; a policy's own detectors look always
    #[arg(long, value_name = "GROUP", value_parser = ["personal", "secret"])]
    group: Option<String>,
    /// Look into files and folders whose names begin with a dot, too, but for .git
    #[arg(long)]
    hidden: bool,
    /// Look into what .gitignore and .ignore list, too
    #[arg(long)]
    no_ignore: bool,
    /// The largest file that is looked into, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 64, value_parser = clap::value_parser!(u64).range(1..=1024))]
    max_size: u64,
    /// End with status 0 although something was found
    #[arg(long)]
    exit_zero: bool,
    /// Answer with one JSON document
    #[arg(long, group = "form")]
    json: bool,
    /// Answer with a SARIF 2.1.0 document, as code hosts read it
    #[arg(long, group = "form")]
    sarif: bool,
    /// Answer lines {"id","text"} with lines {"id","spans":[[start,end,"detector"],…]}
    #[arg(long, group = "form")]
    json_lines: bool,
    /// Files, and folders to walk; - for standard input
    #[arg(value_name = "PATH", required_unless_present = "json_lines")]
    paths: Vec<PathBuf>,
}

const NOTES: &str = "\
A line of the answer is path:line:column, both from 1 and in characters, and the detector. What was
found is not shown. Files come in the order of their names. In folders, what .gitignore and .ignore
list, hidden files, and files that are no text are left out; a file that is named is looked into
whatever is in it. Bytes that are no UTF-8 are read as spaces.

Exit status: 0 nothing was found, 1 something was, 2 a file could not be read, or wrong usage. With
--json-lines the lines are the answer, and the status is 0; offsets are bytes of UTF-8, the end is
exclusive.

Examples:
  airlock scan .
  airlock scan --group secret .
  airlock scan --policy team.yaml notes.md src
  git diff --cached | airlock scan -
  airlock scan --sarif . >airlock.sarif
  airlock scan --json-lines cases.jsonl";

pub(super) fn scan(arguments: &Arguments) -> Result<(), Failure> {
    let findings = open(arguments).and_then(|airlock| match arguments.json_lines {
        // The lines are the answer.
        true => lines::answer(&airlock, &arguments.paths).map(|_| 0),
        false => texts(&airlock, arguments),
    });
    match findings.map_err(Failure::not_an_answer)? {
        0 => Ok(()),
        _ if arguments.exit_zero => Ok(()),
        _ => Err(Failure::No),
    }
}

fn open(arguments: &Arguments) -> Result<Airlock, Failure> {
    let path = arguments.policy.as_deref();
    let document = policy::out_of_shadow(policy::read_or_default(path)?);
    let document = match &arguments.group {
        Some(group) => only(document, group),
        None => document,
    };
    Airlock::open(&document, &arguments.keys.read()?).map_err(|error| policy::refused(path, error.into()))
}

/// The policy without the built-in detectors of other groups. What is wrong with it is left for whoever opens it.
fn only(document: String, group: &str) -> String {
    let Ok(Value::Object(mut policy)) = serde_json::from_str(&document) else { return document };
    let Value::Object(detect) = policy.entry("detect").or_insert_with(|| json!({})) else { return document };
    let Value::Array(disable) = detect.entry("disable").or_insert_with(|| json!([])) else { return document };
    for detector in DETECTORS.iter().filter(|detector| group_name(detector.group) != group) {
        if !disable.iter().any(|id| id == detector.id) {
            disable.push(detector.id.into());
        }
    }
    // Nothing happens to what is found here; and of what does not look, nothing may be said.
    detect.remove("actions");
    Value::Object(policy).to_string()
}

/// How many files are looked into before what was found in them is put in order.
const BATCH: usize = 256;

/// Scans files; how much was found.
fn texts(airlock: &Airlock, arguments: &Arguments) -> Result<usize, Failure> {
    let collected = collect(&arguments.paths, Walk { hidden: arguments.hidden, ignored: arguments.no_ignore });
    let limit = arguments.max_size << 20;
    let mut answer = Answer { unread: collected.unread, ..Answer::default() };
    let progress = Progress::of(collected.files.len());
    for batch in collected.files.chunks(BATCH) {
        let looked: Vec<_> = batch
            .par_iter()
            .map(|(path, is_named)| {
                let looked = look(airlock, path, *is_named, limit);
                progress.step();
                looked
            })
            .collect();
        for ((path, is_named), looked) in batch.iter().zip(looked) {
            answer.take(path, *is_named, looked);
        }
    }
    progress.end();
    write(&answer, arguments)?;
    // Nothing can be told where standard error is closed; the status still says it.
    let _ = human::notes(&answer, &mut anstream::stderr().lock());
    match answer.unread.len() {
        0 => Ok(answer.findings()),
        count => Err(Failure::Usage(format!("{count} of the files could not be looked into"))),
    }
}

fn write(answer: &Answer<'_>, arguments: &Arguments) -> Result<(), Failure> {
    if !(arguments.json || arguments.sarif) {
        let mut out = anstream::stdout().lock();
        human::write(answer, &mut out)?;
        return Ok(out.flush()?);
    }
    let document = if arguments.json { json::document(answer) } else { sarif::document(answer) };
    let mut out = io::BufWriter::new(io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, &document).map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(out.flush()?)
}

/// A bar on standard error, where that is a terminal and somebody has waited a while.
struct Progress {
    bar: ProgressBar,
    begun: Instant,
}

/// What nobody takes for a stop.
const PATIENCE: Duration = Duration::from_millis(500);

impl Progress {
    fn of(files: usize) -> Self {
        let style = ProgressStyle::with_template("scanning {bar:40} {pos} of {len} files");
        let bar = ProgressBar::hidden().with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_length(files as u64);
        Self { bar, begun: Instant::now() }
    }

    fn step(&self) {
        if self.bar.is_hidden() && self.begun.elapsed() > PATIENCE {
            // Draws nothing where standard error is no terminal.
            self.bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
        }
        self.bar.inc(1);
    }

    fn end(&self) {
        self.bar.finish_and_clear();
    }
}
