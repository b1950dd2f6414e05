//! The component's contract as Rust, generated from `wit/world.wit`; the one place where generated code lives.
//!
//! Must not know how instances are kept. Keeps I4 by being generated from the contract that the component is built of.

#![allow(missing_docs, unreachable_pub, reason = "generated from the documented WIT")]

wasmtime::component::bindgen!({ path: "../wit", world: "otlp-airlock" });
