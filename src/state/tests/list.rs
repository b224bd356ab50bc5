mod archived;

use jiff::tz::TimeZone;
use proptest::prelude::*;
use uuid::Uuid;

use super::fixture::*;
use crate::domain::business::{Business, BusinessId};
use crate::domain::failure::{FailureKind, Operation, Unreachable};
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::effect::Effect;
use crate::state::event::{Event, SessionEvent};
use crate::state::list::messages::{
    ListCommand, ListEffect, ListEvent, ListOutcome, SelectionMove,
};
use crate::state::list::{ListColumn, Listing};
use crate::state::shell::messages::ShellEvent;

fn list(state: &AppState) -> &Listing {
    &state.workspace().unwrap().list
}

fn arrive(state: &mut AppState, ids: impl IntoIterator<Item = u128>, total: u64) {
    let rows = ids
        .into_iter()
        .map(|id| row(id, &format!("b{id:03}")).into())
        .collect();
    happens(
        state,
        SessionEvent::List(ListEvent::Rows {
            rows,
            total: Some(total),
        }),
        secs(1),
    );
    // As in each frame.
    state.tick(secs(1));
}

fn end(state: &mut AppState, stated: u64, received: u64) -> Vec<Effect> {
    let outcome = ListOutcome {
        stated: Some(stated),
        received,
        is_exact: stated == received,
    };
    load_ends(state, Ok(outcome), secs(2))
}

/// A list with these businesses, fully loaded.
fn loaded(ids: std::ops::Range<u128>) -> AppState {
    let mut state = signed_in();
    state.command(Command::List(ListCommand::Refresh), secs(1));
    let count = ids.clone().count() as u64;
    arrive(&mut state, ids, count);
    end(&mut state, count, count);
    state
}

#[test]
fn progress_counts_what_has_come_in_this_run() {
    let mut state = loaded(1..11);
    state.command(Command::List(ListCommand::Refresh), secs(5));
    arrive(&mut state, 1..4, 12);
    let progress = list(&state).loading.progress(secs(7).boot).unwrap();
    assert_eq!(
        (progress.loaded, progress.total, progress.elapsed.as_secs()),
        (3, Some(12), 2)
    );
    assert_eq!(list(&state).shown_count(), 10, "the old rows stay");
    assert!(
        state
            .command(Command::List(ListCommand::Refresh), secs(8))
            .is_empty(),
        "one load at a time"
    );
}

#[test]
fn what_is_no_longer_listed_goes_at_the_end_and_only_then() {
    let mut state = loaded(1..6);
    state.command(Command::List(ListCommand::Refresh), secs(5));
    arrive(&mut state, [2, 3, 4, 5, 6], 5);
    assert_eq!(list(&state).shown_count(), 6);
    end(&mut state, 5, 5);
    assert_eq!(list(&state).shown_count(), 5);
    assert!(
        list(&state)
            .businesses()
            .get(BusinessId(Uuid::from_u128(1)))
            .is_none()
    );
}

#[test]
fn a_list_with_holes_drops_nothing_and_says_how_many_are_missing() {
    let mut state = loaded(1..6);
    state.command(Command::List(ListCommand::Refresh), secs(5));
    arrive(&mut state, [1, 2], 5);
    end(&mut state, 5, 2);
    assert_eq!(
        (list(&state).shown_count(), list(&state).loading.missing()),
        (5, 3)
    );
}

#[test]
fn the_end_of_a_stopped_load_does_not_end_the_next() {
    let mut state = loaded(1..6);
    state.command(
        Command::List(ListCommand::TogglePin(BusinessId(Uuid::from_u128(5)))),
        secs(3),
    );
    state.command(Command::List(ListCommand::Refresh), secs(5));
    let stopped = list(&state).loading.number();
    state.command(Command::List(ListCommand::StopLoading), secs(5));
    state.command(Command::List(ListCommand::Refresh), secs(5));
    arrive(&mut state, [1], 5);
    let outcome = ListOutcome {
        stated: Some(1),
        received: 1,
        is_exact: true,
    };
    let late = ListEvent::Ended(stopped, Ok(outcome));
    happens(&mut state, SessionEvent::List(late), secs(6));
    assert!(list(&state).loading.is_running());
    assert_eq!(list(&state).shown_count(), 5);
    assert!(
        list(&state)
            .shortlist
            .is_pinned(BusinessId(Uuid::from_u128(5)))
    );
}

