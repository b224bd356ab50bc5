//! Reads the key of a profile for the command line, which has no state.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;

use super::key_sources::SourceReader;
use super::keys::{stored, unanswered};
use super::worker::Worker;
use crate::domain::key_source::{ExternalSource, FetchedKey, KeyProblem, KeySource, KeyVersion};
use crate::domain::keychain::KeychainProblem;
use crate::domain::profile::Profile;
use crate::key_sources::FetchContext;
use crate::platform::keychain::Keychain;

/// A user may have to type the password of the keychain, but a script must not hang forever.
const LIMIT: Duration = Duration::from_secs(60);

/// Reads keys from all sources of profiles, with the same code as the window.
pub struct KeyReader(SourceReader);

impl KeyReader {
    /// A reader that uses these services. Requests nothing yet.
    pub fn new(context: FetchContext, keychain: Arc<dyn Keychain>) -> Self {
        let keychain = Arc::new(Worker::start("keychain", keychain));
        Self(SourceReader { context, keychain })
    }

    /// Reads the key of a profile once. `None` if its source has no key or cannot be read again. The caller must have checked that the user has
    /// agreed to an external source.
    ///
    /// # Errors
    /// [`KeyProblem`]; if no answer arrives in time, it is a problem of the keychain.
    pub async fn read(
        &self,
        profile: &Profile,
        source: &KeySource,
    ) -> Result<Option<FetchedKey>, KeyProblem> {
        match source {
            KeySource::External(source) => {
                let place = ExternalSource::clone(source);
                let found = self.0.clone().fetch(place, Some(profile.partner), None);
                Ok(Some(found.await?.fetched))
            }
            KeySource::Keychain => self.ask_keychain(profile.clone()).await,
            KeySource::Typed | KeySource::Variables | KeySource::Demo => Ok(None),
        }
    }

    async fn ask_keychain(&self, profile: Profile) -> Result<Option<FetchedKey>, KeyProblem> {
        let partner = profile.partner;
        let (tell, told) = oneshot::channel();
        self.0.keychain.call(move |keychain| {
            // The receiver may be gone.
            let _ = tell.send(stored(&**keychain, &profile));
        });
        let answered = timeout(LIMIT, told).await.map_err(|_| {
            let secs = LIMIT.as_secs();
            KeyProblem::Keychain(KeychainProblem::NoAnswer { secs })
        })?;
        let key = answered.unwrap_or_else(|_| Err(unanswered()));
        let key = key.map_err(KeyProblem::Keychain)?;
        Ok(key.map(|key| FetchedKey {
            partner,
            key,
            version: KeyVersion::default(),
        }))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Mutex, PoisonError, mpsc};

    use secrecy::SecretString;
    use uuid::Uuid;

    use super::*;
    use crate::domain::credentials::PartnerId;
    use crate::domain::environment::Environment;
    use crate::domain::keychain::KeychainName;
    use crate::domain::network::NetworkSettings;
    use crate::domain::time::ManualClock;
    use crate::platform::keychain::KeychainItem;

    /// A keychain whose prompt stays unanswered until the other end is dropped.
    struct LockedKeychain(Mutex<mpsc::Receiver<()>>);

    impl Keychain for LockedKeychain {
        fn name(&self) -> KeychainName {
            KeychainName::InMemory
        }

        fn read(&self, _: &KeychainItem) -> Result<Option<SecretString>, KeychainProblem> {
            let prompt = self.0.lock().unwrap_or_else(PoisonError::into_inner);
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

    #[tokio::test(start_paused = true)]
    async fn a_prompt_that_nobody_answers_ends_by_a_limit() {
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
        let read = reader.read(&profile, &KeySource::Keychain).await;
        let no_answer = KeychainProblem::NoAnswer { secs: 60 };
        assert_eq!(read.unwrap_err(), KeyProblem::Keychain(no_answer));
        drop(prompt);
    }
}
