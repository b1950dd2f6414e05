//! How fast engines are on one batch: in turn, many short rounds, the best of them and the middle one.
//!
//! Must not know what an engine does. Engines alternate within a round, so that whatever else the machine does hits them
//! all, and the best round is the least disturbed.

use std::hint::black_box;
use std::time::{Duration, Instant};

use airlock::{Admission, Encoding};

use crate::engine::{Engine, HostError};

/// A batch and all that goes with it.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// The batch.
    pub batch: &'a [u8],
    /// How it is encoded.
    pub encoding: Encoding,
    /// Whose it is.
    pub admission: &'a Admission,
}

/// The time of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// In the best round.
    pub best: Duration,
    /// In the middle one.
    pub median: Duration,
}

/// How long an engine runs in each round, at least once: about as long as a busy system lets one thread run.
const ROUND: Duration = Duration::from_millis(4);

/// How long an engine runs before it is measured.
const WARM_UP: Duration = Duration::from_millis(150);

/// Measures every engine for about `how_long` altogether; `progress` is told the share that is done, from 0 to 1.
pub fn alternate(
    engines: &[&dyn Engine],
    job: Job<'_>,
    how_long: Duration,
    progress: impl Fn(f64),
) -> Result<Vec<Timing>, HostError> {
    let mut calls = Vec::new();
    for engine in engines {
        calls.push(warm_up(*engine, job)?);
    }
    let mut times = vec![Vec::new(); engines.len()];
    let start = Instant::now();
    loop {
        for ((engine, &calls), times) in engines.iter().zip(&calls).zip(&mut times) {
            times.push(time(*engine, job, calls)? / calls);
        }
        let share = start.elapsed().as_secs_f64() / how_long.as_secs_f64().max(f64::EPSILON);
        progress(share.min(1.0));
        if share >= 1.0 {
            break;
        }
    }
    let timing = |times: &mut Vec<Duration>| {
        times.sort_unstable();
        let at = |place: usize| times.get(place).copied().unwrap_or_default();
        Timing { best: at(0), median: at(times.len() / 2) }
    };
    Ok(times.iter_mut().map(timing).collect())
}

/// Runs an engine until it is warm; how many calls fill a round.
fn warm_up(engine: &dyn Engine, job: Job<'_>) -> Result<u32, HostError> {
    let (start, mut calls) = (Instant::now(), 0_u32);
    while start.elapsed() < WARM_UP {
        time(engine, job, 1)?;
        calls += 1;
    }
    let one = start.elapsed() / calls.max(1);
    Ok(u32::try_from(ROUND.as_nanos() / one.as_nanos().max(1)).unwrap_or(u32::MAX).max(1))
}

fn time(engine: &dyn Engine, job: Job<'_>, calls: u32) -> Result<Duration, HostError> {
    let start = Instant::now();
    for _ in 0..calls {
        black_box(engine.process(black_box(job.batch), job.encoding, job.admission)?);
    }
    Ok(start.elapsed())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use airlock::Keys;

    use super::*;
    use crate::native::Native;

    #[test]
    fn the_best_is_not_slower_than_the_middle() {
        let native = Native::open("{}", &Keys::new()).unwrap();
        let job = Job { batch: b"\x0a\x00", encoding: Encoding::Protobuf, admission: &Admission::none() };
        let last = Cell::new(0.0);
        let timings = alternate(&[&native, &native], job, Duration::from_millis(30), |share| last.set(share)).unwrap();
        assert_eq!((timings.len(), last.get()), (2, 1.0));
        assert!(timings.iter().all(|timing| timing.best > Duration::ZERO && timing.best <= timing.median));
    }

    #[test]
    fn a_refused_batch_is_not_measured() {
        let native = Native::open("{}", &Keys::new()).unwrap();
        let job = Job { batch: b"\x0a\xff", encoding: Encoding::Protobuf, admission: &Admission::none() };
        assert!(alternate(&[&native], job, Duration::from_millis(1), |_| ()).is_err());
    }
}
