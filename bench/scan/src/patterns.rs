//! As many regular expressions as there are detectors.
//!
//! Must not know how the detectors work: each pattern is what a list of rules would say of the first example that a detector
//! covers, its first four bytes as they are and sixteen or more of what tokens are made of. That is less than the detectors
//! look for (no names, no checks, no escapes), so the comparison favours the expressions.

use std::ops::Range;

use airlock::detect::DETECTORS;
use regex::bytes::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

use crate::Result;

/// How many bytes of an example a pattern begins with.
const HEAD: usize = 4;

/// Room for all patterns at once, compiled and while they run.
const ROOM: usize = 1 << 28;

/// The expressions, all in one set, and one by one.
pub struct Patterns {
    expressions: Vec<String>,
    set: RegexSet,
    each: Vec<Regex>,
}

impl Patterns {
    /// One pattern a detector.
    pub fn of_detectors() -> Result<Self> {
        let of_example = |detector: &airlock::detect::Detector| {
            let covered = detector.examples.iter().find_map(|example| example.0.split_once('«'))?.1;
            let head = covered.get(..covered.floor_char_boundary(HEAD))?;
            Some(format!(r"\b{}[A-Za-z0-9_.\-]{{16,}}", regex::escape(head)))
        };
        let expressions: Vec<String> = DETECTORS.iter().filter_map(of_example).collect();
        let set = RegexSetBuilder::new(&expressions).unicode(false).size_limit(ROOM).dfa_size_limit(ROOM).build()?;
        let regex = |expression: &String| RegexBuilder::new(expression).unicode(false).build();
        let each = expressions.iter().map(regex).collect::<std::result::Result<_, _>>()?;
        Ok(Self { expressions, set, each })
    }

    /// What they were made of.
    pub fn expressions(&self) -> &[String] {
        &self.expressions
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.each.len()
    }

    /// Whether any matches: each is tried to its end, and where it matched is not told.
    pub fn set(&self, text: &[u8]) -> bool {
        self.set.matches(text).matched_any()
    }

    /// Where each matches.
    pub fn spans(&self, text: &[u8]) -> Vec<Range<usize>> {
        self.each.iter().flat_map(|regex| regex.find_iter(text)).map(|found| found.range()).collect()
    }
}
