//! Effects that create and change businesses.

use serde_json::{Map, Value};

use super::Runtime;
use super::files::FilesThread;
use super::session::SessionTask;
use crate::state::create::messages::{CreateEffect, CreateEvent, EditEffect, EditEvent};
use crate::state::event::{Event, SessionEvent};
use crate::state::generation::Generation;

impl Runtime {
    pub(super) fn create_effect(&mut self, effect: CreateEffect) {
        match effect {
            CreateEffect::Send(generation, body) => self.create(generation, body),
            CreateEffect::Cancel => self.cancel(SessionTask::Create),
            CreateEffect::SaveDrafts(drafts) => {
                if let Some(files) = &self.files {
                    files.write_drafts(drafts);
                }
            }
        }
    }

    pub(super) fn edit_effect(&mut self, effect: EditEffect) {
        match effect {
            EditEffect::Update(generation, id, body) => {
                let outbox = self.outbox.clone();
                self.in_session(generation, SessionTask::Update(id), |api| async move {
                    let result = api.update(id, &body).await.map(Box::new);
                    let event = SessionEvent::Edit(EditEvent::Updated(id, result));
                    outbox.send(Event::Session(generation, event)).await;
                });
            }
            EditEffect::Cancel(id) => self.cancel(SessionTask::Update(id)),
            EditEffect::SetArchived(generation, business, is_archived) => {
                let outbox = self.outbox.clone();
                self.in_session(
                    generation,
                    SessionTask::Archive(business),
                    |api| async move {
                        let result = api.set_archived(business, is_archived).await;
                        let event = SessionEvent::Edit(EditEvent::Archived {
                            business,
                            is_archived,
                            result,
                        });
                        outbox.send(Event::Session(generation, event)).await;
                    },
                );
            }
        }
    }

    /// Creates a business once its draft is on disk and marked as being sent, so that a crash cannot lose track of the request.
    fn create(&mut self, generation: Generation, body: Map<String, Value>) {
        let outbox = self.outbox.clone();
        let drafts_written = self.files.as_ref().map(FilesThread::drafts_written);
        self.in_session(generation, SessionTask::Create, |api| async move {
            let noted = match drafts_written {
                Some(written) => written.await,
                None => Ok(()),
            };
            let result = match noted {
                Ok(()) => api.create(&body).await.map(Box::new),
                Err(why) => Err(api.not_recorded(why)),
            };
            let event = SessionEvent::Create(CreateEvent::Created(result));
            outbox.send(Event::Session(generation, event)).await;
        });
    }
}
