//! The settings page: every setting, and changes that apply at once.

use egui::{Key, Modifiers, Theme, Vec2};
use thred_console::{
    domain::settings::{Density, Notifications, Scale, Settings, ThemePreference},
    theme,
};

use super::{open, settings};
use crate::support::{Console, Setup};

/// The names of all settings.
const ROWS: [&str; 13] = [
    "Theme",
    "Scale",
    "Density",
    "Share mode",
    "Clear the clipboard after",
    "Reuse a token with at least",
    "Lock when idle",
    "Lock at start",
    "Partner Portal",
    "Notifications",
    "Proxy",
    "Extra certificate authorities",
    "Test connection",
];

#[test]
fn every_setting_is_there_and_only_a_changed_one_names_its_default() {
    let mut console = Console::signed_in(Setup::default().locking_after(10));
    console.click("Settings");
    for row in ROWS {
        console.assert_shows(row);
    }
    assert!(!console.shows("Default: ") && !console.shows("Reset "));
    let below = console.rect_of("Density: Compact");
    console.click("Theme: Light");
    console.assert_shows("Default: System");
    console.assert_shows("Reset Theme");
    assert_eq!(console.rect_of("Density: Compact"), below, "nothing moves");
    assert_eq!(console.screen().matches("Default: ").count(), 1);
}

#[test]
fn they_are_within_reach_before_the_first_sign_in() {
    let mut console = Console::start(Setup::default().locking_after(10));
    console.click("Settings");
    for row in ROWS {
        console.assert_shows(row);
    }
    console.click("Theme: Light");
    assert_eq!(settings(&console).theme, ThemePreference::Light);
    console.press(Key::Escape);
    console.assert_shows("Sign in to Custom");
    open(&mut console);
    console.click("Back to sign-in");
    console.sign_in();
    assert!(
        !console.shows("Changes apply immediately"),
        "the list comes first"
    );
}

#[test]
fn what_was_typed_into_the_sign_in_is_still_there_after_a_look_at_the_settings() {
    let mut console = Console::start(Setup::default().locking_after(10));
    console.retype("Partner UUID", "3f2a71c8");
    open(&mut console);
    console.press(Key::Escape);
    assert_eq!(console.field_value("Partner UUID"), "3f2a71c8");
}

#[test]
fn colours_change_at_once_and_follow_the_system() {
    let mut console = Console::signed_in(Setup::default().locking_after(10));
    open(&mut console);
    let is_dark = |console: &Console| theme::palette(console.ctx()).is_dark;
    for (name, dark) in [("Theme: Light", false), ("Theme: Dark", true)] {
        console.click(name);
        assert_eq!(is_dark(&console), dark, "{name}");
    }
    console.click("Theme: High contrast");
    assert_eq!(
        theme::palette(console.ctx()).surface,
        theme::HIGH_CONTRAST.surface
    );
    console.click("Theme: System");
    for (system, dark) in [(Theme::Light, false), (Theme::Dark, true)] {
        console.system_theme(system);
        assert_eq!(is_dark(&console), dark, "{system:?}");
    }
    console.click("Theme: Light");
    console.system_theme(Theme::Dark);
    assert!(!is_dark(&console), "a colour that was chosen stays");
}

#[test]
fn scale_changes_at_once_by_pointer_and_by_key() {
    let mut console = Console::signed_in(Setup::default().locking_after(10));
    open(&mut console);
    console.click("Scale: 150 %");
    assert_eq!(console.ctx().zoom_factor(), 1.5);
    console.press_with(Modifiers::COMMAND, Key::Plus);
    assert_eq!(console.ctx().zoom_factor(), 1.5, "the end");
    console.press_with(Modifiers::COMMAND, Key::Minus);
    assert_eq!(console.ctx().zoom_factor(), 1.4);
    assert_eq!(settings(&console).scale, Scale::percent(140));
    console.press_with(Modifiers::COMMAND, Key::Equals);
    assert_eq!(settings(&console).scale, Scale::percent(150));
    console.press_with(Modifiers::COMMAND, Key::Num0);
    assert_eq!(console.ctx().zoom_factor(), 1.0);
}

