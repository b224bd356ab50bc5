use std::time::Duration;

use icalendar::parser::{read_calendar, unfold};
use icalendar::{Calendar, Component as _, DatePerhapsTime};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::credentials::ApiKey;
use crate::domain::key_record::KeyRecord;
use crate::domain::token::Fingerprint;

/// Zones that change their clocks at different hours, one of them at midnight, and the extreme offsets.
fn zones() -> Vec<TimeZone> {
    let mut zones: Vec<TimeZone> = [
        "CET-1CEST,M3.5.0,M10.5.0/3",
        "EST5EDT,M3.2.0,M11.1.0",
        // Springs forward from 24:00 to 1:00, so that day begins at 1:00.
        "<-04>4<-03>,M9.1.6/24,M4.1.6/24",
        "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
    ]
    .into_iter()
    .map(|posix| TimeZone::posix(posix).unwrap())
    .collect();
    zones.extend([-12, 0, 14].map(|hours| TimeZone::fixed(jiff::tz::offset(hours))));
    zones
}

fn zone() -> impl Strategy<Value = TimeZone> {
    (0..zones().len()).prop_map(|index| zones()[index].clone())
}

/// From 2026 to 2032, which includes two leap days.
fn moment() -> impl Strategy<Value = Timestamp> {
    (1_767_225_600_i64..1_956_528_000).prop_map(|secs| Timestamp::from_second(secs).unwrap())
}

fn local(at: Timestamp, zone: &TimeZone) -> Date {
    at.to_zoned_datetime(zone.clone()).date()
}

proptest! {
    #[test]
    fn the_ladder_only_rises(days in 0_u32..400, more in 0_u32..400) {
        prop_assert!(ReminderLevel::at(days) <= ReminderLevel::at(days + more));
        let level = ReminderLevel::at(days);
        prop_assert!(level.begins() <= days);
    }

    #[test]
    fn an_age_is_the_number_of_local_days(added in moment(), later in 0_u64..200 * 86_400, zone in zone()) {
        let record = KeyRecord::added(None, added);
        let now = added.checked_add(Duration::from_secs(later)).unwrap();
        let age = record.age(now, &zone).unwrap();
        let (first, today) = (local(added, &zone), local(now, &zone));
        prop_assert_eq!(first.checked_add(Span::new().days(age.days)).unwrap(), today);
        prop_assert_eq!(age.due(), first.checked_add(Span::new().days(90)).unwrap());
        // It is due exactly from the due day on.
        prop_assert_eq!(age.reminder_level() == ReminderLevel::Due, today >= age.due());
        prop_assert_eq!(age.days_left() <= 0, age.reminder_level() == ReminderLevel::Due);
    }

    #[test]
    fn a_clock_that_was_set_back_makes_no_key_older_or_negative(
        added in moment(), back in 1_u64..400 * 86_400, zone in zone(),
    ) {
        let record = KeyRecord::added(None, added);
        let before = added.checked_sub(Duration::from_secs(back)).unwrap();
        let age = record.age(before, &zone).unwrap();
        prop_assert_eq!((age.days, age.reminder_level()), (0, ReminderLevel::Fresh));
    }

    #[test]
    fn nothing_reads_differently_before_the_next_midnight(added in moment(), later in 0_u64..100 * 86_400, zone in zone()) {
        let record = KeyRecord::added(None, added);
        let now = added.checked_add(Duration::from_secs(later)).unwrap();
        let midnight = next_midnight(now, &zone).unwrap();
        let just_before = midnight.checked_sub(Duration::from_nanos(1)).unwrap();
        prop_assert!(now < midnight);
        // A day has at most 25 hours.
        prop_assert!(midnight.duration_since(now).as_secs() <= 25 * 3_600);
        prop_assert_eq!(record.age(just_before, &zone), record.age(now, &zone));
        let then = record.age(midnight, &zone).unwrap();
        prop_assert_eq!(then.days, record.age(now, &zone).unwrap().days + 1);
    }

    #[test]
    fn a_snooze_hides_its_own_rung_for_its_days_and_nothing_else(put_off in 76_u32..90, later in 0_u32..60, back in 0_u32..60) {
        let since = KeyAgeBasis::Added(date(2027, 12, 12));
        let day = |days: u32| KeyAge::on(since.day().checked_add(Span::new().days(days)).unwrap(), since);
        let snooze = Snooze::of(&day(put_off)).unwrap();
        let hidden = snooze.hides(&day(put_off + later));
        let is_higher = ReminderLevel::at(put_off + later) > ReminderLevel::at(put_off);
        let is_over = later >= snooze.level.snooze_days().unwrap();
        prop_assert_eq!(hidden, !is_higher && !is_over);
        // Setting the clock back to an earlier day shows the banner again, rather than hiding it for long.
        prop_assert!(!snooze.hides(&day(put_off - back.min(put_off))) || back == 0);
    }

    #[test]
    fn calendar_lines_are_folded_and_read_back_whole(label in "\\PC{0,120}", environment in "[A-Za-z,;]{1,12}") {
        let reminder = Reminder { label: label.clone(), environment, ..reminder() };
        let text = String::from_utf8(ics(&reminder, Timestamp::UNIX_EPOCH)).unwrap();
        prop_assert!(text.ends_with("\r\n"));
        for line in text.strip_suffix("\r\n").unwrap().split("\r\n") {
            prop_assert!(line.len() <= 75, "{}", line);
            prop_assert!(!line.contains(['\r', '\n']));
        }
        let summary = read(&text).1;
        let whole = if label.is_empty() {
            format!("Replace the Thred API key ({})", reminder.environment)
        } else {
            format!("Replace the Thred API key ({label}, {})", reminder.environment)
        };
        prop_assert_eq!(summary, whole);
    }
}

