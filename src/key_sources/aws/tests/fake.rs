//! A fake of all AWS services, and the context to fetch with.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;

use crate::domain::key_source::aws::AwsSource;
use crate::domain::key_source::{FieldNames, SourceProblem};
use crate::domain::network::NetworkSettings;
use crate::key_sources::FetchContext;
use crate::key_sources::aws::fetch;
use crate::key_sources::fetched_secret::FetchedSecret;
use crate::partner_api::testing::{Reply, Seen, Server};
use crate::platform::clock::SystemClock;

pub(super) const KEY_ID: &str = "AKIASENTINELKEYID000";
pub(super) const SECRET_KEY: &str = "SENTINEL/secret/access/key/0123456789abc";
pub(super) const TOKEN: &str = "SENTINEL-session-token-0123456789";

pub(super) struct Fake {
    server: Server,
    home: TempDir,
}

pub(super) fn json(status: u16, body: &str) -> Reply {
    Reply::new(status, &["content-type: application/x-amz-json-1.1"], body)
}

pub(super) fn xml(status: u16, body: &str) -> Reply {
    Reply::new(status, &["content-type: text/xml"], body)
}

impl Fake {
    /// Sends these replies in order, and the last one again and again.
    pub(super) async fn answering(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies: Vec<Reply> = replies.into_iter().collect();
        let server = Server::start(move |_, number| {
            let reply = replies.get(number).or(replies.last());
            reply.cloned().unwrap_or_else(|| Reply::new(500, &[], ""))
        });
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join(".aws")).unwrap();
        Self {
            server: server.await,
            home,
        }
    }

    /// Writes `~/.aws/config`; `URL` stands for this server.
    pub(super) fn configured(self, config: &str) -> Self {
        let config = config.replace("URL", &self.server.base);
        fs::write(self.home().join(".aws/config"), config).unwrap();
        self
    }

    pub(super) fn home(&self) -> &Path {
        self.home.path()
    }

    pub(super) fn seen(&self) -> Vec<Seen> {
        self.server.seen()
    }

    pub(super) fn context(&self, variables: &[(&str, &str)]) -> FetchContext {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let mut variables: HashMap<String, String> = variables.iter().map(owned).collect();
        let url = variables.entry("AWS_ENDPOINT_URL".to_owned());
        url.or_insert_with(|| self.server.base.clone());
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
        fetch(&source, &self.context(&variables)).await
    }

    /// Fetches with a profile of the configuration.
    pub(super) async fn fetch_by(&self, profile: &str) -> Result<FetchedSecret, SourceProblem> {
        let source = source(Some(profile));
        fetch(&source, &self.context(&[])).await
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
