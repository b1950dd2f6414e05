//! A name with a tenant in it: `spiffe://corp.example/tenant/{tenant}/**`.
//!
//! Must not know where a name comes from. Keeps I2: the tenant is what stands in one segment, whole but for the literal
//! text around it, so that nobody moves it by adding a segment. Keeps I5: a name is read once, segment by segment.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// Where the tenant stands.
const TENANT: &str = "{tenant}";

/// A name in segments, one of which is the tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    kind: Kind,
    /// Segments before `**`, and all of them where there is none.
    head: Vec<Segment>,
    /// Segments after `**`.
    tail: Option<Vec<Segment>>,
    text: String,
}

/// What the name is; it decides what its segments are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Segments between dots; upper and lower case are one.
    Dns,
    /// Segments between slashes.
    Header,
    /// Segments between slashes.
    Uri,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Any,
    Literal(String),
    /// The tenant, between two literal texts.
    Tenant(String, String),
}

impl Pattern {
    /// Reads the pattern of a certificate's name, with `uri:` or `dns:` before it, or a whole URI; what is wrong
    /// otherwise.
    pub(super) fn identity(text: &str) -> Result<Self, &'static str> {
        match text.split_once(':') {
            Some(("dns", name)) => Self::new(Kind::Dns, &name.to_ascii_lowercase(), text),
            Some(("uri", name)) => Self::new(Kind::Uri, name, text),
            Some((_, rest)) if rest.starts_with("//") => Self::new(Kind::Uri, text, text),
            _ => Err("expected a URI, or dns: or uri: before the name"),
        }
    }

    /// Reads the pattern of a header's value.
    pub(super) fn header(text: &str) -> Result<Self, &'static str> {
        Self::new(Kind::Header, text, text)
    }

    fn new(kind: Kind, name: &str, text: &str) -> Result<Self, &'static str> {
        if name.matches(TENANT).count() != 1 || name.replace(TENANT, "").contains(['{', '}']) {
            return Err("expected {tenant} once, and no other braces");
        }
        let mut parts = name.split(kind.separator());
        let head = parts.by_ref().take_while(|part| *part != "**").map(Segment::read).collect::<Result<Vec<_>, _>>()?;
        let has_tail = name.split(kind.separator()).any(|part| part == "**");
        let tail = parts.map(Segment::read).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { kind, head, tail: has_tail.then_some(tail), text: text.into() })
    }

    /// The text in the tenant's place, if `name` is one of these; it may still be no tenant.
    ///
    /// `name` has `dns:` or `uri:` before it where it comes from a certificate.
    pub(crate) fn find(&self, name: &str) -> Option<String> {
        let name = match self.kind {
            Kind::Dns => &name.strip_prefix("dns:")?.to_ascii_lowercase(),
            Kind::Header => name,
            Kind::Uri => name.strip_prefix("uri:")?,
        };
        let segments: Vec<&str> = name.split(self.kind.separator()).collect();
        let tail = self.tail.as_deref().unwrap_or_default();
        let between = segments.len().checked_sub(self.head.len() + tail.len())?;
        if between > 0 && self.tail.is_none() {
            return None;
        }
        let (head, rest) = segments.split_at_checked(self.head.len())?;
        let parts = head.iter().chain(rest.iter().skip(between));
        let mut tenant = None;
        for (part, segment) in parts.zip(self.head.iter().chain(tail)) {
            match segment {
                Segment::Any => {}
                Segment::Literal(text) if text == part => {}
                Segment::Literal(_) => return None,
                Segment::Tenant(before, after) => tenant = Some(part.strip_prefix(&**before)?.strip_suffix(&**after)?),
            }
        }
        tenant.map(ToString::to_string)
    }

    /// The pattern as it was written.
    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

impl Kind {
    fn separator(self) -> char {
        if self == Self::Dns { '.' } else { '/' }
    }
}

impl Segment {
    fn read(part: &str) -> Result<Self, &'static str> {
        match part.split_once(TENANT) {
            _ if part == "**" => Err("expected ** once"),
            _ if part == "*" => Ok(Self::Any),
            _ if part.contains('*') => Err("expected * to be a whole segment"),
            Some((before, after)) => Ok(Self::Tenant(before.into(), after.into())),
            None => Ok(Self::Literal(part.into())),
        }
    }
}

