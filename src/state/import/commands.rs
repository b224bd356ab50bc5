//! Importing: what each command changes.

use std::path::PathBuf;

use crate::domain::export::failed_rows_name;
use crate::domain::import::Repairs;
use crate::domain::profile::Profile;
use crate::domain::time::Now;
use crate::state::effect::Effect;
use crate::state::import::messages::{
    ForgottenNotes, ImportCommand, ImportEffect, ReadPlan, RunPlan, Steer,
};
use crate::state::import::{OpenFile, Stage, Step, file_of, name_of};
use crate::state::shell::messages::{Contents, Page, ShellEffect};
use crate::state::shell::toasts::ToastKind;
use crate::state::{AppState, import};

/// The commands of the page of imports.
pub(in crate::state) fn command(
    state: &mut AppState,
    command: ImportCommand,
    now: Now,
) -> Vec<Effect> {
    let generation = state.generation;
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    let import = &mut workspace.import;
    match command {
        ImportCommand::Choose => return vec![Effect::Import(ImportEffect::Choose(generation))],
        ImportCommand::Drop(paths) => return drop_files(state, paths, now),
        ImportCommand::SaveSample => {
            return vec![Effect::Shell(ShellEffect::SaveFile {
                profile: Some(workspace.profile.clone()),
                file_name: "import-sample.csv".to_owned(),
                contents: Contents::Sample,
            })];
        }
        ImportCommand::Continue => return go_on(state, now),
        ImportCommand::Discard => {
            let Some(journal) = import.unfinished.take() else {
                return Vec::new();
            };
            let notes = ForgottenNotes::OfRun(journal.head.started);
            return vec![Effect::Import(ImportEffect::Forget(
                workspace.profile.clone(),
                notes,
            ))];
        }
        ImportCommand::ReadAs(encoding, delimiter) => {
            return read_again(state, now, |plan| {
                // Read in another way, the names may stand elsewhere.
                plan.header_row = None;
                plan.encoding = Some(encoding);
                plan.delimiter = Some(delimiter);
            });
        }
        ImportCommand::ReadHeader(row) => {
            return read_again(state, now, |plan| plan.header_row = Some(row));
        }
        ImportCommand::Repair(kind, is_on) if kind.is_of_reader() => {
            return read_again(state, now, |plan| plan.repairs.set(kind, is_on));
        }
        ImportCommand::Leave => {
            if import.running().is_none() {
                import.put_back();
                import.stage = match std::mem::take(&mut import.stage) {
                    Stage::Reading {
                        instead_of: Some(open),
                        ..
                    } => Stage::Open(open),
                    Stage::Empty | Stage::Reading { .. } | Stage::Open(_) => Stage::Empty,
                };
                import.problem = None;
                // An answer that is still to come is for nobody.
                import.ticket += 1;
            }
        }
        ImportCommand::Start => return start(state, false, now),
        ImportCommand::Confirm => return start(state, true, now),
        other => {
            if let Some(open) = import.open_mut() {
                let mut effects = with_file(open, &workspace.profile, other);
                effects.extend(import::events::tick(state, now));
                return effects;
            }
        }
    }
    Vec::new()
}

/// The commands about the open file.
fn with_file(open: &mut OpenFile, profile: &Profile, command: ImportCommand) -> Vec<Effect> {
    let (goes_on, is_judged) = (open.goes_on(), open.is_judged());
    match (command, &mut open.step) {
        (ImportCommand::Map(column, target), Step::Columns) => open.mapping.choose(column, target),
        (ImportCommand::SetDefault(field, text), Step::Columns) => {
            open.mapping.set_default(field, &text);
        }
        (ImportCommand::Repair(kind, is_on), Step::DryRun) if !goes_on => {
            open.file.repairs.set(kind, is_on);
            open.try_again();
        }
        (ImportCommand::SetDates(order), Step::DryRun) if !goes_on => {
            open.mapping.dates = Some(order);
            // Each format on offer says which century it means.
            open.mapping.has_short_years = open.dry.dates.short > 0;
            open.try_again();
        }
        (ImportCommand::TryOut, Step::Columns) if open.mapping.missing().is_empty() => {
            open.try_out();
        }
        (ImportCommand::ToColumns, Step::DryRun) if !goes_on => open.step = Step::Columns,
        (ImportCommand::Decline, Step::Arming) => open.step = Step::DryRun,
        (ImportCommand::Filter(filter), _) => {
            open.filter = filter;
            open.arrange();
        }
        (ImportCommand::Pause, Step::Running(run)) => {
            run.is_paused = true;
            run.forget_pace();
            return vec![Effect::Import(ImportEffect::Steer(Steer::Pause))];
        }
        (ImportCommand::Resume, Step::Running(run)) => {
            run.is_paused = false;
            run.halt = None;
            return vec![Effect::Import(ImportEffect::Steer(Steer::Go))];
        }
        (ImportCommand::Stop, Step::Running(run)) => {
            run.is_stopping = true;
            return vec![Effect::Import(ImportEffect::Steer(Steer::Stop))];
        }
        (ImportCommand::SaveFailed, Step::DryRun | Step::Done(_)) if is_judged => {
            return vec![Effect::Shell(ShellEffect::SaveFile {
                profile: Some(profile.clone()),
                file_name: failed_name(&open.file.path),
                contents: Contents::FailedRows {
                    sheet: open.file.sheet.clone(),
                    delimiter: open.file.delimiter,
                    rows: open.failed(),
                },
            })];
        }
        _ => {}
    }
    Vec::new()
}

