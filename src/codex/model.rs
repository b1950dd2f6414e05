//! The words of the catalogue: an event, an attribute, where they were seen and how sensitive they are.
//!
//! Must not know which events exist. Keeps no invariant of its own: the rows do.

use super::Shape;

/// One attribute as an event carries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// The key as Codex sends it.
    pub name: &'static str,
    /// What a harmless value looks like.
    pub shape: Shape,
    /// Whether the value may leave.
    pub sensitivity: Sensitivity,
    /// The name that normalisation gives it besides.
    pub canonical: Option<&'static str>,
    /// The first version that sent it, in whichever event: `0.45.0` means that one or an earlier one. Empty where no
    /// capture has it.
    pub since: &'static str,
    /// The last version that sent it, where a later one does not.
    pub until: Option<&'static str>,
}

/// An event by its `event.name`, with the attributes that it has beyond the common ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// The value of the attribute `event.name`.
    pub name: &'static str,
    /// Its own attributes.
    pub attributes: &'static [Attribute],
    /// The first version that sent it: `0.45.0` means that one or an earlier one, empty that no capture has it.
    pub since: &'static str,
    /// The last version that sent it, where a later one does not.
    pub until: Option<&'static str>,
    /// How it is known.
    pub seen: Seen,
}

/// How an event is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Recorded from the CLI.
    Captured,
    /// Read in the CLI's source, and never recorded.
    Source,
}

/// Whether a value may leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sensitivity {
    /// What people and models wrote, and what tools were given and gave.
    Content,
    /// Who somebody is, or whose machine it is.
    Personal,
    /// Neither; it may still hold a secret by accident unless its shape is closed.
    Safe,
}

/// A row of the catalogue that may leave.
pub(super) const fn safe(name: &'static str, shape: Shape, since: &'static str) -> Attribute {
    Attribute { name, shape, sensitivity: Sensitivity::Safe, canonical: None, since, until: None }
}

/// A row that holds what somebody wrote.
pub(super) const fn content(name: &'static str, shape: Shape, since: &'static str) -> Attribute {
    Attribute { name, shape, sensitivity: Sensitivity::Content, canonical: None, since, until: None }
}

/// A row that says who somebody is. Never of a closed shape: an account id that is a UUID is still an account id.
pub(super) const fn personal(name: &'static str, since: &'static str) -> Attribute {
    Attribute { name, shape: Shape::Text, sensitivity: Sensitivity::Personal, canonical: None, since, until: None }
}

/// The mark of a row that no capture holds.
pub(super) const NEVER_CAPTURED: &str = "";

impl Attribute {
    /// With the name that normalisation gives it.
    pub(super) const fn to(mut self, canonical: &'static str) -> Self {
        self.canonical = Some(canonical);
        self
    }

    /// With the last version that sent it.
    pub(super) const fn until(mut self, version: &'static str) -> Self {
        self.until = Some(version);
        self
    }
}
