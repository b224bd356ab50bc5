//! Reminders of keys that are due, also for profiles that are not open.

use crate::domain::rotation::{KeyAge, ReminderLevel, next_midnight};
use crate::domain::settings::Notifications;
use crate::domain::time::{BootInstant, Now};
use crate::state::AppState;
use crate::state::cx::Cx;
use crate::state::rotation::messages::RotationEffect;
use crate::state::shell::messages::Page;
use crate::state::shell::saved::RememberedProfile;
use crate::state::shell::settings::save_preferences;

/// Checks every key once a day, and whenever something about a key has changed. Each reminder level of a key is reported in at most
/// one system notification; if several levels were reached since the last check, only the latest is reported.
pub(in crate::state) fn tick(state: &mut AppState, cx: &mut Cx) {
    let now = cx.now;
    let today = now.wall.to_zoned_datetime(state.zone.clone()).date();
    if state.ages_checked_on.replace(today) == Some(today) {
        return;
    }
    let allowed = match state.saved.settings.notifications {
        // While the screen is being shared, others see the notifications too.
        Notifications::WithNames if state.share.is_on() => Notifications::WithoutNames,
        wanted => wanted,
    };
    let mut told = Vec::new();
    // A key that was removed from the keychain needs no reminder.
    let known = state.saved.profiles.iter_mut();
    for known in known.filter(|known| !known.is_signed_out) {
        let Some(age) = known.key.age(now.wall, &state.zone) else {
            continue;
        };
        known.key.shown_reminders.take_back(&age);
        if allowed != Notifications::Off && known.key.shown_reminders.is_due(&age) {
            known.key.shown_reminders.add(age.reminder_level());
            told.push(words(known, &age, allowed));
        }
    }
    // Saved before the notifications are sent: a missing one is better than one at every start.
    save_preferences(state, cx);
    for (title, body) in told {
        cx.push(RotationEffect::Notify { title, body });
    }
}

/// When the next day begins, if any key has an age or the page names days; otherwise `None`.
pub(in crate::state) fn next_check(state: &AppState, now: Now) -> Option<BootInstant> {
    let has_age = state
        .saved
        .profiles
        .iter()
        .filter(|known| !known.is_signed_out)
        .chain(state.known_now())
        .any(|known| known.key.added_at.is_some() || known.key.issued_on.is_some());
    let page = state.workspace().map(|workspace| workspace.page);
    let names_days = matches!(page, Some(Page::History | Page::Overview));
    if !has_age && !names_days {
        return None;
    }
    let left = next_midnight(now.wall, &state.zone)?.duration_since(now.wall);
    Some(now.boot.saturating_add(left.unsigned_abs()))
}

impl AppState {
    /// The age of the session's key, if it is time to show the banner.
    pub fn key_banner(&self, now: Now) -> Option<KeyAge> {
        let known = self.known_now()?;
        let age = known.key.age(now.wall, &self.zone)?;
        let is_told = age.reminder_level().has_banner() && !known.key.is_snoozed(&age);
        is_told.then_some(age)
    }
}

fn words(known: &RememberedProfile, age: &KeyAge, allowed: Notifications) -> (String, String) {
    let title = match (age.reminder_level(), age.days_left()) {
        (ReminderLevel::Due, 0) => "A Thred API key is due today".to_owned(),
        (ReminderLevel::Due, _) => "A Thred API key is overdue".to_owned(),
        (_, 1) => "A Thred API key is due tomorrow".to_owned(),
        (_, left) => format!("A Thred API key is due in {left} days"),
    };
    let subject = match allowed {
        Notifications::WithNames => format!("The key of {}", name(known)),
        Notifications::WithoutNames | Notifications::Off => "One of your keys".to_owned(),
    };
    let body = format!(
        "{subject} is {} days old. Thred asks for a new one every 90 days, by {}. Rotate it in the Thred \
         Partner Console.",
        age.days,
        age.due().strftime("%-d %b"),
    );
    (title, body)
}

/// "Northwind Payments (Production)", or the start of the partner id in place of a missing label.
fn name(known: &RememberedProfile) -> String {
    let environment = &known.profile.environment;
    let place = environment.in_sentence();
    if known.label.is_empty() {
        format!("{} ({place})", known.profile.partner.short())
    } else {
        format!("{} ({place})", known.label)
    }
}
