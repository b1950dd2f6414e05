//! One configuration of the plugin: opened once, shared by the requests of one worker.
//!
//! Must not know requests. Keeps I2: what cannot be opened is not loaded, and Envoy keeps what it had. Keeps I6: all state
//! is here, in no static, so that two configurations in one virtual machine know nothing of each other. Keeps I1: a panic
//! tells its place and not its words.

use std::cell::RefCell;
use std::rc::Rc;

use airlock::{Airlock, Worker};
use door::Opener;
use proxy_wasm::hostcalls::{get_buffer, log};
use proxy_wasm::traits::{Context, HttpContext, RootContext};
use proxy_wasm::types::{BufferType, ContextType, LogLevel};

use crate::configuration::{Configuration, Host};
use crate::environment;
use crate::exchange::Exchange;
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

struct Root {
    plugin: Option<Rc<Plugin>>,
}

proxy_wasm::main! {{
    install();
}}

/// Tells Envoy's callbacks where to go.
fn install() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let _ = log(LogLevel::Critical, &format!("airlock: stopped at {place}"));
    }));
    proxy_wasm::set_root_context(|_| Box::new(Root { plugin: None }));
}

impl Context for Root {}

impl RootContext for Root {
    fn on_configure(&mut self, _: usize) -> bool {
        match open() {
            Ok(plugin) => {
                say(LogLevel::Info, &format!("policy {} is open", plugin.airlock.policy_hash()));
                for warning in plugin.airlock.explain().iter().filter(|sentence| sentence.starts_with("warning: ")) {
                    say(LogLevel::Warn, warning);
                }
                self.plugin = Some(Rc::new(plugin));
                true
            }
            Err(error) => {
                say(LogLevel::Error, &error);
                false
            }
        }
    }

    fn create_http_context(&self, _: u32) -> Option<Box<dyn HttpContext>> {
        Some(Box::new(Exchange::new(self.plugin.clone()?)))
    }

    fn get_type(&self) -> Option<ContextType> {
        Some(ContextType::HttpContext)
    }
}

fn open() -> Result<Plugin, String> {
    let bytes = get_buffer(BufferType::PluginConfiguration, 0, usize::MAX).ok().flatten().unwrap_or_default();
    let configuration = Configuration::read_bytes(&bytes)?;
    let airlock = configuration.open(environment::variable)?;
    let memory = Memory { metrics: Metrics::new(), opener: Opener::default(), worker: airlock.worker() };
    let header_names = airlock.header_names();
    Ok(Plugin { airlock, header_names, host: configuration.host, memory: RefCell::new(memory) })
}

/// Writes a line to Envoy's log.
fn say(level: LogLevel, text: &str) {
    // What an author has written into a policy may hold anything; a line of the log is one line.
    let line: String = text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
    let _ = log(level, &format!("airlock: {line}"));
}
