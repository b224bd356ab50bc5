//! Reminders of the key's age: badge, banner, system notification and calendar.

use std::time::Duration;

use egui::{Key, Modifiers};
use icalendar::{Component as _, DatePerhapsTime, parser};
use jiff::SignedDuration;
use thred_console::{
    domain::{rotation::ReminderLevel, settings::Notifications, time::Clock as _},
    platform::file_dialog::{FileDialogOutcome, FileRequest},
};

use super::{DAY, aged};
use crate::support::{Console, KEY};

fn titles(console: &Console) -> Vec<String> {
    let shown = console.notifier.shown();
    shown.into_iter().map(|notice| notice.title).collect()
}

/// The texts about the key: badge, status bar, banner.
fn said(console: &Console) -> (String, String, Option<String>) {
    let screen = console.screen();
    let find = |part: &str| {
        screen
            .lines()
            .find(|line| line.contains(part))
            .map(str::to_owned)
    };
    let badge = find("API key").unwrap_or_default();
    let status = find("Key due")
        .or_else(|| find("Key 10 days"))
        .unwrap_or_default();
    (badge, status, find("This API key is"))
}

#[test]
fn each_rung_says_more_than_the_one_before() {
    let mut console = aged(59);
    let due = console.clock.now().wall + SignedDuration::from_hours(24 * 31);
    let due = due
        .to_zoned_datetime(console.zone.clone())
        .strftime("%-d %b")
        .to_string();
    let (badge, status, banner) = said(&console);
    assert!(!badge.contains("59 d"), "{badge}");
    assert!(status.contains("Key due in 31 days"), "{status}");
    assert_eq!(banner, None);

    console.pass(DAY);
    let (badge, _, banner) = said(&console);
    assert!(badge.contains("API key, 60 d"), "{badge}");
    assert_eq!(banner, None);

    console.pass(16 * DAY);
    let (badge, status, banner) = said(&console);
    assert!(
        badge.contains("76 d") && status.contains("Key due in 14 days"),
        "{badge} {status}"
    );
    let banner = banner.unwrap();
    assert!(
        banner.contains(&format!(
            "76 days old. Due {due}, in 14 days. Thred asks for a new key every 90 days."
        )),
        "{banner}"
    );
    assert!(console.offers("Remind me in 3 days"));

    console.pass(7 * DAY);
    assert!(said(&console).2.unwrap().contains("in 7 days"));
    assert!(console.offers("Remind me tomorrow"));

    console.pass(7 * DAY);
    let (_, status, banner) = said(&console);
    assert!(status.contains("Key due today"), "{status}");
    assert!(banner.unwrap().contains("due today"));
    assert!(!console.shows("Remind me"), "it stays");

    console.pass(10 * DAY);
    let (_, status, _) = said(&console);
    assert!(status.contains("Key 10 days overdue"), "{status}");
    // An overdue key blocks nothing.
    console.works();
}

#[test]
fn the_page_is_drawn_again_when_the_day_begins_and_not_before() {
    let mut console = aged(60);
    let now = console
        .clock
        .now()
        .wall
        .to_zoned_datetime(console.zone.clone());
    let midnight = now.tomorrow().unwrap().start_of_day().unwrap();
    let left = midnight
        .timestamp()
        .duration_since(now.timestamp())
        .unsigned_abs();
    assert_eq!(console.repaint_delay(), left);
    console.clock.advance(left - Duration::from_nanos(1));
    console.frame();
    console.assert_shows("Key due in 30 days");
    console.pass(Duration::from_nanos(1));
    console.assert_shows("Key due in 29 days");
    assert_eq!(console.repaint_delay(), DAY);
}

