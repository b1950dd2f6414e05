//! JSON held in a text: parsed into a tree, rewritten where a rule says so, left as it lies elsewhere.
//!
//! Must not be used on hostile depth: it recurses.

use super::select::Rule;
use super::shared::codex;
use super::shared::policy::Base;
use super::text::{Looker, chars, cut_text, is_cut_word, is_whole_mark, length_mark};
use crate::json::{Kind, Member, Node, quoted};

/// Containers inside each other that are still read.
const MAX_DEPTH: usize = 64;

/// Parses a whole text; nothing where it is not JSON.
pub(super) fn parse(text: &str) -> Option<Node> {
    crate::json::parse(text, MAX_DEPTH)
}

/// What the inside of a string says, if it is one.
pub(super) fn unescaped(inside: &str) -> Option<String> {
    match parse(&format!("\"{inside}\""))?.kind {
        Kind::String(text) => Some(text),
        _ => None,
    }
}

/// The text that is rewritten, piece by piece.
pub(super) struct Rewriter<'t> {
    source: &'t str,
    out: String,
    copied: usize,
    changed: bool,
}

impl<'t> Rewriter<'t> {
    pub(super) fn new(source: &'t str) -> Self {
        Self { source, out: String::new(), copied: 0, changed: false }
    }

    /// The new text, if anything changed.
    pub(super) fn finish(self) -> Option<String> {
        self.changed.then(|| self.out + &self.source[self.copied..])
    }

    fn replace(&mut self, start: usize, end: usize, with: &str) {
        self.out += &self.source[self.copied..start];
        self.out += with;
        self.copied = end;
        self.changed = true;
    }

