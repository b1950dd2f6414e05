//! The jobs, and the policies that say what they are.
//!
//! Must not know who does them.

use std::collections::BTreeMap;

use airlock::codex::{Attribute, CANONICAL, COMMON, DIAGNOSTICS, EVENTS, RESOURCE, fold_byte};
use airlock::detect::DETECTORS;
use serde_json::{Value, json};

use crate::edit;

/// What is done to a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// Three attributes are masked by their keys, and nothing else happens.
    WireEdit,
    /// What happens without a policy of one's own.
    DefaultPolicy,
}

impl Job {
    /// What it is called in tables and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::WireEdit => "wire edit",
            Self::DefaultPolicy => "default policy",
        }
    }

    /// The policy of the job.
    pub fn policy(self) -> String {
        match self {
            Self::WireEdit => wire_edit_policy().to_string(),
            Self::DefaultPolicy => "{}".into(),
        }
    }

    /// The baseline's way to do the job.
    pub fn edit(self) -> edit::Edit {
        match self {
            Self::WireEdit => edit::wire_edit,
            Self::DefaultPolicy => edit::default_policy,
        }
    }
}

/// The policy that masks three attributes and switches everything else off: no detector, no normalisation, and every
/// other name of the catalogue kept as it is.
fn wire_edit_policy() -> Value {
    let events = EVENTS.iter().flat_map(|event| event.attributes);
    let mut attributes = kept(events.chain(COMMON).chain(DIAGNOSTICS).chain(CANONICAL));
    attributes.extend(["arguments", "output", "prompt"].map(|name| (folded(name), "mask")));
    let resource = kept(RESOURCE);
    let detectors: Vec<_> = DETECTORS.iter().map(|detector| detector.id).collect();
    json!({
        "unknown": { "events": "keep", "attributes": "keep" },
        "normalise": { "event-name": false, "time": false, "types": false, "tools": false, "semconv": "none" },
        "redact": { "body": "keep-unscanned", "attributes": attributes, "resource": resource },
        "detect": { "disable": detectors },
    })
}

/// Names as a policy may spell them: once, however case and punctuation differ.
fn kept<'a>(attributes: impl IntoIterator<Item = &'a Attribute>) -> BTreeMap<String, &'static str> {
    attributes.into_iter().map(|attribute| (folded(attribute.name), "keep-unscanned")).collect()
}

fn folded(name: &str) -> String {
    name.bytes().map(|byte| char::from(fold_byte(byte))).collect()
}
