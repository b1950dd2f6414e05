//! Secrets that functions are called with: logins, and calls around a literal.
//!
//! Must not know what a secret looks like. Keeps I5: so much is looked through for an argument, and strings that are joined
//! are read one after the other.

use super::super::engine::Pass;
use super::super::text::{Alphabet, before, byte, exact_at, folded_at, folded_before, is_blank, part, skip, skip_back};
use super::pair::{self, Join, Quote};
use super::table::{self, Trust};
use super::{LONGEST_NAME, quoted};

/// A function, by how its name ends, and which of its arguments is a secret.
struct Function {
    name: &'static [u8],
    place: usize,
}

const fn function(name: &'static [u8], place: usize) -> Function {
    Function { name, place }
}

/// Logins, and what makes, reads, signs and encrypts with a key.
const FUNCTIONS: &[Function] = &[
    function(b"login", 2),
    function(b"passwordauthentication", 2),
    function(b"passwordcredentials", 2),
    function(b"networkcredential", 2),
    function(b"basicauth", 2),
    function(b"plainauth", 3),
    function(b"mysql_connect", 3),
    function(b"mysqli_connect", 3),
    function(b"pymysql.connect", 3),
    function(b"mysqldb.connect", 3),
    function(b"mysqli", 3),
    function(b"getconnection", 3),
    function(b"pdo", 3),
    function(b"createhmac", 2),
    function(b"hash_hmac", 3),
    function(b"algorithm.hmac", 1),
    function(b"createcipheriv", 2),
    function(b"createdecipheriv", 2),
    function(b"openssl_encrypt", 3),
    function(b"openssl_decrypt", 3),
    function(b"aes.encrypt", 2),
    function(b"aes.decrypt", 2),
    function(b"secretkeyspec", 1),
    function(b"hmacshakeyfor", 1),
    function(b"hmac.new", 1),
    function(b"aes.new", 1),
    function(b"fernet", 1),
    function(b"serializer", 1),
    function(b"passwordencoder.encode", 1),
    function(b"passwordencoder().encode", 1),
    function(b"jwt.encode", 2),
    function(b"jwt.decode", 2),
    function(b"jwt.sign", 2),
    function(b"jwt.verify", 2),
    function(b"jsonwebtoken.sign", 2),
];

/// Which argument of the function whose name ends at `end` is a secret.
fn place_of(text: &[u8], end: usize) -> Option<usize> {
    let end = skip_back(text, end, 3, |byte| byte.is_ascii_digit());
    FUNCTIONS.iter().find(|function| folded_before(text, end, function.name).is_some()).map(|function| function.place)
}

/// `server.login("user", "…")`: the name of the function ends at `end`, or its bracket and the prefix of a string do.
pub(super) fn call(pass: &mut Pass<'_>, end: usize) {
    let text = pass.text;
    let open = if before(text, end) == Some(b'b') && before(text, end - 1) == Some(b'(') { end - 2 } else { end };
    if byte(text, open) != Some(b'(') {
        return;
    }
    pass.pay(super::JUDGE);
    let Some(place) = place_of(text, open) else { return };
    let mut at = open + 1;
    for _ in 1..place {
        pass.pay(super::JUDGE);
        match after_argument(text, at) {
            Some((next, true)) => at = next,
            _ => return,
        }
    }
    // Whoever logs in so may have any password.
    let trust = if folded_before(text, open, b"auth").is_some() { Trust::Full } else { Trust::Some };
    string_in(pass, trust, at, Join::Assigned);
}

/// The string that is the argument at `at`, or in it.
fn string_in(pass: &mut Pass<'_>, trust: Trust, at: usize, join: Join) {
    if let Some(quote) = pair::opening(pass.text, at).or_else(|| wrapping(pass.text, at)) {
        quoted(pass, trust, quote, join);
    }
}

