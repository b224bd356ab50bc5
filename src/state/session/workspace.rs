//! What belongs to one signed-in profile: its list, its selection, its tokens.

use std::collections::HashSet;
use std::time::Duration;

use crate::domain::business::{Business, BusinessDetail, BusinessId};
use crate::domain::failure::{Failure, FailureKind, Operation};
use crate::domain::profile::Profile;
use crate::domain::share::Share;
use crate::domain::time::{BootInstant, Now, next_second};
use crate::state::create::creating::{CreatePhase, Creating};
use crate::state::create::editing::{EditPhase, Editing};
use crate::state::import::page::Import;
use crate::state::list::marks::Marks;
use crate::state::list::overview::PortfolioCount;
use crate::state::list::shortlist::Shortlist;
use crate::state::list::{Layout, Listing};
use crate::state::shell;
use crate::state::shell::messages::Page;
use crate::state::tokens::Tokens;

/// A value that is read from the server now and then; reading again keeps what was there.
#[derive(Debug)]
pub struct Remote<T> {
    /// What was last read.
    pub value: Option<T>,
    /// Why the last reading failed.
    pub failure: Option<Failure>,
    /// Whether it is being read.
    pub is_reading: bool,
}

impl<T> Default for Remote<T> {
    fn default() -> Self {
        Self {
            value: None,
            failure: None,
            is_reading: false,
        }
    }
}

/// A request that will be repeated.
#[derive(Debug)]
pub struct Retry {
    /// What is repeated.
    pub operation: Operation,
    /// When.
    pub at: BootInstant,
    /// Why.
    pub failure: Failure,
}

impl Retry {
    /// How long it still waits; zero once the request is on its way again.
    pub fn left(&self, now: BootInstant) -> Duration {
        self.at.saturating_since(now)
    }

    /// When the seconds that are left read differently.
    pub(in crate::state) fn next_deadline(&self, now: BootInstant) -> Option<BootInstant> {
        let left = self.left(now);
        (!left.is_zero()).then(|| now.saturating_add(next_second(left)))
    }
}

/// One profile's world.
#[derive(Debug)]
pub struct Workspace {
    /// Whose.
    pub profile: Profile,
    /// The list.
    pub list: Listing,
    /// What is pinned, and what was opened last.
    pub shortlist: Shortlist,
    /// What the list is made of, while that is looked at.
    pub overview: PortfolioCount,
    /// When the filter has to be on disk.
    pub(in crate::state) filter_due: Option<BootInstant>,
    /// How the table is arranged.
    pub layout: Layout,
    /// The selected business.
    pub selected: Option<BusinessId>,
    /// A business that the list should scroll to.
    pub reveal: Option<BusinessId>,
    /// Whether the detail pane is open.
    pub is_detail_open: bool,
    /// Rows that are chosen together.
    pub marks: Marks,
    /// The form for this business opens once it has been read.
    pub(in crate::state) edit_wanted: Option<BusinessId>,
    /// The selected business in full.
    pub detail: Remote<BusinessDetail>,
    /// A pasted id that was looked up because the list did not have it.
    pub looked_up: Option<BusinessId>,
    /// The tokens.
    pub tokens: Tokens,
    /// The form for a new business.
    pub creating: Creating,
    /// The form for a stored business, while it is open.
    pub editing: Option<Editing>,
    /// Businesses from a file.
    pub import: Import,
    /// Businesses that were archived in this session.
    pub archived: HashSet<BusinessId>,
    /// Businesses whose request to archive or to take back is under way.
    pub archiving: HashSet<BusinessId>,
    /// Whether the server archives at all, as far as is known.
    pub offers_archive: bool,
    /// A business that was created a moment ago, and until when its row is marked.
    pub fresh: Option<(BusinessId, BootInstant)>,
    /// The page that is shown.
    pub page: Page,
    /// Why the sign-in could not be renewed.
    pub sign_in_failure: Option<Failure>,
    /// A request that waits to be repeated.
    pub retry: Option<Retry>,
    /// How far the server's clock is ahead, in seconds, once it is worth telling.
    pub clock_skew_secs: Option<i64>,
}

