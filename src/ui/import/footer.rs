//! The footer: the next step, and what was not done.

use egui::{Ui, UiBuilder};

use super::super::screen::UiRequest;
use super::super::{footer_line, words};
use super::{Dialog, Screen};
use crate::domain::draft::Field;
use crate::domain::rotation::RotationReason;
use crate::state::command::Command;
use crate::state::import::messages::{ImportCommand, RunControl};
use crate::state::import::open_file::{ImportStep, OpenFile};
use crate::state::import::run::ImportRun;
use crate::state::list::Loading;
use crate::state::list::messages::ListCommand;
use crate::state::rotation::messages::RotationCommand;
use crate::state::session::workspace::Workspace;
use crate::state::shell::messages::{Page, ShellCommand};
use crate::theme::{self, Icon, size, space, widget_sizes};
use crate::widgets::{Button, sentences, with_end};

pub(super) fn show(
    ui: &mut Ui,
    workspace: &Workspace,
    open: &OpenFile,
    gutter: f32,
    screen: &mut Screen<'_>,
) {
    // Each step has buttons of its own. The step is part of the id, so that the focus does not stay on a button at the same position.
    let step = std::mem::discriminant(&open.step);
    let inside = footer_line(ui, gutter);
    let builder = UiBuilder::new()
        .id_salt(("import foot", step))
        .max_rect(inside.max_rect())
        .layout(*inside.layout());
    let mut ui = ui.new_child(builder);
    ui.spacing_mut().item_spacing.x = space::S;
    let say = |ui: &mut Ui| {
        let p = theme::palette(ui.ctx());
        let (icon, lead, rest) = status_text(workspace, open);
        // The triangle means that attention is needed.
        let color = if icon == Icon::Warning {
            p.warn
        } else {
            p.muted
        };
        let icon = ui.add(icon.image(size::icon::NORMAL, color));
        if ui.available_width() < widget_sizes::SENTENCE_MIN {
            icon.on_hover_text(format!("{lead} {rest}"));
        } else {
            sentences(ui, [(&lead, p.text), (&rest, color)]);
        }
    };
    let ((), commands) = with_end(&mut ui, say, |ui| match &open.step {
        ImportStep::Columns => one(columns(ui, open).map(Command::Import)),
        ImportStep::DryRun | ImportStep::Confirming => {
            let asked = dry_run(ui, &workspace.profile.environment.in_sentence(), open);
            if matches!(asked, Some(ImportCommand::Start))
                && workspace.import.unfinished().is_some()
            {
                let dialog = Dialog::DiscardImport { then_start: true };
                screen.request(UiRequest::Dialog(dialog));
                return Vec::new();
            }
            one(asked.map(Command::Import))
        }
        ImportStep::Running(run) => one(running(ui, run)),
        ImportStep::Done(run) => done(ui, open, run),
    });
    screen.out.extend(commands);
}

fn one(command: Option<Command>) -> Vec<Command> {
    command.into_iter().collect()
}

fn columns(ui: &mut Ui, open: &OpenFile) -> Option<ImportCommand> {
    let missing = missing(open);
    let choose = Button::outlined("Choose another file…").show(ui);
    let go = Button::filled("Dry run")
        .takes_focus()
        .disabled_if((!missing.is_empty()).then_some(missing.as_str()))
        .show(ui);
    if go.clicked() {
        Some(ImportCommand::StartDryRun)
    } else {
        choose.clicked().then_some(ImportCommand::Choose)
    }
}

/// The required fields still to be mapped. An id is unique to its row, so it cannot have a default.
fn missing(open: &OpenFile) -> String {
    let missing = open.mapping.missing().into_iter();
    let (id, others): (Vec<_>, Vec<_>) = missing.partition(|field| *field == Field::ExternalId);
    let others: Vec<_> = others.into_iter().map(Field::in_sentence).collect();
    let others = others.join(", ");
    match (id.is_empty(), others.is_empty()) {
        (true, true) => String::new(),
        (false, true) => "Choose a column for external_id".to_owned(),
        (true, false) => format!("Choose a column or a default for {others}"),
        (false, false) => {
            format!("Choose a column for external_id, and a column or a default for {others}")
        }
    }
}

