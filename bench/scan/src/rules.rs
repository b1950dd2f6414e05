//! The patterns as rules of the crate `dd-sensitive-data-scanner`, in one scanner.
//!
//! Must not know how the detectors work. Keeps the comparison fair: a rule is its expression and nothing more (no words
//! that must be near, no checks, nothing replaced), so the scanner is asked for spans, as the detectors are.

use std::ops::Range;

use dd_sds::{RegexRuleConfig, RootRuleConfig, Scanner};

use crate::Result;

/// One scanner, and the texts that it would change if its rules said so.
pub struct Rules {
    scanner: Scanner,
    texts: Vec<String>,
}

impl Rules {
    /// One rule an expression.
    pub fn of_expressions(expressions: &[String]) -> Result<Self> {
        let of_expression = |expression: &String| RootRuleConfig::new_dyn(RegexRuleConfig::new(expression));
        let rules: Vec<_> = expressions.iter().map(of_expression).collect();
        let scanner = Scanner::builder(&rules).build().map_err(|error| format!("a rule is refused: {error:?}"))?;
        Ok(Self { scanner, texts: Vec::new() })
    }

    /// Gives it the texts of the scans to come.
    pub fn write<'t>(&mut self, texts: impl Iterator<Item = &'t str>) {
        self.texts = texts.map(str::to_owned).collect();
    }

    /// Where rules match in each text; of matches that overlap it keeps one.
    pub fn spans(&mut self) -> Result<Vec<Vec<Range<usize>>>> {
        let Self { scanner, texts } = self;
        let spans = |text| {
            let matches = scanner.scan(text).map_err(|error| format!("the scanner gave up: {error:?}"))?;
            Ok(matches.iter().map(|found| found.start_index..found.end_index_exclusive).collect())
        };
        texts.iter_mut().map(spans).collect()
    }
}