impl Workspace {
    /// The world of a profile that has just signed in.
    pub fn new(profile: Profile, layout: Layout, creating: Creating) -> Self {
        Self {
            profile,
            list: Listing::new(layout.sort),
            shortlist: Shortlist::default(),
            overview: PortfolioCount::default(),
            filter_due: None,
            layout,
            selected: None,
            reveal: None,
            is_detail_open: false,
            marks: Marks::default(),
            edit_wanted: None,
            detail: Remote::default(),
            looked_up: None,
            tokens: Tokens::default(),
            creating,
            editing: None,
            import: Import::default(),
            archived: HashSet::new(),
            archiving: HashSet::new(),
            offers_archive: true,
            fresh: None,
            page: Page::default(),
            sign_in_failure: None,
            retry: None,
            clock_skew_secs: None,
        }
    }

    /// The detail of the selected business, if it is the one that was read.
    pub fn selected_detail(&self) -> Option<&BusinessDetail> {
        self.detail
            .value
            .as_ref()
            .filter(|detail| Some(detail.business.id) == self.selected)
    }

    /// When something has to be done, whether or not anybody sees it.
    pub(in crate::state) fn next_due(&self, now: BootInstant) -> Option<BootInstant> {
        let is_loading = self.list.loading.is_running();
        let judging = (!is_loading && self.import.is_judging_due()).then_some(now);
        [self.creating.save_deadline(), self.filter_due, judging]
            .into_iter()
            .flatten()
            .min()
    }

    /// When something about waiting next reads differently.
    pub(in crate::state) fn next_deadline(&self, now: BootInstant) -> Option<BootInstant> {
        let loading =
            self.list.loading.progress(now).map(|progress| {
                now.saturating_add(shell::loading_stage::changes_in(progress.elapsed))
            });
        let retry = self
            .retry
            .as_ref()
            .and_then(|retry| retry.next_deadline(now));
        let fresh = self.fresh.map(|(_, until)| until);
        let sending = match (&self.creating.phase, &self.editing) {
            (CreatePhase::Sending { since }, _) => Some(*since),
            (
                _,
                Some(Editing {
                    phase: EditPhase::Sending { since },
                    ..
                }),
            ) => Some(*since),
            _ => None,
        };
        let sending = sending.map(|since| {
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
}

impl Workspace {
    /// The pause before a request of this kind is sent again.
    pub fn retry_of(&self, operation: Operation) -> Option<&Retry> {
        let retry = self.retry.as_ref();
        retry.filter(|retry| retry.operation == operation)
    }

    /// Nothing of this kind is repeated any more.
    pub(in crate::state) fn clear_retry(&mut self, operation: Operation) {
        if self
            .retry
            .as_ref()
            .is_some_and(|retry| retry.operation == operation)
        {
            self.retry = None;
        }
    }

    /// Whether a request was refused and is not on its way again; the last second is too late to be sure of that.
    pub(in crate::state) fn waits_to_repeat(&self, operation: Operation, now: Now) -> bool {
        self.retry.as_ref().is_some_and(|retry| {
            retry.operation == operation
                && retry.at.saturating_since(now.boot) > Duration::from_secs(1)
        })
    }

    /// A failed renewal is told in one place, whatever it interrupted.
    pub(in crate::state) fn note_sign_in(&mut self, failure: Option<&Failure>) {
        self.sign_in_failure = failure
            .filter(|failure| {
                matches!(
                    failure.kind,
                    FailureKind::KeyRefused
                        | FailureKind::SignInNotAccepted
                        | FailureKind::SignInUnusable(_)
                )
            })
            .cloned();
    }

    /// What is told of a business, without its name in share mode: servers quote what they were asked.
    pub(in crate::state) fn told_of(&self, id: BusinessId, text: &str, share: Share) -> String {
        let row = self.list.book().get(id);
        let personal = row.as_ref().map(Business::personal);
        share.scrub(text, &personal.unwrap_or_default())
    }
}
