//! Share mode: no screen identifies a business, and copying still works.

use egui::{Key, Modifiers};
use thred_console::demo::DemoBusiness;

use crate::support::{Console, PARTNER, Setup, business};

/// Texts that identify the businesses.
const PERSONAL: [&str; 9] = [
    "Acme",
    "acme-1",
    "Lindenhof",
    "Zebra",
    "zoo-6",
    "GB999SENTINEL",
    "mail@sentinel.example",
    "0555-SENTINEL",
    "80004000-8000",
];

fn setup() -> Setup {
    let mut setup = Setup::default();
    setup.businesses[0] = DemoBusiness {
        vat_number: Some("GB999SENTINEL".into()),
        company_number: Some("0555-SENTINEL".into()),
        email: Some("mail@sentinel.example".into()),
        ..business(1, "Acme Ltd", "acme-1", "GB")
    };
    setup
}

#[track_caller]
fn assert_nothing_identifies(console: &Console, screen: &str) {
    let tree = format!("{}\n{}", console.tree(), console.titles());
    for personal in PERSONAL {
        assert!(
            !tree.contains(personal),
            "{screen} tells {personal}:\n{}",
            console.screen()
        );
    }
    let partner = PARTNER.to_string();
    assert!(
        !tree.contains(&partner) && !tree.contains(&partner[..4]),
        "{screen}"
    );
}

/// Selects the only row there is.
fn only_row(console: &mut Console, filter: &str) {
    console.retype("Filter businesses", filter);
    console.press(Key::ArrowDown);
    console.retype("Filter businesses", "");
    console.press(Key::Escape);
    console.wait_for("the details", |console| {
        let workspace = console.workspace();
        !workspace.is_detail_open || workspace.selected_detail().is_some()
    });
}

#[test]
fn no_screen_tells_who_a_business_is() {
    let mut console = Console::at_business(setup(), "Acme Ltd");
    console.copy_token();
    console.assert_shows("Token for Acme Ltd");
    console.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);
    console.assert_shows("Share mode");
    assert_nothing_identifies(&console, "the list with details, after a toast");
    let row = console.rows().pop().unwrap();
    assert!(
        row.starts_with("Business ") && row.contains("row 6 of 6, GB, ••••••"),
        "{row}"
    );

    console.copy_token();
    console.assert_shows("Token for Business ");
    assert_nothing_identifies(&console, "a toast");
    console.click("Raw JSON");
    console.wait_for_text("Hidden in share mode");
    assert_nothing_identifies(&console, "raw JSON");
    console.click("Details");

    console.press_with(Modifiers::COMMAND, Key::K);
    console.type_text("lindenh");
    console.assert_shows("ListBoxOption: Business ");
    // The input shows the typed part; nothing shows the whole name.
    let told = console.screen().matches("indenhof").count();
    assert_eq!(told, 0, "{}", console.screen());
    console.press(Key::Escape);

    console.click("Edit");
    console.assert_shows("Edit business");
    assert_nothing_identifies(&console, "the form of a stored business");
    console.press(Key::Escape);

    console.press(Key::N);
    console.type_into("external_id", "acme-1");
    console.type_into("Legal name", "Acme Ltd");
    console.type_into("E-mail", "mail@sentinel.example");
    assert_nothing_identifies(&console, "the form of a new business");
    console.press(Key::Escape);
    console.click("Close");

    console.press_with(Modifiers::COMMAND, Key::Num2);
    console.assert_shows("row 1 of 1");
    assert_nothing_identifies(&console, "the tokens");

    console.press_with(Modifiers::COMMAND, Key::Num4);
    console.assert_shows("Your API key");
    assert_nothing_identifies(&console, "the API key");

    console.press_with(Modifiers::COMMAND, Key::Num5);
    console.assert_shows("Token copied");
    console.press(Key::ArrowDown);
    assert_nothing_identifies(&console, "the history");

    console.press_with(Modifiers::COMMAND, Key::Comma);
    assert_nothing_identifies(&console, "the settings");

    console.press_with(Modifiers::COMMAND, Key::L);
    console.assert_shows("Locked");
    assert_nothing_identifies(&console, "the lock");
    console.press(Key::Enter);
    console.until_listed();

    console.click("Turn off");
    console.press_with(Modifiers::COMMAND, Key::Num1);
    console.assert_shows("Acme Ltd");
    assert!(!console.shows("Share mode"));
}

#[test]
fn copying_copies_what_is_hidden() {
    let mut console = Console::at_business(setup(), "Acme Ltd");
    console.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);
    console.press(Key::E);
    console.wait_for("the copy", |console| console.clipboard.content().is_some());
    assert_eq!(console.clipboard.content().unwrap(), "acme-1");
    only_row(&mut console, "lindenhof");
    console.press(Key::C);
    let id = console.id_of("Lindenhof Käse GmbH").to_string();
    console.wait_for("the id", |console| {
        console.clipboard.content().as_ref() == Some(&id)
    });
}

