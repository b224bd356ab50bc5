//! Connections to D-Bus that give up. By themselves they wait without a limit for a bus or service that does not respond.

use std::future::Future;
use std::io;
use std::time::Duration;

use tokio::time::timeout;
use zbus::connection::Builder;
use zbus::{Connection, blocking};

/// Connects, and limits each call on the connection as well. Call it on the async runtime.
///
/// # Errors
/// [`is_timeout`] tells whether the bus did not respond.
pub(super) async fn connect(
    builder: zbus::Result<Builder<'_>>,
    limit: Duration,
) -> zbus::Result<Connection> {
    let connecting = builder?.method_timeout(limit).build();
    let connected = timeout(limit, connecting).await;
    connected.unwrap_or_else(|_| Err(io::Error::from(io::ErrorKind::TimedOut).into()))
}

/// As [`connect`], for a thread that may wait.
///
/// # Errors
/// As [`connect`].
pub(super) fn connect_blocking(
    builder: zbus::Result<Builder<'_>>,
    limit: Duration,
) -> zbus::Result<blocking::Connection> {
    let connected = wait(connect(builder, limit))?;
    Ok(connected?.into())
}

fn wait<Answer>(future: impl Future<Output = Answer>) -> io::Result<Answer> {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    Ok(runtime.enable_time().build()?.block_on(future))
}

/// Whether the bus or the service did not respond in time.
pub(super) fn is_timeout(error: &zbus::Error) -> bool {
    matches!(error, zbus::Error::InputOutput(error) if error.kind() == io::ErrorKind::TimedOut)
}

#[cfg(test)]
pub(super) mod tests {
    use std::os::unix::net::UnixListener;

    use super::*;

    /// A bus that accepts connections and never responds.
    pub(in crate::platform) struct SilentBus {
        folder: tempfile::TempDir,
        _listener: UnixListener,
    }

    impl SilentBus {
        pub(in crate::platform) fn start() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let listener = UnixListener::bind(folder.path().join("bus")).unwrap();
            Self {
                folder,
                _listener: listener,
            }
        }

        pub(in crate::platform) fn builder(&self) -> zbus::Result<Builder<'static>> {
            let path = self.folder.path().join("bus");
            Builder::address(format!("unix:path={}", path.display()).as_str())
        }
    }

    #[test]
    fn a_silent_bus_is_given_up() {
        let bus = SilentBus::start();
        let error = connect_blocking(bus.builder(), Duration::from_millis(1)).unwrap_err();
        assert!(is_timeout(&error), "{error}");
    }

    #[test]
    fn another_problem_is_not_a_timeout() {
        let nowhere = Builder::address("unix:path=/nonexistent/bus");
        let error = connect_blocking(nowhere, Duration::from_mins(1)).unwrap_err();
        assert!(!is_timeout(&error), "{error}");
    }
}
