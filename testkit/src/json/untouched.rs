//! Whether what was not changed lies where it lay: the same tokens, and the same white space between them (I3).
//!
//! Must not know policies. It compares an input with its output, place by place: where both say the same, both are
//! written the same. Where an array has lost or gained elements, those are compared whose key tells them apart.

use super::names::{self, Form};
use super::parse::{Kind as Json, Member, Node, parse};
use crate::schema::Kind;

/// Deep enough for every batch that is let out.
const MAX_CONTAINERS: usize = 400;

/// What was written anew without need.
///
/// # Errors
///
/// The first such place, as it was and as it is.
pub fn check(input: &str, output: &str) -> Result<(), String> {
    check_but(input, output, None)
}

/// The same but for the attributes of one name, which are taken out and written anew behind all others.
///
/// # Errors
///
/// As above.
pub fn check_but(input: &str, output: &str, name: Option<&str>) -> Result<(), String> {
    let parsed = |text| parse(text, MAX_CONTAINERS).ok_or("it is no JSON".to_owned());
    let (before, after) = (parsed(input)?, parsed(output)?);
    let places = Places { input, output, anew: name };
    places.gap("the batch", (0, before.start), (0, after.start))?;
    places.gap("the batch", (before.end, input.len()), (after.end, output.len()))?;
    places.message(Kind::Export, &before, &after)
}

struct Places<'t> {
    input: &'t str,
    output: &'t str,
    /// The attribute that is written anew.
    anew: Option<&'t str>,
}

type Checked = Result<(), String>;

/// A value, or a member of an object: from where to where.
type Span = (usize, usize);

impl Places<'_> {
    fn message(&self, kind: Kind, before: &Node, after: &Node) -> Checked {
        let (Json::Object(old), Json::Object(new)) = (&before.kind, &after.kind) else {
            return self.leaf(before, after);
        };
        if kind == Kind::AnyValue {
            return self.value(before, after, old, new);
        }
        let mut last = None;
        let mut pairs = Vec::new();
        for (at, member) in new.iter().enumerate() {
            let Some(from) = old.iter().position(|it| it.key == member.key) else { continue };
            if last.is_some_and(|last| last >= from) {
                return Err(format!("the members of {kind:?} have another order"));
            }
            last = Some(from);
            pairs.push((from, at));
            let (was, is) = (&old[from], member);
            self.gap("a name", (was.start, was.value.start), (is.start, is.value.start))?;
            self.member(kind, was, is)?;
        }
        let spans = |members: &[Member]| members.iter().map(|it| (it.start, it.value.end)).collect::<Vec<_>>();
        self.gaps(kind, (before, &spans(old)), (after, &spans(new)), &pairs)
    }

    fn member(&self, kind: Kind, before: &Member, after: &Member) -> Checked {
        let mut fields = names::fields(kind).iter();
        let field = fields.find(|field| field.snake == before.key || field.camel() == before.key);
        match (field.map(|field| field.form), &before.value.kind, &after.value.kind) {
            (None, ..) => self.gap("an unknown member", span(&before.value), span(&after.value)),
            (Some(Form::Message(child)), Json::Array(old), Json::Array(new)) => {
                let are_the_same = old.len() == new.len() && old.iter().map(key).eq(new.iter().map(key));
                let mut pairs: Vec<_> =
                    if are_the_same { (0..old.len()).map(|at| (at, at)).collect() } else { told_apart(old, new) };
                // What a record says was done to it is taken out and written anew behind all else.
                let is_anew = |key: &str| key.starts_with("airlock.") || Some(key) == self.anew;
                pairs.retain(|(from, _)| !key(&old[*from]).is_some_and(is_anew));
                for (from, at) in &pairs {
                    self.message(child, &old[*from], &new[*at])?;
                }
                let spans = |nodes: &[Node]| nodes.iter().map(span).collect::<Vec<_>>();
                self.gaps(kind, (&before.value, &spans(old)), (&after.value, &spans(new)), &pairs)
            }
            (Some(Form::Message(child)), ..) => self.message(child, &before.value, &after.value),
            _ => self.leaf(&before.value, &after.value),
        }
    }

    /// Whoever changes a value may write all of it; whoever leaves it leaves all of it.
    fn value(&self, before: &Node, after: &Node, old: &[Member], new: &[Member]) -> Checked {
        let ([was], [is]) = (old, new) else { return Ok(()) };
        if names::snake(&was.key) != names::snake(&is.key) {
            return Ok(());
        }
        match (&was.value.kind, &is.value.kind) {
            (Json::Object(_), Json::Object(_)) => self.member(Kind::AnyValue, was, is),
            _ if self.says(self.input, &was.value) == self.says(self.output, &is.value) => {
                self.gap("a value", span(before), span(after))
            }
            _ => Ok(()),
        }
    }

    fn leaf(&self, before: &Node, after: &Node) -> Checked {
        if self.says(self.input, before) == self.says(self.output, after) {
            self.gap("a value", span(before), span(after))?;
        }
        Ok(())
    }

    /// What a token says, however it is written; an array or object as it stands.
    fn says(&self, text: &str, node: &Node) -> String {
        match &node.kind {
            Json::String(text) => text.clone(),
            _ => node.of(text).to_owned(),
        }
    }

    /// What stands between what was left side by side, and at both ends.
    fn gaps(&self, kind: Kind, before: (&Node, &[Span]), after: (&Node, &[Span]), pairs: &[(usize, usize)]) -> Checked {
        let ((old, old_spans), (new, new_spans)) = (before, after);
        let what = format!("white space in {kind:?}");
        if let Some((0, 0)) = pairs.first() {
            self.gap(&what, (old.start, old_spans[0].0), (new.start, new_spans[0].0))?;
        }
        if let Some((from, at)) = pairs.last()
            && (from + 1, at + 1) == (old_spans.len(), new_spans.len())
        {
            self.gap(&what, (old_spans[*from].1, old.end), (new_spans[*at].1, new.end))?;
        }
        for pair in pairs.windows(2) {
            let ((from, at), (next_from, next_at)) = (pair[0], pair[1]);
            if (from + 1, at + 1) == (next_from, next_at) {
                let gap = |spans: &[Span], at: usize| (spans[at].1, spans[at + 1].0);
                self.gap(&what, gap(old_spans, from), gap(new_spans, at))?;
            }
        }
        if old_spans.is_empty() && new_spans.is_empty() {
            self.gap(&what, span(old), span(new))?;
        }
        Ok(())
    }

    fn gap(&self, what: &str, before: Span, after: Span) -> Checked {
        let (was, is) = (&self.input[before.0..before.1], &self.output[after.0..after.1]);
        if was == is { Ok(()) } else { Err(format!("{what} at byte {} was {was:?} and is {is:?}", before.0)) }
    }
}

