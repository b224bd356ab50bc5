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

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use super::{FetchContext, FetchSecret, FetchedSecret};
use crate::domain::key_source::vault::{TokenOrigin, VaultSource};
use crate::domain::key_source::{ExternalSource, SourceProblem};

use server::VaultServer;

impl FetchSecret for VaultSource {
    fn fetch<'a>(
        &'a self,
        context: &'a FetchContext,
    ) -> BoxFuture<'a, Result<FetchedSecret, SourceProblem>> {
        fetch(self, context).boxed()
    }
}

async fn fetch(
    source: &VaultSource,
    context: &FetchContext,
) -> Result<FetchedSecret, SourceProblem> {
    let mut server = VaultServer::new(source, context).await?;
    log_in::log_in(&mut server, context).await?;
    let read = read(&mut server).await;
    if *server.origin() == TokenOrigin::Login {
        log_in::revoke_token(&server).await;
    }
    let secret = read?;
    let found = (server.source != *source).then_some(ExternalSource::Vault(server.source));
    Ok(FetchedSecret { found, ..secret })
}

async fn read(server: &mut VaultServer) -> Result<FetchedSecret, SourceProblem> {
    mount::find_mount(server).await?;
    secret::read_secret(server).await
}
