//! `airlock bench`: what a policy costs on somebody's own data, natively and as the component.
//!
//! Must not know how an engine works. Keeps I4 in passing: nothing is measured before both have given the same answer.

use std::io::Write;
use std::time::Duration;

use anstyle::Style;
use comfy_table::{Attribute, Cell, CellAlignment};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::cli::batch::BatchArguments;
use crate::cli::failure::Failure;
use crate::cli::run::prepare;
use crate::cli::screen::{flush_left, table, visible};
use crate::embedded::COMPONENT;
use crate::engine::Engine;
use crate::measure::{Job, Timing, alternate};
use crate::view;

#[derive(Debug, clap::Args)]
#[command(after_help = NOTES)]
pub(super) struct Arguments {
    #[command(flatten)]
    batch: BatchArguments,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
    /// How long to measure, in seconds
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=3600))]
    seconds: u64,
}

const NOTES: &str = "\
The batch goes through each engine again and again on one core, in short rounds and in turn. best is
the round that the machine disturbed least, median the middle one; the rates are of the best.

Examples:
  airlock bench batch.binpb
  airlock bench --policy team.yaml --seconds 10 batch.binpb
  airlock bench --json batch.binpb | jq '.engines[] | {engine, bytes_per_second}'";

const HEADING: Style = Style::new().bold();

/// The figures of one engine, as `--json` prints them.
#[derive(Serialize)]
struct Figures {
    engine: &'static str,
    best_seconds: f64,
    median_seconds: f64,
    bytes_per_second: f64,
    records_per_second: f64,
}

/// What `--json` prints.
#[derive(Serialize)]
struct Answer<'a> {
    policy: &'a str,
    bytes: usize,
    records: usize,
    engines: &'a [Figures],
}

pub(super) fn bench(arguments: &Arguments) -> Result<(), Failure> {
    let batch = &arguments.batch;
    let native = batch.native()?;
    let (bytes, encoding) = batch.read()?;
    let admission = batch.admission(&native)?;
    let plugin = prepare(COMPONENT)?.open(&batch.document()?, &batch.keys()?).map_err(|error| batch.wrong(error))?;

    let engines: [(&'static str, &dyn Engine); 2] = [("native", &native), ("component", &plugin)];
    let outcome = native.process(&bytes, encoding, &admission)?;
    if plugin.process(&bytes, encoding, &admission)? != outcome {
        return Err(Failure::Usage("the two engines give different answers, so their speed says nothing".into()));
    }
    let records = view::decode(&bytes, encoding).map_or(0, |batch| view::records(&batch).count());

    let bar = ProgressBar::new(1000).with_style(style());
    let job = Job { batch: &bytes, encoding, admission: &admission };
    let timings =
        alternate(&engines.map(|(_, engine)| engine), job, Duration::from_secs(arguments.seconds), |share| {
            bar.set_position((share * 1000.0) as u64);
        })?;
    bar.finish_and_clear();

    let figures: Vec<Figures> =
        engines.iter().zip(&timings).map(|((name, _), timing)| figures(name, timing, bytes.len(), records)).collect();
    let mut out = anstream::stdout().lock();
    if arguments.json {
        let answer = Answer { policy: native.policy_hash(), bytes: bytes.len(), records, engines: &figures };
        let json = serde_json::to_string(&answer).map_err(|error| Failure::from(std::io::Error::from(error)))?;
        writeln!(out, "{json}")?;
        return Ok(out.flush()?);
    }
    let (input, policy) = (batch.input_name(), batch.policy_name());
    writeln!(
        out,
        "{HEADING}{}{HEADING:#} by {}: {records} records, {} bytes\n{}",
        visible(&input),
        visible(&policy),
        bytes.len(),
        shown(&figures)
    )?;
    Ok(out.flush()?)
}

fn figures(engine: &'static str, timing: &Timing, bytes: usize, records: usize) -> Figures {
    let (best, median) = (timing.best.as_secs_f64(), timing.median.as_secs_f64());
    let rate = |amount: usize| amount as f64 / best.max(f64::MIN_POSITIVE);
    Figures {
        engine,
        best_seconds: best,
        median_seconds: median,
        bytes_per_second: rate(bytes),
        records_per_second: rate(records),
    }
}

fn shown(figures: &[Figures]) -> String {
    let mut table = table();
    let titles = ["engine", "best", "median", "MB/s", "records/s", "time, against the fastest"];
    table.set_header(titles.map(|title| Cell::new(title).add_attribute(Attribute::Dim)));
    let fastest = figures.iter().map(|figures| figures.best_seconds).fold(f64::INFINITY, f64::min);
    for figures in figures {
        table.add_row([
            Cell::new(figures.engine).add_attribute(Attribute::Bold),
            Cell::new(time(figures.best_seconds)),
            Cell::new(time(figures.median_seconds)),
            Cell::new(format!("{:.1}", figures.bytes_per_second / 1e6)),
            Cell::new(thousands(figures.records_per_second)),
            Cell::new(format!("× {:.2}", figures.best_seconds / fastest)),
        ]);
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    for column in table.column_iter_mut() {
        column.set_padding((1, 3));
    }
    flush_left(table)
}

fn time(seconds: f64) -> String {
    match seconds {
        seconds if seconds < 1e-3 => format!("{:.1} µs", seconds * 1e6),
        seconds => format!("{:.2} ms", seconds * 1e3),
    }
}

/// A whole number with its digits in groups of three.
fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

fn style() -> ProgressStyle {
    // The template is fixed; where it could not be read, the default bar shows the same.
    ProgressStyle::with_template("measuring [{bar:40}] {eta} left").unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_readable() {
        assert_eq!(thousands(1_234_567.4), "1 234 567");
        assert_eq!(thousands(999.0), "999");
        assert_eq!(thousands(0.0), "0");
        assert_eq!((time(0.000_012_34), time(0.012_34)), ("12.3 µs".into(), "12.34 ms".into()));
    }
}
