//! A socket in the folder that only its owner can connect to.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use tokio::net::{UnixListener, UnixStream};

use crate::domain::text::hex;
use crate::platform::files::AppFolder;

pub(super) const SOCKET: &str = "console.sock";

/// Operating systems limit the path of a socket: 104 bytes on macOS, 108 on Linux, including the terminating zero.
const MAX_PATH_LEN: usize = 100;

#[derive(Debug)]
pub(super) struct Listener {
    socket: UnixListener,
    path: PathBuf,
    /// Device and inode of the socket.
    id: Option<(u64, u64)>,
}

impl Listener {
    pub(super) fn bind(folder: &AppFolder) -> io::Result<Self> {
        let path = path_in(folder)?;
        let is_left = fs::symlink_metadata(&path).is_ok_and(|facts| facts.file_type().is_socket());
        if is_left {
            fs::remove_file(&path)?;
        }
        let socket = UnixListener::bind(&path)?;
        let id = file_id(&path);
        let listener = Self { socket, path, id };
        fs::set_permissions(&listener.path, Permissions::from_mode(0o600))?;
        Ok(listener)
    }

    /// The next connection of the same user; others are closed.
    pub(super) async fn accept(&mut self) -> io::Result<UnixStream> {
        loop {
            let (stream, _) = self.socket.accept().await?;
            if is_same_user(&stream)? {
                return Ok(stream);
            }
        }
    }
}

fn file_id(path: &Path) -> Option<(u64, u64)> {
    let facts = fs::symlink_metadata(path).ok()?;
    Some((facts.dev(), facts.ino()))
}

impl Drop for Listener {
    fn drop(&mut self) {
        // The folder may have been replaced, and another console may listen there.
        if file_id(&self.path) != self.id {
            return;
        }
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::debug!("the socket could not be removed: {error}");
        }
    }
}

/// Connects to the first instance. Verifies its user, because in a folder that others can write to, somebody else could be listening.
pub(super) async fn connect(folder: &AppFolder) -> io::Result<UnixStream> {
    let stream = UnixStream::connect(path_in(folder)?).await?;
    if is_same_user(&stream)? {
        Ok(stream)
    } else {
        Err(io::ErrorKind::PermissionDenied.into())
    }
}

fn is_same_user(stream: &UnixStream) -> io::Result<bool> {
    let peer = stream.peer_cred()?;
    Ok(peer.uid() == rustix::process::geteuid().as_raw())
}

fn path_in(folder: &AppFolder) -> io::Result<PathBuf> {
    choose_path(
        folder,
        std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from),
    )
}

/// The socket in the folder itself or, if that path is too long for a socket, in the user's runtime folder.
fn choose_path(folder: &AppFolder, runtime: Option<PathBuf>) -> io::Result<PathBuf> {
    let path = folder.file(SOCKET);
    if path.as_os_str().len() <= MAX_PATH_LEN {
        return Ok(path);
    }
    runtime
        .filter(|runtime| runtime.is_absolute())
        .map(|runtime| runtime.join(name_of(folder.root())))
        .filter(|path| path.as_os_str().len() <= MAX_PATH_LEN)
        .ok_or_else(|| io::ErrorKind::InvalidFilename.into())
}

/// The same name for every start with one folder, and a different one for each folder.
fn name_of(root: &Path) -> String {
    let digest = Sha256::digest(root.as_os_str().as_encoded_bytes());
    let hex = hex(&digest[..8]);
    format!("thred-console-{hex}.sock")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_a_long_path_has_its_socket_in_the_runtime_folder() {
        let choose = |root: &str, runtime: Option<&str>| {
            choose_path(&AppFolder::at(root), runtime.map(PathBuf::from)).ok()
        };
        let runtime = Some("/run/user/1000");
        let short = choose("/home/ada/data", runtime).unwrap();
        assert_eq!(short, Path::new("/home/ada/data/console.sock"));
        let long = format!("/home/ada/{}", "x".repeat(120));
        let moved = choose(&long, runtime).unwrap();
        assert!(moved.starts_with("/run/user/1000"), "{}", moved.display());
        assert_ne!(Some(moved), choose(&format!("{long}y"), runtime));
        assert_eq!(choose(&long, None), None);
        assert_eq!(choose(&long, Some("relative")), None);
    }
}
