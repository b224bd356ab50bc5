//! Files of unusual shape: titles above the header row, empty columns, country names, unusual dates, no column for a
//! required field.

use thred_console::domain::{
    draft::Field,
    import::{ColumnTarget, DateOrder},
};

use super::{Console, HEADER, signed_in};
use crate::support::Setup;

#[test]
fn empty_columns_at_the_end_do_not_count() {
    let commas = ",".repeat(600);
    let text = format!(
        "{}{commas}\nq-1,Ghost Ltd,limited,a@q.example,GB{commas}\n{commas},,,,\n",
        HEADER.trim_end()
    );
    let mut console = signed_in();
    console.open_file("ghosts.csv", text);
    console.assert_shows("1 row, 5 of 5 columns mapped");
    console.assert_shows("1 empty row skipped");
    console.dry_run();
    assert_eq!(console.file().counts().create, 1);
    assert_eq!(console.file().counts().noted, 0, "nothing is said of them");
}

#[test]
fn the_names_of_the_columns_are_found_below_titles_and_can_be_chosen() {
    let mut console = signed_in();
    let text = format!(
        "Harbour Partners Ltd,,,,\nCustomer Contact List,,,,\n\n{HEADER}p-1,Old Mill Ltd,limited,a@p.example,GB\n"
    );
    console.open_file("titles.csv", text);
    console.assert_shows("Header row: line 4");
    console.assert_shows("1 row, 5 of 5 columns mapped");
    console.click("Header row: line 4");
    console.click("Line 2: Customer Contact List");
    console.wait_for_text("Header row: line 2");
    console.assert_shows("2 rows, ");
    console.click("Header row: line 2");
    console.click("Line 4: external_id, legal_name, entity_type, email");
    console.wait_for_text("Header row: line 4");
    console.dry_run();
    assert_eq!(console.file().counts().create, 1);
}

#[test]
fn a_default_fills_any_required_column_but_the_id() {
    let mut console = signed_in();
    console.open_file("short.csv", "external_id,legal_name\nd-1,One GmbH\nd-2,\n");
    console.assert_shows("Choose a column or a default for country, entity type, e-mail");
    console.click("Defaults…");
    console.choose("Country", "Germany");
    console.type_into("Entity type", "gmbh");
    console.type_into("E-mail", "all@d.example");
    console.type_into("Legal name", "To be named");
    console.click("Done");
    console.assert_shows("Defaults (4)…");
    console.dry_run();
    console.click("Create 2 in Custom");
    console.wait_for_end();
    let stored = console.stored("d-2").unwrap();
    assert_eq!(stored.legal_name.as_deref(), Some("To be named"));
    assert_eq!(stored.entity_type.as_deref(), Some("gmbh"));
    assert_eq!(stored.base_currency.as_deref(), Some("EUR"));
    assert_eq!(
        console.stored("d-1").unwrap().legal_name.as_deref(),
        Some("One GmbH")
    );
}

#[test]
fn the_id_of_another_system_is_not_taken_for_that_of_thred() {
    let mut console = signed_in();
    console.open_file(
        "crm.csv",
        "id,name,type,email,country\n10045,Old Mill Ltd,limited,a@i.example,GB\n",
    );
    let target = console.file().mapping.target(0);
    assert_eq!(target, ColumnTarget::Field(Field::ExternalId));
    console.dry_run();
    console.click("Create 1 in Custom");
    console.wait_for_end();
    assert!(console.stored("10045").is_some());
}

#[test]
fn countries_are_read_in_their_own_languages() {
    let names = [
        ("Deutschland", "DE"),
        ("España", "ES"),
        ("Nederland", "NL"),
        ("Österreich", "AT"),
        ("Sverige", "SE"),
        ("Suomi", "FI"),
        ("Belgique", "BE"),
        ("FRA", "FR"),
    ];
    let row =
        |(name, code): &(&str, &str)| format!("c-{code},One,some_type,{code}@c.example,{name}\n");
    let text: String = names.iter().map(row).collect();
    let console = Console::at_dry_run(
        Setup::default(),
        &format!("{HEADER}{text}x-1,Two,limited,a@c.example,Atlantis\n"),
    );
    console.assert_shows("Unknown country “Atlantis”");
    assert!(!console.shows("Base currency is missing"));
    assert_eq!(console.file().counts().create, names.len());
    console.assert_shows("“Deutschland” is read as DE.");
}

