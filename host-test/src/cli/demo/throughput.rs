//! How many batches a second one thread gets through an engine.
//!
//! Must not know what is in a batch.

use std::time::{Duration, Instant};

use airlock::{Admission, Encoding};

use crate::engine::{Engine, HostError};

pub(super) struct Rate {
    /// Batches a second.
    pub(super) batches: f64,
}

/// Between two looks at the clock; a call takes tens of microseconds.
const CALLS: u32 = 64;

pub(super) fn drive(
    engine: &dyn Engine,
    batch: &[u8],
    how_long: Duration,
    progress: impl Fn(Duration),
) -> Result<Rate, HostError> {
    let start = Instant::now();
    let mut calls = 0_u64;
    loop {
        for _ in 0..CALLS {
            engine.process(batch, Encoding::Protobuf, &Admission::none())?;
        }
        calls += u64::from(CALLS);
        let elapsed = start.elapsed();
        progress(elapsed);
        if elapsed >= how_long {
            return Ok(Rate { batches: calls as f64 / elapsed.as_secs_f64() });
        }
    }
}
