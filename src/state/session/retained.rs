//! What survives a lock: set aside when the console locks, restored when the profile has signed in again.

use crate::state::app_state::{AppState, live_expiries};
use crate::state::create::creating::Creating;
use crate::state::create::editing::EditPhase;
use crate::state::cx::Cx;
use crate::state::import::open_file::{ImportStep, name_of};
use crate::state::import::page::{Import, ImportStage, UnfinishedRun};
use crate::state::list::messages::ListEffect;
use crate::state::shell::toasts::ToastKind;

use super::lock::LockedWorkspace;
use super::open::Open;
use super::workspace::Workspace;

/// The part of a workspace that survives the lock, and the file name of an import that was running.
pub(super) fn keep(workspace: Workspace) -> (LockedWorkspace, Option<String>) {
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
        draft: workspace.creating.kept(),
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
        ImportStage::Open(open) => match &mut open.step {
            ImportStep::Running(run) => {
                let name = name_of(&open.file.path);
                let journal = run.journal.clone();
                (
                    interrupted(Some(UnfinishedRun::of(Box::new(journal)))),
                    Some(name),
                )
            }
            ImportStep::Arming => {
                open.step = ImportStep::DryRun;
                (import, None)
            }
            ImportStep::Columns | ImportStep::DryRun | ImportStep::Done(_) => (import, None),
        },
        ImportStage::Reading { .. } | ImportStage::Empty => {
            let unfinished = import.unfinished.take();
            (interrupted(unfinished), None)
        }
    }
}

/// Restores what the lock set aside, once its profile has signed in. If another profile has, drops it.
pub(super) fn signed_in(state: &mut AppState, cx: &mut Cx) {
    state.lock.touched = Some(cx.now);
    state.lock.locked = None;
    let (Some(kept), Some(open)) = (state.lock.kept.take(), &mut state.open) else {
        return;
    };
    let Open {
        generation,
        workspace,
        ..
    } = open;
    if kept.profile != workspace.profile {
        return;
    }
    let kept = *kept;
    workspace.page = kept.page;
    workspace.import = kept.import;
    workspace.editing = kept.editing;
    workspace.shortlist = kept.shortlist;
    workspace.pins_changed();
    workspace.archived = kept.archived;
    workspace.offers_archive = kept.offers_archive;
    workspace.layout = kept.layout;
    workspace.is_detail_open = kept.is_detail_open;
    workspace.selected = kept.selected;
    workspace.reveal = kept.selected;
    if let Some(draft) = kept.draft {
        workspace.creating = Creating::resume(draft);
    }
    workspace.creating.is_open = kept.is_form_open;
    let Workspace {
        list,
        tokens,
        layout,
        import,
        ..
    } = workspace;
    list.set_imported(import.created.clone(), &live_expiries(tokens, cx.now));
    list.set_sort(layout.sort, &live_expiries(tokens, cx.now));
    list.set_filter(kept.filter, &state.zone, &live_expiries(tokens, cx.now));
    if let (Some(id), true) = (kept.selected, kept.is_detail_open) {
        workspace.detail.is_reading = true;
        cx.push(ListEffect::ReadBusiness(*generation, id));
    }
    if kept.edit_was_sent {
        let body = "The console locked before the server answered. Saving them again is safe.";
        let title = "The changes may or may not have been saved";
        state
            .toasts
            .push(cx.now, ToastKind::Refused, title, body, None);
    }
}
