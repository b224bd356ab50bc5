//! What the news of an import changes.

use crate::domain::import::{DryRunPlan, Journal, JournalProblem};
use crate::domain::time::Now;
use crate::state::app_state::live_ends;
use crate::state::effect::Effect;
use crate::state::import::commands::{plan, read};
use crate::state::import::messages::{
    ForgottenNotes, ImportEffect, ImportEvent, ReadFile, RowNews,
};
use crate::state::import::{Import, Judging, OpenFile, Problem, Stage, Step, Wait, left_of};
use crate::state::session::workspace::Workspace;
use crate::state::shell::messages::FileTrouble;
use crate::state::shell::toasts::ToastKind;
use crate::state::{AppState, create};

/// What has happened to an import.
pub(in crate::state) fn event(state: &mut AppState, event: ImportEvent, now: Now) -> Vec<Effect> {
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    let import = &mut workspace.import;
    match event {
        ImportEvent::Chosen(Ok(Some(path))) => return read(state, plan(path), now),
        ImportEvent::Chosen(Ok(None)) => {}
        ImportEvent::Chosen(Err(trouble)) => no_dialog(state, &trouble, now),
        ImportEvent::Progress { ticket, progress } if ticket == import.ticket => {
            if let Stage::Reading {
                progress: shown, ..
            } = &mut import.stage
            {
                *shown = Some(progress);
            }
        }
        ImportEvent::Progress { .. } => {}
        ImportEvent::Read { ticket, result } if ticket == import.ticket => {
            return was_read(state, result, now);
        }
        ImportEvent::Read { .. } => {}
        ImportEvent::Judging { ticket, progress } => {
            if let Some(open) = judged_under(import, ticket) {
                open.judging = Judging::Running {
                    ticket,
                    progress: Some(progress),
                };
            }
        }
        ImportEvent::Judged { ticket, dry } => {
            if let Some(open) = judged_under(import, ticket) {
                open.judged(*dry);
            }
        }
        ImportEvent::Unfinished(found) => return unfinished(state, found, now),
        ImportEvent::Rows(news) => return rows(state, news, now),
        ImportEvent::Waiting {
            resumes_in,
            failure,
        } => {
            with_run(workspace, |run| {
                run.wait = Some(Wait {
                    until: now.boot.saturating_add(resumes_in),
                    why: failure.explain(&state.zone).title,
                });
            });
        }
        ImportEvent::Halted(halt) => with_run(workspace, |run| {
            run.halt = Some(halt);
            run.wait = None;
            run.forget_pace();
        }),
        ImportEvent::Ended => {
            if let Some(open) = import.open_mut()
                && let Step::Running(run) = std::mem::replace(&mut open.step, Step::DryRun)
            {
                open.step = Step::Done(run);
                open.arrange();
            }
        }
    }
    Vec::new()
}

/// The open file, if it waits for the answer with this number.
fn judged_under(import: &mut Import, ticket: u64) -> Option<&mut OpenFile> {
    let open = import.open_mut()?;
    let is_awaited =
        matches!(open.judging, Judging::Running { ticket: awaited, .. } if awaited == ticket);
    is_awaited.then_some(open)
}

fn with_run(workspace: &mut Workspace, change: impl FnOnce(&mut crate::state::import::Run)) {
    if let Some(OpenFile {
        step: Step::Running(run),
        ..
    }) = workspace.import.open_mut()
    {
        change(run);
    }
}

fn no_dialog(state: &mut AppState, trouble: &FileTrouble, now: Now) {
    let body = format!(
        "{} A file can also be dropped on the window.",
        trouble.explain()
    );
    state
        .toasts
        .push(now, ToastKind::Refused, "No file opened", body, None);
}

