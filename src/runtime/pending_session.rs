//! A sign-in in progress.

use super::running_demo::RunningDemo;
use super::session::ApiSession;
use super::source_fetch::SourceFetch;

/// What a sign-in has started so far.
#[derive(Default)]
pub(super) struct PendingSession {
    pub(super) session: Option<ApiSession>,
    /// The embedded server it signs in to.
    pub(super) demo: Option<RunningDemo>,
    /// The fetch of its key from an external source.
    pub(super) fetch: Option<SourceFetch>,
}
