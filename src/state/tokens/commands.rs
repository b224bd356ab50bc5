//! What each command about tokens and the clipboard changes.

use crate::domain::failure::Operation;
use crate::state::app_state::{AppState, with_workspace};
use crate::state::cx::Cx;
use crate::state::shell::toasts::ToastAction;
use crate::state::tokens;
use crate::state::tokens::Then;
use crate::state::tokens::messages::{TokenCommand, TokenEffect};

/// Without a session, only the clipboard may still hold something.
pub(in crate::state) fn command(state: &mut AppState, command: TokenCommand, cx: &mut Cx) {
    match command {
        TokenCommand::Copy { business, format } => {
            tokens::copying::copy(state, business, format, cx);
        }
        TokenCommand::CopySelected => {
            let shown = state.workspace().and_then(|workspace| {
                let id = workspace.selected?;
                workspace.list.place_of(id).map(|_| id)
            });
            if let Some(business) = shown {
                tokens::copying::copy(state, business, None, cx);
            }
        }
        TokenCommand::Renew(business) => tokens::copying::fetch(state, business, Then::Keep, cx),
        TokenCommand::CancelFetch(business) => with_workspace(state, |workspace| {
            workspace.tokens.end_fetch(business);
            workspace.clear_retry(Operation::FetchToken);
            cx.push(TokenEffect::CancelFetch(business));
        }),
        TokenCommand::Forget(business) => with_workspace(state, |workspace| {
            workspace.tokens.forget(business);
            workspace.tokens_changed(cx.now);
        }),
        TokenCommand::ForgetExpired => with_workspace(state, |workspace| {
            workspace.tokens.forget_expired(cx.now.boot);
            workspace.tokens_changed(cx.now);
        }),
        TokenCommand::ForgetAll => with_workspace(state, |workspace| {
            workspace.tokens.forget_all();
            workspace.tokens_changed(cx.now);
        }),
        TokenCommand::ClearClipboard => {
            state.toasts.dismiss_action(ToastAction::ClearClipboard);
            if state.clipboard.begin_clearing(true) {
                cx.push(TokenEffect::ClearClipboard);
            }
        }
    }
}
