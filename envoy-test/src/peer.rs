//! A server that is not ours, as a child process on a loopback port.
//!
//! Must not know which. Stops it by its own process handle.

use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;
use tokio::time::sleep;

use crate::envoy::peers;

/// How often it is asked whether it is ready, ten times a second.
const PATIENCE: usize = 300;

/// A running server.
pub struct Peer {
    child: Child,
    name: &'static str,
    /// What it keeps, and its log.
    pub folder: TempDir,
}

impl Peer {
    /// Starts a program with a folder of its own, and waits until it is ready.
    ///
    /// # Panics
    ///
    /// Where it does not start; with its log.
    pub async fn start(
        program: (&'static str, &str),
        folder: TempDir,
        arguments: &[String],
        is_ready: impl AsyncFn() -> bool,
    ) -> Self {
        let (log, errors) = log(&folder);
        let mut command = Command::new(binary(program));
        command.args(arguments).stdin(Stdio::null()).stdout(log).stderr(errors);
        let child = command.spawn().expect("the program can be run");
        let mut peer = Self { child, name: program.0, folder };
        for _ in 0..PATIENCE {
            // The ports were free a moment ago; were one somebody else's now, ours would have ended.
            let ended = peer.child.try_wait().expect("the process can be asked");
            assert!(ended.is_none(), "{} does not start:\n{}", peer.name, peer.log());
            if is_ready().await {
                return peer;
            }
            sleep(Duration::from_millis(100)).await;
        }
        panic!("{} is not ready:\n{}", peer.name, peer.log());
    }

    /// What it has said.
    pub fn log(&self) -> String {
        let text = fs::read(self.folder.path().join("log")).unwrap_or_default();
        String::from_utf8_lossy(&text).into_owned()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where `./test` has put a program, by its name and its version.
///
/// # Panics
///
/// Where it has not.
pub fn binary((name, version): (&str, &str)) -> PathBuf {
    let binary = peers().join(format!("{name}-{version}/{name}"));
    assert!(binary.is_file(), "there is no {name} at {}; ./test builds it", binary.display());
    binary
}

/// An address that nobody has.
///
/// # Panics
///
/// Where there is none.
pub fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    listener.local_addr().expect("it has an address")
}

fn log(folder: &TempDir) -> (File, File) {
    let log = File::create(folder.path().join("log")).expect("a log can be made");
    let errors = log.try_clone().expect("it can be written from two sides");
    (log, errors)
}
