//! The outcome of requests that change something at Thred.

use super::business::BusinessDetail;

/// The two successful outcomes of a create request (API page "Create a business").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreateOutcome {
    /// 201: a new business.
    Created,
    /// 200: a business with this `external_id` already existed and was not changed.
    ///
    /// After an earlier [`WriteOutcome::Unknown`] for the same `external_id`, it may be the one that was created then.
    /// Only a comparison of the fields can tell.
    Existed,
}

/// The response to a create request.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateResponse {
    /// The business as stored.
    pub detail: BusinessDetail,
    /// Whether it is new.
    pub outcome: CreateOutcome,
}

/// What is known about a failed write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteOutcome {
    /// It took no effect: it was never sent, or the server rejected it.
    NotDone,
    /// It may or may not have taken effect. Sending the same request again is safe.
    Unknown,
    /// It took effect, but reading the result failed.
    Done,
}
