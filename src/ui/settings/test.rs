//! *Test connection*: the result of each check between this computer and the server.

use egui::{Pos2, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo};

use super::super::Screen;
use crate::domain::connection::{ConnectionCheck, ConnectionFinding, report};
use crate::domain::environment::Environment;
use crate::state::command::Command;
use crate::state::shell::connection::ConnectionTest;
use crate::state::shell::messages::SettingsCommand;
use crate::theme::size::icon;
use crate::theme::{self, Icon, Type, layout, space};
use crate::widgets::{Button, SettingRow, divider, paragraph};

pub(super) fn show(ui: &mut Ui, target: Option<&Environment>, screen: &mut Screen<'_>) {
    let test = screen.state.connection.test.as_ref();
    let is_running = test.is_some_and(ConnectionTest::is_running);
    let hint = match target {
        Some(target) => format!(
            "Checks proxy, DNS, TLS, clock and key for {} ({}).",
            target.name(),
            target.host()
        ),
        None => "Checks proxy, DNS, TLS, clock and key.".to_owned(),
    };
    let start = if test.is_some() {
        "Test again"
    } else {
        "Test connection"
    };
    let button = if is_running {
        Button::outlined("Stop")
    } else {
        let reason = target
            .is_none()
            .then_some("Enter the server address on the sign-in page first");
        Button::outlined(start).disabled_if(reason)
    };
    let copy = (test.is_some() && !is_running).then(|| Button::plain("Copy as text"));
    let copying = copy
        .as_ref()
        .map_or(0.0, |button| button.wanted_width(ui) + space::S);
    let row =
        SettingRow::new("Test connection", &hint).control_width(button.wanted_width(ui) + copying);
    row.show(ui, |ui| {
        if button.show(ui).clicked() {
            let command = match target {
                _ if is_running => Some(SettingsCommand::StopTest),
                target => target.cloned().map(SettingsCommand::TestConnection),
            };
            screen.out.extend(command.map(Command::Settings));
        }
        if copy.is_some_and(|button| button.show(ui).clicked())
            && let Some(test) = test
        {
            let text = report(&test.environment, test.at, &test.findings);
            screen.copy("connection test", text);
        }
    });
    if let Some(test) = test {
        if target != Some(&test.environment) {
            let p = theme::palette(ui.ctx());
            let text = format!("The last test was for {}.", test.environment.in_sentence());
            paragraph(ui, Type::Small, p.muted, &text);
            ui.add_space(space::S);
        }
        for (check, finding) in ConnectionCheck::ALL.into_iter().zip(&test.findings) {
            divider(ui);
            show_finding(ui, check, finding);
        }
    }
}

fn show_finding(ui: &mut Ui, check: ConnectionCheck, finding: &ConnectionFinding) {
    let p = theme::palette(ui.ctx());
    let (mark, tint, color) = match finding {
        ConnectionFinding::Pending => (Icon::Clock, p.muted, p.muted),
        ConnectionFinding::Good(_) => (Icon::CheckCircle, p.ok, p.text),
        ConnectionFinding::Bad(_) => (Icon::StopSign, p.danger, p.strong),
        ConnectionFinding::NotApplicable(_) | ConnectionFinding::Skipped(_) => {
            (Icon::MinusCircle, p.muted, p.muted)
        }
    };
    let room = ui.available_rect_before_wrap();
    let top = room.top() + space::S;
    let mid_y = top + Type::Body.line_height() / 2.0;
    let half = icon::NORMAL / 2.0;
    mark.paint(ui, Pos2::new(room.left() + half, mid_y), icon::NORMAL, tint);
    let left = room.left() + icon::NORMAL + space::S;
    let name = Rect::from_min_max(Pos2::new(left, top), room.max);
    let mut inner = ui.new_child(UiBuilder::new().max_rect(name));
    inner.label(Type::BodyStrong.rich(check.name()).color(p.strong));
    let words = Rect::from_min_max(Pos2::new(left + layout::KEY, top), room.max);
    let mut inner = ui.new_child(UiBuilder::new().max_rect(words).id_salt(check.name()));
    paragraph(&mut inner, Type::Body, color, finding.text());
    let bottom = inner.min_rect().bottom() + space::S;
    let whole = Rect::from_min_max(room.min, Pos2::new(room.right(), bottom));
    let row = ui.interact(whole, ui.scope_id().with(check.name()), Sense::hover());
    let spoken = format!("{}: {}, {}", check.name(), finding.word(), finding.text());
    row.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, &spoken));
    ui.advance_cursor_after_rect(whole);
}
