//! Which column of a file fills which field.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::column_target::ColumnTarget;
use super::dates::DateOrder;
use super::header_names::{self, Confidence, REASON_HEADER};
use super::sheet::ColumnFacts;
use crate::domain::draft::Field;

/// The use of every column, and how its values are read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mapping {
    targets: Vec<ColumnTarget>,
    /// Values for rows without a value of their own.
    #[serde(default)]
    defaults: BTreeMap<Field, String>,
    /// The order of ambiguous dates. `None` until it is known.
    #[serde(default)]
    pub dates: Option<DateOrder>,
    /// Whether the user confirmed that two-digit years belong to this century.
    #[serde(default)]
    pub has_short_years: bool,
}

impl Mapping {
    /// The required fields that can have a default. `external_id` cannot, because it is unique per row.
    pub const WITH_DEFAULT: [Field; 5] = [
        Field::Country,
        Field::BaseCurrency,
        Field::EntityType,
        Field::LegalName,
        Field::Email,
    ];

    /// Proposes a mapping from the column names and contents. Each field gets at most one column: the most certain name wins,
    /// and the first column on a tie.
    pub fn propose(header: &[String], columns: &[ColumnFacts]) -> Self {
        let mut wishes: Vec<(usize, ColumnTarget, Confidence)> = header
            .iter()
            .enumerate()
            .filter(|(_, name)| name.trim() != REASON_HEADER)
            .filter_map(|(column, name)| {
                let (target, surety) = header_names::meaning(name)?;
                let facts = columns.get(column);
                if target == ColumnTarget::ThredId && facts.is_some_and(|facts| !facts.may_be_ids())
                {
                    // These are ids from another system, which identify its customers.
                    let target = ColumnTarget::Field(Field::ExternalId);
                    return Some((column, target, Confidence::Perhaps));
                }
                Some((column, target, surety))
            })
            .collect();
        wishes.sort_by_key(|(column, _, surety)| (std::cmp::Reverse(*surety), *column));
        let mut mapping = Self {
            targets: vec![ColumnTarget::Unused; header.len()],
            ..Self::default()
        };
        for (column, target, _) in wishes {
            if mapping.column_of(target).is_none() {
                mapping.targets[column] = target;
            }
        }
        mapping
    }

    /// Sets the use of a column. Another column with the same use becomes unused.
    pub fn choose(&mut self, column: usize, target: ColumnTarget) {
        let dates = ColumnTarget::Field(Field::FiscalYearEnd);
        if target == dates || self.target(column) == dates {
            // Another column may have another date order.
            self.dates = None;
            self.has_short_years = false;
        }
        if target != ColumnTarget::Unused
            && let Some(other) = self.column_of(target)
        {
            self.targets[other] = ColumnTarget::Unused;
        }
        if let Some(slot) = self.targets.get_mut(column) {
            *slot = target;
        }
    }

    pub fn target(&self, column: usize) -> ColumnTarget {
        self.targets.get(column).copied().unwrap_or_default()
    }

    /// The column with the given use.
    pub fn column_of(&self, target: ColumnTarget) -> Option<usize> {
        self.targets.iter().position(|other| *other == target)
    }

    /// The use of each column, in file order.
    pub fn targets(&self) -> &[ColumnTarget] {
        &self.targets
    }

    /// Number of columns in use.
    pub fn used(&self) -> usize {
        self.targets
            .iter()
            .filter(|target| **target != ColumnTarget::Unused)
            .count()
    }

    /// The default of a field, or an empty string.
    pub fn default_of(&self, field: Field) -> &str {
        self.defaults.get(&field).map_or("", String::as_str)
    }

    /// Sets the default of a field. A blank text removes it.
    pub fn set_default(&mut self, field: Field, text: &str) {
        if text.trim().is_empty() {
            self.defaults.remove(&field);
        } else {
            self.defaults.insert(field, text.to_owned());
        }
    }

    pub fn defaults(&self) -> impl Iterator<Item = (Field, &str)> {
        self.defaults
            .iter()
            .map(|(field, text)| (*field, text.as_str()))
    }

    /// Adapts the mapping to a file with these columns. Choices about dates are reset.
    pub(super) fn for_header(&self, header: &[String]) -> Self {
        let mut targets = self.targets.clone();
        targets.resize(header.len(), ColumnTarget::Unused);
        for (target, name) in targets.iter_mut().zip(header) {
            if name.trim() == REASON_HEADER {
                *target = ColumnTarget::Unused;
            }
        }
        Self {
            targets,
            defaults: self.defaults.clone(),
            ..Self::default()
        }
    }

    /// Whether columns and defaults are the same. Choices about dates are not compared.
    pub fn has_same_columns(&self, other: &Self) -> bool {
        (&self.targets, &self.defaults) == (&other.targets, &other.defaults)
    }

