//! Where in a policy document something stands, and how a person reads it.
//!
//! Must not know what the members mean, but for two: what is listed under `detect.allow` is somebody's data, and what
//! stands in a source's table under `tenant.sources` are keys or their digests, so a path never shows a member's name
//! below these. Keeps I1: an error names a place and quotes no value.

use alloc::vec::Vec;
use core::fmt;

use crate::policy::words;

/// A place in the document, linked to the places around it; it lives on the stack of whoever reads the document.
///
/// Plain names are joined by dots (`redact.attributes.prompt`). A name with anything but letters, digits, `-` and `_`
/// stands in brackets and quotes (`redact.attributes["user.email"]`), so that a dot in a name is told from a dot
/// between two; an array's element is its number from 0 (`detect.disable[2]`). The document itself is empty.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
    depth: usize,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Index(usize),
    Member(&'a str),
    Root,
}

impl<'a> Path<'a> {
    /// The document as a whole.
    pub(crate) const ROOT: Path<'static> = Path { parent: None, step: Step::Root, depth: 0 };

    /// The member `name` of the object that stands here.
    pub(crate) fn member(&'a self, name: &'a str) -> Self {
        Self { parent: Some(self), step: Step::Member(name), depth: self.depth.saturating_add(1) }
    }

    /// The element `index` of the array that stands here.
    pub(crate) fn index(&'a self, index: usize) -> Self {
        Self { parent: Some(self), step: Step::Index(index), depth: self.depth.saturating_add(1) }
    }

    /// How many objects and arrays stand around this place.
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    /// Whether names from here on are a person's data or a key: this is `detect.allow` or a source's table, or below.
    pub(crate) fn is_private(&self) -> bool {
        let steps = self.steps();
        shown(&steps) <= steps.len()
    }

    // From the root down. The depth is bounded by the reader of the document.
    fn steps(&self) -> Vec<Step<'a>> {
        let mut steps = Vec::new();
        let mut place = Some(*self);
        while let Some(Path { parent, step, .. }) = place {
            if !matches!(step, Step::Root) {
                steps.push(step);
            }
            place = parent.copied();
        }
        steps.reverse();
        steps
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps = self.steps();
        let shown = shown(&steps);
        for (depth, step) in steps.iter().enumerate() {
            match step {
                Step::Member(_) if depth >= shown => return Ok(()),
                Step::Member(name) if !words::is_plain(name) => write!(f, "[{}]", words::quote(name))?,
                Step::Member(name) if depth == 0 => f.write_str(name)?,
                Step::Member(name) => write!(f, ".{name}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Root => {}
            }
        }
        Ok(())
    }
}

// How many steps from the root may show a name. Under a source's `header` and `identity` only the words of the policy
// do: what is none may be a key, by a slip of the pen.
fn shown(steps: &[Step<'_>]) -> usize {
    match steps {
        [Step::Member("detect"), Step::Member("allow"), ..] => 2,
        [Step::Member("tenant"), Step::Member("sources"), Step::Index(_), source, ..] => match (source, steps.get(4)) {
            (Step::Member("peer" | "resource" | "static" | "unverified"), _) => usize::MAX,
            (_, Some(Step::Member("name" | "pattern" | "sha256"))) => 5,
            (Step::Member("header" | "identity"), _) => 4,
            _ => 3,
        },
        [Step::Member("tenant"), Step::Member("sources"), Step::Index(_)] => usize::MAX,
        [Step::Member("tenant"), Step::Member("sources"), ..] => 2,
        _ => usize::MAX,
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn plain_names_are_joined_by_dots_and_others_are_quoted() {
        let redact = Path::ROOT.member("redact");
        let attributes = redact.member("attributes");
        assert_eq!(Path::ROOT.to_string(), "");
        assert_eq!(attributes.member("prompt").to_string(), "redact.attributes.prompt");
        assert_eq!(attributes.member("user.email").to_string(), r#"redact.attributes["user.email"]"#);
        assert_eq!(
            attributes.member("user.email").member("mask").to_string(),
            r#"redact.attributes["user.email"].mask"#
        );
        assert_eq!(attributes.member("a").index(2).to_string(), "redact.attributes.a[2]");
        assert_eq!(attributes.member("").to_string(), r#"redact.attributes[""]"#);
        assert_eq!(Path::ROOT.member("a b").to_string(), r#"["a b"]"#);
    }

    #[test]
    fn control_characters_are_escaped_and_long_names_are_cut() {
        assert_eq!(Path::ROOT.member("a\n\u{202e}\"").to_string(), r#"["a\n\u{202e}\""]"#);
        let long = "x".repeat(70);
        assert_eq!(Path::ROOT.member(&long).to_string(), alloc::format!("[\"{}...\"]", "x".repeat(64)));
    }

    /// Scenario: somebody writes an object where the list of allowed values belongs.
    /// Guarantees: the path stops at `detect.allow`; only numbers of elements follow it.
    #[test]
    fn names_below_the_allow_list_are_not_shown() {
        let detect = Path::ROOT.member("detect");
        let allow = detect.member("allow");
        assert_eq!(allow.index(3).to_string(), "detect.allow[3]");
        assert_eq!(allow.member("ops@corp.example").to_string(), "detect.allow");
        assert_eq!(allow.index(1).member("ops@corp.example").index(0).to_string(), "detect.allow[1]");
        assert!(allow.index(1).is_private() && !detect.is_private());
    }

    /// Scenario: mistakes in and around a table of digests.
    /// Guarantees: the path shows the policy's own words and no member that could be a key.
    #[test]
    fn names_in_a_table_of_digests_are_not_shown() {
        let tenant = Path::ROOT.member("tenant");
        let sources = tenant.member("sources");
        let source = sources.index(1);
        let header = source.member("header");
        let table = header.member("sha256");
        assert_eq!(table.member("sk-FAKE").index(2).to_string(), "tenant.sources[1].header.sha256");
        assert_eq!(header.member("sk-FAKE").to_string(), "tenant.sources[1].header");
        assert_eq!(source.member("identity").member("sk-FAKE").to_string(), "tenant.sources[1].identity");
        assert_eq!(sources.member("sk-FAKE").to_string(), "tenant.sources");
        let peer = source.member("peer");
        assert_eq!(peer.member("10.0.0.0/8").to_string(), r#"tenant.sources[1].peer["10.0.0.0/8"]"#);
        assert!(header.is_private() && table.is_private() && !peer.is_private() && !source.is_private());
    }
}
