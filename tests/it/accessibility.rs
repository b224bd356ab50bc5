//! What a screen reader is told.

use egui::{Key, Modifiers};

use crate::support::{Answer, Console, Fault, On, Setup};

#[test]
fn rows_say_their_name_their_place_and_what_matters() {
    let mut console = Console::signed_in(Setup::with_many(310));
    assert_eq!(
        console.rows()[0],
        "Business 0310, row 1 of 310, GB, ext-310"
    );
    assert_eq!(
        console.rows()[11],
        "Business 0299, row 12 of 310, GB, ext-299"
    );
    assert!(
        console.rows().len() < 60,
        "only what is visible is there: {}",
        console.rows().len()
    );
    console.press(Key::End);
    assert!(
        console
            .rows()
            .iter()
            .any(|row| row.starts_with("Business 0001, row 310 of 310"))
    );
}

#[test]
fn a_row_says_what_is_special() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.copy_token();
    let rows = console.rows();
    assert!(
        rows.contains(&"Closed Shop, row 3 of 6, NL, closed-4, inactive".to_owned()),
        "{rows:?}"
    );
    assert!(
        rows.contains(&"Acme Ltd, row 6 of 6, GB, acme-1, token, 59 min left".to_owned()),
        "{rows:?}"
    );
}

#[test]
fn every_control_of_every_screen_has_a_name() {
    // Coming to rest is what asks for the names: see `Console::settle`.
    let mut console = Console::start(Setup::default());
    for field in ["Custom URL", "Partner UUID", "API key"] {
        console.focus(field);
    }
    for button in ["Sign in to Custom", "Explore the demo", "Help", "Paste"] {
        assert!(console.offers(button), "{button}");
    }
    console.click("Help");
    console.assert_shows("Copy a token as…");
    console.press(Key::Escape);
    console.sign_in();
    console.wait_until("the list", |state| {
        state.workspace.as_ref().unwrap().list.shown_count() == 6
    });
    console.select("Acme Ltd");
    for button in [
        "Copy token",
        "Copy id",
        "Copy external_id",
        "Close the details",
        "Load the list again",
        "Choose columns",
        "Format: Raw",
    ] {
        assert!(console.offers(button), "{button}");
    }
    console.focus("Filter businesses");
    console.click("Choose columns");
    console.assert_shows("Reset columns");
    console.press(Key::Escape);
    console.click("Raw JSON");
    console.wait_for_text("Copy JSON");
    console.click("Environment: Custom, profiles");
    console.assert_shows("Sign out…");
    console.press(Key::Escape);
    console.copy_token();
    console.press_with(Modifiers::COMMAND, Key::Num2);
    for button in [
        "Copy",
        "Forget all…",
        "Fetch a new token",
        "Forget this token",
    ] {
        assert!(console.offers(button), "{button}:\n{}", console.screen());
    }
}

#[test]
fn a_failure_is_an_alert_and_success_a_status() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.copy_token();
    console.assert_shows("Status: Token for Acme Ltd (Custom) copied.");
    console
        .server
        .fault(On::Token, Fault::Once(Answer::status(404)));
    console.select("Zebra Zoo");
    console.press(Key::T);
    console.wait_for_text("Alert: Token not copied.");
}

#[test]
fn a_text_that_would_hide_or_reorder_others_is_made_visible() {
    let mut setup = Setup::default();
    setup.businesses.push(crate::support::business(
        9,
        "Evil\u{202E}dtL emcA\u{7}",
        "x-9",
        "GB",
    ));
    let console = Console::signed_in(setup);
    let row = &console.rows()[0];
    assert!(
        row.starts_with("Evil") && !row.contains('\u{202E}') && !row.contains('\u{7}'),
        "{row:?}"
    );
}
