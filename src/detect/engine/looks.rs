//! What is asked at each event before it is let go, and who looks closer.
//!
//! The tables asked here are computed from the rules when the crate is built. Must not know any format.

use super::events::RUN;
use super::pass::Pass;
use crate::detect::endings::{AnyEnding, Tail};
use crate::detect::names::Word;
use crate::detect::registry::{Event, LOOKS};
use crate::detect::text::{
    Alphabet, Signs, any, before, byte, exact_at, inner_start, is_in_diff, part, rest, skip, skip_back,
};
use crate::detect::{marker, names, personal, tokens};

impl Pass<'_> {
    /// A word starts at `start` that may begin a token.
    #[inline(always)]
    pub(super) fn run(&mut self, start: usize) {
        if is_long(self.text, start) {
            self.long(start);
        }
        match before(self.text, start) {
            Some(b' ') if names::may_be_scheme(self.text, start) => self.run_after_scheme(start),
            Some(sign) if BELONG.have(sign) => self.run_after(sign, start),
            _ => self.plain_run(start),
        }
    }

    /// What stands before the word may belong to it.
    #[inline(never)]
    fn run_after(&mut self, sign: u8, start: usize) {
        match sign {
            b'/' => self.run_after_slash(start),
            b',' => self.run_after_comma(start),
            b'}' => self.run_after_brace(start),
            _ => self.run_in_escape(start),
        }
    }

    /// Nothing before the word belongs to it.
    #[inline(always)]
    fn plain_run(&mut self, start: usize) {
        if tokens::may_start(self.text, start) {
            self.pay(LOOK);
            tokens::look(self, start);
        }
        if personal::may_start(self.text, start) {
            self.pay(LOOK);
            personal::at_run(self, start);
        }
    }

    /// What is about the whole text, before it is swept over.
    pub(super) fn begin(&mut self) {
        personal::whole(self);
    }

    /// A slash may be in the middle of base64, too early in it for a long run to start before.
    fn run_after_slash(&mut self, start: usize) {
        self.plain_run(start);
        tokens::hash::look_slash(self, start);
        self.wake(Event::Slash, start);
    }

    /// The name of what is in this cell may stand in the one before.
    fn run_after_comma(&mut self, start: usize) {
        if self.ends(start - 1) & NAMES != 0 {
            self.pay(LOOK);
            names::beside(self, start - 1);
        }
        self.plain_run(start);
    }

    /// What stands in the braces may say how a password was hashed.
    fn run_after_brace(&mut self, start: usize) {
        self.pay(LOOK);
        tokens::hash::look_scheme(self, start);
        self.plain_run(start);
    }

    /// An escape may end inside the word, and join a name and a value.
    fn run_in_escape(&mut self, start: usize) {
        if [&b"u003d"[..], b"u003D", b"u003a", b"u003A"].iter().any(|joint| exact_at(self.text, start, joint)) {
            self.name(start - 1);
        }
        let inner = inner_start(self.text, start);
        self.plain_run(inner);
        // A bracket has a word in it as often as a colour.
        if inner != start && before(self.text, start) == Some(b'[') {
            self.plain_run(start);
        }
    }

    /// A word that says what follows it may stand before the word.
    #[inline(never)]
    fn run_after_scheme(&mut self, start: usize) {
        self.pay(LOOK);
        names::scheme(self, start);
        self.plain_run(start);
    }

    /// The third of three dots or the fifth of five dashes is at `at`.
    #[inline(never)]
    pub(super) fn row(&mut self, at: usize) {
        match byte(self.text, at) {
            Some(b'.') => self.dots(at),
            _ => self.dashes(skip(self.text, at, |byte| byte == b'-')),
        }
    }

    /// A host starts at `start`, or two slashes belong to a token that starts with a digit before them.
    #[inline(always)]
    pub(super) fn host(&mut self, start: usize) {
        let is_host = before(self.text, start.saturating_sub(2)) == Some(b':');
        let token = if is_host { start } else { start.saturating_sub(3) };
        if tokens::may_start(self.text, token) {
            self.pay(LOOK);
            tokens::look(self, token);
        }
    }

    /// A name may end at `end` whose value follows.
    #[inline(always)]
    pub(super) fn name(&mut self, end: usize) {
        let ends = self.ends(end);
        if ends != 0 && !(ends == NAMES && names::is_wrapping(self.text, end)) {
            self.named(end, ends);
        }
    }

    /// The lists that may have a name which ends at `end`; digits may follow those of secrets.
    #[inline(always)]
    fn ends(&self, end: usize) -> u8 {
        let tail = Tail::before(self.text, end);
        match tail.is_digit() {
            false => ENDINGS.lists(tail),
            true if names::may_end(self.text, end) => NAMES,
            true => 0,
        }
    }

    /// No word of ASCII ends shortly before `sign`, which may join a name and a value: blanks may align it with those of
    /// other lines, and a name may be written otherwise.
    #[inline(always)]
    pub(super) fn far_name(&mut self, sign: usize) {
        if matches!(byte(self.text, sign), Some(b'=' | b':')) {
            self.far_from(sign);
        }
    }

    #[inline(never)]
    fn far_from(&mut self, sign: usize) {
        let blanks = skip_back(self.text, sign, FARTHEST_SIGN, |byte| byte == b' ');
        let end = skip_back(self.text, blanks, MOST_SIGNS, |byte| matches!(byte, b'"' | b'\'' | b'\\'));
        if before(self.text, end).is_some_and(|last| last >= 0x80 || last.is_ascii_alphanumeric()) {
            self.name(end);
        }
    }

    /// The first digit of a word stands at `digit` that a blank parts from the word before: that may be a name, and this
    /// its value, or the second group of it.
    #[inline(always)]
    pub(super) fn apart(&mut self, digit: usize) {
        let start = skip_back(self.text, digit, MOST_LETTERS + 1, |byte| byte.is_ascii_alphabetic());
        let Some(blank) = start.checked_sub(1).filter(|_| digit - start <= MOST_LETTERS) else { return };
        if self.ends(blank) != 0 {
            return self.told(blank);
        }
        let group = skip_back(self.text, blank, MOST_CAPITALS + 1, |byte| byte.is_ascii_uppercase());
        if let Some(end) = group.checked_sub(1)
            && (1..=MOST_CAPITALS).contains(&(blank - group))
            && byte(self.text, end) == Some(b' ')
            && self.ends(end) != 0
        {
            self.told(end);
        }
    }

    /// A name may end at `end` that a value follows behind a blank.
    #[inline(never)]
    fn told(&mut self, end: usize) {
        self.pay(LOOK);
        names::told(self, end);
        personal::at_name(self, end);
    }

    /// The names that end at `end` are those of secrets or of identifiers, as `ends` says.
    #[inline(never)]
    fn named(&mut self, end: usize, ends: u8) {
        if self.last_name == Some(end) {
            return;
        }
        self.last_name = Some(end);
        self.pay(LOOK);
        if ends & NAMES != 0 {
            names::look(self, end);
        }
        if ends & WORDS != 0 {
            personal::at_name(self, end);
        }
    }

    /// The blank after what may be `is`, `as`, `es`, `by` or `password` is at `blank`: a name may stand before or end there,
    /// and its value follows.
    #[inline(always)]
    pub(super) fn verb(&mut self, blank: usize) {
        let (ends, end) = match names::word_at(self.text, blank) {
            Some(Word::Verb(end)) => (self.ends(end), end),
            Some(Word::Name) => (NAMES, blank),
            None => return,
        };
        if ends & WORDS != 0 {
            personal::at_name(self, end);
        }
        if ends & NAMES != 0 {
            self.pay(LOOK);
            names::said(self, blank);
        }
    }

    /// An option of a command may start at `start`, after one dash or two.
    #[inline(always)]
    pub(super) fn option(&mut self, start: usize) {
        let free = |end: usize| !before(self.text, end).is_some_and(|byte| Alphabet::WordDash.has(byte));
        let dash = start.saturating_sub(1);
        if free(dash) || before(self.text, dash) == Some(b'-') && free(dash - 1) {
            self.pay(LOOK);
            names::option(self, start);
        }
    }

    /// A row of digits starts at `start`. What stands before a blank in it may be another number.
    #[inline(never)]
    pub(super) fn digits(&mut self, start: usize) {
        // The first digits may be those of an escape: `%204111…`, `\u00004111…`.
        match part(self.text, start.saturating_sub(2)..start) {
            [.., b'%'] | [b'\\', b'x'] => self.number(start + 2),
            [b'\\', b'u'] => self.number(start + 4),
            _ => {}
        }
        let mut at = start;
        if is_date(self.text, start) {
            at = start + DATE;
            personal::at_date(self, start, at);
        } else {
            self.number(start);
        }
        while let Some(blank) = next_blank(self.text, at).filter(|_| !self.is_done()) {
            at = blank + 1;
            // A group of one digit begins no number, and there would be too many of them.
            if byte(self.text, at + 1).is_some_and(|byte| byte.is_ascii_digit()) {
                self.number(at);
            }
        }
    }

    fn number(&mut self, start: usize) {
        if personal::card::may_start(self.text, start) {
            self.wake(Event::Digits, start);
        }
        personal::at_digits(self, start);
    }

    /// An `@`, a `~` or a `%` stands at `at`.
    #[inline(always)]
    pub(super) fn rare(&mut self, at: usize) {
        match byte(self.text, at) {
            Some(b'@') => self.at_sign(at),
            Some(b'~') => self.wake(Event::Tilde, at),
            Some(b'%') if byte(self.text, at + 1).is_some_and(|next| matches!(next, b'3' | b'4')) => self.percent(at),
            _ => {}
        }
    }

    /// `%40` is an `@`; `%3A` and `%3D` join a name and a value.
    #[inline(never)]
    fn percent(&mut self, at: usize) {
        match (byte(self.text, at + 1), byte(self.text, at + 2)) {
            (Some(b'4'), Some(b'0')) => {
                // What stands between two of them is read letter by letter.
                self.pay(3 * LOOK);
                self.at_sign(at);
            }
            (Some(b'3'), Some(b'A' | b'D' | b'a' | b'd')) => self.name(at),
            _ => {}
        }
    }

    /// An `@` stands at `at`, or an escape of one.
    #[inline(never)]
    fn at_sign(&mut self, at: usize) {
        self.pay(3 * LOOK);
        names::connect(self, at);
        self.wake(Event::At, at);
    }

    /// A long row of words starts at `start`.
    #[inline(never)]
    fn long(&mut self, start: usize) {
        if begins_in_words(self.text, start) && !before(self.text, start).is_some_and(tokens::may_lead) {
            return;
        }
        self.pay(LOOK);
        let start = inner_start(self.text, start);
        // Base64 may go on after one of its own signs.
        if before(self.text, start) == Some(b'+') {
            self.wake(Event::Slash, start);
        }
        // Inside a run of words and joints nothing begins that has no head, and nothing before another escape.
        let joined =
            before(self.text, start).is_some_and(|byte| b"-_.+~".contains(&byte)) && !is_in_diff(self.text, start);
        if joined || byte(self.text, start) == Some(b'%') {
            return;
        }
        if before(self.text, start) == Some(b'$') {
            tokens::hash::look_dollar(self, start);
        }
        tokens::look_shapes(self, start);
        // A digest or a UUID: no base64 begins with so many hexadecimal digits.
        let is_other = |byte: u8| !byte.is_ascii_hexdigit() & (byte != b'-');
        if rest(self.text, start).first_chunk::<LONG>().is_none_or(|first| any(first, is_other)) {
            self.wake(Event::Long, start);
        }
    }

    /// Five dashes or more end at `end`.
    fn dashes(&mut self, end: usize) {
        self.pay(3 * LOOK);
        self.wake(Event::Dashes, end);
    }

    /// Groups joined by colons or dashes are around `at`.
    #[inline(never)]
    pub(super) fn colons(&mut self, at: usize) {
        self.pay(LOOK);
        personal::at_colons(self, at);
    }

    /// Three dots end at `at`: a note that the text was cut begins so, after a bracket.
    fn dots(&mut self, at: usize) {
        if let Some(cut) = at.checked_sub(3).and_then(|bracket| marker::cut_before(self.text, bracket)) {
            self.cut(cut);
        }
    }

    /// The text was cut at `end`. What stands before it may be too short for an event.
    fn cut(&mut self, end: usize) {
        self.pay(LONGEST_CUT * LOOK);
        for start in end.saturating_sub(LONGEST_CUT)..end {
            tokens::look(self, start);
            names::scheme(self, start);
        }
        self.wake(Event::Cut, end);
    }

    /// Lets every detector of `event` look at `at`.
    fn wake(&mut self, event: Event, at: usize) {
        self.pay(LOOK);
        for &(own, detector, look) in &LOOKS {
            if own == event && self.wants(detector) {
                look(self, detector, at);
            }
        }
    }
}

