//! `next_deadline` is exact: nothing on screen changes before it, and something does at it.

use std::time::Duration;

use proptest::prelude::*;
use uuid::Uuid;

use super::fixture::*;
use crate::domain::business::BusinessId;
use crate::domain::failure::{FailureKind, Operation};
use crate::domain::request_notice::RequestNotice;
use crate::domain::time::{Now, secs_rounded_up};
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::event::SessionEvent;
use crate::state::list::messages::ListCommand;
use crate::state::session::attempt::Attempt;
use crate::state::shell::loading_stage::LoadingStage;
use crate::state::shell::messages::{Page, ShellCommand};
use crate::state::shell::toasts::Toast;
use crate::state::tokens::messages::TokenCommand;

/// Everything on screen that changes by itself, as text.
fn shown(state: &AppState, now: Now) -> Vec<String> {
    let mut shown = Vec::new();
    let waited = |elapsed: Duration| {
        let stage = LoadingStage::after(elapsed);
        let secs = (stage == LoadingStage::Long).then_some(elapsed.as_secs());
        format!("{stage:?} {secs:?}")
    };
    if let Some(since) = state.attempt().and_then(Attempt::waiting_since) {
        shown.push(waited(now.boot.saturating_since(since)));
    }
    shown.extend(
        state
            .toasts
            .shown()
            .iter()
            .map(|toast| format!("toast {:?}", toast.id)),
    );
    shown.push(format!(
        "clipboard {:?}",
        state.clipboard.seconds_left(now.boot)
    ));
    shown.push(format!("{:?}", state.announcements.current()));
    let Some(workspace) = state.workspace() else {
        return shown;
    };
    if let Some(progress) = workspace.list.loading.progress(now.boot) {
        shown.push(waited(progress.elapsed));
    }
    if let Some(retry) = &workspace.retry {
        shown.push(format!(
            "retry {}",
            secs_rounded_up(retry.at.saturating_since(now.boot))
        ));
    }
    for held in workspace.tokens.by_expiry() {
        let countdown = held.countdown(now.boot);
        shown.push(format!(
            "{:?} {} {}",
            countdown.phase, countdown.text, countdown.ago
        ));
    }
    for id in [ACME, ZEBRA] {
        // Before the last stage, the text of a fetch is always "Fetching…".
        let elapsed = workspace
            .tokens
            .fetch(id)
            .map(|fetch| now.boot.saturating_since(fetch.since));
        let long = elapsed.filter(|elapsed| LoadingStage::after(*elapsed) == LoadingStage::Long);
        shown.push(format!("fetch {:?}", long.map(|elapsed| elapsed.as_secs())));
    }
    shown
}

#[derive(Debug, Clone)]
struct Scene {
    tokens: Vec<(u64, i64)>,
    copied: Option<u64>,
    toasts: Vec<(u64, bool)>,
    loading: Option<u64>,
    retry: Option<(u64, u64)>,
    fetching: Option<u64>,
    /// In milliseconds. Everything above happens before this time.
    now: u64,
}

fn scene() -> impl Strategy<Value = Scene> {
    let past = || 0_u64..90_000;
    let tokens = proptest::collection::vec((past(), 20_i64..4_000), 0..3);
    let toasts = proptest::collection::vec((past(), any::<bool>()), 0..3);
    let maybe = || proptest::option::of(past());
    let retry = proptest::option::of((past(), 0_u64..120_000));
    (
        tokens,
        maybe(),
        toasts,
        maybe(),
        retry,
        maybe(),
        90_000_u64..4_000_000,
    )
        .prop_map(
            |(tokens, copied, toasts, loading, retry, fetching, now)| Scene {
                tokens,
                copied,
                toasts,
                loading,
                retry,
                fetching,
                now,
            },
        )
}

