//! Runs the `credential_process` of a profile:
//! <https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html>.
//!
//! The SDK would pass it all variables of the console, with the API key among them, and leave it running when the fetch
//! has ended. So the SDK is built without this feature, and calls this provider in its place.

use std::fmt;
use std::time::{Duration, SystemTime};

use aws_config::profile::{Profile, ProfileSet};
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future;
use aws_sdk_secretsmanager::config::{Credentials, ProvideCredentials};
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use crate::key_sources::{FetchContext, command};

/// The `credential_source` that stands for the process, and the name of a section for it.
pub(super) const PROCESS_SOURCE: &str = "thred-console-process";

pub(super) const WEB_IDENTITY: &str = "web_identity_token_file";

/// The SDK prefers these settings of a profile to its process.
const PREFERRED: [&str; 8] = [
    "credential_source",
    WEB_IDENTITY,
    "login_session",
    "sso_account_id",
    "sso_region",
    "sso_role_name",
    "sso_start_url",
    "sso_session",
];

/// The process that a profile gets its credentials from. It is run whenever credentials are needed.
#[derive(Clone)]
pub(super) struct CredentialProcess {
    profile: String,
    /// Whether the profile assumes a role with the credentials of its own process.
    is_own_source: bool,
    /// A line for a shell. May contain secrets.
    line: String,
    /// The account, if the process does not tell it.
    account: Option<String>,
    context: FetchContext,
}

impl CredentialProcess {
    /// The process of the profile, or of the source profile whose credentials assume its role.
    pub(super) fn of(set: &ProfileSet, profile: &str, context: &FetchContext) -> Option<Self> {
        let (profile, is_own_source) = base_profile(set, profile)?;
        Self::in_section(profile, is_own_source, context)
    }

    fn in_section(profile: &Profile, is_own_source: bool, context: &FetchContext) -> Option<Self> {
        if PREFERRED.iter().any(|key| profile.get(key).is_some()) {
            return None;
        }
        Some(Self {
            profile: profile.name().to_owned(),
            is_own_source,
            line: profile.get("credential_process")?.to_owned(),
            account: profile.get("aws_account_id").map(str::to_owned),
            context: context.clone(),
        })
    }

    /// Sections of the credentials file that replace the process by [`PROCESS_SOURCE`].
    pub(super) fn redirection(&self) -> String {
        let profile = &self.profile;
        match self.is_own_source {
            // A profile must not have both kinds of source.
            true => format!(
                "[{profile}]\nsource_profile = {PROCESS_SOURCE}\n[{PROCESS_SOURCE}]\ncredential_source = {PROCESS_SOURCE}\n"
            ),
            false => format!("[{profile}]\ncredential_source = {PROCESS_SOURCE}\n"),
        }
    }

    /// The errors have no details, because they may contain anything that the process printed.
    async fn run(&self) -> Result<Credentials, CredentialsError> {
        let printed = command::output_of_line(&self.line, &self.context).await;
        let printed =
            printed.map_err(|_| CredentialsError::provider_error("the process failed"))?;
        let credentials = parse(printed.expose_secret(), self.account.clone());
        credentials.ok_or_else(|| CredentialsError::provider_error("no credentials were printed"))
    }
}

impl fmt::Debug for CredentialProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialProcess").finish_non_exhaustive()
    }
}

impl ProvideCredentials for CredentialProcess {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.run())
    }
}

/// The profile whose process or token file is used: for a role, its source profile. And whether that is a role itself. `None` if the credentials
/// come from elsewhere.
pub(super) fn base_profile<'a>(
    set: &'a ProfileSet,
    profile: &'a str,
) -> Option<(&'a Profile, bool)> {
    let (mut name, mut seen) = (profile, Vec::new());
    loop {
        let profile = set.get_profile(name)?;
        if seen.contains(&name) {
            return None;
        }
        seen.push(name);
        if seen.len() > 1 && has_preferred_keys(profile) {
            return None;
        }
        let is_role = profile.get("role_arn").is_some() && profile.get(WEB_IDENTITY).is_none();
        match profile.get("source_profile") {
            _ if !is_role => return Some((profile, false)),
            Some(next) if next != name => name = next,
            Some(_) => return Some((profile, true)),
            // Incomplete, or with another source of credentials.
            None => return None,
        }
    }
}

/// Whether the profile has keys in the file. The SDK assumes a role with them whatever else its source profile has.
pub(super) fn has_preferred_keys(profile: &Profile) -> bool {
    let keys = ["aws_access_key_id", "aws_secret_access_key"];
    keys.iter().all(|key| profile.get(key).is_some())
}

/// What a process prints.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ProcessOutput {
    version: u32,
    access_key_id: String,
    secret_access_key: SecretString,
    session_token: Option<SecretString>,
    expiration: Option<Timestamp>,
    account_id: Option<String>,
}

fn parse(printed: &str, account: Option<String>) -> Option<Credentials> {
    let answer: ProcessOutput = serde_json::from_str(printed).ok()?;
    if answer.version != 1 {
        return None;
    }
    let mut credentials = Credentials::builder()
        .access_key_id(answer.access_key_id)
        .secret_access_key(answer.secret_access_key.expose_secret())
        .provider_name("process");
    let token = answer.session_token;
    credentials.set_session_token(token.map(|token| token.expose_secret().to_owned()));
    credentials.set_expiry(answer.expiration.and_then(system_time));
    credentials.set_account_id(answer.account_id.or(account).map(Into::into));
    Some(credentials.build())
}

/// In whole seconds; `None` before 1970.
fn system_time(at: Timestamp) -> Option<SystemTime> {
    let since = Duration::from_secs(u64::try_from(at.as_second()).ok()?);
    SystemTime::UNIX_EPOCH.checked_add(since)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_process_prints_is_read_as_documented() {
        let all = r#"{"Version": 1, "AccessKeyId": "AKIA", "SecretAccessKey": "s", "SessionToken": "t",
            "Expiration": "2099-01-02T03:04:05+00:00", "AccountId": "123456789012", "More": []}"#;
        let read = parse(all, Some("0".to_owned())).unwrap();
        assert_eq!(read.access_key_id(), "AKIA");
        assert_eq!(read.secret_access_key(), "s");
        assert_eq!(read.session_token(), Some("t"));
        let expires = SystemTime::UNIX_EPOCH + Duration::from_secs(4_071_006_245);
        assert_eq!(read.expiry(), Some(expires));
        assert_eq!(read.account_id().unwrap().as_str(), "123456789012");

        let least = r#"{"Version":1,"AccessKeyId":"AKIA","SecretAccessKey":"s"}"#;
        let read = parse(least, Some("0".to_owned())).unwrap();
        assert_eq!((read.session_token(), read.expiry()), (None, None));
        assert_eq!(read.account_id().unwrap().as_str(), "0");

        for wrong in [
            "",
            "AKIA",
            r#"{"AccessKeyId":"AKIA","SecretAccessKey":"s"}"#,
            r#"{"Version":2,"AccessKeyId":"AKIA","SecretAccessKey":"s"}"#,
            r#"{"Version":1,"AccessKeyId":"AKIA"}"#,
            r#"{"Version":1,"AccessKeyId":"AKIA","SecretAccessKey":"s","Expiration":"soon"}"#,
        ] {
            assert!(parse(wrong, None).is_none(), "{wrong}");
        }
    }
}