/// What any name ends in that says something of its value.
static ENDINGS: AnyEnding =
    AnyEnding::none().or(&names::ENDINGS, NAMES).or(&names::VENDOR_ENDINGS, NAMES).or(&personal::ENDINGS, WORDS);

/// The names of secrets, and the words that name identifiers.
const NAMES: u8 = 1;
const WORDS: u8 = 2;

/// What a look takes, if no more than a few dozen bytes are read: as steps of [`Work`](super::Work).
const LOOK: usize = 32;

/// Whether all that stands after a run that starts at `start` is what tokens are made of, up to [`LONG`] bytes from there.
#[inline(always)]
fn is_long(text: &[u8], start: usize) -> bool {
    // Where a run ends, nobody can guess.
    let rest = text.get(start + RUN..).and_then(<[u8]>::first_chunk::<{ LONG - RUN }>);
    rest.is_some_and(|rest| !any(rest, |byte| !is_part(byte)))
}

/// Whether a long run at `start` begins with words in one case, without a digit: no generator makes that, people do; in a token
/// that begins with a name they gave, something stands before it.
fn begins_in_words(text: &[u8], start: usize) -> bool {
    let Some(first) = rest(text, start).first_chunk::<LONG>() else { return false };
    any(first, |byte| (byte == b'_') | (byte == b'-') | (byte == b'.'))
        && !any(first, |byte| byte.is_ascii_digit())
        && any(first, |byte| byte.is_ascii_lowercase()) != any(first, |byte| byte.is_ascii_uppercase())
}

