//! Which business is selected, revealed, and read in full.

use std::collections::HashSet;

use jiff::tz::TimeZone;

use super::commands::select;
use crate::domain::business::{BusinessDetail, BusinessId};
use crate::domain::text::{ServerText, identifies};
use crate::domain::time::Now;
use crate::state::list::messages::SelectionMove;
use crate::state::session::workspace::{DetailState, Workspace};
use crate::state::shell::messages::Page;

impl Workspace {
    /// Reveals a business in the list: switches to the page, and clears the filter if it hides the business.
    pub(in crate::state) fn show(&mut self, id: BusinessId, zone: &TimeZone, now: Now) {
        self.page = Page::Businesses;
        self.is_detail_open = true;
        if self.list.position_of(id).is_none() {
            let Self { list, tokens, .. } = self;
            list.set_filter(String::new(), zone, &tokens.live_expiries(now));
            self.looked_up = None;
        }
        self.reveal = Some(id);
    }

    /// Scrolls to the selected business, if the list shows it.
    pub(in crate::state) fn reveal_selected(&mut self) {
        let shown = |id: &BusinessId| self.list.position_of(*id).is_some();
        self.reveal = self.selected.filter(shown);
    }

    /// Selects a business that was just read, and reveals it.
    pub(in crate::state) fn show_read(
        &mut self,
        detail: BusinessDetail,
        zone: &TimeZone,
        now: Now,
    ) {
        let id = detail.business.id;
        self.detail = DetailState {
            value: Some(detail),
            ..DetailState::default()
        };
        self.selected = Some(id);
        self.show(id, zone, now);
    }

    /// The business that this move selects.
    pub(super) fn neighbour(&self, step: SelectionMove) -> Option<BusinessId> {
        let last = self.list.shown_count().checked_sub(1)?;
        let here = self.selected.and_then(|id| self.list.position_of(id));
        let position = match (step, here) {
            (SelectionMove::First, _) => 0,
            (SelectionMove::By(rows), Some(here)) => here.saturating_add_signed(rows).min(last),
            (SelectionMove::By(rows), None) => {
                if rows < 0 {
                    last
                } else {
                    0
                }
            }
        };
        self.list.shown(position).map(|business| business.id)
    }

    pub(super) fn read_if_needed(&mut self) -> Option<BusinessId> {
        let id = self.selected.filter(|_| self.is_detail_open)?;
        // What was read before the business left the list may no longer be true.
        let is_loaded = self.list.businesses().position(id).is_some();
        if (is_loaded && self.selected_detail().is_some()) || self.detail.is_reading {
            return None;
        }
        self.detail.is_reading = true;
        Some(id)
    }

    /// Reads a business again after a change, if it is selected. Reading any other would cancel the selected one's request.
    pub(in crate::state) fn reread_if_selected(&mut self, id: BusinessId) -> Option<BusinessId> {
        (self.selected == Some(id)).then(|| {
            self.detail.is_reading = true;
            id
        })
    }

    /// Reads the selected business again, if the side pane is open.
    pub(in crate::state) fn reread(&mut self) -> Option<BusinessId> {
        let id = self.selected.filter(|_| self.is_detail_open)?;
        self.detail.is_reading = true;
        Some(id)
    }

    /// If the filter finds a single business and is its id or whole `external_id`, selects it and opens its details.
    /// Returns it if it has to be read.
    pub(super) fn jump_to_exact_match(&mut self) -> Option<BusinessId> {
        let typed = self.list.filter().trim();
        let found = self
            .list
            .shown(0)
            .filter(|_| self.list.shown_count() == 1)?;
        let external_id = found.external_id.as_ref().map(ServerText::raw);
        let is_external_id = external_id == Some(typed) && identifies(typed);
        let is_exact = is_external_id || found.id.to_string() == typed.to_lowercase();
        let id = found.id;
        if !is_exact || self.selected == Some(id) {
            return None;
        }
        self.is_detail_open = true;
        self.reveal = Some(id);
        select(self, Some(id))
    }

    /// If the filter is the id of a business that has not been loaded, returns the id, unless it was requested just before.
    pub(super) fn look_up_pasted_id(&mut self, typed: &str) -> Option<BusinessId> {
        let former = self.looked_up.take();
        let id = BusinessId(uuid::Uuid::parse_str(typed.trim()).ok()?);
        if self.list.businesses().position(id).is_some() {
            return None;
        }
        self.looked_up = Some(id);
        (former != Some(id)).then_some(id)
    }
}

impl Workspace {
    /// The rows selected together, after adding or removing one.
    pub(super) fn toggle_row(&mut self, id: BusinessId) -> HashSet<BusinessId> {
        let mut ids = std::mem::take(&mut self.selected_rows.ids);
        ids.extend(self.selected);
        if !ids.remove(&id) {
            ids.insert(id);
        }
        ids
    }

    /// The rows selected together, extended by all from the selected one to this one.
    pub(super) fn rows_to(&self, id: BusinessId) -> HashSet<BusinessId> {
        let here = self.selected.and_then(|id| self.list.position_of(id));
        let (Some(here), Some(there)) = (here, self.list.position_of(id)) else {
            return HashSet::from([id]);
        };
        let mut ids: HashSet<BusinessId> = self.selected_rows.ids.clone();
        let positions = here.min(there)..=here.max(there);
        ids.extend(self.list.ids_at(positions));
        ids
    }

    /// All shown rows, and the one of them to select: the selected one, or the first if it is not shown.
    pub(super) fn all_rows(&self) -> (Option<BusinessId>, HashSet<BusinessId>) {
        let is_shown = |id: &BusinessId| self.list.position_of(*id).is_some();
        let first = || self.list.ids_at(0..1).next();
        let ids = self.list.ids_at(0..self.list.shown_count());
        (self.selected.filter(is_shown).or_else(first), ids.collect())
    }

    pub(super) fn select_rows(&mut self, ids: HashSet<BusinessId>) {
        self.selected_rows.ids = ids;
    }

    /// The ids of the selected rows, in the order of the list.
    pub fn selected_ids(&self) -> Vec<BusinessId> {
        let shown = self.list.ids_at(0..self.list.shown_count());
        shown
            .filter(|id| self.selected_rows.contains(*id))
            .collect()
    }
}
