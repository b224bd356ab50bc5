//! Settings of tokens, lock and API key.

use egui::Ui;

use crate::domain::settings::{CLIPBOARD, FRESHNESS, LOCK, Notifications, Settings, portal};
use crate::theme::{space, widget_sizes};
use crate::widgets::{Message, SettingRow, divider, segments, segments_width, toggle};

use super::parts::{TypedSetting, choose, number, number_field, text_field, text_message};

pub(super) fn tokens(
    ui: &mut Ui,
    settings: &mut Settings,
    clipboard: &mut TypedSetting,
    freshness: &mut TypedSetting,
) {
    let default = Settings::default();
    number(
        ui,
        (
            "Clear the clipboard after",
            "Removes a copied token if it is still on the clipboard.",
        ),
        &CLIPBOARD,
        clipboard,
        &mut settings.clipboard_secs,
        default.clipboard_secs,
    );
    divider(ui);
    number(
        ui,
        (
            "Reuse a token with at least",
            "With less left, Copy fetches a new token. Shorter-lived tokens are reused for the first tenth of \
             their life.",
        ),
        &FRESHNESS,
        freshness,
        &mut settings.freshness_minutes,
        default.freshness_minutes,
    );
}

pub(super) fn lock(ui: &mut Ui, settings: &mut Settings, typed: &mut TypedSetting) {
    let label = "Lock when idle";
    let labels = ["After", "Never"];
    let default = Settings::default();
    let usual = default.lock_minutes.unwrap_or(10);
    let named = format!("after {usual} {}", LOCK.unit);
    if let Some(minutes) = settings.lock_minutes {
        typed.follow(minutes.to_string());
    } else {
        typed.forget();
        typed.complaint = None;
    }
    let is_open = settings.lock_minutes.is_some() && typed.is_open();
    let is_changed = settings.lock_minutes != default.lock_minutes || is_open;
    let mut width = segments_width(ui, &labels);
    if settings.lock_minutes.is_some() {
        width += space::S + widget_sizes::NUMBER_FIELD;
    }
    let complaint = typed.complaint.clone();
    let row = SettingRow::new(label, "Locking removes the key and all tokens from memory.")
        .default(&named, is_changed)
        .message(complaint.as_deref().map(Message::Wrong))
        .control_width(width);
    let is_reset = row.show(ui, |ui| {
        // From left to right, whether beside or below the label.
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            let chosen = usize::from(settings.lock_minutes.is_none());
            match segments(ui, label, Some(chosen), &labels) {
                Some(0) if settings.lock_minutes.is_none() => {
                    settings.lock_minutes = Some(usual);
                }
                Some(1) => settings.lock_minutes = None,
                _ => {}
            }
            if let Some(minutes) = &mut settings.lock_minutes
                && chosen == 0
            {
                number_field(ui, "Minutes until the lock", &LOCK, typed, minutes);
            }
        });
    });
    if is_reset {
        settings.lock_minutes = default.lock_minutes;
        typed.forget();
    }
    divider(ui);
    on_or_off(
        ui,
        (
            "Lock with the screen",
            "Lock when this computer’s screen locks.",
        ),
        &mut settings.locks_with_session,
        default.locks_with_session,
    );
    divider(ui);
    on_or_off(
        ui,
        (
            "Lock before sleep",
            "Lock when this computer goes to sleep.",
        ),
        &mut settings.locks_before_sleep,
        default.locks_before_sleep,
    );
    divider(ui);
    on_or_off(
        ui,
        ("Lock at start", "Start locked instead of signing in."),
        &mut settings.locks_at_start,
        default.locks_at_start,
    );
}

pub(super) fn key(ui: &mut Ui, settings: &mut Settings, typed: &mut TypedSetting) {
    let default = Settings::default();
    let label = "Partner Portal";
    let current = settings.portal_url.as_ref();
    typed.follow(current.map_or_else(String::new, ToString::to_string));
    let (complaint, is_open) = (typed.complaint.clone(), typed.is_open());
    let row = SettingRow::new(label, "Where you create API keys. Opens in your browser.")
        .default("not set", settings.portal_url.is_some() || is_open)
        .message(text_message(complaint.as_deref(), is_open))
        .control_width(widget_sizes::ADDRESS_FIELD);
    let mut entered = None;
    let is_reset = row.show(ui, |ui| {
        entered = text_field(ui, label, "https://portal.example.com", typed);
    });
    match entered.as_deref().map(portal) {
        _ if is_reset => {
            settings.portal_url = None;
            typed.forget();
        }
        Some(Ok(url)) => {
            settings.portal_url = url;
            typed.forget();
        }
        Some(Err(why)) => typed.complaint = Some(why.to_owned()),
        None => {}
    }
    divider(ui);
    choose(
        ui,
        (
            "Notifications",
            "Reminders before a key is due, even while the window is hidden.",
        ),
        (
            &[
                Notifications::WithNames,
                Notifications::WithoutNames,
                Notifications::Off,
            ],
            &["With names", "Without names", "Off"],
        ),
        &mut settings.notifications,
        default.notifications,
    );
}

fn on_or_off(ui: &mut Ui, (label, hint): (&str, &str), value: &mut bool, default: bool) {
    let named = if default { "on" } else { "off" };
    let row = SettingRow::new(label, hint)
        .default(named, *value != default)
        .control_width(widget_sizes::TOGGLE_WIDTH);
    let mut is_clicked = false;
    let is_reset = row.show(ui, |ui| is_clicked = toggle(ui, label, *value).clicked());
    if is_reset {
        *value = default;
    } else if is_clicked {
        *value = !*value;
    }
}
