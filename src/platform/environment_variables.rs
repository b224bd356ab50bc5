//! Reads credentials and server from environment variables, for a session that leaves no trace.

use std::env;

use crate::domain::credentials::{ApiKey, Credentials, PartnerId};
use crate::domain::environment::{BaseUrl, Environment};

/// Settings from environment variables.
#[derive(Debug, Default)]
pub struct EnvironmentSettings {
    /// The server, if set.
    pub environment: Option<Environment>,
    /// Complete credentials, if both parts are set.
    pub credentials: Option<Credentials>,
    /// The host, if it may only look like the intended one. It must be shown before anything is sent there.
    pub look_alike: Option<String>,
}

/// Reads the variables.
///
/// # Errors
/// A sentence that names the invalid variable; values are never quoted.
pub fn read() -> Result<EnvironmentSettings, String> {
    let base = variable("THRED_BASE_URL")?.map(|url| {
        BaseUrl::parse(&url)
            .map(|base| (look_alike(&base, &url), base))
            .map_err(|error| format!("THRED_BASE_URL: {error}"))
    });
    let (look_alike, base) = base.transpose()?.unzip();
    let environment = base.map(Environment::at);
    let credentials = credentials(environment.clone().unwrap_or(Environment::Sandbox))?;
    Ok(EnvironmentSettings {
        environment,
        credentials,
        look_alike: look_alike.flatten(),
    })
}

/// The logind session in which the program was started.
#[cfg(all(unix, not(target_os = "macos")))]
pub(super) fn session_id() -> Option<String> {
    env::var("XDG_SESSION_ID").ok().filter(|id| !id.is_empty())
}

fn look_alike(base: &BaseUrl, typed: &str) -> Option<String> {
    let in_disguise = base.punycode_host(typed);
    in_disguise.or_else(|| base.has_punycode().then(|| base.host()))
}

/// Reads `THRED_PARTNER_UUID` and `THRED_API_KEY`. The error is a sentence that names the variable.
fn credentials(environment: Environment) -> Result<Option<Credentials>, String> {
    let partner = variable("THRED_PARTNER_UUID")?
        .map(|typed| {
            PartnerId::parse(&typed).map_err(|error| format!("THRED_PARTNER_UUID: {error}"))
        })
        .transpose()?;
    let key = variable("THRED_API_KEY")?
        .map(|typed| ApiKey::parse(&typed).map_err(|error| format!("THRED_API_KEY: {error}")))
        .transpose()?;
    match (partner, key) {
        (Some(partner), Some(key)) => Ok(Some(Credentials {
            environment,
            partner,
            key,
        })),
        (None, None) => Ok(None),
        (Some(_), None) => Err(only("THRED_PARTNER_UUID", "THRED_API_KEY")),
        (None, Some(_)) => Err(only("THRED_API_KEY", "THRED_PARTNER_UUID")),
    }
}

fn only(set: &str, missing: &str) -> String {
    format!("{set} is set but {missing} is not. Set both, or neither to enter them in the window.")
}

fn variable(name: &str) -> Result<Option<String>, String> {
    match env::var(name) {
        Ok(value) if value.trim().is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => Err(format!("{name} is not valid text.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_that_may_only_look_like_another_is_noticed() {
        let noticed = |typed: &str| look_alike(&BaseUrl::parse(typed).unwrap(), typed);
        let punycode = Some("xn--pi-6kc.thredfi.com".to_owned());
        // The first letter is Cyrillic.
        assert_eq!(noticed("https://аpi.thredfi.com"), punycode);
        assert_eq!(noticed("https://xn--pi-6kc.thredfi.com"), punycode);
        assert_eq!(noticed("https://%D0%B0pi.thredfi.com"), punycode);
        assert_eq!(noticed("https://API.thredfi.com"), None);
    }
}
