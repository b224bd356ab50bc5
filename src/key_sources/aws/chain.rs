//! Finds credentials like the AWS tools: tries the links of their chain one after another.
//!
//! The SDK has this chain as well, but it logs the error of a failed link, which may contain anything that a credential process printed, and does not
//! tell which link it was.

use std::time::Duration;

use aws_config::ecs::EcsCredentialsProvider;
use aws_config::imds;
use aws_config::imds::credentials::ImdsCredentialsProvider;
use aws_config::imds::region::ImdsRegionProvider;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::web_identity_token::WebIdentityTokenCredentialsProvider;
use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_secretsmanager::config::{Credentials, ProvideCredentials};

use crate::domain::key_source::aws::{AwsProblem, AwsSource};
use crate::key_sources::FetchContext;

use super::configuration::{AwsSignIn, Configuration};
use super::connector::Connector;
use super::credential_process::PROCESS_SOURCE;
use super::error_response::{self, AwsErrorResponse, AwsFetchError};
use super::token_file::TokenFile;

/// An instance's metadata service is nearby or does not exist.
const METADATA_LIMIT: Duration = Duration::from_secs(1);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    Variables,
    Profile,
    WebIdentity,
    Container,
    Instance,
}

/// What the links need.
pub(super) struct CredentialChain<'a> {
    pub(super) source: &'a AwsSource,
    pub(super) context: &'a FetchContext,
    pub(super) configuration: &'a Configuration,
    pub(super) providers: &'a ProviderConfig,
    pub(super) connector: &'a Connector,
}

