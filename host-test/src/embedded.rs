//! The files that this host was built with, so that the installed binary is whole in itself.
//!
//! Must not know how it runs.

/// `airlock.component.wasm`, as the build made it of the core in this repository.
pub const COMPONENT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/airlock.component.wasm"));

/// Its SHA-256 in lower-case hexadecimal.
pub const COMPONENT_SHA256: &str = env!("AIRLOCK_COMPONENT_SHA256");

/// `airlock.envoy.wasm`, the filter for Envoy, for `airlock dist`: this host does not run it.
pub const ENVOY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/airlock.envoy.wasm"));

/// Its SHA-256 in lower-case hexadecimal.
pub const ENVOY_SHA256: &str = env!("AIRLOCK_ENVOY_SHA256");

/// The JSON Schema of policies, draft 2020-12.
pub const POLICY_SCHEMA: &str = include_str!("../policy.schema.json");
