//! `profiles`: lists the profiles that `--profile` accepts.

use super::choose_profile::saved;
use super::cli_error::CliError;
use super::{CliServices, output};
use crate::state::shell::saved::RememberedProfile;

/// Prints one line per profile: label, environment, host, partner UUID and the source of its key, separated by tabs.
pub(super) fn run(services: &CliServices) -> Result<(), CliError> {
    let saved = saved(services)?;
    if saved.profiles.is_empty() {
        output::print_message("No profile is saved. Open the console and sign in once.");
    }
    let store = services.keychain.name().phrase();
    let lines: String = saved
        .profiles
        .iter()
        .map(|known| line(known, store))
        .collect();
    output::print(lines.as_bytes())
}

fn line(known: &RememberedProfile, store: &'static str) -> String {
    let environment = &known.profile.environment;
    let state = match &known.source {
        Some(remembered) if !remembered.is_approved(&known.profile) => {
            format!("{} (not approved)", known.source().holder(store))
        }
        Some(_) => known.source().holder(store),
        None if known.is_signed_out => "signed out".to_owned(),
        None => store.to_owned(),
    };
    format!(
        "{}\t{}\t{}\t{}\t{state}\n",
        known.label,
        environment.name(),
        environment.host(),
        known.profile.partner
    )
}
