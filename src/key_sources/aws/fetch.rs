//! Fetches a secret from AWS Secrets Manager: configuration, credentials, region, secret.

use std::time::Duration;

use aws_config::provider_config::ProviderConfig;
use aws_config::retry::RetryConfig;
use aws_config::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use secrecy::ExposeSecret as _;
use tokio::time::timeout;
use tracing::instrument::WithSubscriber as _;
use tracing::subscriber::NoSubscriber;

use crate::domain::key_source::aws::{AwsProblem, AwsScope, AwsSource};
use crate::domain::key_source::{ExternalSource, SourceProblem};
use crate::key_sources::fetched_secret::FetchedSecret;
use crate::key_sources::{FetchContext, no_answer};

use super::answer;
use super::chain::{CredentialChain, Link};
use super::configuration::Configuration;
use super::connector::Connector;
use super::error_response::AwsFetchError;

/// For all requests together: before the secret is requested, an SSO session may be refreshed, a role assumed and a process run.
const LIMIT: Duration = Duration::from_secs(60);
/// Maximum attempts per request.
const ATTEMPTS: u32 = 2;

/// Fetches the secret.
///
/// # Errors
/// What happened, with a text of its own for each kind of response.
pub(in crate::key_sources) async fn fetch(
    source: &AwsSource,
    context: &FetchContext,
) -> Result<FetchedSecret, SourceProblem> {
    let mut scope = AwsScope {
        region: source.region.clone(),
        profile: source.profile.clone(),
        account: None,
    };
    // The SDK logs access key ids at `info`, and the output of credential processes at `warn`. All of it is discarded.
    let fetching =
        fetch_by_sdk(source, context, &mut scope).with_subscriber(NoSubscriber::default());
    let limit = AwsProblem::TimedOut { limit: LIMIT };
    let fetched = match timeout(LIMIT, fetching).await {
        Ok(fetched) => fetched,
        Err(_) => Err(AwsFetchError::Aws(limit)),
    };
    fetched.map_err(|trouble| match trouble {
        AwsFetchError::Aws(problem) => problem.explain(source, &scope),
        AwsFetchError::NoResponse(problem) => no_answer::problem(&problem, "AWS"),
    })
}

/// Fetches the secret. Records in `scope` what it learns on the way, for error messages.
async fn fetch_by_sdk(
    source: &AwsSource,
    context: &FetchContext,
    scope: &mut AwsScope,
) -> Result<FetchedSecret, AwsFetchError> {
    let connector = Connector::new(context);
    let configuration = Configuration::read(source, context).await?;
    let read = |name: &str| (context.variable)(name).filter(|value| !value.trim().is_empty());
    scope.region = source
        .region
        .clone()
        .or_else(|| read("AWS_REGION"))
        .or_else(|| read("AWS_DEFAULT_REGION"))
        .or_else(|| configuration.region.clone());
    if scope.profile.is_none() {
        scope.profile = read("AWS_PROFILE");
    }
    // The region is needed to reach the service where the role is assumed.
    if scope.region.is_none() && configuration.sign_in.has_role {
        return Err(AwsProblem::NoRegion.into());
    }
    let providers = ProviderConfig::without_region()
        .with_region(scope.region.clone().map(Region::new))
        .with_http_client(connector.clone())
        .with_retry_config(retries())
        .with_behavior_version(Some(BehaviorVersion::latest()));
    let chain = CredentialChain {
        source,
        context,
        configuration: &configuration,
        providers: &providers,
        connector: &connector,
    };
    let (credentials, link) = chain.credentials().await?;
    let account = credentials.account_id();
    scope.account = account.map(|account| account.as_str().to_owned());
    if link == Link::Variables {
        scope.profile = None;
    }
    if scope.region.is_none() && link == Link::Instance {
        scope.region = chain.region_of_instance().await;
    }
    let region = scope.region.clone().ok_or(AwsProblem::NoRegion)?;
    // Addresses from variables take precedence over the profile's, as in every AWS tool.
    let ignores = read("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS").is_some_and(|value| value == "true");
    let endpoint = read("AWS_ENDPOINT_URL_SECRETS_MANAGER").or_else(|| read("AWS_ENDPOINT_URL"));
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .region(Region::new(region))
        .credentials_provider(credentials)
        .profile_files(configuration.files)
        .profile_name(configuration.profile)
        .http_client(connector.clone())
        .retry_config(retries())
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
    if let Some(endpoint) = endpoint.filter(|_| !ignores) {
        url::Url::parse(&endpoint).map_err(|_| AwsProblem::NoAddress)?;
        loader = loader.endpoint_url(endpoint);
    }
    let config: SdkConfig = loader.load().await;
    let secret = answer::secret(&config, &source.secret, &connector).await?;
    let found = source.clone().found(secret.text.expose_secret());
    let found = (found != *source).then_some(ExternalSource::Aws(found));
    Ok(FetchedSecret { found, ..secret })
}

fn retries() -> RetryConfig {
    RetryConfig::standard().with_max_attempts(ATTEMPTS)
}
