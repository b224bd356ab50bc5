//! Checks the files of web identity and container tokens before the SDK reads them:
//! <https://docs.aws.amazon.com/sdkref/latest/guide/access-assume-role-web.html>,
//! <https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html>.
//!
//! The SDK opens whatever is there: a pipe would block it, and a device might never end.

use std::path::{Path, PathBuf};

use aws_config::profile::ProfileSet;
use zeroize::Zeroizing;

use super::credential_process::{WEB_IDENTITY, base_profile};
use crate::domain::key_source::aws::AwsProblem;
use crate::domain::text::visible;
use crate::key_sources::FetchContext;
use crate::platform::files::read_limited;

/// Largest token file, bytes. AWS accepts tokens of up to 20,000 characters.
const SIZE_LIMIT: u64 = 64 << 10;

/// A file with a token.
pub(super) struct TokenFile {
    path: PathBuf,
    /// The profile or variable that names it, for the start of a sentence.
    named_by: String,
}

impl TokenFile {
    /// The token file of the profile, or of the source profile whose credentials assume its role.
    pub(super) fn of(set: &ProfileSet, profile: &str) -> Option<Self> {
        let (profile, _) = base_profile(set, profile)?;
        let path = profile.get(WEB_IDENTITY)?;
        // The SDK does not read it otherwise.
        let is_used =
            profile.get("role_arn").is_some() && profile.get("credential_source").is_none();
        is_used.then(|| Self {
            path: PathBuf::from(path),
            named_by: format!("The AWS profile {}", visible(profile.name())),
        })
    }

    /// The file that the environment names, if it also names the role.
    pub(super) fn of_variables(context: &FetchContext) -> Option<Self> {
        (context.variable)("AWS_ROLE_ARN")?;
        Self::of_variable(context, "AWS_WEB_IDENTITY_TOKEN_FILE")
    }

    /// The file of the container that the console runs in.
    pub(super) fn of_container(context: &FetchContext) -> Option<Self> {
        Self::of_variable(context, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")
    }

    fn of_variable(context: &FetchContext, name: &str) -> Option<Self> {
        Some(Self {
            path: PathBuf::from((context.variable)(name)?),
            named_by: name.to_owned(),
        })
    }

    /// Whether the file can be given to the SDK.
    ///
    /// # Errors
    /// Why not.
    pub(super) fn check(&self) -> Result<(), AwsProblem> {
        why_unreadable(&self.path).map_or(Ok(()), |why| {
            Err(AwsProblem::TokenFile {
                named_by: self.named_by.clone(),
                file: visible(&self.path.to_string_lossy()).into_owned(),
                why,
            })
        })
    }
}

fn why_unreadable(path: &Path) -> Option<String> {
    let token = match read_limited(path, SIZE_LIMIT) {
        Ok(token) => Zeroizing::new(token),
        Err(why) => return Some(why.to_string()),
    };
    std::str::from_utf8(&token)
        .is_err()
        .then(|| "it is not text".to_owned())
}
