//! What survives a lock or a switch of profile: it is set aside with the session's end.

use crate::state::create::editing::EditPhase;
use crate::state::import::open_file::{ImportStep, name_of};
use crate::state::import::page::{Import, ImportPageState, UnfinishedRun};

use super::lock::LockedWorkspace;
use super::workspace::Workspace;

/// The part of a workspace that survives the lock, and the file name of an import that was running.
pub(super) fn workspace(workspace: Workspace) -> (LockedWorkspace, Option<String>) {
    let mut editing = workspace.editing;
    let is_sent = |phase: &EditPhase| matches!(phase, EditPhase::Sending { .. });
    let edit_was_sent = editing
        .as_ref()
        .is_some_and(|editing| is_sent(&editing.phase));
    if let Some(editing) = editing.as_mut().filter(|_| edit_was_sent) {
        editing.phase = EditPhase::Typing;
    }
    let (import, paused) = pause(workspace.import);
    let kept = LockedWorkspace {
        profile: workspace.profile,
        page: workspace.page,
        filter: workspace.list.filter().to_owned(),
        layout: workspace.layout,
        selected: workspace.selected,
        is_detail_open: workspace.is_detail_open,
        is_form_open: workspace.creating.is_open,
        draft: workspace.creating.to_save(),
        editing,
        edit_was_sent,
        import,
        shortlist: workspace.shortlist,
        archived: workspace.archived,
        offers_archive: workspace.offers_archive,
    };
    (kept, paused)
}

/// What remains of an import without its session: a run is interrupted and can be resumed, an open file stays open.
pub(super) fn pause(mut import: Import) -> (Import, Option<String>) {
    import.session_ended();
    let created = import.created.clone();
    let interrupted = |unfinished: Option<UnfinishedRun>| Import {
        created: created.clone(),
        unfinished: unfinished.filter(|run| run.left > 0),
        ..Import::default()
    };
    match &mut import.stage {
        ImportPageState::Open(open) => match &mut open.step {
            ImportStep::Running(run) => {
                let name = name_of(&open.file.path);
                let mut journal = run.journal.clone();
                // The history has them now.
                journal.recorded = Some(run.tally().settled());
                (
                    interrupted(Some(UnfinishedRun::of(Box::new(journal)))),
                    Some(name),
                )
            }
            ImportStep::Confirming => {
                open.step = ImportStep::DryRun;
                (import, None)
            }
            ImportStep::Columns | ImportStep::DryRun | ImportStep::Done(_) => (import, None),
        },
        ImportPageState::Reading { .. } | ImportPageState::Empty => {
            let unfinished = import.unfinished.take();
            (interrupted(unfinished), None)
        }
    }
}
