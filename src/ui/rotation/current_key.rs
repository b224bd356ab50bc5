//! The key page before a rotation: the current key and its age.

use egui::{Align, Id, Layout, Ui, vec2};
use jiff::civil::Date;

use super::parts::head;
use super::portal::leaked_link;
use super::proof::{age_words, store};
use super::track;
use crate::domain::rotation::{KeyAge, KeyAgeBasis, ReminderLevel, RotationReason};
use crate::state::rotation::messages::RotationCommand;
use crate::state::session::open::Open;
use crate::theme::{self, Icon, Type, layout, size, space};
use crate::ui::{Screen, key_age_text, words};
use crate::widgets::{Button, KeyValue, Message, TextField, card, focus_on, link, was_entered};

/// The issue date being entered.
#[derive(Default)]
pub(super) struct CurrentKey {
    typed: String,
    is_editing: bool,
}

impl CurrentKey {
    pub(super) fn show(&mut self, ui: &mut Ui, open: &Open, screen: &mut Screen<'_>) {
        let environment = open.profile().environment.in_sentence();
        let text = format!(
            "Thred asks for a new API key every 90 days. Six steps replace the key for {environment} without \
             downtime. The old key works until you revoke it, and you can stop at any step before the switch."
        );
        head(ui, "Your API key", &text);
        let age = screen.state.key_age(screen.now);
        card(ui, |ui| {
            if let Some(age) = &age {
                time_left(ui, age);
                ui.add_space(space::M);
                track::show(ui, age);
                ui.add_space(space::L);
            }
            if let Some(fingerprint) = open.keys.fingerprint {
                KeyValue::new("Fingerprint", &fingerprint.to_string())
                    .mono()
                    .show(ui);
            }
            KeyValue::new("Stored in", &store(open, screen)).show(ui);
            match age_words(screen) {
                Some((label, value)) => KeyValue::new(label, &value).show(ui),
                None => KeyValue::new("Added", "Unknown").unset().show(ui),
            };
        });
        ui.add_space(space::S);
        self.basis(ui, screen);
        ui.add_space(space::XL);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            // Before the first reminder there is no need to rotate.
            let is_time = age.is_some_and(|age| age.reminder_level() > ReminderLevel::Fresh);
            let rotate = if is_time {
                Button::filled("Rotate key")
            } else {
                Button::outlined("Rotate key")
            };
            if rotate.icon(Icon::Key).takes_focus().show(ui).clicked() {
                screen.send(RotationCommand::Begin(RotationReason::Scheduled));
            }
            let calendar = Button::outlined("Save to calendar…")
                .icon(Icon::Calendar)
                .disabled_if(age.is_none().then_some("The age of this key is unknown"));
            if calendar.show(ui).clicked() {
                screen.send(RotationCommand::SaveCalendar);
            }
        });
        ui.add_space(space::XL);
        if leaked_link(ui, Icon::Leak, "Think the key has leaked?") {
            screen.send(RotationCommand::Begin(RotationReason::Leaked));
        }
    }

    /// The date from which the age is counted, and a link to change it.
    fn basis(&mut self, ui: &mut Ui, screen: &mut Screen<'_>) {
        let p = theme::palette(ui.ctx());
        let since = screen.state.key_age(screen.now).map(|age| age.since);
        if self.is_editing {
            self.edit(ui, screen);
            return;
        }
        let (text, change) = match since {
            Some(KeyAgeBasis::Added(_)) => (
                "Counted from the day you added it here. It may be older.",
                "Enter issue date",
            ),
            Some(KeyAgeBasis::Issued(_)) => ("Counted from its issue date.", "Change date"),
            None => (
                "The issue date is unknown, so you get no reminder.",
                "Enter issue date",
            ),
        };
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            ui.label(Type::Small.rich(text).color(p.muted));
            if link(ui, change).clicked() {
                self.typed = match since {
                    Some(KeyAgeBasis::Issued(day)) => day.to_string(),
                    Some(KeyAgeBasis::Added(_)) | None => String::new(),
                };
                self.is_editing = true;
                focus_on(ui.ctx(), issued_id());
            }
        });
    }

    fn edit(&mut self, ui: &mut Ui, screen: &mut Screen<'_>) {
        let today = screen
            .now
            .wall
            .to_zoned_datetime(screen.state.zone.clone())
            .date();
        let read = read_day(&self.typed, today);
        let complaint = read
            .as_ref()
            .err()
            .filter(|_| self.typed.len() >= "2027-02-13".len());
        let hint = Message::Hint(
            "The day the portal issued the key. Leave empty to count from the day you added it.",
        );
        let field = TextField::new("Issue date", &mut self.typed)
            .id(issued_id())
            .placeholder("2027-02-13")
            .message(Some(complaint.map_or(hint, |text| Message::Wrong(text))))
            .mono()
            .show(ui);
        let by_enter = was_entered(&field);
        ui.add_space(space::S);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let save = Button::outlined("Save date")
                .small()
                .disabled_if(read.as_ref().err().copied());
            if (save.show(ui).clicked() || by_enter)
                && let Ok(day) = read_day(&self.typed, today)
            {
                screen.send(RotationCommand::SetIssued(day));
                self.is_editing = false;
            }
            if Button::plain("Cancel").small().show(ui).clicked() {
                self.is_editing = false;
            }
        });
    }
}

fn issued_id() -> Id {
    Id::unique("issue date")
}

/// The remaining time is the largest text on the page; icon, text and colour show the reminder level.
fn time_left(ui: &mut Ui, age: &KeyAge) {
    let p = theme::palette(ui.ctx());
    let (icon, tint) = key_age_text::look(age.reminder_level(), p);
    let color = match age.reminder_level() {
        ReminderLevel::Fresh | ReminderLevel::Badge => p.strong,
        ReminderLevel::Soon | ReminderLevel::Daily | ReminderLevel::Due => tint,
    };
    let is_narrow = ui.ctx().content_rect().width() < layout::NARROW;
    let figure = if is_narrow {
        Type::FigureSmall
    } else {
        Type::Figure
    };
    let line = vec2(ui.available_width(), figure.line_height());
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(line, layout, |ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.add(icon.image(size::icon::HUGE, tint));
        let left = key_age_text::left(age.days_left());
        ui.label(figure.rich(left).color(color));
    });
    let due = match age.days_left() {
        0.. => format!("Due {}", words::date(age.due())),
        _ => format!("Was due {}", words::date(age.due())),
    };
    ui.label(Type::Body.rich(due).color(p.muted));
}

/// Parses a past date of the form `YYYY-MM-DD`. `None` if empty.
fn read_day(typed: &str, today: Date) -> Result<Option<Date>, &'static str> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let day: Date = typed
        .parse()
        .map_err(|_| "Use the format YYYY-MM-DD, such as 2027-02-13.")?;
    if day > today {
        return Err("This date is in the future.");
    }
    Ok(Some(day))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::read_day;

    #[test]
    fn an_issue_date_is_a_day_that_has_come() {
        let today = date(2027, 2, 13);
        assert_eq!(
            read_day(" 2026-12-12 ", today),
            Ok(Some(date(2026, 12, 12)))
        );
        assert_eq!(read_day("", today), Ok(None));
        for wrong in ["2027-02-14", "12.12.2026", "2026-02-30", "yesterday"] {
            assert!(read_day(wrong, today).is_err(), "{wrong}");
        }
    }
}