#[test]
fn a_banner_is_put_off_for_its_days_and_across_a_restart() {
    let mut console = aged(76);
    console.click("Remind me in 3 days");
    assert!(!console.shows("This API key is"));
    console.assert_shows("API key, 76 d");
    console.until_saved();
    let mut console = console.restart();
    console.until_listed();
    assert!(!console.shows("This API key is"), "it is remembered");
    console.pass(2 * DAY);
    assert!(!console.shows("This API key is"));
    console.pass(DAY);
    console.assert_shows("This API key is 79 days old.");

    // The next reminder day ends the snooze.
    console.pass(3 * DAY);
    console.click("Remind me in 3 days");
    assert!(!console.shows("This API key is"));
    console.pass(DAY);
    console.assert_shows("This API key is 83 days old.");
    console.click("Remind me tomorrow");
    assert!(!console.shows("This API key is"));
    console.pass(DAY);
    console.assert_shows("This API key is 84 days old.");
}

#[test]
fn a_clock_that_is_set_back_frightens_nobody_and_hides_nothing_for_long() {
    let mut console = aged(77);
    console.click("Remind me in 3 days");
    console
        .clock
        .shift_wall(SignedDuration::from_hours(-24 * 100));
    console.settle();
    console.assert_shows("Key due in 90 days");
    console
        .clock
        .shift_wall(SignedDuration::from_hours(24 * 99));
    console.settle();
    console.assert_shows("This API key is 76 days old.");
}

#[test]
fn each_rung_is_told_once_by_the_system() {
    let mut console = aged(75);
    assert_eq!(titles(&console), [""; 0]);
    console.pass(DAY);
    assert_eq!(titles(&console), ["A Thred API key is due in 14 days"]);
    console.pass(DAY);
    console.until_saved();
    let mut console = console.restart();
    console.until_listed();
    assert_eq!(titles(&console).len(), 1, "not at every start");
    console.pass(6 * DAY);
    console.pass(7 * DAY);
    console.pass(20 * DAY);
    console
        .clock
        .shift_wall(SignedDuration::from_hours(-24 * 30));
    console.settle();
    console.pass(DAY);
    assert_eq!(
        titles(&console),
        [
            "A Thred API key is due in 14 days",
            "A Thred API key is due in 7 days",
            "A Thred API key is due today",
        ]
    );
    for notice in console.notifier.shown() {
        assert!(
            !notice.body.contains(KEY) && notice.body.contains("3f2a…9c1e"),
            "{notice:?}"
        );
    }
}

#[test]
fn a_shared_screen_is_told_no_name() {
    let mut console = aged(75);
    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    console.pass(DAY);
    let shown = console.notifier.shown();
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(shown[0].body.starts_with("One of your keys is 76 days old"));
}

#[test]
fn weeks_without_a_start_are_told_once_and_by_their_last_rung() {
    let console = aged(120);
    assert_eq!(titles(&console), ["A Thred API key is overdue"]);
    console.assert_shows("This API key is 120 days old.");
}

#[test]
fn profiles_that_are_not_open_are_told_too_without_names_or_not_at_all() {
    for (allowed, expected) in [
        (
            Notifications::WithNames,
            Some("The key of Northwind (Production)"),
        ),
        (Notifications::WithoutNames, Some("One of your keys")),
        (Notifications::Off, None),
    ] {
        let console = aged(10).restart_with(|saved| {
            saved.settings.notifications = allowed;
            let mut other = saved.profiles[0].clone();
            other.profile.environment = thred_console::domain::environment::Environment::Production;
            other.label = "Northwind".to_owned();
            let added = other.key.added_at.unwrap();
            other.key.added_at = Some(added - SignedDuration::from_hours(24 * 75));
            saved.profiles.push(other);
            // No profile signs in at the start.
            saved.last_profile = None;
        });
        let shown = console.notifier.shown();
        match expected {
            None => assert!(shown.is_empty(), "{shown:?}"),
            Some(words) => {
                assert_eq!(shown.len(), 1);
                assert!(shown[0].body.starts_with(words), "{shown:?}");
                let is_named =
                    shown[0].body.contains("Northwind") || shown[0].body.contains("3f2a");
                assert_eq!(is_named, allowed == Notifications::WithNames);
            }
        }
    }
}

