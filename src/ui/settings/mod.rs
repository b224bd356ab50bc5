//! The settings page. Each setting shows what it does and, if changed, its default. Changes apply immediately.

mod appearance;
mod network;
mod parts;
mod test;
mod work;

use egui::{CentralPanel, Frame, Key, Layout, Panel, Rect, ScrollArea, Ui, UiBuilder, vec2};
use parts::TypedSetting;

use super::Screen;
use super::areas::{fixed, page};
use crate::domain::environment::Environment;
use crate::domain::settings::{Scale, Settings};
use crate::state::command::Command;
use crate::state::session::workspace::Workspace;
use crate::state::shell::messages::{Page, SettingsCommand, ShellCommand};
use crate::theme::{self, Type, height, layout, space, stroke};
use crate::ui::screen::UiRequest;
use crate::widgets::{Button, divider, line};

/// Buffers of the page.
#[derive(Default)]
pub(super) struct SettingsPage {
    clipboard: TypedSetting,
    freshness: TypedSetting,
    lock: TypedSetting,
    portal: TypedSetting,
    proxy: TypedSetting,
    /// Whether *Address* is selected but no address has been entered yet.
    wants_proxy: bool,
    is_before_sign_in: bool,
    /// While the page scrolls to the findings of the connection test: how many were pending in the last frame.
    followed_test: Option<usize>,
}

/// Opens the page, with or without a session.
pub(super) fn open(screen: &mut Screen<'_>) -> Option<Command> {
    if screen.state.open().is_some() {
        return Some(Command::Shell(ShellCommand::ShowPage(Page::Settings)));
    }
    screen.request(UiRequest::Settings);
    None
}

/// Changes the zoom.
pub(super) fn zoom(screen: &Screen<'_>, change: impl FnOnce(Scale) -> Scale) -> Command {
    changed(screen, |settings| settings.scale = change(settings.scale))
}

/// Changes a setting.
pub(super) fn changed(screen: &Screen<'_>, change: impl FnOnce(&mut Settings)) -> Command {
    let mut settings = screen.state.saved.settings.clone();
    change(&mut settings);
    SettingsCommand::Change(Box::new(settings)).into()
}

/// Whether the command starts a connection test.
pub(super) fn starts_test(command: &Command) -> bool {
    matches!(
        command,
        Command::Settings(SettingsCommand::TestConnection(_))
    )
}

impl SettingsPage {
    /// Shows the page instead of the sign-in screen, because sign-in may need a proxy or certificate.
    pub(super) fn open_before_sign_in(&mut self, reveals_test: bool) {
        self.is_before_sign_in = true;
        self.followed_test = reveals_test.then_some(usize::MAX);
    }

    /// Scrolls to the connection test, because it was started elsewhere.
    pub(super) fn reveal_test(&mut self) {
        self.followed_test = Some(usize::MAX);
    }

    pub(super) fn is_before_sign_in(&self) -> bool {
        self.is_before_sign_in
    }

    /// Called when a session has started.
    pub(super) fn leave_sign_in(&mut self) {
        self.is_before_sign_in = false;
    }

    /// Draws the page within a session.
    pub(super) fn show(&mut self, ui: &mut Ui, workspace: &Workspace, screen: &mut Screen<'_>) {
        let target = &workspace.profile.environment;
        page(ui, |ui| self.contents(ui, Some(target), screen, false));
    }

    /// Draws the page without a session. Returns whether the user left it.
    pub(super) fn show_alone(
        &mut self,
        ui: &mut Ui,
        target: Option<&Environment>,
        screen: &mut Screen<'_>,
    ) -> bool {
        let by_key = !ui.ctx().text_edit_focused()
            && !egui::Popup::is_any_open(ui.ctx())
            && ui.input(|input| input.key_pressed(Key::Escape));
        let p = theme::palette(ui.ctx());
        let is_left = CentralPanel::default()
            .frame(Frame::new().fill(p.surface))
            .show(ui, |ui| self.contents(ui, target, screen, true))
            .inner;
        if is_left || by_key {
            self.is_before_sign_in = false;
            ui.ctx().request_repaint();
        }
        !self.is_before_sign_in
    }

