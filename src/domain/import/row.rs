//! A row of the file as a draft, and what is odd about its cells.

use uuid::Uuid;

use super::mapping::{Mapping, Target};
use super::sheet::Row;
use crate::domain::business::BusinessId;
use crate::domain::draft::{Draft, Field, Finding, Severity, TaughtTypes, choices, rules};
use crate::domain::export::cell;
use crate::domain::text::excerpt;

/// Longest quotation of a cell, characters.
const QUOTED: usize = 60;

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadRow {
    /// The mapped cells, as they stand in the file.
    pub draft: Draft,
    /// Thred's id, where a column holds it.
    pub thred_id: Option<BusinessId>,
}

impl ReadRow {
    /// Reads a row by a mapping.
    pub fn new(row: &Row, mapping: &Mapping) -> Self {
        let mut read = Self::default();
        for (column, target) in mapping.targets().iter().enumerate() {
            match target {
                Target::Field(field) => {
                    row.text(column)
                        .as_ref()
                        .clone_into(read.draft.get_mut(*field));
                }
                Target::ThredId => {
                    let id = Uuid::try_parse(row.text(column).trim()).ok();
                    read.thred_id = id.map(BusinessId);
                }
                Target::Unused => {}
            }
        }
        if !read.draft.is_filled(Field::Country) {
            mapping.country.clone_into(&mut read.draft.country);
        }
        read
    }

    /// The draft with names turned into the codes that they mean ("Germany", "Sole trader"), which
    /// is what is sent, and what there is to say about that and about odd cells.
    pub fn tidied(&self, taught: &TaughtTypes) -> (Draft, Vec<Finding>) {
        let mut draft = self.draft.clone();
        let mut notes = Vec::new();
        let mut read_as = |field: Field, from: &str, to: &str| {
            let message = format!("“{}” is read as {to}.", excerpt(from, QUOTED));
            notes.push(Finding::new(field, Severity::Care, message));
        };
        if rules::country(&draft.country).is_none()
            && let Some(country) = rules::country_named(&draft.country)
        {
            read_as(Field::Country, &draft.country, &country.code);
            country.code.clone_into(&mut draft.country);
        }
        let types = choices(&draft.country, taught);
        if !types.has_code(&draft.entity_type)
            && let Some(option) = types.find(&draft.entity_type)
        {
            read_as(Field::EntityType, &draft.entity_type, &option.code);
            option.code.clone_into(&mut draft.entity_type);
        }
        for field in Field::ALL {
            notes.extend(odd_cell(field, self.draft.get(field).trim()));
        }
        (draft, notes)
    }
}

/// What a spreadsheet may have done to a value, or may do with it.
fn odd_cell(field: Field, text: &str) -> Option<Finding> {
    const ERRORS: [&str; 7] = [
        "#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!",
    ];
    let message = if cell::is_formula_like(text) && !is_number_like(text) {
        format!(
            "Begins like a formula of a spreadsheet. It is sent as this text: {}",
            excerpt(text, QUOTED)
        )
    } else if ERRORS.contains(&text) {
        format!("The spreadsheet shows the error {text} here.")
    } else if is_shortened_number(text) {
        format!("{text} is how a spreadsheet shortens a long number. Its last digits are lost.")
    } else {
        return None;
    };
    Some(Finding::new(field, Severity::Care, message))
}

/// A number with its sign, or a phone number.
fn is_number_like(text: &str) -> bool {
    text.starts_with(['+', '-'])
        && text
            .chars()
            .skip(1)
            .all(|c| c.is_ascii_digit() || " ()-./,".contains(c))
}

/// `4.12191E+11`
fn is_shortened_number(text: &str) -> bool {
    let Some((number, exponent)) = text.split_once("E+") else {
        return false;
    };
    let digits = |text: &str, also: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || also.contains(c))
    };
    digits(number, ".,") && digits(exponent, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_cells_are_named() {
        let said = |text| odd_cell(Field::Tin, text).map(|f| f.message);
        assert!(said("=HYPERLINK(\"x\")").unwrap().contains("formula"));
        assert!(said("@SUM(1)").unwrap().contains("formula"));
        assert!(said("+1+cmd|x").unwrap().contains("formula"));
        assert!(said("#N/A").unwrap().contains("error #N/A"));
        assert!(said("4.12191E+11").unwrap().contains("last digits"));
        assert!(said("4,1E+5").is_some());
        for plain in ["", "+44 (20) 7946-0000", "-5", "E+", "ME+2", "Acme"] {
            assert_eq!(said(plain), None, "{plain}");
        }
    }

    #[test]
    fn names_become_codes_with_a_note() {
        let read = ReadRow {
            draft: Draft {
                country: "UK".into(),
                entity_type: "sole trader".into(),
                ..Draft::default()
            },
            thred_id: None,
        };
        let (draft, notes) = read.tidied(&TaughtTypes::default());
        assert_eq!(
            (&*draft.country, &*draft.entity_type),
            ("GB", "sole_trader")
        );
        let words: Vec<_> = notes.iter().map(|note| note.message.as_str()).collect();
        assert_eq!(
            words,
            [
                "“UK” is read as GB.",
                "“sole trader” is read as sole_trader."
            ]
        );
    }
}
