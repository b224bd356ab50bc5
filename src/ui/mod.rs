//! The screens. They read the state and return commands.

mod actions;
mod announcements;
mod areas;
mod banners;
mod business_form;
mod businesses;
mod close_question;
mod create;
mod dialog;
mod dialogs;
mod edit;
mod focus;
mod held_keys;
mod help;
mod history;
mod import;
mod key_age_text;
mod licences;
mod lock;
mod memo;
mod navigation;
mod overview;
mod palette;
mod pasted_secret;
mod pick_list;
mod profiles;
mod question;
mod rotation;
mod run_action;
mod screen;
mod screens;
pub mod second_start;
mod settings;
mod shortcuts;
mod sign_in;
mod sign_in_failure;
mod status_bar;
mod subject_action;
mod toasts;
mod token_menu;
mod tokens;
mod top_bar;
mod words;

use areas::{ReservedArea, fixed};
use businesses::BusinessesPage;
use close_question::CloseQuestion;
use create::CreateDialog;
use dialogs::OpenDialog;
use edit::EditDialog;
use egui::{Context, Frame, Panel, Ui};
use import::ImportPage;
use rotation::RotationPage;
pub(crate) use screen::Screen;
pub use screens::Screens;
use tokens::TokensPage;

use crate::domain::credentials::PartnerId;
use crate::domain::environment::Environment;
use crate::domain::key_source::TypedSource;
use crate::domain::profile::Profile;
use crate::domain::time::Now;
use crate::state::command::Command;
use crate::state::import::messages::ImportCommand;
use crate::state::session::attempt::Attempt;
use crate::state::session::lock::Locked;
use crate::state::session::messages::LockCommand;
use crate::state::session::open::Open;
use crate::state::shell::messages::{Page, ShellCommand};
use crate::state::{AppState, Foreground};
use crate::theme::{self, layout};
use crate::widgets::{free_focus, hold_arrow_keys, is_focus_moving, missing_glyph, settle_focus};

