//! Reads the whole list, which may change while it is being read.

mod byte_budget;
mod load;
mod reading;
mod ready_page;
#[cfg(test)]
mod simulation;

use crate::domain::business::BusinessId;
use crate::domain::failure::Failure;
use crate::domain::filter::SearchableBusiness;

pub(super) use byte_budget::ByteBudget;
pub(super) use load::load;
pub(super) use ready_page::ReadyPage;

/// News of a list that is being read.
#[derive(Debug, Clone, PartialEq)]
pub enum ListProgress {
    /// Businesses that were not sent before. There may be none, where only the total is news.
    Page {
        /// The businesses.
        rows: Vec<SearchableBusiness>,
        /// Businesses sent so far, these included.
        loaded: u64,
        /// How many there are, as far as the server says.
        total: Option<u64>,
    },
    /// The list changed while it was read and is read again; businesses not sent before follow as
    /// [`ListProgress::Page`].
    Rereading,
    /// Businesses that were sent before and are no longer in the list.
    Gone {
        /// Their ids.
        ids: Vec<BusinessId>,
    },
}

/// How reading came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListEnd {
    /// The last page was read.
    LastPage,
    /// Pages repeated earlier ones, so that going on would have been a circle.
    Circle,
    /// More pages or businesses than are taken.
    Cap,
    /// Nobody listens any more.
    Abandoned,
}

/// What is known of the list once it has been read.
#[derive(Debug, Clone, PartialEq)]
pub struct ListSummary {
    /// How it ended.
    pub end: ListEnd,
    /// How many there are, as the server said last.
    pub total: Option<u64>,
    /// Different businesses sent and not withdrawn.
    pub unique: u64,
    /// Rows that came twice when the list was read last.
    pub repeated: u64,
    /// Rows without a usable id, which are left out.
    pub unreadable: u64,
    /// Whether the list changed in front of rows that were still to come, while it was read last.
    pub moved: bool,
    /// Pages that were answered, those of repeated reading included.
    pub pages: u32,
    /// How often the list was read again because it had changed.
    pub rereads: u32,
    /// Why it could not be read again; what was sent before is still valid, but may have gaps.
    pub reread_failure: Option<Failure>,
}

impl ListSummary {
    /// Businesses that exist by the server's count and were not among the answers.
    pub fn missing(&self) -> u64 {
        self.total
            .unwrap_or(0)
            .saturating_sub(self.unique + self.unreadable)
    }

    /// Businesses more than the server counts; some of them are likely to be gone.
    pub fn surplus(&self) -> u64 {
        self.total.map_or(0, |total| {
            (self.unique + self.unreadable).saturating_sub(total)
        })
    }

    /// Whether everything agrees. If not, the user is told.
    pub fn is_exact(&self) -> bool {
        self.end == ListEnd::LastPage
            && self.repeated == 0
            && self.unreadable == 0
            && !self.moved
            && self.missing() == 0
            && self.surplus() == 0
    }
}
