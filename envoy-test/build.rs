//! Builds the Envoy filter that is tested.
//!
//! Must not know what it does. What is tested is always made of the sources in this repository, as what ships is.

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use airlock_artifact::{Module, variable};

fn main() -> ExitCode {
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nthe Envoy filter could not be built: {message}\n");
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), String> {
    let out = PathBuf::from(variable("OUT_DIR")?);
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?).join("..");
    for input in ["Cargo.toml", "Cargo.lock", "src", "door", "adapters/envoy"] {
        println!("cargo::rerun-if-changed={}", root.join(input).display());
    }
    println!("cargo::rerun-if-env-changed=AIRLOCK_ENVOY");
    let module = match env::var_os("AIRLOCK_ENVOY") {
        Some(path) => PathBuf::from(path),
        None => Module { folder: &root, package: "airlock-envoy", target_folder: "wasm" }.build(&out)?,
    };
    println!("cargo::rustc-env=AIRLOCK_ENVOY_FILTER={}", module.display());
    Ok(())
}
