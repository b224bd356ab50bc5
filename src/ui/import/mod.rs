//! The import page: columns, dry run, run and results.

mod columns;
mod confirm_production;
mod correct;
mod defaults;
mod empty;
mod encoding_warning;
mod findings;
mod footer;
mod rows;
mod running;
mod tiles;

pub(super) use correct::RowCorrection;
pub(super) use defaults::DefaultsForm;
use egui::{Frame, Panel, Ui, UiBuilder, vec2};
use rows::RowPositions;

use super::areas::{fixed, footer_room, inset, page};
use super::dialog::Dialog;
use super::screen::UiRequest;
use super::{Screen, words};
use crate::domain::import::Verdict;
use crate::state::import::messages::ImportCommand;
use crate::state::import::open_file::{ImportStep, OpenFile};
use crate::state::import::page::ImportPageState;
use crate::state::session::workspace::Workspace;
use crate::state::shell::messages::ShellCommand;
use crate::theme::{self, Icon, Type, height, layout, space, widget_sizes};
use crate::widgets::{Tone, stage_line, tag};

/// The stages as shown in the bar.
const STAGES: [&str; 5] = ["File", "Columns", "Dry run", "Run", "Result"];

/// Buffers of the page.
#[derive(Default)]
pub(super) struct ImportPage {
    rows: RowPositions,
}

impl ImportPage {
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        workspace: &Workspace,
        is_narrow: bool,
        screen: &mut Screen<'_>,
    ) {
        let gutter = layout::gutter(is_narrow);
        page(ui, |ui| {
            fixed(Panel::top("import bar"), height::TOOLBAR, Frame::new())
                .show(ui, |ui| bar(ui, workspace, is_narrow, gutter));
            match &workspace.import.stage {
                ImportPageState::Empty => empty::show(ui, &workspace.import, gutter, screen),
                ImportPageState::Reading {
                    name,
                    progress,
                    since,
                    ..
                } => running::reading(ui, name, *progress, *since, screen),
                ImportPageState::Open(open) => self.open(ui, workspace, open, gutter, screen),
            }
        });
        if let Some(open) = workspace.import.open()
            && matches!(open.step, ImportStep::Confirming)
        {
            confirm_production::show(ui.ctx(), workspace, open, screen);
        }
    }

    fn open(
        &mut self,
        ui: &mut Ui,
        workspace: &Workspace,
        open: &OpenFile,
        gutter: f32,
        screen: &mut Screen<'_>,
    ) {
        let below = footer_room(ui, "import foot", height::FOOT);
        match &open.step {
            ImportStep::Columns => columns::show(ui, open, gutter, screen),
            ImportStep::DryRun | ImportStep::Confirming if open.dry.verdicts.is_empty() => {
                running::validation(ui, workspace, open);
            }
            ImportStep::DryRun | ImportStep::Confirming => self.table(ui, open, gutter, screen),
            ImportStep::Running(run) => {
                running::bar(ui, run, gutter, screen);
                self.table(ui, open, gutter, screen);
            }
            ImportStep::Done(_) => self.table(ui, open, gutter, screen),
        }
        footer::show(&mut below.open(ui), workspace, open, gutter, screen);
    }

    fn table(&mut self, ui: &mut Ui, open: &OpenFile, gutter: f32, screen: &mut Screen<'_>) {
        let high = widget_sizes::TILE + space::S + space::L;
        fixed(Panel::top("import tiles"), high, Frame::new()).show(ui, |ui| {
            let area = ui.max_rect();
            let area = area
                .shrink2(vec2(gutter, 0.0))
                .with_min_y(area.top() + space::S);
            let mut ui = ui.new_child(UiBuilder::new().max_rect(area));
            if let Some(filter) = tiles::show(&mut ui, open) {
                self.rows.selected = None;
                let command = ImportCommand::Filter(filter);
                screen.send(command);
            }
        });
        if findings::show(ui, open, gutter, screen) {
            self.rows.selected = None;
        }
        let asked = rows::show(ui, open, &mut self.rows, gutter, screen.state.share);
        if let Some(verdict) = asked {
            correct_row(verdict, screen);
        }
    }
}

fn correct_row(verdict: &Verdict, screen: &mut Screen<'_>) {
    if screen.state.share.is_on() {
        screen.send(ShellCommand::ShowUnavailable(
            "Turn off share mode to correct a row",
        ));
    } else {
        screen.request(UiRequest::Dialog(Dialog::CorrectRow(verdict.clone())));
    }
}

fn bar(ui: &mut Ui, workspace: &Workspace, is_narrow: bool, gutter: f32) {
    let p = theme::palette(ui.ctx());
    let mut ui = inset(ui, gutter);
    ui.spacing_mut().item_spacing.x = space::M;
    ui.label(Type::Heading.rich("Import").color(p.strong));
    if let Some(open) = workspace.import.open() {
        tag(&mut ui, Some(Icon::File), &open.name(), Tone::Neutral);
        let columns = open.file.sheet.header.len();
        let rows = words::counted(open.rows() as u64, "row", "rows");
        let text = format!(
            "{rows}, {} of {columns} columns mapped",
            open.mapping.used()
        );
        if !is_narrow {
            ui.label(Type::Small.rich(text).color(p.muted));
        }
    }
    let current = match &workspace.import.stage {
        ImportPageState::Empty | ImportPageState::Reading { .. } => 0,
        ImportPageState::Open(open) => match open.step {
            ImportStep::Columns => 1,
            ImportStep::DryRun | ImportStep::Confirming => 2,
            ImportStep::Running(_) => 3,
            ImportStep::Done(_) => 4,
        },
    };
    stage_line(&mut ui, current, &STAGES);
}
