//! Takes time: rows in turn, many short rounds, the best and the middle of them.
//!
//! Must not know what a row does. Keeps the comparison fair on a machine that is busy with other things: rows alternate
//! within a round, so that a disturbance hits them all, and the best round is the least disturbed.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::Result;
use crate::rows::Row;

/// How long a row runs before it is measured.
const WARM_UP: Duration = Duration::from_millis(150);

/// How long it runs in each round, at least once: about as long as a busy system lets one thread run.
const ROUND: Duration = Duration::from_millis(4);

/// The time of one call.
pub struct Timing {
    /// Whose.
    pub row: &'static str,
    /// In the best round.
    pub best: Duration,
    /// In the middle one.
    pub median: Duration,
}

/// Measures all rows on one batch.
pub fn interleaved(rows: &mut [Row], batch: &[u8], rounds: usize) -> Result<Vec<Timing>> {
    let mut calls = Vec::new();
    for row in &mut *rows {
        calls.push(warm_up(row, batch)?);
    }
    let mut times = vec![Vec::with_capacity(rounds); rows.len()];
    for _ in 0..rounds {
        for ((row, &calls), times) in rows.iter_mut().zip(&calls).zip(&mut times) {
            times.push(time(row, batch, calls)? / calls);
        }
    }
    let timings = rows.iter().zip(&mut times).map(|(row, times)| {
        times.sort();
        let best = times.first().copied().unwrap_or_default();
        Timing { row: row.name(), best, median: times.get(times.len() / 2).copied().unwrap_or_default() }
    });
    Ok(timings.collect())
}

/// Runs a row until it is warm; how many calls fill a round.
fn warm_up(row: &mut Row, batch: &[u8]) -> Result<u32> {
    let (start, mut calls) = (Instant::now(), 0u32);
    while start.elapsed() < WARM_UP {
        time(row, batch, 1)?;
        calls += 1;
    }
    let one = start.elapsed() / calls.max(1);
    Ok(u32::try_from(ROUND.as_nanos() / one.as_nanos().max(1)).unwrap_or(u32::MAX).max(1))
}

fn time(row: &mut Row, batch: &[u8], calls: u32) -> Result<Duration> {
    let start = Instant::now();
    for _ in 0..calls {
        black_box(row.run(black_box(batch))?);
    }
    Ok(start.elapsed())
}