#[test]
fn a_load_that_fails_or_is_stopped_drops_nothing() {
    let mut state = loaded(1..6);
    state.command(Command::List(ListCommand::Refresh), secs(5));
    arrive(&mut state, [1], 5);
    let offline = failure(
        FailureKind::Unreachable(Unreachable::Refused),
        Operation::ListBusinesses,
    );
    load_ends(&mut state, Err(offline), secs(6));
    assert_eq!(list(&state).shown_count(), 5);
    assert!(
        list(&state)
            .loading
            .failure()
            .is_some_and(crate::domain::failure::Failure::is_offline)
    );

    state.command(Command::List(ListCommand::Refresh), secs(7));
    assert!(
        list(&state).loading.failure().is_some(),
        "told until something arrives"
    );
    arrive(&mut state, [1], 5);
    assert!(list(&state).loading.failure().is_none());
    assert!(matches!(
        state.command(Command::List(ListCommand::StopLoading), secs(8))[..],
        [Effect::List(ListEffect::StopLoading)]
    ));
    // This page was in the inbox before loading stopped.
    arrive(&mut state, [2], 5);
    end(&mut state, 5, 2);
    assert!(list(&state).loading.was_stopped());
    assert_eq!(list(&state).shown_count(), 5);
}

#[test]
fn a_rejected_key_is_told_until_a_request_succeeds() {
    let mut state = loaded(1..6);
    let is_told = |state: &AppState| state.workspace().unwrap().sign_in_failure.is_some();
    for kind in [
        FailureKind::KeyRejected,
        FailureKind::Unreachable(Unreachable::Refused),
        // The failed request may have been the sign-in itself.
        FailureKind::ServiceDown { retry_after: None },
    ] {
        state.command(Command::List(ListCommand::Refresh), secs(5));
        let failed = Err(failure(kind, Operation::ListBusinesses));
        load_ends(&mut state, failed, secs(6));
        assert!(is_told(&state));
    }
    state.command(Command::List(ListCommand::Refresh), secs(7));
    assert!(is_told(&state), "no answer yet");
    end(&mut state, 5, 5);
    assert!(!is_told(&state));
}

#[test]
fn a_withdrawn_business_goes_with_the_load_that_withdrew_it() {
    let mut state = signed_in();
    state.command(Command::List(ListCommand::Refresh), secs(0));
    arrive(&mut state, 1..6, 5);
    happens(
        &mut state,
        SessionEvent::List(ListEvent::Gone(vec![ACME])),
        secs(1),
    );
    assert_eq!(list(&state).shown_count(), 5, "at the end");
    end(&mut state, 4, 4);
    assert_eq!(list(&state).shown_count(), 4);
}

#[test]
fn the_selection_stays_with_its_business_through_everything() {
    let mut state = loaded(1..6);
    state.command(
        Command::List(ListCommand::SortBy(ListColumn::Name)),
        secs(3),
    );
    state.command(
        Command::List(ListCommand::MoveSelection(SelectionMove::First)),
        secs(3),
    );
    let selected = state.workspace().unwrap().selected;
    assert_eq!(selected, Some(ACME));
    state.command(
        Command::List(ListCommand::SortBy(ListColumn::Name)),
        secs(3),
    );
    state.command(Command::List(ListCommand::Refresh), secs(4));
    arrive(&mut state, 1..9, 8);
    end(&mut state, 8, 8);
    assert_eq!(state.workspace().unwrap().selected, selected);
    assert_eq!(list(&state).position_of(ACME), Some(7), "now the last");
    state.command(
        Command::List(ListCommand::MoveSelection(SelectionMove::By(-1))),
        secs(5),
    );
    assert_eq!(
        state.workspace().unwrap().selected,
        Some(BusinessId(Uuid::from_u128(2)))
    );
    state.command(
        Command::List(ListCommand::MoveSelection(SelectionMove::By(100))),
        secs(5),
    );
    assert_eq!(state.workspace().unwrap().selected, Some(ACME));
}

