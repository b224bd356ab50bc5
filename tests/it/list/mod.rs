//! The list of businesses: loading, refreshing, filtering and its details.

mod archived;
mod arriving;
mod columns;
mod detail;
mod filter;
mod pane;
mod pins;
mod refresh;
mod renewal;
mod row_menu;
mod scripts;
mod selection;
mod terms;
mod trouble;

use crate::support::{Answer, Console, Fault, On, RunGate, Setup};

/// Whether the whole list is loaded.
fn is_loaded(console: &Console) -> bool {
    console
        .state()
        .workspace()
        .is_some_and(|workspace| !workspace.list.loading.is_running())
}

/// Signs in and waits for `condition` instead of the whole list.
fn signed_in_until(
    setup: Setup,
    prepare: impl FnOnce(&Console),
    what: &str,
    condition: impl Fn(&Console) -> bool,
) -> Console {
    let mut console = Console::start(setup);
    prepare(&console);
    console.sign_in();
    console.wait_for(what, condition);
    console
}

/// Signs in and waits for the first page with its `rows` rows. The other pages wait at the gate.
fn with_first_page(setup: Setup, rows: usize, gate: &RunGate) -> Console {
    let hold = |console: &Console| {
        let later = On::matching(|seen| seen.page() > 1);
        let held = Answer::real().held_by(gate);
        console.server.fault(later, Fault::Always(held));
    };
    signed_in_until(setup, hold, "the first page", |console| {
        console.workspace().list.shown_count() == rows
    })
}
