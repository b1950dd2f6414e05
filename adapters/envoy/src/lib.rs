//! The Envoy filter: takes requests out of Envoy's hands, hands the core's answers back, and decides nothing of telemetry.
//!
//! ```text
//! root ─▶ plugin ── one a configuration: the policy, memory, metrics
//!    └─▶ exchange, one a request:  head ─▶ door, admit ─▶ headers
//!                                  body or trailers ─▶ door, process ─▶ body
//! ```
//!
//! Must not know what a batch or a policy holds. Keeps I2: a request is refused until it was read to its end, whichever
//! callback brings that; Envoy would forward what a callback forgets. Keeps I1: nothing that Envoy logs of this plugin
//! quotes a request, panics included. Natively there is only the configuration: the rest calls Envoy.

pub mod configuration;

#[cfg(target_family = "wasm")]
mod answer;
#[cfg(target_family = "wasm")]
mod context;
#[cfg(target_family = "wasm")]
mod environment;
#[cfg(target_family = "wasm")]
mod exchange;
#[cfg(target_family = "wasm")]
mod head;
#[cfg(target_family = "wasm")]
mod metrics;
#[cfg(target_family = "wasm")]
mod plugin;
#[cfg(target_family = "wasm")]
mod root;
