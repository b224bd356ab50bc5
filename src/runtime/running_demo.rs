//! The embedded server while it runs.

use std::sync::{Arc, OnceLock};

use tokio::task::AbortHandle;

use crate::demo::{DemoServer, DemoState};
use crate::domain::credentials::{ApiKey, Credentials, PartnerId};
use crate::domain::environment::{BaseUrl, Environment};

/// The embedded server. Dropping it stops the server and discards its businesses.
pub(super) struct RunningDemo {
    pub(super) task: AbortHandle,
    /// Set once the server is running.
    pub(super) served: Arc<OnceLock<DemoEndpoint>>,
}

pub(super) struct DemoEndpoint {
    base: BaseUrl,
    memory: DemoState,
}

impl RunningDemo {
    /// The server's state, once it is running; creates and revokes API keys.
    pub(super) fn memory(&self) -> Option<&DemoState> {
        self.served.get().map(|served| &served.memory)
    }

    pub(super) fn credentials(&self) -> Option<Credentials> {
        self.served.get()?.credentials().ok()
    }
}

impl DemoEndpoint {
    pub(super) fn of(server: &DemoServer) -> Result<Self, String> {
        Ok(Self {
            base: BaseUrl::parse(&server.base_url()).map_err(|error| error.to_string())?,
            memory: server.state().clone(),
        })
    }

    /// Credentials with the newest key, because an older one may have been revoked.
    pub(super) fn credentials(&self) -> Result<Credentials, String> {
        let key = self.memory.newest_api_key().unwrap_or_default();
        Ok(Credentials {
            environment: Environment::Demo(self.base.clone()),
            partner: PartnerId(self.memory.partner_id()),
            key: ApiKey::parse(&key)?,
        })
    }
}

impl Drop for RunningDemo {
    fn drop(&mut self) {
        self.task.abort();
    }
}
