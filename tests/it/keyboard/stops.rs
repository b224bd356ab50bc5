//! The Tab order of each page: reading order, with the buttons at the bottom last.

use egui::{Key, Modifiers};
use thred_console::platform::file_dialog::FileDialogOutcome;

use crate::support::{Console, KEY, Setup};

/// Asserts the Tab stops, beginning at `first`. `expected` has only the beginning of each name.
#[track_caller]
fn assert_stops(console: &mut Console, first: &str, expected: &[&str]) {
    let mut stops = console.stops();
    let begin = stops.iter().position(|stop| stop.starts_with(first));
    let begin = begin.unwrap_or_else(|| panic!("no {first} in {stops:#?}"));
    stops.rotate_left(begin);
    for (at, stop) in stops.iter().enumerate() {
        assert!(!stops[..at].contains(stop), "two are called {stop}");
    }
    let fits = |(stop, begin): (&String, &&str)| stop.starts_with(*begin);
    assert!(
        stops.len() == expected.len() && stops.iter().zip(expected).all(fits),
        "{stops:#?}\nis not {expected:#?}"
    );
}

/// Asserts the Tab stops of a page, which come after those of the top bar and the list of pages.
#[track_caller]
fn assert_page(console: &mut Console, expected: &[&str]) {
    let around = [
        "Environment: ",
        "Copy partner UUID",
        "Find a business or run a command",
        "Lock",
        "Businesses",
        "Tokens",
        "Import",
        "API key",
        "History",
        "Overview",
        "Settings",
        "Help",
    ];
    // The due date is in the status bar, before the clipboard.
    let (page, clipboard) = match expected {
        [page @ .., last] if *last == "Clear now" => (page, &expected[page.len()..]),
        page => (page, &[][..]),
    };
    let all = [&around[..], page, &["Key due in"], clipboard].concat();
    assert_stops(console, around[0], &all);
}

#[test]
fn on_the_sign_in() {
    let mut console = Console::start(Setup::default());
    let expected = [
        "Custom",
        "Custom URL",
        "Partner UUID",
        "API key",
        "Paste",
        "Don’t save it",
        "Get the key from…",
        "Add a label",
        "Sign in to ",
        "Explore the demo",
        "Settings",
        "Help",
    ];
    assert_stops(&mut console, expected[0], &expected);
}

#[test]
fn on_the_list_and_its_details() {
    let mut console = Console::signed_in(Setup::default());
    let bar = [
        "Filter businesses",
        "Refresh",
        "Choose columns",
        "Export the shown list",
        "New business",
    ];
    // The edges for resizing columns are no stops.
    let list = [
        "Businesses",
        "Name",
        "Country",
        "Type",
        "Currency",
        "external_id",
        "Status",
        "Created",
        "Token",
    ];
    assert_page(&mut console, &[&bar[..], &list].concat());
    console.tab_to("Environment: Custom, profiles");
    console.press_with(Modifiers::SHIFT, Key::Tab);
    assert_eq!(console.focused(), "Key due in 90 days");
    console.press_with(Modifiers::SHIFT, Key::Tab);
    assert_eq!(console.focused(), "Token", "backwards past the edges");

    console.select("Acme Ltd");
    console.wait_until("the details", |state| {
        let workspace = state.workspace().unwrap();
        workspace.selected_detail().is_some()
    });
    let narrower = [
        "Businesses",
        "Name",
        "Country",
        "external_id",
        "Status",
        "Created",
        "Token",
    ];
    let details = [
        "Close details",
        "Copy name",
        "Copy country",
        "Copy entity type",
        "Copy currency",
        "Copy status",
        "Copy token",
        "Format: ",
        "Copy id",
        "Copy external_id",
        "Details",
        "Raw JSON",
        "Copy legal name",
        "Copy creation time",
        "Edit",
        "Archive",
    ];
    let page = [&["Resize panel"], &bar[..], &narrower, &details].concat();
    assert_page(&mut console, &page);
}

#[test]
fn on_the_tokens() {
    let mut console = Console::signed_in(Setup::default());
    console.press_with(Modifiers::COMMAND, Key::Num2);
    assert_page(&mut console, &["Forget all…", "Go to Businesses"]);
    console.press_with(Modifiers::COMMAND, Key::Num1);
    console.select("Acme Ltd");
    console.copy_token();
    console.press_with(Modifiers::COMMAND, Key::Num2);
    let expected = [
        "Resize panel",
        "Forget all…",
        "Businesses",
        "Time left",
        "Copy",
        "Format: ",
        "Fetch a new token",
        "Forget token",
        "Close details",
        "Copy token",
        "Format: ",
        "Copy hand-over note",
        "Copy fingerprint",
        "Copy id",
        "Copy external_id",
        "Fetch new token",
        "Forget",
        "Open business",
        "Clear now",
    ];
    assert_page(&mut console, &expected);
}

