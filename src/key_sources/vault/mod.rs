//! Vault and OpenBao: logs in, finds out which kind of mount a path is on, reads the secret, and revokes the token of the login.

mod answer;
mod find_token;
mod helper;
mod log_in;
mod mount;
mod secret;
mod server;

#[cfg(test)]
mod tests;

use scopeguard::{ScopeGuard, guard};
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use super::FetchContext;
use super::fetched_secret::FetchedSecret;
use crate::domain::key_source::vault::{TokenOrigin, VaultSource};
use crate::domain::key_source::{ExternalSource, SourceProblem};

use server::VaultServer;

/// Fetches the secret.
///
/// # Errors
/// What happened, with a text of its own for each kind of response.
pub(super) async fn fetch(
    source: &VaultSource,
    context: &FetchContext,
) -> Result<FetchedSecret, SourceProblem> {
    let mut server = VaultServer::new(source, context).await?;
    log_in::log_in(&mut server, context).await?;
    // Dropped with the future if the fetch is cancelled.
    let mut server = guard(server, |server| drop(revoke(server)));
    let read = read(&mut server).await;
    let read_from = server.source.clone();
    if let Some(revoking) = revoke(ScopeGuard::into_inner(server)) {
        // A panic there has been reported.
        let _ = revoking.await;
    }
    let secret = read?;
    let found = (read_from != *source).then_some(ExternalSource::Vault(read_from));
    Ok(FetchedSecret { found, ..secret })
}

/// Revokes the token of a login, which would stay valid for hours. A token that was there before is not the console's to revoke.
#[expect(
    clippy::disallowed_methods,
    reason = "it ends after a few seconds, and a cancelled fetch must not end it"
)]
fn revoke(server: VaultServer) -> Option<JoinHandle<()>> {
    let tokio = Handle::try_current().ok()?;
    let is_ours = *server.origin() == TokenOrigin::Login;
    is_ours.then(|| tokio.spawn(log_in::revoke_token(server)))
}

async fn read(server: &mut VaultServer) -> Result<FetchedSecret, SourceProblem> {
    mount::find_mount(server).await?;
    secret::read_secret(server).await
}
