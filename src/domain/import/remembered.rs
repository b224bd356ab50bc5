//! Mappings used before, offered again for the next file with the same header row.

use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest as _, Sha256};

use super::header_names::REASON_HEADER;
use super::mapping::Mapping;
use super::problem::MAX_COLUMNS;
use super::sheet::ColumnFacts;
use crate::domain::text::hex;

/// How many header rows are remembered. The least recently used is dropped first.
const MAX: usize = 20;

/// Mappings with the header rows they were made for, most recently used first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct RememberedMappings(Vec<RememberedMapping>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct RememberedMapping {
    /// SHA-256 of the column names. In a file without a header row, the first row is customer data, which must not be
    /// stored in the preferences.
    header_sha256: String,
    mapping: Mapping,
}

impl RememberedMappings {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The mapping last used for this header row.
    pub fn recall(&self, header: &[String]) -> Option<Mapping> {
        let digest = digest(header);
        let found = self.0.iter().find(|one| one.header_sha256 == digest)?;
        Some(found.mapping.for_header(header))
    }

    /// Remembers a mapping, unless it is what would be proposed anyway.
    pub fn remember(&mut self, header: &[String], columns: &[ColumnFacts], mapping: &Mapping) {
        let header_sha256 = digest(header);
        self.0.retain(|one| one.header_sha256 != header_sha256);
        let mapping = mapping.for_header(header);
        if mapping != Mapping::propose(header, columns) {
            let newest = RememberedMapping {
                header_sha256,
                mapping,
            };
            self.0.insert(0, newest);
            self.0.truncate(MAX);
        }
    }

    /// Enforces the limits, which a hand-edited file may exceed.
    #[must_use]
    pub fn repaired(mut self) -> Self {
        self.0
            .retain(|one| one.mapping.targets().len() <= MAX_COLUMNS);
        self.0.truncate(MAX);
        self
    }
}

/// Skips entries that this version cannot read, so that they do not make the rest of the preferences unreadable.
impl<'de> Deserialize<'de> for RememberedMappings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = Vec::<serde_json::Value>::deserialize(deserializer)?;
        let read = entries.into_iter().map(serde_json::from_value);
        Ok(Self(read.filter_map(Result::ok).collect()))
    }
}

/// Ignores a trailing reason column, so that a file of failed rows has the same digest as its original.
fn digest(header: &[String]) -> String {
    let is_named = |name: &&String| !name.is_empty() && name.trim() != REASON_HEADER;
    let named = header.iter().rposition(|name| is_named(&name));
    let mut hash = Sha256::new();
    for name in header.iter().take(named.map_or(0, |at| at + 1)) {
        hash.update((name.len() as u64).to_be_bytes());
        hash.update(name);
    }
    hex(&hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::super::{ColumnTarget, DateOrder};
    use super::*;
    use crate::domain::draft::Field;

    fn header(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    /// A mapping that the names alone would not suggest.
    fn unusual(header: &[String]) -> Mapping {
        let mut mapping = Mapping::propose(header, &[]);
        mapping.choose(0, ColumnTarget::Field(Field::ExternalId));
        mapping.set_default(Field::Country, "GB");
        mapping
    }

    #[test]
    fn the_same_header_row_is_mapped_as_before_and_another_is_not() {
        let mut memory = RememberedMappings::default();
        let names = header(&["Kdnr", "legal_name"]);
        memory.remember(&names, &[], &unusual(&names));
        assert_eq!(memory.recall(&names), Some(unusual(&names)));
        for other in [
            &["legal_name", "Kdnr"][..],
            &["Kdnr"],
            &["Kdnrlegal_name"],
            &["Kdnr", "legal_name", "email"],
        ] {
            assert_eq!(memory.recall(&header(other)), None, "{other:?}");
        }
    }

    #[test]
    fn a_file_of_failed_rows_is_mapped_as_its_original() {
        let mut memory = RememberedMappings::default();
        let names = header(&["Kdnr", "legal_name"]);
        memory.remember(&names, &[], &unusual(&names));
        let failed = header(&["Kdnr", "legal_name", REASON_HEADER]);
        let mapping = memory.recall(&failed).unwrap();
        assert_eq!(mapping.target(0), ColumnTarget::Field(Field::ExternalId));
        assert_eq!(mapping.targets().len(), 3);
        assert_eq!(mapping.target(2), ColumnTarget::Unused);
    }

    #[test]
    fn how_the_dates_of_one_file_are_written_says_nothing_of_the_next() {
        let mut memory = RememberedMappings::default();
        let names = header(&["Kdnr"]);
        let mut mapping = unusual(&names);
        mapping.dates = Some(DateOrder::DayFirst);
        mapping.has_short_years = true;
        memory.remember(&names, &[], &mapping);
        assert_eq!(memory.recall(&names), Some(unusual(&names)));
    }

    #[test]
    fn what_would_be_proposed_anyway_is_forgotten_and_so_is_what_was_used_longest_ago() {
        let mut memory = RememberedMappings::default();
        for n in 0..=MAX {
            let names = header(&[&format!("Column {n}")]);
            memory.remember(&names, &[], &unusual(&names));
        }
        assert_eq!(memory.0.len(), MAX);
        assert_eq!(memory.recall(&header(&["Column 0"])), None);
        let last = header(&["Column 20"]);
        assert!(memory.recall(&last).is_some());
        memory.remember(&last, &[], &Mapping::propose(&last, &[]));
        assert_eq!((memory.0.len(), memory.recall(&last)), (MAX - 1, None));
    }

    #[test]
    fn it_holds_no_cell_and_outlives_entries_of_another_version() {
        let mut memory = RememberedMappings::default();
        let names = header(&["jane.roe@example.com", "legal_name"]);
        memory.remember(&names, &[], &unusual(&names));
        let mut json = serde_json::to_value(&memory).unwrap();
        assert!(!json.to_string().contains("jane"), "{json}");
        let unknown = serde_json::json!({"header_sha256": "00", "mapping": {"targets": ["later"]}});
        json.as_array_mut().unwrap().insert(0, unknown);
        let read: RememberedMappings = serde_json::from_value(json).unwrap();
        assert_eq!(read, memory);
    }
}
