//! What the groups of settings are made of.

use egui::{Frame, Id, Margin, Rect, Ui};

use crate::domain::settings::Limits;
use crate::theme::{self, Type, part, space};
use crate::widgets::{Message, SettingRow, TextField, card_frame, segments, segments_width};

/// A text on its way to a setting: kept as it was typed until it is right.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) text: String,
    /// The setting as it was put in here last.
    shown: Option<String>,
    pub(super) complaint: Option<String>,
}

impl Typed {
    /// Shows the setting, unless something was typed since it changed last.
    pub(super) fn follow(&mut self, setting: String) {
        if self.shown.as_ref() != Some(&setting) {
            self.text.clone_from(&setting);
            self.shown = Some(setting);
            self.complaint = None;
        }
    }

    /// Whether something was typed that is not the setting yet.
    pub(super) fn is_open(&self) -> bool {
        self.shown.as_ref() != Some(&self.text)
    }

    /// Shows the setting again, whatever was typed.
    pub(super) fn forget(&mut self) {
        self.shown = None;
    }
}

/// A card of settings under a title; returns where it lies.
pub(super) fn group(ui: &mut Ui, title: &str, add: impl FnOnce(&mut Ui)) -> Rect {
    let p = theme::palette(ui.ctx());
    ui.add_space(space::S);
    ui.label(Type::SmallSemi.rich(title).color(p.muted));
    ui.add_space(space::S);
    let side = space::L as i8;
    let frame: Frame = card_frame(ui.ctx()).inner_margin(Margin::symmetric(side, 0));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        add(ui);
    });
    ui.add_space(space::L);
    shown.response.rect
}

/// One of a few: shows a row with `labels`, and changes `value` to the one of `values` that is clicked.
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

/// A number: what is typed is used as soon as it lies within the limits.
pub(super) fn number(
    ui: &mut Ui,
    (label, hint): (&str, &str),
    limits: &Limits,
    typed: &mut Typed,
    value: &mut u16,
    default: u16,
) {
    typed.follow(value.to_string());
    let named = format!("{default} {}", limits.unit);
    let complaint = typed.complaint.clone();
    let row = SettingRow::new(label, hint)
        .default(&named, *value != default || typed.is_open())
        .message(complaint.as_deref().map(Message::Wrong))
        .control_width(part::NUMBER_FIELD);
    if row.show(ui, |ui| number_field(ui, label, limits, typed, value)) {
        *value = default;
        typed.forget();
    }
}

/// So that the focus can be given to a field.
pub(super) fn field_id(label: &str) -> Id {
    Id::unique(("settings", label))
}

/// The field alone.
pub(super) fn number_field(
    ui: &mut Ui,
    label: &str,
    limits: &Limits,
    typed: &mut Typed,
    value: &mut u16,
) {
    let complaint = typed.complaint.clone();
    let field = TextField::new(label, &mut typed.text)
        .id(field_id(label))
        .label_hidden()
        .width(part::NUMBER_FIELD)
        .trailing(limits.unit)
        .char_limit(8)
        .message(complaint.as_deref().map(Message::Wrong))
        .message_elsewhere()
        .show(ui);
    if !field.response.changed() {
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

/// A text that is used once Enter is pressed or the field is left. Returns it then.
pub(super) fn text_field(
    ui: &mut Ui,
    label: &str,
    placeholder: &str,
    typed: &mut Typed,
) -> Option<String> {
    let complaint = typed.complaint.clone();
    let field = TextField::new(label, &mut typed.text)
        .id(field_id(label))
        .label_hidden()
        .width(part::ADDRESS_FIELD)
        .placeholder(placeholder)
        .message(complaint.as_deref().map(Message::Wrong))
        .message_elsewhere()
        .mono()
        .show(ui);
    if field.response.changed() {
        typed.complaint = None;
    }
    field.response.lost_focus().then(|| typed.text.clone())
}

/// Says what is wrong with a text, or how it comes to be used.
pub(super) fn text_message(complaint: Option<&str>, is_open: bool) -> Option<Message<'_>> {
    complaint
        .map(Message::Wrong)
        .or(is_open.then_some(Message::Hint("Press Enter to apply.")))
}