impl CredentialChain<'_> {
    /// The credentials of the first link that has any. If a link is configured but fails, the search ends: using credentials from another link would
    /// be a surprise.
    pub(super) async fn credentials(&self) -> Result<(Credentials, Link), AwsFetchError> {
        // A profile named in the settings takes precedence over variables, as with `aws --profile`.
        let is_named = self.source.profile.is_some();
        if !is_named && let Some(credentials) = self.of_variables() {
            return Ok((credentials, Link::Variables));
        }
        let links = if is_named {
            &[Link::Profile][..]
        } else {
            &[
                Link::Profile,
                Link::WebIdentity,
                Link::Container,
                Link::Instance,
            ][..]
        };
        for &link in links {
            // The SDK would read the token file of a container even outside of one.
            if link == Link::Container && !self.is_in_container() {
                continue;
            }
            self.check_token_file(link)?;
            match self.ask(link).await {
                Ok(credentials) => return Ok((credentials, link)),
                Err(CredentialsError::CredentialsNotLoaded(_)) => {}
                Err(error) => return Err(self.why(link, &error)),
            }
        }
        Err(AwsFetchError::Aws(AwsProblem::NoCredentials {
            is_whole_chain: !is_named,
        }))
    }

    /// The region of the instance that the console runs on.
    pub(super) async fn region_of_instance(&self) -> Option<String> {
        let provider = ImdsRegionProvider::builder()
            .configure(self.providers)
            .imds_client(self.metadata())
            .build();
        Some(provider.region().await?.to_string())
    }

    fn of_variables(&self) -> Option<Credentials> {
        let read = |name: &str| {
            let value = (self.context.variable)(name)?.trim().to_owned();
            Some(value).filter(|value| !value.is_empty())
        };
        let mut credentials = Credentials::builder()
            .access_key_id(read("AWS_ACCESS_KEY_ID")?)
            .secret_access_key(read("AWS_SECRET_ACCESS_KEY")?)
            .provider_name("variables");
        credentials.set_session_token(read("AWS_SESSION_TOKEN"));
        credentials.set_account_id(read("AWS_ACCOUNT_ID").map(Into::into));
        Some(credentials.build())
    }

    fn is_in_container(&self) -> bool {
        let names = [
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        ];
        names
            .iter()
            .any(|name| (self.context.variable)(name).is_some())
    }

    /// Checks the token file that the link would read.
    fn check_token_file(&self, link: Link) -> Result<(), AwsProblem> {
        let of_variables = match link {
            Link::WebIdentity => TokenFile::of_variables(self.context),
            Link::Container => TokenFile::of_container(self.context),
            Link::Variables | Link::Profile | Link::Instance => None,
        };
        let of_profile = self.configuration.token_file.as_ref();
        let file = of_variables
            .as_ref()
            .or(of_profile.filter(|_| link == Link::Profile));
        file.map_or(Ok(()), TokenFile::check)
    }

    async fn ask(&self, link: Link) -> Result<Credentials, CredentialsError> {
        let providers = self.providers;
        match link {
            Link::Variables => Err(CredentialsError::not_loaded_no_source()),
            Link::Profile => {
                let mut provider = ProfileFileCredentialsProvider::builder()
                    .configure(providers)
                    .profile_files(self.configuration.files.clone())
                    .profile_name(&self.configuration.profile);
                if let Some(process) = &self.configuration.process {
                    provider = provider.with_custom_provider(PROCESS_SOURCE, process.clone());
                }
                provider.build().provide_credentials().await
            }
            Link::WebIdentity => {
                let provider = WebIdentityTokenCredentialsProvider::builder()
                    .configure(providers)
                    .build();
                provider.provide_credentials().await
            }
            Link::Container => {
                let provider = EcsCredentialsProvider::builder()
                    .configure(providers)
                    .build();
                provider.provide_credentials().await
            }
            Link::Instance => {
                let provider = ImdsCredentialsProvider::builder()
                    .configure(providers)
                    .imds_client(self.metadata())
                    .build();
                provider.provide_credentials().await
            }
        }
    }

    fn metadata(&self) -> imds::Client {
        imds::Client::builder()
            .configure(self.providers)
            .connect_timeout(METADATA_LIMIT)
            .read_timeout(METADATA_LIMIT)
            .max_attempts(1)
            .build()
    }

    /// Why a configured link failed.
    fn why(&self, link: Link, error: &CredentialsError) -> AwsFetchError {
        let sign_in = self.configuration.sign_in;
        if let Some(fault) = error_response::fault_in(error) {
            return match link {
                Link::Container | Link::Instance => AwsFetchError::Aws(AwsProblem::Metadata),
                Link::Variables | Link::Profile | Link::WebIdentity => fault,
            };
        }
        let response = AwsErrorResponse::of_sign_in(error, self.connector);
        AwsFetchError::Aws(match (link, response) {
            (Link::Container | Link::Instance, _) => AwsProblem::Metadata,
            (_, Some(response)) => refused(response, sign_in),
            (Link::WebIdentity, None) => AwsProblem::WebIdentity {
                said: String::new(),
            },
            (Link::Variables | Link::Profile, None) => match error {
                CredentialsError::InvalidConfiguration(_) if sign_in.has_console_login => {
                    AwsProblem::ConsoleLogin
                }
                CredentialsError::InvalidConfiguration(_) => AwsProblem::ProfileUnusable {
                    said: self.connector.quote(&error_response::innermost(error)),
                },
                // Without a response, only reading the SSO session's file or running the process can have failed.
                _ if sign_in.has_process => AwsProblem::ProcessFailed,
                _ if sign_in.has_sso => AwsProblem::SignedOut,
                _ if sign_in.has_web_identity => AwsProblem::WebIdentity {
                    said: String::new(),
                },
                _ => AwsProblem::NotUnderstood,
            },
        })
    }
}

/// The meaning of a rejected sign-in.
fn refused(response: AwsErrorResponse, sign_in: AwsSignIn) -> AwsProblem {
    use error_response::Service::{Sso, Sts, WebIdentity};
    match (response.service, response.code()) {
        (Sso, "UnauthorizedException") => AwsProblem::SignedOut,
        (Sso, "ForbiddenException") => AwsProblem::SsoRoleDenied,
        (Sts, "AccessDenied" | "AccessDeniedException") if sign_in.needs_mfa => {
            AwsProblem::MfaNeeded
        }
        (Sts, "AccessDenied" | "AccessDeniedException") => AwsProblem::RoleDenied {
            said: response.said,
        },
        (
            WebIdentity,
            "AccessDenied" | "InvalidIdentityToken" | "ExpiredTokenException" | "IDPRejectedClaim",
        ) => AwsProblem::WebIdentity {
            said: response.said,
        },
        _ => response.explain(),
    }
}
