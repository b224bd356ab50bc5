//! What a screen reader announces and reads.

use std::time::Duration;

use egui::accesskit::SortDirection;
use egui::{Key, Modifiers, Role};

use crate::support::{Answer, Console, Fault, On, PARTNER, Setup};

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
    // `Console::settle`, which each step calls, checks the names.
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
        state.workspace().unwrap().list.shown_count() == 6
    });
    console.select("Acme Ltd");
    for button in [
        "Copy token",
        "Copy id",
        "Copy external_id",
        "Close details",
        "Refresh",
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
    for button in ["Copy", "Forget all…", "Fetch a new token", "Forget token"] {
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

#[test]
fn a_refusal_is_said_by_itself() {
    let mut console = Console::start(Setup::default());
    console.sign_in_with(&PARTNER.to_string(), "sk_wrong_0123456789");
    console.wait_for_text("rejected the API key");
    let said = console.live_regions();
    let alert = said
        .iter()
        .any(|text| text.contains("rejected the API key"));
    assert!(alert, "{said:?}");
}

#[test]
fn milestones_of_tokens_are_said_once_and_together() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.copy_token();
    console.select("Zebra Zoo");
    console.copy_token();
    let said = |console: &Console| {
        let live = console.live_regions();
        live.into_iter()
            .filter(|text| text.starts_with("Token"))
            .collect::<Vec<_>>()
    };
    // By then the toasts are gone.
    console.pass(Duration::from_mins(49));
    console.wait_for("the clearing", |console| {
        console.clipboard.content().is_none()
    });
    assert_eq!(said(&console), [] as [&str; 0]);
    console.assert_shows("Copy token | 10 minutes left");
    console.pass(Duration::from_secs(56));
    let tokens = "Tokens for Acme Ltd and Zebra Zoo:";
    assert_eq!(said(&console), [format!("{tokens} 10 minutes left.")]);
    console.assert_shows("Copy token | 9 minutes left");
    console.pass(Duration::from_mins(1));
    assert_eq!(said(&console), [] as [&str; 0], "it is stale");
    console.pass(Duration::from_mins(4));
    assert_eq!(said(&console), [format!("{tokens} 5 minutes left.")]);
    // Both announcements fell due during sleep: only the current one is made.
    console.clock.suspend(Duration::from_mins(5));
    console.frame();
    console.settle();
    assert_eq!(said(&console), [format!("{tokens} expired.")]);
}

#[test]
fn an_error_of_a_field_is_told_with_the_field() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::N);
    console.type_into("E-mail", "no at sign");
    console.press_with(Modifiers::COMMAND, Key::Enter);
    console.settle();
    assert!(console.is_marked_wrong("E-mail"));
    let line = |console: &Console| {
        let screen = console.screen();
        let found = screen
            .lines()
            .find(|line| line.starts_with("TextInput: E-mail"));
        found.unwrap().to_owned()
    };
    let told = line(&console);
    // Its name, its value and the error below it.
    assert_eq!(told.split(" | ").count(), 3, "{told}");
    console.retype("E-mail", "info@acme.example");
    assert!(!console.is_marked_wrong("E-mail"));
    assert_eq!(line(&console).split(" | ").count(), 2);
}

#[test]
fn the_window_has_the_name_of_its_title_bar() {
    let mut console = Console::start(Setup::default());
    assert_eq!(
        console.window_name().as_deref(),
        Some("Thred Partner Console")
    );
    console.sign_in();
    console.settle();
    assert_eq!(
        console.window_name(),
        Some(console.with_host("Custom · Thred Partner Console"))
    );
}

#[test]
fn a_table_has_its_heads_then_its_rows_and_each_row_its_cells() {
    let console = Console::signed_in(Setup::default());
    let rows = console.containers(Role::Row);
    assert_eq!(rows.len(), 6);
    assert!(rows.iter().all(|row| row[0] == Role::Table), "{rows:?}");
    let cells = console.containers(Role::Cell);
    assert_eq!(cells.len(), 6 * 8);
    let is_in_row = |cell: &Vec<Role>| cell[..2] == [Role::Row, Role::Table];
    assert!(cells.iter().all(is_in_row), "{cells:?}");
    let roles = console.roles();
    let place = |role| roles.iter().position(|it| *it == role).unwrap();
    let last_head = roles.iter().rposition(|it| *it == Role::ColumnHeader);
    assert!(last_head.unwrap() < place(Role::Row), "heads come first");
    assert_eq!(
        console.sort_direction("Created"),
        Some(SortDirection::Descending)
    );
    assert_eq!(console.sort_direction("Name"), None);
}

#[test]
fn the_help_spells_a_term_once() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::Questionmark);
    console.assert_shows("country: NL,BE");
    assert!(!console.shows("::"), "{}", console.screen());
}
