//! The footer: the next step, and what was not done.

use egui::{Ui, UiBuilder};

use super::super::screen::UiRequest;
use super::super::words;
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
use crate::ui::Screen;
use crate::ui::areas::footer_line;
use crate::ui::dialog::Dialog;
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
        let image = icon.image(size::icon::NORMAL, color);
        if ui.available_width() < widget_sizes::SENTENCE_MIN {
            let text = format!("{lead} {rest}");
            ui.add(image.alt_text(&text)).on_hover_text(text);
        } else {
            ui.add(image);
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
    let choose = Button::outlined("Open another file…").show(ui);
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
    let unavailable_reason = if !open.is_validated() {
        Some("The dry run is still running")
    } else if to_send == 0 {
        Some("There are no rows to create")
    } else {
        None
    };
    let count = words::count(to_send as u64);
    // Before the end of the dry run, nobody knows how many.
    let label = match (open.is_resumed, open.is_validated()) {
        (true, true) => format!("Resume import of {count} in {environment}"),
        (true, false) => format!("Resume import in {environment}"),
        (false, true) => format!("Create {count} in {environment}"),
        (false, false) => format!("Create in {environment}"),
    };
    if open.is_validated() && open.invalid_count() > 0 {
        let label = match open.invalid_count() {
            1 => "Save the invalid row…".to_owned(),
            count => format!("Save the {} invalid rows…", words::count(count as u64)),
        };
        if save_failed(ui, Button::plain(&label)) {
            asked = Some(ImportCommand::SaveFailed);
        }
    }
    if open.is_resumed {
        if Button::outlined("Open another file…").show(ui).clicked() {
            asked = Some(ImportCommand::Choose);
        }
    } else if Button::outlined("Back to columns").show(ui).clicked() {
        asked = Some(ImportCommand::ToColumns);
    }
    let start = Button::filled(&label)
        .disabled_if(unavailable_reason)
        .show(ui);
    if start.clicked() {
        asked = Some(ImportCommand::Start);
    }
    asked
}

fn save_failed(ui: &mut Ui, button: Button<'_>) -> bool {
    button
        .tooltip("Saves these rows, each with its reason. Correct them there and import the file.")
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
        return Some(Command::Import(ImportCommand::Control(RunControl::Stop)));
    }
    if run.is_sending() {
        let pause = Button::outlined("Pause")
            .icon(Icon::Pause)
            .disabled_if(ending)
            .show(ui);
        return pause
            .clicked()
            .then_some(Command::Import(ImportCommand::Control(RunControl::Pause)));
    }
    // Resuming with the same key would only be rejected again, so the button is not primary.
    let wants_key = run
        .auto_pause
        .as_ref()
        .is_some_and(|auto_pause| auto_pause.is_about_the_key);
    let resume = if wants_key {
        Button::outlined("Resume")
    } else {
        Button::filled("Resume")
    };
    let resume = resume.icon(Icon::ArrowRight).disabled_if(ending).show(ui);
    if resume.clicked() {
        return Some(Command::Import(ImportCommand::Control(RunControl::Go)));
    }
    let replaces = wants_key && Button::filled("Replace the key").show(ui).clicked();
    replaces.then_some(Command::Rotation(RotationCommand::Begin(
        RotationReason::Rejected,
    )))
}

