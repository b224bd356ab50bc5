//! The navigation on the left, which becomes a rail of icons in a small window.

use egui::{Ui, UiBuilder};

use super::actions::Action;
use super::{Screen, key_age_text, words};
use crate::state::session::workspace::Workspace;
use crate::state::shell::messages::{Page, ShellCommand};
use crate::theme::{self, Icon, height, space, stroke};
use crate::ui::dialog::Dialog;
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
    let show_page = |ui: &mut Ui, row: Row<'_>, page: Page, screen: &mut Screen<'_>| {
        let key = Action::ShowPage(page).key();
        let row = row.selected(workspace.page == page).key(&key).rail(is_rail);
        if row.show(ui).clicked() {
            screen.send(ShellCommand::ShowPage(page));
        }
    };

    // Zero would be wrong before the first page has arrived.
    let is_known = total(workspace) > 0 || !workspace.list.loading.is_running();
    let businesses = if is_known {
        words::short_count(total(workspace))
    } else {
        String::new()
    };
    let row = Row::page(Icon::Business, "Businesses").hint(&businesses);
    show_page(&mut ui, row, Page::Businesses, screen);

    let live = workspace.tokens.live_count(screen.now.boot);
    let count = if live == 0 {
        String::new()
    } else {
        words::count(live as u64)
    };
    let row = Row::page(Icon::Token, "Tokens").hint(&count);
    show_page(&mut ui, row, Page::Tokens, screen);

    let count = match workspace.import.running() {
        Some(run) => {
            let (done, total) = run.progress();
            format!("{} %", done * 100 / total.max(1))
        }
        None => String::new(),
    };
    let row = Row::page(Icon::Import, "Import").hint(&count);
    show_page(&mut ui, row, Page::Import, screen);

    let age = screen.state.key_age(screen.now);
    let badge = age.as_ref().and_then(key_age_text::badge);
    let badge = badge.as_ref().map(|(word, tone)| (word.as_str(), *tone));
    let row = Row::page(Icon::Key, "API key").badge(badge);
    show_page(&mut ui, row, Page::Key, screen);

    let row = Row::page(Icon::History, "History");
    show_page(&mut ui, row, Page::History, screen);

    let row = Row::page(Icon::Overview, "Overview");
    show_page(&mut ui, row, Page::Overview, screen);

    // The last two rows are at the bottom, but added in reading order.
    let rest = ui.available_height() - 2.0 * height::NORMAL - GAP;
    ui.add_space(rest.max(0.0));
    let row = Row::page(Icon::Settings, "Settings");
    show_page(&mut ui, row, Page::Settings, screen);
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
