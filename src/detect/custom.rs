//! A policy's own detectors: expressions and fixed texts, perhaps only near certain words, perhaps with a check digit.
//!
//! They look after the built-in ones have, each over the whole text. Must not know how a policy writes them, nor what
//! happens to a finding.
//!
//! Keeps I5: an expression is run by an engine that never goes back, over stretches of [`SIGHT`] bytes, and every
//! stretch is paid for; a text that costs more than its length allows is found as a whole, by the name of
//! [`UNSEARCHED`]. So a match of up to [`LONGEST_MATCH`] bytes is never missed, a longer one may be, and nothing leaves
//! because it was too much work (I2). Keeps I4: letters and digits are those of ASCII, whatever else a host links. Keeps
//! I7: what lies inside a mark is never found, those of a policy's own detectors included.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use regex_lite::{Regex, RegexBuilder};

use super::marker::inside_marker;
use super::near::Word;
use super::registry::{self, DETECTORS, Detector, DetectorId, Group, Rule};
use super::validator::Validator;
use super::{Detectors, Finding};

/// The name under which a text is found that was too much work.
pub const UNSEARCHED: &str = "unsearched";

/// A match that is no longer is never missed.
pub const LONGEST_MATCH: usize = 1024;

/// How far an expression sees at once: a match of the greatest length, and as much again.
const SIGHT: usize = 2 * LONGEST_MATCH;

/// What a text may cost, in bytes seen: as much for each of its own bytes as a match every eight bytes takes.
const COST_PER_BYTE: usize = SIGHT / 8;

/// What any text may cost, however short.
const COST_FREE: usize = 64 << 10;

/// The longest expression, and fixed text, that is read; a longer one is data.
const MAX_SOURCE_BYTES: usize = 1024;

/// What an expression may come to when its repetitions are written out.
const MAX_PROGRAM_BYTES: usize = 64 << 10;

/// How deep an expression may nest.
const MAX_NESTING: u32 = 32;

/// One of a policy's own detectors.
#[derive(Clone, Debug, PartialEq)]
pub struct Custom {
    /// Its name in reports and marks; no built-in one has it.
    pub id: String,
    /// What kind of harm it prevents.
    pub group: Group,
    /// What it finds.
    pub pattern: Pattern,
    /// Words of which one has to stand near; none asks for none.
    pub near: Vec<Word>,
    /// The check that a find has to pass.
    pub validator: Option<Validator>,
}

/// What a policy's own detector finds.
#[derive(Clone, Debug, PartialEq)]
pub enum Pattern {
    /// What an expression matches.
    Expression(Expression),
    /// Any of these texts, where `folds` in either case of the letters of ASCII.
    Literals {
        /// Not empty, none of them.
        texts: Vec<Literal>,
        /// Whether case makes no difference.
        folds: bool,
    },
}

/// A fixed text: not empty, and not too long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal(Box<[u8]>);

impl Literal {
    /// Reads a text, or says what is wrong with it.
    pub fn new(text: &str) -> Result<Self, &'static str> {
        match text.len() {
            0 => Err("expected a text that is not empty"),
            1..=MAX_SOURCE_BYTES => Ok(Self(text.as_bytes().into())),
            _ => Err("expected a text of at most 1024 bytes"),
        }
    }
}