fn dry_run(ui: &mut Ui, environment: &str, open: &OpenFile) -> Option<ImportCommand> {
    let mut asked = None;
    let to_send = open.to_send();
    let obstacle = if !open.is_validated() {
        Some("The dry run is still running")
    } else if to_send == 0 {
        Some("There are no rows to create")
    } else {
        None
    };
    let count = words::count(to_send as u64);
    let label = if open.is_continuation {
        format!("Resume import of {count} in {environment}")
    } else {
        format!("Create {count} in {environment}")
    };
    if open.is_validated() && open.failed_count() > 0 {
        // In the dry run nothing has failed yet; these rows would not be sent.
        let label = match open.failed_count() {
            1 => "Save the invalid row…".to_owned(),
            count => format!("Save the {} invalid rows…", words::count(count as u64)),
        };
        if save_failed(ui, Button::plain(&label)) {
            asked = Some(ImportCommand::SaveFailed);
        }
    }
    if open.is_continuation {
        if Button::outlined("Choose another file…").show(ui).clicked() {
            asked = Some(ImportCommand::Choose);
        }
    } else if Button::outlined("Back to columns").show(ui).clicked() {
        asked = Some(ImportCommand::ToColumns);
    }
    let start = Button::filled(&label).disabled_if(obstacle).show(ui);
    if start.clicked() {
        asked = Some(ImportCommand::Start);
    }
    asked
}

fn save_failed(ui: &mut Ui, button: Button<'_>) -> bool {
    button
        .tooltip("Saves the rows that can’t be created, each with its reason. Correct them there and import the file.")
        .show(ui)
        .clicked()
}

fn running(ui: &mut Ui, run: &ImportRun) -> Option<Command> {
    let ending = run.is_stopping.then_some("Waiting for the last answers");
    let stop = Button::outlined("Stop")
        .icon(Icon::Stop)
        .disabled_if(ending)
        .show(ui);
    if stop.clicked() {
        return Some(Command::Import(ImportCommand::Steer(RunControl::Stop)));
    }
    if run.is_moving() {
        let pause = Button::outlined("Pause")
            .icon(Icon::Pause)
            .disabled_if(ending)
            .show(ui);
        return pause
            .clicked()
            .then_some(Command::Import(ImportCommand::Steer(RunControl::Pause)));
    }
    // Resuming with the same key would only be rejected again, so the button is not primary.
    let wants_key = run.halt.as_ref().is_some_and(|halt| halt.is_about_the_key);
    let resume = if wants_key {
        Button::outlined("Resume")
    } else {
        Button::filled("Resume")
    };
    let resume = resume.icon(Icon::ArrowRight).disabled_if(ending).show(ui);
    if resume.clicked() {
        return Some(Command::Import(ImportCommand::Steer(RunControl::Go)));
    }
    let replaces = wants_key && Button::filled("Replace the key").show(ui).clicked();
    replaces.then_some(Command::Rotation(RotationCommand::Begin(
        RotationReason::Rejected,
    )))
}

fn done(ui: &mut Ui, open: &OpenFile, run: &ImportRun) -> Vec<Command> {
    let label = match (open.failed_count(), open.unsent_count()) {
        (0, 0) => None,
        (_, 0) => Some("Save failed rows…"),
        _ => Some("Save rows not created…"),
    };
    if label.is_some_and(|label| save_failed(ui, Button::outlined(label))) {
        return vec![Command::Import(ImportCommand::SaveFailed)];
    }
    let created = run.tally().created;
    let label = match created {
        1 => "Show the one created".to_owned(),
        _ => format!("Show the {} created", words::count(created as u64)),
    };
    if created > 0 && Button::outlined(&label).show(ui).clicked() {
        return vec![
            Command::List(ListCommand::SetFilter("is:imported".to_owned())),
            Command::Shell(ShellCommand::ShowPage(Page::Businesses)),
        ];
    }
    let another = Button::filled("Import another file…")
        .takes_focus()
        .show(ui);
    one(another
        .clicked()
        .then_some(Command::Import(ImportCommand::Choose)))
}

