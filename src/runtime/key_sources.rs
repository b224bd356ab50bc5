//! Fetches keys from external sources: for signing in, after a rejection, and to compare during a rotation.

use std::sync::{Arc, mpsc};

use parking_lot::Mutex;

use super::Runtime;
use super::key_reader::KeyReader;
use super::keychain_calls::answer_item;
use super::source_fetch::SourceFetch;
use super::source_refetch::SourceRefetch;
use crate::domain::credentials::ApiKey;
use crate::domain::key_source::ExternalSource;
use crate::key_sources::FetchContext;
use crate::state::event::Event;
use crate::state::generation::Generation;
use crate::state::session::messages::{KeyRequest, KeychainEvent, SignInEvent};

impl Runtime {
    pub(super) fn sources(&self) -> KeyReader {
        KeyReader {
            context: FetchContext {
                network: self.api_options.network.clone(),
                variable: Arc::clone(&self.variable),
                home: self.home.clone(),
                answer: None,
                clock: Arc::clone(&self.clock),
            },
            keychain: Arc::clone(&self.keychain),
        }
    }

    pub(super) fn fetch_from_source(
        &mut self,
        generation: Generation,
        source: ExternalSource,
        request: KeyRequest,
    ) {
        let (reader, outbox) = (self.sources(), self.outbox.clone());
        let (alive, gone) = mpsc::channel::<()>();
        let is_kept = source.prompt().is_some_and(|prompt| prompt.is_saved);
        let typed = request.answer.clone().filter(|_| is_kept);
        let typed = typed.map(|answer| (source.clone(), answer));
        let task = self.spawn(async move {
            let _alive = alive;
            let found = reader.fetch(source, request.partner, request.answer).await;
            let event = SignInEvent::KeyFetched(found.map(Some));
            outbox.send((generation, event)).await;
        });
        self.attempt.fetch = Some(SourceFetch { task, gone, typed });
    }

    /// How the session finds another key once its own is rejected.
    pub(super) fn refetch(&self, generation: Generation) -> Option<Arc<SourceRefetch>> {
        let session = self.session.as_ref()?;
        Some(Arc::new(SourceRefetch {
            reader: Mutex::new(self.sources()),
            source: session.source.clone()?,
            partner: session.credentials.partner,
            generation,
            outbox: self.outbox.clone(),
            tokio: self.tokio.clone(),
            asking: Mutex::default(),
            found: Arc::default(),
        }))
    }

    /// Makes the session use this key. Called when the event is taken.
    pub(super) fn key_was_fetched_again(&mut self, generation: Generation, key: &ApiKey) {
        let Some(session) = self.open_session_mut(generation) else {
            return;
        };
        let old = std::mem::replace(&mut session.credentials.key, key.clone());
        if session.rotation_keys.take_if_new(key) {
            // The rotation continues: the old key still has to be checked.
            session.rotation_keys.hold_old_key(old);
        }
    }

    /// Stores what the user typed for the source of the session that was just opened.
    pub(super) fn keep_answer(&mut self, generation: Generation) {
        let fetch = self.attempt.fetch.as_mut();
        let Some((source, answer)) = fetch.and_then(|fetch| fetch.typed.take()) else {
            return;
        };
        let Some(item) = answer_item(&source) else {
            return;
        };
        self.in_keychain(
            move |keychain| keychain.write(&item, &answer),
            move |result| Event::from((generation, SignInEvent::AnswerStored(result))),
        );
    }

    pub(super) fn delete_answer(&self, source: &ExternalSource) {
        let Some(item) = answer_item(source) else {
            return;
        };
        self.in_keychain(
            move |keychain| keychain.delete(&item).map(drop),
            |result| Event::Keychain(KeychainEvent::AnswerDeleted(result)),
        );
    }
}
