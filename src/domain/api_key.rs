//! What is known of an API key without knowing the key.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The age of a key, as far as the console can know it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyRecord {
    /// When it was stored here. It may be older.
    pub added_at: Option<Timestamp>,
    /// The day on which it was issued, as the user has entered it.
    pub issued_on: Option<Date>,
}
