//! Tables and their colours, as wide as the screen.
//!
//! Must not know what stands in a table. Whoever fills one makes its text [`visible`] first.

use anstream::{AutoStream, ColorChoice};
use comfy_table::{ContentArrangement, Table};

pub(super) use crate::view::{clipped, visible};

/// The width where there is no terminal to ask, or one that cannot show three columns.
const WIDTH: u16 = 110;
const NARROWEST: u16 = 60;

/// An empty table without lines, as wide as the terminal, with colours where the standard output has them.
pub(super) fn table() -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    fit(&mut table);
    table
}

/// The table's lines without the padding on the left, and without the spaces that fill the last column.
pub(super) fn flush_left(mut table: Table) -> String {
    for column in table.column_iter_mut() {
        // A column comes with a space on either side: the one on the right is enough.
        column.set_padding((0, column.padding_width().saturating_sub(1)));
    }
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    lines.join("\n")
}

/// Makes a table as wide as the terminal, with colours where the standard output has them.
pub(super) fn fit(table: &mut Table) {
    table.set_width(width(table));
    match AutoStream::choice(&std::io::stdout()) {
        ColorChoice::Never => table.force_no_tty(),
        _ => table.enforce_styling(),
    };
}

fn width(table: &Table) -> u16 {
    // A width that a person set is meant for output that goes to a file, too.
    let set = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    table.width().or(set).filter(|width| *width >= NARROWEST).unwrap_or(WIDTH)
}