fn span(node: &Node) -> Span {
    (node.start, node.end)
}

/// Elements whose key stands once before and once after.
fn told_apart(old: &[Node], new: &[Node]) -> Vec<(usize, usize)> {
    let only = |nodes: &[Node], name: &str| {
        let mut found = nodes.iter().enumerate().filter(|(_, node)| key(node) == Some(name));
        found.next().filter(|_| found.next().is_none()).map(|(at, _)| at)
    };
    let pairs = new.iter().filter_map(|node| {
        let name = key(node)?;
        Some((only(old, name)?, only(new, name)?))
    });
    pairs.collect()
}

/// What an attribute's key says, if it has one.
fn key(node: &Node) -> Option<&str> {
    let Json::Object(members) = &node.kind else { return None };
    match &members.iter().find(|it| it.key == "key")?.value.kind {
        Json::String(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(inside: &str) -> String {
        format!("{{\"resourceLogs\":[ {{\"scopeLogs\": [{{\"logRecords\":[{{{inside}}}]}}]}}]}}\n")
    }

    #[test]
    fn what_has_to_change_may_change() {
        let before = record(
            r#""body" : { "stringValue":"a" }, "later": 1, "attributes": [ {"key":"a", "value":{}} ,{"key":"b"}], "flags" : 1"#,
        );
        for after in [
            r#""body" : {"stringValue":"b"}, "attributes": [ {"key":"a", "value":{}} ,{"key":"b"}], "flags" : 1"#,
            r#""body" : {"intValue":"1"}, "later": 1, "attributes": [{"key":"b"}], "flags" : 1"#,
            r#""body" : null, "attributes": [ {"key":"a", "value":{}} ,{"key":"b"},{"key":"c"}], "flags" : 1,"x":2"#,
        ] {
            assert_eq!(check(&before, &record(after)), Ok(()), "{after}");
        }
    }

    #[test]
    fn what_need_not_change_is_found() {
        let before = record(r#""body" : { "stringValue":"a" }, "flags": 1, "attributes":[ {"key":"a"}, {"key":"b"} ]"#);
        for after in [
            r#""body" : {"stringValue":"a"}, "flags": 1, "attributes":[ {"key":"a"}, {"key":"b"} ]"#,
            r#""body" : { "stringValue":"\u0061" }, "flags": 1, "attributes":[ {"key":"a"}, {"key":"b"} ]"#,
            r#""body": { "stringValue":"b" }, "flags": 1, "attributes":[ {"key":"a"}, {"key":"b"} ]"#,
            r#""body" : { "stringValue":"b" },"flags": 1, "attributes":[ {"key":"a"}, {"key":"b"} ]"#,
            r#""body" : { "stringValue":"b" }, "flags": "1", "attributes":[ {"key":"a"}, {"key":"b"} ]"#,
            r#""flags": 1, "body" : { "stringValue":"b" }, "attributes":[ {"key":"a"}, {"key":"b"} ]"#,
            r#""body" : { "stringValue":"a" }, "flags": 1, "attributes":[ {"key":"a"},{"key":"b"} ]"#,
            r#""body" : { "stringValue":"a" }, "flags": 1, "attributes":[{"key":"a"}, {"key":"b"} ]"#,
        ] {
            assert!(check(&before, &record(after)).is_err(), "{after}");
        }
        assert!(check(&before, before.trim_end()).is_err());
    }
}
