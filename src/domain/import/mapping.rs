//! Which column of a file fills which field.

use serde::{Deserialize, Serialize};

use super::failed_rows::REASON_HEADER;
use super::names::{self, Surety};
use crate::domain::draft::Field;

/// What a column is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// It fills a field.
    Field(Field),
    /// It holds Thred's id, by which businesses that exist are known again. It is never sent.
    ThredId,
    /// Nothing.
    #[default]
    Unused,
}

/// The use of every column.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mapping {
    targets: Vec<Target>,
    /// The country of rows that name none, ISO 3166-1 alpha-2; empty for none.
    pub country: String,
}

impl Mapping {
    /// The mapping that the column names suggest. No field gets two columns: the surest name wins,
    /// of equally sure ones the first.
    pub fn propose(header: &[String]) -> Self {
        let mut wishes: Vec<(usize, Target, Surety)> = header
            .iter()
            .enumerate()
            .filter(|(_, name)| name.trim() != REASON_HEADER)
            .filter_map(|(column, name)| {
                let (target, surety) = names::meaning(name)?;
                Some((column, target, surety))
            })
            .collect();
        wishes.sort_by_key(|(column, _, surety)| (std::cmp::Reverse(*surety), *column));
        let mut mapping = Self {
            targets: vec![Target::Unused; header.len()],
            country: String::new(),
        };
        for (column, target, _) in wishes {
            if mapping.column_of(target).is_none() {
                mapping.targets[column] = target;
            }
        }
        mapping
    }

    /// Uses a column for something; another column that was used for it becomes unused.
    pub fn choose(&mut self, column: usize, target: Target) {
        if target != Target::Unused
            && let Some(other) = self.column_of(target)
        {
            self.targets[other] = Target::Unused;
        }
        if let Some(slot) = self.targets.get_mut(column) {
            *slot = target;
        }
    }

    /// What a column is used for.
    pub fn target(&self, column: usize) -> Target {
        self.targets.get(column).copied().unwrap_or_default()
    }

    /// The column that is used for something.
    pub fn column_of(&self, target: Target) -> Option<usize> {
        self.targets.iter().position(|other| *other == target)
    }

    /// All columns with their use, in the order of the file.
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// How many columns are used.
    pub fn used(&self) -> usize {
        self.targets
            .iter()
            .filter(|target| **target != Target::Unused)
            .count()
    }

    /// Required fields that no column fills, so that no row could be created. The currency is
    /// proposed from the country.
    pub fn missing(&self) -> Vec<Field> {
        Field::ALL
            .into_iter()
            .filter(|field| field.is_required() && *field != Field::BaseCurrency)
            .filter(|field| *field != Field::Country || self.country.trim().is_empty())
            .filter(|field| self.column_of(Target::Field(*field)).is_none())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn propose(names: &[&str]) -> Mapping {
        let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
        Mapping::propose(&names)
    }

    #[test]
    fn names_and_synonyms_are_known() {
        let mapping = propose(&[
            "External ID",
            "E-Mail",
            "VAT no.",
            "Land",
            "Shoe size",
            " legal_name ",
        ]);
        assert_eq!(
            mapping.targets(),
            [
                Target::Field(Field::ExternalId),
                Target::Field(Field::Email),
                Target::Field(Field::VatNumber),
                Target::Field(Field::Country),
                Target::Unused,
                Target::Field(Field::LegalName),
            ]
        );
        assert_eq!(mapping.used(), 5);
        assert_eq!(mapping.missing(), [Field::EntityType]);
    }

    #[test]
    fn the_surest_name_wins() {
        let mapping = propose(&["name", "legal_name", "id", "currency", "base_currency"]);
        assert_eq!(mapping.target(0), Target::Unused);
        assert_eq!(mapping.target(1), Target::Field(Field::LegalName));
        assert_eq!(mapping.target(2), Target::ThredId);
        assert_eq!(mapping.target(3), Target::Unused);
        assert_eq!(mapping.target(4), Target::Field(Field::BaseCurrency));
        let mapping = propose(&["Name", "Company name"]);
        assert_eq!(mapping.target(1), Target::Field(Field::LegalName));
        assert_eq!(
            propose(&["Name"]).target(0),
            Target::Field(Field::LegalName)
        );
    }

    #[test]
    fn a_use_moves_from_column_to_column() {
        let mut mapping = propose(&["email", "other", REASON_HEADER]);
        assert_eq!(mapping.target(2), Target::Unused);
        mapping.choose(1, Target::Field(Field::Email));
        assert_eq!(
            mapping.targets()[..2],
            [Target::Unused, Target::Field(Field::Email)]
        );
        mapping.choose(1, Target::Unused);
        mapping.choose(9, Target::ThredId);
        assert_eq!(mapping.used(), 0);
        let mut mapping = propose(&["external_id", "email", "legal_name", "entity_type"]);
        assert_eq!(mapping.missing(), [Field::Country]);
        mapping.country = "GB".into();
        assert_eq!(mapping.missing(), []);
    }
}