fn done(ui: &mut Ui, open: &OpenFile, run: &ImportRun) -> Vec<Command> {
    let left = open.unknown_count() + open.unsent_count();
    let label = match (open.failed_count(), open.invalid_count(), left) {
        (0, 0, 0) => None,
        (_, 0, 0) => Some("Save failed rows…"),
        (0, _, 0) => Some("Save invalid rows…"),
        _ => Some("Save remaining rows…"),
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
    let another = Button::filled("Open another file…").takes_focus().show(ui);
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
            (icon, "Nothing has been sent yet.".into(), rest)
        }
        ImportStep::DryRun if !open.is_validated() && !open.dry.verdicts.is_empty() => (
            Icon::Shield,
            nothing_sent(open),
            "Checking the rows again…".into(),
        ),
        ImportStep::DryRun | ImportStep::Confirming => {
            let is_complete = is_complete(&workspace.list.loading);
            let rest = match (open.counts().differ, is_complete) {
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
            let icon = if is_complete {
                Icon::Shield
            } else {
                Icon::Warning
            };
            (icon, nothing_sent(open), rest)
        }
        ImportStep::Running(run) if run.is_paused || run.auto_pause.is_some() => (
            Icon::Pause,
            format!("Paused in {environment}."),
            "Businesses already created stay. The remaining rows have not been sent.".into(),
        ),
        ImportStep::Running(_) => (
            Icon::Import,
            format!("Creating in {environment}."),
            "You can work on other pages meanwhile.".into(),
        ),
        ImportStep::Done(run) => {
            let lead = format!("{} created.", words::count(run.tally().created as u64));
            let rows = RemainingRows {
                unsent: open.unsent_count(),
                unknown: open.unknown_count(),
                failed: open.failed_count(),
                invalid: open.invalid_count(),
            };
            (Icon::CheckCircle, lead, rows.advice(open.is_corrected()))
        }
    }
}

fn nothing_sent(open: &OpenFile) -> String {
    if !open.is_resumed {
        return "Nothing has been sent yet.".to_owned();
    }
    format!(
        "{} of {} exist already. Nothing more has been sent.",
        words::count(open.existing() as u64),
        words::count(open.rows() as u64)
    )
}

/// Whether the list that the rows are compared with is complete.
fn is_complete(loading: &Loading) -> bool {
    !loading.is_running()
        && !loading.was_stopped()
        && loading.failure().is_none()
        && loading.is_exact()
        && loading.missing() == 0
}

/// How many rows were not created, or may not have been.
#[derive(Clone, Copy)]
struct RemainingRows {
    unsent: usize,
    unknown: usize,
    failed: usize,
    invalid: usize,
}

impl RemainingRows {
    /// Their counts, and what to do about them.
    fn advice(self, is_corrected: bool) -> String {
        let next = match self {
            Self {
                unsent: 0,
                unknown: 0,
                failed: 0,
                invalid: 0,
            } => return "All rows are in the list.".to_owned(),
            Self {
                unsent: 0,
                unknown: 0,
                failed,
                invalid,
            } => match failed + invalid {
                1 => "Save the row to a file, correct it and import it.",
                _ => "Save these rows to a file, correct it and import it.",
            },
            _ if is_corrected => {
                "Save the remaining rows to a file and import it. The original file lacks your corrections."
            }
            Self { unsent: 0, .. } => "Import the file again to find out; no row is created twice.",
            _ => "Import the file again to send the rest; no row is created twice.",
        };
        let counts = [
            (self.unsent, "not sent"),
            (self.unknown, "with an unknown result"),
            (self.failed, "failed"),
            (self.invalid, "invalid"),
        ];
        let counts = counts.into_iter().filter(|(rows, _)| *rows > 0);
        let counts = counts.map(|(rows, what)| format!("{} {what}", words::count(rows as u64)));
        format!("{}. {next}", counts.collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::RemainingRows;

    #[test]
    fn each_row_that_is_not_created_is_counted_once() {
        let said = |[failed, invalid, unknown, unsent]: [usize; 4], is_corrected| {
            let rows = RemainingRows {
                unsent,
                unknown,
                failed,
                invalid,
            };
            rows.advice(is_corrected)
        };
        assert_eq!(said([0; 4], true), "All rows are in the list.");
        assert_eq!(
            said([1, 3, 0, 0], true),
            "1 failed, 3 invalid. Save these rows to a file, correct it and import it."
        );
        assert_eq!(
            said([0, 1, 0, 0], false),
            "1 invalid. Save the row to a file, correct it and import it."
        );
        let told = said([3, 0, 2, 0], false);
        assert!(
            told.starts_with(
                "2 with an unknown result, 3 failed. Import the file again to find out"
            ),
            "{told}"
        );
        let told = said([3, 1, 2, 5], false);
        assert!(
            told.starts_with(
                "5 not sent, 2 with an unknown result, 3 failed, 1 invalid. Import the file again to send"
            ),
            "{told}"
        );
    }
}
