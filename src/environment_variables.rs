//! Credentials and server from the environment, for a session that leaves no trace.

use std::env;

use thred_console::domain::credentials::{ApiKey, CredentialSource, Credentials, PartnerId};
use thred_console::domain::environment::{BaseUrl, Environment};

/// What the environment asks for.
pub(crate) struct FromEnvironment {
    /// The server, if one is named.
    pub(crate) environment: Option<Environment>,
    /// Complete credentials, if both are given.
    pub(crate) credentials: Option<Credentials>,
}

/// Reads the variables.
///
/// # Errors
/// A sentence that names the variable which cannot be used; a value is never quoted.
pub(crate) fn read() -> Result<FromEnvironment, String> {
    let environment = match variable("THRED_BASE_URL")? {
        Some(url) => Some(
            BaseUrl::parse(&url)
                .map(Environment::at)
                .map_err(|error| format!("THRED_BASE_URL: {error}"))?,
        ),
        None => None,
    };
    let variables = Variables {
        environment: environment.clone().unwrap_or(Environment::Sandbox),
    };
    Ok(FromEnvironment {
        environment,
        credentials: variables.credentials()?,
    })
}

/// `THRED_PARTNER_UUID` and `THRED_API_KEY`.
struct Variables {
    environment: Environment,
}

impl CredentialSource for Variables {
    /// A sentence that names the variable.
    type Problem = String;

    fn credentials(&self) -> Result<Option<Credentials>, String> {
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
                environment: self.environment.clone(),
                partner,
                key,
            })),
            (None, None) => Ok(None),
            (Some(_), None) => Err(only("THRED_PARTNER_UUID", "THRED_API_KEY")),
            (None, Some(_)) => Err(only("THRED_API_KEY", "THRED_PARTNER_UUID")),
        }
    }
}

fn only(set: &str, missing: &str) -> String {
    format!("{set} is set but {missing} is not. Set both, or none to type them.")
}

fn variable(name: &str) -> Result<Option<String>, String> {
    match env::var(name) {
        Ok(value) if value.trim().is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => Err(format!("{name} is not text.")),
    }
}
