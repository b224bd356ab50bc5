//! A fake of all AWS services, and the context to fetch with.

use std::collections::{HashMap, VecDeque};
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::domain::key_source::aws::AwsSource;
use crate::domain::key_source::{FieldNames, SourceProblem};
use crate::domain::network::NetworkSettings;
use crate::key_sources::{FetchContext, FetchSecret as _, FetchedSecret};
use crate::platform::clock::SystemClock;

pub(super) const KEY_ID: &str = "AKIASENTINELKEYID000";
pub(super) const SECRET_KEY: &str = "SENTINEL/secret/access/key/0123456789abc";
pub(super) const TOKEN: &str = "SENTINEL-session-token-0123456789";

/// A request as it arrived.
pub(super) struct Seen {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

/// Status, headers and body.
pub(super) type Canned = (u16, Vec<(&'static str, String)>, String);

#[derive(Clone, Default)]
struct Script {
    /// The last one is repeated.
    answers: Arc<Mutex<VecDeque<Canned>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

pub(super) struct Fake {
    pub(super) url: String,
    script: Script,
    home: TempDir,
}

pub(super) fn json(status: u16, body: &str) -> Canned {
    let kind = "application/x-amz-json-1.1".to_owned();
    (status, vec![("content-type", kind)], body.to_owned())
}

impl Fake {
    pub(super) async fn answering(answers: impl IntoIterator<Item = Canned>) -> Self {
        let script = Script {
            answers: Arc::new(Mutex::new(answers.into_iter().collect())),
            ..Script::default()
        };
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(script.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join(".aws")).unwrap();
        Self { url, script, home }
    }

    /// Writes `~/.aws/config`; `URL` stands for this server.
    pub(super) fn configured(self, config: &str) -> Self {
        let config = config.replace("URL", &self.url);
        fs::write(self.home().join(".aws/config"), config).unwrap();
        self
    }

    pub(super) fn home(&self) -> &Path {
        self.home.path()
    }

    pub(super) fn requests(&self) -> usize {
        self.script.seen.lock().unwrap().len()
    }

    pub(super) fn take_seen(&self) -> Vec<Seen> {
        std::mem::take(&mut *self.script.seen.lock().unwrap())
    }

    pub(super) fn context(&self, variables: &[(&str, &str)]) -> FetchContext {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let mut variables: HashMap<String, String> = variables.iter().map(owned).collect();
        let url = variables.entry("AWS_ENDPOINT_URL".to_owned());
        url.or_insert_with(|| self.url.clone());
        FetchContext {
            network: NetworkSettings::default(),
            variable: Arc::new(move |name: &str| variables.get(name).cloned()),
            home: Some(self.home().to_owned()),
            answer: None,
            clock: Arc::new(SystemClock),
        }
    }

    /// Fetches with credentials from variables.
    pub(super) async fn fetch(&self) -> Result<FetchedSecret, SourceProblem> {
        let variables = [
            ("AWS_ACCESS_KEY_ID", KEY_ID),
            ("AWS_SECRET_ACCESS_KEY", SECRET_KEY),
            ("AWS_SESSION_TOKEN", TOKEN),
        ];
        let source = source(None);
        source.fetch(&self.context(&variables)).await
    }

    /// Fetches with a profile of the configuration.
    pub(super) async fn fetch_by(&self, profile: &str) -> Result<FetchedSecret, SourceProblem> {
        let source = source(Some(profile));
        source.fetch(&self.context(&[])).await
    }
}

pub(super) fn source(profile: Option<&str>) -> AwsSource {
    AwsSource {
        secret: "thred/production".to_owned(),
        region: Some("eu-central-1".to_owned()),
        profile: profile.map(str::to_owned),
        names: FieldNames::default(),
        is_key_alone: false,
    }
}

/// The problem, after checking that it contains no secret.
#[track_caller]
pub(super) fn problem(fetched: Result<FetchedSecret, SourceProblem>) -> SourceProblem {
    let problem = fetched.map(|_| ()).unwrap_err();
    let all = format!("{problem:?}");
    for secret in ["SENTINEL", "AKIA", "ASIA"] {
        assert!(!all.contains(secret), "{all}");
    }
    problem
}

async fn answer(
    State(script): State<Script>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    script.seen.lock().unwrap().push(Seen {
        method,
        path: uri.to_string(),
        headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    });
    let (status, headers, body) = {
        let mut answers = script.answers.lock().unwrap();
        match answers.len() {
            0 => (500, Vec::new(), String::new()),
            1 => answers[0].clone(),
            _ => answers.pop_front().unwrap(),
        }
    };
    let mut response = (StatusCode::from_u16(status).unwrap(), body).into_response();
    for (name, value) in headers {
        response.headers_mut().insert(name, value.parse().unwrap());
    }
    response
}
