//! What survives a lock or a switch of profile: it is set aside with the session's end.

use crate::state::create::creating::CreateForm;
use crate::state::import::open_file::ImportStep;
use crate::state::import::page::{Import, ImportPageState, UnfinishedRun};

use super::workspace::Workspace;

/// What survives a lock: what the user had on screen and had entered, but no token and no row of the list.
pub(super) fn by_lock(workspace: Workspace) -> Workspace {
    let mut creating = CreateForm::resume(workspace.creating.to_save().unwrap_or_default());
    creating.is_open = workspace.creating.is_open;
    Workspace {
        list: workspace.list.without_rows(),
        selected: workspace.selected,
        reveal: workspace.selected,
        is_detail_open: workspace.is_detail_open,
        editing: workspace.editing,
        import: pause(workspace.import),
        offers_archive: workspace.offers_archive,
        page: workspace.page,
        ..Workspace::new(workspace.profile, workspace.layout, creating)
    }
}

/// What survives a switch to another profile: also the tokens, which keep expiring, but no open file.
pub(super) fn by_switch(mut workspace: Workspace) -> Workspace {
    workspace.tokens.end_fetches();
    workspace.creating.end_waiting();
    Workspace {
        list: workspace.list.without_rows(),
        tokens: workspace.tokens,
        import: Import {
            interrupted: pause(workspace.import).interrupted,
            ..Import::default()
        },
        offers_archive: workspace.offers_archive,
        page: workspace.page,
        ..Workspace::new(workspace.profile, workspace.layout, workspace.creating)
    }
}

/// What remains of an import without its session: a run is interrupted and can be resumed, an open file stays open.
fn pause(mut import: Import) -> Import {
    import.session_ended();
    let interrupted = match &mut import.stage {
        ImportPageState::Open(open) => match &mut open.step {
            ImportStep::Running(run) => {
                let mut journal = Box::new(run.journal.clone());
                // The history has them now.
                journal.recorded = Some(run.tally().settled());
                Some(UnfinishedRun::of(journal)).filter(|run| run.left > 0)
            }
            ImportStep::Confirming => {
                open.step = ImportStep::DryRun;
                return import;
            }
            ImportStep::Columns | ImportStep::DryRun | ImportStep::Done(_) => return import,
        },
        ImportPageState::Reading { .. } | ImportPageState::Empty => import.interrupted,
    };
    Import {
        interrupted,
        ..Import::default()
    }
}