/// A regular expression that is read, bounded, and matches no empty text.
#[derive(Clone, Debug)]
pub struct Expression {
    source: String,
    regex: Regex,
    /// What every match begins with, if that is plain to see: a text without it costs next to nothing.
    head: Box<[u8]>,
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Expression {
    /// Reads an expression, or says what is wrong with it, in words that do not quote it.
    pub fn new(source: &str) -> Result<Self, String> {
        if source.len() > MAX_SOURCE_BYTES {
            return Err("expected an expression of at most 1024 bytes".into());
        }
        let mut builder = RegexBuilder::new(source);
        let builder = builder.size_limit(MAX_PROGRAM_BYTES).nest_limit(MAX_NESTING);
        let regex =
            builder.build().map_err(|error| alloc::format!("this is no expression that can be run: {error}"))?;
        if matches_nothing(&regex) {
            return Err("it matches the empty text, so it would find something everywhere".into());
        }
        Ok(Self { source: source.into(), regex, head: head_of(source).into() })
    }
}

/// Whether an empty match is possible. What comes before and after a place decides, by four kinds each.
fn matches_nothing(regex: &Regex) -> bool {
    const KINDS: [&str; 5] = ["", "a", " ", "\n", "\r"];
    KINDS.iter().any(|before| {
        KINDS.iter().any(|after| {
            let text = [*before, *after].concat();
            regex.find_iter(&text).any(|found| found.is_empty())
        })
    })
}

/// The letters and digits that stand at the beginning of an expression and mean themselves.
fn head_of(source: &str) -> &[u8] {
    // An alternative begins with something else, and so may a group; a flag changes what letters mean.
    if source.contains('|') {
        return b"";
    }
    let body = source.strip_prefix("\\b").unwrap_or(source).as_bytes();
    let plain = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-_@:/=#".contains(byte);
    let length = body.iter().take_while(plain).count();
    // What is repeated may be missing.
    let is_repeated = matches!(body.get(length), Some(b'*' | b'?' | b'{'));
    body.get(..length - usize::from(is_repeated && length > 0)).unwrap_or_default()
}

/// A policy's own detectors, in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Customs(Option<Arc<[Custom]>>);

impl Customs {
    fn list(&self) -> &[Custom] {
        self.0.as_deref().unwrap_or_default()
    }

    /// Appends what is found in `text`, or as much of it as the first, if nothing more is asked.
    pub(super) fn scan(&self, text: &[u8], only_first: bool, findings: &mut Vec<Finding>) {
        self.scan_if(text, only_first, |_| true, findings);
    }

    /// The same of those that look at what stands near, in a text that has its name before it; `name` bytes of both are
    /// no text.
    pub(super) fn scan_near(&self, pair: &[u8], findings: &mut Vec<Finding>) {
        self.scan_if(pair, false, |custom| !custom.near.is_empty(), findings);
    }

    /// Whether any looks at what stands near.
    pub(super) fn look_near(&self) -> bool {
        self.list().iter().any(|custom| !custom.near.is_empty())
    }

    fn scan_if(&self, text: &[u8], only_first: bool, wanted: impl Fn(&Custom) -> bool, findings: &mut Vec<Finding>) {
        if self.list().is_empty() || text.is_empty() {
            return;
        }
        let before = findings.len();
        let whole = self.whole(text);
        let Ok(text) = core::str::from_utf8(text) else {
            findings.push(whole);
            return;
        };
        for (index, custom) in self.list().iter().enumerate().filter(|(_, custom)| wanted(custom)) {
            let detector = DetectorId::at(DETECTORS.len() + index);
            let mut go_on = |start, end| {
                if custom.takes(text.as_bytes(), start, end) && !inside_marker(text.as_bytes(), start, end, self) {
                    findings.push(Finding { start, end, detector });
                }
                !(only_first && findings.len() > before)
            };
            if !custom.pattern.find(text, &mut go_on) {
                findings.push(whole);
            }
            if only_first && findings.len() > before {
                return;
            }
        }
    }

    /// The whole of `text` as [`UNSEARCHED`], whose number comes after those of all detectors.
    pub(super) fn whole(&self, text: &[u8]) -> Finding {
        Finding { start: 0, end: text.len(), detector: DetectorId::at(DETECTORS.len() + self.list().len()) }
    }

