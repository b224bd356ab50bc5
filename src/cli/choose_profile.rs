//! Chooses the profile for a command, and reads the preferences.

use super::cli_error::CliError;
use super::exit::CliExit;
use super::services::CliServices;
use crate::domain::credentials::Credentials;
use crate::domain::environment::Environment;
use crate::domain::key_source::KeySource;
use crate::domain::profile::Profile;
use crate::domain::text::visible;
use crate::platform::files::DocumentError;
use crate::runtime::PREFERENCES_FILE;
use crate::state::shell::saved::{RememberedProfile, Saved};

/// The profile for a command, with the source of its key.
#[derive(Debug)]
pub(super) struct ChosenProfile {
    pub(super) profile: Profile,
    pub(super) source: KeySource,
    /// The key, if the environment variables contain it.
    pub(super) credentials: Option<Credentials>,
    /// Whether the history records what is done. A session from variables stores nothing unless its profile is saved
    /// anyway.
    pub(super) may_persist: bool,
}

/// Reads the preferences. A window may be open on the same folder, so a damaged file stays where it is.
pub(super) fn saved(services: &CliServices) -> Result<Saved, CliError> {
    let Some(folder) = &services.folder else {
        return Ok(Saved::default());
    };
    match folder.look_at::<Saved>(PREFERENCES_FILE) {
        Ok(saved) => Ok(saved.unwrap_or_default().repaired()),
        Err(damage) => {
            let path = folder.file(PREFERENCES_FILE);
            let help = damage.help().unwrap_or_else(|| {
                let help = match damage {
                    // This version of the console would move the file aside and start without profiles.
                    DocumentError::Newer { .. } => "Use the newer version of the program.",
                    _ => "Open the console, which uses the previous copy if there is one.",
                };
                help.to_owned()
            });
            let message = format!(
                "{}: {damage}. Nothing was done, and the file was left as it is. {help}",
                visible(&path.to_string_lossy())
            );
            Err(CliError::new(CliExit::DataFolder, message))
        }
    }
}

/// Chooses the profile. Without a name, it is that of the environment variables, or the only saved one. It is never the
/// one in use in the window, because a script must not change its target when somebody switches profiles there.
pub(super) fn choose(
    named: Option<&str>,
    saved: &Saved,
    services: &CliServices,
) -> Result<ChosenProfile, CliError> {
    if let Some(named) = named {
        return Ok(known(pick(named, saved)?));
    }
    let start = services
        .start
        .as_ref()
        .map_err(|sentence| CliError::new(CliExit::Usage, sentence))?;
    if let Some(credentials) = &start.credentials {
        if let Some(host) = &start.look_alike {
            let message = format!(
                "THRED_BASE_URL points to {host}, whose name contains look-alike or accented letters. Nothing was \
                 sent there. If this is the right server, open the console and sign in once."
            );
            return Err(CliError::new(CliExit::Usage, message));
        }
        let profile = Profile::of(credentials);
        return Ok(ChosenProfile {
            may_persist: saved.known(&profile).is_some(),
            source: KeySource::Variables,
            credentials: Some(credentials.clone()),
            profile,
        });
    }
    if start.environment.is_some() {
        let message = "THRED_BASE_URL is set, but THRED_PARTNER_UUID and THRED_API_KEY are not. Nothing was sent. \
                       Set all three, or choose a saved profile with --profile.";
        return Err(CliError::new(CliExit::Usage, message));
    }
    match saved.profiles.as_slice() {
        [] => Err(CliError::new(
            CliExit::Profile,
            "No profile is saved. Open the console and sign in once, or set THRED_PARTNER_UUID and \
             THRED_API_KEY.",
        )),
        [only] => Ok(known(only)),
        several => {
            let message = format!(
                "There are {} saved profiles. Choose one with --profile:\n{}",
                several.len(),
                lines(several)
            );
            Err(CliError::new(CliExit::Profile, message))
        }
    }
}

/// The only profile with this label, partner UUID, host or environment.
fn pick<'a>(named: &str, saved: &'a Saved) -> Result<&'a RememberedProfile, CliError> {
    let wanted = named.trim().to_lowercase();
    let is_meant = |known: &&RememberedProfile| {
        let environment = &known.profile.environment;
        [
            known.label.clone(),
            known.profile.partner.to_string(),
            environment.name().to_owned(),
            environment.host(),
        ]
        .into_iter()
        .any(|name| !name.is_empty() && name.to_lowercase() == wanted)
    };
    let found: Vec<&RememberedProfile> = saved.profiles.iter().filter(is_meant).collect();
    match found.as_slice() {
        [only] => Ok(only),
        [] => Err(CliError::new(
            CliExit::Profile,
            format!(
                "No saved profile is called “{}”. Run “thred-console profiles” to see their names.",
                visible(named)
            ),
        )),
        several => Err(CliError::new(
            CliExit::Profile,
            format!(
                "{} profiles match “{}”. Use a label, host or partner UUID that only one of them has:\n{}",
                several.len(),
                visible(named),
                lines(several.iter().copied())
            ),
        )),
    }
}

fn known(known: &RememberedProfile) -> ChosenProfile {
    ChosenProfile {
        profile: known.profile.clone(),
        source: known.source(),
        credentials: None,
        may_persist: true,
    }
}

fn lines<'a>(profiles: impl IntoIterator<Item = &'a RememberedProfile>) -> String {
    let lines: Vec<String> = profiles.into_iter().map(line).collect();
    lines.join("\n")
}

/// "  Northwind  Production  3f2a71c8-05de-…". Several custom environments differ only in their hosts.
fn line(known: &RememberedProfile) -> String {
    let Profile {
        environment,
        partner,
    } = &known.profile;
    let environment = match environment {
        Environment::Custom(_) => environment.host(),
        named => named.name().to_owned(),
    };
    format!("  {}  {environment}  {partner}", label(known))
}

/// The label as printed.
pub(super) fn label(known: &RememberedProfile) -> &str {
    match known.label.as_str() {
        "" => "(no label)",
        label => label,
    }
}
