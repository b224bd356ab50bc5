//! The navigation on the left, which becomes a rail of icons in a small window.

use egui::{Ui, UiBuilder};

use super::actions::Action;
use super::{Screen, key_age_text, words};
use crate::state::session::workspace::Workspace;
use crate::state::shell::messages::{Page, ShellCommand};
use crate::theme::{self, Icon, height, space, stroke};
use crate::ui::dialogs::Dialog;
use crate::ui::screen::UiRequest;
use crate::widgets::Row;

/// Gap between two rows.
const GAP: f32 = space::XS / 2.0;

pub(super) fn show(ui: &mut Ui, workspace: &Workspace, is_rail: bool, screen: &mut Screen<'_>) {
    let p = theme::palette(ui.ctx());
    let area = ui.max_rect();
    ui.painter()
        .rect_filled(area.with_min_x(area.right() - stroke::EDGE), 0, p.line);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(area.shrink(space::S)));
    ui.spacing_mut().item_spacing.y = GAP;

    // Zero would be wrong before the first page has arrived.
    let is_known = total(workspace) > 0 || !workspace.list.loading.is_running();
    let businesses = if is_known {
        words::short_count(total(workspace))
    } else {
        String::new()
    };
    let key = Action::ShowBusinesses.key();
    let row = Row::page(Icon::Business, "Businesses")
        .hint(&businesses)
        .selected(workspace.page == Page::Businesses)
        .key(&key)
        .rail(is_rail);
    if row.show(&mut ui).clicked() {
        screen.ask(ShellCommand::ShowPage(Page::Businesses));
    }

    let live = workspace.tokens.live_count(screen.now.boot);
    let count = if live == 0 {
        String::new()
    } else {
        words::count(live as u64)
    };
    let key = Action::ShowTokens.key();
    let row = Row::page(Icon::Token, "Tokens")
        .hint(&count)
        .selected(workspace.page == Page::Tokens)
        .key(&key)
        .rail(is_rail);
    if row.show(&mut ui).clicked() {
        screen.ask(ShellCommand::ShowPage(Page::Tokens));
    }

    let count = match workspace.import.running() {
        Some(run) => {
            let (done, total) = run.progress();
            format!("{} %", done * 100 / total.max(1))
        }
        None => String::new(),
    };
    let key = Action::ShowImport.key();
    let row = Row::page(Icon::Import, "Import")
        .hint(&count)
        .selected(workspace.page == Page::Import)
        .key(&key)
        .rail(is_rail);
    if row.show(&mut ui).clicked() {
        screen.ask(ShellCommand::ShowPage(Page::Import));
    }

    let age = screen.state.key_age(screen.now);
    let badge = age.as_ref().and_then(key_age_text::badge);
    let key = Action::ShowKey.key();
    let badge = badge.as_ref().map(|(word, tone)| (word.as_str(), *tone));
    let row = Row::page(Icon::Key, "API key")
        .badge(badge)
        .selected(workspace.page == Page::Key)
        .key(&key)
        .rail(is_rail);
    if row.show(&mut ui).clicked() {
        screen.ask(ShellCommand::ShowPage(Page::Key));
    }

    let key = Action::ShowHistory.key();
    let row = Row::page(Icon::History, "History")
        .selected(workspace.page == Page::History)
        .key(&key)
        .rail(is_rail);
    if row.show(&mut ui).clicked() {
        screen.ask(ShellCommand::ShowPage(Page::History));
    }

    let key = Action::ShowOverview.key();
    let row = Row::page(Icon::Overview, "Overview")
        .selected(workspace.page == Page::Overview)
        .key(&key)
        .rail(is_rail);
    if row.show(&mut ui).clicked() {
        screen.ask(ShellCommand::ShowPage(Page::Overview));
    }

    // The last two rows are at the bottom, but added in reading order.
    let rest = ui.available_height() - 2.0 * height::NORMAL - GAP;
    ui.add_space(rest.max(0.0));
    let key = Action::ShowSettings.key();
    let row = Row::page(Icon::Settings, "Settings")
        .selected(workspace.page == Page::Settings)
        .key(&key)
        .rail(is_rail);
    if row.show(&mut ui).clicked() {
        screen.ask(ShellCommand::ShowPage(Page::Settings));
    }
    let row = Row::page(Icon::Help, "Help").key("?").rail(is_rail);
    if row.show(&mut ui).clicked() {
        screen.request(UiRequest::Dialog(Dialog::Help));
    }
}

/// Number of businesses: the total stated by the server, or the number loaded if that is larger or the total unknown.
fn total(workspace: &Workspace) -> u64 {
    let loaded = workspace.list.businesses().len() as u64;
    workspace
        .list
        .loading
        .stated_total()
        .map_or(loaded, |total| total.max(loaded))
}
