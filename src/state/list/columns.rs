//! The columns of the list: one row of [`SPECS`] for each.

use serde::{Deserialize, Serialize};

use crate::domain::business::BusinessText;

/// A column of the list. A layout that is saved names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListColumn {
    /// Display name, else legal name.
    Name,
    /// Two letters.
    Country,
    /// Legal form.
    Type,
    /// Three letters.
    Currency,
    /// The partner's own id.
    ExternalId,
    /// Active or not.
    Status,
    /// Day of creation.
    Created,
    /// The live token, if any.
    Token,
    /// Name in the register.
    LegalName,
    /// VAT registration.
    VatNumber,
    /// Contact address, where the list tells it.
    Email,
    /// Day of the last change.
    Updated,
    /// Thred's id.
    Id,
}

/// What the rows are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SortKey {
    /// The title, without regard to case and accents.
    Title,
    /// The partner's own id, without regard to case and accents.
    ExternalId,
    /// A short text, as the server sent it.
    Text(BusinessText),
    /// Active or not.
    Status,
    /// The moment of creation.
    Created,
    /// The moment of the last change.
    Updated,
    /// Thred's id.
    Id,
    /// When the live token ends.
    TokenEnd,
}

/// What is true of a column wherever it is drawn.
pub(super) struct ColumnSpec {
    column: ListColumn,
    title: &'static str,
    pub(super) sort_key: SortKey,
    /// Whether the first click on its heading puts the largest first: where the newest or the longest-living is
    /// what is looked for.
    pub(super) begins_descending: bool,
    /// Whether it cannot be hidden: without a name the rows could not be told apart.
    is_always_shown: bool,
}

/// In the order of [`ListColumn`], which is the order in which they are first shown.
const SPECS: &[ColumnSpec] = &[
    ColumnSpec {
        is_always_shown: true,
        ..spec(ListColumn::Name, "Name", SortKey::Title)
    },
    spec(
        ListColumn::Country,
        "Country",
        SortKey::Text(BusinessText::Country),
    ),
    spec(
        ListColumn::Type,
        "Type",
        SortKey::Text(BusinessText::EntityType),
    ),
    spec(
        ListColumn::Currency,
        "Currency",
        SortKey::Text(BusinessText::BaseCurrency),
    ),
    spec(ListColumn::ExternalId, "external_id", SortKey::ExternalId),
    spec(ListColumn::Status, "Status", SortKey::Status),
    ColumnSpec {
        begins_descending: true,
        ..spec(ListColumn::Created, "Created", SortKey::Created)
    },
    ColumnSpec {
        begins_descending: true,
        ..spec(ListColumn::Token, "Token", SortKey::TokenEnd)
    },
    spec(
        ListColumn::LegalName,
        "Legal name",
        SortKey::Text(BusinessText::LegalName),
    ),
    spec(
        ListColumn::VatNumber,
        "VAT number",
        SortKey::Text(BusinessText::VatNumber),
    ),
    spec(
        ListColumn::Email,
        "E-mail",
        SortKey::Text(BusinessText::Email),
    ),
    ColumnSpec {
        begins_descending: true,
        ..spec(ListColumn::Updated, "Updated", SortKey::Updated)
    },
    spec(ListColumn::Id, "id", SortKey::Id),
];

const fn spec(column: ListColumn, title: &'static str, sort_key: SortKey) -> ColumnSpec {
    ColumnSpec {
        column,
        title,
        sort_key,
        begins_descending: false,
        is_always_shown: false,
    }
}

impl ListColumn {
    /// All of them, in the order in which they are first shown.
    pub const ALL: [Self; SPECS.len()] = {
        let mut all = [Self::Name; SPECS.len()];
        let mut at = 0;
        while at < all.len() {
            all[at] = SPECS[at].column;
            at += 1;
        }
        all
    };

    /// Its heading.
    pub fn title(self) -> &'static str {
        self.spec().title
    }

    /// Whether it cannot be hidden.
    pub fn is_always_shown(self) -> bool {
        self.spec().is_always_shown
    }

    pub(super) fn spec(self) -> &'static ColumnSpec {
        &SPECS[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_one_spec_in_the_order_of_the_enum() {
        let places: Vec<usize> = ListColumn::ALL
            .iter()
            .map(|column| *column as usize)
            .collect();
        assert_eq!(places, (0..ListColumn::ALL.len()).collect::<Vec<_>>());
        // Serde names every variant of the enum, also one that the table lacks.
        let listed: Vec<String> = ListColumn::ALL
            .iter()
            .map(|column| serde_json::to_string(column).unwrap().replace('"', "`"))
            .collect();
        let unknown = serde_json::from_str::<ListColumn>("\"\"").unwrap_err();
        let expected = format!("expected one of {} at", listed.join(", "));
        assert!(unknown.to_string().contains(&expected), "{unknown}");
    }
}
