//! Asks the Secret Service of Linux desktops whether it responds.

use std::time::Duration;

use zbus::connection::Builder;

use crate::domain::keychain::KeychainProblem;
use crate::platform::bus;

const SERVICE: &str = "org.freedesktop.secrets";
const PATH: &str = "/org/freedesktop/secrets";
const PEER: &str = "org.freedesktop.DBus.Peer";

/// For the bus, and for the service, which the bus may have to start first.
pub(super) const LIMIT: Duration = Duration::from_secs(15);

/// Calls the service in a way that never asks the user. Only silence is a problem here: the calls that follow report all others.
pub(super) fn ping(
    builder: zbus::Result<Builder<'_>>,
    limit: Duration,
) -> Result<(), KeychainProblem> {
    let answer = bus::connect_blocking(builder, limit)
        .and_then(|bus| bus.call_method(Some(SERVICE), PATH, Some(PEER), "Ping", &()));
    match answer {
        Err(error) if bus::is_timeout(&error) => Err(KeychainProblem::Unresponsive {
            secs: limit.as_secs(),
        }),
        Ok(_) | Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::bus::tests::SilentBus;

    #[test]
    fn only_silence_is_a_problem() {
        let bus = SilentBus::start();
        let silent = KeychainProblem::Unresponsive { secs: 0 };
        assert_eq!(ping(bus.builder(), Duration::from_millis(1)), Err(silent));
        let nowhere = Builder::address("unix:path=/nonexistent/bus");
        assert_eq!(ping(nowhere, LIMIT), Ok(()));
    }
}
