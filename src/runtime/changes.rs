//! Effects that create and change businesses.

use serde_json::{Map, Value};

use super::Runtime;
use super::session::SessionTask;
use crate::state::create::messages::{ChangeEffect, ChangeEvent};
use crate::state::generation::Generation;

impl Runtime {
    pub(super) fn change_effect(&mut self, effect: ChangeEffect) {
        match effect {
            ChangeEffect::Create(generation, body) => self.create(generation, body),
            ChangeEffect::CancelCreate => self.cancel(SessionTask::Create),
            ChangeEffect::SaveDrafts(drafts) => self.write_drafts(drafts),
            ChangeEffect::Update(generation, id, body) => {
                self.in_session(generation, SessionTask::Update(id), |api| async move {
                    ChangeEvent::Updated(id, api.update(id, &body).await.map(Box::new))
                });
            }
            ChangeEffect::CancelUpdate(id) => self.cancel(SessionTask::Update(id)),
            ChangeEffect::SetArchived(generation, business, is_archived) => {
                let task = SessionTask::Archive(business);
                self.in_session(generation, task, |api| async move {
                    ChangeEvent::Archived {
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
            ChangeEvent::Created(match drafts_written.await {
                Ok(()) => api.create(&body).await.map(Box::new),
                Err(why) => Err(api.not_recorded(why)),
            })
        });
    }
}
