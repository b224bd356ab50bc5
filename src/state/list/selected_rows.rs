//! Several rows marked together, to copy their ids or export them. Their tokens can never be copied together.

use std::collections::HashSet;

use crate::domain::business::BusinessId;
use crate::domain::export::Format;
use crate::state::session::workspace::Workspace;

/// The marked rows. A single marked row counts as selected only.
#[derive(Debug, Default)]
pub struct SelectedRows {
    ids: HashSet<BusinessId>,
}

impl SelectedRows {
    /// The number of marked rows, if there are several.
    pub fn several(&self) -> Option<usize> {
        (self.ids.len() > 1).then_some(self.ids.len())
    }

    /// Whether this row is one of several marked rows.
    pub fn contains(&self, id: BusinessId) -> bool {
        self.several().is_some() && self.ids.contains(&id)
    }

    pub(super) fn clear(&mut self) {
        self.ids.clear();
    }
}

impl Workspace {
    /// The marks after adding or removing one row.
    pub(super) fn toggle_mark(&mut self, id: BusinessId) -> HashSet<BusinessId> {
        let mut ids = std::mem::take(&mut self.marks.ids);
        ids.extend(self.selected);
        if !ids.remove(&id) {
            ids.insert(id);
        }
        ids
    }

    /// The marks extended by all rows from the selected one to this one.
    pub(super) fn marks_to(&self, id: BusinessId) -> HashSet<BusinessId> {
        let here = self.selected.and_then(|id| self.list.place_of(id));
        let (Some(here), Some(there)) = (here, self.list.place_of(id)) else {
            return HashSet::from([id]);
        };
        let mut ids: HashSet<BusinessId> = self.marks.ids.clone();
        let places = here.min(there)..=here.max(there);
        ids.extend(places.filter_map(|place| Some(self.list.shown(place)?.id)));
        ids
    }

    pub(super) fn set_marks(&mut self, ids: HashSet<BusinessId>) {
        self.marks.ids = ids;
    }

    /// The ids of the marked rows, in the order of the list.
    pub fn marked_ids(&self) -> Vec<BusinessId> {
        let shown = (0..self.list.shown_count()).filter_map(|place| self.list.shown(place));
        shown
            .map(|business| business.id)
            .filter(|id| self.marks.contains(*id))
            .collect()
    }
}

/// The label of a command that exports the list or the marked rows.
pub fn export_label(workspace: &Workspace, count: &str, format: Format) -> String {
    let format = match format {
        Format::Csv => "CSV…",
        Format::Json => "JSON…",
    };
    match workspace.marks.several() {
        Some(several) => format!("Export {several} selected as {format}"),
        None => format!("Export {count} as {format}"),
    }
}
