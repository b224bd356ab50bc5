//! Saves the drafts of the forms, and records the entity types that servers list.

use jiff::tz::TimeZone;

use crate::domain::draft::{Draft, Field, LearnedTypes, changed_fields, read_listed_types};
use crate::domain::failure::FailureKind;
use crate::domain::request_failure::RequestFailure;
use crate::state::AppState;
use crate::state::create::edit_drafts::{EditDraft, MAX};
use crate::state::create::messages::ChangeEffect;
use crate::state::cx::Cx;
use crate::state::session::open::Open;
use crate::state::shell::toasts::Toast;

/// Saves the drafts if they have changed.
pub(in crate::state) fn save_drafts(state: &mut AppState, cx: &mut Cx) {
    let Some(Open { workspace, .. }) = &mut state.open else {
        return;
    };
    workspace.creating.unsaved_since = None;
    let (profile, mut kept) = (workspace.profile.clone(), workspace.creating.to_save());
    let edit = workspace.editing.as_ref();
    let edit = edit.map(|editing| {
        (
            editing.business,
            editing.base.draft.clone(),
            editing.input.draft.clone(),
        )
    });
    if let Some(kept) = &mut kept {
        state.blank_secrets(&mut kept.draft);
        if let Some(unresolved) = &mut kept.unresolved {
            state.blank_secrets(unresolved);
        }
    }
    // A draft that an earlier session saved is kept up to date, even if the profile leaves no trace now.
    if state.may_persist(&profile) || state.drafts.has(&profile) {
        state.drafts.keep(&profile, kept);
    }
    if let Some((business, mut before, mut typed)) = edit {
        for field in Field::ALL {
            if state.is_secret(&before[field]) || state.is_secret(&typed[field]) {
                // An equal value is not a change.
                before[field].clear();
                typed[field].clear();
            }
        }
        let is_memory_only = !state.may_persist(&profile);
        if changed_fields(&before, &typed).is_empty() {
            state.drafts.edits.forget(&profile, business);
        } else {
            let of = (&profile, business);
            let kept = EditDraft::new(of, &before, &typed, cx.now.wall, is_memory_only);
            if let Some(dropped) = state.drafts.edits.keep(kept) {
                report_dropped(&dropped, &state.zone, cx);
            }
        }
    }
    if state.written_drafts.as_ref() != Some(&state.drafts) {
        state.written_drafts = Some(state.drafts.clone());
        cx.push(ChangeEffect::SaveDrafts(state.drafts.clone()));
    }
}

/// Says that the drafts have become too many.
fn report_dropped(dropped: &EditDraft, zone: &TimeZone, cx: &mut Cx) {
    let day = dropped
        .at
        .to_zoned_datetime(zone.clone())
        .strftime("%-d %b %Y");
    let body = format!(
        "The console keeps {MAX} drafts of changes to businesses. The oldest, of {day}, was discarded."
    );
    cx.toast(Toast::info("Oldest draft discarded", body));
}

impl AppState {
    /// Empties the fields that contain a key or a token, which must not be saved.
    fn blank_secrets(&self, draft: &mut Draft) {
        for field in Field::ALL {
            if self.is_secret(&draft[field]) {
                draft[field].clear();
            }
        }
    }
}

/// Records the entity types that a server listed when it rejected one, so that the form can offer them.
pub(in crate::state) fn learn(
    learned_types: &mut LearnedTypes,
    failure: &RequestFailure,
    country: &str,
) {
    let FailureKind::Invalid { fields } = &failure.failure.kind else {
        return;
    };
    let messages = fields.iter().flat_map(|(_, messages)| messages);
    let listed = messages
        .chain(&failure.failure.detail)
        .find_map(|text| read_listed_types(text));
    if let Some(listed) = listed {
        learned_types.learn(listed, country);
    }
}
