//! Confirmation before removing a profile from this computer.

use egui::Context;

use super::super::Screen;
use crate::domain::key_source::KeySource;
use crate::domain::profile::Profile;
use crate::state::session::messages::SessionCommand;
use crate::ui::question::Question;
use crate::widgets::Button;

pub(in super::super) fn show(ctx: &Context, profile: &Profile, screen: &mut Screen<'_>) -> bool {
    let environment = &profile.environment;
    let name = screen
        .state
        .share
        .profile_name(profile, screen.state.label(profile));
    let title = format!("Remove {name}?");
    let store = screen.state.keychain.phrase();
    let source = screen.state.source_of(profile);
    let key = key_text(&source, &environment.host(), store);
    let deleted = format!(
        "{key} The console also deletes this profile’s label, filter, columns, draft and import record from this \
         computer."
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
    question.confirm(ctx, SessionCommand::RemoveProfile(profile.clone()), screen)
}

/// What happens to the key for `host`. `store` is the name of the system's keychain with its article.
fn key_text(source: &KeySource, host: &str, store: &str) -> String {
    match (source, source.keeps_phrase()) {
        (KeySource::Keychain, _) => format!(
            "The console deletes the API key for {host} from {store} and checks that it is gone."
        ),
        (_, Some(keeps)) => {
            format!("{keeps} the API key for {host}. The console forgets it.")
        }
        (_, None) => format!("The API key for {host} is in memory only and will be lost."),
    }
}

fn is_open(profile: &Profile, screen: &Screen<'_>) -> bool {
    let open = screen.state.open().or(screen.state.background());
    open.is_some_and(|open| open.profile() == profile)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removing_says_where_the_key_stays() {
        let told = |source: KeySource| key_text(&source, "api.thredfi.com", "the macOS Keychain");
        assert!(told(KeySource::Keychain).contains("from the macOS Keychain and checks"));
        let variables = told(KeySource::Variables);
        assert!(variables.starts_with("The environment variables keep the API key for api."));
        assert!(!variables.contains("Keychain"), "{variables}");
        assert!(told(KeySource::Typed).contains("in memory only"));
    }
}
