//! `airlock inspect`: a batch as a table, as it would leave.
//!
//! Must not know the rules. Keeps I1: what is shown has gone through the policy first.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use anstyle::Style;
use comfy_table::{Attribute, Cell, Color, ColumnConstraint, Width};
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::logs::v1::{LogRecord, ScopeLogs};

use crate::cli::batch::BatchArguments;
use crate::cli::failure::Failure;
use crate::cli::screen::{clipped, flush_left, table, visible};
use crate::engine::Engine;
use crate::view;

#[derive(Debug, clap::Args)]
#[command(after_help = NOTES)]
pub(super) struct Arguments {
    #[command(flatten)]
    batch: BatchArguments,
    /// Show every attribute of every record, and values in full
    #[arg(long)]
    all: bool,
}

const NOTES: &str = "\
The batch goes through the policy first: what is shown is what would leave. What most records have, and
all of them alike, is shown once, above the table; an attribute that repeats another under a second
name is left out; --all shows everything.

Examples:
  airlock inspect batch.binpb
  airlock inspect --policy team.yaml --all - <batch.binpb | less";

const HEADING: Style = Style::new().bold();
const ASIDE: Style = Style::new().dimmed();

/// Characters of a value that are shown without `--all`.
const CLIP: usize = 100;

/// Shown beside the table's own columns, so not once more in it.
const IN_COLUMNS: [&str; 2] = ["event.name", "event.timestamp"];

pub(super) fn inspect(arguments: &Arguments) -> Result<(), Failure> {
    let batch = &arguments.batch;
    let native = batch.native()?;
    let (bytes, encoding) = batch.read()?;
    let outcome = native.process(&bytes, encoding, &batch.admission(&native)?)?;
    let shown = outcome.bytes(&bytes);
    let decoded = view::decode(shown, encoding)
        .ok_or_else(|| Failure::Refused("the batch was accepted and cannot be shown".into()))?;

    let mut out = anstream::stdout().lock();
    let (input, policy) = (batch.input_name(), batch.policy_name());
    let records = view::records(&decoded).count();
    writeln!(
        out,
        "{HEADING}{}{HEADING:#} as it would leave by {}: {records} records, {} bytes",
        visible(&input),
        visible(&policy),
        shown.len()
    )?;
    let mut number = 0;
    for logs in &decoded.resource_logs {
        let attributes = logs.resource.as_ref().map_or(&[][..], |resource| &resource.attributes);
        writeln!(out, "\n{HEADING}resource{HEADING:#}\n{}", pairs(attributes.iter(), arguments.all))?;
        for scope in &logs.scope_logs {
            heading(scope, arguments.all, &mut out)?;
            let common = if arguments.all { Vec::new() } else { common(&scope.log_records) };
            if !common.is_empty() {
                writeln!(out, "{ASIDE}the same in every record that has it:{ASIDE:#}")?;
                writeln!(out, "{}", pairs(common.iter().copied(), arguments.all))?;
            }
            writeln!(out, "{}", records_table(&scope.log_records, &common, &mut number, arguments.all))?;
        }
    }
    Ok(out.flush()?)
}

fn heading(logs: &ScopeLogs, all: bool, out: &mut impl Write) -> Result<(), Failure> {
    let scope = logs.scope.clone().unwrap_or_default();
    let name = if scope.name.is_empty() { "(no name)".into() } else { visible(&scope.name) };
    writeln!(out, "\n{HEADING}scope{HEADING:#} {}", format!("{name} {}", visible(&scope.version)).trim_end())?;
    if !scope.attributes.is_empty() {
        writeln!(out, "{}", pairs(scope.attributes.iter(), all))?;
    }
    Ok(())
}

/// Names and values, one a line.
fn pairs<'a>(attributes: impl Iterator<Item = &'a KeyValue>, all: bool) -> String {
    let mut table = table();
    for pair in attributes {
        table.add_row([Cell::new(format!("  {}", visible(&pair.key))).fg(Color::Cyan), Cell::new(value(pair, all))]);
    }
    if table.row_count() == 0 {
        table.add_row(["  (no attributes)"]);
    }
    flush_left(table)
}

