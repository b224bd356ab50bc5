//! Countdowns and expiry, with sleep and clocks that are wrong.

use std::time::Duration;

use egui::{Key, Modifiers};
use jiff::SignedDuration;
use serde_json::json;

use crate::support::{Answer, Console, Fault, On, Setup};

const MINUTE: Duration = Duration::from_mins(1);

#[test]
fn the_countdown_is_right_after_a_suspend() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.copy_token();
    console.assert_shows("59 min");
    console.clock.suspend(40 * MINUTE);
    console.settle();
    console.assert_shows("token, 19 min left");
    assert!(
        console
            .rows()
            .iter()
            .any(|row| row.starts_with("Acme Ltd") && row.ends_with("token, 19 min left"))
    );
}

#[test]
fn setting_the_clock_changes_no_countdown() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let token = console.copy_token();
    for days in [1, -2] {
        console
            .clock
            .shift_wall(SignedDuration::from_hours(24 * days));
        console.settle();
        console.assert_shows("token, 59 min left");
        assert_eq!(
            console.copy_token(),
            token,
            "a wrong clock alone rejects nothing"
        );
    }
    console.pass(MINUTE);
    console.assert_shows("token, 58 min left");
    assert_eq!(console.token_requests(), 1);
}

#[test]
fn a_clock_that_is_a_day_off_is_told_once_and_harms_nothing() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.clock.shift_wall(SignedDuration::from_hours(-24));
    console.copy_token();
    assert_eq!(console.toast().body, "59 min left");
    console.wait_for_text("The clocks differ.");
    console.assert_shows("The server’s clock is 24 h ahead of this computer’s.");
    console.click("Dismiss");
    console.press(Key::F5);
    console.wait_until("the list", |state| {
        !state.workspace().unwrap().list.loading.is_running()
    });
    assert!(!console.shows("The clocks differ."), "told once");
}

#[test]
fn a_servers_clock_does_not_shorten_its_tokens() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console
        .server
        .fault(On::Token, Fault::Once(Answer::clock_off_by(-86_400)));
    console.copy_token();
    assert_eq!(console.toast().body, "59 min left");
}

#[test]
fn a_token_that_had_expired_by_its_servers_clock_is_not_copied() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let stale = Answer::token_clock_off_by(-2 * 3600);
    console.server.fault(On::Token, Fault::Once(stale));
    console.press(Key::T);
    console.wait_for_text("Token not copied");
    console.assert_shows("had expired when it arrived");
    assert_eq!(console.clipboard.copies(), 0);
}

#[test]
fn an_expired_token_cannot_be_copied_and_the_button_says_what_helps() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let first = console.copy_token();
    assert!(console.offers("Copy token"));
    console.pass(Duration::from_secs(3_595) - Duration::from_nanos(1));
    console.assert_shows("0:00");
    assert!(console.offers("Copy token"));
    console.pass(Duration::from_nanos(1));
    console.assert_shows("Expired");
    assert!(console.offers("Fetch and copy") && !console.offers("Copy token"));
    console.pass(3 * MINUTE);
    console.assert_shows("token expired 3 min ago");

    console
        .server
        .fault(On::Token, Fault::Once(Answer::status(404)));
    console.click("Fetch and copy");
    console.wait_for_text("Token not copied");
    assert_eq!(
        console.clipboard.copies(),
        1,
        "the expired one is not copied in its stead"
    );
    console.click("Fetch and copy");
    console.wait_for("the copy", |console| console.clipboard.copies() == 2);
    assert_ne!(console.clipboard.content(), Some(first));
    assert!(console.offers("Copy token"));
}

#[test]
fn a_token_that_expires_on_its_way_is_not_copied_and_that_is_said() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let gate = crate::support::RunGate::closed();
    console
        .server
        .fault(On::Token, Fault::Once(Answer::real().held_by(&gate)));
    console.press(Key::T);
    console.until_log(|log| log.count(&On::Token) == 1);
    console.clock.suspend(2 * 60 * MINUTE);
    gate.open();
    console.wait_for_text("Token not copied");
    assert_eq!(console.clipboard.copies(), 0);
    assert!(console.offers("Fetch and copy"));
}

#[test]
fn a_life_shorter_than_the_floor_is_used_for_its_first_tenth() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console
        .server
        .fault(On::Token, Fault::Always(Answer::expires_in(json!(120))));
    let first = console.copy_token();
    console.pass(Duration::from_secs(11));
    assert_eq!(console.copy_token(), first);
    console.pass(Duration::from_secs(1));
    console.copy_token();
    assert_eq!(console.token_requests(), 2);
}

#[test]
fn the_token_pane_knows_the_difference_of_the_clocks_after_the_banner_is_dismissed() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.clock.shift_wall(SignedDuration::from_hours(-24));
    console.copy_token();
    console.wait_for_text("The clocks differ.");
    console.click("Dismiss");
    assert!(!console.shows("The clocks differ."));
    console.press_with(Modifiers::COMMAND, Key::Num2);
    console.assert_shows("s ahead, corrected");
}

#[test]
fn the_token_pane_shows_one_end_after_the_clock_was_set() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.copy_token();
    console.press_with(Modifiers::COMMAND, Key::Num2);
    console.clock.shift_wall(SignedDuration::from_mins(90));
    console.settle();
    let end = |console: &Console, after: Duration| {
        let at = console
            .now()
            .wall_after(after)
            .to_zoned_datetime(console.zone.clone());
        at.strftime("%H:%M").to_string()
    };
    let held = console.workspace().tokens.get(console.id_of("Acme Ltd"));
    let left = held.unwrap().token.remaining(console.now().boot);
    let until = end(&console, left);
    console.assert_shows(&format!("until {until}"));
    console.assert_shows(&format!("Expires: {until}:"));
    console.pass(left + 3 * MINUTE);
    let ended = console
        .now()
        .wall_before(3 * MINUTE)
        .to_zoned_datetime(console.zone.clone());
    console.assert_shows(&format!("Expires: {}", ended.strftime("%H:%M:")));
}
