//! Passwords that one command writes and the next one reads: `echo … | sudo -S`, `echo "user:…" | chpasswd`, `sudo -S <<< …`.
//!
//! Must not know where a command may stand: the sweep says so. Keeps I5: so much of a line is looked back at.

use super::super::engine::Pass;
use super::super::text::{byte, exact_at, is_blank, part, skip};
use super::option::{FARTHEST_COMMAND, argument, value};
use super::{calls, quote};

/// An option by which a command reads a password, and the command; any, if it is of no other use.
struct Reader {
    option: &'static [u8],
    command: &'static [u8],
}

const READERS: [Reader; 3] = [
    Reader { option: b"password-stdin", command: b"" },
    Reader { option: b"stdin", command: b"passwd" },
    Reader { option: b"S", command: b"sudo" },
];

/// Whether a password may be read because of this option.
pub(super) fn may_read(option: &[u8]) -> bool {
    READERS.iter().any(|reader| reader.option == option)
}

/// Looks for what a command writes to the one that has `option` at `at`.
pub(super) fn read(pass: &mut Pass<'_>, option: &[u8], at: usize) {
    pass.pay(super::JUDGE);
    let text = pass.text;
    let from = at.saturating_sub(FARTHEST_COMMAND);
    let line = part(text, from..at);
    let reads = |command: &[u8]| {
        READERS.iter().any(|row| row.option == option && memchr::memmem::find(command, row.command).is_some())
    };
    let own = memchr::memrchr3(b'|', b'\n', b';', line).unwrap_or_default();
    let behind = command(part(text, at..at + LONGEST_PAIR));
    if let Some(here) = memchr::memmem::find(behind, b"<<<").filter(|_| reads(part(line, own..line.len()))) {
        let (from, to) = value(pass, skip(text, at + here + 3, is_blank));
        argument(pass, from, to);
    }
    let Some(bar) = memchr::memrchr(b'|', line) else { return };
    let before = part(line, 0..bar);
    let Some(echo) = WRITERS.iter().filter_map(|word| Some(memchr::memmem::rfind(before, word)? + word.len())).max()
    else {
        return;
    };
    if memchr::memchr(b'\n', part(line, echo..line.len())).is_none() && reads(part(line, bar..line.len())) {
        written(pass, from + echo, from + bar);
    }
}

/// What of `line` belongs to the command that it begins in.
fn command(line: &[u8]) -> &[u8] {
    memchr::memchr3(b'\n', b';', b'|', line).and_then(|end| line.get(..end)).unwrap_or(line)
}

const WRITERS: [&[u8]; 2] = [b"echo ", b"printf "];

/// The last of the arguments that stand at `start..end`.
fn written(pass: &mut Pass<'_>, start: usize, end: usize) {
    let text = pass.text;
    let mut at = start;
    // An option, a format, and what is written.
    for _ in 0..3 {
        let (from, to) = value(pass, skip(text, at, is_blank));
        // What a command writes is none of this text.
        if exact_at(text, from, b"$(") || byte(text, from) == Some(b'`') {
            return;
        }
        let after = skip(text, quote::closing_quote(text, to).unwrap_or(to), is_blank);
        if after >= end {
            return argument(pass, from, to.min(end));
        }
        at = after;
    }
}

/// `echo "user:…" | chpasswd`, `echo -n "user:…" | base64`, of which `echo` ends at `end`.
pub(super) fn echoed(pass: &mut Pass<'_>, end: usize) {
    let text = pass.text;
    let Some(quote) = quote::opening(text, end + 1) else { return };
    pass.pay(super::JUDGE);
    let inside = part(text, quote.inside..quote.inside + LONGEST_PAIR);
    let Some(colon) = memchr::memchr2(b':', b' ', inside).filter(|&at| inside.get(at) == Some(&b':')) else { return };
    let close = quote::string_end(part(text, 0..quote.inside + LONGEST_PAIR), quote);
    let after = quote::closing_quote(text, close).map_or(close, |after| skip(text, after, is_blank));
    let next = command(part(text, after + 1..after + LONGEST_PAIR));
    if byte(text, after) != Some(b'|') {
        return;
    }
    if memchr::memmem::find(next, b"chpasswd").is_some() {
        argument(pass, quote.inside + colon + 1, close);
    } else if memchr::memmem::find(next, b"base64").is_some() && calls::is_pair(part(text, quote.inside..close)) {
        pass.report(super::ID, quote.inside, close);
    }
}

/// The longest user and password, and the longest way to `chpasswd`.
const LONGEST_PAIR: usize = 128;
