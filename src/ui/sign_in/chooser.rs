//! The saved profiles to choose from, and the link back to the open profile.

use egui::{Key, Modifiers, Ui};

use super::super::Screen;
use super::super::profiles::{ProfileEntry, entries, tools};
use crate::state::AppState;
use crate::state::session::attempt::{Attempt, SignInProblem};
use crate::state::session::messages::SessionCommand;
use crate::state::shell::saved::RememberedProfile;
use crate::theme::{self, Type, space};
use crate::ui::screen::UiRequest;
use crate::widgets::{Button, card_in, divider, focus_on, paragraph};

/// Whether any saved profile has an available key. `None` if there are no profiles.
pub(super) fn has_key(state: &AppState) -> Option<bool> {
    let known = &state.saved.profiles;
    (!known.is_empty()).then(|| known.iter().any(RememberedProfile::is_ready))
}

/// The list of profiles, followed by the link to the form or by a divider above it. Returns the profile that was clicked, and whether the
/// form should open.
pub(super) fn show(
    ui: &mut Ui,
    takes_focus: bool,
    form_open: bool,
    screen: &mut Screen<'_>,
) -> (Option<ProfileEntry>, bool) {
    let p = theme::palette(ui.ctx());
    ui.label(Type::SmallStrong.rich("Your profiles").color(p.strong));
    ui.add_space(space::XS);
    let all = entries(screen.state);
    let (mut chosen, mut opens) = (None, false);
    card_in(ui, egui::Margin::same(space::XS as i8), |ui| {
        for (at, entry) in all.into_iter().enumerate() {
            let mut dialog = None;
            let row = entry.show(ui, false, true, |ui| {
                dialog = tools(ui, &entry, screen.state)
            });
            if at == 0 && takes_focus {
                focus_on(ui.ctx(), row.id);
            }
            if let Some(dialog) = dialog {
                screen.request(UiRequest::Dialog(dialog));
            }
            if row.clicked() {
                chosen = Some(entry);
            }
        }
    });
    ui.add_space(if form_open { space::M } else { space::L });
    if form_open {
        divider(ui);
        ui.add_space(space::M);
    } else {
        opens = Button::outlined("Add a profile…")
            .large()
            .full_width()
            .show(ui)
            .clicked();
    }
    (chosen, opens)
}

/// Replaces the product name, which a user with an open profile already knows. A saved profile that is being opened, or could not
/// be, is named. `is_typed` means that the form has another purpose.
pub(super) fn head(ui: &mut Ui, attempt: &Attempt, is_typed: bool, state: &AppState) {
    let problem = attempt.problem().and_then(SignInProblem::profile);
    let profile = attempt.profile().or(problem);
    let saved = profile.filter(|profile| !is_typed && state.saved.known(profile).is_some());
    let title = match saved {
        Some(profile) => {
            let name = state.share.profile_name(profile, state.label(profile));
            match problem {
                Some(_) => format!("{name} could not be opened"),
                None => format!("Opening {name}"),
            }
        }
        None => "Add a profile".to_owned(),
    };
    let p = theme::palette(ui.ctx());
    ui.label(Type::Title.rich(title).color(p.strong));
    ui.add_space(space::M);
}

/// Says that the open profile stays open until another sign-in succeeds, with a link back to it.
pub(super) fn return_link(ui: &mut Ui, is_blank: bool, screen: &mut Screen<'_>) {
    let state = screen.state;
    let Some(open) = state.background() else {
        return;
    };
    let p = theme::palette(ui.ctx());
    let profile = open.profile();
    let environment = profile.environment.in_sentence();
    let name = state.share.profile_name(profile, state.label(profile));
    let mut text = format!(
        "{name} in {environment} stays signed in until this sign-in succeeds. Its tokens are kept."
    );
    if profile.is_demo() {
        text = "The demo stays open until this sign-in succeeds, then ends.".to_owned();
    } else if open.holds_the_only_key() {
        text.push_str(" Its key is in memory only and is then lost.");
    }
    paragraph(ui, Type::Body, p.text, &text);
    ui.add_space(space::M);
    let label = format!("Back to {environment}");
    let ctx = ui.ctx();
    let is_free = ctx.memory(|memory| memory.top_modal_layer().is_none());
    // Escape first leaves a text field with input.
    let by_key = is_free
        && (is_blank || !ctx.text_edit_focused())
        && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    let back = Button::outlined(&label).small().key_hint("Esc").show(ui);
    if back.clicked() || by_key {
        screen.send(SessionCommand::CancelSignIn);
    }
    ui.add_space(space::L);
    divider(ui);
    ui.add_space(space::L);
}
