//! What the tests of the Envoy filter need: a real Envoy, real clients, real upstreams, certificates.
//!
//! Must not know what the filter does. Everything listens on the loopback address, on ports that the kernel gives; what is
//! missing is an error that says how to get it, never a test left out.

pub mod backend;
pub mod client;
pub mod collector;
pub mod config;
pub mod envoy;
pub mod model;
pub mod peer;
pub mod pki;
pub mod token;
pub mod upstream;

/// The filter under test, as the build made it of the sources in this repository.
pub const FILTER: &str = env!("AIRLOCK_ENVOY_FILTER");

/// The path of OTLP/gRPC.
pub const GRPC_PATH: &str = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