    /// Whether one is called `id`, or what is found in place of them all.
    pub(super) fn has(&self, id: &str) -> bool {
        id == UNSEARCHED || self.list().iter().any(|custom| custom.id == id)
    }
}

impl Detectors {
    /// The same set with a policy's own detectors.
    #[must_use]
    pub fn with(mut self, customs: Vec<Custom>) -> Self {
        self.customs = Customs((!customs.is_empty()).then(|| customs.into()));
        self
    }

    /// How many detectors can be named: ids are below this.
    pub fn count(&self) -> usize {
        DETECTORS.len() + self.customs.list().len() + 1
    }

    /// What a detector of this set is called; a policy's own ones come after the built-in ones, and [`UNSEARCHED`] last.
    pub fn name(&self, id: DetectorId) -> &str {
        match id.index().checked_sub(DETECTORS.len()) {
            None => id.get().id,
            Some(own) => self.customs.list().get(own).map_or(UNSEARCHED, |custom| &custom.id),
        }
    }

    /// What kind of harm it prevents.
    pub fn group(&self, id: DetectorId) -> Group {
        let own = id.index().checked_sub(DETECTORS.len()).and_then(|own| self.customs.list().get(own));
        own.map_or(id.get().group, |custom| custom.group)
    }

    /// What the detector with this place among all ids is called.
    pub fn name_at(&self, index: usize) -> Option<&str> {
        (index < self.count()).then(|| self.name(DetectorId::at(index)))
    }

    /// The names of all ids, in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        (0..self.count()).map(|index| self.name(DetectorId::at(index)))
    }

    /// Whether a detector of this set, or a built-in one, is called `id`: then a mark may say so.
    pub fn knows(&self, id: &str) -> bool {
        registry::by_id(id).is_some() || self.customs.has(id)
    }
}

impl Custom {
    /// Whether what was matched at `start..end` is what is looked for.
    fn takes(&self, text: &[u8], start: usize, end: usize) -> bool {
        let found = text.get(start..end).unwrap_or_default();
        self.validator.is_none_or(|validator| validator.accepts(found))
            && (self.near.is_empty() || self.near.iter().any(|word| word.stands_near(text, start, end)))
    }
}

impl Pattern {
    /// Gives each match to `found`, from left to right, until that is no longer asked; `false` if it became too much work.
    fn find(&self, text: &str, found: &mut dyn FnMut(usize, usize) -> bool) -> bool {
        match self {
            Self::Expression(expression) => expression.find(text, found),
            Self::Literals { texts, folds } => {
                texts.iter().for_each(|literal| literal.find(text.as_bytes(), *folds, found));
                true
            }
        }
    }
}

impl Literal {
    fn find(&self, text: &[u8], folds: bool, found: &mut dyn FnMut(usize, usize) -> bool) {
        let mut at = 0;
        while let Some(start) = self.next(text, at, folds) {
            let end = start + self.0.len();
            if !found(start, end) {
                return;
            }
            at = end;
        }
    }

    fn next(&self, text: &[u8], mut at: usize, folds: bool) -> Option<usize> {
        let first = *self.0.first()?;
        if !folds {
            return memchr::memmem::find(text.get(at..)?, &self.0).map(|offset| at + offset);
        }
        let (lower, upper) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
        while let Some(offset) = memchr::memchr2(lower, upper, text.get(at..)?) {
            at += offset;
            if text.get(at..at + self.0.len())?.eq_ignore_ascii_case(&self.0) {
                return Some(at);
            }
            at += 1;
        }
        None
    }
}

