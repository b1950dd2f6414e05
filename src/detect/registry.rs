//! The list of detectors, and what a detector is.
//!
//! Must not know how the pass works. The order matters in one way only: where two detectors find the same span, the
//! earlier one names it.

use super::engine::Pass;
use super::tokens::Token;
use super::windows::Window;
use super::{assignment, card, custom, email, header, jwt, pem, tokens, url};

/// Every detector there is.
pub static DETECTORS: &[Detector] = &LIST;

/// The same list as a constant, so that the tables of the pass are computed from it when the crate is built.
pub(super) const LIST: [Detector; COUNT] = {
    let mut list = [assignment::SECRET_ASSIGNMENT; COUNT];
    let mut free: &mut [Detector] = &mut list;
    let mut shelves = SHELVES;
    while let [shelf, others @ ..] = shelves {
        let mut shelf = *shelf;
        while let [detector, rest @ ..] = shelf
            && let [place, places @ ..] = free
        {
            *place = *detector;
            free = places;
            shelf = rest;
        }
        shelves = others;
    }
    list
};

const COUNT: usize = {
    let (mut count, mut shelves) = (0, SHELVES);
    while let [shelf, others @ ..] = shelves {
        count += shelf.len();
        shelves = others;
    }
    count
};

/// Where detectors stand: those that know a vendor or a format exactly before those that go by looks.
const SHELVES: &[&[Detector]] = &[
    tokens::ai::SHELF,
    tokens::chat::SHELF,
    tokens::cloud::SHELF,
    tokens::code::SHELF,
    &[jwt::JWT, pem::PRIVATE_KEY_PEM, url::URL_CREDENTIALS, header::BEARER_TOKEN],
    &[email::EMAIL, card::PAYMENT_CARD],
    &[assignment::SECRET_ASSIGNMENT],
];

/// What kind of harm a finding would do outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// It tells something about a person.
    Personal,
    /// It opens a door.
    Secret,
}

/// Text with the parts to be covered between « and »; without guillemets nothing of its detector is found in it.
/// The examples are documentation and test at once.
#[derive(Clone, Copy, Debug)]
pub struct Example(pub &'static str);

/// One kind of sensitive text.
#[derive(Clone, Copy, Debug)]
pub struct Detector {
    /// Its name in policies, reports and markers, in kebab case.
    pub id: &'static str,
    /// What kind of harm it prevents.
    pub group: Group,
    /// What it finds, in one sentence.
    pub about: &'static str,
    /// Where the format is described.
    pub source: &'static str,
    /// What it covers and what it leaves alone.
    pub examples: &'static [Example],
    /// What wakes it and how it looks.
    pub(super) rule: Rule,
}

/// How a detector decides.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rule {
    /// A look of its own. Windows of one group share a bucket of the pass, so a group should not mix letters that
    /// together spell a common word.
    Custom { wake: &'static [&'static [Window]], look: fn(&mut Pass<'_>, DetectorId, usize) },
    /// Fixed prefixes with a body after them.
    Tokens(&'static [Token]),
}

/// Index into [`DETECTORS`], or behind its end for a policy's own detectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DetectorId(u16);

impl DetectorId {
    /// The built-in detector; what a policy's own ones have in common for those, whose names
    /// [`Detectors::name`](super::Detectors::name) tells.
    pub fn get(self) -> &'static Detector {
        DETECTORS.get(self.index()).unwrap_or(&custom::OWN)
    }

    /// Its place in [`DETECTORS`].
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The id of a place in the list; the caller takes the place from the list itself.
    pub(super) const fn at(index: usize) -> DetectorId {
        DetectorId(index as u16)
    }
}

/// The detector called `id`.
pub fn by_id(id: &str) -> Option<DetectorId> {
    DETECTORS.iter().position(|detector| detector.id == id).map(DetectorId::at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kebab_case_unique_and_found_by_name() {
        for (index, detector) in DETECTORS.iter().enumerate() {
            assert!(detector.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            assert_eq!(by_id(detector.id).map(DetectorId::index), Some(index), "{}", detector.id);
            assert!(core::ptr::eq(DetectorId::at(index).get(), detector));
        }
        assert_eq!(by_id("no-such-detector"), None);
    }

    #[test]
    fn every_detector_explains_itself() {
        for detector in DETECTORS {
            let covered = detector.examples.iter().filter(|example| example.0.contains('«')).count();
            assert!(covered > 0 && covered < detector.examples.len(), "{}: examples of both kinds", detector.id);
            assert!(!detector.about.is_empty() && !detector.source.is_empty(), "{}", detector.id);
        }
    }
}
