//! The folder for compiled code: the user's own, and closed to everyone else.
//!
//! Must not know what is compiled. Whoever can write into this folder can run code in the host, so that a folder which
//! is not plainly private is not used at all; the price is a compilation at every start.

use std::env;
use std::fmt;
use std::path::{Path, PathBuf};

/// Names the folder instead of the user's cache folder.
pub const FOLDER_VARIABLE: &str = "AIRLOCK_CACHE_DIR";

/// What compiled code lies in there. wasmtime takes all of its folder for its own and removes what it does not know, and in
/// ours may lie what others put there.
const COMPILED: &str = "compiled";

/// Why no folder is used.
#[derive(Debug)]
pub struct NotPrivate {
    folder: PathBuf,
    why: String,
}

impl fmt::Display for NotPrivate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "compiled code is not kept in {}: {}", self.folder.display(), self.why)
    }
}

impl std::error::Error for NotPrivate {}

/// The folder for compiled code of the user who runs this, made where it is missing. `None`: the user has no home.
pub fn private_folder() -> Option<Result<PathBuf, NotPrivate>> {
    let folder = match env::var_os(FOLDER_VARIABLE) {
        Some(folder) => PathBuf::from(folder),
        None => user_cache()?.join("otlp-airlock"),
    };
    let compiled = folder.join(COMPILED);
    Some(match make_private(&folder).and_then(|()| make_private(&compiled)) {
        Ok(()) => Ok(compiled),
        Err(why) => Err(NotPrivate { folder, why }),
    })
}

/// `$XDG_CACHE_HOME` where it is an absolute path, as its specification wants it, else `~/.cache`.
fn user_cache() -> Option<PathBuf> {
    let absolute = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_CACHE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".cache")))
}

#[cfg(unix)]
fn make_private(folder: &Path) -> Result<(), String> {
    use std::fs;
    use std::io::ErrorKind;
    use std::os::unix::fs::{DirBuilderExt, MetadataExt};

    if !folder.is_absolute() {
        return Err("give an absolute path".into());
    }
    if let Some(parent) = folder.parent() {
        fs::create_dir_all(parent).map_err(|error| error.to_string())?;
    }
    match fs::DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error.to_string()),
        _ => {}
    }
    // Not through a symbolic link: it may lead where others write.
    let found = fs::symlink_metadata(folder).map_err(|error| error.to_string())?;
    if !found.is_dir() {
        return Err("it is not a folder".into());
    }
    if found.mode() & 0o077 != 0 {
        return Err(format!("others have access to it; run `chmod 700 {}`", folder.display()));
    }
    // A file made now belongs to the user who runs this: no call beyond the standard library asks who that is.
    let ours = tempfile::tempfile_in(folder).and_then(|file| file.metadata()).map_err(|error| error.to_string())?;
    if found.uid() != ours.uid() {
        return Err("it belongs to another user".into());
    }
    Ok(())
}

#[cfg(not(unix))]
fn make_private(_folder: &Path) -> Result<(), String> {
    Err("who may write to a folder is only checked on Unix".into())
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// Scenario: the folder does not exist, exists with mode 0700, is open to a group, is a link.
    /// Guarantees: only a private folder is used, and it is made private.
    #[test]
    fn only_a_private_folder_is_used() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("a/b");
        make_private(&folder).unwrap();
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
        make_private(&folder).unwrap();

        fs::set_permissions(&folder, fs::Permissions::from_mode(0o750)).unwrap();
        assert!(make_private(&folder).unwrap_err().contains("chmod 700"));
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();

        let link = home.path().join("link");
        std::os::unix::fs::symlink(&folder, &link).unwrap();
        assert!(make_private(&link).unwrap_err().contains("not a folder"));
        assert!(make_private(Path::new("relative")).is_err());
    }
}
