//! Compares typed and stored values: for "Already existed; nothing was changed" and the dry run.

use std::borrow::Cow;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;

use super::{Draft, Field, Stored, StoredValue};
use crate::domain::export::cell::{is_formula_like, is_number_like};
use crate::domain::text::excerpt;

/// Longest value in a sentence, characters.
const QUOTED: usize = 60;

/// A field whose typed and stored values differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub field: Field,
    pub typed: String,
    /// The server's value. `None` if it has none.
    pub stored: Option<String>,
}

/// The filled fields of a draft, compared with a stored business.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Differences {
    /// In form order.
    pub different: Vec<Difference>,
    /// Fields with the same value.
    pub equal: Vec<Field>,
    /// Typed fields whose stored value is unknown.
    pub unknown: Vec<Field>,
}

impl Differences {
    /// Compares what was typed. Empty fields are ignored.
    pub fn between(draft: &Draft, stored: &Stored<'_>) -> Self {
        let mut all = Self::default();
        for field in Field::ALL.into_iter().filter(|f| draft.is_filled(*f)) {
            let typed = draft.to_send(field);
            match stored.get(field) {
                StoredValue::Unknown => all.unknown.push(field),
                StoredValue::NotSet if is_nothing(field, &typed) => all.equal.push(field),
                StoredValue::Text(text) if is_equivalent(field, &typed, text) => {
                    all.equal.push(field);
                }
                other => all.different.push(Difference {
                    field,
                    typed,
                    stored: match other {
                        StoredValue::Text(text) => Some(text.to_string()),
                        _ => None,
                    },
                }),
            }
        }
        all
    }

    /// The fields whose stored value differs from the one sent. Fields missing from the response are not counted.
    pub fn stored_otherwise(&self) -> impl Iterator<Item = Field> {
        let known = self.different.iter().filter(|one| one.stored.is_some());
        known.map(|one| one.field)
    }

    /// "Stored e-mail is a@b.example; the file has c@d.example", or "2 fields: e-mail and province". Empty if nothing
    /// differs. `typed_in` names the other side, such as "the file".
    pub fn summary(&self, typed_in: &str) -> String {
        match &self.different[..] {
            [] => String::new(),
            [one] => {
                let stored = match &one.stored {
                    Some(text) => excerpt(text, QUOTED),
                    None => "not set".to_owned(),
                };
                format!(
                    "Stored {} is {stored}; {typed_in} has {}",
                    one.field.in_sentence(),
                    excerpt(&one.typed, QUOTED)
                )
            }
            many => {
                let fields = Field::list(many.iter().map(|difference| difference.field));
                format!("{} fields: {fields}", many.len())
            }
        }
    }

    /// "2 fields are the same: country and base currency", or `None` if there are none.
    pub fn equal_summary(&self) -> Option<String> {
        let fields = Field::list(self.equal.iter().copied());
        match self.equal.len() {
            0 => None,
            1 => Some(format!("1 field is the same: {fields}")),
            count => Some(format!("{count} fields are the same: {fields}")),
        }
    }

    /// A sentence that says which differing fields can be edited, or `None` if nothing differs.
    pub fn edit_hint(&self) -> Option<String> {
        let (can, cannot): (Vec<_>, Vec<_>) = self
            .different
            .iter()
            .map(|difference| difference.field)
            .partition(|field| field.is_writable());
        match (can.len(), cannot.len()) {
            (0, 0) => None,
            (1, 0) => Some("You can change it by editing.".to_owned()),
            (2, 0) => Some("You can change both by editing.".to_owned()),
            (count, 0) => Some(format!("You can change all {count} by editing.")),
            (0, _) => Some(format!(
                "Once created, {} can never be changed.",
                Field::list(cannot)
            )),
            _ => Some(format!(
                "You can change {} by editing. Once created, {} can never be changed.",
                Field::list(can),
                Field::list(cannot)
            )),
        }
    }

    /// Tab-separated lines for the clipboard: field, typed, stored. A spreadsheet runs no text of them as a formula.
    pub fn as_text(&self) -> String {
        let mut out = String::from("Field\tTyped\tStored\n");
        for difference in &self.different {
            let stored = difference.stored.as_deref().unwrap_or("(not set)");
            for (text, end) in [
                (difference.field.label(), '\t'),
                (difference.typed.as_str(), '\t'),
                (stored, '\n'),
            ] {
                let text = excerpt(text, 10_000);
                // Phone numbers and negative numbers do nothing in a spreadsheet.
                if is_formula_like(&text) && !is_number_like(&text) {
                    out.push('\'');
                }
                out.push_str(&text);
                out.push(end);
            }
        }
        out
    }
}

/// An empty object means "no metadata".
fn is_nothing(field: Field, typed: &str) -> bool {
    field == Field::Metadata
        && json(typed).is_some_and(|value| value == Value::Object(<_>::default()))
}

/// Whether the server would treat two values as equal, given the normalisation it is known to do.
pub(super) fn is_equivalent(field: Field, typed: &str, stored: &str) -> bool {
    let (typed, stored) = (typed.trim(), stored.trim());
    if typed == stored {
        return true;
    }
    match field {
        Field::Country | Field::BaseCurrency | Field::EntityType | Field::AccountingMethod => {
            typed.to_lowercase() == stored.to_lowercase()
        }
        // RFC 5321, section 2.4: host names are case-insensitive, and in practice so are local parts.
        Field::Email | Field::CoaLanguage => typed.eq_ignore_ascii_case(stored),
        Field::VatNumber | Field::CompanyNumber | Field::Tin | Field::PhoneNumber => {
            squeezed(typed) == squeezed(stored)
        }
        Field::Metadata => json(typed).is_some_and(|value| Some(value) == json(stored)),
        Field::LegalName | Field::Province => composed(typed) == composed(stored),
        Field::ExternalId | Field::NaceCode | Field::FiscalYearEnd => false,
    }
}

fn json(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

fn squeezed(text: &str) -> String {
    let text = text.chars().filter(|c| !c.is_whitespace());
    text.flat_map(char::to_uppercase).collect()
}

fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}
