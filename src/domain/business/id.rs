//! Ids of businesses.

use std::collections::HashSet;
use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Thred's id of a business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BusinessId(pub Uuid);

impl fmt::Display for BusinessId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A set of business ids. Loading passes each id through several sets, and the standard hasher would take a large share
/// of the time. This hasher gets a new seed for each run, so that no server can choose colliding ids.
pub type BusinessIds = HashSet<BusinessId, foldhash::fast::RandomState>;
