//! The profiles that are known, each a click away, and the way back to the one that is open.

use egui::{Key, Modifiers, Ui};

use super::super::Screen;
use super::super::profiles::{ProfileEntry, Standing, entries, tools};
use crate::domain::profile::Profile;
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::session::messages::SessionCommand;
use crate::state::shell::saved::KnownProfile;
use crate::theme::{self, Type, space};
use crate::ui::screen::Wish;
use crate::widgets::{Button, card_frame, divider, focus_on, paragraph};

/// What was chosen on the card.
pub(super) enum Chosen {
    /// This profile, which is signed in to already; the form is about it if that fails.
    Profile(Profile),
    /// This profile, whose key has to be typed.
    WithoutKey(Profile),
    /// The form.
    Form,
}

/// Whether there is a way to the key of any known profile; `None` where there are no profiles.
pub(super) fn has_key(state: &AppState) -> Option<bool> {
    let known = &state.saved.profiles;
    (!known.is_empty()).then(|| known.iter().any(KnownProfile::is_ready))
}

/// The list of profiles, and below it the way to the form or what divides the two.
pub(super) fn show(
    ui: &mut Ui,
    takes_focus: bool,
    form_open: bool,
    screen: &mut Screen<'_>,
) -> Option<Chosen> {
    let p = theme::palette(ui.ctx());
    ui.label(Type::SmallStrong.rich("Your profiles").color(p.strong));
    ui.add_space(space::XS);
    let all = entries(screen.state);
    let mut chosen = None;
    let frame = card_frame(ui.ctx()).inner_margin(egui::Margin::same(space::XS as i8));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        for (at, entry) in all.iter().enumerate() {
            let mut dialog = None;
            let row = entry.show(ui, false, true, |ui| {
                dialog = tools(ui, entry, screen.state)
            });
            if at == 0 && takes_focus {
                focus_on(ui.ctx(), row.id);
            }
            if row.clicked() {
                chosen = Some(open(entry, screen));
            }
            if let Some(dialog) = dialog {
                screen.wish(Wish::Dialog(dialog));
            }
        }
    });
    ui.add_space(space::L);
    if form_open {
        divider(ui);
        ui.add_space(space::L);
    } else if Button::outlined("Add a profile…")
        .large()
        .full_width()
        .show(ui)
        .clicked()
    {
        chosen = Some(Chosen::Form);
    }
    chosen
}

fn open(entry: &ProfileEntry, screen: &mut Screen<'_>) -> Chosen {
    let profile = entry.profile.clone();
    match entry.standing {
        Standing::Open | Standing::Ready => {
            let command = Command::Session(SessionCommand::OpenProfile(profile.clone()));
            screen.out.push(command);
            Chosen::Profile(profile)
        }
        Standing::NoKey => Chosen::WithoutKey(profile),
    }
}

/// In place of the product's name, which whoever adds a profile knows.
pub(super) fn head(ui: &mut Ui) {
    let p = theme::palette(ui.ctx());
    ui.label(Type::Title.rich("Add a profile").color(p.strong));
    ui.add_space(space::M);
}

/// The profile that is open stays so until another is signed in to: this says so, and leads back.
pub(super) fn way_back(ui: &mut Ui, is_blank: bool, screen: &mut Screen<'_>) {
    let state = screen.state;
    let Some(open) = state.background() else {
        return;
    };
    let p = theme::palette(ui.ctx());
    let profile = open.profile();
    let environment = profile.environment.called();
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
    // Esc leaves a text field first, if anything was typed.
    let by_key = is_free
        && (is_blank || !ctx.text_edit_focused())
        && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    let back = Button::outlined(&label).small().key_hint("Esc").show(ui);
    if back.clicked() || by_key {
        screen.ask(SessionCommand::CancelSignIn);
    }
    ui.add_space(space::L);
    divider(ui);
    ui.add_space(space::L);
}
