//! The columns of the list: each is a row of [`SPECS`].

use serde::{Deserialize, Serialize};

use crate::domain::business::BusinessText;

/// A column of the list. Saved layouts contain its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListColumn {
    /// Display name, or else legal name.
    Name,
    /// ISO 3166 code: two letters.
    Country,
    /// Legal form.
    Type,
    /// ISO 4217 code: three letters.
    Currency,
    /// The partner's own id.
    ExternalId,
    /// Active or not.
    Status,
    /// Day of creation.
    Created,
    /// The live token, if any.
    Token,
    /// Name in the commercial register.
    LegalName,
    /// VAT number.
    VatNumber,
    /// Contact address, if the list includes it.
    Email,
    /// Day of the last change.
    Updated,
    /// Thred's id.
    Id,
}

/// The value that rows are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SortKey {
    /// The title, ignoring case and accents.
    Title,
    /// The partner's own id, ignoring case and accents.
    ExternalId,
    /// A short text, as the server sent it.
    Text(BusinessText),
    /// Active or not.
    Status,
    /// Time of creation.
    Created,
    /// Time of the last change.
    Updated,
    /// Thred's id.
    Id,
    /// When the live token expires.
    TokenEnd,
}

/// The properties of a column that do not depend on where it is drawn.
pub(super) struct ColumnSpec {
    column: ListColumn,
    title: &'static str,
    pub(super) sort_key: SortKey,
    /// Whether the first click on its heading sorts in descending order, because users look for the newest or the
    /// longest-lived.
    pub(super) begins_descending: bool,
    /// Whether it cannot be hidden. The name is needed to tell rows apart.
    is_always_shown: bool,
}

/// In the order of [`ListColumn`], which is also the default order on screen.
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
    /// All columns, in their default order on screen.
    pub const ALL: [Self; SPECS.len()] = {
        let mut all = [Self::Name; SPECS.len()];
        let mut at = 0;
        while at < all.len() {
            all[at] = SPECS[at].column;
            at += 1;
        }
        all
    };

    pub fn title(self) -> &'static str {
        self.spec().title
    }

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
        // Serde's error names every variant of the enum, so it reveals one that the table lacks.
        let listed: Vec<String> = ListColumn::ALL
            .iter()
            .map(|column| serde_json::to_string(column).unwrap().replace('"', "`"))
            .collect();
        let unknown = serde_json::from_str::<ListColumn>("\"\"").unwrap_err();
        let expected = format!("expected one of {} at", listed.join(", "));
        assert!(unknown.to_string().contains(&expected), "{unknown}");
    }
}
