//! What was measured: tables for a person, JSON and CSV for later.
//!
//! Must not know how it was measured. Keeps figures comparable: each file names the processor and the commit, and
//! nothing else of the machine.

use std::fmt::{self, Write};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::Result;
use crate::measure::Timing;
use crate::memory::Memory;

/// One job on one batch.
pub struct Table {
    /// What was done.
    pub job: &'static str,
    /// To which batch.
    pub input: &'static str,
    /// Its size.
    pub bytes: usize,
    /// Its records.
    pub records: usize,
    /// How long each row took.
    pub timings: Vec<Timing>,
}

/// Everything that one run measured.
pub struct Figures {
    processor: String,
    commit: String,
    date: String,
    /// In the order in which they were taken.
    pub tables: Vec<Table>,
    /// Where it was watched.
    pub memory: Option<Memory>,
}

impl Table {
    /// How much faster `row` is than `other`, by the best and by the middle round.
    fn ratio(&self, row: &str, other: &str) -> Option<(f64, f64)> {
        let (row, other) = (self.timing(row)?, self.timing(other)?);
        let ratio = |one: Duration, other: Duration| other.as_secs_f64() / one.as_secs_f64();
        Some((ratio(row.best, other.best), ratio(row.median, other.median)))
    }

    fn timing(&self, row: &str) -> Option<&Timing> {
        self.timings.iter().find(|timing| timing.row == row)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}, {}", self.job, self.input)?;
        writeln!(f, "  {:22} {:>12} {:>12} {:>12} {:>10}", "", "best µs", "median µs", "records/s", "MB/s")?;
        for Timing { row, best, median } in &self.timings {
            let seconds = best.as_secs_f64();
            let (best, median) = (seconds * 1e6, median.as_secs_f64() * 1e6);
            let (records, megabytes) = (self.records as f64 / seconds, self.bytes as f64 / seconds / 1e6);
            writeln!(f, "  {row:22} {best:12.2} {median:12.2} {records:12.0} {megabytes:10.0}")?;
        }
        let pairs = ["prost in wasm", "prost", "serde_json", "native"].map(|other| ("component", other));
        for (row, other) in pairs.into_iter().chain([("native", "serde_json")]) {
            if let Some((best, median)) = self.ratio(row, other) {
                writeln!(f, "  {row} runs at {best:.2} × {other} (by the medians {median:.2})")?;
            }
        }
        if let (Some(component), 1) = (self.timing("component"), self.records) {
            for native in ["native", "native, answer copied"].iter().filter_map(|row| self.timing(row)) {
                let over = |one: Duration, other: Duration| (one.as_secs_f64() - other.as_secs_f64()) * 1e6;
                let (best, median) = (over(component.best, native.best), over(component.median, native.median));
                writeln!(f, "  component takes {best:.2} µs over {} (by the medians {median:.2})", native.row)?;
            }
        }
        Ok(())
    }
}

impl Figures {
    /// No figures yet, and where they will be taken.
    pub fn of_this_machine(folder: &Path) -> Self {
        Self { processor: processor(), commit: commit(folder), date: date(), tables: Vec::new(), memory: None }
    }

    /// Where and of what the figures are.
    pub fn heading(&self) -> String {
        format!("{}, {}, commit {}\n", self.processor, self.date, self.commit)
    }

    /// All figures as one JSON document.
    pub fn json(&self) -> String {
        let rows: Vec<Value> = self
            .rows()
            .map(|(table, timing)| {
                json!({
                    "job": table.job, "input": table.input, "row": timing.row,
                    "bytes": table.bytes, "records": table.records,
                    "best_ns": nanoseconds(timing.best), "median_ns": nanoseconds(timing.median),
                })
            })
            .collect();
        let memory = self.memory.as_ref().map(|memory| {
            json!({
                "records": memory.records, "opened": memory.opened, "first": memory.first,
                "tenth": memory.tenth, "all": memory.all,
            })
        });
        let document = json!({
            "processor": self.processor, "commit": self.commit, "date": self.date, "rows": rows, "memory": memory,
        });
        format!("{document:#}\n")
    }

    /// Files the figures under their date; a second run of a day replaces the first.
    pub fn record(&self, folder: &Path) -> Result<PathBuf> {
        let mut csv = format!("# {}\n# commit {}\n", self.processor, self.commit);
        if let Some(memory) = &self.memory {
            let Memory { opened, first, tenth, all, records } = memory;
            writeln!(csv, "# memory over {records} records: {opened}, {first}, {tenth}, {all} bytes")?;
        }
        csv.push_str("job,input,row,bytes,records,best_ns,median_ns\n");
        for (table, timing) in self.rows() {
            let (best, median) = (nanoseconds(timing.best), nanoseconds(timing.median));
            let row = timing.row.replace(',', "");
            writeln!(csv, "{},{},{row},{},{},{best},{median}", table.job, table.input, table.bytes, table.records)?;
        }
        fs::create_dir_all(folder)?;
        let path = folder.join(format!("{}.csv", self.date));
        fs::write(&path, csv)?;
        Ok(path)
    }

    fn rows(&self) -> impl Iterator<Item = (&Table, &Timing)> {
        self.tables.iter().flat_map(|table| table.timings.iter().map(move |timing| (table, timing)))
    }
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

fn processor() -> String {
    let described = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = described.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    model.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, model)| model.trim().to_owned())
}

fn commit(folder: &Path) -> String {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").current_dir(folder).args(arguments).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let Some(commit) = git(&["rev-parse", "--short=12", "HEAD"]) else { return "unknown".into() };
    let is_clean = git(&["status", "--porcelain"]).is_some_and(|changed| changed.is_empty());
    if is_clean { commit } else { format!("{commit} and changes") }
}

/// Today in UTC.
fn date() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let mut days = seconds / 86_400;
    let is_leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let mut year = 1970;
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let february = 28 + u64::from(is_leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", days + 1)
}