impl Screens {
    /// Sets the key sources offered because of environment variables.
    pub fn offer_sources(&mut self, offers: Vec<(TypedSource, Vec<&'static str>)>) {
        self.sign_in.offer_sources(offers);
    }

    /// Selects a profile and its key source on the sign-in screen.
    pub fn prefill_profile(&mut self, profile: &Profile, state: &AppState) {
        self.sign_in.prefill_profile(profile, state);
    }

    /// Selects an environment, and a partner in it, on the sign-in screen.
    pub fn prefill(&mut self, environment: &Environment, partner: Option<PartnerId>) {
        self.sign_in.prefill(environment, partner);
    }

    /// Called when the window is about to close. Asks for confirmation if drafts would be lost or an import interrupted.
    pub fn before_close(&mut self, ctx: &Context, state: &AppState) {
        if self.close_question.ask(ctx, state) {
            // It would take the keys and the focus from the question.
            self.palette = None;
        }
    }

    /// Lets the window close without a question.
    pub fn close_unasked(&mut self) {
        self.close_question = CloseQuestion::Agreed;
    }

    /// Draws the window and returns the user's commands.
    pub fn show(&mut self, ui: &mut Ui, state: &AppState, now: Now) -> Vec<Command> {
        hold_arrow_keys(ui.ctx());
        let keys = self.close_question.take_keys(ui.ctx());
        let mut out = self.draw(ui, state, now);
        self.close_question.show(ui.ctx(), state, keys);
        settle_focus(ui.ctx());
        if let Some(c) = missing_glyph(ui.ctx()).filter(|_| !self.has_reported_missing_font) {
            self.has_reported_missing_font = true;
            out.push(ShellCommand::ReportMissingFont(c).into());
        }
        out
    }

    fn draw(&mut self, ui: &mut Ui, state: &AppState, now: Now) -> Vec<Command> {
        let mut out = Vec::new();
        let mut screen = Screen {
            state,
            now,
            out: &mut out,
            request: None,
            is_focus_taken: false,
            pane_step: std::mem::take(&mut self.pane_step),
            pane_width: 0.0,
        };
        record_touch(ui.ctx(), &mut screen);
        let is_over = self.is_dialog_over(state);
        let page = state.workspace().map(|workspace| workspace.page);
        self.focus.follow(ui.ctx(), is_over, page);
        shortcuts::dispatch(self, ui.ctx(), &mut screen);
        screen.is_focus_taken = self.is_dialog_over(state);
        match state.front() {
            Foreground::Lock(locked, attempt) => {
                self.show_lock(ui, locked, attempt, &mut screen);
                return out;
            }
            Foreground::Session(open) => {
                self.lock.wipe(ui.ctx());
                self.sign_in.wipe(ui.ctx());
                self.settings.leave_sign_in();
                self.follow(open.profile());
                self.session(ui, open, &mut screen);
            }
            Foreground::SignIn(attempt) => {
                // Wiped here because the settings may be open instead of the form when the attempt ends.
                self.lock.wipe(ui.ctx());
                self.sign_in.forget_after_attempt(ui.ctx(), attempt);
                self.before_session(ui, attempt, &mut screen);
            }
        }
        self.handle_request(ui.ctx(), &mut screen);
        self.palette(ui.ctx(), &mut screen);
        self.handle_request(ui.ctx(), &mut screen);
        dialogs::show(&mut self.dialog, ui.ctx(), &mut screen);
        announcements::show(ui, &screen);
        self.was_typing = ui.ctx().text_edit_focused();
        self.handle_request(ui.ctx(), &mut screen);
        toasts::show(ui.ctx(), &mut screen);
        out
    }

    /// Draws only lock and help. Discards everything else on the screen, including what was typed.
    fn show_lock(
        &mut self,
        ui: &mut Ui,
        locked: &Locked,
        attempt: Option<&Attempt>,
        screen: &mut Screen<'_>,
    ) {
        self.sign_in.wipe(ui.ctx());
        let help = self
            .dialog
            .take_if(|open| matches!(open, OpenDialog::Help | OpenDialog::Licences(_)));
        let sign_in = std::mem::take(&mut self.sign_in);
        let held_keys = std::mem::take(&mut self.held_keys);
        let recent_actions = std::mem::take(&mut self.recent_actions);
        let lock = std::mem::take(&mut self.lock);
        *self = Self {
            dialog: help,
            sign_in,
            lock,
            held_keys,
            recent_actions,
            close_question: self.close_question,
            has_reported_missing_font: self.has_reported_missing_font,
            ..Self::default()
        };
        if let Some(by_hand) = self.lock.show(ui, locked, attempt, screen) {
            let profile = &locked.profile;
            self.sign_in.prefill_profile(profile, screen.state);
            match by_hand {
                lock::ManualSignIn::AsUsual => self.sign_in.open_form(),
                lock::ManualSignIn::ThisSession => self.sign_in.open_form_without_keychain(),
            }
        }
        self.handle_request(ui.ctx(), screen);
        dialogs::show(&mut self.dialog, ui.ctx(), screen);
        self.handle_request(ui.ctx(), screen);
    }

    /// After sign-out, fills the form with the profile that was left, because its key is what the user most likely enters next.
    fn prefill_previous_profile(&mut self, attempt: &Attempt, state: &AppState) {
        if !attempt.is_waiting()
            && state.background().is_none()
            && let Some(left) = self.shown.take()
        {
            self.sign_in.prefill_profile(&left, state);
        }
    }

    /// Resets all buffers when the profile changes, because input from one profile means nothing in another.
    fn follow(&mut self, profile: &Profile) {
        if self.shown.as_ref() != Some(profile) {
            self.shown = Some(profile.clone());
            self.businesses = BusinessesPage::default();
            self.create = CreateDialog::default();
            self.edit = EditDialog::default();
            self.import = ImportPage::default();
            self.rotation = RotationPage::default();
            self.tokens = TokensPage::default();
            self.dialog = None;
            self.palette = None;
        }
    }

    /// The sign-in screen, or the settings opened from it.
    fn before_session(&mut self, ui: &mut Ui, attempt: &Attempt, screen: &mut Screen<'_>) {
        if self.settings.is_before_sign_in() && !attempt.is_waiting() {
            let target = self.sign_in.chosen_environment();
            if self.settings.show_alone(ui, target.as_ref(), screen) {
                self.sign_in.focus_again();
            }
            return;
        }
        self.businesses = BusinessesPage::default();
        self.rotation.wipe(ui.ctx());
        self.prefill_previous_profile(attempt, screen.state);
        // A session in the background behind another sign-in locks too.
        banners::show_lock(ui, screen);
        self.sign_in.show(ui, attempt, screen);
    }

    fn session(&mut self, ui: &mut Ui, open: &Open, screen: &mut Screen<'_>) {
        let workspace = &open.workspace;
        let p = theme::palette(ui.ctx());
        let is_narrow = ui.ctx().content_rect().width() < layout::NARROW;
        if workspace.page != Page::Key {
            self.rotation.wipe(ui.ctx());
        }
        let former = self.page.replace(workspace.page);
        if former != Some(workspace.page) && !is_focus_moving(ui.ctx()) {
            // The widget that had the focus is on another page now.
            free_focus(ui.ctx());
        }
        let bare = Frame::new();
        fixed(Panel::top("band"), layout::BAND, bare)
            .show(ui, |ui| top_bar::show(ui, workspace, is_narrow, screen));
        let status = fixed(Panel::bottom("status"), layout::STATUS, bare.fill(p.base))
            .show(ui, |ui| ReservedArea::all_of("status", ui))
            .inner;
        let nav = if is_narrow {
            layout::NAV_RAIL
        } else {
            layout::NAV
        };
        fixed(Panel::left("navigation"), nav, bare.fill(p.base))
            .show(ui, |ui| navigation::show(ui, workspace, is_narrow, screen));
        // To the right of the navigation, so that a banner does not move it.
        banners::show(ui, workspace, screen);
        self.create.show(ui.ctx(), workspace, screen);
        self.edit.show(ui.ctx(), workspace, screen);
        self.dropped(ui.ctx(), screen);
        match workspace.page {
            Page::Businesses => self.businesses.show(ui, workspace, is_narrow, screen),
            Page::Import => self.import.show(ui, workspace, is_narrow, screen),
            Page::Key => self.rotation.show(ui, open, screen),
            Page::Settings => self.settings.show(ui, workspace, screen),
            Page::Overview => overview::show(ui, workspace, is_narrow, screen),
            Page::History => history::show(ui, is_narrow, screen),
            Page::Tokens => self.tokens.show(ui, workspace, is_narrow, screen),
        }
        status_bar::show(&mut status.open(ui), open, screen);
    }

    /// Draws the command palette and runs what was chosen in it.
    fn palette(&mut self, ctx: &Context, screen: &mut Screen<'_>) {
        let state = screen.state;
        let (Some(palette), Some(workspace)) = (&mut self.palette, state.workspace()) else {
            self.palette = None;
            return;
        };
        if let Some(picked) = palette.show(ctx, workspace, &self.recent_actions, screen) {
            self.palette = None;
            if let Some(action) = picked {
                self.recent_actions.record(action);
                run_action::act(action, self, ctx, screen);
            }
        }
    }

    /// Imports files dropped on the window, unless a dialog is open.
    fn dropped(&self, ctx: &Context, screen: &mut Screen<'_>) {
        let paths: Vec<_> = ctx.input(|input| {
            let dropped = input.raw.dropped_files.iter();
            dropped.map(|file| file.path().to_path_buf()).collect()
        });
        if !paths.is_empty() && !self.is_dialog_over(screen.state) {
            let command = ImportCommand::Drop(paths);
            screen.send(command);
        }
    }
}

/// Reports user activity to the state, when the state needs to know.
fn record_touch(ctx: &Context, screen: &mut Screen<'_>) {
    if screen.state.wants_touch(screen.now)
        && ctx.input(|input| lock::is_touched(&input.events, &input.raw))
    {
        screen.send(LockCommand::Touch);
    }
}
