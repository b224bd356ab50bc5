//! The banner below the band. Only one is shown at a time, the most severe.

use egui::{Frame, Panel, Ui};

use super::areas::fixed;
use super::{Screen, key_age_text, words};
use crate::domain::connection::clock_difference;
use crate::domain::draft::Field;
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::key_source::KeySource;
use crate::domain::rotation::{ReminderLevel, Rotation, RotationReason};
use crate::domain::text::excerpt;
use crate::state::create::messages::CreateCommand;
use crate::state::import::messages::ImportCommand;
use crate::state::import::open_file::file_of;
use crate::state::import::page::UnfinishedRun;
use crate::state::list::Listing;
use crate::state::list::messages::ListCommand;
use crate::state::rotation::messages::RotationCommand;
use crate::state::session::lock::LockNotice;
use crate::state::session::messages::LockCommand;
use crate::state::session::workspace::Workspace;
use crate::state::shell::messages::{Page, ShellCommand};
use crate::theme::{Icon, height};
use crate::widgets::{Banner, Button, Tone};

/// Announces an automatic lock. Returns whether there was anything to announce.
pub(super) fn show_lock(ui: &mut Ui, screen: &mut Screen<'_>) -> bool {
    match screen.state.lock_notice(screen.now) {
        Some(LockNotice::Soon(secs)) => locks_soon(ui, secs, screen),
        Some(LockNotice::CalledOff) => panel(ui, |ui| {
            let banner = Banner::new(Tone::Neutral, "Stays unlocked.", "");
            banner.icon(Icon::Check).show(ui, |_| ());
        }),
        None => return false,
    }
    true
}

pub(super) fn show(ui: &mut Ui, workspace: &Workspace, screen: &mut Screen<'_>) {
    let key = screen.state.key_banner(screen.now);
    if show_lock(ui, screen) {
        // Nothing else matters in the last minute before a lock.
    } else if let Some(failure) = &workspace.sign_in_failure {
        not_renewed(ui, workspace, failure, screen);
    } else if let Some(age) = key.filter(|age| age.reminder_level() == ReminderLevel::Due) {
        panel(ui, |ui| key_age_text::banner(ui, workspace, &age, screen));
    } else if let Some(failure) = not_refreshed(&workspace.list) {
        earlier_list(ui, &workspace.list, failure, screen);
    } else if is_outcome_unknown(workspace) {
        unknown_outcome(ui, workspace, screen);
    } else if let Some(run) = unfinished(workspace) {
        unfinished_import(ui, run, screen);
    } else if is_old_key_unsettled(workspace, screen) {
        let lead = "The key rotation is unfinished.";
        let rest = "The new key is in use, but the old key may still work.";
        if warning(ui, lead, rest, Button::outlined("Resume")) {
            screen.send(ShellCommand::ShowPage(Page::Key));
        }
    } else if let Some(age) = key {
        panel(ui, |ui| key_age_text::banner(ui, workspace, &age, screen));
    } else if let Some(skew) = workspace.clock_skew_secs
        && !workspace.is_skew_dismissed
    {
        clocks_differ(ui, skew, screen);
    }
}

/// The sign-in could not be renewed.
fn not_renewed(ui: &mut Ui, workspace: &Workspace, failure: &Failure, screen: &mut Screen<'_>) {
    let explained = failure.explain(&screen.state.zone);
    let lead = format!("{}.", explained.title);
    panel(ui, |ui| {
        Banner::new(Tone::Stop, &lead, &explained.body).show(ui, |ui| {
            copy_details(ui, failure, screen);
            if Button::outlined(words::again(failure))
                .small()
                .show(ui)
                .clicked()
            {
                screen.send(ListCommand::Refresh);
            }
            if failure.kind == FailureKind::KeyRejected && workspace.page != Page::Key {
                let rotate = Button::outlined("Replace the key").small();
                if rotate.show(ui).clicked() {
                    let begin = RotationCommand::Begin(RotationReason::Rejected);
                    screen.send(begin);
                }
            }
        });
    });
}

/// Why the businesses on screen are those of an earlier load.
fn not_refreshed(list: &Listing) -> Option<&Failure> {
    let failure = list.loading.failure();
    failure.filter(|_| !list.businesses().is_empty())
}

fn earlier_list(ui: &mut Ui, list: &Listing, failure: &Failure, screen: &mut Screen<'_>) {
    let lead = if failure.is_offline() {
        "Offline.".to_owned()
    } else {
        format!("{}.", failure.explain(&screen.state.zone).title)
    };
    let rest = match list.loading.completed_at() {
        Some(at) => format!(
            "Showing the list from {}",
            words::time(at, &screen.state.zone)
        ),
        None => loaded_so_far(list.businesses().len()),
    };
    panel(ui, |ui| {
        let banner = Banner::new(Tone::Neutral, &lead, &rest);
        banner.icon(words::failure_icon(failure)).show(ui, |ui| {
            copy_details(ui, failure, screen);
            if Button::plain(words::again(failure))
                .small()
                .show(ui)
                .clicked()
            {
                screen.send(ListCommand::Refresh);
            }
        });
    });
}

