//! Builds the component that the host embeds, and its digest.
//!
//! Must not know what the component does. Keeps I4: the component is always made of the core in this repository, with
//! one profile and one set of flags, whatever the outer build was asked for.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use sha2::{Digest, Sha256};
use wit_component::ComponentEncoder;

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
            add_target()?;
            encode(&core_module(&root, Path::new(&out))?)?
        }
    };
    let path = Path::new(&out).join("airlock.component.wasm");
    fs::write(&path, &component).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    let digest: String = Sha256::digest(&component).iter().map(|byte| format!("{byte:02x}")).collect();
    println!("cargo::rustc-env=AIRLOCK_COMPONENT_SHA256={digest}");
    Ok(())
}

/// Adds the target of the artifacts where it is missing: a fresh machine has only its own.
fn add_target() -> Result<(), String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]).output();
    let installed = output.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir());
    if installed {
        return Ok(());
    }
    match Command::new("rustup").args(["target", "add", TARGET]).status() {
        Ok(status) if status.success() => Ok(()),
        _ => Err(format!(
            "the target {TARGET} is missing; run `rustup target add {TARGET}`, or set AIRLOCK_COMPONENT to a built \
             airlock.component.wasm"
        )),
    }
}

/// Runs an inner cargo for the core module, in a target folder of its own: with the outer build's, both would wait for
/// each other's lock.
fn core_module(root: &Path, out: &Path) -> Result<Vec<u8>, String> {
    // OUT_DIR is <target folder>/<profile>/build/<package>/out.
    let target_dir = out.ancestors().nth(4).ok_or("the output folder is not where cargo puts it")?.join("wasm");
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(root).args(["build", "--locked", "--package", "airlock-component"]);
    command.args(["--profile", PROFILE, "--target", TARGET, "--target-dir"]).arg(&target_dir);
    for name in OUTER_BUILD_ONLY {
        command.env_remove(name);
    }
    command.env("CARGO_ENCODED_RUSTFLAGS", flags(root)?.join("\x1f"));
    let status = command.status().map_err(|error| format!("cannot run cargo: {error}"))?;
    if !status.success() {
        return Err("the inner cargo failed; its own words are above".into());
    }
    read(&target_dir.join(TARGET).join(PROFILE).join("airlock_component.wasm"))
}

/// The scans use vectors; and no path of this machine may be in the artifact, so that its digest is the same elsewhere.
fn flags(root: &Path) -> Result<Vec<String>, String> {
    let mut flags = vec!["-Ctarget-feature=+simd128".to_owned()];
    let root = root.canonicalize().map_err(|error| format!("cannot resolve {}: {error}", root.display()))?;
    flags.push(format!("--remap-path-prefix={}=airlock", root.display()));
    let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE")).map(|home| Path::new(&home).join(".cargo"));
    if let Some(cargo_home) = env::var_os("CARGO_HOME").map(PathBuf::from).or(home) {
        flags.push(format!("--remap-path-prefix={}=cargo", cargo_home.display()));
    }
    Ok(flags)
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

fn variable(name: &str) -> Result<String, String> {
    env::var(name).map_err(|_| format!("cargo did not set {name}"))
}
