//! Settings that are typed: times, addresses, and their errors.

use std::time::Duration;

use egui::Key;
use thred_console::domain::settings::Proxy;

use super::{open, settings};
use crate::support::{Console, Setup};

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn a_token_is_cleared_after_the_time_that_is_set_also_one_that_is_there_already() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.copy_token();
    console.pass(10 * SECOND);
    console.assert_shows("Clipboard clears in 50 s");
    open(&mut console);
    console.retype("Clear the clipboard after", "30");
    assert_eq!(settings(&console).clipboard_secs, 30);
    console.assert_shows("Clipboard clears in 20 s");
    console.pass(20 * SECOND);
    console.wait_for("the clearing", |console| {
        console.clipboard.content().is_none()
    });
    console.press_with(egui::Modifiers::COMMAND, Key::Num1);
    console.copy_token();
    console.assert_shows("Clipboard clears in 30 s");
}

#[test]
fn a_token_is_fresh_for_as_long_as_is_set() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let first = console.copy_token();
    open(&mut console);
    console.retype("Reuse a token with at least", "5");
    console.press_with(egui::Modifiers::COMMAND, Key::Num1);
    // A token lasts an hour less a margin of 5 s.
    console.pass(Duration::from_secs(3_595 - 300));
    assert_eq!(console.copy_token(), first);
    console.pass(SECOND);
    assert_ne!(console.copy_token(), first);
    assert_eq!(console.token_requests(), 2);
}

#[test]
fn what_is_wrong_is_kept_and_told_and_not_used() {
    let mut console = Console::signed_in(Setup::default().locking_after(10));
    open(&mut console);
    for (field, wrong, says) in [
        ("Clear the clipboard after", "4", "from 5 to 600"),
        ("Reuse a token with at least", "abc", "from 0 to 60"),
        ("Minutes until the lock", "0", "from 1 to 480"),
    ] {
        let before = settings(&console).clone();
        console.retype(field, wrong);
        assert_eq!(console.field_value(field), wrong);
        assert!(console.is_marked_wrong(field), "{field}");
        console.assert_shows(says);
        assert_eq!(*settings(&console), before, "{field}");
    }
    console.click("Reset Clear the clipboard after");
    assert_eq!(console.field_value("Clear the clipboard after"), "60");
    assert!(!console.is_marked_wrong("Clear the clipboard after"));
    // Invalid input is kept while another page is open.
    console.press_with(egui::Modifiers::COMMAND, Key::Num1);
    open(&mut console);
    assert_eq!(console.field_value("Minutes until the lock"), "0");
    assert!(console.is_marked_wrong("Minutes until the lock"));
}

#[test]
fn the_portal_is_used_once_it_is_entered_and_right() {
    let mut console = Console::signed_in(Setup::default());
    open(&mut console);
    console.retype("Partner Portal", "http://portal.example.com");
    console.assert_shows("Press Enter to apply.");
    console.press(Key::Enter);
    assert!(console.is_marked_wrong("Partner Portal"));
    console.assert_shows("Use an https:// address.");
    assert_eq!(settings(&console).portal_url, None);
    console.retype("Partner Portal", "https://portal.example.com/keys");
    console.press(Key::Enter);
    let url = settings(&console).portal_url.as_ref().unwrap();
    assert_eq!(url.as_str(), "https://portal.example.com/keys");
    console.click("Reset Partner Portal");
    assert_eq!(settings(&console).portal_url, None);
}

#[test]
fn a_proxy_that_cannot_be_used_is_refused_with_the_reason() {
    let mut console = Console::signed_in(Setup::default());
    open(&mut console);
    console.click("Proxy: Address");
    console.assert_shows("The previous proxy stays in use until you enter one.");
    for (wrong, says) in [
        ("socks5://proxy:1080", "Only http:// and https:// proxies"),
        ("http://me:Sentinel@proxy:8080", "holds no secrets"),
        ("http://proxy/path", "Remove everything after"),
        ("not an address", "This is not a valid address"),
    ] {
        console.retype("Proxy address", wrong);
        console.press(Key::Enter);
        assert!(console.is_marked_wrong("Proxy address"), "{wrong}");
        console.assert_shows(says);
        assert_eq!(console.field_value("Proxy address"), wrong);
        assert_eq!(settings(&console).proxy, Proxy::System, "{wrong}");
    }
    console.close();
    let file = std::fs::read_to_string(console.folder().file("preferences.json"));
    assert!(!file.unwrap_or_default().contains("Sentinel"));
}

#[test]
fn escape_discards_a_half_typed_address() {
    let mut console = Console::signed_in(Setup::default());
    open(&mut console);
    console.click("Proxy: Address");
    console.retype("Proxy address", "http://prox");
    console.assert_shows("Press Enter to apply.");
    console.press(Key::Escape);
    assert_eq!(settings(&console).proxy, Proxy::System);
    assert_eq!(console.field_value("Proxy address"), "");
    console.retype("Partner Portal", "https://port");
    console.press(Key::Escape);
    assert_eq!(settings(&console).portal_url, None);
    assert_eq!(console.field_value("Partner Portal"), "");
}
