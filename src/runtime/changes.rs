//! Effects that create and change businesses.

use serde_json::{Map, Value};

use super::Runtime;
use super::session::SessionTask;
use crate::state::create::messages::{CreateEffect, CreateEvent, EditEffect, EditEvent};
use crate::state::generation::Generation;

impl Runtime {
    pub(super) fn create_effect(&mut self, effect: CreateEffect) {
        match effect {
            CreateEffect::Send(generation, body) => self.create(generation, body),
            CreateEffect::Cancel => self.cancel(SessionTask::Create),
            CreateEffect::SaveDrafts(drafts) => self.write_drafts(drafts),
        }
    }

    pub(super) fn edit_effect(&mut self, effect: EditEffect) {
        match effect {
            EditEffect::Update(generation, id, body) => {
                self.in_session(generation, SessionTask::Update(id), |api| async move {
                    EditEvent::Updated(id, api.update(id, &body).await.map(Box::new))
                });
            }
            EditEffect::Cancel(id) => self.cancel(SessionTask::Update(id)),
            EditEffect::SetArchived(generation, business, is_archived) => {
                let task = SessionTask::Archive(business);
                self.in_session(generation, task, |api| async move {
                    EditEvent::Archived {
                        business,
                        is_archived,
                        result: api.set_archived(business, is_archived).await,
                    }
                });
            }
        }
    }

    /// Creates a business once its draft is on disk and marked as being sent, so that a crash cannot lose track of the request.
    fn create(&mut self, generation: Generation, body: Map<String, Value>) {
        let drafts_written = self.drafts_written();
        self.in_session(generation, SessionTask::Create, |api| async move {
            CreateEvent::Created(match drafts_written.await {
                Ok(()) => api.create(&body).await.map(Box::new),
                Err(why) => Err(api.not_recorded(why)),
            })
        });
    }
}
