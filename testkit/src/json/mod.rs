//! OTLP/JSON a second time: read strictly into the generated types, written in any spelling, and compared token by token.
//!
//! Must not share code with the core's JSON door: it parses into a tree, recurses and looks everything up. What a batch
//! in JSON means is what [`read`] makes of it; what two receivers could read differently, it refuses.

pub mod names;
mod parse;
mod read;
mod untouched;
mod write;

pub use parse::{Kind, Member, Node, parse, quoted};
pub use read::{Read, read};
pub use untouched::{check, check_but};
pub use write::{Spelling, write};
