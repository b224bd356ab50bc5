//! What belongs to one signed-in profile: its list, selection, tokens and forms.

use std::collections::HashSet;
use std::time::Duration;

use crate::domain::business::{Business, BusinessDetail, BusinessId};
use crate::domain::failure::{Failure, FailureKind, Operation};
use crate::domain::profile::Profile;
use crate::domain::share_mode::ShareMode;
use crate::domain::time::{BootInstant, Now, next_second};
use crate::state::create::creating::CreateForm;
use crate::state::create::editing::EditForm;
use crate::state::import::page::Import;
use crate::state::list::overview::OverviewCount;
use crate::state::list::selected_rows::SelectedRows;
use crate::state::list::{Layout, Listing};
use crate::state::shell;
use crate::state::shell::messages::Page;
use crate::state::tokens::Tokens;

/// The selected business in full. The previous value stays until the next one has arrived.
#[derive(Debug, Default)]
pub struct DetailState {
    pub value: Option<BusinessDetail>,
    /// Why the latest attempt to read it failed.
    pub failure: Option<Failure>,
    /// Whether it is being read now.
    pub is_reading: bool,
}

/// A request that will be repeated.
#[derive(Debug)]
pub struct Retry {
    pub operation: Operation,
    /// When it is repeated.
    pub at: BootInstant,
    /// Why it failed.
    pub failure: Failure,
}

impl Retry {
    /// Time left until the request is repeated; zero once it is being sent.
    pub fn left(&self, now: BootInstant) -> Duration {
        self.at.saturating_since(now)
    }

    /// When the countdown next changes.
    pub(in crate::state) fn next_deadline(&self, now: BootInstant) -> Option<BootInstant> {
        let left = self.left(now);
        (!left.is_zero()).then(|| now.saturating_add(next_second(left)))
    }
}

/// The state of one signed-in profile.
#[derive(Debug)]
pub struct Workspace {
    pub profile: Profile,
    pub list: Listing,
    /// The statistics of the list, for the overview.
    pub overview: OverviewCount,
    /// When the filter is due to be saved.
    pub(in crate::state) filter_due: Option<BootInstant>,
    /// The layout of the list.
    pub layout: Layout,
    pub selected: Option<BusinessId>,
    /// A business that the list should scroll to.
    pub reveal: Option<BusinessId>,
    /// Whether the side pane is open.
    pub is_detail_open: bool,
    /// The rows selected together.
    pub selected_rows: SelectedRows,
    /// The business whose edit form opens once it has been read.
    pub(in crate::state) edit_wanted: Option<BusinessId>,
    pub detail: DetailState,
    /// A pasted id that was requested from the server because the list did not have it.
    pub looked_up: Option<BusinessId>,
    pub tokens: Tokens,
    /// The form for a new business.
    pub creating: CreateForm,
    /// The form for a stored business, while it is open.
    pub editing: Option<EditForm>,
    /// The import of a file.
    pub import: Import,
    /// Businesses with a request to archive or unarchive them under way.
    pub archiving: HashSet<BusinessId>,
    /// Whether the server supports archiving, as far as the console knows.
    pub offers_archive: bool,
    /// The business created most recently, and until when its row is highlighted.
    pub highlighted: Option<(BusinessId, BootInstant)>,
    pub page: Page,
    /// Why the sign-in could not be renewed.
    pub sign_in_failure: Option<Failure>,
    /// The request that waits to be repeated.
    pub retry: Option<Retry>,
    /// By how many seconds the server's clock is ahead, once that is worth mentioning.
    pub clock_skew_secs: Option<i64>,
    /// Whether the user has closed the banner about it.
    pub is_skew_dismissed: bool,
}

impl Workspace {
    /// The workspace of a profile that has just signed in.
    pub fn new(profile: Profile, layout: Layout, creating: CreateForm) -> Self {
        Self {
            profile,
            list: Listing::new(layout.sort),
            overview: OverviewCount::default(),
            filter_due: None,
            layout,
            selected: None,
            reveal: None,
            is_detail_open: false,
            selected_rows: SelectedRows::default(),
            edit_wanted: None,
            detail: DetailState::default(),
            looked_up: None,
            tokens: Tokens::default(),
            creating,
            editing: None,
            import: Import::default(),
            archiving: HashSet::new(),
            offers_archive: true,
            highlighted: None,
            page: Page::default(),
            sign_in_failure: None,
            retry: None,
            clock_skew_secs: None,
            is_skew_dismissed: false,
        }
    }

