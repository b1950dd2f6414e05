//! Measures the detectors, natively and in WebAssembly, beside the crates `regex` and `dd-sensitive-data-scanner`, over
//! text that is found in the repository or counted up.
//!
//! ```text
//! cargo run --release --manifest-path bench/scan/Cargo.toml -- [--rounds N]
//! ```
//!
//! What is planted has to be found by every row before time is taken, and in WebAssembly as much as natively; no time is
//! asserted. Rows alternate within a round, and the best round of each is printed. Must not know how the detectors work.

mod guest;
mod patterns;
mod rules;
mod texts;

use std::collections::BTreeMap;
use std::error::Error;
use std::hint::black_box;
use std::ops::Range;
use std::time::{Duration, Instant};

use airlock::detect::{DETECTORS, Detectors};

use guest::Guest;
use patterns::Patterns;
use rules::Rules;
use texts::Text;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// One call of what is measured.
type Row<'r> = &'r mut dyn FnMut() -> Result<()>;

/// How long a row runs in each round.
const ROUND: Duration = Duration::from_millis(4);

/// Beginnings of what detectors look for, over and over: the worst that a text can be.
const HOSTILE: [&str; 34] = [
    "a@",
    "a@a.",
    "a%40a.",
    "%3D",
    "%40",
    "://",
    "//",
    "a://b:c@",
    "1//",
    "::",
    "a:b:",
    "ab-cd-",
    "--x ",
    "-u ",
    "curl -u a:",
    "key=\"",
    "password=",
    "password: ",
    "token: a = ",
    "tokens: [\"",
    "<a>\n",
    "sk-",
    "ghp_",
    "eyJ",
    "AKIA",
    "4111 ",
    "1234 567",
    "-----BEGIN ",
    "-----BEGIN PRIVATE KEY-----",
    "Bearer ",
    "[...",
    "[redacted:",
    "\"",
    "abcdefghijklmnopqrstuvwxyz012345",
];

fn main() -> Result<()> {
    let rounds = match std::env::args().skip_while(|word| word != "--rounds").nth(1) {
        Some(number) => number.parse()?,
        None => 21,
    };
    let patterns = Patterns::of_detectors()?;
    let mut rows = Rows {
        detectors: Detectors::all(),
        guest: Guest::open()?,
        rules: Rules::of_expressions(patterns.expressions())?,
        patterns,
    };
    println!("{} detectors, {} patterns", DETECTORS.len(), rows.patterns.count());
    println!(
        "{:28} {:>9} {:>14} {:>12} {:>14} {:>14} {:>14}",
        "GB/s", "detectors", "in WebAssembly", "is it clean?", "one RegexSet", "each Regex", "dd-sds"
    );
    for text in texts::all()? {
        rows.guest.write(text.bytes())?;
        rows.rules.write(text.pieces());
        rows.assert_find(&text)?;
        let [scan, guest, clean, set, each, rules] = rows.speeds(&text, rounds)?;
        println!(
            "{:28} {scan:9.3} {guest:8.3} ×{:4.1} {clean:12.3} {set:8.3} ×{:4.1} {each:8.4} ×{:4.0} {rules:8.4} ×{:4.0}",
            text.name(),
            scan / guest,
            scan / set,
            scan / each,
            scan / rules
        );
    }
    rows.hostile(rounds)
}

/// Whoever scans. The guest and the rules hold the text that was written to them.
struct Rows {
    detectors: Detectors,
    guest: Guest,
    patterns: Patterns,
    rules: Rules,
}

