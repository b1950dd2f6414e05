//! Runs the baseline's WebAssembly module as the host runs the component: compiled by Cranelift, epochs on.
//!
//! Must not know what the module does. Keeps the comparison fair: one instance, reused, and no limiter or pool between.

use wasmtime::{Config, Engine, Instance, Linker, Memory, Module, Store, TypedFunc};

use crate::Result;
use crate::job::Job;

const MODULE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/prost_guest.wasm"));

/// The instance and its exports.
pub struct Guest {
    store: Store<()>,
    memory: Memory,
    input: TypedFunc<u32, u32>,
    process: TypedFunc<(u32, u32), i32>,
    output: TypedFunc<(), u32>,
}

impl Guest {
    /// Compiles and instantiates the module.
    pub fn open() -> Result<Self> {
        let mut config = Config::new();
        config.epoch_interruption(true).wasm_relaxed_simd(false);
        let engine = Engine::new(&config)?;
        let module = Module::new(&engine, MODULE)?;
        let mut linker = Linker::new(&engine);
        // The crate with the generated types imports a clock of JavaScript's that decoding never reads.
        linker.define_unknown_imports_as_traps(&module)?;
        let mut store = Store::new(&engine, ());
        store.set_epoch_deadline(u64::from(u32::MAX));
        let instance: Instance = linker.instantiate(&mut store, &module)?;
        let memory = instance.get_memory(&mut store, "memory").ok_or("the baseline exports no memory")?;
        let input = instance.get_typed_func(&mut store, "input")?;
        let process = instance.get_typed_func(&mut store, "process")?;
        let output = instance.get_typed_func(&mut store, "output")?;
        Ok(Self { store, memory, input, process, output })
    }

    /// The batch after one job.
    pub fn process(&mut self, batch: &[u8], job: Job) -> Result<Vec<u8>> {
        let len = u32::try_from(batch.len())?;
        let at = self.input.call(&mut self.store, len)? as usize;
        self.memory.write(&mut self.store, at, batch)?;
        let job = match job {
            Job::WireEdit => 0,
            Job::DefaultPolicy => 1,
        };
        let written = usize::try_from(self.process.call(&mut self.store, (len, job))?);
        let written = written.map_err(|_| "the baseline cannot read the batch")?;
        let at = self.output.call(&mut self.store, ())? as usize;
        let output = self.memory.data(&self.store).get(at..at + written);
        Ok(output.ok_or("the baseline's output lies outside its memory")?.to_vec())
    }
}
