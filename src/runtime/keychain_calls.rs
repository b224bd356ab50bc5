//! Calls to the keychain's thread.

use std::sync::Arc;
use std::time::Duration;

use secrecy::ExposeSecret as _;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::worker::Worker;
use crate::domain::credentials::{ApiKey, PartnerId};
use crate::domain::key_source::{ExternalSource, FetchedKey, KeySource, KeyVersion};
use crate::domain::keychain::KeychainProblem;
use crate::domain::profile::Profile;
use crate::platform::keychain::{Keychain, KeychainItem};

/// A user may have to type the password of the keychain, but a script or a sign-in that others wait for must not hang forever.
const ANSWER_LIMIT: Duration = Duration::from_secs(60);

impl Worker<Arc<dyn Keychain>> {
    /// Calls the keychain after all earlier calls and waits for its answer.
    ///
    /// # Errors
    /// [`KeychainProblem::TimedOut`] after [`ANSWER_LIMIT`]. The prompt of the system may stay open.
    pub(super) async fn answer<T: Send + 'static>(
        &self,
        call: impl FnOnce(&dyn Keychain) -> Result<T, KeychainProblem> + Send + 'static,
    ) -> Result<T, KeychainProblem> {
        let (sender, receiver) = oneshot::channel();
        self.call(move |keychain| {
            // The receiver may be gone.
            let _ = sender.send(call(&**keychain));
        });
        match timeout(ANSWER_LIMIT, receiver).await {
            Ok(answer) => answer.unwrap_or_else(|_| Err(unanswered())),
            Err(_) => Err(KeychainProblem::TimedOut {
                secs: ANSWER_LIMIT.as_secs(),
            }),
        }
    }
}

/// The problem to report if the keychain's thread has died or never started.
pub(super) fn unanswered() -> KeychainProblem {
    let detail = "the keychain call ended unexpectedly".to_owned();
    KeychainProblem::Other { detail }
}

/// A key whose partner is already known.
pub(super) fn known(partner: PartnerId, key: ApiKey, source: KeySource) -> Box<FetchedKey> {
    Box::new(FetchedKey {
        partner,
        key,
        version: KeyVersion::default(),
        source,
    })
}

/// The profile's key in the keychain.
pub(super) fn stored(
    keychain: &dyn Keychain,
    profile: &Profile,
) -> Result<Option<ApiKey>, KeychainProblem> {
    let Some(secret) = keychain.read(&item(profile))? else {
        return Ok(None);
    };
    let key = ApiKey::parse(secret.expose_secret()).map_err(|_| KeychainProblem::NotText)?;
    Ok(Some(key))
}

/// The keychain item for the key of a profile.
pub(super) fn item(profile: &Profile) -> KeychainItem {
    KeychainItem::new(profile.environment.host(), profile.partner.0)
}

/// The keychain item for the answer to a source's prompt.
pub(super) fn answer_item(source: &ExternalSource) -> Option<KeychainItem> {
    let id = source.answer_id()?;
    Some(KeychainItem::answer(&id, &source.name()))
}
