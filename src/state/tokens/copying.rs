//! `T`: reuse or fetch, then copy, then say so.

use crate::domain::business::BusinessId;
use crate::domain::countdown::minutes;
use crate::domain::failure::Failure;
use crate::domain::profile::Profile;
use crate::domain::share::Share;
use crate::domain::time::Now;
use crate::domain::token::{BusinessToken, Checked, TokenFormat};
use crate::state::AppState;
use crate::state::effect::Effect;
use crate::state::session::workspace::Workspace;
use crate::state::shell::messages::ShellEffect;
use crate::state::shell::toasts::{ToastAction, ToastKind};
use crate::state::tokens::Then;
use crate::state::tokens::messages::TokenEffect;

/// Copies the token of a business, fetching it first unless a fresh one is at hand.
pub(in crate::state) fn copy(
    state: &mut AppState,
    business: BusinessId,
    format: Option<TokenFormat>,
    now: Now,
) -> Vec<Effect> {
    let mut effects = Vec::new();
    if let Some(format) = format.filter(|format| *format != state.saved.token_format) {
        state.saved.token_format = format;
        effects.push(Effect::Shell(ShellEffect::SavePreferences(
            state.saved.clone(),
        )));
    }
    let format = format.unwrap_or(state.saved.token_format);
    let floor = state.saved.settings.freshness_floor();
    let is_reusable = state
        .workspace
        .as_ref()
        .is_some_and(|workspace| workspace.tokens.is_reusable(business, floor, now.boot));
    effects.extend(if is_reusable {
        hand_out(state, business, format, now)
    } else {
        fetch(state, business, Then::Copy(format), now)
    });
    effects
}

/// Fetches a token, unless one is on its way already.
pub(in crate::state) fn fetch(
    state: &mut AppState,
    business: BusinessId,
    then: Then,
    now: Now,
) -> Vec<Effect> {
    let generation = state.generation;
    let begins = state
        .workspace
        .as_mut()
        .is_some_and(|workspace| workspace.tokens.begin_fetch(business, then, now.boot));
    if begins {
        vec![Effect::Token(TokenEffect::Fetch(generation, business))]
    } else {
        Vec::new()
    }
}

/// A token has arrived, or has not.
pub(in crate::state) fn fetched(
    state: &mut AppState,
    business: BusinessId,
    result: Result<BusinessToken, Failure>,
    now: Now,
) -> Vec<Effect> {
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    // A fetch that was cancelled has no entry any more, and its token is not wanted.
    let Some(then) = workspace.tokens.end_fetch(business) else {
        return Vec::new();
    };
    match result {
        Err(failure) => {
            let mut words = failure.explain(&state.zone);
            words.body = state.share.scrub(&words.body, &[]);
            workspace.tokens.refuse(business, failure);
            let title = match then {
                Then::Copy(_) => NOT_COPIED,
                Then::Keep => "No new token",
            };
            let body = if words.title == NOT_COPIED {
                words.body
            } else {
                format!("{}. {}", words.title, words.body)
            };
            state.toasts.push(
                now,
                ToastKind::Refused,
                title,
                body,
                Some(ToastAction::CopyToken(business)),
            );
            Vec::new()
        }
        Ok(token) => {
            let known = workspace.list.book().get(business);
            let name = known.as_ref().and_then(|row| row.title().cloned());
            let external_id = known.and_then(|row| row.external_id);
            workspace.tokens.insert(token, name, external_id);
            workspace.tokens_changed(now);
            match then {
                Then::Copy(format) => hand_out(state, business, format, now),
                Then::Keep => {
                    let name = title_of(workspace, business, state.share);
                    let title = format!("New token for {name}");
                    let body = format!("{} left · not copied", left(workspace, business, now));
                    state.toasts.push(
                        now,
                        ToastKind::Done,
                        title,
                        body,
                        Some(ToastAction::CopyToken(business)),
                    );
                    Vec::new()
                }
            }
        }
    }
}

const NOT_COPIED: &str = "Token not copied";

/// Puts a held token on the clipboard; what is said follows when it is there.
fn hand_out(
    state: &mut AppState,
    business: BusinessId,
    format: TokenFormat,
    now: Now,
) -> Vec<Effect> {
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    let base = workspace.profile.environment.base_url();
    let handout = workspace
        .tokens
        .get(business)
        .and_then(|held| held.token.handout(format, &base, now));
    let Some(handout) = handout else {
        // Only what was held until the answer came can be over by now: the machine slept meanwhile.
        let body = "It had expired when it arrived. The clipboard is as it was.";
        let again = Some(ToastAction::CopyToken(business));
        state
            .toasts
            .push(now, ToastKind::Refused, NOT_COPIED, body, again);
        return Vec::new();
    };
    let ticket = state.clipboard.next_ticket();
    state.copying = Some(Copying {
        ticket,
        profile: workspace.profile.clone(),
        business,
        format,
    });
    vec![Effect::Token(TokenEffect::CopyHandout { ticket, handout })]
}

/// A token that is being put on the clipboard.
#[derive(Debug)]
pub(in crate::state) struct Copying {
    pub(in crate::state) ticket: u64,
    pub(in crate::state) profile: Profile,
    pub(in crate::state) business: BusinessId,
    pub(in crate::state) format: TokenFormat,
}

/// The clipboard has taken the token.
pub(in crate::state) fn copied(state: &mut AppState, now: Now) {
    let stays = state.saved.settings.clipboard_time();
    state.clipboard.holds_ours(now, stays);
    let Some(copying) = state.copying.take() else {
        return;
    };
    let Some(workspace) = &mut state.workspace else {
        return;
    };
    workspace
        .tokens
        .copied(copying.business, now.wall, copying.format);
    let environment = workspace.profile.environment.name();
    let (what, form) = match copying.format {
        TokenFormat::Raw => ("Token", ""),
        TokenFormat::Bearer => ("Token", " as a Bearer header"),
        TokenFormat::EnvLine => ("Token", " as an .env line"),
        TokenFormat::WidgetJson => ("Token", " as Widget JSON"),
        TokenFormat::Curl => ("curl command", ", which reads $THRED_TOKEN"),
    };
    let title = format!(
        "{what} for {} ({environment}) copied{form}",
        title_of(workspace, copying.business, state.share)
    );
    let unchecked = workspace
        .tokens
        .get(copying.business)
        .is_some_and(|held| held.token.checked == Checked::NotChecked);
    let body = format!(
        "{} left{} · clipboard clears in {} s",
        left(workspace, copying.business, now),
        if unchecked { " · not checked" } else { "" },
        stays.as_secs(),
    );
    state.toasts.dismiss_action(ToastAction::ClearClipboard);
    state
        .toasts
        .dismiss_action(ToastAction::CopyToken(copying.business));
    state.toasts.push(
        now,
        ToastKind::Done,
        title,
        body,
        Some(ToastAction::ClearClipboard),
    );
}

fn title_of(workspace: &Workspace, business: BusinessId, share: Share) -> String {
    let held = workspace.tokens.get(business);
    let held = held.and_then(|held| held.name.clone());
    let known = || workspace.list.book().get(business)?.title().cloned();
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
