use std::time::Duration;

use super::fixture::*;
use crate::domain::environment::Environment;
use crate::domain::export::Format;
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::event::{Event, SessionEvent};
use crate::state::shell::messages::{FileFailure, SavedFile, ShellEvent};
use crate::state::shell::toasts::{Toast, ToastAction, Toasts};
use crate::state::tokens::messages::TokenCommand;

fn titles(toasts: &Toasts) -> Vec<&str> {
    toasts
        .shown()
        .iter()
        .map(|toast| toast.title.as_str())
        .collect()
}

#[test]
fn good_news_leaves_and_warnings_and_errors_stay() {
    for stays in [Toast::warning("stays", ""), Toast::failed("stays", "")] {
        let mut toasts = Toasts::default();
        toasts.push(secs(0), Toast::done("done", ""));
        toasts.push(secs(1), Toast::info("info", ""));
        toasts.push(secs(1), stays);
        assert_eq!(toasts.next_deadline(), Some(secs(6).boot));
        toasts.tick(at(Duration::from_secs(6) - Duration::from_nanos(1)));
        assert_eq!(toasts.shown().len(), 3);
        toasts.tick(secs(6));
        assert_eq!(titles(&toasts), ["info", "stays"]);
        toasts.tick(secs(1_000_000));
        assert_eq!(titles(&toasts), ["stays"]);
        assert_eq!(toasts.next_deadline(), None);
    }
}

#[test]
fn under_the_pointer_they_stay_and_then_begin_anew() {
    let mut toasts = Toasts::default();
    toasts.push(secs(0), Toast::done("done", ""));
    toasts.hold(true, secs(5));
    assert_eq!(toasts.next_deadline(), None);
    toasts.tick(secs(100));
    assert_eq!(titles(&toasts), ["done"]);
    toasts.hold(false, secs(100));
    assert_eq!(toasts.next_deadline(), Some(secs(106).boot));
    toasts.tick(secs(106));
    assert!(toasts.shown().is_empty());
}

#[test]
fn a_held_stack_that_is_emptied_holds_nothing_that_comes_later() {
    let mut toasts = Toasts::default();
    toasts.push(secs(0), Toast::done("done", ""));
    toasts.hold(true, secs(0));
    let id = toasts.shown()[0].id;
    toasts.dismiss(id);
    toasts.tick(secs(1));
    toasts.push(secs(2), Toast::done("later", ""));
    assert_eq!(toasts.next_deadline(), Some(secs(8).boot));
}

#[test]
fn saying_it_again_renews_it_and_three_are_enough() {
    let mut toasts = Toasts::default();
    for second in 0..3 {
        toasts.push(secs(second), Toast::done("same", format!("{second}")));
    }
    assert_eq!(titles(&toasts), ["same"]);
    assert_eq!(toasts.shown()[0].body, "2");
    for title in ["a", "b", "c"] {
        toasts.push(secs(3), Toast::done(title, ""));
    }
    assert_eq!(titles(&toasts), ["a", "b", "c"]);
}

#[test]
fn what_a_button_offers_goes_once_it_is_done() {
    let mut toasts = Toasts::default();
    toasts.push(
        secs(0),
        Toast::failed("key", "").offering(ToastAction::StoreKey),
    );
    toasts.push(
        secs(0),
        Toast::failed("acme", "").offering(ToastAction::CopyToken(ACME)),
    );
    toasts.push(
        secs(0),
        Toast::failed("zebra", "").offering(ToastAction::CopyToken(ZEBRA)),
    );
    toasts.dismiss_action(ToastAction::CopyToken(ACME));
    assert_eq!(titles(&toasts), ["key", "zebra"]);
}

#[test]
fn no_news_takes_the_place_of_an_error_that_nobody_has_read() {
    let mut toasts = Toasts::default();
    toasts.push(secs(0), Toast::failed("one", ""));
    for title in ["a", "b", "c", "d"] {
        toasts.push(secs(1), Toast::done(title, ""));
    }
    assert_eq!(titles(&toasts), ["one", "c", "d"]);
    toasts.push(secs(2), Toast::failed("two", ""));
    toasts.push(secs(2), Toast::failed("three", ""));
    assert_eq!(titles(&toasts), ["one", "two", "three"]);
    // Good news is shown beside them for its usual time.
    toasts.push(secs(3), Toast::done("e", ""));
    toasts.push(secs(3), Toast::done("f", ""));
    assert_eq!(titles(&toasts), ["one", "two", "three", "f"]);
    toasts.push(secs(4), Toast::failed("four", ""));
    assert_eq!(titles(&toasts), ["two", "three", "four"]);
}

#[test]
fn a_file_of_another_profile_is_not_saved_again_from_this_one() {
    for is_left in [false, true] {
        let mut state = signed_in();
        let profile = state.profile().unwrap().clone();
        if is_left {
            sign_in(&mut state, Environment::Staging);
        }
        let exported = ShellEvent::FileSaved {
            profile: Some(profile.clone()),
            what: SavedFile::List(Format::Csv),
            count: 1,
            result: Err(FileFailure::Io("The disk is full.".into())),
        };
        let saved = ShellEvent::FileSaved {
            profile: Some(profile),
            what: SavedFile::FailedRows(None),
            count: 2,
            result: Err(FileFailure::Io("The disk is full.".into())),
        };
        for event in [exported, saved] {
            state.event(Event::Shell(event), secs(1));
            let toast = state.toasts.shown().last().unwrap();
            assert_eq!(toast.action.is_none(), is_left, "{toast:?}");
        }
    }
}

#[test]
fn a_toast_about_a_new_token_leaves_with_the_token() {
    for (forgotten, stays) in [
        (TokenCommand::Forget(ACME), false),
        (TokenCommand::ForgetAll, false),
        (TokenCommand::ForgetExpired, true),
    ] {
        let mut state = signed_in();
        state.command(Command::Token(TokenCommand::FetchNew(ACME)), secs(1));
        let answer = SessionEvent::TokenFetched(ACME, Ok(token(ACME, secs(1), 3_600)));
        happens(&mut state, answer, secs(1));
        let is_shown = |state: &AppState| {
            let titles = titles(&state.toasts);
            titles
                .iter()
                .any(|title| title.starts_with("New token for"))
        };
        assert!(is_shown(&state));
        state.command(Command::Token(forgotten), secs(2));
        assert_eq!(is_shown(&state), stays);
    }
}
