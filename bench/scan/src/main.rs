//! Measures the detectors beside the `regex` crate, over text that is found in the repository or counted up.
//!
//! ```text
//! cargo run --release --manifest-path bench/scan/Cargo.toml -- [--rounds N]
//! ```
//!
//! What is planted has to be found by every row before time is taken; no time is asserted. Rows alternate within a round,
//! and the best round of each is printed. Must not know how the detectors work.

mod patterns;
mod texts;

use std::collections::BTreeMap;
use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use airlock::detect::{DETECTORS, Detectors};

use patterns::Patterns;
use texts::Text;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

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
    println!("{} detectors, {} patterns", DETECTORS.len(), patterns.count());
    println!("{:28} {:>9} {:>12} {:>14} {:>12}", "GB/s", "detectors", "is it clean?", "one RegexSet", "each Regex");
    for text in texts::all()? {
        assert_finds(&text, &patterns)?;
        let found = &mut Vec::new();
        let detectors = Detectors::all();
        let rows: &mut [&mut dyn FnMut()] = &mut [
            &mut || {
                found.clear();
                detectors.scan(black_box(text.bytes()), found);
            },
            &mut || {
                black_box(detectors.is_clean(black_box(text.bytes())));
            },
            &mut || {
                black_box(patterns.set(black_box(text.bytes())));
            },
            &mut || drop(black_box(patterns.spans(black_box(text.bytes())))),
        ];
        let speeds = speeds(rows, text.bytes().len(), rounds);
        let [scan, clean, set, each] = speeds[..] else { return Err("a row is missing".into()) };
        println!(
            "{:28} {scan:9.3} {clean:12.3} {set:8.3} ×{:4.0} {each:7.4} ×{:4.0}",
            text.name(),
            scan / set,
            scan / each
        );
    }
    hostile(rounds);
    Ok(())
}

/// Fails where a row misses what was planted.
fn assert_finds(text: &Text, patterns: &Patterns) -> Result<()> {
    let mut findings = Vec::new();
    Detectors::all().scan(text.bytes(), &mut findings);
    let spans = patterns.spans(text.bytes());
    for planted in text.planted() {
        let covers = |start: usize, end: usize| start <= planted.start && planted.end <= end;
        let detected = findings.iter().any(|found| covers(found.start, found.end));
        let matched = spans.iter().any(|found| covers(found.start, found.end));
        if !detected || !matched || !patterns.set(text.bytes()) {
            return Err(format!("{}: what was planted at {planted:?} is not found", text.name()).into());
        }
    }
    Ok(())
}

/// The best speed of each row in GB/s.
fn speeds(rows: &mut [&mut dyn FnMut()], bytes: usize, rounds: usize) -> Vec<f64> {
    let mut best = vec![f64::INFINITY; rows.len()];
    for _ in 0..=rounds {
        for (row, best) in rows.iter_mut().zip(&mut best) {
            let (began, mut calls) = (Instant::now(), 0);
            while calls == 0 || began.elapsed() < ROUND {
                row();
                calls += 1;
            }
            *best = best.min(began.elapsed().as_secs_f64() / f64::from(calls));
        }
    }
    best.iter().map(|seconds| bytes as f64 / seconds / 1e9).collect()
}

/// The slowest of the hostile pieces. Where a longer text is slower by the byte, time is not linear.
fn hostile(rounds: usize) {
    let detectors = Detectors::all();
    let mut by_speed = BTreeMap::new();
    for piece in HOSTILE {
        let speed = |bytes: usize| {
            let text = piece.repeat(bytes / piece.len());
            let mut found = Vec::new();
            let row: &mut dyn FnMut() = &mut || {
                found.clear();
                detectors.scan(black_box(text.as_bytes()), &mut found);
            };
            speeds(&mut [row], text.len(), rounds.min(5)).first().copied().unwrap_or_default()
        };
        let long = speed(128 << 10);
        by_speed.insert((long * 1e9) as u64, (piece, speed(16 << 10), long));
    }
    println!("\nthe slowest of {} pieces, repeated to 16 KiB and to 128 KiB, GB/s", HOSTILE.len());
    for (piece, short, long) in by_speed.values().take(10) {
        println!("  {short:9.4} {long:9.4}  {piece:?}");
    }
}
