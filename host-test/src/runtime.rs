//! A component, compiled and ready to run: nothing is linked to it, and its time and memory are bounded.
//!
//! Must not know what the component does. Keeps I6: the linker is empty, so that a component with an import of any
//! kind (a clock, a file, a socket) does not open. Keeps I5 by the deadline and the memory bound.

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use wasmtime::component::{Component, Linker};
use wasmtime::{Cache, CacheConfig, Config, EngineWeak, Store};

use crate::bindings::OtlpAirlockPre;
use crate::engine::HostError;
use crate::limits::{Limits, Memory, TICK};

/// How a component is compiled and bounded.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The bounds of each instance.
    pub limits: Limits,
    /// A private folder for compiled code, from [`crate::cache::private_folder`]. Without one, every start compiles.
    pub cache: Option<PathBuf>,
}

/// A compiled component. Open it with a policy for a [`Plugin`](crate::Plugin).
pub struct Runtime {
    pub(crate) engine: wasmtime::Engine,
    pub(crate) component: OtlpAirlockPre<Memory>,
    pub(crate) limits: Limits,
    cache: Option<Cache>,
    prepared_in: Duration,
}

impl Runtime {
    /// Compiles a component, or takes its code from the cache.
    pub fn new(component: &[u8], options: &Options) -> Result<Self, HostError> {
        let start = Instant::now();
        let cache = options.cache.as_ref().map(compiled_code).transpose()?;
        let mut config = Config::new();
        config.epoch_interruption(true).cache(cache.clone());
        // The same answer on every machine: no instruction whose result is left to the processor.
        config.wasm_relaxed_simd(false);
        let engine = wasmtime::Engine::new(&config).map_err(unusable)?;
        let component = Component::from_binary(&engine, component).map_err(unusable)?;
        let pre = Linker::new(&engine).instantiate_pre(&component).map_err(|error| {
            HostError::Component(format!(
                "the component asks for something of its host, which offers nothing: {error:#}"
            ))
        })?;
        let component = OtlpAirlockPre::new(pre).map_err(|error| {
            HostError::Component(format!("the component does not export airlock:otlp/processor@0.1.0: {error:#}"))
        })?;
        tick(engine.weak())?;
        Ok(Self { engine, component, limits: options.limits, cache, prepared_in: start.elapsed() })
    }

    /// Whether the compiled code came from the cache.
    pub fn from_cache(&self) -> bool {
        self.cache.as_ref().is_some_and(|cache| cache.cache_hits() > 0)
    }

    /// How long compiling, or reading from the cache, took.
    pub fn prepared_in(&self) -> Duration {
        self.prepared_in
    }

    /// An empty store for one instance.
    pub(crate) fn store(&self) -> Store<Memory> {
        let mut store = Store::new(&self.engine, Memory::new(self.limits.memory));
        store.limiter(|memory| memory);
        store
    }
}

/// wasmtime's own cache: it files compiled code under its version and the digest of the component, the compiler's
/// settings and this processor's features, so that no entry answers for another.
fn compiled_code(folder: &PathBuf) -> Result<Cache, HostError> {
    let mut config = CacheConfig::new();
    config.with_directory(folder);
    Cache::new(config).map_err(|error| HostError::Component(format!("the folder for compiled code: {error:#}")))
}

/// Advances the clock of the deadlines for as long as the engine lives.
fn tick(engine: EngineWeak) -> Result<(), HostError> {
    let ticker = move || {
        while let Some(engine) = engine.upgrade() {
            engine.increment_epoch();
            drop(engine);
            thread::sleep(TICK);
        }
    };
    thread::Builder::new()
        .name("airlock-deadline".into())
        .spawn(ticker)
        .map(drop)
        .map_err(|error| HostError::Component(format!("no thread for the deadlines: {error}")))
}

fn unusable(error: wasmtime::Error) -> HostError {
    HostError::Component(format!("the component cannot be compiled: {error:#}"))
}
