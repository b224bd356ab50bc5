//! Progress of reading the file, checking the rows and sending them.

use egui::{Align, Frame, Layout, Panel, Ui, UiBuilder, vec2};

use super::super::words;
use crate::domain::progress::Progress;
use crate::domain::time::{BootInstant, secs_rounded_up};
use crate::state::import::messages::ImportCommand;
use crate::state::import::open_file::{DryRunState, OpenFile};
use crate::state::import::run::ImportRun;
use crate::state::session::workspace::Workspace;
use crate::state::shell::loading_stage::LoadingStage;
use crate::theme::{self, Type, height, layout, space};
use crate::ui::Screen;
use crate::ui::areas::{fixed, inset};
use crate::widgets::{Button, Notice, Tone, line, paragraph, progress_bar};

/// Shown while a file is being read.
pub(super) fn reading(
    ui: &mut Ui,
    name: &str,
    progress: Option<Progress>,
    since: BootInstant,
    screen: &mut Screen<'_>,
) {
    let stage = LoadingStage::after(screen.now.boot.saturating_since(since));
    if stage == LoadingStage::Instant {
        return;
    }
    let fraction = progress.map_or(0.0, Progress::fraction);
    in_the_middle(ui, |ui| {
        let p = theme::palette(ui.ctx());
        paragraph(ui, Type::Heading, p.strong, &format!("Reading {name}"));
        ui.add_space(space::S);
        progress_bar(ui, layout::DETAIL, fraction, "Reading file");
        ui.add_space(space::L);
        if Button::plain("Cancel").show(ui).clicked() {
            screen.send(ImportCommand::Close);
        }
    });
}

/// Shown while the rows are being checked, or while the list that they are compared with is still loading.
pub(super) fn validation(ui: &mut Ui, workspace: &Workspace, open: &OpenFile) {
    let list = &workspace.list;
    let (heading, below, progress) = if list.loading.is_running() {
        let done = list.businesses().len();
        let total = list.loading.stated_total().unwrap_or_default() as usize;
        let below = format!(
            "{} of {} businesses loaded. Existing businesses can be matched once all are loaded.",
            words::count(done as u64),
            words::count(total.max(done) as u64)
        );
        ("Waiting for the list", below, Progress { done, total })
    } else {
        let done = match open.validation {
            DryRunState::Running { progress, .. } => progress.map_or(0, |progress| progress.done),
            DryRunState::Due | DryRunState::Done => 0,
        };
        let below = format!(
            "{} of {} rows. Nothing is sent.",
            words::count(done as u64),
            words::count(open.rows() as u64)
        );
        let total = open.rows();
        ("Dry run", below, Progress { done, total })
    };
    in_the_middle(ui, |ui| {
        let p = theme::palette(ui.ctx());
        paragraph(ui, Type::Heading, p.strong, heading);
        ui.add_space(space::XS);
        paragraph(ui, Type::Body, p.muted, &below);
        ui.add_space(space::S);
        progress_bar(ui, layout::DETAIL, progress.fraction(), heading);
    });
}

/// Progress of the run, above the table.
pub(super) fn bar(ui: &mut Ui, run: &ImportRun, gutter: f32, screen: &mut Screen<'_>) {
    if let Some(auto_pause) = &run.auto_pause {
        // As tall as its text, which wraps depending on the window's width.
        ui.add_space(space::S);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.add_space(gutter);
            ui.vertical(|ui| {
                ui.set_max_width(ui.available_width() - gutter);
                let heading = format!("Paused: {}", auto_pause.title);
                Notice::new(Tone::Stop, &heading, &auto_pause.body).show(ui, Vec::new());
            });
        });
        ui.add_space(space::S);
    }
    fixed(Panel::top("import progress"), height::TOOLBAR, Frame::new()).show(ui, |ui| {
        let p = theme::palette(ui.ctx());
        let mut ui = inset(ui, gutter);
        ui.spacing_mut().item_spacing.x = space::M;
        let (done, total) = run.progress();
        let text = format!(
            "{} of {}",
            words::count(done as u64),
            words::count(total as u64)
        );
        ui.label(Type::BodySemi.rich(text).color(p.strong));
        let fraction = Progress { done, total }.fraction();
        progress_bar(&mut ui, layout::SEARCH, fraction, "Import");
        let state = describe(run, screen.now.boot);
        line(&mut ui, Type::Small, p.muted, &state);
    });
}

fn describe(run: &ImportRun, now: BootInstant) -> String {
    if run.is_stopping {
        return "Stopping: waiting for the last answers".to_owned();
    }
    if !run.is_sending() && run.in_flight > 0 {
        let rows = words::counted(run.in_flight as u64, "row", "rows");
        return format!("Paused. Finishing {rows}");
    }
    if run.auto_pause.is_some() {
        return "Nothing is sent until you resume".to_owned();
    }
    if run.is_paused {
        return "Paused. Nothing is sent until you resume".to_owned();
    }
    if let Some(wait) = &run.wait {
        let secs = secs_rounded_up(wait.until.saturating_since(now));
        return format!("{}. All requests wait, {secs} s left", wait.why);
    }
    match run.per_minute(now) {
        Some(rate) => format!("{} per minute", words::count(rate)),
        None => "At most four requests at a time".to_owned(),
    }
}

fn in_the_middle(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let room = ui.available_rect_before_wrap();
    let rect = egui::Rect::from_center_size(
        room.center(),
        vec2(layout::DETAIL.min(room.width()), height::LARGE * 3.0),
    );
    let mut inner = ui.new_child(
        UiBuilder::new()
            .max_rect(rect)
            .layout(Layout::top_down(Align::Center)),
    );
    inner.spacing_mut().item_spacing.y = 0.0;
    add(&mut inner);
}
