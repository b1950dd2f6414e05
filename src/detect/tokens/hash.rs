//! Hashes of passwords, as files of users, databases and directories keep them, and tickets that are guessed at like them.
//!
//! Must not know how places are found. Keeps I5: what stands before a run is looked back at for so many bytes.

use super::{PADDING, Piece, Token, at_least, between, exactly, token};
use crate::detect::engine::Pass;
use crate::detect::registry::{self, Detector, DetectorId, Example, Group, Rule};
use crate::detect::text::{Alphabet, before, byte, exact_at, looks_made, part, skip, skip_back};

pub(in crate::detect) const SHELF: &[Detector] = &[Detector {
    id: "password-hash",
    group: Group::Secret,
    about: "hashes of passwords as files of users and databases keep them: bcrypt, crypt's SHA-2, SHA-1 and MD5, \
            yescrypt, scrypt, Argon2, PBKDF2, phpass, those of Cisco, Drupal and LDAP; tickets of Kerberos",
    source: "crypt(5); Apache HTTP Server documentation, Password Formats; PHC string format; Django and Werkzeug \
             documentation, Password management; RFC 2307 section 5.3; hashcat, Example hashes",
    examples: &[
        Example("fake:«$2b$12$FAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPLEFAKEfak»:1"),
        Example(concat!(
            "root:«$6$FAKEfake0000abcd$FAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPLEFAKE",
            "fake0000abcdEXAMPLEFAKEfake0000abcdE»:19000"
        )),
        Example(
            "«$apr1$FAKE0000$FAKEfake0000abcdEXAMPL» and 2y without its sign: «2y$12$FAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPLEFAKEfak»",
        ),
        Example("«$argon2id$v=19$m=65536,t=3,p=4$FAKEfake0000abcd$FAKE0000abcdEXAMPLE+FAKEfake/0000»"),
        Example(concat!(
            "x:«$6$rounds=5000$FAKEfake0000$FAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPLEFAKE",
            "fake0000abcdEXAMPLEFAKEfake0000abcdE»:1"
        )),
        Example("'«pbkdf2_sha256$600000$FAKEfake0000$FAKE0000abcdEXAMPLE+FAKEfake/0000abcdEX=»'"),
        Example("early: «$2b$12$F/KEfak/0000abcdEXAMPLEFAKEfake0000abcdEXAMPLEFAKEfak»"),
        Example("fake:«$y$j9T$FAKEfake0000abcd$FAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAM»:1"),
        Example("fake:«$gy$j9T$FAKEfake0000abcd$FAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAM»:1"),
        Example("fake:«$7$CU..../....FAKEfake0000abcd$FAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAM»"),
        Example("fake:«$sha1$24680$FAKE0000$FAKEfake0000abcdEXAMPLEFAKEf»"),
        Example("'«sha1$FAKE0000$0000fa4e0000abcd12340000fa4e0000abcd1234»'"),
        Example("user_pass: «$P$BFAKEfake0000abcdEXAMPLEFAKEfak», '«$H$9FAKEfake0000abcdEXAMPLEFAKEfak»'"),
        Example("«$S$DFAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPLEFAKEf»"),
        Example("enable secret 9 «$9$FAKEfake0000ab$FAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAM»"),
        Example("enable secret 8 «$8$FAKEfake0000ab$FAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAM»"),
        Example(concat!(
            "\"«scrypt:32768:8:1$FAKEfake0000abcd$0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd1234",
            "0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd12340000fa4e»\""
        )),
        Example(
            "'«pbkdf2:sha256:600000$FAKEfake0000abcd$0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd12340000»'",
        ),
        Example("userPassword: «{SSHA}FAKE0000abcdEXAMPLEFAKE0000abc==» fake:«{SHA}FAKE/0000abcdEXAMPLEFAKE000=»"),
        Example(
            "«{SSHA512}FAKE0000abcd/EXAMPLE/FAKE0000abcdEXAMPLE+FAKE0000abcdEXAMPLEFAKE0000abcdEXAMPLEFAKE0000abcdEXAMP»",
        ),
        Example(
            "«$krb5tgs$23$*fake$FAKE.EXAMPLE$http/h.example*$0000fa4e0000abcd12340000fa4e0000$0000fa4e0000abcd12340000fa4e0000abcd»",
        ),
        Example(
            "«$krb5asrep$23$fake@FAKE.EXAMPLE:0000fa4e0000abcd12340000fa4e0000$0000fa4e0000abcd12340000fa4e0000abcd»\n",
        ),
        Example("$argon2id$v=19$m=65536,t=3,p=4$salt$hash and pbkdf2_sha256$iterations$salt$hash"),
        Example("costs $2b$12$ and $6$ and more than $apr1$ says"),
        Example("$2b$12$xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        Example(
            "{SSHA}base64-of-hash-and-salt {SHA}xxxxxxxxxxxxxxxxxxxxxxxxxxx= {sha}/FAKE0000abcdFAKE0000 {fake}FAKE0000abcdEXAMPLEFAKE0000abcd",
        ),
        Example(
            "$HOME/bin/FAKE0000abcdEXAMPLE $P$ for $S$ and scrypt:32768:8:1$salt$hash pbkdf2:sha256:600000$salt$hash",
        ),
        Example(
            "$krb5tgs$23$*user$realm$spn*$checksum$data 'sha1$salt$0000fa4e' {USER}0000fa4e0000abcd12340000fa4e0000abcd1234",
        ),
    ],
    rule: Rule::Tokens(&[
        token("pbkdf2_sha256$", PBKDF2),
        token("pbkdf2_sha1$", PBKDF2),
        token("pbkdf2_sha512$", PBKDF2),
        hash("2a$", BCRYPT),
        hash("2b$", BCRYPT),
        hash("2x$", BCRYPT),
        hash("2y$", BCRYPT),
        hash("6$", &[between(Alphabet::Crypt, 8, 16), DOLLAR, exactly(Alphabet::Crypt, 86)]),
        hash("5$", &[between(Alphabet::Crypt, 8, 16), DOLLAR, exactly(Alphabet::Crypt, 43)]),
        hash("1$", &[between(Alphabet::Crypt, 4, 8), DOLLAR, exactly(Alphabet::Crypt, 22)]),
        hash("apr1$", &[between(Alphabet::Crypt, 4, 8), DOLLAR, exactly(Alphabet::Crypt, 22)]),
        hash("y$", YESCRYPT),
        hash("gy$", YESCRYPT),
        // Four parameters in eleven letters, then the salt.
        hash("7$", &[between(Alphabet::Crypt, 12, 97), DOLLAR, exactly(Alphabet::Crypt, 43)]),
        hash(
            "sha1$",
            &[
                between(Alphabet::Digit, 1, 10),
                DOLLAR,
                between(Alphabet::Crypt, 4, 64),
                DOLLAR,
                exactly(Alphabet::Crypt, 28),
            ],
        ),
        token("sha1$", &[between(Alphabet::Alnum, 4, 32), DOLLAR, exactly(Alphabet::LowerHex, 40)]),
        hash("P$", &[exactly(Alphabet::Crypt, 31)]),
        hash("H$", &[exactly(Alphabet::Crypt, 31)]),
        hash("S$", &[exactly(Alphabet::Crypt, 52)]),
        hash("8$", CISCO),
        hash("9$", CISCO),
        token("1$", &[between(Alphabet::Alnum, 8, 32), DOLLAR, exactly(Alphabet::LowerHex, 128)]).after(
            Alphabet::Dollar,
            0,
            0,
            "scrypt:32768:8:",
        ),
        token("", &[ROUNDS, DOLLAR, between(Alphabet::Alnum, 8, 32), DOLLAR, exactly(Alphabet::LowerHex, 64)]).after(
            Alphabet::Dollar,
            0,
            0,
            "pbkdf2:sha256:",
        ),
        token("", &[ROUNDS, DOLLAR, between(Alphabet::Alnum, 8, 32), DOLLAR, exactly(Alphabet::LowerHex, 40)]).after(
            Alphabet::Dollar,
            0,
            0,
            "pbkdf2:sha1:",
        ),
        token("", &[ROUNDS, DOLLAR, between(Alphabet::Alnum, 8, 32), DOLLAR, exactly(Alphabet::LowerHex, 128)]).after(
            Alphabet::Dollar,
            0,
            0,
            "pbkdf2:sha512:",
        ),
    ]),
}];

