//! Builds the WebAssembly module that has the detectors in it, which the bench embeds.
//!
//! Must not know what it does. Keeps the comparison fair: the profile and the flags are those of the artifacts.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use airlock_artifact::{Module, variable};

fn main() -> ExitCode {
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nthe detectors could not be built for WebAssembly: {message}\n");
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), String> {
    let out = PathBuf::from(variable("OUT_DIR")?);
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    for input in ["Cargo.toml", "Cargo.lock", "guest", "../../Cargo.toml", "../../src"] {
        println!("cargo::rerun-if-changed={}", root.join(input).display());
    }
    println!("cargo::rerun-if-env-changed=AIRLOCK_SCAN_GUEST");
    let module = match env::var_os("AIRLOCK_SCAN_GUEST") {
        Some(path) => PathBuf::from(path),
        None => Module { folder: &root, package: "scan-guest", target_folder: "scan-guest" }.build(&out)?,
    };
    let copied = fs::copy(&module, out.join("scan_guest.wasm"));
    copied.map(drop).map_err(|error| format!("cannot copy {}: {error}", module.display()))
}
