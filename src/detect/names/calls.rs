//! Secrets that functions are called with: logins, and calls around a literal.
//!
//! Must not know what a secret looks like. Keeps I5: so much is looked through for an argument, and strings that are joined
//! are read one after the other.

use super::super::engine::Pass;
use super::super::text::{Alphabet, before, byte, exact_at, folded_at, folded_before, is_blank, part, skip, skip_back};
use super::pair::{self, Join};
use super::placeholder::{describes, is_placeholder};
use super::quote::{self, Quote};
use super::table::{self, Trust};
use super::{LONGEST_NAME, quoted};

/// A function, by how its name ends, which of its arguments is a secret, and how much that proves.
struct Function {
    name: &'static [u8],
    place: usize,
    trust: Trust,
}

/// What makes, reads, signs and encrypts with a key.
const fn keyed(name: &'static [u8], place: usize) -> Function {
    Function { name, place, trust: Trust::Some }
}

/// Whoever logs in so may have any password.
const fn login(name: &'static [u8], place: usize) -> Function {
    Function { name, place, trust: Trust::Full }
}

/// What opens a session, and what works with a key.
const FUNCTIONS: &[Function] = &[
    keyed(b"login", 2),
    login(b"passwordauthentication", 2),
    login(b"passwordauthenticationtoken", 2),
    login(b"passwordcredentials", 2),
    login(b"networkcredential", 2),
    login(b"basicauth", 2),
    login(b"credentials.basic", 2),
    login(b"plainauth", 3),
    login(b"mysql_connect", 3),
    login(b"mysqli_connect", 3),
    login(b"pymysql.connect", 3),
    login(b"mysqldb.connect", 3),
    login(b"dbi->connect", 3),
    login(b"mysqli", 3),
    login(b"getconnection", 3),
    login(b"pdo", 3),
    login(b"sequelize", 3),
    login(b"wifi.begin", 2),
    keyed(b"oauthhandler", 2),
    keyed(b"createhmac", 2),
    keyed(b"hash_hmac", 3),
    keyed(b"algorithm.hmac", 1),
    keyed(b"createcipheriv", 2),
    keyed(b"createdecipheriv", 2),
    keyed(b"openssl_encrypt", 3),
    keyed(b"openssl_decrypt", 3),
    keyed(b"aes.encrypt", 2),
    keyed(b"aes.decrypt", 2),
    keyed(b"secretkeyspec", 1),
    keyed(b"hmacshakeyfor", 1),
    keyed(b"hmac.new", 1),
    keyed(b"aes.new", 1),
    keyed(b"fernet", 1),
    keyed(b"serializer", 1),
    keyed(b"cookieparser", 1),
    keyed(b"passwordencoder.encode", 1),
    keyed(b"passwordencoder().encode", 1),
    keyed(b"jwt.encode", 2),
    keyed(b"jwt.decode", 2),
    keyed(b"jwt.sign", 2),
    keyed(b"jwt.verify", 2),
    keyed(b"jsonwebtoken.sign", 2),
];

/// The function whose name ends at `end`.
fn function_at(text: &[u8], end: usize) -> Option<&'static Function> {
    let end = skip_back(text, end, 3, |byte| byte.is_ascii_digit());
    FUNCTIONS.iter().find(|function| folded_before(text, end, function.name).is_some())
}

/// `server.login("user", "…")`: the name of the function ends at `end`, or its bracket and the prefix of a string do.
pub(super) fn call(pass: &mut Pass<'_>, end: usize) {
    let text = pass.text;
    let open = bracket(text, end);
    if byte(text, open) != Some(b'(') {
        return;
    }
    pass.pay(super::JUDGE);
    let Some(function) = function_at(text, open) else { return };
    let mut at = open + 1;
    for _ in 1..function.place {
        pass.pay(super::JUDGE);
        match after_argument(text, at) {
            Some((next, true)) => at = next,
            _ => return,
        }
    }
    string_in(pass, function.trust, at, Join::Assigned);
}

/// The string that is the argument at `at`, or in it.
fn string_in(pass: &mut Pass<'_>, trust: Trust, at: usize, join: Join) {
    if let Some(quote) = quote::opening(pass.text, at).or_else(|| wrapping(pass.text, at)) {
        quoted(pass, trust, quote, join);
    }
}

