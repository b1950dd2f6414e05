//! What the tests stand on: builders of batches and of hostile bytes, generators, a leak oracle, a loader for the
//! case suite, and a readable form of a batch.
//!
//! Must not be linked into anything that ships: it allocates freely, recurses and panics where a test would. Nothing
//! here shares code with the core's wire format or walk, so that both can be held against each other.
//!
//! | Module | What it is for |
//! |---|---|
//! | [`wire`] | writes protobuf, well or badly |
//! | [`build`] | writes OTLP batches, field by field |
//! | [`tree`] | a batch as a tree of fields, to be shuffled, padded and spoilt |
//! | [`generate`] | proptest strategies over batches, encodings and policies |
//! | [`json`] | reads and writes OTLP/JSON, and finds what was written anew without need |
//! | [`leak`] | finds a planted marker in an output, however it was escaped |
//! | [`fuzz`] | what must hold of any bytes, any policy, any text |
//! | [`cases`] | loads and runs `tests/cases/*.toml` |
//! | [`oracle`] | applies a policy the slow, obvious way |
//! | [`property`] | how many cases a property is tried on, and the policies that are open |
//! | [`stage`] | the stages by name |
//! | [`show`] | prints a batch so that a person can read it |

pub mod build;
pub mod cases;
pub mod fuzz;
pub mod generate;
pub mod json;
pub mod leak;
pub mod message;
pub mod oracle;
pub mod property;
pub mod schema;
pub mod show;
pub mod stage;
pub mod tree;
pub mod wire;

pub use proptest;
pub use prost;
pub use toml;
