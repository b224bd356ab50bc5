//! Handles the commands of the import.

use std::path::PathBuf;

use super::closing;
use super::correcting::correct;
use super::dry_runs;
use super::messages::{ForgottenJournal, ImportCommand, ImportEffect, RunControl, RunPlan};
use super::open_file::{DryRunState, ImportStep, OpenFile};
use super::page::{Import, ImportPageState};
use super::reading::{plan, read, read_again, resume};
use crate::domain::export::failed_rows_name;
use crate::domain::profile::Profile;
use crate::state::AppState;
use crate::state::cx::Cx;
use crate::state::session::open::Open;
use crate::state::shell::messages::{FileContents, Page, ShellEffect};
use crate::state::shell::toasts::{Toast, ToastSubject};

pub(in crate::state) fn command(state: &mut AppState, command: ImportCommand, cx: &mut Cx) {
    // Default values are saved with the mapping and in the journal.
    if let ImportCommand::SetDefault(_, text) = &command
        && state.is_secret(text)
    {
        let body = "The value looks like a key or token. The import record must not contain one. The default is unchanged. \
                    Enter another value.";
        let title = "Default not saved";
        cx.toast(Toast::failed(title, body));
        return;
    }
    let Some(open) = &mut state.open else {
        return;
    };
    let profile = &open.workspace.profile;
    let import = &mut open.workspace.import;
    match command {
        ImportCommand::Choose => {
            cx.push(ImportEffect::Choose(open.generation));
            // The open file stays until another has been read, unless the page would offer an interrupted run without it.
            if import.hides_unfinished() {
                closing::close(state, cx);
            }
        }
        ImportCommand::Drop(paths) => drop_files(state, paths, cx),
        ImportCommand::SaveSample => cx.push(ShellEffect::SaveFile {
            profile: Some(profile.clone()),
            file_name: "import-sample.csv".to_owned(),
            contents: FileContents::Sample,
        }),
        ImportCommand::Resume => resume(state, cx),
        ImportCommand::Discard => {
            if let Some(started) = import.unfinished_since() {
                import.interrupted = None;
                let notes = ForgottenJournal::OfRun(started);
                cx.push(ImportEffect::Forget(profile.clone(), notes));
            }
        }
        ImportCommand::ReadAs(encoding, delimiter) => read_again(state, cx, |plan| {
            // With another encoding or delimiter, the header row may be elsewhere.
            plan.header_row = None;
            plan.encoding = Some(encoding);
            plan.delimiter = Some(delimiter);
        }),
        ImportCommand::ReadHeader(row) => {
            read_again(state, cx, |plan| plan.header_row = Some(row));
        }
        ImportCommand::Repair(kind, is_on) if kind.is_found_by_reader() => {
            read_again(state, cx, |plan| plan.repairs.set(kind, is_on));
        }
        ImportCommand::Close => closing::close(state, cx),
        ImportCommand::Reopen => closing::reopen(state, cx),
        ImportCommand::Correct(row, cells) => correct(state, row, cells, cx),
        ImportCommand::Start => start(state, false, cx),
        ImportCommand::DiscardAndStart => {
            let interrupted = import.unfinished_since();
            if let Some(file) = import.open_mut() {
                file.replaces = interrupted;
            }
            start(state, false, cx);
        }
        ImportCommand::Confirm => start(state, true, cx),
        ImportCommand::Map(..)
        | ImportCommand::ProposeMapping
        | ImportCommand::SetDefault(..)
        | ImportCommand::Repair(..)
        | ImportCommand::SetDates(_)
        | ImportCommand::StartDryRun
        | ImportCommand::ToColumns
        | ImportCommand::Filter(_)
        | ImportCommand::Decline
        | ImportCommand::Control(_)
        | ImportCommand::SaveFailed => {
            if let Some(file) = import.open_mut() {
                let was_mapping = matches!(file.step, ImportStep::Columns);
                with_file(file, profile, command, cx);
                if was_mapping && matches!(file.step, ImportStep::DryRun) {
                    remember_mapping(state);
                }
                dry_runs::tick(state, cx);
            }
        }
    }
}

