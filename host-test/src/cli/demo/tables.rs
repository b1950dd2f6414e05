//! Tables of the demo: records before and after, and the report.
//!
//! Must not know OTLP. Every text passes [`visible`], for it came from outside once.

use std::collections::BTreeMap;

use anstream::{AutoStream, ColorChoice};
use comfy_table::{Attribute, Cell, Color, ContentArrangement, Table, presets};
use serde_json::Value;

use crate::cli::demo::records::{Batch, Part};
use crate::cli::screen::{clipped, visible};

/// What is told of a record even where it stays as it was: a person wants to see that dashboards go on working.
const TELLING: [&str; 8] = [
    "cached_token_count",
    "input_token_count",
    "model",
    "output_token_count",
    "service.name",
    "success",
    "tool_name",
    "user.email",
];

/// The records that tell the most: what was asked, what was run, what it cost.
const SHOWN: [(&str, &str); 4] = [
    ("resource", ""),
    ("codex.user_prompt", "prompt"),
    ("codex.tool_result", "output"),
    ("codex.sse_event", "input_token_count"),
];

/// Characters of a value that are shown.
const CLIP: usize = 240;

/// The width where there is no terminal to ask.
const WIDTH: u16 = 110;

pub(super) struct Titled {
    pub(super) title: String,
    pub(super) body: Table,
}

/// One table for each telling record: the values that changed, and those that a dashboard needs.
pub(super) fn before_after(before: &Batch, after: &Batch) -> Vec<Titled> {
    let pairs: Vec<_> = before.parts.iter().zip(&after.parts).collect();
    let telling = |&(name, with): &(&str, &str)| {
        pairs.iter().find(|(part, _)| part.name == name && (with.is_empty() || value(part, with).is_some()))
    };
    SHOWN.iter().filter_map(telling).map(|(before, after)| compare(before, after)).collect()
}

fn compare(before: &Part, after: &Part) -> Titled {
    let mut table = table(["", "before", "after"]);
    for (name, old) in &before.values {
        let new = value(after, name);
        if new != Some(old) || TELLING.contains(&name.as_str()) {
            table.add_row([label(name), shown(old), changed(old, new)]);
        }
    }
    for (name, new) in &after.values {
        if value(before, name).is_none() {
            table.add_row([label(name), Cell::new("—").fg(Color::DarkGrey), shown(new).fg(Color::Green)]);
        }
    }
    Titled { title: visible(&before.name).into_owned(), body: table }
}

fn value<'a>(part: &'a Part, name: &str) -> Option<&'a String> {
    part.values.iter().find(|(other, _)| other == name).map(|(_, value)| value)
}

/// The counts, one a line, the larger groups first by their name.
pub(super) fn report(json: &str) -> Table {
    let mut table = table(["", "", ""]);
    table.set_header(["what", "which", "count"].map(|title| Cell::new(title).fg(Color::DarkGrey)));
    let counts: BTreeMap<String, Value> = serde_json::from_str(json).unwrap_or_default();
    for (what, value) in counts {
        match value {
            Value::Object(members) => {
                for (which, count) in members {
                    table.add_row([label(&what), Cell::new(visible(&which)), Cell::new(count)]);
                }
            }
            Value::String(text) => {
                table.add_row([label(&what), Cell::new(clipped(&visible(&text), 16)), Cell::new("")]);
            }
            count => {
                table.add_row([label(&what), Cell::new(""), Cell::new(count)]);
            }
        }
    }
    table
}

fn table(header: [&str; 3]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(header.map(|title| Cell::new(title).fg(Color::DarkGrey)));
    table.set_width(table.width().unwrap_or(WIDTH));
    if AutoStream::choice(&std::io::stdout()) == ColorChoice::Never {
        table.force_no_tty();
    }
    table
}

fn label(name: &str) -> Cell {
    Cell::new(visible(name)).add_attribute(Attribute::Bold)
}

fn shown(value: &str) -> Cell {
    Cell::new(clipped(&visible(value), CLIP))
}

fn changed(old: &str, new: Option<&String>) -> Cell {
    match new {
        None => Cell::new("(dropped)").fg(Color::Green),
        Some(new) if new == old => shown(new),
        Some(new) => shown(new).fg(Color::Green),
    }
}
