//! Handles the passing of time in an import, and starts dry runs.

use crate::domain::import::DryRunPlan;
use crate::state::AppState;
use crate::state::cx::Cx;
use crate::state::session::open::Open;
use crate::state::session::workspace::Workspace;

use super::messages::ImportEffect;
use super::open_file::{DryRunState, ImportStep};
use super::page::ImportPageState;

/// Ends waits that are over, and starts a dry run when it is due.
pub(in crate::state) fn tick(state: &mut AppState, cx: &mut Cx) {
    let Some(Open {
        generation,
        workspace,
        ..
    }) = &mut state.open
    else {
        return;
    };
    let Workspace { import, list, .. } = workspace;
    let ImportPageState::Open(open) = &mut import.stage else {
        return;
    };
    if let ImportStep::Running(run) = &mut open.step {
        run.tick(cx.now.boot);
    }
    let is_due = matches!(open.step, ImportStep::DryRun) && open.validation == DryRunState::Due;
    // Only the complete list shows which businesses exist already.
    if !is_due || list.loading.is_running() {
        return;
    }
    import.ticket += 1;
    let ticket = import.ticket;
    open.validation = DryRunState::Running {
        ticket,
        progress: None,
    };
    let plan = DryRunPlan {
        sheet: open.file.sheet.clone(),
        mapping: open.mapping.clone(),
        repairs: open.file.repairs.clone(),
        learned_types: state.drafts.learned_types.clone(),
        known: list.businesses().rows().to_vec(),
    };
    cx.push(ImportEffect::Validate(*generation, ticket, Box::new(plan)));
}