/// Icon and state of the import, in one or two sentences.
fn status_text(workspace: &Workspace, open: &OpenFile) -> (Icon, String, String) {
    let environment = workspace.profile.environment.in_sentence();
    match &open.step {
        ImportStep::Columns => {
            let missing = missing(open);
            let (icon, rest) = if missing.is_empty() {
                (Icon::Shield, String::new())
            } else {
                (Icon::Warning, format!("{missing}."))
            };
            (icon, "Nothing has been written yet.".into(), rest)
        }
        ImportStep::DryRun if !open.is_validated() && !open.dry.verdicts.is_empty() => (
            Icon::Shield,
            "Nothing has been written yet.".into(),
            "Checking the rows again…".into(),
        ),
        ImportStep::DryRun | ImportStep::Confirming => {
            let is_whole = is_whole(&workspace.list.loading);
            let rest = match (open.counts().differ, is_whole) {
                (_, false) => {
                    "The list is incomplete, so existing rows may count as new. They are not created twice."
                        .to_owned()
                }
                (0, true) => format!("New businesses go to {environment}."),
                (1, true) => {
                    format!("New businesses go to {environment}. The one that differs stays unchanged.")
                }
                (differ, true) => format!(
                    "New businesses go to {environment}. The {differ} that differ stay unchanged."
                ),
            };
            let icon = if is_whole {
                Icon::Shield
            } else {
                Icon::Warning
            };
            (icon, "Nothing has been written yet.".into(), rest)
        }
        ImportStep::Running(run) if run.is_paused || run.halt.is_some() => (
            Icon::Pause,
            format!("Paused in {environment}."),
            "Rows already sent are kept. The rest are waiting.".into(),
        ),
        ImportStep::Running(_) => (
            Icon::Import,
            format!("Creating in {environment}."),
            "You can work on other pages meanwhile.".into(),
        ),
        ImportStep::Done(run) => {
            let tally = run.tally();
            let lead = format!("{} created.", words::count(tally.created as u64));
            let rest = match (open.unsent_count(), tally.open, open.failed_count()) {
                (0, 0, 0) => "Every row is in the list.".to_owned(),
                (0, 0, failed) => format!(
                    "{} failed. Save the failed rows to a file, correct it and import it.",
                    words::count(failed as u64)
                ),
                (0, open, _) => unknown(open),
                (unsent, _, failed) => not_sent(unsent, failed),
            };
            (Icon::CheckCircle, lead, rest)
        }
    }
}

/// Whether the list that the rows are compared with is complete.
fn is_whole(loading: &Loading) -> bool {
    !loading.is_running()
        && !loading.was_stopped()
        && loading.failure().is_none()
        && loading.is_exact()
        && loading.missing() == 0
}

/// What to do after the import was stopped.
fn not_sent(rows: usize, failed: usize) -> String {
    let failed = match failed {
        0 => String::new(),
        failed => format!(", {} failed", words::count(failed as u64)),
    };
    format!(
        "{} not sent{failed}. Import the file again to send the rest; no row is created twice.",
        words::count(rows as u64)
    )
}

fn unknown(rows: usize) -> String {
    let rows = words::counted(rows as u64, "has", "have");
    format!("{rows} an unknown result. Import the file again to find out; no row is created twice.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_row_has_an_unknown_result() {
        assert!(unknown(1).starts_with("1 has an unknown result."));
        assert!(unknown(2).starts_with("2 have an unknown result."));
    }
}
