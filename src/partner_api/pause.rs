//! A pause that a server asked for (`Retry-After`, RFC 9110, section 10.2.3). It applies to every request to this server.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::Instant;
use url::Url;

use crate::domain::environment::BaseUrl;
use crate::domain::failure::{Failure, Operation};
use crate::domain::time::BootInstant;

/// Longer pauses are cut to this, because clocks cannot represent arbitrary lengths. It outlasts any run of the console.
const MAX_LEN: Duration = Duration::from_hours(10 * 366 * 24);

/// The pauses of all servers, shared by all clients created with it. Clones refer to the same pauses.
#[derive(Debug, Clone, Default)]
pub struct Pauses(Arc<Mutex<HashMap<String, Arc<SharedPause>>>>);

impl Pauses {
    pub(super) fn of(&self, base: &BaseUrl) -> Arc<SharedPause> {
        let mut servers = self.0.lock();
        Arc::clone(servers.entry(base.to_string()).or_default())
    }
}

/// What the user wants done; it may take several requests.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct UserIntent {
    pub(super) operation: Operation,
    /// Set for reading a business. Selecting a row reads it, so a user who saw the pause on one row has not asked to override it by
    /// selecting another.
    path: Option<String>,
    /// Whether the user can be told about a pause and then insist.
    pub(super) may_override: bool,
}

impl UserIntent {
    pub(super) fn new(operation: Operation, url: &Url, may_override: bool) -> Self {
        let is_read = operation == Operation::ReadBusiness;
        Self {
            operation,
            path: is_read.then(|| url.path().to_owned()),
            may_override,
        }
    }
}

/// The pause of one server.
#[derive(Debug, Default)]
pub(super) struct SharedPause(Mutex<Option<Pause>>);

#[derive(Debug, Clone)]
pub(super) struct Pause {
    pub(super) until: BootInstant,
    /// By the runtime's clock, which stops while the computer sleeps: a wait by this clock is never too short.
    ends: Instant,
    /// The response that asked for the pause, without its text, which was meant for that partner only.
    pub(super) failure: Failure,
    /// What the user was denied because of it. A user who requests the same again knows of the pause and does not want to wait.
    denied: HashSet<UserIntent>,
}

impl SharedPause {
    /// Starts the pause that `failure` asks for, if any. A longer current pause stays.
    pub(super) fn begin(&self, failure: &Failure, now: BootInstant) {
        let Some(asked) = failure.requested_pause().map(|asked| asked.min(MAX_LEN)) else {
            return;
        };
        let until = now.saturating_add(asked);
        let mut pause = self.0.lock();
        if pause.as_ref().is_none_or(|pause| pause.until < until) {
            *pause = Some(Pause {
                until,
                ends: Instant::now() + asked,
                failure: Failure {
                    detail: None,
                    ..failure.clone()
                },
                denied: HashSet::new(),
            });
        }
    }

    /// The current pause and the time left.
    pub(super) fn current(&self, now: BootInstant) -> Option<(Duration, Pause)> {
        let pause = self.0.lock().clone()?;
        let left = pause.until.saturating_since(now);
        let left = left.min(pause.ends.saturating_duration_since(Instant::now()));
        (!left.is_zero()).then_some((left, pause))
    }

    /// Records that the user saw `intent` fail because of the pause.
    pub(super) fn record_denied(&self, intent: &UserIntent) {
        if let Some(pause) = &mut *self.0.lock()
            && intent.may_override
        {
            pause.denied.insert(intent.clone());
        }
    }

    /// Whether the user knows that `intent` has to wait, and requests it again.
    pub(super) fn is_repeated_by_user(&self, intent: &UserIntent) -> bool {
        let pause = self.0.lock();
        let denied = pause.as_ref().map(|pause| &pause.denied);
        denied.is_some_and(|denied| denied.contains(intent))
    }

    /// Ends the pause until `known_end`, because the user does not want to wait any longer. A longer one was asked for later and stays.
    pub(super) fn end(&self, known_end: BootInstant) {
        self.0.lock().take_if(|pause| pause.until <= known_end);
    }
}
