//! What can be asked of the list, what happens to it, and what it wants done.

use crate::domain::business::{BusinessDetail, BusinessId, CompactBusiness};
use crate::domain::export::Format;
use crate::domain::failure::Failure;
use crate::domain::filter::SearchableBusiness;
use crate::domain::profile::Profile;
use crate::state::generation::Generation;
use crate::state::list::columns::ListColumn;
use crate::state::list::layout::Layout;
/// What can be asked of the list of businesses.
#[derive(Debug)]
pub enum ListCommand {
    /// Filter the list by this text.
    SetFilter(String),
    /// Sort by a column; the same column again turns the order round.
    SortBy(ListColumn),
    /// Select a business, or none.
    Select(Option<BusinessId>),
    /// Choose one more row, or one less, beside the selected one.
    ToggleMark(BusinessId),
    /// Choose all rows from the selected one to this one.
    MarkTo(BusinessId),
    /// Choose the selected row only.
    ClearMarks,
    /// Select a neighbour of the selected row.
    MoveSelection(SelectionMove),
    /// Open or close the detail pane.
    ShowDetail(bool),
    /// Show a business on the list, wherever it is.
    Reveal(BusinessId),
    /// The list has been scrolled to the row that was asked for.
    RevealDone,
    /// Pin a business to the top of the list, or take the pin away.
    TogglePin(BusinessId),
    /// Refresh the list.
    Refresh,
    /// Stop loading; what has arrived stays.
    StopLoading,
    /// Read the selected business again.
    ReadBusiness(BusinessId),
    /// Save what the list shows to a file.
    Export(Format),
    /// Keep this layout of the columns.
    SetLayout(Layout),
}

/// A move of the selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelectionMove {
    /// By this many rows; negative is up.
    By(isize),
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

/// What can happen to the list.
#[derive(Debug)]
pub enum ListEvent {
    /// A page of the list.
    Rows {
        /// Businesses of the page.
        rows: Vec<SearchableBusiness>,
        /// How many there are in all, as far as the server says.
        total: Option<u64>,
    },
    /// Businesses that arrived before and that the server no longer lists.
    Gone(Vec<BusinessId>),
    /// The list is complete, or will not be.
    Ended(Result<ListOutcome, Failure>),
    /// The archived businesses were read; `None` where the server does not tell them from the others.
    ArchivedRead(Result<Option<Vec<SearchableBusiness>>, Failure>),
    /// One business was read.
    BusinessRead(BusinessId, Result<Box<BusinessDetail>, Failure>),
}

/// How complete a loaded list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ListOutcome {
    /// How many businesses the server says there are.
    pub stated: Option<u64>,
    /// How many different ones arrived.
    pub received: u64,
    /// Whether what arrived is the list as it stands: it did not change while it was read, or was
    /// read again until it agreed with the server's own count.
    pub is_exact: bool,
}

/// What the list wants done.
#[derive(Debug)]
pub enum ListEffect {
    /// Load all pages of the list; answers `Rows`, then `ListEnded`.
    Load(Generation),
    /// Read the archived businesses; answers `ArchivedRead`.
    LoadArchived(Generation),
    /// Stop loading the list; nothing more of it arrives.
    StopLoading,
    /// Read the selected business; answers `BusinessRead`, unless another is selected before.
    ReadBusiness(Generation, BusinessId),
    /// Read the business of a pasted id; answers `BusinessRead`, unless another is pasted before.
    LookUp(Generation, BusinessId),
    /// Ask where to, then write these businesses; answers `Exported`.
    Export {
        /// Whose.
        profile: Profile,
        /// What to write.
        businesses: Vec<CompactBusiness>,
        /// In which form.
        format: Format,
        /// Proposed to the user.
        file_name: String,
    },
}
