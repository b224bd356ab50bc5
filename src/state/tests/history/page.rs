//! The page with the history: reading the files, the filter, the limit.

use super::*;

fn line(number: u128) -> HistoryLine {
    let id = BusinessId(Uuid::from_u128(number));
    HistoryLine::new(HistoryEntry::new(secs(0).wall, None, HistoryAction::Edited).about(id, None))
}

#[test]
fn the_files_are_read_at_each_visit_and_nothing_is_shown_twice() {
    let mut state = signed_in();
    let effects = state.command(
        Command::Shell(ShellCommand::ShowPage(Page::History)),
        secs(1),
    );
    assert!(matches!(
        effects[..],
        [Effect::History(HistoryEffect::Read)]
    ));
    // Entries made during the read are written after what is being read.
    state.command(Command::Session(SessionCommand::SignOut), secs(2));
    let whose = state.history.all_matching()[1].profile.clone();
    let old = HistoryLine::new(HistoryEntry::new(
        secs(0).wall,
        whose,
        HistoryAction::SignedIn,
    ));
    let read = ReadLines {
        lines: vec![line(1), line(2), old],
        unreadable: 1,
    };
    let event = HistoryEvent::Read {
        read,
        problem: None,
    };
    state.event(Event::History(event), secs(3));
    let actions: Vec<HistoryAction> = recorded(&state).iter().map(|(action, _)| *action).collect();
    assert_eq!(
        actions,
        [
            HistoryAction::Edited,
            HistoryAction::Edited,
            HistoryAction::SignedIn,
            HistoryAction::SignedOut
        ]
    );
    assert_eq!(state.history.unreadable, 1);
    sign_in(&mut state, Environment::Sandbox);
    let effects = state.command(
        Command::Shell(ShellCommand::ShowPage(Page::History)),
        secs(9),
    );
    assert!(matches!(
        effects[..],
        [Effect::History(HistoryEffect::Read)]
    ));
    let exported = HistoryEntry::new(secs(8).wall, None, HistoryAction::Exported);
    state.history.push(exported, &state.zone);
    // A command has written a line before the last one of this console.
    let known = state.history.len();
    let all = state.history.all_matching().into_iter().rev();
    let mut lines: Vec<HistoryLine> = all.map(HistoryLine::new).collect();
    let of_command = HistoryEntry::new(secs(3).wall, None, HistoryAction::TokenOnCommandLine);
    lines.insert(known - 1, HistoryLine::new(of_command));
    let read = ReadLines {
        lines,
        unreadable: 0,
    };
    let event = HistoryEvent::Read {
        read,
        problem: None,
    };
    state.event(Event::History(event), secs(9));
    assert_eq!(state.history.len(), known + 1);
    let newest: Vec<HistoryAction> = recorded(&state)[known - 2..]
        .iter()
        .map(|(action, _)| *action)
        .collect();
    assert_eq!(
        newest,
        [
            HistoryAction::SignedIn,
            HistoryAction::TokenOnCommandLine,
            HistoryAction::Exported
        ]
    );
}

#[test]
fn filter_and_selection_go_by_the_entry_and_what_comes_joins_them() {
    let mut state = signed_in();
    state.command(Command::Session(SessionCommand::SignOut), secs(1));
    sign_in(&mut state, Environment::Staging);
    let ask = |state: &mut AppState, command| {
        state.command(Command::History(command), secs(2));
    };
    ask(&mut state, HistoryCommand::SetFilter("SIGN-IN".into()));
    assert_eq!(state.history.shown_count(), 2);
    // Row 0 is the heading of the day.
    ask(&mut state, HistoryCommand::Select(Some(0)));
    assert_eq!(state.history.selected_row(), Some(1));
    state.command(Command::Session(SessionCommand::SignOut), secs(3));
    assert_eq!(state.history.selected_row(), Some(1), "it does not match");
    sign_in(&mut state, Environment::Sandbox);
    assert_eq!(state.history.shown_count(), 3);
    assert_eq!(state.history.selected_row(), Some(2), "it moves down");
    ask(&mut state, HistoryCommand::ShowOnly(ActionGroup::Failures));
    assert_eq!(state.history.shown_count(), 0);
    assert_eq!(state.history.selected_row(), None);
}

#[test]
fn fifty_thousand_entries_are_the_most_and_the_oldest_go() {
    let mut state = signed_in();
    state.command(
        Command::Shell(ShellCommand::ShowPage(Page::History)),
        secs(0),
    );
    let lines = (0..60_000).map(line).collect();
    let read = ReadLines {
        lines,
        unreadable: 0,
    };
    let event = HistoryEvent::Read {
        read,
        problem: None,
    };
    state.event(Event::History(event), secs(1));
    assert_eq!(state.history.len(), 45_000);
    assert_eq!(
        newest(&state).action,
        HistoryAction::SignedIn,
        "of this session"
    );
    assert_eq!(
        state.history.all_matching()[1].business,
        Some(BusinessId(Uuid::from_u128(59_999)))
    );
}
