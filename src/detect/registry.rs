//! The list of detectors, and what a detector is.
//!
//! Must not know how the pass works. The order matters in one way only: where two detectors find the same span, the
//! earlier one names it.

use super::engine::Pass;
use super::personal::Identifier;
use super::personal::{card, email};
use super::tokens::Token;
use super::{custom, encoded, jwt, names, pem, personal, tokens, url};

/// Every detector there is.
pub static DETECTORS: &[Detector] = &LIST;

/// The same list as a constant, so that the tables of the pass are computed from it when the crate is built.
#[expect(clippy::large_const_arrays, reason = "read when the crate is built, and copied into nothing but DETECTORS")]
pub(super) const LIST: [Detector; COUNT] = {
    let mut list = [names::SECRET_ASSIGNMENT; COUNT];
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
    tokens::agents::SHELF,
    tokens::identity::SHELF,
    tokens::ai::SHELF,
    tokens::cloud::SHELF,
    tokens::hosting::SHELF,
    tokens::code::SHELF,
    tokens::build::SHELF,
    tokens::packages::SHELF,
    tokens::vault::SHELF,
    tokens::infra::SHELF,
    tokens::data::SHELF,
    tokens::bank::SHELF,
    tokens::chat::SHELF,
    tokens::cms::SHELF,
    tokens::crypto::SHELF,
    tokens::hook::SHELF,
    tokens::mail::SHELF,
    tokens::media::SHELF,
    tokens::pay::SHELF,
    tokens::people::SHELF,
    tokens::saas::SHELF,
    tokens::shop::SHELF,
    tokens::social::SHELF,
    tokens::tools::SHELF,
    tokens::watch::SHELF,
    tokens::short::SHELF,
    tokens::shaped::SHELF,
    tokens::hash::SHELF,
    &[
        jwt::JWT,
        pem::PRIVATE_KEY_PEM,
        pem::PRIVATE_KEY_BASE64,
        pem::PRIVATE_KEY_FRAGMENT,
        url::URL_CREDENTIALS,
        encoded::ENCODED,
        names::header::BEARER_TOKEN,
    ],
    &[email::EMAIL, card::PAYMENT_CARD],
    &personal::SHELF,
    &[names::SECRET_ASSIGNMENT],
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
    /// Shapes of letters and digits that check themselves.
    Identifiers(&'static [Identifier]),
    /// An entry point of `personal` that knows its detector by name.
    Served,
    /// Fixed heads with a body after them.
    Tokens(&'static [Token]),
    /// Fixed heads, of two bytes or more, and a look of its own at what starts with one.
    Heads { heads: &'static [&'static str], look: Look },
    /// A look of its own at some places.
    At { events: &'static [Event], look: Look },
    /// Names and what is joined to them: `names` knows them all.
    Names,
}

/// Looks at one place, on behalf of one detector.
pub(super) type Look = fn(&mut Pass<'_>, DetectorId, usize);

/// Places at which a detector may ask to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// An `@` or `%40`.
    At,
    /// The text was cut here.
    Cut,
    /// Five dashes or more end here.
    Dashes,
    /// Seven digits and more, with single separators among them, start here.
    Digits,
    /// Thirty-two bytes of words start here that are not all hexadecimal digits and dashes.
    Long,
    /// Sixteen bytes of words start here after a slash, or thirty-two after a plus.
    Slash,
    /// A `~`.
    Tilde,
}

/// Who asked to look where.
pub(super) static LOOKS: [(Event, DetectorId, Look); LOOKS_COUNT] = {
    let mut looks: [(Event, DetectorId, Look); LOOKS_COUNT] = [(Event::At, DetectorId(0), email::look); LOOKS_COUNT];
    let mut free: &mut [_] = &mut looks;
    let (mut index, mut list): (usize, &[Detector]) = (0, &LIST);
    while let [detector, others @ ..] = list {
        if let Rule::At { events, look } = detector.rule {
            let mut events = events;
            while let [event, rest @ ..] = events
                && let [place, places @ ..] = free
            {
                *place = (*event, DetectorId::at(index), look);
                free = places;
                events = rest;
            }
        }
        list = others;
        index += 1;
    }
    looks
};

const LOOKS_COUNT: usize = {
    let (mut count, mut list): (usize, &[Detector]) = (0, &LIST);
    while let [detector, others @ ..] = list {
        if let Rule::At { events, .. } = detector.rule {
            count += events.len();
        }
        list = others;
    }
    count
};

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

/// The id of the detector called `name`, for those that report under a fixed one.
#[expect(clippy::panic, reason = "runs in the compiler, and stops it")]
pub(super) const fn id(name: &str) -> DetectorId {
    let (mut index, mut list): (usize, &[Detector]) = (0, &LIST);
    while let [detector, others @ ..] = list {
        if is_same(detector.id.as_bytes(), name.as_bytes()) {
            return DetectorId::at(index);
        }
        list = others;
        index += 1;
    }
    panic!("no detector has this name")
}

const fn is_same(mut one: &[u8], mut other: &[u8]) -> bool {
    while let ([a, rest @ ..], [b, others @ ..]) = (one, other) {
        if *a != *b {
            return false;
        }
        (one, other) = (rest, others);
    }
    one.is_empty() && other.is_empty()
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
