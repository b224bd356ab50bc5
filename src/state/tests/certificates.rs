//! Answers about certificate files that come late.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::fixture::*;
use crate::domain::network::CaFile;
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::effect::Effect;
use crate::state::event::Event;
use crate::state::shell::messages::{SettingsCommand, SettingsEffect, SettingsEvent};

/// Chooses a file, and returns the number of its reading.
fn choose(state: &mut AppState, path: &str) -> u64 {
    let chosen = SettingsEvent::CaChosen(Ok(Some(PathBuf::from(path))));
    let effects = state.event(Event::Settings(chosen), secs(1));
    match effects[..] {
        [Effect::Settings(SettingsEffect::ReadCaFile(number, _))] => number,
        _ => panic!("{effects:?}"),
    }
}

fn was_read(state: &mut AppState, number: u64, path: &str) -> Vec<Effect> {
    let file = CaFile {
        path: PathBuf::from(path),
        certificates: Vec::new(),
    };
    let read = SettingsEvent::CaRead(number, file.path.clone(), Ok(Arc::new(file)));
    state.event(Event::Settings(read), secs(2))
}

fn trusted(state: &AppState) -> (Option<&Path>, Option<&Path>) {
    let in_use = state.connection.ca.as_ref().map(|ca| ca.path.as_path());
    (in_use, state.saved.settings.ca_file.as_deref())
}

#[test]
fn a_file_that_is_removed_while_it_is_read_is_not_trusted() {
    let mut state = signed_out();
    let number = choose(&mut state, "/one.pem");
    state.command(Command::Settings(SettingsCommand::RemoveCaFile), secs(1));
    let effects = was_read(&mut state, number, "/one.pem");
    assert!(effects.is_empty(), "{effects:?}");
    assert_eq!(trusted(&state), (None, None));
}

#[test]
fn the_file_that_was_chosen_last_counts_whichever_is_read_first() {
    let mut state = signed_out();
    let first = choose(&mut state, "/one.pem");
    let last = choose(&mut state, "/two.pem");
    was_read(&mut state, last, "/two.pem");
    was_read(&mut state, first, "/one.pem");
    let two = Path::new("/two.pem");
    assert_eq!(trusted(&state), (Some(two), Some(two)));
}
