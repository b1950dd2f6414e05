//! What became of a batch, and the counts of what was done to it.
//!
//! Must not know how it was done. Keeps I1: a report holds numbers and names of the policy or the catalogue; what has no
//! such name is counted as `other`, and no value of the batch is ever in it.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt::Write;

use crate::policy::{AUDIT_NAMES, Done, Plan, RecordAction, Selection};

/// The result of one batch.
#[derive(Debug)]
pub struct Outcome<'a> {
    /// What became of it.
    pub verdict: Verdict,
    /// The bytes to forward: the input itself when unchanged, empty when dropped.
    pub batch: &'a [u8],
    /// What was done.
    pub report: &'a Report,
}

/// What became of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No record is left; there is nothing to forward, and that is a success.
    Dropped,
    /// Forward the outcome's bytes in place of the input.
    Rewritten,
    /// Forward the input as it came: no rule touched it.
    Unchanged,
}

/// Counts of what was done to a batch.
#[derive(Clone, Debug)]
pub struct Report {
    plan: Arc<Plan>,
    pub(crate) counts: Counts,
    /// By the policy's labels.
    redacted: Vec<u32>,
    /// By detector.
    detected: Vec<u32>,
    pub(crate) tally: Tally,
    /// Records left out, by the policy's rules for whole records.
    left_out: Vec<u32>,
    /// By what was done, for the records' own counts.
    done: [u32; AUDIT_NAMES.len()],
}

/// How often anything was counted by a label or a detector, and the label counted last.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) redactions: u32,
    pub(crate) findings: u32,
    pub(crate) counter: u16,
}

/// The counts that every policy has.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) records_in: u32,
    pub(crate) records_out: u32,
    pub(crate) cleared_span_ids: u32,
    pub(crate) cleared_trace_ids: u32,
    pub(crate) event_names: u32,
    pub(crate) times: u32,
    pub(crate) types: u32,
    pub(crate) tools: u32,
    pub(crate) semconv: u32,
    pub(crate) forged: u32,
    pub(crate) unknown_attributes: u32,
    pub(crate) unknown_events: u32,
    pub(crate) unknown_fields: u32,
    pub(crate) unknown_tools: u32,
}

impl Report {
    pub(crate) fn new(plan: Arc<Plan>) -> Self {
        let (redacted, detected) = (alloc::vec![0; plan.labels.len()], alloc::vec![0; plan.detectors.count()]);
        let left_out = alloc::vec![0; plan.selections.len()];
        let (counts, tally, done) = (Counts::default(), Tally::default(), Default::default());
        Self { plan, counts, redacted, detected, tally, left_out, done }
    }

    /// Sets every count to zero.
    pub(crate) fn clear(&mut self) {
        self.counts = Counts::default();
        self.redacted.fill(0);
        self.detected.fill(0);
        self.left_out.fill(0);
        self.done.fill(0);
        // A worker lives longer than these can count.
        self.tally = Tally::default();
    }

    /// Takes over what another pass over the batch has counted, but not how many records go out.
    pub(crate) fn records_as_counted(&mut self, counted: Self) {
        let records_out = self.counts.records_out;
        *self = counted;
        self.counts.records_out = records_out;
    }

    /// Whether nothing was redacted, and the counts say what would have been.
    pub fn is_shadow(&self) -> bool {
        self.plan.shadow
    }

    #[inline]
    pub(crate) fn redacted(&mut self, counter: u16) {
        if let Some(count) = self.redacted.get_mut(usize::from(counter)) {
            *count += 1;
        }
        self.tally.redactions += 1;
        self.tally.counter = counter;
        self.did(self.plan.done.get(usize::from(counter)).copied().flatten());
    }

    fn did(&mut self, done: Option<Done>) {
        if let Some(count) = done.and_then(|done| self.done.get_mut(done as usize)) {
            *count += 1;
        }
    }

    /// How much was done so far, in the order of the names under which a record counts it.
    pub(crate) fn done(&self) -> [u32; AUDIT_NAMES.len()] {
        self.done
    }