/// Where the argument after the one at `at` starts; the bracket that closes them, if there is none.
fn after_argument(text: &[u8], at: usize) -> Option<(usize, bool)> {
    let reach = part(text, 0..at + LONGEST_ARGUMENT);
    let (mut at, mut depth) = (at, 0_usize);
    loop {
        if let Some(quote) = pair::opening(reach, at) {
            at = pair::closing_quote(reach, pair::string_end(reach, quote))?;
            continue;
        }
        match byte(reach, at)? {
            b'(' | b'[' | b'{' => depth += 1,
            b')' if depth == 0 => return Some((at, false)),
            b')' | b']' | b'}' => depth = depth.checked_sub(1)?,
            b',' if depth == 0 => return Some((skip(reach, at + 1, |byte| byte.is_ascii_whitespace()), true)),
            b';' => return None,
            _ => {}
        }
        at += 1;
    }
}

/// How long an argument may be that stands before a secret.
const LONGEST_ARGUMENT: usize = 128;

/// `user, password = "fake", "…"`: the string that ends at `close` is the first one, and the name that ends at `name` is not.
pub(super) fn tupled(pass: &mut Pass<'_>, trust: Trust, name: usize, close: usize) {
    let name = skip_back(pass.text, name, LONGEST_NAME, |byte| byte.is_ascii_alphanumeric() || b"_.$".contains(&byte));
    if before(pass.text, name) == Some(b' ') && before(pass.text, name - 1) == Some(b',') {
        second(pass, trust, close);
    }
}

/// `jwt.sign(payload, "…")`: the first argument is at `start..end`.
pub(super) fn handed(pass: &mut Pass<'_>, start: usize, end: usize) {
    let text = pass.text;
    if before(text, start) == Some(b'(') && byte(text, end) == Some(b',') && place_of(text, start - 1) == Some(2) {
        string_in(pass, Trust::Some, skip(text, end + 1, is_blank), Join::Assigned);
    }
}

/// `SignedString([]byte("…"))`, of which `]byte` is at `start..end`.
pub(super) fn bytes(pass: &mut Pass<'_>, start: usize, end: usize) {
    let text = pass.text;
    let before = part(text, 0..start.saturating_sub(1));
    if byte(text, end) == Some(b'(') && TAKERS.iter().any(|taker| before.ends_with(taker)) {
        string_in(pass, Trust::Some, end + 1, Join::Assigned);
    }
}

/// What takes a key in bytes, in Go: the hash of an HMAC stands before its key.
const TAKERS: [&[u8]; 5] = [b"SignedString(", b"CookieStore(", b"FromPassword(", b"NewCipher(", b".New, "];

/// `expect(user.password).toBe("…")`: the method at `start..end` is called on what holds a name.
pub(super) fn method(pass: &mut Pass<'_>, start: usize, end: usize, join: Join) {
    let text = pass.text;
    if byte(text, end) != Some(b'(') {
        return;
    }
    pass.pay(super::JUDGE);
    let dot = skip_back(text, start, LONGEST_NAME, |byte| Alphabet::Word.has(byte)).saturating_sub(1);
    let named = skip_back(text, dot, MOST_CLOSING, |byte| b"()[]{}\"'\\".contains(&byte));
    if byte(text, dot) == Some(b'.') {
        if let Some(trust) = table::trust_at(text, named) {
            string_in(pass, trust, end + 1, join);
        }
    } else if let Some(quote) = pair::opening(text, end + 1) {
        // `assertEquals("…", user.getPassword())`
        let close = pair::string_end(part(text, 0..end + LONGEST_ARGUMENT), quote);
        pass.pay(super::JUDGE);
        let Some((other, true)) = after_argument(text, end + 1) else { return };
        let path = |byte: u8| byte.is_ascii_alphanumeric() || b"_.$->".contains(&byte);
        let path = skip(part(text, 0..other + LONGEST_NAME), other, path);
        if close < other
            && path > other
            && let Some(trust) = table::trust_at(text, path)
        {
            quoted(pass, trust, quote, join);
        }
    }
}

