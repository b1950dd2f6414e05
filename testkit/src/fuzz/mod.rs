//! The fuzz oracles: what must hold of any bytes, any policy, any text and any request.
//!
//! Must not know who makes the bytes: libFuzzer's targets, the replay on the native core and the replay through the
//! component all call these. Holds I1, I2, I3, I6, I7 and I8 where nobody thought of the input.

mod batch;
mod context;
mod door;
mod json;
mod policy;
mod text;
mod views;

use std::cmp::Reverse;
use std::fs;
use std::path::{Path, PathBuf};

use airlock::Keys;

pub use batch::{POLICIES, protobuf};
pub use context::context;
pub use door::door;
pub use json::{compare, json};
pub use policy::policy;
pub use text::text;

/// Panics where something does not hold of the bytes.
pub type Oracle = fn(&[u8]);

/// The fuzz targets and the oracle of each.
pub const TARGETS: [(&str, Oracle); 6] =
    [("protobuf", protobuf), ("json", json), ("policy", policy), ("text", text), ("context", context), ("door", door)];

/// The keys that every policy is opened with, so that those that need one are accepted.
pub fn keys() -> Keys {
    Keys::new()
        .add("default", "RkFLRS1FWEFNUExFLUtFWS0wMDAwLTAwMDAtMDAwMCE=")
        .add("old", "RkFLRS1FWEFNUExFLUtFWS0wMDAwLTAwMDAtMDAwMSE=")
}

/// How many inputs of each kind are replayed: a corpus grows for ever, and the newest of it has seen the least.
const MAX_INPUTS: usize = 500;

/// Every input that is kept for a target, with its file: the committed seeds, what runs on this machine broke on
/// (`fuzz/artifacts`), and the newest of what they collected (`fuzz/corpus`).
///
/// # Panics
///
/// Where there are no seeds, or a file cannot be read.
pub fn inputs(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz");
    let mut inputs = Vec::new();
    for kind in ["artifacts", "seeds", "corpus"] {
        let Ok(entries) = fs::read_dir(root.join(kind).join(target)) else { continue };
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
        // The name decides where the time does not: a checkout writes all of them at once.
        paths.sort_by_cached_key(|path| {
            let time = path.metadata().and_then(|metadata| metadata.modified()).ok();
            (Reverse(time), path.clone())
        });
        for path in paths.into_iter().take(MAX_INPUTS) {
            let bytes = fs::read(&path).expect("an input can be read");
            inputs.push((path, bytes));
        }
    }
    assert!(!inputs.is_empty(), "there are no inputs for {target} under {}", root.display());
    inputs
}
