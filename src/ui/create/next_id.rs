//! The `external_id` that the form suggests.

use crate::domain::business::BusinessText;
use crate::domain::draft::next_external_id;
use crate::state::list::Listing;
use crate::state::session::workspace::Workspace;

/// The next `external_id` in the sequence of the loaded ones. Finding it takes hundreds of ids, so it is cached per state of the list.
#[derive(Default)]
pub(super) struct NextId {
    of: Option<(usize, u64)>,
    id: Option<String>,
}

impl NextId {
    pub(super) fn of(&mut self, workspace: &Workspace) -> Option<String> {
        let list = &workspace.list;
        self.at((list.businesses().len(), list.order_revision()), || {
            propose(list)
        });
        self.id.clone()
    }

    fn at(&mut self, state_of_list: (usize, u64), look: impl FnOnce() -> Option<String>) {
        if self.of.replace(state_of_list) != Some(state_of_list) {
            self.id = look();
        }
    }
}

fn propose(list: &Listing) -> Option<String> {
    let rows = list.businesses().rows().iter();
    next_external_id(rows.filter_map(|row| row.text(BusinessText::ExternalId)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_id_is_cached_while_the_list_is_unchanged() {
        let mut next = NextId::default();
        let mut looked = 0;
        for state_of_list in [(3, 1), (3, 1), (3, 2), (4, 2), (4, 2)] {
            next.at(state_of_list, || {
                looked += 1;
                Some(format!("user-{looked}"))
            });
        }
        assert_eq!(looked, 3);
        assert_eq!(next.id.as_deref(), Some("user-3"));
    }
}
