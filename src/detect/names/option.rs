//! Options of commands: `--password …`, `curl -u user:…`, `sshpass -p …`, `mysql -p…`.
//!
//! Must not know where an option may start: the sweep says so. One letter means something else to every command, so the
//! command has to stand before. Keeps I5: so much of a line is looked back at, and a value ends at a blank.

use super::super::engine::Pass;
use super::super::marker::marker_at;
use super::super::text::{before, byte, exact_at, is_blank, part, skip, skip_back};
use super::pair::Join;
use super::piped;
use super::quote;
use super::table::{Trust, may_end};
use super::value::{Form, is_path, is_secret, looks_dense};

/// Looks at the option of a command that starts at `start`: its value may stand apart.
pub(in crate::detect) fn option(pass: &mut Pass<'_>, start: usize) {
    let text = pass.text;
    let end = skip(text, start, |byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    let apart = byte(text, end).is_some_and(|byte| is_blank(byte) || byte == b'=');
    let name = part(text, start..end);
    if apart && let Some(row) = user_row(pass, name, end + 1) {
        user(pass, row, end + 1);
    } else if apart && let Some(row) = given_row(pass, name, start) {
        given(pass, row, end + 1);
    } else if name.eq_ignore_ascii_case(b"AsPlainText") {
        plain(pass, start, end);
    } else if apart && may_end(text, end) {
        super::look(pass, end);
    } else if piped::may_read(name) {
        piped::read(pass, name, start);
    } else if apart && is_batch(name) {
        batch(pass, name, end + 1);
    } else if before(text, start.saturating_sub(1)) != Some(b'-') {
        letter(pass, start, apart && end == start + 1);
    }
}

/// Options whose value is a user and a password, the commands that have them, and what joins the two.
struct User {
    options: &'static [&'static [u8]],
    commands: &'static [&'static [u8]],
    signs: &'static [u8],
}

/// Of clients of HTTP, of shares, and of FTP.
const USERS: [User; 3] = [
    User {
        options: &[b"u", b"user", b"proxy-user", b"U", b"http-user"],
        commands: &[
            b"curl",
            b"wget",
            b"http",
            b"smbclient",
            b"rpcclient",
            b"net rpc",
            b"net ads",
            b"winexe",
            b"etcdctl",
        ],
        signs: b":%",
    },
    User { options: &[b"a", b"auth"], commands: &[b"http ", b"https ", b"xh "], signs: b":" },
    User { options: &[b"u", b"user"], commands: &[b"lftp"], signs: b"," },
];

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
            b"oc login",
            b"cf login",
            b"nerdctl login",
            b"cqlsh",
            b"cypher-shell",
            b"elasticsearch-users",
            b"evil-winrm",
            b"psexec",
            b"racadm",
            b"unlock-keychain",
            b"useradd",
            b"usermod",
        ],
    },
    Letter { letter: b'p', attached: true, commands: &[b"sshpass", b"mysql", b"mariadb", b"7z ", b"7za ", b"unrar "] },
    Letter {
        letter: b'P',
        attached: false,
        commands: &[b"sqlcmd", b"zip ", b"bcp ", b"isql", b"ssh ", b"scp ", b"ipmitool", b"mosquitto_"],
    },
    Letter { letter: b'a', attached: false, commands: &[b"redis-cli"] },
    Letter {
        letter: b'c',
        attached: false,
        commands: &[b"snmpwalk", b"snmpget", b"snmpset", b"snmpbulkwalk", b"snmpbulkget", b"snmptable"],
    },
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
    let (from, to) = value(pass, value_start);
    let found = part(text, from..to);
    let form = Form::quoted(Join::Option);
    let number = found.iter().all(|byte| byte.is_ascii_digit() || *byte == b':');
    // What every device answers to is no secret.
    let default = first == b'c' && found == b"public";
    if !found.starts_with(b"-") && !default && !number && !is_path(found) && is_secret(found, Trust::Full, form) {
        pass.report(super::ID, from, to);
    }
}

/// Whether the line before `at` has one of `commands`.
fn has_command(text: &[u8], at: usize, commands: &[&[u8]]) -> bool {
    let line = part(text, at.saturating_sub(FARTHEST_COMMAND)..at);
    let line = memchr::memrchr3(b'\n', b';', b'|', line).and_then(|end| line.get(end..)).unwrap_or(line);
    commands.iter().any(|command| memchr::memmem::find(line, command).is_some())
}

/// The word of a shell that starts at `start`, which is paid for by its length.
pub(super) fn value(pass: &mut Pass<'_>, start: usize) -> (usize, usize) {
    let (start, end) = word(pass.text, start);
    pass.pay(end - start);
    (start, end)
}

fn word(text: &[u8], start: usize) -> (usize, usize) {
    match quote::opening(text, start) {
        // A command stands there, or the text that the command is in ends.
        Some(_) if byte(text, start) == Some(b'`') => (start, start),
        Some(quote) => (quote.inside, quote::string_end(text, quote)),
        None => {
            let reach = part(text, 0..start + LONGEST_WORD);
            let end = skip(reach, start, |byte| !byte.is_ascii_whitespace() && !b"\"'`\\<".contains(&byte));
            // A command ends there.
            (start, end - usize::from(end > start && before(text, end) == Some(b';')))
        }
    }
}

