//! Watches the linear memory of one instance of the component over a million records.
//!
//! Must not know the core. Keeps I5 and I6 for the component: what one batch needed is there for the next, and nothing
//! of it stays. The host would replace an instance that has grown, so the instance here is the bench's own.

use std::fmt;

use wasmtime::component::{Component, Linker, ResourceAny};
use wasmtime::{Config, Engine, ResourceLimiter, Store};

use crate::Result;
use crate::input::Inputs;

/// The component's contract as Rust.
#[allow(missing_docs, unreachable_pub, reason = "generated from the documented WIT")]
mod bindings {
    wasmtime::component::bindgen!({ path: "../wit", world: "otlp-airlock" });
}

use bindings::OtlpAirlock;
use bindings::exports::airlock::otlp::processor::Encoding;

/// How many records go through.
const RECORDS: usize = 1_000_000;

/// Bytes of linear memory, after so many records.
pub struct Memory {
    /// After the policy was opened and before any batch.
    pub opened: usize,
    /// After the first of each batch: what the work needs.
    pub first: usize,
    /// After a tenth.
    pub tenth: usize,
    /// After all.
    pub all: usize,
    /// Records that went through.
    pub records: usize,
}

impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { opened, first, tenth, all, records } = self;
        writeln!(f, "memory: {records} records through one instance, bytes of linear memory")?;
        write!(f, "  opened {opened}   first batches {first}   10 % {tenth}   100 % {all}")
    }
}

/// Sends the batches in turn, most of them the mix, and fails if the memory grows after the first tenth.
pub fn run(component: &[u8], inputs: &Inputs) -> Result<Memory> {
    let mut instance = Instance::open(component)?;
    let opened = instance.held();
    let mut records = 0;
    for input in [&inputs.mix, &inputs.heavy, &inputs.one] {
        instance.process(&input.bytes)?;
        records += input.records;
    }
    let mut memory = Memory { opened, first: instance.held(), tenth: 0, all: 0, records };
    let batches = [&inputs.mix, &inputs.one, &inputs.mix, &inputs.heavy, &inputs.mix, &inputs.mix];
    for input in batches.iter().cycle() {
        instance.process(&input.bytes)?;
        memory.records += input.records;
        if memory.tenth == 0 && memory.records >= RECORDS / 10 {
            memory.tenth = instance.held();
        }
        if memory.records >= RECORDS {
            break;
        }
    }
    memory.all = instance.held();
    if memory.all != memory.tenth {
        return Err(
            format!("the memory grew from {} to {} bytes between 10 % and 100 %", memory.tenth, memory.all).into()
        );
    }
    Ok(memory)
}

/// One instance with the default policy.
struct Instance {
    store: Store<Held>,
    exports: OtlpAirlock,
    airlock: ResourceAny,
}

/// Bytes that the instance holds.
#[derive(Default)]
struct Held(usize);

impl ResourceLimiter for Held {
    fn memory_growing(&mut self, current: usize, desired: usize, _maximum: Option<usize>) -> wasmtime::Result<bool> {
        self.0 += desired.saturating_sub(current);
        Ok(true)
    }

    fn table_growing(&mut self, _current: usize, _desired: usize, _maximum: Option<usize>) -> wasmtime::Result<bool> {
        Ok(true)
    }
}

impl Instance {
    fn open(component: &[u8]) -> Result<Self> {
        let mut config = Config::new();
        config.epoch_interruption(true).wasm_relaxed_simd(false);
        let engine = Engine::new(&config)?;
        let component = Component::from_binary(&engine, component)?;
        let mut store = Store::new(&engine, Held::default());
        store.limiter(|held| held);
        store.set_epoch_deadline(u64::from(u32::MAX));
        let exports = OtlpAirlock::instantiate(&mut store, &component, &Linker::new(&engine))?;
        let opened = exports.airlock_otlp_processor().airlock().call_open(&mut store, "{}", &[])?;
        let airlock = opened.map_err(|error| error.message)?;
        Ok(Self { store, exports, airlock })
    }

    fn process(&mut self, batch: &[u8]) -> Result<()> {
        let guest = self.exports.airlock_otlp_processor().airlock();
        let answer = guest.call_process(&mut self.store, self.airlock, batch, Encoding::Protobuf, None)?;
        answer.map(drop).map_err(|_| "the component refuses the batch".into())
    }

    fn held(&self) -> usize {
        self.store.data().0
    }
}
