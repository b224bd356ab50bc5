//! Creating, changing and archiving businesses (API pages "Create a business", "Update a business").
//!
//! A write is never repeated if the first attempt may have had an effect. The caller then gets [`WriteOutcome::Unknown`] and decides; sending any of
//! these writes again is safe.

use serde_json::{Map, Value};

use crate::domain::business::{BusinessDetail, BusinessId};
use crate::domain::failure::{Failure, FailureKind, Operation};
use crate::domain::request_failure::RequestFailure;
use crate::domain::write_outcome::{CreateOutcome, CreateResponse, WriteOutcome};

use super::PartnerApi;
use super::exchange::RetryScope;
use super::scrub::Secrets;
use super::transport::HttpMethod;
use super::wire;

impl PartnerApi {
    /// Creates a business, or finds the one that already has its `external_id`.
    ///
    /// If the outcome is unknown, the same call with the same `body` resolves it: it either creates the business now, or returns
    /// [`CreateOutcome::Existed`]. Dropping the future leaves the outcome unknown, too.
    ///
    /// # Errors
    /// [`RequestFailure::outcome`] says whether the business may have been created nevertheless. [`FailureKind::Invalid`] names the fields; the
    /// sentence that lists the valid entity types is in the failure's detail or among the messages of a field.
    pub async fn create(
        &self,
        body: &Map<String, Value>,
    ) -> Result<CreateResponse, RequestFailure> {
        self.create_with_retries(body, RetryScope::NotDone).await
    }

    /// As [`create`](Self::create), but sent once. For callers that send many requests at a time and make all of them wait as long as
    /// [`wait_after`](Self::wait_after) says.
    ///
    /// # Errors
    /// As [`create`](Self::create).
    pub async fn create_once(
        &self,
        body: &Map<String, Value>,
    ) -> Result<CreateResponse, RequestFailure> {
        self.create_with_retries(body, RetryScope::Once).await
    }

    /// The failure of a create that was not attempted because it could not be recorded on disk.
    pub fn not_recorded(&self, why: String) -> RequestFailure {
        let kind = FailureKind::NotRecorded;
        let failure = self
            .api_server()
            .failure(kind, Operation::CreateBusiness, 0);
        RequestFailure::not_done(Failure {
            detail: Some(why),
            ..failure
        })
    }

    async fn create_with_retries(
        &self,
        body: &Map<String, Value>,
        retries: RetryScope,
    ) -> Result<CreateResponse, RequestFailure> {
        let operation = Operation::CreateBusiness;
        let external_id = body
            .get("external_id")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if external_id.trim().is_empty() {
            // Without it, a repetition could create a second business.
            let message = "Required, so that the business is created only once.";
            let fields = vec![("external_id".to_owned(), vec![message.to_owned()])];
            let kind = FailureKind::Invalid { fields };
            return Err(RequestFailure::not_done(
                self.api_server().failure(kind, operation, 0),
            ));
        }
        let json = Value::Object(body.clone()).to_string();
        let read =
            |answer: &[u8], secrets: &Secrets| wire::read_created(answer, external_id, secrets);
        let verb = HttpMethod::PostJson(&json);
        let url = self.url(&["businesses"], &[]);
        let (detail, answer) = self
            .send_signed_in(url, operation, verb, retries, read)
            .await?;
        let outcome = match answer.status {
            201 => CreateOutcome::Created,
            200 => CreateOutcome::Existed,
            _ => {
                let kind = FailureKind::UnexpectedResponse;
                let server = self.api_server();
                let mut failure = server.failure_of_answer(kind, operation, &answer);
                failure.detail = Some("an unexpected success status".to_owned());
                return Err(RequestFailure::unknown(failure));
            }
        };
        let detail = self.complete(detail, external_id).await?;
        Ok(CreateResponse { detail, outcome })
    }

    /// The business of an answer to a create request. If the answer does not say which business it is, with its name, the business is read: with the
    /// id alone it could be any.
    async fn complete(
        &self,
        detail: BusinessDetail,
        external_id: &str,
    ) -> Result<BusinessDetail, RequestFailure> {
        let business = &detail.business;
        if business.external_id.is_some() && business.title().is_some() {
            return Ok(detail);
        }
        let id = business.id;
        let url = self.url(&["businesses", &id.to_string()], &[]);
        let read = |answer: &[u8], secrets: &Secrets| {
            wire::read_created_again(answer, id, external_id, secrets)
        };
        // A wait before it is repeated must not be taken for one of the create, which has been sent.
        let operation = Operation::ReadBusiness;
        let read = self.send_signed_in(url, operation, HttpMethod::Get, RetryScope::Policy, read);
        // The business was created even if reading it fails.
        let read = read.await.map_err(|failed| {
            let mut failure = failed.failure;
            failure.operation = Operation::CreateBusiness;
            if failure.kind == FailureKind::NotFound {
                failure.kind = FailureKind::UnexpectedResponse;
                failure.detail = Some("the id of no business".to_owned());
            }
            RequestFailure::unknown(failure)
        });
        Ok(read?.0)
    }

    /// Changes the fields in `body`, then reads the business again, because the response to a change is incomplete.
    ///
    /// # Errors
    /// [`WriteOutcome::Done`] if the change was made and only the reading failed; the failure is that of the reading.
    pub async fn update(
        &self,
        id: BusinessId,
        body: &Map<String, Value>,
    ) -> Result<BusinessDetail, RequestFailure> {
        let json = Value::Object(body.clone()).to_string();
        let url = self.url(&["businesses", &id.to_string()], &[]);
        let verb = HttpMethod::PatchJson(&json);
        let read = |answer: &[u8], _: &Secrets| wire::read_acknowledgement(answer, id);
        let retries = RetryScope::NotDone;
        self.send_signed_in(url, Operation::UpdateBusiness, verb, retries, read)
            .await?;
        self.business(id).await.map_err(|failure| RequestFailure {
            failure,
            outcome: WriteOutcome::Done,
        })
    }

    /// Archives or unarchives a business. The endpoints are an assumption, modelled on others.
    ///
    /// # Errors
    /// [`FailureKind::NotSupported`] if the server has no such endpoints for any business; [`FailureKind::NotFound`] if it does not know this business.
    pub async fn set_archived(
        &self,
        id: BusinessId,
        is_archived: bool,
    ) -> Result<(), RequestFailure> {
        let (operation, verb) = if is_archived {
            (Operation::ArchiveBusiness, "archive")
        } else {
            (Operation::UnarchiveBusiness, "unarchive")
        };
        let url = self.url(&["businesses", &id.to_string(), verb], &[]);
        let read = |answer: &[u8], _: &Secrets| wire::read_acknowledgement(answer, id);
        let retries = RetryScope::NotDone;
        self.send_signed_in(url, operation, HttpMethod::Post, retries, read)
            .await?;
        Ok(())
    }
}
