//! Fetching, reusing, copying and forgetting tokens.

use std::time::Duration;

use egui::Key;

use crate::support::{Answer, Console, Fault, On, RunGate, Setup};

#[test]
fn t_fetches_copies_and_says_so_once() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let token = console.copy_token();
    assert_eq!(token.split('.').count(), 3, "a JWT");
    assert!(console.clipboard.is_excluded_from_history());
    assert_eq!(console.token_requests(), 1);
    let titles: Vec<&str> = console
        .toasts()
        .iter()
        .map(|toast| toast.title.as_str())
        .collect();
    assert_eq!(
        titles,
        [console.with_host("Token for Acme Ltd (Custom) copied")]
    );
    assert_eq!(console.toast().body, "59 min left");
    console.assert_shows("Token for Acme Ltd (Custom) copied. 59 min left");
    console.assert_shows("Valid for this business only");
}

#[test]
fn a_second_t_while_fetching_does_nothing_more() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let gate = RunGate::closed();
    console
        .server
        .fault(On::Token, Fault::Always(Answer::real().held_by(&gate)));
    console.press(Key::T);
    console.until_log(|log| log.count(&On::Token) == 1);
    console.press(Key::T);
    console.press(Key::T);
    console.assert_shows("Fetching…");
    assert!(console.toasts().is_empty(), "never optimistic");
    gate.open();
    console.wait_for("the copy", |console| {
        console.clipboard.copies() == 1 && !console.toasts().is_empty()
    });
    assert_eq!((console.token_requests(), console.toasts().len()), (1, 1));
}

#[test]
fn a_token_with_a_quarter_of_an_hour_left_is_reused_and_one_with_less_is_not() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let first = console.copy_token();
    // A token lasts an hour less a margin of 5 s.
    console.pass(Duration::from_secs(3_595 - 900));
    assert_eq!(console.copy_token(), first);
    assert_eq!(console.token_requests(), 1);
    assert_eq!(console.toast().body, "15 min left");

    console.pass(Duration::from_secs(1));
    console.copy_token();
    assert_eq!(console.token_requests(), 2);
    assert_eq!(console.toast().body, "59 min left");
}

#[test]
fn the_floor_that_is_set_counts_also_where_it_is_half_of_a_life() {
    let mut setup = Setup::default();
    setup.settings.freshness_minutes = 30;
    let mut console = Console::at_business(setup, "Acme Ltd");
    let first = console.copy_token();
    // A token lasts an hour less a margin of 5 s.
    console.pass(Duration::from_secs(3_595 - 30 * 60));
    assert_eq!(console.copy_token(), first);
    console.pass(Duration::from_secs(2 * 60));
    assert_ne!(console.copy_token(), first, "28 min are less than 30");
    assert_eq!(console.token_requests(), 2);
}

#[test]
fn each_business_has_a_token_of_its_own() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let acme = console.copy_token();
    console.select("Zebra Zoo");
    let zebra = console.copy_token();
    assert_ne!(acme, zebra);
    assert_eq!(console.workspace().tokens.len(), 2);
    console.select("Acme Ltd");
    assert_eq!(console.copy_token(), acme);
    assert_eq!(console.token_requests(), 2);
}

#[test]
fn renewing_fetches_without_copying_and_t_meanwhile_copies_what_comes() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.press(Key::R);
    console.wait_for_text("New token for Acme Ltd");
    assert_eq!(
        (console.token_requests(), console.clipboard.copies()),
        (1, 0)
    );

    console.pass(Duration::from_secs(3_000));
    let gate = RunGate::closed();
    console
        .server
        .fault(On::Token, Fault::Always(Answer::real().held_by(&gate)));
    console.press(Key::R);
    console.press(Key::T);
    gate.open();
    console.wait_for("the copy", |console| console.clipboard.copies() == 1);
    assert_eq!(console.token_requests(), 2, "one fetch serves both");
}

#[test]
fn a_fetch_that_takes_long_can_be_cancelled_and_its_token_is_dropped() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let gate = RunGate::closed();
    console
        .server
        .fault(On::Token, Fault::Once(Answer::real().held_by(&gate)));
    console.press(Key::T);
    console.until_log(|log| log.count(&On::Token) == 1);
    assert_eq!(
        console.repaint_delay(),
        Duration::from_secs(10),
        "it is drawn again when there is more to say"
    );
    console.pass(Duration::from_secs(12));
    console.assert_shows("Waiting for Custom to answer, 12 s");
    assert_eq!(console.repaint_delay(), Duration::from_secs(1));
    console.click("Cancel");
    gate.open();
    console.until_log(|log| log.in_flight() == 0);
    console.settle();
    assert!(console.workspace().tokens.is_empty() && !console.workspace().tokens.is_fetching());
    assert_eq!(console.clipboard.copies(), 0);
    assert!(console.offers("Copy token"));
}

#[test]
fn a_clipboard_that_takes_nothing_is_told_and_nothing_counts_as_copied() {
    use thred_console::domain::clipboard::ClipboardProblem;
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.clipboard.fail_with(Some(ClipboardProblem::Busy));
    console.press(Key::T);
    console.wait_for_text("Token not copied");
    assert_eq!(
        console.toast().body,
        "The console could not copy it: another program is using the clipboard. The clipboard is unchanged."
    );
    assert!(console.state().clipboard.held().is_none());
    console.clipboard.fail_with(None);
    console.copy_token();
    assert_eq!(console.token_requests(), 1, "the token itself is kept");
}

#[test]
fn forgetting_drops_the_token_and_says_that_it_is_not_revoking() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.copy_token();
    console.press_with(egui::Modifiers::COMMAND, Key::Num2);
    console.assert_shows("A forgotten token still works until it expires");
    console.click("Forget all…");
    console.assert_shows(
        "The console forgets them but cannot revoke them. Each works until it expires",
    );
    console.click("Forget all");
    assert!(console.workspace().tokens.is_empty());
    console.assert_shows("No tokens in this session");
}

#[test]
fn a_copied_token_that_is_no_jwt_is_not_searched_for_even_once_forgotten() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console
        .server
        .fault(On::Token, Fault::Once(Answer::opaque_token()));
    console.copy_token();
    let token = console.clipboard.content().unwrap();
    console.press_with(egui::Modifiers::COMMAND, Key::Num2);
    console.click("Forget all…");
    console.click("Forget all");
    console.press_with(egui::Modifiers::COMMAND, Key::Num1);
    console.paste_into("Filter businesses", &token);
    assert_eq!(console.field_value("Filter businesses"), "");
    console.assert_shows("so it was not searched for");
}
