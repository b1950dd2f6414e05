//! What an identifier is: a shape, a check, and how much else has to speak for it.
//!
//! Must not know any country, nor how texts are read.

use super::super::registry::{Detector, Example, Group, Rule};

/// One way in which an identifier is written, as a row of a detector's table.
#[derive(Clone, Copy, Debug)]
pub(in crate::detect) struct Identifier {
    /// Its letters and digits without separators: `9` is a digit, `A` a letter, `X` either; anything else, letters in
    /// lower case, stands for itself.
    pub(super) shape: &'static str,
    /// Whether letters (in upper case) and digits add up.
    pub(super) check: fn(&[u8]) -> bool,
    /// What is asked of the text around it.
    pub(super) evidence: Evidence,
    /// Words, folded, one of which stands near it.
    pub(super) words: &'static [&'static str],
    /// How the authority prints it, separators included: `9` a digit, `A` a letter, `X` either. Who writes it so has
    /// said what it is.
    pub(super) print: &'static str,
}

/// What is asked of the text around an identifier. Each also takes what the later ones ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::detect) enum Evidence {
    /// Nothing: shape and check together are never chance.
    Anywhere,
    /// That there is no other text; a time may not look like it by chance either.
    Alone,
    /// That there is no other text, and that it could not be a time.
    Plain,
    /// A word that names it.
    Named,
}

/// A detector of rows.
pub(super) const fn detector(
    id: &'static str,
    about: &'static str,
    source: &'static str,
    examples: &'static [Example],
    rows: &'static [Identifier],
) -> Detector {
    Detector { id, group: Group::Personal, about, source, examples, rule: Rule::Identifiers(rows) }
}

/// A row: shape, check, evidence, words.
pub(super) const fn row(
    shape: &'static str,
    check: fn(&[u8]) -> bool,
    evidence: Evidence,
    words: &'static [&'static str],
) -> Identifier {
    Identifier { shape, check, evidence, words, print: "" }
}

impl Identifier {
    /// The same, found anywhere when it is written as `print`.
    pub(super) const fn printed(mut self, print: &'static str) -> Self {
        self.print = print;
        self
    }

    /// Whether `compact`, letters in upper case, has the shape and adds up.
    pub(super) fn fits(&self, compact: &[u8]) -> bool {
        let same = |(&form, &byte): (&u8, &u8)| match form {
            b'9' => byte.is_ascii_digit(),
            b'A' => byte.is_ascii_uppercase(),
            b'X' => true,
            literal => byte == literal.to_ascii_uppercase(),
        };
        self.shape.len() == compact.len()
            && self.shape.as_bytes().iter().zip(compact).all(same)
            && (self.check)(compact)
    }

    /// Whether `written`, of the row's letters and digits, has separators, whichever, only where the print has some.
    pub(super) fn is_grouped(&self, written: &[u8]) -> bool {
        let is_sign = |byte: &&u8| !byte.is_ascii_alphanumeric();
        let mut print = self.print.as_bytes().iter().peekable();
        written.iter().all(|byte| {
            if is_sign(&byte) {
                return print.next_if(is_sign).is_some();
            }
            while print.next_if(is_sign).is_some() {}
            print.next().is_some()
        })
    }

    /// Whether `written` is how the authority prints it.
    pub(super) fn is_printed(&self, written: &[u8]) -> bool {
        let same = |(&form, &byte): (&u8, &u8)| match form {
            b'9' => byte.is_ascii_digit(),
            b'A' => byte.is_ascii_uppercase(),
            b'X' => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            literal => byte == literal,
        };
        !self.print.is_empty()
            && self.print.len() == written.len()
            && self.print.as_bytes().iter().zip(written).all(same)
    }
}

/// For shapes without a check.
pub(super) fn any(_: &[u8]) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_decide_byte_by_byte() {
        let row = row("ab9AX", any, Evidence::Named, &[]).printed("AA-9AX");
        assert!(row.fits(b"AB0Z9") && row.fits(b"AB9ZZ"));
        assert!(!row.fits(b"AC0Z9") && !row.fits(b"ABZZ9") && !row.fits(b"AB009") && !row.fits(b"AB0Z"));
        assert!(row.is_grouped(b"AB 0Z9") && row.is_grouped(b"ab0z9") && !row.is_grouped(b"AB-0-Z9"));
        assert!(row.is_printed(b"AB-0Z9") && !row.is_printed(b"AB 0Z9") && !row.is_printed(b"ab-0z9"));
    }
}
