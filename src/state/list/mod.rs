//! The list of businesses: what has arrived, what is shown of it, and how loading goes.

pub(super) mod commands;
pub(super) mod events;
pub(super) mod kept_filter;
pub mod marks;
pub mod messages;
pub mod overview;
mod pinned_rows;
pub(super) mod pins;
mod selection;
pub mod shortlist;

mod book;
mod columns;
mod layout;
mod loading;
mod natural;
mod order;
mod row_table;

use std::collections::HashSet;
use std::sync::Arc;

pub use book::Book;
pub use columns::ListColumn;
use columns::SortKey;
use jiff::tz::TimeZone;
pub use layout::{ColumnLayout, Layout, Sort};
pub use loading::{Loading, LoadingProgress};
pub use order::TokenEnd;
use order::{Order, Rule};
use pinned_rows::PinnedRows;

use crate::domain::business::{Business, BusinessId, BusinessIds, CompactBusiness};
use crate::domain::draft::Known;
use crate::domain::failure::Failure;
use crate::domain::filter::{Query, SearchableBusiness};
use crate::domain::time::Now;
use crate::state::list::messages::ListOutcome;

/// The list of one profile.
#[derive(Debug, Default)]
pub struct Listing {
    book: Book,
    order: Order,
    /// What is shown on top of the others.
    pins: Vec<BusinessId>,
    pinned_rows: PinnedRows,
    /// Rows that read differently than when the order was last brought up to date. New ones need no note.
    changed: Vec<u32>,
    filter: String,
    query: Query,
    sort: Sort,
    /// Businesses that are known to be archived.
    archived: HashSet<BusinessId>,
    /// Businesses that the last import has created.
    imported: Arc<BusinessIds>,
    /// Whether the server was asked for those.
    pub(in crate::state) archive_is_known: bool,
    /// How loading goes.
    pub loading: Loading,
    order_revision: u64,
    /// Goes up whenever the rows, or which of them are archived, may have changed.
    content_revision: u64,
}

impl Listing {
    /// An empty list that will be sorted so.
    pub fn new(sort: Sort) -> Self {
        Self {
            sort,
            ..Self::default()
        }
    }

    /// What has arrived.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// The filter as typed.
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// The filter as read.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// What the rows are sorted by.
    pub fn sort(&self) -> Sort {
        self.sort
    }

    /// How many rows are shown.
    pub fn shown_count(&self) -> usize {
        self.order.rows().len()
    }

    /// The shown row at this place, from 0.
    pub fn shown(&self, place: usize) -> Option<Business> {
        let place = self.pinned_rows.in_order(place);
        let row = self.book.row(*self.order.rows().get(place)?)?;
        Some(row.to_business())
    }

    /// All shown rows, top to bottom.
    pub fn all_shown(&self) -> Vec<CompactBusiness> {
        let rows = self.order.rows();
        let places = (0..rows.len()).map(|place| self.pinned_rows.in_order(place));
        places
            .filter_map(|place| self.book.row(*rows.get(place)?).cloned())
            .collect()
    }

    /// The place of a business among the shown ones, from 0.
    pub fn place_of(&self, id: BusinessId) -> Option<usize> {
        let place = self.order.place_of(self.book.position(id)?)?;
        Some(self.pinned_rows.as_shown(place))
    }

    /// Shows these on top of the others.
    pub(in crate::state) fn set_pins(&mut self, pins: &[BusinessId]) {
        self.pins = pins.to_vec();
        self.reordered();
    }

    /// Goes up whenever the shown rows or their order change.
    pub fn order_revision(&self) -> u64 {
        self.order_revision
    }

    /// Applies another filter.
    pub fn set_filter(&mut self, typed: String, zone: &TimeZone, tokens: TokenEnd<'_>) {
        if typed != self.filter {
            self.filter = typed;
            self.set_zone(zone, tokens);
        }
    }

    /// Reads the filter anew: its days begin at another moment.
    pub fn set_zone(&mut self, zone: &TimeZone, tokens: TokenEnd<'_>) {
        self.query = Query::parse(&self.filter, zone);
        self.query.set_imported(self.imported.clone());
        self.refilter(tokens);
    }

    /// Notes what an import has created.
    pub(in crate::state) fn set_imported(&mut self, ids: Arc<BusinessIds>, tokens: TokenEnd<'_>) {
        self.imported = ids;
        self.query.set_imported(self.imported.clone());
        if self.query.looks_at_import() {
            self.refilter(tokens);
        }
    }

    /// Notes which businesses are archived.
    pub(in crate::state) fn set_archived(
        &mut self,
        archived: HashSet<BusinessId>,
        tokens: TokenEnd<'_>,
    ) {
        if archived != self.archived {
            self.archived = archived;
            self.content_revision += 1;
            if self.query.looks_at_archive() {
                self.refilter(tokens);
            }
        }
    }

