//! The checks of *Test connection* and `doctor`, in the order in which a connection is made.

use jiff::tz::TimeZone;
use tokio::sync::mpsc;

use crate::domain::connection::{
    ConnectionCheck, ConnectionFinding, clock_finding, key_finding, name_finding, server_finding,
};
use crate::domain::environment::Environment;
use crate::domain::failure::Failure;
use crate::partner_api::{PartnerApi, Probe};

/// Receives findings as they are made.
pub type FindingSink = mpsc::Sender<(ConnectionCheck, ConnectionFinding)>;

/// Runs all checks except the one of the keychain. With `api`, also checks its key.
pub async fn check_connection(
    probe: Result<Probe, Failure>,
    api: Option<PartnerApi>,
    environment: &Environment,
    zone: &TimeZone,
    sink: FindingSink,
) {
    match probe {
        Ok(probe) => look(&probe, api, environment, zone, &sink).await,
        Err(failure) => {
            report(
                &sink,
                ConnectionCheck::Server,
                ConnectionFinding::Bad(failure.reason()),
            )
            .await;
            let why = "Not checked: no connection is possible.";
            skip(
                &sink,
                &[
                    ConnectionCheck::Proxy,
                    ConnectionCheck::Name,
                    ConnectionCheck::Clock,
                    ConnectionCheck::Key,
                ],
                why,
            )
            .await;
        }
    }
}

async fn look(
    probe: &Probe,
    api: Option<PartnerApi>,
    environment: &Environment,
    zone: &TimeZone,
    sink: &FindingSink,
) {
    let (host, server) = (environment.host(), environment.in_sentence());
    let route = probe.route();
    report(sink, ConnectionCheck::Proxy, route.finding()).await;
    let name = if route.is_proxied() {
        ConnectionFinding::Skipped("Resolved by the proxy.".to_owned())
    } else {
        let found = probe.look_up().await;
        name_finding(
            &host,
            found.as_ref().map(Vec::as_slice).map_err(String::as_str),
        )
    };
    report(sink, ConnectionCheck::Name, name).await;
    let reached = probe.reach(api.as_ref()).await;
    let found = server_finding(&host, reached.as_ref(), zone);
    report(sink, ConnectionCheck::Server, found).await;
    let reached = match reached {
        Ok(reached) => reached,
        Err(failure) => {
            let why = match failure.requested_pause() {
                Some(_) => "Not checked during the pause.",
                None => "Not checked: the server could not be reached.",
            };
            return skip(sink, &[ConnectionCheck::Clock, ConnectionCheck::Key], why).await;
        }
    };
    report(
        sink,
        ConnectionCheck::Clock,
        clock_finding(reached.ahead_secs),
    )
    .await;
    let key = match api {
        Some(api) => {
            let result = api.sign_in().await;
            key_finding(&server, result.as_ref().copied(), zone)
        }
        None => ConnectionFinding::Skipped(
            "You are not signed in there. The key is checked when you sign in.".to_owned(),
        ),
    };
    report(sink, ConnectionCheck::Key, key).await;
}

async fn skip(sink: &FindingSink, checks: &[ConnectionCheck], why: &str) {
    for check in checks {
        report(sink, *check, ConnectionFinding::Skipped(why.to_owned())).await;
    }
}

async fn report(sink: &FindingSink, check: ConnectionCheck, finding: ConnectionFinding) {
    // If the receiver is gone, nobody needs the finding.
    let _ = sink.send((check, finding)).await;
}
