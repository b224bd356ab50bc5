//! The shortcut `T`: reuses or fetches a token, copies it, then says so.

use crate::domain::business::BusinessId;
use crate::domain::countdown::minutes;
use crate::domain::failure::{Failure, NextStep, Operation};
use crate::domain::share_mode::ShareMode;
use crate::domain::time::Now;
use crate::domain::token::{BusinessToken, TokenCheck, TokenFormat};
use crate::state::AppState;
use crate::state::cx::Cx;
use crate::state::list::pins;
use crate::state::session::open::Open;
use crate::state::session::workspace::Workspace;
use crate::state::shell::toasts::{Toast, ToastAction, ToastSubject};
use crate::state::tokens::TokenUse;
use crate::state::tokens::clipboard::Copying;
use crate::state::tokens::messages::TokenEffect;

/// Copies the token of a business, fetching it first unless a fresh one is held.
pub(super) fn copy(
    state: &mut AppState,
    business: BusinessId,
    format: Option<TokenFormat>,
    cx: &mut Cx,
) {
    let Some(open) = &state.open else {
        return;
    };
    if let Some(format) = format.filter(|format| *format != state.saved.token_format) {
        state.saved.token_format = format;
    }
    let format = format.unwrap_or(state.saved.token_format);
    let floor = state.saved.settings.freshness_floor();
    let tokens = &open.workspace.tokens;
    if tokens.is_reusable(business, floor, cx.now.boot) {
        hand_out(state, business, format, cx);
    } else {
        fetch(state, business, TokenUse::Copy(format), cx);
    }
}

/// Fetches a token, unless a fetch for the business is under way.
pub(super) fn fetch(state: &mut AppState, business: BusinessId, then: TokenUse, cx: &mut Cx) {
    let Some(open) = &mut state.open else {
        return;
    };
    let tokens = &mut open.workspace.tokens;
    if tokens.begin_fetch(business, then, cx.now.boot) {
        cx.push(TokenEffect::Fetch(open.generation, business));
    }
}

/// Handles the outcome of a fetch.
pub(in crate::state) fn fetched(
    state: &mut AppState,
    business: BusinessId,
    result: Result<BusinessToken, Failure>,
    cx: &mut Cx,
) {
    let Some(Open { workspace, .. }) = &mut state.open else {
        return;
    };
    workspace.note_sign_in(result.as_ref().err());
    workspace.clear_retry(Operation::FetchToken);
    // A cancelled fetch no longer has an entry, and its token is dropped.
    let Some(then) = workspace.tokens.end_fetch(business) else {
        return;
    };
    match result {
        Err(failure) => {
            let mut words = failure.explain(&state.zone);
            words.body = state.share.scrub(&words.body, &[]);
            workspace.tokens.fetch_failed(business, failure);
            let title = match then {
                TokenUse::Copy(_) => NOT_COPIED,
                TokenUse::Keep => "No new token",
            };
            let body = if words.title == NOT_COPIED {
                words.body
            } else {
                format!("{}. {}", words.title, words.body)
            };
            // Offer the action that can help, since a plain retry may only fail again.
            let trailing_link = match words.next {
                NextStep::TryAgain | NextStep::TryNow | NextStep::CheckNow => {
                    ToastAction::CopyToken(business)
                }
                NextStep::RefreshList => ToastAction::Refresh,
                NextStep::CheckCredentials => ToastAction::OpenKey,
                NextStep::CheckAddress => ToastAction::OpenSettings,
            };
            cx.toast(Toast::failed(title, body).offering(trailing_link));
        }
        Ok(token) => {
            let known = workspace.list.businesses().get(business);
            let name = known.as_ref().and_then(|row| row.title().cloned());
            let external_id = known.and_then(|row| row.external_id);
            state.fetched_tokens.insert(token.fingerprint);
            workspace.tokens.insert(token, name, external_id);
            workspace.tokens_changed(cx.now);
            match then {
                TokenUse::Copy(format) => hand_out(state, business, format, cx),
                TokenUse::Keep => {
                    let name = title_of(workspace, business, state.share);
                    let title = format!("New token for {name}");
                    let body = format!("{} left · not copied", left(workspace, business, cx.now));
                    let toast = Toast::done(title, body)
                        .offering(ToastAction::CopyToken(business))
                        .about(ToastSubject::NewToken(business));
                    cx.toast(toast);
                }
            }
        }
    }
}

