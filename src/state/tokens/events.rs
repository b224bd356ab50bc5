//! What each event of a token or of the clipboard changes.

use crate::domain::clipboard::{Cleared, ClipboardProblem};
use crate::domain::failure::Operation;
use crate::domain::time::Now;
use crate::state::app_state::AppState;
use crate::state::effect::Effect;
use crate::state::session::events::with_workspace;
use crate::state::shell::toasts::{ToastAction, ToastKind};
use crate::state::tokens::clipboard::AfterFailure;
use crate::state::tokens::messages::{ClipboardEvent, TokenEffect, TokenEvent};
use crate::state::{session, tokens};

pub(in crate::state) fn token(state: &mut AppState, event: TokenEvent, now: Now) -> Vec<Effect> {
    match event {
        TokenEvent::Fetched(business, result) => {
            with_workspace(state, |workspace| {
                workspace.note_sign_in(result.as_ref().err());
                workspace.clear_retry(Operation::FetchToken);
            });
            tokens::copying::fetched(state, business, result, now)
        }
    }
}

pub(in crate::state) fn clipboard(
    state: &mut AppState,
    event: ClipboardEvent,
    now: Now,
) -> Vec<Effect> {
    match event {
        ClipboardEvent::HandoutCopied { ticket, result } => match result {
            Ok(())
                if state
                    .copying
                    .as_ref()
                    .is_some_and(|copying| copying.ticket == ticket) =>
            {
                tokens::copying::copied(state, now);
            }
            // The session ended meanwhile: what it copied still has to be cleared.
            Ok(()) if state.workspace.is_none() && state.others.waiting().is_none() => {
                return vec![Effect::Token(TokenEffect::ClearClipboard)];
            }
            Ok(()) => {
                let stays = state.saved.settings.clipboard_time();
                state.clipboard.holds_ours(now, stays);
            }
            Err(problem) => {
                state.copying.take_if(|copying| copying.ticket == ticket);
                let body = format!("The clipboard did not take it: {problem}. It is as it was.");
                state
                    .toasts
                    .push(now, ToastKind::Refused, "Token not copied", body, None);
            }
        },
        ClipboardEvent::TextCopied { what, result } => match result {
            Ok(()) => {
                state.clipboard.holds_other();
                state.toasts.dismiss_action(ToastAction::ClearClipboard);
                state
                    .toasts
                    .push(now, ToastKind::Done, format!("Copied {what}"), "", None);
            }
            Err(problem) => {
                let body = format!("The clipboard did not take it: {problem}. It is as it was.");
                state.toasts.push(
                    now,
                    ToastKind::Refused,
                    format!("{what} not copied"),
                    body,
                    None,
                );
            }
        },
        ClipboardEvent::Cleared(result) => cleared(state, result, now),
    }
    Vec::new()
}

fn cleared(state: &mut AppState, result: Result<Cleared, ClipboardProblem>, now: Now) {
    session::locking::clipboard(state, &result);
    let was_asked = state.clipboard.take_was_asked();
    let problem = match result {
        Ok(cleared) => {
            state.clipboard.holds_other();
            state.toasts.dismiss_action(ToastAction::ClearClipboard);
            if was_asked {
                tell_cleared(state, cleared, now);
            }
            return;
        }
        Err(problem) => problem,
    };
    let body = match state.clipboard.clearing_failed(now) {
        AfterFailure::Again(secs) => {
            format!("{problem}. The token may still be on it. Clearing is tried again in {secs} s.")
        }
        AfterFailure::GivenUp => format!(
            "{problem}. The token may still be on it, and clearing is not tried again by itself: copy something else \
             over it, or try once more."
        ),
    };
    let action = Some(ToastAction::ClearClipboard);
    let title = "Clipboard not cleared";
    state
        .toasts
        .push(now, ToastKind::Refused, title, body, action);
}

fn tell_cleared(state: &mut AppState, cleared: Cleared, now: Now) {
    let (kind, title, body) = match cleared {
        Cleared::Cleared => (ToastKind::Done, "Clipboard cleared", ""),
        Cleared::NotOurs => (
            ToastKind::Info,
            "Clipboard left alone",
            "It held something else than the token.",
        ),
        Cleared::NothingCopied => return,
    };
    state.toasts.push(now, kind, title, body, None);
}
