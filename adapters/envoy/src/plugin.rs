//! One configuration of the plugin: opened once, shared by the requests of one worker.
//!
//! Must not know requests. Keeps I6: all state is here, in no static, so that two configurations in one virtual machine
//! know nothing of each other.

use std::cell::RefCell;

use airlock::{Airlock, Worker};
use door::Opener;
use proxy_wasm::hostcalls::get_buffer;
use proxy_wasm::types::BufferType;

use crate::configuration::{Configuration, Host};
use crate::environment;
use crate::metrics::Metrics;

/// What the requests of one configuration share.
pub struct Plugin {
    pub airlock: Airlock,
    pub header_names: Vec<String>,
    pub host: Host,
    pub memory: RefCell<Memory>,
}

/// What is used again for every request.
pub struct Memory {
    pub metrics: Metrics,
    pub opener: Opener,
    pub worker: Worker,
}

impl Plugin {
    /// What Envoy's configuration says, or why it cannot be opened.
    pub fn open() -> Result<Self, String> {
        let bytes = get_buffer(BufferType::PluginConfiguration, 0, usize::MAX).ok().flatten().unwrap_or_default();
        let configuration = Configuration::read_bytes(&bytes)?;
        let airlock = configuration.open(environment::variable)?;
        let memory = Memory { metrics: Metrics::new(), opener: Opener::default(), worker: airlock.worker() };
        let header_names = airlock.header_names();
        Ok(Self { airlock, header_names, host: configuration.host, memory: RefCell::new(memory) })
    }
}
