//! What Envoy calls: with a configuration once, and for each request.
//!
//! Must not know what is done to a request. Keeps I2: what cannot be opened is not loaded, and Envoy keeps what it had.
//! Keeps I1: a panic tells its place and not its words.

use std::rc::Rc;

use proxy_wasm::hostcalls::log;
use proxy_wasm::traits::{Context, HttpContext, RootContext};
use proxy_wasm::types::{ContextType, LogLevel};

use crate::exchange::Exchange;
use crate::plugin::Plugin;

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
        match Plugin::open() {
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

/// Writes a line to Envoy's log.
fn say(level: LogLevel, text: &str) {
    // What an author has written into a policy may hold anything; a line of the log is one line.
    let line: String = text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
    let _ = log(level, &format!("airlock: {line}"));
}
