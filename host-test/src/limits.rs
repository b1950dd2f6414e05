//! What one instance of a component may use, each bound with its reason.
//!
//! Must not know telemetry. Keeps I5 for a component that does not keep it by itself: memory and time are bounded by
//! the host, whatever the component does.

use std::time::Duration;

use wasmtime::ResourceLimiter;

/// The bounds of one instance.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long one call may take. The core is linear and the largest batch takes a fraction of a second; the rest is
    /// for a machine that is busy with other things.
    pub deadline: Duration,
    /// Bytes of linear memory. The largest batch, its rewriting and the scratch of both fit several times.
    pub memory: usize,
    /// An instance that has grown beyond this many bytes is not used again: one large batch must not hold its memory
    /// for ever.
    pub reuse: usize,
    /// Idle instances that are kept for one policy.
    pub idle: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Self { deadline: Duration::from_secs(10), memory: 256 << 20, reuse: 32 << 20, idle: threads.clamp(1, 64) }
    }
}

/// How often the host looks at its deadlines.
pub(crate) const TICK: Duration = Duration::from_millis(10);

/// Elements of a table. The core's own has a few hundred; a table is memory too.
const MAX_TABLE_ELEMENTS: usize = 100_000;

impl Limits {
    /// The deadline in ticks of the host's clock; at least two, for the first may come at once.
    pub(crate) fn ticks(&self) -> u64 {
        (self.deadline.as_millis() / TICK.as_millis()).max(1) as u64 + 1
    }
}

/// Refuses memory beyond the bound, and remembers that it did.
pub(crate) struct Memory {
    bound: usize,
    /// What the instance holds now.
    pub(crate) held: usize,
    /// Whether more was asked for than is given.
    pub(crate) refused: bool,
}

impl Memory {
    pub(crate) fn new(bound: usize) -> Self {
        Self { bound, held: 0, refused: false }
    }
}

impl ResourceLimiter for Memory {
    fn memory_growing(&mut self, current: usize, desired: usize, _maximum: Option<usize>) -> wasmtime::Result<bool> {
        // Memories are counted together: a component may have more than one.
        let held = self.held.saturating_add(desired.saturating_sub(current));
        if held > self.bound {
            self.refused = true;
            // An error ends the call at once; an allocation that merely fails would be the guest's to explain.
            return Err(wasmtime::format_err!("memory bound"));
        }
        self.held = held;
        Ok(true)
    }

    fn table_growing(&mut self, _current: usize, desired: usize, _maximum: Option<usize>) -> wasmtime::Result<bool> {
        Ok(desired <= MAX_TABLE_ELEMENTS)
    }
}