/// What tokens are made of, told without a table.
#[inline(always)]
const fn is_part(byte: u8) -> bool {
    let is_letter = (byte | 0x20).wrapping_sub(b'a') < 26;
    let is_digit = byte.wrapping_sub(b'0') < 10;
    let (is_joint, is_sign) = (
        (byte == b'-') | (byte == b'.') | (byte == b'_') | (byte == b'+'),
        (byte == b'%') | (byte == b'!') | (byte == b'$'),
    );
    is_letter | is_digit | is_joint | is_sign | (byte == b'~') | (byte == b'|')
}

/// What may belong to the word behind it: a slash of base64, the brace of a hash, an escape, the cell before.
const BELONG: Signs = Signs::of(b"/}\\%[;,");

/// How many bytes in a row may be a text in base64.
const LONG: usize = 32;

/// How far a sign may be from the name that it joins to a value, and how many signs may close the name.
const FARTHEST_SIGN: usize = 48;
const MOST_SIGNS: usize = 8;

/// How many letters a value behind a blank may begin with, and a group before it.
const MOST_LETTERS: usize = 8;
const MOST_CAPITALS: usize = 4;

/// `2026-11-28`: what most rows in logs begin with.
fn is_date(text: &[u8], start: usize) -> bool {
    let digits = |at: usize, count: usize| part(text, at..at + count).iter().all(u8::is_ascii_digit);
    let apart = byte(text, start + 4) == Some(b'-') && byte(text, start + 7) == Some(b'-');
    apart
        && digits(start + 5, 2)
        && digits(start + 8, 2)
        && matches!(byte(text, start), Some(b'1' | b'2'))
        && matches!(byte(text, start + 5), Some(b'0' | b'1'))
        && !byte(text, start + DATE).is_some_and(|byte| byte == b'-' || byte.is_ascii_digit())
}

/// The length of a date.
const DATE: usize = 10;

/// The next blank of the row of digits that goes on at `at`, if a digit follows it.
fn next_blank(text: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    loop {
        at = skip(text, at, |byte| byte.is_ascii_digit());
        let separator = byte(text, at).filter(|byte| matches!(byte, b' ' | b'-' | b'.'))?;
        if !byte(text, at + 1)?.is_ascii_digit() {
            return None;
        }
        if separator == b' ' {
            return Some(at);
        }
        at += 1;
    }
}

/// How far before a cut the beginnings of what was cut are looked for: what is longer had an event of its own.
const LONGEST_CUT: usize = 64;
