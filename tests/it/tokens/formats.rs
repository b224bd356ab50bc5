//! Choosing the format of a copied token.

use std::time::Duration;

use egui::{Key, Modifiers};
use thred_console::domain::token::TokenFormat;

use crate::support::{Answer, Console, Fault, On, RunGate, Setup};

#[test]
fn shift_t_picks_the_form_which_then_stays() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let token = console.copy_token();
    console.pass(Duration::from_secs(95));
    let url = format!(
        "{}/v1/platform/businesses/{}/",
        console.server.base_url(),
        console.id_of("Acme Ltd")
    );
    let expected = [
        (
            Key::Num2,
            TokenFormat::Bearer,
            format!("Authorization: Bearer {token}"),
        ),
        (
            Key::Num3,
            TokenFormat::EnvLine,
            format!("THRED_TOKEN={token}"),
        ),
        (
            Key::Num4,
            TokenFormat::WidgetJson,
            format!(r#"{{"access_token": "{token}", "expires_in": 3500}}"#),
        ),
        (
            Key::Num5,
            TokenFormat::Curl,
            format!(r#"curl -H "Authorization: Bearer $THRED_TOKEN" '{url}'"#),
        ),
        (Key::Num1, TokenFormat::Raw, token.clone()),
    ];
    for (key, format, text) in expected {
        let before = console.clipboard.copies();
        console.press_with(Modifiers::SHIFT, Key::T);
        console.assert_shows("Copy token as");
        console.press(key);
        console.wait_for("the copy", |console| console.clipboard.copies() > before);
        assert_eq!(console.clipboard.content().as_deref(), Some(text.as_str()));
        assert_eq!(console.state().saved.token_format, format);
        assert!(!console.shows("Copy token as"), "the dialog has closed");

        console.press(Key::T);
        console.wait_for("the copy", |console| {
            console.clipboard.copies() > before + 1
        });
        assert_eq!(
            console.clipboard.content().as_deref(),
            Some(text.as_str()),
            "{format:?} is the default now"
        );
    }
    assert_eq!(console.token_requests(), 1, "the same token in every form");
}

#[test]
fn the_last_form_is_remembered_between_runs() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.press_with(Modifiers::SHIFT, Key::T);
    console.click("3  .env line");
    console.wait_for("the copy", |console| console.clipboard.copies() == 1);
    let console = console.restart();
    assert_eq!(console.state().saved.token_format, TokenFormat::EnvLine);
}

#[test]
fn the_toast_says_in_which_form() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    for (row, title) in [
        (
            "2  Bearer header",
            "Token for Acme Ltd (Custom) copied as a Bearer header",
        ),
        (
            "5  curl command",
            "curl command for Acme Ltd (Custom) copied, which reads $THRED_TOKEN",
        ),
    ] {
        console.press_with(Modifiers::SHIFT, Key::T);
        console.click(row);
        let title = console.with_host(title);
        console.wait_for("the toast", |console| {
            let toasts = console.toasts();
            toasts.len() == 1 && toasts[0].title == title
        });
    }
}

#[test]
fn a_form_that_is_picked_while_the_token_is_on_its_way_counts() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let gate = RunGate::closed();
    console
        .server
        .fault(On::Token, Fault::Always(Answer::real().held_by(&gate)));
    console.press(Key::T);
    console.until_log(|log| log.count(&On::Token) == 1);
    console.press_with(Modifiers::SHIFT, Key::T);
    console.click("3  .env line");
    gate.open();
    console.wait_for("the copy", |console| console.clipboard.copies() == 1);
    let copied = console.clipboard.content();
    assert!(copied.is_some_and(|text| text.starts_with("THRED_TOKEN=")));
}

#[test]
fn esc_picks_nothing() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.press_with(Modifiers::SHIFT, Key::T);
    console.press(Key::Escape);
    assert!(!console.shows("Copy token as"));
    assert!(
        console.workspace().is_detail_open,
        "Esc closes one thing at a time"
    );
    assert_eq!(
        (console.token_requests(), console.clipboard.copies()),
        (0, 0)
    );
}

#[test]
fn an_open_menu_has_the_keys_for_itself() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.click("Format: Raw");
    console.assert_shows("Widget JSON");
    console.press(Key::T);
    console.press(Key::C);
    assert_eq!(
        (console.token_requests(), console.clipboard.copies()),
        (0, 0)
    );
    console.press(Key::Escape);
    assert!(!console.shows("Widget JSON"));
    assert!(
        console.workspace().is_detail_open,
        "Esc closes one thing at a time"
    );
    console.copy_token();
}
