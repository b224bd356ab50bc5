//! What is known about the list at the end.

use crate::domain::failure::Failure;
use crate::domain::filter::SearchableBusiness;

/// The archived businesses that the server lists.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ArchivedList {
    pub rows: Vec<SearchableBusiness>,
    /// Whether some may be missing.
    pub summary: ListSummary,
}

/// Why the reading ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ListEnd {
    /// The last page was read.
    #[default]
    LastPage,
    /// Pages repeated earlier ones, so reading on would never have ended.
    Cycle,
    /// The limit of pages, businesses or memory was reached.
    Cap,
    /// The receiver was closed.
    Abandoned,
}

/// What is known about the list after reading it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ListSummary {
    /// Why the reading ended.
    pub end: ListEnd,
    /// The total in the server's latest response.
    pub total: Option<u64>,
    /// Distinct businesses sent and not withdrawn.
    pub unique: u64,
    /// Distinct businesses in the last reading.
    pub listed: u64,
    /// Duplicate rows in the last reading.
    pub repeated: u64,
    /// Rows without a usable id. They are left out.
    pub unreadable: u64,
    /// Whether the list changed ahead of rows still to be read, during the last reading.
    pub moved: bool,
    /// Pages answered, including those of repeated readings.
    pub pages: u32,
    /// How often the list was read again because it changed.
    pub rereads: u32,
    /// Why it could not be read again. What was sent before is still valid, but may have gaps.
    pub reread_failure: Option<Failure>,
}

impl ListSummary {
    /// Businesses that the server counts but did not return. Those of earlier readings do not make up for them: they may no longer exist.
    pub fn missing(&self) -> u64 {
        self.total
            .unwrap_or(0)
            .saturating_sub(self.listed + self.unreadable)
    }

    /// Businesses beyond the server's count; some of them probably no longer exist.
    pub fn surplus(&self) -> u64 {
        self.total.map_or(0, |total| {
            (self.unique + self.unreadable).saturating_sub(total)
        })
    }

    /// Whether all counts agree. If not, the user is told.
    pub fn is_exact(&self) -> bool {
        self.end == ListEnd::LastPage
            && self.repeated == 0
            && self.unreadable == 0
            && !self.moved
            && self.missing() == 0
            && self.surplus() == 0
    }
}
