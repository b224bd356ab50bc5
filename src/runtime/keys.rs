//! The effects on the keychain. Each call may wait for the user, so each has a thread.

use std::sync::Arc;

use secrecy::ExposeSecret as _;

use crate::domain::credentials::{ApiKey, CredentialSource, Credentials};
use crate::domain::keychain::KeychainProblem;
use crate::domain::profile::Profile;
use crate::platform::keychain::{Keychain, KeychainItem};
use crate::state::effect::Generation;
use crate::state::event::{Event, Removal, SessionEvent};

use super::Runtime;

impl Runtime {
    pub(super) fn read_key(&mut self, generation: Generation, profile: Profile) {
        let source = StoredKey {
            keychain: Arc::clone(&self.keychain),
            profile,
        };
        let answer = self.pending.expect_key(generation);
        let outbox = self.outbox.clone();
        self.spawn_blocking(move || {
            let found = source.credentials();
            answer.send(found.map(|found| found.map(|credentials| credentials.key)));
            outbox.wake();
        });
    }

    pub(super) fn store_key(&self, generation: Generation) {
        let Some(session) = self
            .session
            .as_ref()
            .filter(|session| session.generation == generation)
        else {
            return;
        };
        let Credentials {
            environment,
            partner,
            key,
        } = session.credentials.clone();
        let item = item(&Profile {
            environment,
            partner,
        });
        let (keychain, outbox) = (Arc::clone(&self.keychain), self.outbox.clone());
        self.spawn_blocking(move || {
            let event = SessionEvent::KeyStored(keychain.write(&item, key.secret()));
            outbox.send_blocking(Event::Session(generation, event));
        });
    }

    pub(super) fn delete_key(&self, profile: &Profile) {
        let (keychain, item, outbox) = (
            Arc::clone(&self.keychain),
            item(profile),
            self.outbox.clone(),
        );
        self.spawn_blocking(move || {
            outbox.send_blocking(Event::KeyDeleted(keychain.delete(&item)))
        });
    }

    pub(super) fn remove_key(&self, profile: Profile) {
        let (keychain, item, outbox) = (
            Arc::clone(&self.keychain),
            item(&profile),
            self.outbox.clone(),
        );
        self.spawn_blocking(move || {
            let removal = remove(keychain.as_ref(), &item);
            outbox.send_blocking(Event::KeyRemoved(profile, removal));
        });
    }
}

/// The key that the keychain has for a profile.
struct StoredKey {
    keychain: Arc<dyn Keychain>,
    profile: Profile,
}

impl CredentialSource for StoredKey {
    type Problem = KeychainProblem;

    fn credentials(&self) -> Result<Option<Credentials>, KeychainProblem> {
        let Some(secret) = self.keychain.read(&item(&self.profile))? else {
            return Ok(None);
        };
        let key = ApiKey::parse(secret.expose_secret()).map_err(|_| KeychainProblem::NotText)?;
        let Profile {
            environment,
            partner,
        } = self.profile.clone();
        Ok(Some(Credentials {
            environment,
            partner,
            key,
        }))
    }
}

/// Deletes a key and asks for it again: only a keychain that has none any more proves that it is gone.
fn remove(keychain: &dyn Keychain, item: &KeychainItem) -> Removal {
    if let Err(problem) = keychain.delete(item) {
        return Removal::Refused(problem);
    }
    match keychain.read(item) {
        Ok(None) => Removal::Proved,
        // Whatever it is, it is not to be there.
        Ok(Some(_)) | Err(KeychainProblem::NotText) => Removal::StillThere,
        Err(problem) => Removal::NotProved(problem),
    }
}

pub(super) fn item(profile: &Profile) -> KeychainItem {
    KeychainItem::new(profile.environment.host(), profile.partner.0)
}
