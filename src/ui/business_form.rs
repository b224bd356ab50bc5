//! The fields of a business, as the forms for a new and for a stored one show them.

use std::collections::HashSet;

use egui::{Id, Response, Ui};

use crate::domain::draft::rules::{countries, country, currencies, currency};
use crate::domain::draft::{Draft, Field, Finding, Severity, Strictness, TaughtTypes, choices};
use crate::domain::share::Share;
use crate::domain::text::excerpt;
use crate::state::creating::Refusal;
use crate::theme::{self, Type, space};
use crate::widgets::{MenuRow, Message, Select, TextField, choice, fold_row};

/// Metadata may be long, but is laid out as one line.
const LONGEST_METADATA: usize = 256 << 10;

/// What a form remembers of its fields from frame to frame.
#[derive(Default)]
pub(super) struct FormMemory {
    /// Fields that were left, so that what is missing in them is worth saying.
    left: HashSet<Field>,
    /// The form was sent, so everything is worth saying.
    pub(super) was_submitted: bool,
    /// The optional fields are unfolded.
    is_unfolded: bool,
    /// Where the focus goes with the next frame.
    pub(super) focus: Option<Field>,
}

/// What is known about the fields.
pub(super) struct FormFacts<'a> {
    pub(super) findings: &'a [Finding],
    pub(super) refusals: &'a [Refusal],
    pub(super) taught: &'a TaughtTypes,
    /// Names the form, so that two forms never share a cursor.
    pub(super) form: &'static str,
    /// Whether what is typed is seen.
    pub(super) share: Share,
    /// Fields that cannot be changed here.
    pub(super) hidden: &'a [Field],
    /// A link beside the message of a field.
    pub(super) way_out: &'a dyn Fn(Field) -> Option<String>,
}

/// All fields; returns the field whose link was clicked.
pub(super) fn show(
    ui: &mut Ui,
    draft: &mut Draft,
    memory: &mut FormMemory,
    facts: &FormFacts<'_>,
) -> Option<Field> {
    let mut clicked = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    if !facts.hidden.contains(&Field::Country) {
        ui.spacing_mut().item_spacing.x = space::L;
        ui.columns(2, |columns| {
            if let [left, right] = columns {
                country_field(left, draft, memory, facts);
                currency_field(right, draft, memory, facts);
            }
        });
        ui.spacing_mut().item_spacing.x = space::S;
        ui.add_space(space::L);
    }
    entity_type(ui, draft, memory, facts);
    for field in [Field::ExternalId, Field::LegalName, Field::Email] {
        if !facts.hidden.contains(&field) {
            ui.add_space(space::L);
            clicked = text(ui, draft, field, memory, facts).or(clicked);
        }
    }
    ui.add_space(space::L);
    let filled = draft.optional_filled();
    let count = format!("{filled} of {} filled", Field::optional().count());
    let name = format!("Optional details, {count}");
    let words = (
        "Optional details",
        "VAT and company number, phone, fiscal year, metadata",
    );
    let has_refusal = facts
        .refusals
        .iter()
        .any(|refusal| refusal.field.is_some_and(|field| !field.is_required()));
    memory.is_unfolded |= memory.focus.is_some_and(|field| !field.is_required());
    let is_open = memory.is_unfolded || has_refusal;
    if fold_row(ui, &name, words, &count, is_open).clicked() {
        memory.is_unfolded = !is_open;
    }
    if is_open {
        for field in Field::optional().filter(|field| !facts.hidden.contains(field)) {
            if field != Field::VatNumber {
                ui.add_space(space::L);
            }
            if field == Field::AccountingMethod {
                accounting(ui, draft);
            } else {
                clicked = text(ui, draft, field, memory, facts).or(clicked);
            }
        }
    }
    clicked
}

/// The first field, in the order of the form, that keeps it from being sent.
pub(super) fn first_wrong(findings: &[Finding], refusals: &[Refusal]) -> Option<Field> {
    let found = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Wrong)
        .map(|finding| finding.field);
    found
        .chain(refusals.iter().filter_map(|refusal| refusal.field))
        .min()
}