impl Rows {
    /// Fails where a row misses what was planted, or where the detectors find more or less in WebAssembly.
    fn assert_find(&mut self, text: &Text) -> Result<()> {
        let ruled = self.rules.spans()?;
        for ((piece, cut), ruled) in text.pieces().zip(text.cuts()).zip(&ruled) {
            let mut findings = Vec::new();
            self.detectors.scan(piece.as_bytes(), &mut findings);
            let in_guest = self.guest.scan(cut)?;
            if in_guest != findings.len() {
                return Err(format!("{}: {} findings, in WebAssembly {in_guest}", text.name(), findings.len()).into());
            }
            let findings: Vec<Range<usize>> = findings.iter().map(|found| found.start..found.end).collect();
            let matches = self.patterns.spans(piece.as_bytes());
            for planted in text.planted().iter().filter(|planted| cut.contains(&planted.start)) {
                let covers = |found: &Range<usize>| {
                    cut.start + found.start <= planted.start && planted.end <= cut.start + found.end
                };
                let are_found = [&findings, &matches, ruled].iter().all(|spans| spans.iter().any(covers));
                if !are_found || !self.patterns.set(piece.as_bytes()) {
                    return Err(format!("{}: what was planted at {planted:?} is not found", text.name()).into());
                }
            }
        }
        Ok(())
    }

    /// The best speed of each, in the order of the table.
    fn speeds(&mut self, text: &Text, rounds: usize) -> Result<[f64; 6]> {
        let Self { detectors, guest, patterns, rules } = self;
        let found = &mut Vec::new();
        let pieces = || text.pieces().map(|piece| black_box(piece.as_bytes()));
        let rows: [Row; 6] = [
            &mut || {
                pieces().for_each(|piece| {
                    found.clear();
                    detectors.scan(piece, found);
                });
                Ok(())
            },
            &mut || text.cuts().iter().try_for_each(|piece| done(guest.scan(piece)?)),
            &mut || pieces().try_for_each(|piece| done(detectors.is_clean(piece))),
            &mut || pieces().try_for_each(|piece| done(patterns.set(piece))),
            &mut || pieces().try_for_each(|piece| done(patterns.spans(piece))),
            &mut || done(rules.spans()?),
        ];
        speeds(rows, text.bytes().len(), rounds)
    }

    /// The slowest of the hostile pieces. Where a longer text is slower by the byte, time is not linear.
    fn hostile(&mut self, rounds: usize) -> Result<()> {
        let Self { detectors, guest, .. } = self;
        let mut by_speed = BTreeMap::new();
        for piece in HOSTILE {
            let mut of_length = |bytes: usize| {
                let text = piece.repeat(bytes / piece.len());
                guest.write(text.as_bytes())?;
                let found = &mut Vec::new();
                let rows: [Row; 2] = [
                    &mut || {
                        found.clear();
                        detectors.scan(black_box(text.as_bytes()), found);
                        Ok(())
                    },
                    &mut || done(guest.scan(&(0..text.len()))?),
                ];
                speeds(rows, text.len(), rounds.min(5))
            };
            let (short, long) = (of_length(16 << 10)?, of_length(128 << 10)?);
            by_speed.insert((long[0] * 1e9) as u64, (piece, short, long));
        }
        println!("\nthe slowest of {} pieces, repeated to 16 KiB and to 128 KiB, GB/s", HOSTILE.len());
        println!("  {:>19} {:>19}", "detectors", "in WebAssembly");
        for (piece, short, long) in by_speed.values().take(10) {
            println!("  {:9.4} {:9.4} {:9.4} {:9.4}  {piece:?}", short[0], long[0], short[1], long[1]);
        }
        Ok(())
    }
}

/// Keeps the compiler from leaving out what nobody reads.
fn done<T>(answer: T) -> Result<()> {
    drop(black_box(answer));
    Ok(())
}

/// The best speed of each row in GB/s.
fn speeds<const N: usize>(mut rows: [Row; N], bytes: usize, rounds: usize) -> Result<[f64; N]> {
    let mut best = [f64::INFINITY; N];
    for _ in 0..=rounds {
        for (row, best) in rows.iter_mut().zip(&mut best) {
            let (began, mut calls) = (Instant::now(), 0);
            while calls == 0 || began.elapsed() < ROUND {
                row()?;
                calls += 1;
            }
            *best = best.min(began.elapsed().as_secs_f64() / f64::from(calls));
        }
    }
    Ok(best.map(|seconds| bytes as f64 / seconds / 1e9))
}
