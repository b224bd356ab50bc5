//! Default values for rows with empty cells.

use egui::{Context, Id, Ui};

use super::super::business_form::{COUNTRIES, CURRENCIES, code_select};
use super::super::pasted_secret::reject_secret_in_dialog;
use crate::domain::draft::{Field, choices};
use crate::domain::import::Mapping;
use crate::state::import::messages::ImportCommand;
use crate::theme::{self, Type, dialog, space};
use crate::ui::Screen;
use crate::widgets::{Button, Message, Modal, Select, TextField, at_end, paragraph};

/// Buffers of the dialog: a value for each required field that can have a default.
pub(in super::super) struct DefaultsForm {
    values: Vec<(Field, String)>,
}

impl DefaultsForm {
    pub(in super::super) fn of(mapping: &Mapping) -> Self {
        let value = |field| (field, mapping.default_of(field).to_owned());
        Self {
            values: Mapping::WITH_DEFAULT.map(value).into(),
        }
    }

    /// Draws the dialog. Returns whether it should close. Changes apply immediately.
    pub(in super::super) fn show(&mut self, ctx: &Context, screen: &mut Screen<'_>) -> bool {
        reject_secret_in_dialog(ctx, screen);
        let modal = Modal::new(Id::unique("import defaults"), "Default values")
            .width(dialog::SMALL)
            .top(dialog::TOP_LOW);
        let shown = modal.show(ctx, |parts| {
            parts.body(|ui| {
                let p = theme::palette(ui.ctx());
                let text = "Used for rows without a value.";
                paragraph(ui, Type::Body, p.muted, text);
                self.fields(ui, screen);
            });
            parts.footer(|ui| at_end(ui, |ui| Button::filled("Done").show(ui).clicked()))
        });
        shown.inner || shown.escape || shown.close_clicked
    }

    fn fields(&mut self, ui: &mut Ui, screen: &mut Screen<'_>) {
        let country = self.value(Field::Country);
        let types = choices(&country, &screen.state.drafts.learned_types).codes();
        for (field, value) in &mut self.values {
            ui.add_space(space::M);
            let before = value.clone();
            match field {
                Field::Country => pick(ui, *field, "None", value, &COUNTRIES),
                Field::BaseCurrency => pick(ui, *field, "Set by the country", value, &CURRENCIES),
                _ => {
                    let hint = (*field == Field::EntityType && !types.is_empty())
                        .then(|| format!("Known: {types}"));
                    TextField::new(field.label(), value)
                        .message(hint.as_deref().map(Message::Hint))
                        .show(ui);
                }
            }
            if *value != before {
                let command = ImportCommand::SetDefault(*field, value.clone());
                screen.send(command);
            }
        }
    }

    fn value(&self, field: Field) -> String {
        let found = self.values.iter().find(|(one, _)| *one == field);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// A menu of names with codes, including an entry for no value.
fn pick(
    ui: &mut Ui,
    field: Field,
    none: &'static str,
    value: &mut String,
    all: &[(&'static str, &'static str)],
) {
    let all = [&[(none, "")], all].concat();
    let chosen = all.iter().find(|(_, code)| code == value);
    let (name, code) = chosen.copied().unwrap_or((none, ""));
    let select = Select::new(field.label(), name, code);
    if let (_, Some(code)) = code_select(ui, select, value, &all) {
        code.clone_into(value);
    }
}
