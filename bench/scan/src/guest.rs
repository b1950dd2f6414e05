//! Runs the detectors in WebAssembly as the host runs the component: compiled by Cranelift, epochs on.
//!
//! Must not know how the detectors work. Keeps the comparison fair: one instance, reused, and the text is written before
//! time is taken, as the detectors of the component read what the component holds already.

use std::ops::Range;

use wasmtime::{Config, Engine, Instance, Memory, Module, Store, TypedFunc};

use crate::Result;

const MODULE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/scan_guest.wasm"));

/// The instance and its exports.
pub struct Guest {
    store: Store<()>,
    memory: Memory,
    text: TypedFunc<u32, u32>,
    scan: TypedFunc<(u32, u32), u32>,
}

impl Guest {
    /// Compiles and instantiates the module, which imports nothing.
    pub fn open() -> Result<Self> {
        let mut config = Config::new();
        config.epoch_interruption(true).wasm_relaxed_simd(false);
        let engine = Engine::new(&config)?;
        let module = Module::new(&engine, MODULE)?;
        let mut store = Store::new(&engine, ());
        store.set_epoch_deadline(u64::from(u32::MAX));
        let instance = Instance::new(&mut store, &module, &[])?;
        let memory = instance.get_memory(&mut store, "memory").ok_or("the guest exports no memory")?;
        let text = instance.get_typed_func(&mut store, "text")?;
        let scan = instance.get_typed_func(&mut store, "scan")?;
        Ok(Self { store, memory, text, scan })
    }

    /// Gives it the text of the scans to come.
    pub fn write(&mut self, text: &[u8]) -> Result<()> {
        let at = self.text.call(&mut self.store, u32::try_from(text.len())?)? as usize;
        Ok(self.memory.write(&mut self.store, at, text)?)
    }

    /// How many findings a piece of the text has.
    pub fn scan(&mut self, piece: &Range<usize>) -> Result<usize> {
        Ok(self.scan.call(&mut self.store, (u32::try_from(piece.start)?, u32::try_from(piece.end)?))? as usize)
    }
}