/// Signs between a name and the method that is called on it.
const MOST_CLOSING: usize = 6;

/// `INSERT INTO users (name, password) VALUES ('fake', '…'), …`, of which `VALUES` is at `start..end`.
pub(super) fn columns(pass: &mut Pass<'_>, start: usize, end: usize) {
    let text = pass.text;
    let open = skip(part(text, 0..end + LONGEST_NAME), end, |byte| byte.is_ascii_whitespace());
    let close = skip_back(text, start, LONGEST_NAME, |byte| byte.is_ascii_whitespace()).saturating_sub(1);
    if byte(text, open) != Some(b'(') || byte(text, close) != Some(b')') {
        return;
    }
    pass.pay(super::JUDGE);
    let reach = close.saturating_sub(LONGEST_COLUMNS);
    let Some(first) = memchr::memrchr(b'(', part(text, reach..close)) else { return };
    let mut column = reach + first + 1;
    for place in 0.. {
        let length = part(text, column..close).iter().take_while(|&&byte| byte != b',').count();
        let name = skip_back(text, column + length, LONGEST_NAME, |byte| b" \n\"`']".contains(&byte));
        if let Some(trust) = table::trust_at(text, name).filter(|&trust| name > column && trust > Trust::Hint) {
            rows(pass, trust, open, place);
        }
        column += length + 1;
        if column >= close {
            return;
        }
    }
}

/// The strings in this place of the rows from `open` on.
fn rows(pass: &mut Pass<'_>, trust: Trust, open: usize, place: usize) {
    let mut open = open;
    for _ in 0..MOST_ROWS {
        let mut at = open + 1;
        for column in 0.. {
            if column == place {
                string_in(pass, trust.min(Trust::Some), at, Join::Assigned);
            }
            pass.pay(super::JUDGE);
            let Some((next, more)) = after_argument(pass.text, at) else { return };
            at = next;
            if !more {
                break;
            }
        }
        let comma = skip(pass.text, at + 1, |byte| byte.is_ascii_whitespace());
        open = skip(pass.text, comma + 1, |byte| byte.is_ascii_whitespace());
        if byte(pass.text, comma) != Some(b',') || byte(pass.text, open) != Some(b'(') {
            return;
        }
    }
}

/// How far back the names of columns are read, and how many rows are.
const LONGEST_COLUMNS: usize = 256;
const MOST_ROWS: usize = 16;

/// Whether the function whose name ends at `end` finds a password, and is given none.
pub(super) fn reads(text: &[u8], end: usize) -> bool {
    let name = skip_back(text, end, LONGEST_NAME, |byte| Alphabet::Word.has(byte));
    READING.iter().any(|word| folded_at(text, name, word))
}

/// How the names of functions begin that read, and compare.
const READING: [&[u8]; 6] = [b"check", b"compare", b"find", b"get", b"lookup", b"verify"];

/// The string after the one that ends at `end`, with a comma between them.
pub(super) fn second(pass: &mut Pass<'_>, trust: Trust, end: usize) {
    let text = pass.text;
    if let Some(after) = pair::closing_quote(text, end)
        && byte(text, after) == Some(b',')
        && let Some(quote) = pair::opening(text, skip(part(text, 0..after + LONGEST_NAME), after + 1, is_blank))
    {
        quoted(pass, trust, quote, Join::Assigned);
    }
}