#[test]
fn dates_in_another_format_are_one_finding() {
    let header = "external_id,legal_name,entity_type,email,country,fiscal_year_end\n";
    let row = |n: usize| {
        format!(
            "t-{n},Name {n} Ltd,limited,t{n}@t.example,GB,31.{}.2026\n",
            [1, 3, 5, 7, 8, 10, 12_usize][n % 7]
        )
    };
    let rows: String = (0..500).map(row).collect();
    let console = Console::at_dry_run(Setup::default(), &format!("{header}{rows}"));
    assert_eq!(console.file().counts().create, 500);
    console.assert_shows("Dates in another format: 500 cells");
    console.assert_shows("Date format: Read as DD.MM.YYYY");
    console.assert_shows("“31.3.2026” is read as 2026-03-31.");
}

#[test]
fn dates_that_can_be_read_in_two_ways_wait_for_a_choice() {
    let text = "external_id,legal_name,entity_type,email,country,fiscal_year_end\n\
        t-1,One Ltd,limited,a@t.example,GB,03/04/2026\n\
        t-2,Two Ltd,limited,b@t.example,GB,05/06/2026\n";
    let mut console = Console::at_dry_run(Setup::default(), text);
    assert_eq!(console.file().counts().invalid, 2);
    console.assert_shows("“03/04/2026” is 2026-03-04 or 2026-04-03");
    console.click("Date format: Choose the format");
    console.click("MM/DD/YYYY");
    console.wait_for_dry_run();
    assert_eq!(console.file().mapping.dates, Some(DateOrder::MonthFirst));
    console.click("Create 2 in Custom");
    console.wait_for_end();
    let stored = console.stored("t-1").unwrap();
    assert_eq!(stored.fiscal_year_end.as_deref(), Some("2026-03-04"));
}

/// A dry run over 500 rows, each with this date.
fn dated(date: &str) -> Console {
    let header = "external_id,legal_name,entity_type,email,country,fiscal_year_end\n";
    let row = |n: usize| format!("t-{n},Name {n} Ltd,limited,t{n}@t.example,GB,\"{date}\"\n");
    let rows: String = (0..500).map(row).collect();
    Console::at_dry_run(Setup::default(), &format!("{header}{rows}"))
}

#[test]
fn dates_that_leave_no_doubt_are_one_finding_without_a_question() {
    for date in [
        "20261231",
        "31 Dec 2026",
        "December 31st, 2026",
        "2026-12-31T00:00:00Z",
        "31st December 2026",
        "Thu Dec 31 2026",
    ] {
        let console = dated(date);
        console.assert_shows("Dates in another format: 500 cells");
        assert!(!console.shows("Date format: "), "{date}");
        assert_eq!(console.file().counts().create, 500);
        console.assert_shows(&format!("“{date}” is read as 2026-12-31."));
    }
}

#[test]
fn numbers_of_a_spreadsheet_are_one_finding_with_its_reason() {
    let console = dated("46387");
    assert_eq!(console.file().counts().invalid, 500);
    console.assert_shows("Dates in another format: 500 cells");
    console.assert_shows("“46387” is a spreadsheet’s number for a day, most likely 2026-12-31");
}

#[test]
fn the_century_of_two_digits_is_asked_for() {
    let mut console = dated("31.12.26");
    assert_eq!(console.file().counts().invalid, 500);
    console.assert_shows("“31.12.26” is 2026-12-31 or 2031-12-26. Choose the date format");
    console.click("Date format: Choose the format");
    assert!(!console.shows("MM.DD.YY"), "no date makes sense so");
    console.click("DD.MM.YY, years 20YY");
    console.wait_for_dry_run();
    assert_eq!(console.file().counts().create, 500);
    console.assert_shows("Date format: Read as DD.MM.YY, years 20YY");
    console.assert_shows("“31.12.26” is read as 2026-12-31.");
}

#[test]
fn a_time_of_day_is_dropped_only_when_asked() {
    let mut console = dated("2026-12-30T23:00:00.000Z");
    assert_eq!(console.file().counts().invalid, 500);
    console.assert_shows("Dates with a time of day: 500 cells");
    console.click("Dates with a time of day: Use the date as written");
    console.wait_for_dry_run();
    assert_eq!(console.file().counts().create, 500);
    console.assert_shows("is read as 2026-12-30.");
}
