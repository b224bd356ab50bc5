//! Cells damaged by other programs: each kind is shown with a count and one switch, and nothing wrong is stored without
//! a warning.

use egui::{Key, Modifiers};
use thred_console::demo::DemoBusiness;
use thred_console::domain::import::DamageKind;
use thred_console::state::import::messages::RowFilter;

use super::Console;
use crate::support::Setup;

fn at_dry_run(text: &str) -> Console {
    Console::at_dry_run(Setup::default(), text)
}

impl Console {
    fn cells(&self, kind: DamageKind) -> usize {
        let found = self.file().dry.found.get(&kind);
        found.map_or(0, |seen| seen.cells)
    }

    fn create(&mut self, count: usize) {
        self.click(&format!("Create {count} in Custom"));
        self.wait_for_end();
        assert_eq!(self.created(), count);
    }

    #[track_caller]
    fn has_stored(&self, external_id: &str) -> DemoBusiness {
        self.stored(external_id)
            .unwrap_or_else(|| panic!("nothing is stored as {external_id}"))
    }
}

#[test]
fn words_for_nothing_are_empty_unless_they_are_meant() {
    let mut console = at_dry_run(
        "external_id,legal_name,entity_type,email,country,company_number,province,tin\n\
         n-1,Null One Ltd,limited,a@n.example,GB,NULL,NULL,NULL\n\
         n-2,Null Two Ltd,limited,b@n.example,GB,\\N,nan,None\n\
         NULL,Null Three Ltd,limited,c@n.example,GB,N/A,-,undefined\n\
         n-4,Plain Ltd,limited,d@n.example,GB,,,\n",
    );
    assert_eq!(
        console.file().counts().to_string(),
        "create 3 · already exist 0 · differ 0 · invalid 1"
    );
    assert_eq!(console.cells(DamageKind::NullMarker), 10);
    console.assert_shows("external_id is missing");
    console.assert_shows("Company number: “NULL” is treated as empty.");
    assert!(console.is_on("All rows: 4"));
    console.click("Placeholders for empty values: 10 cells");
    assert_eq!(console.file().shown.len(), 3);
    assert!(!console.is_on("All rows: 4"), "not all are shown");

    // Without the repair, the words are sent. The switch also works by keyboard.
    console.tab_to("Placeholders for empty values: Treat as empty");
    console.press(Key::Space);
    console.wait_for_dry_run();
    assert_eq!(console.file().counts().create, 4);
    console.assert_shows("it is sent unchanged: “NULL”");
    assert_eq!(
        console.file().filter,
        RowFilter::Shows(DamageKind::NullMarker)
    );
    console.press(Key::Space);
    console.wait_for_dry_run();
    assert_eq!(console.file().counts().create, 3);
    console.create(3);
    let stored = console.has_stored("n-1");
    assert_eq!(
        [stored.company_number, stored.province, stored.tin],
        [None, None, None]
    );
    assert!(console.stored("NULL").is_none());
}

#[test]
fn a_shortened_number_is_refused_until_it_is_accepted() {
    let text = "external_id,legal_name,entity_type,email,country,phone_number,company_number\n\
        1.23457e+14,Sci One Ltd,limited,a@x.example,GB,442079460000.0,1234567.0\n";
    let mut console = at_dry_run(text);
    assert_eq!(console.file().counts().invalid, 1);
    console.assert_shows("Its last digits are lost");
    console.assert_shows("Numbers ending in .0: 2 cells");
    assert!(!console.offers("Create 0 in Custom"));
    console.click("Shortened numbers: Accept as they are");
    console.wait_for_dry_run();
    console.create(1);
    let stored = console.has_stored("1.23457e+14");
    assert_eq!(stored.phone_number.as_deref(), Some("442079460000"));
    assert_eq!(stored.company_number.as_deref(), Some("1234567"));
}

#[test]
fn a_text_written_as_a_formula_is_that_text() {
    let mut console = at_dry_run(
        "external_id,legal_name,entity_type,email,country,company_number\n\
         =\"000123\",Old Mill Ltd,limited,a@t.example,GB,=\"01234567\"\n",
    );
    console.assert_shows("Texts written as formulas: 2 cells");
    console.create(1);
    let stored = console.has_stored("000123");
    assert_eq!(stored.company_number.as_deref(), Some("01234567"));
}

#[test]
fn dates_written_as_formulas_tell_their_order() {
    let console = at_dry_run(
        "external_id,legal_name,entity_type,email,country,fiscal_year_end\n\
         d-1,Old Mill Ltd,limited,a@t.example,GB,=\"31.12.2026\"\n\
         d-2,New Mill Ltd,limited,b@t.example,GB,=\"01.02.2026\"\n",
    );
    console.assert_shows("Date format: Read as DD.MM.YYYY");
    assert_eq!(console.file().counts().create, 2);
}

