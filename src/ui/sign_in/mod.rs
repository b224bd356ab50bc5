//! The sign-in screen: environment, partner and key.

mod card_layout;
mod chooser;
mod fields;
mod form;
mod key_storage;
mod page_frame;
mod problem;
mod source;
mod submit;
mod test_result;
mod waiting;

use egui::{Align, CentralPanel, Frame, Id, Layout, ScrollArea, Ui, UiBuilder};
use form::{SignInForm, key_id, label_id};
use page_frame::{demo_line, footer, head, short_head};
use problem::FormKey;
use source::SourceForm;
use zeroize::Zeroize as _;

use super::Screen;
use super::areas::screen_footer;
use super::pasted_secret::reject_secret_in_dialog;
use super::profiles::ProfileStatus;
use crate::domain::credentials::PartnerId;
use crate::domain::environment::Environment;
use crate::domain::key_source::TypedSource;
use crate::domain::profile::Profile;
use crate::state::AppState;
use crate::state::generation::Generation;
use crate::state::session::attempt::{Attempt, AttemptStage};
use crate::state::session::messages::SessionCommand;
use crate::theme::{self, Type, height, layout, space};
use crate::widgets::{Button, SecretField, floating_card_frame, focus_on, paragraph};

/// Minimum height of the fields, in px.
const MIN_FIELDS: f32 = 2.0 * height::TOOLBAR;

const KEY_WIPED: &str = "Enter the key again. The console clears it after each attempt.";

/// Buffers of the screen.
#[derive(Default)]
pub(super) struct SignInScreen {
    form: SignInForm,
    source: SourceForm,
    details_open: bool,
    had_focus: bool,
    /// Whether to show the form although there are profiles to choose from.
    form_open: bool,
    /// Height of the card's content in the last pass, in px.
    card_height: Option<f32>,
    /// Height of the part that does not scroll, in px.
    submit_height: f32,
    /// Whether the compact layout is in use.
    is_short: bool,
    /// Whether the input was submitted and its attempt has not ended.
    is_trying: bool,
    /// The attempt whose problem was scrolled into view.
    revealed_problem_of: Option<Generation>,
    /// Whether the last attempt used entered input, whose key has been wiped since.
    has_wiped_entered_key: bool,
}

impl SignInScreen {
    /// Fills in the last used values.
    pub(super) fn prefill(&mut self, environment: &Environment, partner: Option<PartnerId>) {
        self.form.prefill(environment, partner);
    }