    /// The detail of the selected business, if it is the one that was read.
    pub fn selected_detail(&self) -> Option<&BusinessDetail> {
        self.detail
            .value
            .as_ref()
            .filter(|detail| Some(detail.business.id) == self.selected)
    }

    /// Whether the side pane is on screen.
    pub fn shows_pane(&self) -> bool {
        let Some(id) = self.selected.filter(|_| self.is_detail_open) else {
            return false;
        };
        match self.page {
            Page::Businesses => self.list.businesses().position(id).is_some(),
            Page::Tokens => self.tokens.get(id).is_some(),
            Page::Import | Page::Key | Page::History | Page::Overview | Page::Settings => false,
        }
    }

    /// When work is due that must be done even while the session is hidden.
    pub(in crate::state) fn next_due(&self, now: BootInstant) -> Option<BootInstant> {
        let is_loading = self.list.loading.is_running();
        let validation = (!is_loading && self.import.is_validation_due()).then_some(now);
        [self.creating.save_deadline(), self.filter_due, validation]
            .into_iter()
            .flatten()
            .min()
    }

    /// When work is due, or something on screen next changes.
    pub(in crate::state) fn next_deadline(&self, now: BootInstant) -> Option<BootInstant> {
        let loading =
            self.list.loading.progress(now).map(|progress| {
                now.saturating_add(shell::loading_stage::changes_in(progress.elapsed))
            });
        let retry = self
            .retry
            .as_ref()
            .and_then(|retry| retry.next_deadline(now));
        let fresh = self.highlighted.map(|(_, until)| until);
        let editing = self.editing.as_ref();
        let sent_at = self.creating.input.sent_at();
        let sent_at = sent_at.or_else(|| editing?.input.sent_at());
        let sending = sent_at.map(|since| {
            now.saturating_add(shell::loading_stage::seconds_change_in(
                now.saturating_since(since),
            ))
        });
        [
            self.next_due(now),
            loading,
            retry,
            fresh,
            sending,
            self.import.next_deadline(now),
            (self.page == Page::Overview)
                .then(|| self.overview.next_deadline(&self.list))
                .flatten(),
            self.tokens.next_deadline(now),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// Refreshes the rows if their filter or order depends on tokens.
    pub(in crate::state) fn tokens_changed(&mut self, now: Now) {
        self.list.tokens_changed(&self.tokens.live_expiries(now));
    }

    /// Whether the user has to confirm before this business is archived, because it is a real one.
    pub fn asks_before_archiving(&self, business: BusinessId) -> bool {
        self.profile.environment.is_production() && !self.list.is_archived(business)
    }

    /// The pause before a request of this kind is repeated.
    pub fn retry_of(&self, operation: Operation) -> Option<&Retry> {
        let retry = self.retry.as_ref();
        retry.filter(|retry| retry.operation == operation)
    }

    /// Records that no request of this kind is waiting to be repeated.
    pub(in crate::state) fn clear_retry(&mut self, operation: Operation) {
        self.retry.take_if(|retry| retry.operation == operation);
    }

    /// Whether a request of this kind failed and is waiting to be repeated. Not in the last second, when it may already be sent.
    pub(in crate::state) fn waits_to_repeat(&self, operation: Operation, now: Now) -> bool {
        self.retry_of(operation)
            .is_some_and(|retry| retry.left(now.boot) > Duration::from_secs(1))
    }

    /// Records a failure of the sign-in itself, to be shown in one location whatever request it interrupted. A success
    /// clears it. Any other failure does not, because the request may have failed before or while signing in.
    /// Deselects rows that are no longer shown, so that nothing is done with rows that nobody sees.
    pub(in crate::state) fn deselect_hidden(&mut self) {
        let list = &self.list;
        self.selected_rows
            .retain(|id| list.position_of(id).is_some());
    }

    pub(in crate::state) fn note_sign_in(&mut self, failure: Option<&Failure>) {
        let is_of_sign_in = |failure: &Failure| {
            matches!(
                failure.kind,
                FailureKind::KeyRejected
                    | FailureKind::SessionRejected
                    | FailureKind::SignInUnusable(_)
            )
        };
        if failure.is_none_or(is_of_sign_in) {
            self.sign_in_failure = failure.cloned();
        }
    }

    /// A server's text about a business, without personal data in share mode: servers quote what they were sent.
    pub(in crate::state) fn without_personal(
        &self,
        id: BusinessId,
        text: &str,
        share: ShareMode,
    ) -> String {
        let row = self.list.businesses().get(id);
        let personal = row.as_ref().map(Business::personal);
        share.scrub(text, &personal.unwrap_or_default())
    }
}
