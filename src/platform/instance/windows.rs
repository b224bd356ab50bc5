//! A named pipe. By default, only its creator and administrators can write to it.
//!
//! Any program can create a pipe under a free name. So the name is random and is written to a file in the folder, which
//! other users can't access. Only the instance that holds the folder can answer under that name.

use std::fs;
use std::io;
use std::path::PathBuf;

use tokio::net::windows::named_pipe::{
    ClientOptions, NamedPipeClient, NamedPipeServer, ServerOptions,
};
use uuid::Uuid;

use crate::platform::files::{AppFolder, PreviousFile, read_limited, write_atomic};

/// Holds the random part of the pipe's name while an instance is listening.
const NAME_FILE: &str = "console.pipe";

/// Longer than a UUID, in bytes.
const LONGEST_NAME: u64 = 64;

#[derive(Debug)]
pub(super) struct Listener {
    name: String,
    next: NamedPipeServer,
    file: PathBuf,
}

impl Listener {
    pub(super) fn bind(folder: &AppFolder) -> io::Result<Self> {
        let id = Uuid::new_v4();
        let name = pipe_name(id);
        let next = ServerOptions::new()
            .first_pipe_instance(true)
            .reject_remote_clients(true)
            .create(&name)?;
        let file = folder.file(NAME_FILE);
        write_atomic(&file, id.to_string().as_bytes(), PreviousFile::Replace)?;
        Ok(Self { name, next, file })
    }

    pub(super) async fn accept(&mut self) -> io::Result<NamedPipeServer> {
        self.next.connect().await?;
        let next = ServerOptions::new()
            .reject_remote_clients(true)
            .create(&self.name)?;
        Ok(std::mem::replace(&mut self.next, next))
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.file) {
            tracing::debug!("the name of the pipe could not be removed: {error}");
        }
    }
}

pub(super) async fn connect(folder: &AppFolder) -> io::Result<NamedPipeClient> {
    let written = read_limited(&folder.file(NAME_FILE), LONGEST_NAME).map_err(io::Error::other)?;
    // Not the whole name: it could lead to a pipe on another computer.
    let id = Uuid::try_parse_ascii(&written).map_err(io::Error::other)?;
    ClientOptions::new().open(pipe_name(id))
}

fn pipe_name(id: Uuid) -> String {
    format!(r"\\.\pipe\thred-console-{id}")
}
