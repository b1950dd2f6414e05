//! The counters and the histogram that Envoy keeps for the plugin, over all workers.
//!
//! Must not know requests. Envoy's binary interface has no labels: they stand in the names, as `.LABEL.VALUE` at the end,
//! and the `stats_tags` of the examples take them out. Every value is a statistic for ever, so that their number is
//! bounded (I5), and none comes from a request (I1).

use airlock::{Report, Verdict};
use door::Class;
use proxy_wasm::hostcalls::{define_metric, increment_metric, record_metric};
use proxy_wasm::types::MetricType;

/// Rules, and detectors, that are counted each by itself: the first that count anything.
const MAX_LABELS: usize = 256;

/// The metrics of one configuration.
pub struct Metrics {
    batches: [u32; 3],
    detected: Counters,
    duration: u32,
    forged: u32,
    records_in: u32,
    records_out: u32,
    redacted: Counters,
    refusals: [u32; Class::ALL.len()],
    unknown_attributes: u32,
    unknown_events: u32,
}

impl Metrics {
    /// Defines what every policy has, so that it is there before the first request.
    pub fn new() -> Self {
        let verdict = |name| counter(&format!("airlock_batches_total.verdict.{name}"));
        Self {
            batches: [verdict("dropped"), verdict("rewritten"), verdict("unchanged")],
            detected: Counters::new("airlock_findings_total.detector"),
            duration: define_metric(MetricType::Histogram, "airlock_duration_microseconds").unwrap_or_default(),
            forged: counter("airlock_forged_attributes_total"),
            records_in: counter("airlock_records_total.direction.in"),
            records_out: counter("airlock_records_total.direction.out"),
            redacted: Counters::new("airlock_redactions_total.rule"),
            refusals: Class::ALL.map(|class| counter(&format!("airlock_refusals_total.reason.{}", class.name()))),
            unknown_attributes: counter("airlock_unknown_attributes_total"),
            unknown_events: counter("airlock_unknown_events_total"),
        }
    }

    /// Counts a batch that was let through.
    pub fn processed(&mut self, verdict: Verdict, report: &Report) {
        let [dropped, rewritten, unchanged] = self.batches;
        add(
            match verdict {
                Verdict::Dropped => dropped,
                Verdict::Rewritten => rewritten,
                Verdict::Unchanged => unchanged,
            },
            1,
        );
        for (metric, count) in [
            (self.forged, report.forged()),
            (self.records_in, report.records_in()),
            (self.records_out, report.records_out()),
            (self.unknown_attributes, report.unknown_attributes()),
            (self.unknown_events, report.unknown_events()),
        ] {
            add(metric, count);
        }
        self.redacted.add(report.redactions());
        self.detected.add(report.findings());
    }

    /// Counts a request that was refused.
    pub fn refused(&self, class: Class) {
        let known = Class::ALL.iter().position(|known| *known == class);
        if let Some(metric) = known.and_then(|at| self.refusals.get(at)) {
            add(*metric, 1);
        }
    }

    /// Records how long a body took, from its last byte to its answer.
    pub fn took(&self, microseconds: u64) {
        let _ = record_metric(self.duration, microseconds);
    }
}

/// Counters by label, each defined when it first counts something.
struct Counters {
    prefix: &'static str,
    /// In the order in which a report has them.
    metrics: Vec<Option<u32>>,
    defined: usize,
    /// Where the rest is counted.
    other: Option<u32>,
}

impl Counters {
    fn new(prefix: &'static str) -> Self {
        Self { prefix, metrics: Vec::new(), defined: 0, other: None }
    }

    /// Adds to the counters of those that did something.
    fn add<'c>(&mut self, counts: impl Iterator<Item = (usize, &'c str, u32)>) {
        for (at, label, count) in counts {
            add(self.metric(at, label), count);
        }
    }

    fn metric(&mut self, at: usize, label: &str) -> u32 {
        if let Some(Some(metric)) = self.metrics.get(at) {
            return *metric;
        }
        let named = |label: &str| counter(&format!("{}.{}", self.prefix, plain(label)));
        if self.defined == MAX_LABELS {
            return *self.other.get_or_insert_with(|| named("other"));
        }
        let metric = named(label);
        self.defined += 1;
        if self.metrics.len() <= at {
            self.metrics.resize(at + 1, None);
        }
        if let Some(slot) = self.metrics.get_mut(at) {
            *slot = Some(metric);
        }
        metric
    }
}

/// A label without what the formats of statistics use themselves; `prompt: mask` is `prompt.mask`.
fn plain(label: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "._-".contains(character);
    label.replace(": ", ".").chars().map(|character| if is_plain(character) { character } else { '_' }).collect()
}

fn counter(name: &str) -> u32 {
    define_metric(MetricType::Counter, name).unwrap_or_default()
}

fn add(metric: u32, count: u32) {
    if count > 0 {
        let _ = increment_metric(metric, i64::from(count));
    }
}
