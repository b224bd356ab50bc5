//! Creates a client for a profile that is ready to send requests to Thred.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use super::CliServices;
use super::choose_profile::ChosenProfile;
use super::cli_error::CliError;
use super::exit::CliExit;
use super::output;
use crate::domain::credentials::Credentials;
use crate::domain::key_source::KeySource;
use crate::domain::keychain::KeychainName;
use crate::domain::network::{CA_FILE_WAIT, CaFile, CaProblem, NetworkSettings};
use crate::domain::request_notice::RequestNotice;
use crate::key_sources::FetchContext;
use crate::key_sources::read_trusted;
use crate::partner_api::{ApiOptions, PartnerApi};
use crate::runtime::KeyReader;
use crate::state::shell::saved::Saved;

/// How long the key may take before the console tells the user what it is waiting for.
const SILENT: Duration = Duration::from_secs(10);

/// The network settings from the preferences.
async fn network(saved: &Saved) -> NetworkSettings {
    let mut network = NetworkSettings {
        proxy: saved.settings.proxy.clone(),
        ca: None,
    };
    if let Some(path) = &saved.settings.ca_file {
        match in_time(path.clone(), read_trusted).await {
            Ok(ca) => network.ca = Some(Arc::new(ca)),
            Err(problem) => output::tell(&format!(
                "The extra certificates of the settings are not used. {}: {problem}",
                path.display()
            )),
        }
    }
    network
}

/// Reads a certificate file on another thread, because its drive may be gone.
#[expect(
    clippy::disallowed_methods,
    reason = "the thread may stay blocked; the command goes on without it, and an interruption ends it"
)]
async fn in_time(
    path: PathBuf,
    read: impl FnOnce(&Path) -> Result<CaFile, CaProblem> + Send + 'static,
) -> Result<CaFile, CaProblem> {
    let reading = tokio::task::spawn_blocking(move || read(&path));
    match timeout(CA_FILE_WAIT, reading).await {
        Ok(Ok(read)) => read,
        Ok(Err(end)) => std::panic::resume_unwind(end.into_panic()),
        Err(_) => Err(CaProblem::NoAnswer),
    }
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
            output::tell(&format!("{}. Retrying in {secs} s.", words.title));
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
    if remembered.is_some_and(|source| !source.is_agreed(profile)) {
        let message = format!(
            "The settings file names a key source that you have not agreed to for this profile: {}. It was not run, \
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
    if let Ok(key) = timeout(SILENT, &mut key).await {
        return key;
    }
    output::tell(&format!(
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

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_certificate_file_on_a_dead_drive_is_given_up() {
        let (drive, dead) = mpsc::channel::<()>();
        let reading = in_time(PathBuf::from("ca.pem"), move |_| {
            // Ends once the test has.
            let _ = dead.recv();
            Err(CaProblem::Missing)
        });
        let hour = Duration::from_hours(1);
        let (read, ()) = tokio::join!(timeout(hour, reading), tokio::time::advance(hour));
        drop(drive);
        assert_eq!(read, Ok(Err(CaProblem::NoAnswer)));
    }
}