    /// Returns whether the back button was pressed.
    fn contents(
        &mut self,
        ui: &mut Ui,
        target: Option<&Environment>,
        screen: &mut Screen<'_>,
        has_back_button: bool,
    ) -> bool {
        let room = ui.available_width() - 2.0 * layout::GUTTER;
        let width = room.min(layout::SETTINGS);
        let side = layout::GUTTER + (room - width) / 2.0;
        let is_left = fixed(Panel::top("settings bar"), height::TOOLBAR, Frame::new())
            .show(ui, |ui| bar(ui, side, has_back_button))
            .inner;
        let former = &screen.state.saved.settings;
        let mut settings = former.clone();
        ScrollArea::vertical()
            .id_salt("settings")
            .auto_shrink(false)
            .show(ui, |ui| {
                let place = ui.available_rect_before_wrap();
                let column = place
                    .with_min_x(place.left() + side)
                    .with_max_x(place.left() + side + width);
                let builder = UiBuilder::new().max_rect(column).layout(Layout::default());
                let mut inner = ui.new_child(builder);
                inner.spacing_mut().item_spacing.y = 0.0;
                inner.add_space(space::S);
                self.groups(&mut inner, &mut settings, target, screen);
                inner.add_space(space::XXL);
                let used = inner.min_rect().union(place.with_max_y(place.top()));
                ui.advance_cursor_after_rect(used);
            });
        if settings != screen.state.saved.settings {
            let command = Command::Settings(SettingsCommand::Change(Box::new(settings)));
            screen.out.push(command);
        }
        is_left
    }

    fn groups(
        &mut self,
        ui: &mut Ui,
        settings: &mut Settings,
        target: Option<&Environment>,
        screen: &mut Screen<'_>,
    ) {
        parts::group(ui, "Appearance", |ui| {
            appearance::show(ui, settings);
            divider(ui);
            appearance::share_mode(ui, screen);
        });
        parts::group(ui, "Tokens", |ui| {
            work::tokens(ui, settings, &mut self.clipboard, &mut self.freshness);
        });
        parts::group(ui, "Lock", |ui| work::lock(ui, settings, &mut self.lock));
        parts::group(ui, "API key", |ui| {
            work::key(ui, settings, &mut self.portal);
        });
        parts::group(ui, "Network", |ui| {
            network::proxy(ui, settings, &mut self.proxy, &mut self.wants_proxy);
            divider(ui);
            network::certificates(ui, screen);
        });
        let shown = parts::group(ui, "Connection", |ui| test::show(ui, target, screen));
        self.follow_test(ui, shown, screen);
    }

    /// Scrolls to the connection test as its findings arrive, until the user scrolls: they are the last of the page, and their texts become
    /// longer.
    fn follow_test(&mut self, ui: &Ui, shown: Rect, screen: &Screen<'_>) {
        if let (Some(test), Some(before)) = (&screen.state.connection.test, self.followed_test) {
            let (pending, follows) = (test.pending(), !is_scrolling(ui));
            if follows && pending != before {
                ui.scroll_to_rect(shown, None);
            }
            self.followed_test = (follows && pending > 0).then_some(pending);
        }
        // It starts after this frame.
        if screen.out.iter().any(starts_test) {
            self.followed_test = Some(usize::MAX);
        }
    }
}

/// Whether the user scrolls with the wheel or the scroll bar, or moves the focus to another part of the page.
fn is_scrolling(ui: &Ui) -> bool {
    ui.input(|input| {
        input.smooth_scroll_delta().y != 0.0
            || input.pointer.is_decidedly_dragging()
            || input.key_pressed(Key::Tab)
    })
}

/// The title of the page, with a back button if there is somewhere to go back to.
fn bar(ui: &mut Ui, side: f32, has_back_button: bool) -> bool {
    let p = theme::palette(ui.ctx());
    let area = ui.max_rect();
    let line_below = area.with_min_y(area.bottom() - stroke::EDGE);
    ui.painter().rect_filled(line_below, 0, p.line);
    let area = area.shrink2(vec2(side, 0.0));
    let builder = UiBuilder::new()
        .max_rect(area)
        .layout(Layout::right_to_left(egui::Align::Center));
    let mut ui = ui.new_child(builder);
    let is_left = has_back_button
        && Button::outlined("Back to sign-in")
            .small()
            .key_hint("Esc")
            .show(&mut ui)
            .clicked();
    ui.with_layout(Layout::left_to_right(egui::Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        ui.label(Type::Heading.rich("Settings").color(p.strong));
        let says = "Changes apply immediately, on this computer only.";
        line(ui, Type::Small, p.muted, says);
    });
    is_left
}
