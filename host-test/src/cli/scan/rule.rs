//! A detector as an answer names it.
//!
//! Must not know the list of detectors, nor texts.

use airlock::Airlock;
use airlock::detect::{DetectorId, Group};

/// What a detector says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Rule<'a> {
    pub(in crate::cli) id: &'a str,
    pub(in crate::cli) group: &'static str,
    pub(in crate::cli) about: &'a str,
    pub(in crate::cli) source: &'a str,
}

impl<'a> Rule<'a> {
    pub(super) fn of(airlock: &'a Airlock, id: DetectorId) -> Self {
        let (detectors, detector) = (airlock.detectors(), id.get());
        let (id, group) = (detectors.name(id), group_name(detectors.group(id)));
        Self { id, group, about: detector.about, source: detector.source }
    }
}

/// A group as policies and answers call it.
pub(in crate::cli) fn group_name(group: Group) -> &'static str {
    match group {
        Group::Personal => "personal",
        Group::Secret => "secret",
    }
}
