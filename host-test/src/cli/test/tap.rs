//! Results of tests in the Test Anything Protocol, version 14.
//!
//! Must not know how a case is run.

use std::io::{self, Write};

use super::Ran;
use crate::cli::screen::visible;

pub(super) fn print(suites: &[Ran], out: &mut impl Write) -> io::Result<()> {
    let cases = suites.iter().flat_map(|suite| suite.cases.iter().map(move |case| (suite, case)));
    writeln!(out, "TAP version 14\n1..{}", suites.iter().map(|suite| suite.cases.len()).sum::<usize>())?;
    for (at, (suite, case)) in cases.enumerate() {
        let verdict = if case.wrong.is_empty() { "ok" } else { "not ok" };
        writeln!(out, "{verdict} {} - {}: {}", at + 1, escaped(&suite.name), escaped(&case.name))?;
        if !case.wrong.is_empty() {
            writeln!(out, "  ---\n  wrong:")?;
            for wrong in &case.wrong {
                // A JSON string is a YAML string.
                writeln!(out, "    - {}", serde_json::Value::from(wrong.as_str()))?;
            }
            writeln!(out, "  ...")?;
        }
    }
    Ok(())
}

/// `#` begins a directive, which would make a failure one that is expected.
fn escaped(text: &str) -> String {
    visible(text).replace('\\', "\\\\").replace('#', "\\#")
}
