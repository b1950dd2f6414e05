//! Passwords in tables: `| user | password |`, a line of dashes, and rows; a name and its value in one row; a `.pgpass`.
//!
//! Must not know where a name may stand: the sweep says so. Keeps I5: a table is read for so many rows of so many bytes,
//! and that is paid for.

use super::super::engine::Pass;
use super::super::text::{Alphabet, before, byte, exact_at, is_blank, part, skip, skip_back};
use super::option::{argument, value};
use super::pair::{self, Join};
use super::said::is_encoding;
use super::table::{Trust, trust_at};
use super::value::{Form, is_secret};

/// Looks at the cells that belong to the one in which a name ends at `end`; what comes after it starts at `next`.
pub(super) fn cells(pass: &mut Pass<'_>, end: usize, next: usize) {
    let text = pass.text;
    let line = line_before(text, end);
    let bars = count_bars(part(text, line..end));
    let header_end = line_end(text, next);
    let is_last = bars > 0 && pair::skip_space(text, next) > next;
    if byte(text, next) != Some(b'|') && !is_last {
        return;
    }
    pass.pay(super::JUDGE);
    // The name of something else has more words.
    let bar = memchr::memrchr(b'|', part(text, line..end)).map_or(line, |bar| line + bar + 1);
    if part(text, bar..end).trim_ascii().contains(&b' ') {
        return;
    }
    let below = next_line(text, header_end);
    let mut row = next_line(text, line_end(text, below));
    if !is_rule(part(text, below..row)) {
        // No header: what stands beside the name is its value. Without a bar before it, it is what a shell runs.
        return if bars > 0 {
            cell(pass, next + 1)
        };
    }
    for _ in 0..MOST_ROWS {
        pass.pay(super::JUDGE);
        let end = line_end(text, row);
        let line = part(text, row..end);
        let bar = if bars == 0 { Some(0) } else { memchr::memchr_iter(b'|', line).nth(bars - 1).map(|bar| bar + 1) };
        let Some(start) = bar.filter(|_| line.contains(&b'|')) else { return };
        cell(pass, row + start);
        row = next_line(text, end);
    }
}

/// `api_key,…`: the name ends at `end`, and a line begins with it.
pub(in crate::detect) fn beside(pass: &mut Pass<'_>, end: usize) {
    pass.pay(super::JUDGE);
    let text = pass.text;
    let name = skip_back(text, end, LONGEST_FIELD, |byte| Alphabet::WordDash.has(byte) || matches!(byte, b' ' | b'.'));
    let line = part(text, end + 1..end + LONGEST_LINE);
    let length = memchr::memchr3(b',', b'\n', b'\r', line).unwrap_or(line.len());
    let value = part(line, 0..length);
    if before(text, name).is_none_or(|byte| byte == b'\n')
        && value.iter().all(u8::is_ascii_graphic)
        && let Some(trust) = trust_at(text, end).filter(|&trust| trust >= Trust::Little)
        && is_secret(value, trust.min(Trust::Little), Form::quoted(Join::Assigned))
    {
        pass.report(super::ID, end + 1, end + 1 + length);
    }
}

/// `host:5432:database:user:…`, as a `.pgpass` has it, of which the port ends at `end`.
pub(super) fn line(pass: &mut Pass<'_>, end: usize) {
    pass.pay(super::JUDGE);
    let text = pass.text;
    let field = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.*".contains(&byte);
    let host = end.saturating_sub(b":5432".len());
    let first = skip_back(text, host, LONGEST_FIELD, field);
    let database = skip(part(text, 0..end + LONGEST_FIELD), end + 1, field);
    let user = skip(part(text, 0..database + LONGEST_FIELD), database + 1, field);
    let filled = first < host && database > end + 1 && user > database + 1;
    if filled && byte(text, database) == Some(b':') && byte(text, user) == Some(b':') {
        let (from, to) = value(pass, user + 1);
        argument(pass, from, to);
    }
}

/// The longest name of a host, a database or a user.
const LONGEST_FIELD: usize = 64;

/// Reports the cell that starts at `start` unless there is no secret in it.
fn cell(pass: &mut Pass<'_>, start: usize) {
    let text = pass.text;
    let sign = |byte: u8| is_blank(byte) || b"`*\r".contains(&byte);
    let start = skip(part(text, 0..start + LONGEST_LINE), start, sign);
    let cell = part(text, start..line_end(text, start));
    let cell = cell.split(|&byte| byte == b'|').next().unwrap_or_default();
    let signs = cell.iter().rev().take_while(|&&byte| sign(byte)).count();
    let end = start + cell.len() - signs;
    let form = Form::quoted(Join::Assigned);
    let cell = part(text, start..end);
    // A type, and how something is encrypted, are no passwords.
    let is_other = cell.iter().any(|byte| b" (".contains(byte)) || is_encoding(cell);
    if !is_other && is_secret(cell, Trust::Some, form) {
        pass.report(super::ID, start, end);
    }
}

/// Whether the line parts a header from the rows of a table.
fn is_rule(line: &[u8]) -> bool {
    let line = line.strip_suffix(b"\\n").unwrap_or(line);
    line.contains(&b'-') && line.trim_ascii().iter().all(|byte| b"|-+:= ".contains(byte))
}

fn count_bars(line: &[u8]) -> usize {
    memchr::memchr_iter(b'|', line).count()
}

/// Where the line starts that `at` is in, if that is near.
fn line_before(text: &[u8], at: usize) -> usize {
    let reach = at.saturating_sub(LONGEST_LINE);
    let line = part(text, reach..at);
    let end =
        memchr::memrchr(b'\n', line).map(|end| end + 1).max(memchr::memmem::rfind(line, ESCAPED).map(|end| end + 2));
    reach + end.unwrap_or_default()
}

/// Where the line ends that `at` is in, or what is read of it does.
fn line_end(text: &[u8], at: usize) -> usize {
    let line = part(text, at..at + LONGEST_LINE);
    let line = memchr::memchr(b'\n', line).map_or(line, |end| part(line, 0..end));
    at + memchr::memmem::find(line, ESCAPED).unwrap_or(line.len())
}

/// Where the line starts after the one that ends at `end`.
fn next_line(text: &[u8], end: usize) -> usize {
    end + if exact_at(text, end, ESCAPED) { ESCAPED.len() } else { 1 }
}

/// How a line ends in a string.
const ESCAPED: &[u8] = b"\\n";

/// The longest row that is read, and how many are.
const LONGEST_LINE: usize = 256;
const MOST_ROWS: usize = 16;