/// Whether the file may be read in another way: a run that broke off goes on with the same rows.
fn may_be_read_again(open: &OpenFile) -> bool {
    matches!(open.step, Step::Columns | Step::DryRun) && !open.goes_on()
}

/// "partners.csv" → "partners-failed.csv".
fn failed_name(path: &std::path::Path) -> String {
    failed_rows_name(&path.file_stem().unwrap_or_default().to_string_lossy())
}

fn drop_files(state: &mut AppState, mut paths: Vec<PathBuf>, now: Now) -> Vec<Effect> {
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    workspace.page = Page::Import;
    if workspace.import.running().is_some() {
        let body = "An import is under way. The dropped file was not opened; stop the import or wait for its end.";
        state
            .toasts
            .push(now, ToastKind::Refused, "File not opened", body, None);
        return Vec::new();
    }
    match (paths.pop(), paths.len()) {
        (Some(path), 0) => read(state, plan(path), now),
        (Some(_), more) => {
            let body = format!(
                "{} files were dropped. One is imported at a time; none was opened.",
                more + 1
            );
            state
                .toasts
                .push(now, ToastKind::Refused, "Files not opened", body, None);
            Vec::new()
        }
        (None, _) => Vec::new(),
    }
}

pub(in crate::state) fn plan(path: PathBuf) -> ReadPlan {
    ReadPlan {
        ticket: 0,
        path,
        encoding: None,
        delimiter: None,
        header_row: None,
        repairs: Repairs::default(),
    }
}

/// Reads a file; what was open is left.
pub(in crate::state) fn read(state: &mut AppState, mut plan: ReadPlan, now: Now) -> Vec<Effect> {
    let generation = state.generation;
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    let import = &mut workspace.import;
    if import.running().is_some() {
        return Vec::new();
    }
    import.ticket += 1;
    plan.ticket = import.ticket;
    import.problem = None;
    import.put_back();
    import.stage = Stage::Reading {
        name: name_of(&plan.path),
        progress: None,
        since: now.boot,
        instead_of: None,
    };
    vec![Effect::Import(ImportEffect::Read(generation, plan))]
}

/// Reads the open file in another way, and keeps it until that is done.
fn read_again(state: &mut AppState, now: Now, change: impl FnOnce(&mut ReadPlan)) -> Vec<Effect> {
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    let stage = &mut workspace.import.stage;
    let before = match std::mem::take(stage) {
        Stage::Open(open) if may_be_read_again(&open) => open,
        other => {
            *stage = other;
            return Vec::new();
        }
    };
    let mut plan = ReadPlan {
        ticket: 0,
        path: before.file.path.clone(),
        encoding: Some(before.file.encoding),
        delimiter: Some(before.file.delimiter),
        header_row: Some(before.file.sheet.header_row),
        repairs: before.file.repairs.clone(),
    };
    change(&mut plan);
    let effects = read(state, plan, now);
    if let Some(workspace) = &mut state.workspace
        && let Stage::Reading { instead_of, .. } = &mut workspace.import.stage
    {
        *instead_of = Some(before);
    }
    effects
}

/// Reads the file of the run that broke off in the way in which that run read it.
fn go_on(state: &mut AppState, now: Now) -> Vec<Effect> {
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    workspace.page = Page::Import;
    if workspace.import.running().is_some() {
        return Vec::new();
    }
    let Some(journal) = workspace.import.unfinished.take() else {
        return Vec::new();
    };
    let plan = ReadPlan {
        ticket: 0,
        path: file_of(&journal).0,
        encoding: Some(journal.head.encoding),
        delimiter: Some(journal.head.delimiter),
        header_row: Some(journal.head.header_row),
        repairs: journal.head.repairs.clone(),
    };
    let effects = read(state, plan, now);
    if let Some(workspace) = &mut state.workspace {
        workspace.import.resumes = Some(journal);
    }
    effects
}

/// Sends the rows, after a yes where that is needed.
fn start(state: &mut AppState, is_confirmed: bool, now: Now) -> Vec<Effect> {
    let generation = state.generation;
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    let profile = workspace.profile.clone();
    let Some(open) = workspace.import.open_mut() else {
        return Vec::new();
    };
    let may_start = match open.step {
        Step::DryRun => !is_confirmed,
        Step::Arming => is_confirmed,
        Step::Columns | Step::Running(_) | Step::Done(_) => false,
    };
    if !may_start || !open.is_judged() || open.to_send() == 0 {
        return Vec::new();
    }
    state.production_is_armed |= is_confirmed;
    if profile.environment.is_production() && !state.production_is_armed {
        open.step = Step::Arming;
        return Vec::new();
    }
    let (journal, rows) = open.begin(&profile, now);
    let sheet = open.file.sheet.clone();
    // The notes of another run are written over.
    workspace.import.unfinished = None;
    vec![Effect::Import(ImportEffect::Run(
        generation,
        Box::new(RunPlan {
            journal,
            rows,
            sheet,
            taught: state.drafts.taught.clone(),
            leaves_trace: state.leaves_trace(&profile),
            zone: state.zone.clone(),
        }),
    ))]
}
