//! The tokens of this session, the one that ends first on top.

mod pane;
mod table;

use egui::{Align, Frame, Layout, Panel, Ui, UiBuilder, vec2};

use super::dialogs::Dialog;
use super::{Screen, fixed, foot_room, page, side_pane};
use crate::state::session::workspace::Workspace;
use crate::state::shell::messages::{Page, ShellCommand};
use crate::theme::{self, Icon, Type, height, layout, size, space, stroke};
use crate::widgets::{Button, empty_state, line, with_end};

/// Draws the page.
pub(super) fn show(
    ui: &mut Ui,
    workspace: &Workspace,
    is_narrow: bool,
    screen: &mut Screen<'_>,
    dialog: &mut Option<Dialog>,
) {
    let selected = workspace.selected.and_then(|id| workspace.tokens.get(id));
    let selected = selected.filter(|_| workspace.is_detail_open);
    let pane = selected.map(|held| (held, side_pane(ui, is_narrow, screen)));
    page(ui, |ui| {
        let gutter = if is_narrow {
            layout::GUTTER_NARROW
        } else {
            layout::GUTTER
        };
        fixed(Panel::top("tokens bar"), height::TOOLBAR, Frame::new())
            .show(ui, |ui| head(ui, workspace, gutter, screen, dialog));
        if workspace.tokens.is_empty() {
            let lines = "Select a business and press T. The console copies its token and lists it here until \
                         you forget it or sign out.";
            let buttons = vec![
                Button::outlined("Go to Businesses")
                    .icon(Icon::Business)
                    .takes_focus(),
            ];
            if empty_state(ui, Icon::Token, "No tokens in this session", lines, buttons).is_some() {
                screen.ask(ShellCommand::ShowPage(Page::Businesses));
            }
            return;
        }
        let below = foot_room(ui, "tokens foot", height::BANNER);
        table::show(ui, workspace, gutter, screen);
        foot(&mut below.open(ui), gutter);
    });
    if let Some((held, pane)) = pane {
        pane::show(&mut pane.open(ui), workspace, held, is_narrow, screen);
    }
}

fn head(
    ui: &mut Ui,
    workspace: &Workspace,
    gutter: f32,
    screen: &Screen<'_>,
    dialog: &mut Option<Dialog>,
) {
    let p = theme::palette(ui.ctx());
    let area = ui.max_rect().shrink2(vec2(gutter, 0.0));
    let mut ui = ui.new_child(
        UiBuilder::new()
            .max_rect(area)
            .layout(Layout::left_to_right(Align::Center)),
    );
    let live = workspace.tokens.live_count(screen.now.boot);
    let text = match workspace.tokens.len() - live {
        0 => format!("{live} live"),
        expired => format!("{live} live, {expired} expired"),
    };
    let say = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        ui.label(Type::Heading.rich("Live tokens").color(p.strong));
        line(ui, Type::Small, p.muted, &text);
    };
    let none = workspace.tokens.is_empty().then_some("No tokens");
    let forget = Button::outlined("Forget all…")
        .icon(Icon::Trash)
        .disabled_if(none);
    let (_, response) = with_end(&mut ui, say, |ui| forget.show(ui));
    if response.clicked() {
        *dialog = Some(Dialog::ForgetAll);
    }
}

fn foot(ui: &mut Ui, gutter: f32) {
    let p = theme::palette(ui.ctx());
    let area = ui.max_rect();
    ui.painter()
        .rect_filled(area.with_max_y(area.top() + stroke::EDGE), 0, p.line);
    let inside = area.shrink2(vec2(gutter, 0.0));
    let mut ui = ui.new_child(
        UiBuilder::new()
            .max_rect(inside)
            .layout(Layout::left_to_right(Align::Center)),
    );
    ui.spacing_mut().item_spacing.x = space::SM;
    ui.add(Icon::Info.image(size::icon::SMALL, p.muted));
    let text = "Forgetting a token does not revoke it: it works until it expires. Tokens do not renew \
                automatically.";
    ui.add(egui::Label::new(Type::Small.rich(text).color(p.muted)).truncate());
}