const ID: DetectorId = registry::id("password-hash");

/// A hash that begins with a dollar sign, which some files leave out and some double.
const fn hash(head: &'static str, body: &'static [Piece]) -> Token {
    token(head, body).after(Alphabet::Dollar, 0, 3, "")
}

const DOLLAR: Piece = Piece::Text("$");

const ROUNDS: Piece = between(Alphabet::Digit, 4, 8);

/// Rounds, a salt, and a hash in base64.
const PBKDF2: &[Piece] =
    &[ROUNDS, DOLLAR, between(Alphabet::Alnum, 8, 64), DOLLAR, at_least(Alphabet::Base64, 27), PADDING];

/// A cost, twenty-two letters of salt and thirty-one of hash.
const BCRYPT: &[Piece] = &[exactly(Alphabet::Digit, 2), DOLLAR, exactly(Alphabet::Crypt, 53)];

/// Parameters, a salt and a hash.
const YESCRYPT: &[Piece] =
    &[between(Alphabet::Crypt, 3, 8), DOLLAR, between(Alphabet::Crypt, 8, 86), DOLLAR, exactly(Alphabet::Crypt, 43)];

/// A salt and a hash, as switches and routers write them.
const CISCO: &[Piece] = &[exactly(Alphabet::Crypt, 14), DOLLAR, exactly(Alphabet::Crypt, 43)];