fn country_field(ui: &mut Ui, draft: &mut Draft, memory: &mut FormMemory, facts: &FormFacts<'_>) {
    let chosen = country(&draft.country);
    let name = chosen.map_or("", |country| country.name.as_str());
    let is_wrong = facts
        .refusals
        .iter()
        .any(|refusal| refusal.field == Some(Field::Country));
    let code = draft.country.clone();
    let (select, picked) = Select::new("Country", name, &code)
        .wrong(is_wrong)
        .show(ui, |ui| {
            let mut picked = None;
            egui::ScrollArea::vertical()
                .max_height(theme::layout::DETAIL_MIN)
                .show(ui, |ui| {
                    for country in countries() {
                        let row = MenuRow::new(&country.name)
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

fn currency_field(ui: &mut Ui, draft: &mut Draft, memory: &mut FormMemory, facts: &FormFacts<'_>) {
    let sent = draft.to_send(Field::BaseCurrency);
    let name = currency(&sent).map_or("", |currency| currency.name.as_str());
    let is_wrong = facts
        .refusals
        .iter()
        .any(|refusal| refusal.field == Some(Field::BaseCurrency));
    let (select, picked) = Select::new("Base currency", name, &sent)
        .label_hint("set by the country")
        .wrong(is_wrong)
        .show(ui, |ui| {
            let mut picked = None;
            for currency in currencies() {
                let row = MenuRow::new(&currency.name)
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

/// The known types side by side; where there may be others, a field to type them.
fn entity_type(ui: &mut Ui, draft: &mut Draft, memory: &mut FormMemory, facts: &FormFacts<'_>) {
    let offered = choices(&draft.country, facts.taught);
    let caption = offered.caption(&draft.country);
    if offered.strictness == Strictness::Anything || offered.options.is_empty() {
        let label_hint = if draft.country.is_empty() {
            "choose the country first"
        } else {
            caption.as_str()
        };
        text_with_hint(
            ui,
            draft,
            Field::EntityType,
            Some(label_hint),
            memory,
            facts,
        );
        return;
    }
    let p = theme::palette(ui.ctx());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::SM;
        ui.label(
            Type::SmallStrong
                .rich(Field::EntityType.label())
                .color(p.text),
        );
        ui.label(Type::Small.rich(&caption).color(p.muted));
    });
    ui.add_space(space::XS);
    let chosen = offered
        .find(&draft.entity_type)
        .map(|option| option.code.clone());
    let mut picked = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(space::S, space::S);
        for option in &offered.options {
            let shown = choice(ui, chosen.as_ref() == Some(&option.code), &option.label);
            take_focus(&shown, Field::EntityType, memory);
            if shown.clicked() {
                picked = Some(option.code.clone());
            }
        }
    });
    if let Some(code) = picked {
        draft.entity_type = code;
    }
    if offered.strictness == Strictness::OnlyThese {
        let message = message_of(Field::EntityType, draft, memory, facts);
        if let Some(message) = message {
            ui.add_space(space::SM);
            let color = match message.0 {
                Severity::Wrong => p.danger,
                Severity::Care => p.warn,
                Severity::Hint => p.muted,
            };
            ui.label(Type::Small.rich(message.1).color(color));
        }
    } else {
        ui.add_space(space::M);
        text_with_hint(
            ui,
            draft,
            Field::EntityType,
            Some("or another"),
            memory,
            facts,
        );
    }
}

fn accounting(ui: &mut Ui, draft: &mut Draft) {
    let p = theme::palette(ui.ctx());
    ui.label(
        Type::SmallStrong
            .rich(Field::AccountingMethod.label())
            .color(p.text),
    );
    ui.add_space(space::XS);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let current = draft.to_send(Field::AccountingMethod);
        for (code, label) in [
            ("", "As the server decides"),
            ("accrual", "Accrual"),
            ("cash", "Cash"),
        ] {
            if choice(ui, current == code, label).clicked() {
                code.clone_into(&mut draft.accounting_method);
            }
        }
    });
}

fn text(
    ui: &mut Ui,
    draft: &mut Draft,
    field: Field,
    memory: &mut FormMemory,
    facts: &FormFacts<'_>,
) -> Option<Field> {
    text_with_hint(ui, draft, field, label_hint(field), memory, facts)
}

fn text_with_hint(
    ui: &mut Ui,
    draft: &mut Draft,
    field: Field,
    hint: Option<&str>,
    memory: &mut FormMemory,
    facts: &FormFacts<'_>,
) -> Option<Field> {
    let way_out = (facts.way_out)(field);
    let typed = draft.clone();
    let message = message_of(field, &typed, memory, facts).or_else(|| {
        // A link needs a line to stand on.
        let is_proposal = field == Field::ExternalId && way_out.is_some();
        is_proposal.then(|| {
            (
                Severity::Hint,
                "The loaded ones follow a pattern.".to_owned(),
            )
        })
    });
    let is_proved = field == Field::ExternalId
        && draft.is_filled(field)
        && message
            .as_ref()
            .is_none_or(|(severity, _)| *severity == Severity::Hint);
    let mut edit = TextField::new(field.label(), draft.get_mut(field))
        .id(Id::unique((facts.form, field)))
        .ticked(is_proved)
        .way_out(way_out.as_deref())
        .message(message.as_ref().map(|(severity, text)| match severity {
            Severity::Wrong => Message::Wrong(text),
            Severity::Care => Message::Care(text),
            Severity::Hint => Message::Hint(text),
        }));
    if field == Field::Metadata {
        edit = edit.char_limit(LONGEST_METADATA);
    }
    if let Some(hint) = hint {
        edit = edit.label_hint(hint);
    }
    if let Some(placeholder) = placeholder(field) {
        edit = edit.placeholder(placeholder);
    }
    if is_mono(field) {
        edit = edit.mono();
    }
    if facts.share.hides(field) {
        edit = edit.hidden();
    }
    let shown = edit.show(ui);
    if shown.response.lost_focus() {
        memory.left.insert(field);
    }
    take_focus(&shown.response, field, memory);
    shown.way_out_clicked.then_some(field)
}

/// Moves the focus here if it is this field's turn.
fn take_focus(response: &Response, field: Field, memory: &mut FormMemory) {
    if memory.focus == Some(field) {
        memory.focus = None;
        response.request_focus();
        response.scroll_to_me(None);
    }
}

/// The gravest thing to say about a field: what the server refused, then what the rules find.
fn message_of(
    field: Field,
    draft: &Draft,
    memory: &FormMemory,
    facts: &FormFacts<'_>,
) -> Option<(Severity, String)> {
    if let Some(refusal) = facts
        .refusals
        .iter()
        .find(|refusal| refusal.field == Some(field))
    {
        let message = excerpt(&refusal.message, LONGEST_MESSAGE);
        return Some((
            Severity::Wrong,
            facts.share.scrub(&message, &personal(draft)),
        ));
    }
    let is_left = memory.was_submitted || memory.left.contains(&field);
    facts
        .findings
        .iter()
        .find(|finding| finding.field == field && (!finding.is_missing || is_left))
        .map(|finding| {
            // These findings name another business.
            let is_of_others = matches!(field, Field::ExternalId | Field::LegalName)
                && finding.severity == Severity::Care;
            let message = if facts.share.is_on() && is_of_others {
                "Look at this again; why is hidden in share mode.".to_owned()
            } else {
                facts.share.scrub(&finding.message, &personal(draft))
            };
            (finding.severity, message)
        })
}

/// What was typed that says who somebody is.
pub(super) fn personal(draft: &Draft) -> Vec<&str> {
    Field::ALL
        .into_iter()
        .filter(|field| Share::default().toggled().hides(*field))
        .map(|field| draft.get(field))
        .collect()
}

/// A message of the server is cut here, in characters.
const LONGEST_MESSAGE: usize = 300;

fn is_mono(field: Field) -> bool {
    matches!(
        field,
        Field::ExternalId
            | Field::VatNumber
            | Field::CompanyNumber
            | Field::Tin
            | Field::NaceCode
            | Field::Metadata
    )
}

fn label_hint(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::ExternalId => "your own id for it; it can never be changed",
        Field::NaceCode => "EU industry code, as in 56.30",
        Field::FiscalYearEnd => "the last day, as in 2026-12-31",
        Field::CoaLanguage => "two letters, as in nl",
        Field::Metadata => "a JSON object of your own",
        _ => return None,
    })
}

fn placeholder(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::Email => "name@company.example",
        Field::NaceCode => "56.30",
        Field::FiscalYearEnd => "YYYY-MM-DD",
        Field::Metadata => "{}",
        _ => return None,
    })
}
