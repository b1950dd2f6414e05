//! What the tests share: a session, a runtime that is compiled once, and the command as a child process.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, LazyLock};
use std::thread;

use airlock_host::{COMPONENT, Options, Runtime};

/// A recorded session of 36 records, the one of the demo; its secrets are made up.
pub const SESSION: &[u8] = include_bytes!("../../../tests/captures/0.169.0/chatgpt-auth.binpb");

/// What stands in the session and may not leave by the default policy.
pub const MARKER: &[u8] = b"AKIAIOSFODNN7EXAMPLE";

/// The component that is shipped, compiled once for all tests.
pub static RUNTIME: LazyLock<Arc<Runtime>> =
    LazyLock::new(|| Arc::new(Runtime::new(COMPONENT, &Options::default()).unwrap()));

/// What a run of the command left.
pub struct Ran {
    pub status: i32,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

/// Runs `airlock` in `folder` with `stdin`.
pub fn airlock(folder: &Path, arguments: &[&str], stdin: &[u8]) -> Ran {
    airlock_with_cache(&cache(), folder, arguments, stdin)
}

/// The same with another folder for compiled code.
pub fn airlock_with_cache(cache: &Path, folder: &Path, arguments: &[&str], stdin: &[u8]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_airlock"));
    command.args(arguments).current_dir(folder).env("AIRLOCK_CACHE_DIR", cache).env_remove("CLICOLOR_FORCE");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let bytes = stdin.to_vec();
    // A command that ends before it reads closes the pipe; that is not this test's concern.
    let writer = thread::spawn(move || drop(pipe.write_all(&bytes)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Ran {
        status: output.status.code().unwrap(),
        stdout: output.stdout,
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

pub fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

/// Compiled code is kept between tests, in the build's own folder for such things.
fn cache() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiled-code")
}
