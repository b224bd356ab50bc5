//! The overview: its figures, and opening the businesses behind a bar.

use std::time::Duration;

use egui::{Key, Modifiers};
use thred_console::state::shell::messages::Page;

use crate::support::{Answer, Console, Fault, On, RunGate, Setup};

fn at_overview(setup: Setup) -> Console {
    let mut console = Console::signed_in(setup);
    console.until_remembered();
    console.press_with(Modifiers::COMMAND, Key::Num6);
    console
}

#[test]
fn a_bar_leads_to_its_businesses_by_pointer() {
    let mut console = at_overview(Setup::default());
    let sentence = "Businesses by country: United Kingdom 2, Netherlands 2, Belgium 1, Germany 1.";
    console.assert_shows(sentence);
    console.assert_shows("Businesses by status: Active 5, Inactive 1.");
    console.assert_shows("6 businesses");
    console.assert_undrawn("the overview");
    console.click("Netherlands, 2 businesses, 33 %");
    assert_eq!(console.workspace().page, Page::Businesses);
    assert_eq!(console.field_value("Filter businesses"), "");
    assert_eq!(console.workspace().list.filter(), "country:NL");
    assert_eq!(console.rows().len(), 2);
    console.assert_shows("country:NL");
}

#[test]
fn a_bar_leads_to_its_businesses_by_keyboard() {
    let mut console = at_overview(Setup::default());
    console.wait_for("the keyboard", |console| {
        console.focused().contains("business")
    });
    console.tab_to("United Kingdom, 2 businesses, 33 %");
    console.press(Key::End);
    assert_eq!(console.focused(), "Germany, 1 business, 17 %");
    console.press(Key::ArrowUp);
    assert_eq!(console.focused(), "Belgium, 1 business, 17 %");
    // Each figure is one Tab stop and remembers its selected bar.
    console.press(Key::Tab);
    assert_eq!(console.focused(), "limited, 6 businesses, 100 %");
    console.press_with(Modifiers::SHIFT, Key::Tab);
    assert_eq!(console.focused(), "Belgium, 1 business, 17 %");
    console.press(Key::ArrowUp);
    console.press(Key::ArrowLeft);
    console.press(Key::ArrowDown);
    console.press(Key::Enter);
    assert_eq!(console.workspace().list.filter(), "country:NL");
    assert_eq!(console.rows().len(), 2);
}

#[test]
fn every_bar_counts_what_it_leads_to() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.copy_token();
    console.press_with(Modifiers::COMMAND, Key::Num6);
    console.assert_shows("Businesses by status: Active 5, Inactive 1, Live token 1.");
    let overview = console.workspace().overview.latest().unwrap().clone();
    let figures = [
        overview.created,
        overview.countries,
        overview.entity_types,
        overview.status,
    ];
    let bars = figures.into_iter().flatten();
    let mut found: Vec<(String, usize)> = bars.map(|bar| (bar.filter, bar.count)).collect();
    found.push(("token:live".to_owned(), 1));
    for (filter, count) in found {
        console.press_with(Modifiers::COMMAND, Key::Num1);
        console.press(Key::Escape);
        console.retype("Filter businesses", &format!("{filter} "));
        assert_eq!(console.workspace().list.shown_count(), count, "{filter}");
        console.press(Key::Escape);
        console.press(Key::Escape);
    }
}

#[test]
fn the_figures_follow_the_list() {
    let mut console = at_overview(Setup::default());
    console
        .server
        .state()
        .store_mut()
        .insert(crate::support::business(7, "Newcomer", "new-7", "SG"));
    console.press(Key::F5);
    console.wait_for_text("Singapore 1");
    console.assert_shows("7 businesses");
}

#[test]
fn it_is_found_in_the_navigation_and_the_palette() {
    let mut console = Console::signed_in(Setup::default());
    console.click("Overview");
    assert_eq!(console.workspace().page, Page::Overview);
    console.press_with(Modifiers::COMMAND, Key::Num1);
    console.press_with(Modifiers::COMMAND, Key::K);
    console.type_text("overv");
    console.press(Key::Enter);
    assert_eq!(console.workspace().page, Page::Overview);
}

#[test]
fn without_businesses_it_says_what_to_do() {
    let none = Setup {
        businesses: Vec::new(),
        ..Setup::default()
    };
    let mut console = at_overview(none);
    console.assert_shows("No businesses in Custom yet");
    console.click("New business");
    console.assert_shows("Legal name");
}

#[test]
fn while_it_waits_it_says_for_what_and_a_failure_has_a_way_out() {
    let mut console = Console::start(Setup::default());
    let gate = RunGate::closed();
    let failing = Answer::status(403).held_by(&gate);
    console.server.fault(On::List, Fault::Always(failing));
    console.sign_in();
    console.wait_until("the session", |state| state.workspace().is_some());
    console.press_with(Modifiers::COMMAND, Key::Num6);
    console.pass(Duration::from_secs(11));
    console.assert_shows("Waiting for Custom to answer");
    gate.open();
    console.wait_for_text("The list could not be loaded");
    console.server.clear_faults();
    console.click("Try again");
    console.wait_for_text("6 businesses");
    console.assert_shows("Businesses by country");
}
