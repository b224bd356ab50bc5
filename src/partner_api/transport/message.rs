//! Requests and responses as the transport handles them.

use jiff::Timestamp;
use reqwest::header::HeaderValue;
use url::Url;
use zeroize::Zeroizing;

use crate::domain::failure::Operation;
use crate::domain::time::Now;

use super::super::pause::UserIntent;
use super::super::scrub::Secrets;

/// The value of an `Authorization` header.
pub(in crate::partner_api) struct Authorization(pub(super) HeaderValue);

impl Authorization {
    /// `None` if the text has characters that a header cannot contain.
    pub(in crate::partner_api) fn new(value: &Zeroizing<String>) -> Option<Self> {
        let mut header = HeaderValue::from_str(value).ok()?;
        // Keeps it out of `Debug` output and of HTTP/2 header compression.
        header.set_sensitive(true);
        Some(Self(header))
    }
}

#[derive(Clone)]
pub(in crate::partner_api) struct Request<'a> {
    /// What the request is for.
    pub(in crate::partner_api) intent: &'a UserIntent,
    pub(in crate::partner_api) verb: HttpMethod<'a>,
    pub(in crate::partner_api) url: Url,
    pub(in crate::partner_api) authorization: &'a Authorization,
    /// Secrets to hide in the response.
    pub(in crate::partner_api) secrets: &'a Secrets,
    /// Whether a 401 is about the API key.
    pub(in crate::partner_api) proves_key: bool,
}

impl Request<'_> {
    pub(in crate::partner_api) fn operation(&self) -> Operation {
        self.intent.operation
    }
}

#[derive(Clone, Copy)]
pub(in crate::partner_api) enum HttpMethod<'a> {
    Get,
    Post,
    PostForm(&'a [(&'a str, &'a str)]),
    PostJson(&'a str),
    PatchJson(&'a str),
}

impl HttpMethod<'_> {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post | Self::PostForm(_) | Self::PostJson(_) => "POST",
            Self::PatchJson(_) => "PATCH",
        }
    }
}

/// A complete 2xx response.
pub(in crate::partner_api) struct HttpResponse {
    /// Wiped when dropped, because it may hold a token.
    pub(in crate::partner_api) body: Zeroizing<Vec<u8>>,
    pub(in crate::partner_api) status: u16,
    /// From the `Date` header.
    pub(in crate::partner_api) server_time: Option<Timestamp>,
    pub(in crate::partner_api) sent: Now,
    pub(in crate::partner_api) received: Now,
    /// The request's number in the log.
    pub(in crate::partner_api) number: u64,
}