    /// Takes in archived businesses, which loading the list need not tell of.
    pub(in crate::state) fn add_archived(
        &mut self,
        rows: Vec<SearchableBusiness>,
        tokens: TokenEnd<'_>,
    ) {
        let ids: Vec<BusinessId> = rows.iter().map(|row| row.business.id).collect();
        self.loading.came_to_be(ids.iter().copied());
        self.content_revision += 1;
        self.changed.extend(self.book.upsert(rows));
        self.settle(tokens);
    }

    /// Sorts otherwise.
    pub fn set_sort(&mut self, sort: Sort, tokens: TokenEnd<'_>) {
        if sort != self.sort {
            self.sort = sort;
            self.rebuild(tokens);
        }
    }

    /// A token came, went or expired.
    pub fn tokens_changed(&mut self, tokens: TokenEnd<'_>) {
        if self.sort.column.spec().sort_key == SortKey::TokenEnd {
            self.rebuild(tokens);
        } else if self.query.looks_at_tokens() {
            self.refilter(tokens);
        }
    }

    /// Takes in rows of a page. They are shown after [`Self::settle`], so that however many pages arrive between two
    /// frames, the order is brought up to date once.
    pub fn receive(&mut self, rows: Vec<SearchableBusiness>, total: Option<u64>) {
        let ids = rows.iter().map(|row| row.business.id);
        self.loading.received(ids, total);
        if let Some(total) = total {
            self.book.expect(total);
        }
        self.content_revision += 1;
        self.changed.extend(self.book.upsert(rows));
    }

    /// Brings the order up to date with the rows that have arrived.
    pub fn settle(&mut self, tokens: TokenEnd<'_>) {
        let more_to_come = self.loading.is_running();
        if self.changed.is_empty() && self.order.known() == self.book.len() {
            if !more_to_come {
                self.order.forget_keys();
            }
            return;
        }
        let changed = std::mem::take(&mut self.changed);
        let rule = Rule::new(&self.query, self.sort, tokens, &self.archived);
        self.order.update(&changed, &self.book, &rule, more_to_come);
        self.reordered();
    }

    /// Takes in one business that was read by itself.
    pub fn upsert_one(&mut self, business: Business, tokens: TokenEnd<'_>) {
        self.upsert(vec![business], tokens);
    }

    /// Takes in businesses that came to be while the list may be loading; it then need not tell of them.
    pub fn add(&mut self, rows: Vec<Business>, tokens: TokenEnd<'_>) {
        self.loading.came_to_be(rows.iter().map(|row| row.id));
        self.upsert(rows, tokens);
    }

    /// Loading is over: what the server no longer lists goes.
    pub fn ended(&mut self, result: Result<ListOutcome, Failure>, now: Now, tokens: TokenEnd<'_>) {
        self.settle(tokens);
        if let Some(current) = self.loading.ended(result, now)
            && let Some(numbers) = self.book.retain(&current)
        {
            self.content_revision += 1;
            self.order.renumber(&numbers);
            self.reordered();
        }
        self.order.forget_keys();
    }

    fn upsert(&mut self, rows: Vec<Business>, tokens: TokenEnd<'_>) {
        self.content_revision += 1;
        let rows = rows.into_iter().map(SearchableBusiness::from).collect();
        self.changed.extend(self.book.upsert(rows));
        self.settle(tokens);
    }

    fn refilter(&mut self, tokens: TokenEnd<'_>) {
        let rule = Rule::new(&self.query, self.sort, tokens, &self.archived);
        self.order.refilter(&self.book, &rule);
        self.reordered();
    }

    fn rebuild(&mut self, tokens: TokenEnd<'_>) {
        self.changed.clear();
        let rule = Rule::new(&self.query, self.sort, tokens, &self.archived);
        self.order.rebuild(&self.book, &rule);
        self.reordered();
    }

    /// Other rows are shown, or in another order.
    fn reordered(&mut self) {
        let pinned = self.pins.iter().filter_map(|id| self.book.position(*id));
        self.pinned_rows
            .find(self.order.rows(), &pinned.collect::<HashSet<u32>>());
        self.order_revision += 1;
    }
}

/// What the rules for new businesses ask about the loaded ones.
impl Known for Listing {
    fn with_external_id(&self, external_id: &str) -> Option<Business> {
        self.book.by_external_id(external_id)
    }

    fn with_id(&self, id: BusinessId) -> Option<Business> {
        self.book.get(id)
    }

    fn with_folded_name(&self, folded: &str) -> Option<Business> {
        self.book.by_folded_title(folded)
    }

    fn loaded(&self) -> usize {
        self.book.len()
    }

    fn still_loading(&self) -> usize {
        let total = self.loading.stated_total().unwrap_or(0) as usize;
        if self.loading.is_running() {
            total.saturating_sub(self.book.len())
        } else {
            0
        }
    }
}