#[test]
fn the_rungs_begin_on_their_days() {
    let levels = [0, 59, 60, 75, 76, 82, 83, 89, 90, 10_000].map(ReminderLevel::at);
    use ReminderLevel::{Badge, Daily, Due, Fresh, Soon};
    assert_eq!(
        levels,
        [
            Fresh, Fresh, Badge, Badge, Soon, Soon, Daily, Daily, Due, Due
        ]
    );
    for level in ReminderLevel::ALL {
        assert_eq!(ReminderLevel::at(level.begins()), level);
    }
}

#[test]
fn the_day_of_issue_counts_more_than_the_day_of_adding() {
    let mut record = KeyRecord::added(None, "2027-01-10T12:00:00Z".parse().unwrap());
    let now = "2027-02-13T00:00:00Z".parse().unwrap();
    assert_eq!(record.age(now, &TimeZone::UTC).unwrap().days, 34);
    record.issued_on = Some(date(2026, 12, 12));
    let age = record.age(now, &TimeZone::UTC).unwrap();
    assert_eq!((age.days, age.due()), (63, date(2027, 3, 12)));
    assert_eq!(KeyRecord::default().age(now, &TimeZone::UTC), None);
}

#[test]
fn the_same_moment_is_another_day_elsewhere() {
    let record = KeyRecord::added(None, "2027-02-01T23:30:00Z".parse().unwrap());
    let now = "2027-02-02T00:30:00Z".parse().unwrap();
    let days = |hours| {
        let zone = TimeZone::fixed(jiff::tz::offset(hours));
        record.age(now, &zone).unwrap().days
    };
    assert_eq!((days(0), days(9), days(-5)), (1, 0, 0));
}

#[test]
fn a_fingerprint_is_eight_digits_and_the_only_thing_kept() {
    let key = ApiKey::parse("sk_live_0123456789").unwrap();
    let fingerprint = Fingerprint::of(&key);
    // Computed with `sha256sum`.
    assert_eq!(fingerprint.to_string(), "79d1 1b86");
    let json = serde_json::to_string(&fingerprint).unwrap();
    assert_eq!(json.len(), 10, "{json}");
    assert_eq!(
        serde_json::from_str::<Fingerprint>(&json).unwrap(),
        fingerprint
    );
    for wrong in ["\"\"", "\"+1234567\"", "\"123456789\"", "7"] {
        assert!(
            serde_json::from_str::<Fingerprint>(wrong).is_err(),
            "{wrong}"
        );
    }
    let other = ApiKey::parse("sk_live_0123456788").unwrap();
    assert_ne!(Fingerprint::of(&other), fingerprint);
    assert!(key.is_same_as(&key.clone()) && !key.is_same_as(&other));
}

fn reminder() -> Reminder {
    Reminder {
        environment: "Production".into(),
        host: "api.thredfi.com".into(),
        label: "Northwind Payments".into(),
        partner: Uuid::from_u128(0x3f2a_71c8_05de_4b7e_8d14_61fa_20b3_9c1e),
        due: date(2027, 3, 12),
    }
}

