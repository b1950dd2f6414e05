//! What most events have in common, told in one place: who it was, which model, and the names that are added to each.
//!
//! Must not know what a line says.

use super::fold::{Group, Line};

/// How many groups of records there have to be before it is worth a place of its own.
const MANY: usize = 4;

/// Takes out of the groups of records what at least half of them say of each of their records, and puts it into one of
/// its own before them.
pub(super) fn take_out(groups: &mut Vec<Group>) {
    let Some(first) = groups.iter().position(|group| group.is_of_records) else { return };
    let mut records = groups.split_off(first);
    let is_worth_it = records.iter().filter(|group| group.is_of_records).count() >= MANY;
    if is_worth_it {
        let mut common = Group::new("most events have in common", true);
        lines(&mut records, &mut common);
        stays(&mut records, &mut common);
        groups.push(common);
    }
    groups.append(&mut records);
}

fn lines(groups: &mut [Group], common: &mut Group) {
    let candidates: Vec<Line> = records(groups).flat_map(|group| &group.lines).cloned().collect();
    let enough = records(groups).count().div_ceil(2);
    for line in candidates {
        let is_taken = common.lines.iter().any(|taken| taken.says_the_same(&line));
        if is_taken || records(groups).filter(|group| place(group, &line).is_some()).count() < enough {
            continue;
        }
        let mut merged: Option<Line> = None;
        for group in groups.iter_mut().filter(|group| group.is_of_records) {
            let Some(place) = place(group, &line) else { continue };
            let line = group.lines.remove(place);
            match &mut merged {
                Some(merged) => merged.merge(&line),
                None => merged = Some(line),
            }
        }
        common.lines.extend(merged);
    }
}

fn stays(groups: &mut [Group], common: &mut Group) {
    let candidates: Vec<String> = records(groups).flat_map(|group| &group.stays).cloned().collect();
    let enough = records(groups).count().div_ceil(2);
    for name in candidates {
        if common.stays.contains(&name) || records(groups).filter(|group| group.stays.contains(&name)).count() < enough
        {
            continue;
        }
        for group in groups.iter_mut().filter(|group| group.is_of_records) {
            group.stays.retain(|other| *other != name);
        }
        common.stays.push(name);
    }
}

fn records(groups: &[Group]) -> impl Iterator<Item = &Group> {
    groups.iter().filter(|group| group.is_of_records)
}

/// Where the group says the same of every record of it that would leave.
fn place(group: &Group, line: &Line) -> Option<usize> {
    group.lines.iter().position(|other| other.count == group.staying() && other.says_the_same(line))
}