fn value(pair: &KeyValue, all: bool) -> String {
    let line = pair.value.as_ref().map_or_else(|| "(nothing)".into(), view::one_line);
    if all { line } else { clipped(&line, CLIP).into_owned() }
}

/// The attributes that at least half of the records have, and all of those with one value; none of a single record.
fn common(records: &[LogRecord]) -> Vec<&KeyValue> {
    let mut by_name: BTreeMap<&str, (&KeyValue, usize, bool)> = BTreeMap::new();
    let mut names: Vec<&str> = Vec::new();
    for pair in records.iter().flat_map(|record| &record.attributes) {
        let (first, count, is_one) = by_name.entry(&pair.key).or_insert_with(|| {
            names.push(&pair.key);
            (pair, 0, true)
        });
        *is_one &= first.value == pair.value;
        *count += 1;
    }
    let is_common = |name: &&str| {
        by_name.get(*name).is_some_and(|(_, count, is_one)| *is_one && *count > 1 && *count * 2 >= records.len())
    };
    names.retain(|name| is_common(name) && !IN_COLUMNS.contains(name));
    names.iter().filter_map(|name| by_name.get(name)).map(|(pair, ..)| *pair).collect()
}

fn records_table(records: &[LogRecord], common: &[&KeyValue], number: &mut usize, all: bool) -> String {
    let mut table = table();
    table.set_header(
        ["#", "time (UTC)", "event", "attributes"].map(|title| Cell::new(title).add_attribute(Attribute::Dim)),
    );
    let mut day = String::new();
    for record in records {
        *number += 1;
        let event = view::event(record);
        let event = if event.is_empty() { "(no event name)" } else { event };
        table.add_row([
            Cell::new(*number).add_attribute(Attribute::Dim),
            Cell::new(time(record, &mut day)),
            Cell::new(visible(event)).fg(Color::Cyan),
            Cell::new(attributes(record, common, all)),
        ]);
    }
    let widest = records.iter().map(|record| view::event(record).chars().count()).max().unwrap_or_default();
    let widest = u16::try_from(widest).unwrap_or(u16::MAX).clamp(15, 34);
    if let Some(column) = table.column_mut(2) {
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(widest + 1)));
    }
    flush_left(table)
}

/// The time of the event, or when it was observed; the day only where it changes.
fn time(record: &LogRecord, day: &mut String) -> String {
    let nanoseconds = if record.time_unix_nano > 0 { record.time_unix_nano } else { record.observed_time_unix_nano };
    let Some(text) = view::time(nanoseconds) else { return "-".into() };
    let (date, clock) = text.split_once('T').unwrap_or(("", &text));
    let clock = clock.trim_end_matches('Z');
    if *day == date {
        return clock.to_owned();
    }
    date.clone_into(day);
    format!("{date}\n{clock}")
}

fn attributes(record: &LogRecord, common: &[&KeyValue], all: bool) -> String {
    let mut shown: Vec<String> = Vec::new();
    if let Some(body) = &record.body {
        shown.push(format!("(body) {}", clip(&view::one_line(body), all)));
    }
    if !record.severity_text.is_empty() && record.severity_text != "INFO" {
        shown.push(format!("(severity) {}", visible(&record.severity_text)));
    }
    let mut seen: BTreeSet<Vec<u8>> = BTreeSet::new();
    for pair in &record.attributes {
        let is_said = common.contains(&pair) || IN_COLUMNS.contains(&pair.key.as_str());
        // OpenTelemetry's name for a value that stands there under its own already.
        let is_second =
            is_conventional(&pair.key) && pair.value.as_ref().is_some_and(|value| seen.contains(&print(value)));
        if all || !(is_said || is_second) {
            shown.push(format!("{}={}", visible(&pair.key), value(pair, all)));
        }
        seen.extend(pair.value.as_ref().map(print));
    }
    if shown.is_empty() { "-".into() } else { shown.join("  ") }
}

fn is_conventional(key: &str) -> bool {
    ["gen_ai.", "http.", "user.id"].iter().any(|prefix| key.starts_with(prefix))
}

fn print(value: &AnyValue) -> Vec<u8> {
    view::one_line(value).into_bytes()
}

fn clip(text: &str, all: bool) -> String {
    if all { text.to_owned() } else { clipped(text, CLIP).into_owned() }
}
