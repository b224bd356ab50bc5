//! Confirmation before removing a profile from this computer.

use egui::Context;

use super::super::{Question, Screen, words};
use super::DialogOutcome;
use crate::domain::profile::Profile;
use crate::state::session::messages::SessionCommand;
use crate::widgets::Button;

pub(super) fn show(ctx: &Context, profile: &Profile, screen: &mut Screen<'_>) -> DialogOutcome {
    let environment = &profile.environment;
    let name = screen
        .state
        .share
        .profile_name(profile, screen.state.label(profile));
    let title = format!("Remove {name}?");
    let store = screen.state.keychain.phrase();
    let host = words::host(environment);
    let deleted = format!(
        "The console deletes the API key for {host} from {store} and checks that it is gone. It also \
         deletes this profile’s label, filter, columns, draft and import notes from this computer."
    );
    let kept = if is_open(profile, screen) {
        "You will be signed out. The key stays valid until you revoke it at Thred, and tokens you have \
         shared work until they expire."
    } else {
        "The key stays valid until you revoke it at Thred, and tokens you have shared work until they expire."
    };
    let question = Question {
        id: "remove profile",
        title: &title,
        environment: Some(environment),
        paragraphs: vec![&deleted, kept],
        no: "Cancel",
        yes: Button::destructive("Remove profile"),
    };
    match question.show(ctx) {
        Some(is_confirmed) => {
            if is_confirmed {
                screen.ask(SessionCommand::RemoveProfile(profile.clone()));
            }
            DialogOutcome::Close
        }
        None => DialogOutcome::Stay,
    }
}

fn is_open(profile: &Profile, screen: &Screen<'_>) -> bool {
    let open = screen.state.open().or(screen.state.background());
    open.is_some_and(|open| open.profile() == profile)
}
