//! Reads the configuration files of the AWS tools with the SDK: which profile is used, and how it signs in.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use aws_config::profile::{self, ProfileSet};
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_types::os_shim_internal::{Env, Fs};
use zeroize::Zeroizing;

use super::credential_process::{CredentialProcess, has_preferred_keys};
use super::error_response::innermost;
use super::token_file::TokenFile;
use crate::domain::key_source::aws::{AwsProblem, AwsSource};
use crate::domain::text::visible;
use crate::key_sources::FetchContext;
use crate::platform::files::{ReadError, read_limited};

/// The profile used if none is named.
const DEFAULT: &str = "default";

/// Largest file that is given to the SDK, bytes. Teams have profiles by the hundred, which take some 100 KiB.
const SIZE_LIMIT: u64 = 4 << 20;

/// The files' settings for the profile in use.
pub(super) struct Configuration {
    /// Passed to the SDK's own providers, which read the files again.
    pub(super) files: EnvConfigFiles,
    /// The name of the profile.
    pub(super) profile: String,
    pub(super) sign_in: AwsSignIn,
    /// The process that the profile's credentials come from, if any.
    pub(super) process: Option<CredentialProcess>,
    /// The file of the web identity token that the profile signs in with, if any.
    pub(super) token_file: Option<TokenFile>,
    pub(super) region: Option<String>,
}

/// How a profile and the profiles it builds on get credentials.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct AwsSignIn {
    pub(super) has_sso: bool,
    pub(super) has_process: bool,
    pub(super) has_role: bool,
    pub(super) needs_mfa: bool,
    pub(super) has_web_identity: bool,
    pub(super) has_console_login: bool,
}

impl Configuration {
    /// Reads the files. The profile comes from the settings, else from `AWS_PROFILE`, else it is the default one.
    ///
    /// # Errors
    /// If the files cannot be read, or do not contain the profile.
    pub(super) async fn read(
        source: &AwsSource,
        context: &FetchContext,
    ) -> Result<Self, AwsProblem> {
        let named = source.profile.clone().or_else(|| {
            let named = (context.variable)("AWS_PROFILE")?;
            Some(named).filter(|named| !named.trim().is_empty())
        });
        let profile = named.clone().unwrap_or_else(|| DEFAULT.to_owned());
        for (_, path) in paths(context) {
            check(&path).map_err(|said| AwsProblem::ConfigUnreadable { said })?;
        }
        let files = files(context, String::new());
        let selected = Some(Cow::Owned(profile.clone()));
        let set = profile::load(&Fs::real(), &Env::real(), &files, selected)
            .await
            .map_err(|error| AwsProblem::ConfigUnreadable {
                // The parser names file and line, and quotes nothing.
                said: innermost(&error),
            })?;
        if set.get_profile(&profile).is_none() && named.is_some() {
            let mut there: Vec<_> = set.profiles().map(str::to_owned).collect();
            there.sort_unstable();
            return Err(AwsProblem::ProfileMissing { profile, there });
        }
        let region = set.get("region").map(str::to_owned);
        let process = CredentialProcess::of(&set, &profile, context);
        let files = match &process {
            Some(process) => self::files(context, process.redirection()),
            None => files,
        };
        Ok(Self {
            sign_in: AwsSignIn::of(&set, &profile),
            region: region.filter(|region| !region.is_empty()),
            token_file: TokenFile::of(&set, &profile),
            process,
            profile,
            files,
        })
    }
}

impl AwsSignIn {
    fn of(set: &ProfileSet, profile: &str) -> Self {
        let mut found = Self::default();
        let (mut next, mut seen) = (Some(profile), Vec::new());
        while let Some(name) = next.filter(|name| !seen.contains(name)) {
            seen.push(name);
            let Some(profile) = set.get_profile(name) else {
                break;
            };
            if seen.len() > 1 && has_preferred_keys(profile) {
                break;
            }
            let has = |key: &str| profile.get(key).is_some();
            found.has_sso |= has("sso_session") || has("sso_start_url");
            found.has_process |= has("credential_process");
            found.has_web_identity |= has("web_identity_token_file");
            found.has_role |= has("role_arn") && !has("web_identity_token_file");
            found.needs_mfa |= has("mfa_serial");
            found.has_console_login |= has("login_session");
            next = profile.get("source_profile");
        }
        found
    }
}

/// Whether a file can be given to the SDK, which opens whatever is there: a pipe would block it, and a device might never end.
///
/// # Errors
/// Why not, as a sentence that names the file.
fn check(path: &Path) -> Result<(), String> {
    match read_limited(path, SIZE_LIMIT) {
        Ok(contents) => drop(Zeroizing::new(contents)),
        // The SDK has its own words for these.
        Err(ReadError::Missing | ReadError::Io(_)) => {}
        Err(why @ (ReadError::NotAFile | ReadError::TooLarge(_))) => {
            return Err(format!("{}: {why}.", visible(&path.to_string_lossy())));
        }
    }
    Ok(())
}

/// Whether there is a file. Users name the null device where they want none.
fn is_there(path: &Path) -> bool {
    path.exists() && path != Path::new("/dev/null")
}

/// The existing files. Often only one of the two exists.
fn paths(context: &FetchContext) -> Vec<(EnvConfigFileKind, PathBuf)> {
    let path = |variable: &str, name: &str| {
        let named = (context.variable)(variable).filter(|named| !named.is_empty());
        match (named, &context.home) {
            (Some(named), Some(home)) => Some(match named.strip_prefix("~/") {
                Some(rest) => home.join(rest),
                None => PathBuf::from(named),
            }),
            (Some(named), None) => Some(PathBuf::from(named)),
            (None, home) => home.as_ref().map(|home| home.join(".aws").join(name)),
        }
    };
    let all = [
        (EnvConfigFileKind::Config, "AWS_CONFIG_FILE", "config"),
        (
            EnvConfigFileKind::Credentials,
            "AWS_SHARED_CREDENTIALS_FILE",
            "credentials",
        ),
    ];
    let existing = all.into_iter().filter_map(|(kind, variable, name)| {
        Some((kind, path(variable, name).filter(|path| is_there(path))?))
    });
    existing.collect()
}

/// The files, and sections of a credentials file that take precedence over theirs.
fn files(context: &FetchContext, more: String) -> EnvConfigFiles {
    // The builder requires at least one.
    let nothing = EnvConfigFiles::builder().with_contents(EnvConfigFileKind::Config, String::new());
    let files = paths(context).into_iter();
    files
        .fold(nothing, |files, (kind, path)| files.with_file(kind, path))
        .with_contents(EnvConfigFileKind::Credentials, more)
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_device_is_not_given_to_the_sdk() {
        let why = check(Path::new("/dev/zero"));
        assert_eq!(
            why,
            Err("/dev/zero: it is not an ordinary file.".to_owned())
        );
        assert_eq!(check(Path::new("/nowhere")), Ok(()));
    }

    #[test]
    fn the_null_device_stands_for_no_file() {
        assert!(!is_there(Path::new("/dev/null")));
        assert!(is_there(Path::new(env!("CARGO_MANIFEST_DIR"))));
    }
}
