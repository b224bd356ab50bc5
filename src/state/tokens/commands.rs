//! What each command about tokens and the clipboard changes.

use crate::domain::failure::Operation;
use crate::domain::time::Now;
use crate::state::app_state::AppState;
use crate::state::effect::Effect;
use crate::state::shell::toasts::ToastAction;
use crate::state::tokens;
use crate::state::tokens::Then;
use crate::state::tokens::messages::{TokenCommand, TokenEffect};

pub(in crate::state) fn command(
    state: &mut AppState,
    command: TokenCommand,
    now: Now,
) -> Vec<Effect> {
    let Some(workspace) = &mut state.workspace else {
        // A token may still be on the clipboard.
        return match command {
            TokenCommand::ClearClipboard => clear_clipboard(state),
            TokenCommand::Copy { .. }
            | TokenCommand::Renew(_)
            | TokenCommand::CancelFetch(_)
            | TokenCommand::Forget(_)
            | TokenCommand::ForgetAll => Vec::new(),
        };
    };
    match command {
        TokenCommand::Copy { business, format } => {
            return tokens::copying::copy(state, business, format, now);
        }
        TokenCommand::Renew(business) => {
            return tokens::copying::fetch(state, business, Then::Keep, now);
        }
        TokenCommand::CancelFetch(business) => {
            workspace.tokens.end_fetch(business);
            workspace.clear_retry(Operation::FetchToken);
            return vec![Effect::Token(TokenEffect::CancelFetch(business))];
        }
        TokenCommand::Forget(business) => {
            workspace.tokens.forget(business);
            workspace.tokens_changed(now);
        }
        TokenCommand::ForgetAll => {
            workspace.tokens.forget_all();
            workspace.tokens_changed(now);
        }
        TokenCommand::ClearClipboard => return clear_clipboard(state),
    }
    Vec::new()
}

fn clear_clipboard(state: &mut AppState) -> Vec<Effect> {
    state.toasts.dismiss_action(ToastAction::ClearClipboard);
    if state.clipboard.begin_clearing(true) {
        vec![TokenEffect::ClearClipboard.into()]
    } else {
        Vec::new()
    }
}
