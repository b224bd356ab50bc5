//! Network settings: the file of certificate authorities, the clients that use it, and the connection test.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::mpsc;

use super::Runtime;
use super::connection_check::check_connection;
use super::pending::DialogPurpose;
use crate::domain::connection::{ConnectionCheck, keychain_finding};
use crate::domain::network::NetworkSettings;
use crate::key_sources::read_trusted_in_time;
use crate::partner_api::Probe;
use crate::platform::file_dialog::FileRequest;
use crate::platform::keychain::KeychainItem;
use crate::state::effect::Effect;
use crate::state::event::Event;
use crate::state::session::messages::SessionEffect;
use crate::state::shell::messages::{SettingsEffect, SettingsEvent, TestPlan};

/// File extensions preselected in the dialog.
const ENDINGS: &[&str] = &["pem", "crt", "cer", "der"];

impl Runtime {
    pub(super) fn settings_effect(&mut self, effect: SettingsEffect) {
        match effect {
            SettingsEffect::ChooseCaFile => self.choose_ca_file(),
            SettingsEffect::ReadCaFile(number, path) => self.read_ca_file(number, path),
            SettingsEffect::RunDeferred => {
                for effect in self.deferred.take().into_iter().flatten() {
                    self.run(effect);
                }
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

    /// Starts with the extra certificates of the settings. What may send a request waits until they are in use, but the window does not.
    pub fn begin_with_ca(&mut self, path: PathBuf) {
        self.deferred = Some(Vec::new());
        self.read_ca_file(0, path);
    }

    /// Returns an effect that need not wait for the extra certificates, and keeps any other until they are known. Only what sends something waits. An
    /// effect that ends a sign-in or a test runs at once and also drops those that still wait, so that nothing is sent afterwards.
    pub(super) fn defer(&mut self, effect: Effect) -> Option<Effect> {
        let Some(deferred) = &mut self.deferred else {
            return Some(effect);
        };
        match effect {
            Effect::Session(SessionEffect::FetchKey(..) | SessionEffect::Verify(..))
            | Effect::Settings(SettingsEffect::TestConnection(_)) => {
                deferred.push(effect);
                return None;
            }
            Effect::Session(
                SessionEffect::EndAttempt | SessionEffect::End | SessionEffect::EndKeepingDemo,
            ) => deferred.retain(|waiting| !matches!(waiting, Effect::Session(_))),
            Effect::Settings(SettingsEffect::StopTest) => {
                deferred.retain(|waiting| !matches!(waiting, Effect::Settings(_)));
            }
            _ => {}
        }
        Some(effect)
    }

    fn read_ca_file(&self, number: u64, path: PathBuf) {
        let outbox = self.outbox.clone();
        self.spawn(async move {
            // What is read after the limit is not used, because another file may be in use by then.
            let read = read_trusted_in_time(path.clone()).await;
            let event = SettingsEvent::CaRead(number, path, read.map(Arc::new));
            outbox.send(event).await;
        });
    }

    fn choose_ca_file(&mut self) {
        let request = FileRequest::Open {
            title: "Trust certificates".to_owned(),
            kind: ("Certificates", ENDINGS),
        };
        self.open_path_dialog(DialogPurpose::CaFile, request);
    }

    /// Applies network settings. Sessions, running or still signing in, keep their sign-in and use them from the next request on.
    fn use_network(&mut self, network: NetworkSettings) {
        for session in [&self.session, &self.attempt.session].into_iter().flatten() {
            if let Some(refetch) = &session.refetch {
                refetch.use_network(&network);
            }
            if let Err(failure) = session.api.use_network(&network) {
                let event = Event::Settings(SettingsEvent::NetworkRejected(failure));
                self.outbox.try_send(event);
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
            self.outbox.try_send(event);
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
            let (sender, mut receiver) = mpsc::channel(8);
            let reporting = async {
                while let Some((check, finding)) = receiver.recv().await {
                    let event = SettingsEvent::Checked {
                        ticket,
                        check,
                        finding,
                    };
                    outbox.send(event).await;
                }
            };
            let checking = check_connection(probe, api, &environment, &zone, sender);
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
