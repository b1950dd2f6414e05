//! Tables of the demo: records before and after, and the report.
//!
//! Must not know OTLP. Every text passes [`visible`], for it came from outside once.

use std::collections::{BTreeMap, BTreeSet};

use comfy_table::{Attribute, Cell, Color, ContentArrangement, LineStyle, Table, presets};
use serde_json::Value;

use crate::cli::demo::records::{Batch, Part};
use crate::cli::screen::{clipped, fit, visible};

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
const CLIP: usize = 420;

pub(super) struct Titled {
    pub(super) title: String,
    pub(super) body: Table,
}

/// One table for each telling record: the values that changed, those that a dashboard needs, and the names that came.
pub(super) fn before_after(before: &Batch, after: &Batch) -> Vec<Titled> {
    let pairs: Vec<_> = before.parts.iter().zip(&after.parts).collect();
    let telling = |&(name, with): &(&str, &str)| {
        pairs.iter().find(|(part, _)| part.name == name && (with.is_empty() || value(part, with).is_some()))
    };
    // Who and which model is the same in every record: said once.
    let mut said = BTreeSet::new();
    SHOWN.iter().filter_map(telling).map(|(before, after)| compare(before, after, &mut said)).collect()
}

fn compare<'a>(before: &'a Part, after: &Part, said: &mut BTreeSet<(&'a str, &'a str)>) -> Titled {
    let mut table = table(["", "before", "after"]);
    for (name, old) in &before.values {
        let new = value(after, name);
        let telling = new != Some(old) || TELLING.contains(&name.as_str());
        if telling && said.insert((name.as_str(), old.as_str())) {
            table.add_row([label(name), shown(old), changed(old, new)]);
        }
    }
    let came = after.values.iter().filter(|(name, _)| value(before, name).is_none());
    let came: Vec<_> = came.map(|(name, new)| format!("{} = {}", visible(name), visible(new))).collect();
    if !came.is_empty() {
        let added = Cell::new(came.join("\n")).fg(Color::DarkGrey);
        table.add_row([Cell::new("(added names)").fg(Color::DarkGrey), Cell::new(""), added]);
    }
    Titled { title: visible(&before.name).into_owned(), body: table }
}

fn value<'a>(part: &'a Part, name: &str) -> Option<&'a String> {
    part.values.iter().find(|(other, _)| other == name).map(|(_, value)| value)
}

/// The counts that are not zero, a line for each group.
pub(super) fn report(json: &str) -> Table {
    let mut table = table(["", "", ""]);
    table.set_header(["what", "count", "which"].map(|title| Cell::new(title).fg(Color::DarkGrey)));
    let counts: BTreeMap<String, Value> = serde_json::from_str(json).unwrap_or_default();
    for (what, value) in counts {
        let (count, which) = match value {
            Value::Object(members) => group(&members),
            Value::String(text) => (String::new(), clipped(&visible(&text), 16).into_owned()),
            count => (count.to_string(), String::new()),
        };
        table.add_row([label(&what), Cell::new(count), Cell::new(which)]);
    }
    table
}

/// The sum of a group, and its parts.
fn group(members: &serde_json::Map<String, Value>) -> (String, String) {
    let counts = members.iter().filter_map(|(which, count)| Some((which, count.as_u64().filter(|count| *count > 0)?)));
    let sum: u64 = counts.clone().map(|(_, count)| count).sum();
    let which: Vec<_> = counts.map(|(which, count)| format!("{} {count}", visible(which))).collect();
    (sum.to_string(), which.join(", "))
}

fn table(header: [&str; 3]) -> Table {
    let mut table = Table::new();
    let style = presets::UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none());
    table.load_style(style).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(header.map(|title| Cell::new(title).fg(Color::DarkGrey)));
    fit(&mut table);
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
