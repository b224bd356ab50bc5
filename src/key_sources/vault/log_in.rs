//! Gets a token, and revokes it after use.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use tokio::time::timeout;
use zeroize::Zeroizing;

use super::answer::VaultResponse;
use super::find_token::find_token;
use super::server::VaultServer;
use crate::domain::key_source::SourceProblem;
use crate::domain::key_source::vault::{TokenOrigin, VaultLogin, VaultProblem};
use crate::key_sources::FetchContext;

/// How long to wait for revoking a token, because the sign-in waits for it.
const REVOKE_TIMEOUT: Duration = Duration::from_secs(5);

/// The body of a login request.
#[derive(Serialize)]
#[serde(untagged)]
enum LoginCredentials<'a> {
    Secret {
        role_id: &'a str,
        secret_id: &'a str,
    },
    Password {
        password: &'a str,
    },
}

/// Gives the server a token to use: one found on this computer, or one from a new login.
pub(super) async fn log_in(
    server: &mut VaultServer,
    context: &FetchContext,
) -> Result<(), SourceProblem> {
    let login = server.source.login.clone();
    let Some(mount) = login.mount() else {
        let found = find_token(&server.source, context).await;
        let (token, origin) = found.map_err(|problem| server.words(&problem))?;
        server.use_token(token, origin, None);
        return Ok(());
    };
    let given = context.answer.as_ref().map(ExposeSecret::expose_secret);
    let given = given.filter(|answer| !answer.is_empty());
    let given = given.ok_or_else(|| server.words(&VaultProblem::NoAnswer))?;
    let (user, proof) = match &login {
        VaultLogin::Token | VaultLogin::AppRole { .. } => {
            let role_id = match &login {
                VaultLogin::AppRole { role_id, .. } => role_id.as_str(),
                _ => "",
            };
            // A secret id is usually pasted, often with a line break.
            let secret_id = given.trim();
            ("", LoginCredentials::Secret { role_id, secret_id })
        }
        VaultLogin::Userpass { username, .. } | VaultLogin::Ldap { username, .. } => (
            username.as_str(),
            LoginCredentials::Password { password: given },
        ),
    };
    let answer = server
        .post(&["auth", mount, "login", user], json(&proof))
        .await?;
    if let Some(problem) = problem(&answer) {
        return Err(server.explain(&problem, &answer));
    }
    let token = answer.text("/auth/client_token").unwrap_or_default();
    let token = SecretString::from(token);
    server.use_token(token, TokenOrigin::Login, context.answer.as_ref());
    Ok(())
}

/// Revokes the token of a login. A failure is ignored, because the token expires anyway.
pub(super) async fn revoke_token(server: VaultServer) {
    let revoked = server.post(&["auth/token/revoke-self"], Zeroizing::new(b"{}".to_vec()));
    let is_revoked =
        matches!(timeout(REVOKE_TIMEOUT, revoked).await, Ok(Ok(answer)) if answer.is_success());
    tracing::debug!(is_revoked, "asked Vault to revoke the login token");
}

fn problem(answer: &VaultResponse) -> Option<VaultProblem> {
    let status = answer.status;
    if answer.has("/auth/mfa_requirement") || (status == 400 && answer.says("mfa")) {
        return Some(VaultProblem::NeedsMfa);
    }
    if answer.has("/wrap_info") {
        return Some(VaultProblem::Wrapped);
    }
    let token = answer.text("/auth/client_token").unwrap_or_default();
    match status {
        200..300 if !token.is_empty() => None,
        200..300 => Some(VaultProblem::NotVault { status }),
        403 | 404 => Some(VaultProblem::NoLoginMethod),
        400 if answer.says("unsupported path") || answer.says("no handler for route") => {
            Some(VaultProblem::NoLoginMethod)
        }
        400 => Some(VaultProblem::LoginRejected),
        _ => Some(VaultProblem::ServerError { status }),
    }
}

fn json(proof: &LoginCredentials<'_>) -> Zeroizing<Vec<u8>> {
    let len = match proof {
        LoginCredentials::Secret { role_id, secret_id } => role_id.len() + secret_id.len(),
        LoginCredentials::Password { password } => password.len(),
    };
    // Room for every escape, because a growing buffer leaves copies behind.
    let mut body = Zeroizing::new(Vec::with_capacity(6 * len + 64));
    // Cannot fail: strings always serialise, and a `Vec` accepts everything.
    let _ = serde_json::to_writer(&mut *body, proof);
    body
}
