//! The columns of an export, named as in the API's list.

use std::borrow::Cow;

use jiff::Timestamp;

use crate::domain::business::{Business, BusinessText};

/// A column of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportColumn {
    /// Thred's id. It lets an import find businesses without an `external_id`.
    Id,
    Text(BusinessText),
    /// `true`, `false` or empty.
    IsActive,
    /// Time of activation, RFC 3339, UTC.
    ActivatedAt,
    /// Time of creation, RFC 3339, UTC.
    CreatedAt,
    /// Time of the last change, RFC 3339, UTC.
    UpdatedAt,
}

/// A value to be written to a file.
pub(in crate::domain) enum ExportedValue<'a> {
    /// Empty in CSV, `null` in JSON.
    Absent,
    Flag(bool),
    Text(Cow<'a, str>),
}

impl ExportColumn {
    /// In file order.
    pub const ALL: [Self; BusinessText::ALL.len() + 5] = {
        let mut all = [Self::Id; BusinessText::ALL.len() + 5];
        let mut at = 0;
        while at < BusinessText::ALL.len() {
            all[at + 1] = Self::Text(BusinessText::ALL[at]);
            at += 1;
        }
        all[at + 1] = Self::IsActive;
        all[at + 2] = Self::ActivatedAt;
        all[at + 3] = Self::CreatedAt;
        all[at + 4] = Self::UpdatedAt;
        all
    };

    /// Its name in the header row.
    pub fn header(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Text(text) => text.api_name(),
            Self::IsActive => "is_active",
            Self::ActivatedAt => "activation_at",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
        }
    }

    pub(super) fn value(self, business: &Business) -> ExportedValue<'_> {
        let time = |at: Option<Timestamp>| at.map(|at| Cow::Owned(at.to_string()));
        let text = match self {
            Self::IsActive => {
                return business
                    .is_active
                    .map_or(ExportedValue::Absent, ExportedValue::Flag);
            }
            Self::Id => Some(Cow::Owned(business.id.to_string())),
            Self::Text(text) => business.text(text).map(|text| Cow::Borrowed(text.raw())),
            Self::ActivatedAt => time(business.activated_at),
            Self::CreatedAt => time(business.created_at),
            Self::UpdatedAt => time(business.updated_at),
        };
        text.map_or(ExportedValue::Absent, ExportedValue::Text)
    }
}