    /// Takes over the defaults, which do not depend on the columns.
    pub fn take_defaults_from(&mut self, before: Self) {
        self.defaults = before.defaults;
    }

    /// Whether each row needs a value. The currency is not required here, because it is filled in from the country.
    pub fn requires(field: Field) -> bool {
        field.is_required() && field != Field::BaseCurrency
    }

    /// Required fields that have neither a column nor a default, so that no row could be created.
    pub fn missing(&self) -> Vec<Field> {
        Field::ALL
            .into_iter()
            .filter(|field| Self::requires(*field))
            .filter(|field| self.default_of(*field).is_empty())
            .filter(|field| self.column_of(ColumnTarget::Field(*field)).is_none())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn propose(names: &[&str]) -> Mapping {
        let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
        Mapping::propose(&names, &[])
    }

    fn of(text: &str) -> Mapping {
        let sheet = super::super::tests::sheet(text.as_bytes());
        Mapping::propose(&sheet.header, &sheet.columns)
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
                ColumnTarget::Field(Field::ExternalId),
                ColumnTarget::Field(Field::Email),
                ColumnTarget::Field(Field::VatNumber),
                ColumnTarget::Field(Field::Country),
                ColumnTarget::Unused,
                ColumnTarget::Field(Field::LegalName),
            ]
        );
        assert_eq!(mapping.used(), 5);
        assert_eq!(mapping.missing(), [Field::EntityType]);
    }

    #[test]
    fn the_surest_name_wins() {
        let mapping = propose(&["name", "legal_name", "id", "currency", "base_currency"]);
        assert_eq!(mapping.target(0), ColumnTarget::Unused);
        assert_eq!(mapping.target(1), ColumnTarget::Field(Field::LegalName));
        assert_eq!(mapping.target(2), ColumnTarget::ThredId);
        assert_eq!(mapping.target(3), ColumnTarget::Unused);
        assert_eq!(mapping.target(4), ColumnTarget::Field(Field::BaseCurrency));
        let mapping = propose(&["Name", "Company name"]);
        assert_eq!(mapping.target(1), ColumnTarget::Field(Field::LegalName));
        assert_eq!(
            propose(&["Name"]).target(0),
            ColumnTarget::Field(Field::LegalName)
        );
    }

    #[test]
    fn a_use_moves_from_column_to_column() {
        let mut mapping = propose(&["email", "other", REASON_HEADER]);
        assert_eq!(mapping.target(2), ColumnTarget::Unused);
        mapping.choose(1, ColumnTarget::Field(Field::Email));
        assert_eq!(
            mapping.targets()[..2],
            [ColumnTarget::Unused, ColumnTarget::Field(Field::Email)]
        );
        mapping.choose(1, ColumnTarget::Unused);
        mapping.choose(9, ColumnTarget::ThredId);
        assert_eq!(mapping.used(), 0);
        let mut mapping = propose(&["external_id", "email", "legal_name", "entity_type"]);
        assert_eq!(mapping.missing(), [Field::Country]);
        mapping.set_default(Field::Country, "GB");
        assert_eq!(mapping.missing(), []);
        mapping.set_default(Field::Country, " ");
        mapping.choose(2, ColumnTarget::Unused);
        mapping.set_default(Field::LegalName, "To be named");
        assert_eq!(mapping.missing(), [Field::Country]);
    }

    #[test]
    fn ids_of_another_system_are_not_taken_for_those_of_thred() {
        let id = "3f2a0000-0000-4000-8000-000000009c1e";
        assert_eq!(
            of("id,name\n10045,A\n").target(0),
            ColumnTarget::Field(Field::ExternalId)
        );
        assert_eq!(
            of(&format!("id,name\n{id},A\n,B\n")).target(0),
            ColumnTarget::ThredId
        );
        let both = of("id,external_id\n10045,x\n");
        assert_eq!(
            both.targets(),
            [ColumnTarget::Unused, ColumnTarget::Field(Field::ExternalId)]
        );
        // A customer id is a more certain match for `external_id` than a bare "id".
        let both = of("id,Customer ID\n1,x\n");
        assert_eq!(
            both.targets(),
            [ColumnTarget::Unused, ColumnTarget::Field(Field::ExternalId)]
        );
        // Without values, only the name can decide.
        assert_eq!(of("id,name\n,A\n").target(0), ColumnTarget::ThredId);
    }

    #[test]
    fn a_mapping_is_read_back() {
        let mut mapping = propose(&["external_id"]);
        mapping.set_default(Field::EntityType, "gmbh");
        mapping.dates = Some(DateOrder::DayFirst);
        let text = serde_json::to_string(&mapping).unwrap();
        assert_eq!(serde_json::from_str::<Mapping>(&text).unwrap(), mapping);
    }
}
