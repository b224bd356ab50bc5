//! Reads the key of a profile: for the command line, which has no state, and from external sources also for the window.

use std::sync::Arc;

use secrecy::SecretString;

use super::keychain_calls::{answer_item, known, stored};
use super::worker::Worker;
use crate::domain::credentials::PartnerId;
use crate::domain::key_source::{ExternalSource, FetchedKey, KeyProblem, KeySource};
use crate::domain::profile::Profile;
use crate::key_sources::{FetchContext, fetch_key};
use crate::platform::keychain::Keychain;

/// Reads keys from their sources.
#[derive(Clone)]
pub struct KeyReader {
    pub(super) context: FetchContext,
    pub(super) keychain: Arc<Worker<Arc<dyn Keychain>>>,
}

impl KeyReader {
    /// A reader that uses these services. Requests nothing yet.
    pub fn new(context: FetchContext, keychain: Arc<dyn Keychain>) -> Self {
        let keychain = Arc::new(Worker::start("keychain", keychain));
        Self { context, keychain }
    }

    /// Reads the key of a profile once. `None` if its source has no key or cannot be read again. The caller must have checked that the user has
    /// approved an external source.
    ///
    /// # Errors
    /// [`KeyProblem`]; if no answer arrives in time, it is a problem of the keychain.
    pub async fn read(
        &self,
        profile: &Profile,
        source: &KeySource,
    ) -> Result<Option<Box<FetchedKey>>, KeyProblem> {
        match source {
            KeySource::External(source) => {
                let source = ExternalSource::clone(source);
                let found = self.clone().fetch(source, Some(profile.partner), None);
                Ok(Some(found.await?))
            }
            KeySource::Keychain => self.ask_keychain(profile.clone()).await,
            KeySource::Typed | KeySource::Variables | KeySource::Demo => Ok(None),
        }
    }

    async fn ask_keychain(&self, profile: Profile) -> Result<Option<Box<FetchedKey>>, KeyProblem> {
        let partner = profile.partner;
        let read = self
            .keychain
            .answer(move |keychain| stored(keychain, &profile));
        let key = read.await.map_err(KeyProblem::Keychain)?;
        Ok(key.map(|key| known(partner, key, KeySource::Keychain)))
    }

    /// Fetches the key from an external source once. `typed` is the user's answer to its prompt.
    pub(super) async fn fetch(
        mut self,
        source: ExternalSource,
        partner: Option<PartnerId>,
        typed: Option<SecretString>,
    ) -> Result<Box<FetchedKey>, KeyProblem> {
        self.context.answer = self.answer(&source, typed).await?;
        let fetched = fetch_key(source, partner, &self.context).await;
        fetched.map(Box::new).map_err(KeyProblem::Source)
    }

    /// The answer to the source's prompt: typed by the user, or stored in the keychain.
    async fn answer(
        &self,
        source: &ExternalSource,
        typed: Option<SecretString>,
    ) -> Result<Option<SecretString>, KeyProblem> {
        let Some(prompt) = source.prompt() else {
            return Ok(None);
        };
        if typed.is_some() {
            return Ok(typed);
        }
        if !prompt.is_saved {
            return Err(KeyProblem::NeedsAnswer);
        }
        let Some(item) = answer_item(source) else {
            return Err(KeyProblem::NeedsAnswer);
        };
        let kept = self.keychain.answer(move |keychain| keychain.read(&item));
        match kept.await.map_err(KeyProblem::Keychain)? {
            Some(answer) => Ok(Some(answer)),
            None => Err(KeyProblem::NeedsAnswer),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use parking_lot::Mutex;
    use tokio::time::timeout;
    use uuid::Uuid;

    use super::*;
    use crate::domain::environment::Environment;
    use crate::domain::key_source::{SourceKind, TypedSource};
    use crate::domain::keychain::{KeychainName, KeychainProblem};
    use crate::domain::network::NetworkSettings;
    use crate::doubles::ManualClock;
    use crate::platform::keychain::KeychainItem;

    /// A keychain whose prompt stays unanswered until the other end is dropped.
    struct LockedKeychain(Mutex<mpsc::Receiver<()>>);

    impl Keychain for LockedKeychain {
        fn name(&self) -> KeychainName {
            KeychainName::MacosKeychain
        }

        fn read(&self, _: &KeychainItem) -> Result<Option<SecretString>, KeychainProblem> {
            let prompt = self.0.lock();
            prompt.recv().map_err(|_| KeychainProblem::Dismissed)?;
            Ok(None)
        }

        fn write(&self, _: &KeychainItem, _: &SecretString) -> Result<(), KeychainProblem> {
            Err(KeychainProblem::Dismissed)
        }

        fn delete(&self, _: &KeychainItem) -> Result<bool, KeychainProblem> {
            Err(KeychainProblem::Dismissed)
        }
    }

    async fn read_from_locked_keychain(source: &KeySource) -> KeyProblem {
        let (prompt, asked) = mpsc::channel();
        let context = FetchContext {
            network: NetworkSettings::default(),
            variable: Arc::new(|_| None),
            home: None,
            answer: None,
            clock: Arc::new(ManualClock::default()),
        };
        let reader = KeyReader::new(context, Arc::new(LockedKeychain(Mutex::new(asked))));
        let profile = Profile {
            environment: Environment::Sandbox,
            partner: PartnerId(Uuid::from_u128(1)),
        };
        let read = timeout(Duration::from_hours(1), reader.read(&profile, source)).await;
        drop(prompt);
        read.expect("the time is limited").unwrap_err()
    }

    #[tokio::test(start_paused = true)]
    async fn a_prompt_that_nobody_answers_ends_by_a_limit() {
        // Its secret id is in the keychain.
        let app_role = TypedSource::blank(SourceKind::Vault)
            .with("address", "http://127.0.0.1:1")
            .with("path", "secret/thred")
            .with("login", "approle")
            .with("role_id", "console");
        let app_role = ExternalSource::read(&app_role).unwrap();
        for source in [KeySource::Keychain, KeySource::from(app_role)] {
            let no_answer = KeychainProblem::TimedOut { secs: 60 };
            assert_eq!(
                read_from_locked_keychain(&source).await,
                KeyProblem::Keychain(no_answer),
                "{source:?}"
            );
        }
    }
}
