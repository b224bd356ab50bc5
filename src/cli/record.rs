//! Records in the history what the command line does.

use std::io;

use super::business::ChosenBusiness;
use super::choose_profile::ChosenProfile;
use super::cli_error::CliError;
use super::exit::CliExit;
use super::output;
use super::services::CliServices;
use crate::domain::business::BusinessId;
use crate::domain::history::{FailureReason, HistoryAction, HistoryEntry, HistoryProfile};
use crate::domain::token::{BusinessToken, TokenFormat};
use crate::runtime::history_log;

/// Records a token that is about to be handed out.
///
/// # Errors
/// [`CliExit::DataFolder`] if the history could not be written.
pub(super) async fn issued(
    profile: &ChosenProfile,
    business: &ChosenBusiness,
    token: &BusinessToken,
    format: Option<TokenFormat>,
    services: &CliServices,
) -> Result<(), CliError> {
    let mut entry = entry(profile, services)
        .about(business.id, business.name.as_ref())
        .with_fingerprint(token.fingerprint);
    entry.format = format;
    write(profile, entry, services).await
}

/// Records that no token was handed out.
pub(super) async fn failed(
    profile: &ChosenProfile,
    business: Option<BusinessId>,
    error: &CliError,
    services: &CliServices,
) {
    let why = error.why.unwrap_or_else(|| reason(error.exit));
    let mut entry = entry(profile, services).failed(why);
    entry.business = business;
    if let Err(error) = write(profile, entry, services).await {
        output::print_message(&error.message);
    }
}

fn entry(profile: &ChosenProfile, services: &CliServices) -> HistoryEntry {
    let whose = Some(HistoryProfile::from(&profile.profile));
    let at = services.clock.now().wall;
    HistoryEntry::new(at, whose, HistoryAction::TokenOnCommandLine)
        .with_key_from(profile.source.external())
}

/// The cause of a failure that is not one of a request to Thred.
fn reason(exit: CliExit) -> FailureReason {
    match exit {
        CliExit::NoBusiness | CliExit::SeveralBusinesses => FailureReason::NotFound,
        CliExit::Keychain => FailureReason::Keychain,
        CliExit::KeySource => FailureReason::KeySource,
        CliExit::KeyRejected => FailureReason::KeyRejected,
        CliExit::TokenRejected => FailureReason::TokenRejected,
        // Among others: the list is incomplete.
        _ => FailureReason::Other,
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "waits for another console to finish writing, without blocking interruptions"
)]
async fn write(
    profile: &ChosenProfile,
    entry: HistoryEntry,
    services: &CliServices,
) -> Result<(), CliError> {
    let Some(folder) = services.folder.clone().filter(|_| profile.may_persist) else {
        return Ok(());
    };
    let adding = move || history_log(folder).add(&entry.to_line(), entry.at);
    let written = tokio::task::spawn_blocking(adding).await;
    let written = written.unwrap_or_else(|end| std::panic::resume_unwind(end.into_panic()));
    let moved = written.map_err(|error| {
        let message = format!(
            "The history could not be written: {error}. A token of a saved profile is handed out only once it is in \
             the history."
        );
        let next = match error.kind() {
            Some(io::ErrorKind::ResourceBusy) => {
                "Another program has locked the history. Wait until it is done, and run the command again."
            }
            _ => "Make the data folder writable, or set THRED_PARTNER_UUID and THRED_API_KEY, which leave no history.",
        };
        CliError::undone(CliExit::DataFolder, message, next)
    })?;
    if let Some(path) = moved {
        output::print_message(&format!(
            "The history file was damaged and was moved to {}.",
            path.display()
        ));
    }
    Ok(())
}