impl Expression {
    /// Looks over stretches of [`SIGHT`] bytes. A match in one is sure when the stretch, or the text, goes on far enough
    /// behind where it begins; one that ends with its stretch may go on, and is looked for in a longer one.
    fn find(&self, text: &str, found: &mut dyn FnMut(usize, usize) -> bool) -> bool {
        let mut budget = COST_FREE + COST_PER_BYTE * text.len();
        let (mut at, mut sight) = (0, SIGHT);
        while at < text.len() {
            match memchr::memmem::find(text.as_bytes().get(at..).unwrap_or_default(), &self.head) {
                Some(offset) => at += offset,
                None => return true,
            }
            let end = text.ceil_char_boundary(at.saturating_add(sight));
            let is_last = end == text.len();
            let Some(rest) = budget.checked_sub(end - at) else { return false };
            budget = rest;
            match self.regex.find_at(text.get(..end).unwrap_or_default(), at).map(|it| (it.start(), it.end())) {
                None if is_last => return true,
                None => (at, sight) = (text.floor_char_boundary(end - LONGEST_MATCH).max(at + 1), SIGHT),
                Some((start, _)) if !is_last && start > at && start + LONGEST_MATCH >= end => at = start,
                Some((_, stop)) if !is_last && stop == end => sight *= 2,
                // No part of a text is empty, and an expression that could match there was refused.
                Some((start, stop)) if start == stop => at = text.ceil_char_boundary(start + 1),
                Some((start, stop)) => {
                    if !found(start, stop) {
                        return true;
                    }
                    (at, sight) = (stop, SIGHT);
                }
            }
            at = text.ceil_char_boundary(at);
        }
        true
    }
}