#[test]
fn on_an_import() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::I);
    assert_page(&mut console, &["Open file…", "Save a sample file…"]);
    let path = console.folder().file("in.csv");
    let rows = "in-1,Newcomer Ltd,limited,n@new.example,GB\nin-2,Other Ltd,limited,no mail,GB\n";
    let head = "external_id,legal_name,entity_type,email,country\n";
    std::fs::write(&path, format!("{head}{rows}")).unwrap();
    console.dialogs.answer(FileDialogOutcome::Chosen(path));
    console.click("Open file…");
    console.wait_for("the file", |console| console.offers("Dry run"));
    let columns = [
        "Encoding: ",
        "Delimiter: ",
        "Header row: ",
        "Defaults…",
        "Columns",
        "Use of external_id: ",
        "Use of legal_name: ",
        "Use of entity_type: ",
        "Use of email: ",
        "Use of country: ",
        "Open another file…",
        "Dry run",
    ];
    assert_page(&mut console, &columns);
    console.tab_to("Dry run");
    console.press(Key::Enter);
    console.wait_for_text("Create 1 in Custom");
    assert_eq!(console.focused(), "Rows of the file");
    let validated = [
        "All rows: 2",
        "Rows of the file",
        "Save ",
        "Back to columns",
        "Create 1 in Custom",
    ];
    assert_page(&mut console, &validated);
    console.click("Create 1 in Custom");
    console.wait_for_text("Open another file");
    let done = [
        "All rows: 2",
        "Rows of the file",
        "Save ",
        "Show the one created",
        "Open another file…",
    ];
    assert_page(&mut console, &done);
}

#[test]
fn at_each_step_of_a_rotation() {
    let mut console = Console::signed_in(Setup::default());
    console.press_with(Modifiers::COMMAND, Key::Num4);
    let overview = [
        "Enter issue date",
        "Rotate key",
        "Save to calendar…",
        "Revoke first, then rotate",
    ];
    assert_page(&mut console, &overview);
    console.click("Rotate key");
    let portal = [
        "Partner Portal address",
        // Disabled without an address.
        "Save address",
        "Revoke first, then rotate",
        "Stop and keep the old key",
        "I have the new key",
        "Open the Partner Portal",
    ];
    assert_page(&mut console, &portal);
    console.click("I have the new key");
    let paste = [
        "New API key",
        "Paste",
        "Revoke first, then rotate",
        "Stop and keep the old key",
        "Back",
        "Test the new key",
    ];
    assert_page(&mut console, &paste);
    let new = console.server.state().issue_api_key();
    console.paste_into("New API key", &new);
    console.click("Test the new key");
    console.wait_for_text("The new key works");
    let verify = [
        "Revoke first, then rotate",
        "Stop and keep the old key",
        "Back",
        "Continue to other systems",
    ];
    assert_page(&mut console, &verify);
    console.click("Continue to other systems");
    console.type_into("Another system", "CI");
    console.press(Key::Enter);
    let places = [
        "CI has the new key",
        "System 1",
        "Remove CI",
        "Another system",
        "Add",
        "Copy the list",
        "Revoke first, then rotate",
        "Stop and keep the old key",
        "Back",
        "Continue to the switch",
    ];
    assert_page(&mut console, &places);
    console.click("Continue to the switch");
    let switch = [
        "Revoke first, then rotate",
        "Stop and keep the old key",
        "Back",
        "Switch in Custom",
    ];
    assert_page(&mut console, &switch);
    console.click("Switch in Custom");
    console.wait_for_text("Confirm the old key is revoked");
    assert_page(
        &mut console,
        &[
            "Revoke first, then rotate",
            "Finish without checking",
            "Check the old key",
        ],
    );
    console.server.state().revoke_api_key(KEY);
    console.click("Check the old key");
    console.wait_for_text("The key is rotated");
    assert_page(&mut console, &["Save to calendar…", "Done"]);
}

#[test]
fn on_the_history_and_the_settings() {
    let mut console = Console::signed_in(Setup::default());
    console.press_with(Modifiers::COMMAND, Key::Num5);
    console.wait_until("the files", |state| !state.history.is_reading());
    let history = [
        "Filter history",
        "All actions",
        "Export history",
        "History entries",
    ];
    assert_page(&mut console, &history);
    console.press_with(Modifiers::COMMAND, Key::Comma);
    let mut stops = console.stops();
    let begin = stops
        .iter()
        .position(|stop| stop.starts_with("Environment: "));
    stops.rotate_left(begin.unwrap());
    let place = |name: &str| {
        let found = stops.iter().position(|stop| stop.starts_with(name));
        found.unwrap_or_else(|| panic!("no {name} in {stops:#?}"))
    };
    let order = [
        place("Theme: System"),
        place("Scale: "),
        place("Density: "),
        place("Clear the clipboard after"),
        place("Lock when idle"),
        place("Partner Portal"),
        place("Notifications: "),
        place("Proxy: "),
        place("Test connection"),
    ];
    assert!(order.is_sorted(), "{stops:#?}");
}

#[test]
fn in_dialogs_and_behind_the_lock() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.press(Key::N);
    let form = [
        "Country: ",
        "Base currency: ",
        "Entity type",
        "external_id",
        "Legal name",
        "E-mail",
        "Optional details, ",
        "Cancel",
        "Create in Custom",
        "Close",
    ];
    assert_stops(&mut console, "Country: ", &form);
    console.press(Key::Escape);
    // These dialogs have no field that takes the focus, so the table behind must not keep it.
    console.tab_to("Businesses");
    console.press(Key::Questionmark);
    assert_stops(
        &mut console,
        "Close",
        &["Close", "Documentation", "Licences", "Data folder"],
    );
    console.press(Key::Escape);
    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Q);
    assert_stops(
        &mut console,
        "Cancel",
        &["Cancel", "Sign out of Custom", "Close"],
    );
    console.press(Key::Escape);
    console.press_with(Modifiers::COMMAND, Key::L);
    assert_stops(
        &mut console,
        "Unlock",
        &["Unlock", "Sign in another way", "Help"],
    );
}