    /// Sets the key sources offered because of environment variables.
    pub(super) fn offer_sources(&mut self, offers: Vec<(TypedSource, Vec<&'static str>)>) {
        self.source.offers = offers;
    }

    /// Fills in a profile and its key source.
    pub(super) fn prefill_profile(&mut self, profile: &Profile, state: &AppState) {
        self.prefill(&profile.environment, Some(profile.partner));
        let known = state.saved.known(profile);
        self.source
            .prefill(known.and_then(|known| known.source.as_ref()));
    }

    /// The chosen environment, if its address is complete.
    pub(super) fn chosen_environment(&self) -> Option<Environment> {
        self.form.chosen().ok()
    }

    /// Moves the focus to the form again.
    pub(super) fn focus_again(&mut self) {
        self.had_focus = false;
    }

    /// Wipes the input once the key has been accepted.
    pub(super) fn wipe(&mut self, ctx: &egui::Context) {
        if !self.form.key.is_empty() {
            SecretField::wipe(ctx, key_id());
        }
        // Also after a sign-in without a typed key, because the label belongs to its profile.
        self.form.wipe();
        self.form.partner.zeroize();
        self.source.close();
        SecretField::wipe(ctx, source::answer_id());
        self.is_trying = false;
        self.has_wiped_entered_key = false;
        self.had_focus = false;
        self.form_open = false;
    }

    /// Wipes the key of an attempt that ended without a session, because its form may stay on the screen for hours. Other input is kept.
    pub(super) fn forget_after_attempt(&mut self, ctx: &egui::Context, attempt: &Attempt) {
        if !attempt.is_waiting() && std::mem::take(&mut self.is_trying) {
            self.form.forget_key();
            SecretField::wipe(ctx, key_id());
            self.has_wiped_entered_key = !self.source.is_open();
            if self.has_wiped_entered_key {
                focus_on(ctx, key_id());
            }
        }
    }

    fn key_in_form(&self) -> FormKey {
        if self.source.is_open() {
            return FormKey::Fetched;
        }
        match (self.form.key.is_empty(), self.has_wiped_entered_key) {
            (false, _) => FormKey::Typed,
            (true, true) => FormKey::Wiped,
            (true, false) => FormKey::None,
        }
    }

    /// Shows the form for a key that is not saved in the keychain.
    pub(super) fn open_form_without_keychain(&mut self) {
        self.open_form();
        self.form.only_this_session = true;
    }

    /// Shows the form even if there are profiles to choose from.
    pub(super) fn open_form(&mut self) {
        self.form_open = true;
    }

    pub(super) fn show(&mut self, ui: &mut Ui, attempt: &Attempt, screen: &mut Screen<'_>) {
        let p = theme::palette(ui.ctx());
        self.form.split_paste(ui.ctx());
        if ui.memory(|memory| memory.has_focus(label_id())) {
            reject_secret_in_dialog(ui.ctx(), screen);
        }
        let is_low = ui.available_height() < layout::SHORT;
        let more = if is_low { 0.0 } else { space::M };
        let below = screen_footer(ui, "sign-in foot", layout::STATUS + more);
        CentralPanel::default()
            .frame(Frame::new().fill(p.base))
            .show(ui, |ui| {
                ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                    let room = ui.available_height();
                    let is_adding = screen.state.background().is_some();
                    let above = self.arrange(room);
                    let is_short = self.is_short;
                    let padding = if is_short { space::M } else { space::XXL };
                    let bottom = ui.cursor().top() + room;
                    ui.add_space(above);
                    ui.vertical_centered(|ui| {
                        ui.spacing_mut().item_spacing.y = 0.0;
                        if is_adding {
                            let is_typed =
                                matches!(self.key_in_form(), FormKey::Typed | FormKey::Wiped);
                            chooser::head(ui, attempt, is_typed, screen.state);
                        } else if !is_short {
                            head(ui);
                        } else if self.has_room_for_head(room) {
                            short_head(ui);
                        }
                        let demo_gap = if is_short { space::S } else { space::L };
                        let below = padding + demo_gap + height::NORMAL + space::S;
                        let card = floating_card_frame(ui.ctx())
                            .inner_margin(egui::Margin::same(padding as i8));
                        card.show(ui, |ui| {
                            ui.set_width(layout::SIGN_IN - 2.0 * padding);
                            // A fixed id, so that the focus is kept whatever is above the card.
                            let builder = UiBuilder::new()
                                .scope_id(Id::unique("sign-in card"))
                                .layout(Layout::top_down(Align::Min));
                            let most = bottom - below - ui.cursor().top();
                            ui.scope_builder(builder, |ui| self.card(ui, most, attempt, screen));
                        });
                        ui.add_space(demo_gap);
                        demo_line(ui, screen);
                        if !is_short {
                            ui.add_space(space::L);
                        }
                    });
                });
            });
        footer(&mut below.open(ui), screen);
    }

    /// The fields scroll if they do not fit; the button below them is always visible.
    fn card(&mut self, ui: &mut Ui, most: f32, attempt: &Attempt, screen: &mut Screen<'_>) {
        ui.spacing_mut().item_spacing.y = 0.0;
        let room = (most - self.submit_height).max(MIN_FIELDS);
        // The scroll bar is in the padding of the card, beside the fields.
        let area = ui.available_rect_before_wrap();
        let with_bar = area.with_max_x(area.right() + ui.spacing().scroll.bar_width);
        let mut inner = ui.new_child(UiBuilder::new().id_salt("fields").max_rect(with_bar));
        let mut fields = ScrollArea::vertical()
            .id_salt("sign-in fields")
            .max_height(room)
            .auto_shrink([false, true]);
        if attempt.problem().is_some()
            && self.revealed_problem_of.replace(attempt.generation) != Some(attempt.generation)
        {
            fields = fields.vertical_scroll_offset(0.0);
        }
        let fields = fields.show(&mut inner, |ui| {
            ui.set_max_width(area.width());
            self.card_body(ui, attempt, screen)
        });
        ui.advance_cursor_after_rect(inner.min_rect().with_max_x(area.right()));
        let top = ui.cursor().top();
        if let Some(by_enter) = fields.inner {
            self.submit_row(ui, by_enter, attempt, screen);
        }
        let submit_height = ui.min_rect().bottom() - top;
        self.measure(ui, fields.content_size.y, submit_height);
    }

    /// Returns whether Enter was pressed in a field, or `None` if no fields are shown.
    fn card_body(
        &mut self,
        ui: &mut Ui,
        attempt: &Attempt,
        screen: &mut Screen<'_>,
    ) -> Option<bool> {
        ui.spacing_mut().item_spacing.y = 0.0;
        if let AttemptStage::Form { problem, notice } = &attempt.stage {
            if let Some(problem) = problem {
                let key = self.key_in_form();
                let flags = (&mut self.details_open, &mut self.had_focus);
                let remedy = problem::show(ui, problem, key, flags, screen);
                self.remedy(ui, remedy, screen.out);
                ui.add_space(space::XL);
            } else if let Some(notice) = notice {
                paragraph(ui, Type::Body, theme::palette(ui.ctx()).text, notice);
                ui.add_space(space::L);
            }
        }
        if let AttemptStage::Tested(verifying) = &attempt.stage {
            self.form_open |= test_result::show(ui, verifying, attempt.key, screen);
            return None;
        }
        if waiting::is_for(attempt) {
            self.form_open |= waiting::show(ui, attempt, screen);
            return None;
        }
        let is_busy = attempt.verifying().is_some();
        if !is_busy && !self.choices(ui, attempt, screen) {
            return None;
        }
        let share = screen.state.share;
        let has_problem = attempt.problem().is_some();
        let state = screen.state;
        let has_more_above = state.background().is_some() || !state.saved.profiles.is_empty();
        let by_enter = ui
            .add_enabled_ui(!is_busy, |ui| {
                self.fields(ui, share, has_more_above, has_problem)
            })
            .inner;
        ui.add_space(space::S);
        self.storage_line(ui, screen.state);
        Some(by_enter)
    }

    fn submit_row(
        &mut self,
        ui: &mut Ui,
        by_enter: bool,
        attempt: &Attempt,
        screen: &mut Screen<'_>,
    ) {
        let verifying = attempt.verifying();
        let is_busy = verifying.is_some();
        ui.add_space(space::L);
        let label = match (self.source.is_open(), self.form.environment_name()) {
            (true, Some(name)) => format!("Test with {name}"),
            (true, None) => "Test".to_owned(),
            (false, Some(name)) => format!("Sign in to {name}"),
            (false, None) => "Sign in".to_owned(),
        };
        let mut button = Button::filled(&label).large().full_width();
        if is_busy {
            button = button.busy("Signing in…");
        }
        if (button.show(ui).clicked() || by_enter) && !is_busy {
            self.submit(ui, screen.out);
        }
        if let Some(verifying) = verifying {
            waiting::long_wait(ui, verifying, screen);
        }
    }

    /// The link back, or the saved profiles. Returns whether to show the form too.
    fn choices(&mut self, ui: &mut Ui, attempt: &Attempt, screen: &mut Screen<'_>) -> bool {
        if screen.state.background().is_some() {
            let is_blank = self.form.key.is_empty() && self.form.label.is_empty();
            chooser::return_link(ui, is_blank, screen);
            self.form.has_label = true;
            return true;
        }
        let Some(has_key) = chooser::has_key(screen.state) else {
            return true;
        };
        let form_open = self.form_open || attempt.problem().is_some() || !has_key;
        let takes_focus = !form_open && !std::mem::replace(&mut self.had_focus, true);
        let (chosen, mut opens) = chooser::show(ui, takes_focus, form_open, screen);
        if let Some(entry) = chosen {
            self.prefill_profile(&entry.profile, screen.state);
            if entry.status == ProfileStatus::NoKey {
                opens = true;
            } else {
                // If opening fails, the form shows the profile.
                self.has_wiped_entered_key = false;
                screen.send(SessionCommand::OpenProfile(entry.profile));
            }
        }
        if opens {
            self.form_open = true;
            self.had_focus = false;
        }
        form_open
    }
}
