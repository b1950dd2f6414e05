//! `airlock detectors`: what the detectors know, with an example of each.
//!
//! Must not know how a detector looks. What is shown are the detectors' own words; the values in their examples are
//! made up.

use std::io::Write;

use airlock::detect::{DETECTORS, Detector, Example};
use anstyle::Style;
use comfy_table::{Attribute, Cell, CellAlignment};
use serde_json::json;

use crate::cli::failure::Failure;
use crate::cli::scan::rule::group_name;
use crate::cli::screen::{clipped, flush_left, table, visible};

#[derive(Debug, clap::Args)]
#[command(after_help = NOTES)]
pub(super) struct Arguments {
    /// Only those of a group: what tells something about a person, or what opens a door
    #[arg(long, value_name = "GROUP", value_parser = ["personal", "secret"])]
    group: Option<String>,
    /// Answer with one JSON document, with all examples
    #[arg(long)]
    json: bool,
    /// Only those with all of these words in their name or description, in either case
    #[arg(value_name = "WORD")]
    words: Vec<String>,
}

const NOTES: &str = "\
Between « and » stands what is covered; the values are made up. A policy names a detector by its first
column, under detect.disable or detect.actions.

Exit status: 0 some are listed, 1 none is.

Examples:
  airlock detectors
  airlock detectors --group personal
  airlock detectors --json github token";

pub(super) fn list(arguments: &Arguments) -> Result<(), Failure> {
    let wanted: Vec<&Detector> = DETECTORS.iter().filter(|detector| is_wanted(detector, arguments)).collect();
    let mut out = anstream::stdout().lock();
    if arguments.json {
        let list: Vec<_> = wanted.iter().map(|detector| document(detector)).collect();
        serde_json::to_writer_pretty(&mut out, &list).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else if !wanted.is_empty() {
        writeln!(out, "{}", shown(&wanted))?;
        let (dim, count) = (Style::new().dimmed(), wanted.len());
        writeln!(out, "{dim}{count} of {} detectors{dim:#}", DETECTORS.len())?;
    }
    out.flush()?;
    if wanted.is_empty() { Err(Failure::No) } else { Ok(()) }
}

fn is_wanted(detector: &Detector, arguments: &Arguments) -> bool {
    let text = [detector.id, detector.about, detector.source].join("\n").to_lowercase();
    arguments.group.as_ref().is_none_or(|group| group == group_name(detector.group))
        && arguments.words.iter().all(|word| text.contains(&word.to_lowercase()))
}

fn document(detector: &Detector) -> serde_json::Value {
    let (covered, left): (Vec<_>, Vec<_>) = detector.examples.iter().map(|it| it.0).partition(|it| it.contains('«'));
    json!({
        "id": detector.id,
        "group": group_name(detector.group),
        "about": detector.about,
        "source": detector.source,
        "found": covered,
        "not_found": left,
    })
}

/// More of an example says nothing more.
const EXAMPLE: usize = 120;

fn shown(detectors: &[&Detector]) -> String {
    let mut table = table();
    let head = ["detector", "group", "finds, by", "example"];
    table.set_header(head.map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
    for detector in detectors {
        let Example(example) = detector.examples.iter().find(|it| it.0.contains('«')).unwrap_or(&Example(""));
        table.add_row([
            Cell::new(detector.id).set_alignment(CellAlignment::Left),
            Cell::new(group_name(detector.group)),
            Cell::new(format!("{}; {}", detector.about, detector.source)),
            Cell::new(clipped(&visible(example), EXAMPLE)),
        ]);
    }
    flush_left(table)
}