impl Scene {
    fn build(&self) -> AppState {
        let ms = |ms| at(Duration::from_millis(ms));
        let mut state = signed_in();
        if let Some(since) = self.loading {
            state.command(Command::List(ListCommand::Refresh), ms(since));
        }
        if let Some((since, wait)) = self.retry {
            let event = SessionEvent::Request(RequestNotice::Retrying {
                operation: Operation::FetchToken,
                resumes_in: Duration::from_millis(wait),
                failure: failure(
                    FailureKind::ServiceDown { retry_after: None },
                    Operation::FetchToken,
                ),
            });
            happens(&mut state, event, ms(since));
        }
        let workspace = &mut state.open.as_mut().unwrap().workspace;
        for (number, (requested, life)) in self.tokens.iter().enumerate() {
            let id = BusinessId(Uuid::from_u128(100 + number as u128));
            workspace
                .tokens
                .insert(token(id, ms(*requested), *life), None, None);
        }
        if let Some(since) = self.fetching {
            state.command(Command::Token(TokenCommand::FetchNew(ZEBRA)), ms(since));
        }
        if let Some(since) = self.copied {
            let stays = state.saved.settings.clipboard_time();
            state.clipboard.token_copied(ms(since), stays);
        }
        for (number, (since, is_error)) in self.toasts.iter().enumerate() {
            let title = format!("{number}");
            let toast = if *is_error {
                Toast::failed(title, "")
            } else {
                Toast::done(title, "")
            };
            state.toasts.push(ms(*since), toast);
        }
        state
    }
}

/// Ticks once, as each frame does.
fn tick(state: &mut AppState, now: Now) {
    state.tick(now);
}

fn check(mut state: AppState, mut now: Duration, rounds: usize) -> Result<(), TestCaseError> {
    tick(&mut state, at(now));
    for _ in 0..rounds {
        let before = shown(&state, at(now));
        let Some(deadline) = state.next_deadline(at(now)) else {
            // Without a deadline, nothing ever changes.
            tick(&mut state, at(now + Duration::from_secs(1_000_000)));
            prop_assert_eq!(
                shown(&state, at(now + Duration::from_secs(1_000_000))),
                before
            );
            return Ok(());
        };
        let wait = deadline.saturating_since(at(now).boot);
        prop_assert!(
            !wait.is_zero(),
            "a frame that asks for itself at once is a loop: {:?}",
            before
        );
        for part in [
            wait / 3,
            wait / 2,
            wait.saturating_sub(Duration::from_nanos(1)),
        ] {
            tick(&mut state, at(now + part));
            prop_assert_eq!(
                shown(&state, at(now + part)),
                before.clone(),
                "changed before its time"
            );
        }
        now += wait;
        tick(&mut state, at(now));
        prop_assert_ne!(
            shown(&state, at(now)),
            before,
            "drawn for nothing after {:?}",
            wait
        );
    }
    Ok(())
}

proptest! {
    #[test]
    fn the_deadline_of_a_session_is_exact(scene in scene()) {
        check(scene.build(), Duration::from_millis(scene.now), 12)?;
    }

    #[test]
    fn the_deadline_of_a_sign_in_is_exact(since_ms in 0_u64..5_000) {
        let mut state = signed_out();
        let since = Duration::from_millis(since_ms);
        state.command(sign_in_command(), at(since));
        check(state, since, 20)?;
    }
}

#[test]
fn without_anything_to_change_there_is_no_deadline() {
    assert_eq!(signed_out().next_deadline(secs(5)), None);
    assert_eq!(signed_in().next_deadline(secs(5)), None);
}

#[test]
fn pages_that_name_days_change_at_midnight() {
    let (evening, midnight) = (secs(23 * 3_600), secs(24 * 3_600).boot);
    for (page, has_days) in [
        (Page::History, true),
        (Page::Overview, true),
        (Page::Businesses, false),
        (Page::Tokens, false),
    ] {
        let mut state = signed_in();
        state.command(Command::Shell(ShellCommand::ShowPage(page)), evening);
        let expected = has_days.then_some(midnight);
        assert_eq!(state.next_deadline(evening), expected, "{page:?}");
    }
}