    /// Goes through the top value, an object or an array.
    pub(super) fn walk(
        &mut self,
        looker: &Looker<'_>,
        root: &Rule,
        rule: &Rule,
        node: &Node,
        path: &mut Vec<String>,
        layer: usize,
    ) {
        let pointed = |path: &[String]| root.nested.iter().find(|(pointer, _)| pointer == path).map(|(_, rule)| rule);
        match &node.kind {
            Kind::Object(members) => {
                for Member { start, end, key, value } in members {
                    if !looker.detectors.is_clean(key.as_bytes()) {
                        self.replace(*start, *end, "\"[redacted]\"");
                    }
                    path.push(key.clone());
                    let own = looker.rules.nested_rule(looker.place, key);
                    let in_force = pointed(path).cloned().or(own).unwrap_or_else(|| rule.clone());
                    self.decide(looker, root, &in_force, key, value, path, layer);
                    path.pop();
                }
            }
            Kind::Array(elements) => {
                for (index, value) in elements.iter().enumerate() {
                    path.push(index.to_string());
                    let in_force = pointed(path).unwrap_or(rule).clone();
                    self.decide(looker, root, &in_force, "", value, path, layer);
                    path.pop();
                }
            }
            _ => (),
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one place in a tree, and all that is known of it")]
    fn decide(
        &mut self,
        looker: &Looker<'_>,
        root: &Rule,
        rule: &Rule,
        key: &str,
        node: &Node,
        path: &mut Vec<String>,
        layer: usize,
    ) {
        let base = &rule.treatment.base;
        let cut = rule.treatment.cut;
        let source = &self.source[node.start..node.end];
        let is_container = matches!(node.kind, Kind::Array(_) | Kind::Object(_));
        let replacement = match (base, &node.kind) {
            (Base::KeepUnscanned, _) => None,
            _ if source == "null" => None,
            (Base::Drop, _) => Some("null".to_owned()),
            (Base::Keep | Base::Scan, _) if is_container && cut.is_none() => {
                return self.walk(looker, root, rule, node, path, layer);
            }
            _ if is_container => Some(quoted(mask_of(rule))),
            (_, Kind::String(text)) => string(looker, root, rule, key, text, path, layer).map(|text| quoted(&text)),
            (Base::Hmac(hmac), Kind::Number) => {
                let whole = source.parse::<i64>().map(|number| number.to_string());
                let decimal =
                    whole.unwrap_or_else(|_| (source.parse::<f64>().expect("JSON's number") + 0.0).to_string());
                let pseudonym =
                    looker.rules.keyring.pseudonym(looker.detectors, hmac, looker.tenant, &rule.kind, &decimal);
                Some(quoted(&pseudonym.expect("a number is no pseudonym")))
            }
            (Base::Hmac(_) | Base::Mask(_) | Base::Length, _) => Some(quoted(mask_of(rule))),
            _ if cut.is_some() => Some(quoted(mask_of(rule))),
            (_, Kind::Number) if source.bytes().filter(u8::is_ascii_digit).count() >= 12 => {
                looker.scan_once("", source).map(|marked| quoted(&marked))
            }
            _ => None,
        };
        if let Some(replacement) = replacement {
            self.replace(node.start, node.end, &replacement);
        }
    }
}

/// JSON in which the members that go are `null`, or nothing where none goes; `goes` is asked about the names down to
/// one, and where in them those of each text begin that is around it.
pub(super) fn strip(
    text: &str,
    above: &mut Vec<String>,
    roots: &[usize],
    goes: &dyn Fn(&[String], &[usize]) -> bool,
) -> Option<String> {
    // JSON inside JSON inside JSON is read, and no more.
    if roots.len() == 3 {
        return None;
    }
    let node = parse(text)?;
    let mut rewriter = Rewriter::new(text);
    rewriter.strip(&node, above, &[roots, &[above.len()]].concat(), goes);
    rewriter.finish()
}

impl Rewriter<'_> {
    fn strip(
        &mut self,
        node: &Node,
        above: &mut Vec<String>,
        roots: &[usize],
        goes: &dyn Fn(&[String], &[usize]) -> bool,
    ) {
        match &node.kind {
            Kind::Object(members) => {
                for member in members {
                    let value = &member.value;
                    above.push(member.key.clone());
                    if goes(above, roots) && !matches!(value.kind, Kind::Null) {
                        self.replace(value.start, value.end, "null");
                    } else {
                        self.strip(value, above, roots, goes);
                    }
                    above.pop();
                }
            }
            Kind::Array(elements) => elements.iter().for_each(|element| self.strip(element, above, roots, goes)),
            Kind::String(text) => {
                if let Some(stripped) = strip(text, above, roots, goes) {
                    self.replace(node.start, node.end, &quoted(&stripped));
                }
            }
            Kind::Bool(_) | Kind::Null | Kind::Number => {}
        }
    }
}

/// What stands in place of a string, if that is not the string.
fn string(
    looker: &Looker<'_>,
    root: &Rule,
    rule: &Rule,
    key: &str,
    text: &str,
    path: &mut Vec<String>,
    layer: usize,
) -> Option<String> {
    let cut = |text: &str| rule.treatment.cut.and_then(|cut| cut_text(looker.detectors, cut, text));
    match &rule.treatment.base {
        Base::Mask(_) => Some(mask_of(rule).to_owned()).filter(|mask| mask != text),
        Base::Hmac(hmac) => looker.rules.keyring.pseudonym(looker.detectors, hmac, looker.tenant, &rule.kind, text),
        Base::Length | Base::Word if text.is_empty() || is_whole_mark(looker.detectors, text) => None,
        Base::Word
            if codex::is_word(text.as_bytes()) && looker.detectors.is_clean_named(key.as_bytes(), text.as_bytes()) =>
        {
            cut(text)
        }
        Base::Word if rule.treatment.cut.is_some_and(|cut| is_cut_word(looker.detectors, cut, key, text)) => None,
        Base::Length | Base::Word => Some(length_mark(chars(text), "chars")),
        _ => {
            let masked = looker.look(root, rule, key, text, path, layer + 1);
            cut(masked.as_deref().unwrap_or(text)).or(masked)
        }
    }
}

/// What stands in place of a masked value.
pub(super) fn mask_of(rule: &Rule) -> &str {
    match &rule.treatment.base {
        Base::Mask(Some(text)) => text,
        _ => "[redacted]",
    }
}
