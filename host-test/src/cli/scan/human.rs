//! Findings as lines that people and editors read, and what was not looked into.
//!
//! Must not know texts. Keeps I1: names of files are shown with what would act on a terminal spelt out.

use std::io::{self, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};

use super::answer::Answer;
use super::is_stream;
use crate::cli::screen::visible;

const PLACE: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Cyan)));
const NAME: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));

/// `path:line:column detector`, a line for each finding.
pub(super) fn write(answer: &Answer<'_>, out: &mut impl Write) -> io::Result<()> {
    for (path, found) in &answer.found {
        let name = name(path);
        for it in found {
            let (line, column, id) = (it.start.line, it.start.column, it.rule.id);
            writeln!(out, "{PLACE}{name}:{line}:{column}{PLACE:#} {NAME}{id}{NAME:#}")?;
        }
    }
    Ok(())
}

/// What was not looked into, and, of more than one file, a sum.
pub(super) fn notes(answer: &Answer<'_>, out: &mut impl Write) -> io::Result<()> {
    for path in &answer.too_large {
        writeln!(out, "{}: not looked into: too large, see --max-size", name(path))?;
    }
    for (path, why) in &answer.unread {
        writeln!(out, "{}: not looked into: {}", name(path), visible(why))?;
    }
    if answer.files + answer.binary + answer.too_large.len() < 2 {
        return Ok(());
    }
    let (findings, with) = (count(answer.findings(), "finding"), answer.found.len());
    write!(out, "{findings} in {with} of {}", count(answer.files, "file"))?;
    if answer.binary > 0 {
        write!(out, ", {} left out as binary", count(answer.binary, "file"))?;
    }
    if !answer.too_large.is_empty() {
        write!(out, ", {} as too large", answer.too_large.len())?;
    }
    writeln!(out)
}

/// A file as answers call it.
pub(super) fn name(path: &Path) -> String {
    if is_stream(path) { "<stdin>".into() } else { visible(&path.display().to_string()).into_owned() }
}

fn count(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use airlock::{Airlock, Keys};

    use super::super::look::{Looked, found};
    use super::*;

    /// Scenario: a finding in a file whose name is an escape.
    /// Guarantees: nothing of what was found, nothing that acts.
    #[test]
    fn names_cannot_act() {
        let airlock = Airlock::open("{}", &Keys::new()).unwrap();
        let mut answer = Answer::default();
        answer.take(Path::new("a\u{1b}\n.txt"), true, Looked::Found(found(&airlock, "to dave@example.com")));
        let mut out = Vec::new();
        write(&answer, &mut anstream::StripStream::new(&mut out)).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a\\u{1b}\\n.txt:1:4 email\n");
    }
}
