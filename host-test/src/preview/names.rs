//! Names as they may be shown.
//!
//! Must not know the policy. Keeps I1: whoever sends a batch chooses its names, and may put into one what would be masked
//! in a value.

use airlock::{Airlock, Keys};

use crate::engine::HostError;
use crate::view;

/// Characters of a name that are shown; the longest of the catalogue has half as many.
const MAX_NAME: usize = 80;

/// Decides about names. All detectors look, whatever a policy says of them.
pub(super) struct Names {
    detectors: Airlock,
}

impl Names {
    pub(super) fn new() -> Result<Self, HostError> {
        Ok(Self { detectors: Airlock::open("{}", &Keys::new())? })
    }

    /// A name that leaves as it is, or that nothing but a name could be.
    pub(super) fn shown(&self, name: &str, leaves: bool) -> String {
        if let Some(finding) = self.detectors.scan(name).first() {
            return format!("(a name with {} in it)", finding.detector.get().id);
        }
        if leaves || is_word(name) {
            return view::clipped(&view::visible(name), MAX_NAME).into_owned();
        }
        format!("(a name of {} characters)", name.chars().count())
    }
}

/// What names are made of everywhere; a sentence has spaces.
fn is_word(name: &str) -> bool {
    name.len() <= MAX_NAME
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b':' | b'+' | b'-' | b'/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scenario: a name of the catalogue, a sentence, a secret, a direction mark.
    /// Guarantees: what is no name is shown only where it leaves, and a secret nowhere.
    #[test]
    fn a_name_is_shown_and_a_secret_is_not() {
        let names = Names::new().unwrap();
        assert_eq!(names.shown("codex.tool_result", false), "codex.tool_result");
        assert_eq!(names.shown("cat /etc/fake", false), "(a name of 13 characters)");
        assert_eq!(names.shown("event otel/src/a.rs:1", true), "event otel/src/a.rs:1");
        assert_eq!(names.shown("AKIAIOSFODNN7EXAMPLE", true), "(a name with aws-access-key-id in it)");
        assert_eq!(names.shown("a\u{202e}b", true), "a\\u{202e}b");
        assert_eq!(names.shown(&"a".repeat(100), true), "a".repeat(80) + "…");
    }
}