#[test]
fn a_pasted_id_is_asked_for_once_and_only_if_it_is_not_there() {
    let mut state = loaded(2..6);
    let known = state.command(
        Command::List(ListCommand::SetFilter(ZEBRA.to_string())),
        secs(3),
    );
    assert!(
        matches!(
            known[..],
            [Effect::List(ListEffect::ReadBusiness(_, ZEBRA))]
        ),
        "it is selected, and its details are read: {known:?}"
    );
    let asked = state.command(
        Command::List(ListCommand::SetFilter(format!(" {ACME} "))),
        secs(3),
    );
    assert!(
        matches!(asked[..], [Effect::List(ListEffect::LookUp(_, ACME))]),
        "{asked:?}"
    );
    assert!(
        state
            .command(
                Command::List(ListCommand::SetFilter(ACME.to_string())),
                secs(3)
            )
            .is_empty()
    );
}

proptest! {
    /// However pages repeat or omit rows, a complete load leaves exactly the rows that it returned.
    #[test]
    fn a_complete_run_leaves_what_it_brought(
        runs in proptest::collection::vec(proptest::collection::vec(proptest::collection::vec(0_u128..40, 0..8), 0..8), 1..4),
    ) {
        let mut state = signed_in();
        for pages in runs {
            state.command(Command::List(ListCommand::Refresh), secs(1));
            let mut brought = std::collections::BTreeSet::new();
            for page in pages {
                brought.extend(page.iter().copied());
                let mut page = page;
                page.sort_unstable();
                page.dedup();
                arrive(&mut state, page, 40);
            }
            let count = brought.len() as u64;
            end(&mut state, count, count);
            let list = list(&state);
            let shown: std::collections::BTreeSet<u128> =
                (0..list.shown_count()).filter_map(|place| list.shown(place)).map(|row| row.id.0.as_u128()).collect();
            prop_assert_eq!(&shown, &brought);
            prop_assert_eq!(list.shown_count(), brought.len(), "each once");
            for place in 0..list.shown_count() {
                let id = list.shown(place).unwrap().id;
                prop_assert_eq!(list.position_of(id), Some(place));
            }
        }
    }
}

#[test]
fn a_filter_by_days_is_read_anew_in_another_time_zone() {
    let mut state = signed_in();
    // In UTC it is already the new year, five hours west still the old one.
    let early = Business {
        created_at: Some("2026-01-01T02:00:00Z".parse().unwrap()),
        ..row(1, "Acme Ltd")
    };
    let rows = ListEvent::Rows {
        rows: vec![early.into()],
        total: Some(1),
    };
    happens(&mut state, SessionEvent::List(rows), secs(1));
    state.tick(secs(1));
    let filter = ListCommand::SetFilter("created:2026".to_owned());
    state.command(Command::List(filter), secs(1));
    assert_eq!(list(&state).shown_count(), 1);
    let move_to = |state: &mut AppState, zone| {
        state.event(Event::Shell(ShellEvent::ZoneChanged(zone)), secs(2));
    };
    move_to(&mut state, TimeZone::fixed(jiff::tz::offset(-5)));
    assert_eq!(list(&state).shown_count(), 0);
    move_to(&mut state, TimeZone::UTC);
    assert_eq!(list(&state).shown_count(), 1);
}

#[test]
fn selected_rows_that_have_left_the_list_do_not_count() {
    let mut state = loaded(0..5);
    state.command(Command::List(ListCommand::SelectAll), secs(3));
    let several = |state: &AppState| state.workspace().unwrap().selected_rows.several();
    assert_eq!(several(&state), Some(5));
    state.command(Command::List(ListCommand::Refresh), secs(4));
    arrive(&mut state, 0..1, 1);
    end(&mut state, 1, 1);
    assert_eq!(several(&state), None);
}
