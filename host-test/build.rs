//! Builds the component that the host embeds, and its digest.
//!
//! Must not know what the component does. Keeps I4: the component is always made of the core in this repository.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use airlock_artifact::{Module, variable};
use sha2::{Digest, Sha256};
use wit_component::ComponentEncoder;

fn main() -> ExitCode {
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nthe component could not be built: {message}\n");
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), String> {
    let out = variable("OUT_DIR")?;
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?).join("..");
    for input in ["Cargo.toml", "Cargo.lock", "src", "wit", "adapters/component"] {
        println!("cargo::rerun-if-changed={}", root.join(input).display());
    }
    println!("cargo::rerun-if-env-changed=AIRLOCK_COMPONENT");

    let component = match env::var_os("AIRLOCK_COMPONENT") {
        // A build script does not run where the person is who typed a relative path.
        Some(path) if Path::new(&path).is_relative() => return Err("AIRLOCK_COMPONENT must be an absolute path".into()),
        Some(path) => read(Path::new(&path))?,
        None => {
            let module = Module { folder: &root, package: "airlock-component", target_folder: "wasm" };
            let built = module
                .build(Path::new(&out))
                .map_err(|error| format!("{error}; or set AIRLOCK_COMPONENT to a built airlock.component.wasm"))?;
            encode(&read(&built)?)?
        }
    };
    let path = Path::new(&out).join("airlock.component.wasm");
    fs::write(&path, &component).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    let digest: String = Sha256::digest(&component).iter().map(|byte| format!("{byte:02x}")).collect();
    println!("cargo::rustc-env=AIRLOCK_COMPONENT_SHA256={digest}");
    Ok(())
}

fn encode(module: &[u8]) -> Result<Vec<u8>, String> {
    ComponentEncoder::default()
        .validate(true)
        .module(module)
        .and_then(|mut encoder| encoder.encode())
        .map_err(|error| format!("the core module is no component: {error:#}"))
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}
