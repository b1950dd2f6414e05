//! Phrases from which a wallet's keys are made.
//!
//! Must not know the list of words. Keeps I5: at most [`MOST`] words are read, and only behind a word that names them.

use super::super::engine::Pass;
use super::super::registry::{Detector, DetectorId, Example, Group, Rule, id};
use super::super::text::{byte, part, skip};

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[SEED_PHRASE];

const SEED_PHRASE: Detector = Detector {
    id: "seed-phrase",
    group: Group::Secret,
    about: "twelve to twenty-four words that are a wallet's key",
    source: "BIP 39",
    examples: &[
        Example("mnemonic: «fake word here fake word here fake word here fake word here»"),
        Example("seed phrase = \"«fake word here fake word here fake word here fake word here»\""),
        Example("mnemonic: fake word here"),
        Example("a seed phrase is a list of twelve words that a wallet makes for its owner"),
        Example("fake word here fake word here fake word here fake word here"),
    ],
    rule: Rule::Served,
};

/// What such words are called.
pub(super) const WORDS: &[&str] = &["mnemonic", "seed phrase", "recovery phrase", "backup phrase", "wallet seed"];

/// Most words.
const MOST: usize = 24;

/// The words behind the name that ends at `end`.
pub(super) fn at_word(pass: &mut Pass<'_>, end: usize) {
    const ID: DetectorId = id("seed-phrase");
    let text = pass.text;
    if !pass.wants(ID) {
        return;
    }
    let from = end.saturating_sub(16);
    if !pass.has_word(from..end, WORDS) {
        return;
    }
    let start = skip(part(text, 0..end + 8), end, |byte| b" \t:=\"'\\`".contains(&byte));
    // The words stand behind a sign, not in the sentence.
    if !part(text, end..start).iter().any(|byte| b":=\"'`".contains(byte)) {
        return;
    }
    let (mut at, mut count, mut close) = (start, 0, start);
    while count <= MOST {
        let word = skip(part(text, 0..at + 9), at, |byte| byte.is_ascii_lowercase());
        if !(3..=8).contains(&(word - at)) {
            break;
        }
        count += 1;
        close = word;
        if !byte(text, word).is_some_and(|byte| byte == b' ' || byte == b',') {
            break;
        }
        at = skip(part(text, 0..word + 3), word, |byte| byte == b' ' || byte == b',');
    }
    if matches!(count, 12 | 15 | 18 | 21 | 24) {
        pass.report(ID, start, close);
    }
}