#[test]
fn compact_rows_show_more_of_the_list() {
    let mut console = Console::signed_in(Setup::with_many(100));
    let comfortable = console.rows().len();
    open(&mut console);
    console.click("Density: Compact");
    assert_eq!(settings(&console).density, Density::Compact);
    console.press_with(Modifiers::COMMAND, Key::Num1);
    let compact = console.rows().len();
    assert!(
        compact * 4 > comfortable * 5 - 8,
        "{compact} compact rows, {comfortable} comfortable ones"
    );
    assert!(compact > comfortable);
}

#[test]
fn every_choice_is_taken_and_can_be_taken_back() {
    let mut console = Console::signed_in(Setup::default().locking_after(10));
    open(&mut console);
    console.click("Lock at start");
    console.click("Lock when idle: Never");
    console.click("Notifications: Without names");
    let set = settings(&console);
    assert!(set.locks_at_start);
    assert_eq!(set.lock_minutes, None);
    assert_eq!(set.notifications, Notifications::WithoutNames);
    assert!(!console.shows("Minutes until the lock"));
    console.click("Lock when idle: After");
    assert_eq!(settings(&console).lock_minutes, Some(10));
    console.click("Lock when idle: Never");
    for row in ["Lock at start", "Lock when idle", "Notifications"] {
        console.click(&format!("Reset {row}"));
    }
    assert_eq!(*settings(&console), Settings::default());
    assert!(!console.shows("Reset "), "nothing is left to reset");
}

#[test]
fn all_of_it_is_there_after_a_restart() {
    let mut console = Console::signed_in(Setup::default().locking_after(10));
    open(&mut console);
    console.click("Theme: Light");
    console.click("Scale: 125 %");
    console.click("Density: Compact");
    console.retype("Clear the clipboard after", "20");
    console.retype("Minutes until the lock", "45");
    console.click("Proxy: None");
    console.retype("Partner Portal", "portal.example.com");
    console.press(Key::Enter);
    let before = settings(&console).clone();
    let mut console = console.restart();
    assert_eq!(console.preferences().settings, before);
    assert_eq!(*settings(&console), before);
    console.settle();
    assert_eq!(console.ctx().zoom_factor(), 1.25);
    assert_eq!(theme::rows(console.ctx()).table, theme::row::COMPACT);
}

#[test]
fn it_can_be_used_in_the_smallest_window_at_every_scale() {
    for percent in ["90 %", "100 %", "125 %", "150 %"] {
        let mut console = Console::signed_in(Setup {
            size: Vec2::new(900.0, 600.0),
            ..Setup::default().locking_after(10)
        });
        open(&mut console);
        console.click(&format!("Scale: {percent}"));
        let width = console.ctx().viewport_rect().width();
        console.click("Proxy: Address");
        for name in [
            "Theme: High contrast",
            "Scale: 150 %",
            "Clear the clipboard after",
            "Minutes until the lock",
            "Partner Portal",
            "Notifications: Off",
            "Proxy address",
            "Choose file…",
            "Test connection",
        ] {
            let rect = console.rect_of(name);
            assert!(
                rect.left() >= 0.0 && rect.right() <= width,
                "{name} at {percent} lies at {rect:?} of {width}"
            );
        }
    }
}

#[test]
fn share_mode_has_a_switch_that_says_it_is_off_at_each_start() {
    let mut console = Console::signed_in(Setup::default());
    open(&mut console);
    console.assert_shows("It is off each time the console starts.");
    console.click("Share mode");
    assert!(console.state().share.is_on() && console.is_on("Share mode"));
    assert!(
        !console.shows("Reset Share mode"),
        "it is no setting that is kept"
    );
    console.tab_to("Share mode");
    console.press(Key::Space);
    assert!(!console.state().share.is_on());
}
