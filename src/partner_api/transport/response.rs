//! Reads the parts of a response.

use reqwest::Response;
use reqwest::header::{HeaderMap, HeaderName, LOCATION};
use url::Url;
use zeroize::Zeroizing;

use super::super::api_server;
use super::super::scrub::Secrets;

/// The body, and whether it is complete: reading stops once it exceeds `limit` bytes.
pub(super) async fn read_body(
    mut response: Response,
    limit: usize,
) -> reqwest::Result<(Zeroizing<Vec<u8>>, bool)> {
    let announced = response
        .content_length()
        .and_then(|len| usize::try_from(len).ok())
        .unwrap_or(0);
    // Room for all of it at once, because a growing buffer leaves copies behind.
    let mut body = Zeroizing::new(Vec::with_capacity(announced.min(limit).min(1 << 20)));
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > limit {
            return Ok((body, false));
        }
        body.extend_from_slice(&chunk);
    }
    Ok((body, true))
}

/// Where a redirect points. Hosts in other scripts arrive as typed and are shown in punycode.
pub(super) fn redirect_target(asked: &Url, headers: &HeaderMap, secrets: &Secrets) -> String {
    let location = headers.get(LOCATION);
    let location = location.map(|value| String::from_utf8_lossy(value.as_bytes()));
    api_server::redirect_target(asked, location.as_deref(), secrets)
}

pub(super) fn text_of(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}
