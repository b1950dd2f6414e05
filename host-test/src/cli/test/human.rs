//! Results of tests for people: what passed in a line, what failed with its reasons.
//!
//! Must not know how a case is run.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::Ran;
use crate::cli::screen::visible;

const PASSED: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));
const FAILED: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
const HEADING: Style = Style::new().bold();
const ASIDE: Style = Style::new().dimmed();

pub(super) fn print(suites: &[Ran], out: &mut impl Write) -> io::Result<()> {
    let (mut passed, mut failed) = (0, 0);
    for suite in suites {
        let (name, policy) = (visible(&suite.name), visible(&suite.policy));
        writeln!(out, "{HEADING}{name}{HEADING:#} {ASIDE}by {policy}{ASIDE:#}")?;
        for case in &suite.cases {
            let name = visible(&case.name);
            if case.wrong.is_empty() {
                passed += 1;
                writeln!(out, "  {PASSED}ok{PASSED:#}    {name}")?;
                continue;
            }
            failed += 1;
            writeln!(out, "  {FAILED}FAIL{FAILED:#}  {name}")?;
            for wrong in &case.wrong {
                writeln!(out, "        {wrong}")?;
            }
        }
        writeln!(out)?;
    }
    writeln!(out, "{passed} passed, {failed} failed")
}
