//! What a column of a file is used for.

use serde::{Deserialize, Serialize};

use crate::domain::draft::Field;

/// What a column is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnTarget {
    Field(Field),
    /// It holds the Thred id, which is used to find existing businesses and never sent.
    ThredId,
    #[default]
    Unused,
}
