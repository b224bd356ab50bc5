//! Handles the commands about tokens and the clipboard.

use crate::domain::business::BusinessId;
use crate::domain::failure::Operation;
use crate::domain::token::HandOverNote;
use crate::state::app_state::{AppState, with_workspace};
use crate::state::cx::Cx;
use crate::state::session::open::Open;
use crate::state::shell::messages::ShellEffect;
use crate::state::shell::toasts::{ToastAction, ToastSubject};
use crate::state::tokens;
use crate::state::tokens::messages::{TokenCommand, TokenEffect};
use crate::state::tokens::{TokenUse, Tokens};

/// Without a session, only clearing the clipboard has an effect.
pub(in crate::state) fn command(state: &mut AppState, command: TokenCommand, cx: &mut Cx) {
    match command {
        TokenCommand::Copy { business, format } => {
            tokens::copying::copy(state, business, format, cx);
        }
        TokenCommand::CopySelected => {
            let shown = state.workspace().and_then(|workspace| {
                let id = workspace.selected?;
                workspace.list.position_of(id).map(|_| id)
            });
            if let Some(business) = shown {
                tokens::copying::copy(state, business, None, cx);
            }
        }
        TokenCommand::CopyNote(business) => copy_note(state, business, cx),
        TokenCommand::FetchNew(business) => {
            tokens::copying::fetch(state, business, TokenUse::Keep, cx)
        }
        TokenCommand::CancelFetch(business) => with_workspace(state, |workspace| {
            workspace.tokens.end_fetch(business);
            workspace.clear_retry(Operation::FetchToken);
            cx.push(TokenEffect::CancelFetch(business));
        }),
        TokenCommand::Forget(business) => {
            forget(state, cx, |tokens| tokens.forget(business));
        }
        TokenCommand::ForgetExpired => {
            forget(state, cx, |tokens| tokens.forget_expired(cx.now.boot));
        }
        TokenCommand::ForgetAll => forget(state, cx, Tokens::forget_all),
        TokenCommand::ClearClipboard => {
            state.toasts.dismiss_action(ToastAction::ClearClipboard);
            if state.clipboard.begin_clearing(true) {
                cx.push(TokenEffect::ClearClipboard);
            }
        }
    }
}

/// Forgets tokens, and closes the toasts about them.
fn forget(state: &mut AppState, cx: &Cx, change: impl FnOnce(&mut Tokens)) {
    let Some(Open { workspace, .. }) = &mut state.open else {
        return;
    };
    change(&mut workspace.tokens);
    workspace.tokens_changed(cx.now);
    let tokens = &workspace.tokens;
    state.toasts.ended(|subject| {
        matches!(subject, ToastSubject::NewToken(business) if tokens.get(*business).is_none())
    });
}

/// Copies the note that accompanies a live token. Without a live token there is nothing to say.
fn copy_note(state: &AppState, business: BusinessId, cx: &mut Cx) {
    let Some(workspace) = state.workspace() else {
        return;
    };
    let held = workspace.tokens.get(business);
    let Some(held) = held.filter(|held| held.token.is_live(cx.now.boot)) else {
        return;
    };
    let note = HandOverNote {
        business,
        name: held.name.as_ref(),
        external_id: held.external_id.as_ref(),
        environment: &workspace.profile.environment,
        format: held
            .last_copy
            .map_or(state.saved.token_format, |(_, format)| format),
        ends: cx.now.wall_after(held.token.remaining(cx.now.boot)),
        zone: &state.zone,
    };
    cx.push(ShellEffect::CopyText {
        what: "hand-over note".into(),
        text: note.to_string(),
    });
}
