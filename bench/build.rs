//! Builds the baseline's WebAssembly module, which the bench embeds.
//!
//! Must not know what it does. Keeps the comparison fair: the profile and the flags are those of the artifacts.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "artifact";

/// What the outer build sets for itself and an inner cargo must not inherit. An empty `CARGO_ENCODED_RUSTFLAGS` alone
/// would silently lose the flags below; clippy's workspace wrapper would lint instead of building.
const OUTER_BUILD_ONLY: [&str; 11] = [
    "CARGO_BUILD_BUILD_DIR",
    "CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER",
    "CARGO_BUILD_RUSTC_WRAPPER",
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_BUILD_TARGET",
    "CARGO_BUILD_TARGET_DIR",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_TARGET_DIR",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTC_WRAPPER",
    "RUSTFLAGS",
];

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
        None => guest(&root.join("prost-guest"), &out)?,
    };
    let copied = fs::copy(&module, out.join("prost_guest.wasm"));
    copied.map(drop).map_err(|error| format!("cannot copy {}: {error}", module.display()))
}

/// Runs an inner cargo in a target folder of its own: with the outer build's, both would wait for each other's lock.
/// That the target is installed, the host's build has seen to: this package depends on it.
fn guest(guest: &Path, out: &Path) -> Result<PathBuf, String> {
    // OUT_DIR is <target folder>/<profile>/build/<package>/out.
    let target_dir = out.ancestors().nth(4).ok_or("the output folder is not where cargo puts it")?.join("prost-guest");
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(guest).args(["build", "--locked", "--profile", PROFILE, "--target", TARGET, "--target-dir"]);
    command.arg(&target_dir);
    for name in OUTER_BUILD_ONLY {
        command.env_remove(name);
    }
    command.env("CARGO_ENCODED_RUSTFLAGS", "-Ctarget-feature=+simd128");
    let status = command.status().map_err(|error| format!("cannot run cargo: {error}"))?;
    if !status.success() {
        return Err("the inner cargo failed; its own words are above".into());
    }
    Ok(target_dir.join(TARGET).join(PROFILE).join("prost_guest.wasm"))
}

fn variable(name: &str) -> Result<String, String> {
    env::var(name).map_err(|_| format!("cargo did not set {name}"))
}