const NOT_COPIED: &str = "Token not copied";

/// Copies a held token to the clipboard. The message follows once it is there.
fn hand_out(state: &mut AppState, business: BusinessId, format: TokenFormat, cx: &mut Cx) {
    let Some(open) = &mut state.open else {
        return;
    };
    let base = open.profile().environment.base_url();
    let held = open.workspace.tokens.get(business);
    let handout = held.and_then(|held| held.token.handout(format, &base, cx.now));
    let Some(handout) = handout else {
        // Only a token that was held until the answer arrived can have expired, because the computer slept in between.
        let body = "It had expired when it arrived. The clipboard is unchanged.";
        let again = ToastAction::CopyToken(business);
        cx.toast(Toast::failed(NOT_COPIED, body).offering(again));
        return;
    };
    let ticket = state.clipboard.next_ticket();
    open.copying = Some(Copying {
        ticket,
        business,
        format,
    });
    cx.push(TokenEffect::CopyHandout { ticket, handout });
}

/// Handles a token that was copied to the clipboard.
pub(super) fn copied(state: &mut AppState, cx: &mut Cx) {
    let now = cx.now;
    let stays = state.saved.settings.clipboard_time();
    state.clipboard.token_copied(now, stays);
    let Some(Open {
        workspace, copying, ..
    }) = &mut state.open
    else {
        return;
    };
    let Some(copying) = copying.take() else {
        return;
    };
    workspace
        .tokens
        .copied(copying.business, now.wall, copying.format);
    let environment = workspace.profile.environment.in_sentence();
    let (what, form) = match copying.format {
        TokenFormat::Raw => ("Token", ""),
        TokenFormat::Bearer => ("Token", " as a Bearer header"),
        TokenFormat::EnvLine => ("Token", " as an .env line"),
        TokenFormat::WidgetJson => ("Token", " as Widget JSON"),
        TokenFormat::Curl => ("curl command", ", which reads $THRED_TOKEN"),
    };
    let name = title_of(workspace, copying.business, state.share);
    let title = format!("{what} for {name} ({environment}) copied{form}");
    let unchecked = workspace
        .tokens
        .get(copying.business)
        .is_some_and(|held| held.token.checked == TokenCheck::NotChecked);
    // The status bar shows how long it stays on the clipboard.
    let body = format!(
        "{} left{}",
        left(workspace, copying.business, now),
        if unchecked { " · not checked" } else { "" },
    );
    state.toasts.dismiss_action(ToastAction::ClearClipboard);
    state
        .toasts
        .dismiss_action(ToastAction::CopyToken(copying.business));
    state
        .toasts
        .push_copied(now, Toast::done(title, body).naming(name));
    pins::opened(state, copying.business);
}

fn title_of(workspace: &Workspace, business: BusinessId, share: ShareMode) -> String {
    let held = workspace.tokens.get(business);
    let held = held.and_then(|held| held.name.clone());
    let known = || workspace.list.businesses().get(business)?.title().cloned();
    match share.name(business, held.or_else(known).as_ref()) {
        Some(name) => name.into_owned(),
        None => "a business without a name".to_owned(),
    }
}

fn left(workspace: &Workspace, business: BusinessId, now: Now) -> String {
    workspace
        .tokens
        .get(business)
        .map(|held| held.token.remaining(now.boot).as_secs())
        .map_or_else(String::new, |secs| {
            if secs >= 60 {
                minutes(secs / 60)
            } else {
                format!("{secs} s")
            }
        })
}
