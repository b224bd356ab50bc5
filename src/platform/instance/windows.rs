//! A named pipe. By default, only its creator and administrators can write to it.

use std::io;

use sha2::{Digest as _, Sha256};
use tokio::net::windows::named_pipe::{
    ClientOptions, NamedPipeClient, NamedPipeServer, ServerOptions,
};

use crate::domain::text::hex;
use crate::platform::files::AppFolder;

#[derive(Debug)]
pub(super) struct Listener {
    name: String,
    next: NamedPipeServer,
}

impl Listener {
    /// Fails if another process already uses the name.
    pub(super) fn bind(folder: &AppFolder) -> io::Result<Self> {
        let name = name_of(folder);
        let next = ServerOptions::new()
            .first_pipe_instance(true)
            .reject_remote_clients(true)
            .create(&name)?;
        Ok(Self { name, next })
    }

    pub(super) async fn accept(&mut self) -> io::Result<NamedPipeServer> {
        self.next.connect().await?;
        let next = ServerOptions::new()
            .reject_remote_clients(true)
            .create(&self.name)?;
        Ok(std::mem::replace(&mut self.next, next))
    }
}

pub(super) async fn connect(folder: &AppFolder) -> io::Result<NamedPipeClient> {
    ClientOptions::new().open(name_of(folder))
}

/// The same name for every start with one folder, and a different one for each folder.
fn name_of(folder: &AppFolder) -> String {
    let digest = Sha256::digest(folder.root().as_os_str().as_encoded_bytes());
    let hex = hex(&digest[..8]);
    format!(r"\\.\pipe\thred-console-{hex}")
}