/// Handles the commands about the open file.
fn with_file(open: &mut OpenFile, profile: &Profile, command: ImportCommand, cx: &mut Cx) {
    let (is_resumed, is_validated) = (open.is_resumed, open.is_validated());
    match (command, &mut open.step) {
        (ImportCommand::Map(column, target), ImportStep::Columns) => {
            open.mapping.choose(column, target)
        }
        (ImportCommand::ProposeMapping, ImportStep::Columns) => open.propose_mapping(),
        (ImportCommand::SetDefault(field, text), ImportStep::Columns) => {
            open.mapping.set_default(field, &text);
        }
        (ImportCommand::Repair(kind, is_on), ImportStep::DryRun) if !is_resumed => {
            open.file.repairs.set(kind, is_on);
            open.repeat_dry_run();
        }
        (ImportCommand::SetDates(order), ImportStep::DryRun) if !is_resumed => {
            open.mapping.dates = Some(order);
            // Each date format on offer says which century it means.
            open.mapping.has_short_years = open.dry.dates.short > 0;
            open.repeat_dry_run();
        }
        (ImportCommand::StartDryRun, ImportStep::Columns) if open.mapping.missing().is_empty() => {
            open.start_dry_run();
        }
        (ImportCommand::ToColumns, ImportStep::DryRun) if !is_resumed => {
            open.step = ImportStep::Columns;
            // A pending answer is about columns that may change.
            open.validation = DryRunState::Due;
        }
        (ImportCommand::Decline, ImportStep::Confirming) => open.step = ImportStep::DryRun,
        (ImportCommand::Filter(filter), _) => {
            open.filter = filter;
            open.arrange();
        }
        (ImportCommand::Control(to), ImportStep::Running(run)) => {
            match to {
                RunControl::Go => {
                    run.is_paused = false;
                    run.auto_pause = None;
                }
                RunControl::Pause => {
                    run.is_paused = true;
                    run.forget_pace();
                }
                RunControl::Stop => run.is_stopping = true,
            }
            cx.push(ImportEffect::Control(to));
        }
        (ImportCommand::SaveFailed, ImportStep::DryRun | ImportStep::Done(_)) if is_validated => {
            let are_sent = open.failed_count() + open.unknown_count() + open.unsent_count() > 0;
            cx.push(ShellEffect::SaveFile {
                profile: Some(profile.clone()),
                file_name: failed_name(&open.file.path, are_sent),
                contents: FileContents::FailedRows {
                    are_sent,
                    run: open.ended_run(),
                    sheet: open.file.sheet.clone(),
                    delimiter: open.file.delimiter,
                    rows: open.failed(),
                },
            });
        }
        // Not available at this stage of the file, or a command of the page as a whole.
        (_, _) => {}
    }
}

/// Saves the mapping, because the user is satisfied with it. The next file with this header row starts with it.
fn remember_mapping(state: &mut AppState) {
    let Some(open) = &state.open else {
        return;
    };
    let profile = open.profile();
    // The demo is included: its files look like those for other environments, and a mapping reveals nothing.
    let may_be = profile.is_demo() || state.may_persist(profile);
    let Some(file) = open.workspace.import.open().filter(|_| may_be) else {
        return;
    };
    let sheet = &file.file.sheet;
    let mappings = &mut state.saved.mappings;
    mappings.remember(&sheet.header, &sheet.columns, &file.mapping);
}

/// "partners.csv" → "partners-failed.csv".
fn failed_name(path: &std::path::Path, are_sent: bool) -> String {
    let stem = path.file_stem().unwrap_or_default();
    failed_rows_name(&stem.to_string_lossy(), are_sent)
}

/// Says that a file was not opened because of the import under way.
pub(super) fn is_running(cx: &mut Cx) {
    let body =
        "An import is running. The file was not opened. Stop the import or wait until it finishes.";
    cx.toast(Toast::failed("File not opened", body).about(ToastSubject::UnopenedFile));
}

fn drop_files(state: &mut AppState, mut paths: Vec<PathBuf>, cx: &mut Cx) {
    let Some(Open { workspace, .. }) = &mut state.open else {
        return;
    };
    workspace.page = Page::Import;
    if workspace.import.running().is_some() {
        return is_running(cx);
    }
    match (paths.pop(), paths.len()) {
        (Some(path), 0) => read(state, plan(path), cx),
        (Some(_), more) => {
            let body = format!(
                "You dropped {} files. None was opened. Drop one file at a time.",
                more + 1
            );
            cx.toast(Toast::failed("Files not opened", body).about(ToastSubject::UnopenedFile));
        }
        (None, _) => {}
    }
}

/// Starts the run, after the user has confirmed it if that is needed.
fn start(state: &mut AppState, is_confirmed: bool, cx: &mut Cx) {
    let Some(Open {
        generation,
        workspace,
        ..
    }) = &mut state.open
    else {
        return;
    };
    let (generation, profile) = (*generation, workspace.profile.clone());
    let unfinished = workspace.import.unfinished_since();
    let Import {
        stage: ImportPageState::Open(file),
        interrupted,
        ..
    } = &mut workspace.import
    else {
        return;
    };
    // A profile has one journal, so the page first asks whether to discard the interrupted run.
    if unfinished.is_some() && unfinished != file.replaces {
        return;
    }
    let may_start = match file.step {
        ImportStep::DryRun => !is_confirmed,
        ImportStep::Confirming => is_confirmed,
        ImportStep::Columns | ImportStep::Running(_) | ImportStep::Done(_) => false,
    };
    if !may_start || !file.is_validated() || file.to_send() == 0 {
        return;
    }
    state.is_production_confirmed |= is_confirmed;
    if profile.environment.is_production() && !state.is_production_confirmed {
        file.step = ImportStep::Confirming;
        return;
    }
    let interrupted = interrupted.take().map(|run| run.journal);
    let (journal, rows) = file.begin(interrupted, &profile, cx.now);
    let listed = workspace.list.businesses().rows().to_vec();
    let sheet = file.file.sheet.clone();
    let learned_types = file.dry.learned_types.clone();
    closing::forget(state);
    let plan = RunPlan {
        journal,
        replaces: unfinished,
        rows,
        sheet,
        learned_types,
        listed,
        may_persist: state.may_persist(&profile),
        zone: state.zone.clone(),
    };
    cx.push(ImportEffect::Run(generation, Box::new(plan)));
}
