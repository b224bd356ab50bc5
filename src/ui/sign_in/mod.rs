//! The first screen: where, who, and the key that proves it.

mod around;
mod chooser;
mod fields;
mod fit;
mod form;
mod keeping;
mod problem;
mod source;
mod submit;
mod tested;
mod waiting;

use around::{demo_line, foot, head, short_head};
use egui::{Align, CentralPanel, Frame, Id, Layout, Panel, ScrollArea, Ui, UiBuilder};
use form::{SignInForm, key_id};
use problem::KeyInForm;
use source::SourceForm;
pub(super) use source::SourceOffer;
use zeroize::Zeroize as _;

use super::{Reserved, Screen};
use crate::domain::credentials::PartnerId;
use crate::domain::environment::Environment;
use crate::domain::profile::Profile;
use crate::state::AppState;
use crate::state::session::attempt::{Attempt, AttemptStage};
use crate::theme::{self, Type, height, layout, space};
use crate::widgets::{Button, SecretField, floating_card_frame, focus_on, paragraph};

/// The fields never have less room, in px.
const LEAST_FIELDS: f32 = 2.0 * height::TOOLBAR;

const KEY_IS_GONE: &str = "Enter the key again. The console clears it after each attempt.";

/// The buffers of the screen.
#[derive(Default)]
pub(super) struct SignInScreen {
    form: SignInForm,
    source: SourceForm,
    details_open: bool,
    had_focus: bool,
    /// The form is asked for although there are profiles to choose from.
    form_open: bool,
    /// What is in the card, in px, as the last pass had it.
    card_height: Option<f32>,
    /// The part of it that does not scroll, in px.
    submit_height: f32,
    /// Everything is closer together.
    is_short: bool,
    /// What was typed was sent to be tried.
    is_trying: bool,
    /// What was tried last was typed, and its key is forgotten.
    key_is_gone: bool,
}

impl SignInScreen {
    /// Chooses what was used last.
    pub(super) fn prefill(&mut self, environment: &Environment, partner: Option<PartnerId>) {
        self.form.prefill(environment, partner);
    }

    /// What environment variables offer for sources of keys.
    pub(super) fn offer_sources(&mut self, offers: Vec<SourceOffer>) {
        self.source.offers = offers;
    }

    /// Chooses a profile, and the place where its key is kept.
    pub(super) fn prefill_profile(&mut self, profile: &Profile, state: &AppState) {
        self.prefill(&profile.environment, Some(profile.partner));
        let known = state.saved.known(profile);
        self.source
            .prefill(known.and_then(|known| known.source.as_ref()));
    }

    /// The environment that is chosen, if its address is complete.
    pub(super) fn chosen_environment(&self) -> Option<Environment> {
        self.form.chosen().ok()
    }

    /// Gives the focus to the form again.
    pub(super) fn focus_again(&mut self) {
        self.had_focus = false;
    }

    /// Forgets the key once it has been accepted.
    pub(super) fn wipe(&mut self, ctx: &egui::Context) {
        if !self.form.key.is_empty() {
            self.form.wipe();
            SecretField::wipe(ctx, key_id());
        }
        self.form.partner.zeroize();
        self.source.close();
        SecretField::wipe(ctx, source::answer_id());
        self.is_trying = false;
        self.key_is_gone = false;
        self.had_focus = false;
        self.form_open = false;
    }

    /// Forgets the key of an attempt that has ended without a session: its form may stay on screen for hours. Everything
    /// else that was typed stays.
    pub(super) fn forget_after_attempt(&mut self, ctx: &egui::Context, attempt: &Attempt) {
        if !attempt.is_waiting() && std::mem::take(&mut self.is_trying) {
            self.form.forget_key();
            SecretField::wipe(ctx, key_id());
            self.key_is_gone = !self.source.is_open();
            if self.key_is_gone {
                focus_on(ctx, key_id());
            }
        }
    }

    fn key_in_form(&self) -> KeyInForm {
        if self.source.is_open() {
            return KeyInForm::Fetched;
        }
        match (self.form.key.is_empty(), self.key_is_gone) {
            (false, _) => KeyInForm::Typed,
            (true, true) => KeyInForm::Gone,
            (true, false) => KeyInForm::None,
        }
    }

    /// Shows the form for a key that the keychain is not asked to keep.
    pub(super) fn open_form_without_keychain(&mut self) {
        self.open_form();
        self.form.only_this_session = true;
    }

    /// Shows the form also where there are profiles to choose from.
    pub(super) fn open_form(&mut self) {
        self.form_open = true;
    }

