//! Options of commands: `--password …`, `curl -u user:…`, `sshpass -p …`, `mysql -p…`.
//!
//! Must not know where an option may start: the sweep says so. One letter means something else to every command, so the
//! command has to stand before. Keeps I5: so much of a line is looked back at, and a value ends at a blank.

use super::super::engine::Pass;
use super::super::text::{before, byte, exact_at, is_blank, part, skip};
use super::pair::{self, Join};
use super::table::{Trust, may_end};
use super::value::{Form, is_path, is_secret};

/// Looks at the option of a command that starts at `start`: its value may stand apart.
pub(in crate::detect) fn option(pass: &mut Pass<'_>, start: usize) {
    let text = pass.text;
    let end = skip(text, start, |byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    let apart = byte(text, end).is_some_and(|byte| is_blank(byte) || byte == b'=');
    let name = part(text, start..end);
    if apart && USER_OPTIONS.contains(&name) {
        user(pass, end + 1);
    } else if apart && may_end(text, end) {
        super::look(pass, end);
    } else if before(text, start.saturating_sub(1)) != Some(b'-') {
        letter(pass, start, apart && end == start + 1);
    }
}

/// Options of commands that speak HTTP or SMB whose value is a user and a password.
const USER_OPTIONS: [&[u8]; 5] = [b"u", b"user", b"proxy-user", b"U", b"http-user"];

const COMMANDS: [&[u8]; 5] = [b"curl", b"wget", b"http", b"smbclient", b"rpcclient"];

/// Options of one letter whose value is a password, and the commands that have them. Of some it follows at once.
const LETTERS: &[Letter] = &[
    Letter {
        letter: b'p',
        attached: false,
        commands: &[
            b"sshpass",
            b"docker login",
            b"podman login",
            b"buildah login",
            b"registry login",
            b"az login",
            b"skopeo login",
            b"mongo",
            b"rdesktop",
            b"crackmapexec",
            b"netexec",
            b"twine upload",
        ],
    },
    Letter { letter: b'p', attached: true, commands: &[b"sshpass", b"mysql", b"mariadb", b"7z ", b"7za ", b"unrar "] },
    Letter {
        letter: b'P',
        attached: false,
        commands: &[b"sqlcmd", b"zip ", b"bcp ", b"isql", b"ssh ", b"scp ", b"ipmitool"],
    },
    Letter { letter: b'a', attached: false, commands: &[b"redis-cli"] },
    Letter { letter: b'k', attached: false, commands: &[b"openssl enc"] },
    Letter {
        letter: b'w',
        attached: false,
        commands: &[
            b"ldapsearch",
            b"ldapmodify",
            b"ldapadd",
            b"ldapwhoami",
            b"add-generic-password",
            b"add-internet-password",
        ],
    },
];

/// An option of one letter.
struct Letter {
    letter: u8,
    /// Whether the value follows the letter without a blank.
    attached: bool,
    commands: &'static [&'static [u8]],
}

/// `-p value` or `-pvalue` after a command that takes a password so. A number may be a port.
fn letter(pass: &mut Pass<'_>, start: usize, apart: bool) {
    let text = pass.text;
    let Some(first) = byte(text, start) else { return };
    let mut rows = LETTERS.iter().filter(|row| row.letter == first && row.attached != apart).peekable();
    // Another option is no value. The line is looked back at only for what could be one.
    let value_start = start + 1 + usize::from(apart);
    pass.pay(if rows.peek().is_some() { super::JUDGE } else { 0 });
    if rows.peek().is_none()
        || byte(text, value_start) == Some(b'-')
        || !rows.any(|row| has_command(text, start, row.commands))
    {
        return;
    }
    let (from, to) = value(text, value_start);
    let found = part(text, from..to);
    let form = Form { quoted: true, join: Join::Option, code: false };
    let number = found.iter().all(|byte| byte.is_ascii_digit() || *byte == b':');
    if !found.starts_with(b"-") && !number && !is_path(found) && is_secret(found, Trust::Full, form) {
        pass.report(super::ID, from, to);
    }
}

/// Whether the line before `at` has one of `commands`.
fn has_command(text: &[u8], at: usize, commands: &[&[u8]]) -> bool {
    let line = part(text, at.saturating_sub(FARTHEST_COMMAND)..at);
    let line = memchr::memrchr3(b'\n', b';', b'|', line).and_then(|end| line.get(end..)).unwrap_or(line);
    commands.iter().any(|command| memchr::memmem::find(line, command).is_some())
}

/// The word of a shell that starts at `start`.
fn value(text: &[u8], start: usize) -> (usize, usize) {
    match pair::opening(text, start) {
        Some(quote) => (quote.inside, pair::string_end(text, quote)),
        None => (start, skip(text, start, |byte| !byte.is_ascii_whitespace() && !b"\"'`\\<".contains(&byte))),
    }
}

/// `curl -u user:password`: what stands before a blank or the closing quote, if it has a colon inside.
fn user(pass: &mut Pass<'_>, start: usize) {
    let text = pass.text;
    let word = part(text, start..start + SHORT_WORD).split(u8::is_ascii_whitespace).next().unwrap_or_default();
    // Nothing is looked back at for a word that is no pair.
    if word.len() < SHORT_WORD && pair_sign(word).is_none() && pair::opening(text, start).is_none() {
        return;
    }
    pass.pay(super::JUDGE);
    let line = part(text, start.saturating_sub(FARTHEST_COMMAND)..start);
    if !COMMANDS.iter().any(|command| memchr::memmem::find(line, command).is_some()) {
        return;
    }
    let (start, end) = value(text, start);
    // `"user":"password"` is two quoted strings and one word of a shell.
    let joined = [&b"\":\""[..], b"':'"].iter().any(|joint| exact_at(text, end, joint));
    let end = match pair::opening(text, end + 2).filter(|_| joined) {
        Some(quote) => pair::string_end(text, quote),
        None => end,
    };
    let value = part(text, start..end);
    let Some(colon) = pair_sign(value) else { return };
    let password = value.get(colon + 1..).unwrap_or_default();
    let password = [b"\"", b"'"].iter().fold(password, |rest, quote| rest.strip_prefix(*quote).unwrap_or(rest));
    let form = Form { quoted: true, join: Join::Option, code: false };
    let user = value.get(..colon).unwrap_or_default();
    let sample = user == password
        || SAMPLES.contains(&password)
        || [&b"{{"[..], b"${", b"["].iter().any(|open| password.starts_with(open));
    if !sample && is_secret(password, Trust::Full, form) {
        pass.report(super::ID, start, end);
    }
}

/// Where a user and a password are joined. A client of shares has a sign of its own.
fn pair_sign(word: &[u8]) -> Option<usize> {
    memchr::memchr2(b':', b'%', word)
}

/// A longer word is read whole.
const SHORT_WORD: usize = 64;

/// Passwords of examples in manuals.
const SAMPLES: [&[u8]; 5] = [b"pass", b"passwd", b"pwd", b"test", b"yyy"];

/// How far before an option the command may stand.
const FARTHEST_COMMAND: usize = 256;
