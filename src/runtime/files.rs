//! Writes preferences and drafts, in order and off the UI thread.

use tokio::sync::oneshot;

use super::Runtime;
use crate::state::create::creating::Drafts;
use crate::state::shell::saved::Saved;

impl Runtime {
    pub(super) fn write_preferences(&self, saved: Saved) {
        if let Some(files) = &self.files {
            files.call(move |files| files.write_preferences(&saved));
        }
    }

    pub(super) fn write_drafts(&self, drafts: Drafts) {
        if let Some(files) = &self.files {
            files.call(move |files| files.write_drafts(&drafts));
        }
    }

    /// Completes when all drafts sent so far are on disk, or with the reason why they are not.
    pub(super) fn drafts_written(&self) -> impl Future<Output = Result<(), String>> + Send + use<> {
        let (reached, is_reached) = oneshot::channel();
        let tell = |written| {
            let _ = reached.send(written);
        };
        match &self.files {
            Some(files) => files.call(|files| tell(files.drafts_on_disk.clone())),
            // Without a folder, nothing is written.
            None => tell(Ok(())),
        }
        async move {
            is_reached
                .await
                .unwrap_or_else(|_| Err("the thread that writes has ended".to_owned()))
        }
    }
}