    /// Draws the screen.
    pub(super) fn show(&mut self, ui: &mut Ui, attempt: &Attempt, screen: &mut Screen<'_>) {
        let p = theme::palette(ui.ctx());
        self.form.sort_out_paste(ui.ctx());
        let below = Panel::bottom("sign-in foot")
            .exact_size(if ui.available_height() < layout::SHORT {
                layout::STATUS
            } else {
                layout::STATUS + space::M
            })
            .resizable(false)
            .show_separator_line(false)
            .frame(
                Frame::new()
                    .fill(p.base)
                    .inner_margin(egui::Margin::symmetric(space::L as i8, 0)),
            )
            .show(ui, |ui| Reserved::all_of("sign-in foot", ui))
            .inner;
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
                            chooser::head(ui);
                        } else if is_short {
                            short_head(ui);
                        } else {
                            head(ui);
                        }
                        let demo_gap = if is_short { space::S } else { space::L };
                        let below = padding + demo_gap + height::NORMAL + space::S;
                        let card = floating_card_frame(ui.ctx())
                            .inner_margin(egui::Margin::same(padding as i8));
                        card.show(ui, |ui| {
                            ui.set_width(layout::SIGN_IN - 2.0 * padding);
                            // What has the keyboard keeps it whatever stands above the card.
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
        foot(&mut below.open(ui), screen);
    }

    /// The fields scroll where there is no room for all of them; the button below them is always seen.
    fn card(&mut self, ui: &mut Ui, most: f32, attempt: &Attempt, screen: &mut Screen<'_>) {
        ui.spacing_mut().item_spacing.y = 0.0;
        let room = (most - self.submit_height).max(LEAST_FIELDS);
        let fields = ScrollArea::vertical()
            .id_salt("sign-in fields")
            .max_height(room)
            .auto_shrink([false, true])
            .show(ui, |ui| self.card_body(ui, attempt, screen));
        let top = ui.cursor().top();
        if let Some(by_enter) = fields.inner {
            self.submit_row(ui, by_enter, attempt, screen);
        }
        let submit_height = ui.min_rect().bottom() - top;
        self.measure(ui, fields.content_size.y, submit_height);
    }

    /// Returns whether Enter was pressed in a field, where there are any.
    fn card_body(
        &mut self,
        ui: &mut Ui,
        attempt: &Attempt,
        screen: &mut Screen<'_>,
    ) -> Option<bool> {
        ui.spacing_mut().item_spacing.y = 0.0;
        if let AttemptStage::Form { problem, notice } = &attempt.stage {
            if let Some(problem) = problem {
                let remedy = problem::show(
                    ui,
                    screen.state,
                    problem,
                    self.key_in_form(),
                    &mut self.details_open,
                    screen.out,
                    &mut screen.wish,
                );
                self.remedy(ui, remedy, screen.out);
                ui.add_space(space::XL);
            } else if let Some(notice) = notice {
                paragraph(ui, Type::Body, theme::palette(ui.ctx()).text, notice);
                ui.add_space(space::L);
            }
        }
        if let AttemptStage::Tested(proving) = &attempt.stage {
            self.form_open |= tested::show(ui, proving, attempt.key, screen);
            return None;
        }
        if waiting::is_for(attempt) {
            self.form_open |= waiting::show(ui, attempt, screen);
            return None;
        }
        let is_busy = attempt.proving().is_some();
        if !is_busy && !self.choices(ui, attempt, screen) {
            return None;
        }
        let share = screen.state.share;
        let in_trouble = self.form.was_submitted || has_problem(attempt);
        let by_enter = ui
            .add_enabled_ui(!is_busy, |ui| self.fields(ui, share, in_trouble))
            .inner;
        ui.add_space(space::S);
        self.where_kept(ui, screen.state);
        Some(by_enter)
    }

    fn submit_row(
        &mut self,
        ui: &mut Ui,
        by_enter: bool,
        attempt: &Attempt,
        screen: &mut Screen<'_>,
    ) {
        let proving = attempt.proving();
        let is_busy = proving.is_some();
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
        if let Some(proving) = proving {
            waiting::long_wait(ui, proving, screen);
        }
    }

    /// The way back, or the profiles that are known; returns whether the form is wanted too.
    fn choices(&mut self, ui: &mut Ui, attempt: &Attempt, screen: &mut Screen<'_>) -> bool {
        if screen.state.background().is_some() {
            let is_blank = self.form.key.is_empty() && self.form.label.is_empty();
            chooser::way_back(ui, is_blank, screen);
            self.form.has_label = true;
            return true;
        }
        let Some(has_key) = chooser::has_key(screen.state) else {
            return true;
        };
        let form_open = self.form_open || has_problem(attempt) || !has_key;
        let takes_focus = !form_open && !std::mem::replace(&mut self.had_focus, true);
        match chooser::show(ui, takes_focus, form_open, screen) {
            Some(chooser::Chosen::Profile(profile)) => {
                self.key_is_gone = false;
                self.prefill_profile(&profile, screen.state);
            }
            Some(chooser::Chosen::WithoutKey(profile)) => {
                self.prefill_profile(&profile, screen.state);
                self.form_open = true;
                self.had_focus = false;
            }
            Some(chooser::Chosen::Form) => {
                self.form_open = true;
                self.had_focus = false;
            }
            None => {}
        }
        form_open
    }
}

fn has_problem(attempt: &Attempt) -> bool {
    matches!(
        attempt.stage,
        AttemptStage::Form {
            problem: Some(_),
            ..
        }
    )
}
