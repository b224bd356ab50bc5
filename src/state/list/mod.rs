//! The list of businesses: the rows that have arrived, which of them are shown, and the progress of loading.

pub(super) mod commands;
pub(super) mod events;
pub mod messages;
pub mod overview;
mod pinned_rows;
pub(super) mod pins;
pub mod pins_and_recents;
pub(super) mod saved_filter;
pub mod selected_rows;

mod archive_reading;
mod archived;
mod business_store;
mod columns;
mod layout;
mod loading;
mod natural;
mod order;
mod selection;

use std::collections::HashSet;
use std::sync::Arc;

use archive_reading::ArchiveReading;
pub use business_store::BusinessStore;
pub use columns::ListColumn;
use columns::SortKey;
use jiff::tz::TimeZone;
pub use layout::{ColumnLayout, Layout, Sort};
pub use loading::{Loading, LoadingProgress};
pub use order::TokenEnd;
use order::{Order, OrderRule};
use pinned_rows::PinnedRows;
use pins_and_recents::PinsAndRecents;

use crate::domain::business::{Business, BusinessId, BusinessIds, CompactBusiness};
use crate::domain::draft::BusinessLookup;
use crate::domain::failure::Failure;
use crate::domain::filter::{Query, SearchableBusiness};
use crate::domain::time::Now;
use crate::state::list::messages::ListOutcome;

/// Said where somebody may expect e-mail addresses, because Thred's list has none.
pub const NO_EMAILS: &str =
    "The list has no e-mail addresses, except those of businesses that you opened.";

/// The list of one profile.
#[derive(Debug, Default)]
pub struct Listing {
    businesses: BusinessStore,
    order: Order,
    /// The pinned and the recent businesses. The pinned ones are shown at the top.
    pub shortlist: PinsAndRecents,
    pinned_rows: PinnedRows,
    /// Existing rows that changed since the order was last updated. New rows need no entry.
    changed: Vec<u32>,
    filter: String,
    /// Whether the last term of the filter is still being typed.
    is_typing: bool,
    query: Query,
    sort: Sort,
    /// Businesses known to be archived. The rows do not say so.
    archived: HashSet<BusinessId>,
    /// Businesses that the latest import created.
    imported: Arc<BusinessIds>,
    pub(in crate::state) archive_reading: ArchiveReading,
    pub loading: Loading,
    order_revision: u64,
    /// Increases whenever the rows, or which of them are archived, may have changed.
    content_revision: u64,
}

impl Listing {
    /// An empty list with this sort.
    pub fn new(sort: Sort) -> Self {
        Self {
            sort,
            ..Self::default()
        }
    }

    /// The list without its rows, after the end of its session. [`Self::set_zone`] parses its filter again.
    pub(in crate::state) fn without_rows(self) -> Self {
        Self {
            shortlist: self.shortlist,
            filter: self.filter,
            archived: self.archived,
            imported: self.imported,
            ..Self::new(self.sort)
        }
    }

    /// All rows that have arrived.
    pub fn businesses(&self) -> &BusinessStore {
        &self.businesses
    }

    /// The filter as typed.
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// Whether the last term of the filter is still being typed.
    pub fn is_typing(&self) -> bool {
        self.is_typing
    }

    /// The parsed filter.
    pub fn query(&self) -> &Query {
        &self.query
    }

    pub fn sort(&self) -> Sort {
        self.sort
    }

    /// Number of shown rows.
    pub fn shown_count(&self) -> usize {
        self.order.rows().len()
    }

    /// The shown row at this position, from 0.
    pub fn shown(&self, position: usize) -> Option<Business> {
        let position = self.pinned_rows.in_order(position);
        let row = self.businesses.row(*self.order.rows().get(position)?)?;
        Some(row.to_business())
    }

    /// All shown rows, top to bottom.
    pub fn all_shown(&self) -> Vec<CompactBusiness> {
        let rows = self.order.rows();
        let positions = (0..rows.len()).map(|position| self.pinned_rows.in_order(position));
        positions
            .filter_map(|position| self.businesses.row(*rows.get(position)?).cloned())
            .collect()
    }

    /// The ids of the shown rows at these positions, from 0, top to bottom.
    pub fn ids_at(
        &self,
        positions: impl Iterator<Item = usize>,
    ) -> impl Iterator<Item = BusinessId> {
        let rows = self.order.rows();
        positions.filter_map(|position| {
            let row = *rows.get(self.pinned_rows.in_order(position))?;
            Some(self.businesses.row(row)?.id)
        })
    }

    /// The position of a business among the shown rows, from 0.
    pub fn position_of(&self, id: BusinessId) -> Option<usize> {
        let position = self.order.position_of(self.businesses.position(id)?)?;
        Some(self.pinned_rows.as_shown(position))
    }

    /// Pins or unpins a business. Returns `false` if there are too many to pin another.
    pub(in crate::state) fn toggle_pin(&mut self, id: BusinessId) -> bool {
        let is_toggled = self.shortlist.toggle(id);
        self.reordered();
        is_toggled
    }

    /// Whether the complete list was read, and the archive is not being read.
    pub fn is_read(&self) -> bool {
        self.loading.is_complete() && !self.archive_reading.is_under_way()
    }

    /// Forgets pinned and recent businesses that are neither in the complete list nor archived: they no longer exist. Returns
    /// whether there were any.
    pub(in crate::state) fn forget_gone(&mut self) -> bool {
        let exists = |id| self.businesses.position(id).is_some() || self.archived.contains(&id);
        let is_news = self.shortlist.forget_unknown(exists);
        if is_news {
            self.reordered();
        }
        is_news
    }

