//! Builds WebAssembly modules with an inner cargo, for the build scripts that embed them.
//!
//! Must not know what a module does. Keeps I4: every module is made with one profile and one set of flags, whatever the
//! outer build was asked for.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The target of every artifact.
pub const TARGET: &str = "wasm32-unknown-unknown";
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

/// A module and where its build may keep what it made.
pub struct Module<'m> {
    /// The folder in which the inner cargo runs.
    pub folder: &'m Path,
    /// The package, which is a `cdylib`.
    pub package: &'m str,
    /// The folder beside the outer profiles in which the inner build keeps its own.
    pub target_folder: &'m str,
}

impl Module<'_> {
    /// Builds the module for a build script whose `OUT_DIR` is `out`; the file's path. Adds the target if it is missing.
    ///
    /// The target folder is the module's own: with the outer build's, both would wait for each other's lock.
    pub fn build(&self, out: &Path) -> Result<PathBuf, String> {
        add_target()?;
        // OUT_DIR is <target folder>/<profile>/build/<package>/out.
        let target_dir = out.ancestors().nth(4).ok_or("the output folder is not where cargo puts it")?;
        let target_dir = target_dir.join(self.target_folder);
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.current_dir(self.folder).args(["build", "--locked", "--package", self.package]);
        command.args(["--profile", PROFILE, "--target", TARGET, "--target-dir"]).arg(&target_dir);
        for name in OUTER_BUILD_ONLY {
            command.env_remove(name);
        }
        command.env("CARGO_ENCODED_RUSTFLAGS", flags(self.folder)?.join("\x1f"));
        let status = command.status().map_err(|error| format!("cannot run cargo: {error}"))?;
        if !status.success() {
            return Err("the inner cargo failed; its own words are above".into());
        }
        let file = format!("{}.wasm", self.package.replace('-', "_"));
        Ok(target_dir.join(TARGET).join(PROFILE).join(file))
    }
}

/// A variable that cargo sets for build scripts.
pub fn variable(name: &str) -> Result<String, String> {
    env::var(name).map_err(|_| format!("cargo did not set {name}"))
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
        _ => Err(format!("the target {TARGET} is missing; run `rustup target add {TARGET}`")),
    }
}

/// The scans use vectors; a choice between two or three is made by comparisons, for else it is a table of jumps, which
/// Cranelift takes as it stands and processors seldom foretell; and no path of this machine may be in the artifact, so that
/// its digest is the same elsewhere.
fn flags(root: &Path) -> Result<Vec<String>, String> {
    let mut flags = vec!["-Ctarget-feature=+simd128".to_owned(), "-Cjump-tables=no".to_owned()];
    let root = root.canonicalize().map_err(|error| format!("cannot resolve {}: {error}", root.display()))?;
    flags.push(format!("--remap-path-prefix={}=airlock", root.display()));
    let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE")).map(|home| Path::new(&home).join(".cargo"));
    if let Some(cargo_home) = env::var_os("CARGO_HOME").map(PathBuf::from).or(home) {
        flags.push(format!("--remap-path-prefix={}=cargo", cargo_home.display()));
    }
    Ok(flags)
}