fn was_read(state: &mut AppState, result: Result<Box<ReadFile>, String>, now: Now) -> Vec<Effect> {
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    let import = &mut workspace.import;
    let (name, before) = match &mut import.stage {
        Stage::Reading {
            name, instead_of, ..
        } => (name.clone(), instead_of.take()),
        Stage::Empty | Stage::Open(_) => return Vec::new(),
    };
    if let Some(before) = before {
        import.stage = Stage::Open(match result {
            Ok(file) => Box::new(OpenFile::read_anew(*file, *before)),
            Err(words) => {
                let body = format!("{name}: {words} It is shown as it was read before.");
                let title = "The file can't be read this way";
                state
                    .toasts
                    .push(now, ToastKind::Refused, title, body, None);
                before
            }
        });
        return Vec::new();
    }
    let resumes = import.resumes.take();
    let problem = match (result, resumes) {
        (Ok(file), None) => {
            import.stage = Stage::Open(Box::new(OpenFile::new(*file, None)));
            return Vec::new();
        }
        (Ok(file), Some(journal)) if file.fingerprint == journal.head.fingerprint => {
            import.stage = Stage::Open(Box::new(OpenFile::new(*file, Some(journal))));
            return Vec::new();
        }
        (Ok(_), Some(journal)) => {
            import.unfinished = Some(journal);
            "It has changed since the import broke off, so that import cannot go on. Nothing was sent. \
             Open the file anew: what exists already is not created twice."
                .to_owned()
        }
        (Err(words), journal) => {
            import.unfinished = journal.or(import.unfinished.take());
            words
        }
    };
    import.stage = Stage::Empty;
    import.problem = Some(Problem {
        name,
        words: problem,
    });
    Vec::new()
}

fn unfinished(
    state: &mut AppState,
    found: Result<Box<Journal>, JournalProblem>,
    now: Now,
) -> Vec<Effect> {
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    match found {
        Ok(journal) if left_of(&journal) == 0 => {
            let notes = ForgottenNotes::OfRun(journal.head.started);
            return vec![Effect::Import(ImportEffect::Forget(
                workspace.profile.clone(),
                notes,
            ))];
        }
        Ok(journal) if workspace.import.running().is_none() => {
            workspace.import.unfinished = Some(journal);
        }
        Ok(_) => {}
        Err(problem) => {
            // A newer version can go on with its own notes.
            let profile = workspace.profile.clone();
            let forget = (problem != JournalProblem::Newer)
                .then(|| Effect::Import(ImportEffect::Forget(profile, ForgottenNotes::Unusable)));
            state.toasts.push(
                now,
                ToastKind::Refused,
                "An import broke off",
                problem.to_string(),
                None,
            );
            return forget.into_iter().collect();
        }
    }
    Vec::new()
}

/// More is known of some rows: the table says so, and new businesses join the list.
fn rows(state: &mut AppState, news: Vec<RowNews>, now: Now) -> Vec<Effect> {
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    let Workspace {
        import,
        list,
        tokens,
        ..
    } = workspace;
    let Some(open) = import.open_mut() else {
        return Vec::new();
    };
    let mut businesses = Vec::new();
    for RowNews {
        entry,
        business,
        failure,
    } in news
    {
        if let Some(failure) = failure {
            let verdict = open.dry.verdicts.get(entry.row);
            let country = verdict.map_or("", |verdict| verdict.country.as_str());
            create::saving::learn(&mut state.drafts.taught, &failure, country);
        }
        if let Step::Running(run) = &mut open.step {
            run.note(entry.row, entry.outcome, now.boot);
        }
        businesses.extend(business.map(|business| *business));
    }
    if open.filter != crate::state::import::RowFilter::All {
        open.arrange();
    }
    if !businesses.is_empty() {
        list.add(businesses, &live_ends(tokens, now));
    }
    create::saving::save_drafts(state)
}

/// Lets waits end, and has the rows of an open file looked at.
pub(in crate::state) fn tick(state: &mut AppState, now: Now) -> Option<Effect> {
    let Workspace { import, list, .. } = state.workspace.as_mut()?;
    let Stage::Open(open) = &mut import.stage else {
        return None;
    };
    if let Step::Running(run) = &mut open.step {
        run.tick(now.boot);
    }
    let is_due = matches!(open.step, Step::DryRun) && open.judging == Judging::Due;
    // What exists is only known when the whole list is there.
    if !is_due || list.loading.is_running() {
        return None;
    }
    import.ticket += 1;
    let ticket = import.ticket;
    open.judging = Judging::Running {
        ticket,
        progress: None,
    };
    let plan = DryRunPlan {
        sheet: open.file.sheet.clone(),
        mapping: open.mapping.clone(),
        repairs: open.file.repairs.clone(),
        taught: state.drafts.taught.clone(),
        known: list.book().rows().to_vec(),
    };
    let judge = ImportEffect::Judge(state.generation, ticket, Box::new(plan));
    Some(Effect::Import(judge))
}
