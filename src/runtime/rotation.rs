//! Replaces a key. During a rotation both keys are held, in memory only.

use std::future::Future;
use std::sync::Arc;

use secrecy::ExposeSecret as _;

use super::Runtime;
use super::keychain_calls::{item, unanswered};
use super::rotation_keys::RotationKeys;
use super::running_demo::RunningDemo;
use super::session::SessionTask;
use crate::domain::credentials::{ApiKey, Credentials};
use crate::domain::failure::Failure;
use crate::domain::key_source::{FetchedKey, KeyProblem, KeySource, KeyVersion};
use crate::domain::keychain::KeychainProblem;
use crate::domain::profile::Profile;
use crate::domain::time::Clock;
use crate::domain::token::Fingerprint;
use crate::partner_api::PartnerApi;
use crate::platform::keychain::{Keychain, KeychainItem};
use crate::platform::notifier::DesktopNotification;
use crate::state::event::Event;
use crate::state::generation::Generation;
use crate::state::rotation::messages::{
    NewKeyProblem, RotationEffect, RotationEvent, StoredKey, VerifiedKey,
};

impl Runtime {
    pub(super) fn rotation_effect(&mut self, effect: RotationEffect) {
        match effect {
            RotationEffect::Verify(generation, key) => self.verify(generation, key),
            RotationEffect::VerifyAgain(generation) => match self.new_key(generation) {
                Some(key) => self.verify(generation, key),
                None => self.report_rotation(generation, RotationEvent::KeyMissing),
            },
            RotationEffect::IssueDemoKey(generation) => match self.issue_demo_key() {
                Some(key) => self.verify(generation, key),
                None => {
                    self.report_rotation(
                        generation,
                        RotationEvent::Verified(Err(NewKeyProblem::NoDemo)),
                    );
                }
            },
            RotationEffect::Forget(generation) => self.forget_keys(generation),
            RotationEffect::VerifyBeforeSwitch(generation) => {
                let new = self.new_key(generation);
                self.try_key(generation, new, RotationEvent::VerifiedAgain);
            }
            RotationEffect::Switch { generation, source } => self.switch(generation, source),
            RotationEffect::CheckOld(generation) => self.check_old(generation),
            RotationEffect::CheckSubmittedKey(generation, key) => {
                if let Some(session) = self.session_of(generation) {
                    session.api.also_hide(&key);
                    session.rotation_keys.old = Some(key);
                }
                self.check_old(generation);
            }
            RotationEffect::RevokeDemoKey(generation) => {
                self.revoke_demo_key(generation);
                self.check_old(generation);
            }
            RotationEffect::Notify { title, body } => {
                let shown = self.notifier.notify(DesktopNotification { title, body });
                let tokio = self.tokio.clone();
                self.spawn_blocking(move || {
                    if let Err(why) = tokio.block_on(shown) {
                        tracing::warn!("the system showed no notification: {why}");
                    }
                });
            }
        }
    }

    /// Forgets every key except the session's own, and closes the connections that carried or hid another key.
    fn forget_keys(&mut self, generation: Generation) {
        self.cancel(SessionTask::Rotation);
        let Some(held) = self.rotation_keys(generation) else {
            return;
        };
        *held = RotationKeys::default();
        // Also if it holds none now: a key that was rejected before may still be hidden in texts.
        if let Some(session) = &self.session
            && let Err(failure) = session.api.forget_other_keys(&self.api_options.network)
        {
            tracing::warn!("the connections were not replaced: {:?}", failure.kind);
        }
    }

    fn rotation_keys(&mut self, generation: Generation) -> Option<&mut RotationKeys> {
        self.open_session_mut(generation)
            .map(|session| &mut session.rotation_keys)
    }

    fn new_key(&mut self, generation: Generation) -> Option<ApiKey> {
        self.rotation_keys(generation)?.new.clone()
    }

    fn old_key(&mut self, generation: Generation) -> Option<ApiKey> {
        self.rotation_keys(generation)?.old.clone()
    }

    /// A separate client for the same host, which does not disturb the session's. The server knows both keys, so both are hidden in its texts.
    fn client(&self, credentials: Credentials, other: &ApiKey) -> Result<PartnerApi, Failure> {
        let client = PartnerApi::new(
            credentials,
            self.api_options.clone(),
            Arc::clone(&self.clock),
            Arc::new(|_| {}),
        )?;
        client.also_hide(other);
        Ok(client)
    }

