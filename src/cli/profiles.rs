//! `profiles`: lists the profiles that `--profile` accepts.

use super::choose_profile::{label, saved};
use super::cli_error::CliError;
use super::output;
use super::services::CliServices;
use crate::state::shell::saved::{RememberedProfile, Saved};

/// The columns, named only on a terminal, because programs read each line as a profile.
const HEADER: &str = "LABEL\tENVIRONMENT\tHOST\tPARTNER\tKEY\n";

/// Prints one line per profile: label, environment, host, partner UUID and the source of its key, separated by tabs.
pub(super) fn run(services: &CliServices) -> Result<(), CliError> {
    let saved = saved(services)?;
    if saved.profiles.is_empty() {
        output::print_message("No profile is saved. Open the console and sign in once.");
    }
    output::print(
        table(
            &saved,
            services.keychain.name().phrase(),
            output::is_terminal(),
        )
        .as_bytes(),
    )
}

fn table(saved: &Saved, store: &'static str, is_terminal: bool) -> String {
    let has_header = is_terminal && !saved.profiles.is_empty();
    let header = has_header.then(|| HEADER.to_owned());
    let lines = saved.profiles.iter().map(|known| {
        // To a program, the stand-in would look like a label that `--profile` accepts.
        let label = if is_terminal {
            label(known)
        } else {
            &known.label
        };
        line(label, known, store)
    });
    header.into_iter().chain(lines).collect()
}

fn line(label: &str, known: &RememberedProfile, store: &'static str) -> String {
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
        label,
        environment.name(),
        environment.host(),
        known.profile.partner
    )
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::credentials::PartnerId;
    use crate::domain::environment::Environment;
    use crate::domain::profile::Profile;

    #[test]
    fn only_people_get_the_names_of_the_columns_and_a_stand_in_for_a_label() {
        let mut saved = Saved::default();
        assert_eq!(table(&saved, "the keychain", true), "");
        saved.was_opened(&Profile {
            environment: Environment::Sandbox,
            partner: PartnerId(Uuid::nil()),
        });
        let rest = format!(
            "\tSandbox\tsandbox.thredfi.com\t{}\tthe keychain\n",
            Uuid::nil()
        );
        assert_eq!(table(&saved, "the keychain", false), rest);
        assert_eq!(
            table(&saved, "the keychain", true),
            format!("{HEADER}(no label){rest}")
        );
    }
}