/// What a calendar program reads: the parsed file and the event's summary.
fn read(text: &str) -> (Calendar, String) {
    let unfolded = unfold(text);
    let calendar: Calendar = read_calendar(&unfolded).unwrap().into();
    let summary = {
        let events: Vec<_> = calendar
            .components
            .iter()
            .filter_map(|component| component.as_event())
            .collect();
        assert_eq!(events.len(), 1, "{text}");
        events[0].get_summary().unwrap_or_default().to_owned()
    };
    (calendar, summary)
}

#[test]
fn a_calendar_reads_one_day_with_two_alarms() {
    let now = "2027-02-13T13:49:00Z".parse().unwrap();
    let text = String::from_utf8(ics(&reminder(), now)).unwrap();
    let (calendar, summary) = read(&text);
    assert_eq!(
        summary,
        "Replace the Thred API key (Northwind Payments, Production)"
    );
    let event = calendar.components[0].as_event().unwrap();
    let day = |when: Option<DatePerhapsTime>| match when {
        Some(DatePerhapsTime::Date(day)) => day.to_string(),
        other => panic!("no whole day: {other:?}"),
    };
    assert_eq!(day(event.get_start()), "2027-03-12");
    assert_eq!(day(event.get_end()), "2027-03-13");
    assert!(event.get_description().unwrap().contains("six steps"));
    assert_eq!(
        event.get_uid(),
        Some("3f2a71c8-05de-4b7e-8d14-61fa20b39c1e-20270312@api.thredfi.com")
    );
    let stamp = event.get_timestamp().unwrap();
    assert_eq!(stamp.to_string(), "2027-02-13 13:49:00 UTC");
    let triggers: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("TRIGGER"))
        .collect();
    assert_eq!(triggers, ["TRIGGER:-P14D", "TRIGGER:-P7D"]);
    assert_eq!(text.matches("BEGIN:VALARM\r\n").count(), 2);
    assert_eq!(
        file_name(&reminder()),
        "thred-key-production-2027-03-12.ics"
    );
}

#[test]
fn writing_it_again_later_makes_the_same_event() {
    let uid = |now: &str| {
        let text = String::from_utf8(ics(&reminder(), now.parse().unwrap())).unwrap();
        let found = text.lines().find(|line| line.starts_with("UID:"));
        found.unwrap().to_owned()
    };
    assert_eq!(uid("2027-02-13T13:49:00Z"), uid("2027-03-01T08:00:00Z"));
}

#[test]
fn places_are_a_list_without_secrets_that_can_be_passed_on() {
    let mut consumers = KeyConsumers::default();
    assert!(consumers.add("  CI\n variables "));
    assert!(!consumers.add("CI variables") && !consumers.add(" \n"));
    assert!(consumers.add("Billing service"));
    consumers.tick(1, true);
    consumers.rename(0, "CI of the shop");
    let new = Fingerprint::of(&ApiKey::parse("sk_live_0123456789").unwrap());
    assert_eq!(
        list_text("Rotation", Some(new), &consumers),
        format!(
            "Rotation\nThe new key has the fingerprint {new}.\n[ ] CI of the shop\n[x] Billing service\n"
        )
    );
    assert_eq!(consumers.open(), 1);
    consumers.reset_progress();
    assert_eq!(consumers.open(), 2);
    consumers.rename(0, " ");
    assert_eq!(consumers.0[0].name, "CI of the shop");
    consumers.remove(7);
    assert_eq!(consumers.0.len(), 2);
}

#[test]
fn a_full_list_of_places_takes_no_further_one_and_says_so() {
    let mut consumers = KeyConsumers::default();
    while !consumers.is_full() {
        assert!(consumers.add(&format!("Shop {}", consumers.0.len())));
    }
    let full = consumers.clone();
    assert!(!consumers.add("One more"));
    assert_eq!(consumers, full);
}

#[test]
fn a_rotation_goes_forward_step_by_step_and_back() {
    let at = Timestamp::UNIX_EPOCH;
    let mut rotation = Rotation::begin(RotationReason::Scheduled, None, at);
    for step in RotationStep::ALL {
        assert_eq!(rotation.step, step);
        rotation.complete(step, at);
    }
    assert!(rotation.is_switched());
    rotation.back_to(RotationStep::Paste);
    assert_eq!(rotation.done_at(RotationStep::Portal), Some(at));
    assert_eq!(rotation.done_at(RotationStep::Paste), None);
    let read: Rotation = serde_json::from_str(&serde_json::to_string(&rotation).unwrap()).unwrap();
    assert_eq!(read, rotation);
}
