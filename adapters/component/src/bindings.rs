//! The canonical ABI, generated from `wit/world.wit`; the one place where generated code lives.
//!
//! Must not know the core. Keeps I4 by being generated from the contract that every host reads.

wit_bindgen::generate!({ path: "../../wit", world: "otlp-airlock" });
