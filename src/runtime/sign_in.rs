//! Signs in, and starts and ends sessions.

use std::sync::Arc;

use super::Runtime;
use super::pending_session::PendingSession;
use super::session::{ApiSession, SessionTask, notice_sink};
use crate::domain::credentials::Credentials;
use crate::domain::key_source::ExternalSource;
use crate::partner_api::PartnerApi;
use crate::state::generation::Generation;
use crate::state::session::messages::{SessionEffect, SignInEvent};

impl Runtime {
    pub(super) fn session_effect(&mut self, effect: SessionEffect) {
        match effect {
            SessionEffect::StartDemo(generation) => self.start_demo(generation),
            SessionEffect::FetchKey(generation, request) => self.fetch_key(generation, request),
            SessionEffect::Verify(generation, credentials, source) => {
                self.sign_in(generation, credentials, source);
            }
            SessionEffect::Open(generation) => self.open_session(generation),
            SessionEffect::EndAttempt => self.end_attempt(),
            SessionEffect::CancelKeyRefetch => {
                if let Some(refetch) = self.session.as_ref().and_then(|it| it.refetch.as_ref()) {
                    refetch.cancel();
                }
            }
            SessionEffect::StoreKey(generation) => self.store_key(generation),
            SessionEffect::DeleteKey(profile) => self.delete_key(profile),
            SessionEffect::RemoveKey(profile) => self.remove_key(profile),
            SessionEffect::DeleteAnswer(source) => self.delete_answer(&source),
            SessionEffect::End => self.end_session(),
            SessionEffect::EndKeepingDemo => self.end_session_only(),
        }
    }

    fn sign_in(
        &mut self,
        generation: Generation,
        credentials: Credentials,
        source: Option<ExternalSource>,
    ) {
        let notices = notice_sink(generation, self.outbox.clone());
        let api = PartnerApi::new(
            credentials.clone(),
            self.api_options.clone(),
            Arc::clone(&self.clock),
            notices,
        );
        match api {
            Ok(api) => {
                self.attempt.session = Some(ApiSession::new(generation, credentials, source, api));
                self.in_session(generation, SessionTask::SignIn, |api| async move {
                    SignInEvent::Verified(api.sign_in().await)
                });
            }
            Err(failure) => self.report(generation, SignInEvent::Verified(Err(failure))),
        }
    }

    /// Turns the successful sign-in into the session, and ends the previous session.
    fn open_session(&mut self, generation: Generation) {
        let is_it = |session: &mut ApiSession| session.generation == generation;
        let Some(opened) = self.attempt.session.take_if(is_it) else {
            return;
        };
        if self.session.replace(opened).is_some() {
            self.pending.session_ended();
        }
        self.control = None;
        self.reading = Arc::default();
        self.validation = Arc::default();
        self.end_test();
        self.keep_answer(generation);
        self.attempt.fetch = None;
        if let (Some(refetch), Some(session)) = (self.refetch(generation), &mut self.session) {
            session.api.set_key_refetch(refetch.clone());
            session.refetch = Some(refetch);
        }
        let demo = self.attempt.demo.take();
        // The server that kept running behind the lock still has the session's businesses.
        let is_resumed = demo.is_none() && self.session.as_ref().is_some_and(ApiSession::is_demo);
        if !is_resumed {
            self.demo = demo;
        }
    }

    fn end_attempt(&mut self) {
        self.attempt = PendingSession::default();
    }

    pub(super) fn end_session(&mut self) {
        self.end_session_only();
        // The embedded server ends with the session.
        self.demo = None;
    }

    fn end_session_only(&mut self) {
        self.end_attempt();
        // A dialog opened on the sign-in screen belongs to no session.
        if self.session.take().is_some() {
            self.pending.session_ended();
        }
        self.control = None;
        self.reading = Arc::default();
        self.validation = Arc::default();
        self.end_test();
    }
}
