//! Tests of Vault over real HTTP on loopback, with the responses of real servers.

mod answers;
mod logins;
mod tokens;
mod ways;

use std::path::PathBuf;
use std::sync::Arc;

use secrecy::SecretString;

use crate::domain::key_source::vault::VaultSource;
use crate::domain::key_source::{ExternalSource, SourceKind, SourceProblem, TypedSource};
use crate::domain::network::NetworkSettings;
use crate::key_sources::FetchContext;
use crate::key_sources::vault::fetch;
use crate::partner_api::testing::{Reply, Seen, Server, clock};

/// Must not appear in any text.
const TOKEN: &str = "hvs.CAESIJ-s3cret-token-of-the-user";
const PASSWORD: &str = "s3cret password & of=ada";
const KEY: &str = "s3cret-key-of-the-partner";

const SECRET_V2: &str = r#"{"request_id":"1","data":{"data":{"partner_uuid":"7f6c1f0a-0000-4000-8000-000000000001","api_key":"s3cret-key-of-the-partner"},"metadata":{"created_time":"2026-11-28T00:39:01.390344202Z","custom_metadata":null,"deletion_time":"","destroyed":false,"version":4}},"wrap_info":null,"warnings":null,"auth":null}"#;
const SECRET_V1: &str = r#"{"request_id":"1","data":{"api_key":"s3cret-key-of-the-partner"},"wrap_info":null,"warnings":null,"auth":null}"#;
const DENIED: &str = r#"{"errors":["permission denied"]}"#;
const MOUNTS: &str = "/v1/sys/internal/ui/mounts/";

/// A context with these variables, without home folder and proxy.
fn context(variables: &'static [(&'static str, &'static str)]) -> FetchContext {
    FetchContext {
        network: NetworkSettings::default(),
        variable: Arc::new(move |name| {
            let found = variables.iter().find(|(one, _)| *one == name);
            found.map(|(_, value)| (*value).to_owned())
        }),
        home: None,
        answer: None,
        clock: clock(),
    }
}

fn with_token() -> FetchContext {
    context(&[("VAULT_TOKEN", TOKEN)])
}

fn with_home(home: &tempfile::TempDir) -> FetchContext {
    FetchContext {
        home: Some(PathBuf::from(home.path())),
        ..context(&[])
    }
}

fn with_answer(answer: &str) -> FetchContext {
    FetchContext {
        answer: Some(SecretString::from(answer)),
        ..context(&[])
    }
}

fn source(address: &str, fields: &[(&str, &str)]) -> VaultSource {
    let blank = TypedSource::blank(SourceKind::Vault)
        .with("address", address)
        .with("path", "secret/thred/production");
    let typed = fields
        .iter()
        .fold(blank, |typed, (id, text)| typed.with(id, *text));
    match ExternalSource::read(&typed).unwrap() {
        ExternalSource::Vault(source) => source,
        other => panic!("{other:?}"),
    }
}

/// Checks that the text contains no secret.
fn assert_clean(problem: &SourceProblem) {
    let words = format!("{problem:?}");
    for secret in [TOKEN, PASSWORD, KEY, "s3cret"] {
        assert!(!words.contains(secret), "{words}");
    }
}

async fn problem(source: &VaultSource, context: &FetchContext) -> SourceProblem {
    let Err(problem) = fetch(source, context).await else {
        panic!("a secret was handed out")
    };
    assert_clean(&problem);
    problem
}

fn told(status: u16, body: &str) -> Reply {
    Reply::new(status, &[], body)
}

/// A mount as OpenBao describes it.
fn mount(path: &str, kind: &str, version: &str) -> String {
    format!(
        r#"{{"request_id":"1","data":{{"path":"{path}","type":"{kind}","options":{{"version":"{version}"}},"running_plugin_version":"v0.20.0+builtin"}},"auth":null}}"#
    )
}

/// A server with `secret/` in version 2, which answers everything else like this.
fn kv2(tell: impl Fn(&Seen) -> Reply) -> impl Fn(&Seen, usize) -> Reply {
    move |asked: &Seen, _| {
        if asked.asked().contains(MOUNTS) {
            told(200, &mount("secret/", "kv", "2"))
        } else {
            tell(asked)
        }
    }
}
