//! The native host of the component, and the `airlock` command line tool.
//!
//! ```text
//! component ─▶ Runtime ──open(policy, keys)──▶ Plugin ──┐
//!              empty linker, cache,            pool of  ├─▶ Engine::process(batch, encoding, admission) ─▶ HostOutcome
//!              deadline, memory bound          instances│
//!              policy, keys ─▶ Native ─────────────────-┘
//! ```
//!
//! Must not know what is masked or why: that is the core's. Keeps I4: both engines answer in the same words, and the
//! tests hold that they answer the same bytes.
//!
//! ```no_run
//! use std::sync::Arc;
//! use airlock::{Admission, Encoding, Keys};
//! use airlock_host::{COMPONENT, Engine, Options, Runtime};
//!
//! let runtime = Arc::new(Runtime::new(COMPONENT, &Options::default())?);
//! let plugin = runtime.open("{}", &Keys::new())?;
//! let batch = std::fs::read("batch.binpb").unwrap_or_default();
//! let outcome = plugin.process(&batch, Encoding::Protobuf, &Admission::none())?;
//! println!("{} bytes may leave; {}", outcome.bytes(&batch).len(), outcome.report);
//! # Ok::<(), airlock_host::HostError>(())
//! ```

#![forbid(unsafe_code)]

mod answers;
mod bindings;
pub mod cache;
pub mod cli;
mod embedded;
mod engine;
mod limits;
pub mod measure;
mod native;
mod pool;
pub mod preview;
mod request;
mod runtime;
pub mod suite;
mod syntax;
pub mod view;

pub use embedded::{COMPONENT, COMPONENT_SHA256, POLICY_SCHEMA};
pub use engine::{Engine, HostError, HostOutcome, Stage, Stop};
pub use limits::Limits;
pub use native::Native;
pub use pool::Plugin;
pub use runtime::{Options, Runtime};
pub use syntax::Syntax;
