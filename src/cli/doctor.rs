//! `doctor`: checks everything that a command needs. Its output contains no secrets.

use std::sync::Arc;

use tokio::sync::mpsc;

use super::arguments::ProfileArgument;
use super::choose_profile::{ChosenProfile, choose, saved};
use super::cli_error::CliError;
use super::exit::CliExit;
use super::output::without_key;
use super::services::CliServices;
use super::{output, sign_in};
use crate::domain::connection::{ConnectionCheck, ConnectionFinding};
use crate::domain::text::{shell_word, visible};
use crate::partner_api::Probe;
use crate::platform::environment_variables::StartKey;
use crate::platform::files::FolderAccess;
use crate::runtime::{check_connection, history_log};
use crate::state::shell::saved::Saved;

/// Prints the findings as they are made, one per line: a check may wait, for a locked keychain for example.
struct DoctorReport {
    has_failed: bool,
    /// The API key of the environment, which may have been passed as an argument by mistake.
    key: StartKey,
    /// Whether all were printed so far.
    printed: Result<(), CliError>,
}

impl DoctorReport {
    fn add(&mut self, name: &str, finding: &ConnectionFinding) {
        self.has_failed |= matches!(finding, ConnectionFinding::Bad(_));
        let text = without_key(finding.text(), self.key.text());
        // Further lines are as far right as the first.
        let text = output::printable(&text).replace('\n', &format!("\n{:21}", ""));
        let line = format!("{:<8}{name:<13}{text}\n", finding.word());
        if self.printed.is_ok() {
            self.printed = output::print(line.as_bytes());
        }
    }

    fn good(&mut self, name: &str, text: impl Into<String>) {
        self.add(name, &ConnectionFinding::Good(text.into()));
    }

    fn bad(&mut self, name: &str, text: impl Into<String>) {
        self.add(name, &ConnectionFinding::Bad(text.into()));
    }
}

pub(super) async fn run(named: &ProfileArgument, services: &CliServices) -> Result<(), CliError> {
    let mut report = DoctorReport {
        has_failed: false,
        key: services.key.clone(),
        printed: Ok(()),
    };
    check_folder(&mut report, services);
    match saved(services) {
        Ok(saved) => {
            report.good(
                "Settings",
                match saved.profiles.len() {
                    1 => "1 saved profile.".to_owned(),
                    count => format!("{count} saved profiles."),
                },
            );
            match choose(named.profile.as_deref(), &saved, services) {
                Ok(chosen) => check_profile(&mut report, &chosen, &saved, services).await,
                Err(error) => report.bad("Profile", error.message),
            }
        }
        Err(error) => report.bad("Settings", error.message),
    }
    report.printed?;
    if report.has_failed {
        let message = "At least one check failed. Nothing was changed.";
        return Err(CliError::new(CliExit::Failed, message));
    }
    Ok(())
}

fn check_folder(report: &mut DoctorReport, services: &CliServices) {
    let Some(folder) = &services.folder else {
        report.bad(
            "Data folder",
            "This system has none. Set THRED_CONSOLE_HOME to a folder.",
        );
        return;
    };
    let path = folder.root().to_string_lossy();
    let (word, path) = (shell_word(&path), visible(&path));
    if !folder.root().exists() {
        report.good("Data folder", format!("{path} does not exist yet."));
        return;
    }
    match history_log(folder.clone()).check_writable() {
        Err(error) => report.bad(
            "Data folder",
            format!("{path} is not writable: {}.", error.reason()),
        ),
        Ok(()) if folder.access_by_others() == FolderAccess::Writable => report.bad(
            "Data folder",
            format!("{path} can be changed by other users. Run: chmod 700 {word}"),
        ),
        Ok(()) => report.good("Data folder", format!("{path} is writable.")),
    }
}

async fn check_profile(
    report: &mut DoctorReport,
    chosen: &ChosenProfile,
    saved: &Saved,
    services: &CliServices,
) {
    let environment = &chosen.profile.environment;
    report.good(
        "Profile",
        format!(
            "{} ({}), partner {}.",
            environment.name(),
            environment.host(),
            chosen.profile.partner.short()
        ),
    );
    let options = sign_in::options(saved).await;
    let holder = chosen.source.holder(services.keychain.name().phrase());
    let client = sign_in::client(chosen, saved, options.clone(), services).await;
    let api = match client {
        Ok(api) => {
            report.good("Key", format!("Found in {holder}."));
            Some(api)
        }
        Err(error) => {
            report.bad("Key", error.message);
            None
        }
    };
    let probe = Probe::new(environment, options, Arc::clone(&services.clock));
    let (sender, mut receiver) = mpsc::channel::<(ConnectionCheck, ConnectionFinding)>(8);
    let collecting = async {
        while let Some((check, finding)) = receiver.recv().await {
            report.add(check.name(), &finding);
        }
    };
    let checking = check_connection(probe, api, environment, &services.zone, sender);
    tokio::join!(checking, collecting);
}
