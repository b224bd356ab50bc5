//! Fields with a fixed choice of values: country, currency, accounting method.

use std::sync::LazyLock;

use egui::{Id, Response, ScrollArea, Ui};

use crate::domain::draft::rules::{countries, currencies};
use crate::domain::draft::{Draft, Field};
use crate::theme::{self, Type, layout, space};
use crate::widgets::{Row, Select, choices, message_line, pick_from};

use super::field::{FormFacts, as_message, message_of, take_focus};
use super::memory::FormMemory;

/// Country or base currency.
pub(super) fn code_field(
    ui: &mut Ui,
    field: Field,
    draft: &mut Draft,
    memory: &mut FormMemory,
    facts: &FormFacts<'_>,
) {
    let offered: &NamedCodes = match field {
        Field::Country => &COUNTRIES,
        _ => &CURRENCIES,
    };
    let code = draft.to_send(field);
    let chosen = offered.iter().find(|(_, offered)| *offered == code);
    let message = message_of(field, draft, memory, facts);
    let mut select = Select::new(field.label(), chosen.map_or("", |(name, _)| name), &code)
        .message(message.as_ref().map(as_message));
    if field == Field::BaseCurrency {
        select = select.label_hint("set by the country");
    }
    let (select, picked) = code_select(ui, select, &code, offered);
    take_focus(&select, field, memory);
    match picked {
        Some(code) if field == Field::Country => draft.choose_country(code),
        Some(code) => code.clone_into(&mut draft[field]),
        None => {}
    }
}

/// Names and codes, in the order of the names.
type NamedCodes = [(&'static str, &'static str)];

pub(in crate::ui) static COUNTRIES: LazyLock<Box<NamedCodes>> = LazyLock::new(|| {
    let all = countries().iter();
    by_name(all.map(|country| (country.name.as_str(), country.code.as_str())))
});

pub(in crate::ui) static CURRENCIES: LazyLock<Box<NamedCodes>> = LazyLock::new(|| {
    let all = currencies().iter();
    by_name(all.map(|currency| (currency.name.as_str(), currency.code.as_str())))
});

fn by_name(all: impl Iterator<Item = (&'static str, &'static str)>) -> Box<NamedCodes> {
    let mut all: Box<NamedCodes> = all.collect();
    all.sort_unstable();
    all
}

/// A select of names with codes, of which `code` is ticked. Returns its response, and the code that was picked.
pub(in crate::ui) fn code_select(
    ui: &mut Ui,
    select: Select<'_>,
    code: &str,
    offered: &NamedCodes,
) -> (Response, Option<&'static str>) {
    let (select, picked) = select.show(ui, |ui| {
        let scroll = ScrollArea::vertical().max_height(layout::DETAIL_MIN);
        let rows = scroll.show(ui, |ui| {
            pick_from(ui, offered, |ui, (name, offered)| {
                let row = Row::item(name).hint_mono(offered);
                row.ticked(*offered == code).show(ui)
            })
        });
        rows.inner
    });
    (select, picked.map(|(_, code)| *code))
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
        (*code).clone_into(&mut draft[Field::AccountingMethod]);
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
