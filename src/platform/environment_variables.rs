//! Reads credentials and server from environment variables, for a session that leaves no trace.

use std::env;
use std::ffi::{OsStr, OsString};

use crate::domain::credentials::{ApiKey, Credentials, PartnerId};
use crate::domain::environment::{BaseUrl, Environment};
use crate::domain::web_address;

/// The variable with the API key.
pub const KEY_VARIABLE: &str = "THRED_API_KEY";

/// The variables with secrets: the key, and the token that `exec` passes on. `main` removes them from the environment,
/// because libraries start a browser and file dialogs with all of it.
pub const SECRET_VARIABLES: [&str; 2] = [KEY_VARIABLE, "THRED_TOKEN"];

/// The value of [`KEY_VARIABLE`] when the program started. Cannot be printed.
#[derive(Clone)]
pub struct StartKey(Option<OsString>);

impl StartKey {
    /// Reads the variable.
    pub fn read() -> Self {
        Self(env::var_os(KEY_VARIABLE))
    }

    /// Whether the variable has a value.
    pub fn is_set(&self) -> bool {
        self.0.as_deref().is_some_and(|key| !key.is_empty())
    }

    /// The value, if it is valid text.
    pub fn text(&self) -> Option<&str> {
        self.0.as_deref().and_then(OsStr::to_str)
    }
}

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

/// Reads the other variables; the key is no longer in the environment.
///
/// # Errors
/// A sentence that names the invalid variable; values are never quoted.
pub fn read(key: &StartKey) -> Result<EnvironmentSettings, String> {
    let base = variable("THRED_BASE_URL")?.map(|url| {
        BaseUrl::parse(&url)
            .map(|base| (look_alike(&base, &url), base))
            .map_err(|error| format!("THRED_BASE_URL: {error}"))
    });
    let (look_alike, base) = base.transpose()?.unzip();
    let environment = base.map(Environment::at);
    let credentials = credentials(environment.clone().unwrap_or(Environment::Sandbox), key)?;
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
    let in_disguise = web_address::hidden_host(typed);
    in_disguise.or_else(|| base.has_punycode().then(|| base.host()))
}

/// Reads `THRED_PARTNER_UUID` and combines it with the key. The error is a sentence that names the variable.
fn credentials(environment: Environment, key: &StartKey) -> Result<Option<Credentials>, String> {
    let partner = variable("THRED_PARTNER_UUID")?
        .map(|typed| {
            PartnerId::parse(&typed).map_err(|error| format!("THRED_PARTNER_UUID: {error}"))
        })
        .transpose()?;
    let key = text(KEY_VARIABLE, key.0.as_deref())?
        .map(|typed| ApiKey::parse(&typed).map_err(|error| format!("{KEY_VARIABLE}: {error}")))
        .transpose()?;
    match (partner, key) {
        (Some(partner), Some(key)) => Ok(Some(Credentials {
            environment,
            partner,
            key,
        })),
        (None, None) => Ok(None),
        (Some(_), None) => Err(only("THRED_PARTNER_UUID", KEY_VARIABLE)),
        (None, Some(_)) => Err(only(KEY_VARIABLE, "THRED_PARTNER_UUID")),
    }
}

fn only(set: &str, missing: &str) -> String {
    format!("{set} is set but {missing} is not. Set both or neither.")
}

fn variable(name: &str) -> Result<Option<String>, String> {
    text(name, env::var_os(name).as_deref())
}

fn text(name: &str, value: Option<&OsStr>) -> Result<Option<String>, String> {
    let invalid = || format!("{name} is not valid text.");
    let text = value.map(|value| value.to_str().ok_or_else(invalid));
    let text = text.transpose()?.filter(|text| !text.trim().is_empty());
    Ok(text.map(str::to_owned))
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

    #[test]
    fn a_key_that_was_taken_out_of_the_environment_counts() {
        let of = |key: Option<&str>| {
            let key = StartKey(key.map(OsString::from));
            (key.is_set(), credentials(Environment::Sandbox, &key))
        };
        let (is_set, read) = of(Some("sk_test_0123456789"));
        assert!(is_set);
        assert_eq!(read.unwrap_err(), only(KEY_VARIABLE, "THRED_PARTNER_UUID"));
        for blank in [None, Some(""), Some(" ")] {
            assert!(matches!(of(blank).1, Ok(None)));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_is_no_text_is_reported() {
        use std::os::unix::ffi::OsStringExt as _;
        let key = StartKey(Some(OsString::from_vec(vec![0xff])));
        let said = credentials(Environment::Sandbox, &key).unwrap_err();
        assert_eq!(said, "THRED_API_KEY is not valid text.");
        assert!(key.is_set() && key.text().is_none());
    }
}