#[test]
fn two_ids_that_look_the_same_are_one() {
    let text = "external_id,legal_name,entity_type,email,country\n\
        u\u{A0}2,New Mill Ltd,limited,a@u.example,GB\n\
        u 2,New Mill II Ltd,limited,b@u.example,GB\n\
        v  3,Two Spaces Ltd,limited,c@u.example,GB\n\
        v\u{200B}4,No Width Ltd,limited,d@u.example,GB\n";
    let mut console = at_dry_run(text);
    console.assert_shows("Hidden or double spaces: 2 cells");
    console.assert_shows("Invisible characters: 1 cell");
    console.assert_shows("“u[U+00A0]2” is read with single spaces.");
    console.assert_shows("Same external_id as line 2");
    assert_eq!(console.file().counts().create, 3);
    console.click("Hidden or double spaces: Use one space");
    console.wait_for_dry_run();
    assert_eq!(console.file().counts().create, 4);
    console.click("Hidden or double spaces: Use one space");
    console.wait_for_dry_run();
    console.create(3);
    console.has_stored("u 2");
    console.has_stored("v 3");
    console.has_stored("v4");
}

#[test]
fn garbled_letters_and_html_codes_are_letters_again() {
    let text = "external_id,legal_name,entity_type,email,country\n\
        f-1,MÃ¼ller GmbH,gmbh,a@f.example,DE\n\
        g-1,M&uuml;ller &amp; Co GmbH,gmbh,a@g.example,DE\n";
    let mut console = at_dry_run(text);
    console.assert_shows("Garbled letters: 1 cell");
    console.assert_shows("HTML codes: 1 cell");
    console.click("Garbled letters: Restore the letters");
    console.wait_for_dry_run();
    console.assert_shows("it is sent unchanged: “MÃ¼ller GmbH”");
    console.click("Garbled letters: Restore the letters");
    console.wait_for_dry_run();
    console.create(2);
    let name = |id: &str| console.has_stored(id).legal_name;
    assert_eq!(name("f-1").as_deref(), Some("Müller GmbH"));
    assert_eq!(name("g-1").as_deref(), Some("Müller & Co GmbH"));
}

#[test]
fn marks_that_a_program_wrote_in_its_own_way_are_read_or_refused() {
    let mut console = at_dry_run(
        "external_id, legal_name, entity_type, email, country\n\
         s-1, \"Old Mill Ltd\", limited, a@s.example, GB\n\
         \"s-2\", \"Harbour Books, Ltd\", limited, b@s.example, GB\n\
         s-3,\"The \\\"New\\\" Mill\",limited,c@s.example,GB\n\
         s-4,\"Old\" Mill,limited,d@s.example,GB\n\
         s-5,“Curly Ltd”,limited,e@s.example,GB\n",
    );
    console.assert_shows("Space before a quotation mark: 2 cells");
    console.assert_shows("Backslash before a quotation mark: 1 cell");
    console.assert_shows("Quotation marks around values: 1 cell");
    console.assert_shows("Legal name: Text after a closing quotation mark");
    assert_eq!(
        console.file().counts().to_string(),
        "create 4 · already exist 0 · differ 0 · invalid 1"
    );

    // This switch makes the console read the file again, which keeps the columns and the step.
    console.click("Space before a quotation mark: Read as quoted cells");
    console.wait_for_dry_run();
    assert_eq!(console.file().counts().invalid, 2);
    console.assert_shows("it is sent unchanged: “\"Old Mill Ltd\"”");
    console.click("Space before a quotation mark: Read as quoted cells");
    console.wait_for_dry_run();
    assert_eq!(console.file().counts().create, 4);
    console.click("Text after a closing quotation mark: Accept as read");
    console.wait_for_text("Create 5 in Custom");
    console.create(5);
    for (id, name) in [
        ("s-1", "Old Mill Ltd"),
        ("s-2", "Harbour Books, Ltd"),
        ("s-3", "The \"New\" Mill"),
        ("s-5", "Curly Ltd"),
    ] {
        assert_eq!(console.has_stored(id).legal_name.as_deref(), Some(name));
    }
}

/// A file with every kind of damage that has a switch.
const ALL_KINDS: &str = "external_id,legal_name,entity_type,email,country,tin,fiscal_year_end\n\
    b-1, \"Old Mill Ltd\",limited,a@b.example,GB,,\n\
    b-2,\"Old\" Mill,limited,a@b.example,GB,,\n\
    b-3,\"The \\\"New\\\" Mill\",limited,a@b.example,GB,,\n\
    b-4,“Old Mill, Ltd”,limited,a@b.example,GB,,\n\
    b-5,MÃ¼ller,limited,a@b.example,GB,1234567.0,\n\
    b-6,M&uuml;ller,limited,a@b.example,GB,#REF!,\n\
    b-7,“Mill Ltd”,limited,a@b.example,GB,NULL,2026-12-31 12:00\n\
    b-8,\"Old\nMill\",limited,a@b.example,GB,1.23457e+14,\n\
    =\"b-9\",Old  Mill,limited,a@b.example,GB,,\n\
    b\u{200B}10,Old\u{1} Mill,limited,a@b.example,GB,,\n\
    b-11,Old Mill,limited,a@b.example,CH,,\n";

