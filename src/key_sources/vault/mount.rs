//! Finds out which part of a path is the mount, and its kind.

use super::server::VaultServer;
use crate::domain::key_source::SourceProblem;
use crate::domain::key_source::vault::{KvEngine, TokenOrigin, VaultProblem};
use crate::domain::text::is_invisible;

/// The API inserts these between mount and path in version 2.
const INFIXES: [&str; 2] = ["data/", "metadata/"];

/// Completes mount, path and engine in the settings with the server's response.
pub(super) async fn find_mount(server: &mut VaultServer) -> Result<(), SourceProblem> {
    let place = server.source.whole_path();
    let answer = server.get(&["sys/internal/ui/mounts", &place]).await?;
    if !answer.is_success() {
        // The server hides mounts that the token has no access to. If the settings specify everything, the response is not needed.
        let is_known = !server.source.mount.is_empty() && server.source.engine != KvEngine::Unknown;
        if is_known && answer.status != 404 && !answer.refuses_token() {
            return Ok(());
        }
        let problem = refused(server, answer.refuses_token(), answer.status).await?;
        return Err(server.explain(&problem, &answer));
    }
    let stated = answer.text("/data/path").unwrap_or_default();
    let Some((mount, path)) = split(&place, stated) else {
        let status = answer.status;
        return Err(server.words(&VaultProblem::NotVault { status }));
    };
    let kind = answer.text("/data/type").unwrap_or_default();
    if !matches!(kind, "kv" | "generic") {
        let (mount, kind) = (format!("{mount}/"), server.quote(kind));
        return Err(server.words(&VaultProblem::NotKv { mount, kind }));
    }
    let engine = match answer.text("/data/options/version") {
        Some("2") => KvEngine::V2,
        _ => KvEngine::V1,
    };
    let source = &mut server.source;
    // If the user entered a mount, the path is used as typed. That mount may be shorter or longer than the server's.
    let may_have_infix = source.mount.is_empty() && engine == KvEngine::V2;
    let infixes = INFIXES.iter().filter(|_| may_have_infix);
    let plain = infixes.filter_map(|infix| path.strip_prefix(infix)).next();
    source.path = plain.unwrap_or(&path).to_owned();
    source.mount = mount;
    source.engine = engine;
    if source.path.is_empty() {
        return Err(server.words(&VaultProblem::NoSecret));
    }
    Ok(())
}

fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty())
}

/// Splits `place` into the mount stated by the server and the rest. `None` if `place` does not begin with that mount, or if the mount contains
/// invisible characters: it gets remembered, shown and pasted, so it must not point anywhere else.
fn split(place: &str, stated: &str) -> Option<(String, String)> {
    let mount: Vec<&str> = parts(stated).collect();
    let mut rest = parts(place);
    let is_beginning = mount.iter().all(|part| rest.next() == Some(part));
    if mount.is_empty() || !is_beginning || stated.chars().any(is_invisible) {
        return None;
    }
    Some((mount.join("/"), rest.collect::<Vec<_>>().join("/")))
}

/// Why the server does not reveal the mount: the token may be invalid even if the message is about policies.
async fn refused(
    server: &VaultServer,
    refuses_token: bool,
    status: u16,
) -> Result<VaultProblem, SourceProblem> {
    let origin: TokenOrigin = server.origin().clone();
    if refuses_token {
        return Ok(VaultProblem::TokenRejected(origin));
    }
    if status != 403 {
        return Ok(VaultProblem::ServerError { status });
    }
    let own = server.get(&["auth/token/lookup-self"]).await?;
    Ok(if own.refuses_token() {
        VaultProblem::TokenRejected(origin)
    } else {
        VaultProblem::NoMount(origin)
    })
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn only_a_beginning_of_the_place_that_is_seen_is_a_mount() {
        let found = |stated: &str| split("team/kv/thred", stated);
        let pair = |mount: &str, path: &str| Some((mount.to_owned(), path.to_owned()));
        assert_eq!(found("team/kv/"), pair("team/kv", "thred"));
        assert_eq!(found("/team"), pair("team", "kv/thred"));
        assert_eq!(found("team/kv/thred/"), pair("team/kv/thred", ""));
        for other in ["", "/", "team/k", "kv", "team/kv/thred/x", "other/"] {
            assert_eq!(found(other), None, "{other}");
        }
        for hostile in ["\u{1b}[201~", "te\u{202E}am", "a\nb"] {
            let place = format!("{hostile}/thred");
            assert_eq!(split(&place, hostile), None, "{hostile:?}");
        }
    }
}
