//! The way to the network: the file of certificates, the client that uses it, and the test of the connection.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use zeroize::Zeroizing;

use super::Runtime;
use super::inbox::Outbox;
use super::pending::Purpose;
use crate::domain::connection::{
    Check, ConnectionFinding, clock_finding, key_finding, keychain_finding, name_finding,
    server_finding,
};
use crate::domain::network::{CA_FILE_LIMIT, CaFile, CaProblem, Network};
use crate::partner_api::{PartnerApi, Probe, read_ca_file};
use crate::platform::file_dialog::FileRequest;
use crate::platform::files::{NotRead, read_limited};
use crate::platform::keychain::KeychainItem;
use crate::state::event::Event;
use crate::state::shell::messages::{SettingsEffect, SettingsEvent, TestPlan};

/// Endings of the files that are offered first.
const ENDINGS: &[&str] = &["pem", "crt", "cer", "der"];

impl Runtime {
    pub(super) fn settings(&mut self, effect: SettingsEffect) {
        match effect {
            SettingsEffect::ChooseCaFile => self.choose_ca_file(),
            SettingsEffect::ReadCaFile(path) => {
                let outbox = self.outbox.clone();
                self.spawn_blocking(move || {
                    outbox.send_blocking(Event::Settings(read_ca(path)));
                });
            }
            SettingsEffect::UseNetwork(network) => self.use_network(network),
            SettingsEffect::TestConnection(plan) => self.test_connection(*plan),
            SettingsEffect::StopTest => {
                if let Some((_, handle)) = self.test.take() {
                    handle.abort();
                }
            }
        }
    }

    fn choose_ca_file(&mut self) {
        let request = FileRequest::Open {
            title: "Trust certificates".to_owned(),
            kind: ("Certificates", ENDINGS),
        };
        self.ask_which(Purpose::CaFile, request);
    }

    /// A session, running or being proved, keeps its sign-in and sends by the new way from its next request on.
    fn use_network(&mut self, network: Network) {
        for session in [&self.session, &self.attempt.session].into_iter().flatten() {
            if let Err(failure) = session.api.use_network(&network) {
                let event = Event::Settings(SettingsEvent::NetworkRefused(failure));
                self.outbox.send_if_room(event);
            }
        }
        self.api_options.network = network;
    }

    /// Ends a test that may hold the key of a session that is over.
    pub(super) fn end_test(&mut self) {
        if let Some((ticket, handle)) = self.test.take()
            && !handle.is_finished()
        {
            handle.abort();
            let event = Event::Settings(SettingsEvent::TestEnded(ticket));
            self.outbox.send_if_room(event);
        }
    }

    fn test_connection(&mut self, plan: TestPlan) {
        if let Some((_, former)) = self.test.take() {
            former.abort();
        }
        let ticket = plan.ticket;
        self.test_keychain(&plan);
        let session = self.session.as_ref();
        let session = session.filter(|session| Some(session.generation) == plan.session);
        let api = session.map(|session| session.api.clone());
        let probe = Probe::new(
            &plan.environment,
            self.api_options.clone(),
            Arc::clone(&self.clock),
        );
        let report = Report {
            ticket,
            outbox: self.outbox.clone(),
        };
        let handle = self.spawn(async move {
            match probe {
                Ok(probe) => look(&probe, api, &plan, &report).await,
                Err(failure) => {
                    let reason = failure.reason();
                    report
                        .is(Check::Server, ConnectionFinding::Bad(reason))
                        .await;
                    report
                        .skip_rest("Not checked: no connection is possible.")
                        .await;
                }
            }
        });
        self.test = Some((ticket, handle));
    }

    fn test_keychain(&self, plan: &TestPlan) {
        let outbox = self.outbox.clone();
        let (ticket, profile) = (plan.ticket, plan.profile.clone());
        let host = plan.environment.host();
        self.keychain.call(move |keychain| {
            let is_known = profile.is_some();
            let partner = profile.map_or_else(uuid::Uuid::nil, |profile| profile.partner.0);
            let found = keychain
                .read(&KeychainItem::new(host, partner))
                .map(|key| is_known.then_some(key.is_some()));
            outbox.send_blocking(Event::Settings(SettingsEvent::Checked {
                ticket,
                check: Check::Keychain,
                finding: keychain_finding(keychain.name(), found.as_ref().map(|found| *found)),
            }));
        });
    }
}

/// Where the findings of one test go.
struct Report {
    ticket: u64,
    outbox: Outbox,
}

impl Report {
    async fn is(&self, check: Check, finding: ConnectionFinding) {
        let event = SettingsEvent::Checked {
            ticket: self.ticket,
            check,
            finding,
        };
        self.outbox.send(Event::Settings(event)).await;
    }

    /// What has a finding already keeps it. The keychain is asked by itself.
    async fn skip_rest(&self, why: &str) {
        for check in [
            Check::Proxy,
            Check::Name,
            Check::Server,
            Check::Clock,
            Check::Key,
        ] {
            self.is(check, ConnectionFinding::Skipped(why.to_owned()))
                .await;
        }
    }
}

/// One step after the other, as a connection is made.
async fn look(probe: &Probe, api: Option<PartnerApi>, plan: &TestPlan, report: &Report) {
    let (host, server) = (plan.environment.host(), plan.environment.name());
    let route = probe.route();
    report.is(Check::Proxy, route.finding()).await;
    let name = if route.is_proxied() {
        ConnectionFinding::Skipped("Resolved by the proxy.".to_owned())
    } else {
        let found = probe.look_up().await;
        name_finding(
            &host,
            found.as_ref().map(Vec::as_slice).map_err(String::as_str),
        )
    };
    report.is(Check::Name, name).await;
    let reached = probe.knock(api.as_ref()).await;
    let finding = server_finding(&host, reached.as_ref());
    report.is(Check::Server, finding).await;
    let Ok(reached) = reached else {
        return report
            .skip_rest("Not checked: the server could not be reached.")
            .await;
    };
    report
        .is(Check::Clock, clock_finding(reached.ahead_secs))
        .await;
    let key = match api {
        Some(api) => {
            let result = api.sign_in().await;
            key_finding(server, result.as_ref().copied())
        }
        None => ConnectionFinding::Skipped(
            "You are not signed in there. The key is checked when you sign in.".to_owned(),
        ),
    };
    report.is(Check::Key, key).await;
}

/// Reads and checks a file of certificates. Blocks: to be called on a thread that may wait, or before the window
/// opens.
pub(crate) fn read_ca(path: PathBuf) -> SettingsEvent {
    let result = read(&path).map(Arc::new);
    SettingsEvent::CaRead(path, result)
}

fn read(path: &Path) -> Result<CaFile, CaProblem> {
    let contents = read_limited(path, CA_FILE_LIMIT).map_err(|why| match why {
        NotRead::Missing => CaProblem::Missing,
        NotRead::NoFile => CaProblem::NoFile,
        NotRead::TooLarge(_) => CaProblem::TooLarge,
        NotRead::Refused(error) => CaProblem::Unreadable(error.to_string()),
    })?;
    // It may hold a private key, which is not kept.
    read_ca_file(path.to_path_buf(), &Zeroizing::new(contents))
}