#[test]
fn a_system_without_notifications_is_no_trouble() {
    let console = aged(70);
    console.notifier.fail();
    let mut console = console;
    console.pass(6 * DAY);
    assert_eq!(titles(&console).len(), 1);
    console.assert_shows("This API key is 76 days old.");
    assert!(console.toasts().is_empty());
}

#[test]
fn an_issue_date_counts_from_then_on_and_the_page_says_which() {
    let mut console = aged(5);
    console.open_key_page();
    console.assert_shows("Counted from the day you added it here. It may be older.");
    let today = console
        .clock
        .now()
        .wall
        .to_zoned_datetime(console.zone.clone())
        .date();
    let issued = today - jiff::Span::new().days(80);
    console.click("Enter issue date");
    console.type_into("Issue date", &issued.to_string());
    console.click("Save date");
    console.assert_shows("Counted from its issue date.");
    console.assert_shows("Key due in 10 days");
    console.assert_shows("This API key is 80 days old.");
    assert_eq!(titles(&console).len(), 1, "the rung is told at once");
    console.until_saved();
    let mut console = console.restart();
    console.until_listed();
    console.assert_shows("Key due in 10 days");
    console.open_key_page();
    console.click("Change date");
    console.retype("Issue date", "");
    console.click("Save date");
    console.assert_shows("Key due in 85 days");
}

#[test]
fn signing_in_again_with_the_same_key_makes_it_no_younger() {
    let mut console = aged(63);
    console.press_with(
        egui::Modifiers::COMMAND | egui::Modifiers::SHIFT,
        egui::Key::Q,
    );
    console.click("Sign out of Custom");
    console.wait_for_text("The key was removed");
    console.sign_in_with(&crate::support::PARTNER.to_string(), KEY);
    console.until_listed();
    console.wait_for_text("Key due in 27 days");

    // A different key starts at day 0.
    let new = console.server.state().issue_api_key();
    console.press_with(
        egui::Modifiers::COMMAND | egui::Modifiers::SHIFT,
        egui::Key::Q,
    );
    console.click("Sign out of Custom");
    console.wait_for_text("The key was removed");
    console.sign_in_with(&crate::support::PARTNER.to_string(), &new);
    console.wait_for_text("Key due in 90 days");
}

#[test]
fn the_due_day_goes_to_a_calendar() {
    let mut console = aged(63);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("due.ics");
    console
        .dialogs
        .answer(FileDialogOutcome::Chosen(path.clone()));
    console.open_key_page();
    console.click("Save to calendar…");
    console.wait_for_text("Calendar file saved");
    let due = console.clock.now().wall + SignedDuration::from_hours(24 * 27);
    let due = due.to_zoned_datetime(console.zone.clone()).date();
    match &console.dialogs.asked()[0] {
        FileRequest::Save { file_name, .. } => {
            assert_eq!(*file_name, format!("thred-key-custom-{due}.ics"));
        }
        FileRequest::Open { .. } => panic!("an open dialog"),
    }
    let text = std::fs::read_to_string(&path).unwrap();
    let calendar: icalendar::Calendar = parser::read_calendar(&parser::unfold(&text))
        .unwrap()
        .into();
    let event = calendar.components[0].as_event().unwrap();
    let Some(DatePerhapsTime::Date(day)) = event.get_start() else {
        panic!("{text}");
    };
    assert_eq!(day.to_string(), due.to_string());
    assert_eq!(text.matches("BEGIN:VALARM").count(), 2);
    assert!(event.get_summary().unwrap().contains("Custom"));
    assert!(!text.contains(KEY));
}

#[test]
fn the_ladder_in_the_file_is_the_one_of_the_state() {
    let console = aged(84);
    let mut console = console;
    console.until_saved();
    assert_eq!(
        console.preferences().profiles[0].key.shown_reminders.last(),
        Some(ReminderLevel::Daily)
    );
}

