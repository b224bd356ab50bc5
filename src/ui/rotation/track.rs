//! The 90 days of a key, with today and the days of the reminders.

use egui::Ui;

use crate::domain::rotation::{KeyAge, ReminderLevel};
use crate::theme;
use crate::ui::{key_age_text, words};
use crate::widgets::day_track;

pub(super) fn show(ui: &mut Ui, age: &KeyAge) {
    let p = theme::palette(ui.ctx());
    let marks: Vec<_> = ReminderLevel::ALL
        .into_iter()
        .filter(|level| *level != ReminderLevel::Fresh)
        .map(|level| (level.begins(), key_age_text::look(level, p).1))
        .collect();
    let total = ReminderLevel::Due.begins();
    let word = format!("Today, day {}", age.days);
    day_track(ui, (age.days, total), &word, &marks, &sentence(age));
}

/// "Day 63 of 90. Reminders on days 60, 76 and 83. Due 12 Mar 2027."
fn sentence(age: &KeyAge) -> String {
    let [badge, soon, daily, due] = [
        ReminderLevel::Badge,
        ReminderLevel::Soon,
        ReminderLevel::Daily,
        ReminderLevel::Due,
    ]
    .map(ReminderLevel::begins);
    let verb = match age.days_left() {
        0.. => "Due",
        _ => "Was due",
    };
    format!(
        "Day {} of {due}. Reminders on days {badge}, {soon} and {daily}. {verb} {}.",
        age.days,
        words::date(age.due())
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::rotation::KeyAgeBasis;

    #[test]
    fn the_track_reads_as_a_sentence() {
        let since = KeyAgeBasis::Issued(date(2026, 12, 12));
        let on = |today| sentence(&KeyAge::on(today, since));
        assert_eq!(
            on(date(2027, 2, 13)),
            "Day 63 of 90. Reminders on days 60, 76 and 83. Due 12 Mar 2027."
        );
        assert!(on(date(2027, 3, 15)).ends_with("Was due 12 Mar 2027."));
    }
}