    /// Takes back what was counted as done since there was so much: nothing came of it.
    pub(crate) fn undo(&mut self, done: [u32; AUDIT_NAMES.len()]) {
        self.done = done;
    }

    pub(crate) fn detected(&mut self, detector: usize) {
        self.tally.findings += 1;
        self.did(Some(Done::Found));
        if let Some(count) = self.detected.get_mut(detector) {
            *count += 1;
        }
    }

    pub(crate) fn left_out(&mut self, rule: usize) {
        if let Some(count) = self.left_out.get_mut(rule) {
            *count += 1;
        }
    }

    /// Log records in the batch as it came.
    pub fn records_in(&self) -> u32 {
        self.counts.records_in
    }

    /// Log records in the batch as it is to be forwarded.
    pub fn records_out(&self) -> u32 {
        self.counts.records_out
    }

    /// Names that a client may not set and did set; all of them are gone.
    pub fn forged(&self) -> u32 {
        self.counts.forged
    }

    /// Attributes that neither the catalogue nor the policy knows.
    pub fn unknown_attributes(&self) -> u32 {
        self.counts.unknown_attributes
    }

    /// Records whose event neither the catalogue nor the policy knows.
    pub fn unknown_events(&self) -> u32 {
        self.counts.unknown_events
    }

    /// The rules that redacted: each with its number in the policy's own order, what it is called, and how often it did.
    pub fn redactions(&self) -> impl Iterator<Item = (usize, &str, u32)> {
        let labels = &self.plan.labels;
        did_something(&self.redacted).filter_map(|(at, count)| Some((at, labels.get(at)?.as_str(), count)))
    }

    /// The detectors that found something: each with its number, its name, and how often it did.
    pub fn findings(&self) -> impl Iterator<Item = (usize, &str, u32)> {
        let detectors = &self.plan.detectors;
        did_something(&self.detected).filter_map(|(at, count)| Some((at, detectors.name_at(at)?, count)))
    }

    /// Adds the counts of another report of the same policy; one of another policy adds its records only.
    pub fn merge(&mut self, other: &Self) {
        let add = |to: &mut u32, from: u32| *to = to.saturating_add(from);
        for (to, from) in self.counts.all_mut().into_iter().zip(other.counts.all()) {
            add(to, from);
        }
        if self.plan.hash == other.plan.hash {
            self.redacted.iter_mut().zip(&other.redacted).for_each(|(to, &from)| add(to, from));
            self.detected.iter_mut().zip(&other.detected).for_each(|(to, &from)| add(to, from));
            self.left_out.iter_mut().zip(&other.left_out).for_each(|(to, &from)| add(to, from));
        }
    }