/// Sixteen bytes of words start at `start` after a slash.
pub(in crate::detect) fn look_slash(pass: &mut Pass<'_>, start: usize) {
    look_back(pass, start);
    look_scheme(pass, start);
}

/// A long run starts at `start` after a dollar sign.
pub(in crate::detect) fn look_dollar(pass: &mut Pass<'_>, start: usize) {
    look_back(pass, start);
    look_ticket(pass, start);
}

/// The hash that a run at `start` is part of may have a slash too near its beginning for an event of its own.
fn look_back(pass: &mut Pass<'_>, start: usize) {
    let text = pass.text;
    let first = skip_back(text, start, FARTHEST_SIGN, |byte| Alphabet::Crypt.has(byte) || byte == b'$');
    if byte(text, first) == Some(b'$') {
        super::look(pass, skip(text, first, |byte| byte == b'$'));
    }
}

/// How far before an event a hash may begin.
const FARTHEST_SIGN: usize = 64;

/// `{SSHA}…`: base64 that goes on at `at`, after the name of a function in braces.
pub(in crate::detect) fn look_scheme(pass: &mut Pass<'_>, at: usize) {
    let text = pass.text;
    let start = skip_back(text, at, FARTHEST_SIGN, |byte| Alphabet::Base64.has(byte));
    let Some(brace) = start.checked_sub(1).filter(|&brace| byte(text, brace) == Some(b'}')) else { return };
    let name = skip_back(text, brace, LONGEST_SCHEME, |byte| byte.is_ascii_alphanumeric());
    let scheme = part(text, name..brace);
    if before(text, name) != Some(b'{') || !SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return;
    }
    let run = part(text, start..start + LONGEST_OF_SCHEME);
    let length = run.iter().take_while(|&&byte| Alphabet::Base64.has(byte)).count();
    let padding = part(text, start + length..start + length + 2).iter().take_while(|&&byte| byte == b'=').count();
    if length >= LEAST_OF_SCHEME && looks_made(part(run, 0..length)) {
        pass.report(ID, name - 1, start + length + padding);
    }
}

/// What RFC 2307 and the directories after it call their functions.
const SCHEMES: [&[u8]; 10] =
    [b"SSHA", b"SHA", b"SSHA256", b"SSHA384", b"SSHA512", b"SHA256", b"SHA384", b"SHA512", b"SMD5", b"MD5"];

const LONGEST_SCHEME: usize = 8;

/// Sixteen bytes in base64, and sixty-four with a long salt.
const LEAST_OF_SCHEME: usize = 22;
const LONGEST_OF_SCHEME: usize = 144;

/// `$krb5tgs$23$*user$REALM$service*$…$…`: its checksum may start at `start`, or what follows that.
fn look_ticket(pass: &mut Pass<'_>, start: usize) {
    let text = pass.text;
    if !part(text, start..start + LEAST_OF_TICKET).iter().all(u8::is_ascii_hexdigit) {
        return;
    }
    pass.pay(FARTHEST_TICKET);
    let head =
        skip_back(text, start, FARTHEST_TICKET, |byte| byte.is_ascii_graphic() && !b"\"'`\\,;<>".contains(&byte));
    let Some(offset) = memchr::memmem::rfind(part(text, head..start), b"$krb5") else { return };
    let kind = head + offset + 1;
    let is_known = TICKETS.iter().any(|ticket| exact_at(text, kind, ticket));
    let end = pass.run_end(Alphabet::Part, start);
    if is_known && end - start >= LEAST_OF_RUN {
        pass.report(ID, kind - 1, end);
    }
}

const TICKETS: [&[u8]; 3] = [b"krb5tgs$", b"krb5asrep$", b"krb5pa$"];

/// The checksum of a ticket has twelve bytes and more, and the ticket itself a hundred.
const LEAST_OF_TICKET: usize = 24;
const LEAST_OF_RUN: usize = 32;

/// How far before its checksum a ticket may begin: names of users, realms and services are in between.
const FARTHEST_TICKET: usize = 256;
