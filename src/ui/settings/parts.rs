//! Building blocks of the settings groups.

use egui::{Id, Key, Margin, Rect, Ui};

use crate::domain::settings::NumberLimits;
use crate::theme::{self, Type, space, widget_sizes};
use crate::widgets::{Message, SettingRow, TextField, card_in, segments, segments_width};

/// Text being entered for a setting. It is kept as typed until it is valid.
#[derive(Default)]
pub(super) struct TypedSetting {
    pub(super) text: String,
    /// The setting's value when the text was last set from it.
    shown: Option<String>,
    pub(super) complaint: Option<String>,
}

impl TypedSetting {
    /// Sets the text to the setting's value if that has changed.
    pub(super) fn follow(&mut self, setting: String) {
        if self.shown.as_ref() != Some(&setting) {
            self.text.clone_from(&setting);
            self.shown = Some(setting);
            self.complaint = None;
        }
    }

    /// Whether the text differs from the setting's value.
    pub(super) fn is_open(&self) -> bool {
        self.shown.as_ref() != Some(&self.text)
    }

    /// Discards the input, so that the setting's value is shown again.
    pub(super) fn forget(&mut self) {
        self.shown = None;
    }
}

/// A card of settings with a title. Returns its area.
pub(super) fn group(ui: &mut Ui, title: &str, add: impl FnOnce(&mut Ui)) -> Rect {
    let p = theme::palette(ui.ctx());
    ui.add_space(space::S);
    ui.label(Type::SmallSemi.rich(title).color(p.muted));
    ui.add_space(space::S);
    let side = space::L as i8;
    let shown = card_in(ui, Margin::symmetric(side, 0), add);
    ui.add_space(space::L);
    shown.response.rect
}

/// A setting with a few choices: shows `labels`, and sets `value` to the chosen one of `values`.
pub(super) fn choose<T: Copy + PartialEq>(
    ui: &mut Ui,
    (label, hint): (&str, &str),
    (values, labels): (&[T], &[&str]),
    value: &mut T,
    default: T,
) {
    let at = |one: T| values.iter().position(|value| *value == one);
    let named = at(default).and_then(|at| labels.get(at));
    let row = SettingRow::new(label, hint)
        .default(named.copied().unwrap_or_default(), *value != default)
        .control_width(segments_width(ui, labels));
    let mut chosen = *value;
    let is_reset = row.show(ui, |ui| {
        let clicked = segments(ui, label, at(*value), labels);
        if let Some(clicked) = clicked.and_then(|at| values.get(at)) {
            chosen = *clicked;
        }
    });
    *value = if is_reset { default } else { chosen };
}

/// A numeric setting. Input applies as soon as it is within the limits.
pub(super) fn number(
    ui: &mut Ui,
    (label, hint): (&str, &str),
    limits: &NumberLimits,
    typed: &mut TypedSetting,
    value: &mut u16,
    default: u16,
) {
    typed.follow(value.to_string());
    let named = format!("{default} {}", limits.unit);
    let complaint = typed.complaint.clone();
    let row = SettingRow::new(label, hint)
        .default(&named, *value != default || typed.is_open())
        .message(complaint.as_deref().map(Message::Wrong))
        .control_width(widget_sizes::NUMBER_FIELD);
    if row.show(ui, |ui| number_field(ui, label, limits, typed, value)) {
        *value = default;
        typed.forget();
    }
}

/// The id of a field, for moving the focus to it.
pub(super) fn field_id(label: &str) -> Id {
    Id::unique(("settings", label))
}

/// The numeric field without a row.
pub(super) fn number_field(
    ui: &mut Ui,
    label: &str,
    limits: &NumberLimits,
    typed: &mut TypedSetting,
    value: &mut u16,
) {
    let complaint = typed.complaint.clone();
    let field = TextField::new(label, &mut typed.text)
        .id(field_id(label))
        .label_hidden()
        .width(widget_sizes::NUMBER_FIELD)
        .trailing(limits.unit)
        .char_limit(8)
        .message(complaint.as_deref().map(Message::Wrong))
        .message_elsewhere()
        .show(ui);
    if !field.changed() {
        return;
    }
    match limits.parse(&typed.text) {
        Ok(number) => {
            typed.complaint = None;
            *value = number;
        }
        Err(why) => typed.complaint = Some(why),
    }
}

/// A text setting. Returns the text once Enter is pressed or the field loses the focus. Escape discards it.
pub(super) fn text_field(
    ui: &mut Ui,
    label: &str,
    placeholder: &str,
    typed: &mut TypedSetting,
) -> Option<String> {
    let complaint = typed.complaint.clone();
    let field = TextField::new(label, &mut typed.text)
        .id(field_id(label))
        .label_hidden()
        .width(widget_sizes::ADDRESS_FIELD)
        .placeholder(placeholder)
        .message(complaint.as_deref().map(Message::Wrong))
        .message_elsewhere()
        .mono()
        .show(ui);
    if field.changed() {
        typed.complaint = None;
    }
    if !field.lost_focus() {
        return None;
    }
    if ui.input(|input| input.key_pressed(Key::Escape)) {
        typed.forget();
        return None;
    }
    Some(typed.text.clone())
}

/// Explains what is wrong with the text, or how to apply it.
pub(super) fn text_message(complaint: Option<&str>, is_open: bool) -> Option<Message<'_>> {
    complaint
        .map(Message::Wrong)
        .or(is_open.then_some(Message::Hint("Press Enter to apply.")))
}
