//! Reads a secret from either version of the key/value engine.

use jiff::Timestamp;
use serde_json::Value;

use super::answer::VaultResponse;
use super::server::VaultServer;
use crate::domain::key_source::vault::{KvEngine, VaultProblem};
use crate::domain::key_source::{KeyVersion, SourceProblem};
use crate::key_sources::fetched_secret::FetchedSecret;

pub(super) async fn read_secret(server: &VaultServer) -> Result<FetchedSecret, SourceProblem> {
    let (mount, path) = (server.source.mount.as_str(), server.source.path.as_str());
    let has_versions = server.source.engine == KvEngine::V2;
    let answer = match has_versions {
        true => server.get(&[mount, "data", path]).await?,
        false => server.get(&[mount, path]).await?,
    };
    let fields = if has_versions { "/data/data" } else { "/data" };
    match answer.object(fields) {
        Some(text) if answer.is_success() => Ok(FetchedSecret {
            text,
            version: KeyVersion {
                name: version(&answer).map(|number| format!("v{number}")),
                created: time(&answer, "/data/metadata/created_time"),
            },
            found: None,
        }),
        _ => Err(server.explain(&problem(server, &answer), &answer)),
    }
}

fn problem(server: &VaultServer, answer: &VaultResponse) -> VaultProblem {
    let status = answer.status;
    let origin = || server.origin().clone();
    if answer.has("/data/metadata") {
        let version = version(answer);
        let is_destroyed =
            answer.json.pointer("/data/metadata/destroyed") == Some(&Value::Bool(true));
        return if is_destroyed {
            VaultProblem::Destroyed { version }
        } else {
            let since = time(answer, "/data/metadata/deletion_time");
            VaultProblem::Deleted { version, since }
        };
    }
    if answer.has("/wrap_info") {
        return VaultProblem::Wrapped;
    }
    match status {
        403 if answer.refuses_token() => VaultProblem::TokenRejected(origin()),
        403 => VaultProblem::Denied(origin()),
        404 if answer.says("versioned k/v") => VaultProblem::OtherEngine,
        404 => VaultProblem::NoSecret,
        200..300 => VaultProblem::NotVault { status },
        _ => VaultProblem::ServerError { status },
    }
}

fn version(answer: &VaultResponse) -> Option<u64> {
    answer.json.pointer("/data/metadata/version")?.as_u64()
}

fn time(answer: &VaultResponse, pointer: &str) -> Option<Timestamp> {
    answer.text(pointer)?.parse().ok()
}
