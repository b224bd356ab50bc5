//! The key page: the age of the API key, and the six steps of a rotation.

mod check;
mod current_key;
mod footer;
mod form;
mod key_consumers;
mod old_key;
mod parts;
mod portal;
mod problem;
mod proof;
mod steps;
mod switch;
mod track;

use current_key::CurrentKey;
use egui::{Context, Frame, Margin, Panel, ScrollArea, Ui, UiBuilder};
use form::{KeyForm, new_key_id, old_key_id};
use key_consumers::KeyConsumersEditor;
use parts::pasted;
use portal::PortalForm;

use super::Screen;
use super::areas::{fixed, footer_room, page};
use crate::domain::rotation::{Rotation, RotationReason, RotationStep};
use crate::state::rotation::messages::RotationCommand;
use crate::state::session::open::Open;
use crate::theme::{self, height, layout, space, stroke, widget_sizes};
use crate::widgets::free_focus;

/// Buffers of the page.
#[derive(Default)]
pub(super) struct RotationPage {
    new: KeyForm,
    old: KeyForm,
    portal: PortalForm,
    consumers: KeyConsumersEditor,
    current_key: CurrentKey,
    /// The step shown in the last frame.
    step: Option<RotationStep>,
}

/// All steps, in a column on the left.
fn show_steps(ui: &mut Ui, open: &Open, rotation: Option<&Rotation>, screen: &Screen<'_>) {
    fixed(Panel::left("rotation steps"), layout::STEPS, Frame::new()).show(ui, |ui| {
        let area = ui.max_rect();
        let p = theme::palette(ui.ctx());
        let edge = area.with_min_x(area.right() - stroke::EDGE);
        ui.painter().rect_filled(edge, 0, p.line);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let inset = Margin::same(space::XXL as i8);
            Frame::new()
                .inner_margin(inset)
                .show(ui, |ui| steps::show(ui, open, rotation, screen));
        });
    });
}

impl RotationPage {
    /// Wipes pasted keys.
    pub(super) fn wipe(&mut self, ctx: &Context) {
        self.new.wipe(ctx, new_key_id());
        self.old.wipe(ctx, old_key_id());
    }

    pub(super) fn show(&mut self, ui: &mut Ui, open: &Open, screen: &mut Screen<'_>) {
        let rotation = screen.state.rotation().cloned();
        self.clear_used_fields(ui.ctx(), rotation.as_ref());
        let step = rotation.as_ref().map(|rotation| rotation.step);
        if std::mem::replace(&mut self.step, step) != step {
            // Each step focuses its own main widget.
            free_focus(ui.ctx());
        }
        // If there is no space for both, the current step matters more than the list of steps.
        let is_tight = ui.ctx().content_rect().width() < layout::TIGHT;
        let beside = if is_tight { space::L } else { space::XXXL };
        page(ui, |ui| {
            if !is_tight {
                show_steps(ui, open, rotation.as_ref(), screen);
            }
            let has_footer = rotation.is_some() || open.keys.finished.is_some();
            let below = has_footer.then(|| footer_room(ui, "rotation foot", height::FOOT));
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                let place = ui.available_rect_before_wrap();
                let room = place.width() - 2.0 * beside;
                let width = room.min(widget_sizes::ASSISTANT_WIDTH);
                // Centred only in a wide window. Otherwise it stays next to the list of steps.
                let is_wide = ui.ctx().content_rect().width() >= layout::WIDE;
                let aside = if is_wide {
                    ((room - width) / 2.0).round()
                } else {
                    0.0
                };
                let left = place.left() + beside + aside;
                let column = place.with_min_x(left).with_max_x(left + width);
                ui.scope_builder(UiBuilder::new().max_rect(column), |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    ui.add_space(space::XXL);
                    if is_tight {
                        steps::progress_text(ui, open, rotation.as_ref());
                        ui.add_space(space::XS);
                    }
                    self.step(ui, open, rotation.as_ref(), screen);
                    ui.add_space(space::XXL);
                });
            });
            if let Some(below) = below {
                self.footer(&mut below.open(ui), open, rotation.as_ref(), screen);
            }
        });
    }

    /// Wipes fields whose key has already been used.
    fn clear_used_fields(&mut self, ctx: &Context, rotation: Option<&Rotation>) {
        let step = rotation.map(|rotation| rotation.step);
        if step != Some(RotationStep::Paste) {
            self.new.wipe(ctx, new_key_id());
        }
        if step != Some(RotationStep::Check) {
            self.old.wipe(ctx, old_key_id());
        }
    }

    fn step(
        &mut self,
        ui: &mut Ui,
        open: &Open,
        rotation: Option<&Rotation>,
        screen: &mut Screen<'_>,
    ) {
        if let Some(finished) = &open.keys.finished {
            check::finished(ui, open, finished, screen);
            return;
        }
        let Some(rotation) = rotation else {
            self.current_key.show(ui, open, screen);
            return;
        };
        problem::status_notice(ui, open);
        match rotation.step {
            RotationStep::Portal => {
                self.take_early_paste(ui.ctx(), open, rotation, screen);
                self.portal.show(ui, open, rotation, screen);
            }
            RotationStep::Paste => form::new_key(ui, &mut self.new, open, rotation, screen),
            RotationStep::Verify => proof::show(ui, open, rotation, screen),
            RotationStep::OtherSystems => self.consumers.show(ui, open, rotation, screen),
            RotationStep::Switch => switch::show(ui, open, rotation, screen),
            RotationStep::Check => check::show(ui, &mut self.old, open, rotation, screen),
        }
        // Another key that was typed since is not the one that failed.
        if self.new.is_empty() && self.old.is_empty() {
            problem::show(ui, open, rotation, screen);
        }
        portal::leaked_line(ui, open, rotation, screen);
    }

    /// Accepts the new key on the first step: a user who returns from the portal has it on the clipboard. Not for a leaked key, which must be
    /// revoked first.
    fn take_early_paste(
        &mut self,
        ctx: &Context,
        open: &Open,
        rotation: &Rotation,
        screen: &mut Screen<'_>,
    ) {
        let is_expected = rotation.reason != RotationReason::Leaked
            && !open.profile().is_demo()
            && !self.portal.has_field(screen);
        if !is_expected {
            return;
        }
        if let Some(text) = pasted(ctx, new_key_id(), screen) {
            self.new.accept(text);
            screen.send(RotationCommand::PortalStepDone);
        }
    }

    fn footer(
        &mut self,
        ui: &mut Ui,
        open: &Open,
        rotation: Option<&Rotation>,
        screen: &mut Screen<'_>,
    ) {
        match rotation {
            None => footer::finished(ui, screen),
            Some(rotation) => {
                let keys = [&mut self.new, &mut self.old];
                footer::show(ui, open, rotation, keys, &mut self.consumers, screen);
            }
        }
    }
}
