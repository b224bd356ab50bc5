//! Creates a client for a profile that is ready to send requests to Thred.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use super::choose_profile::ChosenProfile;
use super::cli_error::CliError;
use super::exit::CliExit;
use super::output;
use super::services::CliServices;
use crate::domain::credentials::Credentials;
use crate::domain::key_source::KeySource;
use crate::domain::keychain::KeychainName;
use crate::domain::network::NetworkSettings;
use crate::domain::request_notice::RequestNotice;
use crate::key_sources::{FetchContext, read_trusted_in_time};
use crate::partner_api::{ApiOptions, PartnerApi};
use crate::runtime::KeyReader;
use crate::state::shell::saved::Saved;

/// How long the key may take before the console tells the user what it is waiting for.
const HINT_DELAY: Duration = Duration::from_secs(10);

/// The network settings from the preferences.
async fn network(saved: &Saved) -> NetworkSettings {
    let mut network = NetworkSettings {
        proxy: saved.settings.proxy.clone(),
        ca: None,
    };
    if let Some(path) = &saved.settings.ca_file {
        match read_trusted_in_time(path.clone()).await {
            Ok(ca) => network.ca = Some(Arc::new(ca)),
            Err(problem) => output::print_message(&format!(
                "The extra certificates of the settings are not used. {}: {problem}",
                path.display()
            )),
        }
    }
    network
}

/// The options of the client, with the network settings from the preferences.
pub(super) async fn options(saved: &Saved) -> ApiOptions {
    ApiOptions {
        network: network(saved).await,
        ..ApiOptions::default()
    }
}

/// Fetches the key of the profile from its source, and creates a client with it. Nothing is sent to Thred yet.
pub(super) async fn client(
    chosen: &ChosenProfile,
    saved: &Saved,
    options: ApiOptions,
    services: &CliServices,
) -> Result<PartnerApi, CliError> {
    let credentials = match &chosen.credentials {
        Some(credentials) => credentials.clone(),
        None => fetch(chosen, saved, &options.network, services).await?,
    };
    let zone = services.zone.clone();
    let notices = Arc::new(move |notice: RequestNotice| {
        if let RequestNotice::Retrying {
            resumes_in,
            failure,
            ..
        } = notice
        {
            let words = failure.explain_with("", &zone);
            let secs = resumes_in.as_secs().max(1);
            output::print_message(&format!("{}. Retrying in {secs} s.", words.title));
        }
    });
    PartnerApi::new(credentials, options, Arc::clone(&services.clock), notices)
        .map_err(|failure| CliError::of_failure(&failure, &services.zone))
}

async fn fetch(
    chosen: &ChosenProfile,
    saved: &Saved,
    network: &NetworkSettings,
    services: &CliServices,
) -> Result<Credentials, CliError> {
    let profile = &chosen.profile;
    let remembered = saved.known(profile).and_then(|known| known.source.as_ref());
    if remembered.is_some_and(|source| !source.is_approved(profile)) {
        let message = format!(
            "The settings file names a key source that you have not approved for this profile: {}. It was not run, \
             and nothing was sent to it. Open the console, read the source in full and sign in once.",
            chosen.source.holder(services.keychain.name().phrase())
        );
        return Err(CliError::new(CliExit::KeySource, message));
    }
    let context = FetchContext {
        network: network.clone(),
        variable: Arc::clone(&services.variable),
        home: services.home.clone(),
        answer: None,
        clock: Arc::clone(&services.clock),
    };
    let reader = KeyReader::new(context, Arc::clone(&services.keychain));
    let store = services.keychain.name();
    let found = await_key(&chosen.source, store, reader.read(profile, &chosen.source)).await;
    let found = found.map_err(|problem| CliError::of_key(&problem, &chosen.source, store))?;
    match found {
        Some(fetched) => Ok(Credentials {
            environment: profile.environment.clone(),
            partner: fetched.partner,
            key: fetched.key,
        }),
        None => Err(no_key(&chosen.source, store.phrase())),
    }
}

/// Waits for the key, and says so after a while: a keychain or a tool may be waiting for the user elsewhere.
async fn await_key<T>(source: &KeySource, store: KeychainName, key: impl Future<Output = T>) -> T {
    let mut key = std::pin::pin!(key);
    if let Ok(key) = timeout(HINT_DELAY, &mut key).await {
        return key;
    }
    output::print_message(&format!(
        "Waiting for {}. If it asks for a password, enter it there; Ctrl+C stops.",
        source.holder(store.phrase())
    ));
    key.await
}

fn no_key(source: &KeySource, store: &'static str) -> CliError {
    let message = format!(
        "No key found for this profile in {}. Open the console and sign in once.",
        source.holder(store)
    );
    CliError::new(CliExit::Keychain, message)
}