#[test]
fn a_clock_that_was_a_year_ahead_silences_nothing() {
    let year = SignedDuration::from_hours(24 * 365);
    let mut console = aged(10);
    console.clock.shift_wall(year);
    console.settle();
    assert_eq!(titles(&console), ["A Thred API key is overdue"]);
    console.clock.shift_wall(-year);
    console.settle();
    for days in [66, 1, 6, 1, 6, 1, 20] {
        console.pass(days * DAY);
    }
    assert_eq!(
        titles(&console),
        [
            "A Thred API key is overdue",
            "A Thred API key is due in 14 days",
            "A Thred API key is due in 7 days",
            "A Thred API key is due today",
        ],
        "each once in its time"
    );
}

#[test]
fn a_mistyped_issue_date_silences_nothing() {
    let mut console = aged(5);
    let today = console
        .clock
        .now()
        .wall
        .to_zoned_datetime(console.zone.clone());
    let before = |days: i64| (today.date() - jiff::Span::new().days(days)).to_string();
    console.open_key_page();
    console.click("Enter issue date");
    console.type_into("Issue date", &before(700));
    console.click("Save date");
    assert_eq!(titles(&console), ["A Thred API key is overdue"]);
    for (days, told) in [(77, 2), (78, 2), (77, 2)] {
        console.click("Change date");
        console.retype("Issue date", &before(days));
        console.click("Save date");
        assert_eq!(titles(&console).len(), told, "{days}");
    }
    console.pass(6 * DAY);
    console.pass(7 * DAY);
    assert_eq!(
        titles(&console)[1..],
        [
            "A Thred API key is due in 13 days",
            "A Thred API key is due in 7 days",
            "A Thred API key is due today",
        ]
    );
}

#[test]
fn the_days_are_those_of_the_zone_that_the_computer_has_come_to() {
    use jiff::tz::{TimeZone, offset};
    let mut console = aged(60);
    // At home it is between ten and eleven in the morning (see `zone_of_the_morning`).
    let home = console
        .clock
        .now()
        .wall
        .to_zoned_datetime(console.zone.clone());
    let hours = home.offset().seconds() / 3_600;
    console.assert_shows("Key due in 30 days");
    let behind = i8::try_from(hours - 11).unwrap();
    console.travel_to(TimeZone::fixed(offset(behind)));
    let there = console
        .clock
        .now()
        .wall
        .to_zoned_datetime(console.zone.clone());
    assert!(there.date() < home.date());
    let midnight = there.tomorrow().unwrap().start_of_day().unwrap();
    let left = midnight.timestamp().duration_since(there.timestamp());
    assert_eq!(console.repaint_delay(), left.unsigned_abs());
    assert_eq!(console.state().zone, console.zone);
}

#[test]
fn the_page_of_the_key_says_largest_what_runs_out() {
    for (days, words) in [
        (63, "27 days left"),
        (89, "1 day left"),
        (90, "Due today"),
        (97, "7 days overdue"),
    ] {
        let mut console = aged(days);
        console.open_key_page();
        console.assert_shows(words);
        let track = format!("Image: Day {days} of 90. Reminders on days 60, 76 and 83.");
        console.assert_shows(&track);
        let buttons = console.screen().matches("Save to calendar…").count();
        assert_eq!(buttons, 1, "the banner leaves it to the page");
    }
}

#[test]
fn in_a_narrow_window_a_banner_says_what_matters_and_no_more() {
    for (days, words) in [
        (76, "in 14 days."),
        (91, "It works until Thred rejects it."),
    ] {
        let mut console = aged(days);
        console.resize(egui::Vec2::new(900.0, 600.0));
        let banner = said(&console).2.unwrap();
        assert!(banner.ends_with(words), "{banner}");
        assert!(!banner.contains("every 90 days"), "{banner}");
    }
}
