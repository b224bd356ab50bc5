//! Which businesses of the list are archived.

use crate::domain::business::BusinessId;
use crate::domain::filter::SearchableBusiness;
use crate::state::list::Listing;
use crate::state::list::messages::ArchivedIds;
use crate::state::list::order::TokenEnd;

impl Listing {
    pub fn is_archived(&self, id: BusinessId) -> bool {
        self.archived.contains(&id)
    }

    /// Records that a business was archived or unarchived.
    pub(in crate::state) fn set_archived(
        &mut self,
        id: BusinessId,
        is_archived: bool,
        tokens: TokenEnd<'_>,
    ) {
        self.archive_reading.changed(id, is_archived);
        match is_archived {
            true => self.archived.insert(id),
            false => self.archived.remove(&id),
        };
        self.archive_changed(tokens);
    }

    /// Records which businesses the server says are archived. If some may be missing, the others stay what they were.
    pub(in crate::state) fn archive_read(&mut self, read: ArchivedIds, tokens: TokenEnd<'_>) {
        let ArchivedIds { mut ids, is_exact } = read;
        let is_quiet = self.archive_reading.is_quiet();
        let changes = self.archive_reading.ended();
        let are_listed = ids.iter().all(|id| self.businesses.position(*id).is_some());
        if is_quiet && !are_listed {
            // A filter about the archive has to read it again, to get the rows.
            self.archive_reading.reset();
        }
        if !is_exact {
            ids.extend(&self.archived);
        }
        for (id, is_archived) in changes {
            if is_archived {
                ids.insert(id);
            } else {
                ids.remove(&id);
            }
        }
        if ids != self.archived {
            self.archived = ids;
            self.archive_changed(tokens);
        }
    }

    fn archive_changed(&mut self, tokens: TokenEnd<'_>) {
        self.content_revision += 1;
        if self.query.depends_on_archive() {
            self.refilter(tokens);
        }
    }

    /// Adds archived businesses. They stay even if loading the list does not return them. They are shown after [`Self::settle`].
    pub(in crate::state) fn add_archived(&mut self, rows: Vec<SearchableBusiness>) {
        let ids = rows.iter().map(|row| row.business.id);
        self.loading.add_created(ids);
        self.content_revision += 1;
        self.changed.extend(self.businesses.upsert(rows));
    }
}
