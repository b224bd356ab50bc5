//! Handles the events of the import.

use super::closing;
use super::commands::is_running;
use super::messages::{
    ForgottenJournal, ImportEffect, ImportEvent, ReadFile, RowFilter, RowUpdate,
};
use super::open_file::{DryRunState, ImportStep, OpenFile, name_of};
use super::page::{Import, ImportFileProblem, ImportPageState, UnfinishedRun};
use super::reading::{plan, read};
use super::run::{ImportRun, ServerWait};
use crate::domain::import::{Journal, JournalProblem, RememberedMappings, RowOutcome};
use crate::state::AppState;
use crate::state::create;
use crate::state::cx::Cx;
use crate::state::session::open::Open;
use crate::state::session::workspace::Workspace;
use crate::state::shell::messages::FileFailure;
use crate::state::shell::toasts::{Toast, ToastSubject};

pub(in crate::state) fn event(state: &mut AppState, event: ImportEvent, cx: &mut Cx) {
    let Some(Open { workspace, .. }) = &mut state.open else {
        return;
    };
    let Workspace {
        import,
        list,
        tokens,
        ..
    } = workspace;
    match event {
        ImportEvent::Chosen(Ok(Some(_))) if import.running().is_some() => is_running(cx),
        ImportEvent::Chosen(Ok(Some(path))) => read(state, plan(path), cx),
        ImportEvent::Chosen(Ok(None)) => {}
        ImportEvent::Chosen(Err(failure)) => no_dialog(&failure, cx),
        ImportEvent::Progress { ticket, progress } if ticket == import.ticket => {
            if let ImportPageState::Reading {
                progress: shown, ..
            } = &mut import.stage
            {
                *shown = Some(progress);
            }
        }
        ImportEvent::Progress { .. } => {}
        ImportEvent::Read { ticket, result } if ticket == import.ticket => {
            was_read(state, result, cx);
        }
        ImportEvent::Read { .. } => {}
        ImportEvent::Validating { ticket, progress } => {
            if let Some(open) = awaiting_validation(&mut import.stage, ticket) {
                open.validation = DryRunState::Running {
                    ticket,
                    progress: Some(progress),
                };
            }
        }
        ImportEvent::Validated { ticket, dry } => {
            let Import {
                stage, interrupted, ..
            } = import;
            if let Some(open) = awaiting_validation(stage, ticket) {
                let journal = interrupted.as_ref().map(|run| &*run.journal);
                open.validated(*dry, journal);
            }
        }
        ImportEvent::Unfinished(found) => unfinished(state, found, cx),
        ImportEvent::Rows(updates) => rows(state, updates, cx),
        ImportEvent::InFlight(requests) => {
            with_run(workspace, |run| run.in_flight = requests);
        }
        ImportEvent::Withdrawn(row) => with_run(workspace, |run| run.withdraw(row)),
        ImportEvent::Waiting {
            resumes_in,
            failure,
        } => {
            with_run(workspace, |run| {
                run.wait = Some(ServerWait {
                    until: cx.now.boot.saturating_add(resumes_in),
                    why: failure.explain(&state.zone).title,
                });
            });
        }
        ImportEvent::AutoPaused(auto_pause) => with_run(workspace, |run| {
            run.auto_pause = Some(auto_pause);
            run.wait = None;
            run.forget_pace();
        }),
        ImportEvent::Ended => {
            if let Some(open) = import.open_mut()
                && let ImportStep::Running(run) =
                    std::mem::replace(&mut open.step, ImportStep::DryRun)
            {
                list.set_imported(run.created(), &tokens.live_expiries(cx.now));
                open.step = ImportStep::Done(run);
                open.arrange();
            }
            // It may say that an import is running.
            state
                .toasts
                .ended(|subject| *subject == ToastSubject::UnopenedFile);
        }
    }
}

/// The open file, if it is waiting for the dry run with this number.
fn awaiting_validation(stage: &mut ImportPageState, ticket: u64) -> Option<&mut OpenFile> {
    let ImportPageState::Open(open) = stage else {
        return None;
    };
    let is_awaited = matches!(open.validation, DryRunState::Running { ticket: awaited, .. } if awaited == ticket);
    is_awaited.then_some(open)
}

fn with_run(workspace: &mut Workspace, change: impl FnOnce(&mut ImportRun)) {
    if let Some(OpenFile {
        step: ImportStep::Running(run),
        ..
    }) = workspace.import.open_mut()
    {
        change(run);
    }
}

fn no_dialog(failure: &FileFailure, cx: &mut Cx) {
    let body = format!(
        "{} You can also drop a file on the window.",
        failure.explain()
    );
    cx.toast(Toast::failed("No file opened", body).about(ToastSubject::UnopenedFile));
}

