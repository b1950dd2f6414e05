//! `airlock dist`: the artifacts that the binary embeds, as files with their SHA-256.
//!
//! Must not know what an artifact does.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::cli::failure::Failure;
use crate::embedded::{COMPONENT, COMPONENT_SHA256, ENVOY, ENVOY_SHA256};

/// Every artifact: its file name, its digest, its bytes.
const ARTIFACTS: [(&str, &str, &[u8]); 2] =
    [("airlock.component.wasm", COMPONENT_SHA256, COMPONENT), ("airlock.envoy.wasm", ENVOY_SHA256, ENVOY)];

pub(super) fn write(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::io("make the folder", folder, &error))?;
    let mut out = anstream::stdout().lock();
    let mut sums = String::new();
    for (name, digest, bytes) in ARTIFACTS {
        let path = folder.join(name);
        write_file(&path, bytes)?;
        // The form that `sha256sum --check` reads.
        sums.push_str(&format!("{digest}  {name}\n"));
        writeln!(out, "{digest}  {} ({} bytes)", path.display(), bytes.len())?;
    }
    write_file(&folder.join("SHA256SUMS"), sums.as_bytes())
}

/// Unlike a batch, an artifact is for everyone to read.
fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(path, bytes).map_err(|error| Failure::io("write", path, &error))
}