/// Where the argument after the one at `at` starts; the bracket that closes them, if there is none.
fn after_argument(text: &[u8], at: usize) -> Option<(usize, bool)> {
    let reach = part(text, 0..at + LONGEST_ARGUMENT);
    let (mut at, mut depth) = (at, 0_usize);
    loop {
        if let Some(quote) = quote::opening(reach, at) {
            at = quote::closing_quote(reach, quote::string_end(reach, quote))?;
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

/// `user, password = "fake", "…"`: whether the name that ends at `name` is not the first of several.
pub(super) fn is_tupled(text: &[u8], name: usize) -> bool {
    let name = skip_back(text, name, LONGEST_NAME, |byte| byte.is_ascii_alphanumeric() || b"_.$".contains(&byte));
    let before = part(text, 0..name);
    before.strip_suffix(b", ").is_some_and(|before| before.last().is_some_and(u8::is_ascii_alphanumeric))
}

/// `jwt.sign(payload, "…")`: the first argument is at `start..end`.
pub(super) fn handed(pass: &mut Pass<'_>, start: usize, end: usize) {
    let text = pass.text;
    if before(text, start) == Some(b'(')
        && byte(text, end) == Some(b',')
        && function_at(text, start - 1).is_some_and(|function| function.place == 2)
    {
        string_in(pass, Trust::Some, skip(text, end + 1, is_blank), Join::Assigned);
    }
}

/// `SignedString([]byte("…"))`, of which `]byte` is at `start..end`.
pub(super) fn bytes(pass: &mut Pass<'_>, start: usize, end: usize) {
    let text = pass.text;
    let before = part(text, 0..start.saturating_sub(1));
    if before.ends_with(b"EncodeToString(") {
        encoded(pass, end);
    } else if byte(text, end) == Some(b'(') && TAKERS.iter().any(|taker| before.ends_with(taker)) {
        string_in(pass, Trust::Some, end + 1, Join::Assigned);
    }
}

/// `b64encode(b"user:…")`: what stands in the brackets is a user and a password, before they are put in a header.
pub(super) fn encoded(pass: &mut Pass<'_>, end: usize) {
    let text = pass.text;
    let open = bracket(text, end);
    if byte(text, open) != Some(b'(') {
        return;
    }
    pass.pay(super::JUDGE);
    let is_encoded = || {
        folded_before(text, open, b"getbytes").is_none() || {
            let before = part(text, open.saturating_sub(LONGEST_NAME)..open);
            before.windows(ENCODING.len()).any(|word| word.eq_ignore_ascii_case(ENCODING))
        }
    };
    if let Some(quote) = quote::opening(text, open + 1)
        && is_encoded()
    {
        let close = quote::string_end(part(text, 0..quote.inside + LONGEST_ARGUMENT), quote);
        if is_pair(part(text, quote.inside..close)) {
            pass.report(super::ID, quote.inside, close);
        }
    }
}

/// What the bytes of a text are handed to.
const ENCODING: &[u8] = b"tobase64string(";

/// Where the bracket may open of the function whose name ends at `end`, or before the prefix of a string there.
fn bracket(text: &[u8], end: usize) -> usize {
    if part(text, 0..end).ends_with(b"(b") { end - 2 } else { end }
}

/// Whether it is a user and a password with a colon between them, and no time, address or setting.
pub(super) fn is_pair(value: &[u8]) -> bool {
    let Some(colon) = memchr::memchr(b':', value) else { return false };
    let (user, password) = value.split_at(colon);
    let password = password.get(1..).unwrap_or_default();
    let plain = |part: &[u8]| part.iter().all(|byte| byte.is_ascii_graphic() && !b"{}<>$%\\\"'`".contains(byte));
    user.len() >= LEAST_OF_PAIR
        && password.len() >= LEAST_OF_PAIR
        && plain(user)
        && plain(password)
        && user.iter().any(u8::is_ascii_alphabetic)
        && !password.starts_with(b"/")
        && !(is_placeholder(password) || describes(password))
}

/// The shortest user, and the shortest password.
const LEAST_OF_PAIR: usize = 3;

/// What takes a key in bytes, in Go: the hash of an HMAC stands before its key.
const TAKERS: [&[u8]; 5] = [b"SignedString(", b"CookieStore(", b"FromPassword(", b"NewCipher(", b".New, "];

/// `expect(user.password).toBe("…")`: the method whose name ends at `end` is called on what holds a name.
pub(super) fn method(pass: &mut Pass<'_>, end: usize, join: Join) {
    let text = pass.text;
    if byte(text, end) != Some(b'(') {
        return;
    }
    pass.pay(super::JUDGE);
    let dot = skip_back(text, end, LONGEST_NAME, |byte| Alphabet::Word.has(byte)).saturating_sub(1);
    let named = skip_back(text, dot, MOST_CLOSING, |byte| b"()[]{}\"'\\".contains(&byte));
    if byte(text, dot) == Some(b'.') {
        let named = FIELDS.iter().find_map(|field| folded_before(text, named, field)).unwrap_or(named);
        if let Some(trust) = table::trust_at(text, named) {
            string_in(pass, trust, end + 1, join);
        }
    } else if let Some(quote) = quote::opening(text, end + 1) {
        // `assertEquals("…", user.getPassword())`
        let close = quote::string_end(part(text, 0..end + LONGEST_ARGUMENT), quote);
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

/// What ends the names of the fields of a form.
const FIELDS: [&[u8]; 10] =
    [b"_field", b"_input", b"_box", b"_textbox", b"_element", b"field", b"input", b"textbox", b"box", b"element"];

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
    if let Some(quote) = next_string(pass.text, end) {
        quoted(pass, trust, quote, Join::Assigned);
    }
}

/// That string.
pub(super) fn next_string(text: &[u8], end: usize) -> Option<Quote> {
    let after = quote::closing_quote(text, end).filter(|&after| byte(text, after) == Some(b','))?;
    quote::opening(text, skip(part(text, 0..after + LONGEST_NAME), after + 1, is_blank))
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
    let value = || pair::named_default(text, inside).and_then(|value| quote::opening(text, value.start));
    wraps.then(|| quote::opening(text, inside).or_else(value)).flatten()
}

/// The longest path of a function that is looked at.
const LONGEST_CALL: usize = 48;

/// Functions that make a value of a text, and read none from elsewhere.
const WRAPPERS: [&[u8]; 40] = [
    b"_t",
    b"b64decode",
    b"bcrypt",
    b"byte",
    b"bytes",
    b"cstr",
    b"decode",
    b"decodestring",
    b"decrypt",
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
    while let Some(after) = quote::closing_quote(pass.text, end) {
        let reach = part(pass.text, 0..after + LONGEST_NAME);
        let sign = skip(reach, after, |byte| byte.is_ascii_whitespace());
        let length = match part(reach, sign..sign + 2) {
            b"->" | b"=>" => 2,
            [b'+' | b'.' | b'&' | b'\\', ..] => 1,
            _ => return,
        };
        let next = skip(reach, sign + length, |byte| byte.is_ascii_whitespace());
        let Some(quote) =
            quote::opening(pass.text, next).filter(|_| next > sign + 1 || byte(reach, sign) != Some(b'\\'))
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
