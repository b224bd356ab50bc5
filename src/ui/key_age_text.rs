//! Texts about the key's age, for banner, badge and status bar.

use egui::{Color32, Ui};
use jiff::civil::Date;

use super::{Screen, words};
use crate::domain::rotation::{KeyAge, ReminderLevel};
use crate::state::rotation::messages::RotationCommand;
use crate::state::session::workspace::Workspace;
use crate::state::shell::messages::{Page, ShellCommand};
use crate::theme::{self, Icon, Palette, layout};
use crate::widgets::{Banner, Button, Tone};

/// "12 Mar".
pub(super) fn short_day(day: Date) -> String {
    day.strftime("%-d %b").to_string()
}

/// "in 7 days", "today", "7 days ago".
pub(super) fn away(days: i64) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        2.. => format!("in {days} days"),
        _ => format!("{} days ago", -days),
    }
}

/// When the key was added or issued: "today", "yesterday", "83 days ago".
pub(super) fn ago(age: &KeyAge) -> String {
    away(-i64::from(age.days))
}

/// The badge in the navigation; `None` for a fresh key.
pub(super) fn badge(age: &KeyAge) -> Option<(String, Tone)> {
    let tone = match age.reminder_level() {
        ReminderLevel::Fresh => return None,
        ReminderLevel::Badge => Tone::Neutral,
        ReminderLevel::Soon | ReminderLevel::Daily => Tone::Warning,
        ReminderLevel::Due => Tone::Stop,
    };
    Some((format!("{} d", age.days), tone))
}

/// "27 days left", "Due today", "7 days overdue".
pub(super) fn left(days: i64) -> String {
    match days {
        0 => "Due today".to_owned(),
        1 => "1 day left".to_owned(),
        -1 => "1 day overdue".to_owned(),
        2.. => format!("{days} days left"),
        _ => format!("{} days overdue", -days),
    }
}

/// Icon and colour of a reminder level.
pub(super) fn look(level: ReminderLevel, p: &Palette) -> (Icon, Color32) {
    match level {
        ReminderLevel::Fresh | ReminderLevel::Badge => (Icon::Key, p.muted),
        ReminderLevel::Soon | ReminderLevel::Daily => (Icon::Warning, p.warn),
        ReminderLevel::Due => (Icon::StopSign, p.danger),
    }
}

/// "Key due in 27 days", preceded by the icon of its reminder level.
pub(super) fn status(ui: &mut Ui, screen: &mut Screen<'_>) {
    let Some(age) = screen.state.key_age(screen.now) else {
        return;
    };
    let p = theme::palette(ui.ctx());
    let (icon, tint) = look(age.reminder_level(), p);
    let text = match age.days_left() {
        0 => "Key due today".to_owned(),
        1 => "Key due tomorrow".to_owned(),
        days @ 2.. => format!("Key due in {days} days"),
        -1 => "Key 1 day overdue".to_owned(),
        days => format!("Key {} days overdue", days.unsigned_abs()),
    };
    let tip = format!(
        "{}, due {}. Opens API key.",
        old(&age),
        words::date(age.due())
    );
    let button = Button::plain(&text).tiny().icon(icon).color(tint);
    if button.tooltip(&tip).show(ui).clicked() {
        screen.send(ShellCommand::ShowPage(Page::Key));
    }
}

/// "76 days old".
fn old(age: &KeyAge) -> String {
    format!("{} old", words::counted(age.days.into(), "day", "days"))
}

/// The banner, for reminder levels that have one.
pub(super) fn banner(ui: &mut Ui, workspace: &Workspace, age: &KeyAge, screen: &mut Screen<'_>) {
    let lead = format!("This API key is {}.", old(age));
    let left = age.days_left();
    let due = short_day(age.due());
    let is_narrow = ui.ctx().content_rect().width() < layout::NARROW;
    let rest = match left {
        // Next to the buttons there is only space for the essentials.
        0 if is_narrow => "Due today. It still works.".to_owned(),
        1.. if is_narrow => format!("Due {due}, {}.", away(left)),
        _ if is_narrow => format!("Overdue since {due}. It works until Thred rejects it."),
        0 => "It is due today: Thred asks for a new key every 90 days. It still works.".to_owned(),
        1.. => format!(
            "Due {due}, {}. Thred asks for a new key every 90 days.",
            away(left)
        ),
        _ => format!(
            "It was due on {due}: Thred asks for a new key every 90 days. It works until Thred rejects it."
        ),
    };
    let tone = match age.reminder_level() {
        ReminderLevel::Due => Tone::Stop,
        ReminderLevel::Fresh
        | ReminderLevel::Badge
        | ReminderLevel::Soon
        | ReminderLevel::Daily => Tone::Warning,
    };
    let put_off = match age.reminder_level().snooze_days() {
        None => None,
        Some(1) => Some("Remind me tomorrow"),
        Some(_) => Some("Remind me in 3 days"),
    };
    Banner::new(tone, &lead, &rest).show(ui, |ui| {
        // The key page has its own buttons for both.
        if workspace.page != Page::Key {
            let rotate = Button::outlined("Rotate key").small();
            if rotate.show(ui).clicked() {
                screen.send(ShellCommand::ShowPage(Page::Key));
            }
            let calendar = Button::plain("Save to calendar…")
                .icon(Icon::Calendar)
                .small();
            if calendar.show(ui).clicked() {
                let save = RotationCommand::SaveCalendar;
                screen.send(save);
            }
        }
        if let Some(label) = put_off
            && Button::plain(label).small().show(ui).clicked()
        {
            screen.send(RotationCommand::Snooze);
        }
    });
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::rotation::KeyAgeBasis;

    #[test]
    fn a_key_of_yesterday_is_one_day_old() {
        let added = KeyAgeBasis::Added(date(2027, 3, 1));
        let said = [1, 2, 3].map(|day| old(&KeyAge::on(date(2027, 3, day), added)));
        assert_eq!(said, ["0 days old", "1 day old", "2 days old"]);
    }
}