/// A text with a tenant in it, for a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderPattern {
    before: String,
    after: String,
}

impl HeaderPattern {
    /// Reads it; what is wrong otherwise.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        match text.split_once(TENANT) {
            Some((before, after)) if !before.contains(['{', '}']) && !after.contains(['{', '}']) => {
                Ok(Self { before: before.into(), after: after.into() })
            }
            _ => Err("expected {tenant} once, and no other braces"),
        }
    }

    /// The header's value for a tenant.
    pub(crate) fn value(&self, tenant: &str) -> String {
        [&self.before, tenant, &self.after].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, name: &str) -> Option<String> {
        Pattern::identity(pattern).unwrap().find(name)
    }

    /// Scenario: names with one segment more, one less, another one, and other schemes.
    /// Guarantees: the tenant is the one segment and nothing else is.
    #[test]
    fn a_tenant_is_one_segment() {
        let spiffe = "spiffe://corp.example/tenant/{tenant}/**";
        for (name, tenant) in [
            ("uri:spiffe://corp.example/tenant/acme/codex", Some("acme")),
            ("uri:spiffe://corp.example/tenant/acme/a/b/c", Some("acme")),
            ("uri:spiffe://corp.example/tenant/acme", Some("acme")),
            ("uri:spiffe://corp.example/tenant//codex", Some("")),
            ("uri:spiffe://corp.example/acme/codex", None),
            ("uri:spiffe://corp.example/x/tenant/acme", None),
            ("uri:spiffe://CORP.example/tenant/acme/codex", None),
            ("uri:spiffe://evil.example/tenant/acme/codex", None),
            ("uri:spiffe://corp.example/tenant", None),
            ("dns:spiffe://corp.example/tenant/acme/codex", None),
            ("spiffe://corp.example/tenant/acme/codex", None),
        ] {
            assert_eq!(found(spiffe, name).as_deref(), tenant, "{name}");
        }
        for (name, tenant) in [
            ("dns:acme.agents.corp.example", Some("acme")),
            ("dns:ACME.Agents.corp.example", Some("acme")),
            ("dns:a.acme.agents.corp.example", None),
            ("uri:acme.agents.corp.example", None),
        ] {
            assert_eq!(found("dns:{tenant}.agents.corp.example", name).as_deref(), tenant, "{name}");
        }
        let around = "uri:urn:x/**/team-{tenant}-eu/*";
        assert_eq!(found(around, "uri:urn:x/team-acme-eu/7").as_deref(), Some("acme"));
        assert_eq!(found(around, "uri:urn:x/1/2/team-acme-eu/7").as_deref(), Some("acme"));
        assert_eq!(found(around, "uri:urn:x/team-acme-us/7"), None);
        assert_eq!(found(around, "uri:urn:x/team-eu/7"), None);
        assert_eq!(Pattern::header("{tenant}").unwrap().find("acme").as_deref(), Some("acme"));
        assert_eq!(Pattern::header("{tenant}").unwrap().find("acme/x"), None);
        assert_eq!(Pattern::header("org/{tenant}").unwrap().find("org/acme").as_deref(), Some("acme"));
    }

    #[test]
    fn what_is_no_pattern_says_what_is_expected() {
        for (text, wrong) in [
            ("corp.example", "expected a URI"),
            ("spiffe://corp.example/x", "expected {tenant} once"),
            ("dns:{tenant}.{tenant}.x", "expected {tenant} once"),
            ("dns:{tenant}.{team}.x", "expected {tenant} once"),
            ("dns:{tenant}.**.x.**", "expected ** once"),
            ("dns:{tenant}.a*.x", "expected * to be a whole segment"),
        ] {
            assert!(Pattern::identity(text).unwrap_err().starts_with(wrong), "{text}");
        }
        assert_eq!(HeaderPattern::parse("a-{tenant}-b").unwrap().value("acme"), "a-acme-b");
        assert!(HeaderPattern::parse("acme").is_err() && HeaderPattern::parse("{tenant}{tenant}").is_err());
    }
}
