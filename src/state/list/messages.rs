//! The commands, events and effects of the list.

use std::collections::HashSet;

use crate::domain::business::{BusinessDetail, BusinessId};
use crate::domain::export::Format;
use crate::domain::failure::Failure;
use crate::domain::filter::SearchableBusiness;
use crate::state::generation::Generation;
use crate::state::list::columns::ListColumn;
use crate::state::list::layout::Layout;

#[derive(Debug)]
pub enum ListCommand {
    /// Filter the list by this text.
    SetFilter(String),
    /// The last term of the filter is still being typed, or no longer.
    SetTyping(bool),
    /// Sort by a column; the same column again reverses the order.
    SortBy(ListColumn),
    /// Select a business, or none.
    Select(Option<BusinessId>),
    /// Select or deselect a row, in addition to the selected one.
    ToggleSelected(BusinessId),
    /// Select all rows from the selected one to this one.
    SelectTo(BusinessId),
    /// Select all shown rows.
    SelectAll,
    /// Deselect all rows except the selected one.
    SelectOne,
    /// Select a neighbour of the selected row.
    MoveSelection(SelectionMove),
    /// Open or close the side pane.
    ShowDetail(bool),
    /// Show a business in the list, whatever page and filter are active.
    Reveal(BusinessId),
    /// The list has scrolled to the requested row.
    RevealDone,
    /// Pin a business to the top of the list, or unpin it.
    TogglePin(BusinessId),
    /// Refresh the list.
    Refresh,
    /// Stop loading. Rows that have arrived stay.
    StopLoading,
    /// Read the selected business again.
    ReadBusiness(BusinessId),
    /// Export what the list shows to a file.
    Export(Format),
    /// Use and save this layout of the columns.
    SetLayout(Layout),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelectionMove {
    /// By this many rows; negative is up.
    By(isize),
    First,
}

/// Events of the list.
#[derive(Debug)]
pub enum ListEvent {
    /// A page of the list arrived.
    Rows {
        rows: Vec<SearchableBusiness>,
        /// The total that the server states, if it does.
        total: Option<u64>,
    },
    /// Businesses that arrived earlier in this load, but that the server no longer lists.
    Gone(Vec<BusinessId>),
    /// A load has ended, completely or not.
    Ended(LoadNumber, Result<ListOutcome, Failure>),
    /// The archive was read; `None` if the server does not tell archived businesses apart from others.
    ArchivedRead(LoadNumber, Result<Option<ArchivedIds>, Failure>),
    /// Some of the archived businesses.
    ArchivedRows(LoadNumber, Vec<SearchableBusiness>),
    /// One business was read.
    BusinessRead(BusinessId, Result<Box<BusinessDetail>, Failure>),
}

/// Number of a reading of the list or of the archive. The answer of one that was stopped may arrive after the next has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LoadNumber(pub u64);

/// Which businesses are archived. By default, nothing is known of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArchivedIds {
    pub ids: HashSet<BusinessId>,
    /// Whether they are all of them.
    pub is_exact: bool,
}

/// How complete a loaded list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ListOutcome {
    /// The total that the server states, if it does.
    pub stated: Option<u64>,
    /// How many different businesses arrived.
    pub received: u64,
    /// Whether what arrived matches the server's list: it did not change while it was read, or it was
    /// read again until it agreed with the server's count.
    pub is_exact: bool,
}

/// Effects of the list.
#[derive(Debug)]
pub enum ListEffect {
    /// Load all pages of the list. Answered with `Rows` and `Gone`, then `Ended`.
    Load(Generation, LoadNumber),
    /// Read the archived businesses. Answered with `ArchivedRead`, then `ArchivedRows`.
    LoadArchived(Generation, LoadNumber),
    /// Find out which businesses are archived, with as few requests at a time as possible. Answered with `ArchivedRead`.
    CheckArchived(Generation, LoadNumber),
    /// Stop loading the list. No more answers arrive.
    StopLoading,
    /// Return the memory that loading has freed to the system.
    ReturnFreedMemory,
    /// Read the selected business. Answered with `BusinessRead`, unless another is selected first.
    ReadBusiness(Generation, BusinessId),
    /// Stop reading the selected business.
    StopReading,
    /// Read the business with a pasted id. Answered with `BusinessRead`, unless another is pasted first.
    LookUp(Generation, BusinessId),
}
