//! Builds the baseline's WebAssembly module, which the bench embeds.
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
            eprintln!("\nthe baseline could not be built: {message}\n");
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), String> {
    let out = PathBuf::from(variable("OUT_DIR")?);
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    for input in ["prost-edit", "prost-guest/Cargo.toml", "prost-guest/Cargo.lock", "prost-guest/src"] {
        println!("cargo::rerun-if-changed={}", root.join(input).display());
    }
    println!("cargo::rerun-if-env-changed=AIRLOCK_PROST_GUEST");
    let module = match env::var_os("AIRLOCK_PROST_GUEST") {
        Some(path) => PathBuf::from(path),
        None => {
            let folder = root.join("prost-guest");
            Module { folder: &folder, package: "prost-guest", target_folder: "prost-guest" }.build(&out)?
        }
    };
    let copied = fs::copy(&module, out.join("prost_guest.wasm"));
    copied.map(drop).map_err(|error| format!("cannot copy {}: {error}", module.display()))
}
