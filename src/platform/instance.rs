//! One instance per folder: how a second start reaches the first.
//!
//! The instance that holds the folder's lock listens; a second start asks it to show its window. Request and response are one short line of JSON
//! each, contain no secret, and are accepted only from the same user.

#[cfg(unix)]
#[path = "instance/unix.rs"]
mod native;
#[cfg(windows)]
#[path = "instance/windows.rs"]
mod native;

use std::io;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::io::{
    AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader,
};
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

use super::files::{AppFolder, FolderLock};

/// Raise it when an older console would misunderstand a request, or a newer one its response.
const PROTOCOL: u32 = 1;

/// Longest line accepted, bytes.
const MAX_LEN: u64 = 4 << 10;

/// The window responds within a frame; one that takes this long counts as closed.
const LIMIT: Duration = Duration::from_secs(10);

/// How long to wait after a failed accept, caused for example by too many open files.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(200);

/// What a second start asks the first to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RaiseRequest {
    protocol: u32,
    /// Whether it was started with `--demo`.
    #[serde(default)]
    pub demo: bool,
}

impl RaiseRequest {
    /// Asks to show the window. With `demo`, also asks to sign in to the demo unless there is already a session.
    pub fn new(demo: bool) -> Self {
        Self {
            protocol: PROTOCOL,
            demo,
        }
    }
}

/// What the first instance did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RaiseOutcome {
    /// Everything that was requested.
    Raised,
    /// The window is in front, but the demo was not opened because there is already a session.
    WithoutDemo,
}

/// A request waiting for its response.
#[derive(Debug)]
pub struct RaiseCall {
    pub request: RaiseRequest,
    /// If it is dropped without a response, the second start reports that the console is already open.
    pub answer: oneshot::Sender<RaiseOutcome>,
}

/// Receives requests for the first instance until it is dropped.
#[derive(Debug)]
pub struct InstanceListener(native::Listener);

impl InstanceListener {
    /// Starts listening. Replaces what a crashed run left, which is safe because of the lock. Must be called within a tokio runtime. Requests wait
    /// until [`serve`](Self::serve) runs.
    ///
    /// # Errors
    /// If listening is not possible in this folder.
    pub fn bind(folder: &AppFolder, _lock: &FolderLock) -> io::Result<Self> {
        native::Listener::bind(folder).map(Self)
    }

    /// Handles requests one after another, for as long as it is polled.
    pub async fn serve(mut self, deliver: impl Fn(RaiseCall)) {
        loop {
            match self.0.accept().await {
                Ok(stream) => {
                    let answered = timeout(LIMIT, answer(stream, &deliver)).await;
                    if !matches!(answered, Ok(Ok(()))) {
                        tracing::debug!("a second start was not answered");
                    }
                }
                Err(error) => {
                    tracing::debug!("failed to accept a second start: {error}");
                    sleep(ACCEPT_RETRY_DELAY).await;
                }
            }
        }
    }
}

/// Sends a request to the instance that holds the folder. `None` if that cannot be reached, knows another protocol, or does not respond in time.
pub async fn raise_first(folder: &AppFolder, request: RaiseRequest) -> Option<RaiseOutcome> {
    let asked = async {
        let mut stream = native::connect(folder).await?;
        write_line(&mut stream, &request).await?;
        read_line(&mut stream).await
    };
    match timeout(LIMIT, asked).await {
        Ok(Ok(outcome)) => Some(outcome),
        Ok(Err(error)) => {
            tracing::debug!("the first instance was not reached: {error}");
            None
        }
        Err(_) => None,
    }
}

async fn answer(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    deliver: &impl Fn(RaiseCall),
) -> io::Result<()> {
    let request: RaiseRequest = read_line(&mut stream).await?;
    if request.protocol != PROTOCOL {
        return Err(io::ErrorKind::Unsupported.into());
    }
    let (tell, told) = oneshot::channel();
    deliver(RaiseCall {
        request,
        answer: tell,
    });
    let outcome = told.await.map_err(io::Error::other)?;
    write_line(&mut stream, &outcome).await
}