    fn verify(&mut self, generation: Generation, key: ApiKey) {
        let Some(session) = self.open_session_mut(generation) else {
            return;
        };
        let old = session.credentials.clone();
        if key.is_same_as(&old.key) {
            session.rotation_keys.new = None;
            self.report_rotation(
                generation,
                RotationEvent::Verified(Err(NewKeyProblem::SameKey)),
            );
            return;
        }
        // The server knows the new key and could mention it in responses to the session as well.
        session.api.also_hide(&key);
        session.rotation_keys.new = Some(key.clone());
        let fingerprint = Fingerprint::of(&key);
        let old_key = old.key.clone();
        let credentials = Credentials {
            key: key.clone(),
            ..old.clone()
        };
        let new = self.client(credentials, &old_key);
        let clients = new.and_then(|new| Ok((new, self.client(old, &key)?)));
        let clock = Arc::clone(&self.clock);
        match clients {
            Ok((new, old)) => self.in_rotation(generation, async move {
                let proof = try_both(&new, &old, fingerprint, &*clock).await;
                RotationEvent::Verified(proof.map(Box::new).map_err(NewKeyProblem::NotVerified))
            }),
            Err(failure) => {
                let result = Err(NewKeyProblem::NotVerified(failure));
                self.report_rotation(generation, RotationEvent::Verified(result));
            }
        }
    }

    /// Signs in with a key besides the session's, which is not touched, and reports the outcome.
    fn try_key(
        &mut self,
        generation: Generation,
        key: Option<ApiKey>,
        outcome: fn(Result<(), Failure>) -> RotationEvent,
    ) {
        let Some(key) = key else {
            self.report_rotation(generation, RotationEvent::KeyMissing);
            return;
        };
        let Some(session) = self.open_session_of(generation) else {
            return;
        };
        let credentials = Credentials {
            key,
            ..session.credentials.clone()
        };
        match self.client(credentials, &session.credentials.key) {
            Ok(client) => {
                self.in_rotation(generation, async move { outcome(client.sign_in().await) })
            }
            Err(failure) => self.report_rotation(generation, outcome(Err(failure))),
        }
    }

    /// The keychain or source comes first: the new key is used only if it certainly holds it.
    fn switch(&mut self, generation: Generation, source: KeySource) {
        let Some(session) = self.open_session_of(generation) else {
            return;
        };
        let Some(new) = session.rotation_keys.new.clone() else {
            self.report_rotation(generation, RotationEvent::KeyMissing);
            return;
        };
        let api = session.api.clone();
        let old = session.credentials.clone();
        let new = Credentials {
            key: new,
            ..old.clone()
        };
        match source {
            KeySource::Keychain => self.switch_in_keychain(generation, api, old, new),
            KeySource::External(source) => {
                let reader = self.sources();
                self.in_rotation(generation, async move {
                    let found = reader.fetch(*source, Some(old.partner), None).await;
                    let (written, holds) = compare(found, &old.key, &new.key);
                    if holds == StoredKey::New {
                        api.use_key(&new);
                    }
                    RotationEvent::Switched { written, holds }
                });
            }
            KeySource::Typed | KeySource::Variables | KeySource::Demo => {
                self.in_rotation(generation, async move {
                    api.use_key(&new);
                    RotationEvent::Switched {
                        written: Ok(KeyVersion::default()),
                        holds: StoredKey::MemoryOnly,
                    }
                });
            }
        }
    }

    fn switch_in_keychain(
        &self,
        generation: Generation,
        api: PartnerApi,
        old: Credentials,
        new: Credentials,
    ) {
        let switched = move |written: Result<(), KeychainProblem>, holds| {
            let written = written.map(|()| KeyVersion::default());
            let written = written.map_err(KeyProblem::Keychain);
            Event::from((generation, RotationEvent::Switched { written, holds }))
        };
        let promise = self
            .outbox
            .promise(move || switched(Err(unanswered()), StoredKey::Unknown));
        self.keychain.call(move |keychain| {
            let item = item(&Profile::of(&old));
            let (written, holds) = replace(&**keychain, &item, &old.key, &new.key);
            if holds == StoredKey::New {
                api.use_key(&new);
            }
            promise.send(switched(written, holds));
        });
    }

    /// Makes the session use the new key. Called when the event is taken.
    pub(super) fn key_was_switched(&mut self, generation: Generation) {
        if let Some(session) = self.open_session_mut(generation)
            && let Some(new) = session.rotation_keys.new.take()
        {
            session.rotation_keys.old = Some(std::mem::replace(&mut session.credentials.key, new));
        }
    }

    fn check_old(&mut self, generation: Generation) {
        let old = self.old_key(generation);
        self.try_key(generation, old, RotationEvent::OldChecked);
    }

    fn issue_demo_key(&self) -> Option<ApiKey> {
        let demo = self.demo.as_ref()?.memory()?;
        ApiKey::parse(&demo.issue_api_key()).ok()
    }

    fn revoke_demo_key(&mut self, generation: Generation) {
        let old = self.old_key(generation);
        if let (Some(old), Some(demo)) = (old, self.demo.as_ref().and_then(RunningDemo::memory)) {
            demo.revoke_api_key(old.secret().expose_secret());
        }
    }

    fn in_rotation(
        &mut self,
        generation: Generation,
        work: impl Future<Output = RotationEvent> + Send + 'static,
    ) {
        self.in_session(generation, SessionTask::Rotation, |_| work);
    }