    /// Increases whenever the shown rows or their order change.
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

    /// Sets whether the last term of the filter is still being typed.
    pub(in crate::state) fn set_typing(
        &mut self,
        is_typing: bool,
        zone: &TimeZone,
        tokens: TokenEnd<'_>,
    ) {
        if is_typing != self.is_typing {
            self.is_typing = is_typing;
            self.set_zone(zone, tokens);
        }
    }

    /// Parses the filter again for this time zone, because it decides when the days of the filter begin.
    pub fn set_zone(&mut self, zone: &TimeZone, tokens: TokenEnd<'_>) {
        self.query = match self.is_typing {
            true => Query::parse_typing(&self.filter, zone),
            false => Query::parse(&self.filter, zone),
        };
        self.query.set_imported(self.imported.clone());
        self.refilter(tokens);
    }

    /// Sets the businesses that the latest import created.
    pub(in crate::state) fn set_imported(&mut self, ids: BusinessIds, tokens: TokenEnd<'_>) {
        self.imported = Arc::new(ids);
        self.query.set_imported(self.imported.clone());
        if self.query.depends_on_import() {
            self.refilter(tokens);
        }
    }

    pub fn set_sort(&mut self, sort: Sort, tokens: TokenEnd<'_>) {
        if sort != self.sort {
            self.sort = sort;
            self.rebuild(tokens);
        }
    }

    /// A token was fetched, forgotten or has expired.
    pub fn tokens_changed(&mut self, tokens: TokenEnd<'_>) {
        if self.sort.column.spec().sort_key == SortKey::TokenEnd {
            self.rebuild(tokens);
        } else if self.query.depends_on_tokens() {
            self.refilter(tokens);
        }
    }

    /// Adds the rows of a page. They are shown after [`Self::settle`], so the order is updated once per frame, however many
    /// pages arrive.
    pub fn receive(&mut self, rows: Vec<SearchableBusiness>, total: Option<u64>) {
        let ids = rows.iter().map(|row| row.business.id);
        self.loading.received(ids, total);
        if let Some(total) = total {
            self.businesses.expect(total);
        }
        self.content_revision += 1;
        self.changed.extend(self.businesses.upsert(rows));
    }

    /// Updates the order with the rows that have arrived.
    pub fn settle(&mut self, tokens: TokenEnd<'_>) {
        let more_to_come = self.loading.is_running();
        if self.changed.is_empty() && self.order.known() == self.businesses.len() {
            if !more_to_come {
                self.order.forget_keys();
            }
            return;
        }
        let changed = std::mem::take(&mut self.changed);
        let rule = OrderRule::new(&self.query, self.sort, tokens, &self.archived);
        self.order
            .update(&changed, &self.businesses, &rule, more_to_come);
        self.reordered();
    }

    /// Adds or replaces one business that was read on its own.
    pub fn upsert_one(&mut self, business: Business, tokens: TokenEnd<'_>) {
        self.upsert(vec![business], tokens);
    }

    /// Adds businesses that were created, possibly during a load. They stay even if the load does not return them.
    pub fn add(&mut self, rows: Vec<Business>, tokens: TokenEnd<'_>) {
        self.loading.add_created(rows.iter().map(|row| row.id));
        self.upsert(rows, tokens);
    }

    /// Ends a load, and drops the rows that the server no longer lists.
    pub fn ended(&mut self, result: Result<ListOutcome, Failure>, now: Now, tokens: TokenEnd<'_>) {
        self.settle(tokens);
        if let Some(current) = self.loading.ended(result, now)
            && let Some(numbers) = self.businesses.retain(&current)
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
        self.changed.extend(self.businesses.upsert(rows));
        self.settle(tokens);
    }

    fn refilter(&mut self, tokens: TokenEnd<'_>) {
        let rule = OrderRule::new(&self.query, self.sort, tokens, &self.archived);
        self.order.refilter(&self.businesses, &rule);
        self.reordered();
    }

    fn rebuild(&mut self, tokens: TokenEnd<'_>) {
        self.changed.clear();
        let rule = OrderRule::new(&self.query, self.sort, tokens, &self.archived);
        self.order.rebuild(&self.businesses, &rule);
        self.reordered();
    }

    /// Finds the pinned rows again and raises the revision, after the shown rows or their order have changed.
    fn reordered(&mut self) {
        let pinned = self.shortlist.pinned.iter();
        let pinned = pinned.filter_map(|id| self.businesses.position(*id));
        self.pinned_rows
            .find(self.order.rows(), &pinned.collect::<HashSet<u32>>());
        self.order_revision += 1;
    }
}

/// The queries about loaded businesses that the checks of a draft need.
impl BusinessLookup for Listing {
    fn with_external_id(&self, external_id: &str) -> Option<Business> {
        self.businesses.by_external_id(external_id)
    }

    fn with_id(&self, id: BusinessId) -> Option<Business> {
        self.businesses.get(id)
    }

    fn with_folded_name(&self, folded: &str) -> Option<Business> {
        self.businesses.by_folded_name(folded)
    }

    fn loaded(&self) -> usize {
        self.businesses.len()
    }

    fn still_loading(&self) -> usize {
        let total = self.loading.stated_total().unwrap_or(0) as usize;
        if self.loading.is_running() {
            total.saturating_sub(self.businesses.len())
        } else {
            0
        }
    }
}
