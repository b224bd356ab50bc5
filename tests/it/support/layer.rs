//! The middleware between the client and the demo server, which records requests and applies faults.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use futures_util::{StreamExt as _, stream};
use thred_console::demo::DemoState;

use super::{
    Answer, Log, Seen,
    answer::{Plain, ProcessEnd, Silence},
    older,
    rules::Rules,
};

/// The largest accepted request body, in bytes.
const REQUEST_LIMIT: usize = 4 << 20;
const CHUNK: usize = 64 << 10;
const ENDLESS: usize = 64 << 20;

pub(super) struct Shared {
    pub(super) log: Log,
    pub(super) rules: Rules,
    pub(super) state: DemoState,
    /// Whether the server answers as the older generation of the API.
    pub(super) is_older: AtomicBool,
}

/// Records the request and answers it as the rules say.
pub(super) async fn intercept(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let (seen, request) = match record(request).await {
        Ok(pair) => pair,
        Err(_) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
    };
    let answer = shared.rules.take(&seen);
    let _in_flight = shared.log.arrived(seen.clone());
    if answer.silence == Some(Silence::BeforeHandling) {
        shared.log.fell_silent().await;
    }
    if let Some(gate) = &answer.gate {
        gate.passed().await;
    }
    if let Some(first) = &answer.first {
        first(&seen, &shared.state);
    }
    let mut plain = ask(&answer, &seen, request, next).await;
    if answer.canned.is_none() && shared.is_older.load(Ordering::Relaxed) {
        older::rewrite(&seen, &mut plain);
    }
    for reshape in &answer.reshape {
        reshape(&seen, &mut plain);
    }
    if let Some(then) = &answer.then {
        then(&shared.state);
    }
    if answer.silence == Some(Silence::AfterHandling) {
        shared.log.fell_silent().await;
    }
    send(plain, answer.ending)
}

/// Reads the whole request and rebuilds it.
pub(super) async fn record(request: Request) -> Result<(Seen, Request), axum::Error> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, REQUEST_LIMIT).await?;
    let seen = Seen {
        method: parts.method.clone(),
        uri: parts.uri.clone(),
        headers: parts.headers.clone(),
        body: body.clone(),
    };
    Ok((seen, Request::from_parts(parts, Body::from(body))))
}

async fn ask(answer: &Answer, seen: &Seen, mut request: Request, next: Next) -> Plain {
    if let Some(canned) = &answer.canned {
        return canned.clone();
    }
    if let Some(rewrite) = &answer.rewrite {
        *request.uri_mut() = rewrite(seen);
    }
    let (parts, body) = next.run(request).await.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Plain {
        status: parts.status,
        headers: parts.headers,
        body,
    }
}

fn send(plain: Plain, ending: ProcessEnd) -> Response {
    let Plain {
        status,
        mut headers,
        body,
    } = plain;
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    let broken = || Err(io::Error::other("cut off by the test"));
    let body = match ending {
        ProcessEnd::Whole => Body::from(body),
        ProcessEnd::CutOff => {
            let half = Bytes::copy_from_slice(&body[..body.len() / 2]);
            // Yielding lets the first half go out before the connection is closed.
            let break_off = async move {
                tokio::task::yield_now().await;
                broken()
            };
            Body::from_stream(stream::iter([Ok(half)]).chain(stream::once(break_off)))
        }
        ProcessEnd::HungUp => Body::from_stream(stream::iter([broken() as io::Result<Bytes>])),
        ProcessEnd::Endless => {
            headers.remove(header::CONTENT_LENGTH);
            let opening = Bytes::from_static(b"{\"count\":1,\"access_token\":\"x\",\"results\":[");
            let filler = Bytes::from("{\"id\":null,\"name\":\"filler\"},".repeat(CHUNK / 28));
            let chunks = stream::iter(std::iter::repeat_n(filler, ENDLESS / CHUNK));
            Body::from_stream(stream::iter([opening]).chain(chunks).map(io::Result::Ok))
        }
    };
    (status, headers, body).into_response()
}
