//! Content shown instead of rows: placeholders while loading, and three kinds of empty list.

use std::time::Duration;

use egui::{Align, Layout, Rect, Ui, UiBuilder, vec2};

use super::super::actions::Action;
use super::super::{Screen, words};
use super::table;
use crate::domain::failure::Operation;
use crate::state::command::Command;
use crate::state::create::messages::CreateCommand;
use crate::state::list::NO_EMAILS;
use crate::state::list::messages::ListCommand;
use crate::state::session::workspace::Workspace;
use crate::state::shell::loading_stage::LoadingStage;
use crate::state::shell::messages::{Page, ShellCommand};
use crate::theme::{self, Icon, Type, height, row};
use crate::widgets::{Button, empty_state, progress_bar};

/// Shown while nothing has arrived yet.
pub(super) fn loading(
    ui: &mut Ui,
    workspace: &Workspace,
    stage: LoadingStage,
    gutter: f32,
    screen: &mut Screen<'_>,
) {
    if stage == LoadingStage::Instant {
        return;
    }
    if stage < LoadingStage::Noticed {
        ui.add_space(row::HEAD - height::BAR);
        progress_bar(ui, ui.available_width(), 0.0, "Loading the list");
        return;
    }
    let area = ui.available_rect_before_wrap();
    let footer = if stage == LoadingStage::Long {
        height::TOOLBAR
    } else {
        0.0
    };
    table::awaited(ui, workspace, gutter, footer, screen);
    if stage == LoadingStage::Long {
        awaited(ui, area, workspace, gutter, screen);
    }
}

/// What the page is waiting for, with a button to cancel, at the bottom of `area`.
pub(in super::super) fn awaited(
    ui: &mut Ui,
    area: Rect,
    workspace: &Workspace,
    gutter: f32,
    screen: &mut Screen<'_>,
) {
    let footer = area.with_min_y(area.bottom() - height::TOOLBAR);
    let builder = UiBuilder::new()
        .max_rect(footer.shrink2(vec2(gutter, 0.0)))
        .layout(Layout::right_to_left(Align::Center));
    let mut ui = ui.new_child(builder);
    let p = theme::palette(ui.ctx());
    if Button::outlined("Cancel").small().show(&mut ui).clicked() {
        screen.send(ListCommand::StopLoading);
    }
    let progress = workspace.list.loading.progress(screen.now.boot);
    let elapsed = progress.map_or(Duration::ZERO, |progress| progress.elapsed);
    let retry = workspace.retry_of(Operation::ListBusinesses);
    let environment = workspace.profile.environment.in_sentence();
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        let text = words::awaited(&environment, elapsed, retry, screen.now.boot);
        ui.label(Type::Small.rich(text).color(p.muted));
    });
}

/// Shown when there are no rows. Returns the command of the button that was pressed.
pub(super) fn show(ui: &mut Ui, workspace: &Workspace, screen: &Screen<'_>) -> Option<Command> {
    let list = &workspace.list;
    let environment = workspace.profile.environment.in_sentence();
    if !list.businesses().is_empty() {
        return nothing_matches(ui, workspace, screen);
    }
    if let Some(failure) = list.loading.failure() {
        let title = failure.explain(&screen.state.zone).title;
        let lines = format!("{title}. No earlier list is available.");
        let buttons = vec![
            Button::filled(words::again(failure))
                .icon(Icon::Refresh)
                .takes_focus(),
            Button::outlined("Copy details"),
        ];
        return match empty_state(
            ui,
            words::failure_icon(failure),
            "The list could not be loaded",
            &lines,
            buttons,
        )? {
            0 => Some(ListCommand::Refresh.into()),
            _ => {
                let (what, text) = ("details".into(), failure.support_block());
                Some(ShellCommand::CopyText { what, text }.into())
            }
        };
    }
    if list.loading.was_stopped() {
        let buttons = vec![Button::filled("Refresh").icon(Icon::Refresh).takes_focus()];
        empty_state(
            ui,
            Icon::Business,
            "Loading stopped",
            "No businesses were loaded.",
            buttons,
        )?;
        return Some(ListCommand::Refresh.into());
    }
    let heading = format!("No businesses in {environment} yet");
    let lines = "Create the first one, or import many from a CSV file.";
    let key = Action::NewBusiness.key();
    let import_key = Action::ShowPage(Page::Import).key();
    let buttons = vec![
        Button::filled("New business")
            .icon(Icon::Plus)
            .key_hint(&key)
            .takes_focus(),
        Button::outlined("Import…")
            .icon(Icon::Import)
            .key_hint(&import_key),
        Button::outlined("Refresh").icon(Icon::Refresh),
    ];
    match empty_state(ui, Icon::Business, &heading, lines, buttons)? {
        0 => Some(CreateCommand::Open.into()),
        1 => Some(ShellCommand::ShowPage(Page::Import).into()),
        _ => Some(ListCommand::Refresh.into()),
    }
}

fn nothing_matches(ui: &mut Ui, workspace: &Workspace, screen: &Screen<'_>) -> Option<Command> {
    let list = &workspace.list;
    let filter = crate::domain::text::excerpt(list.filter(), 40);
    let progress = list.loading.progress(screen.now.boot);
    let missing = progress.and_then(|progress| {
        let total = progress.total?;
        Some(total.saturating_sub(progress.loaded))
    });
    let has_address = list.filter().contains('@');
    let mut lines = searched(list.businesses().len(), missing, has_address);
    for hint in list.query().hints.iter().take(1) {
        lines.push('\n');
        lines.push_str(&hint.message);
    }
    let heading = format!("Nothing matches “{}”", screen.state.share.text(&filter));
    empty_state(
        ui,
        Icon::Search,
        &heading,
        &lines,
        vec![Button::outlined("Clear filter").takes_focus()],
    )?;
    Some(ListCommand::SetFilter(String::new()).into())
}

/// How many businesses were searched, and how many more the list will have, if that is known.
fn searched(loaded: usize, missing: Option<u64>, has_address: bool) -> String {
    let loaded = words::counted(loaded as u64, "loaded business", "loaded businesses");
    let mut lines = format!("Searched {loaded}.");
    if let Some(missing) = missing {
        let more = words::counted(missing, "more is", "more are");
        lines.push_str(&format!("\n{more} loading."));
    }
    if has_address {
        lines.push_str(&format!("\n{NO_EMAILS}"));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_business_is_searched() {
        let one = "Searched 1 loaded business.\n1 more is loading.";
        assert_eq!(searched(1, Some(1), false), one);
        let several = "Searched 1,240 loaded businesses.\n2 more are loading.";
        assert_eq!(searched(1_240, Some(2), false), several);
        assert!(searched(1, None, true).ends_with("except those of businesses that you opened."));
    }
}
