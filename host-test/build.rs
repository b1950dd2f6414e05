//! Builds the artifacts that the host embeds, and their digests.
//!
//! Must not know what an artifact does. Keeps I4: each is always made of the core in this repository.

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
            eprintln!("\nan artifact could not be built: {message}\n");
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), String> {
    let out = variable("OUT_DIR")?;
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?).join("..");
    for input in ["Cargo.toml", "Cargo.lock", "src", "wit", "door", "adapters/component", "adapters/envoy"] {
        println!("cargo::rerun-if-changed={}", root.join(input).display());
    }
    let component = artifact(&out, &root, "AIRLOCK_COMPONENT", "airlock-component", encode)?;
    embed(&out, "airlock.component.wasm", "AIRLOCK_COMPONENT_SHA256", &component)?;
    let envoy = artifact(&out, &root, "AIRLOCK_ENVOY", "airlock-envoy", |module| Ok(module.to_vec()))?;
    embed(&out, "airlock.envoy.wasm", "AIRLOCK_ENVOY_SHA256", &envoy)
}

/// What `variable` names, or what `finish` makes of a package's module.
fn artifact(
    out: &str,
    root: &Path,
    variable: &str,
    package: &str,
    finish: impl Fn(&[u8]) -> Result<Vec<u8>, String>,
) -> Result<Vec<u8>, String> {
    println!("cargo::rerun-if-env-changed={variable}");
    match env::var_os(variable) {
        // A build script does not run where the person is who typed a relative path.
        Some(path) if Path::new(&path).is_relative() => Err(format!("{variable} must be an absolute path")),
        Some(path) => read(Path::new(&path)),
        None => {
            let module = Module { folder: root, package, target_folder: "wasm" };
            let built = module.build(Path::new(out));
            let built = built.map_err(|error| format!("{error}; or set {variable} to what was built of {package}"))?;
            finish(&read(&built)?)
        }
    }
}

fn embed(out: &str, name: &str, variable: &str, bytes: &[u8]) -> Result<(), String> {
    let path = Path::new(out).join(name);
    fs::write(&path, bytes).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    println!("cargo::rustc-env={variable}={digest}");
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
