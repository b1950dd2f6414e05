//! Files and standard streams: read within a bound, written whole or not at all.
//!
//! Must not know what is in them. Keeps I2: a file that is replaced is replaced by a rename, so that no reader and no
//! crash ever finds half a batch; and what is written is for its owner alone.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::cli::failure::Failure;

/// Whether a path names a standard stream.
pub(super) fn is_stream(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Reads at most `limit` bytes and one more, by which the caller knows that there is more.
pub(super) fn read(path: &Path, limit: usize) -> Result<Vec<u8>, Failure> {
    let bounded = |source: &mut dyn Read| {
        let mut bytes = Vec::new();
        source.take(limit as u64 + 1).read_to_end(&mut bytes).map(|_| bytes)
    };
    let bytes = if is_stream(path) {
        bounded(&mut io::stdin().lock())
    } else {
        File::open(path).and_then(|mut file| bounded(&mut file))
    };
    bytes.map_err(|error| Failure::io("read", path, &error))
}

/// Bytes on their way to a place. Dropped before [`Staged::commit`], they leave no trace.
pub(super) enum Staged {
    /// Written beside its place, waiting for the rename.
    File(NamedTempFile, PathBuf),
    /// Waiting for the standard output.
    Stream(Vec<u8>),
}

/// Makes everything ready that can fail without being seen.
pub(super) fn stage(path: &Path, bytes: &[u8]) -> Result<Staged, Failure> {
    if is_stream(path) {
        return Ok(Staged::Stream(bytes.to_vec()));
    }
    // A rename would put a plain file in the place of a device or a pipe.
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        let path = path.display();
        return Err(Failure::Usage(format!(
            "{path} is not a plain file; give - and redirect the standard output to it"
        )));
    }
    let write = || {
        // The temporary file is made with mode 0600, in the same folder, for a rename does not cross file systems.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut file = tempfile::Builder::new().prefix(".airlock-").tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        Ok(file)
    };
    let file = write().map_err(|error| Failure::io("write", path, &error))?;
    Ok(Staged::File(file, path.into()))
}

impl Staged {
    /// Puts the bytes in their place.
    pub(super) fn commit(self) -> Result<(), Failure> {
        match self {
            Self::File(file, path) => {
                file.persist(&path).map(drop).map_err(|error| Failure::io("write", &path, &error.error))
            }
            Self::Stream(bytes) => {
                let mut out = io::stdout().lock();
                out.write_all(&bytes)?;
                Ok(out.flush()?)
            }
        }
    }
}