fn unknown_outcome(ui: &mut Ui, workspace: &Workspace, screen: &mut Screen<'_>) {
    let draft = &workspace.creating.input.draft;
    let name = excerpt(&draft[Field::LegalName], MAX_NAME_LEN);
    let lead = format!(
        "{} may or may not have been created.",
        screen.state.share.text(&name)
    );
    let rest = "Checking is safe and never creates a second business.";
    if warning(ui, &lead, rest, Button::outlined("Check now")) {
        // The result is shown in the dialog.
        screen.send(CreateCommand::Open);
        screen.send(CreateCommand::CheckOutcome);
    }
}

fn unfinished_import(ui: &mut Ui, run: &UnfinishedRun, screen: &mut Screen<'_>) {
    let (_, name) = file_of(&run.journal);
    let lead = format!("The import of {name} is unfinished.");
    let rest = format!(
        "{} of {} left. No row is created twice.",
        words::count(run.left as u64),
        words::count(run.journal.head.to_create as u64)
    );
    if warning(ui, &lead, &rest, Button::outlined("Resume")) {
        screen.send(ImportCommand::Resume);
    }
}

/// `skew` is by how many seconds the server's clock is ahead.
fn clocks_differ(ui: &mut Ui, skew: i64, screen: &mut Screen<'_>) {
    let lead = "The clocks differ.";
    let rest = format!(
        "The server’s clock is {} {} this computer’s. Countdowns are correct, but times of day may be off.",
        clock_difference(skew.unsigned_abs()),
        if skew > 0 { "ahead of" } else { "behind" },
    );
    if warning(ui, lead, &rest, Button::plain("Dismiss")) {
        screen.send(ShellCommand::DismissSkew);
    }
}

/// A warning with one button. Returns whether the button was clicked.
fn warning(ui: &mut Ui, lead: &str, rest: &str, button: Button<'_>) -> bool {
    let mut is_clicked = false;
    panel(ui, |ui| {
        Banner::new(Tone::Warning, lead, rest)
            .show(ui, |ui| is_clicked = button.small().show(ui).clicked());
    });
    is_clicked
}

fn copy_details(ui: &mut Ui, failure: &Failure, screen: &mut Screen<'_>) {
    if Button::plain("Copy details").small().show(ui).clicked() {
        screen.copy("details", failure.support_block());
    }
}

/// Any input keeps the console unlocked; the button is for users who look for one.
fn locks_soon(ui: &mut Ui, secs: u64, screen: &mut Screen<'_>) {
    let lead = format!("Locks in {secs} s.");
    let rest = match screen.state.unlock_source() {
        Some(KeySource::Typed) => {
            "The console has been idle. The key is for this session only, so you will need to enter it again."
        }
        Some(
            KeySource::Keychain | KeySource::Variables | KeySource::Demo | KeySource::External(_),
        )
        | None => "The console has been idle. Press any key or move the pointer to stay unlocked.",
    };
    panel(ui, |ui| {
        Banner::new(Tone::Warning, &lead, rest)
            // Screen readers must not repeat the text every second.
            .spoken("The console locks within a minute unless you use it.")
            .show(ui, |ui| {
                let stay = Button::outlined("Stay unlocked").small().show(ui);
                if stay.clicked() {
                    screen.send(LockCommand::Touch);
                }
            });
    });
}

/// Whether the result of a create is unknown and its dialog is closed.
fn is_outcome_unknown(workspace: &Workspace) -> bool {
    let creating = &workspace.creating;
    creating.input.is_unknown() && !creating.is_open
}

/// Maximum length of a name in a banner, in characters.
const MAX_NAME_LEN: usize = 60;

/// An interrupted import, unless the current page already shows it.
fn unfinished(workspace: &Workspace) -> Option<&UnfinishedRun> {
    let is_told = workspace.page == Page::Import;
    workspace.import.unfinished().filter(|_| !is_told)
}

/// Whether a rotation has switched to the new key but not finished, so the old key may still work, unless the current page already shows it.
fn is_old_key_unsettled(workspace: &Workspace, screen: &Screen<'_>) -> bool {
    let is_switched = screen.state.rotation().is_some_and(Rotation::is_switched);
    is_switched && workspace.page != Page::Key
}

fn panel(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    fixed(Panel::top("banner"), height::BANNER, Frame::new()).show(ui, add);
}

fn loaded_so_far(businesses: usize) -> String {
    let businesses = words::businesses(businesses as u64);
    format!("Showing the {businesses} loaded so far")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_business_may_be_all_that_was_loaded() {
        assert_eq!(loaded_so_far(1), "Showing the 1 business loaded so far");
        assert_eq!(
            loaded_so_far(1_240),
            "Showing the 1,240 businesses loaded so far"
        );
    }
}