    fn report_rotation(&mut self, generation: Generation, event: RotationEvent) {
        self.in_rotation(generation, std::future::ready(event));
    }
}

/// Tests the new key and counts its businesses, then tests the old key.
async fn try_both(
    new: &PartnerApi,
    old: &PartnerApi,
    fingerprint: Fingerprint,
    clock: &dyn Clock,
) -> Result<VerifiedKey, Failure> {
    let asked = clock.now();
    new.sign_in().await?;
    let took = clock.now().boot.saturating_since(asked.boot);
    let businesses = new.count_businesses().await?;
    let old = old.sign_in().await;
    Ok(VerifiedKey {
        fingerprint,
        took,
        businesses,
        old,
        at: clock.now().wall,
    })
}

/// Compares the key that the source returned with both keys.
fn compare(
    found: Result<Box<FetchedKey>, KeyProblem>,
    old: &ApiKey,
    new: &ApiKey,
) -> (Result<KeyVersion, KeyProblem>, StoredKey) {
    let fetched = match found {
        Ok(found) => found,
        Err(problem) => return (Err(problem), StoredKey::Unknown),
    };
    let holds = which(&fetched.key, old, new);
    (Ok(fetched.version), holds)
}

fn which(found: &ApiKey, old: &ApiKey, new: &ApiKey) -> StoredKey {
    if found.is_same_as(new) {
        StoredKey::New
    } else if found.is_same_as(old) {
        StoredKey::Old
    } else {
        StoredKey::Neither
    }
}

/// Writes the new key, then reads it back: a store that reports success may have failed, and one that reports an error may have succeeded.
fn replace(
    keychain: &dyn Keychain,
    item: &KeychainItem,
    old: &ApiKey,
    new: &ApiKey,
) -> (Result<(), KeychainProblem>, StoredKey) {
    let written = keychain.write(item, new.secret());
    let holds = match keychain.read(item) {
        Ok(Some(found)) => ApiKey::parse(found.expose_secret())
            .map_or(StoredKey::Neither, |found| which(&found, old, new)),
        Ok(None) => StoredKey::Neither,
        Err(_) => StoredKey::Unknown,
    };
    (written, holds)
}

#[cfg(test)]
mod tests {
    use parking_lot::Mutex;
    use secrecy::SecretString;
    use uuid::Uuid;

    use super::*;
    use crate::domain::keychain::KeychainName;

    /// A store whose results do not match what it does.
    #[derive(Default)]
    struct UnreliableStore {
        /// What it holds, whatever is written; `None` to hold what is written.
        keeps: Option<&'static str>,
        says_no: bool,
        cannot_be_read: bool,
        held: Mutex<Option<String>>,
    }

    impl Keychain for UnreliableStore {
        fn name(&self) -> KeychainName {
            KeychainName::MacosKeychain
        }

        fn read(&self, _: &KeychainItem) -> Result<Option<SecretString>, KeychainProblem> {
            if self.cannot_be_read {
                return Err(KeychainProblem::Dismissed);
            }
            Ok(self.held.lock().clone().map(SecretString::from))
        }

        fn write(&self, _: &KeychainItem, secret: &SecretString) -> Result<(), KeychainProblem> {
            let kept = self.keeps.unwrap_or(secret.expose_secret());
            *self.held.lock() = (!kept.is_empty()).then(|| kept.to_owned());
            if self.says_no {
                Err(KeychainProblem::Dismissed)
            } else {
                Ok(())
            }
        }

        fn delete(&self, _: &KeychainItem) -> Result<bool, KeychainProblem> {
            panic!("a key is never deleted on the way to another");
        }
    }

    #[test]
    fn what_the_keychain_holds_counts_and_not_what_it_says() {
        let (old, new) = ("sk_the_old_one", "sk_the_new_one");
        let item = KeychainItem::new("api.thredfi.com", Uuid::from_u128(1));
        for (liar, expected) in [
            (UnreliableStore::default(), StoredKey::New),
            (
                UnreliableStore {
                    says_no: true,
                    ..UnreliableStore::default()
                },
                StoredKey::New,
            ),
            (
                UnreliableStore {
                    keeps: Some(old),
                    ..UnreliableStore::default()
                },
                StoredKey::Old,
            ),
            (
                UnreliableStore {
                    keeps: Some("sk_of_somebody"),
                    ..UnreliableStore::default()
                },
                StoredKey::Neither,
            ),
            (
                UnreliableStore {
                    keeps: Some(""),
                    ..UnreliableStore::default()
                },
                StoredKey::Neither,
            ),
            (
                UnreliableStore {
                    cannot_be_read: true,
                    ..UnreliableStore::default()
                },
                StoredKey::Unknown,
            ),
        ] {
            let says_no = liar.says_no;
            let keys = [old, new].map(|key| ApiKey::parse(key).unwrap());
            let (written, holds) = replace(&liar, &item, &keys[0], &keys[1]);
            assert_eq!((holds, written.is_err()), (expected, says_no));
        }
    }
}
