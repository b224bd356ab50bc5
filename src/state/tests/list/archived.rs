//! What a check of the archive changes in the list.

use uuid::Uuid;

use super::super::fixture::*;
use super::{arrive, end, list, loaded};
use crate::domain::business::BusinessId;
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::effect::Effect;
use crate::state::event::SessionEvent;
use crate::state::list::messages::{ArchivedIds, ListCommand, ListEffect, ListEvent};

/// The archived businesses of a check for which these effects ask.
fn archived(effects: &[Effect], ids: &[u128], is_exact: bool) -> SessionEvent {
    let number = effects.iter().find_map(|effect| match effect {
        Effect::List(ListEffect::CheckArchived(_, number)) => Some(*number),
        _ => None,
    });
    let ids = ids.iter().map(|id| BusinessId(Uuid::from_u128(*id)));
    let read = ArchivedIds {
        ids: ids.collect(),
        is_exact,
    };
    SessionEvent::List(ListEvent::ArchivedRead(number.unwrap(), Ok(Some(read))))
}

#[test]
fn the_pin_of_an_archived_business_stays_unless_the_whole_archive_lacks_it() {
    let pinned = |n| BusinessId(Uuid::from_u128(n));
    let mut state = loaded(1..6);
    for n in [4, 5] {
        state.command(Command::List(ListCommand::TogglePin(pinned(n))), secs(3));
    }
    let reload = |state: &mut AppState| {
        state.command(Command::List(ListCommand::Refresh), secs(5));
        arrive(state, 1..4, 3);
        end(state, 3, 3)
    };
    let is_pinned = |state: &AppState, n| list(state).shortlist.is_pinned(pinned(n));
    let effects = reload(&mut state);
    assert!(is_pinned(&state, 4) && is_pinned(&state, 5), "not read yet");
    happens(&mut state, archived(&effects, &[], false), secs(6));
    assert!(is_pinned(&state, 4) && is_pinned(&state, 5), "not all");
    let effects = reload(&mut state);
    happens(&mut state, archived(&effects, &[5], true), secs(6));
    assert!(!is_pinned(&state, 4) && is_pinned(&state, 5));
}

#[test]
fn a_check_of_the_archive_that_a_refresh_has_overtaken_changes_nothing() {
    let mut state = loaded(1..6);
    state.command(Command::List(ListCommand::Refresh), secs(5));
    arrive(&mut state, 1..6, 5);
    let effects = end(&mut state, 5, 5);
    state.command(Command::List(ListCommand::Refresh), secs(6));
    happens(&mut state, archived(&effects, &[1], true), secs(7));
    assert!(!list(&state).is_archived(BusinessId(Uuid::from_u128(1))));
}

#[test]
fn an_incomplete_check_of_the_archive_takes_no_status_away() {
    let mut state = loaded(1..6);
    let reload = |state: &mut AppState| {
        state.command(Command::List(ListCommand::Refresh), secs(5));
        arrive(state, 1..6, 5);
        end(state, 5, 5)
    };
    let effects = reload(&mut state);
    happens(&mut state, archived(&effects, &[1, 2], true), secs(6));
    let effects = reload(&mut state);
    happens(&mut state, archived(&effects, &[2], false), secs(6));
    assert!(list(&state).is_archived(BusinessId(Uuid::from_u128(1))));
}

#[test]
fn a_row_that_the_archive_hides_is_not_selected() {
    let mut state = loaded(1..6);
    let filter = ListCommand::SetFilter("is:active ".into());
    state.command(Command::List(ListCommand::Refresh), secs(5));
    let rows = (1..6).map(|id| {
        let mut row = row(id, &format!("b{id:03}"));
        row.is_active = Some(true);
        row.into()
    });
    let rows = ListEvent::Rows {
        rows: rows.collect(),
        total: Some(5),
    };
    happens(&mut state, SessionEvent::List(rows), secs(5));
    let effects = end(&mut state, 5, 5);
    state.command(Command::List(filter), secs(6));
    state.command(Command::List(ListCommand::SelectAll), secs(6));
    assert_eq!(state.workspace().unwrap().selected_rows.several(), Some(5));
    happens(&mut state, archived(&effects, &[1, 2], true), secs(7));
    assert_eq!(list(&state).shown_count(), 3);
    assert_eq!(state.workspace().unwrap().selected_rows.several(), Some(3));
}