#[test]
fn every_switch_is_turned_in_the_window_and_stands_below_the_one_before() {
    let mut console = at_dry_run(ALL_KINDS);
    let mut lefts = Vec::new();
    for kind in DamageKind::ALL {
        let Some(action) = kind.action() else {
            continue;
        };
        let is_on = |console: &Console| console.file().file.repairs.is_on(kind);
        assert!(console.cells(kind) > 0, "{kind:?} is not in the file");
        let (name, was_on) = (format!("{}: {action}", kind.label()), is_on(&console));
        lefts.push(console.rect_of(&name).left());
        console.click(&name);
        console.wait_for_dry_run();
        assert_ne!(is_on(&console), was_on, "{kind:?}");
        assert!(console.cells(kind) > 0, "{kind:?} is still told");
    }
    assert_eq!(lefts.len(), 18);
    assert!(lefts.iter().all(|left| *left == lefts[0]), "{lefts:?}");
    assert_eq!(lefts[0].fract(), 0.0, "on a whole pixel");
}

#[test]
fn a_separator_between_curly_marks_does_not_cut_the_value() {
    let mut console = at_dry_run(
        "external_id,legal_name,entity_type,email,country\n\
         c-1,“Harbour Books, Ltd”,limited,a@c.example,GB\n",
    );
    console.assert_shows("Delimiters between typographic quotation marks: 1 cell");
    console.click("Delimiters between typographic quotation marks: Keep values whole");
    console.wait_for_dry_run();
    console.assert_shows("6 cells, but only 5 columns");
    console.click("Delimiters between typographic quotation marks: Keep values whole");
    console.wait_for_dry_run();
    console.create(1);
    let stored = console.has_stored("c-1");
    assert_eq!(stored.legal_name.as_deref(), Some("Harbour Books, Ltd"));
}

#[test]
fn notes_about_cells_are_hidden_in_share_mode() {
    let mut console = at_dry_run(
        "external_id,legal_name,entity_type,email,country\n\
         g-1,M&uuml;ller &amp; Co GmbH,gmbh,a@g.example,DE\n",
    );
    console.assert_shows("ller & Co GmbH");
    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    console.assert_shows("Reason hidden in share mode");
    assert!(!console.tree().contains("ller &"), "{}", console.screen());
    console.click("Back to columns");
    console.click("Header row: line 1");
    console.assert_shows("Line 2: ••••••");
    assert!(!console.tree().contains("g-1"), "{}", console.screen());
}

#[test]
fn a_country_that_thred_does_not_list_is_refused_until_it_is_accepted() {
    let mut console = at_dry_run(
        "external_id,legal_name,entity_type,email,country,base_currency\n\
         c-1,Swiss One AG,ag,a@c.example,CH,EUR\n\
         c-2,Swiss Two AG,ag,b@c.example,ch,EUR\n\
         c-3,Old Mill Ltd,limited,c@c.example,Vereinigtes Königreich,GBP\n",
    );
    assert_eq!(
        console.file().counts().to_string(),
        "create 1 · already exist 0 · differ 0 · invalid 2"
    );
    console.assert_shows("Country: CH is not one of the 17 countries that Thred lists.");
    console.assert_shows("Unknown countries: 2 cells");
    // One row can be corrected, or all accepted at once.
    console.click("Correct line 2");
    assert!(console.is_marked_wrong("Country"));
    console.press(Key::Escape);
    console.tab_to("Unknown countries: Send as they are");
    console.press(Key::Space);
    console.wait_for_dry_run();
    console.assert_shows("CH. It is not among the 17 that Thred lists and may be rejected.");
    console.click("Create 3 in Custom");
    console.wait_for_end();
    assert_eq!(console.create_requests(), 3, "the server decides");
}

#[test]
fn the_lines_of_the_switches_stay_where_they_are() {
    let mut console = at_dry_run(
        "external_id,legal_name,entity_type,email,country,fiscal_year_end\n\
         n-1,One Ltd,limited,a@n.example,ZZ,31.12.2026\n\
         n-2,Two Ltd,limited,b@n.example,GB,31.12.2026\n",
    );
    let switch = "Unknown countries: Send as they are";
    let other = "Dates in another format: 2 cells";
    let places = |console: &Console| [switch, other].map(|name| console.rect_of(name).top());
    let before = places(&console);
    console.click(switch);
    console.wait_for_dry_run();
    assert!(console.is_on(switch));
    assert_eq!(places(&console), before);
}
