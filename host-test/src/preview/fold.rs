//! Changes that are alike, told once with a count: five hundred records of a dozen events are a page or two.
//!
//! Must not know where a change comes from. Keeps I1: what it adds up are sizes and texts that may be shown.

use std::mem::{Discriminant, discriminant};

use opentelemetry_proto::tonic::common::v1::AnyValue;
use opentelemetry_proto::tonic::common::v1::any_value::Value as Kind;

use super::pair::{Before, Change, Paired, What};
use super::{Grouping, common};
use crate::view::{self, Size};

/// The changes of one event, of one record, of the resources or of the scopes.
#[derive(Debug)]
pub struct Group {
    /// The event's name, or what the group is.
    pub title: String,
    /// It holds records, and neither resources nor scopes.
    pub is_of_records: bool,
    /// How many records, resources or scopes it holds; 0 for what several groups have in common.
    pub count: usize,
    /// Records that would not leave, with the reason.
    pub dropped: Vec<(String, usize)>,
    /// What changes.
    pub lines: Vec<Line>,
    /// What stays as it is in every one of them.
    pub stays: Vec<String>,
}

/// Changes that are alike.
#[derive(Clone, Debug)]
pub struct Line {
    /// The attribute or field.
    pub name: String,
    /// A field of the encoding, and no attribute.
    pub is_field: bool,
    /// What happens to it.
    pub what: What,
    /// How often.
    pub count: usize,
    /// The rule and the detectors that had a hand in it.
    pub why: String,
    size: Option<Size>,
    kinds: Kinds,
    /// The first few, before and after.
    examples: Vec<(Option<String>, Option<String>)>,
    has_more: bool,
}

/// The types of a value before and after, where they may be told.
type Kinds = (Option<Discriminant<Kind>>, Option<Discriminant<Kind>>);

/// Examples of one line; a fourth tells nothing new.
const EXAMPLES: usize = 3;

/// Characters of a value that are shown, of one alone and of one among several.
const CLIP: usize = 160;
const CLIP_AMONG_SEVERAL: usize = 40;

#[derive(Default)]
pub(super) struct Groups {
    groups: Vec<Group>,
}

impl Groups {
    pub(super) fn add(&mut self, title: &str, paired: &Paired) {
        let of_records = paired.is_of_record;
        let known = |group: &Group| group.title == title && group.is_of_records == of_records;
        let at = self.groups.iter().position(known).unwrap_or_else(|| {
            self.groups.push(Group::new(title, of_records));
            self.groups.len() - 1
        });
        let Some(group) = self.groups.get_mut(at) else { return };
        group.count += 1;
        if let Some(why) = &paired.dropped {
            match group.dropped.iter_mut().find(|(known, _)| known == why) {
                Some((_, count)) => *count += 1,
                None => group.dropped.push((why.clone(), 1)),
            }
        }
        for change in &paired.changes {
            match group.lines.iter_mut().find(|line| line.is_like(change)) {
                Some(line) => line.add(change),
                None => {
                    // Beside the other lines of the same name.
                    let line = Line::new(change);
                    let place = group.lines.iter().rposition(|other| other.name == line.name);
                    group.lines.insert(place.map_or(group.lines.len(), |place| place + 1), line);
                }
            }
        }
        for name in &paired.stays {
            if !group.stays.contains(name) {
                group.stays.push(name.clone());
            }
        }
    }

    pub(super) fn finish(self, grouping: Grouping) -> Vec<Group> {
        let mut groups = self.groups;
        for group in &mut groups {
            let lines = &group.lines;
            group.stays.retain(|name| lines.iter().all(|line| line.name != *name));
        }
        if grouping == Grouping::ByEvent {
            common::take_out(&mut groups);
        }
        for group in &mut groups {
            // What came stands before what is added.
            group.lines.sort_by_key(|line| line.what == What::Added);
        }
        groups
    }
}

impl Group {
    /// How many of them would leave.
    pub fn staying(&self) -> usize {
        let dropped: usize = self.dropped.iter().map(|(_, count)| count).sum();
        self.count.saturating_sub(dropped)
    }

    pub(super) fn new(title: &str, is_of_records: bool) -> Self {
        let (dropped, lines, stays) = (Vec::new(), Vec::new(), Vec::new());
        Self { title: title.into(), is_of_records, count: 0, dropped, lines, stays }
    }
}

impl Line {
    fn new(change: &Change) -> Self {
        let mut line = Self::without_values(change);
        line.add(change);
        line
    }

