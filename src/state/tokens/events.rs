//! Handles the events of tokens and the clipboard.

use crate::domain::clipboard::{ClearOutcome, ClipboardProblem, CopiedText};
use crate::domain::time::Now;
use crate::state::app_state::{AppState, with_workspace};
use crate::state::cx::Cx;
use crate::state::session::open::Open;
use crate::state::shell::toasts::{Toast, ToastAction};
use crate::state::tokens::messages::{ClipboardEvent, TokenEffect};
use crate::state::{session, tokens};

pub(in crate::state) fn clipboard(state: &mut AppState, event: ClipboardEvent, cx: &mut Cx) {
    match event {
        ClipboardEvent::HandoutCopied { ticket, result } => {
            handout_copied(state, ticket, result, cx);
        }
        ClipboardEvent::TextCopied { what, result } => text_copied(state, what, result, cx),
        ClipboardEvent::Cleared(result) => cleared(state, result, cx),
    }
}

fn handout_copied(
    state: &mut AppState,
    ticket: u64,
    result: Result<(), ClipboardProblem>,
    cx: &mut Cx,
) {
    match (result, &mut state.open) {
        (Ok(()), Some(Open { copying, .. }))
            if copying
                .as_ref()
                .is_some_and(|copying| copying.ticket == ticket) =>
        {
            tokens::copying::copied(state, cx);
        }
        // Another copy or another session has started since.
        (Ok(()), Some(_)) => {
            let stays = state.saved.settings.clipboard_time();
            state.clipboard.token_copied(cx.now, stays);
        }
        // The session has ended in the meantime, so the copied token must be cleared.
        (Ok(()), None) => {
            state.clipboard.clearing_began();
            cx.push(TokenEffect::ClearClipboard);
        }
        (Err(problem), open) => {
            let copying = open
                .as_mut()
                .and_then(|open| open.copying.take_if(|copying| copying.ticket == ticket));
            session::locking::token_not_copied(state);
            let again = copying.map(|copying| ToastAction::CopyToken(copying.business));
            let body =
                format!("The console could not copy it: {problem}. The clipboard is unchanged.");
            let toast = Toast::failed("Token not copied", body);
            cx.toast(toast.offering(again));
        }
    }
}

fn text_copied(
    state: &mut AppState,
    what: CopiedText,
    result: Result<(), ClipboardProblem>,
    cx: &mut Cx,
) {
    match result {
        Ok(()) => {
            state.clipboard.token_gone();
            state.toasts.dismiss_action(ToastAction::ClearClipboard);
            let title = format!("Copied {what}");
            let toast = Toast::done(title, what.missing());
            state.toasts.push_copied(cx.now, toast);
        }
        Err(problem) => {
            let body =
                format!("The console could not copy it: {problem}. The clipboard is unchanged.");
            let title = format!("{what} not copied");
            cx.toast(Toast::failed(title, body));
        }
    }
}

fn cleared(state: &mut AppState, result: Result<ClearOutcome, ClipboardProblem>, cx: &mut Cx) {
    state.clipboard.clearing_ended();
    session::locking::clipboard(state, &result);
    let is_user_requested = state.clipboard.take_requested_by_user();
    let problem = match result {
        Ok(cleared) => {
            state.clipboard.token_gone();
            state.toasts.dismiss_action(ToastAction::ClearClipboard);
            state.toasts.dismiss_copied();
            if is_user_requested {
                report_cleared(cleared, cx);
            }
            return;
        }
        Err(problem) => problem,
    };
    let body = match state.clipboard.clearing_failed(cx.now) {
        Some(wait) => format!(
            "{problem}. The token may still be on the clipboard. The console tries again in {} s.",
            wait.as_secs()
        ),
        None => format!(
            "{problem}. The token may still be on the clipboard. The console won’t try again by itself. Copy \
             something else to replace it, or try again."
        ),
    };
    let toast = Toast::failed("Clipboard not cleared", body);
    let clear = ToastAction::ClearClipboard;
    cx.toast(toast.offering(clear));
}

fn report_cleared(cleared: ClearOutcome, cx: &mut Cx) {
    let toast = match cleared {
        ClearOutcome::Cleared => Toast::done("Clipboard cleared", ""),
        ClearOutcome::OtherContent => {
            Toast::info("Clipboard unchanged", "It no longer holds the token.")
        }
        ClearOutcome::NothingCopied => return,
    };
    cx.toast(toast);
}

/// Refreshes the rows if their filter or order depends on a token that has expired.
pub(in crate::state) fn tick(state: &mut AppState, now: Now) {
    with_workspace(state, |workspace| {
        if workspace.tokens.tick(now.boot) {
            workspace.tokens_changed(now);
        }
    });
}
