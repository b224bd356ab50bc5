//! The list of businesses, with the filter above and the side pane beside it.

mod cell;
mod column_view;
mod columns;
mod completion;
pub(super) mod copy_several;
pub(super) mod detail;
mod empty;
mod filter_bar;
mod filter_field;
pub(super) mod row_menu;
mod table;
mod token_card;

use completion::CompletionList;
use detail::DetailPane;
use egui::{Frame, Panel, Ui};
pub(super) use empty::awaited;
use filter_bar::FilterRequest;
use filter_field::FilterInput;
pub(super) use token_card::{copy_button, say_time_left, spoken};

use super::Screen;
use super::areas::{fixed, page, side_pane};
use crate::state::session::workspace::Workspace;
use crate::state::shell::loading_stage::LoadingStage;
use crate::theme::{height, layout};

/// Buffers of the page.
#[derive(Default)]
pub(super) struct BusinessesPage {
    filter: FilterInput,
    completions: CompletionList,
    detail: DetailPane,
    wants: FilterRequest,
}

impl BusinessesPage {
    /// Moves the focus to the filter.
    pub(super) fn focus_filter(&mut self) {
        self.wants.focus = true;
    }

    /// Searches for pasted text.
    pub(super) fn search_for(&mut self, text: String) {
        self.wants.focus = true;
        self.wants.search = Some(text);
    }

    /// Clears the filter's text, or its terms if there is no text.
    pub(super) fn clear_a_step(&mut self) {
        self.filter.clear_a_step();
    }

    pub(super) fn open_columns(&mut self) {
        self.wants.columns = true;
    }

    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        workspace: &Workspace,
        is_narrow: bool,
        screen: &mut Screen<'_>,
    ) {
        let selected = workspace
            .selected
            .and_then(|id| workspace.list.businesses().get(id));
        let selected = selected.filter(|_| workspace.is_detail_open);
        let pane = selected.map(|business| (business, side_pane(ui, is_narrow, screen)));
        page(ui, |ui| {
            let gutter = layout::gutter(is_narrow);
            fixed(Panel::top("filter bar"), height::TOOLBAR, Frame::new()).show(ui, |ui| {
                let wants = std::mem::take(&mut self.wants);
                let field = (&mut self.filter, &mut self.completions);
                filter_bar::show(ui, field, workspace, gutter, wants, screen);
            });
            let list = &workspace.list;
            let progress = list.loading.progress(screen.now.boot);
            let stage = progress.map(|progress| LoadingStage::after(progress.elapsed));
            if list.shown_count() > 0 {
                table::show(ui, workspace, gutter, screen);
            } else if list.businesses().is_empty() && progress.is_some() {
                empty::loading(
                    ui,
                    workspace,
                    stage.unwrap_or(LoadingStage::Instant),
                    gutter,
                    screen,
                );
            } else {
                nothing(ui, workspace, screen);
            }
        });
        if let Some((business, pane)) = pane {
            self.detail
                .show(&mut pane.open(ui), workspace, &business, is_narrow, screen);
        }
    }
}

/// Explains why the list is empty and offers a next step.
pub(super) fn nothing(ui: &mut Ui, workspace: &Workspace, screen: &mut Screen<'_>) {
    if let Some(command) = empty::show(ui, workspace, screen) {
        screen.send(command);
    }
}
