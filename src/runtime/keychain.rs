//! The keychain on its own thread, because each call may wait for the user. Calls run in order, so that deleting a key
//! also deletes one that was about to be stored.

use super::Runtime;
use super::keychain_calls::{item, known, stored, unanswered};
use crate::domain::key_source::{KeyProblem, KeySource};
use crate::domain::keychain::KeychainProblem;
use crate::domain::profile::Profile;
use crate::platform::keychain::{Keychain, KeychainItem};
use crate::state::event::Event;
use crate::state::generation::Generation;
use crate::state::session::messages::{KeyRemoval, KeyRequest, KeychainEvent, SignInEvent};

impl Runtime {
    /// Fetches the key of a profile from its source.
    pub(super) fn fetch_key(&mut self, generation: Generation, request: KeyRequest) {
        let source = request.source.clone();
        match (source, request.profile()) {
            (KeySource::External(source), _) => {
                self.fetch_from_source(generation, *source, request);
            }
            (KeySource::Keychain, Some(profile)) => self.read_keychain(generation, profile),
            (KeySource::Variables, Some(profile)) => {
                let found = (self.environment)();
                let found = found.filter(|found| Profile::of(found) == profile);
                let found =
                    found.map(|found| known(found.partner, found.key, KeySource::Variables));
                self.report(generation, SignInEvent::KeyFetched(Ok(found)));
            }
            // The key cannot be returned a second time, or its profile is unknown.
            (KeySource::Typed | KeySource::Demo, _)
            | (KeySource::Keychain | KeySource::Variables, None) => {
                self.report(generation, SignInEvent::KeyFetched(Ok(None)));
            }
        }
    }

    /// Calls the keychain and reports its answer as this event, or that there was none if its thread has died.
    pub(super) fn in_keychain<T>(
        &self,
        call: impl FnOnce(&dyn Keychain) -> Result<T, KeychainProblem> + Send + 'static,
        event: impl FnOnce(Result<T, KeychainProblem>) -> Event + Clone + Send + 'static,
    ) {
        let unanswered_event = event.clone();
        let promise = self
            .outbox
            .promise(move || unanswered_event(Err(unanswered())));
        self.keychain
            .call(move |keychain| promise.send(event(call(&**keychain))));
    }

    fn read_keychain(&self, generation: Generation, profile: Profile) {
        let partner = profile.partner;
        self.in_keychain(
            move |keychain| stored(keychain, &profile),
            move |found| {
                let found = found.map(|key| Some(known(partner, key?, KeySource::Keychain)));
                let found = found.map_err(KeyProblem::Keychain);
                Event::from((generation, SignInEvent::KeyFetched(found)))
            },
        );
    }

    pub(super) fn store_key(&self, generation: Generation) {
        let Some(session) = self.open_session_of(generation) else {
            return;
        };
        let credentials = session.credentials.clone();
        let item = item(&Profile::of(&credentials));
        self.in_keychain(
            move |keychain| keychain.write(&item, credentials.key.secret()),
            move |result| Event::from((generation, SignInEvent::KeyStored(result))),
        );
    }

    pub(super) fn delete_key(&self, profile: Profile) {
        let item = item(&profile);
        self.in_keychain(
            move |keychain| keychain.delete(&item),
            |result| Event::Keychain(KeychainEvent::Deleted(profile, result)),
        );
    }

    pub(super) fn remove_key(&self, profile: Profile) {
        let item = item(&profile);
        self.in_keychain(
            move |keychain| remove(keychain, &item),
            |removal| {
                let removal = removal.unwrap_or_else(KeyRemoval::Failed);
                Event::Keychain(KeychainEvent::Removed(profile, removal))
            },
        );
    }
}

/// Deletes a key and reads it again: only a keychain that no longer returns it proves that it is gone.
fn remove(keychain: &dyn Keychain, item: &KeychainItem) -> Result<KeyRemoval, KeychainProblem> {
    keychain.delete(item)?;
    match keychain.read(item) {
        Ok(None) => Ok(KeyRemoval::Verified),
        // Whatever it is, it should not exist.
        Ok(Some(_)) | Err(KeychainProblem::NotText) => Ok(KeyRemoval::StillThere),
        Err(problem) => Err(problem),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Arc, mpsc};
    use std::time::Duration;

    use secrecy::SecretString;

    use super::*;
    use crate::domain::keychain::KeychainName;
    use crate::runtime::worker::Worker;

    struct Empty;

    impl Keychain for Empty {
        fn name(&self) -> KeychainName {
            KeychainName::SecretService
        }

        fn read(&self, _: &KeychainItem) -> Result<Option<SecretString>, KeychainProblem> {
            Ok(None)
        }

        fn write(&self, _: &KeychainItem, _: &SecretString) -> Result<(), KeychainProblem> {
            Ok(())
        }

        fn delete(&self, _: &KeychainItem) -> Result<bool, KeychainProblem> {
            Ok(false)
        }
    }

    #[test]
    fn the_end_waits_for_what_was_asked_for_but_not_for_ever() {
        let keychain = Worker::start("keychain", Empty);
        let (prompt, answered) = mpsc::channel::<()>();
        let is_deleted = Arc::new(AtomicBool::new(false));
        let deleted = Arc::clone(&is_deleted);
        keychain.call(move |_| {
            let _ = answered.recv();
            deleted.store(true, Ordering::Release);
        });
        assert!(!keychain.finish(Duration::from_millis(1)), "it still asks");
        assert!(!is_deleted.load(Ordering::Acquire));
        drop(prompt);
        assert!(keychain.finish(Duration::from_secs(60)));
        assert!(is_deleted.load(Ordering::Acquire));
    }
}