    /// The report as a JSON object with its members in a fixed order; rules and detectors that did nothing are left out.
    pub fn to_json(&self) -> String {
        let counts = &self.counts;
        let mut json = String::with_capacity(1024);
        json.push_str(r#"{"policy":""#);
        json.push_str(&self.plan.hash);
        let numbers = [(r#"","records_in":"#, counts.records_in), (r#","records_out":"#, counts.records_out)];
        put_numbers(&mut json, &numbers);
        json.push_str(r#","redacted":{"#);
        let labels = &self.plan.labels;
        put_counts(&mut json, &self.redacted, |index| labels.get(index).map(String::as_str));
        json.push_str(r#"},"detected":{"#);
        let detectors = &self.plan.detectors;
        put_counts(&mut json, &self.detected, |index| detectors.name_at(index));
        let numbers = [
            (r#"},"normalised":{"event_name":"#, counts.event_names),
            (r#","time":"#, counts.times),
            (r#","types":"#, counts.types),
            (r#","tools":"#, counts.tools),
            (r#","semconv":"#, counts.semconv),
            (r#"},"unknown":{"events":"#, counts.unknown_events),
            (r#","attributes":"#, counts.unknown_attributes),
            (r#","fields":"#, counts.unknown_fields),
            (r#","tools":"#, counts.unknown_tools),
            (r#"},"cleared":{"trace_id":"#, counts.cleared_trace_ids),
            (r#","span_id":"#, counts.cleared_span_ids),
            (r#"},"forged":"#, counts.forged),
        ];
        put_numbers(&mut json, &numbers);
        // What a policy has no rules for is not there.
        if !self.plan.selections.is_empty() {
            self.put_left_out(&mut json);
        }
        json.push_str(if self.plan.shadow { r#","shadow":true}"# } else { "}" });
        json
    }
}

impl Report {
    /// Records that were left out, by rule.
    fn put_left_out(&self, json: &mut String) {
        for (member, is_sample) in [(r#","records_dropped":{"#, false), (r#","records_sampled":{"#, true)] {
            json.push_str(member);
            let is_meant = |rule: &Selection| matches!(rule.action, RecordAction::Sample { .. }) == is_sample;
            let rules = &self.plan.selections;
            put_counts(json, &self.left_out, |index| {
                rules.get(index).filter(|rule| is_meant(rule)).map(|rule| &*rule.label)
            });
            json.push('}');
        }
    }
}

impl Counts {
    /// These counts of a last stage with what the stages before it have counted.
    pub(crate) fn after(self, normalised: &Self, stamped: &Self) -> Self {
        let Self { records_in, event_names, times, types, tools, semconv, unknown_tools, .. } = *normalised;
        let event_names = self.event_names + event_names;
        Self { records_in, event_names, times, types, tools, semconv, unknown_tools, forged: stamped.forged, ..self }
    }

    fn all(&self) -> [u32; 14] {
        let mut copy = *self;
        copy.all_mut().map(|count| *count)
    }

    fn all_mut(&mut self) -> [&mut u32; 14] {
        let Self {
            records_in,
            records_out,
            cleared_span_ids,
            cleared_trace_ids,
            event_names,
            times,
            types,
            tools,
            semconv,
            forged,
            unknown_attributes,
            unknown_events,
            unknown_fields,
            unknown_tools,
        } = self;
        [
            records_in,
            records_out,
            cleared_span_ids,
            cleared_trace_ids,
            event_names,
            times,
            types,
            tools,
            semconv,
            forged,
            unknown_attributes,
            unknown_events,
            unknown_fields,
            unknown_tools,
        ]
    }
}

/// Appends numbers, each behind what stands before it.
fn put_numbers(json: &mut String, numbers: &[(&str, u32)]) {
    for (before, number) in numbers {
        json.push_str(before);
        put_number(json, *number);
    }
}

/// The counts that are not zero, with their places: of hundreds few are.
fn did_something(counts: &[u32]) -> impl Iterator<Item = (usize, u32)> {
    let parts = counts.chunks(16).enumerate().filter(|(_, counts)| counts.iter().fold(0, |any, count| any | count) > 0);
    parts
        .flat_map(|(part, counts)| counts.iter().enumerate().map(move |(at, count)| (16 * part + at, *count)))
        .filter(|(_, count)| *count > 0)
}

/// Appends the members that count something, by the names that the policy has for them.
fn put_counts<'n>(json: &mut String, counts: &[u32], name_of: impl Fn(usize) -> Option<&'n str>) {
    let mut separator = "\"";
    for (index, count) in did_something(counts) {
        if let Some(name) = name_of(index) {
            json.push_str(separator);
            put_name(json, name);
            json.push_str("\":");
            put_number(json, count);
            separator = ",\"";
        }
    }
}

fn put_name(json: &mut String, name: &str) {
    // A name of the policy may be anything; whoever prints the report shall not be led astray by it.
    if name.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\') {
        json.push_str(name);
        return;
    }
    for character in name.chars() {
        match character {
            '"' | '\\' => {
                json.push('\\');
                json.push(character);
            }
            character if character.is_control() => {
                // Writing to a string cannot fail, so the result is nothing to act upon.
                let _ = write!(json, "\\u{:04x}", u32::from(character));
            }
            character => json.push(character),
        }
    }
}

/// Appends a number. The formatter of the library costs more than the record that a small batch is.
fn put_number(json: &mut String, number: u32) {
    if number > 9 {
        put_number(json, number / 10);
    }
    json.push(char::from(b'0' + (number % 10) as u8));
}
