//! The buffers of all screens.

use egui::Context;

use super::businesses::BusinessesPage;
use super::close_question::CloseQuestion;
use super::create::CreateDialog;
use super::dialogs::OpenDialog;
use super::edit::EditDialog;
use super::focus::FocusKeeper;
use super::held_keys::KeysDown;
use super::import::ImportPage;
use super::lock::LockScreen;
use super::palette::{CommandPalette, RecentActions};
use super::rotation::RotationPage;
use super::screen::UiRequest;
use super::settings::SettingsPage;
use super::sign_in::SignInScreen;
use super::tokens::TokensPage;
use super::{Screen, settings};
use crate::domain::profile::Profile;
use crate::state::AppState;
use crate::state::import::open_file::ImportStep;
use crate::state::shell::messages::Page;

/// All screens and their transient buffers.
#[derive(Default)]
pub struct Screens {
    pub(super) sign_in: SignInScreen,
    pub(super) lock: LockScreen,
    pub(super) businesses: BusinessesPage,
    pub(super) create: CreateDialog,
    pub(super) edit: EditDialog,
    pub(super) import: ImportPage,
    pub(super) rotation: RotationPage,
    pub(super) settings: SettingsPage,
    pub(super) tokens: TokensPage,
    pub(super) dialog: Option<OpenDialog>,
    pub(super) palette: Option<CommandPalette>,
    /// Actions recently run from the palette.
    pub(super) recent_actions: RecentActions,
    pub(super) close_question: CloseQuestion,
    pub(super) focus: FocusKeeper,
    /// The page shown in the last frame.
    pub(super) page: Option<Page>,
    pub(super) held_keys: KeysDown,
    /// Whether a missing font has been reported.
    pub(super) has_reported_missing_font: bool,
    /// Whether a text field had the focus at the end of the last frame. By the time Escape is handled, the field has lost it.
    pub(super) was_typing: bool,
    /// How much to widen the side pane in the next frame, in px.
    pub(super) pane_step: f32,
    /// The profile that the buffers belong to.
    pub(super) shown: Option<Profile>,
}

impl Screens {
    /// Opens what a screen has requested.
    pub(super) fn handle_request(&mut self, ctx: &Context, screen: &mut Screen<'_>) {
        match screen.request.take() {
            None => {}
            Some(UiRequest::Dialog(dialog)) => {
                self.dialog = OpenDialog::new(dialog, screen.state);
            }
            Some(UiRequest::Palette) => self.palette = Some(CommandPalette::new()),
            Some(UiRequest::Form(profile)) => self.sign_in.prefill_profile(&profile, screen.state),
            Some(UiRequest::Settings) => {
                let reveals_test = screen.out.iter().any(settings::starts_test);
                self.settings.open_before_sign_in(reveals_test);
                ctx.request_repaint();
            }
        }
    }

    /// Whether a dialog is open and receives all keys.
    pub(super) fn is_dialog_over(&self, state: &AppState) -> bool {
        let is_asking = state.workspace().is_some_and(|workspace| {
            let is_arming = workspace
                .import
                .open()
                .is_some_and(|open| matches!(open.step, ImportStep::Confirming));
            workspace.creating.is_open || workspace.editing.is_some() || is_arming
        });
        self.dialog.is_some()
            || self.palette.is_some()
            || self.close_question.is_open()
            || is_asking
    }
}
