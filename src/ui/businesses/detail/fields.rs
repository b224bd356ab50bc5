//! All fields of a business that are not in the heading, each with a button to copy it.

use std::borrow::Cow;

use egui::Ui;
use jiff::Timestamp;
use jiff::civil::Date;

use super::super::super::business_form::method;
use super::super::super::{Screen, words};
use crate::domain::business::{Business, BusinessDetail};
use crate::domain::draft::{Field, Stored, StoredValue};
use crate::domain::text::{ServerText, visible};
use crate::state::session::workspace::Workspace;
use crate::theme::layout;
use crate::widgets::{KeyValue, truncate_middle};

const NOT_SET: &str = "Not set";
/// Placeholder for values that are only in the business's own response, so that nothing moves when they arrive.
const NOT_READ: &str = "–";

pub(super) fn show(
    ui: &mut Ui,
    workspace: &Workspace,
    business: &Business,
    is_narrow: bool,
    screen: &mut Screen<'_>,
) {
    let detail = workspace.selected_detail();
    let mut rows = DetailRows {
        ui,
        is_narrow,
        screen,
    };
    rows.id(business);
    let b = business;
    rows.text(Field::ExternalId, b.external_id.as_ref());
    rows.text(Field::LegalName, b.legal_name.as_ref());
    rows.text(Field::VatNumber, b.vat_number.as_ref());
    rows.text(Field::CompanyNumber, b.company_number.as_ref());
    rows.text(Field::Tin, b.tax_id.as_ref());
    if b.email.is_some() || detail.is_some() {
        rows.text(Field::Email, b.email.as_ref());
    } else {
        rows.not_read(Field::Email.label());
    }
    match detail {
        Some(detail) => rows.text(Field::PhoneNumber, detail.phone_number.as_ref()),
        None => rows.not_read(Field::PhoneNumber.label()),
    }
    rows.text(Field::Province, b.province.as_ref());
    rows.text(Field::NaceCode, b.nace_code.as_ref());
    rows.of_detail(detail);
    rows.moment("Created", "creation time", b.created_at);
    rows.moment("Updated", "time of last update", b.updated_at);
    rows.moment("Activated", "activation time", b.activated_at);
    rows.metadata(detail);
    if let Some(detail) = detail {
        rows.language(detail);
    }
}

struct DetailRows<'u, 's, 'a> {
    ui: &'u mut Ui,
    is_narrow: bool,
    screen: &'s mut Screen<'a>,
}

impl DetailRows<'_, '_, '_> {
    fn show(&mut self, row: KeyValue<'_>) -> bool {
        row.compact(self.is_narrow)
            .label_width(layout::FIELD_KEY)
            .show(self.ui)
            .clicked()
    }

    fn id(&mut self, business: &Business) {
        let id = business.id.to_string();
        let seen = self.screen.state.share.plain(&id);
        let cut = truncate_middle(&seen);
        let row = KeyValue::new("id", &cut)
            .mono()
            .whole(&seen)
            .copy_by_click();
        if self.show(row) {
            self.screen.copy("id", &id);
        }
    }

    /// Values that are only in the business's own response, and that many businesses share.
    fn of_detail(&mut self, detail: Option<&BusinessDetail>) {
        let [accounting, year_end] = [Field::AccountingMethod, Field::FiscalYearEnd];
        let Some(detail) = detail else {
            for field in [accounting, year_end] {
                self.not_read(field.label());
            }
            return;
        };
        match set(detail.accounting_method.as_ref()) {
            Some(code) => self.reworded(accounting, &visible(method(code)), code),
            None => self.not_set(accounting.label()),
        }
        match set(detail.fiscal_year_end.as_ref()) {
            Some(day) => {
                let shown = day
                    .parse::<Date>()
                    .map_or_else(|_| visible(day), |date| Cow::Owned(words::date(date)));
                self.reworded(year_end, &shown, day);
            }
            None => self.not_set(year_end.label()),
        }
    }

    /// Comes last, because most servers do not send it, and then there is no row.
    fn language(&mut self, detail: &BusinessDetail) {
        let field = Field::CoaLanguage;
        match Stored::from_detail(detail).get(field) {
            StoredValue::Text(text) => self.reworded(field, &visible(text), text),
            StoredValue::NotSet => self.not_set(field.label()),
            StoredValue::Unknown => {}
        }
    }

    fn metadata(&mut self, detail: Option<&BusinessDetail>) {
        let label = Field::Metadata.label();
        let Some(detail) = detail else {
            return self.not_read(label);
        };
        let keys = match detail.metadata_keys {
            Some(keys) => words::counted(keys as u64, "key", "keys"),
            None => return self.not_set(label),
        };
        let row = KeyValue::new(label, &keys).copy("Copy metadata");
        if self.show(row) {
            let stored = Stored::from_detail(detail);
            let json = match stored.get(Field::Metadata).text() {
                "" => "{}",
                json => json,
            };
            self.screen.copy("metadata", json);
        }
    }

    /// The value of a field as it was stored. Share mode hides it if it identifies the business.
    fn text(&mut self, field: Field, value: Option<&ServerText>) {
        let Some(value) = value.filter(|value| !value.raw().is_empty()) else {
            return self.not_set(field.label());
        };
        let shown = self
            .screen
            .state
            .share
            .value(field, value.raw())
            .into_owned();
        let what = field.in_sentence();
        let copy = format!("Copy {what}");
        let mut row = KeyValue::new(field.label(), &shown).whole(&shown);
        if field.is_code() {
            row = row.mono();
        }
        row = if field == Field::ExternalId {
            // The keyboard uses the button above.
            row.copy_by_click()
        } else {
            row.copy(&copy)
        };
        if self.show(row) {
            self.screen.copy(what, value.raw());
        }
    }

    /// The value of a field in other words.
    fn reworded(&mut self, field: Field, shown: &str, text: &str) {
        self.copied(field.label(), field.in_sentence(), shown, text);
    }

    /// A value that is shown in a different form than it is copied.
    fn copied(&mut self, label: &str, what: &'static str, shown: &str, text: &str) {
        let copy = format!("Copy {what}");
        if self.show(KeyValue::new(label, shown).whole(shown).copy(&copy)) {
            self.screen.copy(what, text);
        }
    }

    fn moment(&mut self, label: &str, what: &'static str, at: Option<Timestamp>) {
        match at {
            Some(at) => {
                let text = words::day_and_time(at, &self.screen.state.zone);
                self.copied(label, what, &text, &at.to_string());
            }
            None => self.not_set(label),
        }
    }

    fn not_set(&mut self, label: &str) {
        self.show(KeyValue::new(label, NOT_SET).unset());
    }

    fn not_read(&mut self, label: &str) {
        self.show(KeyValue::new(label, NOT_READ).unset());
    }
}

/// The text, or `None` if it is empty.
fn set(text: Option<&ServerText>) -> Option<&str> {
    text.map(ServerText::raw).filter(|text| !text.is_empty())
}
