//! A pause that a server asked for (`Retry-After`, RFC 9110, section 10.2.3). Everything that asks this server keeps it.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use url::Url;

use crate::domain::environment::BaseUrl;
use crate::domain::failure::{Failure, Operation};
use crate::domain::time::BootInstant;

/// What is longer is as long as this run, and clocks end.
const LONGEST: Duration = Duration::from_hours(10 * 366 * 24);

/// The pauses of all servers, for all clients that are made with it. Clones are the same.
#[derive(Debug, Clone, Default)]
pub struct Pauses(Arc<Mutex<HashMap<String, Arc<SharedPause>>>>);

impl Pauses {
    pub(super) fn of(&self, base: &BaseUrl) -> Arc<SharedPause> {
        let mut servers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(servers.entry(base.to_string()).or_default())
    }
}

/// What the user wants to have done; it may take several requests.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Errand {
    pub(super) operation: Operation,
    /// Details are read whenever a row is selected: having been told of one row is no wish to insist for another.
    path: Option<String>,
    /// Its user can be told of a pause, and ask again.
    pub(super) may_insist: bool,
}

impl Errand {
    pub(super) fn new(operation: Operation, url: &Url, may_insist: bool) -> Self {
        let is_read = operation == Operation::ReadBusiness;
        Self {
            operation,
            path: is_read.then(|| url.path().to_owned()),
            may_insist,
        }
    }
}

/// The pause of one server.
#[derive(Debug, Default)]
pub(super) struct SharedPause(Mutex<Option<Pause>>);

/// A pause as it stands.
#[derive(Debug, Clone)]
pub(super) struct Pause {
    until: BootInstant,
    /// By the clock of the runtime, which stands still while the computer sleeps: who has waited by it has waited.
    ends: Instant,
    /// The answer that asked for it, without what the server said to that partner.
    pub(super) failure: Failure,
    /// What the user was refused because of it: whoever asks for the same again knows of the pause and does not want
    /// to wait.
    told: HashSet<Errand>,
}

impl SharedPause {
    /// Takes what `failure` asks for, if it asks for anything. A longer pause stays.
    pub(super) fn begin(&self, failure: &Failure, now: BootInstant) {
        let Some(asked) = failure.asked_pause().map(|asked| asked.min(LONGEST)) else {
            return;
        };
        let until = now.saturating_add(asked);
        let mut pause = self.lock();
        if pause.as_ref().is_none_or(|pause| pause.until < until) {
            *pause = Some(Pause {
                until,
                ends: Instant::now() + asked,
                failure: Failure {
                    detail: None,
                    ..failure.clone()
                },
                told: HashSet::new(),
            });
        }
    }

    /// The pause, while it lasts, and how long that is.
    pub(super) fn current(&self, now: BootInstant) -> Option<(Duration, Pause)> {
        let pause = self.lock().clone()?;
        let left = pause.until.saturating_since(now);
        let left = left.min(pause.ends.saturating_duration_since(Instant::now()));
        (!left.is_zero()).then_some((left, pause))
    }

    /// The user learns that `errand` has failed because of the pause.
    pub(super) fn tell(&self, errand: &Errand) {
        if let Some(pause) = &mut *self.lock()
            && errand.may_insist
        {
            pause.told.insert(errand.clone());
        }
    }

    /// Whether the user has learned that `errand` is to wait, and asks for it once more.
    pub(super) fn is_insisted_on(&self, errand: &Errand) -> bool {
        let pause = self.lock();
        let told = pause.as_ref().map(|pause| &pause.told);
        told.is_some_and(|told| told.contains(errand))
    }

    /// The user does not want to wait any longer.
    pub(super) fn end(&self) {
        *self.lock() = None;
    }

    fn lock(&self) -> MutexGuard<'_, Option<Pause>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