/// The string in the brackets of a call that hands it on: `Some("…")`, `bytes.fromhex("…")`.
pub(super) fn wrapping(text: &[u8], start: usize) -> Option<Quote> {
    let start = start + if exact_at(text, start, b"new ") { 4 } else { 0 };
    let call = part(text, start..start + LONGEST_CALL);
    let bracket = memchr::memchr(b'(', call)?;
    let path = call.get(..bracket)?;
    let name = path.iter().rev().take_while(|&&byte| Alphabet::Word.has(byte)).count();
    let (path, name) = path.split_at(bracket - name);
    let plain = path.iter().all(|&byte| byte.is_ascii_alphanumeric() || b"_.:[]".contains(&byte));
    let wraps = plain && WRAPPERS.iter().any(|known| name.eq_ignore_ascii_case(known));
    let inside = start + bracket + 1;
    let value = || pair::named_default(text, inside).and_then(|value| pair::opening(text, value.start));
    wraps.then(|| pair::opening(text, inside).or_else(value)).flatten()
}

/// The longest path of a function that is looked at.
const LONGEST_CALL: usize = 48;

/// Functions that make a value of a text, and read none from elsewhere.
const WRAPPERS: [&[u8]; 39] = [
    b"_t",
    b"b64decode",
    b"bcrypt",
    b"byte",
    b"bytes",
    b"cstr",
    b"decode",
    b"decodestring",
    b"fernet",
    b"field",
    b"from",
    b"from_hex",
    b"from_str",
    b"fromhex",
    b"fromstring",
    b"generate_password_hash",
    b"getbytes",
    b"guardedstring",
    b"hash",
    b"hashsync",
    b"just",
    b"make",
    b"md5",
    b"new",
    b"of",
    b"password_hash",
    b"pointer",
    b"ptr",
    b"qstringliteral",
    b"sha1",
    b"secretstr",
    b"secretstring",
    b"some",
    b"std_string",
    b"str",
    b"string",
    b"text",
    b"unhexlify",
    b"unsafeplaintext",
];

/// The strings that are joined to the one that ends at `end`: `"…" + "…"`, `"…" . "…"`, one line after the other. What it
/// changes to, in a plan, is joined by an arrow.
pub(super) fn joined(pass: &mut Pass<'_>, trust: Trust, end: usize) {
    let mut end = end;
    while let Some(after) = pair::closing_quote(pass.text, end) {
        let reach = part(pass.text, 0..after + LONGEST_NAME);
        let sign = skip(reach, after, |byte| byte.is_ascii_whitespace());
        let length = match part(reach, sign..sign + 2) {
            b"->" | b"=>" => 2,
            [b'+' | b'.' | b'&' | b'\\', ..] => 1,
            _ => return,
        };
        let next = skip(reach, sign + length, |byte| byte.is_ascii_whitespace());
        let Some(quote) =
            pair::opening(pass.text, next).filter(|_| next > sign + 1 || byte(reach, sign) != Some(b'\\'))
        else {
            return;
        };
        (end, _) = quoted(pass, trust, quote, Join::Assigned);
        // An arrow joins a name and its value as well, and what follows may be another pair.
        if length == 2 {
            return;
        }
    }
}

/// Whether the name that goes on at `at` is handed to a function that reads or writes a setting, which gives its value.
pub(super) fn is_setting(text: &[u8], at: usize) -> bool {
    let name = skip_back(text, at, LONGEST_NAME, |byte| pair::is_name(byte) || byte == b'.');
    let call = name.checked_sub(2).filter(|&call| byte(text, call) == Some(b'('));
    call.is_some_and(|call| SETTINGS.iter().any(|function| folded_before(text, call, function).is_some()))
}

/// What settings are read and written by.
const SETTINGS: [&[u8]; 10] = [
    b"getenv",
    b"setenv",
    b"environ.get",
    b"setdefault",
    b"set_var",
    b"define",
    b"setproperty",
    b"env.fetch",
    b"getordefault",
    b"env",
];

/// Whether the name that goes on at `at` is of a function that sets what it names: `setPassword`, `with_secret`.
pub(super) fn is_setter(text: &[u8], at: usize) -> bool {
    let name = skip_back(text, at, LONGEST_NAME, pair::is_name);
    [&b"set"[..], b"with"].iter().any(|word| folded_at(text, name, word))
        || name == at && before(text, at) == Some(b'.')
}