    fn without_values(change: &Change) -> Self {
        Self {
            name: change.name.clone(),
            is_field: change.is_field,
            what: change.what,
            count: 0,
            why: change.why.clone(),
            size: change.size(),
            kinds: change.kinds(),
            examples: Vec::new(),
            has_more: false,
        }
    }

    /// Whether a change says the same as this line, its values aside.
    fn is_like(&self, change: &Change) -> bool {
        self.says_the_same(&Self::without_values(change))
    }

    /// Whether both say the same, their values aside.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        let size = match (self.size, other.size) {
            (None, None) => true,
            (Some(one), Some(other)) => one.is_like(&other),
            _ => false,
        };
        size && self.what == other.what
            && self.name == other.name
            && self.is_field == other.is_field
            && self.why == other.why
            && self.kinds == other.kinds
    }

    fn add(&mut self, change: &Change) {
        let mut line = Self::without_values(change);
        let show = |value: &AnyValue| shown(&self.name, self.is_field, value);
        let before = match &change.before {
            Some(Before::Shown(value)) => Some(show(value)),
            _ => None,
        };
        let after = change.after.as_ref().map(show);
        let after = after.map(|after| if self.what == What::Redacted { around_mark(after) } else { after });
        line.examples.push((before, after));
        line.count = 1;
        self.merge(&line);
    }

    /// Takes in what another line says of other records.
    pub(super) fn merge(&mut self, other: &Self) {
        self.count += other.count;
        if let (Some(size), Some(other)) = (&mut self.size, &other.size) {
            size.widen(other);
        }
        self.has_more |= other.has_more;
        for example in &other.examples {
            match self.examples.len() {
                _ if self.examples.contains(example) => {}
                EXAMPLES => self.has_more = true,
                _ => self.examples.push(example.clone()),
            }
        }
    }

    /// The value as it came: itself, a few of them, or its kind and size. Nothing for what was not there.
    pub fn before(&self) -> String {
        match self.size {
            Some(size) => size.to_string(),
            None => self.joined(|(before, _)| before.as_deref()),
        }
    }

    /// The value as it leaves, or a few of them. Nothing for what is dropped.
    pub fn after(&self) -> String {
        self.joined(|(_, after)| after.as_deref())
    }

    fn joined(&self, side: impl Fn(&(Option<String>, Option<String>)) -> Option<&str>) -> String {
        let mut values: Vec<&str> = Vec::new();
        for value in self.examples.iter().filter_map(side) {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        if let [value] = values.as_slice() {
            // One value on this side, while the other differs, needs no mark that there are more.
            return view::clipped(value, CLIP).into_owned();
        }
        let mut joined = String::new();
        let mut has_more = self.has_more;
        for (at, value) in values.iter().enumerate() {
            if at > 0 && joined.chars().count() > CLIP_AMONG_SEVERAL {
                has_more = true;
                break;
            }
            joined.push_str(if at == 0 { "" } else { ", " });
            joined.push_str(&view::clipped(value, CLIP_AMONG_SEVERAL));
        }
        joined + if has_more { ", …" } else { "" }
    }
}

impl Change {
    fn size(&self) -> Option<Size> {
        match &self.before {
            Some(Before::Hidden(size)) => Some(*size),
            _ => None,
        }
    }

    fn kinds(&self) -> Kinds {
        let kind = |value: &AnyValue| value.value.as_ref().map(discriminant);
        let before = match &self.before {
            Some(Before::Shown(value)) => kind(value),
            _ => None,
        };
        (before, self.after.as_ref().and_then(kind))
    }
}

/// Of a long text the part in which something was masked: its beginning may be as it came.
fn around_mark(text: String) -> String {
    const BEFORE: usize = 60;
    let Some(mark) = text.find("[redacted") else { return text };
    match text.get(..mark).unwrap_or_default().char_indices().rev().nth(BEFORE) {
        Some((start, _)) if text.chars().count() > CLIP => format!("…{}", text.get(start..).unwrap_or_default()),
        _ => text,
    }
}

fn shown(name: &str, is_field: bool, value: &AnyValue) -> String {
    let time = match value.value {
        Some(Kind::IntValue(number)) if is_field && name.ends_with("time_unix_nano") => {
            view::time(number.cast_unsigned())
        }
        _ => None,
    };
    time.unwrap_or_else(|| view::one_line(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_text_the_masked_part_is_shown() {
        let text = "ä".repeat(100) + "[redacted:email]" + &"b".repeat(100);
        let shown = around_mark(text);
        assert!(shown.starts_with("…ä") && shown.find("[redacted:email]") == Some("…".len() + 61 * 2), "{shown}");
        assert_eq!(around_mark("a [redacted:email]".into()), "a [redacted:email]");
    }
}