fn was_read(state: &mut AppState, result: Result<Box<ReadFile>, String>, cx: &mut Cx) {
    let Some(Open { workspace, .. }) = &mut state.open else {
        return;
    };
    let memory = &state.saved.mappings;
    let import = &mut workspace.import;
    let earlier = import.interrupted.as_ref();
    let earlier = earlier.filter(|_| import.is_resumed());
    let earlier = earlier.map(|run| &*run.journal);
    let stage = std::mem::take(&mut import.stage);
    let ImportPageState::Reading {
        name,
        instead_of: before,
        is_again,
        ..
    } = stage
    else {
        import.stage = stage;
        return;
    };
    if is_again && let Some(before) = before {
        let (open, toast) = read_again(result, before, &name, memory);
        import.stage = ImportPageState::Open(open);
        if let Some(toast) = toast {
            cx.toast(toast);
        }
        return;
    }
    let problem = match result {
        Ok(file) if earlier.is_none_or(|run| run.head.fingerprint == file.fingerprint) => {
            let open = OpenFile::new(*file, earlier, memory);
            import.stage = ImportPageState::Open(Box::new(open));
            state
                .toasts
                .ended(|subject| *subject == ToastSubject::UnopenedFile);
            closing::was_replaced(state, before, cx);
            return;
        }
        Ok(_) => {
            "The file has changed since the import was interrupted, so the import can’t resume. Nothing was \
             sent. Open the file again: existing businesses are not created twice."
                .to_owned()
        }
        Err(words) => words,
    };
    if let Some(before) = before {
        let body = format!(
            "{name}: {problem} {} is still open.",
            name_of(&before.file.path)
        );
        import.stage = ImportPageState::Open(before);
        let title = "File not opened";
        cx.toast(Toast::failed(title, body).about(ToastSubject::UnopenedFile));
        return;
    }
    import.problem = Some(ImportFileProblem {
        name,
        words: problem,
    });
}

/// The file after it was read with other settings, or as it was if that failed, and what to say about it.
fn read_again(
    result: Result<Box<ReadFile>, String>,
    before: Box<OpenFile>,
    name: &str,
    memory: &RememberedMappings,
) -> (Box<OpenFile>, Option<Toast>) {
    let file = match result {
        Ok(file) => file,
        Err(words) => {
            let body =
                format!("{name}: {words} The file is still shown with the previous encoding.");
            let title = "The file can’t be read with this encoding";
            return (before, Some(Toast::failed(title, body)));
        }
    };
    let corrected = before.file.sheet.corrections.rows();
    let open = OpenFile::read_anew(*file, *before, memory);
    let dropped = corrected - open.file.sheet.corrections.rows();
    let toast = (dropped > 0).then(|| {
        let lost = uncorrected(dropped);
        let body = format!("{name} has other rows or columns now. {lost}");
        Toast::info("Corrections discarded", body)
    });
    (Box::new(open), toast)
}

fn uncorrected(rows: usize) -> String {
    match rows {
        1 => "The corrections of 1 row no longer fit and were discarded. Correct it again in the dry run.".to_owned(),
        _ => format!(
            "The corrections of {rows} rows no longer fit and were discarded. Correct them again in the dry run."
        ),
    }
}

fn unfinished(state: &mut AppState, found: Result<Box<Journal>, JournalProblem>, cx: &mut Cx) {
    // Also while a sign-in form is above the session.
    let Some(profile) = state.open.as_ref().map(|open| open.profile().clone()) else {
        return;
    };
    let may_persist = state.may_persist(&profile);
    let Some(Open { workspace, .. }) = &mut state.open else {
        return;
    };
    match found {
        Ok(journal) if journal.left() == 0 => {
            let started = journal.head.started;
            let is_same = |run: &mut UnfinishedRun| run.journal.head.started == started;
            workspace.import.interrupted.take_if(is_same);
            let notes = ForgottenJournal::OfRun(started);
            cx.push(ImportEffect::Forget(profile, notes));
        }
        Ok(mut journal) if workspace.import.running().is_none() => {
            // The history has them now.
            let results = journal.tally().settled();
            if journal.recorded.replace(results) != Some(results) && may_persist {
                let started = journal.head.started;
                cx.push(ImportEffect::Recorded(profile, started, results));
            }
            workspace.import.found(journal);
        }
        Ok(_) => {}
        Err(problem) => {
            // Keep a journal that a newer version of the console can resume.
            if problem != JournalProblem::Newer {
                cx.push(ImportEffect::Forget(profile, ForgottenJournal::Unusable));
            }
            cx.toast(Toast::failed(
                "An import was interrupted",
                problem.to_string(),
            ));
        }
    }
}

/// Records results of rows in the table, and adds new businesses to the list.
fn rows(state: &mut AppState, updates: Vec<RowUpdate>, cx: &mut Cx) {
    let Some(Open { workspace, .. }) = &mut state.open else {
        return;
    };
    let Workspace {
        import,
        list,
        tokens,
        ..
    } = workspace;
    let Some(open) = import.open_mut() else {
        return;
    };
    let mut businesses = Vec::new();
    for RowUpdate {
        entry,
        business,
        failure,
    } in updates
    {
        if let Some(failure) = failure {
            let verdict = open.dry.verdicts.get(entry.row);
            let country = verdict.map_or("", |verdict| verdict.country.as_str());
            create::drafts::learn(&mut state.drafts.learned_types, &failure, country);
        }
        // The sender knows the businesses that were listed when the run began. Others may have been loaded since.
        let is_of_another = business.as_ref().is_some_and(|business| {
            let known = list.businesses().get(business.id);
            known.is_some_and(|known| create::events::contradicts(&known, business))
        });
        let (outcome, business) = if is_of_another {
            (RowOutcome::of_another(), None)
        } else {
            (entry.outcome, business)
        };
        if let ImportStep::Running(run) = &mut open.step {
            run.record(entry.row, outcome, cx.now.boot);
        }
        businesses.extend(business.map(|business| *business));
    }
    if open.filter != RowFilter::All {
        open.arrange();
    }
    if !businesses.is_empty() {
        list.add(businesses, &tokens.live_expiries(cx.now));
    }
    create::drafts::save_drafts(state, cx);
}
