//! Keys: read from files for whoever needs them, and made.
//!
//! Must not know what a key is used for, nor what a right one looks like; the core does. Keeps I1: a key is never an
//! argument, where every process could read it, and no message quotes one.

use std::io::Write;
use std::path::{Path, PathBuf};

use airlock::Keys;
use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

use crate::cli::failure::Failure;
use crate::cli::files::{self, is_stream, stage};
use crate::cli::screen::visible;

/// Far more than a key has.
const MAX_KEY_FILE_BYTES: usize = 4 << 10;

/// The option `--key`, for every command that opens a policy.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct KeyArguments {
    /// A key for pseudonyms: an id and a file of base64 text; - for standard input. May be given again
    #[arg(long = "key", value_name = "ID=FILE", value_parser = parse)]
    keys: Vec<(String, PathBuf)>,
}

impl KeyArguments {
    /// Reads the files; warns of one that others may read.
    pub(super) fn read(&self) -> Result<Keys, Failure> {
        self.keys.iter().try_fold(Keys::new(), |keys, (id, path)| {
            let bytes = files::read(path, MAX_KEY_FILE_BYTES)?;
            let text = String::from_utf8(bytes).ok().filter(|text| text.len() <= MAX_KEY_FILE_BYTES);
            let wrong = || Failure::Usage(format!("{}: this is no key; airlock key new makes one", path.display()));
            warn_if_open(path);
            Ok(keys.add(id, &text.ok_or_else(wrong)?))
        })
    }
}

/// `airlock key new`: prints a key once, or writes it to a file that is not there yet.
pub(super) fn new(output: &Path) -> Result<(), Failure> {
    if !is_stream(output) && output.symlink_metadata().is_ok() {
        let message = format!("{} is there already, and a key that is gone cannot be made again", output.display());
        return Err(Failure::Usage(message));
    }
    let mut key = [0; 32];
    let no_chance = |error| Failure::Io(format!("the system gives no random bytes: {error}; run it again later"));
    getrandom::fill(&mut key).map_err(no_chance)?;
    let text = Base64::encode_string(&key);
    stage(output, format!("{text}\n").as_bytes())?.commit()?;
    let digest: String = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
    // Beside the key and not with it, so that the output is the key alone.
    let _ = writeln!(
        anstream::stderr(),
        "for pseudonyms: --key ID=FILE\nas an API key, in the policy in place of the key: sha256: {{ \"{digest}\": TENANT }}"
    );
    Ok(())
}

fn parse(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((id, path)) if !id.is_empty() && !path.is_empty() => Ok((id.into(), path.into())),
        _ => Err("expected ID=FILE, as in team=team.key".into()),
    }
}

#[cfg(unix)]
fn warn_if_open(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).map(|found| found.permissions().mode());
    if !is_stream(path) && mode.is_ok_and(|mode| mode & 0o077 != 0) {
        let path = path.display().to_string();
        let _ = writeln!(anstream::stderr(), "warning: others may read the key in {0}; chmod 600 {0}", visible(&path));
    }
}

#[cfg(not(unix))]
fn warn_if_open(_: &Path) {}
