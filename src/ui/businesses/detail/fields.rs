//! All fields of a business that are not in the heading, each with a button to copy it.

use std::borrow::Cow;

use egui::Ui;
use jiff::Timestamp;
use jiff::civil::Date;

use super::super::super::business_form::method;
use super::super::super::{Screen, words};
use crate::domain::business::{Business, BusinessDetail};
use crate::domain::draft::{Field, Stored, StoredValue};
use crate::domain::share_mode::ShareMode;
use crate::domain::text::{ServerText, visible};
use crate::state::session::workspace::Workspace;
use crate::theme::layout;
use crate::widgets::{KeyValue, cut_middle};

/// The label of the accounts language. The label in the forms is too long for this column.
const LANGUAGE: &str = "Language";

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
    rows.text("external_id", "external_id", b.external_id.as_ref(), true);
    rows.text("Legal name", "legal name", b.legal_name.as_ref(), false);
    rows.text("VAT number", "VAT number", b.vat_number.as_ref(), true);
    rows.text(
        "Company no.",
        "company number",
        b.company_number.as_ref(),
        true,
    );
    rows.text("Tax id", "tax id", b.tax_id.as_ref(), true);
    if b.email.is_some() || detail.is_some() {
        rows.text("E-mail", "e-mail", b.email.as_ref(), false);
    } else {
        rows.not_read("E-mail");
    }
    match detail {
        Some(detail) => rows.text("Phone", "phone number", detail.phone_number.as_ref(), false),
        None => rows.not_read("Phone"),
    }
    rows.open_text("Province", "province", b.province.as_ref(), false);
    rows.open_text("NACE code", "NACE code", b.nace_code.as_ref(), true);
    rows.of_detail(detail);
    rows.moment("Created", "creation time", b.created_at);
    rows.moment("Updated", "time of last update", b.updated_at);
    rows.moment("Activated", "activation time", b.activated_at);
    rows.metadata(detail);
}

struct DetailRows<'u, 's, 'a> {
    ui: &'u mut Ui,
    is_narrow: bool,
    screen: &'s mut Screen<'a>,
}

impl DetailRows<'_, '_, '_> {
    fn show(&mut self, row: KeyValue<'_>) -> bool {
        let width = layout::key(self.is_narrow);
        row.compact(self.is_narrow)
            .label_width(width)
            .show(self.ui)
            .copy_clicked
    }

    fn id(&mut self, business: &Business) {
        let id = business.id.to_string();
        let seen = self.screen.state.share.plain(&id);
        let cut = cut_middle(&seen);
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
        let Some(detail) = detail else {
            for label in ["Accounting", "Fiscal year end", LANGUAGE] {
                self.not_read(label);
            }
            return;
        };
        match set(detail.accounting_method.as_ref()) {
            Some(code) => {
                let shown = visible(method(code));
                self.copied("Accounting", "accounting method", &shown, code);
            }
            None => self.not_set("Accounting"),
        }
        match set(detail.fiscal_year_end.as_ref()) {
            Some(day) => {
                let shown = day
                    .parse::<Date>()
                    .map_or_else(|_| visible(day), |date| Cow::Owned(words::date(date)));
                self.copied("Fiscal year end", "fiscal year end", &shown, day);
            }
            None => self.not_set("Fiscal year end"),
        }
        match Stored::from_detail(detail).get(Field::CoaLanguage) {
            StoredValue::Text(text) => {
                self.copied(LANGUAGE, "accounts language", &visible(text), text);
            }
            StoredValue::NotSet => self.not_set(LANGUAGE),
            // Not every server sends this field.
            StoredValue::Unknown => self.not_read(LANGUAGE),
        }
    }

    fn metadata(&mut self, detail: Option<&BusinessDetail>) {
        let label = Field::Metadata.label();
        let Some(detail) = detail else {
            return self.not_read(label);
        };
        let keys = match detail.metadata_keys {
            Some(1) => "1 key".to_owned(),
            Some(keys) => format!("{keys} keys"),
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

    /// A value that identifies the business; hidden in share mode.
    fn text(&mut self, label: &str, what: &'static str, value: Option<&ServerText>, is_mono: bool) {
        let share = self.screen.state.share;
        self.value(label, what, value, is_mono, share);
    }

    /// A value that many businesses share; never hidden.
    fn open_text(
        &mut self,
        label: &str,
        what: &'static str,
        value: Option<&ServerText>,
        is_mono: bool,
    ) {
        self.value(label, what, value, is_mono, ShareMode::default());
    }

    fn value(
        &mut self,
        label: &str,
        what: &'static str,
        value: Option<&ServerText>,
        is_mono: bool,
        share: ShareMode,
    ) {
        let Some(value) = value.filter(|value| !value.raw().is_empty()) else {
            return self.not_set(label);
        };
        let shown = share.shown(value);
        let copy = format!("Copy {what}");
        let mut row = KeyValue::new(label, &shown).whole(&shown);
        if is_mono {
            row = row.mono();
        }
        row = if what == "external_id" {
            // The keyboard uses the button above.
            row.copy_by_click()
        } else {
            row.copy(&copy)
        };
        if self.show(row) {
            self.screen.copy(what, value.raw());
        }
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
