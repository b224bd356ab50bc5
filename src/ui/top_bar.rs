//! The band at the top, which shows the current environment. It is never dimmed, and in Production it is coloured over its full width.

use egui::{Ui, vec2};

use super::actions::Action;
use super::dialog::Dialog;
use super::{Screen, words};
use crate::state::session::messages::LockCommand;
use crate::state::session::workspace::Workspace;
use crate::theme::{self, HueColors, Icon, Type, height, layout, space, stroke};
use crate::ui::screen::UiRequest;
use crate::widgets::{Button, copy_truncated_text, hue_switch, line, row_in, search_box};

pub(super) fn show(ui: &mut Ui, workspace: &Workspace, is_narrow: bool, screen: &mut Screen<'_>) {
    let environment = &workspace.profile.environment;
    let hue = words::hue(environment);
    let colors = theme::palette(ui.ctx()).hue(hue);
    let area = ui.max_rect();
    ui.painter().rect_filled(area, 0, colors.band);
    ui.painter().rect_filled(
        area.with_min_y(area.bottom() - stroke::EDGE),
        0,
        colors.band_line,
    );
    // The lock button has 6 px of padding of its own.
    let inside = area
        .with_min_x(area.left() + space::S)
        .with_max_x(area.right() - space::SM);
    let mut ui = row_in(ui, inside);
    ui.spacing_mut().item_spacing.x = space::M;
    let name = environment.name();
    let chip = hue_switch(
        &mut ui,
        hue,
        name,
        &format!("Environment: {name}, profiles"),
        &format!(
            "{} · switch profile ({})",
            environment.host(),
            Action::SwitchProfile.key()
        ),
    );
    if chip.clicked() {
        screen.request(UiRequest::Dialog(Dialog::SwitchProfile));
    }
    line(&mut ui, Type::Mono, colors.band_strong, &environment.host());
    if !is_narrow {
        let (rect, _) = ui.allocate_exact_size(vec2(stroke::EDGE, space::L), egui::Sense::hover());
        ui.painter()
            .rect_filled(rect, 0, colors.band_muted.gamma_multiply(0.5));
        let profile = &workspace.profile;
        let label = screen.state.label(profile);
        ui.spacing_mut().item_spacing.x = space::SM;
        let share = screen.state.share;
        let named = if label.is_empty() {
            "Partner".to_owned()
        } else {
            format!("{} ·", share.profile_name(profile, label))
        };
        let id = profile.partner.short();
        line(&mut ui, Type::Body, colors.band_muted, &named);
        let whole = profile.partner.to_string();
        let tip = format!("{} · click to copy", share.plain(&whole));
        let shown = copy_truncated_text(
            &mut ui,
            Type::Mono,
            colors.band_muted,
            &share.plain(&id),
            "Copy partner UUID",
            &tip,
        );
        if shown.clicked() {
            screen.copy("partner UUID", whole);
        }
    }
    // At the right end, but added in reading order.
    ui.spacing_mut().item_spacing.x = space::SM;
    let width = if is_narrow {
        layout::SEARCH_NARROW
    } else {
        layout::SEARCH
    };
    let rest = ui.available_width() - width - space::SM - height::SMALL;
    ui.add_space(rest.max(0.0));
    search(&mut ui, colors, width, screen);
    let lock = Button::icon_only(Icon::Lock, "Lock")
        .small()
        .key_hint(&Action::Lock.key())
        .color(colors.band_strong)
        .show(&mut ui);
    if lock.clicked() {
        screen.send(LockCommand::Now);
    }
}

/// The search box, which opens the command palette.
fn search(ui: &mut Ui, colors: &HueColors, width: f32, screen: &mut Screen<'_>) {
    let words = if width < layout::SEARCH {
        "Find…"
    } else {
        "Find a business or command"
    };
    let entry = Action::Palette.entry();
    let key = entry.written_key();
    if search_box(ui, width, colors, entry.text, words, &key).clicked() {
        screen.request(UiRequest::Palette);
    }
}