async fn write_line(
    stream: &mut (impl AsyncWrite + Unpin),
    said: &impl Serialize,
) -> io::Result<()> {
    let mut line = serde_json::to_vec(said)?;
    line.push(b'\n');
    stream.write_all(&line).await?;
    stream.flush().await
}

async fn read_line<T: DeserializeOwned>(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<T> {
    let mut line = Vec::new();
    let mut limited = BufReader::new(stream.take(MAX_LEN));
    limited.read_until(b'\n', &mut line).await?;
    Ok(serde_json::from_slice(&line)?)
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    #![expect(
        clippy::disallowed_methods,
        reason = "the first instance runs beside the second"
    )]

    use std::fs;
    use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _};

    use tokio::net::UnixStream;

    use super::*;

    fn first(folder: &AppFolder, lock: &FolderLock) {
        let listener = InstanceListener::bind(folder, lock).unwrap();
        tokio::spawn(listener.serve(|call| {
            let outcome = if call.request.demo {
                RaiseOutcome::WithoutDemo
            } else {
                RaiseOutcome::Raised
            };
            call.answer.send(outcome).unwrap();
        }));
    }

    #[tokio::test]
    async fn a_second_start_is_answered_and_a_stranger_to_the_protocol_is_not() {
        let base = tempfile::tempdir().unwrap();
        let folder = AppFolder::at(base.path());
        let lock = folder.lock().unwrap();
        first(&folder, &lock);
        let socket = folder.file(native::SOCKET);
        let mode = fs::metadata(&socket).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        for wrong in [
            "{}\n".to_owned(),
            "{\"protocol\":99}\n".to_owned(),
            "x".repeat(10_000),
        ] {
            let mut stream = UnixStream::connect(&socket).await.unwrap();
            // The listener may close the connection before it has read everything.
            let _ = stream.write_all(wrong.as_bytes()).await;
            let mut said = Vec::new();
            let _ = stream.read_to_end(&mut said).await;
            assert!(said.is_empty());
        }
        let raised = raise_first(&folder, RaiseRequest::new(false)).await;
        assert_eq!(raised, Some(RaiseOutcome::Raised));
        let demo = raise_first(&folder, RaiseRequest::new(true)).await;
        assert_eq!(demo, Some(RaiseOutcome::WithoutDemo));
    }

    #[tokio::test]
    async fn the_end_of_a_console_leaves_the_socket_of_its_successor() {
        let base = tempfile::tempdir().unwrap();
        let folder = AppFolder::at(base.path());
        let lock = folder.lock().unwrap();
        let listener = InstanceListener::bind(&folder, &lock).unwrap();
        // As if the folder had been replaced, and another console started in it.
        first(&folder, &lock);
        drop(listener);
        let raised = raise_first(&folder, RaiseRequest::new(false)).await;
        assert_eq!(raised, Some(RaiseOutcome::Raised));
    }

    #[tokio::test]
    async fn what_a_crash_has_left_is_replaced_and_nothing_else() {
        let base = tempfile::tempdir().unwrap();
        let folder = AppFolder::at(base.path());
        let lock = folder.lock().unwrap();
        let socket = folder.file(native::SOCKET);
        // What a killed process leaves: a socket that nobody listens to.
        drop(std::os::unix::net::UnixListener::bind(&socket).unwrap());
        assert!(socket.exists());
        assert_eq!(raise_first(&folder, RaiseRequest::new(false)).await, None);
        let listener = InstanceListener::bind(&folder, &lock).unwrap();
        assert!(fs::metadata(&socket).unwrap().file_type().is_socket());
        drop(listener);
        assert!(!socket.exists(), "the end removes it");

        fs::write(&socket, "a file of somebody").unwrap();
        assert!(InstanceListener::bind(&folder, &lock).is_err());
        assert_eq!(fs::read_to_string(&socket).unwrap(), "a file of somebody");
    }
}