#[test]
fn it_ends_with_the_run() {
    let mut console = Console::at_business(setup(), "Acme Ltd");
    console.press_with(Modifiers::COMMAND, Key::K);
    console.type_text("share");
    console.assert_shows("Share mode, hides names and ids until the console closes");
    console.press(Key::Enter);
    assert!(console.state().share.is_on());
    let console = console.restart();
    assert!(!console.state().share.is_on());
}

#[test]
fn an_import_hides_what_the_file_says_of_businesses() {
    let mut console = Console::signed_in(setup());
    console.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);
    let file = console.folder().file("rows.csv");
    std::fs::create_dir_all(console.folder().root()).unwrap();
    let text = "external_id,legal_name,entity_type,email,country\n\
                zoo-6,Zebra Zoo,limited,mail@sentinel.example,GB\n\
                acme-1,Another Acme,limited,no at sign,GB\n";
    std::fs::write(&file, text).unwrap();
    console.drop_files(&[&file]);
    console.wait_for("the columns", |console| {
        console.workspace().import.open().is_some()
    });
    console.assert_shows("used for");
    assert_nothing_identifies(&console, "the columns of a file");
    console.click("Dry run");
    console.wait_for("the dry run", |console| {
        console
            .workspace()
            .import
            .open()
            .is_some_and(|open| open.is_validated())
    });
    console.assert_shows("row 2 of 2");
    assert_nothing_identifies(&console, "the dry run");
}

#[test]
fn what_was_looked_for_is_hidden_once_the_filter_rests_and_still_filters() {
    let mut console = Console::signed_in(setup());
    console.retype("Filter businesses", "ext:acme-1 Acme");
    console.press(Key::Escape);
    console.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);
    assert_nothing_identifies(&console, "the filter");
    assert_eq!(console.rows().len(), 1);

    console.press(Key::Slash);
    console.type_text("zebra");
    console.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);
    console.press(Key::Escape);
    assert!(console.tree().contains("zebra"), "{}", console.screen());
}

#[test]
fn the_way_to_another_profile_tells_nothing_either() {
    let mut console = Console::signed_in(setup());
    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    console.press_with(Modifiers::COMMAND, Key::E);
    assert_nothing_identifies(&console, "the switcher");
    console.click("Add a profile…");
    console.assert_shows("stays signed in until this sign-in succeeds");
    assert_nothing_identifies(&console, "the sign-in beside a session");
    console.paste_into("Partner UUID", &PARTNER.to_string());
    console.settle();
    assert_nothing_identifies(&console, "a typed id");
}

#[test]
fn it_is_switched_over_forms_dialogs_and_menus_too() {
    let mut console = Console::at_business(setup(), "Acme Ltd");
    for opens in ["Edit", "New business", "Help", "Format: Raw"] {
        console.click(opens);
        console.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);
        assert!(console.state().share.is_on(), "{opens}");
        assert_nothing_identifies(&console, opens);
        console.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);
        assert!(!console.state().share.is_on(), "{opens}");
        console.press(Key::Escape);
    }
    console.press_with(Modifiers::COMMAND, Key::K);
    console.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);
    assert_nothing_identifies(&console, "the palette");
}

#[test]
fn the_words_below_a_correction_tell_nothing_either() {
    let mut console = Console::signed_in(setup());
    let file = console.folder().file("rows.csv");
    std::fs::create_dir_all(console.folder().root()).unwrap();
    let text = "external_id,legal_name,email,country\nnew-1,New Ltd,new@c.example,GB\n";
    std::fs::write(&file, text).unwrap();
    console.drop_files(&[&file]);
    console.wait_for("the columns", |console| console.offers("Defaults…"));
    console.click("Defaults…");
    console.type_into("Entity type", "Zebra");
    console.click("Done");
    console.click("Dry run");
    console.wait_for("the dry run", |console| console.shows("Correct line 2"));
    console.click("Correct line 2");
    let words = "Invalid: Entity type “zebra” is not one of";
    console.assert_shows(words);
    console.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);
    assert_nothing_identifies(&console, "a correction");
    assert!(!console.shows("zebra"), "{}", console.screen());
    console.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);
    console.assert_shows(words);
}

#[test]
fn the_words_below_the_fields_of_a_new_business_tell_nothing_either() {
    let mut setup = setup();
    setup
        .businesses
        .push(business(7, "Acme Two Ltd", "acme-2", "GB"));
    let mut console = Console::signed_in(setup);
    console.press(Key::N);
    console.assert_shows("Use acme-3");
    console.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);
    console.assert_shows("Use the next id");
    assert!(!console.shows("acme-3"), "{}", console.screen());
    console.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);
    console.choose("Country", "United Kingdom");
    console.type_into("external_id", "acme-1");
    console.type_into("Legal name", "Zebra Zoo");
    for words in [
        "Already used by Acme Ltd.",
        "A business with this name already exists, under external_id zoo-6.",
    ] {
        console.assert_shows(words);
    }
    console.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);
    assert_nothing_identifies(&console, "the form of a new business");
    console.assert_shows("The reason is hidden in share mode.");
}