/// What a policy's own detectors have in common, for whoever asks an id without the set that it belongs to.
pub(super) static OWN: Detector = Detector {
    id: "custom",
    group: Group::Secret,
    about: "what a policy says under detect.custom",
    source: "the policy",
    examples: &[],
    rule: Rule::Tokens(&[]),
};

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    fn expression(source: &str) -> Custom {
        let pattern = Pattern::Expression(Expression::new(source).unwrap());
        Custom { id: "own".into(), group: Group::Secret, pattern, near: Vec::new(), validator: None }
    }

    fn literals(texts: &[&str], folds: bool) -> Custom {
        let texts = texts.iter().map(|text| Literal::new(text).unwrap()).collect();
        Custom { pattern: Pattern::Literals { texts, folds }, ..expression("a") }
    }

    /// What one detector finds, and that the other ways to ask agree.
    fn found(custom: Custom, text: &str) -> Vec<(usize, usize, String)> {
        let all = Detectors::all().with([custom].into());
        let mut findings = Vec::new();
        all.scan(text.as_bytes(), &mut findings);
        assert_eq!(all.is_clean(text.as_bytes()), findings.is_empty(), "clean is where nothing is found");
        findings.iter().map(|it| (it.start, it.end, all.name(it.detector).to_string())).collect()
    }

    fn spans(custom: Custom, text: &str) -> Vec<(usize, usize)> {
        found(custom, text).into_iter().filter(|it| it.2 == "own").map(|it| (it.0, it.1)).collect()
    }

    #[test]
    fn expressions_find_every_match() {
        assert_eq!(spans(expression(r"ACME-\d{5,}"), "ä ACME-12345, ACME-1234; ACME-1234567"), [(3, 13), (26, 38)]);
        assert_eq!(spans(expression(r"(?i)\bzz+\b"), "ZZZ azz zz"), [(0, 3), (8, 10)]);
        assert_eq!(spans(expression("ä{2}."), "xäää"), [(1, 7)]);
        assert_eq!(spans(expression("^a|b$"), "a ab b"), [(0, 1), (5, 6)]);
        assert_eq!(spans(expression("ab*c"), "ac abbc"), [(0, 2), (3, 7)]);
    }

    #[test]
    fn fixed_texts_are_found_in_either_case_where_asked() {
        let text = "Project Bluefin, project bluefin, PROJECT BLUEFIN";
        assert_eq!(spans(literals(&["Project Bluefin"], false), text), [(0, 15)]);
        assert_eq!(spans(literals(&["project bluefin", "nothing"], true), text), [(0, 15), (17, 32), (34, 49)]);
    }

    #[test]
    fn what_is_near_and_what_is_checked_decide() {
        let near = Custom { near: [Word::new("case").unwrap()].into(), ..expression(r"\d{6}") };
        assert_eq!(spans(near.clone(), "case 123456, and further on, at least fifty bytes away, 654321"), [(5, 11)]);
        let checked = Custom { validator: Validator::by_name("luhn"), ..expression(r"\d{11}") };
        assert_eq!(spans(checked, "79927398713 79927398714"), [(0, 11)]);
        let all = Detectors::all().with([near].into());
        let mut findings = Vec::new();
        for (name, expected) in [("support.case", 1), ("support", 0), ("é".repeat(40).as_str(), 0)] {
            findings.clear();
            all.scan_named(name.as_bytes(), b"123456 FAKE", &mut findings);
            assert_eq!(findings.len(), expected, "{name}");
            assert_eq!(all.is_clean_named(name.as_bytes(), b"123456 FAKE"), expected == 0);
            assert!(findings.iter().all(|it| (it.start, it.end) == (0, 6)));
        }
    }

    /// Scenario: matches at every place around the ends of the stretches that are looked at, and one longer than any.
    /// Guarantees: where a stretch ends does not show.
    #[test]
    fn stretches_hide_nothing() {
        for offset in (0..SIGHT * 2).step_by(61).chain(SIGHT - 20..SIGHT + 20) {
            let text = [&"ä".repeat(offset / 2), "BEGIN", &"-".repeat(900), "END", &" ".repeat(3 * SIGHT)].concat();
            let start = offset / 2 * 2;
            assert_eq!(spans(expression("BEGIN[^E]*END"), &text), [(start, start + 908)], "{offset}");
            assert_eq!(spans(expression("(BEGIN)-*END"), &text), [(start, start + 908)], "{offset}");
        }
        let long = ["9".repeat(5 * SIGHT), " ".into()].concat();
        assert_eq!(spans(expression("[0-9]{7,}"), &long), [(0, 5 * SIGHT)]);
    }

    /// Scenario: an expression that reads to the end of its stretch for each letter that it finds.
    /// Guarantees: the text is found as a whole (I2), under a name that tells why.
    #[test]
    fn too_much_work_is_a_finding() {
        let text = "x".repeat(64 << 10);
        assert_eq!(found(expression("x.*y|x"), &text), [(0, text.len(), UNSEARCHED.to_string())]);
        let text = "ACME-12345 ".repeat(6000);
        assert_eq!(spans(expression(r"ACME-\d{5,}"), &text).len(), 6000, "an honest list is none");
    }

    #[test]
    fn marks_of_own_detectors_are_left_alone() {
        assert_eq!(spans(literals(&["own", "redacted"], false), "[redacted:own] [redacted] own"), [(26, 29)]);
        assert_eq!(spans(expression("[a-z]+"), "[redacted:unsearched]"), []);
        assert_eq!(spans(expression("[a-z]+"), "[redacted:other]"), [(1, 9), (10, 15)]);
    }

    #[test]
    fn expressions_that_find_nothing_or_too_much_are_refused() {
        for source in ["", "a*", "^", r"\b", "a|", "(?m)$", r"\B"] {
            assert!(Expression::new(source).unwrap_err().starts_with("it matches the empty text"), "{source}");
        }
        for source in ["(FAKE", "a{100000}", &"(".repeat(99), &"a".repeat(1025), r"\p{Greek}"] {
            assert!(!Expression::new(source).unwrap_err().contains("FAKE"), "{source}");
        }
    }

    #[test]
    fn heads_are_what_matches_begin_with() {
        for (source, head) in [
            ("ACME-[0-9]", "ACME-"),
            (r"\bab?c", "a"),
            ("ab+", "ab"),
            ("a|b", ""),
            ("(?i)ab", ""),
            ("a{2}", ""),
            ("x.", "x"),
        ] {
            assert_eq!(head_of(source), head.as_bytes(), "{source}");
        }
    }
}