/// The command before an option whose value, at `start`, is a user and a password.
fn user_row(pass: &mut Pass<'_>, option: &[u8], start: usize) -> Option<&'static User> {
    USERS.iter().find(|row| row.options.contains(&option))?;
    let text = pass.text;
    let word = part(text, start..start + SHORT_WORD).split(u8::is_ascii_whitespace).next().unwrap_or_default();
    // Nothing is looked back at for a word that is no pair.
    if word.len() < SHORT_WORD
        && !word.iter().any(|byte| b":%,".contains(byte))
        && quote::opening(text, start).is_none()
    {
        return None;
    }
    pass.pay(super::JUDGE);
    let line = part(text, start.saturating_sub(FARTHEST_COMMAND)..start);
    let has = |row: &&User| row.commands.iter().any(|command| memchr::memmem::find(line, command).is_some());
    USERS.iter().filter(|row| row.options.contains(&option)).find(has)
}

/// No password is longer, and a text without blanks has many options.
const LONGEST_WORD: usize = 4096;

/// `curl -u user:password`: what stands before a blank or the closing quote, if it has a colon inside.
fn user(pass: &mut Pass<'_>, row: &User, start: usize) {
    let text = pass.text;
    let (start, end) = value(pass, start);
    // `"user":"password"` is two quoted strings and one word of a shell.
    let joined = [&b"\":\""[..], b"':'"].iter().any(|joint| exact_at(text, end, joint));
    let end = match quote::opening(text, end + 2).filter(|_| joined) {
        Some(quote) => quote::string_end(text, quote),
        None => end,
    };
    // `-u user:'password'`
    if before(text, end).is_some_and(|sign| row.signs.contains(&sign))
        && before(text, start).is_some_and(is_blank)
        && let Some(quote) = quote::opening(text, end)
    {
        return argument(pass, quote.inside, quote::string_end(text, quote));
    }
    let value = part(text, start..end);
    // A user who was taken away is followed by a sign as well, and has one inside.
    let marker = marker_at(text, start).map_or(0, |end| end - start);
    let sign = value.iter().skip(marker).position(|byte| row.signs.contains(byte));
    let Some(colon) = sign.map(|sign| marker + sign) else { return };
    let password = value.get(colon + 1..).unwrap_or_default();
    let password = [b"\"", b"'"].iter().fold(password, |rest, quote| rest.strip_prefix(*quote).unwrap_or(rest));
    let form = Form::quoted(Join::Option);
    let user = value.get(..colon).unwrap_or_default();
    let sample = user == password
        || SAMPLES.contains(&password)
        || [&b"{{"[..], b"${", b"["].iter().any(|open| password.starts_with(open));
    // A key alone stands for the user, and nothing or a dummy for the password.
    if matches!(password, b"" | b"x" | b"X") && marker == 0 && user.len() >= LEAST_OF_KEYS && looks_dense(user) {
        pass.report(super::ID, start, start + colon);
    }
    if !sample && is_secret(password, Trust::Full, form) {
        pass.report(super::ID, start, end);
    }
}

/// An option whose value is secret because of what else is said in the command.
struct Given {
    option: &'static [u8],
    near: &'static [u8],
    /// Whether the value has a name of its own: `name=…`.
    named: bool,
}

/// Of clients of stores of secrets.
const GIVEN: [Given; 6] = [
    Given { option: b"from-literal", near: b"create secret", named: true },
    Given { option: b"value", near: b"SecureString", named: false },
    Given { option: b"value", near: b"secret set", named: false },
    Given { option: b"secret-string", near: b"create-secret", named: false },
    Given { option: b"body", near: b"secret set", named: false },
    Given { option: b"b", near: b"secret set", named: false },
];

/// The row of an option at `at`, if what makes its value secret stands before it, or behind it.
fn given_row(pass: &mut Pass<'_>, option: &[u8], at: usize) -> Option<&'static Given> {
    GIVEN.iter().find(|row| row.option == option)?;
    pass.pay(super::JUDGE);
    let around = part(pass.text, at.saturating_sub(FARTHEST_COMMAND)..at + FARTHEST_COMMAND);
    let is_near = |row: &&Given| memchr::memmem::find(around, row.near).is_some();
    GIVEN.iter().filter(|row| row.option == option).find(is_near)
}

/// `--from-literal=name=…`, `--secret-string …`
fn given(pass: &mut Pass<'_>, row: &Given, start: usize) {
    pass.pay(super::JUDGE);
    let text = pass.text;
    let (start, end) = value(pass, start);
    let name = if row.named { memchr::memchr(b'=', part(text, start..end)).map_or(0, |sign| sign + 1) } else { 0 };
    let form = Form::quoted(Join::Option);
    // An object is read member by member.
    if byte(text, start) != Some(b'{') && is_secret(part(text, start + name..end), Trust::Some, form) {
        pass.report(super::ID, start + name, end);
    }
}

/// `-AsPlainText -Force "…"`, `"…" | ConvertTo-SecureString -AsPlainText`: the option stands at `start..end`.
fn plain(pass: &mut Pass<'_>, start: usize, end: usize) {
    pass.pay(super::JUDGE);
    let text = pass.text;
    let from = start.saturating_sub(FARTHEST_COMMAND);
    let line = part(text, from..start);
    let line = memchr::memrchr(b'\n', line).map_or(line, |end| part(line, end..line.len()));
    let from = start - line.len();
    // Other commands have a switch of this name.
    if memchr::memmem::find(line, b"ConvertTo-SecureString").is_none() {
        return;
    }
    let mut at = skip(text, end, is_blank);
    for other in [&b"-Force"[..], b"-String"] {
        at = if exact_at(text, at, other) { skip(text, at + other.len(), is_blank) } else { at };
    }
    let quoted = byte(text, at).is_some_and(|byte| b"\"'\\".contains(&byte)) && quote::opening(text, at).is_some();
    let (word, word_end) = value(pass, at);
    let made = byte(text, at).is_some_and(|byte| byte.is_ascii_alphanumeric())
        && part(text, word..word_end).iter().any(u8::is_ascii_digit);
    if quoted || made {
        return argument(pass, word, word_end);
    }
    let Some(bar) = memchr::memrchr(b'|', line) else { return };
    let written = part(line, 0..bar).trim_ascii_end();
    if let Some((quote, written)) = written.split_last()
        && b"\"'".contains(quote)
        && let Some(open) = memchr::memrchr(*quote, written)
    {
        let escapes = written.iter().rev().take_while(|&&byte| byte == b'\\').count();
        argument(pass, from + open + 1, from + written.len() - escapes);
    }
}

/// The fewest bytes of a key in place of a user.
const LEAST_OF_KEYS: usize = 16;

/// `-b`, `-bc`, `-nbB`: options of `htpasswd`, of which one says that the password follows.
fn is_batch(option: &[u8]) -> bool {
    option.contains(&b'b') && option.iter().all(|letter| b"bBcnms5Ddip2r".contains(letter))
}

/// `htpasswd -b file user …`, and no file if nothing is written.
fn batch(pass: &mut Pass<'_>, option: &[u8], start: usize) {
    let text = pass.text;
    pass.pay(super::JUDGE);
    if !has_command(text, start, &[b"htpasswd", b"mosquitto_passwd"]) {
        return;
    }
    let mut at = start;
    let mut left = if option.contains(&b'n') { 1 } else { 2 };
    for _ in 0..MOST_ARGUMENTS {
        let (from, end) = value(pass, skip(text, at, is_blank));
        // Options may be apart: `-b -c`.
        left -= usize::from(byte(text, from) != Some(b'-'));
        at = quote::closing_quote(text, end).unwrap_or(end);
        if left == 0 {
            break;
        }
    }
    let first = skip(text, at, is_blank);
    let (from, to) = value(pass, first);
    if left == 0 && first > at {
        argument(pass, from, to);
    }
}

/// Arguments and options that may stand before a password.
const MOST_ARGUMENTS: usize = 4;

/// `sqlplus user/…@database`, of which the sign stands at `at`.
pub(in crate::detect) fn connect(pass: &mut Pass<'_>, at: usize) {
    let text = pass.text;
    let start = skip_back(text, at, SHORT_WORD, |byte| byte.is_ascii_graphic() && !b"\"'`=\\".contains(&byte));
    let word = part(text, start..at);
    let Some(slash) = memchr::memchr(b'/', word) else { return };
    // `jdbc:oracle:thin:user/…@`
    let driver = memchr::memrchr(b':', part(word, 0..slash)).map_or(0, |colon| colon + 1);
    let named = part(word, driver..slash);
    let is_user = named.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_$#".contains(byte));
    if named.is_empty() || !is_user {
        return;
    }
    pass.pay(super::JUDGE);
    if !part(word, 0..driver).ends_with(b"thin:") && (driver > 0 || !has_command(text, start, CONNECTING)) {
        return;
    }
    argument(pass, start + slash + 1, at);
}

/// Reports the argument of a command at `start..end`, which is there for a password, unless it is none.
pub(super) fn argument(pass: &mut Pass<'_>, start: usize, end: usize) {
    let form = Form::quoted(Join::Option);
    if is_secret(part(pass.text, start..end), Trust::Full, form) {
        pass.report(super::ID, start, end);
    }
}

/// Commands of Oracle that take a user, a password and a database in one word.
const CONNECTING: &[&[u8]] = &[b"sqlplus", b"sqlldr", b"expdp", b"impdp", b"rman ", b"sqlcl", b"CONNECT ", b"CONN "];

/// A longer word is read whole.
const SHORT_WORD: usize = 64;

/// Passwords of examples in manuals.
const SAMPLES: [&[u8]; 5] = [b"pass", b"passwd", b"pwd", b"test", b"yyy"];

/// How far before an option the command may stand.
pub(super) const FARTHEST_COMMAND: usize = 256;
