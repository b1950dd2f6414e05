//! The Envoy filter on a real Envoy. One test binary; each test has an Envoy and an upstream of its own.

mod artifact;
mod backend;
mod basics;
mod cases;
mod codex;
mod cost;
mod examples;
mod exporters;
mod image;
mod manifests;
mod operation;
mod refusals;
mod support;
mod tenants;
