//! Fields with a fixed choice of values: country, currency, accounting method.

use egui::{Id, Ui};

use crate::domain::draft::rules::{countries, country, currencies, currency};
use crate::domain::draft::{Draft, Field};
use crate::theme::{self, Type, space};
use crate::widgets::{Row, Select, choices, message_line};

use super::{FormFacts, FormMemory, as_message, message_of, take_focus};

pub(super) fn country_field(
    ui: &mut Ui,
    draft: &mut Draft,
    memory: &mut FormMemory,
    facts: &FormFacts<'_>,
) {
    let chosen = country(&draft.country);
    let name = chosen.map_or("", |country| country.name.as_str());
    let message = message_of(Field::Country, draft, memory, facts);
    let code = draft.country.clone();
    let (select, picked) = Select::new("Country", name, &code)
        .message(message.as_ref().map(as_message))
        .show(ui, |ui| {
            let mut picked = None;
            egui::ScrollArea::vertical()
                .max_height(theme::layout::DETAIL_MIN)
                .show(ui, |ui| {
                    let mut offered: Vec<_> = countries().iter().collect();
                    offered.sort_by_key(|country| &country.name);
                    for country in offered {
                        let row = Row::item(&country.name)
                            .hint_mono(&country.code)
                            .ticked(country.code == code);
                        if row.show(ui).clicked() {
                            picked = Some(country.code.clone());
                        }
                    }
                });
            picked
        });
    take_focus(&select, Field::Country, memory);
    if let Some(Some(code)) = picked {
        draft.choose_country(&code);
    }
}

pub(super) fn currency_field(
    ui: &mut Ui,
    draft: &mut Draft,
    memory: &mut FormMemory,
    facts: &FormFacts<'_>,
) {
    let sent = draft.to_send(Field::BaseCurrency);
    let name = currency(&sent).map_or("", |currency| currency.name.as_str());
    let message = message_of(Field::BaseCurrency, draft, memory, facts);
    let (select, picked) = Select::new("Base currency", name, &sent)
        .label_hint("set by the country")
        .message(message.as_ref().map(as_message))
        .show(ui, |ui| {
            let mut picked = None;
            let mut offered: Vec<_> = currencies().iter().collect();
            offered.sort_by_key(|currency| &currency.name);
            for currency in offered {
                let row = Row::item(&currency.name)
                    .hint_mono(&currency.code)
                    .ticked(currency.code == sent);
                if row.show(ui).clicked() {
                    picked = Some(currency.code.clone());
                }
            }
            picked
        });
    take_focus(&select, Field::BaseCurrency, memory);
    if let Some(Some(code)) = picked {
        draft.base_currency = code;
    }
}

pub(super) fn accounting(
    ui: &mut Ui,
    draft: &mut Draft,
    memory: &mut FormMemory,
    facts: &FormFacts<'_>,
) {
    let p = theme::palette(ui.ctx());
    let field = Field::AccountingMethod;
    ui.label(Type::SmallStrong.rich(field.label()).color(p.text));
    ui.add_space(space::XS);
    let codes = ["", "accrual", "cash"];
    let current = draft.to_send(field);
    let at = codes.iter().position(|code| *code == current);
    let (stop, picked) = choices(ui, at, &codes.map(method));
    if let Some(stop) = stop {
        take_focus(&stop, field, memory);
    }
    if let Some(code) = picked.and_then(|at| codes.get(at)) {
        (*code).clone_into(&mut draft.accounting_method);
    }
    let message = message_of(field, draft, memory, facts);
    let id = Id::unique((facts.form, field));
    message_line(ui, id, message.as_ref().map(as_message));
}

/// Label of an accounting method, or the code if it is unknown.
pub(in crate::ui) fn method(code: &str) -> &str {
    match code {
        "" => "Server default",
        "accrual" => "Accrual",
        "cash" => "Cash",
        other => other,
    }
}
