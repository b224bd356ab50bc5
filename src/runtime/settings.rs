//! Network settings: the file of certificate authorities, the clients that use it, and the connection test.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::mpsc;
use zeroize::Zeroizing;

use super::Runtime;
use super::connection_check::check_connection;
use super::pending::DialogPurpose;
use crate::domain::connection::{ConnectionCheck, keychain_finding};
use crate::domain::network::{CA_FILE_LIMIT, CaFile, CaProblem, NetworkSettings};
use crate::partner_api::{Probe, read_ca_file};
use crate::platform::file_dialog::FileRequest;
use crate::platform::files::{ReadError, read_limited};
use crate::platform::keychain::KeychainItem;
use crate::state::event::Event;
use crate::state::shell::messages::{SettingsEffect, SettingsEvent, TestPlan};

/// File extensions preselected in the dialog.
const ENDINGS: &[&str] = &["pem", "crt", "cer", "der"];

impl Runtime {
    pub(super) fn settings_effect(&mut self, effect: SettingsEffect) {
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
        self.ask_which(DialogPurpose::CaFile, request);
    }

    /// Applies network settings. Sessions, running or still signing in, keep their sign-in and use them from the next request on.
    fn use_network(&mut self, network: NetworkSettings) {
        for session in [&self.session, &self.attempt.session].into_iter().flatten() {
            if let Some(refetch) = &session.refetch {
                refetch.use_network(&network);
            }
            if let Err(failure) = session.api.use_network(&network) {
                let event = Event::Settings(SettingsEvent::NetworkRefused(failure));
                self.outbox.send_if_room(event);
            }
        }
        self.api_options.network = network;
    }

    /// Cancels a test that may hold the key of a session that has ended.
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
        let (environment, zone) = (plan.environment, plan.zone);
        let outbox = self.outbox.clone();
        let handle = self.spawn(async move {
            let (tell, mut told) = mpsc::channel(8);
            let reporting = async {
                while let Some((check, finding)) = told.recv().await {
                    let event = SettingsEvent::Checked {
                        ticket,
                        check,
                        finding,
                    };
                    outbox.send(Event::Settings(event)).await;
                }
            };
            let checking = check_connection(probe, api, &environment, &zone, tell);
            tokio::join!(checking, reporting);
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
                check: ConnectionCheck::Keychain,
                finding: keychain_finding(keychain.name(), found.as_ref().map(|found| *found)),
            }));
        });
    }
}

/// Reads and checks a file of certificate authorities. Blocks: call it on a thread that may wait, or before the window opens.
pub(crate) fn read_ca(path: PathBuf) -> SettingsEvent {
    let result = read_trusted(&path).map(Arc::new);
    SettingsEvent::CaRead(path, result)
}

/// The certificate authorities of a file named in the settings. Blocks.
pub(crate) fn read_trusted(path: &Path) -> Result<CaFile, CaProblem> {
    let contents = read_limited(path, CA_FILE_LIMIT).map_err(|why| match why {
        ReadError::Missing => CaProblem::Missing,
        ReadError::NoFile => CaProblem::NoFile,
        ReadError::TooLarge(_) => CaProblem::TooLarge,
        ReadError::Refused(error) => CaProblem::Unreadable(error.to_string()),
    })?;
    // The file may contain a private key, so its contents are wiped.
    read_ca_file(path.to_path_buf(), &Zeroizing::new(contents))
}
