//! A server on loopback that responds as a test specifies and records requests.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use tokio::net::TcpListener;

/// A request as it arrived.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// For example "GET /v1/sys/health".
    pub(super) line: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: String,
}

impl Asked {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(one, _)| one == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Status, body, and `Location`.
pub(super) type Told = (u16, String, Option<String>);

pub(super) fn told(status: u16, body: &str) -> Told {
    (status, body.to_owned(), None)
}

pub(super) struct Fake {
    pub(super) address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Fake {
    pub(super) async fn start(tell: impl Fn(&Asked) -> Told + Send + Sync + 'static) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (all, tell) = (Arc::clone(&asked), Arc::new(tell));
        let app = Router::new().fallback(move |request: Request| {
            let (all, tell) = (Arc::clone(&all), Arc::clone(&tell));
            async move {
                let asked = read(request).await;
                let told = tell(&asked);
                all.lock().unwrap().push(asked);
                answer(told)
            }
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { address, asked }
    }

    pub(super) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    pub(super) fn lines(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.line).collect()
    }
}

async fn read(request: Request) -> Asked {
    let line = format!("{} {}", request.method(), request.uri().path());
    let headers = request.headers().iter();
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    let headers = headers
        .map(|(name, value)| (name.to_string(), text(value.as_bytes())))
        .collect();
    let body = to_bytes(request.into_body(), 1 << 20).await.unwrap();
    Asked {
        line,
        headers,
        body: text(&body),
    }
}

fn answer((status, body, location): Told) -> Response {
    let status = StatusCode::from_u16(status).unwrap();
    let mut response = (status, Bytes::from(body)).into_response();
    if let Some(location) = location {
        let headers = response.headers_mut();
        headers.insert("location", location.parse().unwrap());
    }
    response
}
