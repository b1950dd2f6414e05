//! What Codex sends, as data: its events, their attributes, the dialects of fifteen months and what is sensitive.
//!
//! ```text
//! events/    one row per attribute of each event        tools/     tool names and exit codes, by dialect
//! common     attributes that most events share          words      enumerations that changed their spelling
//! resource   attributes of the resource                 time       `event.timestamp` as nanoseconds
//! canonical  the names that normalisation gives         sensitive  names that are sensitive anywhere
//! kinds      which names are of the same thing
//! ```
//!
//! Recorded from the real CLI, 0.45.0 to 0.169.0; what was only read in its source is marked as such. A new event is
//! one constant and one line in `EVENTS`.
//!
//! Must not know detectors, policies or OTLP: a reader of this room learns Codex and nothing else. Keeps I1 by what it
//! calls sensitive, and I8: every function here takes any bytes.

mod canonical;
mod common;
mod events;
mod kinds;
mod model;
mod resource;
mod sensitive;
mod shape;
pub mod time;
pub mod tools;
pub mod words;

pub use canonical::{CANONICAL, CANONICAL_NAMES, Canonical, Conversion, DERIVED, RESOURCE_CANONICAL_NAMES};
pub use common::{COMMON, DIAGNOSTICS};
pub use events::EVENTS;
pub use kinds::{PSEUDONYMOUS, USAGE, kind};
pub use model::{Attribute, Event, Seen, Sensitivity};
pub use resource::RESOURCE;
pub use sensitive::{SENSITIVE_NAMES, SENSITIVE_PREFIXES, fold_byte, is_sensitive};
pub use shape::{Shape, integer, is_word};

/// The line that Codex puts under a tool's output that it has cut. The cut may split a secret.
pub const TRUNCATION_MARKER: &str = "[... telemetry preview truncated ...]";

#[cfg(test)]
mod tests {
    use super::*;

    /// Every list of attributes in the catalogue, with the name of the list.
    fn lists() -> impl Iterator<Item = (&'static str, &'static [Attribute])> {
        let shared =
            [("common", COMMON), ("diagnostics", DIAGNOSTICS), ("resource", RESOURCE), ("canonical", CANONICAL)];
        EVENTS.iter().map(|event| (event.name, event.attributes)).chain(shared)
    }

    fn folded(name: &str) -> alloc::vec::Vec<u8> {
        name.bytes().map(fold_byte).collect()
    }

    #[test]
    fn no_name_stands_twice() {
        for (list, attributes) in lists() {
            for (place, attribute) in attributes.iter().enumerate() {
                let again = attributes.iter().skip(place + 1).any(|other| other.name == attribute.name);
                assert!(!again, "{} stands twice in {list}", attribute.name);
            }
        }
        for (place, event) in EVENTS.iter().enumerate() {
            assert!(EVENTS.iter().skip(place + 1).all(|other| other.name != event.name), "{} twice", event.name);
            for attribute in event.attributes {
                let shared = COMMON.iter().any(|common| common.name == attribute.name);
                assert!(!shared, "{} of {} is a common one", attribute.name, event.name);
            }
        }
    }

    /// Scenario: an attribute is sensitive in the catalogue, and comes in an event that nobody knows.
    /// Guarantees: its name alone makes it sensitive, and no harmless attribute of the catalogue has such a name (I1).
    #[test]
    fn names_and_catalogue_agree_on_what_is_sensitive() {
        for (list, attributes) in lists() {
            for attribute in attributes {
                let by_name = is_sensitive(&folded(attribute.name));
                let by_row = attribute.sensitivity != Sensitivity::Safe;
                assert_eq!(by_name, by_row, "{} of {list}", attribute.name);
            }
        }
    }

    /// Scenario: one name stands in several events.
    /// Guarantees: its shape and sensitivity are the same everywhere, so that a lookup by name alone is well defined.
    #[test]
    fn one_name_means_one_thing() {
        for (list, attributes) in lists() {
            for attribute in attributes {
                for (other_list, others) in lists() {
                    for other in others.iter().filter(|other| other.name == attribute.name) {
                        assert_eq!(other.shape, attribute.shape, "{} of {list} and {other_list}", other.name);
                        assert_eq!(other.sensitivity, attribute.sensitivity, "{} of {list}", other.name);
                        assert_eq!(other.canonical, attribute.canonical, "{} of {list}", other.name);
                    }
                }
            }
        }
    }

    /// Scenario: a sensitive attribute has a shape that is not searched for secrets.
    /// Guarantees: only a status code and a three-word verdict may stay that way; identity never does (I1).
    #[test]
    fn sensitive_values_have_no_closed_shape_but_two() {
        for (_, attributes) in lists() {
            for attribute in attributes.iter().filter(|attribute| attribute.sensitivity != Sensitivity::Safe) {
                let allowed = ["error.message", "user_authorization"].contains(&attribute.name);
                assert!(allowed || !attribute.shape.is_closed(), "{}", attribute.name);
            }
        }
    }
}
