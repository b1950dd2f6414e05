//! `airlock preview`: what a policy would change in a batch, as a diff.
//!
//! Must not know the rules. Keeps I1: what is shown of a value is what [`crate::preview`] says may be shown.

use std::io::Write;

use airlock::Verdict;
use anstyle::Style;
use comfy_table::{Attribute, Cell, CellAlignment, Color, ColumnConstraint, Width};

use crate::cli::batch::BatchArguments;
use crate::cli::failure::Failure;
use crate::cli::screen::{flush_left, table, visible};
use crate::preview::{Group, Grouping, Line, Preview, What};

#[derive(Debug, clap::Args)]
#[command(after_help = NOTES)]
pub(super) struct Arguments {
    #[command(flatten)]
    batch: BatchArguments,
    /// Show each record by itself; without it, alike changes of one event are shown once, with a count
    #[arg(long)]
    each: bool,
}

const NOTES: &str = "\
Nothing is written. A value that the policy masks is shown by its kind and size, never by what it
says; names that the policy does not know are listed here, as no report does.

  -  dropped   +  added   ~  normalised   #  masked, with the rule or the detector

Examples:
  airlock preview batch.binpb
  airlock preview --policy team.yaml --each batch.binpb
  airlock preview --policy team.yaml --color always batch.binpb | less -R";

const HEADING: Style = Style::new().bold();
const ASIDE: Style = Style::new().dimmed();

pub(super) fn preview(arguments: &Arguments) -> Result<(), Failure> {
    let batch = &arguments.batch;
    let native = batch.native()?;
    let (bytes, encoding) = batch.read()?;
    let grouping = if arguments.each { Grouping::ByRecord } else { Grouping::ByEvent };
    let preview = Preview::of(&native, &bytes, encoding, &batch.admission(&native)?, grouping)?;

    let mut out = anstream::stdout().lock();
    let (input, policy) = (batch.input_name(), batch.policy_name());
    writeln!(out, "{HEADING}{}{HEADING:#} by {}: {}", visible(&input), visible(&policy), summary(&preview))?;
    writeln!(out, "{ASIDE}- dropped  + added  ~ normalised  # masked  = as it came{ASIDE:#}")?;
    let widths = Widths::of(&preview.groups);
    for group in &preview.groups {
        if group.lines.is_empty() && group.dropped.is_empty() && group.stays.is_empty() {
            continue;
        }
        writeln!(out, "\n{HEADING}{}{HEADING:#}{ASIDE}{}{ASIDE:#}", group.title, times(group.count))?;
        for (why, count) in &group.dropped {
            let records = if *count == 1 { "1 record would".into() } else { format!("{count} records would") };
            writeln!(out, "- {records} not leave: {why}")?;
        }
        if !group.lines.is_empty() {
            writeln!(out, "{}", lines(group, &widths))?;
        }
        if !group.stays.is_empty() {
            writeln!(out, "{}", stays(group))?;
        }
    }
    unknown(&preview, &mut out)?;
    Ok(out.flush()?)
}

fn summary(preview: &Preview) -> String {
    let (came, leaves) = preview.records;
    let records =
        if came == leaves { format!("{came} records") } else { format!("{came} records, {leaves} would leave") };
    let verdict = match preview.verdict {
        Verdict::Dropped => "nothing would leave".into(),
        Verdict::Rewritten => format!("{} bytes would become {}", preview.bytes.0, preview.bytes.1),
        Verdict::Unchanged => "it would leave as it came".into(),
    };
    format!("{records}; {verdict}")
}

fn times(count: usize) -> String {
    if count <= 1 { String::new() } else { format!(" × {count}") }
}

/// The widths of the columns that stand under each other from group to group.
struct Widths {
    name: u16,
    why: u16,
}

impl Widths {
    fn of(groups: &[Group]) -> Self {
        let lines = || groups.iter().flat_map(|group| &group.lines);
        let most = |widths: &mut dyn Iterator<Item = usize>, limit: u16| {
            u16::try_from(widths.max().unwrap_or_default()).unwrap_or(limit).clamp(1, limit)
        };
        Self {
            name: most(&mut lines().map(|line| name(line).chars().count()), 42),
            why: most(&mut lines().map(|line| line.why.chars().count()), 22),
        }
    }
}

/// The width of `× 1000`.
const COUNT: u16 = 6;

fn lines(group: &Group, widths: &Widths) -> String {
    let mut table = table();
    for line in &group.lines {
        let (mark, color) = match line.what {
            What::Added => ("+", Color::Green),
            What::Dropped => ("-", Color::Red),
            What::Normalised => ("~", Color::Yellow),
            What::Redacted => ("#", Color::Magenta),
        };
        let count = if line.count == group.staying() { String::new() } else { format!("× {}", line.count) };
        table.add_row([
            Cell::new(mark).fg(color).add_attribute(Attribute::Bold),
            Cell::new(name(line)).fg(color),
            Cell::new(change(line)),
            Cell::new(&line.why).add_attribute(Attribute::Dim),
            Cell::new(count).add_attribute(Attribute::Dim).set_alignment(CellAlignment::Right),
        ]);
    }
    let screen = table.width().unwrap_or_default();
    let rest = screen.saturating_sub(1 + widths.name + widths.why + COUNT + 5).max(20);
    for (at, width) in [(0, 1), (1, widths.name), (2, rest), (3, widths.why), (4, COUNT)] {
        if let Some(column) = table.column_mut(at) {
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width + 1)));
        }
    }
    flush_left(table)
}

/// A field of the encoding stands in brackets, as no attribute's name does.
fn name(line: &Line) -> String {
    if line.is_field { format!("({})", line.name) } else { line.name.clone() }
}

fn change(line: &Line) -> String {
    match line.what {
        What::Added => line.after(),
        What::Dropped => format!("{} → dropped", line.before()),
        What::Normalised | What::Redacted => format!("{} → {}", line.before(), line.after()),
    }
}

fn stays(group: &Group) -> String {
    let mut table = table();
    let names = format!("as it came: {}", group.stays.join(", "));
    table.add_row(["=", names.as_str()].map(|text| Cell::new(text).add_attribute(Attribute::Dim)));
    flush_left(table)
}

fn unknown(preview: &Preview, out: &mut impl Write) -> Result<(), Failure> {
    if !preview.unknown_events.is_empty() {
        writeln!(out, "\n{HEADING}unknown events{HEADING:#}: neither the policy nor the catalogue names them")?;
        for (event, count) in &preview.unknown_events {
            writeln!(out, "  {event}{ASIDE}{}{ASIDE:#}", times(*count))?;
        }
    }
    if !preview.unknown_attributes.is_empty() {
        writeln!(out, "\n{HEADING}unknown attributes{HEADING:#}: neither the policy nor the catalogue names them")?;
        for ((event, name), count) in &preview.unknown_attributes {
            writeln!(out, "  {name} {ASIDE}in {event}{}{ASIDE:#}", times(*count))?;
        }
    }
    Ok(())
}
