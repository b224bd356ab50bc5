//! What is sent, and what comes of it.

use jiff::Timestamp;
use reqwest::header::HeaderValue;
use url::Url;
use zeroize::Zeroizing;

use crate::domain::failure::{Failure, Operation};
use crate::domain::time::Now;
use crate::domain::write::WriteOutcome;

use super::super::pause::Errand;
use super::super::scrub::Secrets;

/// The value of an `Authorization` header.
pub(in crate::partner_api) struct Authorization(pub(super) HeaderValue);

impl Authorization {
    /// `None` where the text has characters that no header has.
    pub(in crate::partner_api) fn new(value: &Zeroizing<String>) -> Option<Self> {
        let mut header = HeaderValue::from_str(value).ok()?;
        // Kept out of `Debug` output and of the header compression of HTTP/2.
        header.set_sensitive(true);
        Some(Self(header))
    }
}

/// What is sent.
#[derive(Clone)]
pub(in crate::partner_api) struct Request<'a> {
    /// What it is sent for.
    pub(in crate::partner_api) errand: &'a Errand,
    pub(in crate::partner_api) verb: Verb<'a>,
    pub(in crate::partner_api) url: Url,
    pub(in crate::partner_api) authorization: &'a Authorization,
    /// What has to be hidden in whatever comes back.
    pub(in crate::partner_api) secrets: &'a Secrets,
    /// Whether a 401 means the API key.
    pub(in crate::partner_api) proves_key: bool,
}

impl Request<'_> {
    pub(in crate::partner_api) fn operation(&self) -> Operation {
        self.errand.operation
    }
}

/// Method and body.
#[derive(Clone, Copy)]
pub(in crate::partner_api) enum Verb<'a> {
    Get,
    Post,
    PostForm(&'a [(&'a str, &'a str)]),
    PostJson(&'a str),
    PatchJson(&'a str),
}

impl Verb<'_> {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post | Self::PostForm(_) | Self::PostJson(_) => "POST",
            Self::PatchJson(_) => "PATCH",
        }
    }
}

/// A complete 2xx answer.
pub(in crate::partner_api) struct HttpResponse {
    /// Wiped when dropped, because it may hold a token.
    pub(in crate::partner_api) body: Zeroizing<Vec<u8>>,
    pub(in crate::partner_api) status: u16,
    /// `Date`.
    pub(in crate::partner_api) server_time: Option<Timestamp>,
    pub(in crate::partner_api) sent: Now,
    pub(in crate::partner_api) received: Now,
    /// Number of the request in the log.
    pub(in crate::partner_api) number: u64,
}

/// A request without an answer that can be used.
#[derive(Debug)]
pub(in crate::partner_api) struct Miss {
    pub(in crate::partner_api) failure: Failure,
    /// Whether the server may have done what it was asked to. Of interest where that stays.
    pub(in crate::partner_api) outcome: WriteOutcome,
}

impl Miss {
    pub(in crate::partner_api) fn not_done(failure: Failure) -> Self {
        Self {
            failure,
            outcome: WriteOutcome::NotDone,
        }
    }

    pub(in crate::partner_api) fn unknown(failure: Failure) -> Self {
        Self {
            failure,
            outcome: WriteOutcome::Unknown,
        }
    }
}

/// Where reading is all that was asked for.
impl From<Miss> for Failure {
    fn from(miss: Miss) -> Self {
        miss.failure
    }
}
